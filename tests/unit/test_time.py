"""Who knew by then, when each version becomes safe, and what must not follow a rhythm."""

import datetime as dt
import math

import attrs
import pytest

from small_case import TODAY, claim, small_case, with_proposal, with_source, yes
from tearline.assess import assess
from tearline.assess.answer import Lever
from tearline.assess.waiting import on_day, turning_days
from tearline.domain import (
    AllowIf,
    Case,
    Cover,
    Days,
    Given,
    Group,
    GroupKind,
    Interval,
    Quiet,
    Reader,
    Refuse,
    Rule,
    Spread,
    Version,
    access,
)
from tearline.domain.defaults import REVIEW_AFTER_DAYS
from tearline.exposure.account import suspicion
from tearline.exposure.candidates import minds
from tearline.exposure.history import held
from tearline.exposure.likelihood import Telling, also, seen
from tearline.exposure.likelihood import access as access_to
from tearline.exposure.situation import settings
from tearline.policy.quiet import rhythm

POINT = {"knows": Interval.exactly(1.0), "not": Interval.exactly(0.01)}


def on(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def spreading(days: int) -> Case:
    """500 persons, of whom 3 know on the day itself, 8 after one day, 40 after two and 400 after seven."""
    groups = {"first": 3, "second": 5, "third": 32, "many": 360, "rest": 100}
    knowing = {"second": 1, "third": 2, "many": 7}
    version = Version(
        id="exact",
        text="It was decided.",
        value=5.0,
        known={group: POINT["knows" if group == "first" else "not"] for group in groups},
        later=tuple(Spread(on=Days.exactly(on(d)), known={g: POINT["knows"]}) for g, d in knowing.items()),
    )
    reader = Reader(id="X", groups=tuple(Group(id=g, count=n) for g, n in groups.items()))
    return small_case(as_of=on(days), readers=(reader,), claims=(claim(versions=(version,)),), secrets=())


@pytest.mark.parametrize(("days", "figure"), [(0, 0.125471), (1, 0.077399), (2, 0.022422), (7, 0.002494)])
def test_waiting_lets_more_people_know_it(days: int, figure: float) -> None:
    case = spreading(days)

    (setting,) = settings(case, "X", also(case, {}, [("meeting", 0)]), ())

    assert suspicion(setting.world, setting.before).mid.max() == pytest.approx(figure, abs=5e-7)


def test_what_was_told_early_points_at_those_who_knew_it_then() -> None:
    early = Given(to=("B",), on=on(0), claims={"meeting": "exact"})
    case = attrs.evolve(spreading(7), given=(early,))

    (setting,) = settings(case, "X", also(case, held(case, case.given), [("meeting", 0)]), ())

    assert suspicion(setting.world, setting.before).mid.max() == pytest.approx(0.125471, abs=5e-7)


def test_an_earlier_vaguer_telling_counts_beside_a_later_more_exact_one() -> None:
    case = small_case(claims=(claim(versions=with_news(small_case(), vague=on(-1))),))

    view = seen(case, [("meeting", 1, on(-5)), ("meeting", 0, on(0)), ("meeting", 1, on(0))])

    assert view == {"meeting": (Telling(0, on(0)), Telling(1, on(-5)))}


def test_without_a_day_that_matters_only_the_most_exact_telling_counts() -> None:
    view = seen(small_case(), [("meeting", 1, on(-5)), ("meeting", 0, on(0))])

    assert view == {"meeting": (Telling(0),)}


def with_news(case: Case, **public: dt.date) -> tuple[Version, ...]:
    """The versions of the claim, some of them public from a day on."""
    return tuple(
        attrs.evolve(version, public=Days.exactly(public[version.id])) if version.id in public else version
        for version in case.claims[0].versions
    )


def test_what_everybody_can_read_points_at_nobody() -> None:
    case = small_case(claims=(claim(versions=with_news(small_case(), vague=TODAY)),))
    (mind,) = minds(case, "X")

    vague = access_to(case, mind, case.claims[0], Telling(1, TODAY))
    the_day_before = access_to(case, mind, case.claims[0], Telling(1, on(-1)))
    exact = access_to(case, mind, case.claims[0], Telling(0, TODAY))

    assert (vague == 1).all()
    assert (the_day_before < 1).all()
    assert (exact < 1).all()


def test_an_uncertain_day_counts_for_suspects_from_its_first_and_for_rivals_from_its_last() -> None:
    days = Days(first=on(0), last=on(4))
    spread = Spread(on=days, known={"staff": access("present")})
    exact = attrs.evolve(claim().versions[0], later=(spread,))
    case = small_case(claims=(claim(versions=(exact,)),))
    (mind,) = minds(case, "X")

    rows = [access_to(case, mind, case.claims[0], Telling(0, on(n)))[:, 1] for n in (-1, 0, 2, 4)]

    assert [tuple(row) for row in rows] == [
        (0.001, 0.01, 0.03),
        (0.001, 0.01, 1.0),
        (0.001, 0.5, 1.0),
        (0.95, 1.0, 1.0),
    ]


def test_words_that_show_when_they_were_known_gain_nothing_by_waiting() -> None:
    spread = Spread(on=Days.exactly(on(-2)), known={"staff": access("present")})
    exact, vague = claim().versions
    told = attrs.evolve(vague, text="They met this morning.", known_by=on(-3))
    case = small_case(claims=(claim(versions=(attrs.evolve(exact, later=(spread,)), told)),))

    assert seen(case, [("meeting", 1, on(0))]) == {"meeting": (Telling(1, on(-3)),)}
    assert seen(case, [("meeting", 0, on(0))]) == {"meeting": (Telling(0, on(-3)),)}


def leaking(**changes: object) -> Case:
    """The small case where the exact version points at few today, and staff come to know it in five days."""
    exact, vague = claim().versions
    spread = Spread(on=Days.exactly(on(5)), known={"staff": access("informed")}, because="a circular to all staff")
    told = claim(versions=(attrs.evolve(exact, later=(spread,)), vague), **changes)
    return small_case(claims=(told,), consents=(yes("C", "exact"),))


def test_the_answer_says_from_which_day_on_each_version_is_safe() -> None:
    found = assess(leaking())

    when = {timing.version: timing for timing in found.timings}
    assert when["vague"].safe_from == TODAY
    assert when["exact"].safe_from == on(5)
    assert when["exact"].because == ("a circular to all staff",)


def test_waiting_is_named_as_a_way_to_a_better_answer_with_its_gain() -> None:
    found = assess(leaking())

    (way,) = [way for way in found.better if way.lever is Lever.WAITING]
    assert way.gain == 5.0
    assert "25 November 2026 (a circular to all staff)" in way.text


def test_what_loses_its_value_is_not_worth_waiting_for() -> None:
    found = assess(leaking(halves_in=2))

    assert not [way for way in found.better if way.lever is Lever.WAITING]
    (exact,) = [timing for timing in found.timings if timing.version == "exact"]
    assert exact.value == pytest.approx(8 * 2**-2.5)


def test_nobody_waits_beyond_the_harm() -> None:
    case = with_proposal(leaking(), harm_by=on(4))

    assert turning_days(case) == {}
    assert assess(case).timings == ()


def test_a_version_that_never_becomes_safe_has_no_day() -> None:
    exact, vague = claim().versions
    news = attrs.evolve(vague, public=Days.exactly(on(2)))
    case = small_case(claims=(claim(versions=(exact, news)),), consents=(yes("C", "exact"),))

    when = {timing.version: timing.safe_from for timing in assess(case).timings}

    assert when == {"exact": None, "vague": TODAY}


def test_what_the_recipient_can_read_is_worth_nothing_to_it() -> None:
    news = attrs.evolve(claim().versions[1], public=Days.exactly(on(0)))
    case = small_case(claims=(claim(versions=(news,)),), consents=(yes("C", "vague"),))

    found = assess(case)

    assert isinstance(found.decision, Refuse)
    assert found.tearline.value == 0


def test_a_refusal_is_looked_at_again_when_something_becomes_safe() -> None:
    exact = claim().versions[0]
    spread = Spread(on=Days.exactly(on(3)), known={"staff": access("informed")})
    only = claim(versions=(attrs.evolve(exact, later=(spread,)),))
    case = small_case(claims=(only,), consents=(yes("C", "exact"),))

    found = assess(case)

    assert isinstance(found.decision, Refuse)
    assert found.decision.review_on == on(3)


def test_a_later_day_is_looked_at_only_forwards() -> None:
    with pytest.raises(ValueError, match="later day"):
        on_day(small_case(), on(-1))


def test_cover_seen_before_the_second_telling_helps_there_and_not_before() -> None:
    seen_in_between = Cover(
        claims=("meeting",),
        version="exact",
        makes={"elsewhere": access("present")},
        what="a photograph in the papers",
        evidence="press review 3",
        seen_by=("X",),
        on=on(-2),
    )
    case = small_case(cover=(seen_in_between,))
    (mind,) = minds(case, "X")

    before, after = (access_to(case, mind, case.claims[0], Telling(0, on(day)))[1] for day in (-3, -1))

    assert before[2] == access("absent").mid
    assert after[2] == access("present").mid
    assert case.readers[0].groups[2].kind is GroupKind.OTHER


# --- quiet time ---------------------------------------------------------------------------------


def with_quiet(*days: int, given: tuple[int, ...] = ()) -> Case:
    """The small case, whose source is to be quiet for ten days after each of some days."""
    releases = tuple(Given(to=("B",), on=on(day), claims={"cable": "vague"}) for day in given)
    told = (claim(), claim(id="cable"))
    case = small_case(claims=told, given=releases, consents=(yes("C", "exact"),))
    return with_source(case, quiet=Quiet(after="key change", days=10, on=tuple(on(day) for day in days)))


@pytest.mark.parametrize(("day", "quiet"), [(0, True), (-10, True), (-11, False), (3, False)])
def test_nothing_goes_in_quiet_time(day: int, quiet: bool) -> None:
    found = assess(with_quiet(day))

    assert isinstance(found.decision, Refuse) is quiet
    if isinstance(found.decision, Refuse):
        assert Rule.QUIET in {reason.rule for reason in found.decision.reasons}
        assert found.decision.review_on == min(on(day + 11), on(REVIEW_AFTER_DAYS))


def test_the_end_of_quiet_time_is_a_day_worth_waiting_for() -> None:
    found = assess(with_quiet(-4))

    (way,) = [way for way in found.better if way.lever is Lever.WAITING]
    assert "27 November 2026" in way.text


def test_quiet_time_of_which_nobody_knows_the_days_must_be_confirmed() -> None:
    case = with_source(small_case(consents=(yes("C", "exact"),)), quiet=Quiet(after="key change", days=10))

    found = assess(case)

    assert isinstance(found.decision, AllowIf)
    assert any("no `key change` in the 10 days before" in condition for condition in found.decision.conditions)


def test_quiet_days_are_counted_one_by_one_where_stretches_overlap_or_run_out() -> None:
    for ons, given in (((-300, -295, -100), (-310, -98)), ((-50, -400), (-300, -45)), ((-3,), (-20, -2))):
        case = with_quiet(*ons, given=given)
        (source,) = case.sources
        days = sorted(each.on for each in case.given)
        every = [days[0] + dt.timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
        quiet = sum(any(on(start) <= day <= on(start + 10) for start in ons) for day in every)

        found = rhythm(case, source)

        assert found is not None
        hits, of, chance = found
        share = quiet / len(every)
        tail = sum(math.comb(of, n) * share**n * (1 - share) ** (of - n) for n in range(hits, of + 1))
        assert chance == pytest.approx(min(1.0, tail))


def test_a_release_dated_ages_ahead_is_no_long_wait() -> None:
    case = with_quiet(-300, given=(-298,))
    late = Given(to=("B",), on=dt.date(9999, 12, 31), claims={"meeting": "vague"})

    found = rhythm(attrs.evolve(case, given=(*case.given, late)), case.sources[0])

    assert found is not None
    assert found[:2] == (1, 2)


def test_a_rhythm_that_earlier_releases_show_must_be_accepted() -> None:
    rhythmic = with_quiet(-300, -200, -100, given=(-298, -198, -98))
    scattered = with_quiet(-300, -200, -100, given=(-310, -250, -98))

    found, other = assess(rhythmic), assess(scattered)

    assert isinstance(found.decision, AllowIf)
    assert any("3 of 3 earlier releases" in c for c in found.decision.conditions)
    assert not any("earlier releases came" in c for c in getattr(other.decision, "conditions", ()))
