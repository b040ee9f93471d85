"""What a case file must not say of favours, dossiers, requests, topics and offers: checks over its draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from tearline.cases.checks import ROUNDING, Draft
from tearline.cases.shapes import Fields, Path

MOST_TOPICS: Final = 40
MOST_OFFERS: Final = 120
MOST_TRADERS: Final = 30
"""So many are planned or swapped together at most."""


def favours_are_between_us_and_a_partner(draft: Draft) -> None:
    """One side of every favour is us, the other is not."""
    us = draft.fields.get("us")
    for index, held in draft.listed("favours"):
        sides = [held.get("from"), held.get("to")]
        if us is None or None in sides:
            continue
        if sides.count(us) != 1:
            hint = f"one of `from` and `to` is `{us}`"
            draft.report(("favours", index, "to"), "not between us and a partner", hint)


def favours_have_their_days(draft: Draft) -> None:
    """Nothing was given after today, nor before it was promised."""
    today = draft.fields.get("as_of")
    dated: list[tuple[Path, Fields]] = [(("favours", index), held) for index, held in draft.listed("favours")]
    dated += [(("received", name), held) for name, held in draft.named("received").items()]
    for path, held in dated:
        on, promised = held.get("on"), held.get("promised")
        if not isinstance(on, dt.date):
            continue
        if isinstance(today, dt.date) and on > today:
            draft.report((*path, "on"), f"{on} is after the day of the case, {today}")
        if isinstance(promised, dt.date) and promised > on:
            draft.report((*path, "promised"), f"{promised} is after it was given, {on}")


def partners_are_not_us(draft: Draft) -> None:
    """We do not receive from, or ask, ourselves."""
    us = draft.fields.get("us")
    for section, key in (("received", "from"), ("requests", "of")):
        for name, held in draft.named(section).items():
            if us is not None and held.get(key) == us:
                draft.report((section, name, key), f"`{us}` is us", "name the partner")


def requests_are_worth_something(draft: Draft) -> None:
    """A request has a worth, or a choice that it follows from; one of the two."""
    for name, held in draft.named("requests").items():
        path: Path = ("requests", name)
        if "worth" in held and "choice" in held:
            draft.report((*path, "worth"), "both `worth` and `choice`", "`worth` follows from `choice`: keep one")
        elif "worth" not in held and "choice" not in held and (*path, "worth") not in draft.reading.unreadable:
            draft.report(path, "neither `worth` nor `choice`", "what is an answer worth to us?")
        if isinstance(held.get("choice"), dict):
            _judge_choice(draft, (*path, "choice"), held["choice"])


def _judge_choice(draft: Draft, path: Path, choice: Fields) -> None:
    states = choice.get("states")
    if not isinstance(states, dict) or not all(isinstance(p, float) for p in states.values()):
        return
    if abs(sum(states.values()) - 1) > ROUNDING:
        draft.report((*path, "states"), f"the states add up to {sum(states.values()):.6g}, not 1")
    for key in ("acts", "answers"):
        for name, by_state in _mappings(choice.get(key)):
            for state in by_state:
                if state not in states:
                    draft.report_unknown((*path, key, name, state), f"no state `{state}`", state, states)
            missing = [state for state in states if state not in by_state]
            if key == "acts" and missing:
                draft.report(
                    (*path, key, name), f"nothing is said of the state `{missing[0]}`", "what does it come to?"
                )
    for state in states:
        total = sum(_number(by_state.get(state)) for _, by_state in _mappings(choice.get("answers")))
        if choice.get("answers") and abs(total - 1) > ROUNDING:
            message = f"in the state `{state}` the answers add up to {total:.6g}, not 1"
            draft.report((*path, "answers"), message, "silence is an answer too: `nothing: {...}`")


def _mappings(section: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(section, dict):
        yield from ((name, held) for name, held in section.items() if isinstance(held, dict))


def _number(value: Any) -> float:
    return value if isinstance(value, int | float) else 0.0


def originators_answer_for_themselves(draft: Draft) -> None:
    """Only originators agree or decline, none does both, and nobody offers to itself."""
    for name, held in draft.named("offers").items():
        path: Path = ("offers", name)
        originators, agreed = held.get("originators", ()), held.get("agreed", ())
        for key in ("agreed", "declined"):
            for party in held.get(key, ()):
                if party not in originators:
                    draft.report((*path, key), f"`{party}` is no originator", "list it under `originators`")
        for party in held.get("declined", ()):
            if party in agreed:
                draft.report((*path, "declined"), f"`{party}` has said both yes and no")
        worth = held.get("worth")
        if isinstance(worth, dict) and held.get("by") in worth:
            draft.report((*path, "worth", held["by"]), f"`{held['by']}` has it already")


def tables_stay_small(draft: Draft) -> None:
    """Plans and swaps try every combination."""
    if len(draft.named("topics")) > MOST_TOPICS:
        draft.report(("topics",), f"more than {MOST_TOPICS} topics", "plan those that matter")
    offers = draft.named("offers")
    if len(offers) > MOST_OFFERS:
        draft.report(("offers",), f"more than {MOST_OFFERS} offers", "keep those that somebody wants")
    worths = [held["worth"] for held in offers.values() if isinstance(held.get("worth"), dict)]
    traders = {held.get("by") for held in offers.values()} | {party for worth in worths for party in worth}
    if len(traders) > MOST_TRADERS:
        draft.report(("offers",), f"more than {MOST_TRADERS} parties", "keep those that somebody wants")


def what_is_known_is_proposed(draft: Draft) -> None:
    """``already_known`` speaks of claims that are proposed."""
    proposal = draft.fields.get("proposal", {})
    proposed, known = proposal.get("claims"), proposal.get("already_known")
    if isinstance(proposed, dict) and isinstance(known, dict):
        for claim in known:
            if claim not in proposed and claim in draft.named("claims"):
                draft.report(("proposal", "already_known", claim), f"`{claim}` is not proposed")


FAVOUR_CHECKS: Final[tuple[Callable[[Draft], None], ...]] = (
    favours_are_between_us_and_a_partner,
    favours_have_their_days,
    partners_are_not_us,
    requests_are_worth_something,
    originators_answer_for_themselves,
    tables_stay_small,
    what_is_known_is_proposed,
)
"""Every check of this module, in the order of the file."""
