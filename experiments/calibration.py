"""Is what Tearline reports true? Ten thousand worlds drawn from a seed, and the real lists.

Run ``python -m experiments.calibration`` (about three minutes; the real lists are read where
``TEARLINE_DATA`` says). It rewrites the tables of ``docs/explanation/calibration.md``, between their
marks, and the figure beside it; the words of that page are written by hand.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations
from pathlib import Path
from typing import Final

import numpy as np

from experiments.figures import Panel, reliability_diagram
from experiments.who_knew import load
from tearline.exposure.account import suspicion
from tearline.exposure.envelope import Floats, upper
from tearline.exposure.history import held, in_order
from tearline.exposure.situation import settings
from tearline.sim.calibration import (
    BINS,
    Bin,
    Guesser,
    Quantity,
    Trial,
    bend,
    column,
    joined,
    reliability,
    report,
    right_about,
    trial,
)
from tearline.sim.gatekeeper import gated, worth
from tearline.sim.lists import from_lists
from tearline.sim.organisations import WhoKnew, bureau, post_room
from tearline.sim.traffic import HOSTILE, World, worlds
from tearline.sim.truth import DRAWN, INSIDE, Truth

SEED: Final = 1985
EACH: Final = 2_500
"""Worlds around each generated organisation."""

REAL_EACH: Final = 1_000
DOOR: Final = 300
WORKERS: Final = 2
CLOSEST: Final = 8
SIXTHS: Final = 6
CHECKED: Final = 60
"""So many worlds of each organisation a test draws again."""

HOUSES: Final[Mapping[str, Callable[[], WhoKnew]]] = {
    "bureau of 200": lambda: bureau(200, 600),
    "bureau of 600": bureau,
    "post room of 200": lambda: post_room(200, 2_000),
    "post room of 600": post_room,
}
REAL: Final = {"email-Eu": "mailings", "FRUS": "conversations", "Congress": "committees"}
REAL_TRUTHS: Final = (Truth.MODEL, Truth.WORST, Truth.NO_LINE)

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "calibration.md"
FIGURE: Final = PAGE.parent / "figures" / "reliability.svg"

ABOUT: Final[Mapping[Truth, str]] = {
    Truth.MODEL: "inside the intervals, the best point as mean",
    Truth.EDGES: "every grade at its lower or its upper edge, by lot",
    Truth.WORST: "the worst inside: the most exposed group high, all others low, luck at its worst",
    Truth.APART: "as modelled, but members of a group differ from each other",
    Truth.MIXED: "every grade twice or half as high, by lot",
    Truth.TWICE: "every grade twice as high",
    Truth.HALF: "every grade half as high",
    Truth.SHARPER: "those near twice as high, all others half",
    Truth.FLATTER: "those near half as high, all others twice",
    Truth.NO_LINE: "as modelled, but no line is read, and the reader knows",
    Truth.ALONE: "the worst inside, with one member of that group high and its others low too",
    Truth.BEYOND: "the worst inside, and every grade off by two beyond it",
}


def main() -> None:
    """Draw, try, and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--each", type=int, default=EACH, help="worlds around each generated organisation")
    parser.add_argument("--only", nargs="*", default=[*OF_ALL, *OTHERS], help="the tables to write; default: all")
    asked = parser.parse_args()
    started = time.perf_counter()
    tables = {name: OTHERS[name](sys.stderr.write) for name in asked.only if name in OTHERS}
    if any(name in OF_ALL for name in asked.only):
        with ProcessPoolExecutor(WORKERS) as workers:
            everything = joined(list(workers.map(generated, HOUSES, [asked.each] * len(HOUSES))))
        tables |= {name: OF_ALL[name](everything) for name in asked.only if name in OF_ALL}
        FIGURE.parent.mkdir(exist_ok=True)
        FIGURE.write_text(figure(everything), encoding="utf-8")
    write(tables)
    sys.stderr.write(f"done, {time.perf_counter() - started:.0f} s\n")


def generated(name: str, count: int) -> Trial:
    """Every truth in so many worlds around one of :data:`HOUSES`."""
    return trial(worlds(HOUSES[name](), count, SEED), SEED)


def figure(tried: Trial) -> str:
    """The reliability diagram of all worlds."""
    titles = {
        Quantity.TOP: "one person: the first guess",
        Quantity.TRIES: "three guesses",
        Quantity.CELL: "the organisation",
    }
    panels = [
        Panel(
            title=titles[quantity],
            reported=_bins(tried, tried.reported, Truth.MODEL, Guesser.KNOWS, quantity),
            worst=_bins(tried, tried.reported, Truth.WORST, Guesser.KNOWS, quantity),
            point=_bins(tried, tried.point, Truth.MODEL, Guesser.BEST, quantity),
        )
        for quantity in Quantity
    ]
    title = f"What was reported, and how often readers were right: {len(tried.reported):,} worlds"
    return reliability_diagram(panels, title)


def _bins(tried: Trial, figures: Floats, truth: Truth, guesser: Guesser, quantity: Quantity) -> tuple[Bin, ...]:
    return reliability(column(figures, quantity), right_about(tried, truth, guesser, quantity))


