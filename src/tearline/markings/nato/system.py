"""Confidentiality labels as label systems: NATO's own, and those of any policy file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from tearline.markings.colours import Colour
from tearline.markings.handling import Handling, Level
from tearline.markings.ism.groups import COUNTRIES, GROUPS
from tearline.markings.nato import access, printing, spif
from tearline.markings.nato.label import RELEASABLE, RELEASABLE_TO, Label, combine, selected
from tearline.markings.nato.own_policy import NATO_POLICY, SAME_NATION
from tearline.markings.nato.policy import Kind, Policy
from tearline.markings.nato.xml_labels import read_label, write_label
from tearline.markings.reading import Admission, Reader
from tearline.markings.system import RolledUp, System, Written

KEY_OF_FILES: Final = "stanag4774"
MEMBERS: Final = GROUPS["NATO"].members
"""Members of NATO as of November 2022; those who joined later are not among them, so that nothing widens silently."""


def system_of(policy: Policy, key: str) -> System[Label]:
    """The label system of a policy."""

    def read(text: str) -> Label:
        return read_label(text, policy) if text.lstrip().startswith("<") else printing.read_banner(text, policy)

    def admits(label: Label, reader: Reader) -> Admission:
        return access.admits(label, reader, key)

    def handling(label: Label) -> Handling:
        return _handling(label, key)

    def choices(asked: Handling) -> Iterator[Label]:
        return _choices(policy, asked, key)

    return System(
        key=key,
        title=f"confidentiality labels (STANAG 4774) of the policy {policy.name}",
        read=read,
        write=write,
        roll_up=roll_up,
        admits=admits,
        handling=handling,
        choices=choices,
        faults=faults,
        levels=policy.levels,
    )


def from_file(text: str) -> System[Label]:
    """The label system of a policy file, given as its text."""
    return system_of(spif.policy(text), KEY_OF_FILES)


def write(label: Label) -> Written:
    """Every form of a label."""
    return Written(
        banner=printing.banner(label),
        portion=printing.portion(label),
        words=printing.in_words(label),
        colour=Colour.NEUTRAL,
        xml=write_label(label),
        details={
            "policy": label.policy.name,
            "classification": label.classification,
            "categories": {name: sorted(values) for name, values in selected(label)},
        },
    )


def roll_up(labels: Sequence[Label], today: dt.date) -> RolledUp[Label]:
    """One label that lets in nobody whom one of ``labels`` keeps out."""
    found = combine(labels)
    return RolledUp(label=found.label, reasons=found.reasons, faults=faults(found.label))


def faults(label: Label) -> tuple[str, ...]:
    """What a new label must not have, and what a banner does not show."""
    old = tuple(f"{value} is obsolete: no new label may have it" for value in label.obsolete)
    unseen = tuple(f"{value} is not printed: it stands in the XML alone" for value in printing.hidden(label))
    return (*old, *unseen)


def _handling(label: Label, key: str) -> Handling:
    """What the label lets recipients do: the nations that it names for certain, and of NATO its members."""
    policy = label.policy
    lists = [
        frozenset(nation for value in values for nation in _nations(value))
        for name, values in selected(label)
        if policy.is_nato and policy.category(name).kind is Kind.PERMISSIVE and name != "Context"
    ]
    if policy.is_nato:
        lists += _by_context(label)
    lowest = policy.levels[0]
    return Handling(
        level=None
        if label.classification == lowest
        else Level(system=key, name=label.classification, rank=label.hierarchy),
        near=None,
        nations=frozenset.intersection(*lists) if lists else None,
        needs=frozenset(_needs(label, key)),
        conditions=frozenset({label.privacy_mark} if label.privacy_mark else ()),
    )


def _by_context(label: Label) -> list[frozenset[str]]:
    """What the context of a NATO label adds: its members, unless lists say more; of a mission nobody is known."""
    context = label.categories.get("Context", frozenset({"NATO"}))
    if RELEASABLE in context and RELEASABLE_TO in label.categories:
        return []
    return [MEMBERS] if "NATO" in context else [frozenset()]


def _needs(label: Label, key: str) -> Iterator[str]:
    """What a reader must have besides: every restrictive value, and one of a list that is not of nations."""
    for name, values in selected(label):
        kind = label.policy.category(name).kind
        if kind is Kind.RESTRICTIVE:
            yield from (f"{key} {value}" for value in values)
        elif kind is Kind.PERMISSIVE and not label.policy.is_nato:
            yield f"{key} {name}: one of {', '.join(sorted(values)) or 'nothing'}"


def _nations(value: str) -> frozenset[str]:
    """The nations that a value means for certain; of a mission it is not known who is in it."""
    nation = SAME_NATION.get(value, value)
    return MEMBERS if value == "NATO" else frozenset({nation} & COUNTRIES)


def _choices(policy: Policy, asked: Handling, key: str) -> Iterator[Label]:
    """Labels of NATO's policy that say the level, and the nations: all members, or some of them only."""
    if not policy.is_nato:
        return
    level = asked.level.name if asked.level and asked.level.system == key else policy.levels[0]
    context = {"Context": frozenset({"NATO"})}
    yield Label(policy=policy, classification=level, categories=context)
    if asked.nations is None:
        return
    only = policy.category("Only").values
    values = frozenset(
        name
        for name, value in only.items()
        if name != "NATO" and SAME_NATION.get(name, name) in asked.nations and level not in value.not_with
    )
    if values:
        yield Label(policy=policy, classification=level, categories={**context, "Only": values})


NATO: Final = system_of(NATO_POLICY, "nato")
