"""What closing a way by which a reader comes to read would change."""

import attrs
import pytest

from small_case import small_case, yes
from tearline.assess import assess
from tearline.assess.explaining import MOST_CUTS, explained
from tearline.cases import names, open_shipped
from tearline.domain import Case, Interval, LeakPath, Passage


def cuts(case: Case, reader: str) -> dict[tuple[str, str], float]:
    """The upper probability left after each cut."""
    (one,) = explained(assess(case), reader).readers
    return {(cut.edge.giver, cut.edge.to): cut.without.hi for cut in one.cuts}


def test_closing_the_main_way_leaves_what_comes_by_the_others() -> None:
    paths = (
        LeakPath(giver="B", to="X", how=Passage.PENETRATION, probability=Interval.exactly(0.4)),
        LeakPath(giver="C", to="X", how=Passage.PENETRATION, probability=Interval.exactly(0.1)),
        LeakPath(giver="B", to="C", how=Passage.ONWARD, probability=Interval.exactly(0)),
        LeakPath(giver="C", to="B", how=Passage.ONWARD, probability=Interval.exactly(0)),
    )

    found = cuts(small_case(leak_paths=paths, consents=(yes("C", "exact"),)), "X")

    assert list(found) == [("B", "X"), ("C", "X")]
    assert list(found.values()) == pytest.approx([0.1, 0.4])


def test_a_recipient_has_nothing_to_be_closed() -> None:
    assert cuts(small_case(consents=(yes("C", "exact"),)), "B") == {}


@pytest.mark.parametrize("name", names())
def test_closing_a_way_never_helps_the_reader_and_what_matters_most_comes_first(name: str) -> None:
    case = open_shipped(name).case

    for one in explained(assess(case)).readers:
        assert len(one.cuts) <= MOST_CUTS
        assert [cut.importance for cut in one.cuts] == sorted((c.importance for c in one.cuts), reverse=True)
        for cut in one.cuts:
            assert cut.without.lo <= one.ever.lo + 1e-12
            assert cut.without.hi <= one.ever.hi + 1e-12


def test_a_way_that_was_closed_is_not_named() -> None:
    shut = LeakPath(giver="B", to="X", how=Passage.PENETRATION, probability=Interval.exactly(0))
    case = attrs.evolve(small_case(consents=(yes("C", "exact"),)), leak_paths=(shut,))

    assert ("B", "X", Passage.PENETRATION) not in {
        (cut.edge.giver, cut.edge.to, cut.edge.how) for one in explained(assess(case), "X").readers for cut in one.cuts
    }
