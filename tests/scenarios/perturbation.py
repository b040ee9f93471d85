"""How firm the answers of the shipped cases are: every kind of number moved, one kind at a time.

The numbers of these cases are illustrative, so an answer is worth something only if it stays when they
are moved. :func:`tables` makes the tables of ``docs/explanation/historical-cases.md``; run as a program
this module prints them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import attrs

from tearline.assess import assess
from tearline.assess.answer import Assessment
from tearline.assess.urgent.plan import plan
from tearline.cases import open_shipped
from tearline.domain import Case, Claim, Cover, Group, GroupId, GroupKind, Harm, Interval, Reader, Risk, Version
from tearline.domain.grades import ACCESS_FLOOR

Turn = Callable[[Case], Case]
Access = Mapping[GroupId, Interval]

AS_WRITTEN: Final = "as written"
UNCHANGED: Final = "="

ROOM_FOR_PERSONS: Final = 0.95
"""The largest sum of weights that a reader is left with: some belief must remain for persons."""

NOTHING_TOLD_BEFORE: Final = "gordievsky, nothing told before"
COVER_UNSEEN: Final = "matapan, aircraft unseen"
NO_COPIES: Final = "ultra, no copies in Moscow"
SEALED: Final = "video, sealed copies"
IN_CLEAR: Final = "belgrade, in clear"
NOTHING_TO_FEAR: Final = "arar, nothing to fear"
NOTHING_TAKEN: Final = "pollard, nothing taken"

TABLES: Final = (
    ("essay", "oval-office", "gordievsky", NOTHING_TOLD_BEFORE, "arcos", "la-belle", "kal007", "cuba"),
    ("matapan", COVER_UNSEEN, "ultra", NO_COPIES, "video", SEALED),
    ("ukraine", "satphone", "manchester", "alert", "iraq"),
    ("belgrade", IN_CLEAR, "moscow"),
    ("arar", NOTHING_TO_FEAR, "stakeknife", "curveball"),
    ("pollard", NOTHING_TAKEN, "fizzled"),
)
"""The columns of each table: every case, and some once more without that which they are about."""

INVENTED: Final = ("liaison",)
"""Shipped cases that are made up from beginning to end: how firm they are says nothing."""

COLUMNS: Final = tuple(name for columns in TABLES for name in columns)
CASES: Final = tuple(name for name in COLUMNS if "," not in name)
"""The shipped cases in the order of the tables."""


def turns() -> dict[str, Turn]:
    """Every way of moving a case, by what the table calls it: as written first."""
    up, down = 1.5, 0.5
    found: dict[str, Turn] = {AS_WRITTEN: lambda case: case}
    found["three times as many people"] = partial(_with_groups, change=partial(_count, factor=3.0))
    found["a third of the people"] = partial(_with_groups, change=partial(_count, factor=1 / 3))
    for way, factor in (("half as likely again", up), ("half as likely", down)):
        found[f"leaks {way}"] = partial(_leaks, factor=factor)
        found[f"methods {way}"] = partial(_weights, kind=GroupKind.CHANNEL, factor=factor)
        found[f"innocent explanations {way}"] = partial(_weights, kind=GroupKind.OTHER, factor=factor)
        found[f"what follows from an explanation {way}"] = partial(_consequences, factor=factor)
    for way, factor in (("half as well placed again", up), ("half as well placed", down)):
        found[f"persons {way}"] = partial(_access, kind=GroupKind.PERSONS, factor=factor)
        found[f"methods {way}"] = partial(_access, kind=GroupKind.CHANNEL, factor=factor)
        found[f"innocent explanations {way}"] = partial(_access, kind=GroupKind.OTHER, factor=factor)
    return found


def answer(case: Case) -> str:
    """The decision and the versions it is about: ``Ask: warning``; after a stroke what those in danger are told."""
    if case.urgent and case.urgent.to_warn:
        return " / ".join(_answered(found) for found in plan(case).told)
    return _answered(assess(case))


def _answered(found: Assessment) -> str:
    versions = [said.version for said in found.tearline.said if said.version is not None]
    return f"{type(found.decision).__name__}: {' + '.join(versions) or 'nothing'}"


def column(name: str) -> dict[str, str]:
    """One column of the table by the names of its lines: the answer as written, then what changes."""
    case = varied(name)
    found = {turn: answer(change(case)) for turn, change in turns().items()}
    written = found[AS_WRITTEN]
    return {turn: UNCHANGED if text == written and turn != AS_WRITTEN else text for turn, text in found.items()}


def varied(name: str) -> Case:
    """The case of a column: as shipped, or without that which it is about."""
    case = open_shipped(name.partition(",")[0]).case
    if name == NOTHING_TOLD_BEFORE:
        return attrs.evolve(case, given=())
    if name == COVER_UNSEEN:
        return attrs.evolve(case, cover=tuple(attrs.evolve(cover, seen_by=()) for cover in case.cover))
    if name in (NO_COPIES, NOTHING_TAKEN):
        return attrs.evolve(case, readers=tuple(attrs.evolve(reader, holds_raw={}) for reader in case.readers))
    if name == SEALED:
        return sealed(case)
    if name == IN_CLEAR:
        return in_clear(case)
    if name == NOTHING_TO_FEAR:
        return fearless(case)
    return case


def sealed(case: Case) -> Case:
    """A copy for each named recipient that cannot be handed on: a leak from them is *remote* on the common scale."""
    remote = Interval(0.01, 0.025, 0.04)
    paths = (attrs.evolve(p, probability=remote) if p.giver == case.proposal.to else p for p in case.leak_paths)
    return attrs.evolve(case, leak_paths=tuple(paths))


def in_clear(case: Case) -> Case:
    """The way to the recipient without its one-time keys: a leak is *possible* on the common scale."""
    possible = Interval(0.1, 0.2, 0.3)
    return attrs.evolve(case, leak_paths=tuple(attrs.evolve(p, probability=possible) for p in case.leak_paths))


def fearless(case: Case) -> Case:
    """Nobody who is recognised faces anything, by the word of somebody who has judged it."""
    safe = dict.fromkeys(Harm, Risk.NONE)

    def claim(of: Claim) -> Claim:
        return attrs.evolve(of, persons=tuple(attrs.evolve(person, risk=safe) for person in of.persons or ()))

    return attrs.evolve(case, claims=tuple(map(claim, case.claims)))


def table(columns: Sequence[str]) -> str:
    """A perturbation table in Markdown: a line per turn, a column per case."""
    cells = [column(name) for name in columns]
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {turn} | " + " | ".join(cell[turn] for cell in cells) + " |" for turn in turns()]
    return "\n".join(lines) + "\n"


def tables() -> str:
    """All perturbation tables in Markdown."""
    return "\n".join(map(table, TABLES))


def columns_of(page: str) -> dict[str, dict[str, str]]:
    """The columns of all tables in a page that have :data:`AS_WRITTEN` for their first line."""
    rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in page.splitlines() if line[:1] == "|"]
    found = {}
    for first in (n for n, row in enumerate(rows) if row[0] == AS_WRITTEN):
        heads, body = rows[first - 2][1:], rows[first : first + len(turns())]
        found |= {head: {row[0]: row[n] for row in body} for n, head in enumerate(heads, 1)}
    return found


# --- numbers of people and weights -----------------------------------------------------------------


def _with_groups(case: Case, change: Callable[[Group], Group]) -> Case:
    readers = tuple(attrs.evolve(r, groups=tuple(change(g) for g in r.groups)) for r in case.readers)
    return attrs.evolve(case, readers=readers)


def _count(group: Group, factor: float) -> Group:
    if group.kind is not GroupKind.PERSONS:
        return group
    return attrs.evolve(group, count=max(1, round(group.count * factor)))


def _weights(case: Case, kind: GroupKind, factor: float) -> Case:
    """Move the weights of one kind; where they would leave no room for persons, all shrink together."""
    readers = []
    for reader in case.readers:
        moved = [_weigh(g, factor) if g.kind is kind else g for g in reader.groups]
        total = sum(g.weight or 0.0 for g in moved)
        shrink = min(1.0, ROOM_FOR_PERSONS / total) if total else 1.0
        readers.append(attrs.evolve(reader, groups=tuple(_weigh(g, shrink) for g in moved)))
    return attrs.evolve(case, readers=tuple(readers))


def _weigh(group: Group, factor: float) -> Group:
    return group if group.weight is None else attrs.evolve(group, weight=group.weight * factor)


# --- probabilities ---------------------------------------------------------------------------------


def _leaks(case: Case, factor: float) -> Case:
    """Move every leak that is not certain, and how likely a reader holds the report itself."""
    paths = tuple(
        path if path.probability.lo == 1 else attrs.evolve(path, probability=_scaled(path.probability, factor))
        for path in case.leak_paths
    )
    return attrs.evolve(case, leak_paths=paths, readers=tuple(_holding(reader, factor) for reader in case.readers))


def _holding(reader: Reader, factor: float) -> Reader:
    return attrs.evolve(reader, holds_raw={claim: _scaled(p, factor) for claim, p in reader.holds_raw.items()})


def _consequences(case: Case, factor: float) -> Case:
    """Move what follows from an explanation: whom a method leads to, and whatever a secret says."""
    secrets = tuple(attrs.evolve(s, given=_parts(s.given, factor, 1.0)) for s in case.secrets)
    moved = attrs.evolve(case, secrets=secrets)
    return _with_groups(moved, lambda group: attrs.evolve(group, via=_parts(group.via, factor, sum)))


def _parts(
    parts: Mapping[GroupId, float], factor: float, whole: float | Callable[[list[float]], float]
) -> dict[GroupId, float]:
    """Probabilities moved; each at most 1, and all together too where they are parts of one whole."""
    moved = {group: min(1.0, p * factor) for group, p in parts.items()}
    total = whole(list(moved.values())) if callable(whole) else whole
    return {group: p / max(1.0, total) for group, p in moved.items()}


def _access(case: Case, kind: GroupKind, factor: float) -> Case:
    """Move how well placed all explanations of one kind were, wherever the case says something of it.

    All grades of a group move alike, so a vaguer version never sinks below a more exact one; where
    nothing is said of a group nothing moves.
    """
    groups = frozenset(g.id for reader in case.readers for g in reader.groups if g.kind is kind)

    def moved(known: Access) -> dict[GroupId, Interval]:
        return {g: _placed(grade, factor) if g in groups else grade for g, grade in known.items()}

    def version(of: Version) -> Version:
        return attrs.evolve(of, known=moved(of.known))

    def claim(of: Claim) -> Claim:
        attended = {g: min(1.0, p * factor) if g in groups else p for g, p in of.attended.items()}
        return attrs.evolve(of, versions=tuple(map(version, of.versions)), attended=attended)

    def cover(of: Cover) -> Cover:
        return attrs.evolve(of, makes=moved(of.makes))

    return attrs.evolve(case, claims=tuple(map(claim, case.claims)), cover=tuple(map(cover, case.cover)))


def _scaled(grade: Interval, factor: float) -> Interval:
    lo, mid, hi = (min(1.0, factor * edge) for edge in (grade.lo, grade.mid, grade.hi))
    return Interval(lo, mid, hi)


def _placed(grade: Interval, factor: float) -> Interval:
    """As :func:`_scaled`, never below the floor of all access."""
    moved = _scaled(grade, factor)
    return Interval(*(max(ACCESS_FLOOR, edge) for edge in (moved.lo, moved.mid, moved.hi)))


if __name__ == "__main__":
    sys.stdout.write(tables())
