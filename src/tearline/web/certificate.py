"""The certificate of the words: would they have gone out as well if somebody else had been the source?

It puts everybody else in the source's place and may search as often as that, so it is worked out only when
somebody asks for it, once for each text of the file, and while the other pages go on.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence

import attrs
import msgspec
from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from tearline.assess import assess
from tearline.assess.answer import Assessment, Candidate, OtherTruth, Replay
from tearline.assess.phrases import listed
from tearline.assess.telling import together
from tearline.domain import Case, PartyId
from tearline.exchange.answer import WireReplay, wire
from tearline.web.shell import Shell
from tearline.web.tables import Table, row


class WireCertificate(msgspec.Struct, kw_only=True):
    """The certificate to take along. House only: groups and wordings tell how the house thinks.

    ``case_digest``: SHA-256 of the text of the case file. ``words``: the sentences that are certified, by claim
    and version in ``said``. ``replay``: as in the answer of ``assess --replay``.
    """

    shape: int
    title: str
    case_digest: str
    said: dict[str, str]
    words: list[str]
    replay: WireReplay


@attrs.frozen(kw_only=True)
class Certificate:
    """What the certificate shows, in words.

    Attributes:
        tone: ``inside``: it holds; ``near``: it is no proof; ``over``: the choice of words gives something away.
        verdict: That in a sentence.
        sentences: For whom, and how it was found out.
        table: Everybody who was put in the source's place; ``None``: there was nobody.
        digest: SHA-256 of ``json``, its text to take along.
    """

    tone: str
    verdict: str
    sentences: tuple[str, ...]
    table: Table | None
    digest: str
    json: str = attrs.field(repr=False)


@attrs.define(eq=False)
class Certificates:
    """Certificates by the text of the file, the last one kept. ``None``: nothing goes, so there is none."""

    shell: Shell
    _lock: threading.Lock = attrs.field(factory=threading.Lock, init=False)
    _known: dict[str, Certificate | None] = attrs.field(factory=dict, init=False)

    def known(self) -> tuple[bool, Certificate | None]:
        """Whether it has been worked out for the file as it is, and what came out."""
        key = self.shell.desk.working.digest
        return key in self._known, self._known.get(key)

    def worked_out(self) -> Certificate | None:
        """The certificate of the file as it is."""
        with self._lock:
            with self.shell.desk.lock:
                key, case = self.shell.desk.working.digest, self.shell.desk.case
            if key not in self._known:
                self._known = {key: certificate(assess(case, replayed=True), key)}
            return self._known[key]


def routes(shell: Shell, kept: Certificates) -> list[HTTPRouteHandler]:
    """What can be asked of the certificate."""

    @get("/certificate", sync_to_thread=True)
    def show() -> Response[str]:
        found = kept.worked_out()
        return shell.page("certificate.html", 200, certificate=found, is_worked_out=True)

    @get("/certificate.json", sync_to_thread=True)
    def download() -> Response[str]:
        found = kept.worked_out()
        if found is None:
            return shell.page("fault.html", 404, fault="Nothing goes, so there is nothing to certify.")
        headers = {"content-disposition": 'attachment; filename="certificate.json"'}
        return Response(found.json, media_type="application/json; charset=utf-8", headers=headers)

    return [show, download]


def certificate(found: Assessment, case_digest: str) -> Certificate | None:
    """The certificate of an answer that was worked out with its replay; ``None``: nothing goes."""
    text = wire(found).house_only.replay
    if found.replay is None or text is None:
        return None
    told = found.tearline.versions
    taken_along = WireCertificate(
        shape=1,
        title=found.case.title,
        case_digest=case_digest,
        said={str(claim): str(version) for claim, version in told.items()},
        words=list(found.tearline.words),
        replay=text,
    )
    json = msgspec.json.format(msgspec.json.encode(taken_along), indent=2).decode()
    tone, verdict = _verdict(found.replay)
    return Certificate(
        tone=tone,
        verdict=verdict,
        sentences=tuple(_sentences(found.case, found.replay)),
        table=_table(found.case, found.replay.candidates),
        digest=hashlib.sha256(json.encode()).hexdigest(),
        json=json,
    )


def _verdict(replay: Replay) -> tuple[str, str]:
    if not replay.proved:
        return "near", "Not every search was finished, so this is no proof."
    if not replay.holds:
        return "over", "No: the choice of words itself gives something away. Somebody must accept that."
    if not replay.candidates:
        return "inside", "Nobody whom a reader considers could have told us all of it: there is nobody to compare with."
    return "inside", "Yes. The choice of words gives nothing away, even to a reader who knows how it is made."


def _sentences(case: Case, replay: Replay) -> list[str]:
    found = []
    of_reader: dict[PartyId, list[Candidate]] = {}
    for candidate in replay.candidates:
        of_reader.setdefault(candidate.reader, []).append(attrs.evolve(candidate, reader=PartyId("")))
    for alike in together(of_reader, of_reader.__getitem__):
        readers = listed(case.party(reader).label for reader in alike)
        found += _for(of_reader[alike[0]], readers)
    if replay.candidates:
        found.append(_how(replay))
    return [*found, *map(_other_truth, replay.truths)]


def _for(candidates: Sequence[Candidate], readers: str) -> list[str]:
    same, others = [c for c in candidates if c.same], [c for c in candidates if not c.same]
    found = []
    if same:
        persons = sum(c.count for c in same if c.persons)
        channel = "" if all(c.persons for c in same) else ", or a channel"
        found.append(f"For {readers}: the same words, had the source been any of {persons:,} people{channel}.")
    if others:
        groups = listed(f"`{c.group}`" for c in others)
        found.append(f"For {readers}: other words, had it been {groups}. So the choice rules them out.")
    return found


def _how(replay: Replay) -> str:
    sets = "one set" if replay.replays == 1 else f"{replay.replays:,} different sets"
    again = {0: "no search had to be run again", 1: "one search was run again"}.get(
        replay.searched, f"{replay.searched:,} searches were run again"
    )
    return f"Together they could have told us {sets} of wordings; {again}, and every other question was the same."


def _other_truth(other: OtherTruth) -> str:
    had = f"Had `{other.sibling}` been true in place of `{other.claim}`"
    if other.alike:
        return f"{had}, the text would have stopped at the same place."
    return f"{had}, the text would have been more or less exact: where it stops tells which is true."


def _table(case: Case, candidates: Sequence[Candidate]) -> Table | None:
    if not candidates:
        return None
    return Table(
        heads=("Reader", "In the source's place", "People", "The same words?", "What would have been said"),
        rows=tuple(
            row(
                case.party(c.reader).label,
                str(c.group),
                f"{c.count:,}" if c.persons else "a channel",
                "yes" if c.same else "no",
                listed(f"{claim} as {version}" for claim, version in c.said.items()) if c.said else "nothing",
            )
            for c in candidates
        ),
    )
