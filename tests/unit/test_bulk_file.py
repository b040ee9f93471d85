"""A theft as JSON lines: read as it goes, every fault with its line, and the same beliefs as one by one."""

from __future__ import annotations

import io
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearline.cases import bulk_file
from tearline.cases.bulk_file import BulkFile
from tearline.cli import run
from tearline.damage.thefts import Theft, theft
from tearline.domain import ACCESS_WORDS
from tearline.domain.grades import ABSENT
from tearline.errors import CaseFileError

HEAD = {"tearline_bulk": 1, "title": "A disk", "seen": [0.2, 0.6]}
CLERK = {
    "source": "clerk",
    "groups": {"desk": {"count": 6}, "house": {"count": 400}, "luck": {"other": True, "weight": 0.2}},
}
CABLE = {
    "source": "cable",
    "kind": "signals",
    "groups": {"read": {"channel": True, "weight": 0.02}, "staff": {"count": 50}},
}
ONE = {"document": "d1", "source": "clerk", "claims": [{"desk": "present", "house": "rumour"}]}
TWO = {**ONE, "document": "d2"}
Captured = pytest.CaptureFixture[str]


def lines(*rows: Any) -> bytes:
    """Rows as JSON lines; text as it is."""
    return "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows).encode()


def found(*rows: Any) -> Theft:
    """What a theft of these lines betrays."""
    return theft(BulkFile(io.BytesIO(lines(*rows)), "t"))


def faults(*rows: Any) -> list[str]:
    """What is wrong with these lines."""
    with pytest.raises(CaseFileError) as raised:
        found(*rows)
    return str(raised.value).splitlines()


def slowly(documents: list[dict[str, Any]], groups: dict[str, dict[str, Any]], edge: str, other: float) -> float:
    """Belief in one person of `desk` or `house` in plain loops: its group at one edge and all others at the other."""
    heads = sum(group["count"] for group in groups.values() if "count" in group)
    mass = {g: other if "other" in group else (1 - other) * group["count"] / heads for g, group in groups.items()}
    facing = {"lo": "hi", "mid": "mid", "hi": "lo"}[edge]

    def weight(group: str, at: str) -> float:
        product = mass[group]
        for document in documents:
            access = [ACCESS_WORDS[claim[group]] if group in claim else ABSENT for claim in document["claims"]]
            product *= min((getattr(each, at) for each in access), default=1.0)
        return product

    beliefs = []
    for group in groups:
        if "count" in groups[group]:
            rivals = sum(weight(rival, facing) for rival in groups if rival != group)
            beliefs.append(weight(group, edge) / (weight(group, edge) + rivals) / groups[group]["count"])
    return max(beliefs)


CLAIMS = st.lists(
    st.dictionaries(st.sampled_from(["desk", "house", "luck"]), st.sampled_from(list(ACCESS_WORDS))), max_size=3
)


@given(st.lists(CLAIMS, max_size=4), st.randoms(use_true_random=False))
def test_beliefs_are_those_of_plain_loops_in_any_order_of_documents(told: list[Any], chance: Any) -> None:
    documents = [{"document": f"d{n}", "source": "clerk", "claims": claims} for n, claims in enumerate(told)]
    turned = chance.sample(documents, len(documents))

    (clerk,) = found(HEAD, CLERK, *documents).found
    (again,) = found(HEAD, CLERK, *turned).found

    groups: Any = CLERK["groups"]
    sweep = (0.05, 0.2, 0.5)
    assert clerk.now.mid == pytest.approx(slowly(documents, groups, "mid", 0.2))
    assert clerk.now.lo == pytest.approx(min(slowly(documents, groups, "lo", other) for other in sweep))
    assert clerk.now.hi == pytest.approx(max(slowly(documents, groups, "hi", other) for other in sweep))
    gains = [max(0.0, slowly(documents, groups, "hi", o) - slowly([], groups, "hi", o)) for o in sweep]
    assert clerk.open.hi == pytest.approx(max(gains), abs=1e-12)
    assert (again.now.lo, again.now.hi) == pytest.approx((clerk.now.lo, clerk.now.hi))


def test_without_a_document_nothing_is_lost() -> None:
    nothing = found(HEAD, CLERK, CABLE)

    assert (nothing.documents, nothing.taken.hi, nothing.scale, nothing.lives) == (0, 0, None, 0)


def test_lives_come_first_and_a_method_is_found_by_its_channel() -> None:
    cable = {"document": "d1", "source": "cable", "claims": [{"read": "present"}, {"read": "present"}]}

    seen = found(
        HEAD, {**CABLE, "worth": "irreplaceable"}, CLERK, *[{**cable, "document": f"c{n}"} for n in range(9)], ONE, TWO
    )

    assert [each.source.id for each in seen.found] == ["clerk", "cable"]
    assert [each.documents for each in seen.found] == [2, 9]
    assert seen.found[0].in_danger
    assert seen.lives == 1
    assert seen.found[1].danger is None
    assert seen.found[1].now.lo > 0.5
    assert seen.found[1].loss.hi > seen.found[0].loss.hi


