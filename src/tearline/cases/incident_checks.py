"""What an incident file must not say about its case: versions that are not there, words beyond the briefing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tearline.cases.checks import node_at
from tearline.cases.document import Node
from tearline.cases.shapes import UNREADABLE, Fields, Kind, Path, Reading, nearest, printable
from tearline.domain import Case, Claim, ClaimId
from tearline.domain.incidents import MOST_ACCOUNTS, TO_HOLD, IncidentKind

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
        _judge_parties(fields, case, root, reading)
        _judge_unheard(fields, case, root, reading)
    _judge_itself(fields, root, reading)
    _judge_choices(fields, root, reading)


def _names_a_case(fields: Fields, root: Node, reading: Reading, case: Case | None) -> None:
    needing = [key for key in ("briefed", "accounts", "hearers", "sources", "flows", "harms") if fields.get(key)]
    if needing and case is None and not fields.get("case") and ("case",) not in reading.unreadable:
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
    _judge_accounts(fields, root, reading)


def _judge_accounts(fields: Fields, root: Node, reading: Reading) -> None:
    """Accounts that nobody could give, and more of them than can be independent."""
    accounts = list(_pairs(fields.get("accounts")))
    if len(accounts) > MOST_ACCOUNTS:
        path: Path = ("accounts", accounts[MOST_ACCOUNTS][0])
        message = f"{len(accounts)} accounts are more than {MOST_ACCOUNTS}, and they are taken as independent"
        reading.report(node_at(root, path), path, message, "enter those that repeat each other as one")
    for account, held in accounts:
        for claim, said in _pairs(held.get("says") if isinstance(held, dict) else None):
            if _are_all_nothing(said):
                path = ("accounts", account, "says", claim)
                hint = "leave the claim out, or give a version a number"
                reading.report(node_at(root, path), path, "every number is 0: nobody could give this account", hint)


def _judge_parties(fields: Fields, case: Case, root: Node, reading: Reading) -> None:
    """We are no hearer of what is ours, and stop giving ourselves nothing."""
    named: list[tuple[Path, str]] = [(("flows", who), who) for who, _ in _pairs(fields.get("flows"))]
    if isinstance(hearers := fields.get("hearers"), tuple | list):
        named += [(("hearers", place), who) for place, who in enumerate(hearers)]
    for path, who in named:
        if who == case.us:
            reading.report(node_at(root, path), path, f"`{printable(who)}` is ourselves", "name others only")


def _judge_unheard(fields: Fields, case: Case, root: Node, reading: Reading) -> None:
    """What is said of sources and claims that nothing could have come out of would be passed over in silence."""
    ids = {str(claim.id) for claim in case.claims}
    out = {claim for claim, _ in _pairs(fields.get("briefed")) if claim in ids}
    behind = {str(source.id) for claim in out for source in case.lineage(case.claim(ClaimId(claim)))}
    known = {str(source.id) for source in case.sources}
    about: list[tuple[Path, str]] = [
        (("harms", place, "source"), harm["source"])
        for place, harm in enumerate(fields.get("harms") or ())
        if isinstance(harm, dict) and harm.get("source") in known
    ]
    about += [
        (("sources", source, "named"), source)
        for source, stake in _pairs(fields.get("sources"))
        if source in known and isinstance(stake, dict) and stake.get("named") not in (None, UNREADABLE)
    ]
    for path, source in about:
        if source not in behind:
            message = f"nothing that could come out rests on `{printable(source)}`"
            reading.report(node_at(root, path), path, message, "name a claim that does in `briefed`")
    for place, witness in enumerate(fields.get("witnesses") or ()):
        if isinstance(witness, dict) and (claim := witness.get("about")) in ids - out:
            path = ("witnesses", place, "about")
            message = f"`{printable(str(claim))}` is not among what could come out"
            reading.report(node_at(root, path), path, message, "name it in `briefed`")


def _judge_choices(fields: Fields, root: Node, reading: Reading) -> None:
    """Measures are told apart by their names, and to hold is always one of them."""
    for source, stated in _pairs(fields.get("measures")):
        met = {TO_HOLD: "is always among the choices, and costs and saves nothing; call this otherwise"}
        for place, measure in enumerate(stated if isinstance(stated, tuple | list) else ()):
            name = measure.get("name") if isinstance(measure, dict) else None
            if not isinstance(name, str):
                continue
            if name in met:
                path: Path = ("measures", source, place, "name")
                reading.report(node_at(root, path), path, f"`{printable(name)}` {met[name]}")
            met.setdefault(name, "is given twice; call one of them otherwise")


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
