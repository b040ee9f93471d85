"""The single values of the case format: texts, ids, words, numbers, days, judgements, limits.

Nothing in a file has a type of its own; the shape that is expected decides how a text is read, so
``NO`` can be a party and ``yes`` an answer.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from abc import abstractmethod
from collections.abc import Callable
from enum import Enum
from typing import Any, Final

import attrs

from tearline.cases.document import Node, ScalarNode, SequenceNode
from tearline.cases.shapes import (
    LONGEST_ID,
    UNREADABLE,
    Kind,
    Path,
    Reading,
    Shape,
    described,
    nearest,
    printable,
    wrong,
)
from tearline.domain import ACCESS_WORDS, AgreedUse, Days, Interval, PartyId, Permission, access, chance
from tearline.domain.grades import Spelling
from tearline.errors import InvariantError

_FORBIDDEN: Final = r"\s\x00-\x1f!\"#$%&'()*+,/:;<=>?@\[\\\]^`{|}~"
ID_PATTERN: Final = rf"^[^{_FORBIDDEN}.-][^{_FORBIDDEN}]{{0,{LONGEST_ID - 1}}}$"
"""Ids: letters of any script, digits, ``-``, ``_`` and ``.``, starting with a letter, digit or ``_``."""

_ID: Final = re.compile(ID_PATTERN)
_NUMBER: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AGREED: Final = re.compile(r"no (?P<what>\S+)(?: without (?P<party>\S+))?")
_FORBIDS: Final = {permission.value: permission for permission in Permission} | {"action": Permission.ACT}


class MalformedError(ValueError):
    """A scalar that does not fit its shape: what is wrong, and how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message)


class Scalar(Shape):
    """A single value: its text decides."""

    @abstractmethod
    def parse(self, text: str) -> Any:
        """The value that ``text`` spells.

        Raises:
            MalformedError: It spells none.
        """

    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        if not isinstance(node, ScalarNode):
            return wrong(node, path, reading, f"expected {self.expected()}, found {described(node)}")
        if node.fault:
            return wrong(node, path, reading, node.fault)
        if node.is_blank:
            return wrong(node, path, reading, "nothing is written here", "leave the key out, or quote the text")
        try:
            return self.parse(node.text)
        except MalformedError as malformed:
            return wrong(node, path, reading, str(malformed), malformed.hint)

    def expected(self) -> str:
        """What it is called in a message."""
        return self.words().replace("*", "")


@attrs.frozen
class Text(Scalar):
    """Words for people, kept to the letter."""

    least: int = 0

    def parse(self, text: str) -> str:
        if len(text.strip()) < self.least:
            raise MalformedError("nothing is written here")
        return text

    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        empty = isinstance(node, ScalarNode) and node.plain and node.text == "" and not node.fault
        return "" if empty and not self.least else super().read(node, path, reading)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"\S"} if self.least else {"type": ["string", "null"]}

    def words(self) -> str:
        return "text"


class Sealed:
    """A text that only its owner may see: it never prints, and no engine is ever handed it.

    >>> Sealed("the harbour master"), str(Sealed("the harbour master"))
    (<sealed>, '<sealed>')
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def unseal(self) -> str:
        """The text. For the owner's own question, and for writing the file back; never for a log."""
        return self._text

    def __repr__(self) -> str:
        return "<sealed>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)


@attrs.frozen
class SealedText(Text):
    """Text that is sealed as soon as it is read."""

    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        draft = super().read(node, path, reading)
        return Sealed(draft) if isinstance(draft, str) else draft

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        return value.unseal()

    def words(self) -> str:
        return "text, sealed"


@attrs.frozen
class Name(Scalar):
    """An id. Refers to something of ``kind`` if one is given, else stands for itself."""

    kind: Kind | None = None

    def parse(self, text: str) -> str:
        if not _ID.match(text) or not text.isprintable():
            raise MalformedError(f"`{printable(text)}` is not an id", _id_hint(text))
        return text

    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        draft = super().read(node, path, reading)
        if self.kind is not None and isinstance(draft, str):
            reading.uses.append((self.kind, draft, node, path))
        return draft

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": ID_PATTERN}

    def words(self) -> str:
        return f"id of a {self.kind.value}".replace("a organ", "an organ") if self.kind else "id"


def _id_hint(text: str) -> str:
    if len(text) > LONGEST_ID:
        return f"at most {LONGEST_ID} characters"
    mended = re.sub(rf"[{_FORBIDDEN}.]+", "-", "".join(c for c in text if c.isprintable())).strip("-")
    return f"write `{mended}`" if mended else "letters, digits, `-`, `_` and `.`"


