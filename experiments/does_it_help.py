"""Does Tearline help? Ten reports, a hidden source, an attacker who never heard of Tearline.

Rules for choosing words are compared at equal value (what does the same usefulness cost the source?) and
at equal risk (what does the same danger buy?). Run ``python -m experiments.does_it_help``; each
organisation takes half a minute to two minutes. What it found stands in ``docs/explanation/does-it-help.md``.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import attrs
import numpy as np

from experiments.attackers import Caught, attack, spoil
from experiments.series import (
    REPORTS,
    Rule,
    Series,
    always_vague,
    crowd_rule,
    draw,
    markings_only,
    planned_crowd_rule,
    remembering_crowd_rule,
    value,
)
from experiments.suspicion import planned, tearline
from experiments.who_knew import REAL, load
from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.sim.counting import COUNTING
from tearline.sim.organisations import GENERATED, WhoKnew

SEED: Final = 1983
SERIES: Final = 120
DRAWN_AGAIN: Final = 2_000
CLOSE_ENOUGH: Final = 0.02
"""Mean values that differ by no more than this share count as equal."""

NEARLY: Final = 1e-12

BASELINES: Final[Mapping[str, Rule]] = {
    "markings only": markings_only,
    "k = 10 per report": crowd_rule(10),
    "k = 40 per report": crowd_rule(40),
    "k = 10 over all": remembering_crowd_rule(10),
    "k = 10, planned": planned_crowd_rule(10),
    "always vague": always_vague,
}

CROWDS: Final = (3, 5, 10, 15, 20, 30, 40, 60, 80, 120, 200)
MEMORIES: Final = (2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 40, 60)
LIMITS: Final = (0.9, 0.6, 0.45, 0.3, 0.2, 0.12, 0.07, 0.04, 0.02)
RISKS: Final = (0.05, 0.1, 0.25, 0.5)

FEWEST: Final[Mapping[str, int]] = {"conversations": 4}
"""How many gatherings a source must have been at, where hardly anybody was at ten."""


@attrs.frozen(eq=False, kw_only=True)
class Outcome:
    """What one rule came to over all series: their worth, and how each attacker did."""

    value: Floats
    caught: Mapping[str, Caught]

    @property
    def strongest(self) -> Caught:
        """The attacker whose first guess is right most often against this rule."""
        return max(self.caught.values(), key=lambda caught: float(caught.first.mean()))

    @property
    def risk(self) -> float:
        """How often the strongest attacker's first guess is the source."""
        return float(self.strongest.first.mean())


@attrs.frozen(eq=False, kw_only=True)
class Study:
    """One organisation with its series and the attacker's lists: the same for every rule.

    Attributes:
        common: How many gatherings each person was at; shape ``(people,)``.
        spoiled: The attacker's lists for each series, shaped as ``Series.fits``.
        believed: The lists that the rules go by, shaped alike.
    """

    house: WhoKnew
    drawn: tuple[Series, ...]
    spoiled: tuple[Bools, ...]
    believed: tuple[Bools, ...]
    common: Floats

    @classmethod
    def of(
        cls, house: WhoKnew, series: int = SERIES, seed: int = SEED, at_least: int = REPORTS, mistaken: float = 0.0
    ) -> Study:
        """Draw the series, spoil the attacker's lists, and ours in the share ``mistaken``."""
        drawn = draw(house, series, seed, at_least)
        rng = np.random.default_rng(seed)
        common = np.array([len(numbers) for numbers in house.attended()], dtype=np.float64)
        spoiled = tuple(spoil(one, rng) for one in drawn)
        believed = tuple(np.logical_or.accumulate(spoil(one, rng, mistaken), axis=1) for one in drawn)
        return cls(house=house, drawn=drawn, spoiled=spoiled, believed=believed, common=common)

    def outcome(self, rule: Rule) -> Outcome:
        """Let a rule word every series, and let every attacker loose on each."""
        pairs = zip(self.believed, self.drawn, strict=True)
        chosen: Ints = np.array([rule(fits, series.occasion) for fits, series in pairs])
        caught = {
            name: attack(attacker, self.drawn, self.spoiled, chosen, self.common) for name, attacker in COUNTING.items()
        }
        return Outcome(value=value(chosen), caught=caught)


