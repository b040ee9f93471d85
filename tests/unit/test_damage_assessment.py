"""From an incident to what it cost: beliefs as the release engine has them, tiers, harms, choices, whom to tell."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from incident_case import DAY, a_case, a_theft, account, an_incident, place_claim
from tearline.assess.audience import pasts
from tearline.damage.assessment import blame, damage, told_by
from tearline.damage.beliefs import ANY_CHANNEL, after_incident, matters
from tearline.damage.choices import HOLD
from tearline.damage.comparing import compare
from tearline.damage.history import history
from tearline.damage.magnitude import Span, Word
from tearline.damage.moving import movers
from tearline.damage.telling import Urgent, notice_case, to_tell
from tearline.damage.versions import came_out
from tearline.domain import (
    Given,
    Group,
    GroupKind,
    Interval,
    LeakPath,
    Party,
    PartyKind,
    Passage,
    Person,
    Refuse,
    Reliability,
    Source,
    SourceKind,
    Trust,
    Version,
    access,
)
from tearline.domain.incidents import (
    Beside,
    Incident,
    IncidentKind,
    Measure,
    Rank,
    RealisedHarm,
    Rival,
    Stake,
    Witness,
)
from tearline.exposure.account import account as lines_of
from tearline.exposure.readings import readings
from tearline.exposure.situation import blocks, settings
from tearline.exposure.worlds import Gate


def test_beliefs_are_those_of_the_release_engine_weighed_over_what_may_have_come_out() -> None:
    """Against the engine's own account of each version, one after the other."""
    incident = an_incident(briefed={"meeting": "exact", "place": "town"})
    case = after_incident(a_case(), incident)
    found = came_out(case, incident)

    (view,) = (v for v in damage(incident, a_case()).sources[0].views if v.reader == "X")

    admitted = {"meeting": ("exact", "vague"), "place": ("town",)}
    parts = blocks(case, admitted)
    every = [s for p in pasts(case, "X") for r in readings(case, "X") for s in settings(case, "X", p, parts, r)]
    lines = []
    for said in found.cases:
        options = tuple(
            block.options.index(tuple(said[found.claims.index(claim)] for claim in block.claims)) for block in parts
        )
        lines += [line for line in lines_of(case, every, options) if line.gate is Gate.TOP_SUSPECT]
    expected = sum(share * line.after.mid for share, line in zip(found.stances[0], lines, strict=True))
    assert view.after.mid == pytest.approx(expected, abs=1e-9)
    assert view.worst == pytest.approx(max(line.after.hi for line in lines), abs=1e-9)
    assert view.before.hi == pytest.approx(lines[0].before.hi, abs=1e-9)


def test_a_view_says_how_likely_the_limit_is_passed() -> None:
    (view,) = (v for v in damage(an_incident(), a_case()).sources[0].views if v.reader == "X")

    assert view.before.mid < view.after.mid <= view.after.hi <= view.worst
    assert 0 <= view.passed.lo <= view.passed.mid <= view.passed.hi <= 1


def test_what_a_hostile_reader_surely_has_already_costs_nothing() -> None:
    told = attrs.evolve(a_case(), given=(Given(to=("X",), on=dt.date(2026, 11, 1), claims={"meeting": "exact"}),))

    found = damage(an_incident(hearers=("X",)), told)

    assert found.taken.hi == pytest.approx(0, abs=1e-9)
    assert found.scale is None


def test_what_it_may_have_missed_before_is_charged_at_the_upper_edge_only() -> None:
    told = attrs.evolve(a_case(), given=(Given(to=("B",), on=dt.date(2026, 11, 1), claims={"meeting": "exact"}),))

    found = damage(an_incident(), told)

    assert found.taken.mid == pytest.approx(0, abs=1e-9)
    assert found.taken.hi > 0


def test_three_tiers_are_kept_apart() -> None:
    found = damage(an_incident(published={"meeting": "vague"}), a_case())

    assert found.published.mid < found.taken.mid < found.accessible.mid
    assert damage(an_incident(), a_case()).published.hi == 0


def test_whoever_knows_how_we_know_and_oversight_are_no_readers() -> None:
    overseer = Party(id="committee", kind=PartyKind.OVERSIGHT)
    case = attrs.evolve(a_case(), parties=(*a_case().parties, overseer))

    found = damage(an_incident(hearers=("B", "C", "committee")), case)

    assert {view.reader for view in found.sources[0].views} == {"B", "X"}


