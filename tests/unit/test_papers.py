"""Papers as documents, as text, as Markdown and as JSON: what stands on them, and that words stay words."""

import datetime as dt
import json
import re

import attrs
import jsonschema
import pytest
from markdown_it import MarkdownIt

from small_case import claim, small_case, with_claim, with_proposal, with_source, yes
from tearline.assess import assess
from tearline.assess.card import card as card_of
from tearline.domain import Case, Consent, Form, MarkSystem, Permission
from tearline.errors import InputError
from tearline.paper import Document, Kind, Paper, Part, Sentence, card, released, submission, tearline, written
from tearline.paper.document import DRAFT
from tearline.paper.house import HOUSE_ONLY
from tearline.paper.markdown import escaped
from tearline.paper.text import COLUMNS, LINES
from tearline.paper.wire import schema

DAY = dt.date(2026, 11, 24)
HOSTILE = (
    '#read("/etc/passwd") #include "x.typ" $x$ @ref <label> \\ `code` _a_ *b*',
    "<script>alert(1)</script> <b>b</b> <!-- c --> &lt; &#60; <img src=x onerror=y>",
    "![picture](http://x.example/a.png) [link](http://x.example) [ref]: http://x.example 'title'",
    "see http://x.example/a?b=c or www.x.example or mailto:a@x.example or a@x.example",
    "# heading",
    "- list",
    "+ list",
    "7. list",
    "7) list",
    "> quote",
    "~~~ fence",
    "``` fence",
    "--- rule",
    "=== line",
    "| a | b |",
    "~~gone~~ ==marked== ^up^ ~down~ $x^2$ [^1] [x] [ ] :::note {.class}",
    "***",
    "setext\n===",
    "line\nend\r\nand\ttab and   blanks",
    "\\\\ \\* trailing \\",
    "שלום עולם and Привет and ełżbieta",
)


def open_case(**changes: object) -> Case:
    """A case whose vague words may go as they are."""
    return with_source(small_case(**changes), joint_with=())


def saying(words: str) -> Document:
    """A tearline that says this."""
    return Document(
        paper=Paper.TEARLINE,
        leaves=True,
        banner=(words,),
        heading="Report",
        facts=(("From", words),),
        lead=(words,),
        parts=(Part(title=words, sentences=(Sentence(words=words, mark=words, grade=words),), points=(words,)),),
        signatures=((words, words),),
    )


def everything(found: Document) -> str:
    return written(found, Kind.JSON).decode()


# --- the tearline ------------------------------------------------------------------------------------------


def test_the_tearline_holds_the_words_the_terms_both_names_and_sentences_of_every_case() -> None:
    found = tearline(assess(open_case()), on=DAY, reference="R-1")

    first, terms, constant = found.parts
    assert [each.words for each in first.sentences] == ["They meet this week."]
    assert terms.points[0] == "Not to be passed on to anybody, nor its existence mentioned."
    assert found.facts == (("From", "A"), ("To", "B"), ("Date", "24 November 2026"), ("Reference", "R-1"))
    assert found.banner == ("For B only",)
    assert constant.points[-2].endswith("More may be held than is said here.")
    assert found.leaves


def test_neither_title_nor_ids_nor_reasons_stand_on_the_tearline() -> None:
    case = attrs.evolve(open_case(), title="Operation Nightjar")

    text = everything(tearline(assess(case), on=DAY, reference="R-1"))

    assert not [word for word in ("Nightjar", "meeting", "exact", "vague", "nine", "ambush", "officer") if word in text]


def test_the_same_sentence_about_what_is_withheld_stands_on_every_tearline() -> None:
    whole = with_claim(open_case(), versions=claim().versions[1:])

    nothing_held, something_held = (tearline(assess(case), on=DAY) for case in (whole, open_case()))

    assert assess(whole).outgoing != assess(open_case()).outgoing  # which says that something is withheld
    assert everything(nothing_held) == everything(something_held)


