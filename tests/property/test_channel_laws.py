"""Laws of channels: what stands around a proposal only ever takes away, and no walk leads where it must not."""

import datetime as dt
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from generated_cases import RECIPIENT, TODAY, cases
from tearline.assess.verdict import verdict_on
from tearline.cases import CaseFile, read, write
from tearline.cases.edits import changed_back, changes, plain, rebuilt
from tearline.domain import (
    Accreditation,
    Agreement,
    Agrement,
    Case,
    Caveat,
    Direction,
    Duty,
    Form,
    Officer,
    Permission,
    Quota,
    Signature,
)
from tearline.domain.dossier import Entry, Moved, authors, faults, last, stage
from tearline.domain.lifecycle import Facts, Kind, Stage, Verdict, in_the_way, moves_from
from tearline.domain.officers import look_alike, may_be_one

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
DAYS = st.none() | st.integers(-9, 9).map(lambda n: TODAY + dt.timedelta(days=n))
PAST = st.integers(-30, 0).map(lambda n: TODAY + dt.timedelta(days=n))


def signatures() -> st.SearchStrategy[tuple[Signature, ...]]:
    """Both have signed, mostly."""
    both = tuple(Signature(party=party, by="x", on=TODAY - dt.timedelta(days=99)) for party in ("A", RECIPIENT))
    return st.sampled_from([both, both, both[:1], ()])


AGREEMENTS = st.builds(
    Agreement,
    id=st.just("pact"),
    parties=st.just((RECIPIENT,)),
    topics=st.sampled_from([("one",), ("one", "two")]),
    forms=st.sampled_from([tuple(Form), (Form.RELEASE,), (Form.DISCLOSURE,)]),
    gives=st.sampled_from(Direction),
    permits=st.sampled_from([(), tuple(Permission)]),
    quota=st.none() | st.builds(Quota, count=st.integers(0, 3), days=st.integers(1, 400)),
    until=DAYS,
    suspended=st.none() | DAYS,
    signed=signatures(),
    single_officer=st.booleans(),
)

OFFICERS = st.builds(
    Officer,
    id=st.just("liaison"),
    may=st.lists(st.sampled_from(Duty), unique=True).map(tuple),
    declared_to=st.sampled_from([None, RECIPIENT]),
    accreditation=st.lists(
        st.builds(Accreditation, on=PAST, answer=st.sampled_from(Agrement), until=st.none() | DAYS), max_size=2
    ).map(tuple),
    principal=st.booleans(),
)

CAVEATS = st.builds(
    Caveat, words=st.sampled_from(["mind the dates", "nothing in writing"]), oral=st.booleans(), on=PAST
)


@st.composite
def channelled(draw: st.DrawFn) -> tuple[Case, Case]:
    """A case, and the same with topics, caveats, an officer and an agreement around its proposal."""
    case = draw(cases(2, 3))
    claims = tuple(attrs.evolve(c, topic=draw(st.sampled_from([None, "one", "two", "three"]))) for c in case.claims)
    sources = tuple(
        attrs.evolve(s, caveats=tuple(draw(st.lists(CAVEATS, max_size=1)))) if s is case.sources[0] else s
        for s in case.sources
    )
    proposal = attrs.evolve(
        case.proposal,
        agreement=draw(st.sampled_from([None, "pact"])),
        carried_by=draw(st.sampled_from([None, "liaison"])),
    )
    around = attrs.evolve(
        case,
        claims=claims,
        sources=sources,
        proposal=proposal,
        officers=(draw(OFFICERS),),
        agreements=(draw(AGREEMENTS),),
    )
    return case, around


@settings(max_examples=40)
@given(channelled())
def test_what_stands_around_a_proposal_only_takes_away(pair: tuple[Case, Case]) -> None:
    case, around = pair

    plainly, then = verdict_on(case, TODAY), verdict_on(around, TODAY)

    assert then.kind <= plainly.kind
    assert then.value <= plainly.value
    assert then.said == plainly.said or then.kind is Kind.REFUSE


