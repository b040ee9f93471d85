"""Laws of inference that hold whatever the case: nobody's name matters, nobody gains from noise."""

from __future__ import annotations

import enum
import math
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generated_cases import HOSTILE, RECIPIENT, any_case, at_least, cases, histories, intervals, views
from oracle import slow_exposure as slow
from oracle.worked_numbers import capacity_bits, guessed_after, leakage_bits
from tearline.domain import (
    ABSENT,
    Budget,
    Case,
    Claim,
    ClaimId,
    Group,
    GroupId,
    GroupKind,
    Interval,
    Source,
    SourceKind,
    Version,
    VersionId,
)
from tearline.exposure.account import Suspicion, suspicion
from tearline.exposure.candidates import Mind
from tearline.exposure.envelope import belief, lower, upper
from tearline.exposure.evidence import explain
from tearline.exposure.history import held, history, in_order
from tearline.exposure.likelihood import View, seen
from tearline.exposure.situation import Setting
from tearline.exposure.situation import settings as settings_of
from tearline.exposure.worlds import Reached, World, measure

A_HAIR = 1e-9
"""Slack for rounding where a law says no more or no less."""


def ranks(case: Case, view: slow.Tearline) -> View:
    """The engine's form of what is said on the day of the case."""
    return as_view(case, slow.today(case, view))


def as_view(case: Case, history: slow.History) -> View:
    """The engine's form of what was told."""
    return seen(case, [(claim, case.claim(claim).rank(v), day) for said, day in history for claim, v in said.items()])


def suspicions(case: Case, view: slow.Tearline) -> list[Suspicion]:
    """How far the hostile reader suspects one member of each of its groups, at every point of the sweep."""
    return [suspicion(s.world, s.before) for s in settings_of(case, HOSTILE, ranks(case, view), ())]


def gates(case: Case, view: slow.Tearline) -> list[list[float]]:
    """The loads of all gates after `view` on top of nothing, at every point of the sweep, smallest first."""
    found = settings_of(case, HOSTILE, ranks(case, view), ())
    fresh = settings_of(case, HOSTILE, {}, ())
    return [sorted(loads(measure(a.world, b.before))) for a, b in zip(fresh, found, strict=True)]


def loads(reached: tuple[Reached, ...]) -> list[float]:
    """The share of its limit that each gate uses."""
    return [gate.load for gate in reached]


def hostile(case: Case) -> tuple[Group, ...]:
    """The candidates of the hostile reader."""
    return case.readers[0].groups


def with_groups(case: Case, groups: tuple[Group, ...]) -> Case:
    """The case with other candidates for the hostile reader."""
    return attrs.evolve(case, readers=(attrs.evolve(case.readers[0], groups=groups), *case.readers[1:]))


def with_access(case: Case, change: Callable[[Claim, Version, GroupId, Interval], Interval]) -> Case:
    """The case with every access spelled out and changed by `change`."""
    return attrs.evolve(case, claims=tuple(_with_access(case, claim, change) for claim in case.claims))


def _with_access(case: Case, claim: Claim, change: Callable[[Claim, Version, GroupId, Interval], Interval]) -> Claim:
    known = {group.id: ABSENT for reader in case.readers for group in reader.groups}
    versions = []
    for version in claim.versions:
        known = {**known, **version.known}
        said = {group: change(claim, version, group, interval) for group, interval in known.items()}
        versions.append(attrs.evolve(version, known=said))
    return attrs.evolve(claim, versions=tuple(versions), siblings=())


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """A copy of anything made of the nouns, in which every id has another name."""
    if isinstance(value, enum.Enum):
        return value
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, tuple):
        return tuple(renamed(each, names) for each in value)
    if isinstance(value, Mapping):
        return {renamed(key, names): renamed(each, names) for key, each in value.items()}
    if attrs.has(type(value)):
        fields = {field.name: getattr(value, field.name) for field in attrs.fields(type(value)) if field.init}
        return type(value)(**{name: renamed(each, names) for name, each in fields.items()})
    return value


def ids_of(case: Case) -> list[str]:
    """The ids of all parties, sources, candidates and cells."""
    groups = [group.id for reader in case.readers for group in reader.groups]
    named = [*(p.id for p in case.parties), *(s.id for s in case.sources), *(o.id for o in case.organisations)]
    return [*groups, *named]


def shuffled(data: st.DataObject, case: Case) -> Case:
    """The case with candidates, parties, sources, organisations and secrets in another order."""
    mixed = with_groups(case, tuple(data.draw(st.permutations(hostile(case)), label="groups")))
    return attrs.evolve(
        mixed,
        parties=tuple(data.draw(st.permutations(case.parties), label="parties")),
        sources=tuple(data.draw(st.permutations(case.sources), label="sources")),
        organisations=tuple(data.draw(st.permutations(case.organisations), label="organisations")),
        secrets=tuple(data.draw(st.permutations(case.secrets), label="secrets")),
    )


