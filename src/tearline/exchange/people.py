"""People who could be harmed, and marks that follow material, as they stand in the answer's JSON."""

from __future__ import annotations

import msgspec

from tearline.policy.endangered import Marked, PersonAccount
from tearline.policy.persons import Danger


class WirePromise(msgspec.Struct, kw_only=True):
    """An assurance, and why it removes nothing (null: it removes the harm)."""

    by: str
    removes_nothing: str | None


class WireDanger(msgspec.Struct, kw_only=True):
    """One harm before mitigation. ``offices``: what each held, where they differ; the worst is ``baseline``."""

    harm: str
    baseline: str
    permitted: bool
    offices: dict[str, str]
    promises: list[WirePromise]
    removed: bool


class WirePerson(msgspec.Struct, kw_only=True):
    """One person who could be harmed on the strength of what is proposed.

    ``recognised_in`` and ``not_in`` are proposed versions, claim by claim. ``who_where_when``: the claims that
    tell each of the three, where all that is proposed tells them together. ``bars``: something proposed may
    not go because of this person.
    """

    person: str
    recognised_in: dict[str, list[str]]
    not_in: dict[str, list[str]]
    dangers: list[WireDanger]
    who_where_when: dict[str, list[str]]
    authority: str | None
    bars: bool


class WireMark(msgspec.Struct, kw_only=True):
    """A mark on a proposed claim: how it may have been got, where the mark was made, who has decided."""

    claim: str
    how: str
    why: str
    made_on: str
    authority: str | None


def person(found: PersonAccount) -> WirePerson:
    """One person."""
    return WirePerson(
        person=found.person,
        recognised_in=_by_claim(found.shown),
        not_in=_by_claim(found.hidden),
        dangers=[_danger(each) for each in found.dangers],
        who_where_when={} if found.located is None else {a.value: list(c) for a, c in found.located.brings.items()},
        authority=found.authority or None,
        bars=found.bars,
    )


def mark(found: Marked) -> WireMark:
    """One mark."""
    taint = found.taint
    return WireMark(
        claim=found.claim,
        how=taint.how.value,
        why=taint.why,
        made_on=found.made_on,
        authority=taint.authority or None,
    )


def _danger(found: Danger) -> WireDanger:
    return WireDanger(
        harm=found.harm.value,
        baseline=found.baseline.value,
        permitted=found.permitted,
        offices={office: risk.value for office, risk in found.differ},
        promises=[WirePromise(by=by, removes_nothing=why or None) for by, why in found.promises],
        removed=found.removed,
    )


def _by_claim(found: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    by_claim: dict[str, list[str]] = {}
    for claim, version in found:
        by_claim.setdefault(claim, []).append(version)
    return by_claim
