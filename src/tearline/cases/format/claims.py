"""What could be said: claims, their versions, the persons in them, lists and cover."""

from typing import Any, Final

import attrs

from tearline.cases.format.parts import CLAIM, GROUP, MOST_COMPLETE, PARTY, PROBABILITY, VERSION, record
from tearline.cases.scalars import Between, Day, Flag, Judged, Name, Number, Placed, Text, Word
from tearline.cases.shapes import NEEDED, Field, Kind, Listed, Mapped, Named, Path
from tearline.domain import (
    Aspect,
    Assurance,
    Claim,
    Cover,
    Credibility,
    Harm,
    Judgement,
    Listing,
    OtherWords,
    Person,
    Risk,
    Sibling,
    Spread,
    Taint,
    Version,
    Wrong,
)
from tearline.domain.defaults import COMPLETE, TELLING_BELOW

ASSURANCE: Final = record(
    "assurance",
    "A promise about a person.",
    (
        Field("by", Text(1), "Who gave it.", NEEDED),
        Field("covers", Listed(Word(Harm), least=1), "The harms it speaks of.", NEEDED),
        Field("credibility", Word(Credibility), "How far it can be relied on.", NEEDED),
        Field("follow_up", Text(), "How its keeping is checked.", "", "not checked, and then it removes nothing"),
        Field("until", Day(), "Its last day."),
        Field("broken", Listed(Day(), one=True), "Days on which such a promise of theirs turned out to be broken.", ()),
    ),
    Assurance,
)

TAINT: Final = record(
    "taint",
    "A mark on material that may have been got by torture or against the law. It follows to all that rests on it.",
    (
        Field("how", Word(Wrong), "How it may have been got.", NEEDED),
        Field("why", Text(), "What makes one think so.", ""),
        Field(
            "authority",
            Text(),
            "The authority that has decided that it may be received and used.",
            "",
            "nobody, and then it refuses",
        ),
    ),
    Taint,
)


@attrs.frozen
class Harms(Mapped):
    """Risks by harm."""

    def build(self, draft: Any) -> Any:
        return {Harm(key): value for key, value in draft.items()}

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        return {harm.value: risk.value for harm, risk in value.items()}


RISKS: Final = Harms(Word(Harm), Word(Risk))

JUDGEMENT: Final = record(
    "judgement",
    "What one office held of the risks that a person would run. Where offices differ the worst counts.",
    (
        Field("by", Text(1), "The office.", NEEDED),
        Field("risk", RISKS, "Of each harm.", NEEDED),
        Field(
            "after_mitigation",
            Flag(),
            "Whether it had promises in mind already; then it counts only where the harm is real all the same.",
            False,
        ),
    ),
    Judgement,
)

PERSON: Final = record(
    "person",
    "An identifiable person whom the recipient could harm on the strength of a claim (gate H).",
    (
        Field("id", Text(1), "A role or a number, never a name.", NEEDED),
        Field("risk", RISKS, "Of each harm, without mitigation.", {}, "`unknown`"),
        Field("judgements", Listed(JUDGEMENT), "What several offices held.", ()),
        Field("assurances", Listed(ASSURANCE), "What has been promised.", ()),
        Field("versions", Listed(VERSION), "Where the person can be identified.", (), "every version"),
        Field("authority", Text(), "The authority that has taken the decision the law provides for.", ""),
    ),
    Person,
)

SPREAD: Final = record(
    "spread",
    "Knowledge that grows: from some day on these groups are at least so well placed.",
    (
        Field("on", Between(), "The day, or the first and the last between which it lies.", NEEDED),
        Field("known", Mapped(GROUP, Placed(), least=1), "How well placed they are from then on.", NEEDED),
        Field("because", Text(), "How it comes to them.", ""),
    ),
    Spread,
)

