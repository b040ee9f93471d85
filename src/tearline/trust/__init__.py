"""How far a partner can be relied on, what it has given and got, and what to ask of it.

Trust has two axes that are never added up: that a partner passes nothing on (*handling*), and that it
harms nobody with what it gets (*use*). Each is a belief about which of two regimes the partner is in, kept
by a filter (:mod:`.regimes`) that falls fast and rises slowly because most leaks are never noticed. A word
in the case says where it starts; dealings on record move it (:mod:`.record`), scope by scope
(:mod:`.standing`). How they see us runs through the same filter, and so does good will
(:mod:`.goodwill`), which is for advice only.

What it does not know: penetration (a hostile service inside an honest partner), which is an edge of the
leak graph, and whether what was judged was judged well. Where a rate becomes an edge, see
:mod:`tearline.exposure.leak_graph`.
"""

from tearline.trust.handling import leak_chance, leak_rate
from tearline.trust.record import Measure
from tearline.trust.regimes import (
    BREACH,
    CLEAN,
    CLEAN_RECORD,
    UNSTATED,
    WORDS,
    Regimes,
    expected_leak_rate,
    follow,
    predict,
    update,
)
from tearline.trust.standing import Standing, course, earned, leak_chance_of, standing

__all__ = [
    "BREACH",
    "CLEAN",
    "CLEAN_RECORD",
    "UNSTATED",
    "WORDS",
    "Measure",
    "Regimes",
    "Standing",
    "course",
    "earned",
    "expected_leak_rate",
    "follow",
    "leak_chance",
    "leak_chance_of",
    "leak_rate",
    "predict",
    "standing",
    "update",
]
