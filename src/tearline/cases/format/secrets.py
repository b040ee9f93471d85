"""What must not be worked out, and how far a reader may get."""

from typing import Any, Final

import attrs

from tearline.cases.format.parts import GROUP, LIMIT, PARTY, PROBABILITY, made, parts_of, record
from tearline.cases.scalars import Name, Number
from tearline.cases.shapes import NEEDED, Field, Fields, Kind, Mapped, Record
from tearline.domain import Budget, Secret, SecretKind

PERSON_LIMITS: Final = ("top_suspect", "crowd", "investigation", "tries")
BELIEF_LIMITS: Final = ("belief", "step")
"""The limits that fit a secret that is a person, and those that fit any other."""

BY_SOURCE: Final = "by kind of source"
BUDGET: Final = record(
    "budget",
    "How far a reader may get. For a person the first four; for the others `belief` and `step`.",
    (
        Field("top_suspect", LIMIT, "G1: probability of the most suspected person.", otherwise=BY_SOURCE),
        Field(
            "crowd",
            Number(1, 1e10, whole=True),
            "G2: how many persons stay at least half as suspected as the first.",
            otherwise=BY_SOURCE,
        ),
        Field(
            "investigation",
            Number(0, 1e10, whole=True),
            "G3: how many persons may newly become worth investigating.",
            otherwise=BY_SOURCE,
        ),
        Field("tries", LIMIT, "G4: chance that it finds the source in its first tries.", otherwise=BY_SOURCE),
        Field("belief", LIMIT, "G5: probability of the secret.", otherwise=BY_SOURCE),
        Field("step", Number(0, 100), "G5: bits that one release may add.", otherwise=BY_SOURCE),
    ),
    Budget,
)


IS_WORDS: Final = {kind.value: kind for kind in (SecretKind.PERSON, SecretKind.PARTNER, SecretKind.PROPOSITION)}
"""What ``is`` may say besides the id of a channel or of an organisation."""


def _secret(fields: Fields) -> Secret:
    is_ = fields.pop("is")
    return made(Secret, if_="given")(fields | is_)


def _secret_parts(secret: Secret) -> Fields:
    return parts_of(if_="given")(secret) | {"is": secret.group or secret.organisation or secret.kind.value}


@attrs.frozen
class What(Name):
    """What a secret is: a fixed word, or the id of the channel or the organisation."""

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(IS_WORDS)}, super().schema()]}

    def words(self) -> str:
        return ", ".join(f"`{word}`" for word in IS_WORDS) + ", or the id of a channel or an organisation"


SECRET: Final = Record(
    name="secret",
    says="One thing to be protected.",
    fields=(
        Field("of", Name(Kind.SOURCE), "The source it belongs to.", NEEDED),
        Field("is", What(), "What a reader would have learnt.", NEEDED),
        Field("party", PARTY, "For `partner`: who is involved."),
        Field("if", Mapped(GROUP, PROBABILITY), "Its probability, given that explanation.", {}),
        Field("budget", BUDGET, "How far a reader may get.", {}, "by kind of source"),
    ),
    make=_secret,
    parts=_secret_parts,
)
