"""The format of an incident file, key by key: the single source for reader, JSON Schema and reference table."""

from __future__ import annotations

from typing import Any, Final

import attrs

from tearline.cases.document import MappingNode, Node, SequenceNode
from tearline.cases.format.parties import LEAK_PATH
from tearline.cases.format.parts import CLAIM, PARTY, PROBABILITY, TOLD, VERSION, record
from tearline.cases.scalars import Day, Flag, Judged, Name, Number, Text, Word
from tearline.cases.shapes import (
    NEEDED,
    UNREADABLE,
    Field,
    Fields,
    Kind,
    Listed,
    Mapped,
    Named,
    Path,
    Reading,
    Record,
    Shape,
    wrong,
)
from tearline.domain import Reliability, SourceKind
from tearline.domain.incidents import (
    NEVER,
    UNKNOWN,
    Account,
    Beside,
    Incident,
    IncidentKind,
    Looseness,
    Measure,
    Motive,
    Rank,
    RealisedHarm,
    Rival,
    Stake,
    Witness,
)

INCIDENT_FORMAT: Final = 1
"""The version of the format; a file says which one it was written for."""

MOST_YEARS: Final = 50.0
MOST_COUNT: Final = 10_000_000.0
MOST_HOURS: Final = 100_000.0


@attrs.frozen
class Weighed(Shape):
    """A version, or several with numbers."""

    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        if isinstance(node, MappingNode):
            return Mapped(VERSION, PROBABILITY, least=1).read(node, path, reading)
        version = VERSION.read(node, path, reading)
        return version if version is UNREADABLE else {version: 1.0}

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        return next(iter(value)) if list(value.values()) == [1.0] else dict(value)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [VERSION.schema(), Mapped(VERSION, PROBABILITY, least=1).schema()]}

    def words(self) -> str:
        return "a version, or numbers from 0 to 1 by version"


@attrs.frozen
class Span(Shape):
    """A number of at least 0, or a pair: lowest, highest."""

    most: float

    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        number = Number(0, self.most)
        if not isinstance(node, SequenceNode):
            point = number.read(node, path, reading)
            return point if point is UNREADABLE else (point, point)
        edges = [number.read(item, (*path, index), reading) for index, item in enumerate(node.items[:3])]
        if UNREADABLE in edges:
            return UNREADABLE
        if len(edges) != 2 or edges[0] > edges[1]:
            return wrong(node, path, reading, "not an interval", "write the lower edge and the upper: [1, 5]")
        return tuple(edges)

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        return value[0] if value[0] == value[1] else list(value)

    def schema(self) -> dict[str, Any]:
        point = {"type": "number", "minimum": 0, "maximum": self.most}
        return {"anyOf": [point, {"type": "array", "items": point, "minItems": 2, "maxItems": 2}]}

    def words(self) -> str:
        return f"a number up to {self.most:,.12g}, or `[lowest, highest]`".replace(",0", " 0")


SAYS: Final = Mapped(CLAIM, Weighed(), least=1)
YEARS: Final = Span(MOST_YEARS)

ACCOUNT: Final = record(
    "account",
    "What somebody says was said or taken, or was not. Accounts of an affair are leaks themselves, with motives.",
    (
        Field("by", Text(1), "Whose account it is, in a word that may be printed.", NEEDED),
        Field("says", SAYS, "By claim the version that was said; or how likely such an account comes, by version.", {}),
        Field("denies", TOLD, "By claim the vaguest version that it denies; all more exact ones are denied too.", {}),
        Field("reliability", Word(Reliability), "Admiralty scale; F: cannot be judged.", Reliability.F),
        Field("motive", Word(Motive), "What the teller would rather have us believe.", Motive.NONE),
        Field("on", Day(), "From when on it is known.", otherwise="from the start"),
    ),
    Account,
    spread=True,
)

_WORTH: Final = Field("worth", Word(Rank), "What one year of it is worth, against others.", Rank.ORDINARY)
_YEARS: Final = Field("years", YEARS, "For how many more years it would have gone on.", (1.0, 5.0), "1 to 5")

STAKE: Final = record(
    "stake",
    "What is at stake in one source of the case.",
    (
        _WORTH,
        _YEARS,
        Field(
            "named",
            Judged(),
            "How likely what came out names it in clear; then nothing need be worked out.",
            NEVER,
            "not named",
        ),
        Field("hours_to_harm", Number(0, MOST_HOURS), "How soon harm could come.", otherwise="the table's, by kind"),
    ),
    Stake,
)

FLOW: Final = record(
    "flow",
    "What a partner gives us and could stop giving.",
    (
        _WORTH,
        _YEARS,
        Field("stops", Judged(), "How likely it stops over this.", NEEDED),
    ),
    Stake,
)

BESIDE: Final = record(
    "sources besides",
    "Sources that the case does not describe one by one. What is typed here is a judgement; nothing is worked out.",
    (
        Field("kind", Word(SourceKind), "By what means they collect.", NEEDED),
        Field("count", Span(MOST_COUNT), "How many.", NEEDED),
        _WORTH,
        _YEARS,
        Field("accessible", Judged(), "How much likelier one is found by who saw all that lay open.", NEEDED),
        Field("taken", Judged(), "The same, given what was probably taken and seen.", NEEDED),
        Field("published", Judged(), "The same, from what is in print.", NEEDED),
        Field("because", Text(1), "What the judgement rests on.", NEEDED),
    ),
    Beside,
    spread=True,
)

