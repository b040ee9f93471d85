"""Who may decide what no officer may: somebody named, and never the officer who proposes it.

Source: National Security and Intelligence Review Agency (Canada), review of the Avoiding Complicity in
Mistreatment by Foreign Entities Act for 2022, on the lack of checks and balances in the assessment of risk.
"""

from __future__ import annotations

from tearline.domain import Case


def decided(case: Case, authority: str) -> str:
    """``authority`` if it counts; empty where nobody is named, or only who proposes."""
    return "" if _same(authority, case.proposal.by) else authority


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
