"""What in a report points at its source: exact times, quoted words, a vantage, what only few could know.

A telltale is a remark, never a verdict: what has none may still betray somebody, and what has one may be harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final

import attrs

from tearline.drafting.clock import TIME
from tearline.drafting.proposing import turned_round
from tearline.drafting.quotations import QUOTED
from tearline.drafting.sentences import sentences
from tearline.drafting.spans import GAP, Span


class Sign(Enum):
    """In what way words point at a source."""

    TIME = "exact time"
    QUOTATION = "quotation"
    VANTAGE = "vantage"
    FIRST_PERSON = "first person"
    SECRECY = "closely held"
    SINGULAR = "singular"
    IDENTIFIER = "identifier"
    CODE_NAME = "code name"
    DESIGNATION = "designation"
    METHOD = "method"
    TURNED_ROUND = "turned round"


WHY: Final = {
    Sign.TIME: "only who was there, or read the message, knows the minute",
    Sign.QUOTATION: "verbatim words betray whoever heard or read them",
    Sign.VANTAGE: "it says from where it was seen or heard, and so by whom",
    Sign.FIRST_PERSON: "it speaks as the source speaks",
    Sign.SECRECY: "it says itself that few knew",
    Sign.SINGULAR: "what is the only or the greatest of its kind singles out who could know it",
    Sign.IDENTIFIER: "it can be looked up, and few had it",
    Sign.CODE_NAME: "only who is read in knows the name",
    Sign.DESIGNATION: "a number or a name of a unit, room or flight is known to few",
    Sign.METHOD: "it says how it was got",
    Sign.TURNED_ROUND: "vaguer words may claim more here, not less, so none are proposed",
}
"""Why it points at a source."""

DO: Final = {
    Sign.TIME: "say the part of the day, or only the day",
    Sign.QUOTATION: "say in other words what it came to",
    Sign.VANTAGE: "say what is the case, not how it was perceived",
    Sign.FIRST_PERSON: "say it as a fact, or as reported",
    Sign.SECRECY: "leave it out; the circle is for `known`, not for the text",
    Sign.SINGULAR: "say what it is without comparing",
    Sign.IDENTIFIER: "leave it out, unless the recipient can act on nothing less",
    Sign.CODE_NAME: "say what it is about instead",
    Sign.DESIGNATION: "say what sort of unit, place or vehicle it is",
    Sign.METHOD: "leave it out",
    Sign.TURNED_ROUND: "write the vaguer words by hand, and check that the exact ones imply them",
}
"""What to do about it."""


@attrs.frozen(kw_only=True)
class Telltale:
    """Words that point at a source."""

    sign: Sign
    span: Span
    words: str

    @property
    def why(self) -> str:
        """Why it points at a source."""
        return WHY[self.sign]

    @property
    def do(self) -> str:
        """What to do about it."""
        return DO[self.sign]


def _any(*phrases: str) -> re.Pattern[str]:
    spaced = (phrase.replace(" ", GAP) for phrase in phrases)
    return re.compile(rf"(?<![\w'’-])(?:{'|'.join(spaced)})(?![\w'’-])", re.IGNORECASE)


_MINUTES: Final = r"(?:[0-9]{1,2}(?:\.\d{1,4})?['′’][ ]?(?:[0-9]{1,2}(?:\.\d{1,4})?[\"″”][ ]?)?)?"
_PATTERNS: Final = (
    (Sign.TIME, re.compile(rf"(?<![\w.:/])(?:(?:exactly|precisely){GAP})?{TIME}(?![\w:])")),
    (Sign.TIME, re.compile(r"(?<!\w)[0-3]\d[0-2]\d[0-5]\d[A-Z](?!\w)")),
    (Sign.QUOTATION, QUOTED),
    (
        Sign.VANTAGE,
        _any(
            r"from where (?:I|he|she|they|we) (?:stood|sat|was|were)",
            r"in the (?:same )?(?:room|car|corridor|building|compound|vehicle)",
            r"(?:I|he|she|they|we|the source|source) (?:personally )?"
            r"(?:saw|heard|overheard|watched|noticed|observed|witnessed)",
            r"(?:was|were|been) (?:overheard|seen|observed|present|eavesdropped)",
            r"overheard",
            r"eye-?witness(?:es|ed)?",
            r"in (?:my|his|her|their|the source's) presence",
            r"(?:with|before) (?:my|his|her|their) own eyes",
            r"(?:who|which) (?:attended|was present|were present|took part)",
            r"(?:told|confided to|confided in|informed) (?:me|us|the source|source)",
            r"visible from",
            r"at the table",
            r"behind (?:him|her|them|me|closed doors)",
        ),
    ),
    (Sign.FIRST_PERSON, re.compile(r"(?<![\w'’.-])(?:I(?:['’](?:m|ve|d|ll))?|me|my|myself|mine)(?![\w'’.-])")),
    (
        Sign.SECRECY,
        _any(
            r"closely held",
            r"in (?:strict |strictest )?confidence",
            r"known (?:only )?to (?:only )?(?:a few|few|a handful|a small circle)",
            r"(?:a )?small circle",
            r"inner circle",
            r"(?:only )?a handful",
            r"secret(?:ly)?(?: meeting| session| order| instruction)?",
            r"confidentially",
            r"private(?:ly)?",
            r"nobody else",
            r"no one else",
            r"has not been announced",
            r"not yet (?:public|announced|known)",
            r"unpublished",
        ),
    ),
    (
        Sign.SINGULAR,
        _any(
            r"the only(?: \w{2,20})?",
            r"(?:the )?sole(?: \w{2,20})?",
            r"the first(?: ever| time)?",
            r"never before",
            r"unique(?:ly)?",
            r"the (?:most|least) \w{3,20}",
            r"the (?:larg|small|old|young|high|low|long|short|great|new|clos|near|strong|weak|rich|fast|deep|bigg)est",
            r"alone",
        ),
    ),
    (Sign.IDENTIFIER, re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")),
    (Sign.IDENTIFIER, re.compile(r"(?<!\w)(?:https?://|www\.)[^\s<>\"]{3,200}")),
    (Sign.IDENTIFIER, re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]\d)")),
    (Sign.IDENTIFIER, re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}(?![\w:])")),
    (Sign.IDENTIFIER, re.compile(r"(?<!\w)(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{40}|[0-9a-fA-F]{32})(?!\w)")),
    (
        Sign.IDENTIFIER,
        re.compile(
            r"(?<![\w])\+\d{1,3}(?:[ ()/-]{0,2}\d{2,5}){2,5}(?!\w)"
            r"|(?<![\w.-])0\d{2,5}[ /-]\d{3,8}(?:[ -]\d{2,6}){0,2}(?![\w-])"
        ),
    ),
    (
        Sign.IDENTIFIER,
        re.compile(
            rf"(?<![\w.])[0-9]{{1,2}}[°º][ ]?{_MINUTES}[NS]\b(?:[, ]{{1,2}}[0-9]{{1,3}}[°º][ ]?{_MINUTES}[EW]\b)?"
            r"|(?<![\w.])-?\d{1,2}\.\d{3,8}[, ]{1,2}-?\d{1,3}\.\d{3,8}(?![\w.])"
            r"|(?<!\w)\d{1,2}[C-X][ ]?[A-Z]{2}[ ]?(?:\d{10}|\d{8}|\d{6}|\d{4}|"
            r"\d{5}[ ]\d{5}|\d{4}[ ]\d{4}|\d{3}[ ]\d{3})(?!\w)"
        ),
    ),
    (Sign.IDENTIFIER, re.compile(r"(?<![\w-])[A-Z]{1,3}[- ]?\d{3,5}[- ]?[A-Z]{1,3}(?![\w-])")),
    (Sign.IDENTIFIER, re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){3,7}(?:[ ]?[A-Z0-9]{1,4})?(?!\w)")),
    (
        Sign.IDENTIFIER,
        re.compile(
            rf"(?<!\w)(?:serial|passport|registration|licen[cs]e{GAP}plate|number{GAP}plate|plate|account|IMEI|IMO|MMSI|"
            rf"tail|hull|bank{GAP}account)(?:{GAP}(?:number|no\.?|nos\.?))?:?{GAP}[A-Z0-9][A-Z0-9/-]{{2,30}}(?!\w)"
        ),
    ),
    (
        Sign.CODE_NAME,
        re.compile(
            rf"(?<!\w)(?:[Cc]ode-?{GAP}?named?|[Cc]ryptonym|[Oo]perational{GAP}name)(?:{GAP}(?:is|was))?{GAP}"
            rf"[\"“‘']?[\w-]{{3,30}}"
            rf"|(?<!\w)(?:Operation|Project|OPERATION|PROJECT|Exercise){GAP}"
            rf"[\"“‘']?[A-Z][\w-]{{2,30}}(?:[ ][A-Z][\w-]{{2,30}})?"
        ),
    ),
    (
        Sign.DESIGNATION,
        re.compile(
            rf"(?<!\w)(?:[Uu]nit|[Rr]oom|[Ff]light|[Hh]angar|[Bb]unker|[Bb]uilding|[Hh]ut|[Aa]partment|[Oo]ffice|[Gg]ate|[Bb]erth|"
            rf"[Pp]ier|[Cc]ell|[Ff]loor|[Ss]hipment|[Cc]ontainer|[Cc]able|[Tt]elegram|[Oo]rder|[Dd]irective)"
            rf"(?:{GAP}(?:number|no\.?|No\.?))?{GAP}[A-Z]{{0,4}}-?\d[\w/-]{{0,12}}(?!\w)"
        ),
    ),
    (
        Sign.METHOD,
        _any(
            r"intercept(?:ed|s|ion|ions)?",
            r"wire-?tap(?:s|ped|ping)?",
            r"bugged",
            r"decrypt(?:ed|s|ion)?",
            r"deciphered",
            r"(?:satellite|drone|aerial) (?:image|images|imagery|photographs?|pictures?|footage)",
            r"according to (?:the |a |an |our |his |her )?(?:\w{2,20} )?"
            r"(?:sources?|messages?|telegram|cable|documents?|informant|agent|defector|memo|e-?mail)",
            r"a copy of (?:the|a|his|her|their)",
            r"our (?:source|agent|informant|contact|asset)s?",
            r"the source",
            r"an? (?:agent|informant|defector|mole)",
            r"hacked",
            r"implant",
            r"(?:tele)?phone (?:call|calls|conversation|records?)",
        ),
    ),
)


def telltales(text: str) -> tuple[Telltale, ...]:
    """Everything in ``text`` that points at a source, in order; of two alike that overlap the first. Never raises."""
    found = sorted(_found(text), key=lambda one: (one.span.start, -one.span.end, one.sign.value))
    kept: list[Telltale] = []
    last: dict[Sign, int] = {}
    for telltale in found:
        if last.get(telltale.sign, 0) <= telltale.span.start:
            kept.append(telltale)
            last[telltale.sign] = telltale.span.end
    return tuple(kept)


def _found(text: str) -> Iterator[Telltale]:
    for sign, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield _telltale(sign, text, Span(*match.span()))
    for sentence in sentences(text):
        if word := turned_round(sentence.of(text)):
            start = text.index(word, sentence.start)
            yield _telltale(Sign.TURNED_ROUND, text, Span(start, start + len(word)))


def _telltale(sign: Sign, text: str, span: Span) -> Telltale:
    return Telltale(sign=sign, span=span, words=span.of(text))
