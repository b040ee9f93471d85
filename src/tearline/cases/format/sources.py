"""Where the claims came from."""

from typing import Final

from tearline.cases.format.claims import TAINT
from tearline.cases.format.parts import PARTIES, PARTY, record
from tearline.cases.scalars import AgreedLimit, Day, Name, Number, SealedText, Text, Word
from tearline.cases.shapes import NEEDED, Field, Kind, Listed
from tearline.domain import Operation, Quiet, Reliability, Source, SourceKind

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

OPERATION: Final = record(
    "operation",
    "An operation in which sources were recruited.",
    (
        Field("name", Text(), "The name to print.", "", "the id"),
        Field("owners", PARTIES, "Who ran it; each has a stake in every source that came of it.", NEEDED),
        Field("host", PARTY, "On whose soil it was, with its knowledge."),
    ),
    Operation,
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
        Field("tainted", TAINT, "A mark on all that comes from it."),
        Field("recruited_in", Name(Kind.OPERATION), "The operation that brought it: whoever ran it has a stake."),
        Field("material", Listed(PARTY, one=True), "Who owns the raw material, if not the owner.", ()),
        Field("host", PARTY, "On whose soil it works, with its knowledge; who does not know is left out."),
    ),
    Source,
    spread=True,
)
