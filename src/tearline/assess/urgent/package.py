"""The page that goes: plain text that a bare post can open, print or copy down by hand.

Guarantee:
    It holds the words for the recipient and for those whom it is to tell, and what may be done with them;
    no name of a claim, version, source, reader or limit, and nobody who is told by somebody else.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator
from typing import Final

import attrs

from tearline.assess.answer import Assessment
from tearline.assess.decide import limits_of_use, travelling
from tearline.assess.phrases import IF_PRESSED
from tearline.assess.urgent.clock import Act
from tearline.assess.urgent.plan import Plan, Second
from tearline.domain import AllowIf, Ask, Refuse
from tearline.errors import InputError
from tearline.policy.authority import decided

WIDTH: Final = 70
LINES: Final = 60
"""Lines of a page."""

_RULE: Final = "-" * WIDTH


def package(found: Plan, signed: str = "") -> str:
    """The page for the recipient.

    Args:
        signed: Who has signed that the conditions are met; needed wherever there are any.
    Raises:
        InputError: It may not go yet, whoever signed may not, or it takes more than one page.
    """
    _judge(found, signed)
    text = "\n".join(_lines(found, signed)) + "\n"
    count = text.count("\n")
    if count > LINES:
        raise InputError(f"the package takes {count} lines and a page has {LINES}; shorten the words")
    return text


def _carried(found: Plan) -> list[Second]:
    """Those in danger whom the recipient tells."""
    return [each for each in found.seconds if each.through == found.case.proposal.to and each.goes]


def _judge(found: Plan, signed: str) -> None:
    told = [found.first, *(each.found for each in _carried(found) if each.found is not None)]
    if any(isinstance(each.decision, Refuse) for each in told):
        raise InputError("there is no package: nothing may go")
    asked = [party for each in told if isinstance(each.decision, Ask) for party in each.decision.consult]
    if asked:
        who = " and ".join(dict.fromkeys(found.case.party(party).label for party in asked))
        raise InputError(f"there is no package yet: {who} must agree, or an authority override (`urgent.overrides`)")
    named = found.case.urgent.authorities.release if found.case.urgent else None
    if signed and (named is None or signed not in named.names):
        who = " or ".join(named.names) if named else "nobody is named (`urgent.authorities.release`)"
        raise InputError(f"`{signed}` may not sign; {who}{' may' if named else ''}")
    if signed and not decided(found.case, signed):
        raise InputError(f"`{signed}` proposes it, and nobody signs their own proposal")
    conditions = [each for one in told for each in _conditions(one)]
    if conditions and not signed:
        raise InputError(f"there is no package yet: {'; '.join(dict.fromkeys(conditions))}; then use `--signed NAME`")


def _conditions(found: Assessment) -> tuple[str, ...]:
    return found.decision.conditions if isinstance(found.decision, AllowIf | Ask) else ()


@attrs.frozen
class _Page:
    """Numbered sections."""

    parts: list[tuple[str, list[str]]] = attrs.field(factory=list)

    def add(self, title: str, *texts: str) -> None:
        self.parts.append((" ".join(title.split()), [text for text in texts if text]))

    def lines(self) -> Iterator[str]:
        for number, (title, texts) in enumerate(self.parts, 1):
            yield from textwrap.wrap(f"{number}. {title}", WIDTH, subsequent_indent="   ")
            for text in texts:
                yield from textwrap.wrap(" ".join(text.split()), WIDTH, initial_indent="   ", subsequent_indent="   ")
            yield ""


def _lines(found: Plan, signed: str) -> Iterator[str]:
    case, page, carried = found.case, _Page(), _carried(found)
    recipient = case.party(case.proposal.to).label
    graded = found.first.outgoing.grades if found.first.outgoing else ()
    page.add("FOR YOU", *found.first.tearline.words, f"Graded {', '.join(graded)}." if graded else "")
    for each in carried:
        if each.found is not None:
            label = case.party(each.victim.id).label
            page.add(f"FOR {label.upper()}, IN THESE WORDS AND NO OTHERS", *each.found.tearline.words, _by(found))
    limits = [*limits_of_use(case, found.first.tearline)]
    theirs = [each.found for each in carried if each.found is not None]
    limits += [term for one in theirs for term in travelling(one.case, one.tearline) if term not in limits]
    but = (
        ["What stands under FOR somebody else is for them, by word of mouth, and for nobody besides."]
        if carried
        else []
    )
    page.add("WHAT MAY BE DONE WITH IT", *(f"- {limit}" for limit in limits), *but)
    page.add("IF PRESSED, SAY", IF_PRESSED)
    page.add("ANSWER THE WAY THIS CAME", "That you have it; when they were told; what they did; who noticed.")
    page.add("IF IT TURNS OUT WRONG", "You will be told the same way, and tell whom you told.")
    yield f"WARNING{'IMMEDIATE':>{WIDTH - 7}}"
    yield from textwrap.wrap(f"FROM {case.party(case.us).label}  TO {recipient}", WIDTH)
    yield f"TIME {_moment(found.clock.now)}"
    if signed:
        yield from textwrap.wrap(f"RELEASED BY {signed}", WIDTH)
    if found.first.banner is not None and found.first.banner.written is not None:
        least = "AT LEAST " if found.first.banner.unmarked else ""
        yield from textwrap.wrap(f"MARKED {least}{found.first.banner.written.banner}", WIDTH)
    yield _RULE
    yield from page.lines()
    yield f"{_RULE}\nEND, PAGE 1 OF 1. SOMETHING MAY BE WITHHELD. DESTROY WHEN DONE."


def _by(found: Plan) -> str:
    step = next((step for step in found.clock.steps if step.act is Act.DELIVER), None)
    return f"Tell them by {_moment(step.by)}." if step and step.by else "Tell them at once."


def _moment(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z" if moment else "not stated"
