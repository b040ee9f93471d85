"""A record is spelled fast where it is plain, and the same as the slow way spells it."""

from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearline.errors import InputError
from tearline.ledger.commitments import LARGEST_NUMBER, canonical

texts = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(["\ufb33", "\U0001f600", "\x7f", '\x1f\\"'])
numbers = st.integers(-LARGEST_NUMBER, LARGEST_NUMBER)
records = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=5),
    max_leaves=12,
)


class Number(int):
    """A whole number that is not the plainest, so that nothing with it in is."""


def slow(record: Any) -> Any:
    """The same record, of types that only the slow way knows."""
    if isinstance(record, dict):
        return MappingProxyType({name: slow(value) for name, value in record.items()})
    if isinstance(record, list):
        return [slow(value) for value in record]
    return Number(record) if type(record) is int else record


@given(records)
def test_the_fast_way_spells_what_the_slow_way_spells(record: Any) -> None:
    fast, plain = canonical(record), canonical([slow(record), Number(0)])

    assert b"[" + fast + b",0]" == plain


@given(records, st.sampled_from([0.5, float("nan"), LARGEST_NUMBER + 1, -LARGEST_NUMBER - 1, "\ud800", b"", {1: 2}]))
def test_what_has_no_one_spelling_is_refused_wherever_it_stands(record: Any, wrong: Any) -> None:
    with pytest.raises(InputError):
        canonical([record, {"in": wrong}])
