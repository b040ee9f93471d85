"""What would change this most: the inputs whose uncertainty moves the belief nearest to its limit."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np

from tearline.assess.answer import Mover
from tearline.assess.probe import Ranks, measured
from tearline.domain import Case, Claim, Group, Interval, PartyId, Version, VersionId
from tearline.exposure.candidates import Mind, minds
from tearline.exposure.history import held, in_order
from tearline.exposure.likelihood import access, seen
from tearline.exposure.worlds import Gate

MOST = 3
"""How many inputs are named."""

_TELLING = 0.01
"""An input is named if knowing it would lower the belief by at least this share."""

_MOST_CELLS = 2_000
"""Beyond so many (claim, group) grades only the largest groups' are tried."""


@attrs.frozen(kw_only=True)
class Target:
    """The belief whose inputs are tried, and the text after which it is reached."""

    reader: PartyId
    gate: Gate
    about: str
    ranks: Ranks


def movers(case: Case, target: Target) -> tuple[Mover, ...]:
    """The inputs that would lower ``target`` most if they were known to be as estimated, most first."""
    now = _reached(case, target)
    tried = [*_innocent(case, target), *_grades(case, target)]
    telling = [(now - then, text, then) for text, then in tried if now - then > _TELLING * now]
    telling.sort(key=lambda found: (-found[0], found[1]))
    return tuple(
        Mover(text=text, reader=target.reader, gate=target.gate, about=target.about, now=now, then=then)
        for _, text, then in telling[:MOST]
    )


def _reached(case: Case, target: Target, written_only: bool = False) -> float:
    return max(
        (
            reached.reached
            for setting, gate, about, reached in measured(case, target.reader, target.ranks)
            if _same(target, gate, about) and (setting.prior.written or not written_only)
        ),
        default=0.0,
    )


def _same(target: Target, gate: Gate, about: str) -> bool:
    """Whether a measured gate is the target; who is suspected most may change from prior to prior."""
    return gate is target.gate and (about == target.about or gate is Gate.TOP_SUSPECT)


def _innocent(case: Case, target: Target) -> Iterator[tuple[str, float]]:
    yield (
        f"how readily {case.party(target.reader).label} would believe in an innocent explanation",
        _reached(case, target, written_only=True),
    )


def _grades(case: Case, target: Target) -> Iterator[tuple[str, float]]:
    """Every grade in the view, one at a time, known to be its best estimate."""
    said = [(claim, rank) for claim, rank in target.ranks.items() if rank is not None]
    view = seen(case, [*held(case, in_order(case)).items(), *said])
    for mind in minds(case, target.reader):
        for claim_id, rank in view.items():
            claim = case.claim(claim_id)
            rows = access(case, mind, claim, rank)
            for index in _largest(mind, len(view)):
                group, mid = mind.groups[index], float(rows[1, index])
                if rows[0, index] < rows[2, index]:
                    text = f"how well placed `{group.id}` was to know `{claim.id}` ({claim.versions[rank].id})"
                    yield text, _reached(_known(case, claim, claim.versions[rank].id, group, mid), target)


def _largest(mind: Mind, claims: int) -> list[int]:
    order = np.argsort([-g.count for g in mind.groups], kind="stable")
    return [int(i) for i in order[: max(1, _MOST_CELLS // max(1, claims))]]


def _known(case: Case, claim: Claim, version: VersionId, group: Group, point: float) -> Case:
    """The case with one grade known exactly."""
    told = claim.version(version)
    known = dict(told.known) | {group.id: Interval.exactly(point)}
    sure = Version(id=told.id, text=told.text, value=told.value, known=known)
    versions = tuple(sure if v.id == version else v for v in claim.versions)
    changed = attrs.evolve(claim, versions=versions)
    return attrs.evolve(case, claims=tuple(changed if c is claim else c for c in case.claims))
