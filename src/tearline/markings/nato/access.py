"""Whether somebody may read what carries a confidentiality label.

The reader must be cleared for the level, have one value of each permissive category and all of each restrictive one.
What is not said of a reader does not hold. Source: STANAG 4774, and the access rules of the policy file.
"""

from __future__ import annotations

from collections.abc import Iterator

from tearline.markings.nato.label import RELEASABLE, RELEASABLE_TO, Label, selected
from tearline.markings.nato.own_policy import SAME_NATION
from tearline.markings.nato.policy import Category, Kind
from tearline.markings.reading import Admission, Reader


def admits(label: Label, reader: Reader, key: str) -> Admission:
    """Whether ``reader`` may read it; ``key`` is the label system for which its clearance counts."""
    return Admission(refusals=tuple(_refusals(label, reader, key)))


def _refusals(label: Label, reader: Reader, key: str) -> Iterator[str]:
    policy = label.policy
    held = policy.classifications.get(reader.clearance.get(key, policy.levels[0]))
    if held is None or held.hierarchy < label.hierarchy:
        yield f"not cleared for {policy.name} {label.classification}"
    for name, values in selected(label):
        category = policy.category(name)
        if category.kind is Kind.PERMISSIVE and not any(_has(label, reader, category, value) for value in values):
            yield f"{name}: only for {', '.join(sorted(values)) or 'nobody'}"
        if category.kind is Kind.RESTRICTIVE and (missing := values - reader.accesses):
            yield f"{name}: not read into {', '.join(sorted(missing))}"


def _has(label: Label, reader: Reader, category: Category, value: str) -> bool:
    """Whether the reader is one of those that a value means: a nation that it is of and serves, or a group."""
    if label.policy.is_nato and value == RELEASABLE and RELEASABLE_TO in label.categories:
        released = label.policy.category(RELEASABLE_TO)
        return any(_has(label, reader, released, each) for each in label.categories[RELEASABLE_TO])
    nation = SAME_NATION.get(value, value) if label.policy.is_nato else value
    return value in reader.groups or (nation in reader.countries and reader.serves == nation)
