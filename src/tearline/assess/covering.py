"""Cover: what rests on the true events that readers have seen, and what others would gain.

Nothing is invented: an event counts if the case has it with its evidence; where none would help, the
answer only says what kind of event to look for. Cover has a price: what makes a report look like
guesswork to an enemy does so to the recipient as well, and a text that it believes less is worth less.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence

import attrs
import numpy as np

from tearline.assess.answer import Better, Lever, Obstacle, Resting, Tearline
from tearline.assess.audience import Listener
from tearline.assess.phrases import listed
from tearline.assess.probe import after
from tearline.assess.standpoint import Standpoint, hundredths, still_to_ask
from tearline.domain import Case, ClaimId, Cover, GroupId, GroupKind, PartyId, Reliability, VersionId, access
from tearline.domain.defaults import RELIES_ON
from tearline.domain.estimative import percent_down
from tearline.exposure.candidates import minds
from tearline.exposure.history import held, in_order
from tearline.exposure.likelihood import has_seen, most_exact
from tearline.exposure.readings import told_of

EVER = dt.date.min
"""An event that is looked for is taken to have come before anything was told."""

MOST_SOUGHT = 2
"""So many kinds of event are tried; each needs a search of its own."""

WOULD_BE = "informed"
"""How well placed an innocent explanation would have to be made by an event that the case does not have."""


def resting(at: Standpoint, listeners: Sequence[Listener]) -> tuple[Resting, ...]:
    """What rests on each cover that some reader who binds has seen."""
    case = at.case
    found = []
    for cover in case.cover:
        seen_by = [p for p in _binding(listeners) if has_seen(case, cover, p)]
        if seen_by and cover.credence:
            without = attrs.evolve(case, cover=tuple(c for c in case.cover if c is not cover))
            text = at.asked
            found.append(
                Resting(
                    what=cover.what,
                    evidence=cover.evidence,
                    seen_by=tuple(seen_by),
                    value=text.value * text.serves,
                    without=_worth(at.solve(without, False)),
                    left_open=_left_open(case, cover, text),
                    credibility=credibility(case, text),
                    credibility_without=credibility(without, text),
                )
            )
    return tuple(found)


def covers(at: Standpoint, listeners: Sequence[Listener], barred: Sequence[Obstacle]) -> Iterator[Better]:
    """Covers that somebody who binds has not seen, the best first; where none helps, what to look for."""
    binding = _binding(listeners)
    unseen = [cover for cover in at.case.cover if not all(has_seen(at.case, cover, p) for p in binding)]
    found = [way for cover in unseen for way in _shown(at, cover, binding)]
    if not found:
        kinds = itertools.islice(_imagined(at.case, binding, barred), MOST_SOUGHT)
        sought = [way for some in kinds for way in _sought(at, some, binding)]
        found = sorted(sought, key=_dearest)[:1]
    yield from sorted(found, key=_dearest)


def _dearest(way: Better) -> float:
    return -(way.gain or 0.0)


def credibility(case: Case, text: Tearline) -> float:
    """How far the recipient believes that a text is more than guesswork.

    Its prior is what our grade for the weakest source behind the text promises (:data:`RELIES_ON`); against
    that stands how well the likeliest innocent explanation that it considers accounts for all it has been
    told, ``guess``: ``prior / (prior + (1 - prior) * guess)``, the least over all ways in which it may reason.
    """
    ranks = {claim: case.claim(claim).rank(version) for claim, version in text.versions.items()}
    guess = 0.0
    for then in after(case, case.proposal.to, ranks):
        innocent = [i for i, g in enumerate(then.setting.mind.groups) if g.kind is GroupKind.OTHER]
        if then.setting.prior.written and innocent:
            likelihood = (then.mass.mid - then.setting.prior.log_mass)[innocent]
            guess = max(guess, float(np.exp(likelihood.max())))
    behind = [source for c in ranks for source in case.sources_of(case.claim(c))]
    prior = min((RELIES_ON[source.reliability or Reliability.F] for source in behind), default=0.5)
    return prior / (prior + (1 - prior) * guess)


def _binding(listeners: Sequence[Listener]) -> tuple[PartyId, ...]:
    return tuple(listener.party.id for listener in listeners if listener.binds)


def _worth(text: Tearline) -> float:
    return text.value * text.serves


def _left_open(case: Case, cover: Cover, text: Tearline) -> tuple[ClaimId, ...]:
    """What was told or is recommended that the cover does not explain as exactly as it is told."""
    said = [each for release in case.given for each in release.claims.items()] + [*text.versions.items()]
    told = [each for claim, version in said for each in case.entails(claim, case.claim(claim).rank(version)).items()]
    explained = {
        (claim, rank) for claim, rank in told if claim in cover.claims and rank >= case.claim(claim).rank(cover.version)
    }
    return tuple(dict.fromkeys(claim for claim, rank in told if (claim, rank) not in explained))


def _after_price(case: Case, then: Tearline) -> tuple[float, float]:
    """What a text is worth once its cover is seen: at its price in credibility; and that price, a factor."""
    without = credibility(attrs.evolve(case, cover=()), then)
    factor = min(1.0, credibility(case, then) / without) if without else 1.0
    return _worth(then) * factor, factor


def _shown(at: Standpoint, cover: Cover, binding: Sequence[PartyId]) -> Iterator[Better]:
    """What would be gained if everybody who binds had seen a cover of the case."""
    missing = listed(at.case.party(p).label for p in binding if not has_seen(at.case, cover, p))
    seen = attrs.evolve(cover, seen_by=tuple(dict.fromkeys((*cover.seen_by, *binding))), on=None)
    changed = attrs.evolve(at.case, cover=tuple(seen if c is cover else c for c in at.case.cover))
    yield from _gained(at, changed, f"let {missing} see first: {cover.what} ({cover.evidence})")


def _sought(at: Standpoint, some: Sequence[Cover], binding: Sequence[PartyId]) -> Iterator[Better]:
    """What would be gained by events of a kind that the case does not have."""
    changed = attrs.evolve(at.case, cover=(*at.case.cover, *some))
    (group,) = some[0].makes
    what = listed(f"`{claim}` as `{cover.version}`" for cover in some for claim in cover.claims)
    who = listed(at.case.party(p).label for p in binding)
    text = f"look for a true event by which `{group}` would be {WOULD_BE} of {what}, seen first by {who}"
    yield from _gained(at, changed, f"{text}: none is in the case")


def _gained(at: Standpoint, changed: Case, text: str) -> Iterator[Better]:
    then = at.solve(changed, False)
    worth, factor = _after_price(changed, then)
    gain = hundredths(worth - _worth(at.asked))
    if gain > 0:
        consent = still_to_ask(changed, then)
        price = f"; to {changed.party(changed.proposal.to).label} it then looks more like guesswork"
        price += f" (credibility {percent_down(factor)} of what it was, taken off the gain)"
        text += price if factor < 1 else ""
        yield Better(
            lever=Lever.COVER, text=f"{text}; and ask {consent}" if consent else text, gain=gain, said=then.said
        )


def _imagined(case: Case, binding: Sequence[PartyId], barred: Sequence[Obstacle]) -> Iterator[tuple[Cover, ...]]:
    """The kinds of event that could lift an obstacle.

    For each innocent explanation: of that claim alone, and of it with everything that was told before.
    """
    before = most_exact(held(case, in_order(case)))
    given = {claim: case.claim(claim).versions[rank].id for claim, rank in before.items()}
    innocent = dict.fromkeys(
        group.id for p in binding for mind in minds(case, p) for group in mind.groups if group.kind is GroupKind.OTHER
    )
    for obstacle in barred:
        if obstacle.breaches and obstacle.claim in told_of(case):
            for group in innocent:
                alone = _kind(obstacle.claim, obstacle.version, group, binding)
                yield (alone,)
                if given.keys() - {obstacle.claim}:
                    others = [_kind(c, v, group, binding) for c, v in given.items() if c != obstacle.claim]
                    yield (alone, *others)


def _kind(claim: ClaimId, version: VersionId, group: GroupId, binding: Sequence[PartyId]) -> Cover:
    return Cover(
        claims=(claim,),
        version=version,
        makes={group: access(WOULD_BE)},
        what="an event that is looked for",
        evidence="none",
        seen_by=tuple(binding),
        on=EVER,
    )
