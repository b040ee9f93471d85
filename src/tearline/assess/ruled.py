"""What rules say of a proposal, claim by claim: those built in and those of the policy, and what would change it.

This is about rules only. What a reader could work out is weighed elsewhere, and may keep back what every
rule admits.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tearline.assess.admission import Admission, admissions
from tearline.assess.phrases import PERMITTED_TO, listed
from tearline.domain import Case, Claim, ClaimId, Permission, Policy, VersionId
from tearline.policy import equities, marks, permissions, persons, quiet, unstated
from tearline.policy.equities import Standing
from tearline.policy.rules import approved
from tearline.policy.situation import situation
from tearline.policy.why import Explained, Explainer


@attrs.frozen(kw_only=True)
class BuiltIn:
    """One built-in rule on one version.

    Attributes:
        rule: Its name.
        does: ``forbids``, ``asks``, ``requires`` or ``nothing``.
        why: What it read, in sentences.
        change: What would make it otherwise; empty where it does nothing.
    """

    rule: str
    does: str
    why: tuple[str, ...]
    change: str = ""


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
        built_in=() if case.for_oversight else tuple(_built_in(case, claim, version.id)),
        policy=explained,
        approvals=_approvals(case, policy, explained),
    )


def _approvals(case: Case, policy: Policy | None, found: Explained | None) -> tuple[tuple[str, bool], ...]:
    if policy is None or found is None:
        return ()
    return tuple((rule.approval, approved(case, rule)) for rule in found.ruling.demands if rule.approval)


def _built_in(case: Case, claim: Claim, version: VersionId) -> Iterator[BuiltIn]:
    yield _consents(case, claim, version)
    yield from _uses(case, claim)
    yield _harm(case, claim, version)
    yield _quiet(case, claim)
    yield from _marked(case, claim, version)
    yield _stated(case, claim)


def _consents(case: Case, claim: Claim, version: VersionId) -> BuiltIn:
    found = {stake: equities.standing(case, stake, version) for stake in equities.stakes(case, claim)}
    if not found:
        return BuiltIn(rule="consent", does="nothing", why=("nobody else has a stake in its sources",))
    why = tuple(f"{case.party(stake.party).label}: {standing.value}" for stake, standing in found.items())
    declined = [stake for stake, standing in found.items() if standing is Standing.DECLINED]
    unasked = [stake for stake, standing in found.items() if standing is Standing.UNASKED]
    if declined or any(case.party(stake.party).hostile for stake in unasked):
        return BuiltIn(rule="consent", does="forbids", why=why, change="another answer, or another wording")
    if unasked:
        whom = listed(case.party(stake.party).label for stake in unasked)
        return BuiltIn(rule="consent", does="asks", why=why, change=f"a yes of {whom} that covers it")
    return BuiltIn(rule="consent", does="nothing", why=why)


def _uses(case: Case, claim: Claim) -> Iterator[BuiltIn]:
    reasons = tuple(dict.fromkeys(reason.text for reason in permissions.refused(case, claim)))
    limits = dict.fromkeys(use.spelled for source in case.lineage(claim) for use in source.agreed_use)
    uses = [PERMITTED_TO[use] for use in Permission if use in case.uses]
    read = (
        f"limits agreed: {listed(f'`{limit}`' for limit in limits)}"
        if limits
        else "no limit is agreed for its sources",
        f"proposed: {listed(uses)}" if uses else "nothing is permitted beyond reading",
    )
    if reasons:
        yield BuiltIn(rule="use", does="forbids", why=reasons, change="propose no such permission, form or purpose")
    else:
        yield BuiltIn(rule="use", does="nothing", why=read)


def _harm(case: Case, claim: Claim, version: VersionId) -> BuiltIn:
    found = persons.findings(case, claim, version)
    if not found:
        read = "nobody identifiable is at risk" if claim.persons else "no person is listed"
        return BuiltIn(rule="person-harm", does="nothing", why=(read,))
    why = tuple(finding.reason.text for finding in found)
    if any(not finding.authority for finding in found):
        change = "another wording, a credible and followed-up assurance, or the authority that the law names"
        return BuiltIn(rule="person-harm", does="forbids", why=why, change=change)
    return BuiltIn(rule="person-harm", does="requires", why=why, change="the authority's decision on record")


def _quiet(case: Case, claim: Claim) -> BuiltIn:
    reasons = tuple(reason.text for reason in quiet.refused(case, claim))
    if reasons:
        return BuiltIn(rule="quiet", does="forbids", why=reasons, change="wait")
    open_ = (*quiet.confirmations(case, claim), *quiet.shows(case, claim))
    if open_:
        return BuiltIn(rule="quiet", does="requires", why=open_, change="say when it was quiet, or accept it")
    return BuiltIn(rule="quiet", does="nothing", why=("none of its sources is to be quiet today",))


def _marked(case: Case, claim: Claim, version: VersionId) -> Iterator[BuiltIn]:
    """Only where the case says in which system it is marked."""
    if case.marked_in is None:
        return
    words = claim.version(version)
    reasons = tuple(reason.text for reason in marks.refused(case, claim, words))
    if reasons:
        change = "another wording or mark, or who would read there (`cleared`)"
        yield BuiltIn(rule="marking", does="forbids", why=reasons, change=change)
    elif open_ := marks.conditions(case, claim, words):
        yield BuiltIn(rule="marking", does="requires", why=open_, change="the mark in the case")
    else:
        read = f"{case.party(case.proposal.to).label} may read {marks.mark_of(claim, words)}"
        yield BuiltIn(rule="marking", does="nothing", why=(read,))


def _stated(case: Case, claim: Claim) -> BuiltIn:
    open_ = unstated.confirmations(case, claim)
    if open_:
        return BuiltIn(rule="stated", does="requires", why=open_, change="say so in the case")
    return BuiltIn(rule="stated", does="nothing", why=("the case names its sources and says who can be identified",))
