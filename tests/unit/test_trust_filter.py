"""How trust moves: the figures that were worked out by hand, and the laws of the filter."""

import math

import pytest

from tearline.domain import Trust
from tearline.domain.defaults import LEAK_GATE
from tearline.errors import InvariantError
from tearline.trust import (
    BREACH,
    CLEAN,
    WORDS,
    Regimes,
    expected_leak_rate,
    follow,
    leak_chance,
    leak_rate,
    predict,
    update,
)

ONE = Regimes()  # the worked example: p0 = .2, h = .005, r = .001, rates .005 and .2, noticed .2
HUNDRED_CLEAN = [CLEAN] * 100
BELIEFS = [0.0, 0.001, 0.12, 0.5, 0.97, 1.0]
EVIDENCE = [CLEAN, 0.3, 1.0, 9.0, 40.0, 1e300, BREACH]


@pytest.mark.parametrize(
    ("history", "unsound"),
    [
        ([CLEAN] * 10, 0.1774),
        ([CLEAN] * 50, 0.1344),
        (HUNDRED_CLEAN, 0.1227),
        ([*HUNDRED_CLEAN, BREACH], 0.8533),
        ([*HUNDRED_CLEAN, BREACH, *[CLEAN] * 50], 0.4899),
        ([*HUNDRED_CLEAN, BREACH, *[CLEAN] * 100], 0.2124),
        ([*HUNDRED_CLEAN, BREACH, *[CLEAN] * 200], 0.1231),
        ([CLEAN] * 5000, 0.1203),
        ([*[CLEAN] * 5000, BREACH], 0.8506),
    ],
)
def test_trust_falls_fast_and_rises_slowly(history: list[float], unsound: float) -> None:
    assert follow(ONE.start, history, ONE) == pytest.approx(unsound, abs=5e-5)


def test_one_breach_multiplies_the_expected_leak_rate_by_six() -> None:
    before = follow(ONE.start, HUNDRED_CLEAN, ONE)

    after = follow(before, [BREACH], ONE)

    assert expected_leak_rate(before, ONE) == pytest.approx(0.0289, abs=5e-5)
    assert expected_leak_rate(after, ONE) == pytest.approx(0.1714, abs=5e-5)
    assert expected_leak_rate(after, ONE) / expected_leak_rate(before, ONE) == pytest.approx(5.93, abs=5e-3)


def test_one_breach_outweighs_ninety_clean_shares() -> None:
    clean = (1 - ONE.leak_unsound * ONE.noticed) / (1 - ONE.leak_sound * ONE.noticed)

    breach = odds(update(0.5, BREACH, ONE))

    assert breach == pytest.approx(40)
    assert odds(update(0.5, CLEAN, ONE)) == pytest.approx(clean) == pytest.approx(0.96096, abs=5e-6)
    assert math.log(breach) / -math.log(clean) == pytest.approx(92.6, abs=0.05)


@pytest.mark.parametrize(
    ("word", "start", "proven", "betrayed"),
    [
        (Trust.SOUND, 0.0079, 0.0035, 0.0890),
        (Trust.FAIR, 0.0343, 0.0194, 0.1549),
        (Trust.WARY, 0.105, 0.0602, 0.1775),
        (Trust.RIVAL, 0.162, 0.1843, 0.1992),
    ],
)
def test_every_word_has_rates_of_its_own(word: Trust, start: float, proven: float, betrayed: float) -> None:
    regimes = WORDS[word]

    clean = follow(regimes.start, HUNDRED_CLEAN, regimes)

    assert expected_leak_rate(regimes.start, regimes) == pytest.approx(start, abs=5e-5)
    assert expected_leak_rate(clean, regimes) == pytest.approx(proven, abs=5e-5)
    assert expected_leak_rate(follow(clean, [BREACH], regimes), regimes) == pytest.approx(betrayed, abs=5e-5)


