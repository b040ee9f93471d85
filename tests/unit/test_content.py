"""What belongs together, in a file and in an answer."""

from pathlib import Path

import attrs
import pytest

from small_case import CLOSE, WIDE, claim, small_case, with_proposal, with_source
from tearline.assess import assess
from tearline.assess.answer import Assessment, Lever
from tearline.assess.frontiers import frontier
from tearline.cases import read
from tearline.cli import render, render_frontier
from tearline.domain import Case, Refuse, Rule, Together, Version
from tearline.errors import CaseFileError, InputError
from tearline.exposure import situation

PAGE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "say-what-belongs-together.md"
OURS = with_source(small_case(), joint_with=())
HANDOVER = PAGE.read_text("utf-8").split("```yaml case handover.yaml\n")[1].split("```")[0]


def faults(*changes: tuple[str, str]) -> list[str]:
    """What is wrong with the worked example once parts of it are replaced."""
    text = HANDOVER
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    with pytest.raises(CaseFileError) as caught:
        read(text, "handover.yaml")
    return [f"{p.path}: {p.message}" + (f" ({p.hint})" if p.hint else "") for p in caught.value.problems]


def pair(**changes: object) -> Case:
    """Place and time, each in an exact version that few knew and a vague one."""
    place, time = claim(id="place", event="e"), claim(id="time", event="f")
    case = with_proposal(attrs.evolve(OURS, claims=(place, time)), claims={"place": None, "time": None})
    return with_proposal(case, **changes)


def needing(case: Case, **needs: dict[str, str | None]) -> Case:
    """The case, the most exact version of some claims in need of others."""
    claims = []
    for each in case.claims:
        exact, *others = each.versions
        changed = attrs.evolve(exact, needs=needs.get(each.id, {}))
        claims.append(attrs.evolve(each, versions=(changed, *others)))
    return attrs.evolve(case, claims=tuple(claims))


def said(found: Assessment) -> dict[str, str]:
    return dict(found.tearline.versions)


def test_a_file_may_only_tie_versions_that_there_are() -> None:
    assert faults(("needs: {province: }", "needs: {province: nam}")) == [
        "claims.place.versions.bay.needs.province: `province` has no version `nam` (did you mean `name`?)"
    ]
    assert faults(("{claims: {place: stretch,", "{claims: {place: strech,")) == [
        "proposal.together[0].claims.place: `place` has no version `strech` (did you mean `stretch`?)"
    ]
    assert faults(("- {time: day}", "- {time: dey}")) == [
        "proposal.actionable[1].time: `time` has no version `dey` (did you mean `day`?)"
    ]


def test_a_file_may_only_count_on_claims_that_there_are() -> None:
    assert faults(("- {time: day}", "- {tiem: day}")) == [
        "proposal.actionable[1]: no claim `tiem` (did you mean `time`?)"
    ]


def test_a_version_does_not_need_its_own_claim() -> None:
    (fault,) = faults(("needs: {province: }", "needs: {place: stretch}"))

    assert fault.startswith("claims.place.versions.bay.needs.place: `place` needs itself")


def test_one_claim_is_not_together() -> None:
    (fault,) = faults(("{claims: {place: stretch, time: day}, value: 4}", "{claims: {place: stretch}, value: 4}"))

    assert fault.startswith("proposal.together[0].claims: one claim alone")


def test_what_counts_is_proposed_or_known_to_the_recipient() -> None:
    (fault,) = faults(("claims: [province, place, time]", "claims: [province, place]"), ("\n    - {time: day}", ""))

    assert fault.startswith("proposal.together[0].claims.time: `time` is neither proposed nor has the recipient got it")


def test_what_was_given_before_may_be_counted_on() -> None:
    given = "given:\n  - {to: B, on: 2026-05-01, claims: {time: day}}\nproposal:"
    text = HANDOVER.replace("claims: [province, place, time]", "claims: [province, place]").replace("proposal:", given)

    found = assess(read(text, "handover.yaml").case)

    assert found.tearline.together == 4
    assert "time" not in found.tearline.versions


def test_what_is_said_together_is_paid_on_top_and_once() -> None:
    tie = Together(claims={"place": None, "time": "vague"}, value=9.0)

    apart, together = assess(pair()), assess(pair(together=(tie,)))

    assert said(apart) == said(together) == {"place": "vague", "time": "vague"}
    assert (apart.tearline.value, apart.tearline.together) == (6, 0)
    assert (together.tearline.value, together.tearline.together, together.tearline.upper_bound) == (15, 9, 15)
    assert together.tearline.held == apart.tearline.held + 9


