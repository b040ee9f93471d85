"""Laws of beginning and typing: nothing typed is lost, and no name leads out of the folder."""

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearline import cases
from tearline.cases.working import Working, held
from tearline.errors import InputError

pytest.importorskip("litestar")

from tearline.web.faults import LINE_END, faults
from tearline.web.naming import named

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
MINIMAL = cases.template("minimal")
FOLDER = Path("/folder")

# Any text, and texts that are almost cases: one with a character put in somewhere.
TEXTS = st.text(max_size=200) | st.builds(
    lambda at, said: MINIMAL[:at] + said + MINIMAL[at:], st.integers(0, len(MINIMAL)), st.text(min_size=1, max_size=3)
)


@given(text=TEXTS)
def test_what_was_typed_is_found_by_the_next_command_and_the_file_is_as_it_was(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "case.yaml"
        file.write_bytes(MINIMAL.encode())
        Working.on(str(file), cases.load(file)).put_aside(text, "", NOW)

        found = Working.on(str(file), cases.load(file)).unfinished()

        assert file.read_bytes() == MINIMAL.encode()
        assert (text if found is None else found.text) == text
        assert (found is None) == (text == MINIMAL)


@given(text=TEXTS)
def test_a_text_is_a_case_or_has_faults_each_of_which_can_be_shown(text: str) -> None:
    file = held(text, "case.yaml", None)

    problems = getattr(file, "problems", ())
    lines = LINE_END.split(text)
    for fault, problem in zip(faults(problems, "case.yaml", text), problems, strict=True):
        assert fault.place + fault.told == problem.seen_in("case.yaml")
        assert (fault.before + fault.word + fault.after).isprintable()
        assert fault.line <= len(lines)


@given(name=st.text(max_size=30) | st.builds("{}.yaml".format, st.text(max_size=30)))
def test_a_name_is_refused_or_lies_in_the_folder_and_is_seen(name: str) -> None:
    try:
        path = named(name, FOLDER)
    except InputError:
        return

    assert path.parent == FOLDER
    assert not path.name.startswith(".")
    assert path.name.isprintable()
    assert path.suffix in (".yaml", ".yml")
