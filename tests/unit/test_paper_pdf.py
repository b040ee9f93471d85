"""Papers as PDF: banners on every page, text to the letter, nothing beside it, and words that try to be more."""

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pypdf
import pypdfium2
import pytest
from pypdf.generic import IndirectObject

from paper_bytes import pages_of, readable, squeezed, words
from tearline.errors import InputError
from tearline.markings.colours import Colour
from tearline.paper import Document, Kind, Paper, Part, Sentence, written

FIRST = "The delegation leaves for the coast."
LETTERS = "“Ząb” – ελληνικά, Привет, שלום: half of € 3 ≥ 2 … ffi fl st"


def paper(*said: str, kind: Paper = Paper.TEARLINE, **changes: Any) -> Document:
    """A small paper that says this."""
    made = Document(
        paper=kind,
        leaves=True,
        banner=("SECRET//REL TO USA, GBR",),
        colour=Colour.RED,
        heading="Report",
        facts=(("From", "State A"), ("To", "State B"), ("Reference", "4f3a-91bc-22d0")),
        parts=(Part(sentences=tuple(Sentence(words=each, mark="(S)", grade="B2") for each in said or (FIRST,))),),
        signatures=(("By authority of State A", ""),),
    )
    return attrs.evolve(made, **changes)


def many(count: int) -> tuple[str, ...]:
    """So many sentences."""
    return tuple(
        f"Sentence {number} says something that is of no interest to anybody at all." for number in range(count)
    )


def pictures(content: bytes) -> list[np.ndarray[Any, np.dtype[np.uint8]]]:
    """Each page as rows of pixels, red, green and blue."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [_picture(document, number) for number in range(len(document))]
    finally:
        document.close()


def _picture(document: pypdfium2.PdfDocument, number: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    page = document[number]
    bitmap = page.render(scale=0.5, rev_byteorder=True)
    try:
        return np.array(bitmap.to_numpy()[:, :, :3])
    finally:
        bitmap.close()
        page.close()


def rows_of(picture: np.ndarray[Any, np.dtype[np.uint8]], colour: Colour) -> list[int]:
    """Rows of a picture of which more than half is of the banner's colour."""
    wanted = [int(colour.value[0][at : at + 2], 16) for at in (0, 2, 4)]
    near = (np.abs(picture.astype(int) - wanted) < 12).all(axis=2)
    return [int(row) for row in np.flatnonzero(near.mean(axis=1) > 0.5)]


def keys_in(content: bytes) -> set[str]:
    """The keys of every dictionary of a PDF."""
    found = pypdf.PdfReader(BytesIO(content), strict=True)
    numbers = range(1, found.trailer["/Size"])
    return {key for number in numbers for key in _keys(found.get_object(IndirectObject(number, 0, found)))}


def _keys(thing: Any) -> Iterator[str]:
    if isinstance(thing, dict):
        yield from map(str, thing)
    for inner in thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ():
        yield from _keys(inner)


ACTIVE = {"/JavaScript", "/JS", "/URI", "/AA", "/Annots", "/AcroForm", "/OpenAction", "/EmbeddedFiles", "/AF"}
"""What a reader would act on, or could unfold."""


@pytest.mark.parametrize("kind", Paper)
def test_every_page_has_the_banner_at_its_top_and_its_bottom_and_says_which_of_how_many_it_is(kind: Paper) -> None:
    content = written(paper(*many(90), kind=kind), Kind.PDF)

    pages = pages_of(content)
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        assert text.count("SECRET//REL TO USA, GBR") == 2
        assert f"Page {number} of {len(pages)}" in text
    for picture in pictures(content):
        rows = rows_of(picture, Colour.RED)
        height = picture.shape[0]
        assert [row for row in rows if row < height / 8]
        assert [row for row in rows if row > height * 7 / 8]
        assert not [row for row in rows if height / 8 <= row <= height * 7 / 8]


def test_a_long_banner_takes_room_from_the_text_and_never_lies_over_it() -> None:
    long = ("TOP SECRET//SI//" + "REL TO USA, " + ", ".join(f"A{n:02}" for n in range(120)), "DRAFT")

    content = written(paper(*many(60), banner=long), Kind.PDF)

    for text, picture in zip(pages_of(content), pictures(content), strict=True):
        rows = rows_of(picture, Colour.RED)
        top = [row for row in rows if row < picture.shape[0] / 2]
        below = picture[max(top) + 1 : max(top) + 8]
        assert (below == 255).all()
        assert " ".join(text.split()).count(long[0]) == 2


def test_what_is_extracted_is_what_was_approved_to_the_letter() -> None:
    content = written(paper(LETTERS, FIRST), Kind.PDF)

    for text in (*pages_of(content), *(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)):
        flowing = " ".join(text.split())
        assert all(word in flowing for word in LETTERS.replace(":", "").split())
        assert FIRST in flowing
        assert "(S) “Ząb”" in flowing


