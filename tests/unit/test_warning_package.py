"""The page that goes to a bare post: only words, one page, and only once it may go."""

import attrs
import pytest

from small_case import with_claim
from tearline.assess.urgent.package import LINES, WIDTH, package
from tearline.assess.urgent.plan import plan
from tearline.domain import Authorities, Case, ToWarn
from tearline.errors import InputError
from urgent_case import DEPUTY, DIRECTOR, DUTY, agreed, override, urgent_case, with_urgency


def overridden() -> Case:
    return with_urgency(urgent_case(), overrides=(override(),))


def test_it_holds_the_words_for_both_and_by_when() -> None:
    page = package(plan(agreed(urgent_case())))

    assert "They meet this week." in page
    assert "FOR GUESTS IN B, IN THESE WORDS AND NO OTHERS" in page
    assert "Tell them by 2026-11-22 06:00Z." in page


def test_it_is_one_page_of_plain_text() -> None:
    page = package(plan(agreed(urgent_case())))

    assert page.isascii()
    assert page.count("\n") <= LINES
    assert max(map(len, page.splitlines())) <= WIDTH


def test_it_names_nothing_of_the_house() -> None:
    case = with_claim(agreed(urgent_case()), id="meeting")
    page = package(plan(case))

    assert not any(word in page for word in ("meeting", "vague", "exact", "insiders", "limit", " X", "who`", " C "))


def test_who_is_told_by_us_does_not_stand_on_the_page_of_the_recipient() -> None:
    case = with_urgency(agreed(urgent_case()), to_warn=(ToWarn(id="guests", where="B", through="A"),))

    assert "GUESTS" not in package(plan(case))


def test_there_is_none_while_somebody_must_be_asked() -> None:
    with pytest.raises(InputError, match="no package yet: C must agree"):
        package(plan(urgent_case()), DUTY)


def test_there_is_none_where_nothing_goes() -> None:
    with pytest.raises(InputError, match="there is no package: nothing may go"):
        package(plan(agreed(urgent_case(minimum_value=9.5))))


def test_conditions_must_be_signed_for() -> None:
    found = plan(overridden())

    with pytest.raises(InputError, match="the director answers for acting without"):
        package(found)
    page = package(found, DUTY)

    assert f"RELEASED BY {DUTY}" in page
    assert DIRECTOR not in page


@pytest.mark.parametrize("name", [DIRECTOR, "somebody", "The Duty Head"])
def test_only_the_authority_named_for_the_release_signs(name: str) -> None:
    with pytest.raises(InputError, match="may not sign; the duty head or the deputy may"):
        package(plan(overridden()), name)


def test_nobody_signs_where_nobody_is_named() -> None:
    case = with_urgency(agreed(urgent_case()), authorities=Authorities())

    with pytest.raises(InputError, match="may not sign; nobody is named"):
        package(plan(case), DUTY)


def test_nobody_signs_their_own_proposal() -> None:
    case = with_urgency(agreed(urgent_case(by=DEPUTY)))

    with pytest.raises(InputError, match="nobody signs their own proposal"):
        package(plan(case), DEPUTY)


def test_what_does_not_fit_a_page_must_be_shortened() -> None:
    case = agreed(urgent_case())
    long = tuple(attrs.evolve(v, text="They meet. " * 300) for v in case.claims[0].versions)

    with pytest.raises(InputError, match="shorten the words"):
        package(plan(with_claim(case, versions=long)))
