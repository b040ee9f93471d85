"""What a case file must not say of people and of where material came from: checks over the draft of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from tearline.cases.checks import Draft
from tearline.cases.shapes import Path, printable


def whoever_is_told_of_is_listed(draft: Draft) -> None:
    """A person about whom words tell something is listed somewhere, so that somebody has judged its risks."""
    listed = {
        person["id"]: None
        for held in draft.named("claims").values()
        for person in held.get("persons", ())
        if isinstance(person, dict) and isinstance(person.get("id"), str)
    }
    for path, told in _tells(draft):
        for person in told:
            if person not in listed:
                message = f"no claim lists a person `{printable(person)}`"
                draft.report_unknown((*path, person), message, person, listed)


def no_claim_comes_from_itself(draft: Draft) -> None:
    """No claim was worked out from itself, through whatever others."""
    below = {id_: held.get("derived_from", ()) for id_, held in draft.named("claims").items()}
    for start in below:
        waiting, met = list(below[start]), set[Any]()
        while waiting:
            claim = waiting.pop()
            if claim == start:
                draft.report(("claims", start, "derived_from"), f"`{start}` was worked out from itself")
                break
            if isinstance(claim, str) and claim not in met:
                met.add(claim)
                waiting.extend(below.get(claim, ()))


def persons_mean_the_same_everywhere(draft: Draft) -> None:
    """A person listed in several claims is one person: one authority has decided, or none."""
    first: dict[str, tuple[str, Any]] = {}
    for claim, held in draft.named("claims").items():
        for index, person in enumerate(held.get("persons", ())):
            if not isinstance(person, dict) or not isinstance(person.get("id"), str):
                continue
            before, there = first.setdefault(person["id"], (claim, person.get("authority", "")))
            if person.get("authority", "") != there:
                message = f"`{printable(person['id'])}` has another `authority` in `{before}`, but it is one person"
                draft.report(("claims", claim, "persons", index), message, "say it the same way, or give another id")


def _tells(draft: Draft) -> Iterator[tuple[Path, dict[str, Any]]]:
    for claim in draft.named("claims"):
        for version, held in (draft.versions(claim) or {}).items():
            if isinstance(held.get("tells"), dict):
                yield ("claims", claim, "versions", version, "tells"), held["tells"]


PEOPLE_CHECKS: Final[tuple[Callable[[Draft], None], ...]] = (
    whoever_is_told_of_is_listed,
    no_claim_comes_from_itself,
    persons_mean_the_same_everywhere,
)
"""Every check of this module, in the order of the file."""