@attrs.frozen
class PolicyName(Text):
    """Which policy: a name or a file; the reader of the case opens it."""

    least: int = 1

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        return value.name

    def words(self) -> str:
        return "name of a shipped policy, or a file such as `rules.yaml`"


@attrs.frozen
class Word(Scalar):
    """One word of a fixed few, each a member of an enumeration."""

    words_of: type[Enum]

    def parse(self, text: str) -> Enum:
        for member in self.words_of:
            if member.value == text:
                return member
        options = [member.value for member in self.words_of]
        raise MalformedError(f"`{printable(text)}` is none of the words for this", nearest(text, options))

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        return value.value

    def schema(self) -> dict[str, Any]:
        return {"enum": [member.value for member in self.words_of]}

    def words(self) -> str:
        return ", ".join(f"`{member.value}`" for member in self.words_of)

    def expected(self) -> str:
        return "one of " + self.words()


@attrs.frozen
class Number(Scalar):
    """A number in a range; ``above`` excludes the lower edge. Never NaN, never infinite."""

    lo: float = 0
    hi: float = 1
    above: bool = False
    whole: bool = False

    def parse(self, text: str) -> float | int:
        value = number(text)
        if not self.lo <= value <= self.hi or (self.above and value <= self.lo):
            raise MalformedError(f"{text} is outside the range", f"write {self.words()}")
        if self.whole:
            if value != int(value):
                raise MalformedError(f"{text} is not a whole number", f"write {self.words()}")
            return int(value)
        return value

    def schema(self) -> dict[str, Any]:
        lower = "exclusiveMinimum" if self.above else "minimum"
        return {"type": "integer" if self.whole else "number", lower: self.lo, "maximum": self.hi}

    def words(self) -> str:
        noun = "a whole number" if self.whole else "a number"
        if self.lo == self.hi:
            return f"`{self.lo:g}`"
        reach = f"up to {self.hi:,.12g}".replace(",", " ")
        return f"{noun} above {self.lo:g} {reach}" if self.above else f"{noun} from {self.lo:g} {reach}"


def number(text: str) -> float:
    """The finite number that ``text`` spells in decimal.

    Raises:
        MalformedError: It spells none.
    """
    if len(text) <= 40 and _NUMBER.fullmatch(text):
        value = float(text)
        if math.isfinite(value):
            return value + 0.0  # -0.0 becomes 0.0
    raise MalformedError(f"`{printable(text)}` is not a number that can be used", _number_hint(text))


def _number_hint(text: str) -> str:
    share = text.strip().removesuffix("%")
    if share != text.strip() and _NUMBER.fullmatch(share.strip()) and len(share) < 20:
        return f"write {float(share) / 100:g}"
    if "," in text and _NUMBER.fullmatch(text.replace(",", ".")) and len(text) < 20:
        return f"write {text.replace(',', '.')}" if len(text.split(",")[1]) != 3 else f"write {text.replace(',', '')}"
    return "write it in decimal figures, such as 0.3"


@attrs.frozen
class Flag(Scalar):
    """True or false."""

    def parse(self, text: str) -> bool:
        value = {"true": True, "yes": True, "false": False, "no": False}.get(text.lower())
        if value is None:
            raise MalformedError(f"`{printable(text)}` is neither true nor false", "write `true` or `false`")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def words(self) -> str:
        return "`true` or `false`"


@attrs.frozen
class Day(Scalar):
    """A day of the calendar."""

    def parse(self, text: str) -> dt.date:
        if _DAY.fullmatch(text):
            try:
                return dt.date.fromisoformat(text)
            except ValueError:
                raise MalformedError(f"there is no day {text}") from None
        raise MalformedError(f"`{printable(text)}` is not a day", "write year-month-day, such as 2026-11-20")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}

    def words(self) -> str:
        return "a day, such as 2026-11-20"


@attrs.frozen
class Between(Shape):
    """A day, or a list of the first and the last day between which it lies."""

    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        if not isinstance(node, SequenceNode):
            day = Day().read(node, path, reading)
            return UNREADABLE if day is UNREADABLE else Days.exactly(day)
        if len(node.items) != 2:
            return wrong(node, path, reading, "expected a day, or a first and a last day", _BETWEEN)
        first, last = (Day().read(item, (*path, index), reading) for index, item in enumerate(node.items))
        if first is UNREADABLE or last is UNREADABLE:
            return UNREADABLE
        if last < first:
            return wrong(node, path, reading, f"{last} is before {first}", "write the first day first")
        if first == last:
            reading.longhand.add(path)
        return Days(first=first, last=last)

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        if value.first == value.last and path not in longhand:
            return Day().take(value.first, path, longhand)
        return [Day().take(value.first, path, longhand), Day().take(value.last, path, longhand)]

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [Day().schema(), {"type": "array", "items": Day().schema(), "minItems": 2, "maxItems": 2}]}

    def words(self) -> str:
        return "a day, or `[first, last]`"


