"""What readers bring to a text: suspicion, the raw text, doubt about sources; and what the answer says of it."""

from __future__ import annotations

import io
import json

import attrs
import numpy as np
import pytest
from rich.console import Console

from small_case import TODAY, small_case, with_proposal
from tearline.assess import assess, reasoning
from tearline.assess.answer import Assessment
from tearline.cases import open_shipped, read
from tearline.cli.render import page
from tearline.domain import (
    Allow,
    AllowIf,
    Budget,
    Case,
    Claim,
    Given,
    Group,
    GroupKind,
    Interval,
    Reader,
    Refuse,
    Secret,
    SecretKind,
    Source,
    SourceKind,
    Version,
    access,
)
from tearline.errors import InputError
from tearline.exchange.answer import encode
from tearline.exposure import several
from tearline.exposure.candidates import priors
from tearline.exposure.readings import Reading, families, readings, resting_on_one
from tearline.exposure.several import steps_for
from tearline.exposure.worlds import Gate

SURE = {word: Interval.exactly(access(word).mid) for word in ("present", "informed", "near", "absent")}
ELSEWHERE = Group(id="elsewhere", kind=GroupKind.OTHER, weight=0.2)


def one_version(name: str, source: str, value: float, **known: str) -> Claim:
    version = Version(id="exact", text=f"{name}.", value=value, known={g: SURE[word] for g, word in known.items()})
    return Claim(id=name, sources=(source,) if source else (), persons=(), versions=(version,))


def two_claims(first: Claim, second: Claim, *groups: Group, **changes: object) -> Case:
    """Two claims to B, who reasons as X does; limits of 5 % a person and nothing else."""
    loose = Budget(top_suspect=0.05, crowd=1, investigation=1_000, tries=1.0)
    return small_case(
        sources=tuple(Source(id=name, kind=SourceKind.HUMAN, owner="A") for name in ("s", "z")),
        secrets=tuple(Secret(id=f"who-{of}", of=of, kind=SecretKind.PERSON, budget=loose) for of in ("s", "z")),
        readers=(Reader(id="X", groups=groups),),
        claims=(first, second),
        proposal=attrs.evolve(small_case().proposal, claims={first.id: None, second.id: None}),
        **changes,
    )


def said(found: Assessment) -> set[str]:
    return set(found.tearline.versions)


def printed(found: Assessment) -> str:
    out = Console(width=1000, file=io.StringIO(), record=True, highlight=False)
    page(out, found, True)
    return out.export_text()


# --- which claims share a source ------------------------------------------------------------------------


def left_and_right(second: str) -> Case:
    """Whoever knew one claim did not know the other: together they point at nobody, each alone at fifteen."""
    return two_claims(
        one_version("first", "s", 8, left="informed", right="absent"),
        one_version("second", second, 8, left="absent", right="informed"),
        Group(id="left", count=15),
        Group(id="right", count=15),
        attrs.evolve(ELSEWHERE, weight=0.01),
    )


def test_claims_of_one_source_may_clear_each_other() -> None:
    assert said(assess(left_and_right("s"))) == {"first", "second"}


def test_a_reader_who_knows_that_there_are_two_sources_looks_at_each_alone() -> None:
    found = assess(left_and_right("z"))

    assert isinstance(found.decision, Refuse)
    broken = [breach for obstacle in found.obstacles for breach in obstacle.breaches]
    assert {breach.gate for breach in broken} == {Gate.TOP_SUSPECT}


def test_a_claim_of_unstated_source_may_be_anothers() -> None:
    assert isinstance(assess(left_and_right("")).decision, Refuse)


def test_sources_that_exist_through_one_another_are_one() -> None:
    case = left_and_right("z")
    related = attrs.evolve(case, sources=(case.sources[0], attrs.evolve(case.sources[1], depends_on=("s",))))

    assert families(related) == {"s": "s", "z": "s"}
    assert resting_on_one(related, ("first", "second")) == (frozenset({"first", "second"}),)
    assert said(assess(related)) == {"first", "second"}


def known_to_all(second: str) -> Case:
    """Twenty-five people who knew both claims alike: 4 % each while one source is behind them."""
    return two_claims(
        one_version("first", "s", 8, staff="informed", elsewhere="informed"),
        one_version("second", second, 5, staff="informed", elsewhere="informed"),
        Group(id="staff", count=25),
        ELSEWHERE,
    )


def test_several_sources_among_few_people_make_each_more_suspect() -> None:
    assert said(assess(known_to_all("s"))) == {"first", "second"}

    found = assess(known_to_all("z"))

    assert said(found) == {"first"}
    (obstacle,) = found.obstacles
    assert {(b.gate, b.about) for b in obstacle.breaches} == {(Gate.TOP_SUSPECT, "group:staff")}
    assert obstacle.breaches[0].reached > 0.05
    assert all(breach.if_several for breach in obstacle.breaches)
    assert "or cannot tell how many there are" in printed(found)


