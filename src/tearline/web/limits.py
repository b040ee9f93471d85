"""The limits of every reader as gauges: words first, and every figure one step away."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from markupsafe import Markup

from tearline.assess.answer import ReaderAccount
from tearline.assess.phrases import concerning, listed
from tearline.assess.telling import comes_to_read, together
from tearline.assess.what_if import Tried
from tearline.domain import Case
from tearline.domain.estimative import percent_down, percent_up, percents, word
from tearline.exposure.account import Estimate, Line
from tearline.exposure.worlds import Gate
from tearline.web import pictures
from tearline.web.tables import Table, row

NEAR = 0.8
"""From this share on a limit is called near."""

SIGNS = {"inside": "✓", "near": "▲", "over": "✕", "plain": "i"}
"""What stands beside a colour."""

FIRST_LIMITS = 3
"""So many limits of a reader are drawn, and every one that is passed; all of them are in the table."""

PEOPLE = (Gate.CROWD, Gate.INVESTIGATION)
"""Gates that count people."""


@attrs.frozen(kw_only=True)
class Limit:
    """One limit of one reader."""

    tone: str
    sign: str
    what: str
    change: str
    gauge: Markup


@attrs.frozen(kw_only=True)
class Reader:
    """Readers for whom the same comes out.

    Attributes:
        comes: How each of them comes to read it.
        counts: Whether limits must hold against them.
        limits: Those nearest to breaking.
        figures: All of them; ``None`` for who knows already how we know.
    """

    who: str
    comes: tuple[str, ...]
    counts: bool
    limits: tuple[Limit, ...]
    figures: Table | None


def readers(case: Case, tried: Tried) -> tuple[Reader, ...]:
    """Everybody who may come to read a text, those who count first, hostile ones first among them."""
    ordered = sorted(tried.readers, key=lambda r: (not r.listener.binds, not r.listener.party.hostile))
    return tuple(
        _reader(case, alike) for alike in together(ordered, lambda r: (r.listener.binds, r.listener.knows, _same(r)))
    )


def _same(reader: ReaderAccount) -> object:
    return [(n.gate, n.about, n.before, n.after, n.allowed) for n in reader.lines]


def _reader(case: Case, alike: list[ReaderAccount]) -> Reader:
    first = alike[0]
    lines = sorted(first.lines, key=lambda n: (not n.broken, n.before == n.after, -n.used))
    telling = [line for line in lines if line.gate is not Gate.INVESTIGATION or line.after.hi]
    drawn = [line for place, line in enumerate(telling) if line.broken or place < FIRST_LIMITS]
    return Reader(
        who=listed(r.listener.party.label for r in alike),
        comes=tuple(comes_to_read(case, r.listener) for r in alike),
        counts=first.listener.binds,
        limits=tuple(_limit(case, line) for line in drawn) if first.listener.binds else (),
        figures=None if first.listener.knows else _figures(case, lines),
    )


def _figures(case: Case, lines: list[Line]) -> Table:
    return Table(
        heads=("Limit", "Before", "With these words", "Best estimate", "Limit at", "Of it used"),
        rows=tuple(
            row(
                _sentence(_about(case, line).replace("`", "")),
                span(line, line.before),
                span(line, line.after),
                _best(line),
                f"{line.allowed:,.0f}" if line.gate in PEOPLE else percent_down(line.allowed),
                percent_up(line.used),
            )
            for line in lines
        ),
    )


def span(line: Line, reached: Estimate) -> str:
    """From where to where something is believed, or how many people at the edge that counts."""
    if line.gate is Gate.CROWD:
        return f"{reached.lo:,.0f}"
    return f"{reached.hi:,.0f}" if line.gate is Gate.INVESTIGATION else percents(reached.lo, reached.hi)


def _best(line: Line) -> str:
    return f"{line.after.mid:,.0f}" if line.gate in PEOPLE else percent_up(line.after.mid)


def tone_of(line: Line) -> str:
    """``over``, ``near`` or ``inside``."""
    return "over" if line.broken else "near" if line.used >= NEAR else "inside"


def _about(case: Case, line: Line) -> str:
    match line.gate:
        case Gate.CROWD:
            return "how many people share the strongest suspicion"
        case Gate.INVESTIGATION:
            return "how many people would be worth an investigation"
        case Gate.TRIES:
            return "that a few investigations would find the source"
        case _:
            return concerning(case, line.about)


def _limit(case: Case, line: Line) -> Limit:
    tone, about = tone_of(line), _about(case, line)
    called = {"over": "over the limit", "near": "near the limit", "inside": "inside the limit"}[tone]
    told = f"{about}: {called}, {percent_up(line.used)} of it used, {percent_up(line.used_before)} before"
    return Limit(
        tone=tone,
        sign=f"{SIGNS[tone]} {called}",
        what=_sentence(about),
        change=_change(line),
        gauge=pictures.gauge(told.replace("`", ""), line.used, line.used_before, tone),
    )


def _change(line: Line) -> str:
    if line.gate is Gate.CROWD:
        now, then, limit = f"{line.after.lo:,.0f} people", f"{line.before.lo:,.0f}", f"at least {line.allowed:,.0f}"
        return f"{_against(now, then, line)}; {limit} must be left."
    if line.gate is Gate.INVESTIGATION:
        now, then = f"{line.after.hi:,.0f} people", f"{line.before.hi:,.0f}"
        return f"{_against(now, then, line)}; at most {line.allowed:,.0f} more may become so."
    now, then = (f"“{word(each.hi)}” ({percent_up(each.hi)})" for each in (line.after, line.before))
    return f"Up to {_against(now, then, line)}. Limit {percent_down(line.allowed)}."


def _against(now: str, then: str, line: Line) -> str:
    return f"{now}, as before" if line.before == line.after else f"{now}, before {then}"


def _sentence(clause: str) -> str:
    return clause[0].upper() + clause[1:]


# --- all readers together ----------------------------------------------------------------------------------------


def _counting(heard: Sequence[ReaderAccount]) -> list[tuple[ReaderAccount, Line]]:
    return [(r, line) for r in heard if r.listener.binds for line in r.lines]


def nearest(case: Case, heard: Sequence[ReaderAccount]) -> tuple[str, Line] | None:
    """The limit that binds, broken or the most used: what it is about, and its line."""
    telling = [(r, n) for r, n in _counting(heard) if n.gate is not Gate.INVESTIGATION or n.after.hi]
    found = max(telling, key=lambda each: (each[1].broken, each[1].used), default=None)
    if found is None:
        return None
    return f"with {found[0].listener.party.label}: {_about(case, found[1])}", found[1]


def binding(case: Case, heard: Sequence[ReaderAccount]) -> str:
    """The limit that binds, as a sentence."""
    worst = nearest(case, heard)
    if worst is None:
        return "No reader counts against whom a limit must hold."
    about, line = worst
    return f"The limit that binds, {about} ({'passed' if line.broken else f'{percent_up(line.used)} of it used'})."


def thinnest(heard: Sequence[ReaderAccount]) -> Line | None:
    """The crowd that is smallest, of those who must not get too small."""
    crowds = [line for _, line in _counting(heard) if line.gate is Gate.CROWD]
    return min(crowds, key=lambda line: line.after.lo, default=None)


def people_left(heard: Sequence[ReaderAccount]) -> str:
    """How many people are left who share the strongest suspicion, as a sentence."""
    line = thinnest(heard)
    if line is None:
        return ""
    then = "as before" if line.before == line.after else f"{line.before.lo:,.0f} before"
    return f"At least {line.after.lo:,.0f} people share the strongest suspicion, {then}; {line.allowed:,.0f} must."
