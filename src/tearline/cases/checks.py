"""What a case file must not say: contradictions between one part of it and another.

Each check is one function over the draft of the file. A draft may have holes where something could
not be read; a check says nothing about what is not there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import attrs

from tearline.cases.document import MappingNode, Node, ScalarNode, SequenceNode
from tearline.cases.format.secrets import BELIEF_LIMITS, IS_WORDS, PERSON_LIMITS
from tearline.cases.shapes import (
    MAX_HINTS,
    Fields,
    Kind,
    Path,
    Reading,
    nearest,
    printable,
)
from tearline.domain import ABSENT, GroupKind, Interval, SecretKind

ROUNDING: Final = 1e-9
"""Slack in sums of what people type."""


@attrs.frozen
class Draft:
    """A file as far as it could be read, and where to note what is wrong with it."""

    fields: Fields
    root: Node
    reading: Reading
    _sections: dict[str, dict[str, Fields]] = attrs.field(factory=dict, init=False)

    def named(self, section: str) -> dict[str, Fields]:
        """The readable records of a section, by id."""
        if section not in self._sections:
            self._sections[section] = dict(_records(self.fields.get(section, {})))
        return self._sections[section]

    def listed(self, section: str) -> list[tuple[int, Fields]]:
        """The readable records of a section that is a list, with their places in it."""
        return [(index, held) for index, held in enumerate(self.fields.get(section, ())) if isinstance(held, dict)]

    def report(self, path: Path, message: str, hint: str = "") -> None:
        """Note a problem at the key or value that ``path`` leads to, or as near to it as there is one."""
        node = self.root if self.reading.is_full else node_at(self.root, path)
        self.reading.report(node, path, message, hint)

    def report_unknown(self, path: Path, message: str, word: str, among: Mapping[str, Any]) -> None:
        """Note a name that leads nowhere, with the nearest one as a hint."""
        self.report(path, message, nearest(word, among) if len(self.reading.problems) < MAX_HINTS else "")

    def groups(self) -> Iterator[tuple[str, str, Fields]]:
        """Every readable group: its reader, its id and its fields."""
        for reader, held in self.named("readers").items():
            for group, fields in _records(held.get("groups", {})):
                yield reader, group, fields

    def kinds(self) -> dict[str, GroupKind]:
        """What stands behind each group; contradictions are found by :func:`groups_keep_their_kind`."""
        return {group: kind_of(fields) for _, group, fields in self.groups()}

    def versions(self, claim: str) -> dict[str, Fields] | None:
        """The readable versions of a claim; ``None`` if there is no telling."""
        held = self.named("claims").get(claim, {}).get("versions")
        return dict(_records(held)) if isinstance(held, dict) else None


def _records(section: Any) -> Iterator[tuple[str, Fields]]:
    if isinstance(section, dict):
        yield from ((id_, held) for id_, held in section.items() if isinstance(held, dict))


def kind_of(group: Fields) -> GroupKind:
    """What stands behind a group."""
    if group.get("channel"):
        return GroupKind.CHANNEL
    return GroupKind.OTHER if group.get("other") else GroupKind.PERSONS


def node_at(root: Node, path: Path) -> Node:
    """The key that ``path`` ends with, or the item; the nearest thing above it if there is none."""
    here, value = root, root
    for step in path:
        if isinstance(value, MappingNode):
            found = [(k, v) for k, v in value.entries if isinstance(k, ScalarNode) and k.text == step]
            if not found:
                return here
            here, value = found[0]
        elif isinstance(value, SequenceNode) and isinstance(step, int) and step < len(value.items):
            here = value = value.items[step]
        else:
            return here
    return here


def parties_play_one_part(draft: Draft) -> None:
    """We are not our own recipient, reader or enemy; nobody leaks to itself."""
    us = draft.fields.get("us")
    if us is None:
        return
    if draft.fields.get("proposal", {}).get("to") == us:
        draft.report(("proposal", "to"), f"`{us}` is us", "name the recipient")
    if draft.named("parties").get(us, {}).get("hostile"):
        draft.report(("parties", us, "hostile"), f"`{us}` is us")
    if us in draft.named("readers"):
        draft.report(("readers", us), f"`{us}` is us", "readers are those who must not work it out")
    for index, held in draft.listed("given"):
        if us in held.get("to", ()):
            draft.report(("given", index, "to"), f"`{us}` is us")
    for index, held in draft.listed("leak_paths"):
        if held.get("from") is not None and held.get("from") == held.get("to"):
            draft.report(("leak_paths", index, "to"), f"`{held['to']}` cannot leak to itself")


def sources_rest_on_something(draft: Draft) -> None:
    """No source exists only because of itself."""
    below = {id_: held.get("depends_on", ()) for id_, held in draft.named("sources").items()}
    settled: set[str] = set()
    for start in below:
        trail: list[tuple[str, Iterator[str]]] = [(start, iter(below[start]))]
        on_trail = {start: None}
        while trail and start not in settled:
            current, rest = trail[-1]
            following = next((s for s in rest if s in below and s not in settled), None)
            if following is None:
                settled.add(trail.pop()[0])
                on_trail.pop(current)
            elif following in on_trail:
                if draft.reading.is_full:
                    return
                names = [*on_trail]
                circle = [*names[names.index(following) :], following]
                way = " → ".join(f"`{name}`" for name in circle[:8])
                draft.report(("sources", current, "depends_on"), f"a source that depends on itself: {way}")
            else:
                trail.append((following, iter(below[following])))
                on_trail[following] = None


def readers_have_one_model(draft: Draft) -> None:
    """A reader has its own groups, borrows those of a reader that has some, or names a file."""
    readers = draft.named("readers")
    with_groups = {id_: held for id_, held in readers.items() if held.get("groups")}
    for id_, held in readers.items():
        chosen = [name for name in ("groups", "like", "roster") if held.get(name)]
        if len(chosen) > 1:
            draft.report(("readers", id_, chosen[1]), f"both `{chosen[0]}` and `{chosen[1]}`", "keep one of them")
        like = held.get("like")
        if like is not None and like not in with_groups:
            draft.report_unknown(("readers", id_, "like"), f"`{like}` is no reader with groups", like, with_groups)


def groups_keep_their_kind(draft: Draft) -> None:
    """One name is one kind of explanation, whoever reads."""
    first: dict[str, tuple[str, GroupKind]] = {}
    for reader, group, fields in draft.groups():
        kind = kind_of(fields)
        before, there = first.setdefault(group, (reader, kind))
        if there is not kind:
            message = f"`{group}` is {_called(kind)} here and {_called(there)} for `{before}`"
            draft.report(("readers", reader, "groups", group), message, "give one of them another name")


_NOUNS: Final = {
    GroupKind.PERSONS: "persons",
    GroupKind.CHANNEL: "a channel",
    GroupKind.OTHER: "an innocent explanation",
}


def _called(kind: GroupKind) -> str:
    return _NOUNS[kind]


def groups_fit_their_kind(draft: Draft) -> None:
    """Only persons are counted and belong to organisations; only channels lead to persons."""
    for reader, group, fields in draft.groups():
        path: Path = ("readers", reader, "groups", group)
        kind = kind_of(fields)
        if fields.get("channel") and fields.get("other"):
            draft.report((*path, "other"), "a channel is no innocent explanation", "keep one of them")
        if kind is not GroupKind.PERSONS:
            if _missing(draft, (*path, "weight"), fields):
                draft.report(path, f"`weight` is missing: {_called(kind)} carries its own", "such as `weight: 0.2`")
            if fields.get("count", 1) != 1:
                draft.report((*path, "count"), f"{_called(kind)} has no persons to count", "leave `count` out")
            if fields.get("in"):
                draft.report((*path, "in"), f"{_called(kind)} belongs to no organisation", "leave `in` out")
        if fields.get("suspected", 1) != 1 and (kind is not GroupKind.PERSONS or "weight" in fields):
            carries = "`weight` says it already" if kind is GroupKind.PERSONS else f"{_called(kind)} carries a `weight`"
            draft.report((*path, "suspected"), f"`suspected` is for persons without a weight: {carries}", "keep one")
        if kind is not GroupKind.CHANNEL and fields.get("via"):
            draft.report((*path, "via"), "only a channel leads to persons", "leave `via` out")


def _missing(draft: Draft, path: Path, fields: Fields) -> bool:
    """Whether the file says nothing there, rather than something that could not be read."""
    return not fields.get(str(path[-1])) and path not in draft.reading.unreadable


def weights_leave_room(draft: Draft) -> None:
    """Weights add up to 1 at most, and to less where somebody without a weight needs a share."""
    for reader, held in draft.named("readers").items():
        groups = dict(_records(held.get("groups", {})))
        total = sum(fields.get("weight", 0) for fields in groups.values())
        unweighted = [group for group, fields in groups.items() if "weight" not in fields]
        path = ("readers", reader, "groups")
        if total > 1 + ROUNDING:
            draft.report(path, f"the weights add up to {total:.6g}, more than 1")
        elif unweighted and total > 1 - ROUNDING:
            draft.report(path, f"the weights leave nothing for `{unweighted[0]}`", "they must add up to less than 1")


def channels_lead_to_persons(draft: Draft) -> None:
    """``via`` names persons of the same reader, with probabilities that add up to 1 at most."""
    for reader, held in draft.named("readers").items():
        own = dict(_records(held.get("groups", {})))
        for group, fields in own.items():
            _judge_via(draft, ("readers", reader, "groups", group, "via"), fields.get("via", {}), own)


def _judge_via(draft: Draft, path: Path, via: Fields, own: Mapping[str, Fields]) -> None:
    for group in via:
        if group in own and kind_of(own[group]) is not GroupKind.PERSONS:
            message = f"`{group}` is {_called(kind_of(own[group]))}"
            draft.report((*path, group), message, "a channel leads to persons")
        elif group not in own and group in draft.reading.defined[Kind.GROUP]:
            draft.report_unknown((*path, group), f"`{group}` is no group of this reader", group, own)
    total = sum(chance for chance in via.values() if isinstance(chance, float))
    if total > 1 + ROUNDING:
        draft.report(path, f"the probabilities add up to {total:.6g}, more than 1")


def fixed_words_stay_free(draft: Draft) -> None:
    """No channel or organisation is called what ``is`` of a secret already means."""
    for reader, group, _ in draft.groups():
        if group in IS_WORDS:
            draft.report(("readers", reader, "groups", group), f"`{group}` is a word of the format")
    for organisation in draft.named("organisations"):
        if organisation in IS_WORDS:
            draft.report(("organisations", organisation), f"`{organisation}` is a word of the format")


def secrets_are_something(draft: Draft) -> None:
    """``is`` names what the secret is; ``party`` and ``if`` belong to some kinds only, and so do budgets."""
    kinds = draft.kinds()
    for id_, held in draft.named("secrets").items():
        if "is" not in held:
            continue
        found = secret_kind(held["is"], kinds, draft.fields.get("organisations"))
        path: Path = ("secrets", id_)
        if found is None:
            _report_what(draft, (*path, "is"), held["is"], kinds)
            continue
        _judge_parts(draft, path, held, found)


def secret_kind(is_: str, kinds: Mapping[str, GroupKind], organisations: Any) -> SecretKind | None:
    """What the secret called ``is_`` is; ``None`` if there is no such thing."""
    if is_ in IS_WORDS:
        return IS_WORDS[is_]
    if kinds.get(is_) is GroupKind.CHANNEL:
        return SecretKind.CHANNEL
    return SecretKind.ORGANISATION if isinstance(organisations, dict) and is_ in organisations else None


def _report_what(draft: Draft, path: Path, is_: str, kinds: Mapping[str, GroupKind]) -> None:
    if is_ in kinds:
        hint = "a secret is `person`, `partner`, `proposition`, a channel or an organisation"
        draft.report(path, f"`{printable(is_)}` is {_called(kinds[is_])}", hint)
    elif not draft.reading.unsure & {Kind.GROUP, Kind.ORGANISATION}:
        channels = {group: None for group, kind in kinds.items() if kind is GroupKind.CHANNEL}
        options = dict.fromkeys(IS_WORDS) | channels | dict.fromkeys(draft.named("organisations"))
        draft.report_unknown(path, f"no channel or organisation `{printable(is_)}`", is_, options)


def _judge_parts(draft: Draft, path: Path, held: Fields, kind: SecretKind) -> None:
    follows = kind in (SecretKind.PARTNER, SecretKind.PROPOSITION)
    if kind is SecretKind.PARTNER and _missing(draft, (*path, "party"), held):
        draft.report(path, "`party` is missing", "which partner is involved?")
    if kind is not SecretKind.PARTNER and "party" in held:
        draft.report((*path, "party"), "only a secret that is `partner` has a party", "leave `party` out")
    if follows and _missing(draft, (*path, "if"), held):
        draft.report(path, "`if` is missing", "its probability given each explanation: `if: {group: 0.5}`")
    if not follows and held.get("if"):
        draft.report((*path, "if"), "only `partner` and `proposition` follow from explanations", "leave `if` out")
    fitting = PERSON_LIMITS if kind is SecretKind.PERSON else BELIEF_LIMITS
    for key in held.get("budget", {}):
        if key not in fitting:
            words = ", ".join(f"`{word}`" for word in fitting)
            message = f"`{key}` does not limit a secret that is `{held['is']}`"
            draft.report((*path, "budget", key), message, f"use {words}")


def vaguer_says_less(draft: Draft) -> None:
    """A vaguer version is worth no more, and whoever knew the more exact one knew the vaguer one."""
    for claim in draft.named("claims"):
        _value_never_rises(draft, claim)
        _access_never_falls(draft, claim)
        _access_never_falls_for_siblings(draft, claim)
        _fits_never_fall(draft, claim)


def _value_never_rises(draft: Draft, claim: str) -> None:
    before: tuple[str, float] | None = None
    for version, fields in (draft.versions(claim) or {}).items():
        value = fields.get("value")
        if value is None:
            continue
        if before is not None and value > before[1]:
            message = f"worth {value:g}, more than the more exact `{before[0]}` at {before[1]:g}"
            draft.report(("claims", claim, "versions", version, "value"), message, "order versions from exact to vague")
        before = (version, value)


def _access_never_falls(draft: Draft, claim: str) -> None:
    reached: dict[str, tuple[str, Interval]] = {}
    for rank, (version, fields) in enumerate((draft.versions(claim) or {}).items()):
        for group, interval in _grades(fields):
            exact, before = reached.get(group, ("", ABSENT))
            if rank and _falls(before, interval):
                than = f"in the more exact `{exact}`" if exact else "`absent`, which it was until here"
                draft.report(
                    ("claims", claim, "versions", version, "known", group), f"`{group}` knows less than {than}", _FALLS
                )
            reached[group] = (version, interval)


def _access_never_falls_for_siblings(draft: Draft, claim: str) -> None:
    """What was said of a sibling's own words holds for the vaguer words that it shares with the claim."""
    versions = draft.versions(claim) or {}
    for sibling, fields in _records(draft.named("claims")[claim].get("siblings", {})):
        theirs = dict(_records(fields.get("versions", {})))
        differs = max((place for place, version in enumerate(versions) if version in theirs), default=-1)
        reached: dict[str, tuple[str, Interval]] = {}
        for version in (v for v in versions if v in theirs):
            for group, interval in _grades(theirs[version]):
                exact, before = reached.get(group, ("", ABSENT))
                if exact and _falls(before, interval):
                    path: Path = ("claims", claim, "siblings", sibling, "versions", version, "known", group)
                    draft.report(path, f"`{group}` knows less than in the more exact `{exact}`", _FALLS)
                reached[group] = (version, interval)
        for version, held in list(versions.items())[differs + 1 :]:
            for group, interval in _grades(held):
                exact, before = reached.pop(group, ("", ABSENT))
                if exact and _falls(before, interval):
                    message = f"`{group}` knows less than in the more exact `{exact}` had `{sibling}` been true"
                    draft.report(("claims", claim, "versions", version, "known", group), message, _FALLS)


