"""The commands about incidents as the command line declares them; what they do is in :mod:`tearline.cli.incidents`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

AsJson = Annotated[bool, Parameter(name="--json", negative="")]
Hold = Annotated[bool, Parameter(name="--hold", negative="")]
IncidentName = Annotated[str, Parameter(allow_leading_hyphen=True)]

app = App(
    name="incident",
    help="Incident files: list, begin, compare.",
    help_epilogue="""INCIDENT is a file or the name of a shipped one (see `tearline incident list`).""",
    help_format="plaintext",
)


def damage(incident: IncidentName, /, *, as_of: str | None = None, hold: Hold = False, json: AsJson = False) -> int:
    """What was probably lost, how sure that is, who is in danger, whom to tell, what to ask next.

    Parameters
    ----------
    incident
        A file, the name of a shipped incident, or - for standard input.
    as_of
        As it stood at the end of a day, such as 2026-11-20: what became known later is left out.
    hold
        Legal hold: write no assessment, only counts and whom to tell.
    json
        Print it as JSON.
    """
    from tearline.cli import incidents

    return incidents.damage(incident, as_of=as_of, hold=hold, as_json=json)


@app.command(
    name="list",
    help_epilogue="""Examples:

  tearline incident list
  tearline incident list oval-office""",
)
def incident_list(name: str | None = None, /, *, json: AsJson = False) -> int:
    """The shipped incidents, or one of them as it was written.

    Parameters
    ----------
    name
        Which one to print; none: list all.
    json
        Print it as JSON.
    """
    from tearline.cli import incidents

    return incidents.list_(name, as_json=json)


@app.command(
    name="new",
    help_epilogue="""Examples:

  tearline incident new --output mine.yaml
  tearline incident new > mine.yaml
  tearline incident new --template theft --output theft.yaml""",
)
def incident_new(
    *,
    template: str | None = None,
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    json: AsJson = False,
) -> int:
    """Begin an incident file: at most nine questions, and it can be assessed at once.

    Parameters
    ----------
    template
        Ask nothing and print a template, `spoken` (somebody said or printed it) or `theft` (something was taken).
    output
        Write it to this file; it must not be there yet.
    json
        Print it as JSON.
    """
    from tearline.cli import incidents

    return incidents.new(template, output, as_json=json)


@app.command(
    name="compare",
    help_epilogue="""Examples:

  tearline incident compare oval-office manning
  tearline incident compare mine.yaml midway gordievsky --json
  tearline incident compare --svg all.svg""",
)
def incident_compare(*incident: IncidentName, svg: Path | None = None, json: AsJson = False) -> int:
    """Did one cost more than the other? A probability, by how many tens, and through what; a chart of all.

    Parameters
    ----------
    incident
        Two or more, each a file or the name of a shipped one; none: all shipped ones.
    svg
        Write the chart to this file too; it must not be there yet.
    json
        Print it as JSON.
    """
    from tearline.cli import incidents

    return incidents.compare(incident, svg, as_json=json)


@app.command(
    name="bulk",
    help_epilogue="""Examples:

  tearline incident bulk stolen.jsonl
  tearline incident bulk stolen.jsonl --top 100 --json
  zcat stolen.jsonl.gz | tearline incident bulk -""",
)
def incident_bulk(file: IncidentName, /, *, top: int = 20, json: AsJson = False) -> int:
    """What a theft of any number of documents betrays, source by source, in the order of work.

    Parameters
    ----------
    file
        JSON lines: what it is, then sources, then documents; - for standard input.
    top
        How many sources are shown.
    json
        Print it as JSON.
    """
    from tearline.cli import thefts

    return thefts.bulk(file, top=top, as_json=json)
