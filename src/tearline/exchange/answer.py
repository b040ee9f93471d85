"""The answer of ``assess`` as JSON, shape 1.

Two parts, and every field is in one of them: ``may_leave`` is all that may leave the house (null unless
the decision is ``allow``), ``house_only`` stays. Probabilities are plain numbers in [0, 1]; ``lo`` and
``hi`` are edges over all intervals and priors, ``mid`` is the best point under the prior as written.
Figures have nine significant digits, so that the same case gives the same bytes on every machine.
"""

from __future__ import annotations

import datetime as dt
import json
import math

import msgspec

from tearline.assess.answer import (
    Assessment,
    Better,
    Breach,
    InReturn,
    Mover,
    Obstacle,
    ReaderAccount,
    Replay,
    Resting,
    Said,
    Timing,
)
from tearline.assess.reasoning import RawText
from tearline.domain import Allow, AllowIf, Ask, Decision, Refuse
from tearline.domain.estimative import words
from tearline.exchange.banner import WireBanner, banner
from tearline.exchange.consulting import WireConsultation, WireStakeholder, consultation, stakeholder
from tearline.exchange.parts import WireEstimate as WireEstimate
from tearline.exchange.parts import WireReason, reason
from tearline.exchange.parts import estimate as estimate
from tearline.exchange.parts import figure as figure
from tearline.exchange.people import WireMark, WirePerson, mark, person
from tearline.exposure.account import Line
from tearline.exposure.worlds import Reached

SHAPE = 1


class WireDecision(msgspec.Struct, kw_only=True):
    """``kind`` is ``allow``, ``allow_if``, ``ask`` or ``refuse``; the other fields are those of that kind."""

    kind: str
    reasons: list[WireReason]
    consult: list[str]
    conditions: list[str]
    owner: str | None
    review_on: dt.date | None
    harm_of_silence: str | None


class WireOutgoing(msgspec.Struct, kw_only=True):
    """All that may leave the house.

    ``banner`` and ``portions``, a mark for each sentence, are empty where the case is not marked; where one
    sentence is not, its mark is empty, and the banner too.
    """

    banner: str
    portions: list[str]
    words: list[str]
    grades: list[str]
    limits_of_use: list[str]
    something_is_withheld: bool
    if_pressed: str
    if_it_leaks: str


class WireSaid(msgspec.Struct, kw_only=True):
    """One claim: its version (null: withheld), text, value to the recipient, and value as collected."""

    claim: str
    version: str | None
    text: str
    value: float
    held: float


class WireTearline(msgspec.Struct, kw_only=True):
    """The recommended text. No text inside the limits is worth more than ``upper_bound``.

    ``together`` is what of its ``value`` comes from claims that are worth more said together.
    """

    said: list[WireSaid]
    value: float
    held: float
    together: float
    upper_bound: float
    gap: float
    proved_optimal: bool
    load: float | None


class WireLine(msgspec.Struct, kw_only=True):
    """One limit of one reader: before and after, the budget, what holds, bits added and bits left."""

    gate: str
    about: str
    before: WireEstimate
    after: WireEstimate
    in_words: str | None
    budget: float
    allowed: float
    bits: float
    bits_left: float
    broken: bool
    over_before: bool


class WireReached(msgspec.Struct, kw_only=True):
    """One limit and how far it has come; ``load`` is the share used (null: something where nothing may be)."""

    gate: str
    about: str
    reached: float
    limit: float
    load: float | None


class WireRawText(msgspec.Struct, kw_only=True):
    """What it would mean if the reader held one report as it was collected.

    ``chance``: that it does. ``as_worded`` and ``if_raw``: at most believed if it does not, and if it does;
    ``expected`` weighs the two and limits nothing.
    """

    claim: str
    chance: WireEstimate
    gate: str
    about: str
    as_worded: float
    if_raw: float
    expected: float


