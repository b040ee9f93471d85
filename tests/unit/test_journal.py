"""The journal beside a case file: moves on real files, attacks on them, and edits that made an answer pass."""

import datetime as dt
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from tearline.assess import assess
from tearline.assess.verdict import deciding_edits, verdict, verdict_on
from tearline.cases import names, open_shipped, read
from tearline.cases.alone import alone
from tearline.cases.edits import changed_back, changes, plain, rebuilt
from tearline.cases.journal import append, lines, path_of, read_journal
from tearline.cli import journals, run
from tearline.domain.dossier import Briefed, Entry, Moved, Spoken, Viewed
from tearline.domain.lifecycle import Kind, Stage, Verdict
from tearline.errors import InputError

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
HIDDEN = "the third floor of the ministry"

CASE = f"""\
tearline: 1
title: A meeting of X
us: A
as_of: 2026-11-20
parties:
  A: {{}}
  B: {{trust: {{handling: wary}}}}
  C: {{}}
  X: {{hostile: true}}
sources:
  s: {{kind: human, owner: A, placement: {HIDDEN}}}
readers:
  X:
    groups:
      insiders: {{count: 4}}
      staff: {{count: 400}}
      elsewhere: {{other: true, weight: 0.2}}
secrets:
  who: {{of: s, is: person}}
claims:
  meeting:
    sources: [s]
    persons: []
    versions:
      exact: {{text: They meet at nine., value: 8, known: {{insiders: informed}}}}
      vague: {{text: They meet this week., value: 3, known: {{staff: informed, elsewhere: near}}}}
officers:
  officer-7: {{may: [propose]}}
  chief: {{may: [clear, override]}}
  liaison: {{may: [release], declared_to: B, accreditation: [{{on: 2026-01-01, answer: accepted}}]}}
  head: {{principal: true}}
proposal:
  to: B
  claims: [meeting]
  by: officer-7
"""

Captured = pytest.CaptureFixture[str]


