"""The words in which rules speak: attributes of a situation, each with the values it may have.

A situation is one version of one claim going to the recipient of a proposal. Values are plain: a word
or a name is a ``str``, a flag a ``bool``, a grade its place in its order, a number an ``int``, a day its
ordinal, a set a ``frozenset`` of names. ``None`` is what nobody has stated.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from typing import Final

import attrs

from tearline.domain.forms import Form, Purpose
from tearline.domain.grades import Trust
from tearline.domain.parties import PartyKind
from tearline.domain.sources import Permission, SourceKind

Value = str | bool | int | frozenset[str]

Situation = Mapping[str, Value | None]
"""By the key of each attribute its value; ``None``, or left out: nobody has stated it."""


class Sort(Enum):
    """How the values of an attribute compare."""

    WORD = "one of a few words"
    NAME = "a name"
    FLAG = "`true` or `false`"
    GRADE = "one of a few words in an order"
    NUMBER = "a whole number"
    DAY = "a day"
    WORDS = "a set of words"
    NAMES = "a set of names"

    @property
    def is_ordered(self) -> bool:
        """Whether its values have an order."""
        return self in (Sort.GRADE, Sort.NUMBER, Sort.DAY)

    @property
    def is_set(self) -> bool:
        """Whether its values are sets."""
        return self in (Sort.WORDS, Sort.NAMES)


class Kin(Enum):
    """Which earlier releases to the recipient count."""

    ANYTHING = "anything"
    SAME_SOURCE = "same-source"
    SAME_CLAIM = "same-claim"


@attrs.frozen(kw_only=True)
class Window:
    """Earlier releases to the recipient, to be counted.

    Attributes:
        days: Only those of so many days before the decision; ``None``: all there were.
    """

    of: Kin
    days: int | None

    def within(self, wider: Window) -> bool:
        """Whether whatever this one counts the other counts too."""
        kin = wider.of in (self.of, Kin.ANYTHING) or (self.of is Kin.SAME_CLAIM and wider.of is Kin.SAME_SOURCE)
        return kin and (wider.days is None or (self.days is not None and self.days <= wider.days))


@attrs.frozen(kw_only=True)
class Attribute:
    """One thing that a rule may ask about.

    Attributes:
        words: For WORD, GRADE (lowest first) and WORDS: all there are.
        lowest, highest: For NUMBER: its range.
        chosen: Whether who proposes could choose otherwise; else it is as it is.
        never_empty: For sets: whether there is always a member.
        window: For a count of earlier releases: which.
        of_parties: Whether its names are those of parties.
    """

    key: str
    says: str
    sort: Sort
    words: tuple[str, ...] = ()
    lowest: int = 0
    highest: int = 0
    chosen: bool = False
    never_empty: bool = False
    window: Window | None = None
    of_parties: bool = False

    @property
    def reach(self) -> tuple[int, int]:
        """The lowest and the highest value of an ordered attribute."""
        if self.sort is Sort.GRADE:
            return 0, len(self.words) - 1
        if self.sort is Sort.DAY:
            return dt.date.min.toordinal(), dt.date.max.toordinal()
        return self.lowest, self.highest

    def spelled(self, value: Value | None) -> str:
        """A value as people write it.

        >>> ATTRIBUTES["recipient.handling"].spelled(2)
        'fair'
        """
        if value is None:
            return "not stated"
        if isinstance(value, frozenset):
            return ", ".join(sorted(value)) or "none"
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int) and self.sort is Sort.GRADE:
            return self.words[value]
        if isinstance(value, int) and self.sort is Sort.DAY:
            return dt.date.fromordinal(value).isoformat()
        return str(value)


def _words(words: type[Enum]) -> tuple[str, ...]:
    return tuple(member.value for member in words)


TRUST_ORDER: Final = (Trust.RIVAL, Trust.WARY, Trust.FAIR, Trust.SOUND)
"""From least to most trusted."""

_TRUST: Final = tuple(word.value for word in TRUST_ORDER)
_KINDS: Final = tuple(kind.value for kind in PartyKind if kind is not PartyKind.OVERSIGHT)

MOST_RELEASES: Final = 1_000_000
"""No partner was ever told more often."""

_LISTED: Final = (
    Attribute(key="recipient", says="Who would get it.", sort=Sort.NAME, chosen=True, of_parties=True),
    Attribute(key="recipient.kind", says="What it is.", sort=Sort.WORD, words=_KINDS),
    Attribute(key="recipient.hostile", says="Whether it would use it against our sources.", sort=Sort.FLAG),
    Attribute(
        key="recipient.handling",
        says="How far it is trusted to pass nothing on, by its word or by what is left of it.",
        sort=Sort.GRADE,
        words=_TRUST,
    ),
    Attribute(
        key="recipient.use",
        says="How far it is trusted to do no harm with it, by its word or what is left of it.",
        sort=Sort.GRADE,
        words=_TRUST,
    ),
    Attribute(key="purpose", says="Why.", sort=Sort.WORD, words=_words(Purpose), chosen=True),
    Attribute(
        key="form",
        says="A copy to keep, told or shown only, or an act: different things, and no rule on one speaks of another.",
        sort=Sort.WORD,
        words=_words(Form),
        chosen=True,
    ),
    Attribute(
        key="permissions",
        says="Everything the recipient would do or might do beyond reading.",
        sort=Sort.WORDS,
        words=_words(Permission),
        chosen=True,
    ),
    Attribute(key="marking", says="The marking of the words.", sort=Sort.NAME),
    Attribute(key="as_collected", says="Whether it would go as it was collected.", sort=Sort.FLAG, chosen=True),
    Attribute(key="claim.type", says="What kind of statement it is.", sort=Sort.NAME),
    Attribute(key="claim.credibility", says="Admiralty scale, 1 is best.", sort=Sort.NUMBER, lowest=1, highest=6),
    Attribute(key="claim.persons", says="Whether people can be identified from the words.", sort=Sort.FLAG),
    Attribute(
        key="source.kinds",
        says="By what means it was got, through everything it rests on.",
        sort=Sort.WORDS,
        words=_words(SourceKind),
        never_empty=True,
    ),
    Attribute(
        key="source.owners",
        says="Whose sources it rests on.",
        sort=Sort.NAMES,
        never_empty=True,
        of_parties=True,
    ),
    Attribute(key="source.foreign", says="Whether it rests on a source that is not ours.", sort=Sort.FLAG),
    Attribute(key="agreement", says="The agreement under which it would go.", sort=Sort.NAME, chosen=True),
    Attribute(key="today", says="The day of the decision.", sort=Sort.DAY),
    Attribute(
        key="days_left",
        says="Days until the last one on which it is worth anything.",
        sort=Sort.NUMBER,
        lowest=-36_500,
        highest=36_500,
    ),
)

ATTRIBUTES: Final[Mapping[str, Attribute]] = {attribute.key: attribute for attribute in _LISTED}
"""Every attribute that every policy has, by its key."""

YES, NO, EXCEPTED = "yes", "no", "excepted"
"""What a question of a policy is answered with; the last is a no that a named authority has excepted."""


def answered(question: str) -> Attribute:
    """The answer to a question of the policy."""
    says = "What the officer answered."
    return Attribute(key=f"answers.{question}", says=says, sort=Sort.WORD, words=(YES, NO, EXCEPTED), chosen=True)


def marked(order: tuple[str, ...]) -> Attribute:
    """The marking, where a policy puts the words for it in an order."""
    plain = ATTRIBUTES["marking"]
    return attrs.evolve(plain, sort=Sort.GRADE, words=order) if order else plain


def counted(window: Window) -> Attribute:
    """A count of earlier releases to the recipient.

    >>> counted(Window(of=Kin.SAME_SOURCE, days=90)).key
    'earlier(same-source, 90 days)'
    """
    span = f"{window.days} days" if window.days is not None else "ever"
    return Attribute(
        key=f"earlier({window.of.value}, {span})",
        says="Earlier releases to the recipient.",
        sort=Sort.NUMBER,
        highest=MOST_RELEASES,
        window=window,
    )
