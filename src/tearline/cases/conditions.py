"""How the conditions of a policy are written: keys that are attributes, and what their values must be.

Several keys in one place hold together. ``all``, ``any`` and ``not`` take conditions; ``earlier`` counts
releases; every other key is an attribute of :mod:`tearline.domain.vocabulary`. What always or never
holds is a mistake, and is said to be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from tearline.cases.document import MappingNode, Node, SequenceNode
from tearline.cases.scalars import Day, Flag, MalformedError, Name, Number, Scalar, Text, Word
from tearline.cases.shapes import (
    UNREADABLE,
    Listed,
    Path,
    Reading,
    Shape,
    Unreadable,
    described,
    keyed,
    nearest,
    printable,
    wrong,
)
from tearline.domain.names import PartyId
from tearline.domain.rules import Agreement, AtLeast, Condition, Every, Has, Not, OneOf, Some
from tearline.domain.vocabulary import (
    ATTRIBUTES,
    Attribute,
    Kin,
    Sort,
    Value,
    Window,
    answered,
    counted,
    marked,
)

IN_FORCE: Final = "agreement.in_force"
EARLIER: Final = "earlier"
ORDER: Final = ("at_least", "at_most", "above", "below")
LONGEST_WINDOW: Final = 36_500


@attrs.frozen(kw_only=True)
class Words:
    """The words that a policy adds to those that every policy has."""

    markings: tuple[str, ...] = ()
    groups: Mapping[str, tuple[PartyId, ...]] = attrs.field(factory=dict)
    agreements: tuple[Agreement, ...] = ()
    questions: tuple[str, ...] = ()

    def attributes(self) -> dict[str, Attribute]:
        """Every attribute that its rules may name."""
        asked = {attribute.key: attribute for attribute in map(answered, self.questions)}
        return {**ATTRIBUTES, "marking": marked(self.markings), **asked}


def in_force(agreements: Iterable[Agreement]) -> Condition:
    """That the agreement of the proposal is one of these, and extends to it today."""
    return Some(tuple(_extends(agreement) for agreement in agreements))


def _extends(agreement: Agreement) -> Condition:
    today, parts = ATTRIBUTES["today"], list[Condition]()
    parts.append(OneOf(ATTRIBUTES["agreement"], frozenset({agreement.id})))
    parts.append(OneOf(ATTRIBUTES["recipient"], frozenset(agreement.parties)))
    if agreement.since is not None:
        parts.append(AtLeast(today, agreement.since.toordinal()))
    if agreement.until is not None:
        parts.append(Not(AtLeast(today, agreement.until.toordinal() + 1)))
    for key, words in (("purpose", agreement.purposes), ("form", agreement.forms)):
        if words:
            parts.append(OneOf(ATTRIBUTES[key], frozenset(words)))
    return Every(tuple(parts))


@attrs.frozen
class ValueOf(Scalar):
    """One value of an attribute, or one member of a set."""

    attribute: Attribute

    def parse(self, text: str) -> Value:
        match self.attribute.sort:
            case Sort.WORD | Sort.GRADE | Sort.WORDS:
                if text not in self.attribute.words:
                    message = f"`{printable(text)}` is none of the words for this"
                    raise MalformedError(message, nearest(text, self.attribute.words))
                return self.attribute.words.index(text) if self.attribute.sort is Sort.GRADE else text
            case Sort.FLAG:
                return Flag().parse(text)
            case Sort.NUMBER:
                return int(Number(self.attribute.lowest, self.attribute.highest, whole=True).parse(text))
            case Sort.DAY:
                return Day().parse(text).toordinal()
            case _:
                return Text(1).parse(text) if self.attribute.key == "marking" else Name().parse(text)

    def schema(self) -> dict[str, Any]:
        return {}

    def words(self) -> str:
        return self.attribute.sort.value


def equal(attribute: Attribute, value: Value) -> Condition:
    """That the attribute has exactly this value."""
    if not attribute.sort.is_ordered or not isinstance(value, int):
        return OneOf(attribute, frozenset({value}))
    lowest, highest = attribute.reach
    parts: list[Condition] = [AtLeast(attribute, value)] if value > lowest else []
    if value < highest:
        parts.append(Not(AtLeast(attribute, value + 1)))
    return parts[0] if len(parts) == 1 else Every(tuple(parts))


def one_of(attribute: Attribute, values: Iterable[Value]) -> Condition:
    """That the attribute has one of these values."""
    if attribute.sort.is_ordered:
        found = tuple(equal(attribute, value) for value in values)
        return found[0] if len(found) == 1 else Some(found)
    return OneOf(attribute, frozenset(values))


def _has_one_of(attribute: Attribute, members: Iterable[str]) -> Condition:
    found = tuple(Has(attribute, member) for member in members)
    return found[0] if len(found) == 1 else Some(found)


@attrs.frozen
class When(Shape):
    """A condition. Read as a finished one, for it refers to nothing that is read later."""

    known: Words

    def read(self, node: Node, path: Path, reading: Reading) -> Condition | Unreadable:
        if node.fault or not isinstance(node, MappingNode):
            hint = "such as `purpose: warning`; leave the key out if it always holds"
            return wrong(node, path, reading, node.fault or f"expected a condition, found {described(node)}", hint)
        if not node.entries:
            return wrong(node, path, reading, "nothing is written here", "leave the key out if it always holds")
        found = [self._entry(key, at, value, (*path, key), reading) for key, at, value in keyed(node, path, reading)]
        parts = tuple(part for part in found if not isinstance(part, Unreadable))
        if len(parts) < len(node.entries):
            reading.unreadable.add(path)
            return UNREADABLE
        return parts[0] if len(parts) == 1 else Every(parts)

    def _entry(self, key: str, at: Node, value: Node, path: Path, reading: Reading) -> Condition | Unreadable:
        if key == "not":
            inner = self.read(value, path, reading)
            return inner if isinstance(inner, Unreadable) else Not(inner)
        if key in ("all", "any"):
            return self._several(key, value, path, reading)
        if key == EARLIER:
            return self._earlier(value, path, reading)
        if key == IN_FORCE:
            return self._in_force(at, value, path, reading)
        attributes = self.known.attributes()
        if key in attributes:
            return self._about(attributes[key], value, path, reading)
        options = [*attributes, IN_FORCE, EARLIER, "all", "any", "not"]
        reading.report_unknown(at, path, f"rules know no `{printable(key)}`", key, options)
        return UNREADABLE

    def _several(self, key: str, node: Node, path: Path, reading: Reading) -> Condition | Unreadable:
        parts = Listed(self, least=1).read(node, path, reading)
        if parts is UNREADABLE or UNREADABLE in parts:
            return UNREADABLE
        return Every(parts) if key == "all" else Some(parts)

    def _in_force(self, at: Node, node: Node, path: Path, reading: Reading) -> Condition | Unreadable:
        wanted = Flag().read(node, path, reading)
        if not self.known.agreements:
            return wrong(at, path, reading, "the policy names no `agreements`")
        if isinstance(wanted, Unreadable):
            return UNREADABLE
        found = in_force(self.known.agreements)
        return found if wanted else Not(found)

    def _earlier(self, node: Node, path: Path, reading: Reading) -> Condition | Unreadable:
        if node.fault or not isinstance(node, MappingNode):
            hint = "such as {within_days: 90, at_least: 3}"
            return wrong(node, path, reading, node.fault or f"expected a count, found {described(node)}", hint)
        which: dict[str, Any] = {"of": Kin.ANYTHING, "within_days": None}
        shapes: dict[str, Shape] = {"of": Word(Kin), "within_days": Number(1, LONGEST_WINDOW, whole=True)}
        rest = []
        for key, value in node.entries:
            name = getattr(key, "text", "")
            if name in shapes:
                which[name] = shapes[name].read(value, (*path, name), reading)
            else:
                rest.append((key, value))
        if UNREADABLE in which.values():
            return UNREADABLE
        attribute = counted(Window(of=which["of"], days=which["within_days"]))
        return self._operators(attribute, MappingNode(node.line, node.column, "", tuple(rest)), path, reading)

    def _about(self, attribute: Attribute, node: Node, path: Path, reading: Reading) -> Condition | Unreadable:
        if isinstance(node, MappingNode) and not node.fault:
            return self._operators(attribute, node, path, reading)
        if attribute.sort.is_set:
            hint = "such as {includes: [a, b]}" + (" or {only: [a, b]}" if attribute.sort is Sort.WORDS else "")
            return wrong(node, path, reading, "a set is not compared as a whole", hint)
        values = self._values(attribute, node, path, reading)
        return values if isinstance(values, Unreadable) else one_of(attribute, values)

    def _values(self, attribute: Attribute, node: Node, path: Path, reading: Reading) -> tuple[Value, ...] | Unreadable:
        values = Listed(ValueOf(attribute), one=True, least=1).read(node, path, reading)
        return UNREADABLE if values is UNREADABLE or UNREADABLE in values else tuple(values)

    def _operators(self, attribute: Attribute, node: Node, path: Path, reading: Reading) -> Condition | Unreadable:
        if not node.entries if isinstance(node, MappingNode) else True:
            return wrong(node, path, reading, "nothing is compared here", f"write {_listed(_operators(attribute))}")
        assert isinstance(node, MappingNode)
        found = [
            self._operator(attribute, key, at, value, (*path, key), reading)
            for key, at, value in keyed(node, path, reading)
        ]
        parts = tuple(part for part in found if not isinstance(part, Unreadable))
        if len(parts) < len(node.entries):
            return UNREADABLE
        return parts[0] if len(parts) == 1 else Every(parts)

    def _operator(
        self, attribute: Attribute, key: str, at: Node, node: Node, path: Path, reading: Reading
    ) -> Condition | Unreadable:
        if key not in _operators(attribute):
            reading.report_unknown(at, path, f"`{attribute.key}` has no `{printable(key)}`", key, _operators(attribute))
            return UNREADABLE
        if key == "among":
            return self._among(attribute, node, path, reading)
        if key in ORDER:
            value = ValueOf(attribute).read(node, path, reading)
            return value if isinstance(value, Unreadable) else _compared(attribute, key, value, node, path, reading)
        if key == "only":
            return _only(attribute, node, path, reading)
        values = self._values(attribute, node, path, reading)
        if isinstance(values, Unreadable):
            return UNREADABLE
        return Not(one_of(attribute, values)) if key == "not" else _has_one_of(attribute, map(str, values))

    def _among(self, attribute: Attribute, node: Node, path: Path, reading: Reading) -> Condition | Unreadable:
        group = Name().read(node, path, reading)
        if isinstance(group, Unreadable):
            return UNREADABLE
        if group not in self.known.groups:
            reading.report_unknown(node, path, f"no group `{printable(group)}`", group, self.known.groups)
            return UNREADABLE
        parties = self.known.groups[group]
        return _has_one_of(attribute, parties) if attribute.sort.is_set else OneOf(attribute, frozenset(parties))

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "minProperties": 1}

    def words(self) -> str:
        return "a [condition](#conditions)"


def _operators(attribute: Attribute) -> tuple[str, ...]:
    if attribute.sort.is_ordered:
        return (*ORDER, "not")
    if attribute.sort.is_set:
        return ("includes", *(("only",) if attribute.sort is Sort.WORDS else ()), *_AMONG[attribute.of_parties])
    return ("not", *_AMONG[attribute.of_parties])


_AMONG: Final = {True: ("among",), False: ()}


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _compared(
    attribute: Attribute, key: str, value: Any, node: Node, path: Path, reading: Reading
) -> Condition | Unreadable:
    """One comparison; what leaves nothing out, or nothing in, is a mistake."""
    lowest, highest = attribute.reach
    least = value if key in ("at_least", "below") else value + 1
    upward = key in ("at_least", "above")
    if not lowest < least <= highest:
        always = (least <= lowest) == upward
        what = "always" if always else "never"
        return wrong(node, path, reading, f"`{key}: {attribute.spelled(value)}` {what} holds")
    found = AtLeast(attribute, least)
    return found if upward else Not(found)


def _only(attribute: Attribute, node: Node, path: Path, reading: Reading) -> Condition | Unreadable:
    """That there is no other member than these; with an empty list: none at all."""
    kept: Any = ()
    if not isinstance(node, SequenceNode) or node.items or attribute.never_empty:
        kept = Listed(ValueOf(attribute), one=True, least=1).read(node, path, reading)
        if kept is UNREADABLE or UNREADABLE in kept:
            return UNREADABLE
    others = tuple(word for word in attribute.words if word not in kept)
    return Not(_has_one_of(attribute, others)) if others else wrong(node, path, reading, "this always holds")
