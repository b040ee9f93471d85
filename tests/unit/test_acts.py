"""Acts and lists are disclosures: what they imply, what a list leaves out, and whom a part of it would frame."""

import datetime as dt

import attrs
import pytest

from small_case import claim, small_case, with_proposal, yes
from tearline.assess import assess
from tearline.assess.audience import listeners
from tearline.assess.search import best, question, tearline
from tearline.domain import (
    Allow,
    Budget,
    Case,
    Claim,
    Form,
    Given,
    Group,
    Interval,
    Listing,
    Permission,
    Reader,
    Refuse,
    Secret,
    SecretKind,
    Version,
    access,
)
from tearline.errors import InputError
from tearline.exposure.account import suspicion
from tearline.exposure.likelihood import also, seen
from tearline.exposure.situation import Block, blocks, settings

WHO_KNEW = {"o1": range(1, 11), "o2": range(1, 7), "o3": range(5, 11), "o4": range(1, 11, 2), "o5": range(2, 11, 2)}
SIX_FIGURES = 5e-7


def expulsions(complete: Interval, limit: float = 0.4, items: int = 10) -> Case:
    """Ten persons who could be expelled, and five who knew of some of them; nobody else is thinkable."""
    certain, not_at_all = Interval.exactly(1.0), Interval.exactly(0.01)
    told = tuple(
        Claim(
            id=f"i{n}",
            sources=("s",),
            persons=(),
            versions=(
                Version(
                    id="expelled",
                    text=f"Diplomat {n} is expelled.",
                    value=1.0,
                    known={o: certain if n in knew else not_at_all for o, knew in WHO_KNEW.items()},
                ),
            ),
        )
        for n in range(1, items + 1)
    )
    budget = Budget(top_suspect=limit, crowd=1, investigation=100, tries=1.0)
    return small_case(
        claims=told,
        lists=(Listing(id="expelled", items=tuple(c.id for c in told), complete=complete),),
        readers=(Reader(id="X", groups=tuple(Group(id=o) for o in WHO_KNEW), investigates_above=1.0),),
        secrets=(Secret(id="who", of="s", kind=SecretKind.PERSON, budget=budget),),
        sources=tuple(attrs.evolve(s, joint_with=()) for s in small_case().sources),
        proposal=attrs.evolve(
            small_case().proposal, to="B", form=Form.ACTION, claims={c.id: None for c in told}, allows=(Permission.ACT,)
        ),
    )


@pytest.mark.parametrize(
    ("acted_on", "beta", "figures"),
    [
        (range(1, 11), 0.0, {"o1": 1.0}),
        (range(1, 11), 0.3, {"o1": 1.0}),
        ((1, 3, 5), 0.0, {"o1": 0.333322, "o2": 0.333322, "o4": 0.333322}),
        ((1, 3, 5), 0.3, {"o1": 0.091103, "o2": 0.374906, "o4": 0.533973}),
        ((5,), 0.0, {"o1": 0.249377, "o2": 0.249377, "o3": 0.249377, "o4": 0.249377}),
        ((5,), 0.3, {"o1": 0.066082, "o2": 0.271939, "o3": 0.271939, "o4": 0.387320}),
        ((5, 6), 0.0, {"o1": 0.331126, "o2": 0.331126, "o3": 0.331126}),
        ((5, 6), 0.3, {"o1": 0.107381, "o2": 0.441891, "o3": 0.441891}),
    ],
)
def test_a_list_points_by_what_is_on_it_and_by_what_is_not(
    acted_on: range, beta: float, figures: dict[str, float]
) -> None:
    case = expulsions(Interval.exactly(beta))

    (setting,) = settings(case, "X", also(case, {}, [(f"i{n}", 0) for n in acted_on]), ())

    found = dict(zip(WHO_KNEW, suspicion(setting.world, setting.before).mid, strict=True))
    assert {who: found[who] for who in figures} == pytest.approx(figures, abs=SIX_FIGURES)


def best_part(limit: float, complete: Interval) -> set[str]:
    """The part of the list that the search would act on."""
    case = expulsions(complete, limit)
    heard = tuple(listener for listener in listeners(case) if listener.party.id == "X")
    asked = question(case, heard, dict.fromkeys(case.proposal.claims, ("expelled",)))
    return set(tearline(asked, best(asked)).versions)


def test_a_part_of_a_list_that_would_frame_an_innocent_is_refused() -> None:
    """Acting on 1, 3 and 5 alone would convict o4, who knew just the odd ones, whoever the source is."""
    sweep = Interval.between(0.0, 0.3)

    assert best_part(0.4, sweep) not in ({"i1", "i3", "i5"}, {"i5", "i6"})
    assert len(best_part(0.45, sweep)) >= 2
    assert best_part(0.4, Interval.exactly(0.0)) != best_part(0.4, sweep)


