"""The page of one partner: two bars, what moved them, how they may see us, favours, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from tearline.assess.advice import MEASURES, advice
from tearline.assess.partners import Move, Partner
from tearline.assess.phrases import listed
from tearline.cli.render import bar, day, heading, item, paragraph
from tearline.domain import Dealing, Interval, Worth
from tearline.domain.defaults import LEAK_GATE
from tearline.domain.estimative import percent_down, percent_up, percents, words
from tearline.errors import InputError
from tearline.trust import Measure, Standing
from tearline.trust.favours import Balance
from tearline.trust.novelty import Reading, Weighed

_CELLS = 20
_INDENT = 15


def partner(out: Console, page: Partner, dossier: str | None) -> None:
    """Print the page; with ``dossier`` that dossier claim by claim instead.

    Raises:
        InputError: There is no dossier of that name from that partner.
    """
    paragraph(out, page.party.label, indent=0, style="bold")
    if dossier is not None:
        _dossier(out, found(page, dossier), full=True)
        return
    _bars(out, page)
    _gate(out, page)
    _timeline(out, page)
    _mutual(out, page)
    _favours(out, page)
    for reading in page.dossiers:
        _dossier(out, reading, full=False)
    _gifts(out, page)
    _requests(out, page)
    _plan(out, page)
    heading(out, "What to do next (advice)")
    for sentence in advice(page):
        item(out, sentence)


def found(page: Partner, dossier: str) -> Reading:
    """The dossier of that name from this partner.

    Raises:
        InputError: There is none.
    """
    for reading in page.dossiers:
        if reading.dossier.id == dossier:
            return reading
    names = listed(f"`{reading.dossier.id}`" for reading in page.dossiers) if page.dossiers else "none"
    raise InputError(f"no dossier `{dossier}` from `{page.party.id}`; there is {names}")


def track(ends: Interval) -> str:
    """A line of twenty cells from 0 to 1: what lies between the edges is shaded, the best point is full."""
    lo, mid, hi = (min(_CELLS - 1, int(end * _CELLS)) for end in (ends.lo, ends.mid, ends.hi))
    cells = ["▒" if lo <= cell <= hi else "·" for cell in range(_CELLS)]
    cells[mid] = "█"
    return "".join(cells)


def _sound(found: Standing) -> Interval:
    return Interval(1 - found.unsound.hi, 1 - found.unsound.mid, 1 - found.unsound.lo)


def _bars(out: Console, page: Partner) -> None:
    paragraph(out, "Two bars, never one score: from unsound (left) to sound (right), with the doubt.", 0, "dim")
    asked = {Measure.HANDLING: page.party.handling, Measure.USE: page.party.use}
    for found, goes in ((page.handling, "leaks by its own handling"), (page.use, "goes wrong")):
        sound, word = _sound(found), asked[found.measure]
        what = "a share" if found.measure is Measure.HANDLING else "a use"
        said = f"the word is {word.value}" if word else "no word is stated: taken as wary"
        paragraph(out, f"{track(sound)} {percents(sound.lo, sound.hi)} sound; {said}", _INDENT, first=_name(found))
        paragraph(out, f"{what} {goes} with {percents(found.rate.lo, found.rate.hi)} ({_words(found.rate)})", _INDENT)
        silent = sum(entry.silent is not None for entry in found.entries)
        count = f"{len(found.moved_by)} on record" + (f", {silent} that do not count" if silent else "")
        paragraph(out, count, _INDENT, "dim")


def _name(found: Standing) -> str:
    return f"  {MEASURES[found.measure]}"


def _words(rate: Interval) -> str:
    return words(rate.lo, rate.hi)


def _gate(out: Console, page: Partner) -> None:
    heading(out, "At the leak gate")
    gate, ends = percent_down(LEAK_GATE), page.so_far
    if page.stated:
        paragraph(out, "The case states how it passes things on (`leak_paths`): its record moves nothing there.")
        return
    if page.binds:
        paragraph(
            out, f"It binds: what goes to it is planned for as if hostile readers got it (gate {gate}).", 2, "bold"
        )
    else:
        paragraph(out, f"It does not bind by its own handling: one share stays below {gate}.")
    paragraph(out, f"Of everything given so far and one share more, something leaks with {percents(ends.lo, ends.hi)}.")
    for channel in page.channels:
        state = "binds" if channel.binds else "does not bind"
        rate = percents(channel.rate.lo, channel.rate.hi)
        item(out, f"through {channel.scope.label}: {rate} a share, {state}; {channel.shares:,} clean on record")


def _timeline(out: Console, page: Partner) -> None:
    """Every movement as a point on a line, one measure below the other."""
    heading(out, "What moved it")
    shown = False
    for measure, title in MEASURES.items():
        own = [move for move in page.moves if move.measure is measure and not move.ours]
        if own:
            if not shown:
                paragraph(out, "○ before, ● after", 2, "dim")
            shown = True
            ends = ("unwilling", "willing") if measure is Measure.GOODWILL else ("unsound", "sound")
            paragraph(out, f"{title}: {ends[0]} on the left, {ends[1]} on the right", 2, "dim")
            _moves(out, own)
    if not shown:
        paragraph(out, "Nothing is on record: the bars are what the words say.")


def _moves(out: Console, moves: Sequence[Move]) -> None:
    for move in moves:
        point = min(_CELLS - 1, int(move.after * _CELLS))
        before = min(_CELLS - 1, int(move.before * _CELLS))
        cells = ["·"] * _CELLS
        for cell in range(min(point, before), max(point, before)):
            cells[cell] = "─"
        cells[before] = "○"
        cells[point] = "●"
        first = f"  {move.dealing.on.isoformat()}  {''.join(cells)}"
        paragraph(out, _told(move.dealing), 36, first=first)


def _told(dealing: Dealing) -> str:
    often = f"{dealing.count:,} × " if dealing.count > 1 else ""
    where = f" ({dealing.through.label})" if dealing.through.label else ""
    severity = f", {dealing.severity.value.replace('-', ' ')}" if dealing.severity else ""
    maybe = ", perhaps theirs" if dealing.times_likelier is not None or len(dealing.parties) > 1 else ""
    why = f": {dealing.what_happened}" if dealing.what_happened else ""
    ours = "we: " if dealing.ours else ""
    judge = f" [{dealing.judged_by}]" if dealing.judged_by else ""
    return f"{ours}{often}{dealing.what.words}{severity}{maybe}{where}{why}{judge}"


def _mutual(out: Console, page: Partner) -> None:
    heading(out, "How they may see us (our estimate, for advice only)")
    for found in page.theirs:
        sound = _sound(found)
        paragraph(out, f"{track(sound)} {percents(sound.lo, sound.hi)} sound", _INDENT, first=_name(found))
    willing = page.refusal.willing
    text = f"{track(willing)} {percents(willing.lo, willing.hi)} willing to go on sharing"
    paragraph(out, text, _INDENT, first=_name(page.goodwill))
    for move in [move for move in page.moves if move.ours][-3:]:
        item(out, f"{day(move.dealing.on)}: {_told(move.dealing)}")


def _favours(out: Console, page: Partner) -> None:
    heading(out, "Favours, by topic, as far as they have not faded; never a bill")
    for balance in page.balances:
        paragraph(out, _balance(balance), _INDENT, first=f"  {balance.topic}")
    if not page.balances:
        paragraph(out, "None are on record.")
    if page.party.shares_with_us:
        paragraph(out, f"What it gives us, and could stop: {'; '.join(page.party.shares_with_us)}.")
    trends = page.trends
    if trends.lag is not None:
        item(out, f"from promise to delivery: {trends.lag:.0f} days on average")
    if trends.answered is not None:
        item(out, f"requests of ours answered: {percent_up(trends.answered)}")
    if trends.by_one_officer is not None:
        name, share = trends.by_one_officer
        item(out, f"by one hand ({name}): {percent_up(share)} of what came")


def _balance(balance: Balance) -> str:
    outside = f"; outside the bill {_worth(balance.outside)}" if balance.outside.hi else ""
    return f"given {_worth(balance.given)}, received {_worth(balance.received)}{outside}"


def _worth(worth: Worth) -> str:
    return f"{worth.mid:.3g} ({worth.lo:.3g} to {worth.hi:.3g})" if worth.lo < worth.hi else f"{worth.mid:.3g}"


def _dossier(out: Console, found: Reading, full: bool) -> None:
    dossier = found.dossier
    pages = f", {dossier.pages:,} pages" if dossier.pages else ""
    heading(out, f"Received: {dossier.id}, {day(dossier.on)}, on {dossier.topic}{pages}")
    share = percent_up(found.share_new)
    verdict = "thin" if found.is_thin else "not thin"
    of = f"; {percents(found.thinness.lo, found.thinness.hi)} of what they may hold" if found.thinness else ""
    text = f"{bar(found.share_new)} {share} of it is new ({_worth(found.new)} of {_worth(found.volume)}){of}: {verdict}"
    paragraph(out, text, style="bold")
    if found.signs:
        paragraph(out, f"Signs: {'; '.join(sign.value for sign in found.signs)}.")
    if full:
        for claim in found.claims:
            _claim(out, claim)


def _claim(out: Console, claim: Weighed) -> None:
    paragraph(out, f"{claim.item.id}: {claim.item.text}" if claim.item.text else claim.item.id, 2, "bold")
    held, echo = claim.item.held, claim.echo
    paragraph(out, f"worth {_worth(claim.item.worth)}, new {_worth(claim.new)}; held {percents(held.lo, held.hi)}", 4)
    if echo.hi:
        paragraph(out, f"descends from us with {percents(echo.lo, echo.hi)}", 4)
    least, ratio, most = claim.ratio
    span = f" ({least:.3g} to {most:.3g})" if least < most else ""
    then = f"; from {claim.item.prior:.2g} to {claim.then:.2g}" if claim.then is not None else ""
    learnt = f", {claim.surprise:.2g} bits" if claim.surprise is not None else ""
    paragraph(out, f"as evidence {ratio:.3g} to 1{span}{then}{learnt}", 4)
    if claim.signs:
        paragraph(out, "; ".join(sign.value for sign in claim.signs), 4, "yellow")


def _gifts(out: Console, page: Partner) -> None:
    if not page.gifts:
        return
    heading(out, "What is proposed, and how much of it would be news to them")
    for gift in page.gifts:
        known = percents(gift.known.lo, gift.known.hi) if gift.stated else "nobody has said (`already_known`)"
        paragraph(
            out,
            f"worth {gift.worth:g}, new {_worth(gift.new)}; held already: {known}",
            _INDENT,
            first=f"  {gift.claim}",
        )


def _requests(out: Console, page: Partner) -> None:
    if not page.requests:
        return
    heading(out, "What could be asked for (to ask is itself to tell)")
    for scored in page.requests:
        lo, mid, hi = scored.score
        span = f" ({lo:.3g} to {hi:.3g})" if lo < hi else ""
        willing = "; whether they agree: as willing as they are" if scored.willing else ""
        item(out, f"{scored.request.what}: {mid:.3g}{span}, cost {scored.request.cost:g} taken off{willing}")


def _plan(out: Console, page: Partner) -> None:
    if page.plan is None:
        return
    heading(out, "Who should cover what")
    ours, theirs = page.plan.gain
    paragraph(
        out,
        f"Each alone: {page.plan.alone:.4g} in all. Best shared: {page.plan.together:.4g}; we gain {ours:.4g}, "
        f"they {theirs:.4g}.",
    )
    for each in page.plan.arrangements:
        by = f" ({page.case.party(each.by).label})" if each.by else ""
        item(out, f"{each.topic}: {each.way.value}{by}")
    if page.plan.unplanned:
        item(out, f"not planned, for a cost is missing: {listed(page.plan.unplanned)}", style="dim")
