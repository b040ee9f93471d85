"""A security policy: its levels, its categories, and how they are printed. A label means nothing without one."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

import attrs

from tearline.domain.names import fixed
from tearline.errors import InputError
from tearline.markings.legible import unknown

NATO_ID: Final = "1.3.26.1.3.1"


class Kind(Enum):
    """What a category asks of a reader."""

    PERMISSIVE = "PERMISSIVE"
    """One of its values; a label without the category is not limited by it."""
    RESTRICTIVE = "RESTRICTIVE"
    """All of its values."""
    INFORMATIVE = "INFORMATIVE"
    """Nothing."""


@attrs.frozen(kw_only=True)
class Classification:
    """One level.

    Attributes:
        code: Its number in the policy (*lacv*); ``hierarchy``: higher is stricter.
        policy_as: What stands in the place of the policy's name with it, such as COSMIC.
    """

    name: str
    code: str
    hierarchy: int
    phrase: str = ""
    policy_as: str | None = None


@attrs.frozen(kw_only=True)
class Value:
    """One value of a category.

    Attributes:
        shown: What is printed for it; empty: nothing.
        policy_as: What stands in the place of the policy's name with it, such as NATO/KFOR.
        not_with: Names of the levels with which it must not stand.
        obsolete: Old labels may have it, new ones must not.
    """

    name: str
    code: str
    shown: str = ""
    policy_as: str | None = None
    not_with: frozenset[str] = frozenset()
    obsolete: bool = False


@attrs.frozen(kw_only=True)
class Category:
    """One category of a policy, and what is printed before, between and after its values."""

    name: str
    set_id: str
    kind: Kind
    values: Mapping[str, Value] = attrs.field(converter=fixed)
    single: bool = False
    prefix: str = ""
    between: str = " "
    suffix: str = ""

    def value(self, name: str) -> Value:
        """The value of that name.

        Raises:
            InputError: There is none.
        """
        if name not in self.values:
            raise unknown(f"value of {self.name}", name, self.values)
        return self.values[name]


@attrs.frozen(kw_only=True)
class Policy:
    """A security policy.

    Attributes:
        id: Its object identifier.
        shown: What is printed for it: its name, or nothing where the policy says so.
        prefix, suffix: Printed around the whole marking, such as ``TLP:``.
    """

    name: str
    id: str
    classifications: Mapping[str, Classification] = attrs.field(converter=fixed)
    categories: Mapping[str, Category] = attrs.field(converter=fixed)
    shown: str = ""
    prefix: str = ""
    suffix: str = ""

    @property
    def is_nato(self) -> bool:
        """Whether it is the policy of NATO itself, whose groups and contexts are known."""
        return self.id == NATO_ID

    @property
    def levels(self) -> tuple[str, ...]:
        """Names of the levels, from low to high."""
        return tuple(sorted(self.classifications, key=lambda name: self.classifications[name].hierarchy))

    def classification(self, name: str) -> Classification:
        """The level of that name.

        Raises:
            InputError: There is none.
        """
        if name not in self.classifications:
            raise unknown(f"level of the policy {self.name}", name, self.classifications)
        return self.classifications[name]

    def category(self, name: str) -> Category:
        """The category of that name.

        Raises:
            InputError: There is none.
        """
        if name not in self.categories:
            raise unknown(f"category of the policy {self.name}", name, self.categories)
        return self.categories[name]

    def check_named(self, name: str, identifier: str) -> None:
        """Refuse a label of another policy: levels of two policies are never compared.

        Args:
            name: What the label calls its policy; ``identifier``: its object identifier, where it has one.
        Raises:
            InputError: Either is another policy's, or the label names none.
        """
        if not (name or identifier):
            raise InputError("a label that names no policy")
        if name and name != self.name:
            raise InputError(f"a label of the policy `{name[:60]}`; the policy at hand is {self.name}")
        if identifier and identifier.removeprefix("urn:oid:") != self.id:
            raise InputError(f"a label of the policy `{identifier[:60]}`; {self.name} is {self.id}")
