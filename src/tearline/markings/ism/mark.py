"""One US marking, of a portion or of a whole document, and what surrounds a portion in a roll-up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from tearline.errors import InputError
from tearline.markings.ism import groups, values
from tearline.markings.legible import unknown

Tokens = tuple[str, ...]

OWNER_UNKNOWN: Final = "FGI"
"""Stands for a foreign owner that must not be named."""

CLASSIFIED: Final = frozenset({"R", "C", "S", "TS"})
RELEASE: Final = frozenset({"REL", "EYES", "DISPLAYONLY"})
"""Controls that name countries."""
FOREIGN_DISCLOSURE: Final = frozenset({"NF", "RELIDO", *RELEASE})
"""Controls that say anything on foreign disclosure."""
UNCLASSIFIED_NUCLEAR: Final = frozenset({"DCNI", "UCNI"})

_EXCLUSIVE: Final = (
    ("ISM-ID-00033", frozenset({"REL", "EYES", "NF"})),
    ("ISM-ID-00169", frozenset({"DISPLAYONLY", "RELIDO", "NF"})),
    ("ISM-ID-00325", frozenset({"OC", "RELIDO"})),
)


def _listed(order: Iterable[str]) -> Mapping[str, int]:
    return {token: place for place, token in enumerate(order)}


_DISSEM: Final = _listed(values.DISSEM)
_NON_IC: Final = _listed(values.NON_IC)
_AEA: Final = _listed(values.AEA)
_NON_US: Final = _listed(values.NON_US)
_EXCEPTIONS: Final = _listed(values.DECLASS_EXCEPTIONS)


def _alphabetical(tokens: Iterable[str]) -> Tokens:
    return tuple(sorted(set(tokens)))


def _by(order: Mapping[str, int], tokens: Iterable[str]) -> Tokens:
    """In banner order; unknown ones, which are refused later, go last."""
    return tuple(sorted(set(tokens), key=lambda token: (order.get(token, len(order)), token)))


def _nuclear(tokens: Iterable[str]) -> Tokens:
    return _by(_AEA, tokens)


def _nato(tokens: Iterable[str]) -> Tokens:
    return _by(_NON_US, tokens)


def _controls(tokens: Iterable[str]) -> Tokens:
    return _by(_DISSEM, tokens)


def _departments(tokens: Iterable[str]) -> Tokens:
    return _by(_NON_IC, tokens)


def _exceptions(tokens: Iterable[str]) -> Tokens:
    return _by(_EXCEPTIONS, tokens)


@attrs.frozen(kw_only=True)
class IsmMark:
    """A US marking. Tokens are exact ISM values, in banner order, nothing twice.

    Attributes:
        classification: ``U R C S TS``; ``R`` is foreign only.
        owners: Who owns it: countries, groups, or :data:`OWNER_UNKNOWN`; more than one: jointly.
        release_to, display_to: Whom ``REL`` or ``EYES``, and ``DISPLAYONLY``, name.
        fgi_protected: Foreign government information whose origin must not be named.
        approximate: Somebody guessed the marking.
        received: The marking as it came; two marks with the same tokens are equal however they were written.

    Raises:
        InputError: A value that is not in the lists, or controls that exclude one another (the rule is named).
    """

    classification: str
    owners: Tokens = attrs.field(default=("USA",), converter=groups.in_order)
    sci: Tokens = attrs.field(default=(), converter=_alphabetical)
    sar: Tokens = attrs.field(default=(), converter=_alphabetical)
    aea: Tokens = attrs.field(default=(), converter=_nuclear)
    non_us: Tokens = attrs.field(default=(), converter=_nato)
    fgi_open: Tokens = attrs.field(default=(), converter=groups.in_order)
    fgi_protected: bool = False
    dissem: Tokens = attrs.field(default=(), converter=_controls)
    release_to: Tokens = attrs.field(default=(), converter=groups.in_order)
    display_to: Tokens = attrs.field(default=(), converter=groups.in_order)
    non_ic: Tokens = attrs.field(default=(), converter=_departments)
    declass_exceptions: Tokens = attrs.field(default=(), converter=_exceptions)
    declass_date: dt.date | None = None
    declass_events: Tokens = attrs.field(default=(), converter=_alphabetical)
    second_line: Tokens = attrs.field(default=(), converter=_alphabetical)
    approximate: bool = False
    received: str = attrs.field(default="", eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.classification not in values.LEVELS:
            raise unknown("classification", self.classification, values.LEVELS, "one of TS, S, C, R, U")
        if not self.owners:
            raise InputError("a marking without an owner")
        for owner in self.owners:
            if not (groups.known(owner) or owner == OWNER_UNKNOWN):
                raise unknown("owner", owner, [*groups.COUNTRIES, *groups.GROUPS])
        if self.classification == "R" and self.owners == ("USA",):
            raise InputError("RESTRICTED is no level of the United States; name the foreign owner")
        self._check_tokens()
        self._check_lists()
        self._check_exclusive()

    def _check_tokens(self) -> None:
        for token in self.sci:
            if not values.is_sci(token):
                raise unknown("control system or compartment", token, values.SCI)
        for token in self.sar:
            if not values.SAR.fullmatch(token):
                raise unknown("special access programme", token, ())
        for token in self.non_ic:
            if token not in _NON_IC and not values.ACCM.fullmatch(token):
                raise unknown("marking of another department", token, values.NON_IC)
        for what, tokens, order in (
            ("atomic energy marking", self.aea, values.AEA),
            ("NATO control", self.non_us, values.NON_US),
            ("dissemination control", self.dissem, values.DISSEM),
            ("declassification exception", self.declass_exceptions, values.DECLASS_EXCEPTIONS),
            ("second banner line", self.second_line, values.SECOND_LINE),
        ):
            for token in tokens:
                if token not in order:
                    raise unknown(what, token, order)

    def _check_lists(self) -> None:
        for token in (*self.release_to, *self.display_to):
            if not groups.known(token):
                raise unknown("country or group", token, [*groups.COUNTRIES, *groups.GROUPS])
        for token in self.fgi_open:
            if not groups.known(token) and token != "UNKNOWN":
                raise unknown("country or group", token, [*groups.COUNTRIES, *groups.GROUPS])
        if "EYES" in self.dissem and (others := groups.opened_to_read(self.release_to) - groups.FIVE_EYES):
            raise InputError(f"EYES ONLY is for the Five Eyes, not for {', '.join(sorted(others))}; use REL TO")
        if self.release_to and not {"REL", "EYES"} & set(self.dissem):
            raise InputError("countries to release to, but neither REL nor EYES")
        if self.display_to and "DISPLAYONLY" not in self.dissem:
            raise InputError("countries to display to, but no DISPLAYONLY")

    def _check_exclusive(self) -> None:
        for rule, exclusive in _EXCLUSIVE:
            both = [token for token in self.dissem if token in exclusive]
            if len(both) > 1:
                raise InputError(f"{' and '.join(both)} exclude one another ({rule})")

    @property
    def classified(self) -> bool:
        """Whether it is above unclassified."""
        return self.classification in CLASSIFIED

    @property
    def foreign_owners(self) -> Tokens:
        """Its owners but for the United States."""
        return tuple(owner for owner in self.owners if owner != "USA")

    @property
    def caveated(self) -> bool:
        """Whether it carries a control other than compartments, and none on foreign disclosure: then NOFORN holds."""
        controls = set(self.dissem) | set(self.non_ic)
        return bool(controls or self.aea or self.sar) and not controls & FOREIGN_DISCLOSURE
