"""The pictures of a case page, each with the table of its figures."""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs
from markupsafe import Markup

from tearline.assess.answer import ReaderAccount, Text
from tearline.assess.explaining import ReaderExplanation, explained_to
from tearline.assess.phrases import concerning, listed
from tearline.assess.telling import day
from tearline.assess.thinning import Step, thinning
from tearline.assess.what_if import Tried, proposing
from tearline.domain import Case
from tearline.domain.estimative import percent_up, percents, words
from tearline.exposure.evidence import Piece
from tearline.exposure.leak_ways import Path
from tearline.exposure.worlds import Gate
from tearline.web.desk import Options
from tearline.web.pictures import Bar, Point, Range, bars, ranges, staircase
from tearline.web.views import address, choices


@attrs.frozen(kw_only=True)
class Cell:
    """One cell of a table; with ``href`` a link."""

    text: str
    href: str = ""


@attrs.frozen(kw_only=True)
class Figure:
    """A picture, how to read it, and the same as a table."""

    id: str
    title: str
    reading: str
    picture: Markup | None
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def figures(case: Case, tried: Tried, options: Options) -> tuple[Figure, ...]:
    """Every picture that the case has figures for."""
    main = _main(tried)
    found = [_staircase(case, tried, options)] if options.found else []
    if main is not None:
        told = explained_to(proposing(case, tried.text), tried.text, main.listener.party.id, main.listener.ever)
        found += [_crowd(case, tried.text, main), *_sentences(case, main, told), *_spent(case, main, told)]
    if tried.readers:
        found.append(_leaks(case, tried))
    return tuple(found)


def _main(tried: Tried) -> ReaderAccount | None:
    """The reader whose reasoning is drawn: of those that bind a hostile one first, then the one nearest a limit."""
    return max(
        (r for r in tried.readers if r.listener.binds),
        key=lambda r: (r.listener.party.hostile, max((line.used for line in r.lines), default=0.0)),
        default=None,
    )


def _row(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text=text) for text in texts)


# --- value against exposure ------------------------------------------------------------------------------------


def _staircase(case: Case, tried: Tried, options: Options) -> Figure:
    named = choices(case, options.found)
    points, rows = [], []
    for name, text, choice in named:
        href, here = address(text, case), dict(text) == dict(tried.text)
        state = "over the limit" if choice.load > 1 else "inside every limit"
        used = percent_up(choice.load) if math.isfinite(choice.load) else "more than any limit"
        label = f"{name}: worth {choice.value:g}, {used} of the limits used, {state}"
        if math.isfinite(choice.load):
            points.append(Point(x=choice.load, y=choice.value, label=label, href=href, here=here))
        first = Cell(text=f"{name} (tried here)" if here else name, href=href)
        rows.append((first, *_row(f"{choice.value:g}", used, state)))
    most = max((choice.value for choice in options.found), default=0.0)
    title = "How much could be said at how much exposure"
    reading = (
        "Each point is a text: the higher, the more it is worth to the recipient; the further right, the more it gives "
        "away. Right of the line a limit is passed. A large point is the text tried here; choose any other."
    )
    if not options.whole:
        reading += " The search for them was cut short: some are missing, and some may be beaten by one that is."
    return Figure(
        id="options",
        title=title,
        reading=reading,
        picture=staircase(title, f"{len(points)} texts, as in the table below", points, most),
        heads=("Text", "Worth", "Of the limits used", ""),
        rows=tuple(rows),
    )


# --- the crowd ------------------------------------------------------------------------------------------------------


def _crowd(case: Case, text: Text, main: ReaderAccount) -> Figure:
    steps = thinning(case, text, main.listener.party.id)
    line = next(n for n in main.lines if n.gate is Gate.CROWD)
    most = max(step.among for step in steps) or 1.0
    names = [_step(case, text, step) for step in steps]
    title = "The crowd in which the source is hidden"
    reading = (
        f"To {main.listener.party.label} the source is as good as one of so many people, all suspected alike, at the "
        "best estimate. Mostly the crowd gets thinner with everything told. The limit is about those suspected most: "
        f"at least {line.allowed:,.0f} people must share the strongest suspicion; the table has both."
    )
    drawn = [
        Bar(label=name, share=step.among / most, figure=f"{step.among:,.0f} people")
        for name, step in zip(names, steps, strict=True)
    ]
    return Figure(
        id="crowd",
        title=title,
        reading=reading,
        picture=bars(title, f"From {steps[0].among:,.0f} to {steps[-1].among:,.0f} people", drawn),
        heads=("Once told", "As if one of", "Share the strongest suspicion, at least"),
        rows=tuple(
            _row(name, f"{s.among:,.0f} people", f"{s.alike.lo:,.0f}") for name, s in zip(names, steps, strict=True)
        ),
    )


