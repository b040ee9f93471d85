"""The explanation as a page: tables that fit 80 columns."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from tearline.assess.explaining import ReaderExplanation
from tearline.assess.phrases import concerning
from tearline.cli.render import columns, day, heading, joined, paragraph
from tearline.domain import Case
from tearline.domain.estimative import percent_up
from tearline.exposure.evidence import Explanation
from tearline.exposure.history import Charge, Spent

_MOST_GROUPS = 12


def explanations(out: Console, case: Case, found: Sequence[ReaderExplanation]) -> None:
    """Print what each reader could put together, and which sentence did it."""
    out.print(Text(case.title, style="bold"))
    if not found:
        paragraph(out, "Nobody who counts comes to read any of it.", indent=0)
    for each in found:
        reader = case.party(each.reader).label
        heading(out, f"What earlier releases have cost with {reader}")
        if not each.spent:
            paragraph(out, "Nothing has been released before.")
        for spent in each.spent:
            _spent(out, case, spent)
        for evidence in each.evidence:
            _evidence(out, reader, evidence)


def _spent(out: Console, case: Case, spent: Spent) -> None:
    to = joined(case.party(p).label for p in spent.to)
    paragraph(out, f"{day(spent.on)}, to {to}: {', '.join(spent.claims)}", style="bold")
    for charge in sorted(spent.charges, key=lambda c: -c.bits):
        paragraph(out, _charge(case, charge), indent=16, first=f"    {charge.bits:+5.1f} bits")


def _charge(case: Case, charge: Charge) -> str:
    about = "that it was one certain person" if charge.about == "top_suspect" else concerning(case, charge.about)
    return f"{about}: now at most {percent_up(charge.hi)}"


def _evidence(out: Console, reader: str, found: Explanation) -> None:
    heading(out, f"Weight of evidence for {reader}, in bits against innocent explanations")
    if not found.pieces:
        paragraph(out, "Nothing has been said yet.")
        return
    names = [" + ".join(piece.claims) for piece in found.pieces]
    short = names if sum(len(name) + 2 for name in names) <= out.width // 2 else _numbers(names)
    rows = [["explanation", *short, "belief before", "after"]]
    for group in found.groups[:_MOST_GROUPS]:
        bits = (_signed(b) for b in group.bits)
        rows.append([group.group, *bits, percent_up(group.before), percent_up(group.after)])
    columns(out, rows)
    if len(found.groups) > _MOST_GROUPS:
        paragraph(out, f"and {len(found.groups) - _MOST_GROUPS} less believed explanations (--json has all)")
    for number, name in zip(short, names, strict=True):
        if number != name:
            paragraph(out, name, indent=8, first=f"  {number}")
    _pointing(out, found, names)


def _numbers(names: Sequence[str]) -> list[str]:
    return [f"({number})" for number in range(1, len(names) + 1)]


def _signed(bits: float) -> str:
    rounded = round(bits, 1)
    return f"{rounded:+.1f}" if rounded else "0.0"


def _pointing(out: Console, found: Explanation, names: Sequence[str]) -> None:
    heading(out, f"Which sentence points at one person of {found.suspect}, in bits")
    before, after = percent_up(found.belief_before), percent_up(found.belief_after)
    paragraph(out, f"Suspected most: {before} before anything was said, {after} after all of it (best points).")
    rows = [["said", "in order", "left out", "fair share", f"against {found.runner_up}" if found.runner_up else ""]]
    for name, piece in zip(names, found.pieces, strict=True):
        against = "" if piece.against_runner_up is None else f"{piece.against_runner_up:+.2f}"
        rows.append([name, f"{piece.sequential:+.2f}", f"{piece.left_out:+.2f}", f"{piece.shapley:+.2f}", against])
    in_order, fair = sum(p.sequential for p in found.pieces), sum(p.shapley for p in found.pieces)
    rows.append(["together", f"{in_order:+.2f}", "", f"{fair:+.2f}", ""])
    columns(out, rows)
