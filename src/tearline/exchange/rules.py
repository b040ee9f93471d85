"""What ``policy check`` and ``policy why`` say, as JSON, shape 1 each. What is about a case stays in the house."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from tearline.assess.built_in import BuiltIn
from tearline.assess.ruled import Ruled, Why
from tearline.policy.review import Review
from tearline.policy.why import Change, Turn

CHECK_SHAPE = 1
WHY_SHAPE = 1


class WireFinding(msgspec.Struct, kw_only=True):
    """One fault: its region, for a gap, and a situation that shows it, as attributes with values in words."""

    fault: str
    rules: list[str]
    text: str
    where: dict[str, str]
    example: dict[str, str]


class WireKinds(msgspec.Struct, kw_only=True):
    """How many kinds of situation there are, and what becomes of them. Text, for numbers may be very large."""

    all: str
    may_go: str
    refused: str
    silent: str


class WireReview(msgspec.Struct, kw_only=True):
    """One policy. ``default_is_stated``: it says that what no rule permits is refused."""

    file: str
    title: str
    rules: int
    sound: bool
    default_is_stated: bool
    kinds: WireKinds
    findings: list[WireFinding]


class WireCheck(msgspec.Struct, kw_only=True):
    """``tearline_policy_check`` is the number of this shape."""

    tearline_policy_check: int
    policies: list[WireReview]


class WireChange(msgspec.Struct, kw_only=True):
    """One attribute that would have to be other. ``means``: ``choose``, ``state`` or ``fact``."""

    attribute: str
    means: str
    now: str
    then: str


class WireRule(msgspec.Struct, kw_only=True):
    """One rule of the policy. ``turns_if`` is null where nothing would turn it."""

    id: str
    effect: str
    text: str
    owner: str
    review: dt.date
    holds: str
    applies: bool
    bars: bool
    values: dict[str, str]
    unknown: list[str]
    turns_if: list[WireChange] | None


class WireBuiltIn(msgspec.Struct, kw_only=True):
    """One built-in rule: what it does, what it read, what would change it."""

    rule: str
    does: str
    why: list[str]
    change: str


class WireApproval(msgspec.Struct, kw_only=True):
    """An approval that the policy asks for."""

    by: str
    on_record: bool


class WireRuled(msgspec.Struct, kw_only=True):
    """One claim in versions of which rules say the same. ``goes_if``: null where the policy lets nothing do."""

    claim: str
    versions: list[str]
    admitted: bool
    forbidden: bool
    conditions: list[str]
    built_in: list[WireBuiltIn]
    permitted: bool | None
    rules: list[WireRule]
    goes_if: list[WireChange] | None
    approvals: list[WireApproval]


class WireHouse(msgspec.Struct, kw_only=True):
    """Everything. ``policy`` is null where the case names none."""

    policy: str | None
    recipient: str
    oversight: bool
    claims: list[WireRuled]


class WireWhy(msgspec.Struct, kw_only=True):
    """``tearline_policy_why`` is the number of this shape."""

    tearline_policy_why: int
    house_only: WireHouse


def encode_check(found: Sequence[Review]) -> str:
    """Reviews as JSON text, indented."""
    return _text(WireCheck(tearline_policy_check=CHECK_SHAPE, policies=[_review(each) for each in found]))


def encode_why(found: Why) -> str:
    """What rules say of a case as JSON text, indented."""
    policy = found.case.policy
    house = WireHouse(
        policy=policy.name if policy else None,
        recipient=found.case.proposal.to,
        oversight=found.oversight,
        claims=[_ruled(each) for each in found.claims],
    )
    return _text(WireWhy(tearline_policy_why=WHY_SHAPE, house_only=house))


def _text(wire: msgspec.Struct) -> str:
    return msgspec.json.format(msgspec.json.encode(wire), indent=2).decode()


def _review(found: Review) -> WireReview:
    kinds = WireKinds(
        all=str(found.kinds), may_go=str(found.may_go), refused=str(found.refused), silent=str(found.silent)
    )
    return WireReview(
        file=found.policy.name,
        title=found.policy.title,
        rules=len(found.policy.rules),
        sound=found.sound,
        default_is_stated=found.stated,
        kinds=kinds,
        findings=[
            WireFinding(
                fault=each.fault.value,
                rules=list(each.rules),
                text=each.text,
                where=dict(each.where),
                example=dict(each.example),
            )
            for each in found.findings
        ],
    )


def _ruled(found: Ruled) -> WireRuled:
    explained = found.policy
    return WireRuled(
        claim=found.claim,
        versions=list(found.versions),
        admitted=found.today,
        forbidden=found.forbidden,
        conditions=list(found.conditions),
        built_in=[_built_in(each) for each in found.built_in],
        permitted=explained.ruling.goes if explained else None,
        rules=[_rule(each) for each in explained.turns] if explained else [],
        goes_if=_changes(explained.changes) if explained else [],
        approvals=[WireApproval(by=by, on_record=on_record) for by, on_record in found.approvals],
    )


def _built_in(found: BuiltIn) -> WireBuiltIn:
    return WireBuiltIn(rule=found.rule, does=found.does, why=list(found.why), change=found.change)


def _rule(turn: Turn) -> WireRule:
    rule, applied = turn.rule, turn.applied
    return WireRule(
        id=rule.id,
        effect=rule.effect.value,
        text=rule.text,
        owner=rule.owner,
        review=rule.review,
        holds=applied.holds.value,
        applies=applied.applies,
        bars=applied.bars,
        values=dict(turn.values),
        unknown=[attribute.key for attribute in applied.unknown],
        turns_if=_changes(turn.changes),
    )


def _changes(found: Sequence[Change] | None) -> list[WireChange] | None:
    if found is None:
        return None
    return [WireChange(attribute=c.attribute.key, means=c.means.value, now=c.now, then=c.then) for c in found]
