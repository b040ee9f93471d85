"""Marks: whether the recipient may read what carries them, sentence by sentence and as a whole.

A mark says who may read, and never what a reader could work out; both must let a text go. Without
``marked_in`` the marks of a case are plain words, and nothing here applies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from tearline.domain import Case, Claim, ClaimId, Form, Party, Permission, Reason, Rule, Version, VersionId
from tearline.markings import SYSTEMS
from tearline.markings.handling import Answer, Handling
from tearline.markings.reading import Admission, Reader, Standing
from tearline.markings.system import System, Written


@attrs.frozen(kw_only=True)
class Portion:
    """One sentence and its mark.

    Attributes:
        mark: As it is written before the sentence; empty: nobody has marked it.
        tells: Compartments and lists that the mark names: they can tell how it was collected.
    """

    claim: ClaimId
    version: VersionId
    mark: str
    tells: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Banner:
    """The mark of a whole text.

    Attributes:
        title: The label system.
        written: The banner in every form; where a sentence is unmarked the least that it can be, and where
            none is marked ``None``.
        reasons: Why it reads so.
        faults: What is wrong with marks, and was taken at its strictest.
        refusals: Why the recipient may not read the whole, though it may read every sentence.
    """

    title: str
    portions: tuple[Portion, ...]
    written: Written | None
    reasons: tuple[str, ...]
    faults: tuple[str, ...]
    refusals: tuple[str, ...]

    @property
    def unmarked(self) -> tuple[ClaimId, ...]:
        """Claims whose sentences nobody has marked; then the banner is not known."""
        return tuple(portion.claim for portion in self.portions if not portion.mark)


def mark_of(claim: Claim, version: Version) -> str | None:
    """The mark of a version: its own, else that of its claim."""
    return version.marking or claim.marking


def reader(party: Party, system: System[Any]) -> Reader:
    """Who would read at a party. The public is never nearer than the public."""
    cleared = party.cleared
    return Reader(
        countries=frozenset(cleared.countries),
        serves=cleared.serves,
        agency=cleared.agency,
        clearance={system.key: cleared.level} if cleared.level else {},
        accesses=frozenset(cleared.accesses),
        groups=frozenset(cleared.groups),
        standing=Standing[cleared.nearness.name],
    )


def refused(case: Case, claim: Claim, version: Version) -> tuple[Reason, ...]:
    """Why the recipient may not have these words: it may not read their mark, or not in this form or for this use."""
    system, mark = _system(case), mark_of(claim, version)
    if system is None or mark is None:
        return ()
    label, to = system.read(mark), case.party(case.proposal.to)
    found = system.admits(label, reader(to, system))
    texts = [*_barred(case, found), *_uses(case, system.handling(label))]
    written = system.write(label).banner
    return tuple(
        Reason(
            rule=Rule.MARKING,
            text=f"{to.label} may not have `{claim.id}` as `{version.id}`, marked {written}: {text}.",
            claim=claim.id,
            version=version.id,
            party=to.id,
        )
        for text in texts
    )


def conditions(case: Case, claim: Claim, version: Version) -> tuple[str, ...]:
    """What must happen before unmarked words go from a case that is marked."""
    if _system(case) is None or mark_of(claim, version) is not None:
        return ()
    return (f"the originator marks `{claim.id}`: without that nobody knows the banner, or who may read it",)


def banner(case: Case, said: Mapping[ClaimId, VersionId]) -> Banner | None:
    """The banner of a text, or ``None`` where the case is not marked or nothing is said."""
    system = _system(case)
    if system is None or not said:
        return None
    words = [(case.claim(claim), case.claim(claim).version(version)) for claim, version in said.items()]
    portions = tuple(_portion(system, claim, version) for claim, version in words)
    labels = [system.read(mark) for claim, version in words if (mark := mark_of(claim, version)) is not None]
    if not labels:
        return Banner(title=system.title, portions=portions, written=None, reasons=(), faults=(), refusals=())
    rolled = system.roll_up(labels, case.as_of or dt.date(1, 1, 1))
    found = system.admits(rolled.label, reader(case.party(case.proposal.to), system))
    return Banner(
        title=system.title,
        portions=portions,
        written=system.write(rolled.label),
        reasons=rolled.reasons,
        faults=rolled.faults,
        refusals=tuple(_barred(case, found)),
    )


def whole(case: Case, said: Mapping[ClaimId, VersionId]) -> tuple[str, ...]:
    """What must happen before a text goes whose banner keeps the recipient out, though no sentence alone does.

    Oversight is never a third party: no mark stands between us and it.
    """
    found = banner(case, said)
    if found is None or found.written is None or not found.refusals or case.for_oversight:
        return ()
    to = case.party(case.proposal.to).label
    text = f"together the sentences are {found.written.banner}, which {to} may not have ({'; '.join(found.refusals)})"
    return (f"the originators mark them so that {to} may read the whole, or they go apart: {text}",)


def _system(case: Case) -> System[Any] | None:
    return None if case.marked_in is None else SYSTEMS[case.marked_in.value]


def _portion(system: System[Any], claim: Claim, version: Version) -> Portion:
    mark = mark_of(claim, version)
    if mark is None:
        return Portion(claim=claim.id, version=version.id, mark="", tells=())
    label = system.read(mark)
    tells = tuple(sorted(need.removeprefix(f"{system.key} ") for need in system.handling(label).needs))
    return Portion(claim=claim.id, version=version.id, mark=system.write(label).portion, tells=tells)


def _barred(case: Case, found: Admission) -> Iterator[str]:
    yield from found.refusals
    if found.view_only and case.proposal.form is Form.RELEASE:
        yield "it may be shown there and not handed over (`form: disclosure`)"


def _uses(case: Case, handling: Handling) -> Iterator[str]:
    """What the mark forbids the recipient to do, of what is proposed. What must be asked is asked elsewhere."""
    for use, answer, what in (
        (Permission.ONWARD, handling.onward, "passed on"),
        (Permission.EVIDENCE, handling.evidence, "used as evidence or published"),
    ):
        if use in case.uses and answer is Answer.NO:
            yield f"it may not be {what}"
