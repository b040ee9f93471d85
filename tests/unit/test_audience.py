"""Who may hold what when the proposal arrives, and what is said where that cannot be told."""

import datetime as dt
from collections.abc import Iterator

import attrs
import pytest

from small_case import claim, small_case, yes
from tearline.assess import assess, audience
from tearline.assess.audience import pasts, untried
from tearline.domain import AllowIf, Case, Given, GroupKind, Interval, LeakPath, Party, Passage, Secret, SecretKind
from tearline.domain.defaults import LEAK_GATE
from tearline.exposure import leak_diagram, leaks
from tearline.exposure.likelihood import Telling

CABLE, VISIT = {"cable": (Telling(0),)}, {"visit": (Telling(1),)}
BOTH = CABLE | VISIT

GIVERS = {"B": 1.0, "D": 0.1, "E": 0.1, "F": 0.5}
"""How likely X reads what each of them holds."""


@pytest.fixture
def unfollowed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hardly any leak worlds are followed."""
    monkeypatch.setattr(leak_diagram, "WORK", 0)
    monkeypatch.setattr(leak_diagram, "NARROWEST", 1)
    for remembered in (audience._listed, leaks._reach):
        remembered.cache_clear()
    yield
    for remembered in (audience._listed, leaks._reach):
        remembered.cache_clear()


def with_series(*packages: tuple[str, str, str]) -> Case:
    """The small case after releases of (recipient, claim, version), one a day."""
    case = small_case()
    other = claim(id="cable")
    third = claim(id="visit")
    given = tuple(
        Given(to=(to,), on=dt.date(2026, 1, day), claims={which: version})
        for day, (to, which, version) in enumerate(packages, 1)
    )
    paths = tuple(
        LeakPath(giver=giver, to="X", how=Passage.ONWARD, probability=Interval.exactly(chance))
        for giver, chance in GIVERS.items()
    )
    parties = (*case.parties, Party(id="D"), Party(id="E"), Party(id="F"))
    return attrs.evolve(case, claims=(*case.claims, other, third), given=given, leak_paths=paths, parties=parties)


def test_what_is_left_out_is_less_likely_than_the_gate_altogether() -> None:
    case = with_series(("D", "cable", "exact"), ("E", "cable", "exact"), ("F", "visit", "vague"))

    everything, *smaller = pasts(case, "X")

    assert everything == BOTH
    assert untried(case, "X") < LEAK_GATE
    assert {} in smaller
    assert VISIT in smaller


@pytest.mark.parametrize("noise", range(7))
def test_uninformative_releases_never_hide_a_holding(noise: int) -> None:
    """Many coin flips split what X holds into ever smaller holdings; together they are as likely as before."""
    case = with_series(("F", "cable", "exact"), *[(giver, "visit", "vague") for giver in GIVERS][:1] * noise)
    parties = (*case.parties, *(Party(id=f"P{n}") for n in range(noise)))
    paths = (
        *case.leak_paths,
        *(LeakPath(giver=f"P{n}", to="X", how=Passage.ONWARD, probability=Interval.exactly(0.5)) for n in range(noise)),
    )
    first, *others = case.given
    given = (first, *(attrs.evolve(other, to=(f"P{n}",)) for n, other in enumerate(others)))

    views = pasts(attrs.evolve(case, parties=parties, leak_paths=paths, given=given), "X")

    assert any("cable" not in view for view in views)


def test_where_leak_worlds_cannot_be_followed_every_subset_is_tried(
    unfollowed: None,
) -> None:
    case = with_series(("D", "cable", "exact"), ("F", "visit", "vague"))

    views = pasts(case, "X")

    assert [dict(view) for view in views] == [BOTH, {}, CABLE, VISIT]


def test_somebody_must_accept_that_smaller_holdings_go_untried(unfollowed: None) -> None:
    case = with_series(*[("D", "cable", "vague")] * 11)
    agreed = attrs.evolve(case, consents=(yes("C", "exact"),))

    found = assess(agreed)

    assert untried(case, "X") >= LEAK_GATE
    assert pasts(case, "X") == ({"cable": (Telling(1),)}, {})
    assert isinstance(found.decision, AllowIf)
    assert any("was not tried" in condition for condition in found.decision.conditions)


def test_many_releases_of_the_same_words_are_one_view() -> None:
    partners = [f"P{n}" for n in range(9)]
    case = with_series(("F", "cable", "exact"), *[(partner, "visit", "vague") for partner in partners])
    parties = (*case.parties, *(Party(id=partner) for partner in partners))
    even = Interval.exactly(0.5)
    paths = tuple(LeakPath(giver=partner, to="X", how=Passage.ONWARD, probability=even) for partner in partners)

    views = pasts(attrs.evolve(case, parties=parties, leak_paths=(*case.leak_paths, *paths)), "X")

    assert VISIT in views
    assert len(views) <= 4


@pytest.mark.parametrize(
    "secret",
    [
        {"kind": SecretKind.CHANNEL, "group": "tap"},
        {"kind": SecretKind.ORGANISATION, "organisation": "ministry"},
        {"kind": SecretKind.PROPOSITION, "given": {"tap": 1.0}},
    ],
)
def test_a_secret_that_no_candidate_speaks_for_is_named(secret: dict[str, object]) -> None:
    case = small_case(secrets=(Secret(id="silent", of="s", **secret),))

    assert any("`silent`" in point for point in assess(case).leaned_on)


def test_a_secret_about_somebody_whom_the_reader_considers_is_not_named() -> None:
    case = small_case()

    assert not any("`who`" in point for point in assess(case).leaned_on)


def test_a_reader_who_considers_no_person_cannot_be_kept_from_one() -> None:
    case = small_case()
    (reader,) = case.readers
    nobody = tuple(g for g in reader.groups if g.kind is not GroupKind.PERSONS)

    found = assess(attrs.evolve(case, readers=(attrs.evolve(reader, groups=nobody),)))

    assert any("`who`" in point for point in found.leaned_on)
