"""A witness: cosigns the heads of logs that it follows, and never two that do not fit together.

Source: C2SP tlog-witness, the request and the answer as bytes. What a witness has seen of a log is looked up,
checked and kept in one transaction before it answers: else two requests at once would open a way back.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import Final, Protocol

import attrs

from tearline.ledger import notes
from tearline.ledger.checkpoints import Checkpoint, cosign, parse
from tearline.ledger.notes import ForgedError, Key, NoteError, Signer
from tearline.ledger.proofs import MOST_HASHES, ProofError, verify_consistency

SIZE_TYPE: Final = "text/x.tlog.size"
TEXT_TYPE: Final = "text/plain; charset=utf-8"
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})", re.ASCII)


class Status(IntEnum):
    """How a witness answers, in the numbers of HTTP."""

    OK = 200
    BAD_REQUEST = 400
    FORBIDDEN = 403
    NOT_FOUND = 404
    CONFLICT = 409
    UNPROVED = 422


@attrs.frozen
class Reply:
    """What a witness answers.

    Attributes:
        split: A head, signed by its log, that cannot be of the same log as the one seen before: the log has
            shown different things to different people. Not for the answer; the witness keeps it and tells.
    """

    status: Status
    body: str = ""
    kind: str = TEXT_TYPE
    split: str = attrs.field(default="", eq=False)


class Heads(Protocol):
    """Where a witness keeps the last head of each log."""

    def advance(self, origin: str, step: Callable[[Checkpoint | None], Checkpoint]) -> Checkpoint:
        """Look up the last head, take the step, and keep what it gives, all or nothing, one at a time.

        What the step raises leaves everything as it was.
        """
        ...


class _RefusedError(Exception):
    def __init__(self, reply: Reply, *, splits: bool = False) -> None:
        self.reply = reply
        self.splits = splits


@attrs.frozen(kw_only=True)
class Witness:
    """One witness.

    Attributes:
        logs: The keys of the logs that it follows, by the name of the log.
        heads: What it has seen of each.
    """

    signer: Signer
    logs: Mapping[str, tuple[Key, ...]]
    heads: Heads

    def add_checkpoint(self, request: bytes, now: int) -> Reply:
        """Answer a request to cosign a head.

        Args:
            request: ``old <size>``, the proof that the head continues that size, an empty line, the head.
            now: Seconds since 1970, UTC.
        Returns:
            200 with a cosignature; 400 not a request, or a head shorter than ``old``; 403 not signed by the
            log; 404 a log that is not followed; 409 another size, or another root, was seen before, with
            the size in the body; 422 the proof proves nothing.
        """
        try:
            old, proof, note = _read(request)
            head = parse(note.text)
            if head.origin not in self.logs:
                return Reply(Status.NOT_FOUND, "this log is not followed\n")
            if not notes.verify(note, self.logs[head.origin]):
                return Reply(Status.FORBIDDEN, "not signed by the log\n")
        except ForgedError as error:
            return Reply(Status.FORBIDDEN, f"{error}\n")
        except NoteError as error:
            return Reply(Status.BAD_REQUEST, f"{error}\n")
        if old > head.size:
            return Reply(Status.BAD_REQUEST, "the head is shorter than what it is said to continue\n")
        try:
            self.heads.advance(head.origin, lambda seen: _next(seen, old, head, proof))
        except _RefusedError as refused:
            return attrs.evolve(refused.reply, split=str(note) if refused.splits else "")
        return Reply(Status.OK, str(cosign(note.text, self.signer, now)))


def request(old: int, proof: Sequence[bytes], head: str) -> bytes:
    """What is sent to a witness that has seen the first ``old`` entries.

    Args:
        proof: That the head continues them.
        head: As the log signed it.
    """
    lines = [f"old {old}", *(base64.b64encode(each).decode() for each in proof)]
    return ("\n".join(lines) + "\n\n" + head).encode()


def _next(seen: Checkpoint | None, old: int, head: Checkpoint, proof: tuple[bytes, ...]) -> Checkpoint:
    size = 0 if seen is None else seen.size
    other = seen is not None and head.size == seen.size and head.root != seen.root
    if old != size or other:
        raise _RefusedError(Reply(Status.CONFLICT, f"{size}\n", SIZE_TYPE), splits=other)
    if size:
        assert seen is not None  # it has a size
        try:
            verify_consistency(size, seen.root, head.size, head.root, proof)
        except ProofError as error:
            raise _RefusedError(Reply(Status.UNPROVED, f"{error}\n")) from None
    elif proof:
        raise _RefusedError(Reply(Status.UNPROVED, "a proof that nothing is continued\n"))
    return head


def _read(request: bytes) -> tuple[int, tuple[bytes, ...], notes.Note]:
    """The parts of a request.

    Raises:
        NoteError: Not a request.
    """
    before, between, head = request.partition(b"\n\n")
    try:
        first, *lines = before.decode("ascii").split("\n")
        proof = tuple(base64.b64decode(line, validate=True) for line in lines)
        if [base64.b64encode(each).decode() for each in proof] != lines:
            raise binascii.Error
    except (UnicodeDecodeError, binascii.Error):
        raise NoteError("a request begins with `old <size>` and the proof, a hash on each line") from None
    said = _OLD.fullmatch(first)
    if said is None or not between or len(proof) > MOST_HASHES:
        raise NoteError("a request is `old <size>`, at most 63 hashes, an empty line, and a checkpoint")
    return int(said[1]), proof, notes.read(head)
