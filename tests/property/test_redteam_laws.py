"""Laws of the attack, on generated cases: limits keep what they promise, and no order of a file tells."""

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from generated_cases import any_case
from tearline.assess.recommend import recommend
from tearline.domain import Case
from tearline.sim.readers import Attacker
from tearline.sim.redteam import Attack, Text, Why, redteam


@settings(max_examples=12)
@given(any_case())
def test_a_recommended_text_lets_no_weighing_reader_believe_more_than_a_limit_allows(case: Case) -> None:
    found = redteam(case)

    last = len(found.releases)
    if not found.releases or found.releases[-1].text is not Text.RECOMMENDED or recommend(case).over_the_limits:
        return
    for hunt in found.hunts:
        for one in hunt.attacks:
            if one.attacker in (Attacker.TRUE, Attacker.PATIENT):
                assert [f for f in one.finds if f.release == last and f.why is Why.LIMIT] == []


@settings(max_examples=12)
@given(any_case())
def test_patience_finds_whatever_the_true_model_finds_and_no_later(case: Case) -> None:
    found = redteam(case, proposed=True)

    for hunt in found.hunts:
        by = {one.attacker: {f.about: f.release for f in one.finds} for one in hunt.attacks}
        for about, release in by[Attacker.TRUE].items():
            assert by[Attacker.PATIENT][about] <= release


@settings(max_examples=12)
@given(any_case())
def test_who_runs_tearline_finds_no_more_than_who_does_not(case: Case) -> None:
    found = redteam(case)

    for hunt in found.hunts:
        by = {one.attacker: one for one in hunt.attacks}
        assert by[Attacker.TEARLINE].finds == by[Attacker.TRUE].finds
        assert by[Attacker.TEARLINE].lead == by[Attacker.TRUE].lead


@settings(max_examples=8)
@given(any_case(), st.randoms(use_true_random=False))
def test_the_order_of_a_file_changes_nothing(case: Case, chance: object) -> None:
    turned = attrs.evolve(
        case,
        readers=tuple(attrs.evolve(r, groups=tuple(chance.sample(r.groups, len(r.groups)))) for r in case.readers),  # type: ignore[attr-defined]
    )

    one, other = redteam(case, proposed=True), redteam(turned, proposed=True)

    assert [seen(attack) for hunt in one.hunts for attack in hunt.attacks] == [
        seen(attack) for hunt in other.hunts for attack in hunt.attacks
    ]


def seen(attack: Attack) -> object:
    """What was found, figures rounded: sums in another order differ in the last digits."""
    finds = {(f.about, f.release, f.persons, f.why, f.could, f.still, f"{f.belief:.6g}") for f in attack.finds}
    lead = attack.lead and (frozenset(attack.lead.groups), attack.lead.persons, f"{attack.lead.belief:.6g}")
    return attack.attacker, finds, lead
