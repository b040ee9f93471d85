"""Laws of the papers that leave, over generated cases: nothing withheld can be read in their bytes."""

import datetime as dt
import json
from contextlib import suppress
from itertools import count

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from clearance_cases import clearances
from paper_bytes import leaks, readable, squeezed, withheld
from tearline.assess import assess
from tearline.assess.card import card as card_of
from tearline.assess.decide import outgoing
from tearline.assess.releasing import text_of
from tearline.domain import Allow, Case, ClaimId, Form, VersionId
from tearline.errors import InputError
from tearline.paper import Document, Kind, Paper, Part, Sentence, card, released, tearline, written

DAY = dt.date(2026, 11, 24)
BLANK = {
    kind: readable(written(Document(paper=kind, leaves=True, banner=(), heading="Report"), Kind.PDF), Kind.PDF)
    for kind in Paper
}
"""What stands in every PDF of a paper."""


def telling(case: Case) -> Case:
    """The case with every text, name and note in words that stand nowhere else."""
    number = count(1)

    def some() -> str:
        return " ".join(f"word{next(number)}" for _ in range(6))

    named = {party.id: attrs.evolve(party, name=some()) for party in case.parties}
    claims = tuple(
        attrs.evolve(claim, versions=tuple(attrs.evolve(version, text=some()) for version in claim.versions))
        for claim in case.claims
    )
    proposal = attrs.evolve(case.proposal, form=Form.RELEASE, by=some(), harm_of_silence=some())
    return attrs.evolve(
        case, title=some(), parties=tuple(named[p.id] for p in case.parties), claims=claims, proposal=proposal
    )


@st.composite
def gone(draw: st.DrawFn) -> tuple[Case, dict[ClaimId, VersionId]]:
    """A case, and any text of it that somebody has released."""
    case = telling(draw(clearances()))
    some = draw(st.lists(st.sampled_from([*case.proposal.claims]), min_size=1, unique=True))
    return case, {claim: draw(st.sampled_from(case.claim(claim).versions)).id for claim in some}


def allowed(case: Case, said: dict[ClaimId, VersionId]) -> list[str]:
    """What may be read on the tearline, besides what stands on every one."""
    out = outgoing(case, text_of(case, said))
    names = [case.party(case.us).label, case.party(case.proposal.to).label]
    return [*out.words, *out.portions, *out.grades, *out.limits_of_use, out.banner, *names, BLANK[Paper.TEARLINE]]


@settings(max_examples=25)
@given(gone())
def test_nothing_of_a_case_but_the_words_released_can_be_read_in_any_file(
    found: tuple[Case, dict[ClaimId, VersionId]],
) -> None:
    case, said = found

    paper = released(case, said, on=DAY, reference="R-1")

    secret = [text for text in withheld(case, said) if squeezed(text).strip() not in ORDINARY]
    for kind in Kind:
        content = written(paper, kind)
        assert leaks(content, kind, secret, allowed(case, said)) == []
        assert all(squeezed(text) in squeezed(readable(content, kind)) for text in text_of(case, said).words)


ORDINARY = {"a", "b", "c", "d", "x"}
"""Ids of a letter, which stand in a PDF and on a page for other reasons."""


@settings(max_examples=25)
@given(gone(), st.sampled_from(Kind), st.data())
def test_the_check_would_find_what_is_withheld(
    found: tuple[Case, dict[ClaimId, VersionId]], kind: Kind, data: st.DataObject
) -> None:
    case, said = found
    other = [text for text in withheld(case, said) if text.startswith("word")]
    assume(other)
    slipped = data.draw(st.sampled_from(other))
    paper = released(case, said, on=DAY, reference="R-1")
    place = data.draw(st.sampled_from(["lead", "signatures", "heading"]))
    put = {"lead": (slipped,), "signatures": ((slipped, ""),), "heading": slipped}[place]

    content = written(attrs.evolve(paper, **{place: put}), kind)

    assert slipped in leaks(content, kind, withheld(case, said), allowed(case, said))


@settings(max_examples=12)
@given(clearances())
def test_a_tearline_is_made_of_what_may_go_now_and_of_nothing_else(case: Case) -> None:
    found = assess(telling(case))

    if isinstance(found.decision, Allow):
        paper = tearline(found, on=DAY, reference="R-1")
        assert paper == released(found.case, found.tearline.versions, on=DAY, reference="R-1")
    else:
        with pytest.raises(InputError, match="nothing of it may go"):
            tearline(found, on=DAY, reference="R-1")


@settings(max_examples=8)
@given(clearances())
def test_the_card_says_what_may_be_said_and_nothing_else_of_the_case(case: Case) -> None:
    found = card_of(telling(case))

    paper = card(found)

    said = found.found.tearline.versions if found.say else {}
    secret = [text for text in withheld(found.found.case, said) if text.startswith("word")]
    us_and_them = [found.found.case.party(p).label for p in (case.us, case.proposal.to)]
    for kind in Kind:
        content = written(paper, kind)
        assert leaks(content, kind, [*secret, *us_and_them], [*found.say]) == []


def anywhere(words: str, kind: Paper) -> Document:
    """A paper that has these words in every place where words of a case may stand."""
    sentence = Sentence(words=words, mark=words, grade=words)
    return Document(
        paper=kind,
        leaves=True,
        banner=(f"Banner {words}",),
        heading=f"Heading {words}",
        facts=(("From", words), ("Reference", words)),
        lead=(words,),
        parts=(Part(title="Title", sentences=(sentence,), points=(words,), boxes=(words,)),),
        signatures=((words, words),),
    )


@settings(max_examples=60)
@given(st.text(st.characters(max_codepoint=0x5FF) | st.sampled_from("#$@`*_<>[](){}\\/\"'~^|=-+:;.\n\r\t\u202e\u200b")))
def test_whatever_somebody_wrote_is_words_in_every_form(words: str) -> None:
    found = anywhere(words, Paper.TEARLINE)
    plain = found.lead[0]

    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = reader.parse(written(found, Kind.MARKDOWN).decode())
    said = ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]
    assert said.count(f"Banner {plain}".strip()) == 2
    assert f"From: {plain}".strip() in said
    assert f"{plain} {plain} [{plain}]".strip() in said or not plain
    assert json.loads(written(found, Kind.JSON))["may_leave"]["lead"] == [plain]
    assert not any(ord(letter) < 32 and letter not in "\n\f" for letter in written(found, Kind.TEXT).decode())
    with suppress(InputError):  # a letter that the fonts lack; whatever else is raised is a fault
        assert written(found, Kind.PDF).startswith(b"%PDF-1.7")