class Clock:
    """A clock that goes on by a minute whenever somebody looks at it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(minutes=1)
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the command line, in the hands of the test."""
    clock = Clock()
    monkeypatch.setattr(journals, "_now", clock)
    return clock


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Iterator[Path]:
    """An empty folder with a case file in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEARLINE_RECORD", str(tmp_path / "record"))
    (tmp_path / "mine.yaml").write_text(CASE, "utf-8")
    yield tmp_path
    assert not list(tmp_path.glob("*.lock"))


def go(to: str, by: str, *more: str) -> int:
    """Make a move with the case on the desk."""
    return run(["move", "mine.yaml", "--to", to, "--by", by, *more])


def change(before: str, after: str) -> None:
    """Edit the case on the desk."""
    path = Path("mine.yaml")
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def entries() -> tuple[Entry, ...]:
    """What the journal on the desk says."""
    return read_journal(path_of("mine.yaml"), NOON + dt.timedelta(days=400))


def cleared() -> None:
    """Take the case to a clearance."""
    assert [go("draft", "officer-7"), go("assessed", "officer-7"), go("cleared", "chief")] == [0, 0, 0]


# --- moves on files ---------------------------------------------------------------------------------------


def test_a_proposal_goes_from_draft_to_recall(desk: Path, capsys: Captured) -> None:
    cleared()
    for to, by in [("released", "liaison"), ("acknowledged", "liaison")]:
        assert go(to, by) == 0
    for to, by in [("onward-asked", "liaison"), ("acknowledged", "chief"), ("corrected", "chief")]:
        assert go(to, by, "--because", "they asked") == 0
    assert go("recalled", "head", "--because", "no duty of theirs") == 4
    assert go("recalled", "liaison", "--because", "the source is in danger") == 0

    assert [e.to.value for e in entries() if isinstance(e, Moved)] == [
        *("draft", "assessed", "cleared", "released", "acknowledged"),
        *("onward-asked", "acknowledged", "corrected", "recalled"),
    ]


def test_moves_out_of_order_are_refused_and_nothing_is_recorded(desk: Path, capsys: Captured) -> None:
    code = go("released", "liaison")

    assert code == 4
    assert "what nobody has proposed yet cannot become released" in capsys.readouterr().out.replace("\n    ", " ")
    assert not path_of("mine.yaml").exists()


def test_any_edit_after_clearing_voids_the_clearance(desk: Path, capsys: Captured) -> None:
    cleared()
    change("A meeting of X", "A meeting of X ")

    code = go("released", "liaison")

    assert code == 4
    assert "the clearance is void" in capsys.readouterr().out.replace("\n    ", " ")
    run(["history", "mine.yaml"])
    assert "Now: cleared, VOID" in capsys.readouterr().out


def test_an_edit_taken_back_leaves_the_text_that_was_cleared(desk: Path) -> None:
    cleared()
    change("A meeting of X", "Another title")
    change("Another title", "A meeting of X")

    assert go("released", "liaison") == 0


def test_what_was_cleared_is_not_released_once_it_no_longer_holds(desk: Path, clock: Clock, capsys: Captured) -> None:
    change("owner: A,", "owner: A, joint_with: [C],")
    change(
        "officers:",
        "consents: [{party: C, on: 2026-11-19, covers: {meeting: vague}, to: B, answer: yes, "
        "until: 2026-11-21}]\nofficers:",
    )
    cleared()
    clock.now += dt.timedelta(days=2)

    code = go("released", "liaison")

    assert code == 4
    assert "today the answer is that somebody must be asked first" in capsys.readouterr().out.replace("\n    ", " ")


def test_a_case_dated_ahead_is_not_cleared(desk: Path, capsys: Captured) -> None:
    change("as_of: 2026-11-20", "as_of: 2026-12-20")
    go("draft", "officer-7")
    go("assessed", "officer-7")

    code = go("cleared", "chief")

    assert code == 4
    assert "the case is dated ahead of today" in capsys.readouterr().out


def test_a_case_dated_back_gains_nothing_by_it(desk: Path, capsys: Captured) -> None:
    change("owner: A,", "owner: A, joint_with: [C],")
    change("as_of: 2026-11-20", "as_of: 2026-01-10")
    change(
        "officers:",
        "consents: [{party: C, on: 2026-01-05, covers: {meeting: vague}, to: B, answer: yes, "
        "until: 2026-02-01}]\nofficers:",
    )
    go("draft", "officer-7")
    go("assessed", "officer-7")

    code = go("cleared", "chief")

    assert code == 4
    assert "somebody must be asked first" in capsys.readouterr().out.replace("\n    ", " ")


@pytest.mark.parametrize("spelled", ["officer-7", "Officer 7", "0fficer-7", "officer\u200b-7"])
def test_nobody_clears_their_own_proposal_however_they_spell_their_name(desk: Path, spelled: str) -> None:
    change("may: [propose]", "may: [propose, clear]")
    go("draft", "officer-7")
    go("assessed", "officer-7")

    assert go("cleared", spelled, "--because", "it is urgent") == 4


def test_who_changes_the_proposer_in_the_file_has_proposed_all_the_same(desk: Path) -> None:
    change("may: [propose]", "may: [propose, clear]")
    go("draft", "officer-7")
    change("by: officer-7", "by: head")
    go("assessed", "chief")

    assert go("cleared", "officer-7") == 4


def test_nobody_acts_who_is_not_declared(desk: Path, capsys: Captured) -> None:
    assert go("draft", "somebody") == 2
    assert "`somebody` is no officer of ours in this case; there is `officer-7`" in capsys.readouterr().err


def test_without_declared_officers_names_alone_are_judged(desk: Path) -> None:
    text = Path("mine.yaml").read_text("utf-8")
    start, end = text.index("officers:"), text.index("proposal:")
    Path("mine.yaml").write_text(text[:start] + text[end:], "utf-8")
    go("draft", "officer-7")
    go("assessed", "officer-7")

    assert go("cleared", "officer 7") == 4
    assert go("cleared", "the director") == 0


def test_conditions_are_signed_for_with_a_reason(desk: Path, capsys: Captured) -> None:
    change("    persons: []\n", "")
    go("draft", "officer-7")
    go("assessed", "officer-7")

    assert go("cleared", "chief") == 4
    assert go("cleared", "chief", "--because", "nobody is named in it") == 0


def test_an_override_is_recorded_as_one(desk: Path, capsys: Captured) -> None:
    change("owner: A,", "owner: A, joint_with: [C],")
    go("draft", "officer-7")
    go("assessed", "officer-7")

    assert go("cleared", "chief", "--override") == 4
    assert go("cleared", "chief", "--override", "--because", "C cannot be reached before the train") == 0
    assert "AGAINST THE ANSWER" in capsys.readouterr().out
    assert go("released", "liaison") == 0


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("covers: {meeting: vague}, answer: no", "C has said no"),
        ("covers: {meeting: exact}, answer: yes, withdrawn: 2026-01-05", "C has taken its consent back"),
        ("covers: {meeting: vague}, answer: yes", "C has granted less than is proposed"),
        ("covers: {hint: seen}, answer: no", "C has said no (`hint`)"),
    ],
)
def test_an_override_goes_against_nobodys_no(answer: str, words: str, desk: Path, capsys: Captured) -> None:
    change("owner: A,", "owner: A, joint_with: [C],")
    change("exact: {text: They meet at nine.,", "exact: {text: They meet at nine., implies: {hint: seen},")
    change("officers:\n", "  hint: {sources: [s], persons: [], versions: {seen: {text: Seen., value: 1}}}\nofficers:\n")
    change("staff: {count: 400}", "staff: {count: 3}")
    change("weight: 0.2", "weight: 0.0001")  # so nothing may go, and what was proposed goes if that is overridden
    change("proposal:\n", f"consents: [{{party: C, on: 2026-01-02, to: B, {answer}}}]\nproposal:\n")
    go("draft", "officer-7")
    go("assessed", "officer-7")
    capsys.readouterr()

    assert go("cleared", "chief", "--override", "--because", "the train leaves") == 4
    said = " ".join("".join(capsys.readouterr()).split())
    assert "an override is for silence, never against a no" in said
    assert words in said


def test_a_principal_speaks_only_after_a_briefing_on_this_very_text(desk: Path, capsys: Captured) -> None:
    change("  by: officer-7\n", "  by: officer-7\n  form: disclosure\n  carried_by: head\n")
    go("draft", "officer-7")
    go("assessed", "officer-7")
    assert go("cleared", "chief", "--because", "the head is briefed this evening") == 0

    assert go("released", "liaison") == 4
    assert run(["log", "mine.yaml", "--by", "chief", "--briefed", "head"]) == 0
    assert go("released", "liaison") == 0


def test_a_receipt_for_another_text_is_none(desk: Path) -> None:
    change("  by: officer-7\n", "  by: officer-7\n  form: disclosure\n  carried_by: head\n")
    go("draft", "officer-7")
    run(["log", "mine.yaml", "--by", "chief", "--briefed", "head"])
    change("A meeting of X", "A meeting")
    go("assessed", "officer-7")
    go("cleared", "chief", "--because", "the head has been briefed")

    assert go("released", "liaison") == 4


# --- what is no move --------------------------------------------------------------------------------------


def test_an_own_view_comes_before_the_answer(desk: Path, capsys: Captured) -> None:
    go("draft", "officer-7")
    run(["log", "mine.yaml", "--by", "officer-7", "--view", "refuse", "--because", "too near"])
    go("assessed", "officer-7")
    run(["log", "mine.yaml", "--by", "chief", "--view", "allow"])
    capsys.readouterr()

    run(["history", "mine.yaml", "--json"])

    house = json.loads(capsys.readouterr().out)["house_only"]
    views = {e["by"]: e["before_the_answer"] for e in house["entries"] if e["kind"] == "view"}
    assert views == {"officer-7": True, "chief": False}


def test_a_receipt_holds_the_caveats_word_for_word(desk: Path) -> None:
    change("owner: A,", "owner: A, caveats: [{words: mind the dates, oral: true}],")

    assert run(["log", "mine.yaml", "--by", "chief", "--briefed", "head"]) == 0

    (receipt,) = entries()
    assert isinstance(receipt, Briefed)
    assert (receipt.principal, receipt.caveats) == ("head", ("mind the dates",))


def test_nobody_briefs_themselves(desk: Path, capsys: Captured) -> None:
    assert run(["log", "mine.yaml", "--by", "chief", "--briefed", "Chief"]) == 2


def test_what_was_said_beyond_the_card_is_told(desk: Path, capsys: Captured) -> None:
    assert run(["log", "mine.yaml", "--by", "liaison", "--said", "meeting=exact", "--sure", "0.6"]) == 0

    assert "BEYOND THE CARD: meeting" in capsys.readouterr().out
    (spoken,) = entries()
    assert isinstance(spoken, Spoken)
    assert (spoken.beyond, spoken.sure) == (("meeting",), 0.6)


def test_what_was_said_as_cleared_is_not_beyond_the_card(desk: Path) -> None:
    run(["log", "mine.yaml", "--by", "liaison", "--said", "meeting=vague"])

    (spoken,) = entries()
    assert isinstance(spoken, Spoken)
    assert spoken.beyond == ()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--view", "ask", "--briefed", "head"),
        ("--view", "perhaps"),
        ("--briefed", " "),
        ("--said", "meeting"),
        ("--said", "meeting=loud"),
        ("--said", "nothing=exact"),
        ("--said", "meeting=exact", "--sure", "0"),
        ("--said", "meeting=exact", "--sure", "nan"),
    ],
)
def test_what_cannot_be_recorded_is_told_and_writes_nothing(desk: Path, arguments: tuple[str, ...]) -> None:
    assert run(["log", "mine.yaml", "--by", "chief", *arguments]) == 2
    assert not path_of("mine.yaml").exists()


@pytest.mark.parametrize("case", ["essay", "-", "nowhere.yaml", "."])
def test_a_journal_lies_beside_a_file(desk: Path, capsys: Captured, case: str) -> None:
    for command in (["move", case, "--to", "draft", "--by", "x"], ["history", case], ["log", case, "--by", "x"]):
        assert run(command) == 2


def test_there_is_no_other_stage(desk: Path, capsys: Captured) -> None:
    assert go("published", "chief") == 2
    assert "`published` is no stage" in capsys.readouterr().err


def test_moves_as_json_say_what_was_recorded_or_is_in_the_way(desk: Path, capsys: Captured) -> None:
    go("draft", "officer-7", "--json")
    done = json.loads(capsys.readouterr().out)
    go("cleared", "chief", "--json")
    barred = json.loads(capsys.readouterr().out)

    assert done["tearline_move"] == 1
    assert done["house_only"]["recorded"]["to"] == "draft"
    assert barred["house_only"]["recorded"] is None
    assert barred["house_only"]["in_the_way"]


# --- the file ---------------------------------------------------------------------------------------------


def test_the_journal_never_holds_where_the_source_sits(desk: Path, capsys: Captured) -> None:
    assert HIDDEN in CASE
    cleared()
    run(["history", "mine.yaml"])

    assert HIDDEN not in path_of("mine.yaml").read_text("utf-8")
    assert HIDDEN not in capsys.readouterr().out


def test_only_its_owner_may_read_the_journal(desk: Path) -> None:
    go("draft", "officer-7")

    assert stat.S_IMODE(path_of("mine.yaml").stat().st_mode) == 0o600


def test_lines_are_only_ever_added(desk: Path) -> None:
    go("draft", "officer-7")
    before = path_of("mine.yaml").read_bytes()
    go("assessed", "officer-7")

    assert path_of("mine.yaml").read_bytes().startswith(before)


def test_a_line_that_was_cut_off_is_told_and_taken_away_by_whoever_writes_next(desk: Path, capsys: Captured) -> None:
    go("draft", "officer-7")
    path = path_of("mine.yaml")
    path.write_bytes(path.read_bytes() + b'{"kind":"move"')

    assert run(["history", "mine.yaml"]) == 2
    assert "mine.yaml.journal:2: the last line is cut off" in capsys.readouterr().err
    assert go("assessed", "officer-7") == 0
    assert [e.to.value for e in entries() if isinstance(e, Moved)] == ["draft", "assessed"]


def test_a_whole_last_line_without_its_end_is_nobodys_to_take_away(desk: Path, capsys: Captured) -> None:
    go("draft", "officer-7")
    path = path_of("mine.yaml")
    path.write_bytes(path.read_bytes().rstrip())
    before = path.read_bytes()

    assert go("assessed", "officer-7") == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b"nonsense",
        b"\xff\xfe",
        b'{"kind":"move"}',
        b'{"kind":"dance","tearline_journal":1,"n":2}',
    ],
)
def test_a_broken_line_is_told_with_its_number(desk: Path, capsys: Captured, line: bytes) -> None:
    go("draft", "officer-7")
    path = path_of("mine.yaml")
    path.write_bytes(path.read_bytes() + line + b"\n")

    assert go("assessed", "officer-7") == 2
    assert "mine.yaml.journal:2: this is no entry" in capsys.readouterr().err


def test_a_forged_clearance_of_ones_own_is_found(desk: Path, capsys: Captured) -> None:
    cleared()
    path = path_of("mine.yaml")
    path.write_bytes(path.read_bytes().replace(b'"by":"chief"', b'"by":"Officer 7"'))

    assert go("released", "liaison") == 2
    assert "clears what they proposed themselves" in capsys.readouterr().err


@pytest.mark.parametrize("at", ["2026-11-20T11:00:00Z", "2036-11-20T12:00:00Z", "2026-11-20T13:00:00+01:00"])
def test_a_forged_time_is_found(desk: Path, capsys: Captured, at: str) -> None:
    go("draft", "officer-7")
    go("assessed", "officer-7")
    path = path_of("mine.yaml")
    first, second = path.read_text("utf-8").splitlines()
    forged = json.loads(second) | {"at": at}
    path.write_text(f"{first}\n{json.dumps(forged)}\n", "utf-8")

    assert go("cleared", "chief") == 2


def test_an_entry_taken_out_or_put_twice_is_found(desk: Path) -> None:
    cleared()
    path = path_of("mine.yaml")
    first, second, third = path.read_text("utf-8").splitlines(keepends=True)

    for forged in (first + third, first + second + second + third):
        path.write_text(forged, "utf-8")
        assert run(["history", "mine.yaml"]) == 2


def test_two_cannot_write_at_once(desk: Path, capsys: Captured) -> None:
    go("draft", "officer-7")
    before = path_of("mine.yaml").read_bytes()

    with alone(path_of("mine.yaml")):
        code = go("assessed", "officer-7")

    assert code == 2
    assert "somebody is writing to it" in capsys.readouterr().err
    assert path_of("mine.yaml").read_bytes() == before


def test_whoever_was_killed_while_writing_keeps_nobody_from_it(desk: Path) -> None:
    Path("mine.yaml.journal.lock").touch()

    assert go("draft", "officer-7") == 0


def test_a_full_disk_leaves_the_journal_as_it_was(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go("draft", "officer-7")
    before = path_of("mine.yaml").read_bytes()
    whole = os.write
    monkeypatch.setattr(os, "write", lambda place, data: whole(place, data[:10]))

    code = go("assessed", "officer-7")

    assert code == 2
    assert path_of("mine.yaml").read_bytes() == before


def test_a_directory_is_no_journal(desk: Path) -> None:
    path_of("mine.yaml").mkdir()

    assert go("draft", "officer-7") == 2
    assert run(["history", "mine.yaml"]) == 2


def test_what_goes_wrong_while_deciding_leaves_nothing_behind(desk: Path) -> None:
    def fails(_: tuple[Entry, ...]) -> Entry:
        raise InputError("no")

    with pytest.raises(InputError):
        append(path_of("mine.yaml"), fails, NOON)

    assert not path_of("mine.yaml").exists()


def test_every_kind_of_entry_is_read_as_it_was_written(desk: Path) -> None:
    answered = Verdict(kind=Kind.ASK, said={"c": "v"}, value=2.5, consult=("C",), conditions=("x",), harms=False)
    written = (
        Moved(at=NOON, by="a", text="t", to=Stage.DRAFT, proposer="a"),
        Moved(at=NOON, by="a", text="t", to=Stage.ASSESSED, verdict=answered, case={"tearline": 1}),
        Viewed(at=NOON, by="b", text="t", view=Kind.ALLOW_IF, because="so"),
        Briefed(at=NOON, by="b", text="t", principal="head", card="12", caveats=("mind",)),
        Spoken(at=NOON, by="b", text="t", said={"c": "v"}, beyond=("c",), sure=0.5),
    )
    path_of("mine.yaml").write_bytes(lines(written))

    assert entries() == written


def test_nothing_in_a_journal_drives_the_terminal(desk: Path, capsys: Captured) -> None:
    go("draft", "officer-7")
    run(["log", "mine.yaml", "--by", "chief", "--view", "ask", "--because", "\x1b[31mred\nNow: released"])
    capsys.readouterr()

    run(["history", "mine.yaml"])

    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\nNow: released" not in out


# --- edits that made an answer pass -----------------------------------------------------------------------


def test_the_edit_that_turned_the_answer_is_listed_with_what_it_did(desk: Path, capsys: Captured) -> None:
    change("owner: A,", "owner: A, joint_with: [C],")
    go("draft", "officer-7")
    go("assessed", "officer-7")
    change("A meeting of X", "A meeting")
    change("owner: A, joint_with: [C],", "owner: A,")
    go("assessed", "officer-7")

    last = entries()[-1]
    assert isinstance(last, Moved)
    assert {(edit.path, edit.needed) for edit in last.edits} == {("title", False), ("sources.s.joint_with", True)}
    assert "WITHOUT IT THE ANSWER IS WORSE" in capsys.readouterr().out


def test_edits_are_undone_under_the_policy_beside_the_case(desk: Path) -> None:
    Path("rules.yaml").write_text(
        "tearline_policy: 1\ntitle: t\nrules:\n  hosts:\n"
        "    {effect: permit, text: Hosts., owner: o, review: 2027-01-01, when: {claim.type: host}}\n"
    )
    change("us: A\n", "us: A\npolicy: rules.yaml\n")
    change("sources: [s]\n", "sources: [s]\n    type: guest\n")
    go("draft", "officer-7")
    go("assessed", "officer-7")
    change("type: guest", "type: host")
    go("assessed", "officer-7")

    last = entries()[-1]
    assert isinstance(last, Moved)
    assert [(edit.path, edit.needed) for edit in last.edits] == [("claims.meeting.type", True)]


def test_a_limit_raised_in_two_steps_is_set_against_where_it_began(desk: Path) -> None:
    change("who: {of: s, is: person}", "who: {of: s, is: person, budget: {top_suspect: 0.0001, tries: 0.0001}}")
    go("draft", "officer-7")
    go("assessed", "officer-7")
    change("tries: 0.0001", "tries: 0.9")
    go("assessed", "officer-7")
    change("top_suspect: 0.0001", "top_suspect: 0.9")
    go("assessed", "officer-7")

    answers = [e for e in entries() if isinstance(e, Moved) and e.verdict]
    assert [e.verdict.kind for e in answers if e.verdict] == [Kind.REFUSE, Kind.REFUSE, Kind.ALLOW]
    assert {(edit.path, edit.needed) for edit in answers[-1].edits} == {
        ("secrets.who.budget.top_suspect", True),
        ("secrets.who.budget.tries", True),
    }


def test_where_each_of_two_edits_would_do_neither_is_called_needed() -> None:
    def value(exact: float) -> str:
        return CASE.replace("as_of: 2026-11-20", f"as_of: 2026-11-{20 + exact:.0f}")

    before, after = read(value(0)).case, read(value(1)).case

    (edit,) = deciding_edits(plain(before), plain(after), verdict(assess(after)))
    assert (edit.path, edit.needed) == ("as_of", False)


def test_what_makes_no_case_without_an_edit_is_not_tried() -> None:
    before = plain(read(CASE).case)
    after = plain(read(CASE.replace("  C: {}\n", "  C: {}\n  D: {}\n").replace("owner: A,", "owner: D,")).case)

    found = {edit.path: edit.needed for edit in deciding_edits(before, after, Verdict(kind=Kind.ALLOW))}

    assert found["parties.D"] is None


@pytest.mark.parametrize("name", names())
def test_a_case_as_plain_data_is_the_same_case(name: str) -> None:
    case = open_shipped(name).case

    assert rebuilt(plain(case)) == case


def test_changes_of_two_cases_taken_back_give_the_first() -> None:
    one, other = (plain(open_shipped(name).case) for name in ("essay", "arcos"))

    whole = other
    for each in reversed(changes(one, other)):
        whole = changed_back(whole, each)

    assert whole == one


def test_an_answer_is_that_of_the_day_and_never_of_a_day_before_the_cases_own() -> None:
    case = read(CASE).case

    assert verdict_on(case, dt.date(2020, 1, 1)) == verdict_on(case, dt.date(2026, 11, 20))
    assert verdict_on(attrs.evolve(case, as_of=None), dt.date(2020, 1, 1)).kind is Kind.ALLOW
