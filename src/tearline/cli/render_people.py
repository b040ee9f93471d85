"""People who could be harmed, and marks that follow material: shown before anything is weighed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from tearline.assess.answer import Assessment
from tearline.assess.phrases import listed
from tearline.cli.layout import heading, item, paragraph
from tearline.domain import Risk
from tearline.policy.endangered import Marked, PersonAccount
from tearline.policy.persons import Danger
from tearline.policy.taint import SPELLED


def people(out: Console, found: Assessment) -> None:
    """Who could be harmed on the strength of what is proposed, and why that is or is not removed."""
    if found.people:
        heading(out, "People who could be harmed")
        for account in found.people:
            _person(out, found, account)
    if found.marks:
        heading(out, "Marks that follow the material")
        for mark in found.marks:
            item(out, _mark(mark))


def _person(out: Console, found: Assessment, account: PersonAccount) -> None:
    where = _versions(account.shown)
    paragraph(out, f"{account.person}, who can be recognised from {where}" if where else account.person, style="bold")
    if account.located is not None:
        item(out, f"All that is proposed tells {account.located.told} of this person.")
    for danger in account.dangers:
        item(out, _danger(danger))
        for giver, why in danger.promises:
            item(out, f"{giver} promised: {f'removes nothing, {why}' if why else 'removes it'}.", indent=6)
    if account.bars:
        paragraph(out, _not_weighed(found, account), indent=4, style="bold")
    elif account.authority:
        paragraph(out, f"{account.authority} has decided; the record of it must be there.", indent=4)


def _danger(danger: Danger) -> str:
    offices = f" ({'; '.join(f'{office}: {risk.value}' for office, risk in danger.differ)})" if danger.differ else ""
    name = danger.harm.value.capitalize()
    if danger.permitted:
        return f"{name}: the proposal permits it{offices}."
    if danger.baseline is Risk.UNKNOWN:
        return f"{name}: nobody has judged it before mitigation, so it counts as real{offices}."
    return f"{name}: {danger.baseline.value} before any mitigation{offices}."


def _not_weighed(found: Assessment, account: PersonAccount) -> str:
    worth = f"{found.tearline.held:g}"
    ways = [f"the words of {_versions(account.hidden)}" if account.hidden else "words in which nobody is recognised"]
    if account.located is not None and account.located.bars:
        ways.append("leaving who, where or when untold")
    if any(danger.permitted for danger in account.dangers):
        ways.append("no permission to do harm")
    ways += ["a promise that removes it", "the decision of the authority that the law names"]
    return f"Not weighed against what it is worth ({worth}). What would change it: {', or '.join(ways)}."


def _versions(found: Sequence[tuple[str, str]]) -> str:
    by_claim: dict[str, list[str]] = {}
    for claim, version in found:
        by_claim.setdefault(claim, []).append(version)
    return listed(f"{claim} as {' or '.join(versions)}" for claim, versions in by_claim.items()) if by_claim else ""


def _mark(mark: Marked) -> str:
    taint, came = mark.taint, "" if mark.made_on == mark.claim else f", marked on `{mark.made_on}`"
    why = f" ({taint.why})" if taint.why else ""
    decided = f"{taint.authority} has decided that it may be used" if taint.authority else "nobody has decided about it"
    return f"{mark.claim} may have been got {SPELLED[taint.how]}{why}{came}; {decided}."
