"""XML that carries labels and policies, read so that it can do nothing but carry them.

No document type is read, so that no entity can be declared: none from outside, and none that grows (a *billion
laughs*). Text is UTF-8, short and shallow. The parser of the standard library reports a document type before it acts
on it, and is stopped there; that makes a further package needless.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

import attrs

from tearline.errors import InputError
from tearline.markings.legible import named

LONGEST: Final = 4_000_000
"""Characters; a national policy with every country and two languages has a hundred thousand."""
DEEPEST: Final = 32
MOST: Final = 50_000
"""Elements."""
XML_LANG: Final = "http://www.w3.org/XML/1998/namespace lang"


@attrs.frozen(kw_only=True)
class Element:
    """One element: its name without and its namespace beside it, its attributes, its text and what lies in it."""

    name: str
    namespace: str
    attributes: dict[str, str]
    text: str
    inside: tuple[Element, ...]

    def all(self, name: str) -> Iterator[Element]:
        """The elements of that name directly inside."""
        return (each for each in self.inside if each.name == name)

    def one(self, name: str) -> Element | None:
        """The element of that name directly inside.

        Raises:
            InputError: There are several.
        """
        found = list(self.all(name))
        if len(found) > 1:
            raise InputError(f"<{self.name}> has {len(found)} <{name}> where one is meant")
        return found[0] if found else None

    def needed(self, name: str) -> Element:
        """The element of that name directly inside.

        Raises:
            InputError: There is none, or there are several.
        """
        if (found := self.one(name)) is None:
            raise InputError(f"<{self.name}> has no <{name}>")
        return found

    def attribute(self, name: str) -> str:
        """An attribute without a namespace.

        Raises:
            InputError: It is missing.
        """
        if name not in self.attributes:
            raise InputError(f"<{self.name}> has no attribute `{name}`")
        return self.attributes[name]

    def only(self, *names: str) -> None:
        """Refuse elements that are not known: what is skipped is a control lost.

        Raises:
            InputError: There is one.
        """
        for each in self.inside:
            if each.name not in names:
                raise InputError(f"<{self.name}> has the unknown element <{each.name[:60]}>")


def read(text: str) -> Element:
    """The root element of an XML text.

    Raises:
        InputError: It is not well-formed, has a document type, or is too long, too deep or too wide.
    """
    if len(text) > LONGEST:
        raise InputError(f"{len(text)} characters of XML; nothing beyond {LONGEST} is read")
    return _Builder().built(text)


def written(name: str, attributes: dict[str, str], *inside: str, text: str = "") -> str:
    """One element as text; everything in it is escaped, but for the elements ``inside``."""
    head = " ".join([name, *(f"{key}={quoteattr(value)}" for key, value in attributes.items())])
    body = escape(text) + "".join(inside)
    return f"<{head}>{body}</{name}>" if body else f"<{head}/>"


class _Builder:
    """Builds elements while the parser reports them."""

    def __init__(self) -> None:
        self.open: list[tuple[str, dict[str, str], list[str], list[Element]]] = []
        self.root: Element | None = None
        self.count = 0

    def built(self, text: str) -> Element:
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.refuse_type
        parser.EntityDeclHandler = self.refuse_type
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.data
        try:
            parser.Parse(text.encode("utf-8"), True)
        except expat.ExpatError as wrong:
            reason = expat.ErrorString(wrong.code)
            raise InputError(f"not XML: {reason} at line {wrong.lineno}, column {wrong.offset + 1}") from None
        except UnicodeEncodeError:
            raise InputError("not XML: it is no text") from None
        if self.root is None:
            raise InputError("not XML: it has no element")
        return self.root

    def refuse_type(self, *told: object) -> None:
        raise InputError("XML with a document type is not read: labels need none, and entities can do harm")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST or len(self.open) >= DEEPEST:
            raise InputError(f"XML with more than {MOST} elements or {DEEPEST} levels is not read")
        self.open.append((name, attributes, [], []))

    def data(self, text: str) -> None:
        self.open[-1][2].append(text)

    def end(self, name: str) -> None:
        full, attributes, texts, inside = self.open.pop()
        namespace, _, local = full.rpartition(" ")
        text = "".join(texts).strip()
        for character in text:
            if not (character.isprintable() or character in "\n\r\t"):
                raise InputError(f"<{local}> has {named(character)}, which does not show")
        element = Element(name=local, namespace=namespace, attributes=attributes, text=text, inside=tuple(inside))
        if self.open:
            self.open[-1][3].append(element)
        else:
            self.root = element