def _step(case: Case, text: Text, step: Step) -> str:
    if step.given is not None:
        to = listed(case.party(p).label for p in step.given.to)
        return f"{day(step.given.on)}, to {to}: {', '.join(f'{c} as {v}' for c, v in step.given.claims.items())}"
    return "Before anything was told" if step.claim is None else f"Now: {step.claim} as {text[step.claim]}"


# --- which sentence costs most, and what was spent before --------------------------------------------------------


def _sentences(case: Case, main: ReaderAccount, told: ReaderExplanation) -> list[Figure]:
    if not told.ways or not told.ways[0].evidence.pieces:
        return []
    evidence = told.ways[0].evidence
    ordered = sorted(evidence.pieces, key=lambda piece: -piece.shapley)
    most = max((abs(piece.shapley) for piece in ordered), default=0.0) or 1.0
    who = main.listener.party.label
    title = "Which sentence costs most"
    reading = (
        f"How much each sentence, those told before among them, strengthens what {who} would suspect most: one person "
        f"of {evidence.suspect}. A bar as long as the longest costs most; one bit doubles the odds."
    )
    drawn = [
        Bar(label=_piece(piece), share=max(0.0, piece.shapley) / most, figure=_costs(piece.shapley))
        for piece in ordered
    ]
    return [
        Figure(
            id="sentences",
            title=title,
            reading=reading,
            picture=bars(title, f"The most: {_piece(ordered[0])}", drawn),
            heads=("Sentence", "Its share, in bits", "When it was said", "Gone without it"),
            rows=tuple(
                _row(_piece(p), f"{p.shapley:+.2f}", f"{p.sequential:+.2f}", f"{p.left_out:+.2f}") for p in ordered
            ),
        )
    ]


def _piece(piece: Piece) -> str:
    names = listed(map(str, piece.claims))
    return names if piece.left_off is None else f"{names} missing from {piece.left_off}"


def _costs(bits: float) -> str:
    return f"{bits:+.1f} bits" if abs(bits) >= 0.05 else "nothing"


def _belief(case: Case, about: str) -> str:
    """What a belief is about, as people say it."""
    return concerning(case, about).replace("`", "") if ":" in about else "that it was one certain person"


def _spent(case: Case, main: ReaderAccount, told: ReaderExplanation) -> list[Figure]:
    if not told.spent:
        return []
    budgets = {line.about: line.budget for line in main.lines if line.gate in (Gate.BELIEF, Gate.TOP_SUSPECT)}
    rows = []
    for spent in told.spent:
        to = listed(case.party(p).label for p in spent.to)
        for charge in sorted(spent.charges, key=lambda c: -c.bits)[:4]:
            limit = f", limit {percent_up(budgets[charge.about])}" if charge.about in budgets else ""
            rows.append(
                _row(
                    f"{day(spent.on)}, to {to}: {', '.join(spent.claims)}",
                    _belief(case, charge.about),
                    f"{charge.bits:+.1f}",
                    f"{percent_up(charge.hi)}{limit}",
                )
            )
    return [
        Figure(
            id="spent",
            title="What was spent before",
            reading=(
                f"What every earlier disclosure let {main.listener.party.label} believe: it counts against what is "
                "said now."
            ),
            picture=None,
            heads=("Told", "Belief", "Bits added", "Then at most"),
            rows=tuple(rows),
        )
    ]


# --- readers ----------------------------------------------------------------------------------------------------------


def _leaks(case: Case, tried: Tried) -> Figure:
    drawn, rows = [], []
    for reader in sorted(tried.readers, key=lambda r: (-r.listener.gets.mid, r.listener.party.id)):
        listener = reader.listener
        gets, route = listener.gets, _route(case, listener.paths)
        name = f"{listener.party.label}{' (hostile)' if listener.party.hostile else ''}"
        figure = percents(gets.lo, gets.hi)
        drawn.append(Range(label=f"{name}{': ' if route else ''}{route}", lo=gets.lo, hi=gets.hi, figure=figure))
        counts = "yes" if listener.binds else "knows already" if listener.knows else "no"
        rows.append(_row(name, route or "none", words(gets.lo, gets.hi), figure, counts))
    title = "Who would come to read it"
    return Figure(
        id="readers",
        title=title,
        reading=(
            "The likeliest way to each reader, and how likely it gets there: a bar spans what is uncertain. Limits "
            "must hold for everybody who counts, as if they did read it."
        ),
        picture=ranges(title, f"{len(drawn)} readers, as in the table below", drawn),
        heads=("Reader", "Likeliest way", "In words", "Chance", "Do limits count?"),
        rows=tuple(rows),
    )


def _route(case: Case, ways: Sequence[Path]) -> str:
    if not ways:
        return ""
    first = ways[0]
    if not first.edges:
        return "is handed it, or asked"
    stops = [first.edges[0].giver, *(edge.to for edge in first.edges)]
    return " → ".join(case.party(stop).label for stop in stops)