@given(data=st.data(), case=cases())
@settings(max_examples=30)
def test_renaming_everybody_changes_no_number_of_the_engine(data: st.DataObject, case: Case) -> None:
    view = data.draw(views(case.claims))
    ids = ids_of(case)
    names = {old: f"n{new}" for old, new in zip(ids, data.draw(st.permutations(range(len(ids)))), strict=True)}
    other = renamed(case, names)

    before = settings_of(case, HOSTILE, ranks(case, view), ())
    after = settings_of(other, other.readers[0].id, ranks(other, view), ())

    for mine, theirs in zip(before, after, strict=True):
        assert np.array_equal(mine.before.lo, theirs.before.lo)
        assert np.array_equal(mine.before.mid, theirs.before.mid)
        assert np.array_equal(mine.before.hi, theirs.before.hi)
        assert loads(measure(mine.world, mine.before)) == loads(measure(theirs.world, theirs.before))


@given(data=st.data(), case=cases())
@settings(max_examples=30)
def test_the_order_of_the_file_changes_no_number_of_the_engine(data: st.DataObject, case: Case) -> None:
    view = data.draw(views(case.claims))
    other = shuffled(data, case)

    for mine, theirs in zip(gates(case, view), gates(other, view), strict=True):
        assert mine == pytest.approx(theirs, rel=A_HAIR)


@given(data=st.data(), case=cases(most_claims=2, most_groups=4))
@settings(max_examples=30)
def test_neither_names_nor_order_change_a_number_of_the_twin(data: st.DataObject, case: Case) -> None:
    said = data.draw(views(case.claims))
    ids = ids_of(case)
    names = {old: f"n{new}" for old, new in zip(ids, data.draw(st.permutations(range(len(ids)))), strict=True)}
    other = renamed(shuffled(data, case), names)

    before = slow.weigh(case, HOSTILE, case.readers[0], said)
    after = slow.weigh(other, other.readers[0].id, other.readers[0], said)

    for mine, theirs in zip(before, after, strict=True):
        assert {names[group]: edges for group, edges in mine.masses.items()} == theirs.masses
        assert {names[group]: found for group, found in mine.suspicion.items()} == theirs.suspicion
        assert sorted(gate.load for gate in mine.gates) == sorted(gate.load for gate in theirs.gates)


@given(data=st.data(), case=cases())
@settings(max_examples=30)
def test_whichever_source_a_secret_or_a_claim_belongs_to_the_gates_are_the_same(
    data: st.DataObject, case: Case
) -> None:
    view = data.draw(views(case.claims))
    handles = st.sampled_from([source.id for source in case.sources])
    alike = attrs.evolve(
        case,
        sources=tuple(attrs.evolve(s, kind=SourceKind.HUMAN) for s in case.sources),
        secrets=tuple(attrs.evolve(secret, budget=Budget()) for secret in case.secrets),
        claims=tuple(attrs.evolve(claim, sources=(case.sources[0].id,)) for claim in case.claims),
    )
    other = attrs.evolve(
        alike,
        secrets=tuple(attrs.evolve(secret, of=data.draw(handles)) for secret in alike.secrets),
        claims=tuple(attrs.evolve(claim, sources=(data.draw(handles),)) for claim in alike.claims),
    )

    assert gates(other, view) == gates(alike, view)


@given(data=st.data(), case=cases(most_claims=2), chance=st.integers(1, 100))
@settings(max_examples=30)
def test_a_claim_known_to_all_alike_changes_nothing(data: st.DataObject, case: Case, chance: int) -> None:
    view = data.draw(views(case.claims))
    everybody = {g.id: Interval.exactly(chance / 100) for reader in case.readers for g in reader.groups}
    rumour = Claim(
        id=ClaimId("rumour"), versions=(Version(id=VersionId("v0"), text="as said", value=1.0, known=everybody),)
    )
    longer = attrs.evolve(case, claims=(*case.claims, rumour))

    for before, after in zip(
        suspicions(case, view), suspicions(longer, {**view, rumour.id: rumour.versions[0].id}), strict=True
    ):
        for edge in ("lo", "mid", "hi"):
            assert getattr(after, edge) == pytest.approx(getattr(before, edge), rel=A_HAIR)


@given(data=st.data(), case=cases())
def test_the_order_of_release_changes_nothing_in_the_end(data: st.DataObject, case: Case) -> None:
    other = data.draw(st.permutations(case.given))

    assert held(case, tuple(other)) == held(case, case.given) == as_view(case, slow.all_given(case))


