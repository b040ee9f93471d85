"""Sentences about what a reader could work out: words first, figures behind them."""

from __future__ import annotations

from collections.abc import Iterable

from tearline.assess.answer import Breach
from tearline.domain import Case, Form, Permission, Purpose, SecretId, SecretKind
from tearline.domain.estimative import percent_down, percent_up
from tearline.exposure.worlds import Gate, Reached

IF_PRESSED = "I can add nothing to that here. If more can be shared, you will hear it from us."
IF_IT_LEAKS = "We do not discuss where our information comes from, and neither confirm nor deny reports about it."

PERMITTED_TO = {
    Permission.ONWARD: "to pass it on",
    Permission.ACT: "to act on it visibly",
    Permission.EVIDENCE: "to use it as evidence or publish it",
    Permission.DETAIN: "to detain",
    Permission.LETHAL: "to use it for lethal action",
}
"""What each permission permits, as in ``permission to …``."""


PURPOSE = {
    Purpose.ROUTINE: "as a matter of routine",
    Purpose.WARNING: "as a warning",
    Purpose.ACTION: "so that it can act",
    Purpose.TIP_OFF: "to tip it off",
    Purpose.GESTURE: "as a gesture",
    Purpose.TRADE: "in return for something",
    Purpose.JOINT_WORK: "for work that we do together",
    Purpose.CAPABILITY: "to share how it is done",
}
"""Why something would be told, as in ``We should like to tell B, …``."""

FORM = {
    Form.RELEASE: "in writing to keep",
    Form.DISCLOSURE: "by word of mouth, with nothing to keep",
    Form.ACTION: "by an act that will be noticed",
}
"""How it would be told."""


def listed(names: Iterable[str]) -> str:
    """Names in a sentence: ``A, B and C``."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def concerning(case: Case, about: str) -> str:
    """What a belief is about, as a clause: ``that …``."""
    kind, _, name = about.partition(":")
    if kind == "channel":
        return f"that it was got through `{name}`"
    if kind == "organisation":
        return f"that the source sits in `{name}`"
    if kind == "group":
        return f"that it was one certain person of `{name}`"
    secret = {s.id: s for s in case.secrets}[SecretId(name)]
    if secret.kind is SecretKind.PARTNER and secret.party:
        return f"that {case.party(secret.party).label} is involved"
    return f"that `{name}` is so"


def breach(case: Case, found: Breach) -> str:
    """What a text would break, for whom, and by how much."""
    return breach_by(case, found, case.party(found.reader).label)


def breach_by(case: Case, found: Breach | Reached, who: str) -> str:
    """The same, with the reader (or several who reach the same) called ``who``."""
    if found.gate is Gate.CROWD:
        few = "only " if found.reached < found.limit else ""
        return f"{few}{found.reached:.0f} people would share the suspicion of {who}; at least {found.limit:.0f} must"
    if found.gate is Gate.INVESTIGATION:
        return f"to {who} {found.reached:.0f} more people would be worth an investigation; {found.limit:.0f} may"
    up_to, limit = percent_up(found.reached), percent_down(found.limit)
    if found.gate is Gate.TRIES:
        return f"{who} would find the source by a few investigations with up to {up_to} (limit {limit})"
    if found.gate is Gate.STEP:
        about = concerning(case, found.about)
        return f"the belief of {who} {about} would jump to {up_to} (at most {limit} in one release)"
    return f"{who} would believe {concerning(case, found.about)}, up to {up_to} (limit {limit})"
