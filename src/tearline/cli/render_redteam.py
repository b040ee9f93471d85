"""The attack as a page: what was read, and after which release each attacker found what."""

from __future__ import annotations

from rich.console import Console

from tearline.assess.phrases import concerning, listed
from tearline.cli.render import day, heading, item, paragraph, together
from tearline.domain import Case
from tearline.domain.estimative import percent_down, percent_up
from tearline.sim.readers import FACTOR, MODELS, Attacker
from tearline.sim.redteam import Attack, Find, Hunt, Lead, Nearest, Redteam, Release, Sentence, Text, Why

_INDENT = 15

WHO = {
    Attacker.TRUE: "knows who knew what as well as we do",
    Attacker.WRONG: f"is wrong about every grade by up to {FACTOR:g} times; {MODELS} such readers, found if by half",
    Attacker.INTERSECTION: "intersects hard lists of who knew",
    Attacker.STATISTICAL: "counts who is on more lists than somebody so busy should be",
    Attacker.PATIENT: "learns in time whatever our intervals leave open: what the limits are kept against",
    Attacker.TEARLINE: "knows the method too and asks whom the choice of words rules out",
}
"""What each attacker does, as in ``a reader who …``."""


def redteam(out: Console, found: Redteam) -> None:
    """Print the releases and what each reader made of them."""
    case = found.case
    paragraph(out, case.title, indent=0, style="bold")
    paragraph(
        out,
        "Nobody here knows who the source is: whatever a limit protects is hunted. Every reader is taken to hold "
        "all of it.",
        0,
        "dim",
    )
    heading(out, "What goes out, release by release")
    for number, release in enumerate(found.releases, start=1):
        _release(out, case, number, release)
    if not found.releases:
        paragraph(out, "Nothing: nothing was given before, and no text is recommended (try --proposed).")
    if not found.hunts:
        paragraph(out, "Nobody who counts comes to read any of it.", indent=0)
    for alike in together(found.hunts, lambda hunt: (hunt.tries, hunt.attacks)):
        _hunt(out, case, alike)


def _release(out: Console, case: Case, number: int, release: Release) -> None:
    to = listed(case.party(party).label for party in release.to)
    when = {
        Text.RECOMMENDED: f"now, the recommended text, to {to}",
        Text.PROPOSED: f"as proposed, not released, to {to}",
    }
    start = f"{day(release.on)}, to {to}" if release.on else when[release.text]
    said = ", ".join(f"{claim}: {version}" for claim, version in release.claims.items())
    paragraph(out, f"{start}: {said}", indent=5, first=f"  {number}")


def _hunt(out: Console, case: Case, alike: list[Hunt]) -> None:
    readers = listed(dict.fromkeys(case.party(hunt.reader).label for hunt in alike))
    tries = alike[0].tries
    heading(out, f"What {readers} could find, looking into {tries} {'person' if tries == 1 else 'persons'} at a time")
    finders = [attack.attacker.value for attack in alike[0].attacks if any(f.could and f.still for f in attack.finds)]
    paragraph(out, _summary(finders), style="bold red" if finders else "bold")
    for attack in alike[0].attacks:
        _attack(out, case, attack, alike[0].tries)


def _summary(finders: list[str]) -> str:
    if not finders:
        return "By the end none of the six attackers has found anything that a limit protects."
    return f"By the end something is found by: {listed(finders)}."


def _attack(out: Console, case: Case, attack: Attack, tries: int) -> None:
    out.print()
    paragraph(out, f"{attack.attacker.value}: {WHO[attack.attacker]}", style="bold")
    for find in attack.finds:
        item(out, _found(case, find, tries), indent=4, style="red" if find.could and find.still else "")
    if attack.nearest is not None:
        paragraph(out, f"Finds nothing. {_near(case, attack.nearest)}", indent=4)
    if attack.lead is not None:
        paragraph(out, _lead(attack.lead), indent=4, style="dim")


def _found(case: Case, find: Find, tries: int) -> str:
    after = f"after release {find.release}" if find.release else "before anything was given"
    by = f", by {_said(find.by)}" if find.by else (", by the choice of words" if find.release else "")
    if find.why is Why.TRIES:
        how = f"among the first {tries} looked into, though believed to {percent_up(find.belief)} only"
    else:
        how = f"believed to {percent_up(find.belief)}, limit {percent_down(find.limit)}"
    notes = [how]
    if find.share < 1 and find.share > 0.5:
        notes.append(f"in {find.share:.0%} of the models")
    if not find.could:
        notes.append("wrongly: nobody of them could have told it")
    if not find.still:
        notes.append("no longer so at the end")
    return f"Finds {concerning(case, find.about)}{_of(find.persons)} {after}{by} ({'; '.join(notes)})."


def _of(persons: int) -> str:
    return f" ({persons:,} {'person' if persons == 1 else 'persons'})" if persons else ""


def _near(case: Case, near: Nearest) -> str:
    after = f"after release {near.release}" if near.release else "from the start"
    luck = f"; {near.share:.0%} of the models find it" if near.share > 0 else ""
    return (
        f"Nearest: {concerning(case, near.about)}{_of(near.persons)}, {after} believed to {percent_up(near.belief)} "
        f"(limit {percent_down(near.limit)}{luck})."
    )


def _lead(lead: Lead) -> str:
    groups = listed(f"`{group}`" for group in lead.groups)
    since = f"since release {lead.since}" if lead.since else "from the start"
    by = f", by {_said(lead.by)}" if lead.by else ""
    wrongly = "" if lead.could else "; wrongly, for none of them could have told it"
    each = "" if lead.persons == 1 else " each"
    return (
        f"Looks first into {groups}, {lead.persons:,} {'person' if lead.persons == 1 else 'persons'} at "
        f"{percent_up(lead.belief)}{each}, {since}{by}{wrongly}."
    )


def _said(said: Sentence) -> str:
    return f"`{said[0]}` as `{said[1]}`"
