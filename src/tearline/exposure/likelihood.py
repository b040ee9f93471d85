"""How well each explanation accounts for what a reader has seen.

A *view* maps claims to their tellings: how exactly (rank 0: as collected), and by which day the source
must have known it. Who comes to know something later did not yield what was told before. Claims of one
event share their knowers and are one piece of evidence; different events are independent given the source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs
import numpy as np

from tearline.domain import ABSENT, Case, Claim, ClaimId, Cover, GroupId, GroupKind, Interval, PartyId, Version
from tearline.domain.defaults import UNKNOWN_ACCESS, assumed_access
from tearline.exposure.candidates import Mind
from tearline.exposure.envelope import Floats
from tearline.exposure.memo import Memo
from tearline.exposure.told import could_tell, shown_by, told_with, with_raw_texts
from tearline.exposure.worlds import LogMass


@attrs.frozen(order=True)
class Telling:
    """One telling of a claim.

    Attributes:
        rank: The version told, 0 for the most exact.
        by: The day by which it must have been known; the first of all days where nobody can tell, or
            where the day makes no difference.
    """

    rank: int
    by: dt.date = dt.date.min


View = Mapping[ClaimId, tuple[Telling, ...]]
_NOBODY = Interval(0.0, 0.0, 0.0)
_PLACED: Final = Memo()


Told = Iterable[tuple[ClaimId, int, dt.date | None]]
"""Disclosures, each of a claim at a rank on a day (``None``: undated)."""


def seen(case: Case, told: Told) -> dict[ClaimId, tuple[Telling, ...]]:
    """The view that results from several disclosures, with all that they entail.

    Of each claim the tellings that say most: a vaguer one counts only if it came earlier, and then only
    where days matter. Keys come in the order of the case, so that nothing depends on the order of disclosure.
    """
    return _joined(case, {}, told)


def also(case: Case, view: View, said: Iterable[tuple[ClaimId, int]]) -> dict[ClaimId, tuple[Telling, ...]]:
    """The view ``view`` and what is said on the day of the case, with all that it entails."""
    return _joined(case, view, ((claim, rank, case.as_of) for claim, rank in said))


def _joined(case: Case, view: View, told: Told) -> dict[ClaimId, tuple[Telling, ...]]:
    tellings = {claim: set(before) for claim, before in view.items()}
    for claim, rank, on in told:
        for entailed, at, day in told_with(case, claim, rank, on):
            tellings.setdefault(entailed, set()).add(telling_of(case, case.claim(entailed), at, day))
    return {c.id: most_telling(tellings[c.id]) for c in case.claims if c.id in tellings}


def most_exact(view: View) -> dict[ClaimId, int]:
    """The rank of the most exact version of each claim."""
    return {claim: min(telling.rank for telling in tellings) for claim, tellings in view.items()}


def ages(case: Case, claim: Claim) -> bool:
    """Whether it matters on which day ``claim`` is told: to itself, to what it implies for whoever holds the raw
    text, or to what a list leaves out beside any of these.
    """
    told = could_tell(case, [claim.id])
    beside = told.union(*(listing.items for listing in case.lists if not told.isdisjoint(listing.items)))
    return any(_spreads(case.claim(each)) for each in beside) or any(
        cover.on and not beside.isdisjoint(cover.claims) for cover in case.cover
    )


def _spreads(claim: Claim) -> bool:
    others = (other for sibling in claim.siblings for other in sibling.versions)
    return any(v.later or v.public for v in claim.versions) or any(other.later for other in others)


def telling_of(case: Case, claim: Claim, rank: int, on: dt.date | None) -> Telling:
    """The telling of a claim at a rank on a day (``None``: undated)."""
    return Telling(rank) if on is None or not ages(case, claim) else Telling(rank, shown_by(claim, rank, on))


def most_telling(tellings: set[Telling]) -> tuple[Telling, ...]:
    """Those that no other tells earlier and more exactly, the most exact first."""
    kept: list[Telling] = []
    for telling in sorted(tellings):
        if not kept or telling.by < kept[-1].by:
            kept.append(telling)
    return tuple(kept)


def access(case: Case, mind: Mind, claim: Claim, telling: Telling) -> Floats:
    """P(each group could have yielded ``claim`` at least this exactly by that day), shape ``(3, groups)``.

    A group that a version does not name is as well placed as for the next more exact version that
    names it, since whoever knew the more exact statement knew the vaguer one; else it is absent. Where
    no group of this reader is named at all, nobody has said who could know it: anything is possible.
    Who comes to know it later counts from that day on; what everybody can read points at nobody.
    Cover that this reader has seen raises explanations that are no persons; innocent ones only if it was
    seen in time. It explains nothing of what would have been said had the truth been other.
    Law: falls as versions get more exact, rises with time.
    """
    truth = dict(mind.truth).get(claim.id)
    rows = _PLACED.of(
        (mind.groups, claim), (mind.assumed, truth, telling), lambda: _placed(mind, claim, telling, truth)
    )
    differs = claim.differs(truth)
    for place, cover in enumerate(case.cover):
        if place in mind.doubts or not cover.credence:
            continue
        if (
            claim.id in cover.claims
            and telling.rank >= claim.rank(cover.version) > differs
            and has_seen(case, cover, mind.reader)
        ):
            late = not _in_time(case, cover, claim, telling)
            innocent = {g.id for g in mind.groups if g.kind is GroupKind.OTHER}
            made = {group: chance for group, chance in cover.makes.items() if not (late and group in innocent)}
            rows = np.maximum(rows, _by_group(mind, made, _NOBODY))
    return rows


def _placed(mind: Mind, claim: Claim, telling: Telling, truth: str | None) -> Floats:
    """The same but for cover: how well each group is placed by what the case says of it."""
    known: dict[GroupId, Interval] = {}
    chain = claim.chain(telling.rank, truth)
    for version in chain:
        known.update(version.known)
    if mind.assumed and not known:
        known.update(assumed_access(telling.rank, len(claim.versions)))
    named = any(g.id in known for g in mind.groups)
    rows = _by_group(mind, known, ABSENT if named else UNKNOWN_ACCESS)
    for version in chain:
        for spread in version.later:
            more = _by_group(mind, spread.known, _NOBODY)
            rows = np.maximum(rows, more * np.array(spread.on.passed(telling.by))[:, None])
        if isinstance(version, Version) and version.public:
            rows = np.maximum(rows, np.array(version.public.passed(telling.by))[:, None])
    return rows


def _by_group(mind: Mind, known: Mapping[GroupId, Interval], otherwise: Interval) -> Floats:
    """Lower edge, best point and upper edge for each group, shape ``(3, groups)``."""
    each = [known.get(g.id, otherwise) for g in mind.groups]
    return np.array([[e.lo for e in each], [e.mid for e in each], [e.hi for e in each]])


def access_to_all(case: Case, mind: Mind, claim: Claim, tellings: Sequence[Telling]) -> Floats:
    """P(each group could have yielded all ``tellings`` of ``claim``), shape ``(3, groups)``: by the hardest of them."""
    rows: Floats = np.min([access(case, mind, claim, telling) for telling in tellings], axis=0)
    return rows


def has_seen(case: Case, cover: Cover, reader: PartyId) -> bool:
    """Whether ``reader`` has seen a cover by the day of the case."""
    if reader not in cover.seen_by:
        return False
    return cover.on is None or (case.as_of is not None and cover.on <= case.as_of)


def _in_time(case: Case, cover: Cover, claim: Claim, telling: Telling) -> bool:
    """Whether the event was seen before that telling; without a date only if nothing was ever told before.

    Nor to whoever may have recognised a report that implies it.
    """
    if cover.on is None:
        given = (each for release in case.given for each in release.claims.items())
        before = (told for of, words in given for told in case.entails(of, case.claim(of).rank(words)))
        return claim.id not in with_raw_texts(case, before)
    return cover.on <= telling.by


def log_together(rows: Sequence[Floats], attended: Floats | None = None) -> Floats:
    """The log likelihood of the claims of one event together, shape ``(3, groups)``.

    Args:
        rows: Access of each claim, each of shape ``(3, groups)``, above 0.
        attended: P(in on the event) by group, NaN where not known; shape ``(groups,)``.
    Without ``attended`` the claims count by the hardest of them: who knew that one knew them all.
    With it, ``attended * prod(access) + (1 - attended) * prod(ABSENT)`` (the product of marginals
    would count one fact, being in on the event, once for every claim).
    """
    logs = np.log(rows)
    hardest: Floats = logs.min(axis=0)
    if attended is None:
        return hardest
    away = np.log([ABSENT.lo, ABSENT.mid, ABSENT.hi])[:, None] * len(rows)
    unknown = np.isnan(attended)
    chance = np.where(unknown, 0.5, attended)
    with np.errstate(divide="ignore"):  # who was surely there, or surely not, has one branch only
        mixed = np.logaddexp(np.log(chance) + logs.sum(axis=0), np.log1p(-chance) + away)
    combined: Floats = np.where(unknown, hardest, mixed)
    return np.maximum.accumulate(combined)  # the last digit of a logarithm must not turn edges around


def events(case: Case, claims: Iterable[ClaimId]) -> list[tuple[ClaimId, ...]]:
    """Partition claims into those that share an event; a claim without one stands alone."""
    together: dict[object, list[ClaimId]] = {}
    for claim in claims:
        shared = case.claim(claim).event
        together.setdefault(("event", shared) if shared else ("claim", claim), []).append(claim)
    return [tuple(group) for group in together.values()]


def log_event(case: Case, mind: Mind, view: View) -> LogMass:
    """Log likelihood of claims that share one event (all of ``view``); zero for an empty view."""
    if not view:
        nothing = np.zeros(len(mind.groups))
        return LogMass(lo=nothing, mid=nothing, hi=nothing)
    claims = [case.claim(c) for c in view]
    rows = [access_to_all(case, mind, claim, tellings) for claim, tellings in zip(claims, view.values(), strict=True)]
    lo, mid, hi = log_together(rows, attendance(case, mind, claims[0]))
    return LogMass(lo=lo, mid=mid, hi=hi)


def attendance(case: Case, mind: Mind, told: Claim) -> Floats | None:
    """P(in on the event of ``told``) by group, whichever of its claims says so, told or not.

    NaN for a group of which nobody has said; ``None`` if nobody has said of any.
    """
    same = [c for c in case.claims if c.event == told.event] if told.event else [told]
    attended = {group: chance for claim in same for group, chance in claim.attended.items()}
    return np.array([attended.get(g.id, np.nan) for g in mind.groups]) if attended else None
