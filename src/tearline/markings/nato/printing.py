"""Labels as they are printed, from what their policy says, and read back from what is printed.

The policy's name comes first, unless a level or a context stands in its place (COSMIC, NATO/KFOR); then the level;
then each category in the order of the policy. What a policy hides is not printed, so that a label with hidden values
is read back from its XML only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tearline.errors import InputError
from tearline.markings.legible import legible, quoted, unknown
from tearline.markings.nato.label import RELEASABLE, RELEASABLE_TO, Label, selected
from tearline.markings.nato.policy import Category, Kind, Policy, Value

NOBODY: Final = "NOBODY"
_IMPLIED: Final = ("NATO", RELEASABLE)
"""What *Releasable to* says without printing it."""

_SHORT: Final = {"TOP SECRET": "CTS", "SECRET": "NS", "CONFIDENTIAL": "NC", "RESTRICTED": "NR", "UNCLASSIFIED": "NU"}
_SHORT_ATOMAL: Final = {f"{short}-A": short for short in ("CTS", "NS", "NC")} | {"CTS-B": "CTS"}
_LONG: Final = {short: level for level, short in _SHORT.items()}


def banner(label: Label) -> str:
    """The line at the top and the bottom of every page."""
    policy = label.policy
    level = policy.classification(label.classification).phrase or label.classification
    parts = [_policy_name(label), level, *_categories(label)]
    inner = " ".join(part for part in parts if part)
    return f"{policy.prefix}{inner}{policy.suffix}"


def portion(label: Label) -> str:
    """The mark before a paragraph, in brackets; NATO's own in short."""
    if label.policy.is_nato and _policy_name(label) in ("NATO", "COSMIC"):
        return f"({' '.join([_SHORT[label.classification], *_categories(label)])})"
    return f"({banner(label)})"


def in_words(label: Label) -> str:
    """Everything that the label says, hidden values too."""
    said = [f"{label.classification} under the policy {label.policy.name}"]
    for name, values in selected(label):
        asks = {
            Kind.PERMISSIVE: "for readers with one of",
            Kind.RESTRICTIVE: "for readers with all of",
            Kind.INFORMATIVE: "for information",
        }[label.policy.category(name).kind]
        said.append(f"{name}: {asks} {', '.join(sorted(values)) or NOBODY.lower()}")
    if label.privacy_mark:
        said.append(f"privacy mark: {label.privacy_mark}")
    if label.review:
        said.append(f"to be looked at again by {label.review:%Y-%m-%d}")
    return "; ".join(said)


def _policy_name(label: Label) -> str:
    level = label.policy.classification(label.classification)
    if level.policy_as is not None:
        return level.policy_as
    instead = [
        value.policy_as
        for name, values in selected(label)
        for value in _ordered(label.policy.category(name), values)
        if value.policy_as is not None
    ]
    return "/".join(dict.fromkeys(instead)) if instead else label.policy.shown


def _ordered(category: Category, values: frozenset[str]) -> Iterator[Value]:
    return (value for name, value in category.values.items() if name in values)


def _prints(category: Category) -> bool:
    return any(value.shown for value in category.values.values())


def _categories(label: Label) -> Iterator[str]:
    for name, values in selected(label):
        category = label.policy.category(name)
        shown = [value.shown for value in _ordered(category, values) if value.shown]
        if not values and (_prints(category) or category.kind is Kind.PERMISSIVE):
            shown = [NOBODY] if _prints(category) else [f"[{name}: {NOBODY}]"]
        if shown:
            yield f"{category.prefix}{category.between.join(shown)}{category.suffix}"


# --- read back ---------------------------------------------------------------------------------------------


