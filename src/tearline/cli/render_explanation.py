"""The explanation as a page: tables that fit 80 columns, and lists where they do not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from tearline.assess.explaining import ReaderExplanation, Reasoning, TextExplanation, Wording
from tearline.assess.phrases import concerning, listed
from tearline.assess.telling import leak
from tearline.cli.render import day, paragraph, together
from tearline.domain import Case, ClaimId, VersionId
from tearline.domain.estimative import percent_up, percents
from tearline.exposure.evidence import Explanation, Piece
from tearline.exposure.history import Charge, Spent

_MOST_GROUPS = 12
_ROOM_BESIDE = 40
"""Columns from which on what a charge is about stands beside its bits."""
_LEAST_NAME = 8
"""Cells that the first column of a table keeps at least; a longer name gets a line of its own."""

_TITLES = {Wording.RECOMMENDED: "As recommended", Wording.PROPOSED: "As proposed, not released"}

_HOW_TO_READ = (
    "Each reader is taken to hold this text and all that was given so far. Bits, and who is suspected most, are the "
    "best estimate; one bit doubles the odds. Limits are kept at the upper edge, which is higher and may point at "
    "somebody else"
)
_WHERE_THE_LIMITS_ARE = {
    Wording.RECOMMENDED: ": `tearline assess` shows it for every limit.",
    Wording.PROPOSED: ".",  # `assess` shows the limits of what it recommends, and those alone
}

_COLUMNS = (
    "In order: what a sentence added when it was said. Left out: what would be gone without it. Fair share: what it "
    "adds on average over every order (Shapley value); the shares make up the whole. Against a group: how much "
    "better it suits the suspects than that group, these two alone."
)


def explanations(out: Console, case: Case, found: TextExplanation) -> None:
    """Print what each reader could put together, and which sentence did it; readers alike stand together."""
    paragraph(out, case.title, indent=0, style="bold")
    if not found.readers:
        paragraph(out, "Nobody who counts comes to read any of it.", indent=0)
        return
    out.print()
    paragraph(out, f"{_TITLES[found.wording]}: {_going(found.said)}", indent=0, style="bold")
    paragraph(out, _HOW_TO_READ + _WHERE_THE_LIMITS_ARE[found.wording], indent=0)
    for alike in together(found.readers, _result):
        readers = listed(case.party(each.reader).label for each in alike)
        for each in alike:
            _comes_to_read(out, case, each)
        _heading(out, f"What earlier releases have cost with {readers}")
        if not alike[0].spent:
            paragraph(out, "Nothing has been released before.")
        for spent in alike[0].spent:
            _spent(out, case, spent)
        for way in alike[0].ways:
            one_of_several = way.like is not None and len(alike[0].ways) > 1
            _evidence(out, readers, _if_like(case, way) if one_of_several else "", way.evidence)
    out.print()
    paragraph(out, _COLUMNS, indent=0)


def _comes_to_read(out: Console, case: Case, found: ReaderExplanation) -> None:
    """How likely a reader gets anything of all that was given, and what closing a way would change."""
    if not found.cuts:
        return
    reader = case.party(found.reader).label
    _heading(out, f"How {reader} comes to read")
    paragraph(out, f"Anything of what was given, this included: {percents(found.ever.lo, found.ever.hi)}.")
    for cut in found.cuts:
        closed = f"closed, {percents(cut.without.lo, cut.without.hi)}"
        paragraph(out, f"{leak(case, cut.edge)}: {closed}.")


def _going(said: Mapping[ClaimId, VersionId]) -> str:
    return listed(f"{claim} as {version}" for claim, version in said.items())


def _result(found: ReaderExplanation) -> tuple[object, ...]:
    return (found.spent, *(way.evidence for way in found.ways))


def _if_like(case: Case, way: Reasoning) -> str:
    return f" if it reasons as {case.party(way.like).label}" if way.like is not None else ""


def _spent(out: Console, case: Case, spent: Spent) -> None:
    to = listed(case.party(p).label for p in spent.to)
    paragraph(out, f"{day(spent.on)}, to {to}: {', '.join(spent.claims)}", style="bold")
    for charge in sorted(spent.charges, key=lambda c: -c.bits):
        bits = f"    {_signed(charge.bits, 1):>5} bits"
        beside = out.width >= _ROOM_BESIDE
        if not beside:
            out.print(Text(bits))
        paragraph(out, _charge(case, charge), indent=16 if beside else 6, first=bits if beside else "")


def _charge(case: Case, charge: Charge) -> str:
    about = "that it was one certain person" if charge.about == "top_suspect" else concerning(case, charge.about)
    return f"{about}: now at most {percent_up(charge.hi)}"


def _evidence(out: Console, readers: str, if_like: str, found: Explanation) -> None:
    _heading(out, f"Weight of evidence for {readers}{if_like}, in bits against innocent explanations")
    names = [_named(piece) for piece in found.pieces]
    _weights(out, found, names)
    if len(found.groups) > _MOST_GROUPS:
        paragraph(out, f"and {len(found.groups) - _MOST_GROUPS} less believed explanations (--json has all)")
    _pointing(out, found, names)


def _weights(out: Console, found: Explanation, names: Sequence[str]) -> None:
    """One row for each explanation. Where long names of claims leave no room, numbers stand for them."""
    rows = [
        [group.group, *(_signed(b, 1) for b in group.bits), percent_up(group.before), percent_up(group.after)]
        for group in found.groups[:_MOST_GROUPS]
    ]
    named = [["explanation", *names, "belief before", "after"], *rows]
    numbers = [f"({number})" for number in range(1, len(names) + 1)]
    numbered = [["explanation", *numbers, "belief before", "after"], *rows]
    if _fits(out, named) or not _fits(out, numbered):
        _table(out, named)
        return
    _table(out, numbered)
    for number, name in zip(numbers, names, strict=True):
        paragraph(out, name, indent=8, first=f"  {number}")


def _signed(bits: float, digits: int) -> str:
    rounded = round(bits, digits)
    return f"{rounded:+.{digits}f}" if rounded else f"{0:.{digits}f}"


def _pointing(out: Console, found: Explanation, names: Sequence[str]) -> None:
    _heading(out, f"Which sentence points at one person of {found.suspect}, in bits")
    before, after = percent_up(found.belief_before), percent_up(found.belief_after)
    paragraph(out, f"Suspected most at the best estimate: {before} before anything was said, {after} after all of it.")
    rows = [["said", "in order", "left out", "fair share", f"against {found.runner_up}" if found.runner_up else ""]]
    for name, piece in zip(names, found.pieces, strict=True):
        against = "" if piece.against_runner_up is None else _signed(piece.against_runner_up, 2)
        bits = (_signed(b, 2) for b in (piece.sequential, piece.left_out, piece.shapley))
        rows.append([name, *bits, against])
    in_order, fair = sum(p.sequential for p in found.pieces), sum(p.shapley for p in found.pieces)
    rows.append(["together", _signed(in_order, 2), "", _signed(fair, 2), ""])
    _table(out, rows)


def _heading(out: Console, text: str) -> None:
    out.print()
    paragraph(out, text, indent=0, style="bold")


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(cell_len(row[c]) for row in rows) for c in range(len(rows[0]))]


def _room(out: Console, widths: Sequence[int]) -> int:
    """Cells that the other columns leave for the first."""
    return out.width - 2 - sum(width + 2 for width in widths[1:])


def _fits(out: Console, rows: Sequence[Sequence[str]]) -> bool:
    widths = _widths(rows)
    return _room(out, widths) >= min(widths[0], _LEAST_NAME)


def _table(out: Console, rows: Sequence[Sequence[str]]) -> None:
    """A table without rules, the first row bold; where its columns do not fit, a list for each row."""
    if not _fits(out, rows):
        _stacked(out, rows)
        return
    widths = _widths(rows)
    for number, row in enumerate(rows):
        cells = "".join(" " * (w + 2 - cell_len(cell)) + cell for cell, w in zip(row[1:], widths[1:], strict=True))
        _row(out, row[0], min(widths[0], _room(out, widths)), cells, "bold" if number == 0 else "")


def _row(out: Console, name: str, width: int, cells: str, style: str) -> None:
    """One row; a name that is wider than its column stands on lines of its own above the figures."""
    if cell_len(name) > width:
        paragraph(out, name, style=style)
        name = ""
    out.print(Text(f"  {name}{' ' * (width - cell_len(name))}{cells}".rstrip(), style=style))


def _stacked(out: Console, rows: Sequence[Sequence[str]]) -> None:
    """Every row as a list: its name, and below it each figure in front of what it is."""
    titles, *rest = rows
    width = max(cell_len(cell) for row in rest for cell in row[1:])
    for name, *cells in rest:
        paragraph(out, name, style="bold")
        for title, cell in zip(titles[1:], cells, strict=True):
            if cell:
                paragraph(out, title, indent=width + 6, first="    " + " " * (width - cell_len(cell)) + cell)


def _named(piece: Piece) -> str:
    """What one piece of evidence is called."""
    return f"not on {piece.left_off}: {', '.join(piece.claims)}" if piece.left_off else " + ".join(piece.claims)