@attrs.frozen(eq=False, kw_only=True)
class Family:
    """Rules that differ in one budget, and what each came to; ``outcomes`` grows as budgets are tried."""

    name: str
    rule: Callable[[float], Rule]
    budgets: Sequence[float]
    outcomes: dict[float, Outcome] = attrs.field(factory=dict)

    def outcome(self, study: Study, budget: float) -> Outcome:
        """What this budget comes to, computed once."""
        if budget not in self.outcomes:
            self.outcomes[budget] = study.outcome(self.rule(budget))
        return self.outcomes[budget]


def at_value(family: Family, study: Study, target: float, tries: int = 8) -> Outcome:
    """The budget whose mean value comes closest to ``target`` and is not more than 2 % below it.

    Looks at what was tried, then halves the odds between the two budgets around the target. A budget
    of 1 is no limit at all and reaches every target.
    """

    def mean(budget: float) -> float:
        return float(family.outcome(study, budget).value.mean())

    for budget in (*family.budgets, 1 / study.house.people, 1.0):
        mean(budget)
    for _ in range(tries):
        if min(abs(mean(budget) - target) for budget in family.outcomes) <= CLOSE_ENOUGH / 2 * target:
            break
        loose = min(budget for budget in family.outcomes if mean(budget) >= target)
        tight = max((budget for budget in family.outcomes if budget < loose), default=loose)
        mean(_even_odds(tight, loose))
    good = [budget for budget in family.outcomes if mean(budget) >= (1 - CLOSE_ENOUGH) * target]
    return family.outcomes[min(good, key=lambda budget: abs(mean(budget) - target))]


def _even_odds(tight: float, loose: float) -> float:
    odds = [min(budget, 1 - NEARLY) / max(1 - budget, NEARLY) for budget in (tight, loose)]
    middle = math.sqrt(odds[0] * odds[1])
    return middle / (1 + middle)


def at_risk(family: Family, limit: float) -> Outcome | None:
    """The most valuable outcome whose risk is at most ``limit``; ``None`` if every budget risks more."""
    safe = [outcome for outcome in family.outcomes.values() if outcome.risk <= limit]
    return max(safe, key=lambda outcome: float(outcome.value.mean()), default=None)