def test_without_a_reference_it_is_a_draft_on_every_page() -> None:
    found = tearline(assess(open_case()), on=DAY)

    assert found.is_draft
    assert DRAFT in found.banner
    assert written(found, Kind.TEXT).decode().count(DRAFT) == 2


def test_what_may_not_go_now_makes_no_tearline() -> None:
    asked = assess(small_case())

    with pytest.raises(InputError, match="nothing of it may go to B now"):
        tearline(asked, on=DAY)


def test_conditions_that_only_a_release_can_find_signed_make_no_tearline() -> None:
    with pytest.raises(InputError, match="nothing of it may go"):
        tearline(assess(with_claim(open_case(), persons=None)), on=DAY)


@pytest.mark.parametrize("form", [Form.DISCLOSURE, Form.ACTION])
def test_what_is_only_told_or_done_is_not_handed_over(form: Form) -> None:
    case = with_proposal(open_case(), form=form)

    with pytest.raises(InputError, match="no copy is kept; take the card"):
        released(case, {"meeting": "vague"}, on=DAY, reference="R-1")


def test_an_unknown_banner_makes_no_tearline() -> None:
    case = attrs.evolve(open_case(), marked_in=MarkSystem.TLP)

    with pytest.raises(InputError, match="sentence 1 bears no mark"):
        released(case, {"meeting": "vague"}, on=DAY, reference="R-1")


def test_a_marked_text_carries_its_banner_in_its_colours_and_its_portion_marks() -> None:
    exact, vague = claim().versions
    marked = (exact, attrs.evolve(vague, marking="TLP:AMBER"))
    case = attrs.evolve(with_claim(open_case(), versions=marked), marked_in=MarkSystem.TLP)

    found = released(case, {"meeting": "vague"}, on=DAY, reference="R-1")

    assert found.banner == ("TLP:AMBER",)
    assert found.colour.text == "#FFC000"
    assert found.parts[0].sentences[0].mark
    assert ("Marked", "TLP:AMBER") in found.facts


def test_who_may_pass_it_on_is_named_without_only() -> None:
    case = with_proposal(open_case(), allows=(Permission.ONWARD,))

    found = released(case, {"meeting": "vague"}, on=DAY, reference="R-1")

    assert found.banner == ("For B, under its conditions",)


def test_what_those_who_agreed_said_travels_with_it() -> None:
    consent: Consent = yes("C", caveats=("not to be told to its press",))
    found = tearline(assess(small_case(consents=(consent,))), on=DAY, reference="R-1")

    assert "Not to be told to its press." in found.parts[1].points


# --- the submission and the card ---------------------------------------------------------------------------


def test_the_submission_is_marked_as_internal_on_every_page_and_names_who_must_be_asked() -> None:
    found = submission(assess(small_case()))

    text = written(found, Kind.TEXT).decode()
    assert not found.leaves
    assert text.count(HOUSE_ONLY) == 2 * (text.count("\f") + 1)
    assert "C has agreed to these words" in text
    assert json.loads(everything(found))["may_leave"] is None


def test_the_submission_of_a_marked_case_says_how_its_words_are_marked_or_that_nobody_knows() -> None:
    exact, vague = claim().versions
    case = attrs.evolve(open_case(), marked_in=MarkSystem.TLP)
    marked = with_claim(case, versions=(exact, attrs.evolve(vague, marking="TLP:CLEAR")))

    assert submission(assess(marked)).banner[-1] == "It holds words marked TLP:CLEAR"
    assert submission(assess(case)).banner[-1] == "BANNER NOT KNOWN: something is not marked"


def test_whoever_listens_to_a_paper_hears_from_its_text_what_its_banner_says() -> None:
    draft, internal = tearline(assess(open_case()), on=DAY), submission(assess(open_case()))

    assert ("Standing", "draft, not released") in draft.facts
    assert ("Handling", "internal, not to leave the house") in internal.facts


def test_a_refusal_has_a_submission_too() -> None:
    refused = with_proposal(open_case(), minimum_value=9.0)

    assert submission(assess(refused)).lead[0] == "DO NOT RELEASE. Tell B nothing."


