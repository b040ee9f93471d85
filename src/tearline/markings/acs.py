"""Access Control Specification 3.0: who may do what, as rules in a STIX 2.1 marking definition.

Each rule permits or denies one privilege within a scope. A denial wins, and what no rule permits is denied.

Source: the value lists of MISP's taxonomy acs-marking, version 2; the shape of the STIX extension as producers write
it. That denial wins, and silence denies, is from memory and the stricter reading.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

import attrs

from tearline.domain.names import fixed
from tearline.errors import InputError
from tearline.markings.handling import EVERY_ACT, Answer, Handling, Level
from tearline.markings.json_text import object_of, objects_of, only, parsed, text_of
from tearline.markings.legible import legible, unknown
from tearline.markings.reading import Admission, Reader
from tearline.markings.system import RolledUp, System, Written

EXTENSION: Final = "extension-definition--3a65884d-005a-4290-8335-cb2d778a83ce"
ALL: Final = "ALL"

LEVELS: Final = ("U", "C", "S", "TS")
PRIVILEGES: Final = {
    "DSPLY": "display",
    "IDSRC": "identify the source",
    "TENOT": "notify a target",
    "NETDEF": "defend a network",
    "LEGAL": "use in legal proceedings",
    "INTEL": "analyse as intelligence",
    "TEARLINE": "make a tearline",
    "OPACTION": "act in operations",
    "REQUEST": "ask for it",
    "ANONYMOUSACCESS": "read without a name",
    "CISAUSES": "use as the Cybersecurity Information Sharing Act allows",
}
CONTROLS: Final[dict[str, tuple[str, ...]]] = {
    "formal_determination": (
        "AIS",
        "FOUO",
        "NF",
        "PUBREL",
        "PII-NECESSARY-TO-UNDERSTAND-THREAT",
        "NO-PII-PRESENT",
        "INFORMATION-DIRECTLY-RELATED-TO-CYBERSECURITY-THREAT",
    ),
    "caveat": ("FISA", "POSSIBLEPII", "CISAPROPRIETARY"),
    "sensitivity": ("NTOC_DHS_ECYBER_SVC_SHARE.NSA.NSA", "PCII", "LES", "INT", "PII", "PR", "TEI"),
}
"""Controls, by field. `formal_determination`, `caveat` and `sensitivity` say what it is, not what may be done."""

SCOPES: Final[dict[str, tuple[str, ...]]] = {
    "permitted_nationalities": (),
    "permitted_organizations": (),
    "shareability": ("NCC", "EM", "LE", "IC", "USA.USG", "SECTOR", "FOREIGNGOV"),
    "entity": ("MIL", "GOV", "CTR", "SVR", "SVC", "DEV", "NET"),
}
"""What limits a rule; nationalities and organisations are open lists."""

LOOSENING: Final = frozenset({"PUBREL", "NO-PII-PRESENT"})
"""Determinations that say something is harmless: they hold for a whole only where every part has them."""

_ABOUT: Final = (
    "extension_type",
    "identifier",
    "name",
    "create_date_time",
    "responsible_entity_custodian",
    "responsible_entity_originator",
    "authority_reference",
    "policy_reference",
    "original_classification",
    "derivative_classification",
    "declassification",
    "resource_disposition",
    "public_release",
)

Box = tuple[frozenset[str], ...]
"""A scope: for each field of :data:`SCOPES` who is in it; :data:`ALL` alone: everybody."""

EVERYBODY: Final[Box] = tuple(frozenset({ALL}) for _ in SCOPES)


@attrs.frozen(kw_only=True)
class Acs:
    """An ACS marking.

    Attributes:
        controls: By field, every value.
        permits, denies: By privilege, the scopes; those that lie in another one are left out.
        sharing_permits, sharing_denies: With whom recipients may share further.
        about: Everything that is said beside, as it came.
    """

    classification: str
    controls: Mapping[str, frozenset[str]] = attrs.field(factory=dict, converter=fixed)
    permits: Mapping[str, frozenset[Box]] = attrs.field(factory=dict, converter=fixed)
    denies: Mapping[str, frozenset[Box]] = attrs.field(factory=dict, converter=fixed)
    sharing_permits: frozenset[str] = frozenset()
    sharing_denies: frozenset[str] = frozenset()
    about: Mapping[str, object] = attrs.field(factory=dict, eq=False)
    received: str = attrs.field(default="", eq=False, repr=False)


def read(text: str) -> Acs:
    """A STIX marking definition with the ACS extension, or the extension alone, as JSON.

    Raises:
        InputError: A key or a value is not known.
    """
    if not text.lstrip().startswith("{"):
        raise InputError("an ACS marking is a JSON object: a STIX marking definition, or its ACS extension")
    given = parsed(text)
    if given.get("type") == "marking-definition":
        given = object_of(object_of(given, "extensions"), EXTENSION)
    only(given, (*_ABOUT, "access_privilege", "further_sharing", "control_set"), "an ACS marking")
    controls = object_of(given, "control_set")
    only(controls, ("classification", *CONTROLS), "`control_set`")
    level = text_of(controls, "classification")
    if level not in LEVELS:
        raise unknown("ACS classification", level, LEVELS)
    permits: dict[str, set[Box]] = {}
    denies: dict[str, set[Box]] = {}
    for rule in objects_of(given, "access_privilege"):
        only(rule, ("privilege_action", "privilege_scope", "rule_effect"), "a rule")
        action = text_of(rule, "privilege_action")
        if action not in PRIVILEGES:
            raise unknown("ACS privilege", action, PRIVILEGES)
        into = permits if _permits(rule) else denies
        into.setdefault(action, set()).add(_scope(object_of(rule, "privilege_scope")))
    sharing = {True: set[str](), False: set[str]()}
    for rule in objects_of(given, "further_sharing"):
        only(rule, ("sharing_scope", "rule_effect"), "a rule of further sharing")
        sharing[_permits(rule)] |= _tokens(rule, "sharing_scope", (*SCOPES["shareability"], ALL))
    return Acs(
        classification=level,
        controls={field: _tokens(controls, field, known) for field, known in CONTROLS.items() if field in controls},
        permits={action: _largest(boxes) for action, boxes in permits.items()},
        denies={action: _largest(boxes) for action, boxes in denies.items()},
        sharing_permits=frozenset(sharing[True]),
        sharing_denies=frozenset(sharing[False]),
        about={key: given[key] for key in _ABOUT if key in given},
        received=text,
    )


def _permits(rule: dict[str, object]) -> bool:
    effect = text_of(rule, "rule_effect")
    if effect not in ("permit", "deny"):
        raise unknown("effect of a rule", effect, ("permit", "deny"))
    return effect == "permit"


def _scope(given: dict[str, object]) -> Box:
    only(given, tuple(SCOPES), "a scope")
    return tuple(
        _tokens(given, field, (*known, ALL) if known else ()) if field in given else frozenset({ALL})
        for field, known in SCOPES.items()
    )


def _tokens(holder: dict[str, object], field: str, known: tuple[str, ...]) -> frozenset[str]:
    """The values of a list; ``ALL`` beside others is ``ALL``."""
    value = holder.get(field)
    if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
        raise InputError(f"`{field}` is a list of values")
    tokens = frozenset(legible(each) for each in value)
    if odd := next((each for each in sorted(tokens) if known and each not in known), None):
        raise unknown(f"value of {field}", odd, known)
    return frozenset({ALL}) if ALL in tokens else tokens


# --- scopes ------------------------------------------------------------------------------------------------


def _within(inner: Box, outer: Box) -> bool:
    return all(ALL in big or (ALL not in small and small <= big) for small, big in zip(inner, outer, strict=True))


def _meet(one: Box, other: Box) -> Box | None:
    found = tuple(b if ALL in a else a if ALL in b else a & b for a, b in zip(one, other, strict=True))
    return found if all(found) else None


def _largest(boxes: set[Box]) -> frozenset[Box]:
    """The scopes without those that lie in another one."""
    return frozenset(box for box in boxes if not any(box != other and _within(box, other) for other in boxes))


def _covers(box: Box, reader: Reader) -> bool:
    has = (reader.countries, frozenset({reader.agency}), reader.groups, reader.groups)
    return all(ALL in wanted or bool(wanted & held) for wanted, held in zip(box, has, strict=True))


# --- what systems do ---------------------------------------------------------------------------------------


def write(label: Acs) -> Written:
    """Every form of a marking."""
    controls = [token for field in CONTROLS for token in sorted(label.controls.get(field, ()))]
    allowed = [action for action in PRIVILEGES if label.permits.get(action)]
    banner = "//".join(part for part in (f"ACS {label.classification}", "/".join(controls), "/".join(allowed)) if part)
    extension = _extension(label)
    return Written(
        banner=banner,
        portion=f"({banner})",
        words=_words(label),
        json=extension,
        stix={
            "type": "marking-definition",
            "spec_version": "2.1",
            "extensions": {EXTENSION: {"extension_type": "property-extension", **extension}},
        },
        details={"classification": label.classification, "controls": controls, "permits": allowed},
    )


def _words(label: Acs) -> str:
    said = [f"classification {label.classification}"]
    for action, meaning in PRIVILEGES.items():
        scopes = label.permits.get(action)
        if scopes:
            limits = "" if EVERYBODY in scopes else ", within a scope"
            denied = ", but for some" if label.denies.get(action) else ""
            said.append(f"may {meaning}{limits}{denied}")
    missing = [meaning for action, meaning in PRIVILEGES.items() if not label.permits.get(action)]
    return "; ".join([*said, *([f"must not: {', '.join(missing)}"] if missing else [])])


def _extension(label: Acs) -> dict[str, object]:
    rules = [
        {"privilege_action": action, "privilege_scope": _scope_of(box), "rule_effect": effect}
        for effect, table in (("permit", label.permits), ("deny", label.denies))
        for action in PRIVILEGES
        for box in sorted(table.get(action, ()), key=lambda each: [sorted(part) for part in each])
    ]
    sharing = [
        {"sharing_scope": sorted(scope), "rule_effect": effect}
        for effect, scope in (("permit", label.sharing_permits), ("deny", label.sharing_denies))
        if scope
    ]
    controls = {field: sorted(label.controls[field]) for field in CONTROLS if label.controls.get(field)}
    return {
        **{key: value for key, value in label.about.items() if key != "extension_type"},
        "access_privilege": rules,
        "further_sharing": sharing,
        "control_set": {"classification": label.classification, **controls},
    }


def _scope_of(box: Box) -> dict[str, list[str]]:
    return {field: sorted(part) for field, part in zip(SCOPES, box, strict=True)}


def roll_up(labels: Sequence[Acs], today: dt.date) -> RolledUp[Acs]:
    """The highest level, every control, every denial, and of what is permitted only what all permit."""
    if not labels:
        raise InputError("nothing to roll up: a banner needs a label")
    level = max((label.classification for label in labels), key=LEVELS.index)
    found = Acs(
        classification=level,
        controls={field: tokens for field in CONTROLS if (tokens := _controls(field, labels))},
        permits={action: boxes for action in PRIVILEGES if (boxes := _permitted(action, labels))},
        denies={action: boxes for action in PRIVILEGES if (boxes := _denied(action, labels))},
        sharing_permits=_shared([label.sharing_permits for label in labels]),
        sharing_denies=frozenset[str]().union(*(label.sharing_denies for label in labels)),
    )
    numbers = ", ".join(str(n) for n, label in enumerate(labels, 1) if label.classification == level)
    lost = [action for action in PRIVILEGES if any(label.permits.get(action) for label in labels)]
    reasons = [f"{level}: label {numbers}"]
    reasons += [f"{action} denied: not every label permits it" for action in lost if action not in found.permits]
    return RolledUp(label=found, reasons=tuple(reasons))


def _controls(field: str, labels: Sequence[Acs]) -> frozenset[str]:
    lists = [label.controls.get(field, frozenset[str]()) for label in labels]
    everywhere = frozenset.intersection(*lists)
    return frozenset(t for t in frozenset[str]().union(*lists) if t not in LOOSENING or t in everywhere)


def _permitted(action: str, labels: Sequence[Acs]) -> frozenset[Box]:
    found: set[Box] = {EVERYBODY}
    for label in labels:
        pairs = product(found, label.permits.get(action, frozenset()))
        found = {box for one, other in pairs if (box := _meet(one, other)) is not None}
    return _largest(found)


def _denied(action: str, labels: Sequence[Acs]) -> frozenset[Box]:
    return _largest({box for label in labels for box in label.denies.get(action, frozenset())})


def _shared(scopes: Sequence[frozenset[str]]) -> frozenset[str]:
    named = [scope for scope in scopes if ALL not in scope]
    return frozenset.intersection(*named) if named else frozenset({ALL})


def admits(label: Acs, reader: Reader) -> Admission:
    """Whether the reader may have it displayed: cleared, within a permitted scope and within no denied one."""
    refusals = []
    if LEVELS.index(reader.clearance.get("acs", "U")) < LEVELS.index(label.classification):
        refusals.append(f"not cleared for {label.classification}")
    if not any(_covers(box, reader) for box in label.permits.get("DSPLY", ())):
        refusals.append("DSPLY: no rule permits it")
    if any(_covers(box, reader) for box in label.denies.get("DSPLY", ())):
        refusals.append("DSPLY: a rule denies it")
    if "NF" in label.controls.get("formal_determination", ()) and reader.countries != {"USA"}:
        refusals.append("NF: for the United States only")
    return Admission(refusals=tuple(refusals))


def handling(label: Acs) -> Handling:
    """What the marking lets recipients do; what only some may is *ask*."""
    acting = _answer(label, "OPACTION")
    controls = {token for field in ("caveat", "sensitivity") for token in label.controls.get(field, ())}
    sharing = Answer.ASK if label.sharing_permits - {ALL} or label.sharing_denies else Answer.YES
    return Handling(
        level=None if label.classification == "U" else _level(label.classification),
        near=None,
        nations=_nations(label),
        needs=frozenset(f"acs {token}" for token in controls),
        onward=sharing if label.sharing_permits else Answer.NO,
        acts=EVERY_ACT if acting is Answer.YES else frozenset(),
        otherwise=min(acting, Answer.ASK),
        evidence=_answer(label, "LEGAL"),
        name_source=_answer(label, "IDSRC"),
        notify_target=_answer(label, "TENOT"),
        tearline=_answer(label, "TEARLINE"),
    )


def _level(name: str) -> Level:
    return Level(system="acs", name=name, rank=LEVELS.index(name))


def _answer(label: Acs, action: str) -> Answer:
    if not label.permits.get(action) or EVERYBODY in label.denies.get(action, ()):
        return Answer.NO
    return Answer.YES if EVERYBODY in label.permits[action] and not label.denies.get(action) else Answer.ASK


def _nations(label: Acs) -> frozenset[str] | None:
    if label.denies.get("DSPLY"):
        return frozenset()
    scopes = [box[0] for box in label.permits.get("DSPLY", ())]
    listed = None if any(ALL in nations for nations in scopes) else frozenset[str]().union(*scopes)
    if "NF" not in label.controls.get("formal_determination", ()):
        return listed
    return frozenset({"USA"}) if listed is None else listed & {"USA"}


def choices(asked: Handling) -> Iterator[Acs]:
    """None: who may have a privilege is for the originator to say, rule by rule."""
    yield from ()


ACS: Final = System(
    key="acs",
    title="Access Control Specification 3.0",
    read=read,
    write=write,
    roll_up=roll_up,
    admits=admits,
    handling=handling,
    choices=choices,
    levels=LEVELS,
)
