"""People who can be recognised in a claim: what they face, who judged it, what was promised, who decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum

import attrs

from tearline.domain.names import VersionId, fixed


class Harm(Enum):
    """What a recipient might do to an identifiable person on the strength of a claim."""

    DETENTION = "detention"
    TORTURE = "torture"
    RENDITION = "rendition"
    KILLING = "killing"


class Risk(Enum):
    """How real the harm is before any mitigation; ``UNKNOWN`` counts as real."""

    NONE = "none"
    REMOTE = "remote"
    REAL = "real"
    UNKNOWN = "unknown"

    @property
    def is_real(self) -> bool:
        """Whether it must be removed before anything may be weighed."""
        return self in (Risk.REAL, Risk.UNKNOWN)


WORSE = (Risk.NONE, Risk.REMOTE, Risk.UNKNOWN, Risk.REAL)
"""Risks, the worse later: where offices differ the worst counts."""


class Credibility(Enum):
    """How far an assurance can be relied on; only ``HIGH`` ones remove a real risk."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"


class Aspect(Enum):
    """What words tell about one person; whoever has all three can lay hands on it."""

    IDENTITY = "identity"
    PLACE = "place"
    TIME = "time"


@attrs.frozen(kw_only=True)
class Assurance:
    """A promise about a person, given by somebody, worth something, for a time.

    Attributes:
        covers: The harms it speaks of.
        by: Who gave it.
        follow_up: How its keeping is checked; an assurance that nobody checks removes nothing.
        until: Its last day.
        broken: Days on which a promise of the same giver turned out not to have been kept; then no word
            of its credibility removes anything.
    """

    by: str
    covers: tuple[Harm, ...]
    credibility: Credibility
    follow_up: str = ""
    until: dt.date | None = None
    broken: tuple[dt.date, ...] = ()


@attrs.frozen(kw_only=True)
class Judgement:
    """What one office held of the risks that a person would run.

    Attributes:
        by: The office.
        risk: What it held, harm by harm.
        after_mitigation: Whether it had promises and conditions in mind already. Then its word that a
            harm is less than real is no baseline, and counts for nothing.
    """

    by: str
    risk: Mapping[Harm, Risk] = attrs.field(converter=fixed)
    after_mitigation: bool = False


@attrs.frozen(kw_only=True)
class Person:
    """An identifiable person whom the recipient could harm on the strength of a claim.

    Attributes:
        id: A role or a number, never a name. In another claim the same id is the same person.
        risk: Baseline risk of each harm without mitigation; a harm not listed is ``UNKNOWN``.
        judgements: What several offices held, each for itself.
        versions: The versions in which the person can be identified; empty: all.
        authority: The named authority that has taken the decision the law provides for, if any.
    """

    id: str
    risk: Mapping[Harm, Risk] = attrs.field(converter=fixed, factory=dict)
    judgements: tuple[Judgement, ...] = ()
    assurances: tuple[Assurance, ...] = ()
    versions: tuple[VersionId, ...] = ()
    authority: str = ""

    def baseline(self, harm: Harm) -> Risk:
        """The risk without mitigation: the worst that anybody held, ``UNKNOWN`` where nobody held anything.

        Never an average, nor the word of the office that would like to send it. A judgement made after
        mitigation counts only where it finds the harm real all the same.
        """
        held = [self.risk[harm]] if harm in self.risk else []
        held += [
            judgement.risk[harm]
            for judgement in self.judgements
            if harm in judgement.risk and (not judgement.after_mitigation or judgement.risk[harm].is_real)
        ]
        return max(held, key=WORSE.index, default=Risk.UNKNOWN)

    def before_another(self) -> Person:
        """The person as it stands before another recipient than the one that was thought of.

        What was found real stays real. That a harm is small, a promise and a decision were about the first one.
        """
        left = tuple(attrs.evolve(j, risk=_real(j.risk)) for j in self.judgements)
        return attrs.evolve(self, risk=_real(self.risk), judgements=left, assurances=(), authority="")


def _real(risk: Mapping[Harm, Risk]) -> dict[Harm, Risk]:
    return {harm: held for harm, held in risk.items() if held is Risk.REAL}
