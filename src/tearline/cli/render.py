"""The answer as a page that a busy official reads in half a minute: words first, figures behind.

Works in 80 columns, without colour and through a pipe. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from tearline.assess import telling
from tearline.assess.answer import (
    Assessment,
    Candidate,
    OtherTruth,
    ReaderAccount,
    Replay,
    Resting,
)
from tearline.assess.decide import limits_of_use
from tearline.assess.marked import sentences
from tearline.assess.phrases import IF_IT_LEAKS, IF_PRESSED, breach_by, listed
from tearline.assess.telling import breach_sentences, comes_to_read, figures_of, from_when, if_raw, together, words_of
from tearline.cli import render_banner, render_consulting, render_people
from tearline.cli.layout import bar, console, day, heading, item, paragraph
from tearline.domain import Allow, AllowIf, Ask, Case, PartyId, Refuse
from tearline.domain.estimative import percent_down, percent_up, percents
from tearline.exposure.worlds import Gate

__all__ = ["bar", "breach_sentences", "console", "day", "heading", "item", "page", "paragraph", "together"]

SHOWN_LINES = 4


def page(out: Console, found: Assessment, full: bool) -> None:
    """Print the whole answer."""
    _headline(out, found)
    _words(out, found)
    render_people.people(out, found)
    render_banner.why(out, found.banner)
    _recipient(out, found)
    _readers(out, found, full)
    _why_not_more(out, found)
    render_consulting.whom_to_ask(out, found)
    _covers(out, found)
    _when(out, found)
    _better(out, found)
    _movers(out, found, full)
    _replay(out, found)
    _in_return(out, found)


# --- 1. the recommendation, and the words --------------------------------------------------------------


def _headline(out: Console, found: Assessment) -> None:
    title = Text(" ".join(found.case.title.split()), style="bold")
    date = day(found.case.as_of) if found.case.as_of else ""
    gap = out.width - title.cell_len - len(date)
    if gap >= 2:
        out.print(Text.assemble(title, " " * gap if date else "", (date, "dim")))
    else:
        paragraph(out, title.plain, indent=0, style="bold")
        paragraph(out, date, indent=0, style="dim")
    out.print()
    verdict, style, sentence = _verdict(found)
    whole = Text(f"{verdict} {' '.join(sentence.split())}")
    whole.stylize(f"bold {style}", 0, len(verdict))
    out.print(whole)
    if isinstance(found.decision, Ask | AllowIf):
        for condition in found.decision.conditions:
            item(out, condition)


def _verdict(found: Assessment) -> tuple[str, str, str]:
    case = found.case
    recipient, purpose = case.party(case.proposal.to).label, case.proposal.purpose.value
    match found.decision:
        case Allow():
            return "ALLOW.", "green", f"This may go to {recipient} ({purpose}), in these words:"
        case AllowIf():
            return "ALLOW IF", "yellow", f"the following holds; then this may go to {recipient} ({purpose}):"
        case Ask(consult=consult):
            whom = listed(case.party(p).label for p in consult)
            return f"ASK {whom} FIRST.", "yellow", f"With their consent this may go to {recipient} ({purpose}):"
        case Refuse():
            return "REFUSE.", "red", f"Nothing may go to {recipient}."


def _words(out: Console, found: Assessment) -> None:
    if isinstance(found.decision, Refuse):
        refusal = found.decision
        paragraph(out, refusal.reasons[0].text)
        paragraph(out, f"What silence may cost: {refusal.harm_of_silence}.", style="bold")
        review = f"; to be looked at again by {day(refusal.review_on)}" if refusal.review_on else ""
        paragraph(out, f"Owned by {refusal.owner}{review}.")
        _cut_short(out, found)
        if found.better:
            paragraph(out, "It could go in another way: see below, the cheapest way to a better answer.", style="bold")
    else:
        out.print()
        render_banner.over(out, found.banner)
        for text in sentences(found.banner, found.tearline.words):
            paragraph(out, text, indent=4, style="bold")
        out.print()
    _spoken(out, "If pressed", IF_PRESSED)
    if not isinstance(found.decision, Refuse):
        _spoken(out, "If it leaks", IF_IT_LEAKS)


def _spoken(out: Console, when: str, text: str) -> None:
    paragraph(out, f"“{text}”", indent=15, first=f"  {when}")


# --- 2. what the recipient can do with it ----------------------------------------------------------------


def _recipient(out: Console, found: Assessment) -> None:
    case, text = found.case, found.tearline
    if isinstance(found.decision, Refuse):
        return
    heading(out, f"What it is worth to {case.party(case.proposal.to).label}, and on what terms")
    column = min(36, out.width // 2)
    for said in text.said:
        name = f"{said.claim} as {said.version}" if said.version else f"{said.claim} withheld"
        beside = cell_len(name) + 3 <= column
        if not beside:
            paragraph(out, name)
        worth = f"{bar(said.value / 10)} {said.value:g} of {said.held:g}"
        paragraph(out, worth, indent=column, first=f"  {name}" if beside else "")
    if text.together:
        paragraph(out, f"{text.together:g} more for what is said together.")
    _cut_short(out, found)
    paragraph(out, f"Conditions: {'; '.join(limits_of_use(case, text))}.")


def _cut_short(out: Console, found: Assessment) -> None:
    text = found.tearline
    if not text.proved:
        gap = f", so at most {percent_up(1 - text.value / text.upper_bound)} is lost" if text.upper_bound else ""
        sentence = f"The search was cut short: no text inside the limits is worth more than {text.upper_bound:g}"
        paragraph(out, f"{sentence}{gap}.")


# --- 3. what each reader could work out --------------------------------------------------------------------


def _readers(out: Console, found: Assessment, full: bool) -> None:
    heading(out, "What each reader could work out")
    paragraph(out, "A bar shows how much of a limit is used, at the upper edge of what is uncertain.", style="dim")
    readers = sorted(found.readers, key=lambda r: (not r.listener.binds, not r.listener.party.hostile))
    for alike in together(readers, _numbers):
        paragraph(out, _gets(found, alike[0]))
        for other in alike[1:]:
            paragraph(out, f"{_gets(found, other)} It would work out the same.")
        if not alike[0].listener.knows or full:
            _lines(out, found.case, alike[0], full)
            _brings(out, found.case, alike[0])


def _gets(found: Assessment, reader: ReaderAccount) -> str:
    return comes_to_read(found.case, reader.listener, isinstance(found.decision, Refuse))


def _numbers(reader: ReaderAccount) -> object:
    lines = [(line.gate, line.about, line.before, line.after, line.allowed) for line in reader.lines]
    return reader.listener.binds, reader.listener.knows, lines, reader.in_doubt, reader.raw


def _lines(out: Console, case: Case, reader: ReaderAccount, full: bool) -> None:
    lines = sorted(reader.lines, key=lambda line: (not line.broken, line.before == line.after, -line.used))
    telling = lines if full else [line for line in lines if line.gate is not Gate.INVESTIGATION or line.after.hi]
    shown = telling if full else telling[: SHOWN_LINES if reader.listener.binds else 1]
    for line in shown:
        style = "red" if line.broken else ""
        paragraph(out, words_of(case, line), indent=15, style=style, first=f"    {bar(line.used)}")
        paragraph(out, figures_of(line, full), indent=15, style="dim")
    if len(telling) > len(shown):
        paragraph(out, f"and {len(telling) - len(shown)} more, further from their limits (--full)", 15, style="dim")


def _brings(out: Console, case: Case, reader: ReaderAccount) -> None:
    """What it could make of it that cannot tell how many sources there are, or that holds the raw text."""
    who = reader.listener.party.label
    if reader.in_doubt is not None:
        text = breach_by(case, reader.in_doubt, who)
        paragraph(out, f"Unsure whether one source or several stand behind it, {text}.", indent=15, style="dim")
    for raw in reader.raw:
        paragraph(out, f"{who} may hold the raw text of {raw.claim} ({percents(raw.chance.lo, raw.chance.hi)}).", 15)
        paragraph(out, if_raw(case, raw), indent=15, style="dim")


# --- 4. why not more -----------------------------------------------------------------------------------------


def _why_not_more(out: Console, found: Assessment) -> None:
    if not found.obstacles:
        return
    heading(out, "Why not more")
    for obstacle in found.obstacles:
        paragraph(out, f"{obstacle.claim} as {obstacle.version}:", style="bold")
        for reason in obstacle.reasons:
            item(out, reason.text)
        for sentence in breach_sentences(found.case, obstacle.breaches):
            item(out, sentence)


# --- 5. to 8. ---------------------------------------------------------------------------------------------------


def _covers(out: Console, found: Assessment) -> None:
    """What rests on events that readers have seen."""
    if not found.covers:
        return
    heading(out, "What rests on cover")
    for cover in found.covers:
        who = listed(found.case.party(p).label for p in cover.seen_by)
        text = f"{cover.what} ({cover.evidence}), seen by {who}: with it what may go is worth {cover.value:g}, "
        item(out, f"{text}without it {cover.without:g}. {_price(found.case, cover)}{_open(cover)}")


def _price(case: Case, cover: Resting) -> str:
    if cover.credibility >= cover.credibility_without:
        return ""
    now, before = percent_down(cover.credibility), percent_down(cover.credibility_without)
    who = case.party(case.proposal.to).label
    return f"{who} would take the text for more than guesswork with {now}, not {before}. "


def _open(cover: Resting) -> str:
    return f"It leaves {listed(cover.left_open)} unexplained." if cover.left_open else ""


def _when(out: Console, found: Assessment) -> None:
    """The first day of every version, along a line of time."""
    if not found.timings:
        return
    heading(out, "When")
    paragraph(out, "The first day on which each version breaks no limit, the rest as recommended.", style="dim")
    column = min(36, out.width // 2)
    for timing in found.timings:
        name = f"{timing.claim} as {timing.version}"
        if cell_len(name) + 3 > column:
            paragraph(out, name)
            name = ""
        paragraph(out, from_when(found.case, timing), indent=column, first=f"  {name}")


def _better(out: Console, found: Assessment) -> None:
    heading(out, "The cheapest way to a better answer")
    for way in found.better:
        item(out, telling.way(way))
    if not found.better:
        paragraph(out, "None that the case names: no consent, cover, permission or route would admit more.")
    for missing in found.unjudged:
        item(out, f"Not judged: {missing}.", style="dim")


def _movers(out: Console, found: Assessment, full: bool) -> None:
    heading(out, "What would change this most: go and check")
    for mover in found.movers:
        item(out, telling.mover(found.case, mover))
    if not found.movers:
        paragraph(out, "Nothing that is uncertain moves a limit that is near.")
    _listed(out, "Leaned on", found.leaned_on, True)
    _listed(out, "Left to defaults", found.defaults, full)
    _listed(out, "Not yet weighed", found.not_weighed, full)


def _listed(out: Console, title: str, points: Sequence[str], full: bool) -> None:
    if not points:
        return
    few = points if full else points[:SHOWN_LINES]
    paragraph(out, f"{title}:", style="dim")
    for point in few:
        item(out, point, indent=4, style="dim")
    if len(points) > len(few):
        item(out, f"and {len(points) - len(few)} more (--full)", indent=4, style="dim")


def _replay(out: Console, found: Assessment) -> None:
    """The certificate, in groups and never in names."""
    certificate = found.replay
    if certificate is None:
        return
    heading(out, "Would the same words have gone out if somebody else had been the source?")
    of_reader: dict[PartyId, list[Candidate]] = {}
    for candidate in certificate.candidates:
        of_reader.setdefault(candidate.reader, []).append(attrs.evolve(candidate, reader=PartyId("")))
    for alike in together(of_reader, of_reader.__getitem__):
        _replayed_for(out, of_reader[alike[0]], listed(found.case.party(reader).label for reader in alike))
    if not certificate.candidates:
        paragraph(out, "Nobody whom a reader considers could have yielded all of it: there is nobody to compare with.")
    elif certificate.holds:
        paragraph(out, f"The choice of words gives {certificate.leak:.1f} bits away to a reader who knows the method.")
    if certificate.candidates:
        paragraph(out, _searched(certificate))
    for other in certificate.truths:
        paragraph(out, *_other_truth(other))
    if not certificate.proved:
        paragraph(out, "Not every search was finished, so this is no proof (--nodes).", style="bold")


def _searched(certificate: Replay) -> str:
    """How it was found out, in a sentence."""
    cases = f"Together they could have told us {_different(certificate.replays)} of wordings"
    if not certificate.searched:
        return f"{cases}; the question was always the same but for words that were not chosen."
    if certificate.searched >= certificate.replays:
        return f"{cases}; the search was run again for each."
    again = "once" if certificate.searched == 1 else f"{certificate.searched:,} times"
    return f"{cases}; the search was run again {again}, and is the proof where the question was the same."


def _different(sets: int) -> str:
    return "one set" if sets == 1 else f"{sets:,} different sets"


def _other_truth(other: OtherTruth) -> tuple[str, int, str]:
    """Had the truth been other: the sentence, its indent and its style."""
    had = f"Had `{other.sibling}` been true in place of `{other.claim}`"
    if other.alike:
        return f"{had}, the text would have stopped at the same place.", 2, ""
    return f"{had}, the text would have been more or less exact: where it stops says which is true.", 2, "bold"


def _replayed_for(out: Console, candidates: Sequence[Candidate], readers: str) -> None:
    same, others = [c for c in candidates if c.same], [c for c in candidates if not c.same]
    if same:
        persons = sum(c.count for c in same if c.persons)
        besides = "" if all(c.persons for c in same) else ", or a channel"
        groups = listed(f"`{c.group}`" for c in same)
        paragraph(out, f"For {readers}: yes, had it been any of {persons:,} people{besides} ({groups}).")
    if others:
        groups = listed(f"`{c.group}`" for c in others)
        paragraph(
            out,
            f"For {readers}: no, had it been {groups}: other words would have gone out, so the choice rules them out.",
            style="bold",
        )


def _in_return(out: Console, found: Assessment) -> None:
    if found.in_return:
        heading(out, "What to ask for in return (advice)")
        for each in found.in_return:
            item(out, telling.wish(each))
