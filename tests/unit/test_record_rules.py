"""The record says by which rules it was decided: the text of the policy, and the program."""

from hashlib import sha256
from pathlib import Path

import pytest

from releasing_desk import CASE, Captured, Desk, desk_in
from tearline import __version__
from tearline.cases.policies import policy_text, read_policy, shipped_policy

POLICY = """\
tearline_policy: 1
title: Desk
rules:
  words: {effect: permit, text: Words may go., owner: chief, review: 2030-01-01}
"""
RULED = f"{CASE}policy: house.yaml\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Desk:
    made = desk_in(tmp_path, monkeypatch, capsys)
    made.write(POLICY, "house.yaml")
    return made


def test_a_release_names_the_very_text_of_its_policy(desk: Desk) -> None:
    desk.release(RULED)

    (entry,) = desk.entries()
    assert entry.content is not None
    assert entry.content["policy"] == "house.yaml"
    assert entry.content["policy_text"] == sha256((desk.folder / "house.yaml").read_bytes()).hexdigest()
    assert entry.content["program"] == __version__


def test_the_same_name_with_other_rules_is_another_policy_on_record(desk: Desk) -> None:
    desk.release(RULED)
    desk.write(f"{POLICY}# reviewed in May\n", "house.yaml")
    desk.release(RULED.replace("meet", "dine").replace("meeting", "dinner").replace("clerk", "cook"), "other.yaml")

    first, second = (entry.content for entry in desk.entries())

    assert first is not None
    assert second is not None
    assert first["policy"] == second["policy"]
    assert first["policy_text"] != second["policy_text"]


def test_a_refusal_names_it_too_and_oversight_sees_it(desk: Desk) -> None:
    desk.write(POLICY.replace("permit", "forbid"), "house.yaml")
    desk.release(RULED)

    (entry,) = desk.entries()
    digest = sha256((desk.folder / "house.yaml").read_bytes()).hexdigest()
    out = desk.tearline("record", "show", "--oversight")[1]
    assert entry.kind == "refusal"
    assert entry.content is not None
    assert entry.content["policy_text"] == digest
    assert f"policy house.yaml, {digest[:16]}…" in " ".join(out.split())


def test_a_case_without_a_policy_names_none(desk: Desk) -> None:
    desk.release()

    (entry,) = desk.entries()
    assert entry.content is not None
    assert entry.content["policy_text"] is None


def test_what_a_policy_says_counts_and_not_how_its_file_looks() -> None:
    plain, remarked = read_policy(POLICY), read_policy(f"{POLICY}# a remark\n")

    assert plain == remarked
    assert plain.digest != remarked.digest
    assert shipped_policy("default").digest == sha256(policy_text("default").encode()).hexdigest()
