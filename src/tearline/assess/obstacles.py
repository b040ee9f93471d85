"""Why not more: for each claim, the first more exact version that cannot go, and what it would break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from tearline.assess.admission import Admission
from tearline.assess.answer import Breach, Obstacle
from tearline.assess.apart import flagged
from tearline.assess.audience import Listener
from tearline.assess.content import completed
from tearline.assess.probe import Ranks, measured
from tearline.assess.search import recipient_holds
from tearline.domain import Case, ClaimId, Given, PartyId, Reason, Rule, VersionId
from tearline.exposure.history import in_order
from tearline.exposure.readings import may_hold, may_take_apart
from tearline.exposure.situation import Setting
from tearline.exposure.worlds import Gate, Reached
from tearline.policy.whereabouts import reason as reason_located

_UNKNOWN: Final[Mapping[PartyId, Sequence[Setting]]] = {}


def obstacles(
    case: Case, listeners: Sequence[Listener], found: Sequence[Admission], ranks: Ranks
) -> tuple[Obstacle, ...]:
    """One for each claim that could be said more exactly if nothing stood in the way."""
    standing = {(a.claim, a.version): a for a in found}
    known = recipient_holds(case)
    seen = []
    for claim_id, rank in ranks.items():
        versions = case.claim(claim_id).versions
        more = versions[: len(versions) if rank is None else rank]
        for version in reversed(more):
            admission = standing.get((claim_id, version.id))
            if admission is None:
                break
            whole = completed(case, {**ranks, claim_id: case.claim(claim_id).rank(version.id)}, known)
            reasons = (
                *admission.forbidden,
                *_left_alone(case, claim_id, version.id, ranks, whole, standing),
                *locating(case, claim_id, version.id, whole, admission.forbidden),
            )
            broken = breaches(case, listeners, whole)
            if broken or reasons:
                seen.append(Obstacle(claim=claim_id, version=version.id, breaches=broken, reasons=reasons))
                break
    return tuple(seen)


def _left_alone(
    case: Case,
    claim: ClaimId,
    version: VersionId,
    ranks: Ranks,
    whole: Ranks,
    standing: Mapping[tuple[ClaimId, VersionId], Admission],
) -> Iterator[Reason]:
    """What a version needs and cannot have, because it is not proposed or may not be said."""
    for other, rank in whole.items():
        if other == claim or rank is None or rank == ranks.get(other):
            continue
        words = case.claim(other).versions[rank].id
        admission = standing.get((other, words))
        if admission is None or admission.forbidden:
            why = "is not proposed" if admission is None else "may not be said"
            text = f"`{claim}` as `{version}` makes no sense without `{other}` as `{words}`, which {why}."
            yield Reason(rule=Rule.COHERENCE, text=text, claim=claim, version=version)


def locating(
    case: Case, claim: ClaimId, version: VersionId, whole: Ranks, forbidden: Sequence[Reason]
) -> Iterator[Reason]:
    """Persons whom the version would let somebody find only together with the rest of the text.

    Args:
        forbidden: What stands in its way by itself; harm to a person there is not said twice.
    """
    said = {other: case.claim(other).versions[rank].id for other, rank in whole.items() if rank is not None}
    for found in flagged(case, said):
        if found.bars and not any(r.rule is Rule.PERSON_HARM for r in forbidden):
            yield reason_located(found, claim, version)


def breaches(
    case: Case,
    listeners: Sequence[Listener],
    ranks: Ranks,
    every: Mapping[PartyId, Sequence[Setting]] = _UNKNOWN,
) -> tuple[Breach, ...]:
    """Every limit of any binding reader that saying ``ranks`` would break, worst first.

    Args:
        every: What :func:`tearline.assess.probe.saying` makes of the same, by reader, where it has been worked out.
    """
    binding = [listener.party.id for listener in listeners if listener.binds]
    found = [breach for reader in binding for breach in _of_reader(case, reader, ranks, every.get(reader, ()))]
    return tuple(sorted(found, key=lambda b: (-_excess(b), b.reader, b.gate.value, b.about)))


def _of_reader(case: Case, reader: PartyId, ranks: Ranks, every: Sequence[Setting]) -> list[Breach]:
    broken = _worst_broken(measured(case, reader, ranks, every=every))
    if not broken:
        return []
    releases = in_order(case)
    without = [_gates_without(case, reader, ranks, (given,)) for given in releases]
    without_all = _gates_without(case, reader, ranks, releases) if len(releases) > 1 else set()
    as_worded = _broken(_without_raw(case), reader, ranks) if may_hold(case, reader) else broken
    is_one = not may_take_apart(case, reader)
    as_one = broken if is_one else _worst_broken(measured(case, reader, ranks, as_one=True, every=every))
    found = []
    for (gate, about), reached in broken.items():
        single = tuple(given.on for given, gates in zip(releases, without, strict=True) if gate not in gates)
        series = not single and len(releases) > 1 and gate not in without_all
        found.append(
            Breach(
                reader=reader,
                gate=gate,
                about=about,
                reached=reached.reached,
                limit=reached.limit,
                because_of=tuple(given.on for given in releases) if series else single,
                series=series,
                if_raw=(gate, about) not in as_worded,
                if_several=(gate, about) not in as_one,
            )
        )
    return found


def _gates_without(case: Case, reader: PartyId, ranks: Ranks, releases: Sequence[Given]) -> set[Gate]:
    """The gates that would be broken all the same had some releases not been."""
    left = tuple(given for given in case.given if not any(given is gone for gone in releases))
    return {gate for gate, _ in _broken(attrs.evolve(case, given=left), reader, ranks)}


def _without_raw(case: Case) -> Case:
    """The case with nobody holding a report as it was collected."""
    return attrs.evolve(case, readers=tuple(attrs.evolve(reader, holds_raw={}) for reader in case.readers))


def _broken(case: Case, reader: PartyId, ranks: Ranks) -> dict[tuple[Gate, str], Reached]:
    return _worst_broken(measured(case, reader, ranks))


def _worst_broken(found: Iterable[tuple[Gate, str, Reached]]) -> dict[tuple[Gate, str], Reached]:
    """The worst of each gate that is broken."""
    worst: dict[tuple[Gate, str], Reached] = {}
    for gate, about, reached in found:
        if reached.broken and ((gate, about) not in worst or reached.load > worst[gate, about].load):
            worst[gate, about] = reached
    return worst


def _excess(breach: Breach) -> float:
    if breach.gate is Gate.CROWD:
        return breach.limit / max(breach.reached, 1)
    return breach.reached / breach.limit if breach.limit else float("inf")
