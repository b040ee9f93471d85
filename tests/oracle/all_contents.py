"""Every text that a case allows, judged in plain words: the slow twin of what belongs together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from oracle.slow_exposure import is_out, with_implied
from tearline.domain import AtLeast, Case, ClaimId, VersionId

Text = Mapping[ClaimId, VersionId]


def every_text(case: Case, admitted: Mapping[ClaimId, tuple[VersionId, ...]]) -> Iterator[dict[ClaimId, VersionId]]:
    """Each claim in each admitted version, or withheld."""
    choices = [[None, *versions] for versions in admitted.values()]
    for chosen in itertools.product(*choices):
        yield {claim: v for claim, v in zip(admitted, chosen, strict=True) if v is not None}


def makes_sense(case: Case, text: Text) -> bool:
    """Whether the recipient then has whatever any part of the text needs, vaguer versions of it included."""
    for claim, version in text.items():
        vaguer = False
        for other in case.claim(claim).versions:
            vaguer = vaguer or other.id == version
            if vaguer and not _all(case, other.needs, text):
                return False
    return True


def worth(case: Case, text: Text) -> float:
    """What it brings the recipient: new sentences, and what is then together and was not before."""
    total = 0.0
    for claim, version in text.items():
        if not _had(case, claim, version):
            total += case.claim(claim).version(version).value
    for tie in case.proposal.together:
        if _all(case, tie.claims, text) and not _all(case, tie.claims, {}):
            total += tie.value
    return total


def is_enough(case: Case, text: Text) -> bool:
    """Whether of every line the recipient has one claim."""
    return all(any(_has(case, text, c, v) for c, v in line.items()) for line in case.proposal.actionable)


def _all(case: Case, wanted: AtLeast, text: Text) -> bool:
    return all(_has(case, text, claim, version) for claim, version in wanted.items())


def _has(case: Case, text: Text, claim: ClaimId, wanted: VersionId | None) -> bool:
    """Whether it was said or implied now or before, in the wanted version or any listed above it, or is public."""
    texts = [text, *(given.claims for given in case.given if case.proposal.to in given.to)]
    told = [part[claim] for each in texts for part in with_implied(case, each) if claim in part]
    told += [v.id for v in case.claim(claim).versions if v.public is not None and is_out(case, v.public)]
    order = [version.id for version in case.claim(claim).versions]
    enough = order if wanted is None else order[: order.index(wanted) + 1]
    return any(version in enough for version in told)


def _had(case: Case, claim: ClaimId, version: VersionId) -> bool:
    return _has(case, {}, claim, version)
