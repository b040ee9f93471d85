"""Sentences of an assessment of damage, for every page that shows one. Words first; nothing is computed here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tearline.assess.phrases import concerning, listed
from tearline.assess.telling import day, together
from tearline.damage.assessment import Damage, Exposed, Group, Happened, Uttered, View
from tearline.damage.beliefs import ANY_CHANNEL, PERSONS
from tearline.damage.choices import Asked, Weighing
from tearline.damage.comparing import Compared, told_scale
from tearline.damage.history import Stood
from tearline.damage.magnitude import Span
from tearline.damage.moving import Moves
from tearline.damage.telling import ToTell
from tearline.damage.versions import DRAWN
from tearline.domain import Allow, AllowIf, Ask, Case, Refuse
from tearline.domain.estimative import percent_down, percent_up, percents, words

DANGER: Final = "SOMEBODY MAY BE IN DANGER. That comes before every figure below."
NO_LOSS: Final = "No loss of future take that can be told from none."
HELD: Final = "LEGAL HOLD: no assessment is written. Counts only; countermeasures go on."
LOCK: Final = "First of all: who else is in the middle of acting on this? Lock that before any reaction."
NOBODY_TO_TELL: Final = "Nobody besides ourselves has a stake that the case knows of."
ORIGINATOR: Final = "It is the originator and was not asked: it hears it from us before the press."
SAY_NOTHING: Final = "Nobody repeats, corrects or denies any detail: a denial of one part confirms the rest."
NOTHING_HAPPENED: Final = "Nothing is on record. That is no proof of anything, yet."
ASK_ABOUT_LIVES: Final = "Where a person is in danger, first ask whether it was named, whatever that is worth in take."
NOT_DISTINGUISHABLE: Final = "Not distinguishable: neither exceeds the other with 95%."

TIERS: Final = {
    "accessible": "had every hostile reader all that could come out",
    "taken": "what probably came out and is read, and partners who stop sharing",
    "published": "from what is in print alone",
}
"""What each of the three tiers means."""


def years(loss: Span) -> str:
    """A loss as it is printed: the best point, and between which edges."""
    return f"{short(loss.mid)} ({short(loss.lo)} to {short(loss.hi)})"


def short(value: float) -> str:
    """Source-years as they are printed."""
    if value < 0.005:
        return "0"
    return f"{value:,.2g}" if value < 100 else f"{value:,.0f}"


def counted(found: Damage) -> dict[str, int]:
    """How many of everything there is, without what any of it means: what a legal hold leaves."""
    return {
        "claims that could come out": len(found.came_out.claims) if found.came_out else 0,
        "accounts": len(found.incident.accounts),
        "sources described": len(found.sources),
        "sources beside, at most": int(sum(group.beside.count[1] for group in found.beside)),
        "parties that may have read": len({view.reader for each in found.sources for view in each.views}),
        "harms reported": len(found.incident.harms),
    }


# --- the headline ----------------------------------------------------------------------------------------


def what_happened(found: Damage) -> str:
    """How it got out, when, and through whom."""
    incident = found.incident
    who = f", {incident.spoke}" if incident.spoke else ""
    return f"{incident.kind.value.replace('-', ' ')}, {day(incident.on)}{who}"


def recognised(found: Damage) -> tuple[str, ...]:
    """Claims in which people can be recognised, one sentence each."""
    told = []
    for claim, count in found.people:
        how = f"{count} {'person' if count == 1 else 'people'} can be recognised in it. Warn them"
        if count is None:
            how = "nobody has said whether people can be recognised in it. Find out, and warn them"
        told.append(f"{claim}: {how}; `tearline warn` has the words and the clock.")
    return tuple(told)


def headline(found: Damage) -> str:
    """The magnitude and the loss."""
    if found.scale is None:
        return NO_LOSS
    return f"Magnitude {told_scale(found.scale)}: {years(found.taken)} lost, in standard source-years."


def legal(found: Damage) -> str:
    """The words of the law."""
    first, last = found.words[0].value, found.words[-1].value
    told = first if first == last else f"from “{first}” to “{last}”"
    return f"In the words of the law, derived from this: {told}."


# --- what came out, and what readers believe -------------------------------------------------------------


def uttered(each: Uttered) -> str:
    """How likely a claim came out in one version."""
    return f"{percents(each.chance.lo, each.chance.hi)} (best point {percent_up(each.chance.mid)})"


def drawn(found: Damage) -> str:
    """That not every combination was listed; empty: every one was."""
    if found.came_out is None or not found.came_out.drawn:
        return ""
    return f"Too many combinations to list: {DRAWN:,} were drawn."


def worth_of(each: Exposed) -> str:
    """What one source is worth, and how soon harm may come."""
    return f"its take ahead is worth {years(each.value)}; harm within {each.hours:g} hours"


def in_danger(each: Exposed) -> str:
    """How far a person may have been found; empty: none is in danger."""
    if not each.in_danger or each.danger is None:
        return ""
    limit = percent_down(each.limit)
    return f"A person: one may be suspected with up to {percent_up(each.danger)} (limit for a life {limit})."


def alike(views: Sequence[View]) -> list[list[View]]:
    """Readers of whom the same is so, put together."""
    return together(views, lambda view: (view.matter, view.before, view.after, view.passed))


def readers(case: Case, views: Sequence[View]) -> str:
    """Who reads, and with what chance."""
    return listed(f"{reader(case, view)}, reads with {percents(view.gets.lo, view.gets.hi)}" for view in views)


def reader(case: Case, view: View) -> str:
    """One reader by name."""
    return f"{case.party(view.reader).label}{' (hostile)' if view.hostile else ''}"


def matter(case: Case, view: View) -> str:
    """What a belief is about."""
    if view.matter.about == PERSONS:
        return "who the source is"
    return "how it was got" if view.matter.about == ANY_CHANNEL else concerning(case, view.matter.about)


def believes(view: View) -> str:
    """What a reader believes before and now."""
    before, after = percents(view.before.lo, view.before.hi), percents(view.after.lo, view.after.hi)
    likely = f"{words(view.after.lo, view.after.hi)}; best point {percent_up(view.after.mid)}"
    return f"{before} before, {after} now ({likely})"


def beyond(view: View) -> str:
    """How likely a limit is passed, and what is believed at worst."""
    passed = percents(view.passed.lo, view.passed.hi)
    return f"limit {percent_down(view.matter.limit)} passed with {passed}; at worst {percent_up(view.worst)}"


# --- tiers, harms ----------------------------------------------------------------------------------------


def beside(group: Group) -> str:
    """Sources that the case does not describe one by one."""
    each = group.beside
    first, last = each.count
    count = f"{first:,.0f}" if first == last else f"{first:,.0f} to {last:,.0f}"
    return f"{each.id}: {count} {each.kind.value} sources, judged and not worked out: {each.because}"


def blamed(one: Happened) -> str:
    """How far a harm is due to the incident, against what else could be behind it."""
    if one.ours is None:
        return "claimed, and checked by nobody: not counted"
    rivals = "; ".join(rival.what for rival in one.harm.rivals)
    against = f", against {rivals}" if rivals else ", no other cause is named"
    tells = "" if one.tells > 1 else "; it makes nothing likelier, for something else explains it as well"
    return f"due to this with {percents(one.ours.lo, one.ours.hi)}{against} (checked by {one.harm.checked}){tells}"


# --- whom to tell ----------------------------------------------------------------------------------------


def to_tell(one: ToTell) -> str:
    """Whom, by when, why and about what."""
    return f"{one.party.label}, within {one.hours:g} hours: {one.why.words}; about {listed(one.claims)}"


def notice(one: ToTell) -> str:
    """What goes before the words of a notice, or stands in their place."""
    if one.notice is None:
        return "Ourselves: the handlers of these sources."
    match one.notice.decision:
        case Refuse():
            return "No wording passes the limits: one named person, by word of mouth, and no content."
        case Ask() as ask:
            return f"Only once {listed(ask.consult)} agreed, at most:"
        case AllowIf() as allowed:
            return f"If {'; '.join(allowed.conditions)}, at most:"
        case Allow():
            return "That others may have come to know at most:"


def notice_words(one: ToTell) -> tuple[str, ...]:
    """The words of a notice; none where none may go."""
    if one.notice is None or isinstance(one.notice.decision, Refuse):
        return ()
    return one.notice.tearline.words


# --- what can be done, what to ask -----------------------------------------------------------------------


def best(each: Exposed) -> str:
    """The best that can be done for a source."""
    first = each.choices[0]
    danger = f", leaving up to {percent_up(first.danger)} danger" if first.danger is not None else ""
    signal = "; it lets itself be seen, and so confirms" if first.measure.signals else ""
    return f"{each.source.id}: {first.measure.name}{danger}{signal}"


def choice(weighed: Weighing) -> str:
    """One measure: what is lost with it, and what danger it leaves."""
    left = f"; danger up to {percent_up(weighed.danger)}" if weighed.danger is not None else ""
    barred = "" if weighed.allowed else "; not while a safer one is there: lives are no price"
    loss = f"loses {years(weighed.loss)}, {short(weighed.feared)} if beliefs stand at their upper edge"
    return f"{weighed.measure.name}: {loss}; regret at most {short(weighed.regret)}{left}{barred}"


def question(asked: Asked) -> str:
    """One question, and what it is worth."""
    witness = asked.witness
    cost = f", costs {short(witness.cost)}" if witness.cost else ""
    use = "" if asked.net > 0 else "; not worth asking: it would change nothing that is done"
    return f"{witness.whom} about {witness.about}: worth {years(asked.worth)}{cost}{use}"


def certainty(questions: Sequence[Asked]) -> str:
    """What no question can be worth more than; empty: there is none to ask."""
    if not questions:
        return ""
    return f"To know for certain would be worth {years(questions[0].perfect)}; no question is worth more."


def moves(one: Moves) -> str:
    """What one input could change."""
    return f"{one.what}: from {short(one.least)} to {short(one.most)}"


def stood(one: Stood) -> str:
    """How things stood on a day."""
    learnt = f"; {'; '.join(one.learnt)}" if one.learnt else ""
    return f"{told_scale(one.scale)}{learnt}"


# --- two incidents ---------------------------------------------------------------------------------------


def compared(first: str, second: str, pair: Compared) -> tuple[str, str]:
    """Which of two cost more: either way round."""
    return (
        _exceeds(first, second, pair.first_exceeds, pair.first_by),
        _exceeds(second, first, pair.second_exceeds, pair.second_by),
    )


def _exceeds(name: str, other: str, chance: float, by: int | None) -> str:
    surely = f": surely by at least {by} {'order' if by == 1 else 'orders'} of magnitude" if by else ""
    likely = percent_up(chance) if chance < 0.5 else percent_down(chance)
    return f"{name} cost more than {other} with {likely}{surely}"


def made_of(name: str, found: Damage) -> str:
    """What a loss is made of."""
    parts = ", ".join(f"{what} {years(loss)}" for what, loss in found.drivers[:3]) or "nothing that is described"
    return f"{name} is made of: {parts}"
