"""National policy as data: rules that a person can read, over situations that a machine can decide.

A :class:`Policy` is a set of rules whose order means nothing. Each speaks about *situations*: for every
attribute of :mod:`tearline.domain.vocabulary` a value, or that nobody has stated it. What the rules say
together is decided in :mod:`tearline.policy.rules`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import Enum

import attrs

from tearline.domain.names import AgreementId, PartyId, QuestionId, RuleId
from tearline.domain.vocabulary import Attribute, Value


class Effect(Enum):
    """What a rule does where it applies.

    PERMIT lets it go as far as the policy is concerned; FORBID outweighs every permit; REQUIRE attaches a
    demand to what is permitted, and permits nothing itself.
    """

    PERMIT = "permit"
    FORBID = "forbid"
    REQUIRE = "require"


@attrs.frozen
class OneOf:
    """The attribute has one of these values."""

    attribute: Attribute
    values: frozenset[Value]


@attrs.frozen
class AtLeast:
    """The attribute, which has an order, is no lower than this."""

    attribute: Attribute
    value: int


@attrs.frozen
class Has:
    """The attribute, which is a set, has this member."""

    attribute: Attribute
    member: str


@attrs.frozen
class Not:
    """The condition does not hold."""

    of: Condition


@attrs.frozen
class Every:
    """Every one holds; of none: always."""

    of: tuple[Condition, ...]


@attrs.frozen
class Some:
    """At least one holds; of none: never."""

    of: tuple[Condition, ...]


Test = OneOf | AtLeast | Has
"""A condition on one attribute."""

Condition = Test | Not | Every | Some

ALWAYS = Every(())


def tests(condition: Condition) -> Iterator[Test]:
    """Every condition on one attribute in ``condition``, in its order."""
    match condition:
        case Not(of=inner):
            yield from tests(inner)
        case Every(of=several) | Some(of=several):
            for each in several:
                yield from tests(each)
        case _:
            yield condition


@attrs.frozen(kw_only=True)
class PolicyRule:
    """One rule.

    Attributes:
        text: The words that a human reads; they are the rule, ``when`` says when it applies.
        owner: Who answers for it.
        review: When it is looked at again.
        approval: For REQUIRE: who must have approved.
        condition: For REQUIRE: what must be met, in words that go with the answer.
        that: For REQUIRE: what must hold of the situation itself; else nothing may go.
    """

    id: RuleId
    effect: Effect
    text: str
    owner: str
    review: dt.date
    when: Condition = ALWAYS
    approval: str = ""
    condition: str = ""
    that: Condition = ALWAYS

    @property
    def conditions(self) -> tuple[Condition, Condition]:
        """When it applies, and what it then demands of the situation."""
        return self.when, self.that


@attrs.frozen(kw_only=True)
class Otherwise:
    """Why what no rule permits is refused: said by somebody, to be looked at again."""

    text: str
    owner: str
    review: dt.date


@attrs.frozen(kw_only=True)
class Agreement:
    """What has been agreed with partners; it is in force for what it names.

    Attributes:
        parties: The partners with whom it was made (``with`` in a file).
        since, until: Its first and last day; ``None``: open.
        purposes, forms: Words of the vocabulary; empty: any.
    """

    id: AgreementId
    parties: tuple[PartyId, ...]
    text: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    purposes: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Question:
    """Something that an officer answers for each proposal, with evidence; rules read the answer."""

    id: QuestionId
    text: str
    evidence: str = ""


@attrs.frozen(kw_only=True)
class Policy:
    """Rules, and the words they are made of.

    Attributes:
        name: What the case calls it: a shipped policy, or a file beside the case.
        markings: Words for markings, lowest first.
        otherwise: Stated by whoever knows that what no rule permits is refused. It is refused anyway.
        digest: SHA-256 of the text of its file, comments and all; empty where it came from none. Two policies that
            say the same are the same, whatever their files look like.
    """

    name: str
    title: str = ""
    about: str = ""
    markings: tuple[str, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    questions: tuple[Question, ...] = ()
    rules: tuple[PolicyRule, ...] = ()
    otherwise: Otherwise | None = None
    digest: str = attrs.field(default="", eq=False)

    def rule(self, rule: RuleId) -> PolicyRule:
        """The rule of that id (KeyError if there is none)."""
        return {r.id: r for r in self.rules}[rule]

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """Every attribute that a rule reads, in the order in which rules first name them."""
        found = (test.attribute for rule in self.rules for c in rule.conditions for test in tests(c))
        return tuple(dict.fromkeys(found))
