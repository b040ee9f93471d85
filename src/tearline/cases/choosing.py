"""Writing a choice of words into the text of a case file: one value changes, every comment stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import yaml

from tearline.cases.read import CaseFile, read
from tearline.domain import ClaimId, VersionId
from tearline.errors import InputError, InvariantError


def chosen(file: CaseFile, name: str, folder: str | None, claims: Mapping[ClaimId, VersionId]) -> str:
    """The text of ``file`` with ``proposal.claims`` as given, each claim at most as exact as its version.

    Args:
        name, folder: As for :func:`tearline.cases.read.read`.
        claims: At least one.
    Raises:
        CaseFileError: The case is none with these; for instance there is no such version.
        InputError: There are no claims.
    """
    if not claims:
        raise InputError("nothing is chosen: a proposal says at least one claim; `tearline log` records a refusal")
    start, end, deeper = _place(file.text)
    text = f"{file.text[:start]}{deeper}{_spelled(claims)}{file.text[end:]}"
    then = read(text, name, folder, file.case.policy)
    asked = attrs.evolve(file.case, proposal=attrs.evolve(file.case.proposal, claims=dict(claims)))
    if then.case != asked:
        raise InvariantError("writing the choice would have changed more than the choice")
    return text


def _spelled(claims: Mapping[ClaimId, VersionId]) -> str:
    return "{" + ", ".join(f"{claim}: {version}" for claim, version in claims.items()) + "}"


def _place(text: str) -> tuple[int, int, str]:
    """Where the value of ``proposal.claims`` starts and ends, and by how much it must be moved in."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    claims = _value(_value(root, "proposal"), "claims")
    deeper = "" if isinstance(claims, yaml.ScalarNode) or claims.flow_style else "  "
    return claims.start_mark.index, _end(claims), deeper


def _value(node: Any, key: str) -> Any:
    for name, value in node.value:
        if name.value == key:
            return value
    raise InvariantError(f"a case without `{key}`")


def _end(node: Any) -> int:
    """Where a value ends; what follows a value in block style, such as a comment, is no part of it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)
