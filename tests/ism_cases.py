"""Golden roll-up cases, as they lie in the outside data, put to the roll-up and answered in their own words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from tearline.markings.ism.attributes import attributes, marked, truth
from tearline.markings.ism.document import Notice, Portion, roll_up_document
from tearline.markings.ism.need_to_know import NeedToKnow, Profile, Value
from tearline.markings.ism.release_lists import common, common_closed, left_over, opened, token_counts
from tearline.markings.ism.rollup import takes_part

Json = dict[str, Any]

BESIDE = ("excludeFromRollup", "secondResource", "notices", "needToKnow")
"""Keys of a portion that are not about its marking."""


def answer(case: Json) -> Any:
    """What the roll-up makes of one case, in the form that the checks of the data ask for."""
    if case["kind"] == "function":
        return _function(case["function"], case["input"])
    return rolled([portion(each) for each in case["input"]["portions"]])


def portion(given: Json) -> Portion:
    """A portion of a case."""
    needs = given.get("needToKnow")
    return Portion(
        mark=marked({key: value for key, value in given.items() if key not in BESIDE}),
        excluded=truth("excludeFromRollup", given.get("excludeFromRollup", False)),
        notices=tuple(map(_notice, given.get("notices", ()))),
        need_to_know=_needs(needs) if needs else None,
    )


def rolled(portions: list[Portion]) -> Json:
    """The banner's attributes, and what stands with them."""
    found = roll_up_document(portions, dt.date.today())
    needs = found.need_to_know
    return {
        **attributes(found.banner.mark),
        "notices": list(found.notices),
        "notice_list": attributes(found.notice_list) if found.notice_list else {},
        "need_to_know": _told(needs) if needs else {},
    }


def _function(name: str, given: Json) -> Any:
    match name:
        case "participates_in_fdr":
            return takes_part(marked(given["portion"]))
        case "count_fdr_portions":
            return sum(takes_part(marked(each)) for each in given["portions"])
        case "expand_groups":
            return list(opened(given["lists"]))
        case "token_portion_counts":
            return token_counts(given["lists"])
        case "common_before_expansion":
            return common_closed(given["lists"])
        case "left_after_removing_common":
            return list(left_over(given["lists"]))
        case "common_rel_tokens":
            return common(given["lists"])
    raise NotImplementedError(name)


def _notice(given: Json) -> Notice:
    mark = dict(given["marking"])
    kind = mark.pop("noticeType", "")
    return Notice(mark=marked(mark), kind=kind, texts=tuple((marked(t["marking"]), t["text"]) for t in given["text"]))


def _needs(given: Json) -> NeedToKnow:
    return NeedToKnow(
        mark=marked(given["marking"]),
        all_of=tuple(each for block in given["all_of"] for each in _profiles(block)),
        any_of=tuple(tuple(_profiles(block)) for block in given["any_of"]),
    )


def _profiles(block: Json) -> Iterable[Profile]:
    for kind in ("profiles", "groups_2013"):
        for each in block.get(kind, ()):
            yield Profile(
                mark=marked(each["marking"]),
                policy=each["policy"],
                profile=each["profile"],
                values=tuple(Value(**value) for value in each["values"]),
                of_2013=kind == "groups_2013",
            )


def _told(needs: NeedToKnow) -> Json:
    return {
        "all_of": [_profile(each) for each in needs.all_of],
        "any_of": [_profile(each) for block in needs.any_of for each in block],
        "classification": needs.mark.classification,
        "error": needs.unmerged.value if needs.unmerged else None,
    }


def _profile(profile: Profile) -> Json:
    keys = ("qualifier", "vocabulary", "value")
    return {
        "marking": attributes(profile.mark),
        "policy": profile.policy,
        "profile": profile.profile,
        "values": [{key: getattr(v, key) for key in keys if getattr(v, key)} for v in profile.values],
    }
