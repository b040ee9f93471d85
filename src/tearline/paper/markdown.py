r"""A paper as Markdown, in which no word of a case can become markup.

Every ASCII mark that begins anything in CommonMark or in its common extensions is escaped wherever it stands:
emphasis, code, links, images, HTML, entities, tables, strikethrough, mathematics, footnotes, addresses. What begins
a block only at the start of a line (headings, lists, quotes, rules) is escaped there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tearline.paper.document import Document, Part

_ANYWHERE = re.compile(r"([\\`*_{}\[\]<>#|~&!$@^=])")
_STARTS = re.compile(r"^([-+:])|^(\d+)([.)])")
_ADDRESS = re.compile(r"(?i)\b(www)\.|:(?=//)|(?<=\bmailto):|(?<=\bxmpp):")


def markdown(found: Document) -> str:
    """The paper as Markdown, the banner above and below it."""
    return "\n".join(_lines(found)) + "\n"


def escaped(text: str) -> str:
    r"""Text that is text in Markdown, whatever it holds.

    >>> print(escaped("# <b>[x](http://y)</b> *a* www.z.org 1 & 2"))
    \# \<b\>\[x\](http\://y)\</b\> \*a\* www\.z.org 1 \& 2
    """
    text = _ANYWHERE.sub(r"\\\1", text)
    text = _ADDRESS.sub(lambda found: f"{found[1]}\\." if found[1] else "\\:", text)
    return _STARTS.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", text)


def _lines(found: Document) -> Iterator[str]:
    banner = [f"**{escaped(text)}**" for text in found.banner]
    for line in banner:
        yield from (line, "")
    yield f"# {escaped(found.heading)}"
    if found.facts:
        yield ""
        yield from (f"- {escaped(name)}: {escaped(says)}" for name, says in found.facts)
    for text in found.lead:
        yield from ("", f"**{escaped(text)}**")
    for part in found.parts:
        yield from _part(part)
    if found.signatures:
        yield ""
        yield from (f"- {_signed(role, name)}" for role, name in found.signatures)
    for line in banner:
        yield from ("", line)


def _part(part: Part) -> Iterator[str]:
    if part.title:
        yield from ("", f"## {escaped(part.title)}")
    if part.sentences:
        yield ""
    for number, each in enumerate(part.sentences, 1):
        mark = f"{escaped(each.mark)} " if each.mark else ""
        grade = f" \\[{escaped(each.grade)}\\]" if each.grade else ""
        yield f"{number}. {mark}{escaped(each.words)}{grade}"
    if part.points or part.boxes:
        yield ""
    yield from (f"- [ ] {escaped(box)}" for box in part.boxes)
    yield from (f"- {escaped(point)}" for point in part.points)


def _signed(role: str, name: str) -> str:
    blank = "\\_" * 12
    return f"{escaped(role)}: {escaped(name) + ' ' if name else ''}{blank} on {blank}"
