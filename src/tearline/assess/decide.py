"""From a case to a decision with all its reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tearline.assess.admission import Admission, admissions
from tearline.assess.answer import (
    Assessment,
    Consultation,
    Mover,
    Obstacle,
    Outgoing,
    ReaderAccount,
    Replay,
    Tearline,
    Timing,
)
from tearline.assess.apart import flagged
from tearline.assess.asking import to_be_covered
from tearline.assess.audience import Listener, untried
from tearline.assess.better import unjudged, ways
from tearline.assess.consulting import consultations
from tearline.assess.content import all_in_words, missing
from tearline.assess.covering import resting
from tearline.assess.movers import Target, movers
from tearline.assess.notices import leaned_on, not_weighed
from tearline.assess.obstacles import obstacles
from tearline.assess.phrases import IF_IT_LEAKS, IF_PRESSED, breach
from tearline.assess.probe import Ranks
from tearline.assess.reasoning import most_pieces_untried, raw_texts, worst_in_doubt
from tearline.assess.recommend import Found, Recommendation, recommend, searched, silence
from tearline.assess.replay import replay
from tearline.assess.returning import in_return
from tearline.assess.routes import Told
from tearline.assess.search import Effort, chosen, recipient_holds
from tearline.assess.standpoint import Standpoint
from tearline.assess.urgent.waiving import judged, unwarned
from tearline.assess.waiting import timings
from tearline.domain import (
    Allow,
    AllowIf,
    Ask,
    Case,
    Claim,
    ClaimId,
    Decision,
    Form,
    PartyKind,
    Permission,
    Reason,
    Refuse,
    Rule,
)
from tearline.domain.defaults import LEAK_GATE, REVIEW_AFTER_DAYS
from tearline.domain.estimative import percent_up
from tearline.exposure.account import account
from tearline.exposure.candidates import traits
from tearline.exposure.readings import holdings_untried
from tearline.exposure.worlds import Gate
from tearline.policy import endangered, equities, marks, taint, whereabouts
from tearline.policy.equities import reason
from tearline.policy.holders import holders
from tearline.tearlines.solution import NODES, Progress, Stop


def assess(
    case: Case,
    *,
    assumed: Sequence[str] = (),
    nodes: int = NODES,
    progress: Progress | None = None,
    stop: Stop | None = None,
    replayed: bool = False,
) -> Assessment:
    """May it go, in which words, whom to ask first, and why not more?

    Args:
        case: The situation.
        assumed: What the file of the case leaves to defaults, to be listed with the answer.
        nodes: How long to search: after so many nodes the answer is the best text found, with a
            certified bound on what a better one could be worth.
        progress: Called now and then while the solver works.
        stop: Asked now and then; once it is true the answer is the best text found so far, with the bound.
        replayed: Whether to put every other candidate in the source's place as well; if the choice of
            words gives something away, somebody must accept it.
    Returns:
        A decision with every reason. The same case gives the same answer to the last byte.
    Guarantee:
        A text that the decision lets go breaks no limit of any reader that binds, under any prior of
        the sweep and any values inside the intervals, in whatever it may hold but for a rest that is
        less likely than the leak gate. Where that rest is likelier, or under a duty to warn, somebody
        must sign, and the answer says for what.
    """
    found, effort = admissions(case), Effort(nodes=nodes, progress=progress, stop=stop)
    made = recommend(case, effort)
    recommended = made.recommended
    heard = recommended.heard
    ranks = chosen(recommended.question, recommended.options)
    barred = obstacles(case, heard, found, ranks)
    waived = _waived(case, made)
    says = recommended if recommended.tearline.serves and not waived else silence(recommended)
    accounts = tuple(_account(listener, says) for listener in heard)
    certificate = replay(case, made, effort) if replayed and says.tearline.serves else None
    accept = [*_to_accept(recommended, certificate), *case.from_record.confirm]
    times = timings(case, ranks)
    asked = consultations(case, found, says.tearline, accounts)
    accept += [condition for one in asked for condition in to_be_covered(case, case.party(one.party), one.asking)]
    decision = waived or _decide(
        case, found, recommended.tearline, made.over_the_limits, barred, accounts, accept, times
    )
    at = Standpoint(
        case=case,
        now=made.now.tearline,
        asked=made.agreed.tearline,
        waits=recommended is not made.now,
        here=_told(made.now),
        tell=lambda changed, today: _told(searched(changed, today, effort)),
    )
    return Assessment(
        case=case,
        decision=decision,
        tearline=says.tearline,
        outgoing=outgoing(case, says.tearline) if isinstance(decision, Allow) else None,
        readers=accounts,
        obstacles=barred,
        asked=_whom_to_ask(case, found, decision, asked, recommended.tearline, made.agreed),
        better=() if waived else ways(at, heard, barred, times),
        covers=resting(at, heard),
        timings=times,
        unjudged=unjudged(case),
        movers=() if isinstance(decision, Refuse) and not barred else _movers(case, ranks, barred, accounts),
        in_return=in_return(case),
        leaned_on=leaned_on(case, heard),
        defaults=tuple(assumed),
        not_weighed=not_weighed(case),
        holders=holders(case, says.tearline.versions),
        people=endangered.people(case, recipient_holds(case)),
        marks=endangered.marked(case),
        banner=marks.banner(case, says.tearline.versions),
        replay=certificate,
    )


def _waived(case: Case, made: Recommendation) -> Refuse | None:
    """A waiver of the whole warning that stands: then nothing goes, inside the limits or not."""
    judgements = judged(case, made)
    if case.proposal.to not in unwarned(case, judgements):
        return None
    waiver = next(each.waiver for each in judgements if each.stands)
    text = f"{waiver.by} has waived the warning ({waiver.ground.value}): {waiver.because.rstrip('.')}."
    return Refuse(
        reasons=(Reason(rule=Rule.WAIVED, text=text),),
        owner=waiver.by,
        review_on=waiver.review_on.date() if waiver.review_on else None,
        harm_of_silence=waiver.harm,
    )


def _told(found: Found) -> Told:
    binding = frozenset(listener.party.id for listener in found.heard if listener.binds)
    return Told(to=found.question.case.proposal.to, text=found.tearline, binding=binding)


def _whom_to_ask(
    case: Case,
    found: Sequence[Admission],
    decision: Decision,
    asked: tuple[Consultation, ...],
    text: Tearline,
    agreed: Found,
) -> tuple[Consultation, ...]:
    """Consents that the recommendation waits for; else those that would admit something better."""
    if isinstance(decision, Refuse):
        return ()
    if asked or agreed.tearline.value <= text.value:
        return asked
    return consultations(case, found, agreed.tearline, [_account(listener, agreed) for listener in agreed.heard])


def _decide(
    case: Case,
    found: Sequence[Admission],
    text: Tearline,
    over_budget: bool,
    barred: Sequence[Obstacle],
    accounts: Sequence[ReaderAccount],
    accept: Sequence[str],
    times: Sequence[Timing],
) -> Decision:
    why = _why_not_more(case, barred)
    if not text.serves:
        nothing = Reason(rule=Rule.NOTHING_USEFUL, text=_nothing_useful(case, text, found, why))
        return Refuse(
            reasons=(nothing, *why),
            owner=case.proposal.by or f"the releasing authority of {case.party(case.us).label}",
            review_on=_review_on(case, times),
            harm_of_silence=case.proposal.harm_of_silence or "not stated: nobody has said what silence may cost",
        )
    rests_on = [a for a in found if (a.claim, a.version) in {(s.claim, s.version) for s in text.said}]
    located = [condition for one in flagged(case, text.versions) for condition in whereabouts.conditions(one)]
    conditions = list(dict.fromkeys([*(condition for a in rests_on for condition in a.conditions), *located]))
    conditions += [*marks.whole(case, text.versions), *accept]
    first = Reason(rule=Rule.EXPOSURE, text=_inside(accounts))
    if over_budget:
        conditions.append("the releasing authority signs that the duty to warn outweighs what it costs the source")
        first = Reason(rule=Rule.DUTY_TO_WARN, text=_WARNED)
    unasked = [stake for a in rests_on for stake, _ in a.unasked]
    if unasked:
        asking = tuple(dict.fromkeys(reason(case, stake) for stake in unasked))
        consult = tuple(sorted({stake.party for stake in unasked}))
        return Ask(consult=consult, reasons=(*asking, first, *why), conditions=tuple(conditions))
    if conditions:
        return AllowIf(conditions=tuple(conditions), reasons=(first, *why))
    return Allow(reasons=(first, *why))


def _to_accept(recommended: Found, certificate: Replay | None) -> list[str]:
    """What the releasing authority must accept because no limit or search covers it."""
    found = [
        f"that, with up to {percent_up(chance)}, {listener.party.label} holds another part of what was given before, "
        "which was not tried"
        for listener in recommended.heard
        if listener.binds and (chance := untried(recommended.question.told, listener.party.id)) >= LEAK_GATE
    ]
    told, said = recommended.question.told, _view(recommended)
    for listener in recommended.heard:
        if listener.binds and most_pieces_untried(told, listener.party.id, said):
            found.append(
                f"that {listener.party.label} may take what it then holds for several sources': there are too many "
                "pieces of evidence to try every way; it was tried as one source's, and source by source"
            )
        if listener.binds and holdings_untried(told, listener.party.id):
            found.append(
                f"that {listener.party.label} may hold other sets of raw texts than were tried: none, each alone, all"
            )
    if certificate is not None and not certificate.holds:
        alike = all(other.alike for other in certificate.truths)
        leak = f"{certificate.leak:.1f} bits" if certificate.proved and alike else "something"
        found.append(f"that the choice of words may give {leak} away to a reader who knows the method")
    return [f"the releasing authority accepts {what}" for what in found]


def _inside(accounts: Sequence[ReaderAccount]) -> str:
    if any(line.over_before for each in accounts if each.listener.binds for line in each.lines):
        return (
            "No limit is passed for any reader who counts but those that were passed before; none of them gets worse."
        )
    return "Every reader who counts stays inside every limit."


def _nothing_useful(case: Case, text: Tearline, found: Sequence[Admission], why: Sequence[Reason]) -> str:
    """Why nothing goes: what may go is too little, or the gravest thing in the way of the rest."""
    known = recipient_holds(case)
    unmet = missing(case, {}, known)
    if unmet and text.value <= 0 and any(a.if_asked for a in found):
        return f"No wording inside the limits is enough to act on: it takes {all_in_words(case, unmet)}."
    if text.value > 0:
        least = case.proposal.minimum_value or 0.0
        return f"What may go is worth {text.value:g} to the recipient; less than {least:g} is not worth sending."
    grave = [
        r for rule in (Rule.PERSON_HARM, Rule.TAINTED) for a in found for r in a.forbidden if r.rule is rule
    ] or why
    if grave:
        partly = not known.keys().isdisjoint(case.proposal.claims)
        beyond = " that says more than the recipient has or can read already" if partly else ""
        return f"No wording of it may go{beyond}. {grave[0].text}"
    return "No wording of it is worth sending: the recipient has it already, or can do nothing with it."


_WARNED = (
    "People are in danger, so the least telling useful warning goes although it passes a limit; it is charged in full."
)


def _why_not_more(case: Case, barred: Sequence[Obstacle]) -> tuple[Reason, ...]:
    found: list[Reason] = []
    for obstacle in barred:
        found += obstacle.reasons
        found += [
            Reason(
                rule=Rule.EXPOSURE,
                text=f"With `{obstacle.claim}` as `{obstacle.version}`, {breach(case, broken)}.",
                claim=obstacle.claim,
                version=obstacle.version,
                party=broken.reader,
            )
            for broken in obstacle.breaches
        ]
    return tuple(found)


def _review_on(case: Case, times: Sequence[Timing]) -> dt.date | None:
    """When something may go, or soon, but not after the harm."""
    safe = [time.safe_from for time in times if time.safe_from]
    if case.as_of is None:
        return case.proposal.harm_by
    soon, last = case.as_of + dt.timedelta(days=REVIEW_AFTER_DAYS), case.proposal.harm_by
    return min([soon, *safe, *([last] if last and last >= case.as_of else [])])


def _withheld(case: Case, text: Tearline) -> bool:
    """Whether more could be said of any claim than the recipient then has."""
    has = recipient_holds(case)
    for said in text.said:
        ranks = [case.claim(said.claim).rank(said.version)] if said.version else []
        if min([*ranks, *(rank for claim, rank in has.items() if claim == said.claim)], default=1) > 0:
            return True
    return False


def outgoing(case: Case, text: Tearline) -> Outgoing:
    """Only the words, how good they are, and what may be done with them."""
    going = [case.claim(s.claim) for s in text.said if s.version is not None]
    marked = marks.banner(case, text.versions)
    return Outgoing(
        words=text.words,
        banner=marked.written.banner if marked and marked.written and not marked.unmarked else "",
        portions=tuple(portion.mark for portion in marked.portions) if marked else (),
        grades=tuple(_grade(case, claim) for claim in going),
        limits_of_use=limits_of_use(case, text),
        withheld=_withheld(case, text),
        if_pressed=IF_PRESSED,
        if_it_leaks=IF_IT_LEAKS,
    )


def travelling(case: Case, text: Tearline) -> tuple[str, ...]:
    """What goes with the text wherever it goes: caveats of those who agreed, and marks of the material.

    They hold for what its words imply as for what they say.
    """
    told = [
        (case.claim(claim), case.claim(claim).versions[rank]) for claim, rank in case.told_by(text.versions).items()
    ]
    caveats = [
        caveat
        for claim, version in told
        for stake in equities.stakes(case, claim)
        for caveat in equities.caveats(case, stake, version.id)
    ]
    marked = any(taint.marks(case, claim) for claim, _ in told)
    return (*dict.fromkeys(caveats), *((taint.TRAVELS,) if marked else ()))


def _grade(case: Case, claim: Claim) -> str:
    """Reliability of the weakest source and credibility, ``F`` and ``6`` where nobody can judge."""
    sources = case.sources_of(claim)
    letters = [s.reliability.value for s in sources if s.reliability]
    judged = letters and len(letters) == len(sources)
    return f"{max(letters) if judged else 'F'}{claim.credibility or 6}"


def limits_of_use(case: Case, text: Tearline) -> tuple[str, ...]:
    """What the recipient may not do: everything that it is not expressly permitted, and what travels with the text."""
    if case.party(case.proposal.to).kind is PartyKind.PUBLIC:
        return ("it is published: no condition binds who reads it", *travelling(case, text))
    denied = {
        Permission.ONWARD: "not to be passed on to anybody, nor its existence mentioned",
        Permission.ACT: "nothing done on it that others could notice, without asking first",
        Permission.EVIDENCE: "not to be used as evidence or published",
        Permission.DETAIN: "nobody to be detained on the strength of it",
        Permission.LETHAL: "not to be used for lethal action",
    }
    given = case.proposal.permits
    limits = [text for permission, text in denied.items() if permission not in given]
    if case.proposal.form is Form.DISCLOSURE:
        limits.insert(0, "told or shown only: no copy to be kept")
    return (*limits, *travelling(case, text))


def _account(listener: Listener, recommended: Found) -> ReaderAccount:
    asked, reader = recommended.question, listener.party.id
    every, said = asked.every[reader], _view(recommended)
    return ReaderAccount(
        listener=listener,
        lines=account(asked.told, every, recommended.options),
        in_doubt=worst_in_doubt(asked.doubts.get(reader, ()), asked.told, said),
        raw=raw_texts(asked.told, traits(asked.case, reader).holds_raw, every, recommended.options, said),
    )


def _view(found: Found) -> dict[ClaimId, int]:
    return {claim: rank for claim, rank in chosen(found.question, found.options).items() if rank is not None}


def _movers(
    case: Case, ranks: Ranks, barred: Sequence[Obstacle], accounts: Sequence[ReaderAccount]
) -> tuple[Mover, ...]:
    """Inputs behind the first limit that says no; where none does, behind the belief nearest its limit."""
    for obstacle in barred:
        for broken in obstacle.breaches:
            if broken.gate in (Gate.TOP_SUSPECT, Gate.BELIEF):
                raised = {**ranks, obstacle.claim: case.claim(obstacle.claim).rank(obstacle.version)}
                target = Target(
                    reader=broken.reader, gate=broken.gate, about=broken.about, limit=broken.limit, ranks=raised
                )
                named = movers(case, target)
                if not named or named[0].now > broken.limit:  # else only a reader in doubt passes it
                    return named
    lines = [line for a in accounts if a.listener.binds for line in a.lines]
    near = [line for line in lines if line.gate in (Gate.TOP_SUSPECT, Gate.BELIEF) and line.allowed > 0]
    if not near:
        return ()
    line = max(near, key=lambda n: n.after.hi / n.allowed)
    return movers(case, Target(reader=line.reader, gate=line.gate, about=line.about, limit=line.allowed, ranks=ranks))
