"""Laws of marked cases, on drawn marks: nothing goes that its mark keeps in, and silence lowers nothing."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from small_case import small_case, yes
from tearline.assess import assess
from tearline.domain import Allow, AllowIf, Case, MarkSystem, Nearness
from tearline.domain.cleared import Cleared
from tearline.markings.reading import Reader, Standing
from tearline.markings.tlp import TLP

MARKS = st.sampled_from(["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"])


def drawn(exact: str | None, vague: str | None, near: Nearness) -> Case:
    """The small case, with C's consent and these marks."""
    case = small_case(consents=(yes("C"),), marked_in=MarkSystem.TLP)
    (claim,) = case.claims
    versions = tuple(
        attrs.evolve(version, marking=mark) for version, mark in zip(claim.versions, (exact, vague), strict=True)
    )
    parties = tuple(attrs.evolve(p, cleared=Cleared(nearness=near)) if p.id == "B" else p for p in case.parties)
    return attrs.evolve(case, claims=(attrs.evolve(claim, versions=versions),), parties=parties)


@given(exact=MARKS, vague=MARKS, near=st.sampled_from(Nearness))
def test_whatever_goes_its_recipient_may_read(exact: str, vague: str, near: Nearness) -> None:
    found = assess(drawn(exact, vague, near))

    if isinstance(found.decision, Allow):
        reader = Reader(standing=Standing[near.name])
        assert found.outgoing is not None
        assert all(TLP.admits(TLP.read(mark), reader).granted for mark in found.outgoing.portions)
        assert TLP.admits(TLP.read(found.outgoing.banner), reader).granted


@given(exact=MARKS, vague=MARKS, near=st.sampled_from(Nearness))
def test_marks_only_take_away(exact: str, vague: str, near: Nearness) -> None:
    marked = drawn(exact, vague, near)

    with_marks, without = assess(marked), assess(attrs.evolve(marked, marked_in=None))

    assert with_marks.tearline.value <= without.tearline.value


@given(near=st.sampled_from(Nearness))
def test_what_nobody_marked_never_goes_unconditionally(near: Nearness) -> None:
    found = assess(drawn(None, None, near))

    assert isinstance(found.decision, AllowIf)
    assert found.banner is not None
    assert found.banner.written is None
