"""Write the pages of the reference that follow from the code: case and policy file, answer, defaults, moves.

``make reference`` runs it; a test fails while a page is not what this writes.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

import attrs
import msgspec

from tearline import cases
from tearline.assess import assess
from tearline.cases.conditions import Words
from tearline.cases.incident_format import INCIDENT
from tearline.cases.policy_format import policy_record
from tearline.cases.published import reference_of
from tearline.damage.assessment import HOURS_TO_HARM
from tearline.damage.choices import FOR_METHODS, FOR_PEOPLE
from tearline.damage.magnitude import WEIGHTS
from tearline.damage.versions import TRUTHFUL
from tearline.domain import ACCESS_WORDS, HALVES_IN, Budget, Trust, lifecycle, negotiation
from tearline.domain.defaults import (
    ASSUMED_GROUPS,
    BUDGETS,
    CELL_BELIEF,
    INVESTIGATES_ABOVE,
    LEAK_GATE,
    OTHER_SWEEP,
    REVIEW_AFTER_DAYS,
    SEVERAL_SOURCES,
    TELLING_BELOW,
    TRIES,
    UNKNOWN_ACCESS,
    USE_REFUSED,
    VALUE_PER_BIT,
)
from tearline.domain.estimative import BANDS
from tearline.domain.incidents import Measure
from tearline.domain.vocabulary import ATTRIBUTES, Attribute, Kin, Sort, answered
from tearline.exchange import answer
from tearline.exposure.reserve import reserve_price
from tearline.paper import wire
from tearline.trust import goodwill, leak_rate, use
from tearline.trust.blame import OWN_HOUSE
from tearline.trust.favours import DEPENDENT
from tearline.trust.novelty import MOSTLY_KNOWN, THIN
from tearline.trust.record import BROKEN_PROMISE, CONFESSED, NOTICED
from tearline.trust.standing import SHRINK

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"


def pages() -> dict[str, str]:
    """Every generated page, by file name."""
    return {
        "case-file.md": _case_file(),
        "policy-file.md": _policy_file(),
        "incident-file.md": _incident_file(),
        "answer.md": _answer(),
        "paper.md": _paper(),
        "defaults.md": _defaults(),
        "moves.md": _moves(),
    }


def _case_file() -> str:
    parts = [
        "# The case file",
        (
            "One situation as YAML (JSON is accepted too), version 1. An unknown key is an error with a suggestion, "
            "and `tearline check` lists every fault of a file at once. Nothing is guessed from how a value looks: a "
            "party may be called `NO`, and `yes` is a word. Most keys may be left out; what then stands in is here or "
            "in [defaults](defaults.md), and the answer lists what it leaned on. `tearline cases essay` prints a full "
            "example with comments, `tearline schema` a JSON Schema with which editors complete and check."
        ),
        cases.reference().replace("\n### ", "\n## ").replace("### case", "## case", 1),
    ]
    return "\n\n".join(parts)


def _policy_file() -> str:
    attributes = [
        f"| `{a.key}` | {a.says} | {_sort(a)} | {'yes' if a.chosen else 'no'} |"
        for a in (*ATTRIBUTES.values(), attrs.evolve(answered("QUESTION"), says="What the officer answered."))
    ]
    operators = [
        "| `a`, `[a, b]` | it is that, or one of those | all but sets |",
        "| `{not: a}`, `{not: [a, b]}` | it is something else | all but sets |",
        "| `{at_least: a}`, `{at_most: a}`, `{above: a}`, `{below: a}` | it compares so | what has an order |",
        "| `{among: GROUP}` | it is one of the group, or one of the group is in it | `recipient`, `source.owners` |",
        "| `{includes: a}`, `{includes: [a, b]}` | one of them is in it | sets |",
        "| `{only: [a, b]}` | nothing else is in it | sets of words |",
    ]
    parts = [
        "# The policy file",
        (
            "Rules of law and policy as YAML (JSON is accepted too), version 1. A case names one by `policy`; "
            "`tearline policy check` lists every fault of a file at once, then what is wrong with what it says. "
            "[Write a policy](../howto/write-a-policy.md) shows how, [rules](../explanation/rules.md) what they mean. "
            "`tearline policy show five-criteria` prints one with comments, `tearline schema policy` a JSON Schema."
        ),
        reference_of(policy_record(Words())).replace("\n### ", "\n## ").replace("### policy", "## policy", 1).rstrip(),
        "## Conditions",
        (
            "Keys in one place hold together. `all` and `any` take a list of conditions, `not` takes one. "
            "`agreement.in_force` is `true` where the agreement that the proposal names is one of the policy's, and "
            "extends to recipient, day, purpose and form. `earlier` counts releases to the recipient: "
            "`{of: same-source, within_days: 90, at_least: 3}`; `of` is "
            + ", ".join(f"`{kin.value}`" for kin in Kin)
            + " (left out: anything), and without `within_days` all there were count. Every other key is an attribute:"
        ),
        "\n".join(["| attribute | meaning | values | chosen by who proposes |", "|---|---|---|---|", *attributes]),
        (
            "What the case does not state is unknown, and no default stands in for it. Where the policy lists "
            "`markings`, they have that order, and a marking that it does not list is unknown."
        ),
        "\n".join(["| written | meaning | for |", "|---|---|---|", *operators]),
        "A comparison that always or never holds is a fault of the file.",
    ]
    return "\n\n".join(parts) + "\n"


def _incident_file() -> str:
    parts = [
        "# The incident file",
        (
            "Something that got out, as YAML (JSON is accepted too), version 1. It names a case, and every fault is "
            "listed at once, against that case too. What it did is not written in it: that is the answer of "
            "`tearline damage`. [The first hour of an incident](../howto/first-hour-of-an-incident.md) shows how to "
            "begin; `tearline incident list oval-office` prints one with comments, `tearline schema incident` a JSON "
            "Schema."
        ),
        reference_of(INCIDENT).replace("\n### ", "\n## ").replace("### incident", "## incident", 1).rstrip(),
        "## Tables",
        "What stands in where the file says nothing, and what its words are worth. All of it is judgement.",
        _table("grade", "how likely an account reports the truth", _truthful()),
        _table("rank", "source-years in a year", {rank.value: f"{weight:g}" for rank, weight in WEIGHTS.items()}),
        _table("kind of source", "hours to harm", {kind.value: f"{hours:g}" for kind, hours in HOURS_TO_HARM.items()}),
        _table("for people", "costs, saves, spares", {m.name: _measure(m) for m in FOR_PEOPLE}),
        _table("for methods", "costs, saves, spares", {m.name: _measure(m) for m in FOR_METHODS}),
    ]
    return "\n\n".join(parts) + "\n"


def _truthful() -> dict[str, str]:
    return {grade.value: f"{p.mid:g} ({p.lo:g} to {p.hi:g})" for grade, p in TRUTHFUL.items()}


def _measure(measure: Measure) -> str:
    return f"{measure.costs:g}, {measure.saves:g}, {measure.spares:g}"


def _table(first: str, second: str, rows: Mapping[str, str]) -> str:
    return "\n".join([f"| {first} | {second} |", "|---|---|", *(f"| {key} | {held} |" for key, held in rows.items())])


def _sort(attribute: Attribute) -> str:
    if not attribute.words:
        return attribute.sort.value
    order = ", lowest first" if attribute.sort is Sort.GRADE else ""
    several = "set of " if attribute.sort.is_set else ""
    return f"{several}{', '.join(f'`{word}`' for word in attribute.words)}{order}"


def _answer() -> str:
    parts = [
        "# The answer",
        (
            "What `tearline assess CASE --json` prints: shape 1. A later shape gets another number; fields are only "
            "added within one. Every field is in one of two parts: `may_leave` holds all that may leave the house, "
            "and is null unless the decision is `allow`; `house_only` stays. Probabilities are numbers in [0, 1]; "
            "`lo` and `hi` are edges over all intervals and the whole sweep of priors, `mid` is the best point under "
            "the prior as written; figures have nine significant digits. "
            "`tearline schema answer` prints the JSON Schema."
        ),
        *_structs(answer.WireAnswer, []),
        "## A whole answer",
        "The worked example, with nothing left out:",
        f"```console\n$ tearline assess essay --json  # exit 3\n{_worked()}\n```",
    ]
    return "\n\n".join(parts) + "\n"


def _paper() -> str:
    parts = [
        "# A paper",
        (
            "What `tearline take CASE PAPER --as json` writes: shape 1. A later shape gets another number; fields are "
            "only added within one. One of two keys holds the paper and the other is null: `may_leave`, or "
            "`house_only` for what stays. [Take it away](../howto/take-it-away.md) says what stands on which paper. "
            "`tearline schema paper` prints the JSON Schema."
        ),
        *_structs(wire.WirePaper, []),
    ]
    return "\n\n".join(parts) + "\n"


def _worked() -> str:
    file = cases.open_shipped("essay")
    return answer.encode(assess(file.case, assumed=[f"{a.path}: {a.what}" for a in file.assumed]))


def _structs(struct: type[msgspec.Struct], met: list[type]) -> Iterator[str]:
    """A section for a structure and, after it, for every structure inside it."""
    if struct in met:
        return
    met.append(struct)
    fields = msgspec.structs.fields(struct)
    rows = [f"| `{field.name}` | {_type(field.type)} |" for field in fields]
    yield f"## {_name(struct)}"
    yield inspect.cleandoc(struct.__doc__ or "").replace("``", "`")
    yield "\n".join(["| field | type |", "|---|---|", *rows])
    for field in fields:
        for inner in _inside(field.type):
            yield from _structs(inner, met)


def _inside(kind: object) -> list[type[msgspec.Struct]]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [kind]
    return [found for part in getattr(kind, "__args__", ()) for found in _inside(part)]


def _name(struct: type[msgspec.Struct]) -> str:
    return struct.__name__.removeprefix("Wire")


def _type(kind: object) -> str:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return f"[{_name(kind)}](#{_name(kind).lower()})"
    arguments = getattr(kind, "__args__", ())
    origin = getattr(kind, "__origin__", None)
    if origin is list:
        return f"list of {_type(arguments[0])}"
    if origin is dict:
        return f"{_type(arguments[0])} to {_type(arguments[1])}"
    if arguments:
        return " or ".join(_type(part) for part in arguments)
    return {"str": "text", "float": "number", "int": "number", "bool": "true or false", "NoneType": "null"}.get(
        getattr(kind, "__name__", ""), getattr(kind, "__name__", str(kind))
    )


def _defaults() -> str:
    words = [
        f"| `{w}` | {i.mid:g} | {i.lo:g} to {i.hi:g} |"
        for w, i in {**ACCESS_WORDS, "(unknown)": UNKNOWN_ACCESS}.items()
    ]
    names = [field.name for field in attrs.fields(Budget)]
    budgets = [
        f"| {kind.value} | " + " | ".join(f"{getattr(b, n):g}" for n in names) + " |" for kind, b in BUDGETS.items()
    ]
    trust = [f"| `{t.value}` | {leak_rate(t).lo:.4f} to {leak_rate(t).hi:.4f} |" for t in Trust]
    groups = [
        f"| `{g.id}` | {g.kind.value} | {g.count} | {g.weight if g.weight is not None else 'shares the rest'} |"
        for g in ASSUMED_GROUPS
    ]
    ends = [*(start for start, _ in BANDS[1:]), 1.0]
    bands = [f"| {start:.0%} to {end:.0%} | {word} |" for (start, word), end in zip(BANDS, ends, strict=True)]
    sweep = ", ".join(f"{point:g}" for point in OTHER_SWEEP)
    doubts = " and ".join(f"{concentration:g}" for concentration in SEVERAL_SOURCES)
    parts = [
        "# Defaults",
        (
            "Every number that stands in where a case is silent. They are judgement, cautious on the source's side, "
            "the same for every case, and live in one place in the code: `tearline/domain/defaults.py` (access words "
            "and widths in `grades.py`, trust and favours in `tearline/trust/`). An answer lists those it leaned on."
        ),
        "## Access words",
        (
            "A bare number takes the width of the word that it falls to, on an edge that of both. A pair is taken as "
            "written. *Unknown* is what every group gets for a version of which nobody has said who could know it."
        ),
        "\n".join(["| word | best | interval |", "|---|---|---|", *words]),
        "## Budgets, by kind of source",
        "\n".join(
            ["| kind | " + " | ".join(f"`{n}`" for n in names) + " |", "|---" * (len(names) + 1) + "|", *budgets]
        ),
        f"An organisation without a budget of its own: `belief` {CELL_BELIEF:g}.",
        "## Readers",
        (
            f"A reader is taken to investigate a person whom it suspects above {INVESTIGATES_ABOVE:g}, and {TRIES} at "
            f"once. It binds if its upper probability of holding anything given so far is at least {LEAK_GATE:g}. The "
            f"weight of innocent explanations is tried as written and at {sweep}."
        ),
        (
            "Where claims rest on several sources, a reader in doubt takes the next piece of evidence for another "
            f"source's with the concentrations {doubts}. Words that fit fewer than {TELLING_BELOW} documents (`fits`) "
            "tell a reader that holds the raw text as much as the report itself."
        ),
        "Where no reader of a case has candidates, these are assumed:",
        "\n".join(["| group | kind | count | weight |", "|---|---|---|---|", *groups]),
        "## Leak paths",
        (
            "A bare probability takes half its size as width on each side; 0 and 1 are certain. Where the file names "
            "no `onward` path from a party, its trust word stands for one to every hostile party, for each share:"
        ),
        "\n".join(["| handling | one share leaks |", "|---|---|", *trust]),
        "A party whose handling is not stated is taken as wary. The public reaches every party.",
        *_trust(),
        "## Reserve price",
        (
            f"What one bit of a limit may ever buy lies between {VALUE_PER_BIT[0]:g} and {VALUE_PER_BIT[1]:g} of "
            f"value; so the reserve price rises from {reserve_price(0, *VALUE_PER_BIT):.2f} a bit, while nothing is "
            f"used, to {reserve_price(1, *VALUE_PER_BIT):g}."
        ),
        "## Refusals",
        f"A refusal is looked at again after {REVIEW_AFTER_DAYS} days, or on the last day on which it can still help.",
        "## Words for probabilities",
        "The bands of ICD 203; a lower edge belongs to its band.",
        "\n".join(["| from | word |", "|---|---|", *bands]),
    ]
    return "\n\n".join(parts) + "\n"


def _trust() -> Iterator[str]:
    """What moves trust, and how much."""
    yield "## What moves trust"
    yield (
        f"That one share leaked, or one use went wrong, is noticed with {NOTICED.lo:g} to {NOTICED.hi:g}, best "
        f"{NOTICED.mid:g}. A leak with several suspects is weighed against our own house at {OWN_HOUSE:g}. A breach "
        f"that its author reports counts {CONFESSED:g} of one found out. With {SHRINK} watched shares of its own a "
        "channel weighs as much as the scope around it."
    )
    rows = [f"| {severity.value} | {ratio:g} |" for severity, ratio in use.TELLING.items()]
    rows.append(f"| a promise broken | {BROKEN_PROMISE:g} |")
    yield "\n".join(["| misuse | so many times likelier from an unsound user |", "|---|---|", *rows])
    yield (
        f"A recipient whose use goes wrong with {LEAK_GATE:g} or more is permitted things under a condition, from "
        f"{USE_REFUSED:g} on nothing beyond reading."
    )
    events = goodwill.TELLING | goodwill.OF_OURS
    yield "Good will, for advice only (what only counts if it was we who did it comes last):"
    told = [f"| {event.words} | {ratio:.2g} |" for event, ratio in events.items()]
    yield "\n".join(["| event | so many times likelier between two who drift apart |", "|---|---|", *told])
    yield "## Favours"
    yield (
        f"A favour fades by half in {HALVES_IN} days; a number takes half its size as doubt on each side. A dossier is "
        f"thin if less than {THIN:g} of what its giver may hold was new, or, where nobody has said, less than "
        f"{MOSTLY_KNOWN:.2f} of itself. A topic rests on one partner, or a channel on one officer, from "
        f"{DEPENDENT:.2f} of what comes on."
    )


def _moves() -> str:
    life = [
        f"| {_stage(m.start)} | {_stage(m.to)} | {m.says} | {' or '.join(sorted(duty.value for duty in m.who))} | "
        f"{'; '.join(need.value for need in m.needs) or 'nothing more'} |"
        for m in lifecycle.MOVES
    ]
    trade = [f"| {_stage(m.start)} | {_stage(m.to)} | {m.says} | {m.by.value} | {m.tells} |" for m in negotiation.MOVES]
    parts = [
        "# Moves",
        (
            "What may follow what, as the program has it. [The life of a proposal](../explanation/lifecycle.md) says "
            "why, and shows both tables as pictures."
        ),
        "## The life of a proposal",
        (
            "Who makes a move needs one of the duties that stand there (`officers` in the case file). What is needed "
            "besides is judged when the move is made: `tearline move` refuses with every reason at once."
        ),
        "\n".join(["| from | to | meaning | duty | needs |", "|---|---|---|---|---|", *life]),
        "## A negotiation",
        "After each move the side that receives knows of the substance what stands in the last column.",
        "\n".join(["| from | to | meaning | made by | tells |", "|---|---|---|---|---|", *trade]),
    ]
    return "\n\n".join(parts) + "\n"


def _stage(stage: Enum | None) -> str:
    return f"`{stage.value}`" if stage else "*nothing*"


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
