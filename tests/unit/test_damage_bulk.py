"""A theft in bulk: the same beliefs as document by document, in bounded memory, with progress."""

from __future__ import annotations

import numpy as np
import pytest

from tearline.damage.bulk import CHUNK, Documents, Leaked, exposed, in_parts
from tearline.domain import ACCESS_WORDS
from tearline.errors import InputError
from tearline.exposure.envelope import suspects_upper
from tearline.exposure.rosters import Grades

GRADES = Grades(tuple(reversed(ACCESS_WORDS.values())))
SOURCES, CANDIDATES = 7, 6


def drawn(seed: int, documents: int = 40, most_claims: int = 4) -> Documents:
    """Documents drawn at random, some without claims, each claim naming a few candidates."""
    chance = np.random.default_rng(seed)
    claims = chance.integers(0, most_claims + 1, documents)
    sizes = chance.integers(0, CANDIDATES, claims.sum())
    candidate = np.concatenate([chance.permutation(CANDIDATES)[:size] for size in sizes] or [np.array([], int)])
    return Documents(
        first_claim=np.concatenate([[0], np.cumsum(claims)]),
        source=chance.integers(0, SOURCES, documents),
        first_entry=np.concatenate([[0], np.cumsum(sizes)]),
        candidate=candidate,
        grade=chance.integers(0, len(GRADES), len(candidate)).astype(np.uint8),
    )


def part(documents: Documents, start: int, stop: int) -> Documents:
    """Some of the documents, in rows of their own."""
    claims = documents.first_claim[start : stop + 1]
    entries = documents.first_entry[claims[0] : claims[-1] + 1]
    return Documents(
        first_claim=claims - claims[0],
        source=documents.source[start:stop],
        first_entry=entries - entries[0],
        candidate=documents.candidate[entries[0] : entries[-1]],
        grade=documents.grade[entries[0] : entries[-1]],
    )


def slowly(documents: Documents, edge: str) -> np.ndarray:
    """Log likelihoods one document after the other, in plain loops."""
    found = np.zeros((SOURCES, CANDIDATES))
    for document, source in enumerate(documents.source):
        claims = range(documents.first_claim[document], documents.first_claim[document + 1])
        if not len(claims):
            continue
        for candidate in range(CANDIDATES):
            grades = []
            for claim in claims:
                entries = range(documents.first_entry[claim], documents.first_entry[claim + 1])
                named = [documents.grade[e] for e in entries if documents.candidate[e] == candidate]
                grades.append(named[0] if named else 0)
            found[source, candidate] += np.log(getattr(GRADES.intervals[min(grades)], edge))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_bulk_beliefs_are_those_of_every_document_taken_one_by_one(seed: int) -> None:
    documents, leaked = drawn(seed), Leaked(SOURCES, CANDIDATES, GRADES)

    leaked.add(documents)

    for found, edge in zip(leaked.log_likelihood(), ("lo", "mid", "hi"), strict=True):
        assert found == pytest.approx(slowly(documents, edge))


def test_the_most_suspected_person_of_each_source_is_the_one_of_the_release_engine() -> None:
    documents, leaked = drawn(9), Leaked(SOURCES, CANDIDATES, GRADES)
    leaked.add(documents)
    prior = np.random.default_rng(1).random((SOURCES, CANDIDATES)) + 0.1
    count = np.random.default_rng(2).integers(1, 30, (SOURCES, CANDIDATES))
    person = np.arange(CANDIDATES) < CANDIDATES - 1

    found = exposed(leaked, prior, count, np.broadcast_to(person, prior.shape))

    for source in range(SOURCES):
        lo, hi = (np.log(prior[source]) + slowly(documents, edge)[source] for edge in ("lo", "hi"))
        assert found.hi[source] == pytest.approx(suspects_upper(count[source], lo, hi)[person].max())
    assert (found.lo <= found.mid + 1e-12).all()
    assert (found.mid <= found.hi + 1e-12).all()


def test_parts_are_the_whole_in_any_order_and_progress_counts_documents() -> None:
    documents, told = drawn(3, documents=50), []
    whole, pieces = Leaked(SOURCES, CANDIDATES, GRADES), Leaked(SOURCES, CANDIDATES, GRADES)
    whole.add(documents)

    count = in_parts([part(documents, 20, 50), part(documents, 0, 20)], pieces, told.append)

    assert count == 50
    assert told == [30, 50]
    for one, other in zip(whole.log_likelihood(), pieces.log_likelihood(), strict=True):
        assert one == pytest.approx(other, abs=0)


def test_more_documents_than_one_chunk_are_counted_once_each() -> None:
    many = CHUNK + 10
    same = Documents(
        first_claim=np.arange(many + 1),
        source=np.zeros(many, int),
        first_entry=np.arange(many + 1),
        candidate=np.zeros(many, int),
        grade=np.full(many, len(GRADES) - 1, np.uint8),
    )
    leaked = Leaked(1, 2, GRADES)

    leaked.add(same)

    assert leaked.log_likelihood()[0][0].tolist() == pytest.approx([many * np.log(0.95), many * np.log(0.001)])


def test_nothing_leaked_leaves_every_belief_where_it_was() -> None:
    prior, ones = np.full((2, 3), 1 / 3), np.ones((2, 3), int)

    found = exposed(Leaked(2, 3, GRADES), prior, ones, np.ones((2, 3), bool))

    assert found.bits.tolist() == pytest.approx([0, 0])


def test_work_is_ordered_by_stake_and_hours_and_not_by_documents() -> None:
    leaked = Leaked(2, 2, GRADES)
    leaked.add(drawn_about(0, 1))
    leaked.add(drawn_about(1, 30))
    prior, ones = np.full((2, 2), 0.5), np.ones((2, 2), int)

    found = exposed(leaked, prior, ones, np.ones((2, 2), bool))

    assert found.order(np.array([10.0, 1.0]), np.array([24.0, 24.0])).tolist() == [0, 1]
    assert found.order(np.array([1.0, 1.0]), np.array([24.0, 1.0])).tolist() == [1, 0]


def drawn_about(source: int, documents: int) -> Documents:
    """Documents that only the first candidate of one source could have written."""
    return Documents(
        first_claim=np.arange(documents + 1),
        source=np.full(documents, source),
        first_entry=np.arange(documents + 1),
        candidate=np.zeros(documents, int),
        grade=np.full(documents, 4, np.uint8),
    )


@pytest.mark.parametrize(("key", "value"), [("source", 2), ("candidate", 2), ("grade", 5)])
def test_numbers_that_are_not_there_are_refused_and_nothing_has_changed(key: str, value: int) -> None:
    held = {
        "first_claim": np.array([0, 1]),
        "source": np.array([0]),
        "first_entry": np.array([0, 1]),
        "candidate": np.array([0]),
        "grade": np.array([1], np.uint8),
    }
    held[key] = np.array([value], held[key].dtype)
    leaked = Leaked(2, 2, GRADES)

    with pytest.raises(InputError, match=f"no such {key}"):
        leaked.add(Documents(**held))

    assert leaked.log_likelihood()[1].tolist() == [[0, 0], [0, 0]]


def test_rows_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(InputError, match="rows must begin at 0"):
        Documents(
            first_claim=np.array([0, 2]),
            source=np.array([0]),
            first_entry=np.array([0, 1]),
            candidate=np.array([0]),
            grade=np.array([1], np.uint8),
        )
