"""Worked numbers, computed by hand or by others' formulas, against the slow twin first and the engine second."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction

import attrs
import numpy as np
import pytest

from oracle import slow_exposure as slow
from oracle.worked_numbers import (
    EXACT,
    HOSTILE,
    SIX_OFFICIALS,
    US,
    capacity_bits,
    case_of,
    chance_isolated,
    guessed_after,
    innocent_survivors,
    leakage_bits,
    min_entropy_bits,
    outputs,
    pointwise_bits,
    posterior,
    shannon_bits,
    shapley_by_orders,
)
from tearline.domain import (
    ACCESS_WORDS,
    Budget,
    Case,
    ClaimId,
    EventId,
    Group,
    GroupId,
    GroupKind,
    Organisation,
    OrganisationId,
    Secret,
    SecretId,
    SecretKind,
    Source,
    SourceId,
    SourceKind,
)
from tearline.exposure.account import account, suspicion
from tearline.exposure.envelope import belief, lower, suspects_lower, suspects_upper, upper
from tearline.exposure.evidence import explain
from tearline.exposure.history import history
from tearline.exposure.likelihood import Telling, log_together
from tearline.exposure.situation import Setting, blocks, settings
from tearline.exposure.worlds import Gate, best_tries, measure

SIX_FIGURES = 5e-7
"""Half a unit of the sixth decimal place: figures below are rounded there."""


def officials(*, investigates_above: float = 0.05) -> Case:
    people = [Group(id=GroupId(name)) for name in SIX_OFFICIALS if name != "elsewhere"]
    elsewhere = Group(id=GroupId("elsewhere"), kind=GroupKind.OTHER, weight=0.2)
    return case_of([*people, elsewhere], SIX_OFFICIALS, investigates_above=investigates_above)


def first(claims: int) -> list[ClaimId]:
    return [ClaimId(f"c{number + 1}") for number in range(claims)]


def by_twin(case: Case, claims: int, other: float) -> slow.Weighed:
    past = dict.fromkeys(first(claims), EXACT)
    every = slow.weigh(case, HOSTILE, case.readers[0], {}, slow.today(case, past))
    return next(weighed for weighed in every if weighed.other is None or float(weighed.other) == other)


def by_engine(case: Case, claims: int, other: float) -> Setting:
    every = settings(case, HOSTILE, dict.fromkeys(first(claims), (Telling(0),)), ())
    return next(setting for setting in every if setting.prior.other == pytest.approx(other))


POSTERIORS = [
    (0.2, 1, [0.212314, 0.212314, 0.212314, 0.084926, 0.021231, 0.002123, 0.254777]),
    (0.2, 2, [0.403047, 0.322438, 0.161219, 0.064488, 0.000403, 0.000040, 0.048366]),
    (0.2, 3, [0.869413, 0.069553, 0.003478, 0.055642, 0.000869, 0.000001, 0.001043]),
    (0.05, 3, [0.870130, 0.069610, 0.003481, 0.055688, 0.000870, 0.000001, 0.000220]),
    (0.5, 3, [0.866701, 0.069336, 0.003467, 0.055469, 0.000867, 0.000001, 0.004160]),
]


@pytest.mark.parametrize(("other", "claims", "figures"), POSTERIORS)
def test_the_twin_reproduces_the_posterior_of_six_officials(other: float, claims: int, figures: list[float]) -> None:
    weighed = by_twin(officials(), claims, other)

    assert [float(b.mid) for b in weighed.each.values()] == pytest.approx(figures, abs=SIX_FIGURES)


@pytest.mark.parametrize(("other", "claims", "figures"), POSTERIORS)
def test_the_engine_reproduces_the_posterior_of_six_officials(other: float, claims: int, figures: list[float]) -> None:
    mass = by_engine(officials(), claims, other).before.mid

    assert list(np.exp(mass - np.logaddexp.reduce(mass))) == pytest.approx(figures, abs=SIX_FIGURES)


@pytest.mark.parametrize(("alpha", "figure"), [(1.0, 0.729), (0.5, 0.3645625), (0.0, 0.000125)])
def test_three_claims_of_one_meeting_are_one_piece_of_evidence_about_who_sat_there(alpha: float, figure: float) -> None:
    inside, outside = [(Fraction("0.9"),) * 3] * 3, [(Fraction("0.05"),) * 3] * 3

    weighed = slow.attended_event(Fraction(alpha), inside, outside)

    assert [float(edge) for edge in weighed] == pytest.approx([figure] * 3, abs=1e-12)


def test_the_product_of_marginals_would_have_said_something_else_about_that_meeting() -> None:
    marginal = 0.5 * 0.9 + 0.5 * 0.05

    assert marginal**3 == pytest.approx(0.107172, abs=SIX_FIGURES)


def test_the_engine_mixes_a_meeting_outside_the_product() -> None:
    rows = [np.full((3, 2), 0.9)] * 3
    absent = np.array([0.001, 0.01, 0.03])

    weighed = np.exp(log_together(rows, np.array([0.5, np.nan])))

    assert weighed[:, 0] == pytest.approx(0.5 * 0.729 + 0.5 * absent**3, abs=1e-12)
    assert weighed[:, 1] == pytest.approx([0.9, 0.9, 0.9], rel=1e-15)


@pytest.mark.parametrize("claims", [1, 100, 10_000])
def test_a_meeting_of_which_everything_is_told_does_not_underflow(claims: int) -> None:
    rows = [np.repeat([[0.6], [0.8], [0.95]], 3, axis=1)] * claims

    was_in, was_not, perhaps = log_together(rows, np.array([1.0, 0.0, 0.5])).T

    assert was_in == pytest.approx(claims * np.log([0.6, 0.8, 0.95]))
    assert was_not == pytest.approx(claims * np.log([0.001, 0.01, 0.03]))
    assert perhaps == pytest.approx(np.logaddexp(was_in, was_not) + np.log(0.5))


def meeting() -> Case:
    """Two claims of one meeting; only the first says how likely the desk was in on it."""
    groups = [Group(id=GroupId("desk")), Group(id=GroupId("guard"))]
    case = case_of(groups, {"desk": (0.9, 0.8), "guard": (0.5, 0.5)})
    first_claim, second_claim = (attrs.evolve(c, event=EventId("meeting")) for c in case.claims)
    said = attrs.evolve(first_claim, attended={GroupId("desk"): 0.5})
    return attrs.evolve(case, claims=(said, second_claim))


@pytest.mark.parametrize(
    ("told", "figure"),
    [
        ({"c1": 0}, 0.5 * 0.9 + 0.5 * 0.01),
        ({"c2": 0}, 0.5 * 0.8 + 0.5 * 0.01),
        ({"c1": 0, "c2": 0}, 0.5 * 0.72 + 0.5 * 0.0001),
    ],
)
def test_who_was_at_a_meeting_does_not_depend_on_which_of_its_claims_is_told(
    told: dict[ClaimId, int], figure: float
) -> None:
    case = meeting()

    twin = slow.likelihood(case, HOSTILE, case.readers[0].groups, slow.today(case, dict.fromkeys(told, EXACT)))
    (setting,) = settings(case, HOSTILE, {claim: (Telling(rank),) for claim, rank in told.items()}, ())

    assert float(twin[GroupId("desk")][1]) == pytest.approx(figure)
    assert list(np.exp(setting.before.mid - setting.prior.log_mass)) == pytest.approx([figure, 0.5])


PRIOR = (0.1, 0.1, 0.1, 0.1, 0.6)
LO = ((0.8, 0.8), (0.5, 0.5), (0.2, 0.3), (0.05, 0.1), (0.02, 0.02))
HI = ((1, 1), (0.9, 0.8), (0.5, 0.6), (0.2, 0.3), (0.2, 0.1))
UPPER = (0.759071, 0.504414, 0.250543, 0.059265)


def whole(prior: float, accesses: Sequence[float]) -> float:
    return prior * math.prod(accesses)


def test_the_twin_finds_the_envelope_by_visiting_every_corner() -> None:
    names = [GroupId(f"o{number + 1}") for number in range(5)]
    mids = [[(a + b) / 2 for a, b in zip(lo, hi, strict=True)] for lo, hi in zip(LO, HI, strict=True)]
    edges = {
        name: (Fraction(whole(p, lo)), Fraction(whole(p, mid)), Fraction(whole(p, hi)))
        for name, p, lo, mid, hi in zip(names, PRIOR, LO, mids, HI, strict=True)
    }
    box = slow.Box(edges)
    one = {names[0]: Fraction(1)}

    assert float(box.inf(one)) == pytest.approx(0.347826, abs=SIX_FIGURES)
    assert float(box.at_best_point(one)) == pytest.approx(0.544684, abs=SIX_FIGURES)
    assert [float(box.sup({name: Fraction(1)})) for name in names[:4]] == pytest.approx(UPPER, abs=SIX_FIGURES)


def test_the_engine_finds_the_envelope_without_visiting_the_corners() -> None:
    prior = np.array(PRIOR)
    lo, hi = prior * np.prod(LO, axis=1), prior * np.prod(HI, axis=1)
    mid = prior * np.prod((np.array(LO) + np.array(HI)) / 2, axis=1)
    first_one = np.eye(5)[0]

    assert lower(first_one, np.log(lo), np.log(hi)) == pytest.approx(0.347826, abs=SIX_FIGURES)
    assert belief(first_one, np.log(mid)) == pytest.approx(0.544684, abs=SIX_FIGURES)
    assert [upper(row, np.log(lo), np.log(hi)) for row in np.eye(5)[:4]] == pytest.approx(UPPER, abs=SIX_FIGURES)
    direct = suspects_upper(np.ones(5, dtype=np.int64), np.log(lo), np.log(hi))
    assert list(direct[:4]) == pytest.approx(UPPER, abs=SIX_FIGURES)


def test_shannon_entropy_hides_a_coin_flip_among_a_thousand() -> None:
    chances = [0.5, *[0.0005] * 1000]

    bits = shannon_bits(chances)

    assert bits == pytest.approx(5.982892, abs=SIX_FIGURES)
    assert 2**bits == pytest.approx(63.25, abs=5e-3)
    assert bits / math.log2(1001) == pytest.approx(0.60026, abs=5e-6)
    assert min_entropy_bits(chances) == 1.0


def test_three_of_six_officials_are_worth_investigating() -> None:
    case = officials()
    weighed = by_twin(case, 3, 0.2)
    cost, gain = 5, 100

    suspects = [found.upper for found in weighed.suspicion.values() if found.upper > Fraction(cost, gain)]

    assert len(suspects) == 3
    assert float(sum(gain * p - cost for p in suspects)) == pytest.approx(84.46, abs=5e-3)


def test_the_account_counts_the_same_three() -> None:
    case = officials()

    lines = account(case, settings(case, HOSTILE, dict.fromkeys(first(3), (Telling(0),)), ()), ())

    (above,) = [line for line in lines if line.gate is Gate.INVESTIGATION]
    assert above.after.mid == 3


@pytest.mark.parametrize(("purges", "allowed"), [(False, 3), (True, 0)])
def test_a_reader_that_purges_may_be_given_no_new_suspect(purges: bool, allowed: int) -> None:
    case = officials()
    source = Source(id=SourceId("s"), kind=SourceKind.HUMAN, owner=US)
    secret = Secret(id=SecretId("who"), of=source.id, kind=SecretKind.PERSON, budget=Budget(investigation=3))
    reader = attrs.evolve(case.readers[0], purges=purges, investigates_above=0.15)
    case = attrs.evolve(case, sources=(source,), secrets=(secret,), readers=(reader,))
    said = dict.fromkeys(first(1), EXACT)
    decisions = blocks(case, dict.fromkeys(said, (EXACT,)))

    twin = slow.weigh(case, HOSTILE, reader, said, past=())
    engine = [measure(s.world, s.world.mass((0,))) for s in settings(case, HOSTILE, {}, decisions)]

    newly = {(float(g.reached), float(g.limit)) for w in twin for g in w.gates if g.gate == "investigation"}
    assert (3, allowed) in newly
    assert {(r.reached, r.limit) for gates in engine for r in gates if r.gate is Gate.INVESTIGATION} == newly


@pytest.mark.parametrize(("tries", "figure"), [(1, 0.869413), (2, 0.938966), (3, 0.994609)])
def test_more_tries_catch_more(tries: int, figure: float) -> None:
    case = officials()
    box = slow.Box(by_twin(case, 3, 0.2).masses)
    setting = by_engine(case, 3, 0.2)
    persons = setting.world.person
    suspected = suspicion(setting.world, setting.before).hi[persons]

    assert float(slow.caught(case.readers[0].groups, box, tries)) == pytest.approx(figure, abs=SIX_FIGURES)
    assert best_tries(suspected, setting.world.count[persons], tries) == pytest.approx(figure, abs=SIX_FIGURES)


MINISTRY = OrganisationId("ministry")


def ministry() -> Case:
    groups = [
        Group(id=GroupId("members"), count=40, within=(MINISTRY,)),
        Group(id=GroupId("others"), count=160),
        Group(id=GroupId("elsewhere"), kind=GroupKind.OTHER, weight=0.2),
    ]
    access = {"members": (1,) * 3, "others": (0.1,) * 3, "elsewhere": (0.4,) * 3}
    return case_of(groups, access, organisations=[Organisation(id=MINISTRY)])


@pytest.mark.parametrize(
    ("claims", "member", "mole", "other"),
    [
        (0, 0.004, 0.160, 0.200),
        (1, 0.013158, 0.526316, 0.263158),
        (2, 0.020161, 0.806452, 0.161290),
        (3, 0.023063, 0.922509, 0.073801),
    ],
)
def test_everybody_is_safe_and_the_ministry_is_lost(claims: int, member: float, mole: float, other: float) -> None:
    weighed = by_twin(ministry(), claims, 0.2)
    setting = by_engine(ministry(), claims, 0.2)
    (cell,) = [limited.weight for limited in setting.world.beliefs if limited.about == "organisation:ministry"]
    mid = setting.before.mid

    twin = weighed.direct[GroupId("members")].mid, weighed.propositions["organisation:ministry"].mid
    engine = suspicion(setting.world, setting.before).mid[0], belief(cell, mid), belief(np.eye(3)[2], mid)

    assert [float(value) for value in twin] == pytest.approx([member, mole], abs=SIX_FIGURES)
    assert float(weighed.each[GroupId("elsewhere")].mid) == pytest.approx(other, abs=SIX_FIGURES)
    assert engine == pytest.approx((member, mole, other), abs=SIX_FIGURES)


def bits_for(case: Case, suspect: str, claims: frozenset[int]) -> float:
    """Log-odds for one person against everybody else, by the twin, from some of the claims."""
    past = {ClaimId(f"c{number + 1}"): EXACT for number in claims}
    every = slow.weigh(case, HOSTILE, case.readers[0], {}, slow.today(case, past))
    (weighed,) = [w for w in every if w.other == Fraction(0.2)]
    chance = weighed.direct[GroupId(suspect)].mid
    return math.log2(chance / (1 - chance))


SEQUENTIAL = (0.809021, 1.324750, 3.301703)
SHAPLEY = (0.902554, 1.726420, 2.806499)
ALL_BITS = 5.435473


def test_the_twin_weighs_the_evidence_of_three_claims() -> None:
    case = officials()
    reached = [bits_for(case, "a1", frozenset(range(claims))) for claims in range(4)]

    shares = shapley_by_orders(lambda claims: bits_for(case, "a1", claims), 3)

    assert [now - before for before, now in itertools.pairwise(reached)] == pytest.approx(SEQUENTIAL, abs=SIX_FIGURES)
    assert shares == pytest.approx(SHAPLEY, abs=SIX_FIGURES)
    assert sum(shares) == pytest.approx(ALL_BITS, abs=SIX_FIGURES)


def test_the_explanation_weighs_the_evidence_of_three_claims() -> None:
    case = officials()

    found = explain(case, by_engine(case, 3, 0.2), dict.fromkeys(first(3), (Telling(0),)))

    assert found.suspect == "a1"
    assert found.belief_after == pytest.approx(0.869413, abs=SIX_FIGURES)
    assert [piece.sequential for piece in found.pieces] == pytest.approx(SEQUENTIAL, abs=SIX_FIGURES)
    assert [piece.shapley for piece in found.pieces] == pytest.approx(SHAPLEY, abs=SIX_FIGURES)
    assert sum(piece.shapley for piece in found.pieces) == pytest.approx(ALL_BITS, abs=SIX_FIGURES)


def test_a_channel_leaks_what_the_formulas_say() -> None:
    prior = (0.5, 0.25, 0.125, 0.125)
    channel = ((1, 0, 0), (0.5, 0.5, 0), (0, 0.5, 0.5), (0, 0, 1))

    pointwise = [pointwise_bits(prior, column) for column in zip(*channel, strict=True)]

    assert outputs(prior, channel) == [0.625, 0.1875, 0.1875]
    assert guessed_after(prior, channel) == 0.75
    assert leakage_bits(prior, channel) == pytest.approx(0.584963, abs=SIX_FIGURES)
    assert capacity_bits(channel) == pytest.approx(1.321928, abs=SIX_FIGURES)
    assert pointwise == pytest.approx([0.678072, 1.415037, 2.415037], abs=SIX_FIGURES)


# One person in a thousand is among the hundred who knew the first claim and the hundred who knew the second.
CROWDS = {"both": 1, "first-only": 99, "second-only": 99, "neither": 801}
KNEW_FIRST, KNEW_SECOND = ("both", "first-only"), ("both", "second-only")


def test_bits_measured_against_the_first_prior_do_not_add_up() -> None:
    each = [name for name, count in CROWDS.items() for _ in range(count)]
    prior = [0.001] * 1000
    knew_first, knew_second = ([float(name in knew) for name in each] for knew in (KNEW_FIRST, KNEW_SECOND))
    both = [a * b for a, b in zip(knew_first, knew_second, strict=True)]

    alone = [pointwise_bits(prior, knew) for knew in (knew_first, knew_second)]
    in_turn = pointwise_bits(posterior(prior, knew_first), knew_second)

    assert alone == pytest.approx([3.321928, 3.321928], abs=SIX_FIGURES)
    assert pointwise_bits(prior, both) == pytest.approx(9.965784, abs=SIX_FIGURES)
    assert in_turn == pytest.approx(6.643856, abs=SIX_FIGURES)


def test_the_history_charges_in_sequence_and_so_adds_up() -> None:
    groups = [Group(id=GroupId(name), count=count) for name, count in CROWDS.items()]
    never = 1e-12
    access = {name: [1 if name in knew else never for knew in (KNEW_FIRST, KNEW_SECOND)] for name in CROWDS}

    spent = history(case_of(groups, access), HOSTILE)

    bits = [charge.bits for release in spent for charge in release.charges if charge.about == "top_suspect"]
    assert bits == pytest.approx([3.321928, 6.643856], abs=1e-6)


@pytest.mark.parametrize(
    ("persons", "knowers", "claims", "figure"),
    [
        (1000, 0.1, 3, 0.368),
        (1000, 0.1, 4, 0.905),
        (1000, 0.1, 5, 0.990),
        (10_000, 0.01, 2, 0.368),
        (10_000, 0.01, 3, 0.990),
    ],
)
def test_a_person_is_isolated_one_or_two_claims_after_the_crowd_is_gone(
    persons: int, knowers: float, claims: int, figure: float
) -> None:
    assert chance_isolated(persons, knowers, claims) == pytest.approx(figure, abs=5e-4)


def test_three_sets_of_a_hundred_leave_one_innocent_in_a_thousand() -> None:
    assert innocent_survivors(1000, 0.1, 3) == pytest.approx(0.999)


def test_an_exculpating_claim_makes_less_said_more_dangerous() -> None:
    groups = [Group(id=GroupId("desk")), Group(id=GroupId("guard"))]
    case = case_of(groups, {"desk": (0.9, 0.1), "guard": (0.1, 0.9)})

    alone, together = (by_twin(case, claims, 0.0).direct[GroupId("desk")].mid for claims in (1, 2))

    assert float(alone) == pytest.approx(0.9)
    assert float(together) == pytest.approx(0.5)


def informed_of_ten_claims(groups: Sequence[Group]) -> Case:
    """Everybody is as well informed of ten claims as the next man, known only to an interval."""
    case = case_of(groups, {group.id: (0.8,) * 10 for group in groups})
    known = {group.id: ACCESS_WORDS["informed"] for group in groups}
    vague = [attrs.evolve(c, versions=(attrs.evolve(c.versions[0], known=known),)) for c in case.claims]
    return attrs.evolve(case, claims=tuple(vague))


def test_fifty_who_move_together_stay_one_in_fifty() -> None:
    registry = Group(id=GroupId("registry"), count=50)
    case = informed_of_ten_claims([registry])

    setting = by_engine(case, 10, 0.0)

    assert by_twin(case, 10, 0.0).direct[registry.id].upper == Fraction(1, 50)
    assert suspicion(setting.world, setting.before).hi == pytest.approx([0.02])


def test_fifty_taken_one_by_one_would_each_look_guilty() -> None:
    case = informed_of_ten_claims([Group(id=GroupId(f"clerk-{number}")) for number in range(50)])

    setting = by_engine(case, 10, 0.0)

    assert suspicion(setting.world, setting.before).hi == pytest.approx([0.67] * 50, abs=5e-3)


def test_an_explanation_far_behind_at_its_best_may_still_be_the_only_one_at_the_edge() -> None:
    log_lo, log_hi = np.array([-900.0, -900.0, -2000.0]), np.array([0.0, -1.0, -800.0])
    third = np.array([0.0, 0.0, 1.0])

    assert upper(third, log_lo, log_hi) == pytest.approx(1.0)
    assert suspects_upper(np.ones(3, dtype=np.int64), log_lo, log_hi) == pytest.approx([1.0, 1.0, 1.0])
    assert suspects_lower(np.ones(3, dtype=np.int64), log_lo, log_hi) == pytest.approx([0.0, 0.0, 0.0])
