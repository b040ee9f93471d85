"""The commands about the record as the command line declares them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

AsJson = Annotated[bool, Parameter(name="--json", negative="")]
File = Annotated[Path, Parameter(allow_leading_hyphen=True)]

app = App(
    name="record",
    help="What was released, refused and waived: show it, prove it, have it witnessed, find what was changed.",
    help_epilogue="""`tearline release` writes the record. It lies where --record says, else TEARLINE_RECORD,
else in the data folder of the user. Keys lie in TEARLINE_KEYS or in the user's settings.

Try first:

  tearline record show --oversight
  tearline record verify""",
    help_format="plaintext",
)


@app.command(
    name="show",
    help_epilogue="""Examples:

  tearline record show
  tearline record show --oversight
  tearline record show --oversight --json""",
)
def record_show(
    *,
    record: Path | None = None,
    oversight: Annotated[bool, Parameter(name="--oversight", negative="")] = False,
    json: AsJson = False,
) -> int:
    """What is on record, in its order.

    Parameters
    ----------
    record
        The record; by default TEARLINE_RECORD, or the user's own.
    oversight
        Everything: the words that went, who decided and why, what was refused and waived, with counts.
    json
        Print it as JSON, always with everything.
    """
    from tearline.cli import records

    return records.show(record, oversight=oversight, as_json=json)


@app.command(
    name="prove",
    help_epilogue="""Examples:

  tearline record prove 3 > 3.tlog-proof
  tearline record prove 3 --record desk.record --json""",
)
def record_prove(number: int, /, *, record: Path | None = None, json: AsJson = False) -> int:
    """The proof that something is on record. It shows nothing of what that says.

    Parameters
    ----------
    number
        The number that `tearline release` gave.
    record
        The record; by default TEARLINE_RECORD, or the user's own.
    json
        Print it as JSON.
    """
    from tearline.cli import records

    return records.prove(number, record, as_json=json)


@app.command(
    name="verify",
    help_epilogue="""Examples:

  tearline record verify
  tearline record verify --record desk.record --key @their.key
  tearline record verify --head kept.tlog-proof --witness @ours.key
  tearline record verify --proof 3.tlog-proof --key @their.key --witness @ours.key""",
)
def record_verify(
    *,
    record: Path | None = None,
    proof: File | None = None,
    head: File | None = None,
    key: str | None = None,
    witness: Annotated[list[str] | None, Parameter(negative="")] = None,
    json: AsJson = False,
) -> int:
    """Whether a record is as it was written, to the byte; or whether a proof proves what it says.

    Parameters
    ----------
    record
        The record; by default TEARLINE_RECORD, or the user's own.
    proof
        Instead of a record, a file that `record prove` wrote; - for standard input.
    head
        A file with a head of this record that was kept elsewhere (a proof, a request to a witness, or the head
        alone), which it must continue; - for standard input. Nothing else finds a record that was put back from an
        older copy together with its keys.
    key
        The key of the record as it was handed over, or @FILE; by default the one kept here.
    witness
        With --proof or --head: the key, or @FILE, of a witness that must have cosigned it; may be given several times.
    json
        Print what was found as JSON.
    """
    from tearline.cli import records

    return records.verify(record, proof=proof, head=head, key=key, witness=witness or [], as_json=json)


@app.command(
    name="erase",
    help_epilogue="""Examples:

  tearline record erase 3 --by archivist --because "order of the court, 12 March" """,
)
def record_erase(number: int, /, *, by: str, because: str, record: Path | None = None, json: AsJson = False) -> int:
    """Destroy what an entry says, for good; that it was there, and its proofs, stay.

    Parameters
    ----------
    number
        The number of the entry.
    by
        Who does it.
    because
        Why; it is put on record, so name no content.
    record
        The record; by default TEARLINE_RECORD, or the user's own.
    json
        Print the entry of the erasure as JSON.
    """
    from tearline.cli import records

    return records.erase(number, record, by=by, because=because, as_json=json)


@app.command(
    name="key",
    help_epilogue="""Examples:

  tearline record key > ours.key
  tearline record key --as-witness > our-witness.key""",
)
def record_key(
    *,
    record: Path | None = None,
    as_witness: Annotated[bool, Parameter(negative="")] = False,
    json: AsJson = False,
) -> int:
    """The public key of the record, to be handed over on a way of its own.

    Parameters
    ----------
    record
        The record; by default TEARLINE_RECORD, or the user's own.
    as_witness
        Instead the key with which we cosign the records of others; made on first use.
    json
        Print it as JSON.
    """
    from tearline.cli import witnessing

    return witnessing.key(witness=as_witness, record=record, as_json=json)


witness = App(name="witness", help="Let a partner cosign our record, or cosign a partner's, without seeing content.")
app.command(witness)


@witness.command(
    name="ask",
    help_epilogue="""Examples:

  tearline record witness ask --of @their-witness.key > request""",
)
def record_witness_ask(*, of: str, record: Path | None = None, old: int | None = None, json: AsJson = False) -> int:
    """What is sent to a witness: the last head, and that it continues what the witness saw before.

    Parameters
    ----------
    of
        The key of the witness, or @FILE.
    record
        The record; by default TEARLINE_RECORD, or the user's own.
    old
        How many entries it saw last; by default as its kept cosignatures say.
    json
        Print it as JSON.
    """
    from tearline.cli import witnessing

    return witnessing.ask(record, of=of, old=old, as_json=json)


@witness.command(
    name="answer",
    help_epilogue="""Examples:

  tearline record witness answer request --log @their.key > answer
  tearline record witness answer request > answer""",
)
def record_witness_answer(
    request: File, /, *, log: str | None = None, state: Path | None = None, json: AsJson = False
) -> int:
    """Cosign the head of a partner's record, if it continues what we saw before. What we saw is kept first.

    Parameters
    ----------
    request
        What the partner sent; - for standard input.
    log
        The key of the partner's record, or @FILE: follow it from now on. Later it is known.
    state
        The file of what we have seen; by default in the user's data folder.
    json
        Print the answer as JSON.
    """
    from tearline.cli import witnessing

    return witnessing.answer(request, log=log, state=state, as_json=json)


@witness.command(
    name="keep",
    help_epilogue="""Examples:

  tearline record witness keep answer --of @their-witness.key""",
)
def record_witness_keep(answer: File, /, *, of: str, record: Path | None = None, json: AsJson = False) -> int:
    """Keep the answer of a witness with the record; proofs carry it from then on.

    Parameters
    ----------
    answer
        What the witness answered; - for standard input.
    of
        The key of the witness, or @FILE.
    record
        The record; by default TEARLINE_RECORD, or the user's own.
    json
        Print what was kept as JSON.
    """
    from tearline.cli import witnessing

    return witnessing.keep(answer, record, of=of, as_json=json)
