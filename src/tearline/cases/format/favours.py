"""What partners give each other: favours, dossiers received, requests, topics of exchange, offers to swap."""

from typing import Final

from tearline.cases.format.parts import CLAIM, PARTY, PROBABILITY, record
from tearline.cases.scalars import Day, Flag, Judged, Name, Number, Text, Word
from tearline.cases.shapes import NEEDED, Field, Listed, Mapped, Named
from tearline.cases.worths import Worthy
from tearline.domain import (
    HALVES_IN,
    Aside,
    Capability,
    Choice,
    Dossier,
    Favour,
    Item,
    Lineage,
    Offer,
    OfferKind,
    Request,
    Topic,
)
from tearline.domain.favours import UNJUDGED

_MOST: Final = 1e9
_AMOUNT: Final = Number(0, _MOST)
_UTILITY: Final = Number(-_MOST, _MOST)

FAVOUR: Final = record(
    "favour",
    "Something given or received. It fades; what lies outside the bill is never debt.",
    (
        Field("from", PARTY, "Who gave it: we, or the partner.", NEEDED),
        Field("to", PARTY, "Who got it.", NEEDED),
        Field("on", Day(), "When.", NEEDED),
        Field("topic", Name(), "What it was about.", NEEDED),
        Field("worth", Worthy(), "What it was worth to whoever got it, as we judge it.", NEEDED),
        Field("their_worth", Worthy(), "What we think they hold it to be worth.", otherwise="as `worth`"),
        Field("aside", Word(Aside), "Why it lies outside the bill.", otherwise="it counts"),
        Field("halves_in", Number(1, 36_500, whole=True), "Days in which it fades by half.", HALVES_IN),
        Field("promised", Day(), "When it had been promised."),
        Field("officer", Text(), "By whose hand it came: a role or a number, never a name.", ""),
        Field("asked", Text(), "What was asked in return.", ""),
    ),
    Favour,
    from_="giver",
)

ITEM: Final = record(
    "received claim",
    "One claim of a dossier that was received.",
    (
        Field("text", Text(), "The words.", ""),
        Field("worth", Worthy(), "What it would be worth to us were it new.", NEEDED),
        Field("held", Judged(), "How likely we held it already, as exactly.", UNJUDGED, "0 to 1"),
        Field("prior", PROBABILITY, "How likely we found it before."),
        Field("if_true", PROBABILITY, "How likely they would report it if it is so.", 0.8),
        Field("if_false", Number(above=True), "How likely they would report it if it is not so.", 0.2),
        Field(
            "echo",
            Judged(),
            "How likely it descends from what we gave, or from a source of ours.",
            otherwise="what lineage says",
        ),
        Field("matches", CLAIM, "The claim of ours that says the same."),
        Field("carries_variant_of", PARTY, "The party to whom alone we gave it in these words."),
        Field("lineage", Word(Lineage), "What they attest: is their source ours?", Lineage.UNKNOWN),
        Field("only_to_us", Flag(), "Nobody else got it in these words, as far as we know.", False),
        Field("checkable", Flag(), "We could find out without them.", otherwise="nobody has said"),
        Field("public", Day(), "The day on which everybody could read it."),
    ),
    Item,
)

DOSSIER: Final = record(
    "dossier",
    "Something received, claim by claim: how much of it was new?",
    (
        Field("from", PARTY, "Who gave it.", NEEDED),
        Field("on", Day(), "When.", NEEDED),
        Field("topic", Name(), "What it is about.", NEEDED),
        Field("claims", Named(Name(), ITEM, least=1), "What it says.", NEEDED),
        Field("could_hold", Worthy(), "What they plausibly hold on the topic."),
        Field("pages", Number(1, 1e6, whole=True), "How thick it is."),
    ),
    Dossier,
    spread=True,
    from_="giver",
    claims="items",
)

CHOICE: Final = record(
    "choice",
    "What we would do with an answer.",
    (
        Field("states", Mapped(Name(), PROBABILITY, least=1), "How likely each state of the world is.", NEEDED),
        Field(
            "acts",
            Mapped(Name(), Mapped(Name(), _UTILITY, least=1), least=1),
            "What each act comes to, by state.",
            NEEDED,
        ),
        Field(
            "answers",
            Mapped(Name(), Mapped(Name(), PROBABILITY), least=1),
            "How likely each answer is, by state.",
            NEEDED,
        ),
    ),
    Choice,
)

REQUEST: Final = record(
    "request",
    "Something that a partner could be asked for. To ask is itself to tell.",
    (
        Field("of", PARTY, "Whom.", NEEDED),
        Field("what", Text(1), "For what.", NEEDED),
        Field("topic", Name(), "What it is about.", ""),
        Field("worth", Worthy(), "What an answer is worth to us.", otherwise="what `choice` comes to"),
        Field("choice", CHOICE, "What we would do with it."),
        Field("holds", Judged(), "How likely they have it.", UNJUDGED, "0 to 1"),
        Field("agrees", Judged(), "How likely they would give it if they have it.", otherwise="as willing as they are"),
        Field("cost", _AMOUNT, "What asking shows of our interest, and the debt it leaves.", 0.0),
    ),
    Request,
)

CAPABILITY: Final = record(
    "capability",
    "A way of getting it, handed over in place of what it brings. It cannot be taken back.",
    (
        Field("by", PARTY, "Who has it.", NEEDED),
        Field("cost", _AMOUNT, "What a unit then costs the other.", NEEDED),
        Field("exposure", _AMOUNT, "What handing it over costs the giver.", 0.0),
    ),
    Capability,
)

TOPIC: Final = record(
    "topic",
    "What two parties both need to cover.",
    (
        Field("need", _AMOUNT, "Units of coverage that each needs.", NEEDED),
        Field("critical", Flag(), "It needs two independent producers.", False),
        Field("costs", Mapped(PARTY, _AMOUNT, least=1), "What a unit costs each party.", NEEDED),
        Field("exposure", Mapped(PARTY, _AMOUNT), "What it costs each to hand its coverage over.", {}),
        Field("capability", CAPABILITY, "What could be handed over in place of its product."),
        Field("joint", _AMOUNT, "What a unit costs if both work together and each pays half."),
    ),
    Topic,
)

OFFER: Final = record(
    "offer",
    "Something that a party could give in a swap.",
    (
        Field("by", PARTY, "Who could give it.", NEEDED),
        Field("what", Text(), "What it is.", ""),
        Field(
            "kind", Word(OfferKind), "The product, the capability behind it, or work on it together.", OfferKind.PRODUCT
        ),
        Field("worth", Mapped(PARTY, _AMOUNT, least=1), "What it is worth, by party.", NEEDED),
        Field("cost", _AMOUNT, "What giving it costs the giver.", 0.0),
        Field("originators", Listed(PARTY, one=True), "Who else must agree.", ()),
        Field("agreed", Listed(PARTY, one=True), "Who of them has said yes.", ()),
        Field("declined", Listed(PARTY, one=True), "Who of them has said no.", ()),
    ),
    Offer,
)
