"""Laws of the case file, for generated cases and for damaged ones."""

from __future__ import annotations

import json
import math
from typing import Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tearline.cases import QUESTIONS, AnswerKind, CaseFile, compose, read, text_of, write
from tearline.errors import CaseFileError

IDS = st.from_regex(r"[a-zA-Z0-9_é][a-zA-Z0-9_.é-]{0,8}", fullmatch=True).filter(
    lambda text: text not in ("null", "person", "partner", "proposition")
)
WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=40),
    st.text(st.sampled_from("ab :#-'\"{}[],&*!|>%@`?~\n\\\u2028\u0085\u00a0\t"), max_size=12),
    st.sampled_from(
        ["yes", "NO", "12", "1.5", "true", "2026-11-20", "- a", "a: b", "a\nb\n", "a\n\n b\n", "", " ", "~"]
    ),
    st.lists(st.sampled_from(["some", "words", "of a", "report"]), min_size=40, max_size=45).map(" ".join),
).filter(lambda text: not any(0x7F <= ord(c) <= 0x84 or 0x86 <= ord(c) <= 0x9F for c in text))
SAID = WORDS.filter(lambda text: text.strip() != "")
CHANCES = st.floats(0, 1).map(lambda number: round(number, 6))
DAYS = st.dates().map(lambda day: day.isoformat())
WORDS_OF_ACCESS = ("absent", "rumour", "near", "informed", "present")


def some(draw: st.DrawFn, **optional: st.SearchStrategy[Any]) -> dict[str, Any]:
    """Any part of the optional keys."""
    return {key.strip("_"): draw(values) for key, values in optional.items() if draw(st.booleans())}


def pairs(values: st.SearchStrategy[float]) -> st.SearchStrategy[list[float]]:
    return st.lists(values, min_size=2, max_size=2).map(sorted)


def several(ids: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(ids), unique=True, max_size=3)


