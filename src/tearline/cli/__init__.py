"""The command line: parse, call the core, render. No rule lives here.

Exit codes of a decision: 0 allow, 3 allow-if or ask, 4 refuse. 2: the input is wrong. 1: the answer
could not be written, or a mistake of ours. Heavy modules are imported inside the command that needs
them, so that ``--help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, CycloptsError, Parameter

from tearline import __version__
from tearline.cli.incident_app import app as incident_app
from tearline.cli.incident_app import damage
from tearline.cli.marking_app import app as marking_app
from tearline.cli.record_app import app as record_app
from tearline.cli.streams import abandon_output, make_ready, say, trimmed
from tearline.errors import CaseFileError, InputError, TearlineError

FAILED = 1
WRONG_INPUT = 2
INTERRUPTED = 130
LEFT = 141
"""Whoever read the answer left before its end, as a shell says it; never 0, which would say: it may go."""

app = App(
    name="tearline",
    help="Share intelligence without burning the source.",
    help_epilogue="""Try first:

  tearline assess essay        the worked example: a decision with its reasons
  tearline new > mine.yaml     a case of your own, ten questions
  tearline assess mine.yaml

CASE is a file, the name of a shipped case (see `tearline cases`), or - for standard input.
Exit codes: 0 allow, 3 allow-if or ask, 4 refuse, 2 the input is wrong.""",
    help_format="plaintext",
    version=__version__,
    suppress_keyboard_interrupt=False,
)

AsJson = Annotated[bool, Parameter(name="--json", negative="")]
CaseName = Annotated[str, Parameter(allow_leading_hyphen=True)]
Full = Annotated[bool, Parameter(name="--full", negative="")]
Proposed = Annotated[bool, Parameter(name="--proposed", negative="")]


def main() -> None:
    """Run the command line and exit with its code."""
    # Before numpy is loaded: over arrays as small as ours, threads cost far more than they gain.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    make_ready()
    if not sys.stdout:
        say("tearline: cannot write: standard output is closed")
        sys.exit(FAILED)
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; every expected failure becomes a message on standard error and a code."""
    try:
        code = _answered(arguments)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # pages leave a closed pipe by the second: `rich` turns one into the other
        abandon_output()
        return LEFT
    except OSError as failure:  # files that are read have turned theirs into an InputError
        abandon_output()
        say(f"tearline: cannot write: {(failure.strerror or str(failure)).lower()}")
        return FAILED
    except KeyboardInterrupt:
        say("stopped")
        return INTERRUPTED
    return code


