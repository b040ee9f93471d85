"""Who there is, and how what one holds comes to be read by another."""

from typing import Final

from tearline.cases.format.parts import LIMIT, PARTY, parts_of, record
from tearline.cases.scalars import Day, Flag, Judged, Name, Number, Text, Word
from tearline.cases.shapes import NEEDED, Field, Fields, Kind, Listed, Record
from tearline.domain import (
    Cause,
    Cleared,
    Consulted,
    Interval,
    LeakPath,
    Nearness,
    Organisation,
    Party,
    PartyKind,
    Passage,
    Trust,
)
from tearline.domain.defaults import CELL_BELIEF

TRUST: Final = Record(
    name="trust",
    says="How far a party is trusted, on two axes that are never added up; `dealings` move it.",
    fields=(
        Field("handling", Word(Trust), "That it passes nothing on without leave.", otherwise="taken as `wary`"),
        Field("use", Word(Trust), "That it uses what it gets without harming people, us or the flow."),
        Field(
            "in_us", Word(Trust), "How far we think that it trusts us; for advice only.", otherwise="taken as `fair`"
        ),
    ),
)


CONSULTED: Final = record(
    "consulted",
    "How a party is asked for its consent. Silence is a no.",
    (
        Field(
            "asked_anyway",
            Judged(),
            "How likely it is asked about a report like this one though nothing of its own stands behind it.",
            Interval.exactly(0.0),
            "0: a question points",
        ),
        Field("answers_in", Number(0, 36_500, whole=True), "Days in which it has to answer.", otherwise="no day"),
        Field("next_round", Day(), "The next day on which it is asked anyway."),
    ),
    Consulted,
)


CLEARED: Final = record(
    "cleared",
    "Who would read there, as marks ask. What is not said does not hold.",
    (
        Field("countries", Listed(Text(1), one=True), "Affiliations, as trigraphs.", ()),
        Field("serves", Text(), "The country for whose administration they work, as a trigraph.", "", "none"),
        Field("agency", Text(), "The duty organisation.", "", "none"),
        Field("level", Text(), "The highest level they are cleared for, in the words of `marked_in`.", "", "none"),
        Field("accesses", Listed(Text(1), one=True), "Compartments and programmes they are read into.", ()),
        Field("groups", Listed(Text(1), one=True), "Missions and groups they belong to, such as NATO.", ()),
        Field("nearness", Word(Nearness), "How near they are to whoever it was given to.", Nearness.PUBLIC),
    ),
    Cleared,
)


def _party(fields: Fields) -> Party:
    trust = fields.pop("trust", {})
    return Party(**fields, **trust)


def _party_parts(party: Party) -> Fields:
    return parts_of()(party) | {"trust": {"handling": party.handling, "use": party.use, "in_us": party.in_us}}


PARTY_RECORD: Final = Record(
    name="party",
    says="One who gives, receives, or may end up reading.",
    fields=(
        Field("name", Text(), "The name to print.", "", "the id"),
        Field(
            "kind",
            Word(PartyKind),
            "A state or service, the public, or a body that oversees us and is never a third party.",
            PartyKind.STATE,
        ),
        Field("hostile", Flag(), "Would use what it works out against our sources.", False),
        Field("trust", TRUST, "How far it is trusted.", {}),
        Field("presence", Listed(Text(1)), "Where it has people who can act.", ()),
        Field("shares_with_us", Listed(Text(1)), "What it gives us, and could stop giving.", ()),
        Field("consulted", CONSULTED, "How it is asked.", otherwise="only when it must be"),
        Field("cleared", CLEARED, "Who would read there, as marks ask.", {}, "nothing is known"),
    ),
    make=_party,
    parts=_party_parts,
)

CELL_BUDGET: Final = Record(
    name="cell budget",
    says="The limit of a protected organisation.",
    fields=(Field("belief", LIMIT, "How far a reader may come to believe that the source sits here."),),
)


def _organisation(fields: Fields) -> Organisation:
    budget = fields.pop("budget", {})
    return Organisation(**fields, **budget)


ORGANISATION: Final = Record(
    name="organisation",
    says="A cell that is protected as a whole: a ministry, a directorate (gate G5).",
    fields=(
        Field("of", PARTY, "The party whose organisation it is."),
        Field("budget", CELL_BUDGET, "How far a reader may get.", {}, f"`belief` {CELL_BELIEF:g}"),
    ),
    make=_organisation,
    parts=lambda organisation: {"of": organisation.of, "budget": {"belief": organisation.belief}},
)

CAUSE: Final = record(
    "cause",
    "What opens several leak paths at once, such as a broken cipher or a penetrated coalition system.",
    (
        Field("name", Text(), "The name to print.", "", "the id"),
        Field("probability", Judged(), "How likely; a number takes half its size as doubt on each side.", NEEDED),
    ),
    Cause,
)

LEAK_PATH: Final = record(
    "leak path",
    "What is handed to one party may come to be read by another.",
    (
        Field("from", PARTY, "Who holds it.", NEEDED),
        Field("to", PARTY, "Who may read it.", NEEDED),
        Field("how", Word(Passage), "By what way.", NEEDED),
        Field("probability", Judged(), "How likely; a number takes half its size as doubt on each side.", NEEDED),
        Field("or_if", Listed(Name(Kind.CAUSE), one=True), "Causes any of which opens it, too.", ()),
    ),
    LeakPath,
    from_="giver",
)
