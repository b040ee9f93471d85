"""Accounts that compete: what each of them says, and what would be believed to have come out without it."""

from __future__ import annotations

import attrs

from tearline.damage.assessment import Damage
from tearline.damage.versions import came_out
from tearline.domain import ClaimId, VersionId
from tearline.domain.incidents import Account


@attrs.frozen(kw_only=True)
class Without:
    """How likely a claim came out in one version, at the best point, with all accounts and without one of them."""

    claim: ClaimId
    version: VersionId | None
    all: float
    without: float


@attrs.frozen(kw_only=True)
class Heard:
    """One account, and what it adds: every version of the claims that it speaks of."""

    account: Account
    adds: tuple[Without, ...]


def heard(found: Damage) -> tuple[Heard, ...]:
    """Every account of an incident, in the order of the file.

    Guarantee:
        ``all`` is what ``found`` says came out; of a claim that an account does not speak of, nothing is said.
    """
    return tuple(Heard(account=account, adds=_adds(found, account)) for account in found.incident.accounts)


def _adds(found: Damage, account: Account) -> tuple[Without, ...]:
    if found.case is None or found.came_out is None:
        return ()
    others = tuple(other for other in found.incident.accounts if other is not account)
    without = came_out(found.case, attrs.evolve(found.incident, accounts=others))
    about = [each for each in found.uttered if each.claim in account.says or each.claim in account.denies]
    return tuple(
        Without(
            claim=each.claim,
            version=each.version,
            all=each.chance.mid,
            without=without.chance(each.claim, _rank(found, each.claim, each.version)).mid,
        )
        for each in about
    )


def _rank(found: Damage, claim: ClaimId, version: VersionId | None) -> int | None:
    if version is None or found.case is None:
        return None
    return found.case.claim(claim).rank(version)
