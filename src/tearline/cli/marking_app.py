"""The commands about markings as the command line declares them; what they do is in :mod:`tearline.cli.marking`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

AsJson = Annotated[bool, Parameter(name="--json", negative="")]
Marking = Annotated[str, Parameter(allow_leading_hyphen=True)]

app = App(
    name="marking",
    help="Read, compare, roll up and print markings: US, NATO, TLP, PAP, Europol, UK, grades, IEP, ACS.",
    help_epilogue="""A marking is typed as it stands, or read from a file with @FILE,
or with - from standard input, one on each line.

Systems: ism (US), nato, stanag4774 (with --policy FILE), tlp, pap, europol,
uk, admiralty, 3x5x2, iep, acs.""",
    help_format="plaintext",
)


@app.command(
    name="read",
    help_epilogue="""Examples:

  tearline marking read --system ism "(S//REL TO USA, AUS)"
  tearline marking read --system ism "(S//DISPLAY ONLY GBR)" --reader country=GBR,serves=GBR,clearance=S""",
)
def marking_read(
    text: Marking, /, *, system: str, reader: str | None = None, policy: Path | None = None, json: AsJson = False
) -> int:
    """What a marking says, what is wrong with it, and whether somebody may read what carries it.

    Parameters
    ----------
    text
        One marking.
    system
        The label system, such as `ism` or `tlp`.
    reader
        Who would read: KEY=VALUE, joined by commas, of country, serves, agency, clearance, access, group, standing.
    policy
        The policy file (SPIF) of a STANAG 4774 label.
    json
        Print it as JSON.
    """
    from tearline.cli import marking as on_markings

    return on_markings.read(system, text, policy=policy, reader=reader, as_json=json)


@app.command(
    name="render",
    help_epilogue="""Examples:

  tearline marking render --system ism "(TS//SI-G/TK//OC/NF)"
  tearline marking render --system ism --as xml '(S//NF)'""",
)
def marking_render(
    text: Marking,
    /,
    *,
    system: str,
    form: Annotated[str | None, Parameter(name="--as")] = None,
    policy: Path | None = None,
    json: AsJson = False,
) -> int:
    """Print a marking: banner, portion, words, colour, XML, STIX.

    Parameters
    ----------
    text
        One marking.
    system
        The label system, such as `ism` or `tlp`.
    form
        Only this form: banner, portion, words, xml, stix or json.
    policy
        The policy file (SPIF) of a STANAG 4774 label.
    json
        Print every form as JSON.
    """
    from tearline.cli import marking as on_markings

    return on_markings.render(system, text, policy=policy, form=form, as_json=json)


@app.command(
    name="rollup",
    help_epilogue="""Examples:

  tearline marking rollup --system ism "(S//REL TO USA, AUS)" "(U//FOUO)"
  tearline marking rollup --system ism --json - < portions.txt""",
)
def marking_rollup(
    portions: Annotated[list[str], Parameter(allow_leading_hyphen=True)],
    /,
    *,
    system: str,
    policy: Path | None = None,
    json: AsJson = False,
) -> int:
    """The banner of a document with these portions, and why it reads so; it reads no weaker than any of them.

    Parameters
    ----------
    portions
        Markings, in any order.
    system
        The label system, such as `ism` or `tlp`.
    policy
        The policy file (SPIF) of STANAG 4774 labels.
    json
        Print it as JSON.
    """
    from tearline.cli import marking as on_markings

    return on_markings.rollup(system, portions, policy=policy, as_json=json)


@app.command(
    name="map",
    help_epilogue="""Examples:

  tearline marking map --system tlp --to iep TLP:AMBER
  tearline marking map --system ism --to nato --agreement us-nato '(S//REL TO USA, NATO)'""",
)
def marking_map(
    text: Marking,
    /,
    *,
    system: str,
    to: str,
    agreement: str | None = None,
    policy: Path | None = None,
    json: AsJson = False,
) -> int:
    """Say a marking in another system, never more loosely, and what is lost; refuse where that cannot be.

    Parameters
    ----------
    text
        One marking.
    system
        The label system it is in.
    to
        The label system to say it in.
    agreement
        The table by which levels are held as equal; without one no level goes over.
    policy
        The policy file (SPIF) of a STANAG 4774 label.
    json
        Print it as JSON.
    """
    from tearline.cli import marking as on_markings

    return on_markings.map_to(system, text, to=to, agreement=agreement, policy=policy, as_json=json)