def deciles(tried: Trial) -> str:
    """What was reported and achieved in each decile, and what the difference is made of."""
    rows = []
    for quantity in Quantity:
        bins = _bins(tried, tried.reported, Truth.MODEL, Guesser.KNOWS, quantity)
        boxes = _means(tried.reported, tried.box, quantity)
        middles = _means(tried.reported, tried.point, quantity)
        for number, (each, box, middle) in enumerate(zip(bins, boxes, middles, strict=True), start=1):
            rows.append(
                [
                    quantity.value if number == 1 else "",
                    str(number),
                    _share(each.reported),
                    f"{_share(each.achieved)} [{_share(each.low)}, {_share(each.high)}]",
                    f"{each.chance:.3f}",
                    _signed(each.excess),
                    _signed(each.reported - box),
                    _signed(box - middle),
                    _signed(middle - each.achieved),
                ]
            )
    head = ["", "decile", "reported", "achieved [95 %]", "p", "excess", "sweep", "intervals", "rest"]
    return _table(head, rows)


def _means(reported: Floats, other: Floats, quantity: Quantity) -> list[float]:
    """The mean of another figure in each decile of what was reported."""
    by, values = column(reported, quantity), column(other, quantity)
    there = np.isfinite(by)
    order = np.argsort(by[there], kind="stable")
    return [float(values[there][some].mean()) for some in np.array_split(order, BINS)]


def points(tried: Trial) -> str:
    """The best points against a reader who goes by them."""
    rows = []
    for quantity in Quantity:
        for number, each in enumerate(_bins(tried, tried.point, Truth.MODEL, Guesser.BEST, quantity), start=1):
            rows.append(
                [
                    quantity.value if number == 1 else "",
                    str(number),
                    _share(each.reported),
                    f"{_share(each.achieved)} [{_share(each.low)}, {_share(each.high)}]",
                    "yes" if each.covers else "**no**",
                ]
            )
    return _table(["", "decile", "best point", "achieved [95 %]", "inside"], rows)


def truths(tried: Trial) -> str:
    """How far the promise bends if the truth lies elsewhere."""
    rows = []
    for truth in DRAWN:
        row = [ABOUT[truth], "inside" if truth in INSIDE else "outside"]
        for quantity in Quantity:
            achieved = float(np.nanmean(right_about(tried, truth, Guesser.KNOWS, quantity)))
            most, worlds_beyond = _bend(tried, truth, quantity)
            row += [_share(achieved), _signed(most), f"{worlds_beyond:.1%}"]
        rows.append(row)
    said = [_share(float(np.nanmean(column(tried.reported, quantity)))) for quantity in Quantity]
    heads = [
        head
        for quantity, mean in zip(Quantity, said, strict=True)
        for head in (f"{quantity.value}: achieved (reported {mean})", "most beyond", "worlds beyond")
    ]
    return _table(["the truth", "the intervals", *heads], rows)


def _bend(tried: Trial, truth: Truth, quantity: Quantity) -> tuple[float, float]:
    return bend(column(tried.reported, quantity), column(tried.chance[truth], quantity))


def guessers(tried: Trial) -> str:
    """How often each reader was right."""
    persons = (Quantity.TOP, Quantity.TRIES)
    rows = [
        [who.value, *(_share(float(right_about(tried, Truth.MODEL, who, quantity).mean())) for quantity in persons)]
        for who in Guesser
    ]
    means = [_share(float(column(tried.reported, quantity).mean())) for quantity in persons]
    return _table(["the reader", "first guess", "three guesses"], [*rows, ["*reported*", *means]])


def real(say: Callable[[str], object]) -> str:
    """The same around real organisations: first guesses."""
    rows = []
    for name, place in REAL.items():
        try:
            who = load(place)
        except FileNotFoundError as missing:
            say(f"left out {name}: {missing}\n")
            continue
        drawn = trial(worlds(who, REAL_EACH, SEED), SEED, REAL_TRUTHS)
        listed = from_lists(who, REAL_EACH, SEED)
        for truth, tried in (*((truth, drawn) for truth in REAL_TRUTHS), (Truth.LISTS, listed)):
            listed_only = truth is Truth.LISTS
            guesser = Guesser.BEST if listed_only else Guesser.KNOWS
            bins = _bins(tried, tried.reported, truth, guesser, Quantity.TOP)
            most = max(0.0, *(-each.excess for each in bins))
            most, beyond = (most, math.nan) if listed_only else _bend(tried, truth, Quantity.TOP)
            rows.append(
                [
                    name if truth is Truth.MODEL else "",
                    truth.value,
                    _share(float(column(tried.reported, Quantity.TOP).mean())),
                    _share(float(np.mean([each.achieved for each in bins]))),
                    _signed(most),
                    str(sum(each.under_reported for each in bins)),
                    "" if listed_only else f"{beyond:.1%}",
                ]
            )
        say(f"{name} done\n")
    head = [
        "organisation",
        "the truth",
        "reported",
        "achieved",
        "most beyond",
        "deciles under-reported",
        "worlds beyond",
    ]
    return _table(head, rows)


