"""The paper that stays in the house: the submission, for whoever decides."""

from __future__ import annotations

import datetime as dt
from itertools import zip_longest

from tearline.assess.answer import Assessment
from tearline.assess.marked import not_known
from tearline.assess.submission import Section
from tearline.assess.submission import submission as page
from tearline.assess.telling import day
from tearline.paper.document import NAMES, Document, Paper, Part, Sentence

HOUSE_ONLY = "INTERNAL: STAYS IN THE HOUSE"
WHY = "It names whoever has a stake"
"""Why it stays, below the banner of every page."""


def submission(found: Assessment, *, on: dt.date | None = None) -> Document:
    """The submission of an answer, with every point of it; free text is as long as on the page for a terminal.

    Args:
        on: The date that it bears; by default the day of the case.
    """
    made = page(found)
    date = on or made.date
    return Document(
        paper=Paper.SUBMISSION,
        leaves=False,
        banner=(HOUSE_ONLY, WHY, *_marked(found)),
        heading=made.title or NAMES[Paper.SUBMISSION],
        facts=(*((("Date", day(date)),) if date else ()), ("Handling", "internal, not to leave the house")),
        lead=(f"{made.verdict[0]}. {made.verdict[1]}", *(f"Because: {why}" for why in made.why)),
        parts=tuple(map(_part, made.sections)),
        signatures=made.signatures,
    )


def _marked(found: Assessment) -> tuple[str, ...]:
    """How the words on it are marked: the paper is no less."""
    banner = found.banner
    if banner is None:
        return ()
    if banner.unmarked or banner.written is None:
        return (not_known(banner),)
    return (f"It holds words marked {banner.written.banner}",)


def _part(section: Section) -> Part:
    return Part(
        title=section.title,
        sentences=tuple(
            Sentence(words=words, mark=mark) for words, mark in zip_longest(section.quoted, section.marks, fillvalue="")
        ),
        points=section.points,
        boxes=section.boxes,
    )
