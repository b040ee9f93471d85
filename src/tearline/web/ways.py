"""Who would come to read a text, and by what ways: from us by the recipient to whoever may read on."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tearline.assess.answer import ReaderAccount
from tearline.assess.audience import Listener
from tearline.assess.what_if import Tried, proposing
from tearline.domain import Case, Passage
from tearline.domain.estimative import percents, words
from tearline.exposure.leak_graph import Edge, packages_of
from tearline.exposure.leak_ways import Path
from tearline.web.flow import Link, Stop, flow, legend
from tearline.web.tables import Figure, Table, row

MOST_READERS = 12
"""So many readers are drawn, the likeliest; the table has all of them."""

HOW = {
    Passage.PENETRATION: "spied out",
    Passage.ONWARD: "passed on",
    Passage.PUBLIC: "read by anybody",
    Passage.SHARED_SYSTEM: "through a shared system",
}
"""How something handed to one comes to another, as people say it."""

US = "us"


def ways(case: Case, tried: Tried) -> Figure:
    """The picture of the likeliest ways, and all readers as a table."""
    heard = [reader.listener for reader in sorted(tried.readers, key=_by_likelihood)]
    drawn = [listener for listener in heard if listener.paths][:MOST_READERS]
    edges = list(dict.fromkeys(edge for listener in heard for path in listener.paths for edge in path.edges))
    shown = {listener.party.id for listener in drawn}
    told = packages_of(proposing(case, tried.text))[-1] if tried.text else packages_of(case)[-1]
    links = _handed(case, [each for each in drawn if each.party.id in told])
    links += [_link(case, edge) for edge in edges if {edge.giver, edge.to} <= shown]
    kinds = dict.fromkeys(link.kind for link in links)
    title = "Who would come to read it"
    picture = flow(title, f"{len(drawn)} readers, as in the tables below", [_us(case), *map(_stop, drawn)], links)
    return Figure(
        id="readers",
        title=title,
        reading=(
            "From left to right: us, whoever is told, whoever may read on, and hostile readers. The wider a line, the "
            "likelier that way; its pale edge is doubt. Whoever counts is planned for as if it did read it."
        ),
        picture=Markup('<div class="scroll" tabindex="0" role="region" aria-label="{}, drawn">{}</div>{}').format(
            title, picture, legend((kind, _kind(kind)) for kind in kinds)
        ),
        tables=(
            Table(
                heads=("Reader", "Likeliest way", "In words", "Chance", "Do limits count?"),
                rows=tuple(
                    row(
                        _name(listener),
                        _route(case, listener.paths) or "none",
                        words(listener.gets.lo, listener.gets.hi),
                        percents(listener.gets.lo, listener.gets.hi),
                        "yes" if listener.binds else "knows already" if listener.knows else "no",
                    )
                    for listener in heard
                ),
            ),
            Table(
                heads=("From", "To", "How", "In words", "Chance"),
                rows=tuple(
                    row(
                        case.party(edge.giver).label,
                        case.party(edge.to).label,
                        _how(case, edge),
                        words(edge.probability.lo, edge.probability.hi),
                        percents(edge.probability.lo, edge.probability.hi),
                    )
                    for edge in edges
                ),
            ),
        ),
        wide=True,
    )


def _by_likelihood(reader: ReaderAccount) -> tuple[float, str]:
    listener = reader.listener
    return -listener.gets.mid, listener.party.id


def _name(listener: Listener) -> str:
    return f"{listener.party.label}{' (hostile)' if listener.party.hostile else ''}"


def _us(case: Case) -> Stop:
    name = case.party(case.us).label
    return Stop(id=US, name=name, notes=("we tell it",), kind="us", full=f"{name}, from whom it goes")


def _stop(listener: Listener) -> Stop:
    gets = listener.gets
    chance = "gets it" if gets.lo == 1 else f"{words(gets.lo, gets.hi)}, {percents(gets.lo, gets.hi)}"
    kind = "hostile" if listener.party.hostile else "told" if gets.lo == 1 else "reader"
    notes = ("hostile", chance) if listener.party.hostile else (chance,)
    full = f"{_name(listener)}: {chance}"
    return Stop(id=str(listener.party.id), name=listener.party.label, notes=notes, kind=kind, full=full)


def _handed(case: Case, told: Sequence[Listener]) -> list[Link]:
    """From us to everybody who gets it at first hand."""
    return [
        Link(
            giver=US,
            to=str(listener.party.id),
            lo=1,
            hi=1,
            kind="given",
            figure="is told" if listener.party.id == case.proposal.to else "certain",
            full=f"From {case.party(case.us).label} to {listener.party.label}: for certain",
        )
        for listener in told
    ]


def _link(case: Case, edge: Edge) -> Link:
    lo, hi = edge.probability.lo, edge.probability.hi
    between = f"From {case.party(edge.giver).label} to {case.party(edge.to).label}"
    return Link(
        giver=str(edge.giver),
        to=str(edge.to),
        lo=lo,
        hi=hi,
        kind=edge.how.value,
        figure="certain" if lo == 1 else percents(lo, hi),
        full=f"{between}, {_how(case, edge)}: {words(lo, hi)}, {percents(lo, hi)}",
    )


def _how(case: Case, edge: Edge) -> str:
    """How it goes over, and what is behind that."""
    how = HOW[edge.how]
    if edge.cause is not None:
        return f"{how} (if so: {case.cause(edge.cause).label})"
    if edge.assumed and edge.how is Passage.ONWARD:
        return f"{how} (not stated; assumed from trust)"
    return how


def _kind(kind: str) -> str:
    return "told by us, or bound to learn of it" if kind == "given" else HOW[Passage(kind)]


def _route(case: Case, found: Sequence[Path]) -> str:
    if not found:
        return ""
    first = found[0]
    if not first.edges:
        return "is handed it, or asked"
    stops = [first.edges[0].giver, *(edge.to for edge in first.edges)]
    return " → ".join(case.party(stop).label for stop in stops)