def test_a_person_in_danger_makes_it_serious_and_bars_measures_that_leave_more_danger() -> None:
    found = damage(an_incident(hearers=("X",)), a_case())

    (exposed,) = found.sources
    assert exposed.in_danger
    assert found.lives
    assert found.words[0] is Word.SERIOUS
    assert exposed.choices[0].measure.name == "bring the source out"
    assert [choice.allowed for choice in exposed.choices] == [True, False, False, False]


def test_a_method_is_weighed_by_take_alone() -> None:
    case = attrs.evolve(a_case(), sources=(Source(id="s", kind=SourceKind.SIGNALS, owner="A"),), secrets=())

    (exposed,) = damage(an_incident(hearers=("X",)), case).sources

    assert exposed.danger is None
    assert all(choice.allowed for choice in exposed.choices)
    assert [choice.feared for choice in exposed.choices] == sorted(choice.feared for choice in exposed.choices)


def test_measures_of_the_file_replace_those_of_the_table_and_to_hold_stays() -> None:
    own = (Measure(name="move the meeting", costs=0.01, saves=0.9, spares=0.99),)

    (exposed,) = damage(an_incident(measures={"s": own}), a_case()).sources

    assert {choice.measure for choice in exposed.choices} == {HOLD, *own}


def test_a_harm_that_nobody_checked_is_not_counted() -> None:
    claim = RealisedHarm(source="s", what="an arrest, they say", explains=Interval(0.5, 0.6, 0.7))

    found = damage(an_incident(harms=(claim,)), a_case())

    (happened,) = found.sources[0].happened
    assert (happened.ours, happened.tells) == (None, 1.0)


def test_a_harm_is_shared_with_its_rivals_and_leaves_the_loss_alone() -> None:
    rival = Rival(what="a defector named him", explains=Interval(0.5, 0.6, 0.7))
    harm = RealisedHarm(
        source="s", what="an arrest", explains=Interval(0.5, 0.6, 0.7), rivals=(rival,), checked="the desk"
    )
    alone = attrs.evolve(harm, rivals=())

    found = damage(an_incident(harms=(harm,)), a_case())

    assert found.taken == damage(an_incident(), a_case()).taken
    assert told_by(harm) == 1
    assert told_by(alone) > 1
    taken = Span(0.1, 0.2, 0.3)
    assert blame(harm, taken).mid < blame(alone, taken).mid < blame(alone, taken).hi == 1


def test_what_a_partner_could_stop_and_sources_besides_are_part_of_the_loss() -> None:
    flow = Stake(worth=Rank.IMPORTANT, years=(1.0, 1.0), stops=Interval(0.1, 0.2, 0.3))
    beside = Beside(
        id="villagers",
        kind=SourceKind.HUMAN,
        count=(100, 100),
        years=(1.0, 1.0),
        accessible=Interval(0.2, 0.2, 0.2),
        taken=Interval(0.1, 0.1, 0.1),
        published=Interval(0.0, 0.0, 0.0),
        because="names in clear",
    )
    before = damage(an_incident(), a_case())

    found = damage(an_incident(flows={"C": flow}, beside=(beside,)), a_case())

    assert found.taken.mid - before.taken.mid == pytest.approx(0.9754 * (5 * 0.2 + 100 * 0.1), rel=1e-3)
    assert found.drivers[0][0] == "villagers"
    assert found.lives


def test_an_incident_without_a_case_is_what_it_describes_itself() -> None:
    found = damage(Incident(title="t", kind=IncidentKind.THEFT, on=DAY))

    assert found.sources == ()
    assert found.scale is None
    assert found.words == (Word.NONE,)
    assert to_tell(found) == ()


def test_originators_and_partners_are_told_in_order_of_urgency_each_through_the_gate() -> None:
    owned = Source(id="s", kind=SourceKind.HUMAN, owner="C", joint_with=("A",))
    case = attrs.evolve(a_case(), sources=(owned,))

    told = to_tell(damage(an_incident(hearers=("X",)), case))

    assert [(one.party.id, one.why, one.breached) for one in told] == [("C", Urgent.LIFE, True)]
    notice = told[0].notice
    assert notice is not None
    assert not isinstance(notice.decision, Refuse)


