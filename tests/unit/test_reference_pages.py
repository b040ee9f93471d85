"""The generated pages of the reference are what the code says now."""

import pytest

from tools.write_reference import REFERENCE, pages


@pytest.mark.parametrize(
    "name", ["case-file.md", "policy-file.md", "incident-file.md", "answer.md", "paper.md", "defaults.md", "moves.md"]
)
def test_a_generated_page_is_current(name: str) -> None:
    assert (REFERENCE / name).read_text("utf-8") == pages()[name], "run `make reference`"