@pytest.mark.parametrize(
    ("evidence", "leaked", "unsound"),
    [
        (1.0, 0.005950, 0.126920),
        (9.0, 0.051116, 0.159922),
        (40.0, None, 0.263720),
        (99.0, 0.372081, 0.394448),
        (BREACH, 1.0, 0.853261),
    ],
)
def test_soft_evidence_lies_between_a_clean_share_and_a_breach(
    evidence: float, leaked: float | None, unsound: float
) -> None:
    before = predict(follow(ONE.start, HUNDRED_CLEAN, ONE), ONE)
    hazard = ONE.noticed * expected_leak_rate(before, ONE)

    after = update(before, evidence, ONE)

    assert hazard == pytest.approx(0.005949869, abs=5e-10)
    assert after == pytest.approx(unsound, abs=5e-7)
    if leaked is not None:
        assert blame(hazard, evidence) == pytest.approx(leaked, abs=5e-7)


@pytest.mark.parametrize("evidence", [1.0, 9.0, 40.0, 99.0])
def test_feeding_the_likelihood_ratio_equals_mixing_the_two_hard_updates(evidence: float) -> None:
    before = predict(follow(ONE.start, HUNDRED_CLEAN, ONE), ONE)
    leaked = blame(ONE.noticed * expected_leak_rate(before, ONE), evidence)

    mixed = leaked * update(before, BREACH, ONE) + (1 - leaked) * update(before, CLEAN, ONE)

    assert update(before, BREACH, ONE) == pytest.approx(0.853261, abs=5e-7)
    assert update(before, CLEAN, ONE) == pytest.approx(0.122572, abs=5e-7)
    assert update(before, evidence, ONE) == pytest.approx(mixed, abs=1e-12)


def test_one_leak_among_several_recipients_is_laid_at_each_door_in_proportion() -> None:
    unsound = {"b": 0.12, "d": 0.5, "e": 0.12}
    weight = {p: ONE.noticed * expected_leak_rate(u, ONE) for p, u in unsound.items()} | {"own house": 0.004}
    weight["d"] *= 9
    blamed = {party: w / sum(weight.values()) for party, w in weight.items()}

    after = {
        p: blamed[p] * update(u, BREACH, ONE) + (1 - blamed[p]) * update(u, CLEAN, ONE) for p, u in unsound.items()
    }

    assert blamed == pytest.approx({"b": 0.028420, "d": 0.923146, "e": 0.028420, "own house": 0.020014}, abs=5e-7)
    assert after == pytest.approx({"b": 0.136582, "d": 0.938292, "e": 0.136582}, abs=5e-7)


@pytest.mark.parametrize("regimes", [ONE, *WORDS.values()])
@pytest.mark.parametrize("unsound", BELIEFS)
def test_a_breach_never_raises_trust_and_a_clean_share_never_lowers_it(regimes: Regimes, unsound: float) -> None:
    beliefs = [update(unsound, evidence, regimes) for evidence in EVIDENCE]

    assert beliefs == pytest.approx(sorted(beliefs), abs=1e-15)
    assert beliefs[0] <= unsound <= beliefs[-1]
    assert update(unsound, 1.0, regimes) == pytest.approx(unsound, abs=1e-15)
    assert all(0 <= belief <= 1 for belief in beliefs)


def test_without_drift_the_order_of_a_history_does_not_matter() -> None:
    still = Regimes(drift=1e-300, back=1e-300)

    first = follow(0.3, [BREACH, CLEAN, CLEAN, 9.0], still)
    last = follow(0.3, [CLEAN, 9.0, CLEAN, BREACH], still)

    assert first == pytest.approx(last, abs=1e-12)


def test_against_the_leak_gate_only_words_from_wary_down_bind_by_themselves() -> None:
    binding = {word for word in Trust if leak_rate(word).hi >= LEAK_GATE}

    assert binding == {Trust.WARY, Trust.RIVAL}
    assert leak_rate(Trust.WARY).lo >= LEAK_GATE


