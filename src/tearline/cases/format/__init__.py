"""The case format, key by key: the single source for reader, writer, JSON Schema and reference table.

Read it from the end: :data:`CASE` is the whole file. What each number means to the engines is said
where the nouns are defined (:mod:`tearline.domain`).
"""

from typing import Final

from tearline.cases.format.channels import AGREEMENT, OFFICER
from tearline.cases.format.claims import CLAIM_RECORD, COVER, LISTING
from tearline.cases.format.dealings import DEALING
from tearline.cases.format.favours import DOSSIER, FAVOUR, OFFER, REQUEST, TOPIC
from tearline.cases.format.negotiation import TURN
from tearline.cases.format.parties import CAUSE, LEAK_PATH, ORGANISATION, PARTY_RECORD
from tearline.cases.format.parts import FORMAT, PARTY, parts_of
from tearline.cases.format.proposal import ABOUT, CONSENT, GIVEN, PROPOSAL, QUESTION
from tearline.cases.format.readers import READER
from tearline.cases.format.secrets import SECRET
from tearline.cases.format.sources import OPERATION, SOURCE
from tearline.cases.format.urgency import URGENT
from tearline.cases.scalars import Day, Name, Number, PolicyName, Text, Word
from tearline.cases.shapes import NEEDED, Field, Fields, Kind, Listed, Named, Record
from tearline.domain import Case, MarkSystem


def _case(fields: Fields) -> Case:
    return Case(**{name: value for name, value in fields.items() if name != "tearline"})


CASE: Final = Record(
    name="case",
    says="One situation.",
    fields=(
        Field("tearline", Number(FORMAT, FORMAT, whole=True), "The version of the format, 1.", NEEDED),
        Field("title", Text(1), "What it is about, in a line.", NEEDED),
        Field("us", PARTY, "The party whose decision it is.", NEEDED),
        Field("as_of", Day(), "The day of the decision."),
        Field("about", ABOUT, "Where the case comes from."),
        Field(
            "policy",
            PolicyName(),
            "The rules of law and policy that hold besides those built in: a shipped policy, or a file here or below.",
            otherwise="only the rules built in",
        ),
        Field(
            "marked_in",
            Word(MarkSystem),
            "The label system of every `marking`: banners are rolled up, and marks keep out whom they do not let in.",
            otherwise="marks are plain words",
        ),
        Field("parties", Named(Name(), PARTY_RECORD, defines=Kind.PARTY, least=1), "Everybody involved.", NEEDED),
        Field(
            "organisations",
            Named(Name(), ORGANISATION, defines=Kind.ORGANISATION),
            "Cells that are protected as a whole.",
            {},
        ),
        Field(
            "causes",
            Named(Name(), CAUSE, defines=Kind.CAUSE),
            "What opens several leak paths at once.",
            {},
        ),
        Field("leak_paths", Listed(LEAK_PATH), "How what one holds comes to be read by another.", ()),
        Field(
            "operations",
            Named(Name(), OPERATION, defines=Kind.OPERATION),
            "Operations in which sources were recruited.",
            {},
        ),
        Field("sources", Named(Name(), SOURCE, defines=Kind.SOURCE), "Where the claims came from.", {}),
        Field("readers", Named(PARTY, READER), "How those who may read would reason.", {}),
        Field("secrets", Named(Name(), SECRET, defines=Kind.SECRET), "What must not be worked out.", {}),
        Field("claims", Named(Name(), CLAIM_RECORD, defines=Kind.CLAIM, least=1), "What could be said.", NEEDED),
        Field("lists", Named(Name(), LISTING), "Claims that are acted on or published as one list.", {}),
        Field("cover", Listed(COVER), "True events that explain some of it innocently.", ()),
        Field("given", Listed(GIVEN), "What was told before.", ()),
        Field("consents", Listed(CONSENT), "What partners answered when asked.", ()),
        Field("officers", Named(Name(), OFFICER, defines=Kind.OFFICER), "Who acts for us, and for whom.", {}),
        Field("agreements", Named(Name(), AGREEMENT), "Standing arrangements with partners.", {}),
        Field("dealings", Listed(DEALING), "What happened with partners, and moved trust.", ()),
        Field("favours", Listed(FAVOUR), "What was given and received, by topic.", ()),
        Field("received", Named(Name(), DOSSIER), "Dossiers received, claim by claim.", {}),
        Field("requests", Named(Name(), REQUEST), "What partners could be asked for.", {}),
        Field("topics", Named(Name(), TOPIC), "What two parties both need to cover, and at what cost.", {}),
        Field("offers", Named(Name(), OFFER), "What could be swapped, between two or among three.", {}),
        Field("questions", Listed(QUESTION), "What partners have been asked and have not answered.", ()),
        Field("negotiation", Listed(TURN), "How far a trade of it with the recipient has come, move by move.", ()),
        Field("proposal", PROPOSAL, "What is to be decided.", NEEDED),
        Field("urgent", URGENT, "What a warning needs besides words: who decides, whom to reach, who is in danger."),
    ),
    make=_case,
    parts=lambda case: parts_of()(case) | {"tearline": FORMAT},
    spread=True,
)
