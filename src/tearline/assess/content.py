"""What a text leaves the recipient with: is it coherent, worth more together, enough to act on?

A recipient *has* a claim in some words if the text says or implies it at least so exactly, or if it was
handed that much before. A version may *need* other claims (a city its province); then it is only said where the
recipient has those. What a vaguer version needs, a more exact one of the same claim needs too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tearline.domain import AtLeast, Case, ClaimId, VersionId
from tearline.tearlines.problem import micro

Known = Mapping[ClaimId, int]
"""What the recipient has: the rank of the most exact version of each claim."""

Ranks = Mapping[ClaimId, int | None]
"""A text: the rank of the version of each claim, ``None`` or nothing for withheld."""


def limit(case: Case, claim: ClaimId, version: VersionId | None) -> int:
    """The vaguest rank that is exact enough."""
    told = case.claim(claim)
    return len(told.versions) - 1 if version is None else told.rank(version)


def has(case: Case, view: Ranks, claim: ClaimId, version: VersionId | None) -> bool:
    """Whether somebody with ``view`` has a claim at least as exactly as ``version``."""
    rank = view.get(claim)
    return rank is not None and rank <= limit(case, claim, version)


def then_has(case: Case, text: Ranks, known: Known) -> dict[ClaimId, int]:
    """What a recipient that has ``known`` has after a text, with all that the text implies."""
    view = dict(known)
    for claim, rank in text.items():
        if rank is not None:
            for told, at in case.entails(claim, rank).items():
                view[told] = min(at, view.get(told, at))
    return view


def needed(case: Case, claim: ClaimId, rank: int) -> dict[ClaimId, int]:
    """What a version needs, itself or through the vaguer ones: by claim the vaguest rank that is enough."""
    most: dict[ClaimId, int] = {}
    for version in case.claim(claim).versions[rank:]:
        for other, wanted in version.needs.items():
            vaguest = limit(case, other, wanted)
            most[other] = min(vaguest, most.get(other, vaguest))
    return most


def coherent(case: Case, text: Ranks, known: Known) -> bool:
    """Whether the recipient has all that the versions of a text need."""
    view = then_has(case, text, known)
    return all(
        other in view and view[other] <= vaguest
        for claim, rank in text.items()
        if rank is not None
        for other, vaguest in needed(case, claim, rank).items()
    )


def completed(case: Case, text: Ranks, known: Known) -> dict[ClaimId, int | None]:
    """A text with all that its versions need, each as vaguely as is enough."""
    whole = dict(text)
    while True:
        view = then_has(case, whole, known)
        more = {
            other: vaguest
            for claim, rank in whole.items()
            if rank is not None
            for other, vaguest in needed(case, claim, rank).items()
            if view.get(other, vaguest + 1) > vaguest
        }
        if not more:
            return whole
        whole.update(more)


def bonus(case: Case, text: Ranks, known: Known) -> int:
    """What a text is worth beyond its sentences, in micro-units: nothing for what the recipient had anyway."""
    view = then_has(case, text, known)
    total = 0
    for tie in case.proposal.together:
        before, after = (all(has(case, v, c, w) for c, w in tie.claims.items()) for v in (known, view))
        total += micro(tie.value) * (after and not before)
    return total


def largest_bonus(case: Case) -> int:
    """What all that belongs together is worth besides, in micro-units."""
    return sum(micro(tie.value) for tie in case.proposal.together)


def missing(case: Case, text: Ranks, known: Known) -> tuple[AtLeast, ...]:
    """Lines of ``actionable`` of which the recipient has nothing."""
    view = then_has(case, text, known)
    return tuple(line for line in case.proposal.actionable if not any(has(case, view, c, v) for c, v in line.items()))


def counts(case: Case, claim: ClaimId, version: VersionId) -> bool:
    """Whether a version is worth considering although nobody pays for it alone."""
    told = case.entails(claim, case.claim(claim).rank(version))
    lines = [tie.claims for tie in case.proposal.together if micro(tie.value)] + [*case.proposal.actionable]
    lines += [v.needs for c in case.claims for v in c.versions]
    return any(each in line and rank <= limit(case, each, line[each]) for line in lines for each, rank in told.items())


def ties(case: Case, claims: Iterable[ClaimId]) -> tuple[frozenset[ClaimId], ...]:
    """Which of some claims can only be judged together, with those that could imply what counts."""
    tells = {claim: case.entails(claim, 0).keys() for claim in claims}

    def telling(wanted: AtLeast) -> frozenset[ClaimId]:
        return frozenset(claim for claim, told in tells.items() if not told.isdisjoint(wanted))

    found = [telling(tie.claims) for tie in case.proposal.together]
    for claim in case.claims:
        if claim.id in tells:
            found += [telling(version.needs) | {claim.id} for version in claim.versions if version.needs]
    return tuple(tie for tie in dict.fromkeys(found) if len(tie) > 1)


def in_words(case: Case, line: AtLeast) -> str:
    """What meets a line of ``actionable``, as a phrase."""
    return " or ".join(
        f"`{claim}` in any words"
        if limit(case, claim, version) == len(case.claim(claim).versions) - 1
        else f"`{claim}` as `{version}`"
        for claim, version in line.items()
    )


def all_in_words(case: Case, lines: Sequence[AtLeast]) -> str:
    """The same for several lines, all of which count."""
    return ", and ".join(in_words(case, line) for line in lines)
