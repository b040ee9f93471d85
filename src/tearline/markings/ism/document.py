"""A document in portions: which of them count, and what rolls up beside the banner.

Source: ISM-Rollup.XML V2021-NOV (ODNI).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import attrs

from tearline.markings.ism.mark import IsmMark
from tearline.markings.ism.need_to_know import NeedToKnow, merged
from tearline.markings.ism.rollup import Rolled, roll_up


@attrs.frozen(kw_only=True)
class Notice:
    """A notice: its own marking, its kind, and its texts, each with a marking."""

    mark: IsmMark
    kind: str = ""
    texts: tuple[tuple[IsmMark, str], ...] = ()


@attrs.frozen(kw_only=True)
class Portion:
    """A marked part of a document.

    Attributes:
        excluded: It does not count, and neither does its list of who needs to know.
        resource: It marks the document as a whole. The first such one is the old banner, which is ignored; another
            is a portion like all others.
    """

    mark: IsmMark
    excluded: bool = False
    resource: bool = False
    notices: tuple[Notice, ...] = ()
    need_to_know: NeedToKnow | None = None


@attrs.frozen(kw_only=True)
class RolledDocument:
    """The banner of a document, and what stands with it.

    Attributes:
        notices: Each distinct one once; the same text under two markings is two.
        notice_list: The marking of all notices together; ``None`` without any.
        need_to_know: ``None`` where no portion has a list.
    """

    banner: Rolled
    notices: tuple[Notice, ...] = ()
    notice_list: IsmMark | None = None
    need_to_know: NeedToKnow | None = None


def roll_up_document(portions: Sequence[Portion], today: dt.date) -> RolledDocument:
    """The banner of a document, its notices and its list of who needs to know.

    Raises:
        InputError: No portion counts.
    """
    old_banner = next((number for number, portion in enumerate(portions, 1) if portion.resource), 0)
    counted = [
        (number, portion) for number, portion in enumerate(portions, 1) if not portion.excluded and number != old_banner
    ]
    banner = roll_up([p.mark for _, p in counted], today, numbers=[n for n, _ in counted])
    banner = attrs.evolve(banner, reasons=(*banner.reasons, *_left_out(portions, old_banner)))
    notices = tuple(dict.fromkeys(notice for _, portion in counted for notice in portion.notices))
    marks = [mark for notice in notices for mark in (notice.mark, *(mark for mark, _ in notice.texts))]
    return RolledDocument(
        banner=banner,
        notices=notices,
        notice_list=roll_up(marks, today).mark if marks else None,
        need_to_know=_needs([p.need_to_know for _, p in counted if p.need_to_know], today),
    )


def _left_out(portions: Sequence[Portion], old_banner: int) -> Iterator[str]:
    if old_banner:
        yield f"left out: {old_banner} is the old banner"
    for number, portion in enumerate(portions, 1):
        if portion.excluded and number != old_banner:
            yield f"left out: portion {number} is excluded from roll-up"


def _needs(lists: Sequence[NeedToKnow], today: dt.date) -> NeedToKnow | None:
    if len(lists) < 2:
        return lists[0] if lists else None
    all_of, any_of, unmerged = merged(lists)
    marks = [profile.mark for each in lists for profile in each.profiles] or [each.mark for each in lists]
    return NeedToKnow(mark=roll_up(marks, today).mark, all_of=all_of, any_of=any_of, unmerged=unmerged)
