"""Through whom, and under what arrangement, something goes: officers and agreements."""

from typing import Final

from tearline.cases.format.parts import PARTIES, PARTY, record
from tearline.cases.scalars import Day, Flag, Name, Number, Text, Word
from tearline.cases.shapes import NEEDED, Field, Listed
from tearline.domain import (
    Accreditation,
    Agreement,
    Agrement,
    Direction,
    Duty,
    Form,
    Officer,
    Permission,
    Purpose,
    Quota,
    Signature,
)

ACCREDITATION: Final = record(
    "accreditation",
    "What became of an officer's accreditation. A refusal is an event in the relation.",
    (
        Field("on", Day(), "When.", NEEDED),
        Field("answer", Word(Agrement), "What became of it.", NEEDED),
        Field("until", Day(), "The last day of an acceptance.", otherwise="without end"),
    ),
    Accreditation,
)

OFFICER: Final = record(
    "officer",
    "One who acts for a party. Where a case declares officers, nobody else moves its proposal.",
    (
        Field("of", PARTY, "The party.", otherwise="us"),
        Field("may", Listed(Word(Duty), one=True), "Duties.", (), "none"),
        Field("declared_to", PARTY, "The party that has been told who this is."),
        Field("accreditation", Listed(ACCREDITATION), "What became of it there.", (), "not accredited"),
        Field("principal", Flag(), "A leader, who speaks from the card, after a briefing.", False),
    ),
    Officer,
)

QUOTA: Final = record(
    "quota",
    "So many releases at most in any so many days.",
    (
        Field("count", Number(0, 1e6, whole=True), "How many.", NEEDED),
        Field("days", Number(1, 36_500, whole=True), "In how many days, today included.", NEEDED),
    ),
    Quota,
)

SIGNATURE: Final = record(
    "signature",
    "Who signed for a party.",
    (
        Field("party", PARTY, "The party.", NEEDED),
        Field("by", Text(1), "The office, or a number; better no name.", NEEDED),
        Field("on", Day(), "When.", NEEDED),
    ),
    Signature,
)

AGREEMENT: Final = record(
    "agreement",
    "A standing arrangement. It covers what it names and nothing else; doubt is outside.",
    (
        Field("with", PARTIES, "The partners.", NEEDED),
        Field("topics", Listed(Name(), one=True, least=1), "What it is about.", NEEDED),
        Field("forms", Listed(Word(Form), one=True, least=1), "How.", NEEDED),
        Field("purposes", Listed(Word(Purpose), one=True), "Why.", (), "any"),
        Field("gives", Word(Direction), "Who gives under it.", Direction.BOTH),
        Field("permits", Listed(Word(Permission)), "What a recipient may do beyond reading.", (), "nothing"),
        Field("quota", QUOTA, "How much we give under it.", otherwise="no limit"),
        Field("their_quota", QUOTA, "How much they give under it.", otherwise="no limit"),
        Field("since", Day(), "Its first day.", otherwise="always"),
        Field("until", Day(), "Its last day.", otherwise="without end"),
        Field("suspended", Day(), "Nothing goes under it from that day on."),
        Field("signed", Listed(SIGNATURE), "Who signed; not in force before the partner and we have.", ()),
        Field("single_officer", Flag(), "One officer may propose and clear what it covers.", False),
        Field("text", Text(), "What it is, in words.", ""),
    ),
    Agreement,
    spread=True,
    with_="parties",
)
