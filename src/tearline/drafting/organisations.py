"""Organisations: a unit becomes what sort of body it is, then its state's body or just a body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tearline.drafting.articles import a, takes_article
from tearline.drafting.spans import GAP, Kind, Level, Proposal, Rung, Span, fitted

_SORTS: Final = {
    "a government ministry": "Ministry Department Secretariat",
    "a government agency": "Agency Bureau Directorate Authority Commission Administration Inspectorate",
    "an intelligence service": "Intelligence Mukhabarat",
    "a military unit": (
        "Brigade Division Battalion Regiment Corps Squadron Fleet Flotilla Platoon Garrison Command Wing"
    ),
    "a security force": "Police Guard Gendarmerie Guards",
    "a financial institution": "Bank",
    "a research institution": "University Institute Laboratory Academy Observatory",
    "a company": "Corporation Ltd Limited Inc GmbH Industries Holdings Airlines",
    "a political party": "Party",
    "an armed group": "Militia Brigades",
}
_STATE: Final = frozenset(
    ("a government ministry", "a government agency", "an intelligence service", "a security force", "a military unit")
)
_SORT_OF: Final = {word: sort for sort, words in _SORTS.items() for word in words.split()}
_HEAD: Final = "|".join(sorted(_SORT_OF, key=len, reverse=True))
_PART: Final = r"(?:(?:[A-Z]\.){2,3}|[A-Z0-9][\w'’&-]{0,25}|&)"
_NAMED: Final = re.compile(
    rf"(?<![\w'’-])(?P<the>[Tt]he{GAP})?(?P<before>(?:{_PART}{GAP}){{0,4}})(?P<head>{_HEAD})"
    rf"(?P<after>{GAP}(?:of|for){GAP}(?:the{GAP})?(?:{_PART}{GAP}(?:and{GAP})?){{0,3}}?[A-Z][\w-]{{2,25}}(?:{GAP}Affairs)?)?"
    rf"(?![\w-]|,?{GAP}(?:[A-Z0-9]|of\b|for\b))"
)
_LOWER: Final = re.compile(
    rf"(?<![\w'’-])(?P<owner>(?:[Tt]he{GAP})?[A-Z][\w-]{{0,25}}['’]s|[Ii]ts|[Tt]heir|[Tt]he){GAP}(?P<before>(?:operations|"
    rf"signals|cipher|security|intelligence|counter-intelligence|procurement|logistics|technical|internal|external|"
    rf"foreign|defen[cs]e|interior|communications|special|naval|border){GAP})(?P<head>directorate|department|service|"
    rf"ministry|branch|section|office|unit|bureau|agency)(?![\w-]|{GAP}(?:of|for)\b)"
)
_LOWER_SORT: Final = {
    "ministry": "a ministry",
    "unit": "a unit",
    "service": "a service",
    "agency": "an agency",
}
_KNOWN: Final = {
    word: sort
    for sort, words in {
        "an intelligence service": "GRU FSB SVR KGB CIA MI5 MI6 SIS DGSE DGSI BND Mossad ISI MSS MOIS Stasi Securitate",
        "a signals intelligence service": "NSA GCHQ",
        "a security force": "IRGC FBI",
    }.items()
    for word in words.split()
}
_ACRONYM: Final = re.compile(rf"(?<![\w'’-])(?P<the>[Tt]he{GAP})?(?P<name>{'|'.join(_KNOWN)})(?![\w-]|{GAP}[A-Z])")


def organisations(text: str) -> Iterator[Proposal]:
    """A ladder for each organisation whose name says what sort of body it is, and for well-known services."""
    for found in _NAMED.finditer(text):
        owner = re.match(r"([A-Z][\w-]{0,25})['’]s\b", found["before"])
        if (
            text[max(0, found.start() - 2) : found.start()] == ", "
            or not (found["before"].strip() or found["after"])
            or (owner and found["the"])
        ):
            continue
        if not takes_article(text, found.start()):
            continue
        sort = _SORT_OF[found["head"]]
        yield _proposal(text, found, found[0].removeprefix(found["the"] or ""), sort, sort in _STATE)
    for found in _LOWER.finditer(text):
        if not takes_article(text, found.start()):
            continue
        sort = _LOWER_SORT.get(found["head"], a(found["head"]))
        yield _proposal(text, found, f"{found['before']}{found['head']}", sort, True)
    for found in _ACRONYM.finditer(text):
        if takes_article(text, found.start()):
            yield _proposal(text, found, found["name"], _KNOWN[found["name"]], True)


def _proposal(text: str, found: re.Match[str], specific: str, sort: str, of_state: bool) -> Proposal:
    rungs = [_rung(text, found, sort, Level.CLOSE, "which body is left out")]
    rungs.append(
        _rung(text, found, "a state body", Level.VAGUE, "what sort of body is left out")
        if of_state
        else _rung(text, found, "an organisation", Level.VAGUE, "what sort of body is left out")
    )
    return Proposal(kind=Kind.ORGANISATION, specific=specific, spans=(Span(*found.span()),), rungs=tuple(rungs))


def _rung(text: str, found: re.Match[str], words: str, level: Level, why: str) -> Rung:
    return Rung(level=level, words=(fitted(text, found.start(), words),), why=why)
