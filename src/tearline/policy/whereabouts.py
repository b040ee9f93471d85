"""Who, where and when: claims that each tell one of them let somebody lay hands on a person together.

No sentence need name anybody. One says who he is, another where such men meet, a third the hour; whoever
holds all three can wait for him. What the recipient was told before counts with what it would be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from tearline.domain import Aspect, Case, ClaimId, Reason, Rule, VersionId
from tearline.policy.authority import decided
from tearline.policy.persons import harmed, records

Ranks = Mapping[ClaimId, int]
"""What is said or held, each claim by the place of its version."""

ASKED = {Aspect.IDENTITY: "who", Aspect.PLACE: "where", Aspect.TIME: "when"}
"""What each aspect answers."""


@attrs.frozen(kw_only=True)
class Located:
    """A person on whom the recipient could lay hands once it has been told.

    Attributes:
        person: Its id.
        brings: The claims that tell each aspect, those told before among them.
        fresh: Aspects that the text tells and that the recipient did not hold.
        harm: What the person then faces, as a clause; empty: nothing that anybody fears.
        authority: The named authority that has decided about the person; empty: nobody.
    """

    person: str
    brings: Mapping[Aspect, tuple[ClaimId, ...]]
    fresh: frozenset[Aspect]
    harm: str
    authority: str

    @property
    def bars(self) -> bool:
        """Whether it stands in the way of the text; otherwise somebody must accept it."""
        return bool(self.harm) and not self.authority

    @property
    def told(self) -> str:
        """Which claims tell what, in a clause."""
        return ", ".join(
            f"{word} (`{'`, `'.join(self.brings[aspect])}`)" for aspect, word in ASKED.items() if aspect in self.brings
        )


def located(case: Case, said: Ranks, held: Ranks) -> tuple[Located, ...]:
    """Every person of whom ``said`` and ``held`` tell who, where and when, if ``said`` brings any of it.

    Args:
        said: The text.
        held: What the recipient has or can read already.
    """
    before = _told(case, held)
    news = _told(case, {claim: rank for claim, rank in said.items() if held.get(claim, rank + 1) > rank})
    found = []
    for person in dict.fromkeys((*news, *before)):
        had, brings = before.get(person, {}), news.get(person, {})
        if brings and {*had, *brings} == set(Aspect):
            known_of = records(case, person)
            clauses = [clause for record in known_of if (clause := harmed(case, record, True))]
            authorities = [decided(case, record.authority) for record in known_of if harmed(case, record, True)]
            found.append(
                Located(
                    person=person,
                    brings={a: tuple(dict.fromkeys((*brings.get(a, ()), *had.get(a, ())))) for a in Aspect},
                    fresh=frozenset(brings) - frozenset(had),
                    harm=clauses[0] if clauses else "",
                    authority=authorities[0] if authorities and all(authorities) else "",
                )
            )
    return tuple(found)


def reason(found: Located, claim: ClaimId, version: VersionId) -> Reason:
    """Why a version may not go: with the rest it would tell where to lay hands on somebody."""
    text = f"Together it tells of person {found.person} {found.told}; that person {found.harm}."
    return Reason(rule=Rule.PERSON_HARM, text=text, claim=claim, version=version)


def conditions(found: Located) -> tuple[str, ...]:
    """What must hold before a text goes that locates somebody whom nothing bars."""
    accepted = f"the releasing authority accepts that the text tells of person {found.person} {found.told}"
    if found.harm:
        return (accepted, f"the decision of {found.authority} about the persons concerned is on record")
    return (accepted,)


def tells(case: Case, claim: ClaimId, rank: int, person: str) -> frozenset[Aspect]:
    """What a claim at that rank tells about ``person``, with all that it implies."""
    return frozenset(_told(case, {claim: rank}).get(person, {}))


def _told(case: Case, said: Ranks) -> dict[str, dict[Aspect, tuple[ClaimId, ...]]]:
    """Aspects told by person, and by which claims; whoever tells exact words tells the vaguer ones."""
    found: dict[str, dict[Aspect, tuple[ClaimId, ...]]] = {}
    for claim, person, aspect in _tellings(case, said):
        aspects = found.setdefault(person, {})
        aspects[aspect] = tuple(dict.fromkeys((*aspects.get(aspect, ()), claim)))
    return found


def _tellings(case: Case, said: Ranks) -> Iterator[tuple[ClaimId, str, Aspect]]:
    for claim, rank in said.items():
        for entailed, at in case.entails(claim, rank).items():
            for version in case.claim(entailed).versions[at:]:
                for person, aspects in version.tells.items():
                    yield from ((claim, person, aspect) for aspect in aspects)
