"""Places in a report: only where the words around leave little doubt that a place is meant.

A name counts if it is capitalised, stands behind a word of place (`in`, `near`, `from`, ...) and beside no other
capitalised word, which would make it part of a longer name. What is left out is missed; what is proposed should
be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import attrs

from tearline.drafting.articles import a
from tearline.drafting.gazetteer import MOST_WORDS, Gazetteer, Place
from tearline.drafting.spans import GAP, Kind, Level, Proposal, Rung, Span, fitted

_NAME: Final = re.compile(
    r"(?<![\w'’-])[A-Z][\w'’]{1,30}(?:-[\w'’]{1,20}){0,3}(?:[ \n](?:(?:de|del|la|le|of|al|el|da|do|the)[ \n])?"
    r"[A-Z][\w'’]{1,30}(?:-[\w'’]{1,20}){0,3}){0,5}"
)
_SPLIT: Final = re.compile(r"[ \n]")
_POINTS: Final = (
    r"in|inside|within|at|into|to|towards|toward|through|via|across|throughout|from|near|outside|around|leaving|"
    r"reaching|reached|left|entered|entering|visited|visiting|between"
)
_BEFORE: Final = re.compile(
    rf"(?<![\w'’-])(?:(?P<far>(?:(?:about|some|around){GAP})?\d{{1,4}}{GAP}?(?:km|kilomet(?:re|er)s?|miles?){GAP})?"
    rf"(?P<direction>(?:just{GAP})?(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west){GAP})?"
    rf"(?P<of>of|from){GAP}|(?P<sort>(?:the|a){GAP}(?:port{GAP}city|city|town|port|village|capital){GAP}of{GAP})"
    rf"|(?P<point>{_POINTS}){GAP})(?P<the>the{GAP})?$",
    re.IGNORECASE,
)
_OF_PART: Final = re.compile(
    rf"(?:outskirts|suburbs?|centre|center|streets|people|inhabitants|residents|edge|district|parts?|direction){GAP}$",
    re.IGNORECASE,
)
_LEAD_IN: Final = re.compile(rf"(?<![\w'’-])(?:{_POINTS}|of){GAP}$", re.IGNORECASE)
_ALREADY: Final = re.compile(rf"\b(?:northern|southern|eastern|western|central|greater|downtown|northeastern|"
                             rf"northwestern|southeastern|southwestern){GAP}$", re.IGNORECASE)  # fmt: skip
_IN_COUNTRY: Final = re.compile(r",[ \n](?:the )?(?P<name>[A-Z]\w{2,25}(?: [A-Z]\w{2,25}){0,2})(?P<comma>,?)")
_LONGER: Final = re.compile(
    r"[ \n](?:region|area|province|district|suburbs?|summit|conference|talks|agreement|airport|station|office|police|"
    r"governorate|neighbou?rhood|branch|embassy|time|university|base|front|border|process|plot|attacks?)(?!\w)"
)
_NEXT: Final = re.compile(r"(?:[ \n]|-)(\w)|['’]")

ORDINARY: Final = frozenset(
    [
        "Bar",
        "Bath",
        "Best",
        "Same",
        "Most",
        "Split",
        "Nice",
        "Mobile",
        "Reading",
        "Of",
        "Man",
        "Date",
        "Police",
        "March",
        "May",
        "August",
        "Male",
        "Love",
        "University",
        "Orange",
        "Central",
        "Union",
        "Hope",
        "Liberty",
        "Independence",
        "Justice",
        "Commerce",
        "Enterprise",
        "Paradise",
        "Progress",
        "Normal",
        "Sandy",
        "Deal",
        "Sale",
        "Rugby",
        "Wells",
        "Ham",
        "Well",
        "Street",
        "Battle",
        "Barking",
        "Ware",
        "March",
        "Rice",
        "Ball",
        "Time",
        "Asia",
        "Europe",
        "Africa",
        "America",
        "English",
        "Spring",
        "Summit",
        "Ministry",
        "Parliament",
        "Government",
        "Church",
        "House",
        "Station",
        "Ash",
        "Bay",
        "Lake",
        "Hill",
        "Park",
        "Green",
        "Much",
        "Along",
        "Bo",
        "Ii",
        "Ho",
        "Men",
        "As",
        "Is",
        "Opportunity",
        "Delta",
        "Alliance",
        "Defiance",
        "Concord",
        "Florence",
        "Victoria",
        "Charlotte",
        "Santiago",
        "Christian",
        "Paris",
        "Sidney",
        "Lincoln",
        "Washington",
        "Jackson",
        "Jefferson",
        "Franklin",
        "Clinton",
        "Madison",
        "Monroe",
        "Moses",
        "Nelson",
        "Diego",
        "Jose",
        "George",
        "Vincent",
        "Martin",
        "Marks",
        "Commander",
        "Commission",
        "Council",
        "Crown",
        "General",
        "Imperial",
        "Major",
        "Metro",
        "Natal",
        "Northern",
        "Southern",
        "Phoenix",
        "Prince",
        "Royal",
        "San",
        "Santa",
        "Saint",
        "Sur",
        "Norte",
        "Centro",
        "Villa",
        "Ville",
    ]
)
"""Names of places that are words or names of persons too: they count only behind `in` or `near`, or with a country."""

_STRONG: Final = frozenset(("in", "near", "at", "inside", "outside"))
_NEVER: Final = frozenset(
    [
        "Of",
        "Date",
        "As",
        "Is",
        "Most",
        "Same",
        "Best",
        "Much",
        "Along",
        "May",
        "March",
        "August",
        "Police",
        "Men",
        "University",
        "Union",
        "Government",
        "Ministry",
        "Parliament",
        "Central",
        "Christian",
        "General",
        "Major",
        "Commander",
        "Commission",
        "Council",
        "Time",
        "English",
        "Man",
        "Bar",
        "Asia",
        "Europe",
        "Africa",
        "America",
        "Love",
        "Justice",
    ]
)
_OPENS: Final = frozenset(_POINTS.split("|")) | {"the", "about", "north", "south", "east", "west"}
_ROW: Final = re.compile(
    r"(?:,[ \n][A-Z]\w{2,20}(?:[ -][A-Z]\w{1,20}){0,2}){0,4},?[ \n](?:and|or)[ \n](?:in[ \n])?"
    r"[A-Z]\w{2,20}(?:[ -][A-Z]\w{1,20}){0,2}"
)
_IN_ROW: Final = re.compile(r"[A-Z]\w{2,20}(?:[ -][A-Z]\w{1,20}){0,2}")
_LOOSE: Final = frozenset(["near", "outside", "around", "of"])
"""What lies near a place may lie beyond the borders of what contains the place."""


@attrs.frozen(kw_only=True)
class _Named:
    """A place in the text.

    Attributes:
        name: Where its name stands, with a country or state behind a comma.
        start: Where the phrase begins that is replaced, with the word of place.
        point: That word; `of` for distances and directions.
        sort: `city`, `port` ... where the text says `the city of`.
    """

    place: Place
    name: Span
    start: int
    point: str
    sort: str
    taken: str


def places(text: str, gazetteer: Gazetteer) -> Iterator[Proposal]:
    """A ladder for each place of ``text`` that is surely meant as one."""
    for found in _NAME.finditer(text):
        if named := _named(text, found, gazetteer):
            yield from _ladder(text, named)


def _named(text: str, found: re.Match[str], gazetteer: Gazetteer) -> _Named | None:
    words = _SPLIT.split(found[0])
    begin = found.start()
    while len(words) > 1 and words[0].lower() in _OPENS:
        begin += len(words.pop(0)) + 1
    if len(words) > MOST_WORDS or text[found.end() - 2 : found.end()] in ("'s", "’s"):
        return None
    name = " ".join(words)
    if name in _NEVER or not gazetteer.places(name):
        return None
    after = _NEXT.match(text, found.end())
    if after and (after[1] is None or after[1].isupper() or after[1].isdigit() or text[found.end()] == "-"):
        return None
    if _LONGER.match(text, found.end()):
        return None
    before = text[max(0, begin - 60) : begin]
    lead = _BEFORE.search(before)
    if lead is None or _ALREADY.search(before):
        return None
    point, sort = _point(before, lead)
    inside = _IN_COUNTRY.match(text, found.end(), found.end() + 80)
    place, end, taken = _which(gazetteer, name, inside, found.end())
    if end == found.end() and (row := _ROW.match(text, end)):
        whole = _all_of(gazetteer, place, row)
        if whole is None or text[row.end() + 1 : row.end() + 2].isupper():
            return None
        place, end = whole, row.end()
    if not point or (name in ORDINARY and point.lower() not in _STRONG and end == found.end() and not sort):
        return None
    if not place.is_country and lead["the"]:
        return None
    return _Named(
        place=place,
        name=Span(begin, end),
        start=begin - len(before) + lead.start(),
        point=point,
        sort=sort,
        taken=taken,
    )


def _point(before: str, lead: re.Match[str]) -> tuple[str, str]:
    """The word of place that governs a name, and the sort of place that the text calls it; ``("", "")``: none."""
    if lead["sort"]:
        sort = " ".join(lead["sort"].lower().removeprefix("the ").removeprefix("a ").split()).removesuffix(" of")
        return ("in" if _LEAD_IN.search(before[: lead.start()]) else "the"), sort
    if lead["of"]:
        if lead["far"] or lead["direction"]:
            return "of", ""
        if lead["of"].lower() == "from":
            return "from", ""
        return ("part", "") if _OF_PART.search(before[: lead.start()]) else ("", "")
    return lead["point"], ""


def _all_of(gazetteer: Gazetteer, first: Place, row: re.Match[str]) -> Place | None:
    """Several places as one that stands for all: in the same area, and of the same sort; ``None``: there is none."""
    for name in _IN_ROW.findall(row[0]):
        found = gazetteer.places(name)
        other = next((one for one in found if one.is_country == first.is_country and one.region == first.region), None)
        if name in _NEVER or other is None or (not first.is_country and other.country != first.country):
            return None
        if other.part != first.part:
            first = attrs.evolve(first, part="")
    return attrs.evolve(first, name="several", people=0)


def _which(gazetteer: Gazetteer, name: str, inside: re.Match[str] | None, end: int) -> tuple[Place, int, str]:
    """The place that is meant, where the words for it end, and how it was taken if there was a choice."""
    if inside and (place := gazetteer.in_part(name, inside["name"])):
        return place, inside.end("name"), ""
    place, *others = gazetteer.places(name)
    if place.is_country or not any(other.country != place.country or other.part != place.part for other in others):
        return place, end, ""
    return place, end, f"`{name}` is taken to be the one in {place.part or place.country}"


def _ladder(text: str, named: _Named) -> Iterator[Proposal]:
    place = named.place
    chain = place.chain
    if not chain:
        return
    start = named.name.start if named.point == "part" else named.start
    rungs = []
    for at, area in enumerate(chain):
        words = _words(named, area, at)
        if words is None:
            continue
        depth = at if not place.is_country and len(chain) == 3 else at + 1 if not place.is_country else 3
        level = (Level.CLOSE, Level.WIDER, Level.FAINT)[min(depth, 2)]
        rungs.append(
            Rung(
                level=level,
                words=(fitted(text, start, words),),
                why=f"the place is {'somewhere in ' if at else ''}{area}",
                within=chain[at:],
            )
        )
    if rungs:
        yield Proposal(
            kind=Kind.PLACE,
            specific=_specific(named.name.of(text)),
            spans=(Span(start, named.name.end),),
            rungs=tuple(rungs),
            taken=named.taken,
        )


def _specific(words: str) -> str:
    """The name, without the country behind it."""
    return words if " and " in words or " or " in words else words.split(",")[0]


def _words(named: _Named, area: str, at: int) -> str | None:
    place = named.place
    if named.sort and place.name != "several":
        return f"{a(named.sort.replace('capital', 'city'))} in {area}"
    if named.point == "part" and place.name != "several":
        return f"{a(place.sort)} in {area}"
    point = named.point.lower()
    several = place.name == "several"
    if place.is_country:
        if point in _LOOSE:
            return f"in or near {area}"
        return f"{named.point} {'countries' if several else 'a country'} in {area}"
    if several and (named.sort or point == "part"):
        return None
    if point in _LOOSE:
        return f"in or near {area}"
    if point in ("at", "in", "inside", "within", "throughout", "across"):
        return f"in {area}"
    if point in ("left", "leaving", "entered", "entering", "visited", "visiting", "reached", "reaching", "between"):
        return None if point == "between" else f"{named.point} {a(place.sort)} in {area}"
    return f"{named.point} {area}" if point not in ("through", "via") else f"{named.point} {a(place.sort)} in {area}"
