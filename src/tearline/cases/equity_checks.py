"""What a case file must not say of questions and consents: checks over the draft of the file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from tearline.cases.checks import Draft
from tearline.cases.shapes import printable
from tearline.domain import Answer


def questions_can_be_asked(draft: Draft) -> None:
    """Nobody asks itself, before its day, for words that there are none of, or with no time to answer."""
    us, today = draft.fields.get("us"), draft.fields.get("as_of")
    for index, held in draft.listed("questions"):
        if held.get("party") is not None and held.get("party") == us:
            draft.report(("questions", index, "party"), f"`{us}` is us", "name who was asked")
        on, due = held.get("on"), held.get("due")
        if isinstance(today, dt.date) and isinstance(on, dt.date) and on > today:
            draft.report(("questions", index, "on"), f"{on} is after the day of the case, {today}")
        if isinstance(on, dt.date) and isinstance(due, dt.date) and due < on:
            draft.report(("questions", index, "due"), f"{due} is before the question was asked, {on}")
        covers = held.get("covers")
        for claim, version in covers.items() if isinstance(covers, dict) else ():
            known = draft.versions(claim)
            if known is not None and isinstance(version, str) and version not in known:
                message = f"`{claim}` has no version `{printable(version)}`"
                draft.report_unknown(("questions", index, "covers", claim), message, version, known)


def conditions_belong_to_a_yes(draft: Draft) -> None:
    """Only a yes has conditions or caveats, and only a condition can be met."""
    for index, held in draft.listed("consents"):
        for key in ("conditions", "caveats"):
            if held.get(key) and held.get("answer") is Answer.NO:
                draft.report(("consents", index, key), f"a no has no {key}", "leave them out, or record a yes")
        conditions = held.get("conditions", ())
        for place, met in enumerate(held.get("met", ())):
            if isinstance(met, str) and met not in conditions:
                known = {c: None for c in conditions if isinstance(c, str)}
                message = f"`{printable(met)}` is none of the `conditions`"
                draft.report_unknown(("consents", index, "met", place), message, met, known)


def caveats_name_nobody(draft: Draft) -> None:
    """A caveat travels with the text, so it must not say whose it is: that would tell who has a stake."""
    parties = draft.named("parties")
    for index, held in draft.listed("consents"):
        party = held.get("party")
        if not isinstance(party, str) or party not in parties:
            continue
        names = [name for name in (party, parties[party].get("name", "")) if name]
        for place, caveat in enumerate(held.get("caveats", ())):
            said = next((name for name in names if isinstance(caveat, str) and _names(caveat, name)), None)
            if said is not None:
                message = f"it names `{printable(said)}`, and travels to the recipient"
                hint = "say what binds it, not for whose sake"
                draft.report(("consents", index, "caveats", place), message, hint)


def _names(text: str, name: str) -> bool:
    """Whether a text says a name as a word of its own."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


EQUITY_CHECKS: Final[tuple[Callable[[Draft], None], ...]] = (
    questions_can_be_asked,
    conditions_belong_to_a_yes,
    caveats_name_nobody,
)
"""Every check of this module, in the order of the file."""
