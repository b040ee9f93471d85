"""The partner ledger: what happened with whom, and through whom."""

from typing import Final

from tearline.cases.format.parts import PARTIES, PARTY, record
from tearline.cases.scalars import Day, Flag, Judged, Name, Number, Text, Word
from tearline.cases.shapes import NEEDED, Field, Mapped
from tearline.domain import Axis, Dealing, Event, Scope, Severity

MOST_SHARES: Final = 10_000
"""Shares or uses in one entry."""

RATIO: Final = Number(0, 1e6)


SCOPE: Final = record(
    "scope",
    "Through whom, from the whole of a partner down to one topic. What is left out is not stated: any.",
    (
        Field("agency", Name(), "The service or office.", ""),
        Field("channel", Name(), "The officer, the link, the committee.", ""),
        Field("topic", Name(), "What it is about.", ""),
    ),
    Scope,
)

DEALING: Final = record(
    "dealing",
    "Something that happened with a partner, as evidence. What speaks for it counts only if somebody judged it.",
    (
        Field("with", PARTIES, "Whom. Several: one leak that any of them, or our own house, may be behind.", NEEDED),
        Field("on", Day(), "When.", NEEDED),
        Field("what", Word(Event), "What they did, or with `ours` we to them.", NEEDED),
        Field("count", Number(1, MOST_SHARES, whole=True), "How many shares or uses, all alike.", 1),
        Field("severity", Word(Severity), "Of a misuse.", otherwise="`grave-harm`"),
        Field(
            "times_likelier",
            RATIO,
            "How many times likelier what was seen is if they did it than if they did not; never how sure we are.",
            otherwise="it is certainly theirs",
        ),
        Field("points_at", Mapped(PARTY, RATIO), "The same by party, where there are several.", {}, "1 for each"),
        Field("through", SCOPE, "Through whom it went.", {}, "not stated: any"),
        Field(
            "noticed",
            Judged(),
            "How likely we would notice that one such share leaked; a number takes half its size as doubt.",
            otherwise="0.05 to 0.5",
        ),
        Field(
            "about", Word(Axis), "Which axis a promise was about.", otherwise="broken it counts on both, kept on none"
        ),
        Field("what_happened", Text(), "In words.", ""),
        Field("judged_by", Text(), "Who judged it.", "", "nobody, and then only what speaks against them counts"),
        Field("review", Day(), "From then on what speaks for them no longer counts unless it is judged again."),
        Field("retracted", Day(), "Taken back on that day: as if it had never been entered."),
        Field("ours", Flag(), "We did it, to them: it moves only how they may see us.", False),
    ),
    Dealing,
    with_="parties",
)
