"""What every JSON of an answer is made of: figures, estimates, reasons."""

from __future__ import annotations

import msgspec

from tearline.domain import Interval, Reason
from tearline.exposure.account import Estimate
from tearline.exposure.leaks import Reach


def figure(value: float) -> float:
    """A figure to nine significant digits: beyond them processors differ."""
    return float(f"{value:.9g}")


class WireReason(msgspec.Struct, kw_only=True):
    """One reason, and the rule it rests on."""

    rule: str
    text: str
    claim: str | None
    version: str | None
    party: str | None


class WireEstimate(msgspec.Struct, kw_only=True):
    """A belief or a number of persons, with its words for beliefs (estimative bands)."""

    lo: float
    mid: float
    hi: float


def estimate(e: Estimate | Reach | Interval) -> WireEstimate:
    """Lower edge, best point, upper edge."""
    return WireEstimate(lo=figure(e.lo), mid=figure(e.mid), hi=figure(e.hi))


def reason(r: Reason) -> WireReason:
    """One reason."""
    return WireReason(rule=r.rule.value, text=r.text, claim=r.claim, version=r.version, party=r.party)
