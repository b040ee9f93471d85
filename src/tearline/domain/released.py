"""What a record says went out: the exact words, to whom, when; as far as later cases depend on it."""

import datetime as dt

import attrs

from tearline.domain.forms import Form
from tearline.domain.names import AgreementId, ClaimId, PartyId, SourceId, VersionId
from tearline.domain.sources import Permission


@attrs.frozen(kw_only=True)
class Told:
    """One claim that went out.

    Attributes:
        words: The sentence, to the letter.
        sources: What it rests on, by the ids of its case; never who or where that is.
    """

    claim: ClaimId
    version: VersionId
    words: str
    sources: tuple[SourceId, ...] = ()


@attrs.frozen(kw_only=True)
class Released:
    """One release on record.

    Attributes:
        seq: Its number on the record.
        to, called: The recipient: its id and its name in the case of then; none for one that was erased.
        told: What went; empty for one that was erased, of which nobody knows any more.
        erased: Whether its content was destroyed.
    """

    seq: int
    on: dt.date
    to: PartyId | None = None
    called: str = ""
    told: tuple[Told, ...] = ()
    form: Form = Form.RELEASE
    allows: tuple[Permission, ...] = ()
    agreement: AgreementId | None = None
    erased: bool = False
