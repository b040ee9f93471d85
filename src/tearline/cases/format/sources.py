"""Where the claims came from."""

from typing import Final

from tearline.cases.format.parts import PARTY, record
from tearline.cases.scalars import AgreedLimit, Day, Name, Number, SealedText, Text, Word
from tearline.cases.shapes import NEEDED, Field, Kind, Listed
from tearline.domain import Quiet, Reliability, Source, SourceKind

QUIET: Final = record(
    "quiet time",
    "A rhythm that only the source knows must not show in what we release.",
    (
        Field("after", Text(1), "What happens.", NEEDED),
        Field("days", Number(0, 36_500, whole=True), "How many days nothing may be released then.", NEEDED),
        Field("on", Listed(Day(), one=True), "The days on which it happened.", otherwise="it must be confirmed"),
    ),
    Quiet,
)

SOURCE: Final = record(
    "source",
    "One source or method. Who it is has no field; where it sits stays sealed.",
    (
        Field("kind", Word(SourceKind), "By what means; the default budgets go by it.", NEEDED),
        Field("owner", PARTY, "The originator; its consent governs onward use.", NEEDED),
        Field("joint_with", Listed(PARTY), "Who helped to get it, and so has a stake.", ()),
        Field("depends_on", Listed(Name(Kind.SOURCE)), "Sources without which this one would not exist.", ()),
        Field("reliability", Word(Reliability), "Admiralty scale; F: cannot be judged."),
        Field("placement", SealedText(), "For its owner only: no engine, answer, log or error ever holds it."),
        Field("descriptor", Text(), "The words a recipient may see about it.", ""),
        Field("agreed_use", Listed(AgreedLimit()), "Limits agreed when it was recruited or received.", ()),
        Field("quiet", QUIET, "A rhythm that only the source knows."),
    ),
    Source,
    spread=True,
)