class WireReader(msgspec.Struct, kw_only=True):
    """One reader. ``gets``: how likely it gets this; ``ever``: anything of all given so far.

    ``in_doubt`` is the limit that comes nearest for a reader who cannot tell whether one source or several
    stand behind it; null where one does, or where that was not tried.
    """

    party: str
    name: str
    gets: WireEstimate
    ever: WireEstimate
    exact: bool
    knows_already: bool
    protected_against: bool
    binds: bool
    paths: list[list[str]]
    lines: list[WireLine]
    in_doubt: WireReached | None
    raw: list[WireRawText]


class WireBreach(msgspec.Struct, kw_only=True):
    """A limit that would be broken.

    ``because_of`` are days of earlier releases without which it would not be: any one of them, or, if
    ``series``, only all of them together. ``if_raw``: it is broken only if the reader holds the raw text;
    ``if_several``: only if it does not take everything for one source's.
    """

    reader: str
    gate: str
    about: str
    reached: float
    limit: float
    because_of: list[dt.date]
    series: bool
    if_raw: bool
    if_several: bool


class WireObstacle(msgspec.Struct, kw_only=True):
    """Why a claim is not said more exactly."""

    claim: str
    version: str
    breaches: list[WireBreach]
    reasons: list[WireReason]


class WireBetter(msgspec.Struct, kw_only=True):
    """A way to a better answer; ``gain`` is null where the case does not say enough to compute it."""

    lever: str
    text: str
    gain: float | None
    said: list[WireSaid]


class WireTiming(msgspec.Struct, kw_only=True):
    """When a version may go, the other claims held at the recommendation; null: on no day that is known of."""

    claim: str
    version: str
    safe_from: dt.date | None
    value: float
    because: list[str]


class WireResting(msgspec.Struct, kw_only=True):
    """What rests on a cover that readers who bind have seen: the value with it and without, and its price."""

    what: str
    evidence: str
    seen_by: list[str]
    value: float
    without: float
    left_open: list[str]
    credibility: float
    credibility_without: float


class WireMover(msgspec.Struct, kw_only=True):
    """An input whose uncertainty moves the answer: the belief now, and if the input were known."""

    text: str
    reader: str
    gate: str
    about: str
    now: float
    then: float
    limit: float


class WireCandidate(msgspec.Struct, kw_only=True):
    """A group put in the source's place; ``said`` is what would have been said."""

    reader: str
    group: str
    count: int
    persons: bool
    same: bool
    said: dict[str, str]


class WireOtherTruth(msgspec.Struct, kw_only=True):
    """A sibling put in the place of the truth: whether the text would have been as exact up to where they differ."""

    claim: str
    sibling: str
    alike: bool


class WireReplay(msgspec.Struct, kw_only=True):
    """Whether whoever else could have been the source would have led to the same words.

    ``leak``: the most bits that the choice of words gives away; null where it rules everybody out. ``replays``:
    how many different sets of wordings they could have told us. ``searched``: how many searches were run again
    for them; for the others the question was the same as in one of these or in the first.
    """

    holds: bool
    proved: bool
    leak: float | None
    candidates: list[WireCandidate]
    truths: list[WireOtherTruth]
    replays: int
    searched: int


class WireInReturn(msgspec.Struct, kw_only=True):
    """Something to ask for; ``lo``, ``mid`` and ``hi`` of its score, null where the case does not price it."""

    wish: str
    what: str | None
    lo: float | None
    mid: float | None
    hi: float | None


class WireHouse(msgspec.Struct, kw_only=True):
    """Everything that stays in the house."""

    title: str
    as_of: dt.date | None
    decision: WireDecision
    tearline: WireTearline
    readers: list[WireReader]
    why_not_more: list[WireObstacle]
    whom_to_ask: list[WireConsultation]
    stakeholders: list[WireStakeholder]
    better: list[WireBetter]
    when: list[WireTiming]
    covers: list[WireResting]
    would_change_this_most: list[WireMover]
    unjudged: list[str]
    leaned_on: list[str]
    defaults: list[str]
    not_yet_weighed: list[str]
    people: list[WirePerson]
    marks: list[WireMark]
    banner: WireBanner | None
    replay: WireReplay | None
    ask_in_return: list[str]
    in_return: list[WireInReturn]