def test_the_card_of_a_case_that_clears_nothing_says_nothing_of_it() -> None:
    one, other = (card(card_of(attrs.evolve(small_case(), title=title))) for title in ("One thing", "Another"))

    assert everything(one) == everything(other)
    assert one.parts[0].points == ("Nothing of it.",)


def test_the_card_holds_the_words_and_no_day_no_number_and_no_name() -> None:
    found = card(card_of(open_case()))

    assert [each.words for each in found.parts[0].sentences] == ["They meet this week."]
    assert (found.facts, found.signatures) == ((), ())


# --- words stay words --------------------------------------------------------------------------------------


def test_what_cannot_be_seen_stands_there_by_its_number() -> None:
    found = Sentence(words="a\u200bb\u202ec\x00d\x1b[31m\ud800\u00a0e")

    assert found.words == "a(U+200B)b(U+202E)c(U+0000)d(U+001B)[31m(U+D800) e"


@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_becomes_markup_in_markdown(words: str) -> None:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])

    tokens = reader.parse(written(saying(words), Kind.MARKDOWN).decode())

    inner = [child for token in tokens for child in token.children or ()]
    plain = " ".join(words.split())
    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} <= {
        *("inline", "heading", "paragraph", "bullet_list", "ordered_list", "list_item")
    }
    assert {child.type for child in inner} <= {"text", "text_special", "strong_open", "strong_close"}
    said = ["".join(child.content for child in token.children or ()) for token in tokens if token.type == "inline"]
    assert said.count(plain) >= 4  # the banner twice, the lead, the title, the point
    assert any(f"{plain} {plain} [{plain}]" == each for each in said)


@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_becomes_an_address_where_addresses_are_looked_for(words: str) -> None:
    found = escaped(" ".join(words.split()))

    assert not re.search(r"(?<!\\)@|(?<!\\)://|www\.|mailto:a", found)


def test_ordinary_sentences_stay_as_they_are_written() -> None:
    words = "They meet on 3 May (at 9:00, as usual); “soon” is K's word - 40% sure."

    assert escaped(words) == words


# --- as text and as JSON -----------------------------------------------------------------------------------


def test_every_page_of_text_has_the_banner_at_its_top_and_bottom_and_its_number() -> None:
    many = tuple(Sentence(words=f"Sentence {number} says something of no interest.") for number in range(60))
    found = attrs.evolve(saying("SECRET"), parts=(Part(sentences=many),))

    pages = written(found, Kind.TEXT).decode().split("\f")

    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        lines = page.splitlines()
        assert lines[0].strip() == lines[-1].strip() == "SECRET"
        assert lines[-2].strip() == f"Page {number} of {len(pages)}"
        assert len(lines) <= LINES
        assert max(map(len, lines)) <= COLUMNS
    said = " ".join(" ".join(pages).split())
    assert all(each.words in said for each in many)


def test_a_sentence_longer_than_a_page_goes_on_overleaf() -> None:
    found = attrs.evolve(saying("SECRET"), parts=(Part(sentences=(Sentence(words="word " * 2000),)),))

    pages = written(found, Kind.TEXT).decode().split("\f")

    assert all(len(page.splitlines()) <= LINES for page in pages)
    assert sum(page.count("word") for page in pages) == 2000


def test_the_json_is_as_its_schema_says() -> None:
    for found in (tearline(assess(open_case()), on=DAY), submission(assess(small_case())), card(card_of(small_case()))):
        shape = json.loads(everything(found))

        jsonschema.validate(shape, json.loads(schema()))
        assert shape["tearline_paper"] == 1
        assert (shape["may_leave"] is None) is not (shape["house_only"] is None)


@pytest.mark.parametrize("kind", [Kind.MARKDOWN, Kind.TEXT, Kind.JSON])
def test_the_same_document_gives_the_same_bytes(kind: Kind) -> None:
    one, other = (written(tearline(assess(open_case()), on=DAY), kind) for _ in range(2))

    assert one == other