@settings(max_examples=60)
@given(channelled())
def test_a_case_with_channels_is_read_as_it_was_written(pair: tuple[Case, Case]) -> None:
    file = CaseFile(case=pair[1])

    assert read(write(file)).case == file.case
    assert rebuilt(plain(file.case)) == file.case


@settings(max_examples=60)
@given(channelled(), channelled())
def test_every_change_taken_back_gives_the_case_before(one: tuple[Case, Case], other: tuple[Case, Case]) -> None:
    before, after = plain(one[1]), plain(other[1])

    whole: dict[str, Any] = after
    for change in reversed(changes(before, after)):
        whole = changed_back(whole, change)

    assert whole == before


# --- walks ------------------------------------------------------------------------------------------------

PEOPLE = st.sampled_from(["officer-7", "Officer 7", "chief", "The Chief", "liaison", "0fficer-7"])
TEXTS = st.sampled_from(["t1", "t1", "t2"])
ANSWERS = st.sampled_from(
    [
        Verdict(kind=Kind.ALLOW, said={"c": "v"}, value=1.0),
        Verdict(kind=Kind.ALLOW, said={"c": "v"}, value=1.0),
        Verdict(kind=Kind.ASK, said={"c": "v"}, value=1.0, consult=("C",)),
        Verdict(kind=Kind.REFUSE),
    ]
)


@st.composite
def walks(draw: st.DrawFn) -> list[Entry]:
    """What can be done by several people who try anything, one move after the other."""
    entries: list[Entry] = []
    for minute in range(draw(st.integers(1, 25))):
        here = stage(entries)
        possible = moves_from(here)
        if not possible:
            break
        made, by, text, today = draw(st.sampled_from(possible)), draw(PEOPLE), draw(TEXTS), draw(ANSWERS)
        assessed = last(entries, Stage.ASSESSED)
        cleared = last(entries, Stage.CLEARED) if here is Stage.CLEARED else None
        facts = Facts(
            by=by,
            duties=draw(st.sampled_from([None, frozenset(Duty), frozenset({Duty.PROPOSE})])),
            authors=authors(entries),
            because=draw(st.sampled_from(["", "so"])),
            override=draw(st.booleans()),
            text=text,
            assessed_text=assessed.text if assessed else None,
            assessed=assessed.verdict if assessed else None,
            cleared_text=cleared.text if cleared else None,
            cleared=cleared.verdict if cleared else None,
            today=today,
        )
        if not in_the_way(made, facts):
            entries.append(
                Moved(
                    at=NOON + dt.timedelta(minutes=minute),
                    by=by,
                    text=text,
                    to=made.to,
                    proposer="officer-7",
                    verdict=today,
                    override=facts.override,
                )
            )
    return entries


@settings(max_examples=300)
@given(walks())
def test_whatever_people_try_nothing_happens_that_cannot(entries: list[Entry]) -> None:
    assert faults(entries, NOON + dt.timedelta(days=1)) == ()


@settings(max_examples=300)
@given(walks())
def test_nothing_is_released_that_nobody_else_cleared_as_it_is(entries: list[Entry]) -> None:
    for number, entry in enumerate(entries):
        if isinstance(entry, Moved) and entry.to is Stage.RELEASED:
            cleared = last(entries[:number], Stage.CLEARED)
            assert cleared is not None
            assert cleared.text == entry.text
            assert not look_alike(cleared.by, "officer-7")


@given(st.text(max_size=12), st.text(max_size=12))
def test_being_one_person_goes_both_ways_and_holds_of_oneself(one: str, other: str) -> None:
    assert look_alike(one, one)
    assert may_be_one(one, one)
    assert look_alike(one, other) == look_alike(other, one)
    assert may_be_one(one, other) == may_be_one(other, one)
    assert may_be_one(one, other) or not look_alike(one, other)
