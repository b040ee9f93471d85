"""What a case file must not say of claims that belong together: checks over the draft of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from tearline.cases.checks import Draft
from tearline.cases.shapes import Path, printable


def what_belongs_together_exists(draft: Draft) -> None:
    """Every version named by ``needs``, ``together`` and ``actionable`` is one of its claim's."""
    for path, wanted in (*_needs(draft), *_together(draft), *_actionable(draft)):
        for claim, version in wanted.items():
            known = draft.versions(claim)
            if known is not None and isinstance(version, str) and version not in known:
                draft.report_unknown((*path, claim), f"`{claim}` has no version `{printable(version)}`", version, known)


def nothing_needs_itself(draft: Draft) -> None:
    """A version says more than the vaguer ones of its own claim, so it cannot need them."""
    for path, wanted in _needs(draft):
        claim = path[1]
        if claim in wanted:
            hint = "a version already says all that vaguer ones say"
            draft.report((*path, claim), f"`{claim}` needs itself", hint)


def several_belong_together(draft: Draft) -> None:
    """What is worth more together is at least two claims."""
    for path, wanted in _together(draft):
        if len(wanted) == 1:
            draft.report(path, "one claim alone", "add what it goes with, or raise the `value` of its version")


def what_counts_can_be_said(draft: Draft) -> None:
    """``together`` and ``actionable`` count on claims that are proposed, or that the recipient has."""
    proposal = draft.fields.get("proposal", {})
    proposed = proposal.get("claims") if isinstance(proposal, dict) else None
    if not isinstance(proposed, dict):
        return
    to = proposal.get("to")
    given = [held for _, held in draft.listed("given") if to in held.get("to", ())]
    told = {claim for held in given if isinstance(held.get("claims"), dict) for claim in held["claims"]}
    for path, wanted in (*_together(draft), *_actionable(draft)):
        for claim in wanted:
            if claim not in proposed and claim not in told and claim in draft.named("claims"):
                message = f"`{claim}` is neither proposed nor has the recipient got it"
                draft.report((*path, claim), message, "list it under `proposal.claims`")


def _needs(draft: Draft) -> Iterator[tuple[Path, dict[str, Any]]]:
    for claim in draft.named("claims"):
        for version, held in (draft.versions(claim) or {}).items():
            if isinstance(held.get("needs"), dict):
                yield ("claims", claim, "versions", version, "needs"), held["needs"]


def _together(draft: Draft) -> Iterator[tuple[Path, dict[str, Any]]]:
    for index, held in enumerate(_listed(draft, "together")):
        if isinstance(held, dict) and isinstance(held.get("claims"), dict):
            yield ("proposal", "together", index, "claims"), held["claims"]


def _actionable(draft: Draft) -> Iterator[tuple[Path, dict[str, Any]]]:
    for index, held in enumerate(_listed(draft, "actionable")):
        if isinstance(held, dict):
            yield ("proposal", "actionable", index), held


def _listed(draft: Draft, key: str) -> Any:
    proposal = draft.fields.get("proposal", {})
    return proposal.get(key, ()) if isinstance(proposal, dict) else ()


CONTENT_CHECKS: Final[tuple[Callable[[Draft], None], ...]] = (
    what_belongs_together_exists,
    nothing_needs_itself,
    several_belong_together,
    what_counts_can_be_said,
)
"""Every check of this module, in the order of the file."""
