"""The rules that hold everywhere, one by one: what each says of one version, of all that its words imply too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from tearline.assess.phrases import PERMITTED_TO, listed
from tearline.assess.search import recipient_holds
from tearline.domain import Case, Claim, Permission, VersionId
from tearline.policy import (
    agreements,
    caveats,
    equities,
    marks,
    overrides,
    permissions,
    persons,
    quiet,
    reliance,
    rules,
    taint,
    unstated,
    whereabouts,
)
from tearline.policy.equities import Standing

GRAVER: Final = ("nothing", "requires", "asks", "forbids")
"""What a rule does, the graver later."""


@attrs.frozen(kw_only=True)
class BuiltIn:
    """One built-in rule on one version.

    Attributes:
        rule: Its name.
        does: ``forbids``, ``asks``, ``requires`` or ``nothing``.
        why: What it read, in sentences.
        change: What would make it otherwise; empty where it does nothing.
    """

    rule: str
    does: str
    why: tuple[str, ...]
    change: str = ""


def built_in(case: Case, claim: Claim, version: VersionId) -> tuple[BuiltIn, ...]:
    """What every built-in rule says of ``version`` and of all that its words imply.

    Guarantee:
        One of them forbids, or the policy keeps back what the words say, if and only if the version is forbidden.
    """
    told = [
        (each, each.versions[rank].id)
        for id_, rank in case.entails(claim.id, claim.rank(version)).items()
        for each in [case.claim(id_)]
    ]
    by_claim = [list(_of(case, each, words)) for each, words in told]
    rows = (_together(list(found)) for found in zip(*by_claim, strict=True))
    everywhere = (*rows, _located(case, claim, version), _implied(case, told[1:]))
    return tuple(found for found in everywhere if found.why)


def _together(found: Sequence[BuiltIn]) -> BuiltIn:
    """What one rule says of several claims that are told together: the gravest, with every reason for it."""
    does = max((each.does for each in found), key=GRAVER.index)
    gravest = [each for each in found if each.does == does]
    heavy = [each for each in found if each.does != "nothing"] or gravest[:1]
    why = tuple(dict.fromkeys(text for each in heavy for text in each.why))
    return BuiltIn(rule=gravest[0].rule, does=does, why=why, change=gravest[0].change)


def _of(case: Case, claim: Claim, version: VersionId) -> Iterator[BuiltIn]:
    """Each rule on one claim by itself, always as many and in the same order; without ``why`` it says nothing."""
    yield _consents(case, claim, version)
    yield _uses(case, claim)
    yield _harm(case, claim, version)
    yield _tainted(case, claim)
    yield _agreement(case, claim)
    yield _reliance(case, claim)
    yield _caveats(case, claim, version)
    yield _marked(case, claim, version)
    yield _quiet(case, claim)
    yield _stated(case, claim)


def _either(rule: str, bars: Sequence[str], needs: Sequence[str], change: str, otherwise: str = "") -> BuiltIn:
    """A rule that forbids, or else requires something, or does nothing."""
    if bars or needs:
        return BuiltIn(rule=rule, does="forbids" if bars else "requires", why=tuple(bars or needs), change=change)
    return BuiltIn(rule=rule, does="nothing", why=(otherwise,) if otherwise else ())


def _consents(case: Case, claim: Claim, version: VersionId) -> BuiltIn:
    found = {stake: equities.standing(case, stake, version) for stake in equities.stakes(case, claim)}
    if not found:
        return BuiltIn(rule="consent", does="nothing", why=("nobody else has a stake in its sources",))
    why = tuple(f"{case.party(stake.party).label}: {standing.value}" for stake, standing in found.items())
    without = overrides.overridden(case)
    left = {s: stands for s, stands in found.items() if not (s.party in without and stands.is_silence)}
    open_ = [stake for stake, stands in left.items() if stands.may_agree]
    no = [stake for stake, stands in left.items() if stands is not Standing.AGREED and not stands.may_agree]
    if no or any(case.party(stake.party).hostile for stake, stands in found.items() if stands is not Standing.AGREED):
        return BuiltIn(rule="consent", does="forbids", why=why, change="another answer, or another wording")
    if open_:
        whom = listed(case.party(stake.party).label for stake in open_)
        return BuiltIn(rule="consent", does="asks", why=why, change=f"a yes of {whom} that covers it")
    needs = [text for stake in left for text in equities.conditions(case, stake, version)]
    needs += overrides.conditions(case, frozenset(s.party for s in found if s not in left))
    if needs:
        return BuiltIn(rule="consent", does="requires", why=(*why, *needs), change="what the conditions say")
    return BuiltIn(rule="consent", does="nothing", why=why)


def _uses(case: Case, claim: Claim) -> BuiltIn:
    reasons = tuple(dict.fromkeys(reason.text for reason in permissions.refused(case, claim)))
    limits = dict.fromkeys(use.spelled for source in case.lineage(claim) for use in source.agreed_use)
    uses = [PERMITTED_TO[use] for use in Permission if use in case.uses]
    read = (
        f"limits agreed: {listed(f'`{limit}`' for limit in limits)}"
        if limits
        else "no limit is agreed for its sources",
        f"proposed: {listed(uses)}" if uses else "nothing is permitted beyond reading",
    )
    if reasons:
        return BuiltIn(rule="use", does="forbids", why=reasons, change="propose no such permission, form or purpose")
    return BuiltIn(rule="use", does="nothing", why=read)


def _harm(case: Case, claim: Claim, version: VersionId) -> BuiltIn:
    found = persons.findings(case, claim, version)
    confirm = persons.confirmations(case, claim, version)
    if not found and confirm:
        return BuiltIn(rule="person-harm", does="requires", why=confirm, change="somebody confirms it")
    if not found:
        read = "nobody identifiable is at risk" if claim.persons else "no person is listed"
        return BuiltIn(rule="person-harm", does="nothing", why=(read,))
    why = tuple(finding.reason.text for finding in found)
    if any(not finding.authority for finding in found):
        change = "another wording, a credible and followed-up assurance, or the authority that the law names"
        return BuiltIn(rule="person-harm", does="forbids", why=why, change=change)
    return BuiltIn(rule="person-harm", does="requires", why=why, change="the authority's decision on record")


def _tainted(case: Case, claim: Claim) -> BuiltIn:
    bars = [reason.text for reason in taint.refused(case, claim)]
    return _either("tainted", bars, taint.conditions(case, claim), "the decision of the authority that the law names")


def _agreement(case: Case, claim: Claim) -> BuiltIn:
    bars = [reason.text for reason in agreements.refused(case, claim)]
    change = "say so in the case, or propose it without the agreement"
    return _either("agreement", bars, agreements.confirmations(case, claim), change)


def _reliance(case: Case, claim: Claim) -> BuiltIn:
    bars = [reason.text for reason in reliance.refused(case, claim)]
    return _either("permission", bars, reliance.conditions(case), "propose no permission beyond reading")


def _caveats(case: Case, claim: Claim, version: VersionId) -> BuiltIn:
    return _either("caveat", (), caveats.confirmations(case, claim, version), "a later yes of the same party")


def _marked(case: Case, claim: Claim, version: VersionId) -> BuiltIn:
    """Only where the case says in which system it is marked."""
    if case.marked_in is None:
        return _either("marking", (), (), "")
    words = claim.version(version)
    bars = [reason.text for reason in marks.refused(case, claim, words)]
    change = "another wording or mark, or who would read there (`cleared`)" if bars else "the mark in the case"
    read = f"{case.party(case.proposal.to).label} may read {marks.mark_of(claim, words)}"
    return _either("marking", bars, marks.conditions(case, claim, words), change, read)


def _quiet(case: Case, claim: Claim) -> BuiltIn:
    bars = [reason.text for reason in quiet.refused(case, claim)]
    open_ = (*quiet.confirmations(case, claim), *quiet.shows(case, claim))
    change = "wait" if bars else "say when it was quiet, or accept it"
    return _either("quiet", bars, open_, change, "none of its sources is to be quiet today")


def _stated(case: Case, claim: Claim) -> BuiltIn:
    said = "the case names its sources and says who can be identified"
    return _either("stated", (), unstated.confirmations(case, claim), "say so in the case", said)


def _located(case: Case, claim: Claim, version: VersionId) -> BuiltIn:
    """Persons of whom these words tell who, where and when, with what the recipient holds."""
    found = whereabouts.located(case, {claim.id: claim.rank(version)}, recipient_holds(case))
    bars = [whereabouts.reason(one, claim.id, version).text for one in found if one.bars]
    return _either("whereabouts", bars, (), "leave one of who, where and when untold")


def _implied(case: Case, implied: Sequence[tuple[Claim, VersionId]]) -> BuiltIn:
    """What the policy says of what the words imply; of the words themselves it speaks in its own place."""
    every = [(claim, claim.version(words)) for claim, words in implied]
    bars = [reason.text for claim, version in every for reason in rules.refused(case, claim, version)]
    needs = [text for claim, version in every for text in rules.conditions(case, claim, version)]
    return _either("implied", bars, needs, "words that do not imply it")
