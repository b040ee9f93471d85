"""Reading a case file: what it becomes, and what it must not say."""

import datetime as dt
import textwrap

import pytest

from tearline.cases import CaseFile, read, template, text_of
from tearline.cases.scalars import Sealed
from tearline.domain import (
    ABSENT,
    Answer,
    Form,
    GroupId,
    GroupKind,
    Harm,
    PartyId,
    PartyKind,
    Permission,
    Purpose,
    Risk,
    SecretKind,
    SourceId,
    SourceKind,
    Trust,
    access,
)
from tearline.errors import CaseFileError

CASE = """\
tearline: 1
title: A case
us: A
as_of: 2026-11-20
parties: {A: , B: , C: , X: {hostile: true}}
organisations: {ministry: {of: X}}
sources:
  s: {kind: human, owner: A}
readers:
  X:
    groups:
      desk: {count: 6, in: ministry}
      staff: {count: 400}
      tap: {channel: true, weight: 0.1, via: {desk: 0.3}}
      luck: {other: true, weight: 0.3}
secrets:
  who: {of: s, is: person}
  tapped: {of: s, is: tap}
claims:
  plot:
    sources: [s]
    versions:
      exact: {text: exact words, value: 8, known: {desk: informed}}
      vague: {text: vague words, value: 4, known: {staff: near}}
  convoy:
    versions:
      exact: {text: other words}
given:
  - {to: B, on: 2026-06-02, claims: {convoy: exact}}
proposal: {to: B, claims: [plot]}
"""
"""A case without a fault, to break one thing at a time."""


def faults(text: str) -> list[str]:
    with pytest.raises(CaseFileError) as refused:
        read(text)
    return str(refused.value).splitlines()


def broken(old: str, new: str) -> list[str]:
    assert CASE.count(old) == 1
    return faults(CASE.replace(old, new))


def added(section: str) -> list[str]:
    return faults(CASE + textwrap.dedent(section))


def test_the_case_to_break_has_no_fault() -> None:
    file = read(CASE)

    assert file.case.title == "A case"


def test_a_template_with_every_key_becomes_nouns() -> None:
    file = read(template("full"))

    case = file.case
    assert case.about is not None
    assert case.about.cites == ("invented for this template",)
    assert case.party(PartyId("press")).kind is PartyKind.PUBLIC
    assert case.party(PartyId("B")).handling is Trust.WARY
    assert case.organisations[0].belief == 0.5
    assert case.leak_paths[0].giver == "B"
    assert case.sources[1].kind is SourceKind.SIGNALS
    assert [group.kind for group in case.readers[0].groups] == [
        GroupKind.PERSONS,
        GroupKind.PERSONS,
        GroupKind.CHANNEL,
        GroupKind.OTHER,
    ]
    assert case.readers[0].groups[0].within == ("ministry",)
    assert case.readers[1].like == "X"
    assert case.readers[2].roster == "people.parquet"
    assert [secret.kind for secret in case.secrets] == [SecretKind.PERSON, SecretKind.CHANNEL, SecretKind.PARTNER]
    assert case.secrets[1].group == "line-tapped"
    persons = case.claims[0].persons
    assert persons is not None
    assert persons[0].risk[Harm.DETENTION] is Risk.REAL
    assert persons[0].assurances[0].covers == (Harm.DETENTION,)
    assert case.cover[0].on == dt.date(2026, 11, 18)
    assert case.given[0].form is Form.DISCLOSURE
    assert case.consents[0].answer is Answer.YES
    assert case.consents[0].purposes == (Purpose.WARNING,)
    assert case.proposal.minimum_value == 2
    assert case.proposal.together[0].claims == {"plan": "vague", "place": "town"}
    assert case.proposal.actionable == ({"plan": "vague", "place": "town"},)
    assert case.claims[1].versions[0].needs == {"plan": "vague"}
    assert dict(case.proposal.claims) == {"plan": "exact", "place": "town"}


