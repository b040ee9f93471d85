"""A negotiation with the recipient, move by move."""

from typing import Final

from tearline.cases.format.parts import PARTY, TOLD, record
from tearline.cases.scalars import Day, Text, Word
from tearline.cases.shapes import NEEDED, Field, Listed
from tearline.domain.negotiation import Position, Turn

TURN: Final = record(
    "turn",
    "A move that was made. What it leaves out lies on the table as it lay.",
    (
        Field("on", Day(), "When.", NEEDED),
        Field("to", Word(Position), "Where the negotiation stood after it.", NEEDED),
        Field("by", PARTY, "Who made it: we, who give, or the recipient.", NEEDED),
        Field("teaser", TOLD, "What is told before anything is agreed.", otherwise="as before"),
        Field("package", TOLD, "What would be handed over in the end.", otherwise="as before"),
        Field("asked", Listed(Text(1), one=True), "What is asked in return.", otherwise="as before"),
        Field("until", Day(), "The last day of the offer.", otherwise="as before, or open"),
        Field("received", Listed(Text(1), one=True), "What of what was asked has come, in the same words.", ()),
    ),
    Turn,
)
