"""A case file while somebody works on it: choices in every spelling, links, modes, and a wheel that has the page."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tearline import cases
from tearline.cases.choosing import chosen
from tearline.cases.working import Working
from tearline.domain import ClaimId, VersionId
from tearline.errors import CaseFileError, InputError, StaleError

PLOT, CONVOY = ClaimId("plot"), ClaimId("convoy")
WARNING, MOVEMENT = VersionId("warning"), VersionId("movement")

SPELLINGS = {
    "flow list": "  claims: [plot]\n",
    "flow mapping": "  claims: {plot: exact}   # why\n",
    "block list": "  claims:\n    - plot\n",
    "block list not moved in": "  claims:\n  - plot\n  # after\n",
    "block mapping": "  claims:\n    plot:\n    convoy: movement   # both\n",
    "over several lines": "  claims: [\n    plot,  # this\n    convoy\n  ]\n",
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_a_choice_replaces_one_value_however_it_is_spelled(spelling: str) -> None:
    text = cases.text_of("essay").replace("  claims: [plot]\n  by", f"{spelling}  by")
    file = cases.read(text)

    then = chosen(file, "case.yaml", None, {CONVOY: MOVEMENT, PLOT: WARNING})

    assert dict(cases.read(then).case.proposal.claims) == {CONVOY: MOVEMENT, PLOT: WARNING}
    before, after = text.split(spelling)
    assert then.startswith(before)
    assert then.endswith(after)


@pytest.mark.parametrize("name", cases.names())
def test_every_shipped_case_takes_a_choice(name: str) -> None:
    file = cases.open_shipped(name)
    vaguest = {claim: file.case.claim(claim).versions[-1].id for claim in file.case.proposal.claims}

    then = chosen(file, name, None, vaguest)

    assert dict(cases.read(then, policy=file.case.policy).case.proposal.claims) == vaguest


def test_no_claim_is_no_choice() -> None:
    with pytest.raises(InputError, match="nothing is chosen"):
        chosen(cases.open_shipped("essay"), "essay", None, {})


@pytest.fixture
def working(tmp_path: Path) -> Working:
    """The worked example, worked on."""
    file = tmp_path / "mine.yaml"
    file.write_text(cases.text_of("essay"), "utf-8")
    return Working.on(str(file), cases.load(file))


def test_a_link_stays_one_and_the_file_behind_it_changes(tmp_path: Path, working: Working) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(tmp_path / "mine.yaml")
    through = Working.on(str(link), cases.load(link))

    through.change(through.text + "# more\n", through.digest)

    assert link.is_symlink()
    assert (tmp_path / "mine.yaml").read_text("utf-8").endswith("# more\n")


def test_a_file_that_is_gone_is_not_made_again(working: Working) -> None:
    assert working.path is not None
    working.path.unlink()

    with pytest.raises(StaleError):
        working.change(working.text + "# more\n", working.digest)

    assert not working.path.exists()


def test_a_text_that_is_no_case_changes_nothing(working: Working) -> None:
    before = working.text

    with pytest.raises(CaseFileError):
        working.change("tearline: 1\n", working.digest)

    assert working.text == before
    assert not working.can_undo


def test_a_change_after_an_undo_leaves_nothing_to_make_again(working: Working) -> None:
    working.change(working.text + "# one\n", working.digest)
    working.undo(working.digest)
    working.change(working.text + "# two\n", working.digest)

    with pytest.raises(InputError, match="no change was taken back"):
        working.redo(working.digest)

    assert working.text.endswith("# two\n")


def test_the_wheel_carries_the_page(root: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]

    subprocess.run(build, cwd=root, check=True, capture_output=True)

    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    built = (root / "src/tearline/web/static/build/htmx.min.js").exists()
    assert {"tearline/web/templates/case.html", "tearline/web/static/tearline.css"} <= names
    assert ("tearline/web/static/build/htmx.min.js" in names) == built
