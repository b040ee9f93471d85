"""Cover: true events that raise an innocent explanation, over the whole series, at a price."""

import datetime as dt
from fractions import Fraction

import attrs
import numpy as np
import pytest

from oracle import slow_exposure as slow
from small_case import claim, small_case, yes
from tearline.assess import assess
from tearline.assess.answer import Assessment, Lever
from tearline.domain import (
    Case,
    Claim,
    Cover,
    Given,
    Group,
    GroupKind,
    Interval,
    ListId,
    Listing,
    Party,
    Reader,
    Trust,
    Version,
    access,
)
from tearline.exposure.account import suspicion
from tearline.exposure.likelihood import also
from tearline.exposure.situation import blocks, settings

SIX_FIGURES = 5e-7
ROWS = {
    "a1": (1, 1, 1),
    "a2": (1, 0.8, 0.1),
    "b1": (1, 0.4, 0.01),
    "b2": (0.4, 0.4, 0.4),
    "c1": (0.1, 0.01, 1),
    "d1": (0.01, 0.01, 0.01),
    "elsewhere": (0.8, 0.1, 0.01),
}
CLAIMS = ("c1", "c2", "c3")


def officials(*covered: str, credence: float = 1.0) -> Case:
    """Six officials and an innocent explanation, which a cover makes worth .5 for some claims."""
    told = tuple(
        Claim(
            id=name,
            versions=(
                Version(
                    id="exact",
                    text=name,
                    value=1.0,
                    known={group: Interval.exactly(float(row[place])) for group, row in ROWS.items()},
                ),
            ),
        )
        for place, name in enumerate(CLAIMS)
    )
    groups = tuple(
        Group(id=name, kind=GroupKind.OTHER, weight=0.2) if name == "elsewhere" else Group(id=name) for name in ROWS
    )
    cover = Cover(
        claims=covered,
        version="exact",
        makes={"elsewhere": Interval.exactly(0.5)},
        what="a flight that was flown",
        evidence="flight log",
        seen_by=("X",),
        on=small_case().as_of,
        credence=credence,
    )
    reader = Reader(id="X", groups=groups)
    proposal = attrs.evolve(small_case().proposal, claims=dict.fromkeys(CLAIMS))
    return small_case(claims=told, readers=(reader,), secrets=(), cover=(cover,) if covered else (), proposal=proposal)


@pytest.mark.parametrize(
    ("covered", "credence", "figure"),
    [
        ((), 1.0, 0.869413),
        (("c3",), 1.0, 0.827129),
        (CLAIMS, 1.0, 0.690131),
        (CLAIMS, 0.9, 0.704662),
        (CLAIMS, 0.5, 0.769467),
        (CLAIMS, 0.0, 0.869413),
    ],
)
def test_cover_of_one_claim_is_almost_worthless_and_half_belief_weighs_the_whole_story(
    covered: tuple[str, ...], credence: float, figure: float
) -> None:
    case = officials(*covered, credence=credence)

    every = settings(case, "X", also(case, {}, [(name, 0) for name in CLAIMS]), ())
    (setting,) = [s for s in every if s.prior.written]
    said = dict.fromkeys(CLAIMS, "exact")
    twins = slow.weigh(case, "X", case.readers[0], said, past=())
    (twin,) = [w for w in twins if w.other == Fraction(0.2)]

    assert suspicion(setting.world, setting.before).mid[0] == pytest.approx(figure, abs=SIX_FIGURES)
    assert float(twin.direct["a1"].mid) == pytest.approx(figure, abs=SIX_FIGURES)


