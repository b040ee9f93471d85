"""A confidentiality label under a policy, and what several of them make together.

Source: STANAG 4774 (ADatP-4774); how values combine follows from what a category asks of a reader.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Final

import attrs

from tearline.domain.names import fixed
from tearline.errors import InputError
from tearline.markings.nato.policy import Kind, Policy

RELEASABLE: Final = "Releasable"
"""The context that lets in whomever ``Releasable To`` names."""
RELEASABLE_TO: Final = "Releasable To"


class Role(Enum):
    """Whose label it is, or when it holds."""

    ORIGINATOR = "originator"
    ALTERNATIVE = "alternative"
    """In the words of another policy."""
    SUCCESSOR = "successor"
    """What it becomes later."""


@attrs.frozen(kw_only=True)
class Label:
    """A confidentiality label.

    Attributes:
        policy: The policy it belongs to.
        categories: The values it has, by category. One of a permissive category without values lets nobody in.
        review: By when somebody must look at it again.

    Raises:
        InputError: A value must not stand with the level, several where one may be chosen, or something unknown.
    """

    policy: Policy = attrs.field(repr=lambda policy: repr(policy.name))
    classification: str
    categories: Mapping[str, frozenset[str]] = attrs.field(factory=dict, converter=fixed)
    privacy_mark: str = ""
    role: Role = attrs.field(default=Role.ORIGINATOR, eq=False)
    originator: str = attrs.field(default="", eq=False)
    created: dt.datetime | None = attrs.field(default=None, eq=False)
    review: dt.datetime | None = None
    received: str = attrs.field(default="", eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self.policy.classification(self.classification)
        for name, values in self.categories.items():
            category = self.policy.category(name)
            if not values and category.kind is not Kind.PERMISSIVE:
                raise InputError(f"the category {name} without a value")
            if category.single and len(values) > 1:
                raise InputError(f"{len(values)} values of {name}, of which one may be chosen")
            for each in values:
                if self.classification in category.value(each).not_with:
                    raise InputError(f"{name} {each} must not stand with {self.classification}")

    @property
    def hierarchy(self) -> int:
        """The rank of its level; higher is stricter."""
        return self.policy.classification(self.classification).hierarchy

    @property
    def obsolete(self) -> tuple[str, ...]:
        """Values that new labels must not have."""
        return tuple(
            f"{name} {each}"
            for name, values in self.categories.items()
            for each in sorted(values)
            if self.policy.category(name).value(each).obsolete
        )


@attrs.frozen(kw_only=True)
class Combined:
    """One label for several, and why it reads so."""

    label: Label
    reasons: tuple[str, ...] = ()


def combine(labels: Sequence[Label]) -> Combined:
    """One label that lets in nobody whom one of ``labels`` keeps out.

    Raises:
        InputError: There is none, or they belong to two policies.
    """
    if not labels:
        raise InputError("nothing to roll up: a banner needs a label")
    policy = labels[0].policy
    if any(label.policy != policy for label in labels):
        raise InputError("labels of two policies do not roll up; map them first")
    top = max(labels, key=lambda label: label.hierarchy)
    reasons = [f"{top.classification}: label {_numbers(labels, top)}"]
    categories: dict[str, frozenset[str]] = {}
    for name, category in policy.categories.items():
        lists = [label.categories[name] for label in labels if name in label.categories]
        if not lists:
            continue
        permissive = category.kind is Kind.PERMISSIVE
        values = frozenset.intersection(*lists) if permissive else frozenset[str]().union(*lists)
        if permissive:
            values = frozenset(v for v in values if top.classification not in category.value(v).not_with)
        categories[name] = values
        how = "what all that have it share" if permissive else "what any has"
        reasons.append(f"{name} {', '.join(sorted(values)) or 'nobody'}: {how}")
    marks = sorted({label.privacy_mark for label in labels if label.privacy_mark})
    found = Label(
        policy=policy,
        classification=top.classification,
        categories=categories,
        privacy_mark="; ".join(sorted({part for mark in marks for part in mark.split("; ")})),
        review=min((label.review for label in labels if label.review), default=None),
    )
    return Combined(label=found, reasons=tuple(reasons))


def _numbers(labels: Sequence[Label], top: Label) -> str:
    return ", ".join(str(n) for n, label in enumerate(labels, 1) if label.hierarchy == top.hierarchy)


def selected(label: Label) -> Iterator[tuple[str, frozenset[str]]]:
    """The categories of a label in the order of its policy."""
    return ((name, label.categories[name]) for name in label.policy.categories if name in label.categories)
