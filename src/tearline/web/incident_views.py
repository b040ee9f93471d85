"""What the pages of an incident show, in words: whom to tell, what to say, what to do, what to ask."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import attrs

from tearline.assess.phrases import IF_IT_LEAKS, IF_PRESSED, listed
from tearline.assess.telling import day
from tearline.damage import phrases as told
from tearline.damage.accounts import Heard
from tearline.damage.assessment import FOUND, Damage, Exposed
from tearline.damage.telling import ToTell
from tearline.domain import Refuse, SourceKind
from tearline.domain.estimative import percent_up
from tearline.domain.incidents import Account, Incident, Motive
from tearline.web.incident_desk import Assessed

MOST_NAMED = 3
"""So many parts of a loss are named in the headline."""


@attrs.frozen(kw_only=True)
class Headline:
    """What was probably lost, in words; figures after them."""

    tone: str
    warning: str
    sentence: str
    law: str
    figures: str
    parts: tuple[str, ...]
    recognised: tuple[str, ...]


def headline(found: Damage) -> Headline:
    """The answer: lives first, then what was lost."""
    return Headline(
        tone="over" if found.lives else "near" if found.scale else "plain",
        warning="Somebody may be in danger." if found.lives else "",
        sentence=_lost(found),
        law=told.legal(found),
        figures=told.headline(found),
        parts=tuple(f"{what}: {told.years(loss)}" for what, loss in found.drivers),
        recognised=told.recognised(found),
    )


def _lost(found: Damage) -> str:
    """What may be lost, the largest part first."""
    if found.scale is None:
        return told.NO_LOSS
    named = [what for what, _ in found.drivers[:MOST_NAMED]]
    stopping = {f"{party(found, flow.party)} stops sharing": party(found, flow.party) for flow in found.flows}
    stop = [stopping[what] for what in named if what in stopping]
    lost = [f"`{what}`" for what in named if what not in stopping]
    more = len(found.drivers) - MOST_NAMED
    parts = [
        *([f"{listed(stop)} may stop sharing"] if stop else []),
        *([f"the source{'s' if len(lost) > 1 else ''} {listed(lost)} may have been found"] if lost else []),
    ]
    if named[0] not in stopping:
        parts.reverse()
    sentence = "; ".join([*parts, *([f"and {more} more"] if more > 0 else [])])
    return f"{sentence[0].upper()}{sentence[1:]}."


def party(found: Damage, name: str) -> str:
    """A party as people call it."""
    labels = {str(p.id): p.label for p in found.case.parties} if found.case else {}
    return labels.get(name, name)


# --- whom to tell ------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class InDanger:
    """A person who may have been found."""

    who: str
    hours: str
    told: str


@attrs.frozen(kw_only=True)
class Notice:
    """Whom to tell, and with what words; ``barred``: no words may go."""

    who: str
    hours: str
    why: str
    about: str
    originator: str
    before: str
    words: tuple[str, ...]
    barred: bool


def in_danger(found: Damage) -> tuple[InDanger, ...]:
    """Everybody who may have been found, the most urgent first."""
    return tuple(
        InDanger(
            who=f"{each.source.id} ({each.source.kind.value})",
            hours=f"{each.hours:g} hours",
            told=told.in_danger(each),
        )
        for each in sorted(found.sources, key=lambda each: each.hours)
        if each.in_danger
    )


def people_beside(found: Damage) -> tuple[str, ...]:
    """Groups of people whom the case does not describe, of whom one may have been found."""
    return tuple(
        told.beside(group)
        for group in found.beside
        if group.beside.kind is SourceKind.HUMAN and group.beside.taken.hi >= FOUND
    )


def notices(tell: Sequence[ToTell]) -> tuple[Notice, ...]:
    """Everybody to tell, the most urgent first."""
    return tuple(
        Notice(
            who=one.party.label,
            hours=f"{one.hours:g} hours",
            why=one.why.words,
            about=listed(one.claims),
            originator=told.ORIGINATOR if one.breached else "",
            before=told.notice(one),
            words=told.notice_words(one),
            barred=one.notice is not None and isinstance(one.notice.decision, Refuse),
        )
        for one in tell
    )


LINE_TO_TAKE = (("Asked whether it is so", IF_IT_LEAKS), ("Pressed for more", IF_PRESSED))
"""What is said meanwhile."""


# --- what can be done --------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Measure:
    """One measure, and what it buys."""

    name: str
    loses: str
    feared: str
    regret: str
    danger: str
    note: str


@attrs.frozen(kw_only=True)
class Doing:
    """Everything that can be done for one source, the best first."""

    source: str
    best: str
    has_danger: bool
    measures: tuple[Measure, ...]


def doing(found: Damage) -> tuple[Doing, ...]:
    """What can be done, source by source."""
    return tuple(_doing(each) for each in found.sources)


def _doing(each: Exposed) -> Doing:
    return Doing(
        source=f"{each.source.id} ({each.source.kind.value})",
        best=told.best(each),
        has_danger=any(weighed.danger is not None for weighed in each.choices),
        measures=tuple(
            Measure(
                name=weighed.measure.name,
                loses=told.years(weighed.loss),
                feared=told.short(weighed.feared),
                regret=told.short(weighed.regret),
                danger="" if weighed.danger is None else f"up to {percent_up(weighed.danger)}",
                note=" ".join(
                    [
                        *(["Lets itself be seen, and so confirms."] if weighed.measure.signals else []),
                        *([] if weighed.allowed else ["Not while a safer one is there: lives are no price."]),
                    ]
                ),
            )
            for weighed in each.choices
        ),
    )


# --- accounts ----------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Told:
    """One account: who says what, how far it counts, and what it adds."""

    by: str
    says: tuple[str, ...]
    weighs: str
    adds: tuple[str, ...]


MOTIVES = {
    Motive.NONE: "no motive is known",
    Motive.PLAY_DOWN: "would play it down",
    Motive.PLAY_UP: "would play it up",
}


def accounts(heard: Sequence[Heard]) -> tuple[Told, ...]:
    """Who says what, in the order of the file."""
    return tuple(_told(one) for one in heard)


def _told(one: Heard) -> Told:
    account = one.account
    since = f", known since {day(account.on)}" if account.on else ""
    return Told(
        by=account.by,
        says=_says(account),
        weighs=f"grade {account.reliability.value}, {MOTIVES[account.motive]}{since}",
        adds=tuple(
            f"{each.claim} {'not at all' if each.version is None else f'as `{each.version}`'}: "
            f"{percent_up(each.without)} without it, {percent_up(each.all)} with it"
            for each in one.adds
        ),
    )


def _says(account: Account) -> tuple[str, ...]:
    said = [f"says: {claim} as {listed(versions)}" for claim, versions in account.says.items()]
    return (*said, *(f"denies: {claim} as {version}, or more exactly" for claim, version in account.denies.items()))


# --- days and links ----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Day:
    """A day on which something became known, and the page as it stood then."""

    name: str
    href: str
    here: bool


def days(incident: Incident, shown: str) -> tuple[Day, ...]:
    """Every day on which something became known; ``shown``: as the address has it, empty: with all that is known."""
    each = [
        Day(name=day(on), href=f"/incident?{urlencode({'as_of': on.isoformat()})}", here=shown == on.isoformat())
        for on in incident.days
    ]
    return (*each, Day(name="all that is known", href="/incident", here=not shown))


def compare_address(name: str) -> str:
    """The page on which this incident is set against another."""
    return f"/incident/compare?{urlencode({'with': name})}"


# --- under legal hold --------------------------------------------------------------------------------------------


def held(shown: Assessed) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    """What a legal hold leaves: counts, and whom to tell by when."""
    counts = tuple(told.counted(shown.found).items())
    return counts, tuple(f"{one.party.label}, within {one.hours:g} hours" for one in shown.tell)
