"""What was said before, what was answered, and what is proposed."""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from tearline.cases.document import Node, SequenceNode
from tearline.cases.format.dealings import SCOPE
from tearline.cases.format.parts import AT_LEAST, CLAIM, PARTIES, PARTY, TOLD, VERSION, record
from tearline.cases.format.sources import CAVEAT
from tearline.cases.moments import TimeOfDay
from tearline.cases.scalars import Day, Judged, Name, Number, Text, Word
from tearline.cases.shapes import NEEDED, UNREADABLE, Field, Kind, Listed, Mapped, Named, Path, Reading
from tearline.domain import (
    About,
    Answer,
    Answered,
    Approval,
    Consent,
    Form,
    Given,
    Permission,
    Proposal,
    Purpose,
    Question,
    Signed,
    Together,
)

GIVEN: Final = record(
    "disclosure",
    "Something told before. What was read stays read.",
    (
        Field("to", PARTIES, "Who got it.", NEEDED),
        Field("on", Day(), "When.", NEEDED),
        Field("claims", TOLD, "What was said, claim by claim.", NEEDED),
        Field("form", Word(Form), "How.", Form.RELEASE),
        Field("allows", Listed(Word(Permission)), "What the recipient might do beyond reading.", (), "nothing"),
        Field("agreement", Name(), "The agreement under which it went, and on whose quota it counts."),
        Field("through", SCOPE, "Through whom of the recipient's it went.", {}, "not stated: any"),
    ),
    Given,
)

CONSENT: Final = record(
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
        Field("conditions", Listed(Text(1), one=True), "What must have happened before it goes.", ()),
        Field("met", Listed(Text(1), one=True), "Those conditions that have happened.", ()),
        Field("caveats", Listed(Text(1), one=True), "What binds the recipient, in words that travel.", ()),
        Field("said", Listed(CAVEAT), "What was said along with the answer about handling; it stays in the house.", ()),
    ),
    Consent,
)

QUESTION: Final = record(
    "question",
    "A question that is out. Without an answer by its day the answer is no.",
    (
        Field("party", PARTY, "Who was asked.", NEEDED),
        Field("on", Day(), "When.", NEEDED),
        Field("covers", TOLD, "The most exact versions asked for.", NEEDED),
        Field("to", PARTIES, "For which recipients.", NEEDED),
        Field("due", Day(), "The last day for an answer.", otherwise="it stays open"),
        Field("permissions", Listed(Word(Permission)), "What the recipient may do beyond reading.", ()),
    ),
    Question,
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


TOGETHER: Final = record(
    "together",
    "Claims that are worth more said together than apart, such as place and time.",
    (
        Field("claims", AT_LEAST, "Which, and at least how exactly; blank: in any words.", NEEDED),
        Field("value", Number(0, 10), "What that is worth besides.", NEEDED),
    ),
    Together,
)

ANSWERED: Final = record(
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

APPROVAL: Final = record(
    "approval",
    "An approval on record. It holds for this proposal and this recipient.",
    (
        Field("by", Text(1), "Who approved, in the words of the rule that asks for it.", NEEDED),
        Field("on", Day(), "When.", NEEDED),
    ),
    Approval,
)

SIGNED: Final = record(
    "signed",
    "A condition of the answer for which somebody has signed. It holds for this proposal and this recipient.",
    (
        Field("that", Text(1), "The condition, in the words of the answer.", NEEDED),
        Field("by", Text(1), "Who answers for it: not who proposes.", NEEDED),
        Field("on", Day(), "When.", NEEDED),
    ),
    Signed,
)

PROPOSAL: Final = record(
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
        Field("harm_at", TimeOfDay(), "The time of that day.", otherwise="its first minute, for every deadline"),
        Field("harm_of_silence", Text(), "What may happen if nothing is said.", ""),
        Field("allows", Listed(Word(Permission)), "What the recipient may do beyond reading.", (), "nothing"),
        Field(
            "ask_in_return", Listed(Text(1)), "What to ask for in return: words, or the id of one of `requests`.", ()
        ),
        Field("minimum_value", Number(0, 10_000), "A text worth less, all claims together, is not worth sending."),
        Field("together", Listed(TOGETHER), "What is worth more said together than apart.", ()),
        Field(
            "actionable",
            Listed(AT_LEAST),
            "What it takes to act: of every line one claim, at least that exactly; less is not worth sending.",
            (),
        ),
        Field("through", SCOPE, "Through whom of the recipient's it would go.", {}, "not stated: any of them"),
        Field("already_known", Mapped(CLAIM, Judged()), "How likely they hold it already; for advice only.", {}),
        Field("agreement", Name(), "The agreement under which it would go, by its id here or in the policy."),
        Field("carried_by", Name(Kind.OFFICER), "The officer who would hand it over or tell it."),
        Field("answers", Named(Name(), ANSWERED), "Answers to the questions of the policy.", {}),
        Field("approvals", Listed(APPROVAL), "Approvals on record.", ()),
        Field(
            "signed", Listed(SIGNED), "Conditions of the answer that hold; `tearline release` needs all of them.", ()
        ),
    ),
    Proposal,
    spread=True,
)

ABOUT: Final = record(
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
