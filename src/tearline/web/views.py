"""What a page shows, in words: answers of the engines turned into plain text, ready for a template."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import attrs
from markupsafe import Markup

from tearline.assess.answer import Assessment, Consultation, Lever, Text
from tearline.assess.decide import limits_of_use
from tearline.assess.frontiers import Choice
from tearline.assess.phrases import IF_IT_LEAKS, IF_PRESSED, listed
from tearline.assess.telling import breach_sentences, day, mover, pointing, way
from tearline.assess.what_if import Tried
from tearline.domain import Allow, AllowIf, Ask, Case, Claim, ClaimId, Refuse, VersionId
from tearline.web.limits import SIGNS, Reader, binding, people_left, readers
from tearline.web.marking import Marks, as_written, marked_words, marks

FIELD = "say."
"""How the field of a claim is called in forms and addresses: this and its id."""


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
            )
        case AllowIf():
            sentence = f"This may go to {to} ({purpose}) once what is listed here holds."
            return Headline(word="Allow if", tone="near", sentence=sentence, because=because)
        case Ask(consult=consult):
            whom = listed(case.party(p).label for p in consult)
            sentence = f"With the consent of {whom} this may go to {to} ({purpose})."
            word = f"Ask {whom} first"
            return Headline(word=word, tone="near", sentence=sentence, because=because)
        case Refuse(harm_of_silence=harm, owner=owner, review_on=on):
            review = f" Look at it again by {day(on)}." if on else ""
            because = f"{because} What silence may cost: {harm}. Owned by {owner}.{review}"
            sentence = f"Nothing may go to {to}."
            return Headline(word="Refuse", tone="over", sentence=sentence, because=because)


# --- the ladders -------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Rung:
    """One version on a ladder; ``version`` is empty for the last one, on which nothing is said.

    Attributes:
        barred: Whether it would not pass, the other claims being as recommended.
    """

    version: str
    mark: str
    text: str
    value: float
    chosen: bool
    recommended: bool
    proposed: bool
    barred: bool


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
            barred=_is_barred(found, claim, rank),
        )
        for rank, version in enumerate(claim.versions)
    ]
    silent = Rung(
        version="",
        mark="",
        text="",
        value=0,
        chosen=chosen is None,
        recommended=recommended is None,
        proposed=True,
        barred=False,
    )
    origin = listed(f"{s.id} ({s.kind.value})" for s in case.sources_of(claim)) if claim.sources else "no source named"
    return Ladder(
        claim=str(claim.id),
        field=f"{FIELD}{claim.id}",
        about=f"From {origin}" + (f"; credibility {claim.credibility} of 6" if claim.credibility else ""),
        rungs=(*rungs, silent),
    )


def _is_barred(found: Assessment, claim: Claim, rank: int) -> bool:
    """Whether a version would not pass, the other claims being as recommended, as far as the answer shows it.

    It shows the first more exact one. Beyond that, where the best text is proved to be the best, whatever is
    worth more cannot pass, or it would be in it.
    """
    first = next((o.version for o in found.obstacles if o.claim == claim.id), None)
    if first is None or rank > claim.rank(first):
        return False
    text, kept = found.tearline, found.tearline.versions.get(claim.id)
    worth = 0.0 if kept is None else claim.version(kept).value
    is_best = text.proved and text.serves and not isinstance(found.decision, Refuse)
    return rank == claim.rank(first) or (is_best and claim.versions[rank].value > worth)


# --- what a text would mean -----------------------------------------------------------------------------------


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


def trial(found: Assessment, tried: Tried) -> Trial:
    """The text that is tried, in words."""
    case = found.case
    is_recommended = dict(tried.text) == dict(found.tearline.versions)
    ask = listed(case.party(p).label for p in tried.ask) if tried.ask else ""
    problems = (*tried.forbidden, *breach_sentences(case, tried.breaches))
    word, tone = _standing(tried, ask, is_recommended)
    return Trial(
        word=word,
        tone=tone,
        sign=SIGNS[tone],
        binding=binding(case, tried.readers),
        value=tried.value,
        held=sum(said.held for said in tried.said),
        people=people_left(tried.readers),
        words=marked_words(case, tried.text, tried.banner),
        marks=marks(tried.banner),
        problems=problems,
        ask=ask,
        conditions=tried.conditions,
        readers=readers(case, tried),
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

    lever: Lever
    text: str
    href: str


@attrs.frozen(kw_only=True)
class Question:
    """Whom to ask, and with what words."""

    party: str
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
        ways.append(Way(lever=each.lever, text=way(each), href=address(then, found.case) if then else ""))
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
        party=str(asked.party),
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
