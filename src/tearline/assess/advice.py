"""What to do next with a partner: sentences that follow from its page. Advice, every one of them."""

from __future__ import annotations

from collections.abc import Iterator

from tearline.assess.partners import Partner
from tearline.assess.phrases import listed
from tearline.assess.reliance import told
from tearline.domain import Event, OfferKind, PartyId
from tearline.domain.defaults import LEAK_GATE
from tearline.domain.estimative import percent_up, percents
from tearline.trust import Measure
from tearline.trust.advantage import Way
from tearline.trust.favours import DEPENDENT
from tearline.trust.novelty import Reading, Sign
from tearline.trust.swaps import Swap

MOST_SWAPS = 3
"""How many swaps are named."""


def advice(page: Partner) -> tuple[str, ...]:
    """What to do next, the most pressing first."""
    return tuple(
        dict.fromkeys(
            (
                *_handling(page),
                *_officers(page),
                *(sentence for dossier in page.dossiers for sentence in _dossier(page, dossier)),
                *_unheard(page),
                *_mutual(page),
                *_requests(page),
                *_favours(page),
                *_trade(page),
            )
        )
    )


def _handling(page: Partner) -> Iterator[str]:
    if not page.binds:
        return
    better = [channel for channel in page.channels if not channel.binds]
    if better:
        yield f"Hand over through {better[0].scope.label}: its own record keeps it below the leak gate."
    elif page.handling.moved_by:
        yield "Say through whom it goes (`through`), and have what goes there watched: only that brings trust back."


def _officers(page: Partner) -> Iterator[str]:
    refusal, who = page.refusal, page.party.label
    now, then = (percents(ends.lo, ends.hi) for ends in (refusal.willing, refusal.then))
    price = f"about {refusal.price.mid:.2g} a year ({refusal.price.lo:.2g} to {refusal.price.hi:.2g})"
    cost = f"their willingness to go on would fall from {now} to {then}, which costs {price} of what comes from them"
    if refusal.pending is not None:
        what = refusal.pending.what_happened or "an officer"
        yield f"{who} has proposed {what}. If that is refused, {cost}. Weigh it before answering; tell them why."
    elif refusal.inflow.mid > 0:
        yield f"Were an officer of {who} refused, {cost}."


def _dossier(page: Partner, found: Reading) -> Iterator[str]:
    name = found.dossier.id
    if found.is_thin:
        yield f"`{name}` is thin, which is no breach: answer in kind and size, and ask one specific question about it."
    for claim in found.claims:
        item = claim.item
        if Sign.PLANTED in claim.signs and item.carries_variant_of is not None:
            through = page.case.party(item.carries_variant_of).label
            yield (
                f"`{item.id}` of `{name}` is in the words that only {through} got: it is ours, and {through} or our "
                "own house may have passed it on. Have that judged and entered as a breach with its likelihood ratio."
            )
        if Sign.OURS in claim.signs:
            yield f"Do not count `{item.id}` of `{name}` as confirmation: it may be what we gave, coming back."
        if Sign.SHARED in claim.signs:
            yield f"Ask whether `{item.id}` of `{name}` rests on a source of its own: same, different, or unknown."
        if Sign.BAIT in claim.signs:
            yield (
                f"Before anything is done on `{item.id}` of `{name}` or it is passed on, find out who else has it: in "
                "words that only we got, it shows where it turns up."
            )
    if Sign.UNCHECKABLE in found.signs:
        yield f"Nothing that is new in `{name}` can be checked: look for one claim that can, and ask for that."


def _unheard(page: Partner) -> Iterator[str]:
    entries = (*page.handling.entries, *page.use.entries, *page.goodwill.entries)
    for entry in entries:
        if entry.silent is not None and entry.dealing.retracted is None:
            yield f"Have it judged, or leave it: {told(entry.dealing)} does not count, for {entry.silent.value}."


def _mutual(page: Partner) -> Iterator[str]:
    ours = [move for move in page.moves if move.ours and move.after < move.before]
    if ours and page.theirs[0].rate.hi >= LEAK_GATE:
        last = ours[-1].dealing
        chance = percent_up(page.theirs[0].rate.hi)
        yield f"They may take us to leak up to {chance} of what they share, since {told(last)}: say what was mended."
    broken = [move for move in ours if move.dealing.what is Event.PROMISE_BROKEN]
    if broken:
        yield "Keep the next promise, however small, and say that it is kept."


def _requests(page: Partner) -> Iterator[str]:
    good = [scored for scored in page.requests if scored.score[1] > 0]
    if good:
        best = good[0]
        lo, mid, hi = best.score
        yield f"Ask for {best.request.what}: worth {mid:.3g} ({lo:.2g} to {hi:.2g}) after its chances and its cost."
    for scored in page.requests:
        if scored.score[1] <= 0:
            yield f"Do not ask for {scored.request.what}: it costs more than it may bring ({scored.score[1]:.2g})."


def _favours(page: Partner) -> Iterator[str]:
    for balance in page.balances:
        if balance.leaning == "they":
            yield f"On {balance.topic} they have given more than they got: a return in kind would be noticed."
        elif balance.leaning == "we":
            yield f"On {balance.topic} we have given more: a request there is well placed."
    one = page.trends.by_one_officer
    if one is not None and one[1] >= DEPENDENT:
        share = percent_up(one[1])
        yield f"{share} of what came, came by {one[0]}: the channel dies with the person. Make a second one."
    for rests in page.others:
        if rests.on == page.party.id:
            share = percent_up(rests.share)
            who = page.party.label
            yield f"{share} of what we get on {rests.topic} comes from {who} alone: look for a second source."


def _trade(page: Partner) -> Iterator[str]:
    if page.plan is not None:
        for each in page.plan.arrangements:
            if each.way is not Way.ALONE:
                by = f" by {_label(page, each.by)}" if each.by else ""
                ours, theirs = each.gain
                yield f"On {each.topic}: {each.way.value}{by} (we gain {ours:.3g}, they {theirs:.3g})."
    for swap in page.swaps[:MOST_SWAPS]:
        yield _swap(page, swap)


def _swap(page: Partner, swap: Swap) -> str:
    gives = listed(
        f"{_label(page, hand.giver)} gives {_label(page, hand.to)} {hand.offer.what or hand.offer.id}"
        f"{'' if hand.offer.kind is OfferKind.PRODUCT else f' ({hand.offer.kind.value})'}"
        for hand in swap.hands
    )
    asking = f"; ask {listed(_label(page, party) for party in swap.to_ask)} first" if swap.to_ask else ""
    kept = "; a capability cannot be taken back" if _capability(swap) else ""
    return f"Swap: {gives}{asking}{kept}."


def _capability(swap: Swap) -> bool:
    return any(hand.offer.kind is OfferKind.CAPABILITY for hand in swap.hands)


def _label(page: Partner, party: PartyId | None) -> str:
    return page.case.party(party).label if party else "both"


MEASURES = {
    Measure.HANDLING: "Handling",
    Measure.USE: "Use",
    Measure.GOODWILL: "Good will",
}
"""What each measure is called."""
