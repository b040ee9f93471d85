"""The published forms of the format agree with the reader: JSON Schema and reference table."""

import re
from typing import Any

import attrs
import jsonschema
import pytest
import yaml

from tearline.cases import names, read, reference, schema, template, text_of, write
from tearline.cases.format import CASE
from tearline.cases.shapes import NEEDED, records
from tearline.domain import Budget, Case, Consent, Cover, Given, Group, Party, Person, Proposal, Reader, Secret, Source
from tearline.errors import CaseFileError

TEXTS = {name: text_of(name) for name in names()} | {name: template(name) for name in ("minimal", "full")}


def typed(text: str) -> Any:
    """Data as a reader of YAML 1.2 sees it: days and ``yes`` are text."""

    class Core(yaml.SafeLoader):
        pass

    kept = ("int", "float", "null")
    Core.yaml_implicit_resolvers = {
        start: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in kept]
        for start, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))
    return yaml.load(text, Core)


def faults(data: Any) -> list[str]:
    checker = jsonschema.Draft202012Validator(schema())
    return [error.message for error in checker.iter_errors(data)]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_shipped_satisfies_the_schema(name: str) -> None:
    assert faults(typed(TEXTS[name])) == []
    assert faults(typed(write(read(TEXTS[name])))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tearline: 1", "tearline: 2"),
        ("us: A", "uss: A"),
        ("kind: human", "kind: Human"),
        ("count: 6", "count: 0"),
        ("weight: 0.3", "weight: 0"),
        ("handling: wary", "handling: wry"),
        ("value: 8", "value: 11"),
        ("government: absent", "government: nowhere"),
        ("as_of: 2026-11-20", "as_of: November"),
        ("agreed_use: [no onward,", "agreed_use: [never,"),
        ("evidence: press review 17\n", "\n"),
        ("answer: yes", "answer: maybe"),
        ("is: person,", "is: '-',"),
    ],
)
def test_what_the_schema_refuses_the_reader_refuses(old: str, new: str) -> None:
    text = template("full")
    assert old in text

    broken = text.replace(old, new)

    assert faults(typed(broken))
    with pytest.raises(CaseFileError):
        read(broken)


def test_every_key_is_described_for_editors() -> None:
    for record in schema()["$defs"].values():
        assert record["description"]
        assert all(field["description"] for field in record["properties"].values())


def test_the_reference_has_a_row_for_every_key() -> None:
    text = reference()

    for record in records(CASE).values():
        assert f"### {record.name}\n" in text
        assert all(f"| `{field.name}` |" in text for field in record.fields)


def test_links_of_the_reference_lead_to_its_headings() -> None:
    text = reference()

    headings = {heading.replace(" ", "-") for heading in re.findall(r"^### (.+)$", text, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= headings


def test_rows_of_the_reference_have_four_columns() -> None:
    rows = [line for line in reference().splitlines() if line.startswith("|")]

    assert all(line.count("|") == 5 for line in rows)


@pytest.mark.parametrize(
    "noun", [Budget, Case, Consent, Cover, Given, Group, Party, Person, Proposal, Reader, Secret, Source]
)
def test_a_default_of_the_format_is_the_default_of_the_noun(noun: type) -> None:
    record = records(CASE)["disclosure" if noun is Given else noun.__name__.lower()]
    defaults = {attribute.name: attribute.default for attribute in attrs.fields(noun)}

    stated = {field.name: field.default for field in record.fields if field.name in defaults and field.default != {}}

    needed = {name: NEEDED if defaults[name] is attrs.NOTHING else defaults[name] for name in stated}
    assert stated == needed