_FALLS: Final = "who knew the exact words knew the vague ones: give at least as much"


def _grades(fields: Fields) -> list[tuple[str, Interval]]:
    known = fields.get("known")
    items = known.items() if isinstance(known, dict) else ()
    return [(group, interval) for group, interval in items if isinstance(interval, Interval)]


def _fits_never_fall(draft: Draft, claim: str) -> None:
    """What would have given the more exact words would have given the vaguer ones."""
    most: tuple[str, int] = ("", 1)
    for version, fields in (draft.versions(claim) or {}).items():
        fits = fields.get("fits")
        if isinstance(fits, int) and fits < most[1]:
            message = f"fits {fits:,} documents, fewer than the more exact `{most[0]}`, which fits {most[1]:,}"
            draft.report(
                ("claims", claim, "versions", version, "fits"), message, "what fits exact words fits vague ones"
            )
        elif isinstance(fits, int):
            most = (version, fits)


def _falls(before: Interval, after: Interval) -> bool:
    return after.lo < before.lo or after.mid < before.mid or after.hi < before.hi


def events_are_attended_once(draft: Draft) -> None:
    """``attended`` belongs to an event, and claims of one event agree on it."""
    said: dict[tuple[str, str], tuple[str, float]] = {}
    for claim, held in draft.named("claims").items():
        attended = held.get("attended")
        if not isinstance(attended, dict) or not attended:
            continue
        path: Path = ("claims", claim, "attended")
        if _missing(draft, ("claims", claim, "event"), held):
            draft.report(path, "`attended` without an `event`", "name the event they were in on")
            continue
        for group, chance in attended.items():
            other, there = said.setdefault((str(held.get("event")), group), (claim, chance))
            if there != chance:
                draft.report((*path, group), f"{chance} here, {there} in `{other}`, but it is one event")