@st.composite
def groups(draw: st.DrawFn, persons: list[str], others: list[str], cells: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in persons:
        choices: list[Any] = [[], cells, *cells]
        found[name] = some(draw, count=st.integers(1, 10**6), in_=st.sampled_from(choices))
    for name in others:
        weight = draw(st.floats(0.001, 0.09).map(lambda number: round(number, 4)))
        channel = draw(st.booleans())
        found[name] = {"channel" if channel else "other": True, "weight": weight}
        if channel and draw(st.booleans()):
            found[name]["via"] = {persons[0]: draw(CHANCES)}
    return found


def others(versions: dict[str, Any], known: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """What would have been said had the truth been other, up to some version."""
    level = st.just("near")
    words = st.fixed_dictionaries({"text": SAID, "known": st.dictionaries(st.sampled_from(known), level, min_size=1)})
    depths = st.integers(1, len(versions)).map(lambda depth: list(versions)[:depth])
    said = depths.flatmap(lambda ids: st.fixed_dictionaries(dict.fromkeys(ids, words)))
    return st.dictionaries(IDS, st.fixed_dictionaries({"versions": said}), max_size=2)


TAINTS = st.fixed_dictionaries(
    {"how": st.sampled_from(["torture", "unlawful"])}, optional={"why": WORDS, "authority": WORDS}
)


@st.composite
def claims(draw: st.DrawFn, known: list[str], sources: list[str]) -> dict[str, Any]:
    worth = sorted(draw(st.lists(st.floats(0, 10).map(lambda n: round(n, 3)), min_size=1, max_size=3)), reverse=True)
    versions = {}
    for rank, value in enumerate(worth):
        version: dict[str, Any] = {"text": draw(SAID)}
        if draw(st.booleans()) or rank:
            version["value"] = value
        versions[f"v{rank}"] = version
    held = some(draw, sources=several(sources) if sources else st.just([]), credibility=st.integers(1, 6))
    if draw(st.booleans()) and known:
        for group in draw(several(known)):
            levels = draw(
                st.lists(st.sampled_from(range(len(WORDS_OF_ACCESS))), min_size=len(worth), max_size=len(worth))
            )
            for version, level in zip(versions.values(), sorted(levels), strict=True):
                version.setdefault("known", {})[group] = WORDS_OF_ACCESS[level]
        if len(worth) == 1:
            written = st.one_of(CHANCES, pairs(CHANCES))
            versions["v0"].setdefault("known", {}).update(draw(st.dictionaries(st.sampled_from(known), written)))
    if draw(st.booleans()):
        free = [group for group in known if not any(group in each.get("known", {}) for each in versions.values())]
        held |= {"event": draw(IDS)} | some(draw, siblings=others(versions, free) if free else st.just({}))
    risks = st.dictionaries(st.sampled_from(["torture", "killing"]), st.sampled_from(["real", "none"]))
    judgement = st.fixed_dictionaries({"by": SAID, "risk": risks}, optional={"after_mitigation": st.just(True)})
    person = st.fixed_dictionaries(
        {"id": SAID, "risk": risks}, optional={"judgements": st.lists(judgement, max_size=2)}
    )
    held |= some(draw, persons=st.lists(person, max_size=2, unique_by=lambda one: one["id"]), tainted=TAINTS)
    if held.get("persons") and draw(st.booleans()):
        told = st.lists(st.sampled_from(["identity", "place", "time"]), min_size=2, max_size=3, unique=True)
        versions["v0"]["tells"] = {held["persons"][0]["id"]: draw(told)}
    return held | {"versions": versions}


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """Plain data of a valid case with any part of what may be left out."""
    names = draw(st.lists(IDS, min_size=3, max_size=6, unique=True))
    us, them, *others = names
    found = draw(st.lists(IDS, min_size=2, max_size=5, unique=True))
    persons, impersonal = found[:1], found[1:]
    cells = [id_ for id_ in draw(st.lists(IDS, max_size=2, unique=True)) if id_ not in found]
    sources = draw(st.lists(IDS, max_size=3, unique=True))
    case: dict[str, Any] = {"tearline": 1, "title": draw(SAID), "us": us}
    case |= some(
        draw, about=st.fixed_dictionaries({}, optional={"summary": WORDS, "cites": st.lists(SAID, max_size=2)})
    )
    case["parties"] = {
        id_: some(
            draw,
            name=WORDS,
            kind=st.sampled_from(["state", "public"]),
            presence=st.lists(SAID, max_size=2),
            consulted=st.fixed_dictionaries(
                {}, optional={"asked_anyway": CHANCES, "answers_in": st.integers(0, 99), "next_round": DAYS}
            ),
        )
        for id_ in names
    }
    case["parties"][them]["trust"] = some(draw, handling=st.sampled_from(["sound", "wary"]), use=st.just("fair"))
    if cells:
        case["organisations"] = {id_: some(draw, of=st.just(them)) for id_ in cells}
    case["sources"] = {
        id_: {"kind": draw(st.sampled_from(["human", "signals"])), "owner": us}
        | some(
            draw,
            placement=WORDS,
            descriptor=WORDS,
            depends_on=st.just(sources[:rank]),
            tainted=TAINTS,
            recruited_in=st.just("watch"),
            material=st.just([us, them]),
            host=st.just(them),
        )
        for rank, id_ in enumerate(sources)
    }
    case["operations"] = {"watch": {"owners": [us, them]} | some(draw, name=WORDS, host=st.just(them))}
    with_groups = draw(st.booleans())
    if with_groups:
        case["readers"] = {them: {"groups": draw(groups(persons, impersonal, cells))} | some(draw, tries=st.just(2))}
    known = found if with_groups else []
    ids = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    case["claims"] = {id_: draw(claims(known, sources)) for id_ in ids}
    told = {ids[0]: "v0"}
    behind = draw(st.lists(IDS, max_size=2, unique=True))
    if behind:
        case["causes"] = {id_: {"probability": draw(CHANCES)} | some(draw, name=WORDS) for id_ in behind}
    edge = {"from": them, "to": others[0], "how": "onward"} | some(draw, or_if=st.just(behind))
    case |= some(
        draw,
        leak_paths=st.lists(st.one_of(CHANCES, pairs(CHANCES)).map(lambda p: edge | {"probability": p}), max_size=2),
        given=st.lists(DAYS.map(lambda on: {"to": [them], "on": on, "claims": told}), max_size=2),
        questions=st.lists(
            DAYS.map(lambda on: {"party": them, "on": on, "covers": told, "to": [them, others[0]]}), max_size=2
        ),
    )
    if len(ids) > 1 and draw(st.booleans()):
        case["claims"][ids[1]]["derived_from"] = [ids[0]]
    proposal = some(draw, by=WORDS, harm_by=DAYS, harm_of_silence=WORDS, form=st.just("release"), allows=st.just([]))
    wanted: list[Any] = [ids, dict.fromkeys(ids), {ids[0]: "v0"}]
    case["proposal"] = proposal | {"to": them, "claims": draw(st.sampled_from(wanted))}
    if sources:
        case["secrets"] = {"s": {"of": sources[0], "is": "person"} | some(draw, budget=st.just({"crowd": 7}))}
    return case


def plain(node: object) -> object:
    """Data as written, where ``1`` and ``1.0`` are one number and nothing is one thing however it is spelled."""
    if isinstance(node, dict):
        return {str(key): plain(value) for key, value in node.items()} or None
    if isinstance(node, list):
        return [plain(item) for item in node] or None
    try:
        number = float(str(node))
        return number if math.isfinite(number) else str(node)
    except ValueError:
        return None if node in (None, "", "null") else str(node).lower() if isinstance(node, bool) else node


@settings(max_examples=60, deadline=None)
@given(cases())
def test_a_case_is_read_and_written_with_nothing_added_or_lost(data: dict[str, Any]) -> None:
    file = read(json.dumps(data, ensure_ascii=False, separators=(",", ":")))

    text = write(file)

    again = read(text)
    assert again == file
    assert again.assumed == file.assumed
    assert write(again) == text
    assert plain(yaml.load(text, yaml.BaseLoader)) == plain(data)


@settings(max_examples=25, deadline=None)
@given(cases())
def test_what_another_writer_of_yaml_wrote_is_the_same_case(data: dict[str, Any]) -> None:
    written = yaml.dump(data, Dumper=_PlainDumper, sort_keys=False)

    assert write(read(written)) == write(read(json.dumps(data)))


class _PlainDumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_with_places_and_never_tells_a_placement(data: st.DataObject) -> None:
    text = text_of("essay").replace("official in X's Communications Ministry", "kowalski")
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.sampled_from([0, 1, 1, 5, 60])))
        damage = data.draw(
            st.sampled_from(["", ":", " ", "\n", "\t", "- ", "[", "}", "nan", "-1", '"', "&a ", "*a", "é", "!x "])
        )
        if "kowalski" not in text[max(0, start - 60) : end + 60]:
            text = text[:start] + damage + text[end:]

    outcome = attempt(text)

    if isinstance(outcome, CaseFile):
        assert read(write(outcome)) == outcome
        assert "kowalski" not in repr(outcome)
    else:
        assert outcome.problems
        assert all(0 <= problem.line <= text.count("\n") + 2 for problem in outcome.problems)
        assert "kowalski" not in str(outcome)


