"""What an originator said about the handling of its material, in its own words."""

import datetime as dt

import attrs

from tearline.domain.names import PartyId


@attrs.frozen(kw_only=True)
class Caveat:
    """A condition on handling or use that travels with the text. Many are only ever spoken.

    No engine reads the words. Whoever releases must confirm that they are kept, and whoever is to speak
    must have been told them.

    Attributes:
        words: What was said, as it was said.
        by: Who said it; ``None``: the owner of the source, or whoever gave the consent.
        oral: Whether it was said by word of mouth, so that no paper carries it.
        on: When.
        heard_by: The officer who heard or received it.
    """

    words: str
    by: PartyId | None = None
    oral: bool = False
    on: dt.date | None = None
    heard_by: str = ""
