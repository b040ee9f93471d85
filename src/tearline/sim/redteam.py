"""Attack on the history of a case: after which release was the source findable, and by which sentence?

Nobody here knows who the source is. So what is hunted is whatever the limits protect: any person, channel,
organisation or proposition. It is found once the reader believes in it beyond its limit, or once a person
is among the first whom it would look into. For each find it is said whether somebody who could have told
us is among those found: if not, innocents would pay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from enum import Enum

import attrs
import numpy as np

from tearline.assess.answer import Assessment
from tearline.assess.decide import assess
from tearline.assess.recommend import recommend
from tearline.assess.replay import replay
from tearline.domain import Case, ClaimId, Given, GroupId, GroupKind, PartyId, Proposal, SourceId, VersionId
from tearline.exposure.budgets import PersonLimits, person_limits, protected
from tearline.exposure.candidates import Mind, minds
from tearline.exposure.envelope import Bools, Floats
from tearline.exposure.history import held, in_order
from tearline.exposure.likelihood import View, access_to_all
from tearline.exposure.worlds import TOLERANCE, Gate
from tearline.sim.counting import CLOSE
from tearline.sim.readers import HUNTERS, KNOWS, Attacker, Standing, Told

Say = Callable[[str], None]
"""Called with what is being worked out, while the work goes on."""


Sentence = tuple[ClaimId, VersionId]
"""One claim as it was said."""


class Text(Enum):
    """Where a release comes from."""

    GIVEN = "given"
    RECOMMENDED = "recommended"
    PROPOSED = "proposed"  # every claim as exactly as was proposed; nobody has released it


@attrs.frozen(kw_only=True)
class Release:
    """One thing that readers get to read.

    Attributes:
        on: The day; ``None`` for the proposal.
    """

    text: Text
    on: dt.date | None
    to: tuple[PartyId, ...]
    claims: Mapping[ClaimId, VersionId]


class Why(Enum):
    """By what something counts as found."""

    LIMIT = "limit"  # believed beyond its limit
    TRIES = "tries"  # among the first whom the reader would look into


@attrs.frozen(kw_only=True)
class Target:
    """Something that the limits protect.

    Attributes:
        about: As in :class:`tearline.exposure.account.Line`.
        group: The place of the group among the reader's; ``None``: it is no group of persons.
        persons: How many persons it concerns; 0: it is about no persons.
        members: Which groups it points at, shape ``(groups,)``.
        limit: The largest belief allowed, as written.
    """

    about: str
    group: int | None
    persons: int
    members: Bools
    limit: float


@attrs.frozen(kw_only=True)
class Find:
    """When one attacker first found something.

    Attributes:
        release: After which release, from 1; 0: before anything was given.
        by: The sentence of that release that did most of it; ``None``: only the choice of words did.
        belief: How far enough of the reader's models believe it then.
        share: In what share of the reader's models it was found.
        could: Whether somebody who could have told us is among those found.
        still: Whether it is found after the last release too.
    """

    about: str
    persons: int
    release: int
    by: Sentence | None
    belief: float
    limit: float
    share: float
    why: Why
    could: bool
    still: bool


@attrs.frozen(kw_only=True)
class Nearest:
    """What came nearest to being found, over all releases, where nothing was.

    Attributes:
        belief: What enough of the reader's models reach.
        share: In what share of its models it was found.
    """

    about: str
    persons: int
    release: int
    belief: float
    limit: float
    share: float


@attrs.frozen(kw_only=True)
class Lead:
    """Whom the reader looks into first after the last release.

    Attributes:
        groups: The most suspected group of persons, or several that it cannot tell apart.
        persons: How many they are together.
        belief: How far one of them is believed to be the source.
        since: The release since which they have led; 0: from the start.
        by: The sentence of that release that did most of it.
        could: Whether any of them could have told us all that some source of ours told.
    """

    groups: tuple[GroupId, ...]
    persons: int
    belief: float
    since: int
    by: Sentence | None
    could: bool


@attrs.frozen(kw_only=True)
class Attack:
    """What one attacker made of the whole series.

    Attributes:
        finds: In the order in which they were made.
        nearest: ``None`` where it found something.
        lead: ``None`` where it considers no persons.
    """

    attacker: Attacker
    finds: tuple[Find, ...]
    nearest: Nearest | None
    lead: Lead | None


@attrs.frozen(kw_only=True)
class Hunt:
    """All attackers in the place of one reader.

    Attributes:
        like: The reader whose candidates it borrows; ``None``: it has its own, or assumed ones.
        tries: How many persons it can look into at once.
    """

    reader: PartyId
    like: PartyId | None
    tries: int
    attacks: tuple[Attack, ...]


@attrs.frozen(kw_only=True)
class Redteam:
    """The attack: what was read, and what each reader that counts made of it."""

    case: Case
    releases: tuple[Release, ...]
    hunts: tuple[Hunt, ...]


def redteam(case: Case, *, proposed: bool = False, say: Say = lambda _: None) -> Redteam:
    """Let every attacker loose on all that was given, release by release, and on the text of the proposal.

    Every reader that binds is taken to hold everything.

    Args:
        proposed: Let the text as proposed go last, instead of the recommended one. Where nothing is
            recommended nothing goes.
    """
    say("the answer as it stands")
    found = assess(case, replayed=True)
    releases = _releases(case, found, proposed)
    readers = [each.listener.party.id for each in found.readers if each.listener.binds]
    given_away = _given_away(case, found, releases, say)
    hunts = []
    for reader in readers:
        say(f"what {case.party(reader).label} could find")
        hunts += [_hunt(case, mind, releases, given_away) for mind in minds(case, reader)]
    return Redteam(case=case, releases=releases, hunts=tuple(hunts))


def _releases(case: Case, found: Assessment, proposed: bool) -> tuple[Release, ...]:
    past = [Release(text=Text.GIVEN, on=g.on, to=g.to, claims=g.claims) for g in in_order(case)]
    wanted = case.proposal.claims
    claims = {c.id: wanted[c.id] or c.versions[0].id for c in case.claims if c.id in wanted}
    text = Text.PROPOSED if proposed else Text.RECOMMENDED
    if not proposed:
        claims = found.tearline.versions
    last = [Release(text=text, on=None, to=(case.proposal.to,), claims=claims)] if claims else []
    return (*past, *last)


RuledOut = Mapping[PartyId, Sequence[frozenset[GroupId]]]
"""For each reader and release the groups for whom other words would have been chosen."""


def _given_away(case: Case, found: Assessment, releases: Sequence[Release], say: Say) -> RuledOut:
    """Whom the choice of words rules out, up to each release.

    It says something only where Tearline would have said exactly what was said.
    """
    out: dict[PartyId, list[frozenset[GroupId]]] = {party.id: [] for party in case.parties}
    for number in range(len(releases)):
        say(f"what the choice of words gives away, release {number + 1} of {len(releases)}")
        for before in out.values():
            before.append(before[-1] if before else frozenset())
        for reader, group in _others(case, found, releases, number):
            out[reader][-1] |= {group}
    return out


def _others(case: Case, found: Assessment, releases: Sequence[Release], number: int) -> list[tuple[PartyId, GroupId]]:
    release = releases[number]
    if release.text is Text.GIVEN:
        then = _as_it_was(case, in_order(case), number)
        made = recommend(then)
        if dict(made.recommended.tearline.versions) != dict(release.claims):
            return []
        certificate = replay(then, made)
    elif found.replay is not None and dict(found.replay.text) == dict(release.claims):
        certificate = found.replay
    else:
        return []
    return [(c.reader, c.group) for c in certificate.candidates if not c.same]


def _as_it_was(case: Case, given: Sequence[Given], number: int) -> Case:
    """The case on the day of a release, and the proposal to say all of it as exactly as it was held.

    What it was proposed for is not on record; it is taken for routine.
    """
    then = given[number]
    said = dict.fromkeys(then.claims)
    proposal = Proposal(to=then.to[0], form=then.form, allows=then.allows, claims=said, through=then.through)
    return attrs.evolve(case, given=tuple(given[:number]), as_of=then.on, proposal=proposal)


# --- one reader --------------------------------------------------------------------------------------


def _hunt(case: Case, mind: Mind, releases: Sequence[Release], given_away: RuledOut) -> Hunt:
    limits = person_limits(case, mind.reader)
    views = [_view(case, releases[:count]) for count in range(len(releases) + 1)]
    nobody = [frozenset[GroupId](), *given_away[mind.reader]]
    series = _Series(
        case=case,
        mind=mind,
        releases=releases,
        told=tuple(Told.of(case, mind, view, out) for view, out in zip(views, nobody, strict=True)),
        targets=_targets(case, mind, limits),
        tries=limits.tries,
        count=np.array([g.count for g in mind.groups], dtype=np.float64),
    )
    attacks = tuple(series.attack(attacker) for attacker in HUNTERS)
    return Hunt(reader=mind.reader, like=mind.borrowed_from, tries=limits.tries, attacks=attacks)


def _view(case: Case, releases: Sequence[Release]) -> View:
    today = case.as_of or dt.date.min  # what is only proposed has no day of its own
    given = tuple(Given(to=r.to, on=r.on or today, claims=r.claims) for r in releases)
    return held(case, given)


def _targets(case: Case, mind: Mind, limits: PersonLimits) -> tuple[Target, ...]:
    """Every group of persons, and every belief with a limit."""
    people = np.array([g.count if g.kind is GroupKind.PERSONS else 0 for g in mind.groups])
    alone = np.eye(len(people), dtype=np.bool_)
    persons = [
        Target(
            about=f"group:{mind.groups[index].id}",
            group=index,
            persons=int(people[index]),
            members=alone[index],
            limit=limits.top_suspect,
        )
        for index in map(int, np.flatnonzero(people))
    ]
    beliefs = [
        Target(
            about=limited.about,
            group=None,
            persons=int(people[limited.weight > 0].sum()) if limited.about.startswith("organisation:") else 0,
            members=limited.weight > 0,
            limit=limited.limit,
        )
        for limited in protected(case, mind)
        if limited.gate is Gate.BELIEF
    ]
    return (*persons, *beliefs)


def could_have_told(case: Case, mind: Mind, view: View) -> Bools:
    """Who could have yielded all that some source told, at the best point; shape ``(groups,)``."""
    by_source: dict[SourceId | None, Bools] = {}
    for claim_id, tellings in view.items():
        claim = case.claim(claim_id)
        knows = access_to_all(case, mind, claim, tellings)[1] >= KNOWS
        for source in [source.id for source in case.sources_of(claim)] or (None,):
            by_source[source] = by_source.get(source, np.ones_like(knows)) & knows
    if not by_source:
        return np.ones(len(mind.groups), dtype=np.bool_)
    found: Bools = np.logical_or.reduce(list(by_source.values()))
    return found


@attrs.frozen(eq=False, kw_only=True)
class _Series:
    """One reader's way through the releases; ``told[k]`` is what it holds after ``k`` of them."""

    case: Case
    mind: Mind
    releases: Sequence[Release]
    told: tuple[Told, ...]
    targets: tuple[Target, ...]
    tries: int
    count: Floats

    def attack(self, attacker: Attacker) -> Attack:
        standings = [HUNTERS[attacker](told) for told in self.told]
        finds = [f for target in self.targets if (f := self._find(attacker, standings, target)) is not None]
        return Attack(
            attacker=attacker,
            finds=tuple(sorted(finds, key=lambda find: (find.release, not find.could))),
            nearest=None if finds else self._nearest(standings),
            lead=self._lead(attacker, standings),
        )

    def _find(self, attacker: Attacker, standings: Sequence[Standing], target: Target) -> Find | None:
        shares = [self._share(standing, target) for standing in standings]
        found = [share >= standing.enough for share, standing in zip(shares, standings, strict=True)]
        if not any(found):
            return None
        first = found.index(True)
        reached = standings[first].reached(_belief(standings[first], target))
        return Find(
            about=target.about,
            persons=target.persons,
            release=first,
            by=self._sentence(attacker, first, target),
            belief=reached,
            limit=target.limit,
            why=Why.LIMIT if reached > target.limit * (1 + TOLERANCE) else Why.TRIES,
            share=shares[first],
            could=self._could(first, target.members),
            still=found[-1],
        )

    def _share(self, standing: Standing, target: Target) -> float:
        """In what share of the reader's models the target is found."""
        found = _belief(standing, target) > target.limit * (1 + TOLERANCE)
        if target.group is not None:
            found = found | (standing.looks(self.count, target.group) <= self.tries)
        return float(found.mean())

    def _could(self, release: int, members: Bools) -> bool:
        return bool((could_have_told(self.case, self.mind, self.told[release].view) & members).any())

    def _sentence(self, attacker: Attacker, release: int, target: Target) -> Sentence | None:
        """The sentence of a release without which the target would be believed least."""
        if release == 0:
            return None
        before, now = self.told[release - 1], self.told[release]
        without: dict[ClaimId, float] = {}
        for claim in now.view:
            if before.view.get(claim) != now.view[claim]:
                kept = {c: before.view.get(c, ()) if c == claim else told for c, told in now.view.items()}
                held = {c: told for c, told in kept.items() if told}
                told = Told.of(self.case, self.mind, held, now.ruled_out)
                without[claim] = float(_belief(HUNTERS[attacker](told), target).mean())
        if not without:
            return None
        claim = min(without, key=without.__getitem__)
        return claim, self.case.claim(claim).versions[now.view[claim][0].rank].id

    def _nearest(self, standings: Sequence[Standing]) -> Nearest | None:
        found = [
            Nearest(
                about=target.about,
                persons=target.persons,
                release=release,
                belief=standing.reached(_belief(standing, target)),
                limit=target.limit,
                share=self._share(standing, target),
            )
            for release, standing in enumerate(standings)
            for target in self.targets
        ]
        return max(found, key=lambda near: near.belief / near.limit, default=None)

    def _lead(self, attacker: Attacker, standings: Sequence[Standing]) -> Lead | None:
        leads = [self._leading(standing) for standing in standings]
        last = leads[-1]
        if not last:
            return None
        since = len(leads) - 1
        while since and leads[since - 1] == last:
            since -= 1
        target = next(t for t in self.targets if t.group == last[0])
        members = np.isin(np.arange(len(self.count)), last)
        return Lead(
            groups=tuple(self.mind.groups[group].id for group in last),
            persons=int(self.count[list(last)].sum()),
            belief=standings[-1].reached(_belief(standings[-1], target)),
            since=since,
            by=self._sentence(attacker, since, target),
            could=self._could(-1, members),
        )

    def _leading(self, standing: Standing) -> tuple[int, ...]:
        """The groups of persons that are suspected most, one or several alike."""
        people = [target.group for target in self.targets if target.group is not None]
        level = {group: standing.reached(standing.person[:, group]) for group in people}
        most = max(level.values(), default=0.0)
        return tuple(group for group in people if level[group] >= most * (1 - CLOSE))


def _belief(standing: Standing, target: Target) -> Floats:
    """The reader's belief in a target, shape ``(models,)``; 0 where it does not ask."""
    if target.group is not None:
        return standing.person[:, target.group]
    return standing.belief.get(target.about, np.zeros(len(standing.person)))
