"""Everything that can be read in the bytes of a paper, and what of a case must not be readable there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from tearline.domain import Case, ClaimId, VersionId
from tearline.paper import Kind

RUN = 4
"""So many words in a row of what is withheld are too many."""


def readable(content: bytes, kind: Kind) -> str:
    """All text in a file: what is printed, and what only a program finds."""
    return "\n".join(_in_pdf(content)) if kind is Kind.PDF else content.decode()


def _in_pdf(content: bytes) -> Iterator[str]:
    """What two readers extract, every string and name of every object, every stream unpacked, and what lies between.

    Fonts and tables of colours are left out of what is unpacked: their bytes spell short words by chance.
    """
    yield _STREAM.sub(b" ", content).decode("latin-1")
    yield from pages_of(content)
    found = pypdf.PdfReader(BytesIO(content), strict=True)
    for page in found.pages:
        yield page.extract_text()
    for number in range(1, found.trailer["/Size"]):
        yield from _in_object(found.get_object(IndirectObject(number, 0, found)))
    yield from _in_object(found.trailer)


_STREAM = re.compile(rb"stream\r?\n.*?\nendstream", re.DOTALL)
_PICTURES = {"/CIDFontType0C", "/Type1C", "/OpenType"}


def _in_object(thing: Any) -> Iterator[str]:
    if isinstance(thing, StreamObject) and thing.get("/Subtype") not in _PICTURES and "/N" not in thing:
        unpacked = thing.get_data()
        yield from (unpacked.decode(coding, "replace") for coding in ("latin-1", "utf-8", "utf-16-be"))
    if isinstance(thing, DictionaryObject):
        for key, value in thing.items():
            yield str(key)
            yield from _in_object(value)
    elif isinstance(thing, ArrayObject):
        for each in thing:
            yield from _in_object(each)
    elif isinstance(thing, TextStringObject | NameObject):
        yield str(thing)
    elif isinstance(thing, ByteStringObject):
        yield from (thing.decode(coding, "replace") for coding in ("latin-1", "utf-8", "utf-16-be"))


def pages_of(content: bytes) -> list[str]:
    """The text of each page of a PDF, as a browser's reader has it."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [_text_of(document, number) for number in range(len(document))]
    finally:
        document.close()


def _text_of(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    try:
        return str(text.get_text_bounded())
    finally:
        text.close()
        page.close()


def words(text: str) -> list[str]:
    """The words of a text, however it is set: no case, no punctuation, no line ends."""
    return re.findall(r"\w+", text.casefold())


def squeezed(text: str) -> str:
    """A text as words with one blank around each, so that whole words can be looked for."""
    return f" {' '.join(words(text))} "


def withheld(case: Case, said: Mapping[ClaimId, VersionId]) -> list[str]:
    """Every text of a case that must not be readable: other versions, titles, notes, names, ids."""
    found = [case.title, *_names(case)]
    for claim in case.claims:
        found += [version.text for version in claim.versions if said.get(claim.id) != version.id]
        found += [claim.id, *(version.id for version in claim.versions)]
    return [text for text in dict.fromkeys(found) if words(text)]


def _names(case: Case) -> Iterator[str]:
    proposal = case.proposal
    yield from (proposal.by, proposal.harm_of_silence)
    for source in case.sources:
        yield from (source.id, *(str(each) for each in source.caveats))
    for reader in case.readers:
        yield from (group.id for group in reader.groups)
    for secret in case.secrets:
        yield secret.id
    for party in case.parties:
        if party.id not in (case.us, proposal.to):
            yield from (party.id, party.label)


def leaks(content: bytes, kind: Kind, secret: Iterable[str], allowed: Iterable[str]) -> list[str]:
    """Texts that can be read in a file and may not be, whole or as a run of words.

    Args:
        allowed: What may be there: the words of a secret that are also words of this tell nothing.
    """
    held, free = squeezed(readable(content, kind)), squeezed(" \x00 ".join(allowed))
    return [text for text in secret if any(run in held and run not in free for run in _runs(text))]


def _runs(text: str) -> Iterator[str]:
    """A text as a whole where it is short, and every few words of it where it is long."""
    each = words(text)
    size = min(RUN, len(each))
    for start in range(len(each) - size + 1):
        yield f" {' '.join(each[start : start + size])} "
