"""Every way in which a reader may take a text: what it holds, what it brings, how it reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tearline.assess.audience import pasts
from tearline.domain import Case, ClaimId, Interval, PartyId
from tearline.exposure.account import Line, account
from tearline.exposure.history import held, in_order
from tearline.exposure.likelihood import View, also
from tearline.exposure.readings import AS_TOLD, Reading, has_several, holdings, may_hold, readings, told_of
from tearline.exposure.several import Doubts, is_doubtful, is_untried, steps_for
from tearline.exposure.situation import Block, Setting, settings
from tearline.exposure.told import could_tell
from tearline.exposure.worlds import Gate, Reached

STEPS = 1e10
"""So many steps all texts of a search may take for readers in doubt about sources: a few minutes."""


def every_setting(case: Case, reader: PartyId, decisions: tuple[Block, ...]) -> tuple[Setting, ...]:
    """Every setting of ``reader``, for everything it may hold and every way to take it.

    Ways that come to the same are there once, the plainest of them.
    What counts is what it holds, which of what may be said it looks at, which of that it recognises (what
    that implies may be among what it looks at where the words themselves are not), and which items of lists it
    would miss.
    """
    open_claims = could_tell(case, (claim for block in decisions for claim in block.claims))
    listed = frozenset(item for listing in case.lists for item in listing.items)
    apart: dict[object, tuple[View, Reading]] = {}
    for past in pasts(case, reader):
        for reading in readings(case, reader):
            looked_at, missed = (
                each if reading.only is None else each & reading.only for each in (open_claims, listed)
            )
            recognised = reading.raw & open_claims if looked_at else frozenset()
            same = tuple(reading.view(case, past).items()), looked_at, recognised, missed
            apart.setdefault(same, (past, reading))
    return tuple(s for past, reading in apart.values() for s in settings(case, reader, past, decisions, reading))


def every_doubt(case: Case, reader: PartyId) -> tuple[Doubts, ...]:
    """The same for a reader in doubt whether one source or several stand behind it; none if one does."""
    if not has_several(case, told_of(case)):
        return ()
    found: dict[object, Doubts] = {}
    for past in pasts(case, reader):
        for raw in holdings(case, reader):
            reading = Reading(raw=raw)
            view = reading.view(case, past)
            doubts = Doubts(case=case, reader=reader, past=view, reading=reading)
            found.setdefault((tuple(view.items()), raw), doubts)
    return tuple(found.values())


Ranks = Mapping[ClaimId, int]
"""What is said: claims and ranks."""


def then_held(case: Case, doubts: Doubts, said: Ranks) -> View:
    """What a reader in doubt holds after ``said``, as it takes it."""
    return doubts.reading.view(case, also(case, doubts.past, said.items()))


class Doubting:
    """The limits of all readers in doubt, as the search asks for them (:class:`tearline.tearlines.Whole`).

    A text that would take more than :data:`STEPS` together with those before is refused, so that a search
    ends; the answer then says that it was cut short.
    """

    def __init__(self, case: Case, blocks: Sequence[Block], doubts: Sequence[Doubts]) -> None:
        self.is_exhausted = False
        self._case = case
        self._blocks = blocks
        self._doubts = doubts
        self._left = STEPS

    def load(self, options: tuple[int, ...], *, beliefs_only: bool = False) -> float:
        """The largest share of any limit of any reader in doubt that a text uses up.

        Args:
            beliefs_only: Leave aside the limits that count persons.
        """
        aside = (Gate.CROWD, Gate.INVESTIGATION) if beliefs_only else ()
        said = {
            claim: rank
            for block, option in zip(self._blocks, options, strict=True)
            for claim, rank in zip(block.claims, block.options[option], strict=True)
            if rank is not None
        }
        load = 0.0
        for doubts in self._doubts:
            view = then_held(self._case, doubts, said)
            if not self._can_afford(doubts, view):
                self.is_exhausted = True
                return float("inf")
            load = max([load, *(found.load for found in doubts.reached(view) if found.gate not in aside)])
        return load

    def _can_afford(self, doubts: Doubts, view: View) -> bool:
        is_costly = is_doubtful(self._case, view) and not is_untried(self._case, doubts.reader, view)
        if not is_costly or not doubts.is_new(view):
            return True
        self._left -= steps_for(self._case, doubts.reader, view)
        return self._left >= 0 or view == doubts.past


def worst_in_doubt(doubts: Sequence[Doubts], case: Case, said: Ranks) -> Reached | None:
    """The gate that a text brings nearest to its limit for a reader in doubt; ``None``: nothing to doubt."""
    found = [reached for each in doubts for reached in each.reached(then_held(case, each, said))]
    return max(found, key=lambda reached: reached.load, default=None)


def most_pieces_untried(case: Case, reader: PartyId, said: Ranks) -> bool:
    """Whether a text leaves ``reader`` with more pieces of evidence than can be taken apart."""
    return any(is_untried(case, reader, then_held(case, each, said)) for each in every_doubt(case, reader))


# --- the raw text in the reader's hands -----------------------------------------------------------------


@attrs.frozen(kw_only=True)
class RawText:
    """What it would mean if a reader held one report as it was collected.

    Attributes:
        chance: How likely it does.
        gate, about: The belief that comes nearest to its limit then.
        as_worded, if_raw: The upper edge of that belief if it does not, and if it does.
        expected: The two weighed by the chance. For the eye only: no limit is held against it.
    """

    claim: ClaimId
    chance: Interval
    gate: Gate
    about: str
    as_worded: float
    if_raw: float
    expected: float


def raw_texts(
    case: Case, chances: Mapping[ClaimId, Interval], every: Sequence[Setting], options: tuple[int, ...], said: Ranks
) -> tuple[RawText, ...]:
    """One for each claim that a text leaves told and whose raw text its reader may hold.

    Args:
        chances: How likely the reader holds each report as collected.
        every: All settings of one reader.
    """
    reader = every[0].mind.reader
    told = {*held(case, in_order(case)), *also(case, {}, said.items())}
    concerned = [claim for claim in may_hold(case, reader) if claim in told]
    if not concerned:
        return ()
    plain = _beliefs(case, [s for s in every if s.reading == AS_TOLD], options)
    found = []
    for claim in concerned:
        raised = [s for s in every if s.reading == Reading(raw=frozenset({claim}))]
        then = _beliefs(case, raised, options) if raised else plain
        key, line = max(then.items(), key=lambda each: each[1].after.hi / each[1].allowed)
        as_worded, chance = plain[key].after.hi, chances[claim]
        if_raw = max(as_worded, line.after.hi)
        found.append(
            RawText(
                claim=claim,
                chance=chance,
                gate=line.gate,
                about=line.about,
                as_worded=as_worded,
                if_raw=if_raw,
                expected=expected(chance.mid, as_worded, if_raw),
            )
        )
    return tuple(found)


def expected(chance: float, as_worded: float, if_raw: float) -> float:
    """The belief to be expected if the raw text is held with that chance.

    >>> round(expected(0.1, 0.05, 0.5), 3), round(expected(0.3, 0.05, 0.5), 3)
    (0.095, 0.185)
    """
    return chance * if_raw + (1 - chance) * as_worded


def _beliefs(case: Case, some: Sequence[Setting], options: tuple[int, ...]) -> dict[object, Line]:
    """Lines about beliefs; the most suspected person is one line, whoever it is."""
    lines = [line for line in account(case, some, options) if line.gate in (Gate.TOP_SUSPECT, Gate.BELIEF)]
    return {line.gate if line.gate is Gate.TOP_SUSPECT else line.about: line for line in lines}