def versions_exist(draft: Draft) -> None:
    """Every version that is referred to is one of its claim's."""
    for section in ("given", "consents"):
        key = "claims" if section == "given" else "covers"
        for index, held in draft.listed(section):
            _judge_versions(draft, (section, index, key), held.get(key))
    for index, held in draft.listed("negotiation"):
        for text in ("teaser", "package"):
            _judge_versions(draft, ("negotiation", index, text), held.get(text))
    _judge_versions(draft, ("proposal", "claims"), draft.fields.get("proposal", {}).get("claims"))
    for index, held in draft.listed("cover"):
        for claim in held.get("claims", ()):
            _judge_version(draft, ("cover", index, "version"), claim, held.get("version"))
    for claim in draft.named("claims"):
        for version, fields in (draft.versions(claim) or {}).items():
            path: Path = ("claims", claim, "versions", version, "implies")
            _judge_versions(draft, path, fields.get("implies"))
            if isinstance(fields.get("implies"), dict) and claim in fields["implies"]:
                draft.report((*path, claim), f"`{claim}` implies itself", "its vaguer versions are implied anyway")
    for claim, held in draft.named("claims").items():
        for sibling, fields in _records(held.get("siblings", {})):
            for version in fields.get("versions", {}) if isinstance(fields.get("versions"), dict) else ():
                _judge_version(draft, ("claims", claim, "siblings", sibling, "versions", version), claim, version)
    for claim, held in draft.named("claims").items():
        for index, person in enumerate(held.get("persons", ())):
            versions = person.get("versions", ()) if isinstance(person, dict) else ()
            for place, version in enumerate(versions):
                _judge_version(draft, ("claims", claim, "persons", index, "versions", place), claim, version)


