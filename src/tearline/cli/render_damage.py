"""An incident as a page: what came out, who is exposed, whom to tell, what to do and ask. Nothing is computed here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape

from rich.console import Console

from tearline.assess.phrases import IF_IT_LEAKS, IF_PRESSED, concerning, listed
from tearline.cli.layout import day, heading, item, paragraph
from tearline.cli.render import together
from tearline.damage.assessment import Damage, Exposed, Happened, View
from tearline.damage.beliefs import ANY_CHANNEL, PERSONS
from tearline.damage.choices import Asked, Weighing
from tearline.damage.comparing import Compared, told_scale
from tearline.damage.history import Stood
from tearline.damage.magnitude import Span
from tearline.damage.moving import Moves
from tearline.damage.telling import ToTell
from tearline.damage.versions import DRAWN
from tearline.domain import Allow, AllowIf, Ask, Case, Refuse
from tearline.domain.estimative import percent_down, percent_up, percents, words

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
    _tell(out, found, tell)
    _choices(out, found)
    _line_to_take(out)
    _ask(out, found)
    _moved(out, moved)
    _history(out, past)
    _balance(out, found)


def counts(out: Console, found: Damage, tell: Sequence[ToTell]) -> None:
    """Print what may be printed under legal hold: counts, and whom to tell. Nothing of what was worked out."""
    paragraph(out, "LEGAL HOLD: no assessment is written. Counts only; countermeasures go on.", 0, "bold")
    for what, count in counted(found).items():
        item(out, f"{what}: {count:,}")
    if tell:
        heading(out, "Whom to tell, the most urgent first")
        for one in tell:
            item(out, f"{one.party.label}, within {one.hours:g} hours")


def counted(found: Damage) -> dict[str, int]:
    """How many of everything there is, without what any of it means."""
    return {
        "claims that could come out": len(found.came_out.claims) if found.came_out else 0,
        "accounts": len(found.incident.accounts),
        "sources described": len(found.sources),
        "sources beside, at most": int(sum(group.beside.count[1] for group in found.beside)),
        "parties that may have read": len({view.reader for each in found.sources for view in each.views}),
        "harms reported": len(found.incident.harms),
    }


def _headline(out: Console, found: Damage) -> None:
    incident = found.incident
    paragraph(out, incident.title, indent=0, style="bold")
    who = f", {incident.spoke}" if incident.spoke else ""
    paragraph(out, f"{incident.kind.value.replace('-', ' ')}, {day(incident.on)}{who}", 0, "dim")
    out.print()
    if found.lives:
        paragraph(out, "SOMEBODY MAY BE IN DANGER. That comes before every figure below.", 0, "bold red")
    for claim, count in found.people:
        how = f"{count} {'person' if count == 1 else 'people'} can be recognised in it. Warn them"
        if count is None:
            how = "nobody has said whether people can be recognised in it. Find out, and warn them"
        text = f"{claim}: {how}; `tearline warn` has the words and the clock."
        item(out, text, style="yellow")
    if found.scale is None:
        paragraph(out, "No loss of future take that can be told from none.", 0, "bold")
    else:
        text = f"Magnitude {told_scale(found.scale)}: {years(found.taken)} lost, in standard source-years."
        paragraph(out, text, indent=0, style="bold")
    first, last = found.words[0].value, found.words[-1].value
    legal = first if first == last else f"from “{first}” to “{last}”"
    paragraph(out, f"In the words of the law, derived from this: {legal}.", 0)
    for what, loss in found.drivers[:4]:
        item(out, f"{what}: {years(loss)}")


def years(loss: Span) -> str:
    """A loss as it is printed: the best point, and between which edges."""
    return f"{_short(loss.mid)} ({_short(loss.lo)} to {_short(loss.hi)})"


def _short(value: float) -> str:
    if value < 0.005:
        return "0"
    return f"{value:,.2g}" if value < 100 else f"{value:,.0f}"


def _came_out(out: Console, found: Damage) -> None:
    if not found.uttered or found.case is None:
        return
    heading(out, "What probably came out")
    for claim in dict.fromkeys(each.claim for each in found.uttered):
        paragraph(out, f"{claim}:", 2)
        for each in found.uttered:
            if each.claim == claim:
                said = "nothing of it" if each.version is None else f"`{each.version}`"
                chance = each.chance
                text = f"{percents(chance.lo, chance.hi)} (best point {percent_up(chance.mid)})"
                paragraph(out, text, 24, first=f"    {said}")
    if found.came_out is not None and found.came_out.drawn:
        paragraph(out, f"Too many combinations to list: {DRAWN:,} were drawn.", 2, "dim")


def _exposed(out: Console, found: Damage) -> None:
    if found.case is None or not found.sources:
        return
    heading(out, "What each reader could now believe, if it reads")
    for each in found.sources:
        value = f"its take ahead is worth {years(each.value)}; harm within {each.hours:g} hours"
        paragraph(out, f"{each.source.id} ({each.source.kind.value}): {value}", 2, "bold")
        if each.in_danger and each.danger is not None:
            limit = percent_down(each.limit)
            text = f"A person: one may be suspected with up to {percent_up(each.danger)} (limit for a life {limit})."
            paragraph(out, text, 4, "red")
        for alike in together(each.views, _figures):
            _view(out, found.case, alike)


def _figures(view: View) -> object:
    return view.matter, view.before, view.after, view.passed


def _view(out: Console, case: Case, alike: Sequence[View]) -> None:
    one = alike[0]
    who = listed(
        f"{case.party(view.reader).label}{' (hostile)' if view.hostile else ''}, "
        f"reads with {percents(view.gets.lo, view.gets.hi)}"
        for view in alike
    )
    about = "who the source is" if one.matter.about == PERSONS else _concerning(case, one.matter.about)
    before, after = percents(one.before.lo, one.before.hi), percents(one.after.lo, one.after.hi)
    passed = percents(one.passed.lo, one.passed.hi)
    said = f"{before} before, {after} now ({words(one.after.lo, one.after.hi)}; best point {percent_up(one.after.mid)})"
    limit = f"limit {percent_down(one.matter.limit)} passed with {passed}; at worst {percent_up(one.worst)}"
    item(out, f"{about}: {said}; {limit}. {who}", 4)


def _concerning(case: Case, about: str) -> str:
    return "how it was got" if about == ANY_CHANNEL else concerning(case, about)


def _tiers(out: Console, found: Damage) -> None:
    heading(out, "Three tiers, in source-years; none is the harm that has happened")
    tiers = (
        ("accessible", found.accessible, "had every hostile reader all that could come out"),
        ("taken", found.taken, "what probably came out and is read, and partners who stop sharing"),
        ("published", found.published, "from what is in print alone"),
    )
    for name, loss, what in tiers:
        paragraph(out, f"{years(loss)}: {what}", _INDENT, first=f"  {name}")
    for group in found.beside:
        beside = group.beside
        first, last = beside.count
        count = f"{first:,.0f}" if first == last else f"{first:,.0f} to {last:,.0f}"
        text = f"{beside.id}: {count} {beside.kind.value} sources, judged and not worked out: {beside.because}"
        item(out, text, style="dim")


def _happened(out: Console, found: Damage) -> None:
    happened = [(each, one) for each in found.sources for one in each.happened]
    heading(out, "What has happened, apart from what could")
    if not happened:
        paragraph(out, "Nothing is on record. That is no proof of anything, yet.")
    for each, one in happened:
        item(out, f"{each.source.id}: {one.harm.what}: {_blamed(one)}")


def _blamed(one: Happened) -> str:
    if one.ours is None:
        return "claimed, and checked by nobody: not counted"
    rivals = "; ".join(rival.what for rival in one.harm.rivals)
    against = f", against {rivals}" if rivals else ", no other cause is named"
    tells = "" if one.tells > 1 else "; it makes nothing likelier, for something else explains it as well"
    return f"due to this with {percents(one.ours.lo, one.ours.hi)}{against} (checked by {one.harm.checked}){tells}"


def _tell(out: Console, found: Damage, tell: Sequence[ToTell]) -> None:
    heading(out, "Who must be told, the most urgent first")
    paragraph(out, "First of all: who else is in the middle of acting on this? Lock that before any reaction.")
    for number, one in enumerate(tell, 1):
        paragraph(
            out,
            f"{one.party.label}, within {one.hours:g} hours: {one.why.words}; about {listed(one.claims)}",
            5,
            "bold",
            first=f"  {number}.",
        )
        if one.breached:
            paragraph(out, "It is the originator and was not asked: it hears it from us before the press.", 5)
        _notice(out, one)
    if not tell:
        paragraph(out, "Nobody besides ourselves has a stake that the case knows of.")


def _notice(out: Console, one: ToTell) -> None:
    if one.notice is None:
        paragraph(out, "Ourselves: the handlers of these sources.", 5)
        return
    match one.notice.decision:
        case Refuse():
            paragraph(
                out,
                "No wording passes the limits: one named person, by word of mouth, and no content.",
                5,
                "yellow",
            )
            return
        case Ask() as ask:
            paragraph(out, f"Only once {listed(ask.consult)} agreed, at most:", 5)
        case AllowIf() as allowed:
            paragraph(out, f"If {'; '.join(allowed.conditions)}, at most:", 5)
        case Allow():
            paragraph(out, "That others may have come to know at most:", 5)
    for text in one.notice.tearline.words:
        paragraph(out, f"“{text}”", 7)


def _choices(out: Console, found: Damage) -> None:
    if not found.sources:
        return
    heading(out, "What can be done, by source (a named person decides)")
    for each in found.sources:
        best = each.choices[0]
        danger = f", leaving up to {percent_up(best.danger)} danger" if best.danger is not None else ""
        signal = "; it lets itself be seen, and so confirms" if best.measure.signals else ""
        paragraph(out, f"{each.source.id}: {best.measure.name}{danger}{signal}", 2, "bold")
        for choice in each.choices:
            item(out, _choice(each, choice), 4)


def _choice(each: Exposed, choice: Weighing) -> str:
    left = f"; danger up to {percent_up(choice.danger)}" if choice.danger is not None else ""
    barred = "" if choice.allowed else "; not while a safer one is there: lives are no price"
    loss = f"loses {years(choice.loss)}, {_short(choice.feared)} if beliefs stand at their upper edge"
    return f"{choice.measure.name}: {loss}; regret at most {_short(choice.regret)}{left}{barred}"


def _line_to_take(out: Console) -> None:
    heading(out, "The line to take: confirm nothing")
    item(out, f"Asked whether it is so: “{IF_IT_LEAKS}”")
    item(out, f"Pressed for more: “{IF_PRESSED}”")
    item(out, "Nobody repeats, corrects or denies any detail: a denial of one part confirms the rest.")


def _ask(out: Console, found: Damage) -> None:
    if not found.incident.witnesses:
        return
    heading(out, "What to ask next (in source-years, asking is itself a release)")
    if found.lives:
        paragraph(out, "Where a person is in danger, first ask whether it was named, whatever that is worth in take.")
    for place, asked in enumerate(found.questions):
        item(out, _question(asked), style="bold" if place == 0 and asked.net > 0 else "")
    if found.questions:
        perfect = found.questions[0].perfect
        paragraph(out, f"To know for certain would be worth {years(perfect)}; no question is worth more.", 2, "dim")


def _question(asked: Asked) -> str:
    witness = asked.witness
    cost = f", costs {_short(witness.cost)}" if witness.cost else ""
    use = "" if asked.net > 0 else "; not worth asking: it would change nothing that is done"
    return f"{witness.whom} about {witness.about}: worth {years(asked.worth)}{cost}{use}"


def _moved(out: Console, moved: Sequence[Moves]) -> None:
    if not moved:
        return
    heading(out, "What would change it most (the loss at the best point)")
    for one in moved[:_MOVERS]:
        item(out, f"{one.what}: from {_short(one.least)} to {_short(one.most)}")


def _history(out: Console, past: Sequence[Stood]) -> None:
    if len(past) < 2:
        return
    heading(out, "What was believed when")
    for stood in past:
        learnt = f"; {'; '.join(stood.learnt)}" if stood.learnt else ""
        paragraph(out, f"{told_scale(stood.scale)}{learnt}", 14, first=f"  {stood.on.isoformat()}")


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
    for name, other, chance, by in (
        (first, second, pair.first_exceeds, pair.first_by),
        (second, first, pair.second_exceeds, pair.second_by),
    ):
        surely = f": surely by at least {by} {'order' if by == 1 else 'orders'} of magnitude" if by else ""
        item(out, f"{name} cost more than {other} with {_chance(chance)}{surely}")
    if not pair.distinguishable:
        paragraph(out, "Not distinguishable: neither exceeds the other with 95%.")
    for name, found in ((first, pair.first), (second, pair.second)):
        parts = ", ".join(f"{what} {years(loss)}" for what, loss in found.drivers[:3]) or "nothing that is described"
        paragraph(out, f"{name} is made of: {parts}", 2, "dim")


def _chance(probability: float) -> str:
    return percent_up(probability) if probability < 0.5 else percent_down(probability)


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
