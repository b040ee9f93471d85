"""What rules say of a proposal, claim by claim: those built in and those of the policy, and what would change it.

This is about rules only. What a reader could work out is weighed elsewhere, and may keep back what every
rule admits.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tearline.assess.admission import Admission, admissions
from tearline.assess.built_in import BuiltIn, built_in
from tearline.domain import Case, ClaimId, Policy, VersionId
from tearline.policy.rules import approved
from tearline.policy.situation import situation
from tearline.policy.why import Explained, Explainer


@attrs.frozen(kw_only=True)
class Ruled:
    """What rules say of one claim, in versions of which they say the same.

    Attributes:
        today: Whether rules admit it as things stand.
        conditions: What must be met besides.
        policy: ``None`` where the case names no policy, or where no rule applies to oversight.
        approvals: Approvals that the policy asks for, and whether each is on record.
    """

    claim: ClaimId
    versions: tuple[VersionId, ...]
    today: bool
    forbidden: bool
    conditions: tuple[str, ...]
    built_in: tuple[BuiltIn, ...]
    policy: Explained | None
    approvals: tuple[tuple[str, bool], ...]


@attrs.frozen(kw_only=True)
class Why:
    """The whole answer.

    Attributes:
        oversight: Whether it goes to a body that oversees us, so that no rule stands in the way.
    """

    case: Case
    oversight: bool
    claims: tuple[Ruled, ...]


def why(case: Case) -> Why:
    """Which rules apply to every proposed version, with what they read, and what would change them.

    Raises:
        InputError: The rules of the policy interlock too much to be decided exactly.
    """
    explainer = Explainer(case.policy) if case.policy is not None and not case.for_oversight else None
    found = [_ruled(case, admission, explainer) for admission in admissions(case)]
    return Why(case=case, oversight=case.for_oversight, claims=tuple(_alike(found)))


def _alike(found: list[Ruled]) -> Iterator[Ruled]:
    """Versions of one claim that follow each other and of which the same is said, as one."""
    held: Ruled | None = None
    for each in found:
        if held is not None and attrs.evolve(each, versions=held.versions) == held:
            held = attrs.evolve(held, versions=(*held.versions, *each.versions))
            continue
        if held is not None:
            yield held
        held = each
    if held is not None:
        yield held


def _ruled(case: Case, admission: Admission, explainer: Explainer | None) -> Ruled:
    claim = case.claim(admission.claim)
    version = claim.version(admission.version)
    explained, policy = None, case.policy
    if explainer is not None and policy is not None:
        explained = explainer.explain(situation(case, policy, claim, version))
    return Ruled(
        claim=claim.id,
        versions=(version.id,),
        today=admission.today,
        forbidden=bool(admission.forbidden),
        conditions=admission.conditions,
        built_in=() if case.for_oversight else built_in(case, claim, version.id),
        policy=explained,
        approvals=_approvals(case, policy, explained),
    )


def _approvals(case: Case, policy: Policy | None, found: Explained | None) -> tuple[tuple[str, bool], ...]:
    if policy is None or found is None:
        return ()
    return tuple((rule.approval, approved(case, rule)) for rule in found.ruling.demands if rule.approval)
