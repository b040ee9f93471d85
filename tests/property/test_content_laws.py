"""What belongs together, against every text of a case listed and judged in plain words."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generated_cases import cases, tied_cases
from oracle import all_contents as slow
from tearline.assess import assess
from tearline.assess.admission import admissions, admitted
from tearline.assess.audience import listeners
from tearline.assess.content import completed
from tearline.assess.probe import measured
from tearline.assess.search import Question, best, chosen, narrowed, problem, question, recipient_holds, tearline
from tearline.domain import Allow, AllowIf, Ask, Case, ClaimId, VersionId
from tearline.exposure.history import held
from tearline.exposure.situation import blocks
from tearline.exposure.situation import settings as worlds_of


def asked(case: Case) -> tuple[Question, dict[ClaimId, tuple[VersionId, ...]]]:
    """The question of a case as if everybody had agreed, and the versions it is about."""
    may = admitted(admissions(case), lambda a: a.if_asked)
    return question(case, listeners(narrowed(case, may)), may), may


def inside(found: Question, text: slow.Text) -> bool:
    ranks = {claim: found.case.claim(claim).rank(version) for claim, version in text.items()}
    return not any(reached.broken for reader in found.binding for _, _, reached in measured(found.told, reader, ranks))


@settings(max_examples=40)
@given(tied_cases())
def test_the_best_text_is_the_best_of_all_that_make_sense_and_are_enough(case: Case) -> None:
    found, may = asked(case)
    fitting = [
        text
        for text in slow.every_text(case, may)
        if slow.makes_sense(case, text) and slow.is_enough(case, text) and inside(found, text)
    ]

    answer = tearline(found, best(found))

    assert answer.proved
    assert slow.makes_sense(case, answer.versions)
    if fitting:
        assert slow.is_enough(case, answer.versions)
        assert answer.value == pytest.approx(max(slow.worth(case, text) for text in fitting), abs=1e-6)
        assert answer.value == pytest.approx(slow.worth(case, answer.versions), abs=1e-6)
    else:
        assert not answer.serves
        assert answer.versions == {}


@settings(max_examples=25)
@given(tied_cases())
def test_whatever_is_let_go_makes_sense_and_is_enough(case: Case) -> None:
    found = assess(case)

    if isinstance(found.decision, Allow | AllowIf | Ask):
        assert slow.makes_sense(case, found.tearline.versions)
        assert slow.is_enough(case, found.tearline.versions)
    for way in found.better:
        assert slow.makes_sense(case, {s.claim: s.version for s in way.said if s.version})


@settings(max_examples=25)
@given(tied_cases())
def test_without_demands_no_less_may_be_said(case: Case) -> None:
    free = attrs.evolve(case, proposal=attrs.evolve(case.proposal, actionable=()))

    found, freely = (best(asked(each)[0]) for each in (case, free))

    assert problem(asked(case)[0]).value(found.options) <= problem(asked(free)[0]).value(freely.options)


@given(tied_cases(), st.data())
def test_a_text_completed_makes_sense_and_says_no_less(case: Case, data: st.DataObject) -> None:
    _, may = asked(attrs.evolve(case, proposal=attrs.evolve(case.proposal, claims={c.id: None for c in case.claims})))
    text = data.draw(st.sampled_from(list(slow.every_text(case, may))))
    ranks = {claim: case.claim(claim).rank(version) for claim, version in text.items()}

    whole = completed(case, ranks, recipient_holds(case))

    said = {c: case.claim(c).versions[rank].id for c, rank in whole.items() if rank is not None}
    assert slow.makes_sense(case, said)
    assert all(whole[claim] is not None and whole[claim] <= rank for claim, rank in ranks.items())


@given(cases(), st.data())
def test_deciding_claims_together_changes_no_likelihood(case: Case, data: st.DataObject) -> None:
    may = admitted(admissions(case), lambda _: True)
    ties = data.draw(st.lists(st.frozensets(st.sampled_from(list(may)), min_size=1), max_size=2))
    reader = listeners(case)[0].party.id
    apart, joint = blocks(case, may), blocks(case, may, ties)
    past = held(case, case.given)
    for one, other in zip(worlds_of(case, reader, past, apart), worlds_of(case, reader, past, joint), strict=True):
        whole = data.draw(st.tuples(*(st.integers(0, len(b.options) - 1) for b in joint)))
        text = {c: r for b, o in zip(joint, whole, strict=True) for c, r in zip(b.claims, b.options[o], strict=True)}
        parts = tuple(b.options.index(tuple(text[c] for c in b.claims)) for b in apart)

        before, after = one.world.mass(parts), other.world.mass(whole)

        assert after.lo == pytest.approx(before.lo, abs=1e-9)
        assert after.mid == pytest.approx(before.mid, abs=1e-9)
        assert after.hi == pytest.approx(before.hi, abs=1e-9)


@given(tied_cases())
def test_silence_is_an_option_of_every_block_and_comes_last(case: Case) -> None:
    found, _ = asked(case)

    for block in found.blocks:
        assert block.options[-1] == (None,) * len(block.claims)
    assert set(chosen(found, problem(found).silence()).values()) <= {None}
