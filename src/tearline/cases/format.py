"""The case format, key by key: the single source for reader, writer, JSON Schema and reference table.

Read it from the end: :data:`CASE` is the whole file. What each number means to the engines is said
where the nouns are defined (:mod:`tearline.domain`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import attrs

from tearline.cases.document import Node, SequenceNode
from tearline.cases.scalars import (
    AgreedLimit,
    Between,
    Day,
    Flag,
    Judged,
    Name,
    Number,
    Placed,
    PolicyName,
    SealedText,
    Text,
    Word,
)
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
)
from tearline.domain import (
    About,
    Answer,
    Answered,
    Approval,
    Assurance,
    Budget,
    Case,
    Cause,
    Claim,
    Consent,
    Cover,
    Credibility,
    Form,
    Given,
    Group,
    GroupKind,
    Harm,
    LeakPath,
    Listing,
    Organisation,
    OtherWords,
    Party,
    PartyKind,
    Passage,
    Permission,
    Person,
    Proposal,
    Purpose,
    Quiet,
    Reader,
    Reliability,
    Risk,
    Secret,
    SecretKind,
    Sibling,
    Source,
    SourceKind,
    Spread,
    Together,
    Trust,
    Version,
)
from tearline.domain.defaults import CELL_BELIEF, COMPLETE, INVESTIGATES_ABOVE, TELLING_BELOW, TRIES

FORMAT: Final = 1
"""The version of the format; a file says which one it was written for."""

MOST_COMPLETE: Final = 0.99
"""No reader is sure that a list is complete."""

BEST_VALUE: Final = 10.0
"""What the most exact version is worth to the recipient if nothing is said."""

Noun = TypeVar("Noun")
Parts = Callable[[Any], Fields]


def default_value(before: float | None) -> float:
    """What a version is worth if nothing is said: half of the next more exact one.

    Args:
        before: The value of the next more exact version; ``None`` for the most exact.
    """
    return BEST_VALUE if before is None else before / 2


def parts_of(**renamed: str) -> Parts:
    """How a noun becomes fields: its attributes by their names, except those renamed (field=attribute)."""

    def parts(noun: Any) -> Fields:
        held = {name.name: getattr(noun, name.name) for name in attrs.fields(type(noun))}
        return held | {field.strip("_"): getattr(noun, attribute) for field, attribute in renamed.items()}

    return parts


def made(noun: type[Noun], **renamed: str) -> Callable[[Fields], Noun]:
    """How fields become a noun: the inverse of :func:`parts_of`."""
    attribute = {field.strip("_"): name for field, name in renamed.items()}

    def make(fields: Fields) -> Noun:
        return noun(**{attribute.get(name, name): value for name, value in fields.items()})

    return make


def _record(
    name: str, says: str, fields: tuple[Field, ...], noun: type, spread: bool = False, **renamed: str
) -> Record:
    """A record whose fields are the attributes of ``noun``."""
    make: Callable[[Fields], Any] = made(noun, **renamed)
    return Record(name=name, says=says, fields=fields, make=make, parts=parts_of(**renamed), spread=spread)


PARTY: Final = Name(Kind.PARTY)
GROUP: Final = Name(Kind.GROUP)
CLAIM: Final = Name(Kind.CLAIM)
VERSION: Final = Name()
PROBABILITY: Final = Number()
LIMIT: Final = Number(above=True)
PARTIES: Final = Listed(PARTY, one=True, least=1)
TOLD: Final = Mapped(CLAIM, VERSION, least=1)
AT_LEAST: Final = Mapped(CLAIM, VERSION, blank=True, least=1)


# Who there is.

TRUST: Final = Record(
    name="trust",
    says="How far a party is trusted, on two axes that are never added up.",
    fields=(
        Field("handling", Word(Trust), "That it passes nothing on without leave.", otherwise="taken as `wary`"),
        Field("use", Word(Trust), "That it uses what it gets without harming people, us or the flow."),
    ),
)


def _party(fields: Fields) -> Party:
    trust = fields.pop("trust", {})
    return Party(**fields, **trust)


def _party_parts(party: Party) -> Fields:
    return parts_of()(party) | {"trust": {"handling": party.handling, "use": party.use}}


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

CAUSE: Final = _record(
    "cause",
    "What opens several leak paths at once, such as a broken cipher or a penetrated coalition system.",
    (
        Field("name", Text(), "The name to print.", "", "the id"),
        Field("probability", Judged(), "How likely; a number takes half its size as doubt on each side.", NEEDED),
    ),
    Cause,
)

LEAK_PATH: Final = _record(
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


# Where it came from.

QUIET: Final = _record(
    "quiet time",
    "A rhythm that only the source knows must not show in what we release.",
    (
        Field("after", Text(1), "What happens.", NEEDED),
        Field("days", Number(0, 36_500, whole=True), "How many days nothing may be released then.", NEEDED),
        Field("on", Listed(Day(), one=True), "The days on which it happened.", otherwise="it must be confirmed"),
    ),
    Quiet,
)

SOURCE: Final = _record(
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


# Who reads, and whom it would consider.


def _group(fields: Fields) -> Group:
    kind = GroupKind.PERSONS
    if fields.pop("channel", False):
        kind = GroupKind.CHANNEL
    if fields.pop("other", False):
        kind = GroupKind.OTHER
    return made(Group, in_="within")(fields | {"kind": kind})


def _group_parts(group: Group) -> Fields:
    channel, other = group.kind is GroupKind.CHANNEL, group.kind is GroupKind.OTHER
    return parts_of(in_="within")(group) | {"channel": channel, "other": other}


GROUP_RECORD: Final = Record(
    name="group",
    says="An explanation that a reader could hold for how we know: persons, a channel, or something innocent.",
    fields=(
        Field("count", Number(1, 1e10, whole=True), "How many persons it has.", 1),
        Field("channel", Flag(), "It is a method, not persons: a read cipher, a tapped line.", False),
        Field("other", Flag(), "It is an innocent explanation: luck, open sources, somebody else.", False),
        Field(
            "weight",
            LIMIT,
            "The reader's prior probability for the whole group. Needed for channels and innocent explanations.",
            otherwise="an equal share, head by head, of what the weighted groups leave",
        ),
        Field(
            "suspected",
            Number(0, 1e6, above=True),
            "For persons without a weight: how many times as much as others each is suspected beforehand.",
            1,
        ),
        Field("in", Listed(Name(Kind.ORGANISATION), one=True), "Organisations its members belong to.", ()),
        Field(
            "via",
            Mapped(GROUP, PROBABILITY),
            "For a channel: the probability that somebody of that group is behind it, if it exists.",
            {},
        ),
    ),
    make=_group,
    parts=_group_parts,
)

READER: Final = _record(
    "reader",
    "One who may end up holding what is released, and how it would reason. At most one of `groups`, `like`, `roster`.",
    (
        Field(
            "groups",
            Named(Name(), GROUP_RECORD, defines=Kind.GROUP),
            "Whom it would consider.",
            {},
            "as `like`, else as every reader with groups",
        ),
        Field("like", PARTY, "The reader with groups whose candidates it borrows."),
        Field("roster", Text(1), "A file of candidates."),
        Field(
            "investigates_above",
            LIMIT,
            "The suspicion from which it pays to investigate.",
            otherwise=f"{INVESTIGATES_ABOVE:g}",
        ),
        Field(
            "tries", Number(1, 1e10, whole=True), "How many persons it can investigate at once.", otherwise=f"{TRIES}"
        ),
        Field("purges", Flag(), "It punishes on suspicion alone.", False),
        Field(
            "holds_raw", Mapped(CLAIM, Judged()), "How likely it holds the report as it was collected, by claim.", {}
        ),
    ),
    Reader,
)


# What must not be worked out.

PERSON_LIMITS: Final = ("top_suspect", "crowd", "investigation", "tries")
BELIEF_LIMITS: Final = ("belief", "step")
"""The limits that fit a secret that is a person, and those that fit any other."""

BY_SOURCE: Final = "by kind of source"
BUDGET: Final = _record(
    "budget",
    "How far a reader may get. For a person the first four; for the others `belief` and `step`.",
    (
        Field("top_suspect", LIMIT, "G1: probability of the most suspected person.", otherwise=BY_SOURCE),
        Field(
            "crowd",
            Number(1, 1e10, whole=True),
            "G2: how many persons stay at least half as suspected as the first.",
            otherwise=BY_SOURCE,
        ),
        Field(
            "investigation",
            Number(0, 1e10, whole=True),
            "G3: how many persons may newly become worth investigating.",
            otherwise=BY_SOURCE,
        ),
        Field("tries", LIMIT, "G4: chance that it finds the source in its first tries.", otherwise=BY_SOURCE),
        Field("belief", LIMIT, "G5: probability of the secret.", otherwise=BY_SOURCE),
        Field("step", Number(0, 100), "G5: bits that one release may add.", otherwise=BY_SOURCE),
    ),
    Budget,
)


IS_WORDS: Final = {kind.value: kind for kind in (SecretKind.PERSON, SecretKind.PARTNER, SecretKind.PROPOSITION)}
"""What ``is`` may say besides the id of a channel or of an organisation."""


def _secret(fields: Fields) -> Secret:
    is_ = fields.pop("is")
    return made(Secret, if_="given")(fields | is_)


def _secret_parts(secret: Secret) -> Fields:
    return parts_of(if_="given")(secret) | {"is": secret.group or secret.organisation or secret.kind.value}


@attrs.frozen
class What(Name):
    """What a secret is: a fixed word, or the id of the channel or the organisation."""

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(IS_WORDS)}, super().schema()]}

    def words(self) -> str:
        return ", ".join(f"`{word}`" for word in IS_WORDS) + ", or the id of a channel or an organisation"


SECRET: Final = Record(
    name="secret",
    says="One thing to be protected.",
    fields=(
        Field("of", Name(Kind.SOURCE), "The source it belongs to.", NEEDED),
        Field("is", What(), "What a reader would have learnt.", NEEDED),
        Field("party", PARTY, "For `partner`: who is involved."),
        Field("if", Mapped(GROUP, PROBABILITY), "Its probability, given that explanation.", {}),
        Field("budget", BUDGET, "How far a reader may get.", {}, "by kind of source"),
    ),
    make=_secret,
    parts=_secret_parts,
)


# What could be said.

ASSURANCE: Final = _record(
    "assurance",
    "A promise about a person.",
    (
        Field("by", Text(1), "Who gave it.", NEEDED),
        Field("covers", Listed(Word(Harm), least=1), "The harms it speaks of.", NEEDED),
        Field("credibility", Word(Credibility), "How far it can be relied on.", NEEDED),
        Field("follow_up", Text(), "How its keeping is checked.", "", "not checked, and then it removes nothing"),
        Field("until", Day(), "Its last day."),
    ),
    Assurance,
)


@attrs.frozen
class Harms(Mapped):
    """Risks by harm."""

    def build(self, draft: Any) -> Any:
        return {Harm(key): value for key, value in draft.items()}

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        return {harm.value: risk.value for harm, risk in value.items()}


PERSON: Final = _record(
    "person",
    "An identifiable person whom the recipient could harm on the strength of a claim (gate H).",
    (
        Field("id", Text(1), "A role or a number, never a name.", NEEDED),
        Field("risk", Harms(Word(Harm), Word(Risk)), "Of each harm, without mitigation.", {}, "`unknown`"),
        Field("assurances", Listed(ASSURANCE), "What has been promised.", ()),
        Field("versions", Listed(VERSION), "Where the person can be identified.", (), "every version"),
        Field("authority", Text(), "The authority that has taken the decision the law provides for.", ""),
    ),
    Person,
)

SPREAD: Final = _record(
    "spread",
    "Knowledge that grows: from some day on these groups are at least so well placed.",
    (
        Field("on", Between(), "The day, or the first and the last between which it lies.", NEEDED),
        Field("known", Mapped(GROUP, Placed(), least=1), "How well placed they are from then on.", NEEDED),
        Field("because", Text(), "How it comes to them.", ""),
    ),
    Spread,
)

VERSION_RECORD: Final = _record(
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
    ),
    Version,
    spread=True,
)

OTHER_WORDS: Final = _record(
    "other words",
    "What one version would have said had the truth been other.",
    (
        Field("text", Text(), "The words.", ""),
        Field("known", Mapped(GROUP, Placed(), least=1), "How well placed each group would have been.", NEEDED),
        Field("later", Listed(SPREAD), "Who would have come to know it later.", ()),
    ),
    OtherWords,
)

SIBLING: Final = _record(
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

CLAIM_RECORD: Final = _record(
    "claim",
    "One statement. Withholding it is always possible.",
    (
        Field(
            "sources", Listed(Name(Kind.SOURCE)), "Where it came from; with none it must be confirmed to be ours.", ()
        ),
        Field("event", Name(), "What makes it known; claims of one event share their knowers."),
        Field("attended", Mapped(GROUP, PROBABILITY), "Probability of having been in on the event.", {}),
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
        Field("marking", Text(1), "The marking of its words: a word that rules of the policy may read."),
    ),
    Claim,
    spread=True,
)

LISTING: Final = _record(
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

COVER: Final = _record(
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


# What was said, asked and proposed.

GIVEN: Final = _record(
    "disclosure",
    "Something told before. What was read stays read.",
    (
        Field("to", PARTIES, "Who got it.", NEEDED),
        Field("on", Day(), "When.", NEEDED),
        Field("claims", TOLD, "What was said, claim by claim.", NEEDED),
        Field("form", Word(Form), "How.", Form.RELEASE),
        Field("allows", Listed(Word(Permission)), "What the recipient might do beyond reading.", (), "nothing"),
    ),
    Given,
)

CONSENT: Final = _record(
    "consent",
    "A partner's answer. It binds text, recipient, purpose, form and time, and nothing beyond.",
    (
        Field("party", PARTY, "Who was asked.", NEEDED),
        Field("on", Day(), "When it answered.", NEEDED),
        Field("covers", TOLD, "The most exact versions it extends to.", NEEDED),
        Field("to", PARTIES, "Recipients it extends to.", NEEDED),
        Field("answer", Word(Answer), "The answer.", NEEDED),
        Field("until", Day(), "Its last day."),
        Field("purposes", Listed(Word(Purpose)), "Purposes it extends to.", (), "any"),
        Field("forms", Listed(Word(Form)), "Forms it extends to.", (), "any"),
        Field("permissions", Listed(Word(Permission)), "What the recipient may do beyond reading.", ()),
        Field("withdrawn", Day(), "The day on which it was taken back."),
    ),
    Consent,
)


@attrs.frozen
class Wanted(Mapped):
    """Claims to be said: a list, or by claim the most exact version wanted."""

    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        if isinstance(node, SequenceNode):
            return self._read_list(node, path, reading)
        draft = super().read(node, path, reading)
        if isinstance(draft, Mapping) and not any(draft.values()):
            reading.longhand.add(path)
        return draft

    def _read_list(self, node: SequenceNode, path: Path, reading: Reading) -> Any:
        listed = Listed(self.key, least=self.least).read(node, path, reading)
        if listed is UNREADABLE:
            return UNREADABLE
        draft: dict[str, None] = {}
        for index, claim in enumerate(listed):
            if claim in draft:
                reading.report(node.items[index], (*path, index), f"`{claim}` is listed twice")
            elif claim is not UNREADABLE:
                draft[claim] = None
        return draft

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        if any(value.values()) or path in longhand:
            return super().take(value, path, longhand)
        return list(value)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [Listed(self.key, least=self.least).schema(), super().schema()]}

    def words(self) -> str:
        return f"list: {self.key.words()}; or by claim the most exact version wanted"


TOGETHER: Final = _record(
    "together",
    "Claims that are worth more said together than apart, such as place and time.",
    (
        Field("claims", AT_LEAST, "Which, and at least how exactly; blank: in any words.", NEEDED),
        Field("value", Number(0, 10), "What that is worth besides.", NEEDED),
    ),
    Together,
)

ANSWERED: Final = _record(
    "answered",
    "An officer's answer to a question of the policy. It holds for this proposal and this recipient.",
    (
        Field("answer", Word(Answer), "The answer.", NEEDED),
        Field("evidence", Text(1), "What it rests on.", NEEDED),
        Field("owner", Text(1), "Who answers for it.", NEEDED),
        Field("exception", Text(), "For a no: the named authority that lets it go all the same.", ""),
    ),
    Answered,
)

APPROVAL: Final = _record(
    "approval",
    "An approval on record. It holds for this proposal and this recipient.",
    (
        Field("by", Text(1), "Who approved, in the words of the rule that asks for it.", NEEDED),
        Field("on", Day(), "When.", NEEDED),
    ),
    Approval,
)

PROPOSAL: Final = _record(
    "proposal",
    "What somebody wants to hand over, to whom and why.",
    (
        Field("to", PARTY, "The recipient.", NEEDED),
        Field("purpose", Word(Purpose), "Why.", Purpose.ROUTINE),
        Field(
            "form",
            Word(Form),
            "A copy to keep, told or shown with nothing kept, or an act that lets itself be seen.",
            Form.RELEASE,
        ),
        Field("claims", Wanted(CLAIM, VERSION, blank=True, least=1), "What to say.", NEEDED),
        Field("by", Text(), "The officer who proposes.", ""),
        Field("harm_by", Day(), "The last day on which it is worth anything."),
        Field("harm_of_silence", Text(), "What may happen if nothing is said.", ""),
        Field("allows", Listed(Word(Permission)), "What the recipient may do beyond reading.", (), "nothing"),
        Field("ask_in_return", Listed(Text(1)), "What to ask for in return.", ()),
        Field("minimum_value", Number(0, 10_000), "A text worth less, all claims together, is not worth sending."),
        Field("together", Listed(TOGETHER), "What is worth more said together than apart.", ()),
        Field(
            "actionable",
            Listed(AT_LEAST),
            "What it takes to act: of every line one claim, at least that exactly; less is not worth sending.",
            (),
        ),
        Field("agreement", Name(), "The agreement under which it would go, by its id in the policy."),
        Field("answers", Named(Name(), ANSWERED), "Answers to the questions of the policy.", {}),
        Field("approvals", Listed(APPROVAL), "Approvals on record.", ()),
    ),
    Proposal,
    spread=True,
)

ABOUT: Final = _record(
    "about",
    "Where a case comes from, and how far its numbers may be believed.",
    (
        Field("summary", Text(), "The story in a few sentences.", ""),
        Field("cites", Listed(Text(1), one=True), "Sources of the facts.", ()),
        Field(
            "illustrative",
            Listed(Text(1), most=200),
            "Paths of fields whose numbers were chosen so that there is something to compute; `*` is any key.",
            (),
        ),
        Field("judgement", Text(), "What history's judges held, and where the answer differs.", ""),
    ),
    About,
    spread=True,
)


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
        Field("sources", Named(Name(), SOURCE, defines=Kind.SOURCE), "Where the claims came from.", {}),
        Field("readers", Named(PARTY, READER), "How those who may read would reason.", {}),
        Field("secrets", Named(Name(), SECRET, defines=Kind.SECRET), "What must not be worked out.", {}),
        Field("claims", Named(Name(), CLAIM_RECORD, defines=Kind.CLAIM, least=1), "What could be said.", NEEDED),
        Field("lists", Named(Name(), LISTING), "Claims that are acted on or published as one list.", {}),
        Field("cover", Listed(COVER), "True events that explain some of it innocently.", ()),
        Field("given", Listed(GIVEN), "What was told before.", ()),
        Field("consents", Listed(CONSENT), "What partners answered when asked.", ()),
        Field("proposal", PROPOSAL, "What is to be decided.", NEEDED),
    ),
    make=_case,
    parts=lambda case: parts_of()(case) | {"tearline": FORMAT},
    spread=True,
)
