"""Who reads, and whom it would consider."""

from typing import Final

from tearline.cases.format.parts import CLAIM, GROUP, LIMIT, PARTY, PROBABILITY, made, parts_of, record
from tearline.cases.scalars import Flag, Judged, Name, Number, Text
from tearline.cases.shapes import Field, Fields, Kind, Listed, Mapped, Named, Record
from tearline.domain import Group, GroupKind, Reader
from tearline.domain.defaults import INVESTIGATES_ABOVE, TRIES


def _group(fields: Fields) -> Group:
    kind = GroupKind.PERSONS
    if fields.pop("channel", False):
        kind = GroupKind.CHANNEL
    if fields.pop("other", False):
        kind = GroupKind.OTHER
    return made(Group, in_="within")(fields | {"kind": kind})


def _group_parts(group: Group) -> Fields:
    channel, other = group.kind is GroupKind.CHANNEL, group.kind is GroupKind.OTHER
    return parts_of(in_="within")(group) | {"channel": channel, "other": other}


GROUP_RECORD: Final = Record(
    name="group",
    says="An explanation that a reader could hold for how we know: persons, a channel, or something innocent.",
    fields=(
        Field("count", Number(1, 1e10, whole=True), "How many persons it has.", 1),
        Field("channel", Flag(), "It is a method, not persons: a read cipher, a tapped line.", False),
        Field("other", Flag(), "It is an innocent explanation: luck, open sources, somebody else.", False),
        Field(
            "weight",
            LIMIT,
            "The reader's prior probability for the whole group. Needed for channels and innocent explanations.",
            otherwise="an equal share, head by head, of what the weighted groups leave",
        ),
        Field(
            "suspected",
            Number(0, 1e6, above=True),
            "For persons without a weight: how many times as much as others each is suspected beforehand.",
            1,
        ),
        Field("in", Listed(Name(Kind.ORGANISATION), one=True), "Organisations its members belong to.", ()),
        Field(
            "via",
            Mapped(GROUP, PROBABILITY),
            "For a channel: the probability that somebody of that group is behind it, if it exists.",
            {},
        ),
    ),
    make=_group,
    parts=_group_parts,
)

READER: Final = record(
    "reader",
    "One who may end up holding what is released, and how it would reason. At most one of `groups`, `like`, `roster`.",
    (
        Field(
            "groups",
            Named(Name(), GROUP_RECORD, defines=Kind.GROUP),
            "Whom it would consider.",
            {},
            "as `like`, else as every reader with groups",
        ),
        Field("like", PARTY, "The reader with groups whose candidates it borrows."),
        Field("roster", Text(1), "A file of candidates."),
        Field(
            "investigates_above",
            LIMIT,
            "The suspicion from which it pays to investigate.",
            otherwise=f"{INVESTIGATES_ABOVE:g}",
        ),
        Field(
            "tries", Number(1, 1e10, whole=True), "How many persons it can investigate at once.", otherwise=f"{TRIES}"
        ),
        Field("purges", Flag(), "It punishes on suspicion alone.", False),
        Field(
            "holds_raw", Mapped(CLAIM, Judged()), "How likely it holds the report as it was collected, by claim.", {}
        ),
    ),
    Reader,
)
