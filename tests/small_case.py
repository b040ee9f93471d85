"""One small case for unit tests, to be changed where a test needs it otherwise.

A holds a report about X from a person, wants to tell B, and got the source together with C.
"""

import datetime as dt
from typing import Any

import attrs

from tearline.domain import (
    Answer,
    Case,
    Claim,
    Consent,
    Group,
    GroupKind,
    Party,
    Proposal,
    Purpose,
    Reader,
    Secret,
    SecretKind,
    Source,
    SourceKind,
    Trust,
    Version,
    access,
)

TODAY = dt.date(2026, 11, 20)

CLOSE = {"insiders": access("informed"), "staff": access("absent")}
WIDE = {"insiders": access("informed"), "staff": access("informed"), "elsewhere": access("near")}


def claim(**changes: Any) -> Claim:
    """A claim in two versions: `exact` that few could know, `vague` that many could."""
    exact = Version(id="exact", text="They meet at nine.", value=8.0, known=CLOSE)
    vague = Version(id="vague", text="They meet this week.", value=3.0, known=WIDE)
    return attrs.evolve(Claim(id="meeting", sources=("s",), persons=(), versions=(exact, vague)), **changes)


def small_case(**changes: Any) -> Case:
    """The case; keyword arguments replace whole parts of it."""
    case = Case(
        title="A meeting of X",
        us="A",
        as_of=TODAY,
        parties=(
            Party(id="A"),
            Party(id="B", handling=Trust.WARY),
            Party(id="C", shares_with_us=("training",)),
            Party(id="X", hostile=True),
        ),
        sources=(Source(id="s", kind=SourceKind.HUMAN, owner="A", joint_with=("C",)),),
        readers=(
            Reader(
                id="X",
                groups=(
                    Group(id="insiders", count=4),
                    Group(id="staff", count=400),
                    Group(id="elsewhere", kind=GroupKind.OTHER, weight=0.2),
                ),
            ),
        ),
        secrets=(Secret(id="who", of="s", kind=SecretKind.PERSON),),
        claims=(claim(),),
        proposal=Proposal(to="B", claims={"meeting": None}, by="officer-1", harm_of_silence="an ambush"),
    )
    return attrs.evolve(case, **changes)


def with_source(case: Case, **changes: Any) -> Case:
    """The case with its source changed."""
    return attrs.evolve(case, sources=(attrs.evolve(case.sources[0], **changes),))


def with_proposal(case: Case, **changes: Any) -> Case:
    """The case with its proposal changed."""
    return attrs.evolve(case, proposal=attrs.evolve(case.proposal, **changes))


def with_use(case: Case, use: Trust | None = Trust.FAIR) -> Case:
    """The case with a word on how its recipient uses what it gets."""
    to = case.proposal.to
    return attrs.evolve(case, parties=tuple(attrs.evolve(p, use=use) if p.id == to else p for p in case.parties))


def with_claim(case: Case, **changes: Any) -> Case:
    """The case with its claim changed."""
    return attrs.evolve(case, claims=(attrs.evolve(case.claims[0], **changes),))


def yes(party: str, version: str = "vague", **changes: Any) -> Consent:
    """A recorded consent to tell B."""
    consent = Consent(party=party, on=dt.date(2026, 11, 1), covers={"meeting": version}, to=("B",), answer=Answer.YES)
    return attrs.evolve(consent, **changes)


__all__ = [
    "TODAY",
    "Purpose",
    "claim",
    "small_case",
    "with_claim",
    "with_proposal",
    "with_source",
    "yes",
]