def test_how_likely_it_was_read_lowers_what_was_taken_and_not_what_lay_open() -> None:
    read, perhaps = found({**HEAD, "seen": [1, 1]}, CLERK, ONE), found(HEAD, CLERK, ONE)

    assert read.accessible == perhaps.accessible == read.taken
    assert perhaps.taken.hi == pytest.approx(0.6 * read.taken.hi)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ((), "t: the file is empty; begin with"),
        (("",), "t: the file is empty; begin with"),
        (("{",), "t:1:1 Input data was truncated"),
        (({"tearline_bulk": 2, "title": "x"},), "t:1:1 2 is no version of the format that can be read; write 1"),
        (({**HEAD, "seen": [0.6, 0.2]},), "t:1:1 `seen` is not an interval"),
        (({**HEAD, "seen": [0, 1.5]},), "t:1:1 seen[1]: Expected float <= 1.0"),
        (({**HEAD, "sen": 1},), "t:1:1 Object contains unknown field sen"),
        ((HEAD,), "t:1:1 no source is listed"),
        ((HEAD, ONE), "t:2:1 no source is listed"),
        ((HEAD, CLERK, CLERK), "t:3:1 source: `clerk` is given twice; it stands first in line 2"),
        ((HEAD, {**CLERK, "years": [5, 1]}), "t:2:1 years: not an interval"),
        ((HEAD, {**CLERK, "kind": "spy"}), "t:2:1 kind: Invalid enum value 'spy'"),
        ((HEAD, {**CLERK, "groups": {}}), "t:2:1 groups: Expected object of length >= 1"),
        ((HEAD, {**CLERK, "groups": {"a": {"other": True}, "b": {}}}), "t:2:1 groups.a: `weight` is missing"),
        ((HEAD, {**CLERK, "groups": {"a": {"weight": 1}, "b": {}}}), "t:2:1 groups: weights sum to 1"),
        ((HEAD, {**CLERK, "groups": {"a": {"other": True, "weight": 0.5}}}), "t:2:1 groups: no group of persons"),
        ((HEAD, {**CABLE, "groups": {"a": {}}}), "t:2:1 groups: no channel"),
        ((HEAD, CLERK, "", ONE, ONE), "t:5:1 document: `d1` stands here twice for `clerk`; a document is charged once"),
        ((HEAD, CLERK, {**ONE, "source": "clrk"}), "t:3:1 source: no source `clrk`; did you mean `clerk`?"),
        (
            (HEAD, CLERK, {**ONE, "claims": [{"dsk": "near"}]}),
            "t:3:1 claims[0].dsk: no group `dsk`; did you mean `desk`?",
        ),
        (
            (HEAD, CLERK, {**ONE, "claims": [{}, {"desk": "nearly"}]}),
            "t:3:1 claims[1].desk: `nearly` is no word of access",
        ),
        ((HEAD, CLERK, {**ONE, "claims": [{"desk": 0.5}]}), "Expected str, got float"),
        ((HEAD, CLERK, '{"document": "d1", "source": "clerk", "claims": [{"desk": NaN}]}'), "t:3:1 JSON is malformed"),
        ((HEAD, CLERK, '{"document": "\\ud800", "source": "x", "claims": []}'), "t:3:1 "),
        ((HEAD, CLERK, "[" * 10_000), "t:3:1 "),
    ],
)
def test_a_line_that_cannot_be_used_is_told_with_its_number(rows: tuple[Any, ...], fault: str) -> None:
    assert fault in faults(*rows)[0]


def test_the_first_faults_are_told_together_and_then_reading_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_file, "MOST_TOLD", 3)
    wrong = ({**ONE, "document": f"d{n}", "source": "x"} for n in itertools.count())

    assert [fault.split()[0] for fault in faults(HEAD, CLERK, *itertools.islice(wrong, 2))] == ["t:3:1", "t:4:1"]
    assert len(faults(HEAD, CLERK, *itertools.islice(wrong, 50))) == 3


def test_too_long_a_line_and_too_many_counts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "longer than 1 MB" in faults(HEAD, CLERK, "x" * (bulk_file.MOST_LINE + 1))[0]

    monkeypatch.setattr(bulk_file, "MOST_CELLS", 10)
    assert "split the file by source" in faults(HEAD, CLERK)[0]


def test_the_command_prints_the_order_of_work_and_the_same_as_json(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "disk.jsonl"
    file.write_bytes(lines(HEAD, CLERK, CABLE, ONE, TWO))

    code = run(["incident", "bulk", str(file), "--top", "1"])
    out = " ".join(capsys.readouterr().out.split())
    run(["incident", "bulk", str(file), "--json"])
    house = json.loads(capsys.readouterr().out)["house_only"]

    assert code == 0
    assert "1 PERSON MAY BE IN DANGER" in out
    assert "1. clerk (human), within 48 hours:" in out
    assert "and 1 more; `--top` shows more of them" in out
    assert [each["source"] for each in house["sources"]] == ["clerk", "cable"]
    assert house["persons_in_danger"] == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [("gone.jsonl", "cannot be read: no such file"), (".", "not an ordinary file"), ("a\0b", "no such name")],
)
def test_what_is_no_file_is_told(name: str, said: str, capsys: Captured, tmp_path: Path) -> None:
    assert run(["incident", "bulk", name if "\0" in name else str(tmp_path / name)]) == 2
    assert said in capsys.readouterr().err


def test_no_name_can_drive_the_terminal_or_be_taken_for_markup(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "disk.jsonl"
    file.write_bytes(lines({**HEAD, "title": "[bold]A disk[/] [/x]"}, {**CLERK, "source": "[red]"}))

    for wrong in ({**HEAD, "title": "\x1b[31m"}, {**HEAD, "title": "\u202ered"}):
        assert faults(wrong, CLERK) == ["t:1:1 a control character in the text"]
    assert faults(HEAD, {**CLERK, "source": "\x1b]0;x\x07"}) == ["t:2:1 a control character in the text"]
    code = run(["incident", "bulk", str(file)])

    out = capsys.readouterr().out
    assert code == 0
    assert "[bold]A disk[/] [/x]" in out
    assert "[red] (human)" in out