def test_ten_lines_are_enough() -> None:
    text = template("minimal")

    file = read(text)

    assert len([line for line in text.splitlines() if not line.startswith("#")]) <= 10
    assert file.case.readers == ()


def test_what_is_left_out_is_listed_as_assumed() -> None:
    file = read(template("minimal"))

    paths = {assumed.path: assumed.what for assumed in file.assumed}
    assert paths["parties.B.trust.handling"] == "wary"
    assert paths["claims.report.versions.vague.value"] == "5"
    assert "parties.X.trust.handling" not in paths
    assert "parties.A.trust.handling" not in paths


def test_a_default_that_is_stated_is_not_assumed() -> None:
    file = read(CASE.replace("to: B, claims: [plot]", "to: B, purpose: routine, claims: [plot]"))

    paths = {assumed.path for assumed in file.assumed}
    assert "proposal.purpose" not in paths
    assert "proposal.form" in paths


def test_the_most_exact_version_is_worth_ten_and_each_vaguer_one_half_of_that() -> None:
    file = read(
        CASE.replace("exact: {text: other words}", "a: {text: x}\n      b: {text: y}\n      c: {text: z}").replace(
            "{convoy: exact}", "{convoy: c}"
        )
    )

    assert [version.value for version in file.case.claims[1].versions] == [10, 5, 2.5]


def test_an_unstated_value_is_half_of_the_stated_one_before() -> None:
    file = read(CASE.replace("vague words, value: 4", "vague words"))

    assert [version.value for version in file.case.claims[0].versions] == [8, 4]


def test_groups_that_are_not_named_stay_absent_from_the_nouns() -> None:
    file = read(CASE)

    assert dict(file.case.claims[0].versions[1].known) == {"staff": access("near")}


def test_a_single_recipient_needs_no_brackets() -> None:
    single, several = read(CASE), read(CASE.replace("{to: B, on", "{to: [B, C], on"))

    assert single.case.given[0].to == ("B",)
    assert several.case.given[0].to == ("B", "C")


def test_claims_may_be_wanted_in_a_version() -> None:
    file = read(CASE.replace("claims: [plot]}", "claims: {plot: vague, convoy: }}"))

    assert dict(file.case.proposal.claims) == {"plot": "vague", "convoy": None}


def test_words_that_other_readers_of_yaml_take_for_truth_values_are_words() -> None:
    text = (
        CASE.replace("C: ,", "NO: ,")
        + "consents: [{party: NO, on: 2026-11-19, covers: {plot: exact}, to: B, answer: yes}]"
    )

    file = read(text)

    assert file.case.consents[0].party == "NO"
    assert file.case.consents[0].answer is Answer.YES


def test_action_is_a_word_for_the_permission_to_act() -> None:
    file = read(CASE.replace("owner: A}", "owner: A, agreed_use: [no action without C]}"))

    assert file.case.sources[0].agreed_use[0].forbids is Permission.ACT


def test_a_secret_may_be_an_organisation() -> None:
    file = read(CASE.replace("is: tap", "is: ministry"))

    assert file.case.secrets[1].kind is SecretKind.ORGANISATION
    assert file.case.secrets[1].organisation == "ministry"


def test_the_placement_is_sealed_and_kept_from_the_case() -> None:
    file = read(CASE.replace("owner: A}", "owner: A, placement: harbour master}"))

    assert file.sealed[SourceId("s")] == Sealed("harbour master")
    assert "harbour" not in repr(file)
    assert "harbour" not in repr(file.case)


@pytest.mark.parametrize(
    "line",
    [
        "placement: {harbour: master}",
        "placement: [harbour]",
        "placement: &harbour x",
        "placement: *harbour",
        "placement: !harbour x",
        'placement: "harbour \\0"',
        "placement: {harbour: a, harbour: b}",
        "placement: harbour, placement: harbour",
        "placement: harbour, knid: x",
        "placement: harbour: x",
    ],
)
def test_no_problem_quotes_a_placement(line: str) -> None:
    text = "\n".join(broken("owner: A}", f"owner: A, {line}}}"))

    assert "harbour" not in text


