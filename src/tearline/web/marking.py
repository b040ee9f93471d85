"""The marks of a text as a page shows them: the banner, a mark before each sentence, and why it reads so."""

from __future__ import annotations

import attrs

from tearline.assess.answer import Text
from tearline.assess.marked import UNMARKED, cautions, not_known
from tearline.domain import Case, Claim, VersionId
from tearline.markings.colours import Colour
from tearline.policy.marks import Banner, mark_of


@attrs.frozen(kw_only=True)
class Marks:
    """How a text is marked as a whole, why, and what is to be known besides.

    Attributes:
        colour: The colour of the banner, as a class of the style sheet.
    """

    system: str
    banner: str
    colour: str
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]


def marks(found: Banner | None) -> Marks | None:
    """The banner of a text; ``None`` where the case says no system, or nothing is said."""
    if found is None:
        return None
    known = found.written if found.written and not found.unmarked else None
    return Marks(
        system=found.title,
        banner=known.banner if known else not_known(found),
        colour=class_of(known.colour if known else Colour.NEUTRAL),
        reasons=found.reasons,
        cautions=cautions(found),
    )


def class_of(colour: Colour) -> str:
    """What a colour is called in the style sheet."""
    return f"in-{colour.name.lower().replace('_', '-')}"


def marked_words(case: Case, text: Text, found: Banner | None) -> tuple[tuple[str, str], ...]:
    """Every sentence after its mark: as its system writes it, as it stands where there is none, or empty."""
    written = {} if found is None else {portion.claim: portion.mark or UNMARKED for portion in found.portions}
    return tuple(
        (written.get(c) or as_written(case.claim(c), v), case.claim(c).version(v).text) for c, v in text.items()
    )


def as_written(claim: Claim, version: VersionId) -> str:
    """The mark of a version as the file has it; empty: there is none."""
    mark = mark_of(claim, claim.version(version))
    return f"({mark})" if mark else ""