class WireAnswer(msgspec.Struct, kw_only=True):
    """The answer. ``tearline_answer`` is the number of this shape."""

    tearline_answer: int
    may_leave: WireOutgoing | None
    house_only: WireHouse


def encode(assessment: Assessment) -> str:
    """The answer as JSON text, indented, keys in the order of the documentation."""
    return msgspec.json.format(msgspec.json.encode(wire(assessment)), indent=2).decode()


def schema() -> str:
    """The JSON Schema of the answer."""
    return json.dumps(msgspec.json.schema(WireAnswer), indent=2)


def wire(found: Assessment) -> WireAnswer:
    """The answer in its wire shape."""
    text, out, case = found.tearline, found.outgoing, found.case
    return WireAnswer(
        tearline_answer=SHAPE,
        may_leave=None
        if out is None
        else WireOutgoing(
            banner=out.banner,
            portions=list(out.portions),
            words=list(out.words),
            grades=list(out.grades),
            limits_of_use=list(out.limits_of_use),
            something_is_withheld=out.withheld,
            if_pressed=out.if_pressed,
            if_it_leaks=out.if_it_leaks,
        ),
        house_only=WireHouse(
            title=case.title,
            as_of=case.as_of,
            decision=decision(found.decision),
            tearline=WireTearline(
                said=[said(s) for s in text.said],
                value=figure(text.value),
                held=figure(text.held),
                together=figure(text.together),
                upper_bound=text.upper_bound,
                gap=(text.upper_bound - text.value) / text.upper_bound if text.upper_bound > text.value else 0.0,
                proved_optimal=text.proved,
                load=figure(text.load) if math.isfinite(text.load) else None,
            ),
            readers=[reader(r) for r in found.readers],
            why_not_more=[_obstacle(o) for o in found.obstacles],
            whom_to_ask=[consultation(c) for c in found.asked],
            stakeholders=[stakeholder(h) for h in found.holders],
            better=[_better(b) for b in found.better],
            when=[_timing(t) for t in found.timings],
            covers=[_resting(r) for r in found.covers],
            would_change_this_most=[_mover(m) for m in found.movers],
            unjudged=list(found.unjudged),
            leaned_on=list(found.leaned_on),
            defaults=list(found.defaults),
            not_yet_weighed=list(found.not_weighed),
            people=[person(each) for each in found.people],
            marks=[mark(each) for each in found.marks],
            banner=None if found.banner is None else banner(found.banner),
            replay=None if found.replay is None else _replay(found.replay),
            ask_in_return=list(case.proposal.ask_in_return),
            in_return=[_in_return(each) for each in found.in_return],
        ),
    )


def decision(made: Decision) -> WireDecision:
    """A decision of any kind, with its name."""
    kind = {Allow: "allow", AllowIf: "allow_if", Ask: "ask", Refuse: "refuse"}[type(made)]
    refusal = made if isinstance(made, Refuse) else None
    return WireDecision(
        kind=kind,
        reasons=[reason(r) for r in made.reasons],
        consult=list(made.consult) if isinstance(made, Ask) else [],
        conditions=list(made.conditions) if isinstance(made, Ask | AllowIf) else [],
        owner=refusal.owner if refusal else None,
        review_on=refusal.review_on if refusal else None,
        harm_of_silence=refusal.harm_of_silence if refusal else None,
    )


def said(s: Said) -> WireSaid:
    """One claim of a text."""
    return WireSaid(claim=s.claim, version=s.version, text=s.text, value=s.value, held=s.held)


def line(found: Line) -> WireLine:
    """One line of the account."""
    is_belief = bool(found.about)
    return WireLine(
        gate=found.gate.value,
        about=found.about,
        before=estimate(found.before),
        after=estimate(found.after),
        in_words=words(found.after.lo, found.after.hi) if is_belief else None,
        budget=figure(found.budget),
        allowed=figure(found.allowed),
        bits=figure(found.bits),
        bits_left=figure(found.bits_left),
        broken=found.broken,
        over_before=found.over_before,
    )