_BETWEEN: Final = "such as 2026-11-20, or [2026-11-20, 2026-11-24]"


@attrs.frozen
class AgreedLimit(Scalar):
    """A limit agreed for a source: ``no onward``, ``no action without C``."""

    def parse(self, text: str) -> AgreedUse:
        phrase = _AGREED.fullmatch(" ".join(text.split()))
        if not phrase:
            raise MalformedError(f"`{printable(text)}` is not a limit", "write `no onward` or `no action without C`")
        if phrase["what"] not in _FORBIDS:
            raise MalformedError(f"no permission `{printable(phrase['what'])}`", nearest(phrase["what"], _FORBIDS))
        if phrase["party"] is not None:
            Name().parse(phrase["party"])
        without = PartyId(phrase["party"]) if phrase["party"] else None
        return AgreedUse(forbids=_FORBIDS[phrase["what"]], without=without, spelled=text)

    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        draft = super().read(node, path, reading)
        if isinstance(draft, AgreedUse) and draft.without:
            reading.uses.append((Kind.PARTY, draft.without, node, path))
        return draft

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        consent = f" without {value.without}" if value.without else ""
        return value.spelled or f"no {value.forbids.value}{consent}"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": rf"^\s*no\s+({'|'.join(_FORBIDS)})(\s+without\s+\S+)?\s*$"}

    def words(self) -> str:
        return f"`no` and one of {', '.join(f'`{word}`' for word in _FORBIDS)}, and perhaps `without` and a party"


@attrs.frozen
class Judged(Shape):
    """A probability with its doubt: a number, or a pair of numbers taken as written, up to ``most``."""

    meaning: Callable[[Spelling], Interval] = chance
    most: float = 1.0

    def read(self, node: Node, path: Path, reading: Reading) -> Any:
        if isinstance(node, SequenceNode) and not node.fault:
            return self._read_pair(node, path, reading)
        if not isinstance(node, ScalarNode) or node.fault or node.is_blank:
            return wrong(node, path, reading, node.fault or f"expected {self.words()}")
        try:
            found = self.meaning(self._spelling(node.text))
            return found if found.hi <= self.most else wrong(node, path, reading, f"more than {self.most:g}")
        except MalformedError as malformed:
            return wrong(node, path, reading, str(malformed), malformed.hint)
        except ValueError as error:
            return wrong(node, path, reading, str(error), "write a number from 0 to 1")

    def _spelling(self, text: str) -> Spelling:
        return number(text)

    def _read_pair(self, node: SequenceNode, path: Path, reading: Reading) -> Any:
        edges = [Number().read(item, (*path, index), reading) for index, item in enumerate(node.items[:3])]
        if UNREADABLE in edges:
            return UNREADABLE
        if len(edges) != 2 or edges[0] > edges[1]:
            return wrong(node, path, reading, "not an interval", "write the lower edge and the upper: [0.1, 0.3]")
        if edges[1] > self.most:
            return wrong(node, path, reading, f"more than {self.most:g}")
        return self.meaning((edges[0], edges[1]))

    def take(self, value: Any, path: Path, longhand: frozenset[Path]) -> Any:
        for spelling in (value.spelled, (value.lo, value.hi)):
            if spelling != "" and self.meaning(spelling) == value:
                return spelling
        raise InvariantError(f"{value} cannot be spelled in a case file")

    def schema(self) -> dict[str, Any]:
        point = {"type": "number", "minimum": 0, "maximum": self.most}
        return {"anyOf": [point, {"type": "array", "items": point, "minItems": 2, "maxItems": 2}]}

    def words(self) -> str:
        return "a number from 0 to 1, or a pair `[lowest, highest]`"


@attrs.frozen
class Placed(Judged):
    """How well placed somebody was to yield a claim: an access word, a number or a pair."""

    meaning: Callable[[Spelling], Interval] = access

    def _spelling(self, text: str) -> Spelling:
        if text in ACCESS_WORDS:
            return text
        if re.match(r"[^\W\d]", text) and text.lower() not in ("nan", "inf", "infinity"):
            raise MalformedError(f"no access word `{printable(text)}`", nearest(text, ACCESS_WORDS))
        return number(text)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(ACCESS_WORDS)}, *super().schema()["anyOf"]]}

    def words(self) -> str:
        return f"{', '.join(f'`{word}`' for word in ACCESS_WORDS)}, {super().words()}"
