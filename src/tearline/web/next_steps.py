"""What to do now: whom to ask, what to see to, what to say; and when, and through whom."""

from __future__ import annotations

import attrs

from tearline.assess.answer import Assessment, Lever, Timing
from tearline.assess.phrases import FORM, IF_PRESSED, listed
from tearline.assess.telling import day
from tearline.domain import Allow, AllowIf, Ask, Case, Refuse
from tearline.domain.estimative import percent_up
from tearline.web.limits import nearest, thinnest
from tearline.web.tables import Table, row
from tearline.web.views import Way, better


@attrs.frozen(kw_only=True)
class Step:
    """One thing to do, and the place on the page that says more; empty: none."""

    text: str
    href: str = ""


def steps(found: Assessment) -> tuple[Step, ...]:
    """What to do, in its order."""
    case = found.case
    to = case.party(case.proposal.to).label
    if isinstance(found.decision, Refuse):
        on = found.decision.review_on
        review = [Step(text=f"Look at it again by {day(on)}, or when something changes.")] if on else []
        other = [Step(text="See what would admit a better answer.", href="#better")] if found.better else []
        return (Step(text=f"Tell {to} nothing. If pressed, say: “{IF_PRESSED}”"), *other, *review)
    match found.decision:
        case Ask(consult=consult, conditions=conditions):
            asking = [
                Step(text=f"Ask {case.party(p).label}, in the words that stand below.", href=f"#ask-{p}")
                for p in consult
            ]
            first = [*asking, *_seen_to(conditions)]
            then = f"Once {listed(case.party(p).label for p in consult)} has agreed, tell {to}"
        case AllowIf(conditions=conditions):
            first, then = _seen_to(conditions), f"Then tell {to}"
        case Allow():
            first, then = [], f"Tell {to}"
    telling = Step(text=f"{then} these words and no others, {FORM[case.proposal.form]}.")
    return (*first, telling, Step(text="Keep to the terms. Be ready for questions.", href="#terms"))


def _seen_to(conditions: tuple[str, ...]) -> list[Step]:
    return [Step(text=f"See to it that {condition}.") for condition in conditions]


@attrs.frozen(kw_only=True)
class Fact:
    """One figure of the answer, what it is, and what it is held against."""

    name: str
    figure: str
    note: str


def facts(found: Assessment) -> tuple[Fact, ...]:
    """What the recommended words are worth, how near a limit they come, and how many people are left."""
    case, text = found.case, found.tearline
    told = [Fact(name="Worth kept", figure=f"{text.value:g} of {text.held:g}", note="of the report as collected")]
    worst, crowd = nearest(case, found.readers), thinnest(found.readers)
    if worst is not None:
        about, line = worst
        told.append(Fact(name="Of the nearest limit used", figure=percent_up(line.used), note=about))
    if crowd is not None:
        note = f"at least {crowd.allowed:,.0f} must; {crowd.before.lo:,.0f} before"
        told.append(Fact(name="Share the strongest suspicion", figure=f"{crowd.after.lo:,.0f} people", note=note))
    return tuple(told)


# --- when, and through whom ----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Occasion:
    """When it may be said, and by what way.

    Attributes:
        days: For each version the first day on which it is safe; ``None``: every day is like today.
        when, through: What there is to say of either, in sentences.
        later, others: Ways to a better answer by waiting, and by going through somebody else.
    """

    days: Table | None
    when: tuple[str, ...]
    through: tuple[str, ...]
    later: tuple[Way, ...]
    others: tuple[Way, ...]


def occasion(found: Assessment) -> Occasion:
    """When, and through whom."""
    case = found.case
    proposal, refused = case.proposal, isinstance(found.decision, Refuse)
    when = [f"It is worth something until {day(proposal.harm_by)}: then the harm is done."] if proposal.harm_by else []
    when += [_plain(text) for text in found.unjudged if text.startswith("waiting")]
    route = f"From {case.party(case.us).label} to {case.party(proposal.to).label}"
    through = [f"{route}{_scope(case)}, {FORM[proposal.form]}."] if not refused else []
    through += [_plain(text) for text in found.unjudged if text.startswith("another route")]
    ways = better(found)
    return Occasion(
        days=_days(found),
        when=tuple(when),
        through=tuple(through),
        later=tuple(each for each in ways if each.lever is Lever.WAITING),
        others=tuple(each for each in ways if each.lever in (Lever.ROUTE, Lever.SPLIT)),
    )


def _days(found: Assessment) -> Table | None:
    """The first day of every version, the others held as recommended."""
    if not found.timings:
        return None
    return Table(
        heads=("Words", "Safe from", "Worth then", "Because"),
        rows=tuple(
            row(
                f"{timing.claim} as {timing.version}",
                _first_day(found.case, timing),
                f"{timing.value:.2g}",
                listed(timing.because).replace("`", "") if timing.because else "",
            )
            for timing in found.timings
        ),
    )


def _first_day(case: Case, timing: Timing) -> str:
    if timing.safe_from is None:
        return "no day that the case knows of"
    return "today" if timing.safe_from == case.as_of else day(timing.safe_from)


def _scope(case: Case) -> str:
    """Through whom of the recipient it goes, where that is stated."""
    return f", through {case.proposal.through.label}" if any(case.proposal.through.steps) else ""


def _plain(text: str) -> str:
    """What a case lacks to judge a way, as a sentence."""
    what, _, lacks = text.partition(": ")
    return f"Whether {'waiting' if what == 'waiting' else what} would help cannot be judged: {lacks}."
