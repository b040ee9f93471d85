"""What may stand in a marking at all: short, plain ASCII, nothing that looks like something else.

A marking decides who reads. So one that is not exactly known is never guessed at: look-alike letters, writing
that runs backwards and characters that do not show are refused by name, before anything is compared.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from typing import Final

from tearline.errors import InputError

LONGEST: Final = 10_000
"""Characters. Real markings have dozens; the longest release lists, a thousand."""

_SHOWN: Final = 60


def legible(text: str) -> str:
    """``text`` without blanks around it.

    Raises:
        InputError: It is empty, longer than :data:`LONGEST`, or has a character outside printable ASCII.
    """
    if len(text) > LONGEST:
        raise InputError(f"a marking of {len(text)} characters; nothing beyond {LONGEST} is read")
    for character in text:
        if not " " <= character <= "~":
            raise InputError(f"{quoted(text)} has {named(character)}; markings are written in plain ASCII")
    if not (bare := text.strip()):
        raise InputError("an empty marking; where nothing is marked, ask the originator")
    return bare


def wording(text: str) -> str:
    """Free text that must be kept word for word, such as a condition of use; it may be in any script.

    Raises:
        InputError: It is empty or too long, or has a character that does not show or turns writing around.
    """
    if len(text) > LONGEST:
        raise InputError(f"a text of {len(text)} characters; nothing beyond {LONGEST} is kept")
    for character in text:
        if not character.isprintable():
            raise InputError(f"{quoted(text)} has {named(character)}, which does not show")
    if not text.strip():
        raise InputError("an empty text where a condition should stand")
    return text


def named(character: str) -> str:
    """A character by number and name, so that a look-alike can be told from what it looks like."""
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'no name')})"


def quoted(text: str) -> str:
    """The text in backticks, cut where it is long."""
    return f"`{text[:_SHOWN]}…`" if len(text) > _SHOWN else f"`{text}`"


def unknown(what: str, word: str, choices: Iterable[str], hint: str = "") -> InputError:
    """The error for a word that is not in the list, with the nearest one that is."""
    known = list(choices)
    typed = [word[:_SHOWN], word[:_SHOWN].upper()]
    near = [found for each in typed for found in difflib.get_close_matches(each, known, n=1, cutoff=0.6)]
    advice = f"did you mean `{near[0]}`?" if near else hint
    return InputError(f"no {what} {quoted(word)}" + (f"; {advice}" if advice else ""))