def test_a_problem_has_file_line_column_path_message_and_hint() -> None:
    (fault,) = broken("{desk: informed}", "{dsk: informed}")

    assert fault == "case.yaml:23:52 claims.plot.versions.exact.known: no group `dsk`; did you mean `desk`?"


@pytest.mark.parametrize("text", ["[]", "just words", "- a", "42", "a: [", "\t"])
def test_what_is_no_case_at_all_is_refused(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize("version", ["2", "one", "", "[1]", "1.0", '"2"'])
def test_another_version_of_the_format_is_refused_before_anything_else(version: str) -> None:
    (fault,) = faults(CASE.replace("tearline: 1", f"tearline: {version}").replace("us: A", "us: nobody"))

    assert "no version of the format" in fault


def test_a_missing_version_of_the_format_is_named() -> None:
    (fault,) = broken("tearline: 1\n", "")

    assert "`tearline` is missing" in fault


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: A case", "titel: A case", ["no key `titel` here; did you mean `title`?", "`title` is missing"]),
        ("title: A case", "title:", ["title: nothing is written here"]),
        ("title: A case", "title: ~", ["title: nothing is written here"]),
        ("us: A", "us: Q", ["us: no party `Q`"]),
        ("us: A", "us: A\nus: B", ["`us` is given twice; it stands first in line 3"]),
        ("us: A", "us: A\n<<: {a: b}", ["a merge (`<<`) is not read"]),
        ("us: A", "us: A\n[a]: b", ["a key is a list"]),
        ("as_of: 2026-11-20", "as_of: 20 November", ["is not a day; write year-month-day"]),
        ("as_of: 2026-11-20", "as_of: 2026-06-01", ["given[0].on: 2026-06-02 is after the day of the case"]),
        ("X: {hostile: true}", "X: {hostile: perhaps}", ["neither true nor false"]),
        ("A: , B: ", "A: {hostile: true}, B: ", ["parties.A.hostile: `A` is us"]),
        ("{ministry: {of: X}}", "{ministry: {of: Y}}", ["organisations.ministry.of: no party `Y`"]),
        ("{ministry: {of: X}}", "{ministry: {budget: {top_suspect: 1}}}", ["no key `top_suspect` here"]),
        ("{ministry: {of: X}}", "{ministry: {of: X}, person: {}}", ["`person` is a word of the format"]),
        ("kind: human", "kind: Human", ["none of the words for this; did you mean `human`?"]),
        ("kind: human, ", "", ["sources.s: `kind` is missing; by what means"]),
        ("owner: A", "owner: [A]", ["expected id of a party, found a list"]),
        ("owner: A", "owner: A, depends_on: s", ["expected a list, found a single value; write it in brackets"]),
        ("owner: A", "owner: A, depends_on: [t]", ["no source `t`; there is `s`"]),
        ("owner: A", "owner: A, depends_on: [s]", ["depends on itself: `s` → `s`"]),
        ("owner: A", "owner: A, agreed_use: [no action without D]", ["no party `D`"]),
        ("owner: A", "owner: A, quiet: {after: x, days: -1}", ["-1 is outside the range"]),
        ("  X:\n    groups", "  Z:\n    groups", ["readers: no party `Z`"]),
        ("  X:\n    groups", "  A: {}\n  X:\n    groups", ["readers.A: `A` is us"]),
        ("  X:\n    groups", "  B: {like: C}\n  X:\n    groups", ["`C` is no reader with groups; there is `X`"]),
        ("  X:\n    groups", "  B: {like: B}\n  X:\n    groups", ["`B` is no reader with groups"]),
        ("  X:\n    groups", "  X:\n    like: B\n    groups", ["both `groups` and `like`", "no reader with groups"]),
        ("  X:\n    groups", "  X:\n    roster: a.csv\n    groups", ["both `groups` and `roster`"]),
        ("  X:\n    groups", "  X:\n    tries: 0\n    groups", ["0 is outside the range"]),
        ("  X:\n    groups", "  X:\n    grups", ["no key `grups` here; did you mean `groups`?"]),
        ("desk: {count: 6", "desk: {count: 0", ["0 is outside the range; write a whole number from 1"]),
        ("desk: {count: 6", "desk: {count: 2.5", ["2.5 is not a whole number"]),
        ("desk: {count: 6", "desk: {count: 1e99", ["1e99 is outside the range"]),
        ("in: ministry", "in: [ministry, minstry]", ["no organisation `minstry`; did you mean `ministry`?"]),
        ("weight: 0.3}", "weight: 0}", ["0 is outside the range; write a number above 0"]),
        ("weight: 0.3}", "weight: .nan}", ["`.nan` is not a number"]),
        ("weight: 0.3}", "weight: 0.95}", ["the weights add up to 1.05, more than 1"]),
        ("weight: 0.3}", "weight: 0.9}", ["the weights leave nothing for `desk`"]),
        ("other: true, weight: 0.3", "other: true", ["`weight` is missing: an innocent explanation carries its own"]),
        ("other: true", "other: true, channel: true", ["a channel is no innocent explanation"]),
        ("other: true", "other: true, count: 3", ["an innocent explanation has no persons to count"]),
        ("other: true", "other: true, in: ministry", ["belongs to no organisation"]),
        ("other: true", "other: true, via: {desk: 0.1}", ["only a channel leads to persons"]),
        ("via: {desk: 0.3}", "via: {desk: 0.7, staff: 0.7}", ["the probabilities add up to 1.4, more than 1"]),
        ("via: {desk: 0.3}", "via: {luck: 0.3}", ["`luck` is an innocent explanation; a channel leads to persons"]),
        ("via: {desk: 0.3}", "via: {desk: 1.3}", ["1.3 is outside the range"]),
        ("is: person", "is: persn", ["no channel or organisation `persn`; did you mean `person`?"]),
        ("is: person", "is: desk", ["`desk` is persons; a secret is `person`, `partner`"]),
        ("is: person", "is: partner", ["`party` is missing; which partner", "`if` is missing"]),
        ("is: person", "is: proposition", ["`if` is missing"]),
        ("is: person", "is: proposition, if: {desk: 2}", ["2 is outside the range"]),
        ("is: person", "is: proposition, if: {dsk: 1}", ["no group `dsk`"]),
        ("is: person", "is: person, party: C", ["only a secret that is `partner` has a party"]),
        ("is: person", "is: person, if: {desk: 0.1}", ["only `partner` and `proposition` follow from"]),
        ("is: person", "is: person, budget: {belief: 0.1}", ["`belief` does not limit a secret that is `person`"]),
        ("is: tap", "is: tap, budget: {crowd: 3}", ["`crowd` does not limit a secret that is `tap`"]),
        ("is: tap", "is: tap, budget: {belief: 0}", ["0 is outside the range"]),
        ("text: exact words, ", "", ["claims.plot.versions.exact: `text` is missing"]),
        ("text: exact words", 'text: " "', ["nothing is written here"]),
        ("value: 8", "value: 11", ["11 is outside the range"]),
        ("value: 8", "value: 3", ["worth 4, more than the more exact `exact` at 3"]),
        ("{staff: near}", "{staff: near, desk: near}", ["`desk` knows less than in the more exact `exact`"]),
        ("{staff: near}", "{staff: near, luck: [0.001, 0.01]}", ["`luck` knows less than `absent`"]),
        ("{staff: near}", "{staff: nere}", ["no access word `nere`; did you mean `near`?"]),
        ("{staff: near}", "{staff: }", ["expected `present`"]),
        ("    sources: [s]", "    attended: {desk: 0.5}", ["`attended` without an `event`"]),
        ("    sources: [s]", "    event: e\n    attended: {dsk: 0.5}", ["no group `dsk`"]),
        ("    sources: [s]", "    credibility: 7", ["7 is outside the range"]),
        ("    sources: [s]", "    persons: [{id: a}, {id: a}]", ["a second person `a`"]),
        ("    sources: [s]", "    persons: [{id: a, versions: [exat]}]", ["no version `exat`; did you mean `exact`?"]),
        ("    sources: [s]", "    persons: [{id: a, risk: {tortur: real}}]", ["did you mean `torture`?"]),
        ("{convoy: exact}", "{convoy: vague}", ["`convoy` has no version `vague`; there is `exact`"]),
        ("{convoy: exact}", "{convoi: exact}", ["no claim `convoi`; did you mean `convoy`?"]),
        ("{convoy: exact}", "{}", ["given[0].claims: nothing is listed here"]),
        ("{to: B, on", "{to: [B, A], on", ["given[0].to: `A` is us"]),
        ("{to: B, claims", "{to: A, claims", ["proposal.to: `A` is us"]),
        ("{to: B, claims: [plot]}", "{to: B, claims: []}", ["proposal.claims: nothing is listed here"]),
        ("{to: B, claims: [plot]}", "{to: B, claims: [plot, plot]}", ["`plot` is listed twice"]),
        ("{to: B, claims: [plot]}", "{to: B, claims: {plot: vage}}", ["no version `vage`; did you mean `vague`?"]),
        ("{to: B, claims: [plot]}", "{to: B, claims: [plot], allows: [acts]}", ["did you mean `act`?"]),
        ("{to: B, claims: [plot]}", "{to: B, claims: [plot], minimum_value: -1}", ["-1 is outside the range"]),
    ],
)
def test_a_fault_is_found_with_its_hint(old: str, new: str, expected: list[str]) -> None:
    found = broken(old, new)

    assert len(found) == len(expected), found
    for words in expected:
        assert any(words in fault for fault in found), found


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("leak_paths: [{from: B, to: B, how: onward, probability: 0.1}]", "`B` cannot leak to itself"),
        ("leak_paths: [{from: B, to: X, how: onward, probability: 1.1}]", "1.1 is not a probability"),
        ("leak_paths: [{from: B, to: X, how: onward, probability: [0.3, 0.1]}]", "not an interval"),
        ("leak_paths: [{from: B, to: X, how: talking, probability: 0.1}]", "none of the words"),
        ("leak_paths: [{from: B, to: X, how: onward}]", "`probability` is missing"),
        (
            "cover: [{claims: [plot], version: vague, makes: {desk: near}, what: x, evidence: y}]",
            "`desk` is persons; cover makes a channel or an innocent explanation better",
        ),
        ("cover: [{claims: [plot], version: vague, makes: {luck: near}, what: x}]", "`evidence` is missing"),
        (
            "cover: [{claims: [plot], version: vague, makes: {luck: near}, what: x, evidence: ''}]",
            "cover[0].evidence: nothing is written here",
        ),
        ("cover: [{claims: [plot], version: vague, makes: {}, what: x, evidence: y}]", "nothing is listed here"),
        (
            "cover: [{claims: [plot, convoy], version: vague, makes: {luck: near}, what: x, evidence: y}]",
            "`convoy` has no version `vague`",
        ),
        (
            "consents: [{party: C, on: 2026-11-19, covers: {plot: exact}, to: B, answer: yes, until: 2026-11-01}]",
            "2026-11-01 is before the consent was given, 2026-11-19",
        ),
        (
            "consents: [{party: C, on: 2026-11-21, covers: {plot: exact}, to: B, answer: yes}]",
            "2026-11-21 is after the day of the case",
        ),
        (
            "consents: [{party: C, on: 2026-11-19, covers: {plot: exact}, to: B, answer: maybe}]",
            "none of the words for this; there is `yes`, `no`",
        ),
        ("about: {illustrative: [readers.X.grups]}", "`readers.X.grups` leads nowhere"),
        ("about: {illustrative: ['given[1]']}", "leads nowhere"),
    ],
)
def test_a_section_with_a_fault_is_found(section: str, expected: str) -> None:
    (fault,) = added(section)

    assert expected in fault


