"""What stands on a paper, whatever it is then written as.

Every text of a document is one line of characters that can be seen: line ends are spaces, and what turns writing
around or cannot be seen stands there by its number. So no text can pass for a line of the paper, and nothing
travels in it unseen.
"""

from __future__ import annotations

from enum import Enum

import attrs

from tearline.assess.submission import in_one_line
from tearline.markings.colours import Colour


class Paper(Enum):
    """The papers that there are."""

    TEARLINE = "tearline"
    SUBMISSION = "submission"
    CARD = "card"


def _line(text: str) -> str:
    return in_one_line(text)


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(in_one_line, texts))


def _pairs(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((in_one_line(name), in_one_line(value)) for name, value in pairs)


@attrs.frozen(kw_only=True)
class Sentence:
    """One sentence that goes, or is to be spoken.

    Attributes:
        mark: The mark before it; empty: it bears none.
        grade: How good its sources are and how credible it is, as in ``B2``; empty: not said here.
    """

    words: str = attrs.field(converter=_line)
    mark: str = attrs.field(default="", converter=_line)
    grade: str = attrs.field(default="", converter=_line)


@attrs.frozen(kw_only=True)
class Part:
    """One part of a paper; without a title it belongs to what stands before it.

    Attributes:
        sentences: Numbered on the paper from 1, in their order; no other name stands there.
        boxes: What must be ticked off.
    """

    title: str = attrs.field(default="", converter=_line)
    sentences: tuple[Sentence, ...] = ()
    points: tuple[str, ...] = attrs.field(default=(), converter=_lines)
    boxes: tuple[str, ...] = attrs.field(default=(), converter=_lines)


@attrs.frozen(kw_only=True)
class Document:
    """A paper.

    Attributes:
        leaves: Whether it may leave the house.
        banner: What stands at the top and the bottom of every page, the gravest first.
        colour: The colours of the banner; its words are always printed.
        heading: What stands above everything. Never on a paper that leaves does it come from the case.
        facts: From whom, to whom, when, under which reference.
        lead: What must be read if nothing else is.
        signatures: Who signs, and as what; an empty name is to be filled in.
    """

    paper: Paper
    leaves: bool
    banner: tuple[str, ...] = attrs.field(converter=_lines)
    colour: Colour = Colour.NEUTRAL
    heading: str = attrs.field(converter=_line)
    facts: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_pairs)
    lead: tuple[str, ...] = attrs.field(default=(), converter=_lines)
    parts: tuple[Part, ...] = ()
    signatures: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_pairs)

    @property
    def is_draft(self) -> bool:
        """Whether it says of itself that it has not been released."""
        return DRAFT in self.banner

    @property
    def name(self) -> str:
        """What kind of paper it is, in a word that is the same for every case."""
        return NAMES[self.paper]


DRAFT = "DRAFT: not released, not to be handed over"
"""What stands below the banner of a text that may go and has not gone."""

NAMES = {Paper.TEARLINE: "Report", Paper.SUBMISSION: "Submission", Paper.CARD: "Card"}
"""What a paper is called on itself and where a file's title is shown."""
