"""The papers of every shipped case, read byte by byte: the words that go, and nothing of what stays."""

import datetime as dt

import attrs
import pytest

from paper_bytes import leaks, pages_of, readable, squeezed, withheld
from tearline.assess import assess
from tearline.assess.card import card as card_of
from tearline.assess.decide import outgoing
from tearline.assess.releasing import text_of
from tearline.assess.verdict import as_proposed
from tearline.cases import names, open_shipped
from tearline.domain import Case, ClaimId, Form, VersionId
from tearline.paper import Document, Kind, Paper, Part, card, released, submission, tearline, written
from tearline.paper.house import HOUSE_ONLY
from tearline.paper.outgoing import ALWAYS, CARD_BANNER, GRADES

DAY = dt.date(2026, 11, 24)
GO = ["arcos", "belgrade", "gordievsky", "la-belle", "liaison", "video"]
"""Shipped cases whose text may be handed over as things stand."""

NOT_NOW = ["alert", "essay", "stakeknife"]


def blank(kind: Paper) -> Document:
    """A paper with only what stands on every one."""
    parts = (Part(title="What may be done with it"), Part(title="How to read it", points=(*GRADES, *ALWAYS)))
    facts = tuple((name, "Marked") for name in ("From", "To", "Date", "Reference"))
    signed = (("By authority of", ""), ("Received for", ""))
    banner = ("For only", CARD_BANNER)
    return Document(
        paper=kind, leaves=True, banner=banner, heading="Report", facts=facts, parts=parts, signatures=signed
    )


def allowed(case: Case, said: dict[ClaimId, VersionId]) -> list[str]:
    """What may be read on the tearline."""
    out = outgoing(case, text_of(case, said))
    sides = [case.party(case.us).label, case.party(case.proposal.to).label]
    constant = [readable(written(blank(Paper.TEARLINE), kind), kind) for kind in Kind]
    return [*out.words, *out.portions, *out.grades, *out.limits_of_use, out.banner, *sides, *constant]


def as_release(case: Case) -> Case:
    """The case, as if its words were to be handed over."""
    return attrs.evolve(case, proposal=attrs.evolve(case.proposal, form=Form.RELEASE))


def texts(case: Case) -> list[dict[ClaimId, VersionId]]:
    """The vaguest text of what is proposed, and the one as it was proposed."""
    return [{claim: case.claim(claim).versions[-1].id for claim in case.proposal.claims}, as_proposed(case)]


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("kind", Kind)
def test_whatever_was_released_nothing_else_can_be_read_in_the_bytes(name: str, kind: Kind) -> None:
    case = as_release(open_shipped(name).case)

    for said in texts(case):
        content = written(released(case, said, on=DAY, reference="4f3a-91bc-22d0"), kind)

        assert leaks(content, kind, withheld(case, said), allowed(case, said)) == []
        held = squeezed(readable(content, kind))
        assert all(squeezed(words) in held for words in text_of(case, said).words)


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("kind", Kind)
def test_the_check_would_find_the_most_exact_words(name: str, kind: Kind) -> None:
    case = as_release(open_shipped(name).case)
    said, _ = texts(case)
    claim = next(claim for claim in case.claims if said.get(claim.id) != claim.versions[0].id)
    slipped = claim.versions[0].text
    paper = released(case, said, on=DAY, reference="4f3a-91bc-22d0")

    content = written(attrs.evolve(paper, parts=(*paper.parts, Part(points=(slipped,)))), kind)

    assert slipped in leaks(content, kind, withheld(case, said), allowed(case, said))


@pytest.mark.parametrize("name", GO)
def test_what_may_go_now_has_its_tearline_with_its_words_on_its_pages(name: str) -> None:
    found = assess(open_shipped(name).case)

    content = written(tearline(found, on=DAY, reference="4f3a-91bc-22d0"), Kind.PDF)

    said = squeezed(" ".join(pages_of(content)))
    assert all(squeezed(words) in said for words in found.tearline.words)
    assert (
        leaks(
            content,
            Kind.PDF,
            withheld(found.case, found.tearline.versions),
            allowed(found.case, found.tearline.versions),
        )
        == []
    )


@pytest.mark.parametrize("name", [*GO, *NOT_NOW])
def test_the_submission_says_on_every_page_that_it_stays(name: str) -> None:
    found = submission(assess(open_shipped(name).case))

    pages = pages_of(written(found, Kind.PDF))
    assert [page.count(HOUSE_ONLY) for page in pages] == [2] * len(pages)
    assert written(found, Kind.MARKDOWN).decode().count(HOUSE_ONLY) == 2
    text = written(found, Kind.TEXT).decode()
    assert [page.count(HOUSE_ONLY) for page in text.split("\f")] == [2] * (text.count("\f") + 1)
    assert b'"may_leave": null' in written(found, Kind.JSON)


@pytest.mark.parametrize("name", ["essay", "liaison", "oval-office"])
@pytest.mark.parametrize("kind", Kind)
def test_the_card_holds_nothing_of_the_case_but_what_may_be_said(name: str, kind: Kind) -> None:
    found = card_of(open_shipped(name).case)
    case = found.found.case
    said = found.found.tearline.versions if found.say else {}

    content = written(card(found), kind)

    constant = [readable(written(attrs.evolve(card(found), parts=card(found).parts[1:]), kind), kind)]
    assert leaks(content, kind, withheld(case, said), [*found.say, *constant]) == []