VERSION_RECORD: Final = record(
    "version",
    "One wording of a claim. Each follows from the one before it.",
    (
        Field("text", Text(1), "The words.", NEEDED),
        Field("value", Number(0, 10), "Worth to the recipient.", otherwise="10, then half of the version before"),
        Field(
            "known",
            Mapped(GROUP, Placed()),
            "How well placed each group is to have yielded this, or anything more exact.",
            {},
            "as for the version before, else `absent`",
        ),
        Field("later", Listed(SPREAD), "Who comes to know it later, in this exactness and vaguer ones.", ()),
        Field("public", Between(), "The day on which everybody can read it, in this exactness and vaguer ones."),
        Field("known_by", Day(), "The day by which the wording itself shows that it was known."),
        Field(
            "implies",
            Mapped(CLAIM, VERSION),
            "What the words, or the act they stand for, tell besides: other claims, how exactly.",
            {},
        ),
        Field(
            "needs",
            Mapped(CLAIM, VERSION, blank=True),
            "Claims without which it may not be said, at least that exactly: a city only with its province.",
            {},
        ),
        Field(
            "fits",
            Number(1, 1e10, whole=True),
            "How many documents that a reader may hold, this report among them, would have given these words; fewer "
            f"than {TELLING_BELOW} tell a holder of the raw text that we hold it too.",
            1,
            "as for the version before, else 1",
        ),
        Field("marking", Text(1), "The marking of these words.", otherwise="that of the claim"),
        Field(
            "tells",
            Mapped(Text(1), Listed(Word(Aspect), one=True, least=1)),
            "What the words tell about a person, by its id: who it is, where, when.",
            {},
        ),
    ),
    Version,
    spread=True,
)

OTHER_WORDS: Final = record(
    "other words",
    "What one version would have said had the truth been other.",
    (
        Field("text", Text(), "The words.", ""),
        Field("known", Mapped(GROUP, Placed(), least=1), "How well placed each group would have been.", NEEDED),
        Field("later", Listed(SPREAD), "Who would have come to know it later.", ()),
    ),
    OtherWords,
)

SIBLING: Final = record(
    "sibling",
    "What would have been said in place of a claim had the truth been other.",
    (
        Field(
            "versions",
            Named(VERSION, OTHER_WORDS, least=1),
            "The versions in which it differs; in vaguer ones the words are the same.",
            NEEDED,
        ),
    ),
    Sibling,
)

CLAIM_RECORD: Final = record(
    "claim",
    "One statement. Withholding it is always possible.",
    (
        Field(
            "sources", Listed(Name(Kind.SOURCE)), "Where it came from; with none it must be confirmed to be ours.", ()
        ),
        Field("event", Name(), "What makes it known; claims of one event share their knowers."),
        Field("attended", Mapped(GROUP, PROBABILITY), "Probability of having been in on the event.", {}),
        Field("topic", Name(), "What it is about, in the words of agreements."),
        Field("credibility", Number(1, 6, whole=True), "Admiralty scale, 1 is best."),
        Field(
            "persons",
            Listed(PERSON),
            "Identifiable people; an empty list says there are none.",
            otherwise="it must be confirmed that there are none",
        ),
        Field("versions", Named(Name(), VERSION_RECORD, least=1), "From as collected to vague.", NEEDED),
        Field(
            "halves_in", Number(1, 36_500, whole=True), "Days in which its value falls by half.", otherwise="it keeps"
        ),
        Field("siblings", Named(Name(), SIBLING), "What would have been said had the truth been other.", {}),
        Field("type", Name(), "What kind of statement it is: a word that rules of the policy may read."),
        Field(
            "marking",
            Text(1),
            "The marking of its words: a word that rules of the policy may read, or a mark of `marked_in`.",
        ),
        Field("derived_from", Listed(CLAIM), "Claims that it was worked out from: it rests on all they rest on.", ()),
        Field("tainted", TAINT, "A mark on the claim itself."),
    ),
    Claim,
    spread=True,
)

LISTING: Final = record(
    "list",
    "Claims acted on or published as one list. A reader also sees what is not on it.",
    (
        Field("items", Listed(CLAIM, least=1), "Its claims, those that may be left off too.", NEEDED),
        Field(
            "complete",
            Judged(most=MOST_COMPLETE),
            "How likely, for the reader, something we knew of would be on it; both edges are tried.",
            COMPLETE,
            f"{COMPLETE.lo:g} and {COMPLETE.hi:g}",
        ),
    ),
    Listing,
)

COVER: Final = record(
    "cover",
    "A true event that makes an innocent explanation better than it was. There is no cover without evidence.",
    (
        Field("claims", Listed(CLAIM, least=1), "The claims it explains.", NEEDED),
        Field("version", VERSION, "The most exact version it explains.", NEEDED),
        Field(
            "makes",
            Mapped(GROUP, Placed(), least=1),
            "The access it gives to channels or innocent explanations, never to persons.",
            NEEDED,
        ),
        Field("what", Text(1), "What happened.", NEEDED),
        Field("evidence", Text(1), "How we know that it is real.", NEEDED),
        Field("seen_by", Listed(PARTY, one=True), "Who has seen it.", (), "nobody yet"),
        Field("on", Day(), "The day on which they saw it."),
        Field(
            "credence",
            Number(),
            "How likely a reader who saw it finds it that the event explains the claims, all of them or none.",
            1.0,
        ),
    ),
    Cover,
)
