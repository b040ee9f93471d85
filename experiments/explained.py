"""The figures of the page that explains the mathematics: worked by the engine, drawn as SVG.

python -m experiments.explained     writes docs/explanation/figures/time-and-cover.svg
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from experiments.figures import Bars, bar_chart
from tearline.domain import (
    Case,
    Claim,
    ClaimId,
    Cover,
    Days,
    Group,
    GroupId,
    GroupKind,
    Interval,
    Party,
    PartyId,
    Proposal,
    Reader,
    Spread,
    Version,
    VersionId,
)
from tearline.exposure.account import suspicion
from tearline.exposure.likelihood import also
from tearline.exposure.situation import settings

FIGURE: Final = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "figures" / "time-and-cover.svg"

X: Final = PartyId("X")
DAY: Final = dt.date(2026, 11, 20)
TOLD: Final = VersionId("told")
SURE, BARELY = Interval.exactly(1.0), Interval.exactly(0.01)

CIRCLES: Final = {"first": (3, 0), "second": (5, 1), "third": (32, 2), "many": (360, 7), "rest": (100, None)}
"""Who comes to know it: how many, and after how many days."""

OFFICIALS: Final = {
    "a1": (1, 1, 1),
    "a2": (1, 0.8, 0.1),
    "b1": (1, 0.4, 0.01),
    "b2": (0.4, 0.4, 0.4),
    "c1": (0.1, 0.01, 1),
    "d1": (0.01, 0.01, 0.01),
    "elsewhere": (0.8, 0.1, 0.01),
}
"""How well placed six officials and an innocent explanation were for three claims."""


def waiting(days: int) -> Case:
    """500 persons, told so many days after it happened."""
    later = tuple(
        Spread(on=Days.exactly(DAY + dt.timedelta(days=after)), known={GroupId(group): SURE})
        for group, (_, after) in CIRCLES.items()
        if after
    )
    known = {GroupId(group): SURE if after == 0 else BARELY for group, (_, after) in CIRCLES.items()}
    version = Version(id=TOLD, text="It was decided.", value=1.0, known=known, later=later)
    groups = tuple(Group(id=GroupId(group), count=count) for group, (count, _) in CIRCLES.items())
    return _case((Claim(id=ClaimId("it"), versions=(version,)),), groups, on=DAY + dt.timedelta(days=days))


def covered(claims: tuple[int, ...], credence: float = 1.0) -> Case:
    """Three claims about six officials; a true event makes luck a better explanation of some of them."""
    told = tuple(
        Claim(
            id=ClaimId(f"c{place}"),
            versions=(
                Version(
                    id=TOLD,
                    text=f"claim {place}",
                    value=1.0,
                    known={GroupId(who): Interval.exactly(float(row[place])) for who, row in OFFICIALS.items()},
                ),
            ),
        )
        for place in range(3)
    )
    luck = Group(id=GroupId("elsewhere"), kind=GroupKind.OTHER, weight=0.2)
    groups = (*(Group(id=GroupId(who)) for who in OFFICIALS if who != luck.id), luck)
    cover = Cover(
        claims=tuple(told[place].id for place in claims),
        version=TOLD,
        makes={luck.id: Interval.exactly(0.5)},
        what="a flight that was flown",
        evidence="flight log",
        seen_by=(X,),
        on=DAY,
        credence=credence,
    )
    return _case(told, groups, on=DAY, cover=(cover,) if claims else ())


def _case(claims: tuple[Claim, ...], groups: tuple[Group, ...], on: dt.date, cover: tuple[Cover, ...] = ()) -> Case:
    return Case(
        title="a worked example",
        us=PartyId("A"),
        as_of=on,
        parties=(Party(id=PartyId("A")), Party(id=X, hostile=True)),
        readers=(Reader(id=X, groups=groups),),
        claims=claims,
        cover=cover,
        proposal=Proposal(to=X, claims=dict.fromkeys(claim.id for claim in claims)),
    )


def most_suspected(case: Case) -> float:
    """The belief in the most suspected person once everything was told, at the best point."""
    every = settings(case, X, also(case, {}, [(claim.id, 0) for claim in case.claims]), ())
    (setting,) = [setting for setting in every if setting.prior.written]
    return float(suspicion(setting.world, setting.before).mid.max())


def figure() -> str:
    """Both charts as one SVG."""
    after = [("at once", 0), ("after a day", 1), ("after two days", 2), ("after a week", 7)]
    stories: list[tuple[str, tuple[int, ...], float]] = [
        ("no cover", (), 1.0),
        ("of the third claim alone", (2,), 1.0),
        ("of all, half believed", (0, 1, 2), 0.5),
        ("of all, believed at .9", (0, 1, 2), 0.9),
        ("of all, believed", (0, 1, 2), 1.0),
    ]
    charts = (
        Bars(
            title="Waiting: belief in the most suspected of 500 people",
            bars=[(words, most_suspected(waiting(days))) for words, days in after],
        ),
        Bars(
            title="Cover: belief in the most suspected of six officials",
            bars=[(words, most_suspected(covered(claims, credence))) for words, claims, credence in stories],
        ),
    )
    return bar_chart(charts, "what waiting and cover do to the most suspected person")


if __name__ == "__main__":
    FIGURE.write_text(figure(), encoding="utf-8")