RIVAL: Final = record(
    "rival cause",
    "Something else that would explain a harm.",
    (
        Field("what", Text(1), "What it is.", NEEDED),
        Field("explains", Judged(), "How likely the harm was, had that been at work.", NEEDED),
    ),
    Rival,
)

HARM: Final = record(
    "realised harm",
    "Something that has happened since. It is kept apart from what could happen.",
    (
        Field("source", Name(Kind.SOURCE), "Whom or what it befell.", NEEDED),
        Field("what", Text(1), "What happened.", NEEDED),
        Field("explains", Judged(), "How likely it was to happen, had a hostile reader found the source.", NEEDED),
        Field("rivals", Listed(RIVAL), "What else could be behind it.", ()),
        Field("checked", Text(), "Who of ours has looked into it.", "", "nobody: it is shown and not counted"),
        Field("on", Day(), "From when on it is known.", otherwise="from the start"),
    ),
    RealisedHarm,
    spread=True,
)

WITNESS: Final = record(
    "witness",
    "Somebody who could be asked what was said of one claim.",
    (
        Field("whom", Text(1), "Who.", NEEDED),
        Field("about", CLAIM, "Of which claim.", NEEDED),
        Field("reliability", Word(Reliability), "Admiralty scale; F: cannot be judged.", Reliability.F),
        Field("motive", Word(Motive), "What it would rather have us believe.", Motive.NONE),
        Field("cost", Number(0, 1_000), "What asking costs, in source-years: to ask is itself to tell.", 0.0),
    ),
    Witness,
)

MEASURE: Final = record(
    "measure",
    "Something that can be done for a source.",
    (
        Field("name", Text(1), "What it is called.", NEEDED),
        Field("costs", Number(), "The share of its value that is lost by doing it.", NEEDED),
        Field("saves", Number(-1), "The share of the loss by exposure that it prevents; below 0: it adds.", NEEDED),
        Field("spares", Number(), "The share of the danger to a human source that it removes.", 0.0),
        Field("signals", Flag(), "Whether it lets itself be seen, and so confirms.", False),
    ),
    Measure,
)


def _incident(fields: Fields) -> Incident:
    loose = {Looseness(word): share for word, share in fields.pop("looseness", {}).items()}
    held = {key: value for key, value in fields.items() if key != "tearline_incident"}
    return Incident(looseness=loose, **held)


INCIDENT: Final = Record(
    name="incident",
    says="Something that got out. What it did is not written here: it is the answer.",
    fields=(
        Field(
            "tearline_incident",
            Number(INCIDENT_FORMAT, INCIDENT_FORMAT, whole=True),
            "The version of the format, 1.",
            NEEDED,
        ),
        Field("title", Text(1), "What it is, in a line.", NEEDED),
        Field("kind", Word(IncidentKind), "How it got out.", NEEDED),
        Field("on", Day(), "The day on which it happened.", NEEDED),
        Field("case", Text(1), "The case that it is about: a shipped one, or a file beside this one.", "", "none"),
        Field("about", Text(), "What is known, and from where.", ""),
        Field("cites", Listed(Text(1)), "Where the facts come from.", ()),
        Field("spoke", Text(), "Who spoke, or who took it; a role.", ""),
        Field(
            "hearers",
            Listed(PARTY, one=True),
            "Who has it for certain, as far as it was said.",
            (),
            "every hostile party",
        ),
        Field("briefed", TOLD, "By claim the most exact version that could come out at all.", {}),
        Field("prior", SAYS, "By claim the weight of each version before any account.", {}, "as binomial as can be"),
        Field(
            "looseness",
            Mapped(Word(Looseness), PROBABILITY),
            "How likely each way of speaking.",
            {},
            "unknown: every one is tried",
        ),
        Field("taken", Mapped(CLAIM, Judged(), least=1), "By claim how likely it was taken.", {}, "for certain"),
        Field(
            "seen",
            Judged(),
            "How likely a hostile reader came to see what was taken.",
            UNKNOWN,
            "unknown: 0 to 1",
        ),
        Field("published", TOLD, "By claim the version that is in print.", {}),
        Field("accounts", Named(Name(), ACCOUNT), "Who says what.", ()),
        Field("leak_paths", Listed(LEAK_PATH), "Ways onward beside those of the case.", ()),
        Field("sources", Mapped(Name(Kind.SOURCE), STAKE), "What is at stake, by source.", {}, "ordinary sources"),
        Field("flows", Mapped(PARTY, FLOW), "What partners could stop giving.", {}),
        Field("beside", Named(Name(), BESIDE), "Sources that the case does not describe.", ()),
        Field("harms", Listed(HARM), "What has happened since.", ()),
        Field("witnesses", Listed(WITNESS), "Who could be asked.", ()),
        Field(
            "measures",
            Mapped(Name(Kind.SOURCE), Listed(MEASURE, least=1)),
            "What can be done, by source.",
            {},
            "the table's, by kind",
        ),
        Field("legal_hold", Flag(), "Whether no assessment may be written: then only counts, and whom to tell.", False),
        Field("gains", Listed(Text(1)), "What the disclosure brought: the honest balance.", ()),
    ),
    make=_incident,
)