def _answered(arguments: list[str]) -> int:
    from rich.console import Console

    out = Console(file=trimmed())
    try:
        code = app(arguments, console=out, exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as wrong:
        help_on = " ".join(["tearline", *(wrong.command_chain or ()), "--help"])
        say(f"tearline: {' '.join(str(wrong).splitlines())} Try `{help_on}`.")
        return WRONG_INPUT
    except CaseFileError as wrong:
        for problem in wrong.problems:
            say(problem.seen_in(wrong.name))
        return WRONG_INPUT
    except InputError as wrong:
        say(str(wrong))
        return WRONG_INPUT
    except TearlineError as failure:
        say(f"tearline: {failure}")
        return FAILED
    return code if isinstance(code, int) else 0


@app.command(
    help_epilogue="""Examples:

  tearline assess essay
  tearline assess mine.yaml --full
  tearline assess essay --replay
  tearline assess - --json < mine.yaml"""
)
def assess(
    case: CaseName,
    /,
    *,
    json: AsJson = False,
    full: Full = False,
    nodes: int | None = None,
    replay: Annotated[bool, Parameter(negative="")] = False,
    policy: str | None = None,
    record: Path | None = None,
) -> int:
    """May it go, in which words, whom to ask first, and why not more?

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input.
    json
        Print the answer as JSON (documented in docs/reference/answer.md).
    full
        Show every limit of every reader, not only those nearest to breaking.
    nodes
        How long to search, 1 or more: after so many nodes answer with the best text found and a certified gap.
    replay
        Put everybody else who could be the source in its place: would the same words have gone out?
    policy
        A policy file, or the name of a shipped policy, that holds instead of the one that the case names.
    record
        A record of releases: what it says was given before counts too.
    """
    from tearline.cli import answers

    return answers.assess(case, as_json=json, full=full, nodes=nodes, replayed=replay, policy=policy, record=record)


@app.command(
    name="open",
    help_epilogue="""Examples:

  tearline open                     begin a case: questions, a report, an example
  tearline open essay
  tearline open mine.yaml           also while it has faults: the page shows where
  tearline open mine.yaml --no-browser --port 8700
  tearline open oval-office --incident""",
)
def open_(
    case: CaseName | None = None,
    /,
    *,
    incident: Annotated[bool, Parameter(negative="")] = False,
    port: int = 0,
    no_browser: Annotated[bool, Parameter(name="--no-browser", negative="")] = False,
) -> int:
    """See a case in the browser, try other words, and write the choice back; begin one there, or see an incident.

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input; an incident file, or a shipped incident.
        Without one the page asks how to begin.
    incident
        An incident is meant, where a shipped case has the same name or it comes from standard input.
    port
        Where to listen on this machine; 0: any port that is free.
    no_browser
        Only print the address, which works once.
    """
    from tearline.cli import opening

    return opening.open_page(case, port=port, browser=not no_browser, incident=incident)


@app.command(
    help_epilogue="""Examples:

  tearline frontier essay
  tearline frontier mine.yaml --json"""
)
def frontier(case: CaseName, /, *, json: AsJson = False) -> int:
    """How much could be said at how much exposure: every text that no other one beats on both.

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input.
    json
        Print the points as JSON.
    """
    from tearline.cli import answers

    return answers.frontier(case, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline explain essay
  tearline explain essay --proposed
  tearline explain essay --reader X --json"""
)
def explain(case: CaseName, /, *, reader: str | None = None, proposed: Proposed = False, json: AsJson = False) -> int:
    """Which sentence points at whom, and what every earlier release has cost, in bits.

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input.
    reader
        Only this party; by default every reader that counts, hostile ones first, those alike together.
    proposed
        Explain the text as proposed instead of the recommended one, as is always done after a refusal.
    json
        Print the explanation as JSON.
    """
    from tearline.cli import answers

    return answers.explain(case, reader=reader, proposed=proposed, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline budget gordievsky
  tearline budget mine.yaml --json"""
)
def budget(case: CaseName, /, *, json: AsJson = False) -> int:
    """What is left of every limit, what each earlier release cost, and whether the proposal is worth its price.

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input.
    json
        Print the stock as JSON.
    """
    from tearline.cli import answers

    return answers.budget(case, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline redteam gordievsky
  tearline redteam gordievsky --proposed
  tearline redteam mine.yaml --json"""
)
def redteam(
    case: CaseName,
    /,
    *,
    proposed: Proposed = False,
    json: AsJson = False,
) -> int:
    """After which release each of six attackers would have found the source, and by which sentence.

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input.
    proposed
        Let the text as proposed go last instead of the recommended one.
    json
        Print the attack as JSON.
    """
    from tearline.cli import answers

    return answers.redteam(case, proposed=proposed, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline partner B --case liaison
  tearline partner R --case liaison --dossier first-file
  tearline partner B --case mine.yaml --json"""
)
def partner(party: CaseName, /, *, case: CaseName, dossier: str | None = None, json: AsJson = False) -> int:
    """How far a partner can be relied on, what moved that, what passed between us, and what to ask for.

    Parameters
    ----------
    party
        The id of the partner in the case.
    case
        A file, the name of a shipped case, or - for standard input.
    dossier
        Instead of the page, one dossier that was received from it, claim by claim.
    json
        Print the page as JSON.
    """
    from tearline.cli import partners

    return partners.partner(party, case, dossier=dossier, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline card oval-office
  tearline card mine.yaml --hand
  tearline card mine.yaml --json"""
)
def card(
    case: CaseName, /, *, hand: Annotated[bool, Parameter(name="--hand", negative="")] = False, json: AsJson = False
) -> int:
    """What a leader may say in a meeting, what not, and what to say instead; with the briefing before it.

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input.
    hand
        Print only the card that is carried into the room, without the briefing that stays in the house.
    json
        Print both papers as JSON.
    """
    from tearline.cli import cards

    return cards.card(case, as_json=json, hand=hand)


@app.command(
    help_epilogue="""Examples:

  tearline negotiate liaison
  tearline negotiate liaison --teaser ships=season --package ships=port --ask "port calls"
  tearline negotiate mine.yaml --json"""
)
def negotiate(
    case: CaseName,
    /,
    *,
    teaser: Annotated[list[str] | None, Parameter(negative="")] = None,
    package: Annotated[list[str] | None, Parameter(negative="")] = None,
    ask: Annotated[list[str] | None, Parameter(negative="")] = None,
    json: AsJson = False,
) -> int:
    """Where a trade with the recipient stands, the most we may give, and what each move would tell.

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input.
    teaser
        An offer you have in mind: a claim and the version in which it is told now, CLAIM=VERSION; may be given
        several times.
    package
        The same for what would be handed over in the end.
    ask
        What that offer asks for; by default what the proposal asks in return.
    json
        Print it as JSON.
    """
    from tearline.cli import negotiating

    return negotiating.negotiate(case, teaser=teaser or [], package=package or [], ask=ask or [], as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline move mine.yaml --to draft --by officer-7
  tearline move mine.yaml --to cleared --by chief --because 'C agreed'"""
)
def move(
    case: CaseName,
    /,
    *,
    to: str,
    by: str,
    because: str = "",
    override: Annotated[bool, Parameter(name="--override", negative="")] = False,
    record: Path | None = None,
    json: AsJson = False,
) -> int:
    """Take the proposal of a case file to its next stage, if nothing stands in the way, and record it.

    Parameters
    ----------
    case
        A case file. The journal lies beside it, with `.journal` behind its name.
    to
        The stage: draft, assessed, consulting, cleared, refused, released, acknowledged, onward-asked,
        act-asked, corrected, recalled or expired.
    by
        Who does it, as the case calls them.
    because
        The reason; refusing, clearing with conditions, correcting and recalling need one.
    override
        Decide against the answer. It takes the duty to override, and a reason; it is recorded as such.
    record
        The record of releases: what it says was given counts; by default as for `release`.
    json
        Print what was recorded, or what stands in the way, as JSON.
    """
    from tearline.cli import journals

    return journals.move(case, to=to, by=by, because=because, override=override, as_json=json, record=record)


@app.command(
    help_epilogue="""Examples:

  tearline release mine.yaml --by liaison
  tearline release mine.yaml --by chief --because "agreed with C" --record desk.record
  tearline release mine.yaml --by liaison --json"""
)
def release(
    case: CaseName,
    /,
    *,
    by: str | None = None,
    because: str = "",
    record: Path | None = None,
    json: AsJson = False,
) -> int:
    """Assess a case file, put on record what goes, and print it with its number. Nothing leaves without one.

    Parameters
    ----------
    case
        A case file. Where a journal lies beside it, it must have been cleared.
    by
        On whose authority, or who hands over what was cleared; by default `carried_by` of the proposal.
    because
        The reason.
    record
        The record, begun where there is none; by default TEARLINE_RECORD, or the user's own.
    json
        Print what went, or what is missing, as JSON.
    """
    from tearline.cli import releases

    return releases.release(case, by=by, because=because, record=record, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline log mine.yaml --by officer-7 --view ask --because "the partner will mind"
  tearline log mine.yaml --by officer-7 --briefed head-of-state
  tearline log mine.yaml --by note-taker --said plot=warning --sure 0.8"""
)
def log(
    case: CaseName,
    /,
    *,
    by: str,
    view: str | None = None,
    briefed: str | None = None,
    said: Annotated[list[str] | None, Parameter(negative="")] = None,
    sure: float = 1.0,
    because: str = "",
    json: AsJson = False,
) -> int:
    """Record what is no move: an officer's own view, the receipt of a briefing, or what was said.

    Parameters
    ----------
    case
        A case file.
    by
        Who records it, as the case calls them.
    view
        What they think themselves: allow, allow_if, ask or refuse; best before `move --to assessed` shows the answer.
    briefed
        Who was briefed with `tearline card` as the case now is, and has signed.
    said
        A claim and the version in which it was said, CLAIM=VERSION; may be given several times.
    sure
        How likely it was said so, above 0 up to 1.
    because
        The reason, or on what it rests.
    json
        Print what was recorded as JSON.
    """
    from tearline.cli import journals

    return journals.log(
        case,
        by=by,
        because=because,
        own_view=view,
        principal=briefed,
        said=said or [],
        sure=sure,
        as_json=json,
    )


@app.command(
    help_epilogue="""Examples:

  tearline history mine.yaml
  tearline history mine.yaml --json"""
)
def history(case: CaseName, /, *, json: AsJson = False) -> int:
    """What was done with the proposal of a case file, by whom, and what may be done next.

    Parameters
    ----------
    case
        A case file.
    json
        Print it as JSON.
    """
    from tearline.cli import journals

    return journals.history(case, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline submission essay
  tearline submission essay --format markdown --out essay.md"""
)
def submission(
    case: CaseName,
    /,
    *,
    format: str = "terminal",
    out: Path | None = None,
    json: AsJson = False,
) -> int:
    """One page to be signed: what is recommended and why, who must be squared, the words, what it costs.

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input.
    format
        `terminal` (80 columns, 60 lines) or `markdown`.
    out
        Write to this file, which must not exist yet; by default print.
    json
        Print or write the page as JSON.
    """
    from tearline.cli import submitting

    return submitting.submit(case, form=format, out=out, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline take mine.yaml tearline -o for-b.pdf
  tearline take essay submission --as pdf -o essay.pdf
  tearline take oval-office card --as txt
  tearline take liaison tearline --as json"""
)
def take(
    case: CaseName,
    paper: str,
    /,
    *,
    kind: Annotated[str | None, Parameter(name="--as")] = None,
    out: Annotated[Path | None, Parameter(name=["--out", "-o"])] = None,
    force: Annotated[bool, Parameter(name="--force", negative="")] = False,
    record: Path | None = None,
) -> int:
    """Take a paper away as PDF, Markdown, text or JSON: the tearline, the submission, or a principal's card.

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input.
    paper
        `tearline`: what goes, and nothing else; a draft until it is on record. `submission`: for whoever decides;
        it stays in the house. `card`: what a leader carries into the room.
    kind
        `pdf`, `md`, `txt` or `json`; by default what FILE ends with, else md. PDF needs tearline[paper].
    out
        Write to this file, which only you can read; by default print.
    force
        Overwrite the file if it is there.
    record
        The record of releases; by default as for `release`.
    """
    from tearline.cli import clock, taking

    return taking.take(case, paper, kind=kind, out=out, force=force, record=record, at=clock.now())


@app.command(
    help_epilogue="""Examples:

  tearline warn belgrade
  tearline warn mine.yaml --at "2026-11-20 07:15Z"
  tearline warn belgrade --package"""
)
def warn(
    case: CaseName,
    /,
    *,
    at: str | None = None,
    package: Annotated[bool, Parameter(negative="")] = False,
    signed: str = "",
    json: AsJson = False,
) -> int:
    """Warn somebody: words for the recipient and for those in danger, the clock, and what is owed afterwards.

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input.
    at
        What time it is, in UTC; by default the time that the case states.
    package
        Print only the page that goes: plain text, once it may go.
    signed
        Who has signed that the conditions are met: the authority named for the release.
    json
        Print the warning as JSON.
    """
    from tearline.cli import warning

    return warning.warn(case, at=at, package=package, signed=signed, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline drill
  tearline drill mine.yaml --output drill.md
  tearline drill belgrade --yes"""
)
def drill(
    case: CaseName = "belgrade",
    /,
    *,
    yes: Annotated[bool, Parameter(negative="")] = False,
    output: Path | None = None,
    json: AsJson = False,
) -> int:
    """Exercise a warning from end to end with a clock running, and list what would be missing. Nothing leaves.

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input.
    yes
        Ask nobody: only the machine's part is tried, and the report says so.
    output
        Write the report to this file, which must not exist yet, besides printing it.
    json
        Print the report as JSON.
    """
    from tearline.cli import rehearsal

    return rehearsal.drill(case, yes=yes, output=output, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline check mine.yaml
  tearline check *.yaml --json"""
)
def check(files: Annotated[list[str], Parameter(allow_leading_hyphen=True)], /, *, json: AsJson = False) -> int:
    """List every fault of case and incident files, with line, column, path and a hint.

    Parameters
    ----------
    files
        Case or incident files, names of shipped ones, or - for standard input.
    json
        Print the faults as JSON.
    """
    from tearline.cli import files as on_files

    return on_files.check(files, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline schema > case.schema.json
  tearline schema answer"""
)
def schema(what: str = "case", /, *, json: AsJson = False) -> int:
    """Print a JSON Schema: of the case file, so that editors complete and check, of the policy file, or of the answer.

    Parameters
    ----------
    what
        `case`, `policy`, `incident`, `answer` or `paper`.
    json
        Changes nothing, for a schema is JSON; only a fault comes as JSON too.
    """
    from tearline.cli import files as on_files

    return on_files.schema(what, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline new > mine.yaml
  tearline new --template minimal
  tearline new --output mine.yaml
  tearline new --from report.txt --output mine.yaml"""
)
def new(
    *,
    template: str | None = None,
    from_: Annotated[str | None, Parameter(name="--from", allow_leading_hyphen=True)] = None,
    accept: Annotated[bool, Parameter(negative="")] = False,
    written: str | None = None,
    output: Path | None = None,
    json: AsJson = False,
) -> int:
    """Write a first case: at most ten questions, or from a report, with cautious wide defaults for the rest.

    Parameters
    ----------
    template
        Instead of asking, print a template: `minimal` or `full`.
    from_
        Instead of asking, make a claim of each sentence of a report: a text file, or - for standard input.
    accept
        With --from: take over every vaguer wording that is proposed; otherwise they stand in comments.
    written
        With --from: the day on which the report was written (2026-11-20), for dates without a year.
    output
        Write to this file, which must not exist yet; by default print.
    json
        Print the case as JSON, whether or not it is written to a file.
    """
    if from_ is not None or accept or written is not None:
        from tearline.cli import drafting

        return drafting.new_from(from_, template=template, accept=accept, written=written, output=output, as_json=json)
    from tearline.cli import files as on_files

    return on_files.new(template, output, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline draft report.txt
  tearline draft report.txt --written 2026-11-20
  tearline draft - --json < report.txt"""
)
def draft(
    report: CaseName,
    /,
    *,
    written: str | None = None,
    json: AsJson = False,
) -> int:
    """Read a report sentence by sentence: what points at a source, and vaguer words that could be said.

    Parameters
    ----------
    report
        A text file, or - for standard input.
    written
        The day on which the report was written (2026-11-20), for dates without a year.
    json
        Print the claims, with positions in the text, as JSON.
    """
    from tearline.cli import drafting

    return drafting.draft(report, written=written, as_json=json)


@app.command(
    help_epilogue="""Examples:

  tearline cases
  tearline cases essay > essay.yaml"""
)
def cases(name: str | None = None, /, *, json: AsJson = False) -> int:
    """List the cases shipped with Tearline, or print one of them.

    Parameters
    ----------
    name
        The case to print as it was written.
    json
        Print the list, or the case, as JSON.
    """
    from tearline.cli import files as on_files

    return on_files.cases(name, as_json=json)


policy = App(
    name="policy",
    help="Law and policy as rules: look for faults in them, and see what they say of a case.",
    help_epilogue="""Try first:

  tearline policy why essay
  tearline policy check five-criteria
  tearline policy show five-criteria > rules.yaml""",
)
app.command(policy)


@policy.command(
    name="check",
    help_epilogue="""Examples:

  tearline policy check rules.yaml
  tearline policy check rules.yaml --on 2026-11-20
  tearline policy check five-criteria --json""",
)
def policy_check(
    policies: Annotated[list[str], Parameter(allow_leading_hyphen=True)],
    /,
    *,
    on: str | None = None,
    json: AsJson = False,
) -> int:
    """Look for contradictions, rules that change nothing, and situations of which no rule speaks.

    Parameters
    ----------
    policies
        Policy files, or names of shipped policies.
    on
        A day, such as 2026-11-20: also say which reviews are overdue then.
    json
        Print the faults as JSON.
    """
    from tearline.cli import policies as on_policies

    return on_policies.check(policies, on=on, as_json=json)


@policy.command(
    name="why",
    help_epilogue="""Examples:

  tearline policy why essay
  tearline policy why essay --policy five-criteria
  tearline policy why mine.yaml --json""",
)
def policy_why(case: CaseName, /, *, policy: str | None = None, json: AsJson = False) -> int:
    """Which rules apply to a case, with what they read; which do not, and what would have to change.

    Parameters
    ----------
    case
        A file, the name of a shipped case, or - for standard input.
    policy
        A policy file, or the name of a shipped policy, to be tried instead of the one that the case names.
    json
        Print it as JSON.
    """
    from tearline.cli import policies as on_policies

    return on_policies.why(case, policy, as_json=json)


@policy.command(
    name="show",
    help_epilogue="""Examples:

  tearline policy show
  tearline policy show five-criteria > rules.yaml""",
)
def policy_show(name: str | None = None, /, *, json: AsJson = False) -> int:
    """List the policies shipped with Tearline, or print one of them.

    Parameters
    ----------
    name
        The policy to print as it was written.
    json
        Print the list, or the policy, as JSON.
    """
    from tearline.cli import policies as on_policies

    return on_policies.show(name, as_json=json)


app.command(marking_app)
app.command(
    help_epilogue="""Examples:

  tearline damage oval-office
  tearline damage oval-office --as-of 2017-05-15
  tearline damage mine.yaml --hold"""
)(damage)
app.command(incident_app)
app.command(record_app)
