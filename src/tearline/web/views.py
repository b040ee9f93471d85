"""What a page shows, in words: answers of the engines turned into plain text, ready for a template."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import attrs
from markupsafe import Markup

from tearline.assess.answer import Assessment, Consultation, ReaderAccount, Text
from tearline.assess.decide import limits_of_use
from tearline.assess.frontiers import Choice
from tearline.assess.phrases import IF_IT_LEAKS, IF_PRESSED, concerning, listed
from tearline.assess.telling import breach_sentences, comes_to_read, day, mover, pointing, together, way
from tearline.assess.what_if import Tried
from tearline.domain import Allow, AllowIf, Ask, Case, Claim, ClaimId, Refuse, VersionId
from tearline.domain.estimative import percent_down, percents, words
from tearline.exposure.account import Line
from tearline.exposure.worlds import Gate
from tearline.web import pictures
from tearline.web.marking import Marks, as_written, marked_words, marks

FIELD = "say."
"""How the field of a claim is called in forms and addresses: this and its id."""

NEAR = 0.8
"""From this share on a limit is called near."""

SIGNS = {"inside": "✓", "near": "▲", "over": "✕", "plain": "i"}
"""What stands beside a colour."""


def prose(text: str) -> Markup:
    """A sentence with its names in backticks set apart."""
    parts = re.split(r"`([^`]*)`", " ".join(text.split()))
    return Markup("").join(Markup("<code>{}</code>").format(p) if i % 2 else p for i, p in enumerate(parts))


def address(text: Text, case: Case) -> str:
    """The page on which ``text`` is tried."""
    fields = {f"{FIELD}{claim.id}": text.get(claim.id, "") for claim in case.claims if _on_page(case, claim, text)}
    return f"/?{urlencode(fields)}#try"


def _on_page(case: Case, claim: Claim, text: Text) -> bool:
    return claim.id in case.proposal.claims or claim.id in text


# --- the answer ------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Headline:
    """The answer in a line."""

    word: str
    tone: str
    sentence: str
    because: str
    conditions: tuple[str, ...]


def headline(found: Assessment) -> Headline:
    """The answer: may it go, and what hangs on it."""
    case = found.case
    to, purpose = case.party(case.proposal.to).label, case.proposal.purpose.value
    because = found.decision.reasons[0].text
    match found.decision:
        case Allow():
            return Headline(
                word="Allow",
                tone="inside",
                sentence=f"This may go to {to} ({purpose}).",
                because=because,
                conditions=(),
            )
        case AllowIf(conditions=conditions):
            sentence = f"This may go to {to} ({purpose}) once what is listed here holds."
            return Headline(word="Allow if", tone="near", sentence=sentence, because=because, conditions=conditions)
        case Ask(consult=consult, conditions=conditions):
            whom = listed(case.party(p).label for p in consult)
            sentence = f"With the consent of {whom} this may go to {to} ({purpose})."
            word = f"Ask {whom} first"
            return Headline(word=word, tone="near", sentence=sentence, because=because, conditions=conditions)
        case Refuse(harm_of_silence=harm, owner=owner, review_on=on):
            review = f" Look at it again by {day(on)}." if on else ""
            because = f"{because} What silence may cost: {harm}. Owned by {owner}.{review}"
            sentence = f"Nothing may go to {to}."
            return Headline(word="Refuse", tone="over", sentence=sentence, because=because, conditions=())


# --- the ladders -------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Rung:
    """One version on a ladder; ``version`` is empty for the last one, on which nothing is said."""

    version: str
    mark: str
    text: str
    value: float
    chosen: bool
    recommended: bool
    proposed: bool


@attrs.frozen(kw_only=True)
class Ladder:
    """One claim and every way to say it, the most exact first."""

    claim: str
    field: str
    about: str
    rungs: tuple[Rung, ...]


def ladders(found: Assessment, text: Text) -> tuple[Ladder, ...]:
    """The ladder of every claim that is proposed or tried."""
    return tuple(_ladder(found, claim, text) for claim in found.case.claims if _on_page(found.case, claim, text))


def _ladder(found: Assessment, claim: Claim, text: Text) -> Ladder:
    case, recommended, chosen = found.case, found.tearline.versions.get(claim.id), text.get(claim.id)
    most = case.proposal.claims.get(claim.id)
    exactest = 0 if most is None else claim.rank(most)
    rungs = [
        Rung(
            version=str(version.id),
            mark=as_written(claim, version.id),
            text=version.text,
            value=version.value,
            chosen=version.id == chosen,
            recommended=version.id == recommended,
            proposed=claim.id in case.proposal.claims and rank >= exactest,
        )
        for rank, version in enumerate(claim.versions)
    ]
    silent = Rung(
        version="", mark="", text="", value=0, chosen=chosen is None, recommended=recommended is None, proposed=True
    )
    origin = listed(f"{s.id} ({s.kind.value})" for s in case.sources_of(claim)) if claim.sources else "no source named"
    return Ladder(
        claim=str(claim.id),
        field=f"{FIELD}{claim.id}",
        about=f"From {origin}" + (f"; credibility {claim.credibility} of 6" if claim.credibility else ""),
        rungs=(*rungs, silent),
    )


# --- what a text would mean -----------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Limit:
    """One limit of one reader."""

    tone: str
    sign: str
    what: str
    change: str
    figures: str
    gauge: Markup


@attrs.frozen(kw_only=True)
class Reader:
    """Readers for whom the same comes out."""

    who: str
    comes: tuple[str, ...]
    counts: bool
    limits: tuple[Limit, ...]
    more: tuple[Limit, ...]


@attrs.frozen(kw_only=True)
class Trial:
    """What one text would mean."""

    word: str
    tone: str
    sign: str
    binding: str
    value: float
    held: float
    people: str
    words: tuple[tuple[str, str], ...]
    marks: Marks | None
    problems: tuple[str, ...]
    ask: str
    conditions: tuple[str, ...]
    readers: tuple[Reader, ...]
    is_recommended: bool
    is_proposed: bool


FIRST_LIMITS = 3
"""So many limits of a reader are shown at once; the rest is one step away."""


def trial(found: Assessment, tried: Tried) -> Trial:
    """The text that is tried, in words."""
    case = found.case
    is_recommended = dict(tried.text) == dict(found.tearline.versions)
    ask = listed(case.party(p).label for p in tried.ask) if tried.ask else ""
    problems = (*tried.forbidden, *breach_sentences(case, tried.breaches))
    word, tone = _standing(tried, ask, is_recommended)
    worst = _nearest(tried)
    return Trial(
        word=word,
        tone=tone,
        sign=SIGNS[tone],
        binding=_binding(case, worst),
        value=tried.value,
        held=sum(said.held for said in tried.said),
        people=_people(tried),
        words=marked_words(case, tried.text, tried.banner),
        marks=marks(tried.banner),
        problems=problems,
        ask=ask,
        conditions=tried.conditions,
        readers=tuple(_readers(case, tried)),
        is_recommended=is_recommended,
        is_proposed=dict(case.proposal.claims) == dict(tried.text),
    )


def _standing(tried: Tried, ask: str, is_recommended: bool) -> tuple[str, str]:
    if not tried.text:
        return "Nothing is said, so nothing more is given away.", "plain"
    if tried.breaches and is_recommended:  # only a duty to warn lets a text beyond a limit be recommended
        return "It passes a limit. People are in danger, so it may go all the same once that is signed.", "near"
    if tried.breaches:
        return "Too exact: a reader could work out too much.", "over"
    if tried.forbidden:
        return "A rule stands in the way.", "over"
    if not tried.serves:
        return "Inside every limit, but too little to be worth sending.", "near"
    if ask:
        return f"Inside every limit. {ask} must agree first.", "near"
    if tried.conditions:
        return "Inside every limit, on conditions.", "near"
    return "Inside every limit.", "inside"


def _binding_lines(tried: Tried) -> list[tuple[ReaderAccount, Line]]:
    return [(r, line) for r in tried.readers if r.listener.binds for line in r.lines]


def _nearest(tried: Tried) -> tuple[ReaderAccount, Line] | None:
    """The limit that binds: broken, or the most used."""
    counting = [(r, n) for r, n in _binding_lines(tried) if n.gate is not Gate.INVESTIGATION or n.after.hi]
    return max(counting, key=lambda each: (each[1].broken, each[1].used), default=None)


def _binding(case: Case, worst: tuple[ReaderAccount, Line] | None) -> str:
    if worst is None:
        return "No reader counts against whom a limit must hold."
    reader, line = worst
    return f"The limit that binds: {_what(case, line, reader.listener.party.label)}"


def _people(tried: Tried) -> str:
    crowds = [line for _, line in _binding_lines(tried) if line.gate is Gate.CROWD]
    if not crowds:
        return ""
    line = min(crowds, key=lambda n: n.after.lo)
    left = f"{line.after.lo:,.0f} would be left (at least {line.allowed:,.0f} must)"
    return f"{line.before.lo:,.0f} people shared the suspicion; {left}."


def _readers(case: Case, tried: Tried) -> list[Reader]:
    ordered = sorted(tried.readers, key=lambda r: (not r.listener.binds, not r.listener.party.hostile))
    found = []
    for alike in together(ordered, lambda r: (r.listener.binds, r.listener.knows, _figures(r))):
        first = alike[0]
        lines = sorted(first.lines, key=lambda n: (not n.broken, n.before == n.after, -n.used))
        telling = [line for line in lines if line.gate is not Gate.INVESTIGATION or line.after.hi]
        limits = tuple(_limit(case, line) for line in telling)
        shown = FIRST_LIMITS if first.listener.binds else 0
        found.append(
            Reader(
                who=listed(r.listener.party.label for r in alike),
                comes=tuple(comes_to_read(case, r.listener) for r in alike),
                counts=first.listener.binds,
                limits=limits[:shown],
                more=limits[shown:] if not first.listener.knows else (),
            )
        )
    return found


def _figures(reader: ReaderAccount) -> object:
    return [(n.gate, n.about, n.before, n.after, n.allowed) for n in reader.lines]


def _what(case: Case, line: Line, who: str) -> str:
    if line.gate is Gate.CROWD:
        return f"how many people share the suspicion of {who}."
    if line.gate is Gate.INVESTIGATION:
        return f"how many people {who} would find worth an investigation."
    if line.gate is Gate.TRIES:
        return f"that {who} would find the source by a few investigations."
    return f"{who} could believe {concerning(case, line.about)}."


def _limit(case: Case, line: Line) -> Limit:
    share, before = line.used, line.used_before
    tone = "over" if line.broken else "near" if share >= NEAR else "inside"
    if line.gate is Gate.CROWD:
        what = "how many people share the suspicion"
        change = f"{line.before.lo:,.0f} before, {line.after.lo:,.0f} after"
        figures = f"at least {line.allowed:,.0f} must be left"
    elif line.gate is Gate.INVESTIGATION:
        what = "people worth an investigation"
        change = f"{line.before.hi:,.0f} before, {line.after.hi:,.0f} after"
        figures = f"at most {line.allowed:,.0f} more may become so"
    else:
        tries = line.gate is Gate.TRIES
        what = "a few investigations would find the source" if tries else concerning(case, line.about)
        then, now = words(line.before.lo, line.before.hi), words(line.after.lo, line.after.hi)
        change = f"{now}, as before" if then == now else f"{then} before, {now} after"
        figures = (
            f"{percents(line.before.lo, line.before.hi)} before, {percents(line.after.lo, line.after.hi)} after; "
            f"limit {percent_down(line.allowed)}"
        )
    word = {"over": "over the limit", "near": "near the limit", "inside": "inside the limit"}[tone]
    told = f"{what}: {word}, {share:.0%} of it used, {before:.0%} before"
    return Limit(
        tone=tone,
        sign=f"{SIGNS[tone]} {word}",
        what=what[0].upper() + what[1:],
        change=change,
        figures=figures,
        gauge=pictures.gauge(told, share, before, tone),
    )


# --- the words against the original ---------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Piece:
    """Some words: ``same``, ``gone`` or ``new``."""

    kind: str
    text: str


def differences(case: Case, tried: Tried) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    """Each claim, and how its words differ from the report as collected."""
    return tuple(
        (str(said.claim), _difference(case.claim(said.claim).versions[0].text, said.text)) for said in tried.said
    )


def _difference(before: str, after: str) -> tuple[Piece, ...]:
    old, new = (re.findall(r"\s+|[\w'\u2019]+|[^\w\s]", text) for text in (before, after))
    found = []
    for kind, i, j, k, n in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece(kind="same", text="".join(old[i:j])))
            continue
        found += [Piece(kind=k_, text="".join(t)) for k_, t in (("gone", old[i:j]), ("new", new[k:n])) if t]
    return tuple(found)


# --- why not more, what would help, whom to ask -----------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Way:
    """A way to a better answer, and the page on which its words can be tried; empty: there is none."""

    text: str
    href: str


@attrs.frozen(kw_only=True)
class Question:
    """Whom to ask, and with what words."""

    who: str
    covers: str
    reasons: tuple[str, ...]
    words: tuple[str, ...]
    besides: tuple[str, ...]


def why_not_more(found: Assessment) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """For each claim the first more exact version that cannot go: its name, where to try it, and why."""
    return tuple(
        (
            f"{obstacle.claim} as {obstacle.version}",
            address({**found.tearline.versions, obstacle.claim: obstacle.version}, found.case),
            (*(r.text for r in obstacle.reasons), *breach_sentences(found.case, obstacle.breaches)),
        )
        for obstacle in found.obstacles
    )


def better(found: Assessment) -> tuple[Way, ...]:
    """Ways to a better answer, the best first."""
    ways = []
    for each in found.better:
        then: dict[ClaimId, VersionId] = {s.claim: s.version for s in each.said if s.version}
        ways.append(Way(text=way(each), href=address(then, found.case) if then else ""))
    return tuple(ways)


def questions(found: Assessment) -> tuple[Question, ...]:
    """Everybody to ask."""
    return tuple(_question(found.case, asked) for asked in found.asked)


def _question(case: Case, asked: Consultation) -> Question:
    besides = []
    if asked.asked_on:
        until = f", and it has until {day(asked.due)}; silence is a no" if asked.due else ""
        besides.append(f"It was asked on {day(asked.asked_on)}{until}.")
    else:
        besides += pointing(case, asked)
    besides += [
        f"It is not on record that it agreed to what {case.party(to).label} was told on {day(on)}."
        for on, to in asked.told_before
    ]
    if asked.could_stop:
        besides.append(f"If it is not asked it could stop: {'; '.join(asked.could_stop)}.")
    return Question(
        who=case.party(asked.party).label,
        covers=listed(f"{claim} as {version}" for claim, version in asked.covers),
        reasons=tuple(dict.fromkeys(r.text for r in asked.reasons)),
        words=asked.question,
        besides=tuple(besides),
    )


def to_check(found: Assessment) -> tuple[str, ...]:
    """What to go and check, because it moves the answer."""
    return tuple(mover(found.case, each) for each in found.movers)


def terms(found: Assessment) -> tuple[str, ...]:
    """What the recipient may not do; nothing after a refusal."""
    return () if isinstance(found.decision, Refuse) else limits_of_use(found.case, found.tearline)


def spoken(found: Assessment) -> tuple[tuple[str, str], ...]:
    """Words to speak when asked."""
    pressed = ("If pressed", IF_PRESSED)
    return (pressed,) if isinstance(found.decision, Refuse) else (pressed, ("If it leaks", IF_IT_LEAKS))


def choices(case: Case, found: Sequence[Choice]) -> tuple[tuple[str, Text, Choice], ...]:
    """Every text of the frontier: its name, what it says, and its figures."""
    named = []
    for choice in found:
        text: Mapping[ClaimId, VersionId] = {s.claim: s.version for s in choice.said if s.version}
        name = listed(f"{claim} as {version}" for claim, version in text.items()) if text else "nothing"
        named.append((name, text, choice))
    return tuple(named)
