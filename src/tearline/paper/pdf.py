"""A paper as PDF/UA-1: the same bytes for the same document, on every machine with the same typst.

The layout is a template of our own, and what the document says reaches it as data: it is never read as markup,
whatever it holds. The compiler gets an empty folder as its world, no packages and no fonts of the machine. In
the file stand no date, no name of a tool, a person or a machine, and no title but that of the kind of paper.
"""

from __future__ import annotations

import importlib.util
import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tearline.errors import InputError, InvariantError
from tearline.paper.document import Document, Paper
from tearline.paper.wire import encode

if TYPE_CHECKING:
    import typst

NEEDED = "typst"

_SIZES = {Paper.TEARLINE: "a4", Paper.SUBMISSION: "a4", Paper.CARD: "a5"}
_NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_MADE_BY = (
    re.compile(rb"/Creator\((Typst [0-9.]+)\)"),
    re.compile(rb"<xmp:CreatorTool>(Typst [0-9.]+)</xmp:CreatorTool>"),
)
"""The two places where the compiler says what it is called."""


def pdf(found: Document) -> bytes:
    """The paper as PDF.

    Raises:
        InputError: typst is not installed, or its fonts lack a letter: what leaves is to the letter, so nothing
            is put in its place.
    """
    if importlib.util.find_spec(NEEDED) is None:
        raise InputError("a PDF needs typst; install tearline[paper], or take it as md, txt or json")
    import typst  # heavy, and an extra

    try:
        with tempfile.TemporaryDirectory() as nothing:
            written = _compiler(nothing).compile(
                format="pdf", pdf_standards=["ua-1"], sys_inputs={"paper": json.dumps(_data(found))}
            )
    except typst.TypstError as failure:
        raise _told(failure) from None
    if not isinstance(written, bytes):
        raise InvariantError("typst gave no PDF")
    return _anonymous(written)


def _compiler(nothing: str) -> typst.Compiler:
    import typst

    return typst.Compiler(
        Path(__file__).with_name("page.typ").read_bytes(),
        root=nothing,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
        ignore_system_fonts=True,
        package_path=nothing,
        package_cache_path=nothing,
    )


def _data(found: Document) -> dict[str, Any]:
    """What the template is given."""
    wire = json.loads(encode(found))
    content = wire["may_leave"] or wire["house_only"]
    looks = {"background": found.colour.background, "text": found.colour.text, "size": _SIZES[found.paper]}
    return {**content, **looks, "name": found.name}


def _told(failure: typst.TypstError) -> InputError | InvariantError:
    lacking = tuple(dict.fromkeys(_NO_GLYPH.findall(failure.diagnostic or failure.message)))
    if not lacking:
        return InvariantError(f"the template of the PDF failed: {failure.message}")
    which = ", ".join(f"`{each}`" for each in lacking[:5])
    more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
    return InputError(f"the fonts of the PDF lack {which}{more}; take it as md, txt or json")


def _anonymous(written: bytes) -> bytes:
    """The file without the name of what made it; blanks of the same length, so that every offset stays true."""
    for place in _MADE_BY:
        written, count = place.subn(lambda found: found[0].replace(found[1], b" " * len(found[1])), written)
        if count != 1:
            raise InvariantError(f"the PDF names what made it {count} times where once is known")
    return written
