"""The defaults that the reader of a case file leaned on, so that an answer can list them."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tearline.cases.format.parts import default_value
from tearline.cases.format.secrets import BELIEF_LIMITS, PERSON_LIMITS
from tearline.cases.shapes import Path, spelled_path
from tearline.domain import Case, Claim, Form, Party, PartyKind, Purpose, Reader, Secret, SecretKind
from tearline.domain.defaults import BUDGETS, CELL_BELIEF, INVESTIGATES_ABOVE, TRIES


@attrs.frozen
class Assumed:
    """One thing the file does not say, and what is taken instead.

    Attributes:
        path: Where it could be said.
        what: What is taken, in words.
    """

    path: str
    what: str


def assumptions(case: Case, longhand: frozenset[Path]) -> tuple[Assumed, ...]:
    """What ``case`` leaves to defaults, in the order of the file.

    Args:
        longhand: Paths at which a default is stated all the same; those are not assumed.
    """
    found = (
        *_of_the_day(case),
        *(assumed for party in case.parties for assumed in _of_party(case, party)),
        *_of_organisations(case),
        *_of_readers(case),
        *(assumed for secret in case.secrets for assumed in _of_secret(case, secret)),
        *(assumed for claim in case.claims for assumed in _of_claim(claim, longhand)),
        *_of_proposal(case, longhand),
    )
    return tuple(Assumed(spelled_path(path), what) for path, what in found)


Found = Iterator[tuple[Path, str]]


def _of_the_day(case: Case) -> Found:
    if case.as_of is None:
        yield ("as_of",), "the day of the decision is not stated"


def _of_party(case: Case, party: Party) -> Found:
    if party.id == case.us or party.hostile or party.kind is PartyKind.PUBLIC:
        return
    if party.handling is None:
        yield ("parties", party.id, "trust", "handling"), "wary"
    if party.use is None and party.id == case.proposal.to:
        yield ("parties", party.id, "trust", "use"), "not stated"


def _of_organisations(case: Case) -> Found:
    for organisation in case.organisations:
        if organisation.belief is None:
            yield ("organisations", organisation.id, "budget", "belief"), f"{CELL_BELIEF:g}"


def _of_readers(case: Case) -> Found:
    for reader in case.readers:
        yield from _of_reader(reader)


def _of_reader(reader: Reader) -> Found:
    if reader.investigates_above is None:
        yield ("readers", reader.id, "investigates_above"), f"{INVESTIGATES_ABOVE:g}"
    if reader.tries is None:
        yield ("readers", reader.id, "tries"), f"{TRIES}"


def _of_secret(case: Case, secret: Secret) -> Found:
    source = case.source(secret.of)
    for limit in PERSON_LIMITS if secret.kind is SecretKind.PERSON else BELIEF_LIMITS:
        if getattr(secret.budget, limit) is None:
            default = getattr(BUDGETS[source.kind], limit)
            path = ("secrets", secret.id, "budget", limit)
            yield path, f"{default:g}, the default for a source that is {source.kind.value}"


def _of_claim(claim: Claim, longhand: frozenset[Path]) -> Found:
    before = None
    for version in claim.versions:
        path = ("claims", claim.id, "versions", version.id, "value")
        if version.value == default_value(before) and path not in longhand:
            yield path, f"{version.value:g}"
        before = version.value
    if not any(version.known for version in claim.versions):
        yield ("claims", claim.id, "versions", claim.versions[0].id, "known"), "nobody has said who could know it"


def _of_proposal(case: Case, longhand: frozenset[Path]) -> Found:
    if case.proposal.purpose is Purpose.ROUTINE and ("proposal", "purpose") not in longhand:
        yield ("proposal", "purpose"), Purpose.ROUTINE.value
    if case.proposal.form is Form.RELEASE and ("proposal", "form") not in longhand:
        yield ("proposal", "form"), Form.RELEASE.value
    if not case.proposal.harm_of_silence:
        yield ("proposal", "harm_of_silence"), "nothing is said of it"
