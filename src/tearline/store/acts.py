"""What acts look like on record, and how they are read back: releases, refusals, waivers, overrides.

The content of an entry holds texts, whole numbers and lists only. It says what went, to whom, by whose authority
and under which decision; never who a source is or where it sits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tearline import __version__
from tearline.assess.releasing import Going, Withheld
from tearline.domain import Case, Form, Permission
from tearline.domain.dossier import Moved
from tearline.domain.lifecycle import Kind, Stage, Verdict
from tearline.domain.names import AgreementId, ClaimId, PartyId, SourceId, VersionId
from tearline.domain.released import Released, Told
from tearline.errors import InputError
from tearline.ledger.commitments import Value
from tearline.store.desk import found
from tearline.store.record import ERASURE, Contents, Entry, Record, committed

RELEASE: Final = "release"
REFUSAL: Final = "refusal"
WAIVER: Final = "waiver"
OVERRIDE: Final = "override"
KINDS: Final = (RELEASE, REFUSAL, WAIVER, OVERRIDE, ERASURE)
"""Everything that is on record."""

Content = Mapping[str, Value]


def release_of(going: Going) -> Content:
    """A release as it stands on record."""
    case, proposal, out = going.case, going.case.proposal, going.outgoing
    return {
        **_about(case, going.text, going.at),
        "purpose": proposal.purpose.value,
        "form": proposal.form.value,
        "allows": sorted(permission.value for permission in proposal.permits),
        "agreement": proposal.agreement,
        "by": going.by,
        "proposed_by": proposal.by,
        "authority": going.authority,
        "because": going.because,
        "decision": going.verdict.kind.label,
        "against_the_answer": going.override,
        "conditions": [{"that": one.that, "by": one.by, "on": one.on.isoformat()} for one in going.conditions],
        "may_leave": {
            "words": list(out.words),
            "grades": list(out.grades),
            "limits_of_use": list(out.limits_of_use),
            "withheld": out.withheld,
        },
        "told": [
            {"claim": one.claim, "version": one.version, "words": one.words, "sources": list(one.sources)}
            for one in going.told
        ],
    }


def refusal_of(held: Withheld) -> Content:
    """A refusal as it stands on record."""
    made = held.refusal
    return {
        **_about(held.case, held.text, held.at),
        "by": held.by,
        "proposed_by": held.case.proposal.by,
        "owner": made.owner,
        "reasons": [reason.text for reason in made.reasons[:1]],
        "harm_of_silence": made.harm_of_silence,
        "review_on": made.review_on.isoformat() if made.review_on else None,
        "asked": [
            {"claim": claim, "version": version or case_exact}
            for claim, version in held.case.proposal.claims.items()
            for case_exact in [held.case.claim(claim).versions[0].id]
        ],
    }


def set_aside(case: Case) -> Iterator[tuple[str, Content]]:
    """Waivers of a warning and decisions to do without a consent, as the case states them."""
    urgent = case.urgent
    for waiver in urgent.waivers if urgent else ():
        yield (
            WAIVER,
            {
                "title": case.title,
                "on": waiver.on.isoformat(),
                "of": list(waiver.of),
                "ground": waiver.ground.value,
                "because": waiver.because,
                "harm": waiver.harm,
                "by": waiver.by,
                "reviewer": waiver.reviewer,
                "review_on": waiver.review_on.isoformat() if waiver.review_on else None,
            },
        )
    for override in urgent.overrides if urgent else ():
        yield (
            OVERRIDE,
            {
                "title": case.title,
                "on": override.on.isoformat(),
                "party": override.party,
                "by": override.by,
                "because": override.because,
            },
        )


def _about(case: Case, text: str, at: dt.datetime) -> dict[str, Value]:
    to = case.party(case.proposal.to)
    return {
        "title": case.title,
        "case": text,
        "policy": case.policy.name if case.policy else None,
        "policy_text": case.policy.digest or None if case.policy else None,
        "program": __version__,
        "day": at.date().isoformat(),
        "to": to.id,
        "called": to.label,
    }


# --- what is there already ----------------------------------------------------------------------------------


def release_on(record: Record, text: str) -> Entry | None:
    """The release of a case file, if it is on record."""
    return next(iter(found(record, RELEASE, "$.case", text)), None)


def refusal_on(record: Record, content: Content) -> Entry | None:
    """The same refusal of the same day, if it is on record."""
    return next((e for e in found(record, REFUSAL, "$.case", str(content["case"])) if e.content == content), None)


def new_of(record: Record, acts: Contents) -> Contents:
    """Waivers and overrides that are not on record yet."""
    return [
        (kind, content)
        for kind, content in acts
        if all(entry.content != content for entry in found(record, kind, "$.title", str(content["title"])))
    ]


# --- back to nouns ------------------------------------------------------------------------------------------


def released(record: Record) -> tuple[Released, ...]:
    """Every release on record, erased ones too.

    Raises:
        InputError: One of them does not say what was committed to.
    """
    return tuple(map(_released, record.entries(RELEASE)))


def _released(entry: Entry) -> Released:
    on = dt.datetime.fromtimestamp(entry.at, dt.UTC).date()
    if entry.content is None:
        return Released(seq=entry.seq, on=on, erased=True)
    content: Mapping[str, Any] = checked(entry)
    try:
        return Released(
            seq=entry.seq,
            on=on,
            to=PartyId(content["to"]),
            called=content["called"],
            told=tuple(
                Told(
                    claim=ClaimId(one["claim"]),
                    version=VersionId(one["version"]),
                    words=one["words"],
                    sources=tuple(map(SourceId, one["sources"])),
                )
                for one in content["told"]
            ),
            form=Form(content["form"]),
            allows=tuple(map(Permission, content["allows"])),
            agreement=AgreementId(content["agreement"]) if content["agreement"] else None,
        )
    except (KeyError, TypeError, ValueError):
        raise InputError(f"entry {entry.seq} of the record is a release of another Tearline") from None


def checked(entry: Entry) -> Content:
    """What an entry says, if that is what was committed to.

    Raises:
        InputError: It is not, or it was erased.
    """
    if entry.content is None:
        raise InputError(f"entry {entry.seq} was erased: nobody knows any more what it said")
    if entry.salt is None or committed(entry.kind, entry.at, entry.content, entry.salt) != entry.commitment:
        raise InputError(f"entry {entry.seq} does not say what was committed to; see `tearline record verify`")
    return entry.content


def move_of(entry: Entry, cleared: Moved) -> Moved:
    """What a journal would have been told of a release that is on record."""
    content: Mapping[str, Any] = checked(entry)
    before = cleared.verdict
    return Moved(
        at=dt.datetime.fromtimestamp(entry.at, dt.UTC),
        by=content["by"],
        text=content["case"],
        to=Stage.RELEASED,
        proposer=content["proposed_by"],
        verdict=Verdict(
            kind={kind.label: kind for kind in Kind}[content["decision"]],
            said={ClaimId(one["claim"]): VersionId(one["version"]) for one in content["told"]},
            value=before.value if before else 0.0,
            conditions=tuple(one["that"] for one in content["conditions"]),
        ),
    )
