"""What a paper is written as."""

from __future__ import annotations

from enum import Enum
from typing import assert_never

from tearline.paper.document import Document
from tearline.paper.markdown import markdown
from tearline.paper.pdf import pdf
from tearline.paper.text import plain
from tearline.paper.wire import encode


class Kind(Enum):
    """What a paper can be written as: the ending of its file."""

    PDF = "pdf"
    MARKDOWN = "md"
    TEXT = "txt"
    JSON = "json"


def written(found: Document, kind: Kind) -> bytes:
    """The paper as a file: the same document gives the same bytes.

    Raises:
        InputError: It cannot be written as a PDF here.
    """
    match kind:
        case Kind.PDF:
            return pdf(found)
        case Kind.MARKDOWN:
            return markdown(found).encode()
        case Kind.TEXT:
            return plain(found).encode()
        case Kind.JSON:
            return encode(found).encode()
    assert_never(kind)
