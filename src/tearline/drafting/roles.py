"""Persons and offices: a named person or one office becomes a senior official, then an official."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tearline.drafting.articles import a, takes_article
from tearline.drafting.spans import GAP, Kind, Level, Proposal, Rung, Span, fitted

_SENIOR_RANKS: Final = (
    rf"Field{GAP}Marshal|(?:(?:Lieutenant|Major|Brigadier){GAP})?General|(?:Lt|Maj)\.?{GAP}Gen\.|Gen\.|"
    rf"(?:(?:Rear|Vice){GAP})?Admiral|Adm\.|Brig\.{GAP}Gen\.|Brigadier|(?:Lieutenant{GAP})?Colonel|Lt\.?{GAP}Col\.|Col\."
)
_RANKS: Final = (
    r"(?:Staff |Master )?(?:Sergeant|Sgt\.)|Spc\.|Cpl\.|Pfc\.|Major|Maj\.|Captain|Capt\.|Commander|Cdr\.|"
    r"Lieutenant|Lt\.|Corporal"
)
_SENIOR_OFFICES: Final = (
    rf"(?:Deputy{GAP}|Vice{GAP}|Acting{GAP}|Former{GAP})?(?:President|Prime{GAP}Minister|"
    rf"(?:(?:Foreign|Defen[cs]e|Interior|Finance|Justice|Oil|Energy|Communications|Home|Press){GAP})?"
    rf"(?:Minister|Secretary)|Chancellor|"
    rf"Governor|Ambassador|Director|Senator|Chairman|King|Emir|Crown{GAP}Prince|Prince)"
)
_PLAIN: Final = r"Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Professor|Prof\.|Sheikh|Judge|Mayor|Inspector"
_PROPER: Final = r"[A-Z][\w'’-]{1,25}"
_ADJECTIVE: Final = (
    rf"(?:(?:U\.?[SKN]\.?|[A-Z][a-z]{{2,12}}(?:an|i|sh|ese|ch)){GAP})?"
    rf"(?:(?:Army|Navy|Air{GAP}Force|Marine{GAP}Corps){GAP})?"
)
_NAMED: Final = re.compile(
    rf"(?<![\w-])(?P<the>[Tt]he{GAP})?{_ADJECTIVE}(?:(?P<senior>{_SENIOR_RANKS})|(?P<rank>{_RANKS})|(?P<office>{_SENIOR_OFFICES})|(?P<plain>{_PLAIN}))"
    rf"{GAP}(?P<name>(?:{_PROPER}|[A-Z]\.)(?:[ ](?:(?:al|bin|de|von|van|el)[ -])?(?:{_PROPER}|[A-Z]\.)){{0,3}})"
    rf"(?<!['’]s)(?!\w)"
)
_HEADS: Final = (
    rf"(?:(?:first|second|deputy|vice|acting|assistant|senior){GAP}){{0,2}}(?:(?:foreign|defen[cs]e|interior|finance|"
    rf"justice|oil|energy|communications|prime){GAP})?(?:minister|head|director|chief|commander|secretary|governor|"
    rf"ambassador|adviser|advisor|chairman|spokesman|attach[eé]|consul|leader|president|chief{GAP}of{GAP}staff|"
    rf"commander-in-chief)"
)
_BODY: Final = (
    r"directorate|ministry|department|brigade|division|battalion|regiment|service|committee|office|bureau|unit|"
    r"intelligence|security|defen[cs]e|council|agency|staff|navy|army|guard|police|centre|center|operations|affairs|"
    r"communications|group|section|force|forces|command|party|bank|company"
)
_OFFICE: Final = re.compile(
    rf"(?<![\w'’-])(?P<owner>[Tt]he|(?:[Tt]he{GAP})?[A-Z][\w-]{{0,25}}['’]s){GAP}(?P<office>{_HEADS})"
    rf"(?:{GAP}(?:of|for|in){GAP}(?:(?:the|its|their|[A-Z][\w-]{{0,25}}['’]s){GAP})?"
    rf"(?:(?:[a-z]{{3,20}}|[A-Z0-9][\w-]{{0,20}}){GAP}){{0,3}}?(?i:{_BODY})(?!{GAP}(?i:{_BODY})\b))?(?![\w'’-])"
)
_DEEP: Final = re.compile(
    rf"(?<![\w'’-])[Aa]n?{GAP}(?:senior{GAP})?(?:official|officer|employee|clerk|adviser){GAP}(?:deep{GAP})?(?:in|of|at|from)"
    rf"{GAP}(?:(?:the|[A-Z][\w-]{{0,25}}['’]s){GAP})?(?:(?:[a-z]{{3,20}}|[A-Z0-9][\w-]{{0,20}}){GAP}){{0,3}}?(?i:{_BODY})(?!{GAP}(?i:{_BODY})\b)(?![\w'’-])"
)
_OF_MORE: Final = re.compile(rf"{GAP}(?:of|for|and){GAP}[\w]")
_MILITARY: Final = frozenset(["commander"])


def roles(text: str) -> Iterator[Proposal]:
    """A ladder for each person with a title, and for each office that one person holds."""
    for found in _NAMED.finditer(text):
        if takes_article(text, found.start()):
            yield _of_person(text, found)
    for found in _OFFICE.finditer(text):
        if not _OF_MORE.match(text, found.end()) and takes_article(text, found.start()):
            soldier = found["office"].split()[-1].lower() in _MILITARY
            yield _proposal(text, found, found[0], "officer" if soldier else "official", "senior ")
    for found in _DEEP.finditer(text):
        if not takes_article(text, found.start()):
            continue
        noun = "officer" if "officer" in found[0] else "official"
        yield _proposal(text, found, found[0], noun, "")


def _of_person(text: str, found: re.Match[str]) -> Proposal:
    if found["plain"]:
        rung = _rung(text, found, "a person", Level.WIDER, "the name is left out")
        return _of(text, found, found["name"], (rung,))
    noun = "official" if found["office"] else "officer"
    return _proposal(text, found, found["name"], noun, "senior " if not found["rank"] else "")


def _proposal(text: str, found: re.Match[str], specific: str, noun: str, senior: str) -> Proposal:
    rungs = []
    if senior:
        rungs.append(_rung(text, found, a(f"{senior}{noun}"), Level.CLOSE, "the person or office is left out"))
    rungs.append(
        _rung(text, found, a(noun), Level.WIDER, "how senior is left out" if senior else "who it is is left out")
    )
    if noun != "official":
        rungs.append(_rung(text, found, "an official", Level.VAGUE, "of which service is left out"))
    return _of(text, found, specific, tuple(rungs))


def _of(text: str, found: re.Match[str], specific: str, rungs: tuple[Rung, ...]) -> Proposal:
    return Proposal(
        kind=Kind.PERSON, specific=specific, spans=(Span(found.start(), _with_office(text, found.end())),), rungs=rungs
    )


def _with_office(text: str, end: int) -> int:
    """Where a name ends with the office that follows it between commas."""
    office = _OFFICE.match(text, end + 2) if text[end : end + 2] == ", " else None
    if office is None or _OF_MORE.match(text, office.end()):
        return end
    return office.end() + (text[office.end() : office.end() + 2] == ", ")


def _rung(text: str, found: re.Match[str], words: str, level: Level, why: str) -> Rung:
    return Rung(level=level, words=(fitted(text, found.start(), words),), why=why)
