"""Counterfactual replay: whoever else had been the source, the same words; and what it finds where not."""

import attrs
from hypothesis import given, settings

from generated_cases import any_case
from small_case import claim, small_case, with_proposal, yes
from tearline.assess import assess
from tearline.assess.answer import MOST_LEAK, Replay
from tearline.assess.recommend import recommend
from tearline.assess.replay import replay
from tearline.cases import names, open_shipped
from tearline.domain import AllowIf, Ask, Case, Interval, LeakPath, Party, Passage, Source, SourceKind, Trust

SOUND = Trust.SOUND


def replayed(case: Case) -> Replay:
    return replay(case, recommend(case))


def with_secret_truths(case: Case) -> Case:
    """The case with nothing public of claims that have siblings: there the truth is known to whoever reads."""
    private = {c.id: tuple(attrs.evolve(v, public=None) for v in c.versions) for c in case.claims if c.siblings}
    claims = tuple(attrs.evolve(c, versions=private.get(c.id, c.versions)) for c in case.claims)
    return attrs.evolve(case, claims=claims)


@settings(max_examples=25)
@given(any_case().map(with_secret_truths))
def test_whoever_could_have_told_it_would_have_led_to_the_same_words(case: Case) -> None:
    found = replayed(case)

    assert found.proved
    assert all(candidate.same for candidate in found.candidates)
    assert found.leak == 0
    assert found.holds


def test_the_same_words_go_out_in_every_shipped_case() -> None:
    for name in names():
        found = replayed(open_shipped(name).case)

        assert found.holds, name
        assert all(candidate.said == found.text for candidate in found.candidates), name


def test_only_who_could_have_told_all_of_it_is_put_in_the_place_of_the_source() -> None:
    found = replayed(small_case(consents=(yes("C", "exact"),)))

    assert found.text == {"meeting": "vague"}
    assert {(c.reader, c.group) for c in found.candidates} == {(r, g) for r in "BX" for g in ("insiders", "staff")}


def with_a_leaky_partner_in_what_is_withheld() -> Case:
    """D must be told of a second claim that is never said, and X reads what D is told.

    Who did not know that claim would have led to nobody asking D, and so to more exact words.
    """
    theirs = Source(id="d", kind=SourceKind.HUMAN, owner="D")
    second = claim(id="second", sources=("d",), versions=claim().versions[:1])
    insiders_only = attrs.evolve(second.versions[0], known={"deputies": Interval(0.6, 0.8, 0.95)})
    (reader,) = small_case().readers
    insiders = attrs.evolve(reader.groups[0], count=15, weight=0.3)
    groups = (attrs.evolve(insiders, id="deputies", count=2, weight=None), insiders, *reader.groups[1:])
    tight = tuple(
        LeakPath(giver=giver, to="X", how=Passage.ONWARD, probability=Interval.exactly(0)) for giver in ("B", "C")
    )
    return with_proposal(
        small_case(
            parties=(
                Party(id="A"),
                *(attrs.evolve(p, handling=None) for p in small_case().parties if p.id == "X"),
                *(attrs.evolve(p, handling=SOUND) for p in small_case().parties if p.id in "BC"),
                Party(id="D", handling=SOUND),
            ),
            sources=(*small_case().sources, theirs),
            readers=(attrs.evolve(reader, groups=groups),),
            claims=(claim(), attrs.evolve(second, versions=(insiders_only,))),
            leak_paths=(*tight, LeakPath(giver="D", to="X", how=Passage.PENETRATION, probability=Interval.exactly(1))),
            consents=(yes("C", "exact"), attrs.evolve(yes("D", "exact"), covers={"second": "exact"})),
        ),
        claims={"meeting": None, "second": None},
    )


def test_a_choice_that_depends_on_who_else_had_to_be_asked_is_found_out() -> None:
    case = with_a_leaky_partner_in_what_is_withheld()

    found = replayed(case)

    assert found.text == {"meeting": "vague"}
    assert {c.group: c.said.get("meeting") for c in found.candidates}["insiders"] == "exact"
    assert found.leak > MOST_LEAK
    assert not found.holds


def test_what_the_choice_gives_away_must_be_accepted() -> None:
    case = with_a_leaky_partner_in_what_is_withheld()

    plain, certified = assess(case), assess(case, replayed=True)

    assert plain.replay is None
    assert isinstance(certified.decision, AllowIf | Ask)
    assert any("the choice of words" in condition for condition in certified.decision.conditions)
    assert certified.outgoing is None


def test_a_search_that_was_cut_short_certifies_nothing() -> None:
    found = replayed(small_case(consents=(yes("C", "exact"),)))

    assert not attrs.evolve(found, proved=False).holds
