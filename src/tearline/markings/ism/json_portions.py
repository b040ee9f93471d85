"""A portion as a JSON object: ISM attributes under their published names, and what surrounds them.

Beside the attributes may stand ``excludeFromRollup``, ``resourceElement`` (the first is the old banner, which is
ignored), ``notices`` (``marking`` and ``text``) and ``needToKnow`` (``marking``, ``all_of``, ``any_of``; each block
has ``profiles``, or ``groups_2013``, with ``marking``, ``policy``, ``profile`` and ``values``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tearline.errors import InputError
from tearline.markings.ism.attributes import attributes, marked, truth
from tearline.markings.ism.document import Notice, Portion
from tearline.markings.ism.mark import IsmMark
from tearline.markings.ism.need_to_know import NeedToKnow, Profile, Value
from tearline.markings.json_text import object_of, objects_of, only, parsed, text_of
from tearline.markings.legible import wording

_BESIDE: Final = ("excludeFromRollup", "resourceElement", "secondResource", "notices", "needToKnow")
_VALUE: Final = ("qualifier", "vocabulary", "value")
_BLOCKS: Final = ("profiles", "groups_2013")


def portion(text: str) -> Portion:
    """The portion that a JSON text says.

    Raises:
        InputError: Anything in it is not exactly known.
    """
    return portion_of(parsed(text))


def portion_of(given: Mapping[str, object]) -> Portion:
    """The portion that an object says; see the module for its keys."""
    found = dict(given)
    needs = object_of(found, "needToKnow") if "needToKnow" in found else None
    excluded = truth("excludeFromRollup", found.get("excludeFromRollup", False))
    banner = truth("resourceElement", found.get("resourceElement", False))
    return Portion(
        mark=marked({key: value for key, value in found.items() if key not in _BESIDE}),
        excluded=excluded,
        resource=banner,
        notices=tuple(map(_notice, objects_of(found, "notices"))),
        need_to_know=_needs(needs) if needs is not None else None,
    )


def object_from(portion: Portion) -> dict[str, object]:
    """The portion as an object; :func:`portion_of` reads it back."""
    found = attributes(portion.mark)
    if portion.excluded:
        found["excludeFromRollup"] = True
    if portion.resource:
        found["resourceElement"] = True
    if portion.notices:
        found["notices"] = [_told_notice(notice) for notice in portion.notices]
    if portion.need_to_know:
        found["needToKnow"] = told_needs(portion.need_to_know)
    return found


def told_needs(needs: NeedToKnow) -> dict[str, object]:
    """A list of who needs to know, as an object."""
    return {
        "marking": attributes(needs.mark),
        "all_of": [block for profile in needs.all_of for block in _told_blocks((profile,))],
        "any_of": [block for profiles in needs.any_of for block in _told_blocks(profiles)],
    }


def _notice(given: dict[str, object]) -> Notice:
    only(given, ("marking", "text"), "a notice")
    marking = dict(object_of(given, "marking"))
    kind = text_of(marking, "noticeType", "")
    return Notice(mark=marked(marking), kind=kind, texts=tuple(map(_notice_text, objects_of(given, "text"))))


def _notice_text(given: dict[str, object]) -> tuple[IsmMark, str]:
    only(given, ("marking", "text"), "the text of a notice")
    return marked(object_of(given, "marking")), " ".join(wording(text_of(given, "text")).split())


def _needs(given: dict[str, object]) -> NeedToKnow:
    only(given, ("external", "marking", "all_of", "any_of"), "`needToKnow`")
    return NeedToKnow(
        mark=marked(object_of(given, "marking")),
        all_of=tuple(profile for block in objects_of(given, "all_of") for profile in _profiles(block)),
        any_of=tuple(tuple(_profiles(block)) for block in objects_of(given, "any_of")),
    )


def _profiles(block: dict[str, object]) -> Iterator[Profile]:
    only(block, _BLOCKS, "a block of profiles")
    for kind in _BLOCKS:
        for given in objects_of(block, kind):
            only(given, ("marking", "policy", "profile", "values"), "a profile")
            yield Profile(
                mark=marked(object_of(given, "marking")),
                policy=text_of(given, "policy"),
                profile=text_of(given, "profile"),
                values=tuple(map(_value, objects_of(given, "values"))),
                of_2013=kind == "groups_2013",
            )


def _value(given: dict[str, object]) -> Value:
    only(given, _VALUE, "a value of a profile")
    value = text_of(given, "value")
    if not value:
        raise InputError("an empty value in a profile")
    return Value(value=value, qualifier=text_of(given, "qualifier", ""), vocabulary=text_of(given, "vocabulary", ""))


def _told_notice(notice: Notice) -> dict[str, object]:
    kind = {"noticeType": notice.kind} if notice.kind else {}
    texts = [{"marking": attributes(mark), "text": text} for mark, text in notice.texts]
    return {"marking": {**attributes(notice.mark), **kind}, "text": texts}


def _told_blocks(profiles: tuple[Profile, ...]) -> Iterator[dict[str, object]]:
    for kind, old in (("profiles", False), ("groups_2013", True)):
        if listed := [_told_profile(profile) for profile in profiles if profile.of_2013 is old]:
            yield {kind: listed}


def _told_profile(profile: Profile) -> dict[str, object]:
    return {
        "marking": attributes(profile.mark),
        "policy": profile.policy,
        "profile": profile.profile,
        "values": [{key: getattr(v, key) for key in _VALUE if getattr(v, key)} for v in profile.values],
    }
