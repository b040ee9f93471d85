"""Proposals on reports that others wrote and marked: how much is taken up, and the laws hold there too."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tearline.cases import names, open_shipped
from tearline.drafting import Kind, installed, ladder, proposals, said, sentences, telltales
from tearline.drafting.spans import tokens

Ask = Callable[[str], Path]

SOURCES = ("CENTCOM", "UK Government", "US State Department")

ALIKE = {
    "Location": {Kind.PLACE},
    "Organisation": {Kind.ORGANISATION},
    "Person": {Kind.PERSON},
    "Quantity": {Kind.NUMBER},
    "Temporal": {Kind.DATE, Kind.TIME},
}

TAKEN_UP = {"Location": 0.10, "Organisation": 0.02, "Person": 0.12, "Quantity": 0.45, "Temporal": 0.45}
"""The least share of what people marked that a proposal touches; what was measured is a little more."""


def rows(path: Path) -> Iterator[dict[str, object]]:
    """The objects of a file with one to a line."""
    yield from map(json.loads, path.read_text("utf-8").splitlines())


def reports(ask: Ask) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """The texts, each with what people marked in it: start, end, type."""
    for source in SOURCES:
        folder = ask(f"reports/re3d/{source}")
        marked: dict[str, list[tuple[int, int, str]]] = {}
        for entity in rows(folder / "entities.json"):
            place = (int(str(entity["begin"])), int(str(entity["end"])), str(entity["type"]))
            marked.setdefault(str(entity["documentId"]), []).append(place)
        for document in rows(folder / "documents.json"):
            yield str(document["text"]), marked.get(str(document["_id"]), [])


def test_what_people_marked_is_taken_up_as_often_as_measured(outside_data: Ask) -> None:
    gazetteer = installed()
    if gazetteer is None:
        pytest.skip("the extra `drafting` is not installed")
    seen: Counter[str] = Counter()
    met: Counter[str] = Counter()

    for text, marked in reports(outside_data):
        spans = [(span, one.kind) for one in proposals(text, gazetteer) for span in one.spans]
        for start, end, sort in marked:
            if sort in ALIKE:
                seen[sort] += 1
                met[sort] += any(span.start < end and start < span.end and kind in ALIKE[sort] for span, kind in spans)

    sys.stdout.write("\nmarked by people          taken up   of\n")
    for sort, least in TAKEN_UP.items():
        sys.stdout.write(f"{sort:<24} {met[sort]:>9} {seen[sort]:>5}   {met[sort] / seen[sort]:.0%}\n")
        assert met[sort] / seen[sort] >= least, sort


def test_no_vaguer_wording_of_a_real_sentence_holds_what_it_takes_away(outside_data: Ask) -> None:
    gazetteer = installed()
    if gazetteer is None:
        pytest.skip("the extra `drafting` is not installed")
    tried = 0

    for text, _ in reports(outside_data):
        for span in sentences(text):
            sentence = " ".join(span.of(text).split())
            for one in proposals(sentence, gazetteer):
                for rung in one.rungs:
                    assert not _holds(said(sentence, {one: rung}), one.specific), (sentence, one)
                    tried += 1

    assert tried > 700  # so that the law is about something


def _holds(text: str, specific: str) -> bool:
    words, wanted = tokens(text), tokens(specific)
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def test_words_of_the_shipped_cases_are_read_and_the_vaguest_of_them_give_less_away() -> None:
    exact = vague = 0

    for name in names():
        for claim in open_shipped(name).case.claims:
            for version, words in ((0, claim.versions[0].text), (-1, claim.versions[-1].text)):
                found = len(telltales(words)) + sum(len(ladder(words, (one,))) for one in proposals(words))
                exact, vague = (exact + found, vague) if version == 0 else (exact, vague + found)

    sys.stdout.write(
        f"\nshipped cases: {exact} telltales and vaguer wordings in the exact words, {vague} in the vaguest\n"
    )
    assert vague < exact / 2