@pytest.mark.parametrize("word", Trust)
@pytest.mark.parametrize("clean", [0, 100, 2000])
def test_one_breach_makes_any_partner_bind_however_long_its_record(word: Trust, clean: int) -> None:
    regimes = WORDS[word]

    after = follow(regimes.start, [*[CLEAN] * clean, BREACH], regimes)

    assert expected_leak_rate(after, regimes) >= LEAK_GATE


@pytest.mark.parametrize("word", Trust)
def test_the_best_point_of_a_leak_rate_is_the_rate_at_the_start(word: Trust) -> None:
    rate = leak_rate(word)

    assert rate.mid == expected_leak_rate(WORDS[word].start, WORDS[word])
    assert rate.lo <= rate.mid <= rate.hi
    assert rate.spelled == word.value


def test_handling_that_nobody_has_stated_is_taken_as_wary() -> None:
    assert leak_rate(None) == leak_rate(Trust.WARY)


def test_words_are_ordered_by_how_much_leaks() -> None:
    rates = [leak_rate(word) for word in (Trust.SOUND, Trust.FAIR, Trust.WARY, Trust.RIVAL)]

    assert [rate.mid for rate in rates] == sorted(rate.mid for rate in rates)
    assert [rate.lo for rate in rates] == sorted(rate.lo for rate in rates)
    assert [rate.hi for rate in rates] == sorted(rate.hi for rate in rates)


def test_many_shares_leak_more_often_than_one() -> None:
    rate = leak_rate(Trust.FAIR)

    several = leak_chance(Trust.FAIR, 3)

    assert leak_chance(Trust.FAIR, 0).hi == 0
    assert leak_chance(Trust.FAIR, 1).hi == pytest.approx(rate.hi, abs=1e-15)
    assert several.mid == pytest.approx(1 - (1 - rate.mid) ** 3, abs=1e-15)
    assert leak_chance(Trust.FAIR, 10_000).lo == pytest.approx(1)


def test_shares_taken_one_by_one_never_understate_a_partner_that_leaks_in_regimes() -> None:
    regimes = WORDS[Trust.WARY]

    together = 1 - (0.5 * (1 - regimes.leak_unsound) ** 5 + 0.5 * (1 - regimes.leak_sound) ** 5)

    assert leak_chance(Trust.WARY, 5).mid >= together


@pytest.mark.parametrize("unsound", [-0.1, 1.1, math.nan])
def test_a_belief_outside_its_range_is_our_own_mistake(unsound: float) -> None:
    with pytest.raises(InvariantError):
        predict(unsound, ONE)
    with pytest.raises(InvariantError):
        update(unsound, CLEAN, ONE)


@pytest.mark.parametrize("evidence", [-1.0, math.nan])
def test_a_likelihood_ratio_outside_its_range_is_our_own_mistake(evidence: float) -> None:
    with pytest.raises(InvariantError):
        update(0.2, evidence, ONE)


@pytest.mark.parametrize("field", ["start", "drift", "back", "leak_sound", "leak_unsound", "noticed"])
@pytest.mark.parametrize("value", [0.0, 1.0, -0.1, math.nan])
def test_a_rate_outside_its_range_makes_no_regimes(field: str, value: float) -> None:
    with pytest.raises(InvariantError, match=field):
        Regimes(**{field: value})


def test_an_unsound_partner_that_leaks_less_than_a_sound_one_makes_no_regimes() -> None:
    with pytest.raises(InvariantError, match="leak more"):
        Regimes(leak_sound=0.3)


def test_a_negative_number_of_shares_is_our_own_mistake() -> None:
    with pytest.raises(InvariantError, match="-1 shares"):
        leak_chance(Trust.FAIR, -1)


def odds(probability: float) -> float:
    return probability / (1 - probability)


def blame(hazard: float, evidence: float) -> float:
    """P(they leaked | the trace), from the hazard before and its likelihood ratio."""
    return 1.0 if math.isinf(evidence) else hazard * evidence / (hazard * evidence + 1 - hazard)
