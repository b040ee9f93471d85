"""Laws of every label system: reading gives back what was written, and nothing is ever loosened."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_labels import LABELS, TODAY, ism_marks, readers, without_dates
from tearline.markings import SYSTEMS
from tearline.markings.handling import looser
from tearline.markings.ism import groups
from tearline.markings.ism.attributes import attributes, marked
from tearline.markings.ism.document import Portion
from tearline.markings.ism.json_portions import portion
from tearline.markings.ism.mark import IsmMark
from tearline.markings.mapping import mapped
from tearline.markings.nato.label import Label
from tearline.markings.nato.own_policy import NATO_POLICY
from tearline.markings.nato.xml_labels import read_label

KEYS = sorted(SYSTEMS)
FEW = settings(max_examples=50)
"""For laws that are tried on ten systems each."""


def rolled(key: str, labels: list[Any]) -> Any:
    """What labels of one system roll up to, without dates, in a form that says equal things equally."""
    return comparable(SYSTEMS[key].roll_up(labels, TODAY).label)


def comparable(label: Any) -> Any:
    """A label as it is compared: without dates; US release lists with their groups opened, lists without order."""
    if not isinstance(label, Portion):
        return label
    mark = without_dates(label).mark
    opened = {field: groups.opened_to_roll_up(getattr(mark, field)) for field in ("release_to", "display_to")}
    opened["display_to"] -= opened["release_to"]
    needs = label.need_to_know
    profiles = frozenset(needs.all_of) if needs else frozenset()
    rest = {name: value for name, value in attrs.asdict(mark, recurse=False).items() if name not in opened}
    return tuple(rest.items()), tuple(opened.items()), profiles


@pytest.mark.parametrize("key", KEYS)
@FEW
@given(data=st.data())
def test_order_does_not_matter(key: str, data: st.DataObject) -> None:
    labels = data.draw(st.lists(LABELS[key], min_size=2, max_size=4))

    turned = data.draw(st.permutations(labels))

    assert rolled(key, labels) == rolled(key, turned)


@pytest.mark.parametrize("key", KEYS)
@FEW
@given(data=st.data())
def test_a_label_twice_is_the_label_once_and_a_banner_rolls_up_to_itself(key: str, data: st.DataObject) -> None:
    labels = data.draw(st.lists(LABELS[key], min_size=1, max_size=3))
    banner = without_dates(SYSTEMS[key].roll_up(labels, TODAY).label)

    assert rolled(key, [*labels, *labels]) == rolled(key, labels)
    assert rolled(key, [banner]) == comparable(banner)


@pytest.mark.parametrize("key", KEYS)
@FEW
@given(data=st.data())
def test_rolling_up_in_steps_comes_to_the_same(key: str, data: st.DataObject) -> None:
    one, two, three = (data.draw(LABELS[key]) for _ in range(3))
    first = without_dates(SYSTEMS[key].roll_up([one, two], TODAY).label)

    assert rolled(key, [first, three]) == rolled(key, [one, two, three])


@pytest.mark.parametrize("key", KEYS)
@FEW
@given(data=st.data())
def test_whoever_a_banner_lets_in_every_portion_lets_in(key: str, data: st.DataObject) -> None:
    labels = data.draw(st.lists(LABELS[key], min_size=1, max_size=3))
    reader = data.draw(readers())
    system = SYSTEMS[key]

    let_in = system.admits(system.roll_up(labels, TODAY).label, reader)

    assert all(let_in.at_most(system.admits(label, reader)) for label in labels)


@pytest.mark.parametrize("key", KEYS)
@FEW
@given(data=st.data())
def test_what_a_banner_lets_recipients_do_every_portion_lets_them_do(key: str, data: st.DataObject) -> None:
    labels = data.draw(st.lists(LABELS[key], min_size=1, max_size=3))
    system = SYSTEMS[key]

    banner = system.handling(system.roll_up(labels, TODAY).label)

    assert [looser(system.handling(label), banner) for label in labels] == [()] * len(labels)


@pytest.mark.parametrize("key", KEYS)
@FEW
@given(data=st.data())
def test_adding_a_label_never_lets_anybody_in(key: str, data: st.DataObject) -> None:
    labels = data.draw(st.lists(LABELS[key], min_size=1, max_size=2))
    more, reader = data.draw(LABELS[key]), data.draw(readers())
    system = SYSTEMS[key]

    before = system.admits(system.roll_up(labels, TODAY).label, reader)
    after = system.admits(system.roll_up([*labels, more], TODAY).label, reader)

    assert after.at_most(before)


@pytest.mark.parametrize("key", [key for key in KEYS if key != "acs"])
@FEW
@given(data=st.data())
def test_what_is_printed_is_read_back(key: str, data: st.DataObject) -> None:
    label = data.draw(LABELS[key])
    system = SYSTEMS[key]

    written = system.write(label)

    expected = Portion(mark=label.mark) if isinstance(label, Portion) else label
    for form in (written.banner, written.portion):
        assert printed(system.read(form)) == printed(expected)


def printed(label: Any) -> Any:
    """A US marking without what is never printed."""
    if not isinstance(label, Portion):
        return label
    mark = label.mark
    bare = {"declass_date": None, "declass_exceptions": (), "approximate": False}
    hidden = {"fgi_open": ()} if mark.fgi_protected else {}
    return attrs.evolve(mark, **bare, **hidden)


@given(label=LABELS["ism"])
def test_attributes_and_json_say_the_whole_us_marking(label: Portion) -> None:
    written = SYSTEMS["ism"].write(label)

    assert marked(attributes(label.mark)) == label.mark
    assert portion(json.dumps(written.json)) == label


@given(label=LABELS["nato"])
def test_xml_says_the_whole_nato_label(label: Label) -> None:
    written = SYSTEMS["nato"].write(label)

    assert read_label(written.xml, NATO_POLICY) == label


@given(data=st.data(), key=st.sampled_from(["iep", "acs"]))
def test_json_is_read_back(data: st.DataObject, key: str) -> None:
    label = data.draw(LABELS[key])
    system = SYSTEMS[key]

    assert system.read(json.dumps(system.write(label).json)) == label


@given(level=st.sampled_from(["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]))
def test_a_stix_definition_of_tlp_is_read_back(level: str) -> None:
    label = SYSTEMS["tlp"].read(f"TLP:{level}")

    assert SYSTEMS["tlp"].read(json.dumps(SYSTEMS["tlp"].write(label).stix)) == label


@pytest.mark.parametrize("one", KEYS)
@FEW
@given(data=st.data())
def test_no_mapping_loosens_anything(one: str, data: st.DataObject) -> None:
    label = data.draw(LABELS[one])

    for other in KEYS:
        found = mapped(label, SYSTEMS[one], SYSTEMS[other])
        if found.label is not None:
            assert looser(SYSTEMS[one].handling(label), SYSTEMS[other].handling(found.label)) == ()
        else:
            assert found.would_loosen


@pytest.mark.parametrize("key", KEYS)
@FEW
@given(data=st.data())
def test_there_and_back_never_loosens(key: str, data: st.DataObject) -> None:
    label, other = data.draw(LABELS[key]), data.draw(st.sampled_from(KEYS))
    there = mapped(label, SYSTEMS[key], SYSTEMS[other])

    if there.label is not None:
        back = mapped(there.label, SYSTEMS[other], SYSTEMS[key])
        if back.label is not None:
            assert looser(SYSTEMS[key].handling(label), SYSTEMS[key].handling(back.label)) == ()


@FEW
@given(data=st.data())
def test_looser_is_an_order(data: st.DataObject) -> None:
    keys = data.draw(st.lists(st.sampled_from(KEYS), min_size=3, max_size=3))

    one, two, three = (SYSTEMS[key].handling(data.draw(LABELS[key])) for key in keys)

    assert looser(one, one) == ()
    if not looser(one, two) and not looser(two, three):
        assert looser(one, three) == ()


@given(mark=ism_marks(dated=True), reader=readers())
def test_noforn_keeps_every_foreigner_out(mark: IsmMark, reader: Any) -> None:
    noforn = Portion(mark=IsmMark(classification="U", dissem=("NF",)))

    banner = SYSTEMS["ism"].roll_up([Portion(mark=mark), noforn], TODAY).label

    assert "NF" in banner.mark.dissem
    if reader.serves != "USA":
        assert not SYSTEMS["ism"].admits(banner, reader).granted


@given(label=LABELS["ism"])
def test_a_plain_unclassified_portion_changes_nothing(label: Portion) -> None:
    plain = Portion(mark=IsmMark(classification="U"))

    assert rolled("ism", [label, plain]) == rolled("ism", [label])