def test_a_partner_is_told_only_what_is_its_own_or_what_it_holds() -> None:
    own = Source(id="s", kind=SourceKind.HUMAN, owner="A")
    theirs = Source(id="t", kind=SourceKind.HUMAN, owner="C")
    base = a_case()
    claims = (base.claims[0], attrs.evolve(base.claims[1], sources=("t",)))
    case = attrs.evolve(base, sources=(own, theirs), claims=claims)
    found = damage(an_incident(hearers=("X",), briefed={"meeting": "exact", "place": "house"}), case)

    told = {one.party.id: one for one in to_tell(found)}

    assert told["C"].claims == ("place",)
    assert set(notice_case(case, found.incident, "C", told["C"].claims).proposal.claims) == {"place"}
    assert told["A"].notice is None


def test_whoever_holds_the_same_material_is_told_not_to_confirm_it() -> None:
    case = attrs.evolve(
        a_case(),
        parties=(*a_case().parties, Party(id="D", handling=Trust.SOUND)),
        given=(Given(to=("D",), on=dt.date(2026, 11, 1), claims={"meeting": "vague"}),),
    )

    told = {one.party.id: one for one in to_tell(damage(an_incident(), case))}

    assert told["D"].why is Urgent.HOLDS
    assert max(told.values(), key=lambda one: one.why).party.id == "D"


def test_a_notice_is_charged_after_the_incident() -> None:
    found = damage(an_incident(), a_case())

    case = notice_case(a_case(), found.incident, "C", ("meeting",))

    assert case.given[-1].to == ("B",)
    assert dict(case.given[-1].claims) == {"meeting": "exact"}


def test_a_better_witness_is_worth_more_and_none_more_than_to_know() -> None:
    witnesses = tuple(
        Witness(whom=grade.value, about="meeting", reliability=grade) for grade in (Reliability.D, Reliability.A)
    )
    case = attrs.evolve(a_case(), sources=(Source(id="s", kind=SourceKind.SIGNALS, owner="A"),), secrets=())
    measures = {"s": (Measure(name="switch", costs=0.02, saves=1.0),)}

    found = damage(an_incident(hearers=("X",), witnesses=witnesses, measures=measures), case)

    worth = {asked.witness.whom: asked.worth.mid for asked in found.questions}
    assert worth["A"] >= worth["D"]
    assert all(asked.worth.mid <= asked.perfect.mid + 1e-12 for asked in found.questions)


def test_what_was_believed_when_leaves_out_what_became_known_later() -> None:
    later = account(on=DAY + dt.timedelta(days=2))
    incident = an_incident(accounts=(later,))

    past = history(incident, a_case(), damage(incident, a_case()))

    assert [stood.on for stood in past] == [DAY, DAY + dt.timedelta(days=2)]
    assert past[0].loss == damage(an_incident(accounts=()), a_case()).taken
    assert past[1].loss == damage(incident, a_case()).taken
    assert past[1].learnt == ("a visitor: witness",)


def test_two_incidents_far_apart_are_told_apart_and_by_how_many_tens() -> None:
    many = Beside(
        id="all",
        kind=SourceKind.HUMAN,
        count=(10_000, 20_000),
        accessible=Interval(0.5, 0.5, 0.5),
        taken=Interval(0.4, 0.5, 0.5),
        published=Interval(0.0, 0.0, 0.0),
        because="all of it lay open",
    )
    big, small = damage(an_incident(beside=(many,)), a_case()), damage(an_incident(), a_case())

    found = compare(big, small)

    assert found.first_exceeds == 1
    assert found.first_by is not None
    assert found.first_by >= 3
    assert compare(small, small).distinguishable is False


def test_versions_that_the_case_does_not_know_how_to_place_still_count() -> None:
    unknown = attrs.evolve(a_case().claims[0], versions=(Version(id="exact", text="They meet.", value=5.0),))
    case = attrs.evolve(a_case(), claims=(unknown,))

    (exposed,) = damage(an_incident(accounts=()), case).sources

    assert exposed.taken.hi > 0
    assert matters(case, an_incident())[0].about == "persons"