def read_banner(text: str, policy: Policy) -> Label:
    """The label that a banner or a portion says, under a policy.

    Raises:
        InputError: Anything in it is not exactly known.
    """
    plain = legible(text)
    bare = plain[1:-1] if plain[0] == "(" and plain[-1] == ")" else plain
    if not (bare.startswith(policy.prefix) and bare.endswith(policy.suffix)):
        raise InputError(f"{quoted(plain)} does not begin with `{policy.prefix}`")
    bare = bare[len(policy.prefix) : len(bare) - len(policy.suffix)]
    level, found, rest = _beginning(bare, policy)
    for category in policy.categories.values():
        values, rest = _take(rest.lstrip(" "), category)
        if values is not None:
            found[category.name] = found.get(category.name, frozenset()) | values
    if rest.strip():
        known = [value.shown for category in policy.categories.values() for value in category.values.values()]
        raise unknown(
            f"value of the policy {policy.name}", rest.strip(), known, "they stand in the order of the policy"
        )
    if policy.is_nato and RELEASABLE_TO in found:
        found |= _released(level, found)
    return Label(policy=policy, classification=level, categories=found, received=text)


def _released(level: str, found: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """What *Releasable to* means without saying so: besides NATO, whose own label it is."""
    to, context = found[RELEASABLE_TO], found.get("Context", frozenset[str]())
    if not to or level == "TOP SECRET":
        return {}
    return {RELEASABLE_TO: to | {"NATO"}, "Context": context | {RELEASABLE}}


def _beginning(text: str, policy: Policy) -> tuple[str, dict[str, frozenset[str]], str]:
    """The level, what the words before it say, and the rest."""
    word, _, rest = text.partition(" ")
    if policy.is_nato and (short := _SHORT_ATOMAL.get(word, word)) in _LONG:
        found = {"Context": frozenset({"NATO"})}
        if short != word:
            found["Additional Sensitivity"] = frozenset({"BOHEMIA" if word == "CTS-B" else "ATOMAL"})
        return _LONG[short], found, rest
    for level in sorted(policy.classifications.values(), key=lambda each: -len(each.name)):
        for name, contexts in _names(policy, level.policy_as):
            start = f"{name} {level.phrase or level.name}".strip()
            if text == start or text.startswith(f"{start} "):
                return level.name, dict(contexts), text[len(start) :]
    known = [f"{policy.shown} {level}".strip() for level in policy.levels]
    raise unknown(f"level of the policy {policy.name}", text, known, f"there are {', '.join(known)}")


def _names(policy: Policy, instead: str | None) -> Iterator[tuple[str, Mapping[str, frozenset[str]]]]:
    """What may stand in front of a level, with the contexts that it says."""
    if instead is not None:
        yield instead, {"Context": frozenset({"NATO"})} if policy.is_nato else {}
        return
    replaced = False
    for category in policy.categories.values():
        for value in category.values.values():
            if value.policy_as is not None:
                replaced = True
                yield value.policy_as, {category.name: frozenset({value.name})}
    if not replaced:
        yield policy.shown, {}


def _take(text: str, category: Category) -> tuple[frozenset[str] | None, str]:
    """The values of a category at the beginning of ``text``, and the rest; ``None``: it is not there."""
    if not text.startswith(category.prefix) or not _prints(category):
        return None, text
    rest, found = text[len(category.prefix) :], []
    known = sorted((v for v in category.values.values() if v.shown), key=lambda value: -len(value.shown))
    if rest.startswith(NOBODY + category.suffix):
        return frozenset(), rest[len(NOBODY + category.suffix) :]
    while value := next((v for v in known if _begins(rest, v.shown, category)), None):
        found.append(value.name)
        rest = rest[len(value.shown) :]
        if not rest.startswith(category.between):
            break
        if next((v for v in known if _begins(rest[len(category.between) :], v.shown, category)), None) is None:
            break
        rest = rest[len(category.between) :]
    if not found or not rest.startswith(category.suffix):
        return None, text
    return frozenset(found), rest[len(category.suffix) :]


def _begins(text: str, shown: str, category: Category) -> bool:
    """Whether ``shown`` stands at the beginning as a whole word."""
    after = text[len(shown) :]
    ends = (category.between, " ", *([category.suffix] if category.suffix else []))
    return text.startswith(shown) and (not after or after.startswith(ends))


def hidden(label: Label) -> tuple[str, ...]:
    """Values that are not printed; they stand in the XML alone."""
    return tuple(
        f"{name} {value.name}"
        for name, values in selected(label)
        for value in _ordered(label.policy.category(name), values)
        if not value.shown and value.policy_as is None and not (label.policy.is_nato and value.name in _IMPLIED)
    )
