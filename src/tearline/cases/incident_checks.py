"""What an incident file must not say about its case: versions that are not there, words beyond the briefing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tearline.cases.checks import node_at
from tearline.cases.document import Node
from tearline.cases.shapes import UNREADABLE, Fields, Kind, Path, Reading, nearest, printable
from tearline.domain import Case, Claim
from tearline.domain.incidents import IncidentKind

VERSIONED = ("briefed", "published", "prior")
"""Keys of an incident that name versions by claim."""


def judge(fields: Fields, root: Node, reading: Reading, case: Case | None) -> None:
    """Report everything in which an incident contradicts its case or itself.

    Args:
        case: The case it refers to; ``None``: it names none, or one that cannot be opened.
    """
    _names_a_case(fields, root, reading, case)
    if case is not None:
        claims = {str(claim.id): claim for claim in case.claims}
        for path, claim, version in _versions_named(fields):
            _judge_version(claims, claim, version, path, root, reading)
        for path, version in _beyond(fields, claims):
            message = f"`{printable(version)}` is more exact than what could come out"
            reading.report(node_at(root, path), path, message, "raise `briefed`, or leave it out")
    _judge_itself(fields, root, reading)


def _names_a_case(fields: Fields, root: Node, reading: Reading, case: Case | None) -> None:
    needing = [key for key in ("briefed", "accounts", "hearers", "sources", "flows", "harms") if fields.get(key)]
    if needing and not fields.get("case") and case is None:
        path = (needing[0],)
        reading.report(node_at(root, path), path, "no case is named to which this could refer", "write `case`")


def _told(fields: Fields) -> Iterator[tuple[Path, str, Any]]:
    """Every mapping from claims to versions, with where it stands."""
    for key in VERSIONED:
        yield from (((key, claim), claim, held) for claim, held in _pairs(fields.get(key)))
    for account, held in _pairs(fields.get("accounts")):
        if isinstance(held, dict):
            for key in ("says", "denies"):
                yield from ((("accounts", account, key, claim), claim, said) for claim, said in _pairs(held.get(key)))


def _versions_named(fields: Fields) -> Iterator[tuple[Path, str, str]]:
    for path, claim, held in _told(fields):
        for version in held if isinstance(held, Mapping) else (held,):
            if version is not UNREADABLE:
                yield path, claim, version


def _pairs(held: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(held, Mapping):
        yield from ((key, value) for key, value in held.items() if value is not UNREADABLE)


def _judge_version(
    claims: Mapping[str, Claim], claim: str, version: str, path: Path, root: Node, reading: Reading
) -> None:
    if claim in claims and version not in (ids := [str(v.id) for v in claims[claim].versions]):
        message = f"`{claim}` has no version `{printable(version)}`"
        reading.report(node_at(root, path), path, message, nearest(version, ids))


def _beyond(fields: Fields, claims: Mapping[str, Claim]) -> Iterator[tuple[Path, str]]:
    """What is in print, or has a weight beforehand, is not more exact than what could come out."""
    briefed = dict(_pairs(fields.get("briefed")))
    for path, claim, version in _versions_named(fields):
        if path[0] not in ("published", "prior") or claim not in claims:
            continue
        ids = [str(v.id) for v in claims[claim].versions]
        if version in ids and briefed.get(claim) in ids and ids.index(version) < ids.index(briefed[claim]):
            yield path, version


def _judge_itself(fields: Fields, root: Node, reading: Reading) -> None:
    briefed = dict(_pairs(fields.get("briefed")))
    for section in ("published", "prior", "taken"):
        for claim, _ in _pairs(fields.get(section)):
            if claim not in briefed:
                path: Path = (section, claim)
                message = f"`{printable(claim)}` is not among what could come out"
                reading.report(node_at(root, path), path, message, "name it in `briefed`")
    for account, held in _pairs(fields.get("accounts")):
        if isinstance(held, dict) and not held.get("says") and not held.get("denies"):
            path = ("accounts", account)
            if not reading.unreadable.intersection({(*path, "says"), (*path, "denies")}):
                reading.report(node_at(root, path), path, "it says nothing", "write `says` or `denies`")
    kind = fields.get("kind")
    if isinstance(kind, IncidentKind):
        for key in ("looseness", "prior") if not kind.is_spoken else ("taken", "seen"):
            if fields.get(key):
                path = (key,)
                message = f"nothing was {'taken' if kind.is_spoken else 'spoken'} where the kind is `{kind.value}`"
                reading.report(node_at(root, path), path, message, "leave it out, or change the kind")
    for section in ("looseness", "prior"):
        held = fields.get(section)
        whole = {section: held} if section == "looseness" else dict(_pairs(held))
        for name, weights in whole.items():
            if _are_all_nothing(weights):
                path = (section,) if name == section else (section, name)
                reading.report(node_at(root, path), path, "every weight is 0", "give one of them a weight")


def _are_all_nothing(weights: Any) -> bool:
    if not isinstance(weights, Mapping) or not weights or UNREADABLE in weights.values():
        return False
    return not sum(weights.values()) > 0


def define(case: Case, reading: Reading) -> None:
    """Make the names of a case known to the references of an incident."""
    ids: dict[Kind, list[str]] = {
        Kind.PARTY: [party.id for party in case.parties],
        Kind.SOURCE: [source.id for source in case.sources],
        Kind.CLAIM: [claim.id for claim in case.claims],
        Kind.CAUSE: [cause.id for cause in case.causes],
    }
    for kind, named in ids.items():
        for id_ in named:
            reading.define(kind, id_)
