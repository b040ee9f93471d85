"""What ``warn`` says, as JSON, shape 1.

``may_leave`` is all that may leave the house: the words for each of those who are told, and null unless
every one of them may have theirs now. ``house_only`` stays. Times are in UTC.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from tearline.assess.answer import Assessment, Tearline
from tearline.assess.urgent.clock import Step
from tearline.assess.urgent.outcomes import Ending, Witness
from tearline.assess.urgent.places import Place
from tearline.assess.urgent.plan import Plan, Second
from tearline.exchange.answer import WireDecision, WireEstimate, decision, estimate, figure

SHAPE = 1


class WireWords(msgspec.Struct, kw_only=True):
    """Words for one who is told, with the conditions that travel with them."""

    to: str
    words: list[str]
    limits_of_use: list[str]
    if_pressed: str


class WireTold(msgspec.Struct, kw_only=True):
    """One who would be told: through whom, the decision, and the version of each claim."""

    to: str
    through: str | None
    decision: WireDecision | None
    said: dict[str, str]
    words: list[str]
    why_not: str
    waived: bool


class WireStep(msgspec.Struct, kw_only=True):
    """One step: by when (null: nothing to count from), who, and what happens if it is not done."""

    act: str
    what: str
    who: str
    deputy: str
    reach: str
    minutes: float
    by: dt.datetime | None
    late: bool
    if_not: str


class WireClock(msgspec.Struct, kw_only=True):
    """The clock: what consultation was cut by, and what is missing even so, in minutes."""

    now: dt.datetime | None
    harm: dt.datetime | None
    harm_has_an_hour: bool
    cut_minutes: float
    short_minutes: float
    steps: list[WireStep]


class WirePlace(msgspec.Struct, kw_only=True):
    """One party with people in place: whom it reaches, what it could be told, who must agree first."""

    party: str
    where: list[str]
    reaches: list[str]
    asked: bool
    said: dict[str, str]
    worth: float
    ask: str
    reach: str


class WireJudged(msgspec.Struct, kw_only=True):
    """A waiver or an override: by whom, for whom, on what ground, and why it does not count (empty: it does)."""

    by: str
    concerns: list[str]
    ground: str
    because: str
    on: dt.datetime
    faults: list[str]


class WireOwed(msgspec.Struct, kw_only=True):
    """One thing owed; ``by`` null: at once, or whenever it turns out."""

    debt: str
    to: str
    what: str
    by: dt.datetime | None
    set_aside: bool


class WireGap(msgspec.Struct, kw_only=True):
    """One thing that is missing, and the key that would say it."""

    what: str
    where: str


class WireShown(msgspec.Struct, kw_only=True):
    """A belief with a limit, at its upper edge, without the words and with them."""

    gate: str
    about: str
    before: float
    after: float
    limit: float
    broken: bool


class WireWitness(msgspec.Struct, kw_only=True):
    """One who may read in an outcome: how likely then, how likely at all, and what they would believe."""

    party: str
    reads: WireEstimate
    learns: WireEstimate
    shown: list[WireShown]


class WireEnding(msgspec.Struct, kw_only=True):
    """One outcome. Who is in danger is listed, never weighed."""

    outcome: str
    what: str
    told: WireEstimate
    silent: WireEstimate | None
    in_danger: list[str]
    witnesses: list[WireWitness]


class WireCount(msgspec.Struct, kw_only=True):
    """Decisions that oversight counts."""

    waivers: int
    waivers_that_stand: int
    waivers_by_ground: dict[str, int]
    overrides: int
    overrides_that_count: int


class WireHouse(msgspec.Struct, kw_only=True):
    """Everything else."""

    title: str
    duty_to_warn: bool
    too_late: bool
    told: list[WireTold]
    refused_for_persons: list[str]
    least: dict[str, str] | None
    clock: WireClock
    places: list[WirePlace]
    waivers: list[WireJudged]
    overrides: list[WireJudged]
    counted: WireCount
    owed: list[WireOwed]
    gaps: list[WireGap]
    endings: list[WireEnding]


class WireWarning(msgspec.Struct, kw_only=True):
    """The warning. ``tearline_warning`` is the number of this shape."""

    tearline_warning: int
    may_leave: list[WireWords] | None
    house_only: WireHouse


def encode(found: Plan) -> str:
    """The warning as JSON text, indented."""
    told = [_told(found.first, None), *(_second(each) for each in found.seconds)]
    house = WireHouse(
        title=found.case.title,
        duty_to_warn=found.duty,
        too_late=found.too_late,
        told=told,
        refused_for_persons=[reason.text for reason in found.refused],
        least=None if found.least is None else _said(found.least),
        clock=WireClock(
            now=found.clock.now,
            harm=found.clock.harm,
            harm_has_an_hour=found.clock.stated,
            cut_minutes=_minutes(found.clock.cut),
            short_minutes=_minutes(found.clock.short),
            steps=[_step(step) for step in found.clock.steps],
        ),
        places=[_place(place) for place in found.places],
        waivers=_waivers(found),
        overrides=_overrides(found),
        counted=_counted(found),
        owed=[WireOwed(debt=o.debt.value, to=o.to, what=o.what, by=o.by, set_aside=o.set_aside) for o in found.owed],
        gaps=[WireGap(what=gap.what, where=gap.where) for gap in found.gaps],
        endings=[_ending(ending) for ending in found.endings],
    )
    leaves = [words for each in found.told if (words := _leaves(each))] if found.may_go else None
    wire = WireWarning(tearline_warning=SHAPE, may_leave=leaves, house_only=house)
    return msgspec.json.format(msgspec.json.encode(wire), indent=2).decode()


def _leaves(found: Assessment) -> WireWords | None:
    out = found.outgoing
    if out is None:
        return None
    to = found.case.party(found.case.proposal.to).label
    return WireWords(to=to, words=list(out.words), limits_of_use=list(out.limits_of_use), if_pressed=out.if_pressed)


def _told(found: Assessment, through: str | None) -> WireTold:
    return WireTold(
        to=found.case.proposal.to,
        through=through,
        decision=decision(found.decision),
        said=_said(found.tearline),
        words=list(found.tearline.words),
        why_not="",
        waived=False,
    )


def _second(second: Second) -> WireTold:
    if second.found is not None:
        return _told(second.found, second.through)
    return WireTold(
        to=second.victim.id,
        through=second.through,
        decision=None,
        said={},
        words=[],
        why_not=second.why_not,
        waived=second.waived,
    )


def _said(text: Tearline) -> dict[str, str]:
    return {str(claim): str(version) for claim, version in text.versions.items()}


def _minutes(span: dt.timedelta) -> float:
    return figure(span.total_seconds() / 60)


def _step(step: Step) -> WireStep:
    return WireStep(
        act=step.act.value,
        what=step.what,
        who=step.who,
        deputy=step.deputy,
        reach=step.reach,
        minutes=_minutes(step.takes),
        by=step.by,
        late=step.late,
        if_not=step.if_not,
    )


def _place(place: Place) -> WirePlace:
    return WirePlace(
        party=place.party,
        where=list(place.where),
        reaches=list(place.reaches),
        asked=place.asked,
        said={str(claim): str(version) for claim, version in place.said},
        worth=figure(place.worth),
        ask=place.ask,
        reach=place.contact.reach if place.contact else "",
    )


def _waivers(found: Plan) -> list[WireJudged]:
    return [
        WireJudged(
            by=each.waiver.by,
            concerns=list(each.waiver.of),
            ground=each.waiver.ground.value,
            because=each.waiver.because,
            on=each.waiver.on,
            faults=list(each.faults),
        )
        for each in found.waivers
    ]


def _overrides(found: Plan) -> list[WireJudged]:
    return [
        WireJudged(
            by=each.by, concerns=[each.party], ground="silence", because=each.because, on=each.on, faults=list(faults)
        )
        for each, faults in found.overrides
    ]


def _counted(found: Plan) -> WireCount:
    grounds = [each.waiver.ground.value for each in found.waivers]
    return WireCount(
        waivers=len(grounds),
        waivers_that_stand=sum(each.stands for each in found.waivers),
        waivers_by_ground={ground: grounds.count(ground) for ground in sorted(set(grounds))},
        overrides=len(found.overrides),
        overrides_that_count=sum(not faults for _, faults in found.overrides),
    )


def _ending(ending: Ending) -> WireEnding:
    return WireEnding(
        outcome=ending.outcome.id,
        what=ending.outcome.what,
        told=estimate(ending.told),
        silent=None if ending.outcome.silent is None else estimate(ending.outcome.silent),
        in_danger=list(ending.outcome.in_danger),
        witnesses=[_witness(each) for each in ending.witnesses],
    )


def _witness(found: Witness) -> WireWitness:
    return WireWitness(
        party=found.party,
        reads=estimate(found.reads),
        learns=estimate(found.learns),
        shown=[
            WireShown(
                gate=each.gate.value,
                about=each.about,
                before=figure(each.before),
                after=figure(each.after),
                limit=figure(each.limit),
                broken=each.broken,
            )
            for each in found.shown
        ],
    )
