"""Material that may have been got by torture or against the law: the mark follows, whoever passes it on.

A mark made on a source or a claim holds for all that exists through it or was worked out from it. That
another partner passed the material on, that it was put in other words, or that a clean source says the
same, takes no mark off. To receive and use it is for the named authority that the law provides; what may
have been got by torture is no evidence, whoever has decided.

Sources: UN Convention against Torture, article 15; Report of the Events Relating to Maher Arar, *Analysis
and Recommendations* (2006), recommendation 15.
"""

from __future__ import annotations

from tearline.domain import Case, Claim, Permission, Reason, Rule, Taint, Wrong
from tearline.policy.authority import decided

SPELLED = {Wrong.TORTURE: "by torture", Wrong.UNLAWFUL: "against the law"}
"""How material may have been got, as in ``may have been got …``."""

TRAVELS = "it bears a mark: not to be used as evidence against anybody, nor passed on without the mark"
"""What the recipient is told of it. How it may have been got would tell how we got it, so that stays."""


def marks(case: Case, claim: Claim) -> tuple[Taint, ...]:
    """Every mark that ``claim`` bears, its own and those of all that it rests on, each once."""
    own = (origin.tainted for origin in case.origins(claim))
    inherited = (source.tainted for source in case.lineage(claim))
    return tuple(dict.fromkeys(taint for taint in (*own, *inherited) if taint is not None))


def refused(case: Case, claim: Claim) -> tuple[Reason, ...]:
    """Why nothing of ``claim`` may go in any words: nobody has decided, or it would be evidence."""
    return tuple(_reason(claim, text) for taint in marks(case, claim) for text in _bars(case, claim, taint))


def conditions(case: Case, claim: Claim) -> tuple[str, ...]:
    """Decisions that must be on record before ``claim`` goes."""
    return tuple(
        f"the decision of {taint.authority} to receive and use what may have been got {SPELLED[taint.how]} is on record"
        for taint in marks(case, claim)
        if decided(case, taint.authority)
    )


def _bars(case: Case, claim: Claim, taint: Taint) -> list[str]:
    why = f" ({taint.why})" if taint.why else ""
    found = f"`{claim.id}` may have been got {SPELLED[taint.how]}{why}"
    bars = []
    if not decided(case, taint.authority):
        bars.append(f"{found}; to receive and use it is for the authority that the law names, which has not decided.")
    if taint.how is Wrong.TORTURE and Permission.EVIDENCE in case.uses:
        bars.append(f"{found}; that is no evidence, and not to be published as fact, whoever has decided.")
    return bars


def _reason(claim: Claim, text: str) -> Reason:
    return Reason(rule=Rule.TAINTED, text=text, claim=claim.id)
