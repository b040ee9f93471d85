"""Quiet time: nothing is released on a rhythm that follows what only the source knows.

A reader who sees that something always comes a few days after a change of keys needs no words to know
whom to look for. So nothing that rests on such a source goes while it is quiet, and a rhythm that earlier
releases may already show is put before the releasing authority.
"""

from __future__ import annotations

import datetime as dt
import math

from tearline.domain import Case, Claim, Given, Quiet, Reason, Rule, Source

TELLING = 0.05
"""A rhythm that chance would give less often than this shows."""


def refused(case: Case, claim: Claim) -> tuple[Reason, ...]:
    """Why ``claim`` may not go today: a source that it rests on is to be quiet."""
    return tuple(
        Reason(
            rule=Rule.QUIET,
            text=f"The source of `{claim.id}` is to be quiet for {quiet.days} days after `{quiet.after}`: "
            f"not before {ends.day} {ends:%B %Y}.",
            claim=claim.id,
        )
        for source in case.lineage(claim)
        if (quiet := source.quiet) and (ends := free_from(case, quiet))
    )


def free_from(case: Case, quiet: Quiet) -> dt.date | None:
    """The first day after the quiet time that holds today; ``None``: it is not quiet today."""
    today = case.as_of
    if today is None or not quiet.on:
        return None
    ends = [on + dt.timedelta(days=quiet.days + 1) for on in quiet.on if on <= today]
    return max((end for end in ends if end > today), default=None)


def confirmations(case: Case, claim: Claim) -> tuple[str, ...]:
    """What somebody must confirm where the case does not say when it was, or what day it is."""
    return tuple(
        f"it is confirmed that there was no `{quiet.after}` in the {quiet.days} days before (the case does not say "
        f"when the source of `{claim.id}` is quiet)"
        for source in case.lineage(claim)
        if (quiet := source.quiet) and (quiet.on is None or (quiet.on and case.as_of is None))
    )


def rhythm(case: Case, source: Source) -> tuple[int, int, float] | None:
    """How many of how many earlier releases fell into quiet time, and how often chance would give as many.

    Each release is compared with a day drawn from all days between the first release and the last, as
    likely each: the chance is the upper tail of a binomial. ``None`` with fewer than two releases, or
    where the case does not say when it was quiet.
    """
    quiet = source.quiet
    if quiet is None or not quiet.on:
        return None
    days = sorted(given.on for given in case.given if any(source in case.lineage(c) for c in _told(case, given)))
    if len(days) < 2:
        return None
    share = _quiet_days(quiet, days[0], days[-1]) / ((days[-1] - days[0]).days + 1)
    hits = sum(_is_quiet(quiet, day) for day in days)
    tail = sum(math.comb(len(days), n) * share**n * (1 - share) ** (len(days) - n) for n in range(hits, len(days) + 1))
    return hits, len(days), min(tail, 1.0)


def _told(case: Case, given: Given) -> list[Claim]:
    said = ((claim, case.claim(claim).rank(words)) for claim, words in given.claims.items())
    return [case.claim(told) for claim, rank in said for told in case.entails(claim, rank)]


def shows(case: Case, claim: Claim) -> tuple[str, ...]:
    """Rhythms that the earlier releases show, as something the releasing authority must accept."""
    found = [(source.quiet, rhythm(case, source)) for source in case.lineage(claim)]
    return tuple(
        f"the releasing authority accepts that {seen[0]} of {seen[1]} earlier releases came within {quiet.days} days "
        f"of `{quiet.after}`, which chance would give with {seen[2]:.1%}"
        for quiet, seen in found
        if quiet and seen and seen[0] and seen[2] < TELLING
    )


def _is_quiet(quiet: Quiet, day: dt.date) -> bool:
    return any(0 <= (day - on).days <= quiet.days for on in quiet.on or ())


def _quiet_days(quiet: Quiet, first: dt.date, last: dt.date) -> int:
    """How many days from ``first`` to ``last`` are quiet: stretches that overlap count once."""
    counted, after = 0, first.toordinal()
    for start in sorted(on.toordinal() for on in quiet.on or ()):
        end = min(start + quiet.days, last.toordinal()) + 1
        counted += max(0, end - max(start, after))
        after = max(after, end)
    return counted
