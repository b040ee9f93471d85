"""The cases that come with the product."""

import pytest

from tearline.cases import names, open_shipped, text_of
from tearline.domain import PartyId, SourceId
from tearline.errors import InputError


@pytest.mark.parametrize("name", names())
def test_every_shipped_case_reads_and_says_where_it_comes_from(name: str) -> None:
    file = open_shipped(name)

    assert file.case.about is not None
    assert file.case.about.summary
    assert file.case.about.cites
    assert file.case.about.illustrative


@pytest.mark.parametrize("name", names())
def test_no_shipped_case_tells_its_placements_elsewhere(name: str) -> None:
    file = open_shipped(name)

    for placement in file.sealed.values():
        assert placement.unseal().lower() not in repr(file).lower()


def test_the_essay_is_shipped_as_it_stood_before_anybody_was_asked() -> None:
    case = open_shipped("essay").case

    assert case.consents == ()
    assert case.cover[0].seen_by == ()
    assert case.cover[0].on is None
    assert case.source(SourceId("s-min")).joint_with == (PartyId("C"),)
    assert [organisation.belief for organisation in case.organisations] == [0.75, 0.75]


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"no shipped case `esay`; did you mean `essay`\?"):
        open_shipped("esay")


@pytest.mark.parametrize("name", ["../essay", "essay.yaml", "", "/etc/passwd"])
def test_a_name_is_no_path(name: str) -> None:
    with pytest.raises(InputError, match="no shipped case"):
        text_of(name)