def test_the_answer_says_how_near_a_reader_in_doubt_comes() -> None:
    case = known_to_all("z")
    wide = attrs.evolve(case, readers=(Reader(id="X", groups=(Group(id="staff", count=90), ELSEWHERE)),))

    found = assess(wide)

    assert said(found) == {"first", "second"}
    in_doubt = next(r.in_doubt for r in found.readers if r.listener.party.id == "X")
    assert in_doubt is not None
    assert in_doubt.gate is Gate.TOP_SUSPECT
    assert 1 / 90 < in_doubt.reached < 2 / 90
    assert "Unsure whether one source or several stand behind it, X would believe" in printed(found)
    wire = json.loads(encode(found))["house_only"]["readers"]
    assert all(reader["in_doubt"]["about"] == "group:staff" for reader in wire)


def test_where_one_source_is_behind_everything_there_is_no_doubt() -> None:
    found = assess(known_to_all("s"))

    assert all(reader.in_doubt is None for reader in found.readers)


def test_the_essay_keeps_its_words_if_what_was_told_before_came_from_somewhere_else() -> None:
    essay = open_shipped("essay").case
    film = Source(id="film", kind=SourceKind.IMAGERY, owner="A")
    elsewhere = tuple(attrs.evolve(c, sources=("film",)) if c.id == "convoy" else c for c in essay.claims)

    found = assess(attrs.evolve(essay, sources=(*essay.sources, film), claims=elsewhere))

    assert found.tearline.versions == {"plot": "warning"}
    in_doubt = next(r.in_doubt for r in found.readers if r.listener.party.id == "X")
    assert in_doubt is not None
    assert 0.9 < in_doubt.load < 1


def many_claims(count: int) -> Case:
    claims = tuple(one_version(f"c{i}", "sz"[i % 2], 1, staff="informed", elsewhere="informed") for i in range(count))
    case = two_claims(claims[0], claims[1], Group(id="staff", count=9_000), ELSEWHERE)
    return with_proposal(attrs.evolve(case, claims=claims), claims=dict.fromkeys(c.id for c in claims))


def test_more_pieces_than_can_be_taken_apart_must_be_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(several, "MOST_PIECES", 3)

    found = assess(many_claims(4))

    assert isinstance(found.decision, AllowIf)
    assert any("too many pieces of evidence" in condition for condition in found.decision.conditions)
    assert isinstance(assess(many_claims(3)).decision, Allow)