def test_a_source_that_may_be_named_in_clear_is_in_danger_however_large_the_crowd() -> None:
    named = {"s": Stake(named=Interval(0.1, 0.2, 0.4))}

    (exposed,) = damage(a_theft(briefed={"meeting": "vague"}, taken={}, sources=named), a_case()).sources
    (without,) = damage(a_theft(briefed={"meeting": "vague"}, taken={}, sources={}), a_case()).sources

    assert exposed.danger == pytest.approx(max(0.4, without.danger or 0))
    assert exposed.in_danger
    assert exposed.taken.mid > without.taken.mid
    assert exposed.published == without.published


def test_whatever_came_out_of_a_publication_is_in_print() -> None:
    found = damage(an_incident(kind=IncidentKind.PUBLICATION), a_case())

    assert found.published == found.taken


def test_where_nobody_is_named_as_a_hearer_every_hostile_party_is_one() -> None:
    unknown, named = (damage(an_incident(hearers=hearers), a_case()) for hearers in ((), ("X",)))

    assert unknown.taken == named.taken
    assert {view.reader for view in unknown.sources[0].views} == {"X"}


def test_people_who_can_be_recognised_are_named_by_claim_and_where_nobody_has_said() -> None:
    claims = (attrs.evolve(a_case().claims[0], persons=(Person(id="p"),)), attrs.evolve(place_claim(), persons=None))
    case = attrs.evolve(a_case(), claims=claims)

    found = damage(an_incident(briefed={"meeting": "exact", "place": "house"}), case)

    assert found.people == (("meeting", 1), ("place", None))
    assert damage(an_incident(), a_case()).people == ()


def test_every_kind_of_incident_is_assessed() -> None:
    for kind in IncidentKind:
        found = damage(an_incident(kind=kind), a_case())

        assert found.taken.lo <= found.taken.mid <= found.taken.hi <= found.accessible.hi + 1e-9


def test_the_input_that_moves_the_answer_most_comes_first() -> None:
    flow = Stake(worth=Rank.IRREPLACEABLE, years=(5.0, 5.0), stops=Interval(0.0, 0.5, 1.0))
    incident = an_incident(flows={"C": flow})

    moved = movers(incident, a_case(), damage(incident, a_case()))

    assert moved[0].what == "whether C stops sharing"
    assert [one.by for one in moved] == sorted((one.by for one in moved), reverse=True)
    assert {"the account of a visitor", "how loosely it was told", "the years ahead of s"} <= {m.what for m in moved}


def test_of_a_theft_it_is_whether_it_was_read_and_how_much_was_taken() -> None:
    moved = {one.what for one in movers(a_theft(), a_case(), damage(a_theft(), a_case()))}

    assert {"whether it was read", "how much was taken"} <= moved


def test_a_rank_moves_the_loss_by_the_weights_of_its_neighbours() -> None:
    found = damage(an_incident(), a_case())

    (rank,) = (one for one in movers(an_incident(), a_case(), found) if one.what.startswith("the rank of s"))

    assert (rank.least, rank.most) == pytest.approx((found.taken.mid / 2, found.taken.mid * 5 / 2))


def test_ways_onward_that_only_the_incident_knows_are_open() -> None:
    way = LeakPath(giver="C", to="X", how=Passage.ONWARD, probability=Interval(0.8, 0.9, 1.0))

    without, with_it = (
        damage(an_incident(hearers=("C",), leak_paths=paths), a_case()).taken.mid for paths in ((), (way,))
    )

    assert with_it > without


def test_a_method_that_no_secret_names_is_exposed_by_the_channel_that_is_believed_in_most() -> None:
    base = a_case()
    channels = tuple(Group(id=name, kind=GroupKind.CHANNEL, weight=0.01) for name in ("tapped", "read"))
    known = {"read": access("present"), "tapped": access("rumour")}
    exact = attrs.evolve(base.claims[0].versions[0], known={**base.claims[0].versions[0].known, **known})
    claim = attrs.evolve(base.claims[0], versions=(exact, *base.claims[0].versions[1:]))
    reader = attrs.evolve(base.readers[0], groups=(*base.readers[0].groups, *channels))
    source = Source(id="s", kind=SourceKind.SIGNALS, owner="A")
    case = attrs.evolve(base, sources=(source,), secrets=(), claims=(claim,), readers=(reader,))

    (view,) = damage(an_incident(hearers=("X",)), case).sources[0].views

    assert view.matter.about == ANY_CHANNEL
    assert view.after.mid > view.before.mid
