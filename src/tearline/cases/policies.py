"""Policy files: read, checked, found by the name that a case gives."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from hashlib import sha256
from importlib import resources
from pathlib import PurePath
from typing import Any, Final

import attrs

from tearline.cases import shipped_policies
from tearline.cases.checks import Draft, node_at
from tearline.cases.conditions import Words
from tearline.cases.document import Node, parse
from tearline.cases.opening import text_in
from tearline.cases.policy_format import POLICY_FORMAT, policy_record, words_record
from tearline.cases.published import schema_of
from tearline.cases.shapes import UNREADABLE, Fields, Path, Reading, printable
from tearline.domain import AgreementId, Policy
from tearline.domain.rules import Agreement, Effect
from tearline.errors import CaseFileError, InputError

SUFFIXES: Final = (".yaml", ".yml", ".json")
"""What the name of a policy file ends with."""

DEMANDS: Final = ("approval", "condition", "that")


def read_policy(text: str, name: str = "policy.yaml") -> Policy:
    """Read a policy file. A file with nothing in it is a policy that permits nothing.

    Args:
        name: What to call the file in messages, and the policy's name.
    Raises:
        CaseFileError: With every problem of the file, in its order.
    """
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if _says_nothing(text):
        return Policy(name=name, digest=digest)
    root = parse(text, name)
    known = _words_of(root)
    reading, record = Reading(), policy_record(known)
    fields = record.read(root, (), reading)
    _judge_rules(fields, root, reading)
    _judge_words(fields, root, reading)
    reading.raise_problems(name)
    policy: Policy = record.build(fields)
    return attrs.evolve(policy, name=name, digest=digest)


def load_policy(path: str) -> Policy:
    """Read a policy file from disk (CaseFileError as :func:`read_policy`, or as of any file)."""
    return read_policy(text_in(path), path)


def policy_names() -> tuple[str, ...]:
    """The names of the shipped policies, in alphabetical order."""
    found = (entry.name for entry in resources.files(shipped_policies).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))


def policy_text(name: str) -> str:
    """The file of a shipped policy, comments and all.

    Raises:
        InputError: There is no policy of that name.
    """
    if name not in policy_names():
        close = difflib.get_close_matches(name, policy_names(), n=1)
        hint = f"did you mean `{close[0]}`?" if close else f"there is {', '.join(f'`{n}`' for n in policy_names())}"
        raise InputError(f"no shipped policy `{name}`; {hint}")
    return resources.files(shipped_policies).joinpath(f"{name}.yaml").read_text("utf-8")


def shipped_policy(name: str) -> Policy:
    """Read a shipped policy (InputError if there is none of that name)."""
    return attrs.evolve(read_policy(policy_text(name), f"{name}.yaml"), name=name)


def is_file_name(name: str) -> bool:
    """Whether a policy is named by its file, not by the name of a shipped one."""
    return name.endswith(SUFFIXES) or any(mark in name for mark in "/\\")


def policy_schema() -> dict[str, Any]:
    """The format in JSON Schema; what stands inside conditions it leaves open."""
    return schema_of(policy_record(Words()), f"Tearline policy file, version {POLICY_FORMAT}")


def policy_opens(draft: Draft, folder: str | None, opened: Policy | None = None) -> None:
    """Put the policy that a case names in the place of its name.

    A case may come from elsewhere, so what it names is opened only where it is itself: a file in its
    folder or below, without ``..``, and no link out of it. ``opened`` is taken where it is the one named.
    """
    name = draft.fields.get("policy")
    if not isinstance(name, str):
        return
    try:
        policy = opened if opened is not None and opened.name == name else _found(name, folder)
        draft.fields["policy"] = policy
        _judge_case(draft, policy)
    except CaseFileError as wrong:
        first = wrong.problems[0].seen_in(wrong.name)
        more = f", and {len(wrong.problems) - 1} more" if len(wrong.problems) > 1 else ""
        draft.report(
            ("policy",), f"this policy cannot be used: {first}{more}", "`tearline policy check` lists them all"
        )
    except InputError as wrong:
        draft.report(("policy",), str(wrong))


def _judge_case(draft: Draft, policy: Policy) -> None:
    """What the case says to its policy, the policy knows. Agreements of the case are judged with them."""
    proposal = draft.fields.get("proposal", {})
    asked = {str(question.id): question for question in policy.questions}
    for question in proposal.get("answers") or ():
        if question not in asked:
            path = ("proposal", "answers", question)
            draft.report_unknown(path, f"the policy asks no `{printable(question)}`", question, asked)
    named, agreed = proposal.get("agreement"), {str(agreement.id): agreement for agreement in policy.agreements}
    if named is not None and agreed and named not in agreed and not draft.named("agreements"):
        message = f"the policy knows no agreement `{printable(named)}`"
        draft.report_unknown(("proposal", "agreement"), message, named, agreed)
    for where, marking in markings_of(draft) if policy.markings else ():
        if marking not in policy.markings:
            message = f"the policy knows no marking `{printable(marking)}`"
            draft.report_unknown(where, message, marking, dict.fromkeys(policy.markings))


def markings_of(draft: Draft) -> Iterator[tuple[Path, str]]:
    """Every mark of a case, with its place."""
    for claim, held in draft.named("claims").items():
        if isinstance(marking := held.get("marking"), str):
            yield ("claims", claim, "marking"), marking
        for version, words in (draft.versions(claim) or {}).items():
            if isinstance(marking := words.get("marking"), str):
                yield ("claims", claim, "versions", version, "marking"), marking


def _found(name: str, folder: str | None) -> Policy:
    if not is_file_name(name):
        return shipped_policy(name)
    if folder is None:
        raise InputError("a case that is not a file can name shipped policies only")
    plain = PurePath(name)
    if plain.is_absolute() or ".." in plain.parts or "\\" in name:
        raise InputError("a case can name only policies in its own folder or below")
    home, path = os.path.realpath(folder), os.path.realpath(os.path.join(folder, name))
    if os.path.commonpath([home, path]) != home:
        raise InputError("a case can name only policies in its own folder or below; this is a link out of it")
    return attrs.evolve(read_policy(text_in(path), name), name=name)


def _says_nothing(text: str) -> bool:
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines())
    return all(not line or line.startswith("#") for line in lines)


def _words_of(root: Node) -> Words:
    """The words that rules may use, as far as they can be read; what is wrong is reported when all is read."""
    fields = words_record().read(root, (), Reading())
    markings = fields.get("markings", ())
    groups = {group: parties for group, parties in fields.get("groups", {}).items() if parties is not UNREADABLE}
    return Words(
        markings=() if UNREADABLE in markings else tuple(dict.fromkeys(markings)),
        groups={group: parties for group, parties in groups.items() if UNREADABLE not in parties},
        agreements=tuple(_agreement(id_, held) for id_, held in fields.get("agreements", {}).items()),
        questions=tuple(fields.get("questions", {})),
    )


def _agreement(id_: str, held: Fields) -> Agreement:
    def readable(key: str) -> Any:
        return tuple(each for each in held.get(key, ()) if each is not UNREADABLE)

    purposes, forms = (tuple(word.value for word in readable(key)) for key in ("purposes", "forms"))
    since, until = held.get("since"), held.get("until")
    return Agreement(
        id=AgreementId(id_),
        parties=readable("with"),
        since=since,
        until=until,
        purposes=purposes,
        forms=forms,
    )


def _judge_rules(fields: Fields, root: Node, reading: Reading) -> None:
    """What a rule demands fits its effect."""
    rules = fields.get("rules", {})
    for id_, held in rules.items() if isinstance(rules, dict) else ():
        effect, path = held.get("effect"), ("rules", id_)
        demands = [key for key in DEMANDS if held.get(key) or (*path, key) in reading.unreadable]
        if effect is Effect.REQUIRE and not demands:
            node, hint = node_at(root, (*path, "effect")), "write `approval`, `condition` or `that`"
            reading.report(node, (*path, "effect"), "nothing is required", hint)
        if effect in (Effect.PERMIT, Effect.FORBID):
            for key in demands:
                message = f"a `{effect.value}` demands nothing"
                reading.report(node_at(root, (*path, key)), (*path, key), message, "only a `require` does")


def _judge_words(fields: Fields, root: Node, reading: Reading) -> None:
    """Markings are listed once; an agreement ends after it begins."""
    path: Path
    markings = fields.get("markings", ())
    for place, marking in enumerate(markings):
        if marking is not UNREADABLE and marking in markings[:place]:
            path = ("markings", place)
            reading.report(node_at(root, path), path, f"`{marking}` is listed twice")
    agreements = fields.get("agreements", {})
    for id_, held in agreements.items() if isinstance(agreements, dict) else ():
        since, until = held.get("since"), held.get("until")
        if since and until and until < since:
            path = ("agreements", id_, "until")
            reading.report(node_at(root, path), path, f"{until} is before {since}", "an agreement ends after it begins")