def test_what_would_take_too_long_is_refused_and_the_search_says_that_it_was_cut_short(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = many_claims(4)
    all_of_it = {c.id: 0 for c in case.claims}
    monkeypatch.setattr(reasoning, "STEPS", steps_for(case, "X", all_of_it) / 2)

    found = assess(case)

    assert not found.tearline.proved
    assert 0 < found.tearline.value < 4 == found.tearline.upper_bound


# --- the raw text in the reader's hands ------------------------------------------------------------------


def with_raw(chance: tuple[float, float], **version: object) -> Case:
    """What insiders alone knew exactly, and ten thousand vaguely; X may hold the report as collected."""
    exact = Version(id="exact", text="At nine.", value=8.0, known={"insiders": SURE["informed"]})
    vague = Version(id="vague", text="Soon.", value=3.0, known={"staff": SURE["informed"]}, **version)
    groups = (Group(id="insiders", count=4), Group(id="staff", count=10_000), ELSEWHERE)
    reader = Reader(id="X", groups=groups, holds_raw={"meeting": Interval.between(*chance)})
    claim = Claim(id="meeting", sources=("s",), persons=(), versions=(exact, vague))
    case = small_case(readers=(reader,), claims=(claim,))
    return attrs.evolve(case, sources=(attrs.evolve(case.sources[0], joint_with=()),))


def test_paraphrase_does_not_help_against_a_reader_who_holds_the_raw_text() -> None:
    found = assess(with_raw((0.05, 0.2)))

    assert isinstance(found.decision, Refuse)
    broken = [breach for obstacle in found.obstacles for breach in obstacle.breaches]
    assert {breach.reader for breach in broken} == {"X"}
    assert all(breach.if_raw for breach in broken)
    assert "other words do not help" in printed(found)
    assert "X were known not to hold the raw text of `meeting`" in printed(found)


def test_a_reader_who_hardly_holds_it_is_told_no_more_than_the_words() -> None:
    assert said(assess(with_raw((0.0, 0.04)))) == {"meeting"}


@pytest.mark.parametrize(("fits", "goes"), [(4, False), (5, True)])
def test_words_that_fit_enough_documents_point_at_none(fits: int, goes: bool) -> None:
    assert (said(assess(with_raw((0.05, 0.2), fits=fits))) == {"meeting"}) is goes


def test_words_vague_enough_are_not_said_to_be_recognised() -> None:
    found = assess(open_shipped("ultra").case)

    (raw,) = next(r.raw for r in found.readers if r.raw)
    assert raw.if_raw == raw.as_worded
    assert "tell it no more than these words do" in printed(found)


def test_what_was_told_before_is_not_charged_again() -> None:
    case = with_raw((0.05, 0.2))
    given = Given(to=("B",), on=TODAY, claims={"meeting": "vague"})
    second = attrs.evolve(case.claims[0], id="second", versions=case.claims[0].versions[1:])
    told = attrs.evolve(case, given=(given,), claims=(*case.claims, second))

    found = assess(with_proposal(told, claims={"second": None}))

    lines = [line for r in found.readers if r.listener.party.id == "X" for line in r.lines]
    assert any(line.over_before for line in lines)
    assert not any(line.broken for line in lines)
    (raw,) = next(r.raw for r in found.readers if r.listener.party.id == "X")
    assert raw.claim == "meeting"
    assert raw.as_worded < raw.expected < raw.if_raw
    assert raw.expected == pytest.approx(raw.chance.mid * raw.if_raw + (1 - raw.chance.mid) * raw.as_worded)
    assert "X may hold the raw text of meeting (5–20%)" in printed(found)


def test_every_set_of_a_few_raw_texts_is_tried_and_of_many_none_each_and_all() -> None:
    case = with_raw((0.1, 0.3))
    claims = tuple(attrs.evolve(case.claims[0], id=f"c{i}") for i in range(5))
    reader = attrs.evolve(case.readers[0], holds_raw={c.id: Interval.between(0.1, 0.3) for c in claims})
    many = with_proposal(attrs.evolve(case, claims=claims, readers=(reader,)), claims={c.id: None for c in claims})
    few = with_proposal(many, claims={"c0": None, "c1": None})

    assert len(readings(few, "X")) == 4
    assert len(readings(many, "X")) == 1 + 5 + 1
    assert readings(many, "B") == (Reading(),)


# --- suspicion beforehand --------------------------------------------------------------------------------


def test_suspicion_beforehand_counts_head_by_head() -> None:
    groups = (Group(id="desk", count=6, suspected=5.0), Group(id="staff", count=370), ELSEWHERE)
    (as_written,) = [prior for prior in priors(groups) if prior.written]

    each = np.exp(as_written.log_mass) / np.array([6, 370, 1])

    assert each[0] == pytest.approx(5 * each[1])
    assert np.exp(as_written.log_mass).sum() == pytest.approx(1)
    assert each[1] == pytest.approx(0.8 / (6 * 5 + 370))


FILE = """\
tearline: 1
title: what X brings
us: A
parties: {A: {}, B: {}, X: {hostile: true}}
sources: {s: {kind: human, owner: A}}
readers:
  X:
    groups:
      desk: {count: 6, suspected: 5}
      staff: {count: 400}
      luck: {other: true, weight: 0.2}
    holds_raw: {plot: [0.05, 0.2]}
claims:
  plot:
    sources: [s]
    persons: []
    versions:
      exact: {text: At nine., fits: 2, known: {desk: present}}
      vague: {text: Soon., fits: 12, known: {staff: near}}
proposal: {to: B, claims: [plot]}
"""


def test_a_file_can_say_what_a_reader_brings() -> None:
    case = read(FILE).case

    assert case.readers[0].groups[0].suspected == 5
    assert case.readers[0].holds_raw == {"plot": Interval.between(0.05, 0.2)}
    assert [version.fits for version in case.claims[0].versions] == [2, 12]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("weight: 0.2}", "weight: 0.2, suspected: 2}", "`suspected` is for persons without a weight"),
        ("staff: {count: 400}", "staff: {count: 400, weight: 0.1, suspected: 2}", "`weight` says it already"),
        ("fits: 12", "fits: 1", "fits 1 documents, fewer than the more exact `exact`, which fits 2"),
        ("{plot: [0.05, 0.2]}", "{plto: 0.1}", "no claim `plto`; did you mean `plot`?"),
        ("suspected: 5", "suspected: 0", "outside the range"),
    ],
)
def test_what_contradicts_itself_is_named_with_a_hint(old: str, new: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(FILE.replace(old, new))

    assert message in str(caught.value)