def door(say: Callable[[str], object]) -> str:
    """The same series with Tearline at the door, and without."""
    who = bureau()
    before = worlds(who, DOOR, SEED + 1)
    after = [found for world in before if (found := gated(world)) is not None]
    say("series with Tearline at the door done\n")
    rows = []
    for name, drawn in (("everything as it was told", before), ("Tearline at the door", after)):
        tried = trial(drawn, SEED, (Truth.MODEL, Truth.WORST))
        rows.append(
            [
                name,
                f"{sum(worth(world.case) for world in drawn) / len(before):.1f}",
                _share(float(column(tried.reported, Quantity.TOP).max())),
                *(
                    _share(float(right_about(tried, truth, Guesser.KNOWS, quantity).sum() / len(before)))
                    for truth in (Truth.MODEL, Truth.WORST)
                    for quantity in (Quantity.TOP, Quantity.TRIES)
                ),
            ]
        )
    head = ["", "value", "largest report", "first guess", "three", "first guess, worst inside", "three, worst inside"]
    return _table(head, rows)


def at_once(say: Callable[[str], object]) -> str:
    """How much of the three largest upper edges can be reached together."""
    rows = []
    for name in ("bureau of 200", "post room of 200"):
        rows += [(report(world).reported[1], together(world)) for world in worlds(HOUSES[name](), CHECKED, SEED)]
        say(f"edges reached together, {name}, done\n")
    reported, reached = np.array(sorted(rows)).T
    cells = [
        [_share(float(some.mean())) for some in np.array_split(figures, SIXTHS)] for figures in (reported, reached)
    ]
    head = ["", *(f"sixth {number}" for number in range(1, SIXTHS + 1))]
    return _table(head, [["reported", *cells[0]], ["can be reached together", *cells[1]]])


def together(world: World) -> float:
    """The largest upper belief that it is one of three persons, exact for the :data:`CLOSEST` most exposed groups."""
    found = 0.0
    for setting in settings(world.case, HOSTILE, held(world.case, in_order(world.case)), ()):
        edges, count = suspicion(setting.world, setting.before).hi, setting.world.count
        near = [int(group) for group in np.argsort(-edges) if setting.world.person[group]][:CLOSEST]
        pool = [group for group in near for _ in range(min(3, int(count[group])))]
        through = np.array([[g.via.get(h.id, 0.0) for h in setting.mind.groups] for g in setting.mind.groups])
        for three in dict.fromkeys(combinations(pool, 3)):
            weight = np.zeros(len(count))
            for group in three:
                weight += through[:, group] / count[group]
                weight[group] += 1 / count[group]
            found = max(found, upper(weight, setting.before.lo, setting.before.hi))
    return found


def check(say: Callable[[str], object]) -> str:
    """Figures of a few worlds, which a test draws again."""
    rows = []
    for name, make in HOUSES.items():
        tried = trial(worlds(make(), CHECKED, SEED), SEED, (Truth.MODEL,))
        top = column(tried.reported, Quantity.TOP)
        hits = right_about(tried, Truth.MODEL, Guesser.KNOWS, Quantity.TRIES)
        middle = column(tried.point, Quantity.TOP)
        rows.append([name, f"{top.mean():.4f}", f"{top.max():.4f}", f"{middle.mean():.4f}", str(int(hits.sum()))])
    say("figures for the test done\n")
    return _table(["organisation", "mean report", "largest report", "mean best point", "found by three guesses"], rows)


OF_ALL: Final[Mapping[str, Callable[[Trial], str]]] = {
    "deciles": deciles,
    "points": points,
    "truths": truths,
    "guessers": guessers,
}
"""Tables of all generated worlds together."""

OTHERS: Final[Mapping[str, Callable[[Callable[[str], object]], str]]] = {
    "real": real,
    "door": door,
    "together": at_once,
    "check": check,
}


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def _share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0") if value < 1 else f"{value:.2f}"


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("0.", ".", 1) if abs(value) >= 0.0005 else "0"


MARK: Final = "<!-- {name}: written by python -m experiments.calibration -->"
END: Final = "<!-- end -->"


def write(tables: Mapping[str, str]) -> None:
    """Put every table between its marks on the page."""
    page = PAGE.read_text("utf-8")
    for name, table in tables.items():
        if table.count("\n") > 1:
            page = placed(page, name, table)
    PAGE.write_text(page, encoding="utf-8")


def placed(page: str, name: str, table: str) -> str:
    """The page with one table exchanged.

    Raises:
        ValueError: The page has no such mark.
    """
    start = MARK.format(name=name)
    found, times = re.subn(
        f"{re.escape(start)}.*?{re.escape(END)}", lambda _: f"{start}\n{table}\n{END}", page, flags=re.DOTALL
    )
    if times != 1:
        raise ValueError(f"the page has {times} places for the table `{name}`")
    return found


if __name__ == "__main__":
    main()
