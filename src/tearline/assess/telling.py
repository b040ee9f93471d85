"""Sentences of an answer, for every page that shows one: what readers work out, what is in the way, what helps.

Words first, figures behind them. Nothing is computed here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from tearline.assess.answer import Better, Breach, Consultation, InReturn, Mover, Pointed, Said, Timing
from tearline.assess.audience import Listener
from tearline.assess.phrases import breach_by, concerning, listed
from tearline.assess.reasoning import RawText
from tearline.domain import Case, Permission
from tearline.domain.estimative import percent_down, percent_up, percents, words
from tearline.exposure.account import Line
from tearline.exposure.leak_graph import Edge
from tearline.exposure.worlds import Gate
from tearline.trust.asking import Scored

T = TypeVar("T")


def day(date: dt.date) -> str:
    """A date as people write it."""
    return f"{date.day} {date:%B %Y}"


def together(found: Iterable[T], result: Callable[[T], object]) -> list[list[T]]:
    """Those for whom the same comes out, put together, in their order."""
    groups: list[tuple[object, list[T]]] = []
    for each in found:
        own = result(each)
        same = next((group for others, group in groups if others == own), None)
        if same is None:
            groups.append((own, [each]))
        else:
            same.append(each)
    return [group for _, group in groups]


def comes_to_read(case: Case, listener: Listener, refused: bool = False) -> str:
    """How a party comes to read it, in a sentence; after a refusal how it would."""
    party, gets = listener.party, listener.gets
    name = f"{party.label} (hostile)" if party.hostile else party.label
    chance = f"({words(gets.lo, gets.hi)}, {percents(gets.lo, gets.hi)})"
    if gets.lo == 1:
        how = f"{'would get' if refused else 'gets'} it{_why(case, listener)}"
    elif gets.hi == 0:
        how = f"{'would' if refused else 'does'} not get this, but may hold what was given before"
    else:
        how = f"{'might' if refused else 'may'} get it {chance}"
    if listener.binds:
        counts = "" if gets.lo == 1 else "; planned for as if it does"
    elif listener.knows:
        counts = "; it has a stake and knows already how we know"
    elif listener.protected_against:
        counts = "; too unlikely to count"
    else:
        counts = "; trusted, so only reported"
    return f"{name} {how}{counts}."


def _why(case: Case, listener: Listener) -> str:
    """Why a party gets what was not meant for it."""
    party = listener.party
    if party.id == case.proposal.to:
        return ""
    if any(party.id in case.stakeholders(case.claim(claim)) for claim in case.tells):
        return ", for it must be asked"
    if party.id not in case.noticing(case.proposal.permits):
        return ""
    if Permission.EVIDENCE in case.proposal.permits:
        return ", for it may be published or used as evidence"
    return ", for others notice what may be done on it" if party.hostile else ", for it may be passed on"


def words_of(case: Case, line: Line) -> str:
    """One limit and how near a reader comes to it, as people say it."""
    over = "OVER THE LIMIT: " if line.broken else ""
    if line.gate is Gate.CROWD:
        return f"{over}{line.after.lo:.0f} people share the suspicion; at least {line.allowed:.0f} must"
    if line.gate is Gate.INVESTIGATION:
        return f"{over}{line.after.hi:.0f} people would be worth an investigation"
    what = "a few investigations would find the source" if line.gate is Gate.TRIES else concerning(case, line.about)
    return f"{over}{what}: at most {percent_up(line.after.hi)}, limit {percent_down(line.allowed)}"


def figures_of(line: Line, full: bool) -> str:
    """The figures behind a line."""
    if line.gate is Gate.CROWD:
        missed = f"; the limit of {line.budget:.0f} was missed already" if line.over_before else ""
        return f"before {line.before.lo:.0f}{missed}"
    if line.gate is Gate.INVESTIGATION:
        return f"before {line.before.hi:.0f}; at most {line.allowed:.0f} more may become so"
    best = f"best estimate {percent_up(line.after.mid)} ({words(line.after.mid, line.after.mid)})"
    over = f"; the limit of {percent_down(line.budget)} was passed already" if line.over_before else ""
    text = f"{best}; before at most {percent_up(line.before.hi)}{over}"
    if full:
        ranges = f"now {percents(line.after.lo, line.after.hi)}, before {percents(line.before.lo, line.before.hi)}"
        text += f"; {ranges}; {line.bits:+.1f} bits, {line.bits_left:.1f} left"
    return text


def if_raw(case: Case, raw: RawText) -> str:
    """What it would mean if a reader held the raw text, in sentences."""
    about, worded = concerning(case, raw.about), percent_up(raw.as_worded)
    if raw.if_raw <= raw.as_worded:
        return f"That would tell it no more than these words do: it believes {about} up to {worded} either way."
    return (
        f"Then it believes {about} up to {percent_up(raw.if_raw)}, else {worded} (to be expected: "
        f"{percent_up(raw.expected)}). Other words do not help; to drop it does, to wait until more know it, or to "
        "rest it on a second true source."
    )


def breach_sentences(case: Case, broken: Iterable[Breach]) -> list[str]:
    """One sentence for each broken limit, readers who would reach the same put together."""
    together: dict[tuple[object, ...], list[Breach]] = {}
    for found in broken:
        key = (
            found.gate,
            found.about,
            found.reached,
            found.limit,
            found.because_of,
            found.series,
            found.if_raw,
            found.if_several,
        )
        together.setdefault(key, []).append(found)
    sentences = []
    for alike in together.values():
        text = breach_by(case, alike[0], listed(case.party(b.reader).label for b in alike)) + "."
        text = text[0].upper() + text[1:]
        if alike[0].series:
            text += f" No single earlier release does it; the series of {len(alike[0].because_of)} does."
        elif alike[0].because_of:
            text += f" It could go had nothing been told on {listed(map(day, alike[0].because_of))}."
        if alike[0].if_raw:
            text += " That is so if the raw text is in those hands: then other words do not help."
        if alike[0].if_several:
            text += (
                " That is so for a reader that looks at each source's claims alone, or cannot tell how many there are."
            )
        sentences.append(text)
    return sentences


def from_when(case: Case, timing: Timing) -> str:
    """From when on a version is safe."""
    if timing.safe_from is None:
        return "on no day that the case knows of"
    if timing.safe_from == case.as_of:
        return "today"
    return f"{day(timing.safe_from)}, worth {timing.value:.2g} then: {listed(timing.because)}"


def way(way: Better) -> str:
    """A way to a better answer, in sentences."""
    if way.gain is None:
        return f"{way.lever.value.capitalize()}: {way.text}."
    return f"{way.lever.value.capitalize()}: {way.text}. Then {_said(way.said)} (worth {way.gain:g} more)."


def _said(said: Sequence[Said]) -> str:
    going = [f"{s.claim} as {s.version}" for s in said if s.version]
    return f"{listed(going)} may go" if going else "nothing more may go"


def mover(case: Case, mover: Mover) -> str:
    """What to go and check, and what that would change."""
    now, then = percent_up(mover.now), percent_up(mover.then)
    inside = f", inside the limit of {percent_down(mover.limit)}" if mover.now > mover.limit >= mover.then else ""
    about = "" if mover.gate is Gate.TOP_SUSPECT else f" {concerning(case, mover.about)}"
    who = f"the belief of {case.party(mover.reader).label}{about or ' in the most suspected person'}"
    return f"If {mover.text}, {who} would be at most {then}, not {now}{inside}."


def wish(each: InReturn) -> str:
    """Something to ask for, with its score where it has one."""
    return each.wish if each.scored is None else _scored(each.scored)


def _scored(scored: Scored) -> str:
    lo, mid, hi = scored.score
    worth = f"worth {mid:.3g} ({lo:.3g} to {hi:.3g}) after its chances and its cost"
    return f"{scored.request.what}: {worth}" + ("" if mid > 0 else "; better not ask")


def pointing(case: Case, asked: Consultation) -> list[str]:
    """What it tells to ask, when to ask, and whether an answer comes in time."""
    how, whose = asked.asking, case.party(asked.party).label
    found = []
    if how.anyway >= 1:
        found.append("It is asked about every report of the kind, so that it is asked tells nothing.")
    elif how.anyway <= 0:
        found.append(f"Asked only where it must be, {whose} learns that this rests on something of its own.")
    else:
        share = percent_down(how.anyway)
        found.append(f"It is asked about {share} of such reports anyway, so that it is asked tells less.")
    found += [_pointed(case, whose, reader) for reader in how.readers]
    if how.on and case.as_of and how.on > case.as_of:
        found.append(f"Its next round is on {day(how.on)}: asked before, the question stands out the more.")
    if how.too_late and how.answer_by and case.proposal.harm_by:
        late = f"An answer by {day(how.answer_by)} comes after {day(case.proposal.harm_by)}, when it is too late"
        found.append(f"{late}: ask for a quicker one, or put it to whoever may decide without it.")
    return found


def _pointed(case: Case, whose: str, reader: Pointed) -> str:
    who = case.party(reader.reader).label
    over = "over" if reader.asked > reader.limit else "inside"
    text = f"{who} would then believe that {whose} is involved, up to {percent_up(reader.asked)}"
    text += f" ({percent_up(reader.words)} from the words alone), {over} the limit of {percent_down(reader.limit)}"
    if reader.asked > reader.limit and reader.enough is not None:
        return f"{text}; not if it were asked about {percent_up(reader.enough)} of such reports anyway."
    return f"{text}."


def leak(case: Case, edge: Edge) -> str:
    """An edge, or the cause behind it and everything that this opens."""
    chance = percents(edge.probability.lo, edge.probability.hi)
    if edge.cause is not None:
        opened = [path for path in case.leak_paths if edge.cause in path.or_if]
        ways = listed(f"from {case.party(p.giver).label} to {case.party(p.to).label}" for p in opened)
        name = case.cause(edge.cause).label
        return f"{name[:1].upper()}{name[1:]} ({chance}), which opens the ways {ways}"
    how = "assumed from trust" if edge.assumed else edge.how.value
    return f"From {case.party(edge.giver).label} to {case.party(edge.to).label} ({how}, {chance})"