@pytest.mark.parametrize(
    "path",
    [
        "readers",
        "readers.X.groups.desk.count",
        "claims.*.versions",
        "given[0].on",
        "given.*",
        "claims.*.versions.*.text",
    ],
)
def test_an_illustrative_path_may_lead_anywhere_in_the_file(path: str) -> None:
    file = read(CASE + f"about: {{illustrative: ['{path}']}}")

    assert file.case.about is not None
    assert file.case.about.illustrative == (path,)


def test_claims_of_one_event_agree_on_who_was_there() -> None:
    text = CASE.replace("    sources: [s]", "    event: e\n    attended: {desk: 0.5}")

    (fault,) = faults(text.replace("  convoy:\n", "  convoy:\n    event: e\n    attended: {desk: 0.6}\n"))

    assert "0.6 here, 0.5 in `plot`, but it is one event" in fault


def test_a_group_is_one_kind_of_explanation_for_every_reader() -> None:
    (fault,) = broken("readers:\n", "readers:\n  C: {groups: {luck: {count: 3}}}\n")

    assert "`luck` is an innocent explanation here and persons for `C`" in fault


def test_a_channel_leads_to_persons_of_its_own_reader() -> None:
    (fault,) = broken("readers:\n", "readers:\n  C: {groups: {wire: {channel: true, weight: 0.1, via: {desk: 0.1}}}}\n")

    assert "`desk` is no group of this reader" in fault