def test_words_that_are_longer_than_a_line_stay_on_the_page() -> None:
    long = "Q" * 400

    content = written(paper(f"see {long} there"), Kind.PDF)

    assert long in "".join(pages_of(content)[0].split())
    for picture in pictures(content):
        assert (picture[:, -20:] == 255).all()


@pytest.mark.parametrize(
    "words_",
    [
        '#read("/etc/passwd")',
        '#include "/etc/passwd"',
        '#image("/etc/passwd")',
        '#eval("1 + 1") #sys.inputs #panic()',
        '#import "@preview/example:0.1.0": *',
        '] #read("/etc/passwd") [ { } ( ) ; = heading @label <label> $x^2$ `raw` // no comment /* nor */ \\u{41} \\',
        '", "words": "no", "x": "',
        "*bold* _slanted_ - list + list / term: is -- --- ~ ' \" https://x.example",
        "%PDF-1.7 endstream endobj << /JS (app.alert(1)) >> \\) (",
    ],
)
def test_words_that_look_like_markup_are_words(words_: str) -> None:
    found = paper(words_, heading=words_, banner=(words_,), signatures=((words_, words_),), lead=(words_,))

    content = written(attrs.evolve(found, facts=((words_, words_), ("Reference", words_))), Kind.PDF)

    text = "".join("".join(pages_of(content)).split())
    assert text.count("".join(words_.split())) == 11  # in eight places, two of them twice and a reference in the foot
    assert "root:" not in readable(content, Kind.PDF)
    assert keys_in(content).isdisjoint(ACTIVE)


def test_letters_that_cannot_be_seen_stand_there_by_their_number() -> None:
    content = written(paper("a\x00b\u202ec\u200bd\x1b[31m"), Kind.PDF)

    assert "a(U+0000)b(U+202E)c(U+200B)d(U+001B)[31m" in pages_of(content)[0]


@pytest.mark.parametrize("letters", ["漢字", "\U0001f600"])
def test_letters_that_the_fonts_lack_are_named_and_not_replaced(letters: str) -> None:
    with pytest.raises(InputError, match=f"fonts of the PDF lack `{letters[0]}`.*take it as md, txt or json"):
        written(paper(f"They wrote {letters}."), Kind.PDF)


def test_the_file_names_no_tool_no_time_no_person_and_no_machine() -> None:
    content = written(paper(), Kind.PDF)

    found = pypdf.PdfReader(BytesIO(content))
    held = found.trailer["/Root"]["/Metadata"].get_object().get_data().decode()  # type: ignore[index]
    assert found.metadata is not None
    assert {key: value for key, value in found.metadata.items() if str(value).strip()} == {"/Title": "Report"}
    assert set(re.findall(r"<(\w+:\w+)", held)) == {
        *("x:xmpmeta", "rdf:RDF", "rdf:Description", "dc:title", "rdf:Alt", "rdf:li", "xmp:CreatorTool", "dc:language"),
        *("rdf:Bag", "pdfuaid:part", "xmpTPg:NPages", "dc:format", "xmpMM:InstanceID", "xmpMM:DocumentID"),
        *("xmpMM:RenditionClass", "pdf:PDFVersion"),
    }
    assert re.search(r"<xmp:CreatorTool> +</xmp:CreatorTool>", held)
    assert b"Typst" not in content
    assert "typst" not in squeezed(readable(content, Kind.PDF))
    assert set(words(os.getcwd())) & set(words(content.decode("latin-1"))) <= {"paper", "tearline"}
    assert "/Names" not in found.trailer["/Root"]  # type: ignore[operator]


def test_it_says_that_it_is_accessible_and_is_tagged() -> None:
    found = pypdf.PdfReader(BytesIO(written(paper(), Kind.PDF)), strict=True)

    root: Any = found.trailer["/Root"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root


def test_the_bytes_are_the_same_whoever_makes_it_where_and_when(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from test_paper_pdf import paper; from tearline.paper import Kind, written\n"
        "sys.stdout.buffer.write(written(paper(), Kind.PDF))"
    )
    tests = Path(__file__).resolve().parents[1]
    paths = [str(tests / "unit"), str(tests), str(tests.parent / "src")]
    strange = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1", "USER": "somebody", "PYTHONHASHSEED": "7"}

    done = subprocess.run(
        [sys.executable, "-c", program, *paths],
        env={**os.environ, **strange},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
    )

    assert done.stdout == written(paper(), Kind.PDF)


def test_without_typst_it_is_said_what_to_install_and_all_else_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(InputError, match=r"install tearline\[paper\], or take it as md, txt or json"):
        written(paper(), Kind.PDF)
    assert all(written(paper(), kind) for kind in Kind if kind is not Kind.PDF)
