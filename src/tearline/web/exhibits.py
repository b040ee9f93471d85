"""The pictures of an incident, each with the table of its figures."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from markupsafe import Markup

from tearline.assess.phrases import listed
from tearline.damage import phrases as told
from tearline.damage.assessment import Damage, Exposed, View
from tearline.damage.comparing import told_scale
from tearline.damage.history import Stood
from tearline.damage.magnitude import Span, magnitude
from tearline.damage.moving import Moves
from tearline.domain import Case
from tearline.domain.estimative import percent_down, percent_up, percents, words
from tearline.web.incident_desk import OnScale
from tearline.web.incident_pictures import Chance, Whisker, chances, whiskers
from tearline.web.incident_views import compare_address

BAR = "A bar is the interval, the dot its best point."
SCALE = f"{BAR} Each step of the scale is ten times the one before."


@attrs.frozen(kw_only=True)
class Exhibit:
    """A picture, how to read it, and the same as a table; with a link, the first cell of a row leads somewhere."""

    id: str
    title: str
    reading: str
    picture: Markup | None
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[str, ...] = ()


def came_out(found: Damage) -> Exhibit | None:
    """What probably came out, version by version."""
    if not found.uttered:
        return None
    title = "What probably came out"
    rows, drawn = [], []
    for each in found.uttered:
        said = "nothing of it" if each.version is None else str(each.version)
        chance = each.chance
        figure = percents(chance.lo, chance.hi)
        rows.append((str(each.claim), said, words(chance.lo, chance.hi), figure, percent_up(chance.mid)))
        drawn.append(Chance(label=f"{each.claim}: {said}", lo=chance.lo, mid=chance.mid, hi=chance.hi, figure=figure))
    reading = f"{BAR} Nothing beyond what was in the briefing, or lay open, is considered. {told.drawn(found)}"
    heads = ("Claim", "As", "In words", "Chance", "Best point")
    return Exhibit(
        id="came-out", title=title, reading=reading, picture=chances(title, drawn), heads=heads, rows=tuple(rows)
    )


def beliefs(found: Damage) -> tuple[Exhibit, ...]:
    """What readers could believe before and now, source by source."""
    if found.case is None:
        return ()
    case = found.case
    return tuple(_beliefs(case, each, place) for place, each in enumerate(found.sources) if each.views)


def _beliefs(case: Case, each: Exposed, place: int) -> Exhibit:
    title = f"What readers could believe of {each.source.id}"
    alike = told.alike(each.views)
    drawn = [_chance(case, views) for views in alike]
    rows = [_row(case, view) for view in each.views]
    reading = (
        f"{told.worth_of(each)[0].upper()}{told.worth_of(each)[1:]}. Thin above: before; below it now, if it reads. "
        f"The upright line is the limit; the upper edge is what a release would be judged by. {_who(case, each)}"
    )
    heads = ("Reader", "Reads with", "Could believe", "Before", "Now", "In words", "Best point", "Limit", "Passed with")
    return Exhibit(
        id=f"beliefs-{place}",
        title=title,
        reading=reading,
        picture=chances(title, drawn),
        heads=(*heads, "At worst"),
        rows=tuple(rows),
    )


def _who(case: Case, each: Exposed) -> str:
    """Who is drawn: those of whom the same is so share a bar."""
    names = [told.reader(case, view) for view in each.views]
    return f"Readers: {listed(dict.fromkeys(names))}."


def _chance(case: Case, views: Sequence[View]) -> Chance:
    one = views[0]
    return Chance(
        label=told.matter(case, one).replace("`", ""),
        lo=one.after.lo,
        mid=one.after.mid,
        hi=one.after.hi,
        figure=f"{percents(one.after.lo, one.after.hi)}, limit {percent_down(one.matter.limit)}",
        before=(one.before.lo, one.before.hi),
        limit=one.matter.limit,
    )


def _row(case: Case, view: View) -> tuple[str, ...]:
    return (
        told.reader(case, view),
        percents(view.gets.lo, view.gets.hi),
        told.matter(case, view).replace("`", ""),
        percents(view.before.lo, view.before.hi),
        percents(view.after.lo, view.after.hi),
        words(view.after.lo, view.after.hi),
        percent_up(view.after.mid),
        percent_down(view.matter.limit),
        percents(view.passed.lo, view.passed.hi),
        percent_up(view.worst),
    )


def on_scale(name: str, found: Damage, shipped: Sequence[OnScale], is_shipped: bool) -> Exhibit:
    """This incident among the shipped ones, the smallest first."""
    others = [each for each in shipped if not (is_shipped and each.name == name)]
    every = [(name, found, True), *((each.name, each.found, False) for each in others)]
    every.sort(key=lambda one: (one[1].scale.mid if one[1].scale else float("-inf"), not one[2]))
    title = "How large it is, among the shipped ones"
    drawn = [
        Whisker(
            label=f"{each} (this one)" if here else each,
            scale=damage.scale,
            figure=_lost(damage),
            here=here,
        )
        for each, damage, here in every
    ]
    rows = tuple(
        (f"{each} (this one)" if here else each, told_scale(damage.scale), _lost(damage), _most(damage))
        for each, damage, here in every
    )
    return Exhibit(
        id="scale",
        title=title,
        reading=f"Source-years of future take lost. {SCALE} The table leads to a comparison with each.",
        picture=whiskers(title, drawn),
        heads=("Incident", "Magnitude", "Source-years", "Mostly"),
        rows=rows,
        links=tuple("" if here else compare_address(each) for each, _, here in every),
    )


def _lost(found: Damage) -> str:
    return "none that can be told" if found.scale is None else told.years(found.taken)


def _most(found: Damage) -> str:
    return found.drivers[0][0] if found.drivers else ""


def tiers(found: Damage) -> Exhibit:
    """The three tiers."""
    losses: list[tuple[str, str, Span]] = [(name, what, getattr(found, name)) for name, what in told.TIERS.items()]
    title = "Three tiers"
    drawn = [Whisker(label=name, scale=magnitude(loss), figure=told.years(loss)) for name, _, loss in losses]
    return Exhibit(
        id="tiers",
        title=title,
        reading=f"In source-years; none is the harm that has happened. {SCALE}",
        picture=whiskers(title, drawn),
        heads=("Tier", "Source-years", "What it is"),
        rows=tuple((name, told.years(loss), what) for name, what, loss in losses),
    )


def made_of(found: Damage) -> Exhibit | None:
    """What the loss is made of."""
    if not found.drivers:
        return None
    title = "What the loss is made of"
    drawn = [Whisker(label=what, scale=magnitude(loss), figure=told.years(loss)) for what, loss in found.drivers]
    return Exhibit(
        id="parts",
        title=title,
        reading=f"Source-years of future take. {SCALE}",
        picture=whiskers(title, drawn),
        heads=("Part", "Source-years"),
        rows=tuple((what, told.years(loss)) for what, loss in found.drivers),
    )


def moved(found: Sequence[Moves]) -> Exhibit | None:
    """What would change it most."""
    if not found:
        return None
    return Exhibit(
        id="moves",
        title="What would change it most",
        reading="Look at these again before anybody argues about the total. Losses at the best point, in source-years.",
        picture=None,
        heads=("If it were otherwise", "From", "To"),
        rows=tuple((one.what, told.short(one.least), told.short(one.most)) for one in found),
    )


def past(found: Sequence[Stood]) -> Exhibit | None:
    """What was believed when."""
    if len(found) < 2:
        return None
    title = "What was believed when"
    drawn = [Whisker(label=one.on.isoformat(), scale=one.scale, figure=told.years(one.loss)) for one in found]
    return Exhibit(
        id="history",
        title=title,
        reading=f"Whoever decided on a day is judged by what was known on it. {SCALE}",
        picture=whiskers(title, drawn),
        heads=("Day", "Magnitude", "Source-years", "Became known"),
        rows=tuple(
            (one.on.isoformat(), told_scale(one.scale), told.years(one.loss), "; ".join(one.learnt) or "it happened")
            for one in found
        ),
        links=tuple(f"/incident?as_of={one.on.isoformat()}" for one in found),
    )
