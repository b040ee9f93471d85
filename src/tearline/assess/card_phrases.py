"""Sentences of the principal's card and its briefing, for every page that shows them. Nothing is computed here."""

from __future__ import annotations

from tearline.assess.card import Card, Clearance, KeptBack
from tearline.assess.phrases import listed
from tearline.assess.stepping import Step
from tearline.assess.telling import breach_sentences, day
from tearline.domain import Ask, Case, Refuse
from tearline.policy.caveats import Standing

ONCE = "Once all that holds, these words may be said, and not before:"
ONLY_TOLD = "Weighed as told: nothing is shown or handed over."
NO_MARK = "The card that is carried bears no mark: it holds only what may be said in the room."
NOTHING = "nothing of it."
"""What stands after SAY where no words are cleared."""

SIGNED = ("Principal", "Briefed by", "Day and hour", "Signature")
"""What is filled in by hand under the receipt."""

_SAYING = {
    Clearance.CLEARED: "CLEARED. This may be told to {to}, in the words of the card.",
    Clearance.NOT_YET: "NOT CLEARED. Nothing of this may be told to {to} yet.",
    Clearance.NEVER: "NOT TO BE SAID. Nothing of this may be told to {to}.",
}


def stays(number: str) -> str:
    """What stands over the briefing."""
    return f"INTERNAL. Briefing {number}: stays in the house; only the card below the line is carried."


def about(case: Case) -> str:
    """What the briefing is about, and for which day."""
    return f"{case.title}{f', {day(case.as_of)}' if case.as_of else ''}"


def verdict(found: Card) -> str:
    """Whether anything may be said."""
    case = found.found.case
    return _SAYING[found.clearance].format(to=case.party(case.proposal.to).label)


def must_hold(found: Card) -> tuple[str, ...]:
    """What must hold before anything is said, whom to ask first among it."""
    made, case = found.found.decision, found.found.case
    if not isinstance(made, Ask):
        return found.conditions
    return f"{listed(case.party(p).label for p in made.consult)} must be asked first.", *found.conditions


def refused(found: Card) -> tuple[str, ...]:
    """Why nothing may be said, and what silence may cost; empty: it is no refusal."""
    made = found.found.decision
    if not isinstance(made, Refuse):
        return ()
    return made.reasons[0].text, f"What silence may cost: {made.harm_of_silence}."


def kept_back(kept: KeptBack) -> str:
    """What must stay out of one claim, by kind."""
    kinds = "; ".join(detail.value for detail in kept.details)
    return f"{kept.claim}: {kinds}. The paper that holds them is not taken along."


def step_taken(case: Case, step: Step) -> str:
    """One step more, and what it would be worth."""
    instead = f"instead of {step.said}" if step.said else "instead of nothing"
    to = case.party(case.proposal.to).label
    return f"{step.claim} as {step.further}, {instead}: worth {step.gain:g} more to {to}."


def step_costs(case: Case, step: Step) -> tuple[str, ...]:
    """What that step would cost: rules, limits, and who would mind."""
    stands = [*(reason.text for reason in step.reasons), *breach_sentences(case, step.breaches)]
    if not stands:
        stands = ["It passes no limit by itself, but nobody has cleared it."]
    for party, could_stop in step.offended:
        stops = f" and could stop: {'; '.join(could_stop)}" if could_stop else ""
        stands.append(f"{case.party(party).label} has a stake{stops}.")
    return tuple(stands)


def caveats(found: Card) -> tuple[str, ...]:
    """What originators said, word for word, with who said it of what."""
    case = found.found.case
    return tuple(
        f"{_who_said(case, standing)} of {claim}: “{standing.caveat.words}”" for claim, standing in found.caveats
    )


def _who_said(case: Case, standing: Standing) -> str:
    caveat = standing.caveat
    parts = [case.party(standing.party).label]
    if caveat.oral:
        parts.append("by word of mouth")
    if caveat.on:
        parts.append(f"on {day(caveat.on)}")
    if caveat.heard_by:
        parts.append(f"to {caveat.heard_by}")
    return ", ".join(parts)


def channels(found: Card) -> str:
    """Who the normal channels are; empty where nobody was ever declared to the recipient."""
    case = found.found.case
    if not any(officer.declared_to == case.proposal.to for officer in case.officers):
        return ""
    to = case.party(case.proposal.to).label
    if found.channels:
        return f"{listed(found.channels)}, accepted by {to}."
    return f"No officer is on record whom {to} has accepted. Promise none."


def receipt(found: Card, number: str) -> str:
    """What the principal signs."""
    numbers = "caveat 1" if len(found.caveats) == 1 else f"the caveats 1 to {len(found.caveats)}"
    told = f", {numbers} word for word" if found.caveats else ""
    return f"I have been told what briefing {number} says{told}, and what one step more would cost."


def to_speak(found: Card) -> tuple[tuple[str, str], ...]:
    """The lines of the card besides the cleared words, each under its heading."""
    return (("INSTEAD", found.instead), ("IF PRESSED", found.if_pressed), ("IF IT LEAKS", found.if_it_leaks))
