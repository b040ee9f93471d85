"""The gate of harm to persons: before any value, and never traded against one.

For every identifiable person: could the recipient detain, torture, render or kill on the strength of
this? The risk is judged without mitigation first, by the worst word of any office. Only an assurance
that removes it (:func:`weakness`) does away with a real risk, and only where nobody but the recipient
comes to read. A harm that the proposal itself permits is real whatever anybody judged, and nothing
removes it. What remains refuses the version, or waits for the authority that the law names.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

import attrs

from tearline.domain import (
    Aspect,
    Assurance,
    Case,
    Claim,
    Credibility,
    Harm,
    PartyKind,
    Permission,
    Person,
    Reason,
    Risk,
    Rule,
    Trust,
    VersionId,
)
from tearline.domain.officers import look_alike
from tearline.domain.persons import WORSE
from tearline.policy.authority import decided
from tearline.trust import Measure, earned

PERMITTED = {Permission.DETAIN: Harm.DETENTION, Permission.LETHAL: Harm.KILLING}
"""The harm that a permission is a permission for."""


@attrs.frozen(kw_only=True)
class PersonFinding:
    """Harms to an identifiable person that no assurance removes.

    Attributes:
        authority: The named authority that has decided about this person; empty: nobody else than who
            proposes, so it refuses.
    """

    reason: Reason
    authority: str


@attrs.frozen(kw_only=True)
class Danger:
    """One harm that an identifiable person faces, as the gate sees it.

    Attributes:
        baseline: The risk before any mitigation, the worst that any office held.
        permitted: Whether the proposal permits it.
        differ: What each office held, where they differ.
        promises: Every assurance that speaks of it: who gave it, and why it removes nothing (empty: it does).
        removed: Whether nothing of the risk is left.
    """

    harm: Harm
    baseline: Risk
    permitted: bool
    differ: tuple[tuple[str, Risk], ...]
    promises: tuple[tuple[str, str], ...]
    removed: bool


def findings(case: Case, claim: Claim, version: VersionId) -> tuple[PersonFinding, ...]:
    """Every person in the way of ``version``; empty where nobody identifiable is at risk.

    Whoever can be identified in one version can be identified in every more exact one. A permission to
    do harm concerns everybody listed, in whatever words.
    """
    found = []
    for person, known in concerned(case, claim, version):
        clauses = harmed(case, person, known)
        if clauses:
            text = f"Person {person.id} {clauses} (on the strength of `{claim.id}` as {version})."
            why = Reason(rule=Rule.PERSON_HARM, text=text, claim=claim.id, version=version)
            found.append(PersonFinding(reason=why, authority=decided(case, person.authority)))
    return tuple(dict.fromkeys(found))


def concerned(case: Case, claim: Claim, version: VersionId) -> Iterator[tuple[Person, bool]]:
    """Everybody whom ``version`` may concern, and whether it lets them be identified.

    Who is listed with the claim can be in the versions of which it is said. Whom the words tell of (``tells``)
    without being listed can be in these, and is judged by what other claims say of that person.
    """
    yield from ((_everywhere(case, person), identifiable(claim, version, person)) for person in claim.persons or ())
    yield from ((person, True) for named in _unlisted(claim, version) for person in records(case, named))


def records(case: Case, person: str) -> tuple[Person, ...]:
    """All that the case says of a person; somebody of whom it says nothing faces anything."""
    listed = tuple(_everywhere(case, p) for claim in case.claims for p in claim.persons or () if p.id == person)
    return listed or (_everywhere(case, Person(id=person)),)


def _everywhere(case: Case, person: Person) -> Person:
    """The person with the worst that was held of it with any claim: another claim makes nobody safer.

    The same id is the same person, however it is spelled.
    """
    same = [p for claim in case.claims for p in claim.persons or () if p != person and _same(p.id, person.id)]
    worse = {
        harm: max((person.baseline(harm), *held), key=WORSE.index)
        for harm in Harm
        if (held := [other.baseline(harm) for other in same if _is_judged(other, harm)])
    }
    changed = {harm: risk for harm, risk in worse.items() if risk is not person.baseline(harm)}
    return attrs.evolve(person, risk={**person.risk, **changed}) if changed else person


def _is_judged(person: Person, harm: Harm) -> bool:
    return harm in person.risk or any(harm in judgement.risk for judgement in person.judgements)


@functools.lru_cache(maxsize=4096)
def _same(one: str, other: str) -> bool:
    return one == other or look_alike(one, other)


def confirmations(case: Case, claim: Claim, version: VersionId) -> tuple[str, ...]:
    """What somebody must confirm because a promise was asked for against a harm that is said to be small.

    A baseline into which a promise was reckoned already is none, and nobody asks for a promise against
    what is not feared.
    """
    return tuple(
        f"it is confirmed that {harm.value} of person {person.id} was judged {person.baseline(harm).value} "
        f"before the promise of {assurance.by} was thought of"
        for person, known in concerned(case, claim, version)
        if known
        for assurance in person.assurances
        for harm in assurance.covers
        if not person.baseline(harm).is_real
    )


def identifiable(claim: Claim, version: VersionId, person: Person) -> bool:
    """Whether ``person``, who is listed with the claim, can be identified from this version alone."""
    return not person.versions or claim.rank(version) <= max(map(claim.rank, person.versions))


def recognised(claim: Claim, version: VersionId) -> bool:
    """Whether anybody at all can be identified from this version alone, listed with the claim or not."""
    listed = any(identifiable(claim, version, person) for person in claim.persons or ())
    return listed or bool(_unlisted(claim, version))


def _unlisted(claim: Claim, version: VersionId) -> tuple[str, ...]:
    """Persons whom the claim does not list, and who it is its words tell (``tells``), each once."""
    listed = {person.id for person in claim.persons or ()}
    told = (each.tells.items() for each in claim.versions[claim.rank(version) :])
    named = (person for tells in told for person, aspects in tells if Aspect.IDENTITY in aspects)
    return tuple(dict.fromkeys(person for person in named if person not in listed))


def dangers(case: Case, person: Person) -> tuple[Danger, ...]:
    """Every harm that ``person`` would face if the recipient could identify it, removed or not.

    A harm that is not real and that nothing permits is no danger.
    """
    permitted = {harm for permission, harm in PERMITTED.items() if permission in case.proposal.permits}
    return tuple(_danger(case, person, h, h in permitted) for h in Harm if h in permitted or person.baseline(h).is_real)


def harmed(case: Case, person: Person, known: bool) -> str:
    """What the person faces, in a clause for each way of knowing it; empty: nothing.

    Args:
        known: Whether the recipient could identify the person; if not, only what is permitted counts.
    """
    left = [d for d in dangers(case, person) if d.permitted or (known and not d.removed)]
    judged = [d for d in left if not d.permitted]
    by = _by(case)
    facing = [
        ("would face", [d for d in left if d.permitted], ", which the proposal permits in whatever words"),
        ("may face", [d for d in judged if d.baseline is Risk.REAL], ", and no assurance removes it"),
        ("may, for all anybody has said, face", [d for d in judged if d.baseline is Risk.UNKNOWN], ""),
    ]
    return "; ".join(f"{verb} {_named(those)} {by}{why}" for verb, those, why in facing if those)


def weakness(case: Case, assurance: Assurance) -> str:
    """Why an assurance removes nothing; empty: it removes the risks of which it speaks.

    It must be highly credible, given by somebody who has kept such promises, about a recipient whom we
    trust in what it does (by a word that somebody has given it, and by what is on record), followed up, and
    in force; and nobody else may come to read. Without dates on both sides nobody can tell whether it is in
    force, so it is not.
    """
    recipient = case.party(case.proposal.to)
    if assurance.credibility is not Credibility.HIGH:
        return f"its credibility is {assurance.credibility.value}"
    if assurance.broken:
        return f"such a promise was broken ({max(assurance.broken):%Y-%m-%d})"
    use = earned(case, recipient.id, Measure.USE, case.proposal.through)
    if use is None:
        return f"nobody has said how {recipient.label} uses what it gets"
    if use in (Trust.WARY, Trust.RIVAL):
        return f"{recipient.label} is not trusted in what it does with what it gets"
    if not assurance.follow_up:
        return "nobody follows it up"
    if assurance.until is None or case.as_of is None:
        return "nobody has said how long it holds" if assurance.until is None else "the case has no date"
    if case.as_of > assurance.until:
        return f"it ended on {assurance.until:%Y-%m-%d}"
    if Permission.ONWARD in case.uses:
        return "others come to read, who promised nothing"
    return ""


def _danger(case: Case, person: Person, harm: Harm, permitted: bool) -> Danger:
    promises = tuple((a.by, weakness(case, a)) for a in person.assurances if harm in a.covers)
    offices = tuple((j.by, j.risk[harm]) for j in person.judgements if harm in j.risk)
    held = {risk for _, risk in offices} | ({person.risk[harm]} if harm in person.risk else set())
    return Danger(
        harm=harm,
        baseline=person.baseline(harm),
        permitted=permitted,
        differ=offices if len(held) > 1 else (),
        promises=promises,
        removed=not permitted and any(not why for _, why in promises),
    )


def _named(found: Sequence[Danger]) -> str:
    return " or ".join(danger.harm.value for danger in found)


def _by(case: Case) -> str:
    recipient = case.party(case.proposal.to)
    return f"by {recipient.label}" if recipient.kind is not PartyKind.PUBLIC else "by whoever reads it in public"
