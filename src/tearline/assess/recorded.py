"""What a record of earlier releases adds to a case: what counts as given, and what somebody must confirm.

A claim on record is the same as one of the case

1. if its words are those of one of its versions, whatever both are called: then that version was given;
2. if it has the same id and shares a source, or neither names one, though no version has its words: then the
   most exact version counts as given.

Whatever else could touch the case is not counted and not dropped: the same id over other sources, another
claim over a source of the case, a recipient that the case does not know by that id and name, a release whose
content was erased. Each of them must be confirmed before anything goes. What shares no words, no id and no source
with the case is only listed.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Sequence

import attrs

from tearline.assess.phrases import listed
from tearline.domain import Case, Claim, ClaimId, FromRecord, Given, PartyId, VersionId
from tearline.domain.released import Released, Told


@attrs.frozen
class _Match:
    """What one claim on record is in the case.

    Attributes:
        same: Claims and versions that it is.
        guessed: Whether its words are in no version, so that the most exact one was taken.
        touches: Whether it may say something of the same sources though it is no claim of the case.
    """

    same: tuple[tuple[ClaimId, VersionId], ...] = ()
    guessed: bool = False
    touches: bool = False


def with_record(case: Case, releases: Sequence[Released]) -> Case:
    """The case with what is on record.

    Laws: the claims, the proposal and what the case itself says was given stay as they are; with no releases
    it is the same case.
    """
    given, counted, confirm = [], list[str](), list[str]()
    for release in releases:
        matches = [(told, _match(case, told)) for told in release.told]
        known = _knows(case, release)
        told = _counted(case, matches) if known else {}
        if told and release.to is not None and not _stated(case, release, told):
            given.append(_given(case, release, release.to, told))
            counted.append(_said(release, told, [m for _, m in matches]))
        doubt = _doubt(release, matches, known=known)
        confirm += [doubt] if doubt else []
        if not told and not doubt:
            counted.append(f"{_named(release)} shares no words, no claim and no source with this case: not counted")
    added = FromRecord(counted=tuple(counted), confirm=tuple(confirm))
    return attrs.evolve(case, given=(*case.given, *given), from_record=added)


def _match(case: Case, told: Told) -> _Match:
    words = _plain(told.words)
    same = {}
    for claim in case.claims:
        for version in reversed(claim.versions):
            if _plain(version.text) == words:
                same[claim.id] = version.id
    if same:
        return _Match(same=tuple(same.items()))
    alike = next((claim for claim in case.claims if claim.id == told.claim), None)
    if alike is not None and _may_be_one(alike, told):
        return _Match(same=((alike.id, alike.versions[0].id),), guessed=True)
    named = {source.id for source in case.sources}
    return _Match(touches=alike is not None or bool(named & set(told.sources)))


def _may_be_one(claim: Claim, told: Told) -> bool:
    return bool(set(claim.sources) & set(told.sources)) or not (claim.sources or told.sources)


def _plain(text: str) -> str:
    """Words without what is not read: composed and decomposed letters, spaces and line ends are the same."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _knows(case: Case, release: Released) -> bool:
    return any(party.id == release.to and party.label == release.called for party in case.parties)


def _counted(case: Case, matches: Sequence[tuple[Told, _Match]]) -> dict[ClaimId, VersionId]:
    """By claim the most exact version that went."""
    found: dict[ClaimId, VersionId] = {}
    for _, match in matches:
        for claim, version in match.same:
            rank = case.claim(claim).rank
            if claim not in found or rank(version) < rank(found[claim]):
                found[claim] = version
    return found


def _given(case: Case, release: Released, to: PartyId, told: dict[ClaimId, VersionId]) -> Given:
    agreement = release.agreement if release.agreement and case.agreement(release.agreement) else None
    return Given(
        to=(to,),
        on=_day(case, release),
        claims=told,
        form=release.form,
        allows=release.allows,
        agreement=agreement,
    )


def _day(case: Case, release: Released) -> dt.date:
    """The day on which it counts: a case that is dated before it gains nothing by that."""
    return release.on if case.as_of is None else min(release.on, case.as_of)


def _stated(case: Case, release: Released, told: dict[ClaimId, VersionId]) -> bool:
    """Whether the case itself says so: to this recipient, on that day, all of it, as exactly."""
    return any(
        release.to in given.to
        and given.on in (release.on, _day(case, release))
        and all(
            claim in given.claims and case.claim(claim).rank(given.claims[claim]) <= case.claim(claim).rank(version)
            for claim, version in told.items()
        )
        for given in case.given
    )


def _named(release: Released) -> str:
    to = f" to {release.called}" if release.called else ""
    return f"number {release.seq} on the record, {release.on.day} {release.on:%B %Y}{to},"


def _said(release: Released, told: dict[ClaimId, VersionId], matches: Sequence[_Match]) -> str:
    what = listed(f"{claim} as {version}" for claim, version in told.items())
    guessed = (
        " (its words are in no version here, so the most exact one counts)" if any(m.guessed for m in matches) else ""
    )
    return f"{_named(release)} counts as given: {what}{guessed}"


def _doubt(release: Released, matches: Sequence[tuple[Told, _Match]], *, known: bool) -> str:
    """What must be confirmed because of a release; empty: nothing."""
    said = list(_open(release, matches, known=known))
    if not said:
        return ""
    return f"the releasing authority confirms that {_named(release)} tells no reader here more: {'; '.join(said)}"


def _open(release: Released, matches: Sequence[tuple[Told, _Match]], *, known: bool) -> Iterator[str]:
    if release.erased:
        yield "what it said was erased"
    touching = [told.claim for told, match in matches if match.touches]
    if touching:
        yield f"{listed(touching)} could not be set against any claim, and may rest on the same source"
    if not known and any(match.same for _, match in matches):
        yield "this case does not know that recipient by that name"
