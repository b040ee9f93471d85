"""`tearline release`: what goes is on record, what may not go does not, and nothing in between."""

import datetime as dt
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from releasing_desk import CASE, NOON, OTHER, Captured, Desk, desk_in
from tearline.cases.journal import path_of
from tearline.store.keys import Keys
from tearline.store.pledges import Pledged, Pledges
from tearline.store.record import Record
from tearline.store.verifying import verify

JOINT = CASE.replace("owner: A,", "owner: A, joint_with: [C],")
UNJUDGED = CASE.replace("    persons: []\n", "")
REFUSED = CASE.replace("count: 4000", "count: 3").replace("weight: 0.2", "weight: 0.0001")
WAIVED = (
    CASE.replace("  harm_of_silence", "  purpose: warning\n  harm_of_silence")
    + """\
urgent:
  at: 06:30Z
  seen_by: [the director, the inspector]
  authorities:
    waive: {who: the director}
    override: {who: the director}
  waivers:
    - on: 2026-11-20 06:00Z
      by: the director
      ground: already-aware
      because: They have the same from their own.
      harm: two deaths
      reviewer: the inspector
      review_on: 2026-11-21 06:00Z
  overrides: [{on: 2026-11-20 06:00Z, party: C, by: the director, because: no answer in time}]
"""
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Desk:
    return desk_in(tmp_path, monkeypatch, capsys)


def test_what_may_go_is_put_on_record_and_then_printed(desk: Desk) -> None:
    code, out, _ = desk.release()

    (entry,) = desk.entries()
    assert (code, entry.kind, entry.at) == (0, "release", int(NOON.timestamp()))
    assert entry.content is not None
    assert entry.content["told"] == [
        {"claim": "meeting", "version": "week", "words": "They meet this week.", "sources": ["clerk"]}
    ]
    assert (entry.content["to"], entry.content["by"], entry.content["decision"]) == ("B", "chief", "allow")
    assert "RELEASED to State B, number 0" in out
    assert "“They meet this week.”" in out


def test_what_was_said_more_exactly_and_where_the_source_sits_is_not_on_record(desk: Desk) -> None:
    desk.release()

    held = b"".join(path.read_bytes() for path in desk.folder.rglob("*") if path.is_file() and path.name != "mine.yaml")
    assert b"They meet this week." in held
    assert b"Thursday" not in held
    assert b"third floor" not in held


def test_a_case_file_is_released_once(desk: Desk) -> None:
    desk.release()
    desk.clock.now += dt.timedelta(days=3)

    code, out, _ = desk.release(by="somebody else")

    assert code == 0
    assert "it was on record before" in out.replace("\n", " ")
    assert len(desk.entries()) == 1


def test_told_once_more_the_recipient_learns_nothing_so_it_is_refused(desk: Desk) -> None:
    desk.release()

    code, _, _ = desk.release(CASE + "# changed\n")

    assert code == 4
    assert [entry.kind for entry in desk.entries()] == ["release", "refusal"]


def test_a_refusal_is_on_record_with_its_owner_and_what_silence_may_cost(desk: Desk) -> None:
    code, out, _ = desk.release(REFUSED)

    (entry,) = desk.entries()
    assert (code, entry.kind) == (4, "refusal")
    assert entry.content is not None
    assert entry.content["owner"] == "desk"
    assert entry.content["harm_of_silence"] == "an ambush"
    assert entry.content["review_on"] == "2026-12-23"
    assert entry.content["reasons"]
    assert "They meet" not in out


def test_the_same_refusal_of_one_day_is_on_record_once(desk: Desk) -> None:
    desk.release(REFUSED)
    desk.release(REFUSED)
    desk.clock.now += dt.timedelta(days=1)
    desk.release(REFUSED)

    assert [entry.kind for entry in desk.entries()] == ["refusal", "refusal"]


def test_who_must_be_asked_is_asked_first(desk: Desk) -> None:
    code, out, _ = desk.release(JOINT)

    assert code == 3
    assert "State C must be asked first" in out
    assert desk.entries() == []


def test_a_condition_is_signed_for_by_somebody_else_in_the_case_itself(desk: Desk) -> None:
    code, out, _ = desk.release(UNJUDGED)
    conditions = desk.json("release", "mine.yaml", "--by", "chief")["house_only"]["unsigned"]

    def signed(by: str, on: str) -> str:
        lines = [f'    - {{that: "{each}", by: {by}, on: {on}}}' for each in conditions]
        return UNJUDGED + "  signed:\n" + "\n".join(lines) + "\n"

    assert code == 3
    assert "They meet" not in out
    assert desk.release(signed("desk", "2026-11-20"))[0] == 3
    assert desk.release(signed("chief", "2026-11-24"))[0] == 3
    assert desk.entries() == []
    assert desk.release(signed("chief", "2026-11-20"))[0] == 0
    (entry,) = desk.entries()
    assert entry.content is not None
    assert entry.content["conditions"] == [{"that": c, "by": "chief", "on": "2026-11-20"} for c in conditions]


def test_nobody_releases_what_they_proposed_and_somebody_is_named(desk: Desk) -> None:
    assert desk.release(by="Desk")[0] == 4
    assert desk.tearline("release", desk.write())[0] == 2
    assert desk.entries() == []


def test_where_officers_are_declared_one_alone_needs_both_duties(desk: Desk) -> None:
    officers = "officers:\n  desk: {may: [propose]}\n  chief: {may: [clear]}\n  both: {may: [clear, release]}\n"

    assert desk.release(officers + CASE.removeprefix("tearline: 1\n").join(["tearline: 1\n", ""]))[0] == 4
    assert desk.release("tearline: 1\n" + officers + CASE.removeprefix("tearline: 1\n"))[0] == 4
    assert desk.release("tearline: 1\n" + officers + CASE.removeprefix("tearline: 1\n"), by="both")[0] == 0


def test_where_a_journal_lies_beside_it_it_must_have_been_cleared(desk: Desk) -> None:
    case = desk.write()
    for to, by in (("draft", "desk"), ("assessed", "desk")):
        desk.tearline("move", case, "--to", to, "--by", by)

    assert desk.tearline("release", case, "--by", "chief")[0] == 4
    assert desk.entries() == []
    desk.tearline("move", case, "--to", "cleared", "--by", "chief", "--because", "agreed")
    assert desk.tearline("release", case, "--by", "liaison")[0] == 0
    (entry,) = desk.entries()
    assert entry.content is not None
    assert [entry.content[key] for key in ("by", "authority", "because")] == ["liaison", "chief", "agreed"]
    assert path_of(case).read_text("utf-8").count('"to":"released"') == 1


def test_a_move_to_released_goes_on_record_too(desk: Desk) -> None:
    case = desk.write()
    assert desk.tearline("move", case, "--to", "released", "--by", "liaison")[0] == 4
    for to, by in (("draft", "desk"), ("assessed", "desk"), ("cleared", "chief"), ("released", "liaison")):
        assert desk.tearline("move", case, "--to", to, "--by", by)[0] == 0

    assert [entry.kind for entry in desk.entries()] == ["release"]


def test_what_was_recalled_is_not_printed_once_more(desk: Desk) -> None:
    case = desk.write()
    for to, by in (("draft", "desk"), ("assessed", "desk"), ("cleared", "chief"), ("released", "liaison")):
        desk.tearline("move", case, "--to", to, "--by", by)
    desk.tearline("move", case, "--to", "recalled", "--by", "chief", "--because", "the source is in danger")

    code, out, _ = desk.tearline("release", case, "--by", "liaison")

    assert (code, "They meet" in out) == (4, False)
    assert len(desk.entries()) == 1


def test_a_release_against_the_answer_is_on_record_as_one(desk: Desk) -> None:
    case = desk.write(REFUSED)
    desk.tearline("move", case, "--to", "draft", "--by", "desk")
    desk.tearline("move", case, "--to", "assessed", "--by", "desk")
    desk.tearline("move", case, "--to", "cleared", "--by", "chief", "--override", "--because", "no time")

    assert desk.tearline("release", case, "--by", "liaison")[0] == 0
    (entry,) = desk.entries()
    assert entry.content is not None
    assert (entry.content["against_the_answer"], entry.content["decision"]) == (True, "refuse")


def test_waivers_and_overrides_of_a_warning_are_on_record_once(desk: Desk) -> None:
    code = desk.release(WAIVED)[0]
    desk.release(WAIVED)
    desk.release(WAIVED + "# changed\n")

    says = [(entry.kind, entry.content or {}) for entry in desk.entries()]
    assert code == 4
    assert [kind for kind, _ in says] == ["waiver", "override", "refusal", "refusal"]
    assert (says[0][1]["by"], says[0][1]["harm"], says[0][1]["ground"]) == (
        "the director",
        "two deaths",
        "already-aware",
    )
    assert (says[1][1]["party"], says[1][1]["because"]) == ("C", "no answer in time")
    assert says[2][1]["owner"] == "the director"


def test_what_leaves_and_what_stays_are_apart_in_json(desk: Desk) -> None:
    desk.write()

    found = desk.json("release", "mine.yaml", "--by", "chief")

    assert set(found) == {"tearline_release", "may_leave", "house_only"}
    assert set(found["may_leave"]) == {"words", "grades", "limits_of_use", "withheld"}
    assert found["may_leave"]["words"] == ["They meet this week."]
    assert (found["house_only"]["number"], found["house_only"]["again"]) == (0, False)
    assert desk.json("release", "mine.yaml", "--by", "desk")["house_only"]["again"] is True


def test_a_shipped_case_and_standard_input_are_nobodys_files(desk: Desk) -> None:
    assert desk.tearline("release", "essay", "--by", "chief")[0] == 2
    assert desk.tearline("release", "-", "--by", "chief")[0] == 2


# --- keys and places ----------------------------------------------------------------------------------------


def test_keys_and_record_are_for_their_owner_and_secrets_are_never_printed(desk: Desk) -> None:
    out = "".join(desk.release()[1:]) + desk.tearline("record", "key")[1]
    out += desk.tearline("record", "show", "--oversight", "--json")[1]

    (key,) = (desk.folder / "keys").glob("*.key")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(desk.record.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    assert key.read_text("utf-8").rpartition("+")[2].strip() not in out


def test_a_key_that_others_may_read_or_that_is_gone_signs_nothing(desk: Desk) -> None:
    desk.release()
    (key,) = (desk.folder / "keys").glob("*.key")

    key.chmod(0o644)
    assert desk.release(OTHER, "other.yaml")[0] == 2
    key.unlink()
    assert desk.release(OTHER, "other.yaml")[0] == 2
    assert len(desk.entries()) == 1


def test_a_record_lies_in_the_folder_of_its_user(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEARLINE_RECORD")

    desk.release()

    assert (desk.folder / "data" / "tearline" / "record.db").exists()


# --- attacks ------------------------------------------------------------------------------------------------


def test_a_record_that_is_a_link_is_refused(desk: Desk) -> None:
    desk.release()
    desk.record.rename(desk.folder / "elsewhere")
    desk.record.symlink_to(desk.folder / "elsewhere")

    code, _, err = desk.release(OTHER, "other.yaml")

    assert code == 2
    assert "this is a link" in err
    assert desk.tearline("record", "show")[0] == 2


def test_a_record_put_back_from_an_older_copy_is_not_signed_again(desk: Desk) -> None:
    desk.release()
    old = {path: path.read_bytes() for path in desk.record.parent.iterdir()}
    desk.release(OTHER, "other.yaml")
    for path, content in old.items():
        path.write_bytes(content)

    code, _, err = desk.release(CASE.replace("A meeting", "The meeting"), "third.yaml")

    assert code == 2
    assert "a second history" in err
    assert len(desk.entries()) == 1


def test_a_clock_that_goes_backwards_writes_nothing(desk: Desk) -> None:
    desk.release()
    desk.clock.now -= dt.timedelta(hours=1)

    code, _, err = desk.release(OTHER.replace("2026-11-20", "2026-11-19"), "other.yaml")

    assert code == 2
    assert "the clock stands before the last entry" in err
    assert len(desk.entries()) == 1


def test_nothing_is_added_to_a_record_that_was_changed(desk: Desk) -> None:
    desk.release()
    whole = desk.record.read_bytes()
    desk.record.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

    code, _, err = desk.release(OTHER, "other.yaml")

    assert code == 2
    assert "not as it was written" in err


def test_a_record_without_its_sums_is_not_written_to(desk: Desk) -> None:
    desk.release()
    desk.release(OTHER, "other.yaml")
    (desk.record.parent / "record.db.pages").unlink()

    assert desk.release(CASE.replace("A meeting", "The meeting"), "third.yaml")[0] == 2


def test_two_processes_at_once_write_one_after_the_other(desk: Desk) -> None:
    cases = [desk.write(OTHER.replace("dine", f"dine{n}").replace("cook", f"cook{n}"), f"{n}.yaml") for n in range(4)]
    call = "import sys; from tearline.cli import run; sys.exit(run(['release', sys.argv[1], '--by', 'chief']))"

    running = [subprocess.Popen([sys.executable, "-c", call, case], stdout=subprocess.DEVNULL) for case in cases]
    codes = [each.wait() for each in running]

    assert codes == [0] * 4
    assert len(desk.entries()) == 4
    assert verify(desk.record).faults == ()


FULL = """
import resource, signal, sys
from tearline.cli import run
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
sys.exit(run(["release", sys.argv[1], "--by", "chief"]))
"""


@pytest.mark.parametrize("room", [0, 40, 100, 4_096, 20_000, 28_672, 30_000])
def test_a_full_disk_leaves_all_of_it_or_nothing_and_says_so(desk: Desk, room: int) -> None:
    case = desk.write()

    done = subprocess.run([sys.executable, "-c", FULL, case, str(room)], capture_output=True, text=True, check=False)

    there = [entry.kind for entry in desk.entries()]
    assert there in ([], ["release"])
    assert (done.returncode == 0) <= (there == ["release"])
    assert "Traceback" not in done.stderr
    assert desk.release()[0] == 0
    assert [entry.kind for entry in desk.entries()] == ["release"]
    assert verify(desk.record).faults == ()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs another user")
def test_a_disk_that_may_only_be_read_is_shown_and_not_written(desk: Desk) -> None:
    desk.release()
    case = desk.write(OTHER, "other.yaml")
    desk.folder.chmod(0o755)
    for path in (desk.record.parent, desk.record):
        path.chmod(0o555)
    before = desk.record.read_bytes()

    child = os.fork()
    if not child:
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        from tearline.cli import run

        os._exit(run(["release", case, "--by", "chief"]))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    assert code == 2
    assert desk.record.read_bytes() == before
    assert desk.tearline("record", "show")[0] == 0


def test_a_head_is_kept_before_it_is_signed_and_signed_once_only(tmp_path: Path) -> None:
    count = iter(range(256))
    keys = Keys(tmp_path / "keys", lambda size: bytes([next(count)]) * size)
    signer = keys.made("tearline.record/a")
    record = Record.create(tmp_path / "record", signer.key)

    pledges = Pledges(keys.pledge_of(signer.name), signer)
    pledges.begin()

    class Cut(BaseException):
        pass

    class CutOff:
        promise = pledges.promise

        def keep(self, _record: Record, _head: object) -> None:
            raise Cut

    with pytest.raises(Cut):
        record.append([("release", {})], 1, signer, lambda: keys.chance(32), CutOff())
    assert record.head() is None
    (root,) = record.connection.execute("select root from head").fetchone()
    first = record.sign(signer, pledges)

    assert first.root == root
    assert keys.pledged(signer.key) == Pledged(first, first)
    assert record.sign(signer) == first
    record.close()