def test_a_circle_of_sources_is_shown() -> None:
    (fault,) = broken(
        "  s: {kind: human, owner: A}",
        "  s: {kind: human, owner: A, depends_on: [t]}\n"
        "  t: {kind: human, owner: A, depends_on: [u]}\n"
        "  u: {kind: human, owner: A, depends_on: [t]}",
    )

    assert "`t` → `u` → `t`" in fault


def test_a_long_chain_of_sources_is_no_circle() -> None:
    chain = "".join(f"  s{i}: {{kind: human, owner: A, depends_on: [s{i + 1}]}}\n" for i in range(3000))

    file = read(CASE.replace("sources:\n", f"sources:\n{chain}  s3000: {{kind: human, owner: A}}\n", 1))

    assert len(file.case.sources) == 3002


def test_access_may_stay_or_grow_as_words_get_vaguer() -> None:
    file = read(CASE.replace("{staff: near}", "{desk: informed, staff: absent}"))

    assert file.case.claims[0].versions[1].known[GroupId("staff")] == ABSENT


def test_a_section_that_cannot_be_read_raises_no_doubt_about_what_it_would_define() -> None:
    found = broken("parties: {A: , B: , C: , X: {hostile: true}}", "parties: [A, B, C, X]")

    assert found == ["case.yaml:5:10 parties: expected keys and values, found a list"]


