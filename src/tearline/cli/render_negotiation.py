"""A negotiation as a page: where it stands, the most we may give, what may follow, and what each move would tell."""

from __future__ import annotations

from rich.console import Console

from tearline.assess.answer import Assessment
from tearline.assess.bargaining import Bargain, Weighed, goes, nearest
from tearline.assess.phrases import concerning, listed
from tearline.assess.telling import breach_sentences, wish
from tearline.cli.layout import bar, day, heading, item, paragraph
from tearline.domain import Allow, AllowIf, Ask, Case, Refuse
from tearline.domain.estimative import percent_up
from tearline.domain.negotiation import Move, Negotiation, Position, Side, Text, Turn
from tearline.exposure.account import Line
from tearline.exposure.worlds import Gate

_ASIDE = 15

_RETOLD = "They have been told the teaser before: it tells them nothing new."

STANDS = {
    None: "Nothing was said yet.",
    Position.ANNOUNCED: "They know that there is something, and nothing of it.",
    Position.OFFERED: "An offer lies on the table; the answer is theirs.",
    Position.COUNTERED: "They have answered with an offer of their own; the answer is ours.",
    Position.AGREED: "Both have agreed; nothing has been handed over.",
    Position.ESCROWED: "The package is sealed and out of our hands; what was asked has to come.",
    Position.EXCHANGED: "It is done.",
    Position.GIVEN: "It was given, and nothing was asked. It is no debt.",
    Position.CLOSED: "It was broken off. What was told stays told.",
}


def bargain(out: Console, found: Bargain) -> None:
    """Print the whole page."""
    case = found.case
    them = case.party(found.now.receiver).label
    paragraph(out, case.title, 0, "bold")
    paragraph(out, f"Through the normal channels with {them}.", 0, "dim")
    _stands(out, found)
    if case.owes_warning:
        out.print()
        paragraph(
            out,
            f"A WARNING IS OWED. It is given and never offered: nothing may be asked of {them} for it beforehand "
            "(`tearline warn`). What they may be asked for afterwards is below.",
            0,
            "bold",
        )
    _most(out, found)
    _table(out, found)
    if found.openings:
        heading(out, "Offers that could be made, the least telling first")
        for opening in found.openings:
            _offer(out, case, opening)
    elif found.now.position in (None, Position.ANNOUNCED) and not case.owes_warning:
        _no_opening(out, found)
    _asked(out, found)
    _next(out, found)


def offer(out: Console, case: Case, found: Weighed) -> None:
    """Print what one offer would tell."""
    paragraph(out, case.title, 0, "bold")
    paragraph(out, f"An offer to {case.party(case.proposal.to).label}.", 0, "dim")
    out.print()
    verdict = "IT MAY BE OFFERED." if found.may_be_offered else "IT MUST NOT BE OFFERED."
    paragraph(out, f"{verdict} In return: {'; '.join(found.terms.asked)}.", 0, "bold")
    for what, words, answer in (
        ("Told now", found.terms.teaser, found.teaser),
        ("Handed over in the end", found.terms.package, found.package),
    ):
        heading(out, f"{what}: {_named(words)}")
        for sentence in _sentences(case, words):
            paragraph(out, f"“{sentence}”", 4)
        if answer is found.teaser and found.retold:
            paragraph(out, _RETOLD)
            continue
        paragraph(out, _answered(case, answer, words))
        _near(out, case, answer)
        if not goes(answer, words):
            _in_the_way(out, answer)


def _stands(out: Console, found: Bargain) -> None:
    position = found.now.position
    heading(out, f"Where it stands: {position.value if position else 'not begun'}{', LAPSED' if found.lapsed else ''}")
    paragraph(out, STANDS[position])
    for turn, after in found.turns:
        paragraph(out, _turn(found.case, turn, after), _ASIDE, first=f"  {turn.on}")


def _turn(case: Case, turn: Turn, after: Negotiation) -> str:
    parts = [f"{turn.to.value} by {case.party(turn.by).label}"]
    if turn.teaser is not None:
        parts.append(f"told {_named(turn.teaser)}")
    if turn.package is not None:
        parts.append(f"for {_named(turn.package)} in the end")
    if turn.asked is not None:
        parts.append(f"asked: {', '.join(turn.asked) or 'nothing'}")
    if turn.received:
        parts.append(f"came: {', '.join(turn.received)}")
    if turn.until is not None:
        parts.append(f"until {day(turn.until)}")
    return "; ".join(parts) + "."


def _most(out: Console, found: Bargain) -> None:
    heading(out, "The most we may give in the end")
    answer = found.most
    paragraph(out, _decided(found.case, answer), style="bold")
    for sentence in answer.tearline.words:
        paragraph(out, f"“{sentence}”", 4, "bold")
    _near(out, found.case, answer)
    _in_the_way(out, answer)


def _decided(case: Case, found: Assessment) -> str:
    match found.decision:
        case Allow():
            return "It may go:"
        case AllowIf(conditions=conditions):
            return f"It may go if the following holds: {'; '.join(conditions)}."
        case Ask(consult=consult):
            return f"Nothing may go before {listed(case.party(p).label for p in consult)} agrees; then:"
        case Refuse(reasons=reasons):
            return f"Nothing: {reasons[0].text}"


