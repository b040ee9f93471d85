"""Who may decide what no officer may: somebody named, and never the officer who proposes it.

Source: National Security and Intelligence Review Agency (Canada), review of the Avoiding Complicity in
Mistreatment by Foreign Entities Act for 2022, on the lack of checks and balances in the assessment of risk.
"""

from __future__ import annotations

from tearline.domain import Case
from tearline.domain.officers import look_alike


def decided(case: Case, authority: str) -> str:
    """``authority`` if it counts; empty where nobody is named, or only who proposes, however that is spelled."""
    return "" if look_alike(authority, case.proposal.by) else authority
