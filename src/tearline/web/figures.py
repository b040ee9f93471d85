"""The pictures of a case page, each with the table of its figures."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tearline.assess.answer import ReaderAccount, Text
from tearline.assess.explaining import ReaderExplanation, explained_to
from tearline.assess.phrases import concerning, listed
from tearline.assess.telling import day
from tearline.assess.thinning import Step, thinning
from tearline.assess.what_if import Tried, proposing
from tearline.domain import Case
from tearline.domain.estimative import percent_up
from tearline.exposure.account import Line
from tearline.exposure.evidence import Piece
from tearline.exposure.history import Spent
from tearline.exposure.worlds import Gate
from tearline.web.desk import Options
from tearline.web.limits import tone_of
from tearline.web.pictures import PEOPLE, Bar, Point, Stack, bars, crowds, stacks, staircase
from tearline.web.tables import Cell, Figure, Table, row
from tearline.web.views import address, choices
from tearline.web.ways import ways


def figures(case: Case, tried: Tried, options: Options) -> tuple[Figure, ...]:
    """Every picture that the case has figures for."""
    main = _main(tried)
    found = [_staircase(case, tried, options)] if options.found else []
    if main is not None:
        told = explained_to(proposing(case, tried.text), tried.text, main.listener.party.id, main.listener.ever)
        found += [_crowd(case, tried.text, main), *_sentences(case, main, told), *_spent(case, main, told)]
    if tried.readers:
        found.append(ways(case, tried))
    return tuple(found)


def _main(tried: Tried) -> ReaderAccount | None:
    """The reader whose reasoning is drawn: of those that bind a hostile one first, then the one nearest a limit."""
    return max(
        (r for r in tried.readers if r.listener.binds),
        key=lambda r: (r.listener.party.hostile, max((line.used for line in r.lines), default=0.0)),
        default=None,
    )


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
        rows.append((first, *row(f"{choice.value:g}", used, state)))
    most = max((choice.value for choice in options.found), default=0.0)
    title = "How much could be said at how much exposure"
    reading = (
        "Each point is a text. Higher is worth more; further right gives more away. Right of the line a limit is "
        "passed. The large point is tried here; choose any other."
    )
    if not options.whole:
        reading += " The search for them was cut short: some are missing, and some may be beaten by one that is."
    return Figure(
        id="options",
        title=title,
        reading=reading,
        picture=staircase(title, f"{len(points)} texts, as in the table below", points, most),
        tables=(Table(heads=("Text", "Worth", "Of the limits used", ""), rows=tuple(rows)),),
    )


# --- the crowd ------------------------------------------------------------------------------------------------------


def _crowd(case: Case, text: Text, main: ReaderAccount) -> Figure:
    steps = thinning(case, text, main.listener.party.id)
    line = next(n for n in main.lines if n.gate is Gate.CROWD)
    most = max(step.among for step in steps) or 1.0
    names = [_step(case, text, step) for step in steps]
    each = f" Each small figure stands for about {most / PEOPLE:,.0f} people." if most > 2 * PEOPLE else ""
    reading = (
        f"To {main.listener.party.label} the source is as well hidden as one among so many people.{each} What is told "
        "thins the crowd. The limit is about those suspected most: at least "
        f"{line.allowed:,.0f} must share the strongest suspicion (in the table)."
    )
    drawn = [
        Bar(label=name, share=step.among / most, figure=f"{step.among:,.0f} people")
        for name, step in zip(names, steps, strict=True)
    ]
    return Figure(
        id="crowd",
        title="The crowd in which the source is hidden",
        reading=reading,
        picture=crowds(drawn),
        tables=(
            Table(
                heads=("Once told", "As if one of", "Share the strongest suspicion, at least"),
                rows=tuple(
                    row(name, f"{s.among:,.0f} people", f"{s.alike.lo:,.0f}")
                    for name, s in zip(names, steps, strict=True)
                ),
            ),
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
    reading = (
        f"How much each sentence adds to what {who} would suspect most: one person of {evidence.suspect}. The longest "
        "bar costs most. One bit doubles the odds. What was told before counts too."
    )
    drawn = [
        Bar(label=_piece(piece), share=max(0.0, piece.shapley) / most, figure=_costs(piece.shapley))
        for piece in ordered
    ]
    return [
        Figure(
            id="sentences",
            title="Which sentence costs most",
            reading=reading,
            picture=bars(drawn),
            tables=(
                Table(
                    heads=("Sentence", "Its share, in bits", "When it was said", "Gone without it"),
                    rows=tuple(
                        row(_piece(p), f"{p.shapley:+.2f}", f"{p.sequential:+.2f}", f"{p.left_out:+.2f}")
                        for p in ordered
                    ),
                ),
            ),
        )
    ]


def _piece(piece: Piece) -> str:
    names = listed(map(str, piece.claims))
    return names if piece.left_off is None else f"{names} missing from {piece.left_off}"


def _costs(bits: float) -> str:
    return f"{bits:+.1f} bits" if abs(bits) >= 0.05 else "nothing"


def _spent(case: Case, main: ReaderAccount, told: ReaderExplanation) -> list[Figure]:
    if not told.spent:
        return []
    limited = [line for line in main.lines if line.gate in (Gate.BELIEF, Gate.TOP_SUSPECT) and line.allowed > 0]
    limited.sort(key=lambda line: -line.used)
    if not limited:
        return []
    drawn = [
        Stack(
            label=_belief(case, line),
            steps=(*(reached / line.allowed for reached in _then(told.spent, line)), line.used),
            tone=tone_of(line),
            figure=f"{percent_up(line.used_before)} of the limit used before, {percent_up(line.used)} now",
        )
        for line in limited
    ]
    entries = [
        row(
            f"{day(spent.on)}, to {listed(case.party(p).label for p in spent.to)}: {', '.join(spent.claims)}",
            _belief(case, line),
            f"{charge.bits:+.1f}",
            percent_up(charge.hi),
            percent_up(charge.hi / line.allowed),
        )
        for spent in told.spent
        for line in limited
        for charge in spent.charges
        if charge.about == _charged(line)
    ]
    return [
        Figure(
            id="spent",
            title="What was spent before",
            reading=(
                f"How far each limit on what {main.listener.party.label} may believe was used up by earlier "
                "disclosures (grey), and what these words add (colour). The upright line is the limit."
            ),
            picture=stacks(drawn),
            wide=True,
            tables=(
                Table(
                    heads=("Limit", "Used before", "Used now"),
                    rows=tuple(
                        row(_belief(case, line), percent_up(line.used_before), percent_up(line.used))
                        for line in limited
                    ),
                ),
                Table(heads=("Told", "Belief", "Bits added", "Then at most", "Of the limit"), rows=tuple(entries)),
            ),
        )
    ]


def _charged(line: Line) -> str:
    """Under which name earlier disclosures are charged for what a limit is about."""
    return "top_suspect" if line.gate is Gate.TOP_SUSPECT else line.about


def _then(spent: Sequence[Spent], line: Line) -> list[float]:
    """How far the belief of a limit went after each earlier disclosure, at the upper edge."""
    return [charge.hi for one in spent for charge in one.charges if charge.about == _charged(line)]


def _belief(case: Case, line: Line) -> str:
    """What a belief is about, as people say it."""
    return concerning(case, line.about).replace("`", "") if ":" in line.about else "that it was one certain person"
