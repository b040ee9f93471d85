"""What a case file must not say about a warning: times out of order, people who are nobody's to tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from tearline.cases.checks import Draft
from tearline.cases.shapes import Fields, Path
from tearline.domain import Interval

_SLACK: Final = 1e-9


def harm_has_a_day(draft: Draft) -> None:
    """A time of day needs its day."""
    proposal = draft.fields.get("proposal", {})
    if "harm_at" in proposal and "harm_by" not in proposal:
        draft.report(("proposal", "harm_at"), "`harm_at` without a `harm_by`", "say on which day")


def people_in_danger_are_told_by_somebody(draft: Draft) -> None:
    """Whoever is to be warned is a party besides us and the recipient, told by one of these."""
    us, to = draft.fields.get("us"), draft.fields.get("proposal", {}).get("to")
    for party, held in _part(draft, "to_warn", {}).items():
        path: Path = ("urgent", "to_warn", party)
        if party in (us, to):
            who = "us" if party == us else "the recipient, who is told already"
            draft.report(path, f"`{party}` is {who}", "name those in danger as a party of their own")
        through = held.get("through") if isinstance(held, dict) else None
        if through is not None and us is not None and to is not None and through not in (us, to):
            hint = "make that party the recipient, or leave `through` out"
            draft.report((*path, "through"), f"`{through}` is neither us nor the recipient", hint)


def people_in_danger_are_told_what_is_proposed(draft: Draft) -> None:
    """Nobody is told a claim of which the recipient hears nothing."""
    proposed = draft.fields.get("proposal", {}).get("claims")
    for party, held in _part(draft, "to_warn", {}).items():
        for place, claim in enumerate(held.get("claims", ()) if isinstance(held, dict) else ()):
            if isinstance(proposed, Mapping) and isinstance(claim, str) and claim not in proposed:
                path = ("urgent", "to_warn", party, "claims", place)
                draft.report_unknown(path, f"`{claim}` is not proposed", claim, proposed)


def waivers_leave_somebody_unwarned(draft: Draft) -> None:
    """A waiver is about people who are to be warned."""
    to_warn = _part(draft, "to_warn", {})
    for index, held in _listed(draft, "waivers"):
        for place, party in enumerate(held.get("of", ())):
            if isinstance(party, str) and party not in to_warn:
                path = ("urgent", "waivers", index, "of", place)
                draft.report_unknown(path, f"`{party}` is not among those `to_warn`", party, to_warn)


def nothing_was_decided_in_the_future(draft: Draft) -> None:
    """The danger was noticed, and the decisions were taken, by the time of the case; a review comes after."""
    today = draft.fields.get("as_of")
    at = _part(draft, "at", None)
    places: list[tuple[Path, Any]] = [(("urgent", "noticed"), _part(draft, "noticed", None))]
    for part in ("waivers", "overrides"):
        places += [(("urgent", part, index, "on"), held.get("on")) for index, held in _listed(draft, part)]
    for path, moment in places:
        if isinstance(moment, dt.datetime) and isinstance(today, dt.date) and _is_after(moment, today, at):
            now = f"{today} {at:%H:%M}" if isinstance(at, dt.time) else f"{today}"
            draft.report(path, f"{moment:%Y-%m-%d %H:%M} is after the time of the case, {now}")
    for index, held in _listed(draft, "waivers"):
        on, again = held.get("on"), held.get("review_on")
        if isinstance(on, dt.datetime) and isinstance(again, dt.datetime) and again <= on:
            draft.report(("urgent", "waivers", index, "review_on"), "the review is no later than the waiver")


def _is_after(moment: dt.datetime, today: dt.date, at: Any) -> bool:
    return moment.date() > today or (moment.date() == today and isinstance(at, dt.time) and moment.timetz() > at)


def one_outcome_comes_about(draft: Draft) -> None:
    """The probabilities of outcomes can add up to 1, with the tip-off and without."""
    outcomes = _part(draft, "outcomes", {})
    if not outcomes:
        return
    causes = draft.named("causes")
    _add_up(draft, "with the tip-off", [causes.get(id_, {}).get("probability") for id_ in outcomes])
    _add_up(draft, "in silence", [held.get("silent") if isinstance(held, dict) else None for held in outcomes.values()])


def _add_up(draft: Draft, when: str, chances: list[Any]) -> None:
    known = [chance for chance in chances if isinstance(chance, Interval)]
    if len(known) == len(chances) and not sum(c.lo for c in known) - _SLACK <= 1 <= sum(c.hi for c in known) + _SLACK:
        message = f"the outcomes {when} cannot add up to 1"
        draft.report(
            ("urgent", "outcomes"), message, "one of them happens: widen the intervals, or add the one left out"
        )


def _part(draft: Draft, key: str, otherwise: Any) -> Any:
    held = draft.fields.get("urgent")
    found = held.get(key, otherwise) if isinstance(held, Mapping) else otherwise
    return otherwise if otherwise is not None and not isinstance(found, type(otherwise)) else found


def _listed(draft: Draft, key: str) -> list[tuple[int, Fields]]:
    return [(index, held) for index, held in enumerate(_part(draft, key, ())) if isinstance(held, dict)]


URGENCY_CHECKS: Final[tuple[Callable[[Draft], None], ...]] = (
    harm_has_a_day,
    people_in_danger_are_told_by_somebody,
    people_in_danger_are_told_what_is_proposed,
    waivers_leave_somebody_unwarned,
    nothing_was_decided_in_the_future,
    one_outcome_comes_about,
)
"""Every check of a warning."""
