"""A series of reports about what one hidden person attended, and the rules that choose their words."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

import attrs
import numpy as np

from tearline.exposure.envelope import Bools, Floats, Ints
from tearline.sim.organisations import WORDINGS, WhoKnew

VALUES: Final = np.array([10, 6, 3, 1, 0])
"""What a report is worth in each wording, exact to vague; last: not sent. The same in every experiment."""

VAGUEST: Final = WORDINGS - 1
NOT_SENT: Final = WORDINGS
REPORTS: Final = 10


@attrs.frozen(eq=False, kw_only=True)
class Series:
    """Ten things one source saw, in the order in which they were reported.

    Attributes:
        source: Who it was. No rule ever sees it.
        occasion: For each report the gathering it is about; several may be about one.
        fits: Whom each wording of each report fits, shape ``(reports, wordings, people)``; a vaguer
            wording fits everybody whom the one before it fits.
    """

    source: int
    occasion: tuple[int, ...]
    fits: Bools

    @property
    def people(self) -> int:
        """How many people there are in the organisation."""
        return int(self.fits.shape[2])


Rule = Callable[[Bools, tuple[int, ...]], tuple[int, ...]]
"""From whom the wordings fit, and which occasions they are about, to the wording of each report.

A rule gets no :class:`Series`, because that says who the source is.
"""


def draw(house: WhoKnew, count: int, seed: int, at_least: int = REPORTS) -> tuple[Series, ...]:
    """Draw series of :data:`REPORTS` reports; each source was at ``at_least`` gatherings or more.

    Sources are drawn evenly among such persons. Where a source was at fewer than ten gatherings every
    one is reported, and some of them again until there are ten reports.
    """
    chance = Random(seed)
    attended = house.attended()
    eligible = [person for person, numbers in enumerate(attended) if len(numbers) >= at_least]
    return tuple(_one(house, chance.choice(eligible), attended, chance) for _ in range(count))


def _one(house: WhoKnew, source: int, attended: tuple[tuple[int, ...], ...], chance: Random) -> Series:
    been = attended[source]
    occasion = chance.sample(been, min(len(been), REPORTS))
    occasion += chance.choices(been, k=REPORTS - len(occasion))
    fits = np.zeros((REPORTS, WORDINGS, house.people), dtype=np.bool_)
    for report, gathering in enumerate(occasion):
        for wording, knowers in enumerate(house.wordings(gathering)):
            fits[report, wording, list(knowers)] = True
    return Series(source=source, occasion=tuple(occasion), fits=fits)


def value(chosen: Ints) -> Floats:
    """What each series is worth as sent, shape ``(series,)``, from wordings ``(series, reports)``."""
    worth: Floats = VALUES[chosen].sum(axis=1).astype(np.float64)
    return worth


def told(occasion: tuple[int, ...], chosen: tuple[int, ...]) -> dict[int, tuple[int, int]]:
    """For every occasion that was told of: the report and wording that told it most exactly."""
    found: dict[int, tuple[int, int]] = {}
    for report, (gathering, wording) in enumerate(zip(occasion, chosen, strict=True)):
        if wording != NOT_SENT and (gathering not in found or wording < found[gathering][1]):
            found[gathering] = (report, wording)
    return found


def markings_only(fits: Bools, occasion: tuple[int, ...]) -> tuple[int, ...]:
    """The recipient is cleared, so it gets every report as it stands."""
    return (0,) * len(fits)


def always_vague(fits: Bools, occasion: tuple[int, ...]) -> tuple[int, ...]:
    """ "Somebody in the house", every time."""
    return (VAGUEST,) * len(fits)


def crowd_rule(least: int) -> Rule:
    """Each report by itself: the most exact wording that fits ``least`` people (the vaguest if none does)."""

    def rule(fits: Bools, occasion: tuple[int, ...]) -> tuple[int, ...]:
        enough = fits.sum(axis=2) >= least
        enough[:, VAGUEST] = True
        return tuple(int(wording) for wording in enough.argmax(axis=1))

    return rule


def remembering_crowd_rule(least: int) -> Rule:
    """The same rule with a memory: all reports sent so far must together still fit ``least`` people.

    A cut-down Tearline, without doubt in the lists; it shows how much of the gain is memory alone.
    """

    def rule(fits: Bools, occasion: tuple[int, ...]) -> tuple[int, ...]:
        left = np.ones(fits.shape[2], dtype=np.bool_)
        chosen = []
        for wordings in fits:
            enough = (wordings & left).sum(axis=1) >= least
            enough[VAGUEST] = True
            chosen.append(int(enough.argmax()))
            left &= wordings[chosen[-1]]
        return tuple(chosen)

    return rule


def planned_crowd_rule(least: int) -> Rule:
    """The rule with a memory, all reports weighed together: the most valuable wordings that fit ``least`` people.

    Exact. Beside :func:`experiments.suspicion.planned` it shows what the probabilities add to foresight.
    """

    def rule(fits: Bools, occasion: tuple[int, ...]) -> tuple[int, ...]:
        once = tuple(dict.fromkeys(occasion))
        crowds = [[_members(wording) for wording in fits[occasion.index(gathering)]] for gathering in once]
        worth = [
            [int(VALUES[wording]) * occasion.count(gathering) for wording in range(WORDINGS)] for gathering in once
        ]
        wordings = dict(zip(once, _Plan(crowds, worth, least).best, strict=True))
        return tuple(wordings[gathering] for gathering in occasion)

    return rule


def _members(fits: Bools) -> int:
    """A set of people as the bits of a number."""
    return int.from_bytes(np.packbits(fits).tobytes(), "big")


class _Plan:
    """Depth first over the wordings of each occasion; what is left can at most be worth its best wordings."""

    def __init__(self, crowds: list[list[int]], worth: list[list[int]], least: int) -> None:
        self._crowds, self._worth, self._least = crowds, worth, least
        self._value = sum(values[VAGUEST] for values in worth)
        self.best = (VAGUEST,) * len(crowds)
        everybody = crowds[0][VAGUEST]
        if everybody.bit_count() >= least:
            self._go_on((), 0, everybody)

    def _go_on(self, chosen: tuple[int, ...], value: int, left: int) -> None:
        open_ways = [
            [
                (wording, left & crowd)
                for wording, crowd in enumerate(self._crowds[number])
                if self._enough(left & crowd)
            ]
            for number in range(len(chosen), len(self._crowds))
        ]
        most = sum(
            self._worth[number][ways[0][0]] for number, ways in enumerate(open_ways, start=len(chosen))
        )  # the first way open is the most exact, and so worth most
        if value + most <= self._value:
            return
        if not open_ways:
            self._value, self.best = value, chosen
            return
        for wording, fewer in open_ways[0]:
            self._go_on((*chosen, wording), value + self._worth[len(chosen)][wording], fewer)

    def _enough(self, people: int) -> bool:
        return people.bit_count() >= self._least
