"""Templates of an incident file: the questions of the first hour, in the order in which they are asked."""

from __future__ import annotations

from typing import Final

from tearline.errors import InputError

_HEAD: Final = """# What got out? Fill in what is known; what is not known stays out, and is then taken for the worse.
# `tearline damage THIS-FILE` answers at once, and again with every line that is added.

tearline_incident: 1
title: "An incident"
kind: {kind}
on: 2026-11-20                         # the day on which it happened
case: essay                            # the case it is about: a shipped one, or a file beside this one

# 1. Who {did}, and who has it for certain?
spoke: the principal
hearers: [B]

# 2. What could come out at most? By claim the most exact version {bound}.
briefed: {{plot: exact}}
"""

_SPOKEN: Final = """
# 3. Who says what was said? Several who repeat each other are one account.
accounts:
  a-visitor:
    by: a visitor, at second hand
    says: {plot: exact}
    reliability: C
    motive: play-up
    on: 2026-11-21
  a-spokesman:
    by: a spokesman, in public
    denies: {plot: target}
    reliability: C
    motive: play-down
    on: 2026-11-22
"""

_THEFT: Final = """
# 3. How likely was each claim taken, and how likely did a hostile reader come to see it? What is in print?
taken: {plot: [0.5, 0.9]}
seen: [0.2, 0.6]
"""

_TAIL: Final = """
# 4. What is at stake, and how soon could harm come?
sources:
  s-min: {worth: important, years: [2, 6], hours_to_harm: 24}
  m-dec: {worth: irreplaceable, years: [2, 6]}

# 5. Who could be asked what was said?
witnesses:
  - {whom: the note-taker, about: plot, reliability: B}

# 6. Must no assessment be written while somebody may be prosecuted?
legal_hold: false
"""

TEMPLATES: Final = {
    "spoken": _HEAD.format(kind="off-script", did="spoke", bound="that was in the briefing") + _SPOKEN + _TAIL,
    "theft": _HEAD.format(kind="theft", did="took it", bound="that lay open") + _THEFT + _TAIL,
}


def incident_template(name: str) -> str:
    """A template by its name.

    Raises:
        InputError: There is none of that name.
    """
    if name not in TEMPLATES:
        raise InputError(f"no template `{name}`; there is {', '.join(f'`{n}`' for n in TEMPLATES)}")
    return TEMPLATES[name]
