"""The interview and the templates: at most ten questions, and a file that reads."""

import itertools

import pytest

from tearline.assess import assess
from tearline.cases import QUESTIONS, TEMPLATES, AnswerKind, compose, fault_in, read, template
from tearline.cases.format import CASE
from tearline.cases.interview import Question
from tearline.cases.shapes import records
from tearline.domain import Allow, AllowIf, Ask, SecretKind, SourceKind
from tearline.errors import InputError


def test_there_are_at_most_ten_questions() -> None:
    assert len(QUESTIONS) <= 10
    assert len({question.key for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_every_default_is_an_answer(question: Question) -> None:
    assert fault_in(question, "") == ""
    assert fault_in(question, question.default) == ""


def test_whoever_only_presses_return_gets_a_case() -> None:
    file = read(compose({}))

    assert file.case.us == "our-service"
    assert file.case.party(file.case.readers[0].id).hostile


def test_the_answers_are_in_the_case() -> None:
    file = read(
        compose(
            {
                "us": "State A",
                "recipient": "State B",
                "hostile": "State X",
                "kind": "signals",
                "partners": "State C, State D, State C",
                "exact": "The convoy leaves at 4: tonight #now",
                "known": "6 400",
                "leak": "unlikely",
            }
        )
    )

    case = file.case
    assert (case.us, case.proposal.to, case.readers[0].id) == ("state-a", "state-b", "state-x")
    assert case.sources[0].kind is SourceKind.SIGNALS
    assert case.sources[0].joint_with == ("state-c", "state-d")
    assert case.secrets[0].kind is SecretKind.CHANNEL
    assert case.claims[0].versions[0].text == "The convoy leaves at 4: tonight #now"
    assert [group.count for group in case.readers[0].groups] == [6, 394, 1, 1]
    assert case.leak_paths[0].probability.hi == 0.1


@pytest.mark.parametrize(
    ("known", "kind", "leak"),
    [
        ("", "", ""),
        *itertools.product(["12, 4000", "10, 100", "1, 300"], ["human", "cyber", "signals"], ["likely", "unlikely"]),
        ("12, 4000", "human", "possible"),
        ("60, 60", "liaison", "possible"),
    ],
)
@pytest.mark.parametrize("partners", ["", "State C"])
def test_plausible_answers_lead_to_words_that_may_go_on_a_condition(
    known: str, kind: str, leak: str, partners: str
) -> None:
    case = read(compose({"known": known, "kind": kind, "leak": leak, "partners": partners})).case

    decision = assess(case).decision

    assert type(decision) is (Ask if partners else AllowIf)
    assert any("persons" in condition for condition in decision.conditions)


@pytest.mark.parametrize("kind", ["human", "cyber", "signals"])
@pytest.mark.parametrize("known", ["", "12, 4000", "3, 1000", "20, 20000"])
def test_what_few_could_know_goes_in_the_vaguer_words_alone(known: str, kind: str) -> None:
    found = assess(read(compose({"known": known, "kind": kind})).case)

    assert [said.version for said in found.tearline.said] == ["vague"]
    assert found.obstacles[0].version == "exact"
    assert found.obstacles[0].breaches


def test_few_people_who_could_know_even_the_vaguer_words_are_kept_safe() -> None:
    found = assess(read(compose({"known": "3, 8"})).case)

    assert not isinstance(found.decision, Allow | AllowIf | Ask)


def test_the_case_says_what_to_refine() -> None:
    text = compose({})

    assert text.lower().count("refine") >= 4
    assert "purpose: routine                  # warning, if people are in danger" in text


def test_persons_are_stated_where_the_case_says_so() -> None:
    stated = compose({}).replace("# persons: []", "persons: []")

    assert isinstance(assess(read(stated).case).decision, Allow)


def test_parties_of_one_name_get_ids_of_their_own() -> None:
    file = read(compose({"us": "A", "recipient": "A", "hostile": "a", "partners": "A"}))

    assert [party.id for party in file.case.parties] == ["a", "a-2", "a-3"]


def test_a_recipient_may_have_helped() -> None:
    file = read(compose({"recipient": "B", "partners": "B"}))

    assert file.case.sources[0].joint_with == ("b",)


def test_nobody_knows_only_the_vague_words_if_the_counts_are_equal() -> None:
    file = read(compose({"known": "7, 7"}))

    assert [group.id for group in file.case.readers[0].groups] == ["close", "method", "elsewhere"]


@pytest.mark.parametrize("known", ["many", "10", "0, 5", "9, 5", "1, 2, 3", "-1, 5", "1, 9999999999", "nan, inf"])
def test_counts_that_make_no_sense_are_refused_with_a_hint(known: str) -> None:
    (question,) = (question for question in QUESTIONS if question.kind is AnswerKind.COUNTS)

    assert "two whole numbers" in fault_in(question, known)
    with pytest.raises(InputError, match="two whole numbers"):
        compose({"known": known})


def test_a_word_that_is_no_choice_is_refused_with_the_choices() -> None:
    with pytest.raises(InputError, match="`human`, `signals`"):
        compose({"kind": "spy"})


def test_what_a_text_may_not_hold_is_left_out() -> None:
    file = read(compose({"exact": "a\x00b\nc\x1b[2J\ud800d\u202ee <us> <title>"}))

    assert file.case.claims[0].versions[0].text == "a b c [2J d e <us> <title>"


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_reads(name: str) -> None:
    assert read(template(name)).case.us == "A"


def test_the_full_template_shows_every_key() -> None:
    words = {line.strip().removeprefix("- ").split(":")[0] for line in template("full").splitlines()}
    text = template("full")

    missing = [
        field.name
        for record in records(CASE).values()
        for field in record.fields
        if field.name not in words and f"{field.name}:" not in text
    ]

    assert missing == []


@pytest.mark.parametrize("name", ["interview", "", "../shipped/essay", "nothing"])
def test_other_templates_do_not_exist(name: str) -> None:
    with pytest.raises(InputError, match="there is `minimal` and `full`"):
        template(name)
