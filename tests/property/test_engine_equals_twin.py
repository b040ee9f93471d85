"""The engine against its slow twin: every number and every gate, on cases nobody thought of.

The twin is written from the meaning of the case file alone and shares with the engine only the nouns and
the table of defaults. A difference that no rounding explains is a defect in one of them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from generated_cases import any_case, cases, histories
from oracle import slow_exposure as slow
from tearline.assess.search import Question, chosen, problem
from tearline.cases.read import CaseFile, read
from tearline.cases.write import write
from tearline.domain import Case, ClaimId, Group, GroupId, GroupKind, PartyId, VersionId
from tearline.exposure.account import suspicion
from tearline.exposure.envelope import belief, lower, upper
from tearline.exposure.likelihood import View, seen
from tearline.exposure.situation import Block, Setting, blocks
from tearline.exposure.situation import settings as engine_settings
from tearline.exposure.worlds import Gate, Reached, World, measure
from tearline.tearlines.solve import solve


def near(exact: Fraction | float) -> object:
    """What differs from it by rounding only."""
    return pytest.approx(float(exact), rel=1e-9, abs=1e-15)


def proposed(case: Case) -> tuple[Block, ...]:
    """Every version of the proposed claims that is no more exact than what was asked for."""
    admitted: dict[ClaimId, tuple[VersionId, ...]] = {}
    for claim_id, finest in case.proposal.claims.items():
        claim = case.claim(claim_id)
        first = 0 if finest is None else claim.rank(finest)
        admitted[claim_id] = tuple(version.id for version in claim.versions[first:])
    return blocks(case, admitted)


def every_choice(case: Case, decisions: Sequence[Block]) -> Iterator[tuple[tuple[int, ...], slow.Tearline]]:
    """Every option of every block, and what is then said."""
    for options in itertools.product(*(range(len(block.options)) for block in decisions)):
        said = {}
        for block, option in zip(decisions, options, strict=True):
            for claim, rank in zip(block.claims, block.options[option], strict=True):
                if rank is not None:
                    said[claim] = case.claim(claim).versions[rank].id
        yield options, said


def as_view(case: Case, past: slow.History) -> View:
    """The engine's form of what was told: tellings, in the order of the case."""
    return seen(case, [(claim, case.claim(claim).rank(v), day) for said, day in past for claim, v in said.items()])


def readers(case: Case) -> list[PartyId]:
    """Every party whose inference is limited."""
    return [party.id for party in case.parties if slow.is_gated(case, party)]


def ids(groups: Sequence[Group]) -> tuple[GroupId, ...]:
    """What names a set of candidates."""
    return tuple(group.id for group in groups)


def pairs(
    case: Case, reader: PartyId, past: slow.History, said: slow.Tearline, decisions: tuple[Block, ...]
) -> list[tuple[Setting, slow.Weighed]]:
    """Every setting of the engine beside the twin's for the same candidates and the same point of the sweep.

    Two points may differ in the last digit only; then rounding decides whether there are two or one.
    """
    found = []
    weighed = {ids(model.groups): slow.weigh(case, reader, model, said, past) for model in slow.models(case, reader)}
    for setting in engine_settings(case, reader, as_view(case, past), decisions):
        points = weighed[ids(setting.mind.groups)]
        stance = Fraction(setting.mind.expects), dict(setting.mind.truth)
        alike = [w for w in points if (w.complete, w.truth) == stance]
        twin = min(alike, key=lambda w: abs((w.other or 0) - Fraction(setting.prior.other)))
        assert twin.other is None or setting.prior.other == near(twin.other)
        found.append((setting, twin))
    for groups, points in weighed.items():
        tried = [setting.prior.other for setting, _ in found if ids(setting.mind.groups) == groups]
        assert all(twin.other is None or near(twin.other) in tried for twin in points)
    return found


@given(case=any_case())
@settings(max_examples=50)
def test_every_generated_case_could_have_been_a_file(case: Case) -> None:
    written = write(CaseFile(case=case))

    assert read(written).case == case


@given(data=st.data(), case=any_case())
def test_masses_and_beliefs_are_those_of_the_twin(data: st.DataObject, case: Case) -> None:
    decisions = proposed(case)
    past = data.draw(histories(case.claims), label="past")
    options, said = data.draw(st.sampled_from(list(every_choice(case, decisions))), label="said")
    reader = data.draw(st.sampled_from(readers(case)), label="reader")

    for setting, twin in pairs(case, reader, past, said, decisions):
        mass = setting.world.mass(options)
        persons = suspicion(setting.world, mass)
        for index, group in enumerate(setting.mind.groups):
            exact = twin.masses[group.id]
            for edge, log_edge in zip(exact, (mass.lo, mass.mid, mass.hi), strict=True):
                assert math.exp(log_edge[index]) == near(edge)
            whole = np.eye(len(setting.mind.groups))[index]
            assert lower(whole, mass.lo, mass.hi) == near(twin.each[group.id].lower)
            assert belief(whole, mass.mid) == near(twin.each[group.id].mid)
            assert upper(whole, mass.lo, mass.hi) == near(twin.each[group.id].upper)
            if group.kind is GroupKind.PERSONS:
                assert persons.lo[index] == near(twin.suspicion[group.id].lower)
                assert persons.mid[index] == near(twin.suspicion[group.id].mid)
                assert persons.hi[index] == near(twin.suspicion[group.id].upper)


