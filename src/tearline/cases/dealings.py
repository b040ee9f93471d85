"""What a case file must not say of dealings with partners: checks over the draft of the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, Final

from tearline.cases.checks import Draft
from tearline.cases.shapes import Fields, Path
from tearline.domain import Event

MOST_DEALINGS: Final = 5_000
MOST_SCOPES: Final = 200
"""So many are followed; beyond, sum up what is alike with a ``count``."""

_ONLY_FOR: Final[dict[str, tuple[Event, ...]]] = {
    "severity": (Event.MISUSE,),
    "times_likelier": (Event.BREACH, Event.MISUSE),
    "points_at": (Event.BREACH,),
    "about": (Event.PROMISE_KEPT, Event.PROMISE_BROKEN),
    "noticed": (Event.CLEAN, Event.USED_WELL, Event.BREACH, Event.MISUSE, Event.PROMISE_KEPT),
}
"""Keys that say something of some events only."""


def _each(draft: Draft) -> Iterator[tuple[Path, Fields]]:
    for index, held in draft.listed("dealings"):
        yield ("dealings", index), held


def we_deal_with_others(draft: Draft) -> None:
    """We are no partner of ours, and nobody is named twice."""
    us = draft.fields.get("us")
    for path, held in _each(draft):
        met = set()
        for party in held.get("with", ()):
            if party == us:
                draft.report((*path, "with"), f"`{us}` is us", "our own house is always among the suspects")
            elif party in met:
                draft.report((*path, "with"), f"`{party}` is named twice")
            met.add(party)


def keys_fit_what_happened(draft: Draft) -> None:
    """A severity belongs to a misuse, an axis to a promise, a likelihood ratio to what may not be theirs."""
    for path, held in _each(draft):
        what = held.get("what")
        for key, events in _ONLY_FOR.items():
            if key in held and held[key] not in (None, {}) and isinstance(what, Event) and what not in events:
                allowed = ", ".join(f"`{event.value}`" for event in events)
                draft.report((*path, key), f"`{key}` says nothing of `{what.value}`", f"it is for {allowed}")


def several_are_suspects_of_one_leak(draft: Draft) -> None:
    """Several parties stand for one leak that is not ours; what points at whom is said party by party."""
    for path, held in _each(draft):
        parties, what = held.get("with"), held.get("what")
        if not isinstance(parties, tuple) or not isinstance(what, Event):
            continue
        if len(parties) < 2:
            if held.get("points_at"):
                draft.report((*path, "points_at"), "only one party is named", "write `times_likelier: 9`")
            continue
        if what is not Event.BREACH or held.get("ours"):
            draft.report((*path, "with"), "only one leak can have several suspects", "enter it once for each party")
        if held.get("times_likelier") is not None:
            hint = f"write `points_at: {{{parties[0]}: 9}}`"
            draft.report((*path, "times_likelier"), "of whom, where there are several?", hint)
        for party in held.get("points_at", {}):
            if party not in parties:
                draft.report((*path, "points_at", party), f"`{party}` is not among the suspects", "add it to `with`")


def dealings_have_their_days(draft: Draft) -> None:
    """Nothing happened after today, and nothing was reviewed or taken back before it happened."""
    today = draft.fields.get("as_of")
    for path, held in _each(draft):
        on = held.get("on")
        if not isinstance(on, dt.date):
            continue
        if isinstance(today, dt.date) and on > today:
            draft.report((*path, "on"), f"{on} is after the day of the case, {today}")
        for key in ("review", "retracted"):
            if isinstance(held.get(key), dt.date) and held[key] < on:
                draft.report((*path, key), f"{held[key]} is before it happened, {on}")


def what_is_taken_back_has_a_judge(draft: Draft) -> None:
    """Nothing against a partner disappears without somebody who answers for it."""
    for path, held in _each(draft):
        if held.get("retracted") and not held.get("judged_by"):
            draft.report((*path, "retracted"), "nobody has judged that", "say who took it back: `judged_by`")


def nothing_is_entered_twice(draft: Draft) -> None:
    """The same entry twice would count twice."""
    met: dict[Any, int] = {}
    for path, held in _each(draft):
        index = path[1]
        if isinstance(index, int):
            first = met.setdefault(repr(sorted(held.items(), key=lambda item: item[0])), index)
            if first != index:
                hint = "several alike are one entry with a `count`"
                draft.report(path, f"the same as dealings[{first}]", hint)


def the_ledger_stays_small(draft: Draft) -> None:
    """Every scope is followed through every entry."""
    found = list(_each(draft))
    if len(found) > MOST_DEALINGS:
        draft.report(("dealings",), f"more than {MOST_DEALINGS:,} dealings", "sum up what is alike with a `count`")
    scopes = {tuple(sorted(held["through"].items())) for _, held in found if isinstance(held.get("through"), dict)}
    if len(scopes) > MOST_SCOPES:
        draft.report(("dealings",), f"more than {MOST_SCOPES} scopes", "leave out steps that decide nothing")


DEALING_CHECKS: Final[tuple[Callable[[Draft], None], ...]] = (
    we_deal_with_others,
    keys_fit_what_happened,
    several_are_suspects_of_one_leak,
    dealings_have_their_days,
    what_is_taken_back_has_a_judge,
    nothing_is_entered_twice,
    the_ledger_stays_small,
)
"""Every check of this module, in the order of the file."""
