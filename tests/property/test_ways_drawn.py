"""Laws of the picture of ways: whatever the graph, boxes and figures stay apart and everything is in the frame."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tearline.web.flow import BOX, DASHES, LETTERS, Link, Stop, flow

KINDS = sorted(set(DASHES) - {"given"})


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Stop], list[Link]]:
    """Us, some others with names of any length, and ways between any of them."""
    count = draw(st.integers(1, 9))
    names = draw(st.lists(st.text("abc xyz-", min_size=1, max_size=60), min_size=count, max_size=count))
    kinds = draw(st.lists(st.sampled_from(["told", "reader", "hostile"]), min_size=count, max_size=count))
    stops = [Stop(id="us", name="Us", notes=("we tell it",), kind="us", full="us")]
    stops += [
        Stop(id=str(place), name=name, notes=("almost no chance to very unlikely, 2.5–7.5%",), kind=kind, full=name)
        for place, (name, kind) in enumerate(zip(names, kinds, strict=True))
    ]
    ends = st.integers(0, count - 1).map(str)
    links = draw(
        st.lists(
            st.builds(
                Link,
                giver=st.one_of(st.just("us"), ends),
                to=ends,
                lo=st.floats(0, 0.4),
                hi=st.floats(0.4, 1),
                kind=st.sampled_from(KINDS),
                figure=st.just("0.34–0.8%"),
                full=st.just("a way"),
            ),
            max_size=14,
        )
    )
    return stops, [link for link in links if link.giver != link.to]


@given(graphs())
def test_no_box_lies_on_another_and_all_are_in_the_frame(graph: tuple[list[Stop], list[Link]]) -> None:
    stops, links = graph
    picture = str(flow("Ways", "", stops, links))

    wide, tall = map(float, re.findall(r'viewBox="0 0 (\S+) (\S+)"', picture)[0])
    boxes = [
        tuple(map(float, each)) for each in re.findall(r'<rect x="(\S+)" y="(\S+)" width="\S+" height="(\S+)"', picture)
    ]
    assert len(boxes) == len(stops)
    assert all(min(x, y) >= 0 and x + BOX <= wide and y + high <= tall for x, y, high in boxes)
    for place, (x, y, high) in enumerate(boxes):
        for other_x, other_y, other_high in boxes[place + 1 :]:
            assert x != other_x or y + high < other_y or other_y + other_high < y


@given(graphs())
def test_no_figure_lies_on_another(graph: tuple[list[Stop], list[Link]]) -> None:
    picture = str(flow("Ways", "", *graph))

    places = [tuple(map(float, each)) for each in re.findall(r'class="figure" x="(\S+)" y="(\S+)"', picture)]
    for place, (x, y) in enumerate(places):
        assert all(x != other_x or abs(y - other_y) >= 16 for other_x, other_y in places[place + 1 :])


@given(graphs())
def test_the_same_graph_is_drawn_the_same(graph: tuple[list[Stop], list[Link]]) -> None:
    assert flow("Ways", "", *graph) == flow("Ways", "", *graph)


@given(graphs())
def test_a_long_name_is_cut_and_said_whole(graph: tuple[list[Stop], list[Link]]) -> None:
    stops, links = graph
    picture = str(flow("Ways", "", stops, links))

    written = re.findall(r'<text class="(?:label|note)"[^>]*>([^<]*)</text>', picture)
    assert max(map(len, written)) <= LETTERS
    assert all(f"<title>{stop.full}</title>" in picture for stop in stops)
