"""Reads a security policy from its policy information file (SPIF), versions 2.0 and 2.1.

Only what is printed in the default language is taken over. A kind of category that is not known, or a level that a
value excludes and that is not there, is refused: a policy half understood lets in too many.

Source: the schema of xmlspif.org, as far as the policies of NATO and of TLP use it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tearline.errors import InputError
from tearline.markings.legible import unknown
from tearline.markings.nato.policy import Category, Classification, Kind, Policy, Value
from tearline.markings.safe_xml import XML_LANG, Element, read

NAMESPACE: Final = "http://www.xmlspif.org/spif"

_KINDS: Final = {
    ("permissive", ""): Kind.PERMISSIVE,
    ("restrictive", ""): Kind.RESTRICTIVE,
    ("enumerated", "permissive"): Kind.PERMISSIVE,
    ("enumerated", "restrictive"): Kind.RESTRICTIVE,
    ("tagType7", ""): Kind.INFORMATIVE,
}
_HIDES: Final = {"noMarkingDisplay", "noNameDisplay"}


def policy(text: str) -> Policy:
    """The policy that a file says.

    Raises:
        InputError: It is no policy file, or says something that is not understood.
    """
    root = read(text)
    if (root.name, root.namespace) != ("SPIF", NAMESPACE):
        raise InputError("no policy file: its root is not <SPIF> of xmlspif.org")
    identity = root.needed("securityPolicyId")
    name = identity.attribute("name")
    classifications = {
        each.attribute("name"): _classification(each)
        for each in root.needed("securityClassifications").all("securityClassification")
    }
    if not classifications:
        raise InputError("a policy without levels")
    sets = root.one("securityCategoryTagSets")
    categories = [each for tag_set in (sets.all("securityCategoryTagSet") if sets else ()) for each in _tags(tag_set)]
    prefix, _, suffix = _qualifiers(root)
    replaced = _policy_as(root)
    found = Policy(
        name=name,
        id=identity.attribute("id"),
        classifications=classifications,
        categories={each.name: each for each in categories},
        shown=name if replaced is None else replaced,
        prefix=prefix,
        suffix=suffix,
    )
    _check(found, len(categories))
    return found


def _check(found: Policy, tags: int) -> None:
    if len(found.categories) != tags:
        raise InputError("two categories of one name; which one a label means cannot be known")
    ranks = [each.hierarchy for each in found.classifications.values()]
    if len(set(ranks)) != len(ranks):
        raise InputError("two levels of one rank; which one is stricter cannot be known")
    for category in found.categories.values():
        for value in category.values.values():
            for level in value.not_with - set(found.classifications):
                raise unknown(f"level that {value.name} excludes", level, found.classifications)


def _classification(given: Element) -> Classification:
    phrase, _ = _phrase(given)
    hierarchy = given.attribute("hierarchy")
    if not hierarchy.isdecimal():
        raise InputError(f"the rank `{hierarchy[:20]}` of a level is no number")
    return Classification(
        name=given.attribute("name"),
        code=given.attribute("lacv"),
        hierarchy=int(hierarchy),
        phrase=phrase or "",
        policy_as=_policy_as(given),
    )


def _tags(tag_set: Element) -> Iterator[Category]:
    for tag in tag_set.all("securityCategoryTag"):
        kind = (tag.attribute("tagType"), tag.attributes.get("enumType", ""))
        if kind not in _KINDS:
            raise InputError(f"the kind of category `{' '.join(kind).strip()[:40]}` is not known")
        prefix, between, suffix = _qualifiers(tag)
        values = [_value(each) for each in tag.all("tagCategory")]
        if len({value.name for value in values}) != len(values):
            raise InputError(f"two values of one name in {tag.attribute('name')}")
        yield Category(
            name=tag.attribute("name"),
            set_id=tag_set.attribute("id"),
            kind=_KINDS[kind],
            values={value.name: value for value in values},
            single=tag.attributes.get("singleSelection") == "true",
            prefix=prefix,
            between=between or " ",
            suffix=suffix,
        )


def _value(given: Element) -> Value:
    name = given.attribute("name")
    phrase, codes = _phrase(given)
    hidden = bool(codes & _HIDES) and not phrase
    return Value(
        name=name,
        code=given.attribute("lacv").lstrip("0") or "0",
        shown="" if hidden else phrase or name,
        policy_as=_policy_as(given),
        not_with=frozenset(each.text for each in given.all("excludedClass")),
        obsolete=given.attributes.get("obsolete") == "true",
    )


def _default(given: Element, name: str) -> Iterator[Element]:
    """The elements of that name in the default language."""
    return (each for each in given.all(name) if XML_LANG not in each.attributes)


def _phrase(given: Element) -> tuple[str | None, frozenset[str]]:
    """What is printed, unless it stands for the policy's name, and every code about printing."""
    phrase: str | None = None
    codes: set[str] = set()
    for data in _default(given, "markingData"):
        own = {code.text for code in data.all("code")}
        codes |= own
        if "replacePolicy" not in own and "phrase" in data.attributes:
            phrase = data.attributes["phrase"]
    return phrase, frozenset(codes)


def _policy_as(given: Element) -> str | None:
    for data in _default(given, "markingData"):
        if any(code.text == "replacePolicy" for code in data.all("code")):
            return data.attributes.get("phrase", "")
    return None


def _qualifiers(given: Element) -> tuple[str, str, str]:
    """What stands before, between and after."""
    found = {"prefix": "", "separator": "", "suffix": ""}
    for qualifiers in _default(given, "markingQualifier"):
        for each in _default(qualifiers, "qualifier"):
            code = each.attribute("qualifierCode")
            if code not in found:
                raise unknown("place of a qualifier", code, found)
            found[code] = each.attribute("markingQualifier")
    return found["prefix"], found["separator"], found["suffix"]
