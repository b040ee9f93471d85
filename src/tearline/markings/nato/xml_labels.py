"""Labels as XML: the encoding of STANAG 4774, and that of the policy tool in the outside data, which is read only."""

from __future__ import annotations

import datetime as dt
from typing import Final

from tearline.errors import InputError
from tearline.markings.nato.label import Label, Role, selected
from tearline.markings.nato.policy import Category, Kind, Policy
from tearline.markings.safe_xml import Element, read, written

NAMESPACE: Final = "urn:nato:stanag:4774:confidentialitymetadatalabel:1:0"
BY_CODES: Final = "http://surevine.com/xmlns/spiffy"

_ROLES: Final = {f"{role.value}ConfidentialityLabel": role for role in Role}
_TAG_KINDS: Final = {
    "permissive": Kind.PERMISSIVE,
    "enumeratedPermissive": Kind.PERMISSIVE,
    "restrictive": Kind.RESTRICTIVE,
    "enumeratedRestrictive": Kind.RESTRICTIVE,
    "informative": Kind.INFORMATIVE,
}


def read_label(text: str, policy: Policy) -> Label:
    """The label that an XML text says.

    Raises:
        InputError: It is no label, belongs to another policy, or has something that the policy does not know.
    """
    root = read(text)
    name = root.name[:1].lower() + root.name[1:]
    if root.namespace == NAMESPACE and name in _ROLES:
        return _stanag(root, _ROLES[name], policy, text)
    if (root.namespace, root.name) == (BY_CODES, "label"):
        return _by_codes(root, policy, text)
    raise InputError(f"no confidentiality label: its root is <{root.name[:60]}> of `{root.namespace[:80]}`")


def _stanag(root: Element, role: Role, policy: Policy, text: str) -> Label:
    root.only("ConfidentialityInformation", "OriginatorID", "CreationDateTime", "ReviewDateTime", "SuccessionHandling")
    information = root.needed("ConfidentialityInformation")
    information.only("PolicyIdentifier", "Classification", "PrivacyMark", "Category")
    named = information.needed("PolicyIdentifier")
    policy.check_named(named.text, named.attributes.get("URI") or named.attributes.get("URL") or "")
    categories: dict[str, frozenset[str]] = {}
    for given in information.all("Category"):
        name, values = _category(given, policy)
        if name in categories:
            raise InputError(f"the category {name} stands twice; join its values in one")
        categories[name] = values
    mark, originator = information.one("PrivacyMark"), root.one("OriginatorID")
    return Label(
        policy=policy,
        classification=information.needed("Classification").text,
        categories=categories,
        privacy_mark=mark.text if mark else "",
        role=role,
        originator=originator.text if originator else "",
        created=_moment(root, "CreationDateTime"),
        review=_moment(root, "ReviewDateTime"),
        received=text,
    )


def _category(given: Element, policy: Policy) -> tuple[str, frozenset[str]]:
    given.only("GenericValue")
    category = policy.category(given.attribute("TagName"))
    if given.attribute("Type") != category.kind.value:
        raise InputError(f"{category.name} is {category.kind.value}, not {given.attribute('Type')[:40]}")
    identifier = given.attributes.get("URI", "").removeprefix("urn:oid:")
    if identifier and identifier != category.set_id:
        raise InputError(f"{category.name} is {category.set_id}, not `{identifier[:60]}`")
    return category.name, frozenset(category.value(each.text).name for each in given.all("GenericValue"))


def _moment(root: Element, name: str) -> dt.datetime | None:
    element = root.one(name)
    text = element.text if element else root.attributes.get(name, "")
    if not text:
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"{name} `{text[:40]}` is no moment such as 2030-12-31T12:00:00Z") from None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _by_codes(root: Element, policy: Policy, text: str) -> Label:
    """A label whose level and values are numbers of the policy."""
    root.only("policy", "classification", "tag")
    policy.check_named("", root.needed("policy").attribute("id"))
    code = root.needed("classification").attribute("lacv")
    names = [each.name for each in policy.classifications.values() if each.code == code]
    if not names:
        raise InputError(f"no level with the number `{code[:20]}` in the policy {policy.name}")
    categories: dict[str, frozenset[str]] = {}
    for tag in root.all("tag"):
        category = _by_id(tag, policy)
        number = tag.attribute("lacv").lstrip("0") or "0"
        values = frozenset(each.name for each in category.values.values() if each.code == number)
        if not values:
            raise InputError(f"no value with the number `{number[:20]}` in {category.name}")
        categories[category.name] = categories.get(category.name, frozenset()) | values
    return Label(policy=policy, classification=names[0], categories=categories, received=text)


def _by_id(tag: Element, policy: Policy) -> Category:
    kind = _TAG_KINDS.get(tag.attribute("type"))
    found = [c for c in policy.categories.values() if c.set_id == tag.attribute("id") and c.kind is kind]
    if len(found) != 1:
        raise InputError(f"no category `{tag.attribute('id')[:60]}` of the kind {tag.attribute('type')[:40]}")
    return found[0]


def write_label(label: Label) -> str:
    """The label in the encoding of STANAG 4774; :func:`read_label` reads it back."""
    policy = label.policy
    information = [
        written("PolicyIdentifier", {"URI": f"urn:oid:{policy.id}"}, text=policy.name),
        written("Classification", {}, text=label.classification),
        *([written("PrivacyMark", {}, text=label.privacy_mark)] if label.privacy_mark else []),
        *(_written_category(policy.category(name), values) for name, values in selected(label)),
    ]
    beside = [
        *([written("OriginatorID", {}, text=label.originator)] if label.originator else []),
        *([written("CreationDateTime", {}, text=_instant(label.created))] if label.created else []),
    ]
    attributes = {"xmlns": NAMESPACE} | ({"ReviewDateTime": _instant(label.review)} if label.review else {})
    return written(
        f"{label.role.value}ConfidentialityLabel",
        attributes,
        written("ConfidentialityInformation", {}, *information),
        *beside,
    )


def _written_category(category: Category, values: frozenset[str]) -> str:
    ordered = [name for name in category.values if name in values]
    attributes = {"TagName": category.name, "Type": category.kind.value, "URI": f"urn:oid:{category.set_id}"}
    return written("Category", attributes, *(written("GenericValue", {}, text=name) for name in ordered))


def _instant(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
