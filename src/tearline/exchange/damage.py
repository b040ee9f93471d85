"""What ``damage`` and ``incident compare`` say, as JSON, shape 1. Nothing of it may leave the house."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from tearline.damage.assessment import Damage, Exposed, Happened, View
from tearline.damage.choices import Asked, Weighing
from tearline.damage.comparing import Compared
from tearline.damage.history import Stood
from tearline.damage.magnitude import Span
from tearline.damage.moving import Moves
from tearline.damage.telling import ToTell
from tearline.domain import Allow, AllowIf, Ask, Refuse
from tearline.exchange.parts import WireEstimate, estimate, figure

SHAPE = 1


class WireSpan(msgspec.Struct, kw_only=True):
    """Something between two edges, with its best point; in source-years, or tens of them."""

    lo: float
    mid: float
    hi: float


class WireUttered(msgspec.Struct, kw_only=True):
    """How likely a claim came out in one version; null: not at all."""

    claim: str
    version: str | None
    chance: WireEstimate


class WireView(msgspec.Struct, kw_only=True):
    """One belief of one reader, if it reads."""

    reader: str
    hostile: bool
    gets: WireEstimate
    about: str
    limit: float
    before: WireEstimate
    after: WireEstimate
    adds: WireEstimate
    worst: float
    passed: WireEstimate


class WireChoice(msgspec.Struct, kw_only=True):
    """One measure; ``danger`` null: no person."""

    name: str
    loss: WireSpan
    feared: float
    regret: float
    danger: float | None
    allowed: bool
    signals: bool


class WireHappened(msgspec.Struct, kw_only=True):
    """A harm; ``ours`` null: nobody has checked it."""

    what: str
    on: dt.date | None
    ours: WireEstimate | None
    tells: float
    rivals: list[str]


class WireExposed(msgspec.Struct, kw_only=True):
    """One source."""

    source: str
    accessible: WireSpan
    taken: WireSpan
    published: WireSpan
    value: WireSpan
    loss: WireSpan
    hours: float
    danger: float | None
    in_danger: bool
    views: list[WireView]
    choices: list[WireChoice]
    happened: list[WireHappened]


class WireNotice(msgspec.Struct, kw_only=True):
    """The answer of the gate to one notice, with its words."""

    decision: str
    words: list[str]
    conditions: list[str]
    consult: list[str]


class WireToTell(msgspec.Struct, kw_only=True):
    """Whom to tell; ``notice`` null: ourselves."""

    party: str
    why: str
    hours: float
    claims: list[str]
    breached: bool
    notice: WireNotice | None


class WireAsked(msgspec.Struct, kw_only=True):
    """One question and what it is worth."""

    whom: str
    about: str
    worth: WireSpan
    perfect: WireSpan
    cost: float
    net: float


class WireStood(msgspec.Struct, kw_only=True):
    """How things stood at the end of a day."""

    on: dt.date
    learnt: list[str]
    loss: WireSpan
    magnitude: WireSpan | None


class WireMoves(msgspec.Struct, kw_only=True):
    """One input, and between which losses at the best point the answer moves with it."""

    what: str
    least: float
    most: float


class WireHouse(msgspec.Struct, kw_only=True):
    """The assessment. ``magnitude`` null: nothing is lost that can be told from nothing."""

    title: str
    kind: str
    on: dt.date
    legal: list[str]
    lives: bool
    people: dict[str, int | None]
    magnitude: WireSpan | None
    accessible: WireSpan
    taken: WireSpan
    published: WireSpan
    drivers: dict[str, WireSpan]
    came_out: list[WireUttered]
    drawn: bool
    sources: list[WireExposed]
    to_tell: list[WireToTell]
    questions: list[WireAsked]
    movers: list[WireMoves]
    history: list[WireStood]
    gains: list[str]


class WireHeld(msgspec.Struct, kw_only=True):
    """What may be written under legal hold."""

    legal_hold: bool
    counts: dict[str, int]
    to_tell: dict[str, float]


class WireDamage(msgspec.Struct, kw_only=True):
    """The answer. ``tearline_damage`` is the number of this shape."""

    tearline_damage: int
    house_only: WireHouse | WireHeld


class WirePair(msgspec.Struct, kw_only=True):
    """One pair; ``*_by``: orders of magnitude with 95%, null: not surely at all."""

    first: str
    second: str
    first_exceeds: float
    second_exceeds: float
    equal: float
    first_by: int | None
    second_by: int | None


class WireOnScale(msgspec.Struct, kw_only=True):
    """One incident on the scale, and what it is made of."""

    name: str
    magnitude: WireSpan | None
    taken: WireSpan
    drivers: dict[str, WireSpan]


class WireComparison(msgspec.Struct, kw_only=True):
    """The comparison. ``tearline_comparison`` is the number of this shape."""

    tearline_comparison: int
    house_only: list[WireOnScale]
    pairs: list[WirePair]


def encode(
    found: Damage,
    tell: Sequence[ToTell],
    past: Sequence[Stood],
    moved: Sequence[Moves],
    *,
    held: bool,
    counts: dict[str, int],
) -> str:
    """The assessment as JSON text, indented; under legal hold counts and whom to tell only."""
    house: WireHouse | WireHeld = _house(found, tell, past, moved)
    if held:
        house = WireHeld(legal_hold=True, counts=counts, to_tell={str(one.party.id): one.hours for one in tell})
    return _text(WireDamage(tearline_damage=SHAPE, house_only=house))


def encode_comparison(shown: Sequence[tuple[str, Damage]], found: Sequence[tuple[str, str, Compared]]) -> str:
    """A comparison as JSON text, indented."""
    return _text(
        WireComparison(
            tearline_comparison=SHAPE,
            house_only=[
                WireOnScale(name=name, magnitude=_maybe(d.scale), taken=span(d.taken), drivers=_drivers(d))
                for name, d in shown
            ],
            pairs=[
                WirePair(
                    first=first,
                    second=second,
                    first_exceeds=figure(pair.first_exceeds),
                    second_exceeds=figure(pair.second_exceeds),
                    equal=figure(pair.equal),
                    first_by=pair.first_by,
                    second_by=pair.second_by,
                )
                for first, second, pair in found
            ],
        )
    )


def _text(whole: msgspec.Struct) -> str:
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode()


def span(between: Span) -> WireSpan:
    """Something between two edges as it is written."""
    return WireSpan(lo=figure(between.lo), mid=figure(between.mid), hi=figure(between.hi))


def _maybe(between: Span | None) -> WireSpan | None:
    return None if between is None else span(between)


def _drivers(found: Damage) -> dict[str, WireSpan]:
    return {what: span(loss) for what, loss in found.drivers}


def _house(found: Damage, tell: Sequence[ToTell], past: Sequence[Stood], moved: Sequence[Moves]) -> WireHouse:
    return WireHouse(
        title=found.incident.title,
        kind=found.incident.kind.value,
        on=found.incident.on,
        legal=[word.value for word in found.words],
        lives=found.lives,
        people={str(claim): count for claim, count in found.people},
        magnitude=_maybe(found.scale),
        accessible=span(found.accessible),
        taken=span(found.taken),
        published=span(found.published),
        drivers=_drivers(found),
        came_out=[WireUttered(claim=u.claim, version=u.version, chance=estimate(u.chance)) for u in found.uttered],
        drawn=found.came_out.drawn if found.came_out else False,
        sources=[_exposed(each) for each in found.sources],
        to_tell=[_tell(one) for one in tell],
        questions=[_asked(one) for one in found.questions],
        movers=[WireMoves(what=m.what, least=figure(m.least), most=figure(m.most)) for m in moved],
        history=[WireStood(on=s.on, learnt=list(s.learnt), loss=span(s.loss), magnitude=_maybe(s.scale)) for s in past],
        gains=list(found.incident.gains),
    )


def _exposed(each: Exposed) -> WireExposed:
    return WireExposed(
        source=each.source.id,
        accessible=span(each.accessible),
        taken=span(each.taken),
        published=span(each.published),
        value=span(each.value),
        loss=span(each.loss),
        hours=each.hours,
        danger=None if each.danger is None else figure(each.danger),
        in_danger=each.in_danger,
        views=[_view(view) for view in each.views],
        choices=[_choice(choice) for choice in each.choices],
        happened=[_happened(one) for one in each.happened],
    )


def _view(view: View) -> WireView:
    return WireView(
        reader=view.reader,
        hostile=view.hostile,
        gets=estimate(view.gets),
        about=view.matter.about,
        limit=view.matter.limit,
        before=estimate(view.before),
        after=estimate(view.after),
        adds=estimate(view.adds),
        worst=figure(view.worst),
        passed=estimate(view.passed),
    )


def _choice(choice: Weighing) -> WireChoice:
    return WireChoice(
        name=choice.measure.name,
        loss=span(choice.loss),
        feared=figure(choice.feared),
        regret=figure(choice.regret),
        danger=None if choice.danger is None else figure(choice.danger),
        allowed=choice.allowed,
        signals=choice.measure.signals,
    )


def _happened(one: Happened) -> WireHappened:
    return WireHappened(
        what=one.harm.what,
        on=one.harm.on,
        ours=None if one.ours is None else estimate(one.ours),
        tells=figure(one.tells),
        rivals=[rival.what for rival in one.harm.rivals],
    )


def _tell(one: ToTell) -> WireToTell:
    return WireToTell(
        party=one.party.id,
        why=one.why.words,
        hours=one.hours,
        claims=list(one.claims),
        breached=one.breached,
        notice=_notice(one),
    )


def _notice(one: ToTell) -> WireNotice | None:
    if one.notice is None:
        return None
    decision = one.notice.decision
    conditions = decision.conditions if isinstance(decision, AllowIf | Ask) else ()
    names = {Allow: "allow", AllowIf: "allow-if", Ask: "ask", Refuse: "refuse"}
    return WireNotice(
        decision=names[type(decision)],
        words=[] if isinstance(decision, Refuse) else list(one.notice.tearline.words),
        conditions=list(conditions),
        consult=list(decision.consult) if isinstance(decision, Ask) else [],
    )


def _asked(asked: Asked) -> WireAsked:
    return WireAsked(
        whom=asked.witness.whom,
        about=asked.witness.about,
        worth=span(asked.worth),
        perfect=span(asked.perfect),
        cost=figure(asked.witness.cost),
        net=figure(asked.net),
    )