def test_what_is_together_counts_from_the_named_version_on_only() -> None:
    found = assess(pair(together=(Together(claims={"place": "exact", "time": "exact"}, value=10.0),)))

    assert said(found) == {"place": "vague", "time": "vague"}
    assert found.tearline.together == 0


def test_a_version_that_needs_what_may_not_be_said_is_not_said_and_the_answer_says_why() -> None:
    open_place = attrs.evolve(claim(id="place"), versions=(Version(id="exact", text="Here.", value=8.0, known=WIDE),))
    case = needing(attrs.evolve(pair(), claims=(open_place, claim(id="time"))), place={"time": None})
    only_place = with_proposal(case, claims={"place": None})

    free, found = assess(with_proposal(pair(), claims={"place": None})), assess(only_place)

    assert said(free)
    assert isinstance(found.decision, Refuse)
    (obstacle,) = found.obstacles
    (reason,) = obstacle.reasons
    assert reason.rule is Rule.COHERENCE
    assert reason.text == "`place` as `exact` makes no sense without `time` as `vague`, which is not proposed."


def test_a_needed_sentence_that_nobody_pays_for_goes_along() -> None:
    wide = Version(id="exact", text="Here.", value=8.0, known=WIDE)
    frame = Version(id="only", text="On that coast.", value=0.0, known=WIDE)
    place = claim(id="place", versions=(attrs.evolve(wide, needs={"time": None}),))
    case = attrs.evolve(pair(), claims=(place, claim(id="time", versions=(frame,))))

    found = assess(case)

    assert said(found) == {"place": "exact", "time": "only"}


def test_where_nothing_is_enough_to_act_on_the_answer_refuses_and_says_what_would_do() -> None:
    demanding = pair(actionable=({"place": "exact"}, {"time": None}))

    free, found = assess(pair()), assess(demanding)

    assert isinstance(found.decision, Refuse)
    assert "enough to act on: it takes `place` as `exact`, and `time` in any words" in found.decision.reasons[0].text
    (way,) = [b for b in found.better if b.lever is Lever.CONTENT]
    assert "without `place` as `exact`" in way.text
    assert way.gain == free.tearline.value == 6
    assert said(found) == {}


def test_enough_to_act_on_is_preferred_to_what_is_worth_more() -> None:
    cheap = Version(id="exact", text="A word.", value=0.5, known=WIDE)
    case = attrs.evolve(pair(), claims=(claim(id="place"), claim(id="time", versions=(cheap,))))

    found = assess(with_proposal(case, actionable=({"time": None},)))

    assert "time" in found.tearline.versions


def test_the_frontier_lists_only_what_is_enough_to_act_on(capsys: pytest.CaptureFixture[str]) -> None:
    demanding = pair(actionable=({"place": "exact"}, {"time": None}))

    found = frontier(demanding)

    render_frontier.frontier(render.console(), demanding, found)
    assert found
    assert all({s.claim: s.version for s in choice.said}["place"] == "exact" for choice in found)
    printed = " ".join(capsys.readouterr().out.split())
    assert "Only texts are listed that are enough to act on: `place` as `exact`, and `time` in any words." in printed


def test_too_many_combinations_are_refused_with_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(situation, "MOST_OPTIONS", 8)
    tie = Together(claims={"place": None, "time": None}, value=1.0)

    with pytest.raises(InputError, match="place, time belong together and have over 8 combinations"):
        assess(pair(together=(tie,)))


def test_two_ways_of_being_exact_are_two_claims_of_one_event() -> None:
    """Every allowed node of the lattice is an option; what is chosen is the best of those inside."""
    rows = (("exact", 5.0, CLOSE), ("vague", 2.0, WIDE))
    where = tuple(Version(id=i, text=f"where {i}", value=v, known=k) for i, v, k in rows)
    how = tuple(
        Version(id=i, text=f"how {i}", value=v, known=WIDE, needs={"where": i if i == "exact" else None})
        for i, v, _ in rows
    )
    watched = (claim(id="where", event="watch", versions=where), claim(id="how", event="watch", versions=how))
    case = with_proposal(attrs.evolve(OURS, claims=watched), claims={"where": None, "how": None})

    found = assess(case)

    alone = {}
    for nodes in ({"where": "vague"}, {"where": "vague", "how": "vague"}, {"where": "exact", "how": "exact"}):
        whole = assess(with_proposal(case, claims=nodes, actionable=tuple({c: v} for c, v in nodes.items())))
        alone[tuple(nodes.values())] = whole.tearline.value if whole.tearline.serves else 0.0
    assert found.tearline.value == max(alone.values())
    assert said(found) != {"where": "vague", "how": "exact"}
