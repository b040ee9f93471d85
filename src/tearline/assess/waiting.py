"""When: the day on which each version becomes safe, and what waiting would admit.

Who knows something changes from day to day: it spreads, it is printed, a quiet time ends, an answer
lapses. Between two such days nothing changes, so only they are tried. What is worth less with every day
is worth less by then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import attrs

from tearline.assess.admission import admissions
from tearline.assess.answer import Timing
from tearline.assess.apart import flagged
from tearline.assess.audience import listeners
from tearline.assess.content import completed
from tearline.assess.phrases import listed
from tearline.assess.probe import Ranks, measured
from tearline.assess.search import recipient_holds
from tearline.domain import Case, Claim, ClaimId, PartyId
from tearline.policy.quiet import free_from

MOST_DAYS = 12
"""So many days are tried at most, the first ones."""


def turning_days(case: Case) -> dict[dt.date, tuple[str, ...]]:
    """The days from tomorrow on, until the harm, on which something changes that may admit more, and what."""
    if case.as_of is None:
        return {}
    happens: dict[dt.date, list[str]] = {}
    for day, what in _turns(case, case.as_of):
        if day > case.as_of and (case.proposal.harm_by is None or day <= case.proposal.harm_by):
            happens.setdefault(day, []).append(what)
    first = sorted(happens)[:MOST_DAYS]
    return {day: tuple(dict.fromkeys(happens[day])) for day in first}


def _turns(case: Case, today: dt.date) -> Iterator[tuple[dt.date, str]]:
    for claim in case.claims:
        spreads = [spread for version in claim.versions for spread in version.later]
        spreads += [spread for sibling in claim.siblings for words in sibling.versions for spread in words.later]
        for spread in spreads:
            who = listed(f"`{group}`" for group in spread.known)
            yield spread.on.last, spread.because or f"{who} will know of `{claim.id}`"
        for version in claim.versions:
            if version.public:
                yield version.public.last, f"`{claim.id}` will be public as `{version.id}`"
        for source in case.lineage(claim):
            if source.quiet and (ends := free_from(case, source.quiet)):
                yield ends, f"the quiet time after `{source.quiet.after}` is over"
    for cover in case.cover:
        if cover.on:
            yield cover.on, cover.what


def on_day(case: Case, day: dt.date) -> Case:
    """The case as it would stand on a later day if nothing else happened: values fall as they halve.

    Raises:
        ValueError: The case has no day, or a later one.
    """
    if case.as_of is None or day < case.as_of:
        raise ValueError("only a later day can be looked at")
    passed = (day - case.as_of).days
    return attrs.evolve(case, as_of=day, claims=tuple(_worth_after(claim, passed) for claim in case.claims))


def _worth_after(claim: Claim, days: int) -> Claim:
    if claim.halves_in is None:
        return claim
    left = 2.0 ** (-days / claim.halves_in)
    return attrs.evolve(claim, versions=tuple(attrs.evolve(v, value=v.value * left) for v in claim.versions))


def timings(case: Case, ranks: Ranks) -> tuple[Timing, ...]:
    """For every admissible version the first day on which it may go, the other claims held as in ``ranks``.

    Safe means that the rules admit the whole text that day, that it does not tell where to lay hands on
    somebody, and that no limit of any reader that binds is broken; consents that are missing are another
    matter. Empty where no day changes anything.
    """
    days = turning_days(case)
    if not days or case.as_of is None:
        return ()
    then = [_Then.of(on_day(case, day)) for day in (case.as_of, *days)]
    found, known = [], recipient_holds(case)
    for claim_id in ranks:
        for version in case.claim(claim_id).versions:
            raised = completed(case, {**ranks, claim_id: case.claim(claim_id).rank(version.id)}, known)
            proposed = [at for at in then if (claim_id, version.id) in at.proposed]
            safe = next((at for at in proposed if at.is_safe(raised)), None)
            if proposed:
                found.append(
                    Timing(
                        claim=claim_id,
                        version=version.id,
                        safe_from=safe.day if safe else None,
                        value=(safe or then[0]).case.claim(claim_id).version(version.id).value,
                        because=days.get(safe.day, ()) if safe else (),
                    )
                )
    return tuple(found)


@attrs.frozen(eq=False, kw_only=True)
class _Then:
    """The case on one day.

    Attributes:
        proposed: Versions that the proposal asks for, and whether the rules admit them that day.
    """

    case: Case
    day: dt.date
    proposed: Mapping[tuple[ClaimId, str], bool]
    binding: Sequence[PartyId]

    @classmethod
    def of(cls, case: Case) -> _Then:
        assert case.as_of is not None
        return cls(
            case=case,
            day=case.as_of,
            proposed={(a.claim, a.version): a.if_asked for a in admissions(case)},
            binding=[listener.party.id for listener in listeners(case) if listener.binds],
        )

    def is_safe(self, ranks: Ranks) -> bool:
        """Whether the rules admit all of a text that day, it locates nobody at risk, and it breaks no limit."""
        told = ((claim, rank) for claim, rank in ranks.items() if rank is not None)
        said = {claim: self.case.claim(claim).versions[rank].id for claim, rank in told}
        return (
            all(self.proposed.get(each, False) for each in said.items())
            and not any(one.bars for one in flagged(self.case, said))
            and not any(r.broken for reader in self.binding for _, _, r in measured(self.case, reader, ranks))
        )
