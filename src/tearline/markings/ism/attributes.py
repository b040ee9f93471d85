"""US markings as ISM attributes, under their published names: what JSON and XML carry.

A name or a value that is not known is refused, like everywhere here: an attribute that is skipped is a control lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import quoteattr

from tearline.errors import InputError
from tearline.markings.ism.mark import IsmMark
from tearline.markings.legible import legible, unknown, wording

NAMESPACE: Final = "urn:us:gov:ic:ism"

_LISTS: Final[dict[str, str]] = {
    "ownerProducer": "owners",
    "SCIcontrols": "sci",
    "SARIdentifier": "sar",
    "atomicEnergyMarkings": "aea",
    "nonUSControls": "non_us",
    "FGIsourceOpen": "fgi_open",
    "disseminationControls": "dissem",
    "releasableTo": "release_to",
    "displayOnlyTo": "display_to",
    "nonICmarkings": "non_ic",
    "declassException": "declass_exceptions",
    "secondBannerLine": "second_line",
}
"""Attributes that hold a list of tokens, and the fields of a mark that they fill."""

_NOT_ROLLED_UP: Final = frozenset({"noticeType", "compliesWith", "exemptFrom", "createDate", "DESVersion"})
"""Attributes that may stand beside a marking and say nothing on who may read."""


def marked(attributes: Mapping[str, object]) -> IsmMark:
    """The mark that attributes say.

    Args:
        attributes: By ISM name. A list is a list of tokens or a text with blanks between them.
    Raises:
        InputError: The level or the owner is missing, or a name or a value is not known.
    """
    fields: dict[str, object] = {}
    for name, value in attributes.items():
        if name in _LISTS:
            fields[_LISTS[name]] = _tokens(name, value)
        elif name == "classification":
            fields["classification"] = _token(name, value)
        elif name == "FGIsourceProtected":
            fields["fgi_protected"] = bool(_tokens(name, value))
        elif name == "hasApproximateMarkings":
            fields["approximate"] = truth(name, value)
        elif name == "declassDate":
            fields["declass_date"] = _day(name, value)
        elif name == "declassEvent":
            fields["declass_events"] = (wording(str(value)),)
        elif name not in _NOT_ROLLED_UP:
            raise unknown("ISM attribute", name, [*_LISTS, "classification", "FGIsourceProtected"])
    for needed in ("classification", "owners"):
        if not fields.get(needed):
            raise InputError(f"attributes without `{'ownerProducer' if needed == 'owners' else needed}`")
    return IsmMark(**fields)  # type: ignore[arg-type]


def attributes(mark: IsmMark) -> dict[str, object]:
    """The mark as attributes, in a fixed order and without empty ones; :func:`marked` reads them back."""
    found: dict[str, object] = {"classification": mark.classification}
    found |= {name: list(tokens) for name, field in _LISTS.items() if (tokens := getattr(mark, field))}
    if mark.fgi_protected:
        found["FGIsourceProtected"] = ["FGI"]
    if mark.declass_date:
        found["declassDate"] = mark.declass_date.isoformat()
    if mark.declass_events:
        found["declassEvent"] = "; ".join(mark.declass_events)
    if mark.approximate:
        found["hasApproximateMarkings"] = True
    return found


def xml(mark: IsmMark) -> str:
    """The mark as XML attributes, to be put on an element."""
    values = {name: _as_text(value) for name, value in attributes(mark).items()}
    return " ".join([f'xmlns:ism="{NAMESPACE}"', *(f"ism:{name}={quoteattr(value)}" for name, value in values.items())])


def truth(name: str, value: object) -> bool:
    """A truth value of XML or JSON: ``true``, ``false``, ``1`` or ``0``.

    Raises:
        InputError: It is something else; nothing counts as false by default.
    """
    known = {"true": True, "1": True, "false": False, "0": False}
    text = str(value).lower()
    if text not in known:
        raise InputError(f"`{name}` is true or false, not `{text[:20]}`")
    return known[text]


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _token(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise InputError(f"`{name}` is one value, written as text")
    return legible(value)


def _tokens(name: str, value: object) -> tuple[str, ...]:
    found = value.split() if isinstance(value, str) else value
    if not isinstance(found, list | tuple) or not all(isinstance(each, str) for each in found):
        raise InputError(f"`{name}` is a list of values")
    return tuple(legible(each) for each in found)


def _day(name: str, value: object) -> dt.date:
    try:
        return dt.date.fromisoformat(_token(name, value)[:10])
    except ValueError:
        raise InputError(f"`{name}` is a date such as 2030-12-31") from None