def _in_the_way(out: Console, found: Assessment) -> None:
    """Why not more, or not so much."""
    for obstacle in found.obstacles:
        why = [reason.text for reason in obstacle.reasons] + breach_sentences(found.case, obstacle.breaches)
        if why:
            paragraph(out, f"Not {obstacle.claim} as {obstacle.version}: {why[0]}")


def _table(out: Console, found: Bargain) -> None:
    if found.on_the_table is None:
        return
    package = found.now.terms.package
    heading(out, f"On the table: {_named(package)}")
    if found.may_be_kept:
        paragraph(out, "It may still be handed over, word for word.")
    else:
        paragraph(
            out, f"IT CAN NO LONGER BE KEPT TO. {_answered(found.case, found.on_the_table, package)}", style="bold"
        )
    _near(out, found.case, found.on_the_table)


def _offer(out: Console, case: Case, found: Weighed) -> None:
    verdict = "may be offered" if found.may_be_offered else "MUST NOT BE OFFERED"
    paragraph(out, f"Told now {_named(found.terms.teaser)}, in the end {_named(found.terms.package)}: {verdict}", 2)
    for sentence in _sentences(case, found.terms.teaser):
        paragraph(out, f"“{sentence}”", 4)
    before, after = found.teaser.tearline.value, found.package.tearline.value
    if found.retold:
        paragraph(out, _RETOLD, 4)
    elif found.may_be_offered:
        share = f"; {percent_up(before / after)} of what it is worth is given before anything comes" if after else ""
        paragraph(out, f"The teaser is worth {before:g}, the package {after:g}{share}.", 4)
        _near(out, case, found.teaser, "after the teaser", 4)
    if found.may_be_offered:
        _near(out, case, found.package, "after the package", 4)
        return
    for what, words, answer in (
        ("The teaser", found.terms.teaser, found.teaser),
        ("The package after it", found.terms.package, found.package),
    ):
        if not goes(answer, words) and not (answer is found.teaser and found.retold):
            paragraph(out, f"{what}: {_answered(case, answer, words)}", 4)


def _no_opening(out: Console, found: Bargain) -> None:
    heading(out, "Offers that could be made")
    if isinstance(found.most.decision, Refuse):
        paragraph(out, "None: nothing may be given.")
    else:
        paragraph(
            out, "None: there is nothing vaguer that would be a teaser and no more. It can be given, as a gesture."
        )


def _answered(case: Case, found: Assessment, words: Text) -> str:
    if goes(found, words):
        return "It may go as it is."
    match found.decision:
        case Ask(consult=consult):
            return f"{listed(case.party(p).label for p in consult)} must be asked first."
        case Refuse(reasons=reasons):
            return f"Refused: {reasons[0].text}"
        case AllowIf(conditions=conditions):
            return f"Only if {'; '.join(conditions)}."
    return f"Only {_named(found.tearline.versions)} may go."


def _near(out: Console, case: Case, found: Assessment, when: str = "after it", indent: int = 2) -> None:
    line = nearest(found)
    if line is None:
        paragraph(out, "No limit is touched: nobody who must not work it out would read it.", indent, "dim")
        return
    text = f"{percent_up(line.used)} of the nearest limit is used {when}, {percent_up(line.used_before)} today: "
    text += f"{case.party(line.reader).label}, {_about(case, line)}."
    paragraph(out, text, indent + 12, "dim", first=f"{' ' * indent}{bar(line.used)}")


def _about(case: Case, line: Line) -> str:
    match line.gate:
        case Gate.CROWD:
            return "how many people share the suspicion"
        case Gate.TRIES:
            return "that a few investigations would find the source"
        case Gate.INVESTIGATION:
            return "people worth an investigation"
    return concerning(case, line.about)


def _asked(out: Console, found: Bargain) -> None:
    if not (found.most.in_return or found.now.terms.asked):
        return
    heading(out, "What is asked")
    for wanted in found.now.terms.asked:
        item(out, f"{wanted}: {'has not come' if wanted in found.outstanding else 'has come'} (on the table)")
    for each in found.most.in_return:
        if each.wish not in found.now.terms.asked:
            item(out, f"{wish(each)} (advice)")


def _next(out: Console, found: Bargain) -> None:
    heading(out, "What may follow")
    if found.lapsed:
        paragraph(out, "The offer has lapsed: it can only be closed.", style="bold")
    for move in found.next:
        if not found.lapsed or move.to is Position.CLOSED:
            paragraph(out, _move(found, move), _ASIDE, first=f"  {move.to.value}")
    if not found.next:
        paragraph(out, "Nothing: a warning is given outside it." if found.case.owes_warning else "Nothing.")


def _move(found: Bargain, move: Move) -> str:
    case, now = found.case, found.now
    who = {
        Side.GIVER: case.party(now.giver).label,
        Side.RECEIVER: case.party(now.receiver).label,
        Side.EITHER: "either side",
    }[move.by]
    after = f"; they then know {move.tells}" if move.to is not Position.CLOSED else f"; they go on knowing {move.tells}"
    return f"{who}: {move.says}{after}."


def _named(text: Text) -> str:
    return listed(f"{claim} as {version}" for claim, version in text.items()) if text else "nothing"


def _sentences(case: Case, text: Text) -> list[str]:
    return [case.claim(claim).version(version).text for claim, version in text.items()]
