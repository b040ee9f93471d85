"""The format of a policy file, key by key: the single source for reader, JSON Schema and reference table."""

from __future__ import annotations

from typing import Final

from tearline.cases.conditions import When, Words
from tearline.cases.scalars import Day, Name, Number, Text, Word
from tearline.cases.shapes import NEEDED, Field, Fields, Listed, Mapped, Named, Record
from tearline.domain import Form, Policy, Purpose
from tearline.domain.rules import Agreement, Effect, Otherwise, PolicyRule, Question

POLICY_FORMAT: Final = 1
"""The version of the format; a file says which one it was written for."""

GROUPS: Final = Mapped(Name(), Listed(Name(), one=True, least=1))


def _agreement(fields: Fields) -> Agreement:
    purposes = tuple(word.value for word in fields.pop("purposes", ()))
    forms = tuple(word.value for word in fields.pop("forms", ()))
    return Agreement(parties=fields.pop("with"), purposes=purposes, forms=forms, **fields)


AGREEMENT: Final = Record(
    name="agreement",
    says="What has been agreed with partners. It is in force on its days, for its partners, purposes and forms.",
    fields=(
        Field("with", Listed(Name(), one=True, least=1), "The partners, by their ids in cases.", NEEDED),
        Field("text", Text(), "What it is.", ""),
        Field("since", Day(), "Its first day.", otherwise="always"),
        Field("until", Day(), "Its last day.", otherwise="without end"),
        Field("purposes", Listed(Word(Purpose), one=True), "Purposes it extends to.", (), "any"),
        Field("forms", Listed(Word(Form), one=True), "Forms it extends to.", (), "any"),
    ),
    make=_agreement,
)

QUESTION: Final = Record(
    name="question",
    says="What an officer answers for each proposal: yes, no, or no with an exception (`proposal.answers`).",
    fields=(
        Field("text", Text(1), "The question.", NEEDED),
        Field("evidence", Text(), "What an answer should rest on.", ""),
    ),
    make=lambda fields: Question(**fields),
)

OTHERWISE: Final = Record(
    name="otherwise",
    says="States that what no rule permits is refused. It is refused anyway, but then nobody has said so.",
    fields=(
        Field("text", Text(1), "The words that go with such a refusal.", NEEDED),
        Field("owner", Text(1), "Who answers for it.", NEEDED),
        Field("review", Day(), "When it is looked at again.", NEEDED),
    ),
    make=lambda fields: Otherwise(**fields),
)


def rule_record(known: Words) -> Record:
    """The format of one rule, where a policy adds these words."""
    return Record(
        name="rule",
        says="One rule. The order of rules means nothing.",
        fields=(
            Field(
                "effect",
                Word(Effect),
                "What it does: a `forbid` outweighs every `permit`; a `require` makes a demand on what is permitted.",
                NEEDED,
            ),
            Field("text", Text(1), "The words that a human reads.", NEEDED),
            Field("owner", Text(1), "Who answers for it.", NEEDED),
            Field("review", Day(), "When it is looked at again.", NEEDED),
            Field("when", When(known), "When it applies.", otherwise="always"),
            Field("approval", Text(), "For `require`: who must have approved (`proposal.approvals`).", ""),
            Field("condition", Text(), "For `require`: what must be met, in words that go with the answer.", ""),
            Field("that", When(known), "For `require`: what must hold of the proposal; else nothing may go."),
        ),
        make=lambda fields: PolicyRule(**fields),
        spread=True,
    )


def words_record() -> Record:
    """The part of the format that rules draw their words from."""
    return Record(name="words", says="", fields=_WORDS)


_WORDS: Final = (
    Field("markings", Listed(Text(1)), "Words for markings, lowest first.", (), "markings have no order"),
    Field("groups", GROUPS, "Parties under one name, for `among`.", {}),
    Field("agreements", Named(Name(), AGREEMENT), "What has been agreed with partners.", {}),
    Field("questions", Named(Name(), QUESTION), "What an officer answers for each proposal.", {}),
)


def _policy(fields: Fields) -> Policy:
    return Policy(name="", **{key: held for key, held in fields.items() if key not in ("tearline_policy", "groups")})


def policy_record(known: Words) -> Record:
    """The format of the whole file, where it adds these words."""
    return Record(
        name="policy",
        says="Rules of law and policy. What none of them permits is refused.",
        fields=(
            Field(
                "tearline_policy",
                Number(POLICY_FORMAT, POLICY_FORMAT, whole=True),
                "The version of the format, 1.",
                NEEDED,
            ),
            Field("title", Text(1), "What it is, in a line.", NEEDED),
            Field("about", Text(), "Where it comes from.", ""),
            *_WORDS,
            Field("rules", Named(Name(), rule_record(known)), "The rules.", {}, "nothing is permitted"),
            Field("otherwise", OTHERWISE, "States that what no rule permits is refused."),
        ),
        make=_policy,
        spread=True,
    )
