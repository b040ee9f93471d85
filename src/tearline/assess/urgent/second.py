"""The second tearline: what somebody in danger is told, after the recipient was told its part.

They get an instruction, not evidence: the vaguest words that are enough of a warning. They act on it, and
acting lets itself be seen, so every hostile reader is taken to notice (unless ``allows`` says otherwise).
What the recipient was told before counts as given: the second text is charged after the first.
"""

from __future__ import annotations

import datetime as dt

import attrs

from tearline.assess.admission import admissions, admitted
from tearline.assess.answer import Tearline
from tearline.assess.recommend import recommend
from tearline.assess.search import THOROUGH, Effort, instead, least_telling
from tearline.domain import Case, ClaimId, Form, Given, PartyId, ToWarn, Urgency, VersionId


def carrier(case: Case, victim: ToWarn) -> PartyId:
    """Who tells them: the recipient, unless it is said to be us."""
    return victim.through or case.proposal.to


def told_after(case: Case, victim: ToWarn, first: Tearline) -> Case | None:
    """The case with somebody in danger in the recipient's place, once the recipient holds ``first``.

    Guarantee:
        Where the recipient tells them, no claim is proposed that it was not told, and none more exactly.
    Returns:
        ``None`` where whoever is to tell them is told nothing itself.
    """
    own = set(victim.claims or case.proposal.claims)
    most: dict[ClaimId, VersionId | None] = {c: v for c, v in case.proposal.claims.items() if c in own}
    if carrier(case, victim) != case.us:
        most = {claim: version for claim, version in first.versions.items() if claim in own}
    if not most:
        return None
    then = attrs.evolve(case, given=(*case.given, *_given(case, first))).told_to(victim.id)
    proposal = attrs.evolve(
        then.proposal,
        form=Form.DISCLOSURE,
        claims=most,
        allows=victim.allows,
        minimum_value=victim.enough,
        together=(),
        actionable=(),
        ask_in_return=(),
    )
    urgent = attrs.evolve(case.urgent or Urgency(), waivers=(), to_warn=(), outcomes=())
    return attrs.evolve(then, proposal=proposal, urgent=urgent)


def _given(case: Case, first: Tearline) -> tuple[Given, ...]:
    """The first text as something that was told; in a case without a day nobody is taken to know more by then."""
    if not first.versions:
        return ()
    on = case.as_of or max((given.on for given in case.given), default=dt.date.min)
    one = case.proposal
    told = Given(to=(one.to,), on=on, claims=first.versions, form=one.form, allows=one.allows, through=one.through)
    return (told,)


def least(case: Case, effort: Effort = THOROUGH) -> Tearline | None:
    """The least telling text of a proposal that is of use, consents apart; ``None``: none is.

    The vaguest words that are enough; where these pass a limit, or are not enough to act on, the text that
    comes least far beyond the limits.
    """
    few = recommend(smallest(case), effort)
    if few.agreed.tearline.serves and not few.over_the_limits:
        return few.agreed.tearline
    agreed = recommend(case, effort).agreed
    options = least_telling(agreed.question, case.proposal.minimum_value or 0.0, effort)
    if options is None:
        return None
    text = instead(agreed.question, options, agreed.tearline)
    return text if text.serves else None


def smallest(case: Case) -> Case:
    """The case with nothing proposed beyond the vaguest words that are worth enough.

    From the vaguest admissible version of every claim one version is made more exact at a time, the one
    that adds most worth, until all together are worth ``minimum_value``, or nothing is left to add.
    """
    open_to = admitted(admissions(case), lambda found: found.if_asked)
    worth = {
        claim: [v for v in case.claim(claim).versions if v.id in versions and v.value > 0]
        for claim, versions in open_to.items()
    }
    left = {claim: list(versions) for claim, versions in worth.items() if versions}
    said = {claim: versions.pop() for claim, versions in left.items()}
    while sum(v.value for v in said.values()) < (case.proposal.minimum_value or 0.0) and any(left.values()):
        gains = {claim: versions[-1].value - said[claim].value for claim, versions in left.items() if versions}
        most = max(gains, key=gains.__getitem__)
        said[most] = left[most].pop()
    if not said:
        return case
    most_exact = {claim: version.id for claim, version in said.items()}
    return attrs.evolve(case, proposal=attrs.evolve(case.proposal, claims=most_exact))
