"""Golden roll-up cases, as they lie in the outside data, put to the roll-up and answered in their own words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tearline.markings.ism.attributes import attributes, marked
from tearline.markings.ism.document import Portion, roll_up_document
from tearline.markings.ism.json_portions import portion_of, told_needs
from tearline.markings.ism.need_to_know import NeedToKnow
from tearline.markings.ism.release_lists import common, common_closed, left_over, opened, token_counts
from tearline.markings.ism.rollup import takes_part

Json = dict[str, Any]

TODAY = dt.datetime.now(dt.UTC).date()


def answer(case: Json) -> Any:
    """What the roll-up makes of one case, in the form that the checks of the data ask for."""
    if case["kind"] == "function":
        return _function(case["function"], case["input"])
    return rolled([portion_of(each) for each in case["input"]["portions"]])


def rolled(portions: list[Portion]) -> Json:
    """The banner's attributes, and what stands with them."""
    found = roll_up_document(portions, TODAY)
    return {
        **attributes(found.banner.mark),
        "notices": list(found.notices),
        "notice_list": attributes(found.notice_list) if found.notice_list else {},
        "need_to_know": _told(found.need_to_know) if found.need_to_know else {},
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


def _told(needs: NeedToKnow) -> Json:
    error = needs.unmerged.value if needs.unmerged else None
    return {**told_needs(needs), "classification": needs.mark.classification, "error": error}