def test_acting_on_the_whole_list_convicts() -> None:
    found = best_part(0.4, Interval.exactly(0.0))

    assert found != {f"i{n}" for n in range(1, 11)}


def test_a_list_that_could_be_cut_in_too_many_ways_is_refused_with_a_reason() -> None:
    case = expulsions(Interval.exactly(0.1), items=13)

    with pytest.raises(InputError, match="belong together"):
        blocks(case, {c.id: ("expelled",) for c in case.claims})


def test_without_anything_of_a_list_told_nothing_is_missing_on_it() -> None:
    case = expulsions(Interval.exactly(0.3))

    (setting,) = settings(case, "X", {}, blocks(case, {c.id: ("expelled",) for c in case.claims}))

    (block,) = setting.world.blocks
    assert (block.mid[-1] == 0).all()


def test_what_was_published_of_a_list_before_counts_with_what_is_added() -> None:
    before = Given(to=("B",), on=dt.date(2026, 1, 1), claims={"i1": "expelled"}, form=Form.ACTION)
    case = attrs.evolve(expulsions(Interval.exactly(0.3)), given=(before,))
    past = seen(case, [("i1", 0, before.on)])
    decisions = (Block(claims=("i3",), options=((0,), (None,))),)

    (setting,) = settings(case, "X", past, decisions)
    (whole,) = settings(case, "X", also(case, past, [("i3", 0)]), ())

    assert setting.world.mass((0,)).mid == pytest.approx(whole.before.mid)
    assert setting.world.mass((1,)).mid == pytest.approx(setting.before.mid)


# --- what an act implies ------------------------------------------------------------------------


def raid() -> Case:
    """A raid, which tells where and when we knew that they would meet."""
    place = claim(id="place")
    act = Claim(
        id="raid",
        sources=("s",),
        persons=(),
        versions=(
            Version(
                id="house",
                text="The house is searched at nine.",
                value=8.0,
                known={"insiders": access("informed"), "staff": access("informed"), "elsewhere": access("near")},
                implies={"place": "exact"},
            ),
            Version(id="street", text="The street is patrolled.", value=4.0, implies={"place": "vague"}),
        ),
    )
    case = small_case(claims=(act, place), consents=(attrs.evolve(yes("C", "exact"), covers={"raid": "house"}),))
    return with_proposal(case, claims={"raid": None})


def test_an_act_tells_what_it_implies() -> None:
    case = raid()

    assert case.entails("raid", 0) == {"raid": 0, "place": 0}
    assert case.entails("raid", 1) == {"raid": 1, "place": 1}
    assert set(seen(case, [("raid", 0, None)])) == {"raid", "place"}


def test_an_act_that_implies_too_much_is_not_done_so_plainly() -> None:
    case = raid()
    silent = attrs.evolve(case.claims[0], versions=tuple(attrs.evolve(v, implies={}) for v in case.claims[0].versions))

    plain, unaware = assess(case), assess(attrs.evolve(case, claims=(silent, case.claims[1])))

    assert plain.tearline.versions == {"raid": "street"}
    assert unaware.tearline.versions == {"raid": "house"}


def test_what_is_implied_is_decided_together_with_what_implies_it() -> None:
    case = raid()

    both = blocks(case, {"raid": ("house",), "place": ("exact", "vague")})

    assert [block.claims for block in both] == [("raid", "place")]


def test_a_circle_of_implications_ends() -> None:
    one, other = (
        Claim(id=own, versions=(Version(id="v", text=own, value=1.0, implies={implied: "v"}),))
        for own, implied in (("one", "other"), ("other", "one"))
    )
    case = small_case(claims=(one, other), proposal=attrs.evolve(small_case().proposal, claims={"one": None}))

    assert case.entails("one", 0) == {"one": 0, "other": 0}


def test_the_recipient_has_what_was_implied_to_it() -> None:
    case = raid()
    told = attrs.evolve(
        case,
        given=(Given(to=("B",), on=dt.date(2026, 11, 1), claims={"raid": "street"}),),
        proposal=attrs.evolve(case.proposal, claims={"place": "vague"}),
        consents=(attrs.evolve(yes("C", "exact"), covers={"place": "vague"}),),
    )

    found = assess(told)

    assert isinstance(found.decision, Refuse)
    assert "has it already" in found.decision.reasons[0].text


def test_holding_something_permits_no_act_on_it() -> None:
    held = attrs.evolve(small_case(consents=(yes("C", "exact"),)))
    acting = with_proposal(held, form=Form.ACTION)

    assert isinstance(assess(held).decision, Allow)
    assert not isinstance(assess(acting).decision, Allow)