def _judge_versions(draft: Draft, path: Path, told: Any) -> None:
    for claim, version in told.items() if isinstance(told, dict) else ():
        _judge_version(draft, (*path, claim), claim, version)


def _judge_version(draft: Draft, path: Path, claim: Any, version: Any) -> None:
    versions = draft.versions(claim) if isinstance(claim, str) else None
    if versions is not None and isinstance(version, str) and version not in versions:
        draft.report_unknown(path, f"`{claim}` has no version `{printable(version)}`", version, versions)


def persons_are_named_once(draft: Draft) -> None:
    """No two persons of a claim share an id."""
    for claim, held in draft.named("claims").items():
        met = set()
        for index, person in enumerate(held.get("persons", ())):
            id_ = person.get("id") if isinstance(person, dict) else None
            if id_ is not None and id_ in met:
                draft.report(("claims", claim, "persons", index, "id"), f"a second person `{printable(id_)}`")
            met.add(id_)


def cover_points_at_nobody(draft: Draft) -> None:
    """Cover makes an impersonal explanation better; it never turns suspicion on people."""
    kinds = draft.kinds()
    for index, held in draft.listed("cover"):
        for group in held.get("makes", {}):
            if kinds.get(group) is GroupKind.PERSONS:
                hint = "cover makes a channel or an innocent explanation better"
                draft.report(("cover", index, "makes", group), f"`{group}` is persons", hint)


