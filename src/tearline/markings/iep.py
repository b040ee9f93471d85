"""Information Exchange Policy 2.0: what recipients must and may do, as a JSON object or as words.

A statement that is missing is *ask*, never *may*. Its words here are ``IEP`` and ``statement=value`` for each.

Source: FIRST, IEP 2.0 framework and JSON specification (6 November 2019); facts only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from tearline.domain.names import fixed
from tearline.errors import InputError
from tearline.markings.handling import EVERY_ACT, Act, Answer, Handling
from tearline.markings.json_text import only, parsed
from tearline.markings.legible import legible, quoted, unknown, wording
from tearline.markings.reading import Admission, Reader, Standing
from tearline.markings.system import RolledUp, System, Written

CONFLICT: Final = "conflict"
"""Of attribution, where one policy demands what another does not allow: nobody may use it before somebody has asked."""

_ACTS: Final = {
    "externally-visible-direct-actions": EVERY_ACT,
    "externally-visible-indirect-actions": frozenset({Act.QUIETLY, Act.THIRD_PARTIES, Act.INDIRECTLY}),
    "internally-visible-actions": frozenset({Act.QUIETLY}),
    "": frozenset[Act](),
    "contact-for-instruction": frozenset[Act](),
    "none": frozenset[Act](),
}
_STANDINGS: Final = {
    "clear": Standing.PUBLIC,
    "green": Standing.COMMUNITY,
    "": None,
    "amber": Standing.CLIENT,
    "amber+strict": Standing.ORGANISATION,
    "red": Standing.NAMED,
}
STATEMENTS: Final[dict[str, tuple[str, ...]]] = {
    "encrypt_in_transit": ("may", "", "must"),
    "permitted_actions": tuple(_ACTS),
    "affected_party_notifications": ("may", "", "must-not"),
    "tlp": tuple(_STANDINGS),
    "attribution": ("may", "", "must", "must-not", CONFLICT),
    "unmodified_resale": ("may", "", "must-not"),
}
"""Each statement with its values, from loose to strict; the empty one: not said."""

_ABOUT: Final = ("id", "name", "description", "external_reference", "external_references")
_DATES: Final = ("start_date", "end_date")
_ONWARD: Final = {"clear": Answer.YES, "green": Answer.YES, "amber+strict": Answer.NO, "red": Answer.NO}


@attrs.frozen(kw_only=True)
class Iep:
    """A policy.

    Attributes:
        statements: Those that are said.
        start, end: From when and until when it holds.
        about: Its id, name and so on, as they came; two policies that say the same are equal.
    """

    statements: Mapping[str, str] = attrs.field(converter=fixed)
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    about: Mapping[str, object] = attrs.field(factory=dict, eq=False)
    received: str = attrs.field(default="", eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        for key, value in self.statements.items():
            if key not in STATEMENTS:
                raise unknown("policy statement", key, STATEMENTS)
            if value not in STATEMENTS[key] or not value:
                raise unknown(f"value of {key}", value, [each for each in STATEMENTS[key] if each])

    def says(self, statement: str) -> str:
        """The value of a statement; empty: it is not said."""
        return self.statements.get(statement, "")

    @property
    def blocked(self) -> str:
        """Why nobody may use it before somebody has asked; empty: it can be used."""
        if self.says("attribution") == CONFLICT:
            return "one policy demands the attribution that another does not allow"
        if self.start and self.end and self.start > self.end:
            return "it begins after its end"
        return ""


def read(text: str) -> Iep:
    """A policy as a JSON object, or as ``IEP tlp=amber permitted_actions=none``.

    Raises:
        InputError: A statement or a value is not known, or it is of another version.
    """
    if text.lstrip().startswith("{"):
        return _from_json(parsed(text), text)
    plain = legible(text)
    bare = plain[1:-1] if plain[0] == "(" and plain[-1] == ")" else plain
    first, *words = bare.split()
    if first != "IEP":
        raise InputError(f"{quoted(plain)} is no policy: `IEP` and statements such as tlp=amber")
    pairs = [word.partition("=")[::2] for word in words]
    if len(dict(pairs)) != len(pairs):
        raise InputError(f"{quoted(plain)} says one thing twice")
    return _built(dict(pairs), {}, text)


def _from_json(given: dict[str, object], text: str) -> Iep:
    only(given, ("iep_version", *STATEMENTS, *_ABOUT, *_DATES), "an IEP")
    if str(given.get("iep_version")) not in ("2.0", "2"):
        raise InputError("no IEP of version 2.0: `iep_version` says otherwise or is missing")
    said = {key: value for key, value in given.items() if key in (*STATEMENTS, *_DATES) and value is not None}
    if odd := next((key for key, value in said.items() if not isinstance(value, str)), None):
        raise InputError(f"`{odd}` is no text")
    for key in ("id", "name", "description"):
        if isinstance(value := given.get(key), str) and value:
            wording(value)
    about: dict[str, object] = {key: given[key] for key in _ABOUT if key in given}
    return _built({key: str(value) for key, value in said.items()}, about, text)


def _built(said: dict[str, str], about: dict[str, object], text: str) -> Iep:
    start, end = (_moment(key, said.pop(key, "")) for key in _DATES)
    if said.get("tlp") == "white":
        said["tlp"] = "clear"
    return Iep(statements=said, start=start, end=end, about=about, received=text)


def _moment(key: str, text: str) -> dt.datetime | None:
    if not text:
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"`{key}` is a moment such as 2030-12-31T00:00:00Z, not {quoted(text)}") from None
    return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)


def write(label: Iep) -> Written:
    """Every form of a policy."""
    dates = {"start_date": label.start, "end_date": label.end}
    said = {key: label.says(key) for key in STATEMENTS if label.says(key)}
    said |= {key: moment.isoformat().replace("+00:00", "Z") for key, moment in dates.items() if moment}
    banner = " ".join(["IEP", *(f"{key}={value}" for key, value in said.items())])
    words = "; ".join(f"{key.replace('_', ' ')}: {value.replace('-', ' ')}" for key, value in said.items())
    return Written(
        banner=banner,
        portion=f"({banner})",
        words=(f"not to be used: {label.blocked}; " if label.blocked else "") + (words or "nothing is said: ask"),
        json={"iep_version": 2.0, **label.about, **said},
        details=said,
    )


def roll_up(labels: Sequence[Iep], today: dt.date) -> RolledUp[Iep]:
    """The strictest of each statement, and the time in which all of them hold."""
    if not labels:
        raise InputError("nothing to roll up: there is no policy")
    statements = {key: value for key in STATEMENTS if (value := _strictest(key, labels))}
    found = Iep(
        statements=statements,
        start=max((label.start for label in labels if label.start), default=None),
        end=min((label.end for label in labels if label.end), default=None),
    )
    reasons = [f"{key}: {value}: {_numbers(key, value, labels)}" for key, value in statements.items()]
    reasons += [found.blocked] if found.blocked else []
    return RolledUp(label=found, reasons=tuple(reasons) or ("no policy says anything: ask",))


def _strictest(key: str, labels: Sequence[Iep]) -> str:
    said = {label.says(key) for label in labels}
    if key == "attribution" and ("must" in said and said - {"must", "may"}):
        return CONFLICT
    if key == "tlp" and "" in said:  # where one is silent, only those it was given to have leave of all
        return "red" if said - {"", "clear"} else ""
    return max(said, key=STATEMENTS[key].index)


def _numbers(key: str, value: str, labels: Sequence[Iep]) -> str:
    numbers = [str(number) for number, label in enumerate(labels, 1) if label.says(key) == value]
    return f"policy {', '.join(numbers)}" if numbers else "two policies against one another"


def admits(label: Iep, reader: Reader) -> Admission:
    """Whether the reader is near enough by its TLP, and nothing blocks it; when it is read is for the reader to say."""
    if label.blocked:
        return Admission(refusals=(label.blocked,))
    near = _STANDINGS[label.says("tlp")]
    if near is None and reader.standing < Standing.NAMED:
        return Admission(refusals=("the policy does not say who may read: ask the originator",))
    if near is not None and reader.standing < near:
        return Admission(refusals=(f"tlp {label.says('tlp')}: not near enough",))
    return Admission()


def handling(label: Iep) -> Handling:
    """What the policy lets recipients do."""
    actions, attribution, tlp = label.says("permitted_actions"), label.says("attribution"), label.says("tlp")
    return Handling(
        near=Standing.NAMED if label.blocked else _STANDINGS[tlp],
        nations=frozenset() if label.blocked else None,
        onward=_ONWARD.get(tlp, Answer.ASK),
        acts=_ACTS[actions],
        otherwise=Answer.NO if actions == "none" else Answer.ASK,
        attribute={"must-not": Answer.NO, CONFLICT: Answer.NO, "": Answer.ASK}.get(attribution, Answer.YES),
        notify_target=_leave(label.says("affected_party_notifications")),
        resale=_leave(label.says("unmodified_resale")),
        encrypted=label.says("encrypt_in_transit") == "must",
        since=label.start,
        until=label.end,
    )


def _leave(value: str) -> Answer:
    return {"may": Answer.YES, "must-not": Answer.NO}.get(value, Answer.ASK)


def choices(asked: Handling) -> Iterator[Iep]:
    """The one policy that says each thing as loosely as it may be said; each statement stands by itself."""
    yield Iep(
        statements={
            key: value
            for key, value in {
                "encrypt_in_transit": "must" if asked.encrypted else "may",
                "permitted_actions": _actions(asked),
                "affected_party_notifications": _said(asked.notify_target),
                "tlp": _tlp(asked),
                "attribution": _said(asked.attribute),
                "unmodified_resale": _said(asked.resale),
            }.items()
            if value
        },
        start=asked.since,
        end=asked.until,
    )


def _said(answer: Answer) -> str:
    return {Answer.YES: "may", Answer.NO: "must-not"}.get(answer, "")


def _actions(asked: Handling) -> str:
    if asked.acts:
        for actions, acts in _ACTS.items():
            if acts and acts <= asked.acts:
                return actions
    return "contact-for-instruction" if asked.otherwise is Answer.ASK else "none"


def _tlp(asked: Handling) -> str:
    for word, near in _STANDINGS.items():
        fits = near == asked.near if near is None or asked.near is None else near >= asked.near
        if fits and _ONWARD.get(word, Answer.ASK) <= asked.onward:
            return word
    return "red"


IEP: Final = System(
    key="iep",
    title="Information Exchange Policy 2.0",
    read=read,
    write=write,
    roll_up=roll_up,
    admits=admits,
    handling=handling,
    choices=choices,
)