def attempt(text: str) -> CaseFile | CaseFileError:
    try:
        return read(text)
    except CaseFileError as refused:
        return refused


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
@example("{a: &a [*a]}")
@example("? - ? - : :")
@example("!!python/object/apply:os.system [ls]")
def test_any_text_is_read_or_refused(text: str) -> None:
    outcome = attempt(text)

    assert isinstance(outcome, CaseFile) or outcome.problems


ANSWERS = st.one_of(
    st.text(max_size=30),
    st.text(st.sampled_from("ab:#-'\"{}[]<>,&*!|%@`?~ \n\t\\\u2028\x00"), max_size=12),
    st.sampled_from(["<us>", "- a: b", "yes", "12", "null", "é" * 200, "\u202e", "\ud800", "State A", "---", "..."]),
)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_an_interview_always_ends_in_a_file_that_reads(data: st.DataObject) -> None:
    answers = {}
    for question in QUESTIONS:
        if question.kind is AnswerKind.CHOICE:
            answers[question.key] = data.draw(st.sampled_from(["", *question.choices]))
        elif question.kind is AnswerKind.COUNTS:
            exact, vague = sorted(data.draw(st.lists(st.integers(1, 10**8), min_size=2, max_size=2)))
            answers[question.key] = f"{exact}, {vague}"
        else:
            answers[question.key] = data.draw(ANSWERS)

    file = read(compose(answers))

    assert len(file.case.parties) >= 3
    assert read(write(file)) == file
