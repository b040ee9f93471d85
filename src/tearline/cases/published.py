"""The format as others see it: a JSON Schema for editors, a reference table for people."""

from __future__ import annotations

from enum import Enum
from typing import Any

from tearline.cases.format import CASE
from tearline.cases.format.parts import FORMAT
from tearline.cases.shapes import NEEDED, Field, Record, records


def schema() -> dict[str, Any]:
    """The format in JSON Schema, draft 2020-12, as far as one value at a time can be judged.

    Every file as :func:`tearline.cases.write` writes it satisfies it, with scalars typed as in YAML
    1.2. It cannot say that references lead somewhere and that versions keep their order.
    """
    return schema_of(CASE, f"Tearline case file, version {FORMAT}")


def schema_of(whole: Record, title: str) -> dict[str, Any]:
    """A format in JSON Schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "$ref": whole.schema()["$ref"],
        "$defs": {_key(record): record.definition() for record in records(whole).values()},
    }


def _key(record: Record) -> str:
    return str(record.schema()["$ref"]).rpartition("/")[2]


def reference() -> str:
    """The format of the case file in Markdown."""
    return reference_of(CASE)


def reference_of(whole: Record) -> str:
    """A format in Markdown: one table for each kind of record, the whole file first."""
    return "\n\n".join(_section(record) for record in records(whole).values()) + "\n"


def _section(record: Record) -> str:
    rows = [f"| `{field.name}` | {field.says} | {field.shape.words()} | {left_out(field)} |" for field in record.fields]
    head = ["| key | meaning | what may stand there | if left out |", "|---|---|---|---|"]
    return "\n".join([f"### {record.name}", "", record.says, "", *head, *rows])


def left_out(field: Field) -> str:
    """What stands in for a key that is left out, in a few words."""
    if field.default is NEEDED:
        return "*must be given*"
    if field.otherwise:
        return field.otherwise
    if isinstance(field.default, Enum):
        return f"`{field.default.value}`"
    if isinstance(field.default, bool):
        return f"`{str(field.default).lower()}`"
    return str(field.default) if field.default else "nothing"