@given(data=st.data(), case=cases())
@settings(max_examples=30)
def test_coarser_words_never_point_more_at_whoever_knew_everything(data: st.DataObject, case: Case) -> None:
    suspect = data.draw(st.sampled_from([g for g in hostile(case) if g.kind is GroupKind.PERSONS]))
    certain = Interval.exactly(1.0)
    knowing = with_access(case, lambda _claim, _version, group, i: certain if group == suspect.id else i)
    view = data.draw(views(knowing.claims, least=1))
    claim = data.draw(st.sampled_from([c for c in knowing.claims if c.id in view]))
    rank = claim.rank(view[claim.id])
    assume(rank + 1 < len(claim.versions))

    coarser = {**view, claim.id: claim.versions[rank + 1].id}

    exact, vague = direct(knowing, suspect, view), direct(knowing, suspect, coarser)
    for before, after in zip(exact, vague, strict=True):
        assert all(b <= a * (1 + A_HAIR) for a, b in zip(before, after, strict=True))


def direct(case: Case, group: Group, view: slow.Tearline) -> list[tuple[float, float, float]]:
    """The belief in a whole group, at every point of the sweep."""
    weight = np.array([float(g.id == group.id) for g in hostile(case)])
    return [
        (lower(weight, m.lo, m.hi), belief(weight, m.mid), upper(weight, m.lo, m.hi))
        for m in (s.before for s in settings_of(case, HOSTILE, ranks(case, view), ()))
    ]


@given(data=st.data(), case=cases(most_groups=4), weight=st.sampled_from([0.01, 0.1, 0.3]))
@settings(max_examples=30)
def test_one_more_candidate_makes_nobody_more_suspect(data: st.DataObject, case: Case, weight: float) -> None:
    view = data.draw(views(case.claims))
    weighted = tuple(g if g.weight else attrs.evolve(g, weight=0.1) for g in hostile(case))
    groups = tuple(g for g in weighted if g.kind is not GroupKind.OTHER)
    newcomer = Group(id=GroupId("newcomer"), count=3, weight=weight)

    fewer, more = suspicions(with_groups(case, groups), view), suspicions(with_groups(case, (*groups, newcomer)), view)

    for before, after in zip(fewer, more, strict=True):
        for edge in ("lo", "mid", "hi"):
            assert np.all(getattr(after, edge)[:-1] <= getattr(before, edge) * (1 + A_HAIR))


@given(data=st.data(), case=cases(), better=intervals())
@settings(max_examples=30)
def test_a_better_innocent_explanation_makes_nobody_more_suspect(
    data: st.DataObject, case: Case, better: Interval
) -> None:
    case = attrs.evolve(case, lists=())  # who would have known of what a list leaves out is cleared by that
    innocent = {g.id for g in hostile(case) if g.kind is GroupKind.OTHER}
    view = data.draw(views(case.claims))
    plain = with_access(case, lambda _claim, _version, _group, i: i)
    raised = with_access(case, lambda _claim, _version, group, i: at_least(i, better) if group in innocent else i)

    for before, after in zip(suspicions(plain, view), suspicions(raised, view), strict=True):
        for edge in ("lo", "mid", "hi"):
            assert np.all(getattr(after, edge) <= getattr(before, edge) * (1 + A_HAIR))


@given(data=st.data(), case=any_case())
def test_the_best_point_lies_inside_the_envelope(data: st.DataObject, case: Case) -> None:
    view = data.draw(views(case.claims))

    for found in suspicions(case, view):
        assert np.all(found.lo <= found.mid * (1 + A_HAIR))
        assert np.all(found.mid <= found.hi * (1 + A_HAIR))


@given(data=st.data(), case=cases(), narrower=st.sampled_from([0.3, 0.9]), wider=st.sampled_from([1.1, 2.0]))
@settings(max_examples=30)
def test_wider_doubt_widens_the_envelope(data: st.DataObject, case: Case, narrower: float, wider: float) -> None:
    view = data.draw(views(case.claims))
    plain = with_access(case, lambda _claim, _version, _group, i: i)
    doubtful = with_access(
        case, lambda _claim, _version, _group, i: Interval(i.lo * narrower, i.mid, min(1.0, i.hi * wider))
    )

    for before, after in zip(suspicions(plain, view), suspicions(doubtful, view), strict=True):
        assert np.all(after.lo <= before.lo * (1 + A_HAIR))
        assert np.all(after.hi >= before.hi * (1 - A_HAIR))


@given(data=st.data(), case=any_case())
def test_beliefs_in_all_explanations_sum_to_one(data: st.DataObject, case: Case) -> None:
    view = data.draw(views(case.claims))

    for setting in settings_of(case, HOSTILE, ranks(case, view), ()):
        assert belief(np.ones(len(setting.mind.groups)), setting.before.mid) == pytest.approx(1)
        assert np.exp(setting.prior.log_mass).sum() == pytest.approx(1)
        assert sum(belief(row, setting.before.mid) for row in np.eye(len(setting.mind.groups))) == pytest.approx(1)