def test_a_misspelt_section_raises_no_doubt_about_what_it_would_define() -> None:
    found = broken("readers:\n", "reders:\n")

    assert found == ["case.yaml:9:1 no key `reders` here; did you mean `readers`?"]


def test_an_empty_section_is_no_problem() -> None:
    file = read(CASE + "cover:\nconsents:\n")

    assert file.case.cover == ()


def test_json_is_a_case_too() -> None:
    text = """{"tearline": 1, "title": "x", "us": "A", "parties": {"A": null, "B": {"hostile": false}},
    "claims": {"c": {"versions": {"e": {"text": "t", "value": 7}}}}, "proposal": {"to": "B", "claims": ["c"]}}"""

    file = read(text, "case.json")

    assert file.case.claims[0].versions[0].value == 7


def test_so_many_problems_are_counted_and_not_listed() -> None:
    found = faults(CASE + "".join(f"key{i}: x\n" for i in range(3000)))

    assert len(found) == 201
    assert "2800 more problems are not listed" in found[-1]


def test_comments_stay_with_the_text() -> None:
    file = read("# mine\n" + CASE)

    assert file.text.startswith("# mine")
    assert file == read(CASE)
    assert isinstance(file, CaseFile)


def test_the_words_of_the_shipped_placement_are_not_in_its_case() -> None:
    file = read(text_of("essay"))

    assert "official in" not in repr(file)
