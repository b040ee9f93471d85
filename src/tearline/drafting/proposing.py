"""Everything that could be said more vaguely in a text, and the text said so.

Laws, which the tests check: spans quote the text to the letter; no rung holds the specific that it takes away;
what one rung allows the next one allows too; the same text gives the same proposals; time grows with the length
of the text.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from tearline.drafting.clock import times
from tearline.drafting.dates import dates
from tearline.drafting.gazetteer import NOWHERE, Gazetteer
from tearline.drafting.numbers import numbers
from tearline.drafting.organisations import organisations
from tearline.drafting.places import places
from tearline.drafting.quotations import QUOTED, quotations
from tearline.drafting.roles import roles
from tearline.drafting.sentences import sentences
from tearline.drafting.spans import Kind, Level, Proposal, Rung, Span, tokens

TURNS_ROUND: Final = frozenset(
    [
        "not",
        "no",
        "never",
        "nor",
        "neither",
        "none",
        "nobody",
        "nothing",
        "nowhere",
        "without",
        "cannot",
        "unless",
        "except",
        "if",
        "whether",
        "all",
        "every",
        "each",
        "any",
        "everybody",
        "everyone",
        "everything",
        "anybody",
        "anyone",
        "anything",
        "only",
        "few",
        "fewer",
        "unlikely",
        "denied",
        "denies",
        "deny",
    ]
)
"""Words in whose reach vaguer may claim more: `not in the port` does not say `not in the country`."""

_WORD: Final = re.compile(r"\w+(?:['’]t\b)?")
_TIES: Final = {kind: place for place, kind in enumerate(Kind)}


def proposals(text: str, gazetteer: Gazetteer = NOWHERE, written: dt.date | None = None) -> tuple[Proposal, ...]:
    """What could be said more vaguely, in order and apart from each other. Never raises.

    A sentence with a word such as `not`, `only` or `every` gets none: there vaguer may mean more
    (:func:`turned_round` says which). Nor are words changed between quotation marks: that would be a false quotation.

    Args:
        written: When the text was written; dates without a year then have the nearest one.
    """
    barred = [span for span in sentences(text) if turned_round(span.of(text)) or _quotes_on(span.of(text))]
    quoted = [Span(*found.span()) for found in QUOTED.finditer(text)]
    free = _free(_all(text, gazetteer, written), barred)
    apart = _apart(_free(free, quoted, besides=Kind.QUOTATION))
    grouped = _grouped(apart)
    return tuple(_lawful(text, grouped))


def turned_round(sentence: str) -> str:
    """The first word that turns round what follows from what; empty if there is none."""
    for found in _WORD.finditer(sentence):
        word = found[0].lower().replace("’", "'")
        if word in TURNS_ROUND or word.endswith("n't"):
            return found[0]
    return ""


def _all(text: str, gazetteer: Gazetteer, written: dt.date | None) -> Iterator[Proposal]:
    yield from quotations(text)
    dated = list(dates(text, written))
    yield from dated
    yield from _beside([proposal.spans[0] for proposal in dated], times(text))
    yield from roles(text)
    yield from organisations(text)
    yield from places(text, gazetteer)
    yield from numbers(text)


def _beside(spans: list[Span], found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Those that meet none of ``spans``, which stand apart and in order: a time of day goes with its date."""
    for proposal in found:
        at = bisect_left(spans, proposal.spans[0])
        if not any(span.meets(proposal.spans[0]) for span in spans[max(0, at - 1) : at + 1]):
            yield proposal


def _quotes_on(sentence: str) -> bool:
    """Whether a quotation begins before the sentence or goes on behind it."""
    return sentence.count('"') % 2 == 1 or sentence.count("“") != sentence.count("”")


def _free(found: Iterable[Proposal], barred: list[Span], besides: Kind | None = None) -> list[Proposal]:
    """Those outside the barred stretches, and those of one kind anywhere."""
    ordered = sorted(found, key=lambda one: (one.spans[0].start, _TIES[one.kind], -one.spans[0].end))
    kept, at = [], 0
    for proposal in ordered:
        span = proposal.spans[0]
        while at < len(barred) and barred[at].end <= span.start:
            at += 1
        if proposal.kind is besides or at == len(barred) or not barred[at].meets(span):
            kept.append(proposal)
    return kept


