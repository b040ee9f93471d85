"""The figures of the explanation are those that the engine works out today."""

from experiments.explained import FIGURE, figure


def test_the_figure_of_time_and_cover_is_current() -> None:
    assert FIGURE.read_text("utf-8") == figure()
