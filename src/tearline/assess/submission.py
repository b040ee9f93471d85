"""One page that a decision-maker signs: what is recommended and why, who must be squared, what it costs.

Everything on it comes from one answer (:class:`tearline.assess.answer.Assessment`); nothing is worked out
anew. It holds the words that are recommended and no others, so it says no more of the matter than would go,
and nothing of where the source sits. It stays in the house all the same: it names whoever has a stake.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from tearline.assess.answer import Assessment, Consultation, ReaderAccount
from tearline.assess.decide import limits_of_use
from tearline.assess.phrases import IF_IT_LEAKS, IF_PRESSED, PURPOSE, listed
from tearline.domain import Allow, AllowIf, Ask, Case, Refuse, Rule
from tearline.domain.estimative import percent_up, percents
from tearline.policy.equities import Standing
from tearline.policy.holders import Holder

LONGEST = 240
"""Characters of a text that somebody wrote freely; words that may go and conditions are never cut."""

STANDS = {
    Standing.UNASKED: "not asked yet",
    Standing.PENDING: "asked, no answer yet",
    Standing.LESS: "has granted less than it was asked for",
    Standing.SILENT: "has not answered in time, which is a no",
    Standing.DECLINED: "has said no",
    Standing.AGREED: "has agreed",
}


@attrs.frozen(kw_only=True)
class Section:
    """One part of the page.

    Attributes:
        quoted: Words to be spoken or sent, never cut.
        marks: The mark of each of them; empty where the case is not marked.
        points: What there is to know, the most important first.
        boxes: What must be ticked off before anything goes, never cut.
        fewest: How many points must stay when the page is full.
    """

    title: str
    quoted: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    fewest: int = 1


@attrs.frozen(kw_only=True)
class Submission:
    """The page.

    Attributes:
        verdict: The recommendation in a word, and in a sentence.
        why: Its reasons.
        signatures: Who signs, and as what; an empty name is to be filled in.
    """

    title: str
    date: dt.date | None
    verdict: tuple[str, str]
    why: tuple[str, ...]
    sections: tuple[Section, ...]
    signatures: tuple[tuple[str, str], ...]


def submission(found: Assessment) -> Submission:
    """The page for one answer."""
    return Submission(
        title=clipped(found.case.title),
        date=found.case.as_of,
        verdict=_verdict(found),
        why=_why(found),
        sections=tuple(section for section in _sections(found) if section.quoted or section.points or section.boxes),
        signatures=_signatures(found),
    )


def clipped(text: str) -> str:
    """Free text in one line, cut where it is too long for a page.

    >>> clipped("a  b\\nc"), len(clipped("x" * 999))
    ('a b c', 240)
    """
    flowing = in_one_line(text)
    return flowing if len(flowing) <= LONGEST else f"{flowing[: LONGEST - 1]}…"


def in_one_line(text: str) -> str:
    """Free text in one line; what cannot be seen, or turns writing around, by its number, as no markup.

    >>> in_one_line("a\\u200bb\\n c")
    'a(U+200B)b c'
    """
    return "".join(c if c.isprintable() else f"(U+{ord(c):04X})" for c in " ".join(text.split()))


def _verdict(found: Assessment) -> tuple[str, str]:
    case = found.case
    to, purpose = clipped(case.party(case.proposal.to).label), PURPOSE[case.proposal.purpose]
    match found.decision:
        case Allow():
            return "RELEASE", f"Tell {to} the words below, {purpose}."
        case AllowIf():
            return "RELEASE IF", f"Tell {to} the words below, {purpose}, once every box is ticked."
        case Ask(consult=consult):
            whom = listed(clipped(case.party(p).label) for p in consult)
            return "ASK FIRST", f"Ask {whom}; with their consent tell {to} the words below, {purpose}."
        case Refuse():
            return "DO NOT RELEASE", f"Tell {to} nothing."


def _why(found: Assessment) -> tuple[str, ...]:
    if isinstance(found.decision, Refuse):
        return (clipped(found.decision.reasons[0].text),)
    first = {Rule.EQUITY, Rule.ORIGINATOR}
    asking = [clipped(r.text) for r in found.decision.reasons if r.rule in first and r.version is None]
    inside = next(r.text for r in found.decision.reasons if r.rule not in first)
    return (*dict.fromkeys(asking), clipped(inside))


def _sections(found: Assessment) -> Iterator[Section]:
    case, goes = found.case, not isinstance(found.decision, Refuse)
    if goes:
        marks = tuple(portion.mark or "(not marked)" for portion in found.banner.portions) if found.banner else ()
        yield Section(title="The words", quoted=found.tearline.words, marks=marks, points=_marked(found), fewest=9)
        terms = "; ".join(map(clipped, limits_of_use(case, found.tearline)))
        yield Section(title="On what terms", points=(f"{terms[:1].upper()}{terms[1:]}.",))
        yield Section(title="Before it goes", boxes=tuple(_conditions(found)))
        yield Section(title="Who must be squared, and what to tell them", points=tuple(_squared(found)), fewest=99)
    yield Section(title="If nothing is said", points=tuple(_silence(found)), fewest=2)
    leaks = (f"If it leaks: “{IF_IT_LEAKS}”",) if goes else ()
    yield Section(title="What to say", points=(f"If pressed: “{IF_PRESSED}”", *leaks), fewest=2)
    yield Section(title="Who would be furious, and what they could stop", points=tuple(_furious(found)), fewest=3)
    yield Section(title="What it risks", points=tuple(_risks(found)) if goes else ())
    named = {request.id: request.what for request in case.requests}
    wishes = (named.get(wish, wish) for wish in case.proposal.ask_in_return)
    yield Section(title="What to ask in return", points=tuple(map(clipped, wishes)))
    yield Section(title="The cheapest way to a better answer", points=tuple(_better(found)), fewest=0)


def _marked(found: Assessment) -> tuple[str, ...]:
    """The banner of the words, and that it is not known where one of them is unmarked."""
    if found.banner is None:
        return ()
    written = found.banner.written.banner if found.banner.written else ""
    if found.banner.unmarked:
        least = f", at least {written}" if written else ""
        return (f"Banner: not known{least}; not marked: {', '.join(found.banner.unmarked)}.",)
    return (f"Banner: {written}.",)


def _conditions(found: Assessment) -> Iterator[str]:
    if isinstance(found.decision, Ask):
        for party in found.decision.consult:
            yield f"{clipped(found.case.party(party).label)} has agreed to these words, for this recipient and purpose."
    if isinstance(found.decision, Ask | AllowIf):
        for condition in found.decision.conditions:
            yield f"{condition[:1].upper()}{condition[1:]}."


def _squared(found: Assessment) -> Iterator[str]:
    for asked in found.asked if isinstance(found.decision, Ask) else ():
        yield _question(found, asked)


def _question(found: Assessment, asked: Consultation) -> str:
    case, how = found.case, asked.asking
    who = clipped(case.party(asked.party).label)
    if asked.asked_on:
        until = f", and has until {_day(asked.due)}" if asked.due else ""
        return f"{who}: asked on {_day(asked.asked_on)}{until}; silence is a no."
    quoted = " ".join(f"“{case.claim(claim).version(version).text}”" for claim, version in asked.covers)
    words = "the words above" if dict(asked.covers) == found.tearline.versions else quoted
    on = f" on {_day(how.on)}" if how.on and how.on != case.as_of else ""
    by = (
        f", answer by {_day(how.answer_by)}{' (too late: ask for a quicker one)' if how.too_late else ''}"
        if (how.answer_by)
        else ""
    )
    points = " Being asked tells it that something of its own is behind this." if how.anyway < 1 else ""
    return f"{who}: ask{on}{by}. Tell it {words}, for whom and why, what silence may cost; no more.{points}"


def _silence(found: Assessment) -> Iterator[str]:
    proposal = found.case.proposal
    harm = clipped(proposal.harm_of_silence) or "nobody has said what silence may cost"
    yield f"{harm[:1].upper()}{harm[1:]}."
    if proposal.harm_by:
        yield f"After {_day(proposal.harm_by)} it is too late."
    if isinstance(found.decision, Refuse):
        review = f"; to be looked at again by {_day(found.decision.review_on)}" if found.decision.review_on else ""
        yield f"The silence is owned by {clipped(found.decision.owner)}{review}."


def _furious(found: Assessment) -> Iterator[str]:
    for holder in found.holders:
        if holder.offended or holder.to_recall:
            yield _offended(found.case, holder)


def _offended(case: Case, holder: Holder) -> str:
    who = clipped(case.party(holder.party).label)
    stops = (
        f"could stop {'; '.join(map(clipped, holder.could_stop))}"
        if holder.could_stop
        else "the case does not say what it gives us"
    )
    text = f"{who} ({STANDS[holder.standing]}), if passed over: {stops}."
    if holder.told_before:
        told = listed(f"{clipped(case.party(to).label)} on {_day(on)}" for on, to in holder.told_before)
        text += f" Its consent is not on record for what went to {told}."
    if holder.to_recall:
        told = listed(f"{clipped(case.party(to).label)} on {_day(on)}" for on, to in holder.to_recall)
        text += f" It has withdrawn its consent; recall what went to {told}."
    return text


def _risks(found: Assessment) -> Iterator[str]:
    binding = [account for account in found.readers if account.listener.binds]
    others = [account for account in binding if account.listener.gets.lo < 1]
    for account in sorted(others, key=lambda a: not a.listener.party.hostile):
        yield _reader(account)
    if binding:
        used = f"used to {percent_up(found.tearline.load)}" if found.tearline.load <= 1 else "passed"
        yield f"The nearest limit on what a reader could work out is {used}."


def _reader(account: ReaderAccount) -> str:
    party, gets = account.listener.party, account.listener.gets
    kind = " (hostile)" if party.hostile else ""
    return f"{clipped(party.label)}{kind} may get it: {percents(gets.lo, gets.hi)}."


def _better(found: Assessment) -> Iterator[str]:
    for way in found.better:
        gain = f" (worth {way.gain:g} more)" if way.gain else ""
        yield f"{way.lever.value.capitalize()}: {clipped(way.text)}{gain}."


def _signatures(found: Assessment) -> tuple[tuple[str, str], ...]:
    us = clipped(found.case.party(found.case.us).label)
    warned = any(reason.rule is Rule.DUTY_TO_WARN for reason in found.decision.reasons)
    signs = ("For the duty to warn, beyond a limit", "") if warned else None
    by = clipped(found.case.proposal.by)
    rows = [("Proposed by", by), (f"Decided for {us}{f' (not by {by})' if by else ''}", "")]
    return (*rows, signs) if signs else tuple(rows)


def _day(on: dt.date | None) -> str:
    return f"{on.day} {on:%B %Y}" if on else "no day"
