"""One small incident about the small case, to be changed where a test needs it otherwise."""

import datetime as dt
from typing import Any

import attrs

from small_case import small_case
from tearline.domain import Case, Claim, Interval, LeakPath, Passage, Reliability, Version, access
from tearline.domain.incidents import Account, Incident, IncidentKind, Motive, Rank, Stake, Witness

DAY = dt.date(2026, 11, 19)


def place_claim() -> Claim:
    """A second claim: where they meet, as exact as it gets or only the town."""
    near = {"insiders": access("informed"), "staff": access("rumour")}
    far = {"insiders": access("informed"), "staff": access("near"), "elsewhere": access("rumour")}
    exact = Version(id="house", text="They meet in the house by the river.", value=8.0, known=near)
    vague = Version(id="town", text="They meet in the town.", value=3.0, known=far)
    return Claim(id="place", sources=("s",), persons=(), versions=(exact, vague))


def a_case(**changes: Any) -> Case:
    """The small case with a second claim, where B is read by X one time in five."""
    case = small_case()
    path = LeakPath(giver="B", to="X", how=Passage.PENETRATION, probability=Interval(0.1, 0.2, 0.3))
    return attrs.evolve(case, claims=(*case.claims, place_claim()), leak_paths=(path,), **changes)


def account(id_: str = "witness", **changes: Any) -> Account:
    """An account: that the meeting was told exactly."""
    told = Account(id=id_, by="a visitor", says={"meeting": {"exact": 1.0}}, reliability=Reliability.C)
    return attrs.evolve(told, **changes)


def an_incident(**changes: Any) -> Incident:
    """Somebody spoke to B of the meeting; keyword arguments replace whole parts of it."""
    incident = Incident(
        title="A word too much",
        kind=IncidentKind.OFF_SCRIPT,
        on=DAY,
        case="small",
        hearers=("B",),
        briefed={"meeting": "exact"},
        accounts=(account(), account("denial", says={}, denies={"meeting": "exact"}, motive=Motive.PLAY_DOWN)),
        sources={"s": Stake(worth=Rank.USEFUL, years=(2.0, 4.0))},
        witnesses=(Witness(whom="note-taker", about="meeting", reliability=Reliability.B),),
    )
    return attrs.evolve(incident, **changes)


def a_theft(**changes: Any) -> Incident:
    """Somebody carried both claims off; X may have read them."""
    taken = {"meeting": Interval(0.5, 0.7, 0.9), "place": Interval(0.2, 0.4, 0.6)}
    briefed = {"meeting": "exact", "place": "house"}
    stolen = an_incident(
        kind=IncidentKind.THEFT, hearers=("X",), briefed=briefed, taken=taken, seen=Interval(0.2, 0.5, 0.8), accounts=()
    )
    return attrs.evolve(stolen, **changes)