def reader(r: ReaderAccount) -> WireReader:
    """What one reader could work out."""
    listener = r.listener
    return WireReader(
        party=listener.party.id,
        name=listener.party.label,
        gets=estimate(listener.gets),
        ever=estimate(listener.ever),
        exact=listener.ever.exact,
        knows_already=listener.knows,
        protected_against=listener.protected_against,
        binds=listener.binds,
        paths=[[*(edge.giver for edge in path.edges), listener.party.id] for path in listener.paths],
        lines=[line(found) for found in r.lines],
        in_doubt=None if r.in_doubt is None else _reached(r.in_doubt),
        raw=[_raw(each) for each in r.raw],
    )


def _reached(r: Reached) -> WireReached:
    return WireReached(
        gate=r.gate.value,
        about=r.about,
        reached=figure(r.reached),
        limit=figure(r.limit),
        load=figure(r.load) if math.isfinite(r.load) else None,
    )


def _raw(r: RawText) -> WireRawText:
    return WireRawText(
        claim=r.claim,
        chance=estimate(r.chance),
        gate=r.gate.value,
        about=r.about,
        as_worded=figure(r.as_worded),
        if_raw=figure(r.if_raw),
        expected=figure(r.expected),
    )


def breach(b: Breach) -> WireBreach:
    """One limit that would be broken."""
    return WireBreach(
        reader=b.reader,
        gate=b.gate.value,
        about=b.about,
        reached=figure(b.reached),
        limit=figure(b.limit),
        because_of=list(b.because_of),
        series=b.series,
        if_raw=b.if_raw,
        if_several=b.if_several,
    )


def _obstacle(o: Obstacle) -> WireObstacle:
    return WireObstacle(
        claim=o.claim,
        version=o.version,
        breaches=[breach(b) for b in o.breaches],
        reasons=[reason(r) for r in o.reasons],
    )


def _better(b: Better) -> WireBetter:
    return WireBetter(lever=b.lever.value, text=b.text, gain=b.gain, said=[said(s) for s in b.said])


def _timing(t: Timing) -> WireTiming:
    return WireTiming(
        claim=t.claim, version=t.version, safe_from=t.safe_from, value=figure(t.value), because=list(t.because)
    )


def _resting(r: Resting) -> WireResting:
    return WireResting(
        what=r.what,
        evidence=r.evidence,
        seen_by=list(r.seen_by),
        value=figure(r.value),
        without=figure(r.without),
        left_open=list(r.left_open),
        credibility=figure(r.credibility),
        credibility_without=figure(r.credibility_without),
    )


def _mover(m: Mover) -> WireMover:
    return WireMover(
        text=m.text,
        reader=m.reader,
        gate=m.gate.value,
        about=m.about,
        now=figure(m.now),
        then=figure(m.then),
        limit=figure(m.limit),
    )


def _in_return(each: InReturn) -> WireInReturn:
    if each.scored is None:
        return WireInReturn(wish=each.wish, what=None, lo=None, mid=None, hi=None)
    lo, mid, hi = map(figure, each.scored.score)
    return WireInReturn(wish=each.wish, what=each.scored.request.what, lo=lo, mid=mid, hi=hi)


def _replay(r: Replay) -> WireReplay:
    return WireReplay(
        truths=[WireOtherTruth(claim=t.claim, sibling=t.sibling, alike=t.alike) for t in r.truths],
        replays=r.replays,
        searched=r.searched,
        holds=r.holds,
        proved=r.proved,
        leak=figure(r.leak) if math.isfinite(r.leak) else None,
        candidates=[
            WireCandidate(
                reader=c.reader,
                group=c.group,
                count=c.count,
                persons=c.persons,
                same=c.same,
                said={str(k): str(v) for k, v in c.said.items()},
            )
            for c in r.candidates
        ],
    )
