"""Where fewer wordings leave the question as it was, a second search finds what the first one found."""

import itertools

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generated_cases import any_case, tied_cases
from tearline.assess.recommend import Found, recommend, searched
from tearline.assess.replay import replay
from tearline.assess.same_question import Most, SameQuestion
from tearline.assess.search import chosen, problem
from tearline.cases import names, open_shipped
from tearline.domain import Case, ClaimId
from tearline.tearlines.problem import largest_load

TEXTS = 60
"""So many texts of a narrower question are measured at most."""
Ranks = dict[ClaimId, int | None]


@st.composite
def narrower(draw: st.DrawFn, case: Case, text: Most) -> Most:
    """Some of what is proposed, at most so exactly, with all of ``text`` in it."""
    most = {}
    for name, wanted in case.proposal.claims.items():
        versions = [version.id for version in case.claim(name).versions]
        first = 0 if wanted is None else versions.index(wanted)
        last = versions.index(text[name]) if name in text else len(versions) - 1
        if name in text or draw(st.booleans()):
            most[name] = draw(st.sampled_from(versions[first : last + 1]))
    return most


def proposing(case: Case, most: Most) -> Case:
    return attrs.evolve(case, proposal=attrs.evolve(case.proposal, claims=most))


def texts(found: Found) -> dict[tuple[tuple[ClaimId, int], ...], tuple[float, float]]:
    """What texts are worth and use up, the first few of them, by what they say."""
    plain = problem(found.question)
    every = itertools.product(*(range(len(block.options)) for block in plain.blocks))
    measured = {}
    for options in itertools.islice(every, TEXTS):
        ranks = chosen(found.question, options)
        said = tuple((claim, rank) for claim, rank in ranks.items() if rank is not None)
        measured[said] = plain.value(options), largest_load(plain, options)
    return measured


def measured_at(found: Found, said: tuple[tuple[ClaimId, int], ...]) -> tuple[float, float]:
    """What a text is worth and uses up in another question."""
    plain, wanted = problem(found.question), dict(said)
    options = tuple(
        block.options.index(tuple(wanted.get(claim) for claim in block.claims)) for block in found.question.blocks
    )
    return plain.value(options), largest_load(plain, options)


@settings(max_examples=40)
@given(any_case() | tied_cases(), st.data())
def test_the_same_question_of_fewer_wordings_ends_in_the_same_text(case: Case, data: st.DataObject) -> None:
    made = recommend(case)
    text = made.recommended.tearline.versions
    most = data.draw(narrower(case, text))
    assume(SameQuestion(case, made).is_asked(most))

    again = recommend(proposing(case, most)).recommended.tearline

    assert again.proved
    assert again.versions == text


@settings(max_examples=40)
@given(any_case() | tied_cases(), st.data())
def test_every_text_of_the_same_question_is_worth_as_much_and_uses_up_as_much(case: Case, data: st.DataObject) -> None:
    made = recommend(case)
    most = data.draw(narrower(case, made.recommended.tearline.versions))
    assume(SameQuestion(case, made).is_asked(most))
    today = made.recommended is made.now

    again = searched(proposing(case, most), today)

    for said, (value, load) in texts(again).items():
        assert measured_at(made.recommended, said) == (value, pytest.approx(load, rel=1e-9, abs=1e-12))


@settings(max_examples=25)
@given(any_case() | tied_cases())
def test_searching_always_finds_the_same_in_generated_cases(case: Case) -> None:
    made = recommend(case)

    found, by_search = replay(case, made), replay(case, made, always_search=True)

    assert by_search.searched == found.replays
    assert attrs.evolve(by_search, searched=found.searched) == found


def test_searching_always_finds_the_same_in_shipped_cases() -> None:
    spared = 0
    for name in names():
        case = open_shipped(name).case
        made = recommend(case)

        found, by_search = replay(case, made), replay(case, made, always_search=True)

        assert attrs.evolve(by_search, searched=found.searched) == found, name
        spared += found.replays - found.searched
    assert spared > 0
