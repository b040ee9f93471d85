"""Another recipient, and two who do not compare notes."""

import attrs

from small_case import CLOSE, WIDE, claim, small_case, with_proposal, with_source
from tearline.assess import assess
from tearline.assess.answer import Assessment, Better, Lever
from tearline.domain import Case, Group, Interval, LeakPath, Party, Passage, Reader, Trust

SURELY, NEVER = Interval.exactly(1.0), Interval.exactly(0.0)


def reached(**chances: Interval) -> tuple[LeakPath, ...]:
    """How surely X reads each recipient; nobody else passes anything on."""
    return tuple(LeakPath(giver=p, to="X", how=Passage.PENETRATION, probability=c) for p, c in chances.items())


def world(*, leaks: tuple[LeakPath, ...], others: tuple[Party, ...]) -> Case:
    """B is trusted and may be told of a meeting; X is hostile; others have people where it matters."""
    case = with_source(small_case(), joint_with=())
    parties = (Party(id="A"), Party(id="B", handling=Trust.SOUND), *others, Party(id="X", hostile=True))
    return attrs.evolve(case, parties=parties, leak_paths=leaks)


def ways(found: Assessment, lever: Lever) -> list[Better]:
    return [way for way in found.better if way.lever is lever]


def test_a_recipient_through_which_nobody_hostile_reads_is_found_with_what_it_gains() -> None:
    there = Party(id="D", name="State D", handling=Trust.SOUND, presence=("coast",))
    case = world(leaks=reached(B=SURELY, D=NEVER), others=(there,))

    found = assess(case)

    assert found.tearline.versions == {"meeting": "vague"}
    (route,) = ways(found, Lever.ROUTE)
    assert route.text == "tell State D instead, whose people could act"
    assert route.gain == 5
    assert [s.version for s in route.said] == ["exact"]
    assert route.gain == assess(with_proposal(case, to="D")).tearline.value - found.tearline.value


def test_a_recipient_with_nobody_there_is_not_tried() -> None:
    case = world(leaks=reached(B=SURELY, D=NEVER), others=(Party(id="D", handling=Trust.SOUND),))

    found = assess(case)

    assert not ways(found, Lever.ROUTE)
    assert any(way.startswith("another route") for way in found.unjudged)


def test_a_recipient_that_leaks_as_much_is_no_way() -> None:
    there = Party(id="D", handling=Trust.SOUND, presence=("coast",))

    found = assess(world(leaks=reached(B=SURELY, D=SURELY), others=(there,)))

    assert not ways(found, Lever.ROUTE)
    assert not ways(found, Lever.SPLIT)


def two_wary(leaks: tuple[LeakPath, ...]) -> Case:
    """B and D would each look for other people: what points at somebody for one is harmless to the other."""
    points, harmless = CLOSE, WIDE["staff"]
    where = {"fc": points["insiders"], "fs": points["staff"], "gc": harmless, "gs": harmless}
    when = {"gc": points["insiders"], "gs": points["staff"], "fc": harmless, "fs": harmless}
    exact, _ = claim().versions
    claims = tuple(
        claim(id=name, versions=(attrs.evolve(exact, known=known),))
        for name, known in (("where", where), ("when", when))
    )
    readers = (
        Reader(id="B", groups=(Group(id="fc", count=4), Group(id="fs", count=400))),
        Reader(id="D", groups=(Group(id="gc", count=4), Group(id="gs", count=400))),
    )
    case = with_source(small_case(), joint_with=())
    parties = (
        Party(id="A"),
        Party(id="B", name="State B", handling=Trust.WARY),
        Party(id="D", name="State D", handling=Trust.WARY, presence=("coast",)),
        Party(id="X", hostile=True),
    )
    case = attrs.evolve(case, parties=parties, readers=readers, claims=claims, leak_paths=leaks)
    return with_proposal(case, claims={"where": None, "when": None})


NOTHING_PASSES = tuple(
    LeakPath(giver=giver, to=to, how=Passage.ONWARD, probability=NEVER)
    for giver in ("B", "D")
    for to in ("B", "D", "X")
    if giver != to
)


def test_two_who_do_not_compare_notes_may_hold_more_between_them() -> None:
    found = assess(two_wary(NOTHING_PASSES))

    (split,) = ways(found, Lever.SPLIT)
    assert found.tearline.versions == {"when": "exact"}
    assert split.gain == 8
    assert split.text == (
        "tell State B when as exact, and State D where as exact: no reader who counts comes to hold both"
    )
    assert {s.claim for s in split.said if s.version} == {"where", "when"}


def test_two_who_may_compare_notes_gain_nothing_by_splitting() -> None:
    passing = [
        attrs.evolve(path, probability=SURELY) if (path.giver, path.to) == ("B", "D") else path
        for path in NOTHING_PASSES
    ]

    found = assess(two_wary(tuple(passing)))

    assert not ways(found, Lever.SPLIT)


def test_two_whom_one_reader_overhears_gain_nothing_by_splitting() -> None:
    passing = [attrs.evolve(path, probability=SURELY) if path.to == "X" else path for path in NOTHING_PASSES]

    found = assess(two_wary(tuple(passing)))

    assert not ways(found, Lever.SPLIT)
