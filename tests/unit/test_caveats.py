"""What originators said about handling: it must be confirmed, unless they spoke for themselves since."""

import datetime as dt
from typing import Any

import attrs
import pytest

from small_case import TODAY, small_case, with_source, yes
from tearline.assess import assess
from tearline.assess.card import card
from tearline.assess.decide import limits_of_use
from tearline.cases import read
from tearline.domain import Allow, AllowIf, Case, Caveat, Consent, VersionId
from tearline.errors import CaseFileError
from tearline.policy.caveats import standing

VAGUE = VersionId("vague")


def said_by_c(*consents: Consent, **caveat: Any) -> Case:
    """The small case with a caveat of C on its source."""
    return attrs.evolve(
        with_source(small_case(), caveats=(Caveat(words="not before the trial", by="C", **caveat),)), consents=consents
    )


def words(case: Case) -> list[str]:
    """The caveats that stand for the vague words."""
    return [each.caveat.words for each in standing(case, case.claims[0], VAGUE)]


def test_a_caveat_stands_until_somebody_confirms_that_it_is_kept() -> None:
    case = with_source(small_case(consents=(yes("C"),)), caveats=(Caveat(words="mind the dates"),))

    decision = assess(case).decision

    assert isinstance(decision, AllowIf)
    assert decision.conditions == ("it is confirmed that what A said of `meeting` is kept: “mind the dates”",)


def test_what_was_only_spoken_is_called_so() -> None:
    case = with_source(small_case(consents=(yes("C"),)), caveats=(Caveat(words="mind the dates", oral=True),))

    decision = assess(case).decision

    assert isinstance(decision, AllowIf)
    assert decision.conditions[0].endswith("“mind the dates” (said, not written)")


def test_a_later_yes_to_these_words_settles_what_the_same_party_said_before() -> None:
    before = yes("C").on - dt.timedelta(days=1)

    assert words(said_by_c(yes("C"), on=before)) == []
    assert words(said_by_c(yes("C"))) == []
    assert isinstance(assess(said_by_c(yes("C"), on=before)).decision, Allow)


@pytest.mark.parametrize(
    "consents",
    [
        (),
        (yes("C", to=("X",)),),
        (yes("C", until=TODAY - dt.timedelta(days=1)),),
        (yes("C", withdrawn=TODAY),),
        (yes("B"),),
    ],
)
def test_nothing_else_settles_it(consents: tuple[Consent, ...]) -> None:
    assert words(said_by_c(*consents, on=dt.date(2026, 1, 1))) == ["not before the trial"]


def test_a_caveat_after_the_yes_stands() -> None:
    assert words(said_by_c(yes("C"), on=TODAY)) == ["not before the trial"]


def test_what_was_said_along_with_a_yes_stands() -> None:
    answer = yes("C", said=(Caveat(words="nothing in writing"),))

    assert words(small_case(consents=(answer,))) == ["nothing in writing"]


def test_a_caveat_reaches_what_depends_on_its_source() -> None:
    case = small_case()
    below = attrs.evolve(case.sources[0], id="line", depends_on=("s",), joint_with=())
    cautious = attrs.evolve(case.sources[0], caveats=(Caveat(words="mind the dates"),))
    claim = attrs.evolve(case.claims[0], sources=("line",))

    assert words(attrs.evolve(case, sources=(below, cautious), claims=(claim,))) == ["mind the dates"]


def test_what_the_recipient_said_of_its_own_material_does_not_bind_us_towards_it() -> None:
    case = with_source(small_case(), caveats=(Caveat(words="tell nobody else", by="B"),))

    assert words(case) == []


def test_a_caveat_after_the_day_of_the_case_is_a_fault() -> None:
    text = (
        "tearline: 1\ntitle: x\nus: A\nas_of: 2026-11-20\nparties: {A: {}, B: {}}\n"
        "sources: {s: {kind: human, owner: A, caveats: [{words: w, on: 2026-11-21}]}}\n"
        "claims: {c: {sources: [s], versions: {e: {text: t}}}}\nproposal: {to: B, claims: [c]}\n"
    )

    with pytest.raises(CaseFileError, match="after the day of the case") as wrong:
        read(text)

    assert wrong.value.problems[0].path == "sources.s.caveats[0].on"


def test_what_was_said_along_with_a_yes_after_the_day_of_the_case_is_a_fault() -> None:
    text = (
        "tearline: 1\ntitle: x\nus: A\nas_of: 2026-11-20\nparties: {A: {}, B: {}, C: {}}\n"
        "sources: {s: {kind: human, owner: A}}\n"
        "claims: {c: {sources: [s], versions: {e: {text: t}}}}\nproposal: {to: B, claims: [c]}\n"
        "consents: [{party: C, on: 2026-11-01, covers: {c: e}, to: [B], answer: yes, "
        "said: [{words: w, on: 2026-11-21}]}]\n"
    )

    with pytest.raises(CaseFileError, match="after the day of the case") as wrong:
        read(text)

    assert [problem.path for problem in wrong.value.problems] == ["consents[0].said[0].on"]


def test_what_was_said_along_stays_in_the_house_and_what_travels_is_not_confirmed() -> None:
    answer = yes("C", said=(Caveat(words="nothing in writing"),), caveats=("not to be quoted",))
    case = small_case(consents=(answer,))

    decision = assess(case).decision

    assert isinstance(decision, AllowIf)
    assert decision.conditions == ("it is confirmed that what C said of `meeting` is kept: “nothing in writing”",)
    assert limits_of_use(case, assess(case).tearline)[-1:] == ("not to be quoted",)


def test_what_is_told_besides_brings_its_caveats_to_the_speaker() -> None:
    case = small_case(consents=(yes("C"),))
    (said,) = case.claims
    telling = attrs.evolve(said, versions=tuple(attrs.evolve(v, implies={"depot": "vague"}) for v in said.versions))
    implied = attrs.evolve(said, id="depot", sources=("t",))
    ours = attrs.evolve(case.sources[0], id="t", joint_with=(), caveats=(Caveat(words="mind the dates"),))

    found = card(attrs.evolve(case, claims=(telling, implied), sources=(*case.sources, ours)))

    assert [(claim, each.caveat.words) for claim, each in found.caveats] == [("depot", "mind the dates")]
