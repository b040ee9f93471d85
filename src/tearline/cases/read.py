"""A case file, read: its case, its sealed placements, and what it left unsaid."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import BinaryIO

import attrs

from tearline.cases.assumed import Assumed, assumptions
from tearline.cases.channel_checks import CHANNEL_CHECKS
from tearline.cases.checks import CHECKS, Draft, secret_kind
from tearline.cases.content import CONTENT_CHECKS
from tearline.cases.dealings import DEALING_CHECKS
from tearline.cases.document import MAX_BYTES, MappingNode, Node, ScalarNode, parse, refuse
from tearline.cases.equity_checks import EQUITY_CHECKS
from tearline.cases.favours import FAVOUR_CHECKS
from tearline.cases.format import CASE
from tearline.cases.format.parts import FORMAT, default_value
from tearline.cases.marking_checks import MARKING_CHECKS
from tearline.cases.negotiation_checks import NEGOTIATION_CHECKS
from tearline.cases.opening import decoded, text_in
from tearline.cases.people_checks import PEOPLE_CHECKS
from tearline.cases.policies import policy_opens
from tearline.cases.scalars import Sealed
from tearline.cases.shapes import Fields, Path, Reading, printable
from tearline.cases.urgency_checks import URGENCY_CHECKS
from tearline.domain import Case, Policy, SecretKind, SourceId
from tearline.domain.names import fixed
from tearline.errors import Problem

STDIN = "-"
"""The path that stands for the standard input."""


def _fixed(sealed: Mapping[SourceId, Sealed]) -> Mapping[SourceId, Sealed]:
    return fixed(sealed)


@attrs.frozen(kw_only=True)
class CaseFile:
    """A case with everything its file holds besides it.

    Attributes:
        case: What the engines get. It cannot hold a source's identity or placement.
        sealed: Where sources sit, by source; prints as ``<sealed>``.
        longhand: Paths that the file spells out though it need not: a default that is stated all the
            same, a list of one. With them the file can be written back with nothing added or lost.
        text: The file as it was read, comments and all; empty if it was not read. Not compared.
        assumed: What the case leaves to defaults. Follows from ``case``.
    """

    case: Case
    sealed: Mapping[SourceId, Sealed] = attrs.field(converter=_fixed, factory=dict)
    longhand: frozenset[Path] = attrs.field(default=frozenset(), repr=False)
    text: str = attrs.field(default="", eq=False, repr=False)
    assumed: tuple[Assumed, ...] = attrs.field(init=False, repr=False)

    @assumed.default
    def _assumed(self) -> tuple[Assumed, ...]:
        return assumptions(self.case, self.longhand)


def read(text: str, name: str = "case.yaml", folder: str | None = None, policy: Policy | None = None) -> CaseFile:
    """Read a case file.

    Args:
        name: What to call the file in messages.
        folder: Where the file is, so that a policy beside it can be opened; ``None``: nowhere, and then a
            case can name shipped policies only.
        policy: One that has been opened before, and is taken where the case names it.
    Raises:
        CaseFileError: With every problem of the file, in its order; at most
            :data:`tearline.cases.shapes.MAX_PROBLEMS` are listed. A file that is no YAML or was
            written for another version of the format has one problem only. No message quotes a
            placement.
    """
    root = parse(text, name)
    _judge_version(root, name)
    if is_of_incident(root):
        hint = "`tearline damage` assesses it; name the case in it by `case`"
        refuse(name, Problem(message="this is an incident file and no case", hint=hint, line=1, column=1))
    reading = Reading()
    fields = CASE.read(root, (), reading)
    _fill_values(fields, reading)
    reading.judge_uses()
    draft = Draft(fields, root, reading)
    policy_opens(draft, folder, policy)
    later = (*CHANNEL_CHECKS, *DEALING_CHECKS, *FAVOUR_CHECKS, *NEGOTIATION_CHECKS, *MARKING_CHECKS)
    for check in (*CHECKS, *CONTENT_CHECKS, *PEOPLE_CHECKS, *EQUITY_CHECKS, *URGENCY_CHECKS, *later):
        check(draft)
    reading.raise_problems(name)
    return _finished(draft, text)


def load(path: str | os.PathLike[str], stdin: BinaryIO | None = None) -> CaseFile:
    """Read a case file from disk; ``-`` is the standard input.

    Args:
        stdin: What ``-`` reads; by default the standard input of the process.
    Raises:
        CaseFileError: As :func:`read`, or: there is no such file, it is not an ordinary file, it is
            larger than :data:`tearline.cases.document.MAX_BYTES`, or it is not UTF-8. Never more than
            that many bytes are read.
    """
    if os.fspath(path) == STDIN:
        return read(text_of_stdin(stdin), "stdin")
    name = os.fspath(path)
    return read(text_in(name), name, os.path.dirname(name) or os.curdir)


def text_of_stdin(stdin: BinaryIO | None = None) -> str:
    """The text on the standard input. Raises as :func:`load`."""
    return decoded((stdin or sys.stdin.buffer).read(MAX_BYTES + 1), "stdin")


def _judge_version(root: Node, name: str) -> None:
    """Refuse a file of another version before misreading it; a missing version is one problem of many."""
    for key, value in root.entries if isinstance(root, MappingNode) else ():
        if isinstance(key, ScalarNode) and key.text == "tearline" and not _is_current(value):
            said = f"`{printable(value.text)}`" if isinstance(value, ScalarNode) else "this"
            message = f"{said} is no version of the format that can be read"
            hint = f"write `tearline: {FORMAT}`, or use the Tearline that wrote it"
            refuse(name, Problem(message=message, hint=hint, path="tearline", line=value.line, column=value.column))


def is_of_incident(root: Node) -> bool:
    """Whether a file says that it is about an incident, and not that it is a case."""
    entries = root.entries if isinstance(root, MappingNode) else ()
    keys = {key.text for key, _ in entries if isinstance(key, ScalarNode)}
    return "tearline_incident" in keys and "tearline" not in keys


def _is_current(value: Node) -> bool:
    return isinstance(value, ScalarNode) and value.text == str(FORMAT)


def _fill_values(fields: Fields, reading: Reading) -> None:
    """Give every version its value, so that checks and nouns have one."""
    claims = fields.get("claims", {})
    for claim, held in claims.items() if isinstance(claims, dict) else ():
        versions = held.get("versions", {})
        before = None
        for version, said in versions.items() if isinstance(versions, dict) else ():
            path, default = ("claims", claim, "versions", version, "value"), default_value(before)
            if path in reading.unreadable:
                continue
            if said.get("value") == default:
                reading.longhand.add(path)
            before = said.setdefault("value", default)


def _finished(draft: Draft, text: str) -> CaseFile:
    """The nouns of a draft without problems."""
    sealed: dict[SourceId, Sealed] = {}
    for source, held in draft.named("sources").items():
        if "placement" in held:
            sealed[SourceId(source)] = held.pop("placement")
    kinds = draft.kinds()
    for held in draft.named("secrets").values():
        held["is"] = _resolved(held["is"], secret_kind(held["is"], kinds, draft.fields.get("organisations")))
    case = CASE.build(draft.fields)
    return CaseFile(case=case, sealed=sealed, longhand=frozenset(draft.reading.longhand), text=text)


def _resolved(is_: str, kind: SecretKind | None) -> Fields:
    return {
        "kind": kind,
        "group": is_ if kind is SecretKind.CHANNEL else None,
        "organisation": is_ if kind is SecretKind.ORGANISATION else None,
    }