@given(case=cases())
@settings(max_examples=30)
def test_bits_charged_in_sequence_telescope(case: Case) -> None:
    nothing = history(attrs.evolve(case, given=tuple(attrs.evolve(g, claims={}) for g in case.given)), HOSTILE)
    spent = history(case, HOSTILE)
    assume(spent)

    for number, last in enumerate(spent[-1].charges):
        total = sum(release.charges[number].bits for release in spent)
        first = nothing[0].charges[number]
        assert first.about == last.about
        if first.mid:
            assert total == pytest.approx(math.log2(last.mid / first.mid), abs=A_HAIR)


@given(data=st.data(), case=any_case())
def test_the_explanation_ends_at_what_the_reader_believes(data: st.DataObject, case: Case) -> None:
    past = as_view(case, data.draw(histories(case.claims), label="past"))
    reader = data.draw(st.sampled_from([HOSTILE, RECIPIENT]), label="reader")

    for setting in settings_of(case, reader, past, ()):
        found = explain(case, setting, past)

        mass = np.exp(setting.before.mid)
        believed = {g.id: m for g, m in zip(setting.mind.groups, mass / mass.sum(), strict=True)}
        assert {each.group: each.after for each in found.groups} == pytest.approx(believed, rel=1e-9, abs=1e-15)
        total = sum(piece.sequential for piece in found.pieces)
        assert sum(piece.shapley for piece in found.pieces) == pytest.approx(total, rel=1e-6, abs=1e-6)


@given(case=cases())
@settings(max_examples=30)
def test_the_history_ends_at_what_is_held(case: Case) -> None:
    spent = history(case, HOSTILE)
    assume(spent)

    everything = settings_of(case, HOSTILE, as_view(case, slow.all_given(case)), ())
    top = max(suspicion(s.world, s.before).hi.max() for s in everything)

    (last,) = [charge for charge in spent[-1].charges if charge.about == "top_suspect"]
    assert last.hi == pytest.approx(top)
    assert [release.on for release in spent] == [release.on for release in in_order(case)]


chances = st.lists(st.integers(0, 20), min_size=3, max_size=3).filter(any)
channels = st.lists(chances, min_size=4, max_size=4).map(lambda rows: [[n / sum(row) for n in row] for row in rows])
priors = st.lists(st.integers(1, 20), min_size=4, max_size=4).map(lambda row: [n / sum(row) for n in row])


@given(prior=priors, channel=channels)
def test_no_prior_leaks_more_than_the_capacity(prior: list[float], channel: list[list[float]]) -> None:
    assert leakage_bits(prior, channel) <= capacity_bits(channel) + A_HAIR


@given(prior=priors, channel=channels)
def test_merging_outputs_never_helps_the_guess(prior: list[float], channel: list[list[float]]) -> None:
    merged = [[row[0] + row[1], row[2]] for row in channel]

    assert guessed_after(prior, merged) <= guessed_after(prior, channel) + A_HAIR


def classes_within(annotation: Any) -> Iterator[type]:
    """Every class of ours that an annotation speaks of, through unions, tuples and mappings."""
    for argument in typing.get_args(annotation):
        yield from classes_within(argument)
    if isinstance(annotation, type) and annotation.__module__.startswith("tearline"):
        yield annotation


def reachable(start: type) -> dict[type, dict[str, Any]]:
    """All classes whose objects can be reached from one of `start`, with the types of their fields."""
    waiting, found = [start], dict[type, dict[str, Any]]()
    while waiting:
        cls = waiting.pop()
        if cls in found or not attrs.has(cls):
            continue
        found[cls] = typing.get_type_hints(cls)
        waiting += [inner for annotation in found[cls].values() for inner in classes_within(annotation)]
    return found


IDENTITY = {
    "placement",
    "true_name",
    "real_name",
    "identity",
    "true_group",
    "true_candidate",
    "is_source",
    "position",
    "employer",
    "sealed",
}


@pytest.mark.parametrize("start", [Case, Setting, World, Mind])
def test_nothing_that_an_engine_is_handed_has_room_for_who_the_source_is(start: type) -> None:
    found = reachable(start)

    assert len(found) > 1
    assert not {(cls.__name__, field) for cls, fields in found.items() for field in fields if field in IDENTITY}


def test_a_source_leads_to_no_candidate_and_no_candidate_to_a_source() -> None:
    from_source = {cls.__name__ for cls in reachable(Source)}
    from_group = {cls.__name__ for cls in reachable(Group)}

    assert "Group" not in from_source
    assert "Source" not in from_group
    assert "source" not in typing.get_type_hints(Group)