@given(data=st.data(), case=any_case())
def test_every_gate_is_measured_as_by_the_twin(data: st.DataObject, case: Case) -> None:
    decisions = proposed(case)
    past = data.draw(histories(case.claims), label="past")
    options, said = data.draw(st.sampled_from(list(every_choice(case, decisions))), label="said")
    reader = data.draw(st.sampled_from(readers(case)), label="reader")

    for setting, twin in pairs(case, reader, past, said, decisions):
        note(f"{setting.mind.groups} other={setting.prior.other}")
        assert_same_gates(measure(setting.world, setting.world.mass(options)), twin.gates)


def assert_same_gates(engine: Sequence[Reached], twin: Sequence[slow.Reached]) -> None:
    """G1 is compared by its worst person, as the engine names only that one of several; the rest one by one."""
    by_name = {(gate.gate, gate.about): gate for gate in twin if gate.gate != "top_suspect"}
    found = {(reached.gate.value, reached.about): reached for reached in engine if reached.gate is not Gate.TOP_SUSPECT}
    for name in found.keys() ^ by_name.keys():  # a limit of certainty is none, and rounding decides whether it is one
        assert (found if name in found else by_name)[name].limit == near(1)
    for name in found.keys() & by_name.keys():
        assert_same_gate(found[name], by_name[name])
    suspects = [gate for gate in twin if gate.gate == "top_suspect"]
    worst = max((r for r in engine if r.gate is Gate.TOP_SUSPECT), key=lambda r: r.load)
    most = max(gate.load for gate in suspects)
    level = [gate for gate in suspects if gate.load == near(most)]  # several stand at what each had reached before
    assert_same_gate(worst, min(level, key=lambda gate: abs(float(gate.reached) - worst.reached)))


def assert_same_gate(engine: Reached, twin: slow.Reached) -> None:
    """Same value, same limit, same load, same verdict."""
    assert engine.reached == near(twin.reached)
    assert engine.limit == near(twin.limit)
    assert engine.load == near(twin.load)
    assert engine.broken == twin.broken


@given(case=cases(most_claims=2, most_groups=4))
@settings(max_examples=25)
def test_the_same_tearlines_may_go(case: Case) -> None:
    asked = question(case)
    may_go = [c.said for c in slow.all_tearlines(case, slow.minds(case)) if c.holds]

    found = [
        said for options, said in every_choice(case, asked.blocks) if all(holds(w, options) for w in worlds(asked))
    ]

    assert sorted(map(sorted_items, found)) == sorted(map(sorted_items, may_go))


@given(case=cases(most_claims=3, most_groups=3))
@settings(max_examples=25)
def test_the_search_finds_the_best_of_all_tearlines(case: Case) -> None:
    asked = question(case)
    assume(not any(on_the_edge(world, asked.blocks) for world in worlds(asked)))
    may_go = [c for c in slow.all_tearlines(case, slow.minds(case)) if c.holds]
    best_of_all = min(may_go, key=lambda candidate: candidate.preference)

    solution = solve(problem(asked))

    assert solution.proved
    assert solution.options is not None
    assert solution.value == best_of_all.value * 1_000_000
    assert solution.load == near(best_of_all.load)
    ties = [c for c in may_go if c.value == best_of_all.value and c.load == near(best_of_all.load)]
    assert said_by(asked, solution.options) == min(ties, key=lambda c: in_blocks(case, asked.blocks, c)).said


def question(case: Case) -> Question:
    """The whole question for every reader that is protected against, each holding all that was ever given."""
    decisions, past = proposed(case), as_view(case, slow.all_given(case))
    binding = {reader: engine_settings(case, reader, past, decisions) for reader in readers(case)}
    return Question(case=case, told=case, blocks=decisions, binding=binding, reported={})


def worlds(asked: Question) -> list[World]:
    """Every world in which the gates must hold."""
    return [setting.world for every in asked.binding.values() for setting in every]


def on_the_edge(world: World, decisions: Sequence[Block]) -> bool:
    """Whether rounding decides if a limit is certainty, and so no limit at all."""
    nothing = tuple(len(block.options) - 1 for block in decisions)
    return any(r.limit == near(1) for r in measure(world, world.mass(nothing)) if r.gate in (Gate.TRIES, Gate.STEP))


def said_by(asked: Question, options: Sequence[int]) -> dict[ClaimId, VersionId]:
    """What the options say, by the names of the case."""
    ranks = chosen(asked, options)
    return {c: asked.case.claim(c).versions[rank].id for c, rank in ranks.items() if rank is not None}


def in_blocks(case: Case, decisions: Sequence[Block], candidate: slow.Candidate) -> tuple[int, ...]:
    """The ranks of a text, block after block: the last resort between texts of one value and one load."""
    withheld = {claim.id: len(claim.versions) for claim in case.claims}
    ranks = {claim: case.claim(claim).rank(version) for claim, version in candidate.said.items()}
    return tuple(ranks.get(claim, withheld[claim]) for block in decisions for claim in block.claims)


def holds(world: World, options: tuple[int, ...]) -> bool:
    """Whether no gate is broken."""
    return not any(reached.broken for reached in measure(world, world.mass(options)))


def sorted_items(said: slow.Tearline) -> list[tuple[ClaimId, VersionId]]:
    """A text in a form that can be compared."""
    return sorted(said.items())


@given(case=any_case())
@settings(max_examples=40)
def test_saying_nothing_breaks_no_gate_however_much_was_said_before(case: Case) -> None:
    decisions = proposed(case)
    nothing = tuple(len(block.options) - 1 for block in decisions)

    for reader in readers(case):
        for setting in engine_settings(case, reader, as_view(case, slow.all_given(case)), decisions):
            assert not [r for r in measure(setting.world, setting.world.mass(nothing)) if r.broken]
