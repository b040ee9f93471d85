"""A warning as a page: who is told what, by when, by whom, what is owed. Nothing is computed here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs
from rich.console import Console

from tearline.assess.answer import Assessment
from tearline.assess.marked import sentences
from tearline.assess.phrases import concerning, listed
from tearline.assess.urgent.clock import NONE, Step
from tearline.assess.urgent.outcomes import Ending, Witness, learns_in_all
from tearline.assess.urgent.places import Place
from tearline.assess.urgent.plan import Plan, Second
from tearline.cli import render_banner
from tearline.cli.render import heading, item, paragraph, together
from tearline.domain import Allow, AllowIf, Ask, Case, Purpose, Refuse, Rule
from tearline.domain.estimative import percent_down, percent_up, percents, words
from tearline.exposure.worlds import Gate

_TIMES = 22


def warning(out: Console, found: Plan) -> None:
    """Print the whole warning."""
    paragraph(out, found.case.title, indent=0, style="bold")
    _duty(out, found)
    _recipient(out, found)
    for second in found.seconds:
        _second(out, found, second)
    _clock(out, found)
    _places(out, found)
    _endings(out, found)
    _decided(out, found)
    _owed(out, found)
    _gaps(out, found)
    out.print()
    paragraph(
        out, "`tearline assess` shows what each reader could work out; `--package` prints the page to send.", 0, "dim"
    )


def _duty(out: Console, found: Plan) -> None:
    case = found.case
    if found.too_late:
        paragraph(
            out, "TOO LATE: the time of the harm has passed. It is weighed like any other release.", 0, "bold red"
        )
    elif found.duty:
        text = f"There is a duty to warn. What silence may cost: {case.proposal.harm_of_silence}."
        paragraph(out, text, indent=0)
    elif case.urgent and case.urgent.tests.failed:
        for name, test in attrs.asdict(case.urgent.tests, recurse=False).items():
            if test is not None and not test.holds:
                why = f" ({test.because})" if test.because else ""
                paragraph(out, f"{test.by} found that the threat is not {name}{why}: there is no duty to warn.", 0)
        paragraph(out, "It is weighed like any other release.", indent=0)
    elif case.proposal.purpose is not Purpose.WARNING:
        paragraph(out, f"A {case.proposal.purpose.value}: there is no duty, and every limit holds.", indent=0)


# --- the words ---------------------------------------------------------------------------------------------


def _recipient(out: Console, found: Plan) -> None:
    case = found.case
    heading(out, f"For {case.party(case.proposal.to).label}")
    _answer(out, found.first)
    for reason in found.refused:
        item(out, f"Refused before anything is weighed: {reason.text}")
    least = found.least
    if least is not None and least.versions != found.first.tearline.versions:
        paragraph(out, f"Least that is still of use: “{' '.join(least.words)}”", style="dim")


def _second(out: Console, found: Plan, second: Second) -> None:
    case = found.case
    label, through = case.party(second.victim.id).label, case.party(second.through).label
    heading(out, f"For {label}, through {'us' if second.through == case.us else through}")
    if second.found is None:
        paragraph(out, f"Nothing: {second.why_not}.", style="bold")
    else:
        _answer(out, second.found)


def _answer(out: Console, found: Assessment) -> None:
    text, style = _verdict(found)
    paragraph(out, text, style=f"bold {style}")
    if isinstance(found.decision, Refuse):
        paragraph(out, found.decision.reasons[0].text)
        paragraph(out, f"What silence may cost: {found.decision.harm_of_silence}.")
        return
    render_banner.over(out, found.banner)
    for sentence in sentences(found.banner, found.tearline.words):
        paragraph(out, sentence, indent=4, style="bold")
    if isinstance(found.decision, Ask | AllowIf):
        for condition in found.decision.conditions:
            item(out, condition)


def _verdict(found: Assessment) -> tuple[str, str]:
    match found.decision:
        case Allow():
            return "GOES NOW, in these words:", "green"
        case AllowIf():
            return "GOES IF the following holds:", "yellow"
        case Ask(consult=consult):
            return f"ASK {listed(found.case.party(p).label for p in consult)} FIRST; then it goes:", "yellow"
        case Refuse(reasons=reasons):
            return ("WAIVED." if reasons[0].rule is Rule.WAIVED else "NOTHING GOES."), "red"


# --- the clock ---------------------------------------------------------------------------------------------


def _clock(out: Console, found: Plan) -> None:
    timed = found.clock
    heading(out, "What must be done by when (UTC)")
    if timed.harm is None:
        paragraph(out, "Nobody has said when the harm may come: each step follows the one before it.", style="dim")
    else:
        hour = "" if timed.stated else ", the first hour of its day since none is stated"
        now = f"It is {moment(timed.now)}. " if timed.now else ""
        text = f"{now}At the latest, counted back from {moment(timed.harm)}{hour}; sooner is better."
        paragraph(out, text, style="dim")
    for step in timed.steps:
        _step(out, step, timed.now)
    if timed.cut > NONE:
        paragraph(out, f"There is too little time: consultation is cut by {span(timed.cut)}.", style="bold")
    if timed.short > NONE:
        paragraph(out, f"{span(timed.short)} are missing even so: everything is due at once.", style="bold red")


def _step(out: Console, step: Step, now: dt.datetime | None) -> None:
    when = "" if step.by is None else moment(step.by)
    left = "" if step.by is None or now is None else " (at once)" if step.late else f" (in {span(step.by - now)})"
    who = f": {step.who}" if step.who else ": NOBODY IS NAMED"
    deputy = f", else {step.deputy}" if step.deputy else ""
    paragraph(out, f"{step.what}{who}{deputy}{left}", _TIMES, "bold" if step.late else "", f"  {when}")
    if step.reach:
        paragraph(out, f"reached by {step.reach}", _TIMES)
    paragraph(out, f"if not: {step.if_not}", _TIMES, "dim")


def moment(at: dt.datetime) -> str:
    """A minute as posts write it."""
    return f"{at:%Y-%m-%d %H:%M}Z"


def span(of: dt.timedelta) -> str:
    """A length of time in words.

    >>> span(dt.timedelta(hours=26, minutes=5)), span(dt.timedelta(minutes=40))
    ('1 day 2 h 05', '40 min')
    """
    minutes = int(of.total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if not days and not hours:
        return f"{minutes} min"
    start = f"{days} {'day' if days == 1 else 'days'} " if days else ""
    return f"{start}{hours} h {minutes:02}"


# --- who is where ------------------------------------------------------------------------------------------


def _places(out: Console, found: Plan) -> None:
    heading(out, "Who could be asked to act")
    for place in found.places:
        _place(out, found.case, place)


def _place(out: Console, case: Case, place: Place) -> None:
    where = f"people in {listed(place.where)}" if place.where else "no people in place that the case names"
    reaches = f", reaches {listed(case.party(p).label for p in place.reaches)}" if place.reaches else ""
    told = (
        f"could be told {listed(f'{c} as {v}' for c, v in place.said)}"
        if place.said
        else "could be told nothing of use"
    )
    ask = f" once {place.ask} agreed" if place.ask else ""
    proposed = " (proposed)" if place.asked else ""
    item(out, f"{case.party(place.party).label}{proposed}: {where}{reaches}; {told}{ask}.")


# --- how it may end ----------------------------------------------------------------------------------------


def _endings(out: Console, found: Plan) -> None:
    if not found.endings:
        return
    case, text = found.case, found.first.tearline
    heading(out, "How it may end")
    which = "the recommended words" if text.versions else "the words as proposed, which do not go"
    paragraph(out, f"Figures are for {which}. Who is in danger is listed, and weighed against nothing.", style="dim")
    for ending in found.endings:
        _ending(out, case, ending)
    for party in dict.fromkeys(each.party for ending in found.endings for each in ending.witnesses):
        learns = learns_in_all(found.endings, party)
        label, chance = case.party(party).label, percents(learns.lo, learns.hi)
        item(out, f"However it ends, that we told him is learned by {label} with {chance}.")


def _ending(out: Console, case: Case, ending: Ending) -> None:
    told, silent = ending.told, ending.outcome.silent
    chance = f"{words(told.lo, told.hi)}, {percents(told.lo, told.hi)} if he is told"
    if silent is not None:
        chance += f", {percents(silent.lo, silent.hi)} if nothing is said"
    paragraph(out, f"{case.cause(ending.outcome.id).label} ({chance}): {ending.outcome.what}.", style="bold")
    if ending.outcome.in_danger:
        item(out, f"In danger then: {listed(ending.outcome.in_danger)}.")
    if not ending.witnesses:
        item(out, "Nobody besides him comes to read it.")
    for alike in together(ending.witnesses, lambda each: each.shown):
        item(out, _witnesses(case, alike))


def _witnesses(case: Case, alike: Sequence[Witness]) -> str:
    """Readers who would believe the same, each with how likely they come to read it."""
    who = listed(f"{case.party(w.party).label} with {percents(w.reads.lo, w.reads.hi)}" for w in alike)
    reads = f"Read by {who}: then known to come from us"
    beliefs = []
    for each in alike[0].shown:
        about = "in one certain person" if each.gate is Gate.TOP_SUSPECT else concerning(case, each.about)
        limit = f"limit {percent_down(each.limit)}{', OVER THE LIMIT' if each.broken else ''}"
        beliefs.append(f"{about} at most {percent_up(each.after)} (before {percent_up(each.before)}, {limit})")
    return f"{reads}, and believed {'; '.join(beliefs)}." if beliefs else f"{reads}."


# --- decisions, debts, gaps ----------------------------------------------------------------------------------


def _decided(out: Console, found: Plan) -> None:
    if not found.waivers and not found.overrides:
        return
    stand = sum(each.stands for each in found.waivers)
    count = sum(not faults for _, faults in found.overrides)
    heading(out, "Waivers and overrides")
    total = f"{len(found.waivers)} waivers, {stand} stand; {len(found.overrides)} overrides, {count} count."
    paragraph(out, total, style="dim")
    for each in found.waivers:
        verdict = "stands" if each.stands else f"REFUSED: {'; '.join(each.faults)}"
        item(out, f"Waiver by {each.waiver.by} ({each.waiver.ground.value}: {each.waiver.because}): {verdict}.")
    for override, faults in found.overrides:
        verdict = "counts" if not faults else f"REFUSED: {'; '.join(faults)}"
        label = found.case.party(override.party).label
        item(out, f"Override of {label} by {override.by} ({override.because}): {verdict}.")


def _owed(out: Console, found: Plan) -> None:
    heading(out, "What is owed afterwards")
    if not found.owed:
        paragraph(out, "Nothing: nothing goes, and nothing was waived.")
    for each in found.owed:
        to = each.to or "NOBODY IS NAMED"
        by = f" by {moment(each.by)}" if each.by else ""
        item(out, f"{each.debt.value} to {to}{by}: {each.what}", style="bold" if each.set_aside else "")


def _gaps(out: Console, found: Plan) -> None:
    heading(out, "Gaps")
    if not found.gaps:
        paragraph(out, "None that the case shows; `tearline drill` tries the people.")
    for gap in found.gaps:
        item(out, f"{gap.what} (`{gap.where}`)")
