"""Small random policies and situations: every attribute, every operator, some things not stated."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from tearline.domain.names import RuleId
from tearline.domain.rules import ALWAYS, AtLeast, Condition, Effect, Every, Has, Not, OneOf, Policy, PolicyRule, Some
from tearline.domain.vocabulary import ATTRIBUTES, Attribute, Kin, Sort, Value, Window, answered, counted, marked

NAMES = ("B", "C", "D")
MARKINGS = ("OPEN", "RESTRICTED", "SECRET")
DAY = dt.date(2026, 11, 20).toordinal()
COUNTS = (
    counted(Window(of=Kin.ANYTHING, days=None)),
    counted(Window(of=Kin.ANYTHING, days=90)),
    counted(Window(of=Kin.SAME_SOURCE, days=90)),
    counted(Window(of=Kin.SAME_CLAIM, days=30)),
)
ASKED = (*(ATTRIBUTES[key] for key in ATTRIBUTES if key != "marking"), marked(MARKINGS), answered("plan"), *COUNTS)


def numbers(attribute: Attribute) -> st.SearchStrategy[int]:
    """A value of an ordered attribute near where rules cut it."""
    lowest, highest = attribute.reach
    near = st.integers(DAY - 2, DAY + 2) if attribute.sort is Sort.DAY else st.integers(0, 4)
    return near.map(lambda value: min(max(value, lowest), highest))


@st.composite
def tests_of(draw: st.DrawFn, attribute: Attribute) -> Condition:
    """A condition on one attribute that neither always nor never holds."""
    if attribute.sort.is_ordered:
        lowest, highest = attribute.reach
        return AtLeast(attribute, min(max(draw(numbers(attribute)), lowest + 1), highest))
    if attribute.sort.is_set:
        return Has(attribute, draw(st.sampled_from(attribute.words or NAMES)))
    if attribute.sort is Sort.FLAG:
        return OneOf(attribute, frozenset({draw(st.booleans())}))
    return OneOf(attribute, draw(st.frozensets(st.sampled_from(attribute.words or NAMES), min_size=1, max_size=2)))


def conditions(asked: tuple[Attribute, ...] = ASKED, leaves: int = 5) -> st.SearchStrategy[Condition]:
    """A condition of any form."""
    return st.recursive(
        st.sampled_from(asked).flatmap(tests_of),
        lambda inner: (
            inner.map(Not)
            | st.lists(inner, min_size=1, max_size=3).map(lambda several: Every(tuple(several)))
            | st.lists(inner, min_size=1, max_size=3).map(lambda several: Some(tuple(several)))
        ),
        max_leaves=leaves,
    )


@st.composite
def rules(draw: st.DrawFn, number: int, asked: tuple[Attribute, ...], effects: tuple[Effect, ...]) -> PolicyRule:
    """One rule."""
    effect = draw(st.sampled_from(effects))
    demand = draw(st.sampled_from(["approval", "condition", "that"])) if effect is Effect.REQUIRE else ""
    return PolicyRule(
        id=RuleId(f"r{number}"),
        effect=effect,
        text=f"rule {number}",
        owner="the desk",
        review=dt.date(2027, 11, 20),
        when=draw(conditions(asked) | st.just(ALWAYS)),
        approval="the minister" if demand == "approval" else "",
        condition="the files are in order" if demand == "condition" else "",
        that=draw(conditions(asked, leaves=2)) if demand == "that" else ALWAYS,
    )


@st.composite
def policies(
    draw: st.DrawFn,
    asked: tuple[Attribute, ...] = ASKED,
    effects: tuple[Effect, ...] = tuple(Effect),
    most: int = 5,
    few: int = 6,
) -> Policy:
    """A policy whose rules ask about a few attributes, so that they meet."""
    some = tuple(draw(st.lists(st.sampled_from(asked), min_size=1, max_size=few, unique_by=lambda a: a.key)))
    count = draw(st.integers(0, most))
    found = tuple(draw(rules(number, some, effects)) for number in range(count))
    return Policy(name="generated", markings=MARKINGS, rules=found)


@st.composite
def values_of(draw: st.DrawFn, attribute: Attribute) -> Value:
    """A value of an attribute, some that no rule mentions."""
    if attribute.sort.is_ordered:
        return draw(numbers(attribute))
    if attribute.sort is Sort.FLAG:
        return draw(st.booleans())
    names = st.sampled_from(attribute.words or (*NAMES, "E"))
    return draw(
        st.frozensets(names, min_size=int(attribute.never_empty), max_size=3) if attribute.sort.is_set else names
    )


@st.composite
def situations(draw: st.DrawFn, policy: Policy, *, stated: bool = False) -> dict[str, Value | None]:
    """A situation for a policy: every attribute that it reads, unless ``stated`` some of them not known."""
    found = {}
    for attribute in policy.attributes:
        value = draw(values_of(attribute))
        found[attribute.key] = value if stated else draw(st.sampled_from([value, value, value, None]))
    return found
