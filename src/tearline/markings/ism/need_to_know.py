"""Lists of who needs to know, and ORCON lists, in a roll-up.

Profiles of different originators *both* apply: an originator that lets two agencies read, together with another
that lets two others, leaves nobody. Merging their lists into one would be a spill.

Source: ISM-Rollup.XML V2021-NOV and NTK (ODNI, public release of December 2022).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Final

import attrs

from tearline.markings.ism.mark import IsmMark

ORCON_POLICY: Final = "urn:us:gov:ic:aces:ntk:oc"


class Unmerged(Enum):
    """Why lists cannot be rolled up into one; a person must."""

    TOO_MANY_ANY_OF = "too_many_any_of"
    """Two different lists of which any one suffices: one list cannot say *one of these and one of those*."""
    LEGACY_2013 = "legacy_2013_unsupported"
    """More than one group structure of 2013 of which all are required."""


@attrs.frozen(kw_only=True)
class Value:
    """One entry of a profile, such as ``originator`` ``CIA``."""

    value: str
    qualifier: str = ""
    vocabulary: str = ""


def _sorted(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(sorted(values, key=lambda each: (each.qualifier, each.vocabulary, each.value)))


@attrs.frozen(kw_only=True)
class Profile:
    """One condition on readers, with its own marking; its values have no order."""

    mark: IsmMark
    policy: str
    profile: str
    values: tuple[Value, ...] = attrs.field(converter=_sorted)
    of_2013: bool = False


@attrs.frozen(kw_only=True)
class NeedToKnow:
    """Who needs to know.

    Attributes:
        all_of: Each of these profiles must let a reader in.
        any_of: Lists of profiles; in each, one must.
    """

    mark: IsmMark
    all_of: tuple[Profile, ...] = ()
    any_of: tuple[tuple[Profile, ...], ...] = ()
    unmerged: Unmerged | None = None

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """Every profile in it."""
        return (*self.all_of, *(profile for block in self.any_of for profile in block))


def merged(lists: Sequence[NeedToKnow]) -> tuple[tuple[Profile, ...], tuple[tuple[Profile, ...], ...], Unmerged | None]:
    """What all lists say together: what all require, of what any suffices, and why they cannot be merged, if so.

    Profiles that differ in their marking only are different ones.
    """
    all_of = tuple(dict.fromkeys(profile for each in lists for profile in each.all_of))
    any_of = tuple({frozenset(block): block for each in lists for block in each.any_of}.values())
    if len(any_of) > 1:
        return all_of, any_of, Unmerged.TOO_MANY_ANY_OF
    if len([profile for each in lists for profile in each.all_of if profile.of_2013]) > 1:
        return all_of, any_of, Unmerged.LEGACY_2013
    return all_of, any_of, None


def agencies(profiles: Iterable[Profile]) -> frozenset[str] | None:
    """The agencies that every ORCON profile lets read: its originator and those it disseminates to.

    ``None`` where there is no ORCON profile, so that nobody may read without asking the originator.
    """
    lists = [
        frozenset(each.value for each in profile.values if each.qualifier in ("originator", "dissemto"))
        for profile in profiles
        if profile.policy == ORCON_POLICY
    ]
    return frozenset.intersection(*lists) if lists else None
