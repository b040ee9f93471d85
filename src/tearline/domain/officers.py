"""Officers: who acts for a party, with what duties, declared to whom; and when two names are one person.

A name typed at a keyboard is no proof of who types. What is done here is that nobody becomes a second person by
spelling their name otherwise: whoever might be the same is taken to be the same.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
import unicodedata
from enum import Enum
from typing import Final

import attrs

from tearline.domain.names import OfficerId, PartyId


class Duty(Enum):
    """What an officer may do with a proposal. Holding one never implies another."""

    PROPOSE = "propose"
    CLEAR = "clear"
    RELEASE = "release"
    OVERRIDE = "override"


class Agrement(Enum):
    """What became of an officer's accreditation with the party that they are declared to."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPELLED = "expelled"


@attrs.frozen(kw_only=True)
class Accreditation:
    """One event in the accreditation of an officer; also one in the relation of two parties.

    Attributes:
        until: The last day of an acceptance; ``None``: it has none.
    """

    on: dt.date
    answer: Agrement
    until: dt.date | None = None


@attrs.frozen(kw_only=True)
class Officer:
    """One who acts for a party.

    Attributes:
        of: The party; ``None``: ours.
        may: Duties.
        declared_to: The party that knows this officer as ours, or as the liaison of its own side with us.
        accreditation: What became of it, in any order.
        principal: A leader, who may say only what is on the card, after a briefing.
    """

    id: OfficerId
    of: PartyId | None = None
    may: tuple[Duty, ...] = ()
    declared_to: PartyId | None = None
    accreditation: tuple[Accreditation, ...] = ()
    principal: bool = False

    def accredited(self, today: dt.date | None) -> bool:
        """Whether the last event up to ``today`` is an acceptance that has not run out.

        Two events of one day: the worse one counts. Without a day nobody can tell, so it holds only if
        nothing but acceptances without an end is on record.
        """
        if today is None:
            known = self.accreditation
            return bool(known) and all(e.answer is Agrement.ACCEPTED and e.until is None for e in known)
        past = [event for event in self.accreditation if event.on <= today]
        last = [event for event in past if event.on == max(e.on for e in past)]
        return bool(last) and all(
            event.answer is Agrement.ACCEPTED and (event.until is None or today <= event.until) for event in last
        )


# --- names --------------------------------------------------------------------------------------------------

_FOREIGN: Final = "аa еe оo рp сc уy хx іi ѕs јj һh вb мm нh тt кk гr αa βb εe ιi κk νv οo ρp τt υu χx ıi łl øo"  # noqa: RUF001
"""Letters of other alphabets that pass for Latin ones."""

_LOOKS_LIKE: Final = {ord(pair[0]): pair[1] for pair in _FOREIGN.split()}
_SAME_STROKE: Final = str.maketrans("01i|!$", "olllls")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")

_FEW: Final = 5
"""Words of a name up to which every order of them is tried."""


def _words(name: str) -> tuple[str, ...]:
    """The words of a name, without case, accents, alphabet or punctuation; figures are words of their own."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return tuple(_WORD.findall(plain.translate(_LOOKS_LIKE)))


def look_alike(one: str, other: str) -> bool:
    """Whether two names are the same but for spelling: case, accents, alphabet, punctuation, order of words.

    >>> look_alike("officer-7", "Officer 7"), look_alike("Smith, John", "john smith")
    (True, True)
    >>> look_alike("officer-7", "officer-8")
    False
    """
    these, those = _words(one), _words(other)
    if not these or not those:
        return one.strip() == other.strip()
    joined = ["".join(words).translate(_SAME_STROKE) for words in (these, those)]
    return joined[0] == joined[1] or _sorted(these) == _sorted(those)


def _sorted(words: tuple[str, ...]) -> list[str]:
    return sorted(word if word.isdigit() else word.translate(_SAME_STROKE) for word in words)


def may_be_one(one: str, other: str) -> bool:
    """Whether two names may be those of one person: as :func:`look_alike`, or initials, or a part left out.

    Wide on purpose, for where nobody has declared who there is.

    >>> may_be_one("J. Smith", "John A. Smith"), may_be_one("officer-7", "officer-8")
    (True, False)
    """
    if look_alike(one, other):
        return True
    fewer, more = sorted((_words(one), _words(other)), key=len)
    if not fewer or len(more) > _FEW:
        return not fewer or bool({*fewer} & {*more})
    return any(all(map(_fit, fewer, order)) for order in itertools.permutations(more, len(fewer)))


def _fit(word: str, other: str) -> bool:
    """Whether two words are the same, or one is the initial of the other."""
    if word.isdigit() or other.isdigit():
        return word == other
    return word == other or (1 in (len(word), len(other)) and word[0] == other[0])
