"""Small rules of English: articles, plurals, what may follow what."""

from __future__ import annotations

import re
from calendar import month_name
from typing import Final

from tearline.drafting.spans import starts_sentence

PLURALS: Final = frozenset(
    [
        "aircraft",
        "cattle",
        "children",
        "crew",
        "dead",
        "feet",
        "forces",
        "guerrillas",
        "hostages",
        "men",
        "military",
        "people",
        "personnel",
        "police",
        "policemen",
        "staff",
        "troops",
        "vessels",
        "women",
        "wounded",
    ]
)
_SINGULAR_IN_S: Final = frozenset(
    [
        "across",
        "address",
        "always",
        "as",
        "basis",
        "boss",
        "business",
        "bus",
        "campus",
        "census",
        "class",
        "congress",
        "consensus",
        "corps",
        "crisis",
        "focus",
        "gas",
        "glass",
        "has",
        "is",
        "its",
        "less",
        "loss",
        "news",
        "plus",
        "press",
        "process",
        "progress",
        "series",
        "serious",
        "status",
        "success",
        "this",
        "thus",
        "us",
        "various",
        "versus",
        "virus",
        "was",
        "headquarters",
        "whereas",
        "yes",
        "access",
        "process",
        "perhaps",
        "towards",
        "besides",
    ]
)
_VOWELS: Final = re.compile(r"(?:[aeiou](?!nit|ni[a-z]|u)|u(?!ni|s[ei]|kr)|ho(?:ur|nest))", re.IGNORECASE)

_WORD_BEFORE: Final = re.compile(r"([\w.'’-]{1,30})[ \t\n\r\xa0]{1,3}$")
_MODIFIERS: Final = frozenset(
    [
        "former",
        "deputy",
        "acting",
        "vice",
        "then",
        "new",
        "old",
        "current",
        "late",
        "first",
        "second",
        "outgoing",
        "incoming",
        "chief",
        "senior",
        "own",
        "other",
        "same",
        "assistant",
        "next",
        "several",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
    ]
)
_FUNCTION: Final = frozenset(
    [
        "in",
        "on",
        "at",
        "by",
        "to",
        "from",
        "with",
        "for",
        "of",
        "and",
        "but",
        "or",
        "when",
        "while",
        "after",
        "before",
        "that",
        "as",
        "if",
    ]
)

DETERMINERS: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "these",
        "those",
        "this",
        "that",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "your",
        "both",
        "all",
        "such",
        "every",
        "each",
    ]
)


def a(noun: str) -> str:
    """A noun with its article.

    >>> a("official"), a("unit"), a("hour")
    ('an official', 'a unit', 'an hour')
    """
    return f"{'an' if _VOWELS.match(noun) else 'a'} {noun}"


def is_plural(word: str) -> bool:
    """Whether a lower-case word is a noun of several, as far as its form tells."""
    if not word.isalpha() or not word.islower():
        return False
    return word in PLURALS or (len(word) > 3 and word.endswith("s") and not word.endswith("ss") and not _odd(word))


def _odd(word: str) -> bool:
    return word in _SINGULAR_IN_S


def takes_article(text: str, place: int) -> bool:
    """Whether `an official` can stand at ``place``: nothing before it belongs to the same noun phrase."""
    found = _WORD_BEFORE.search(text, max(0, place - 34), place)
    if found is None or starts_sentence(text, place):
        return True
    word = found[1]
    if word.endswith(("'s", "’s", "s'", "s’")) or word.lower() in DETERMINERS or word.lower() in _MODIFIERS:
        return False
    if word[0].isdigit():
        return len(word) == 4  # a year
    return not word[0].isupper() or word.lower() in _FUNCTION or word in month_name