def interval(difference: Floats, seed: int = SEED) -> tuple[float, float]:
    """The 95 % bootstrap interval of a mean over series (percentiles of :data:`DRAWN_AGAIN` redraws)."""
    rng = np.random.default_rng(seed)
    means = difference[rng.integers(0, len(difference), (DRAWN_AGAIN, len(difference)))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def families() -> tuple[Family, ...]:
    """Every rule that has a budget; a fresh set for each organisation."""
    return (
        Family(name="k per report", rule=lambda k: crowd_rule(int(k)), budgets=CROWDS),
        Family(name="k over all", rule=lambda k: remembering_crowd_rule(int(k)), budgets=MEMORIES),
        Family(name="k over all, planned", rule=lambda k: planned_crowd_rule(int(k)), budgets=MEMORIES),
        Family(name="Tearline, as it comes", rule=tearline, budgets=LIMITS),
        Family(name="Tearline, planned", rule=planned, budgets=LIMITS),
    )


def report(study: Study, say: Callable[[str], object]) -> str:
    """Run everything on one organisation and lay it out as text; ``say`` is told how far it is."""
    baselines = {name: study.outcome(rule) for name, rule in BASELINES.items()}
    tried = families()
    for family in tried:
        started = time.perf_counter()
        for budget in family.budgets:
            family.outcome(study, budget)
        say(f"{study.house.name}: {family.name}, {time.perf_counter() - started:.0f} s\n")
    ours = [family for family in tried if family.name.startswith("Tearline")]
    best = _best_at(tried)  # before further budgets are tried for some of them
    parts = [
        f"## {study.house.name}: {study.house.people} people, {len(study.drawn)} series of {REPORTS}",
        _curves(baselines, tried),
        _equal_value(study, baselines, ours),
        _equal_risk(baselines, ours),
        best,
    ]
    return "\n\n".join(parts) + "\n"


HEAD: Final = f"{'rule':<24}{'budget':>8}{'value':>7}{'1st':>7}{'3':>7}{'alone':>7}{'rank':>7}  strongest attacker"


def _curves(baselines: Mapping[str, Outcome], tried: Sequence[Family]) -> str:
    lines = ["What each rule comes to (value of 100; share of series)", HEAD]
    lines += [_line(name, "", outcome) for name, outcome in baselines.items()]
    for family in tried:
        lines += [_line(family.name, f"{b:g}", family.outcomes[b]) for b in family.budgets]
    return "\n".join(lines)


def _line(name: str, budget: str, outcome: Outcome) -> str:
    caught = outcome.strongest
    who = next(attacker for attacker, found in outcome.caught.items() if found is caught)
    return (
        f"{name:<24}{budget:>8}{outcome.value.mean():>7.1f}{caught.first.mean():>7.3f}{caught.three.mean():>7.3f}"
        f"{caught.alone.mean():>7.3f}{np.median(caught.rank):>7.1f}  {who}"
    )


def _equal_value(study: Study, baselines: Mapping[str, Outcome], ours: Sequence[Family]) -> str:
    head = f"{'against':<20}{'rule':<24}{'value':>14}{'1st guess':>15}{'difference [95 %]':>27}{'3 guesses':>15}"
    lines = ["At equal value: risk (theirs | ours)", head]
    for name, theirs in baselines.items():
        for family in ours:
            mine = at_value(family, study, float(theirs.value.mean()))
            low, high = interval(mine.strongest.first - theirs.strongest.first)
            apart = f"{mine.risk - theirs.risk:+.3f} [{low:+.3f}, {high:+.3f}]"
            lines.append(
                f"{name:<20}{family.name:<24}{_pair(theirs.value, mine.value, 1)}"
                f"{_pair(theirs.strongest.first, mine.strongest.first, 3, 15)}{apart:>27}"
                f"{_pair(theirs.strongest.three, mine.strongest.three, 3, 15)}"
            )
    return "\n".join(lines)


def _pair(theirs: Floats, mine: Floats, digits: int, width: int = 14) -> str:
    return f"{f'{theirs.mean():.{digits}f} | {mine.mean():.{digits}f}':>{width}}"


def _equal_risk(baselines: Mapping[str, Outcome], ours: Sequence[Family]) -> str:
    head = f"{'against':<20}{'rule':<24}{'risk at most':>13}{'value':>16}{'difference [95 %]':>27}"
    lines = ["At equal risk of a right first guess: value (theirs | ours)", head]
    for name, theirs in baselines.items():
        for family in ours:
            mine = at_risk(family, theirs.risk)
            if mine is None:
                lines.append(f"{name:<20}{family.name:<24}{theirs.risk:>13.3f}{'none so safe':>16}")
                continue
            low, high = interval(mine.value - theirs.value)
            apart = f"{mine.value.mean() - theirs.value.mean():+.1f} [{low:+.1f}, {high:+.1f}]"
            lines.append(
                f"{name:<20}{family.name:<24}{theirs.risk:>13.3f}{_pair(theirs.value, mine.value, 1, 16)}{apart:>27}"
            )
    return "\n".join(lines)


def _best_at(tried: Sequence[Family]) -> str:
    head = f"{'rule':<24}" + "".join(f"{f'risk <= {risk:.2f}':>14}" for risk in RISKS)
    lines = ["The most value that each rule gets at a given risk of a right first guess", head]
    for family in tried:
        best = [at_risk(family, risk) for risk in RISKS]
        cells = [f"{'-' if found is None else f'{found.value.mean():.1f}':>14}" for found in best]
        lines.append(f"{family.name:<24}" + "".join(cells))
    return "\n".join(lines)


def main() -> None:
    """Run the organisations named on the command line (default: all that are there)."""
    names = [*list(REAL)[:3], *GENERATED]
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("organisation", nargs="*", default=names, help=f"any of: {', '.join(names)}")
    parser.add_argument("--series", type=int, default=SERIES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--mistaken", type=float, default=0.0, help="share of our own lists that is wrong")
    asked = parser.parse_args()
    for name in asked.organisation:
        try:
            house = GENERATED[name]() if name in GENERATED else load(name)
        except FileNotFoundError as missing:
            sys.stderr.write(f"left out {name}: {missing}\n")
            continue
        study = Study.of(house, asked.series, asked.seed, FEWEST.get(name, REPORTS), asked.mistaken)
        sys.stdout.write(report(study, sys.stderr.write) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