def days_are_in_order(draft: Draft) -> None:
    """Nothing was given or answered after today, and no consent ends before it began."""
    today = draft.fields.get("as_of")
    for section in ("given", "consents"):
        for index, held in draft.listed(section):
            on = held.get("on")
            if isinstance(today, dt.date) and isinstance(on, dt.date) and on > today:
                draft.report((section, index, "on"), f"{on} is after the day of the case, {today}")
    for index, held in draft.listed("consents"):
        for end in ("until", "withdrawn"):
            if held.get("on") and held.get(end) and held[end] < held["on"]:
                draft.report(("consents", index, end), f"{held[end]} is before the consent was given, {held['on']}")


def illustrations_lead_somewhere(draft: Draft) -> None:
    """Each path that is marked as illustrative leads to something in the file."""
    about = draft.fields.get("about")
    for index, path in enumerate(about.get("illustrative", ()) if isinstance(about, dict) else ()):
        if isinstance(path, str) and not _leads(draft.root, path):
            message = f"`{printable(path)}` leads nowhere"
            draft.report(("about", "illustrative", index), message, "write a path such as `readers.X.groups`")


def _leads(node: Node, path: str) -> bool:
    """Whether a spelled path, in which ``*`` is any key or item, leads to something below ``node``."""
    if not path:
        return True
    if isinstance(node, MappingNode):
        steps = [(k.text, value) for k, value in node.entries if isinstance(k, ScalarNode)]
    elif isinstance(node, SequenceNode):
        steps = [(f"[{index}]", item) for index, item in enumerate(node.items)]
    else:
        return False
    for name, value in steps:
        for word in (name, "*"):
            rest = path.removeprefix(word)
            if rest != path and (not rest or rest[0] in ".[") and _leads(value, rest.removeprefix(".")):
                return True
    return False


CHECKS: Final[tuple[Callable[[Draft], None], ...]] = (
    parties_play_one_part,
    sources_rest_on_something,
    readers_have_one_model,
    groups_keep_their_kind,
    groups_fit_their_kind,
    weights_leave_room,
    channels_lead_to_persons,
    fixed_words_stay_free,
    secrets_are_something,
    vaguer_says_less,
    events_are_attended_once,
    versions_exist,
    persons_are_named_once,
    cover_points_at_nobody,
    days_are_in_order,
    illustrations_lead_somewhere,
)
"""Every check, in the order of the file."""