@pytest.mark.parametrize("credence", [0.0, 0.5, 1.0])
def test_half_belief_in_a_cover_of_what_is_left_off_a_list_weighs_both_stories(credence: float) -> None:
    """To leave off what the cover would have explained tells less the less the reader believes in it."""
    listed = Listing(id=ListId("series"), items=CLAIMS, complete=Interval.exactly(0.9))
    case = attrs.evolve(officials("c3", credence=credence), lists=(listed,))

    every = settings(case, "X", also(case, {}, [("c1", 0), ("c2", 0)]), ())
    (setting,) = [s for s in every if s.prior.written]
    (twin,) = [
        w
        for w in slow.weigh(case, "X", case.readers[0], {"c1": "exact", "c2": "exact"}, past=())
        if w.other == Fraction(0.2)
    ]
    left_off = float(np.exp(setting.before.mid[-1]))

    assert left_off == pytest.approx(0.2 * 0.8 * 0.1 * (credence * (1 - 0.9 * 0.5) + (1 - credence) * (1 - 0.9 * 0.01)))
    assert left_off == pytest.approx(float(twin.masses["elsewhere"][1]))


def test_claims_that_a_doubtful_cover_explains_are_decided_together() -> None:
    doubtful, sure = officials(*CLAIMS, credence=0.5), officials(*CLAIMS)

    assert [b.claims for b in blocks(doubtful, dict.fromkeys(CLAIMS, ("exact",)))] == [CLAIMS]
    assert len(blocks(sure, dict.fromkeys(CLAIMS, ("exact",)))) == 3


# --- what the answer says about cover -------------------------------------------------------------------


def chatter(**changes: object) -> Cover:
    """An event that would let anybody have guessed the exact words."""
    cover = Cover(
        claims=("meeting",),
        version="exact",
        makes={"elsewhere": access("present")},
        what="chatter on open channels",
        evidence="press review 7",
    )
    return attrs.evolve(cover, **changes)


def dozen(**changes: object) -> Case:
    """The small case with a dozen insiders: a crowd, but each of them too likely if nothing else explains it."""
    (reader,) = small_case().readers
    insiders, *others = reader.groups
    known = attrs.evolve(reader, groups=(attrs.evolve(insiders, count=12), *others))
    return small_case(readers=(known,), **changes)


def asked(*cover: Cover, **changes: object) -> Assessment:
    return assess(dozen(cover=cover, consents=(yes("C", "exact"),), **changes))


def covers(found: Assessment) -> list[str]:
    return [way.text for way in found.better if way.lever is Lever.COVER]


def test_covers_that_nobody_has_seen_are_ranked_by_what_they_would_gain() -> None:
    weak = chatter(what="a rumour", makes={"elsewhere": access("near")})
    strong = chatter()

    first, *_ = covers(asked(weak, strong))

    assert first.startswith("let B and X see first: chatter on open channels (press review 7)")


def test_what_cover_costs_in_credibility_is_taken_off_its_gain() -> None:
    seen_by_all = covers(asked(chatter()))
    (way,) = [way for way in asked(chatter()).better if way.lever is Lever.COVER][:1]

    assert "looks more like guesswork" in seen_by_all[0]
    assert way.gain is not None
    assert way.gain < 5.0


def test_without_any_cover_the_answer_says_what_kind_would_help_most_and_invents_nothing() -> None:
    (text, *_) = covers(asked())

    assert text.startswith("look for a true event")
    assert "`elsewhere`" in text
    assert "`meeting` as `exact`" in text
    assert "none is in the case" in text


def test_a_cover_that_counts_already_says_what_rests_on_it_and_what_it_leaves_open() -> None:
    cover = chatter(seen_by=("X", "B"))
    other = claim(id="cable")
    found = asked(cover, claims=(claim(), other))

    (resting,) = found.covers
    assert resting.what == "chatter on open channels"
    assert resting.value > resting.without
    assert resting.left_open == ()
    assert resting.credibility < resting.credibility_without


def test_claims_of_the_series_that_a_cover_leaves_open_are_named() -> None:
    before = Given(to=("B",), on=dt.date(2026, 6, 2), claims={"cable": "vague"})

    (resting,) = asked(chatter(seen_by=("X", "B")), claims=(claim(), claim(id="cable")), given=(before,)).covers

    assert resting.left_open == ("cable",)


def test_a_reader_who_does_not_bind_need_not_see_it() -> None:
    sound = tuple(Party(id="B", handling=Trust.SOUND) if p.id == "B" else p for p in small_case().parties)
    texts = covers(asked(chatter(), parties=sound))

    assert all("let X see first" in text for text in texts if text.startswith("let"))
