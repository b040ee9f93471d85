"""Small random cases in which rules of clearance meet: stakes, answers, overrides, people, marks, rules, routes."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import strategies as st

from generated_cases import PARTNER, RECIPIENT, TODAY, US, cases
from generated_policies import policies
from tearline.domain import (
    Answer,
    Aspect,
    Authorities,
    Authority,
    Case,
    Claim,
    Consent,
    Harm,
    Override,
    Party,
    PartyId,
    Permission,
    Person,
    Question,
    Risk,
    Taint,
    Trust,
    Urgency,
    Wrong,
)

OTHER = PartyId("D")
DIRECTOR = "the director"
SAFE = dict.fromkeys(Harm, Risk.NONE)
KILLED = SAFE | {Harm.KILLING: Risk.REAL}
TAINTS = (Taint(how=Wrong.TORTURE), Taint(how=Wrong.UNLAWFUL, authority="the minister"))
RISKS = (SAFE, SAFE, KILLED, {})


@st.composite
def covers(draw: st.DrawFn, case: Case) -> dict[str, str]:
    """Some claims, each in some version."""
    some = draw(st.lists(st.sampled_from(case.claims), min_size=1, unique_by=lambda claim: claim.id))
    return {claim.id: draw(st.sampled_from(claim.versions)).id for claim in some}


def lately() -> st.SearchStrategy[dt.date]:
    return st.integers(0, 6).map(lambda days: TODAY - dt.timedelta(days=days))


@st.composite
def answers(draw: st.DrawFn, case: Case) -> Consent:
    """An answer of somebody who may have a stake."""
    return Consent(
        party=draw(st.sampled_from([PARTNER, OTHER])),
        on=draw(lately()),
        covers=draw(covers(case)),
        to=tuple(draw(st.lists(st.sampled_from([RECIPIENT, RECIPIENT, PARTNER, OTHER]), min_size=1, unique=True))),
        answer=draw(st.sampled_from([Answer.YES, Answer.YES, Answer.NO])),
        withdrawn=draw(st.sampled_from([None, None, TODAY])),
        until=draw(st.sampled_from([None, None, TODAY - dt.timedelta(days=1)])),
        permissions=draw(st.sampled_from([(), (Permission.ACT,)])),
    )


@st.composite
def questions(draw: st.DrawFn, case: Case) -> Question:
    """A question that is out, or whose day is over."""
    days = (None, TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1))
    return Question(
        party=draw(st.sampled_from([PARTNER, OTHER])),
        on=draw(lately()),
        covers=draw(covers(case)),
        to=(RECIPIENT,),
        due=draw(st.sampled_from(days)),
        permissions=(Permission.ACT,),
    )


@st.composite
def told_of_people(draw: st.DrawFn, claim: Claim) -> Claim:
    """The claim, with what its words tell of one person, and whether it lists it."""
    told = st.sampled_from([(), (), *((aspect,) for aspect in Aspect)])
    tells = [draw(told) for _ in claim.versions]
    versions = tuple(
        attrs.evolve(version, tells={"p": aspects} if aspects else {})
        for version, aspects in zip(claim.versions, tells, strict=True)
    )
    person = Person(
        id="p",
        risk=draw(st.sampled_from(RISKS)),
        versions=draw(st.sampled_from([(), (claim.versions[0].id,)])),
        authority=draw(st.sampled_from(["", "the minister"])),
    )
    tainted = draw(st.sampled_from([None, None, None, *TAINTS]))
    persons = draw(st.sampled_from([None, (), (), (person,)]))
    return attrs.evolve(claim, versions=versions, persons=persons, tainted=tainted)


@st.composite
def urgencies(draw: st.DrawFn) -> Urgency:
    """Overrides by whoever may."""
    parties = draw(st.lists(st.sampled_from([PARTNER, OTHER]), unique=True))
    on = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    return Urgency(
        authorities=Authorities(override=Authority(who=DIRECTOR)),
        overrides=tuple(Override(on=on, party=party, by=DIRECTOR, because="no answer") for party in parties),
    )


@st.composite
def clearances(draw: st.DrawFn) -> Case:
    """A small case in which any rule of clearance may apply."""
    case = draw(cases())
    told = [draw(told_of_people(claim)) for claim in case.claims]
    if len(told) > 1 and draw(st.booleans()):
        told[0] = attrs.evolve(told[0], derived_from=(told[-1].id,))
    if draw(st.booleans()):
        told[-1] = attrs.evolve(told[-1], sources=())
    third = attrs.evolve(
        case.sources[2],
        owner=draw(st.sampled_from([US, PARTNER, OTHER, RECIPIENT])),
        tainted=draw(st.sampled_from([None, None, *TAINTS])),
    )
    presence = draw(st.sampled_from([(), ("here",)]))
    other = Party(id=OTHER, handling=draw(st.none() | st.sampled_from(Trust)), presence=presence)
    allows = draw(st.sampled_from([(), (), (Permission.ACT,), (Permission.ONWARD,)]))
    return attrs.evolve(
        case,
        parties=(*case.parties, other),
        policy=draw(st.none() | policies()),
        sources=(*case.sources[:2], third),
        claims=tuple(told),
        consents=(*case.consents, *draw(st.lists(answers(case), max_size=2))),
        questions=tuple(draw(st.lists(questions(case), max_size=1))),
        urgent=draw(st.none() | urgencies()),
        proposal=attrs.evolve(case.proposal, harm_of_silence="somebody is hurt", allows=allows),
    )
