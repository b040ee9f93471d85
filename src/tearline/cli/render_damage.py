"""An incident as a page: what came out, who is exposed, whom to tell, what to do and ask. Nothing is computed here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape

from rich.console import Console

from tearline.assess.phrases import IF_IT_LEAKS, IF_PRESSED
from tearline.cli.layout import heading, item, paragraph
from tearline.damage import phrases as told
from tearline.damage.assessment import Damage
from tearline.damage.comparing import Compared
from tearline.damage.history import Stood
from tearline.damage.magnitude import Span
from tearline.damage.moving import Moves
from tearline.damage.telling import ToTell
from tearline.domain import Refuse

_CELLS = 44
_INDENT = 15
_MOVERS = 5


def page(out: Console, found: Damage, tell: Sequence[ToTell], past: Sequence[Stood], moved: Sequence[Moves]) -> None:
    """Print the whole assessment."""
    _headline(out, found)
    _came_out(out, found)
    _exposed(out, found)
    _tiers(out, found)
    _happened(out, found)
    _tell(out, tell)
    _choices(out, found)
    _line_to_take(out)
    _ask(out, found)
    _moved(out, moved)
    _history(out, past)
    _balance(out, found)


def counts(out: Console, found: Damage, tell: Sequence[ToTell]) -> None:
    """Print what may be printed under legal hold: counts, and whom to tell. Nothing of what was worked out."""
    paragraph(out, told.HELD, 0, "bold")
    for what, count in told.counted(found).items():
        item(out, f"{what}: {count:,}")
    if tell:
        heading(out, "Whom to tell, the most urgent first")
        for one in tell:
            item(out, f"{one.party.label}, within {one.hours:g} hours")


def _headline(out: Console, found: Damage) -> None:
    paragraph(out, found.incident.title, indent=0, style="bold")
    paragraph(out, told.what_happened(found), 0, "dim")
    out.print()
    if found.lives:
        paragraph(out, told.DANGER, 0, "bold red")
    for sentence in told.recognised(found):
        item(out, sentence, style="yellow")
    paragraph(out, told.headline(found), 0, "bold")
    paragraph(out, told.legal(found), 0)
    for what, loss in found.drivers[:4]:
        item(out, f"{what}: {told.years(loss)}")


def _came_out(out: Console, found: Damage) -> None:
    if not found.uttered or found.case is None:
        return
    heading(out, "What probably came out")
    for claim in dict.fromkeys(each.claim for each in found.uttered):
        paragraph(out, f"{claim}:", 2)
        for each in found.uttered:
            if each.claim == claim:
                said = "nothing of it" if each.version is None else f"`{each.version}`"
                paragraph(out, told.uttered(each), 24, first=f"    {said}")
    if told.drawn(found):
        paragraph(out, told.drawn(found), 2, "dim")


def _exposed(out: Console, found: Damage) -> None:
    if found.case is None or not found.sources:
        return
    heading(out, "What each reader could now believe, if it reads")
    for each in found.sources:
        paragraph(out, f"{each.source.id} ({each.source.kind.value}): {told.worth_of(each)}", 2, "bold")
        if told.in_danger(each):
            paragraph(out, told.in_danger(each), 4, "red")
        for views in told.alike(each.views):
            one = views[0]
            about, who = told.matter(found.case, one), told.readers(found.case, views)
            item(out, f"{about}: {told.believes(one)}; {told.beyond(one)}. {who}", 4)


def _tiers(out: Console, found: Damage) -> None:
    heading(out, "Three tiers, in source-years; none is the harm that has happened")
    for name, what in told.TIERS.items():
        paragraph(out, f"{told.years(getattr(found, name))}: {what}", _INDENT, first=f"  {name}")
    for group in found.beside:
        item(out, told.beside(group), style="dim")


def _happened(out: Console, found: Damage) -> None:
    happened = [(each, one) for each in found.sources for one in each.happened]
    heading(out, "What has happened, apart from what could")
    if not happened:
        paragraph(out, told.NOTHING_HAPPENED)
    for each, one in happened:
        item(out, f"{each.source.id}: {one.harm.what}: {told.blamed(one)}")


def _tell(out: Console, tell: Sequence[ToTell]) -> None:
    heading(out, "Who must be told, the most urgent first")
    paragraph(out, told.LOCK)
    for number, one in enumerate(tell, 1):
        paragraph(out, told.to_tell(one), 5, "bold", first=f"  {number}.")
        if one.breached:
            paragraph(out, told.ORIGINATOR, 5)
        _notice(out, one)
    if not tell:
        paragraph(out, told.NOBODY_TO_TELL)


def _notice(out: Console, one: ToTell) -> None:
    refused = one.notice is not None and isinstance(one.notice.decision, Refuse)
    paragraph(out, told.notice(one), 5, "yellow" if refused else "")
    for text in told.notice_words(one):
        paragraph(out, f"“{text}”", 7)


def _choices(out: Console, found: Damage) -> None:
    if not found.sources:
        return
    heading(out, "What can be done, by source (a named person decides)")
    for each in found.sources:
        paragraph(out, told.best(each), 2, "bold")
        for choice in each.choices:
            item(out, told.choice(choice), 4)


def _line_to_take(out: Console) -> None:
    heading(out, "The line to take: confirm nothing")
    item(out, f"Asked whether it is so: “{IF_IT_LEAKS}”")
    item(out, f"Pressed for more: “{IF_PRESSED}”")
    item(out, told.SAY_NOTHING)


def _ask(out: Console, found: Damage) -> None:
    if not found.incident.witnesses:
        return
    heading(out, "What to ask next (in source-years, asking is itself a release)")
    if found.lives:
        paragraph(out, told.ASK_ABOUT_LIVES)
    for place, asked in enumerate(found.questions):
        item(out, told.question(asked), style="bold" if place == 0 and asked.net > 0 else "")
    if found.questions:
        paragraph(out, told.certainty(found.questions), 2, "dim")


def _moved(out: Console, moved: Sequence[Moves]) -> None:
    if not moved:
        return
    heading(out, "What would change it most (the loss at the best point)")
    for one in moved[:_MOVERS]:
        item(out, told.moves(one))


def _history(out: Console, past: Sequence[Stood]) -> None:
    if len(past) < 2:
        return
    heading(out, "What was believed when")
    for stood in past:
        paragraph(out, told.stood(stood), 14, first=f"  {stood.on.isoformat()}")


def _balance(out: Console, found: Damage) -> None:
    if found.incident.gains:
        heading(out, "What it brought: the honest balance")
        for gain in found.incident.gains:
            item(out, gain)


# --- comparison ------------------------------------------------------------------------------------------


def comparison(out: Console, shown: Sequence[tuple[str, Damage]], found: Sequence[tuple[str, str, Compared]]) -> None:
    """Print a chart of all, then what is likely of each pair."""
    scales = [found.scale for _, found in shown if found.scale is not None]
    if scales:
        _chart(out, shown, math.floor(min(s.lo for s in scales)), math.ceil(max(s.hi for s in scales)))
    for first, second, pair in found:
        _pair(out, first, second, pair)
    if not found:
        out.print()
        paragraph(out, "`tearline incident compare A B` sets two of them against each other.", 0, "dim")


def _chart(out: Console, shown: Sequence[tuple[str, Damage]], lowest: int, highest: int) -> None:
    heading(out, "Magnitude: tens of source-years of future take lost")
    width = max(len(name) for name, _ in shown) + 4
    span = max(1, highest - lowest)
    for name, found in sorted(shown, key=lambda one: one[1].scale.mid if one[1].scale else -math.inf):
        if found.scale is None:
            paragraph(out, "no loss that can be told from none", width, first=f"  {name}")
            continue
        lo, mid, hi = (
            min(_CELLS - 1, int((edge - lowest) / span * _CELLS))
            for edge in (found.scale.lo, found.scale.mid, found.scale.hi)
        )
        cells = ["▒" if lo <= cell <= hi else "·" for cell in range(_CELLS)]
        cells[mid] = "█"
        paragraph(out, "".join(cells), width, first=f"  {name}")
    edges = f"{lowest:+d}" + " " * (_CELLS - 2 - len(f"{highest:+d}")) + f"{highest:+d}"
    out.print(" " * width + edges)


def _pair(out: Console, first: str, second: str, pair: Compared) -> None:
    heading(out, f"{first} and {second}")
    for sentence in told.compared(first, second, pair):
        item(out, sentence)
    if not pair.distinguishable:
        paragraph(out, told.NOT_DISTINGUISHABLE)
    for name, found in ((first, pair.first), (second, pair.second)):
        paragraph(out, told.made_of(name, found), 2, "dim")


def svg(shown: Sequence[tuple[str, Span | None]]) -> str:
    """The chart as a picture that scales, with a title for who cannot see it."""
    scales = [(name, scale) for name, scale in shown if scale is not None]
    scales.sort(key=lambda one: one[1].mid)
    lowest = math.floor(min((s.lo for _, s in scales), default=-2))
    highest = math.ceil(max((s.hi for _, s in scales), default=1))
    left, wide, row = 170, 560, 34
    height = row * len(scales) + 60

    def at(edge: float) -> float:
        return left + wide * (edge - lowest) / max(1, highest - lowest)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + wide + 30} {height}" role="img">',
        "<style>text { font: 14px sans-serif }</style>",
        "<title>Magnitude of incidents: log10 of source-years of future take lost, with intervals</title>",
    ]
    for tick in range(lowest, highest + 1):
        parts.append(f'<line x1="{at(tick):.1f}" x2="{at(tick):.1f}" y1="10" y2="{height - 40}" stroke="#ccc"/>')
        parts.append(f'<text x="{at(tick):.1f}" y="{height - 22}" text-anchor="middle">{tick:+d}</text>')
    for place, (name, scale) in enumerate(scales):
        y = 28 + row * place
        parts.append(f'<text x="{left - 12}" y="{y + 5}" text-anchor="end">{escape(name)}</text>')
        long = max(2.0, at(scale.hi) - at(scale.lo))
        parts.append(f'<rect x="{at(scale.lo):.1f}" y="{y - 7}" width="{long:.1f}" height="14" fill="#8ab"/>')
        parts.append(f'<circle cx="{at(scale.mid):.1f}" cy="{y}" r="5" fill="#123"/>')
    parts.append(f'<text x="{left}" y="{height - 4}">tens of standard source-years of future take</text>')
    return "\n".join([*parts, "</svg>", ""])