def _apart(ordered: list[Proposal]) -> list[Proposal]:
    """Of those that overlap the one that begins first; of those that begin together the first by kind."""
    kept: list[Proposal] = []
    for proposal in ordered:
        if not kept or kept[-1].spans[0].end <= proposal.spans[0].start:
            kept.append(proposal)
    return kept


def _grouped(found: list[Proposal]) -> list[Proposal]:
    """One proposal for each specific; the same specific is replaced everywhere, where the ladders agree."""
    groups: dict[tuple[Kind, tuple[str, ...]], list[Proposal]] = {}
    for proposal in found:
        groups.setdefault((proposal.kind, tokens(proposal.specific)), []).append(proposal)
    return sorted((_merged(group) for group in groups.values()), key=lambda one: one.spans[0])


def _merged(group: list[Proposal]) -> Proposal:
    first = group[0]
    shared = [rungs for rungs in zip(*(one.rungs for one in group), strict=False) if len({r.level for r in rungs}) == 1]
    rungs = tuple(attrs.evolve(same[0], words=tuple(one.words[0] for one in same)) for same in shared)
    return attrs.evolve(first, spans=tuple(one.spans[0] for one in group), rungs=rungs)


def _lawful(text: str, found: list[Proposal]) -> Iterator[Proposal]:
    """Without the rungs that would still hold the specific, and the proposals that leave it elsewhere."""
    wanted = {len(tokens(one.specific)) for one in found}
    words = tokens(text)
    counts = {n: Counter(words[at : at + n] for at in range(len(words) - n + 1)) for n in wanted if 0 < n <= 40}
    for proposal in found:
        specific = tokens(proposal.specific)
        inside = sum(_times(specific, tokens(span.of(text))) for span in proposal.spans)
        everywhere = counts.get(len(specific), Counter())[specific] if len(specific) <= 40 else inside
        rungs = tuple(rung for rung in proposal.rungs if not any(_times(specific, tokens(w)) for w in rung.words))
        if rungs and specific and everywhere == inside:
            yield attrs.evolve(proposal, rungs=rungs)


def _times(wanted: tuple[str, ...], words: tuple[str, ...]) -> int:
    """How often one row of words stands in another."""
    return sum(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def said(text: str, chosen: Mapping[Proposal, Rung]) -> str:
    """``text`` with each chosen rung in place of its specific."""
    parts = sorted(
        (span, words)
        for proposal, rung in chosen.items()
        for span, words in zip(proposal.spans, rung.words, strict=True)
    )
    whole, at = [], 0
    for span, words in parts:
        whole += [text[at : span.start], words]
        at = span.end
    return "".join([*whole, text[at:]])


@attrs.frozen(kw_only=True)
class Vaguer:
    """A whole claim said more vaguely: every specific as far as its level allows.

    Attributes:
        why: What was given up, each reason once.
    """

    level: Level
    text: str
    why: tuple[str, ...]


def ladder(text: str, found: tuple[Proposal, ...]) -> tuple[Vaguer, ...]:
    """The claim in vaguer versions, from close to faint, without repetitions; none where nothing was found."""
    versions: list[Vaguer] = []
    seen = {text}
    for level in Level:
        chosen = {proposal: rung for proposal in found if (rung := proposal.at(level))}
        words = _without_echo(said(text, chosen))
        if words not in seen and not _left(words, chosen):
            why = dict.fromkeys(f"“{one.specific}”: {rung.why}" for one, rung in chosen.items())
            versions.append(Vaguer(level=level, text=words, why=tuple(why)))
            seen.add(words)
    return tuple(versions)


_THERE_AND_BACK: Final = re.compile(r"\b([Ff])rom ((?:the )?\w{3,20}(?: \w{3,20}){0,3}) to \2\b(?! [A-Z])")
_TWICE: Final = re.compile(
    r"\b([Ii]n(?: or near)? (?:the )?\w{3,20}(?: \w{3,20}){0,3})(?:,| and| and in)? (?:\1)\b(?! [A-Z])"
)


def _without_echo(text: str) -> str:
    """`from Syria to Syria` is `within Syria`; `in Syria and in Syria` is said once."""
    within = _THERE_AND_BACK.sub(lambda found: f"{'W' if found[1] == 'F' else 'w'}ithin {found[2]}", text)
    return _TWICE.sub(r"\1", within)


def _left(words: str, chosen: Iterable[Proposal]) -> bool:
    """Whether a specific has come back by the words for another."""
    left = tokens(words)
    return any(_times(tokens(proposal.specific), left) for proposal in chosen)
