"""Papers to take away, each written as whoever asks wants it, and the case file itself."""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
from typing import Final

import attrs
from litestar import Response, get
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from tearline.cases.working import Working
from tearline.errors import InputError
from tearline.paper import Kind, Paper, written
from tearline.paper.pdf import NEEDED
from tearline.store.places import record_of
from tearline.taking import Taken, taken
from tearline.web.shell import AnyRequest, Shell

MEDIA: Final = {
    Kind.PDF: "application/pdf",
    Kind.MARKDOWN: "text/markdown; charset=utf-8",
    Kind.TEXT: "text/plain; charset=utf-8",
    Kind.JSON: "application/json",
}
NAMES: Final = {Kind.PDF: "PDF", Kind.MARKDOWN: "Markdown", Kind.TEXT: "text", Kind.JSON: "JSON"}
ABOUT: Final = {
    Paper.TEARLINE: ("The tearline", "What leaves the house: the words, their marks and the terms, and nothing else."),
    Paper.SUBMISSION: ("The submission", "For whoever signs: the recommendation, its reasons, what is left to tick."),
    Paper.CARD: ("The card", "For a principal to carry: what to say, what not to, and what to answer if pressed."),
}


def routes(shell: Shell) -> list[HTTPRouteHandler]:
    """What can be taken away."""
    page = _TakingPage(shell)

    @get("/take", sync_to_thread=True)
    def choose(request: AnyRequest) -> Response[str]:
        return shell.nothing_to_show(request) or page.choices()

    @get("/take/{name:str}", sync_to_thread=True)
    def download(name: FromPath[str]) -> Response[bytes]:
        return page.paper(name)

    return [choose, download]


@attrs.frozen(kw_only=True)
class Offered:
    """One paper, as the page offers it; without ``forms`` it cannot be made, and ``told`` says why."""

    title: str
    about: str
    told: str
    leaves: bool
    forms: tuple[tuple[str, str], ...]


@attrs.define(eq=False)
class _TakingPage:
    shell: Shell

    def choices(self) -> Response[str]:
        """Every paper, and what it can be written as."""
        with self.shell.desk.lock:
            has_pdf = importlib.util.find_spec(NEEDED) is not None
            offered = [self._offered(paper, has_pdf) for paper in Paper]
            return self.shell.page("take.html", offered=offered, has_pdf=has_pdf)

    def _offered(self, paper: Paper, has_pdf: bool) -> Offered:
        title, about = ABOUT[paper]
        try:
            found = self._taken(paper)
        except InputError as wrong:
            return Offered(title=title, about=about, told=str(wrong), leaves=False, forms=())
        kinds = [kind for kind in Kind if found.paper and (has_pdf or kind is not Kind.PDF)]
        return Offered(
            title=title,
            about=about,
            told=found.told,
            leaves=found.paper is not None and found.paper.leaves and not found.paper.is_draft,
            forms=tuple((NAMES[kind], f"/take/{paper.value}.{kind.value}") for kind in kinds),
        )

    def paper(self, name: str) -> Response[bytes]:
        """One paper as a file. The file is called after what it is, never after the case."""
        stem, _, ending = name.partition(".")
        try:
            wanted, kind = Paper(stem), Kind(ending)
        except ValueError:
            raise HTTPException(status_code=404) from None
        with self.shell.desk.lock:
            found = self._taken(wanted)
        if found.paper is None:
            raise InputError(found.told)
        headers = {"content-disposition": f'attachment; filename="{wanted.value}.{kind.value}"'}
        return Response(written(found.paper, kind), media_type=MEDIA[kind], headers=headers)

    def _taken(self, wanted: Paper) -> Taken:
        working: Working = self.shell.desk.working
        record = record_of(os.environ, None)
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        return taken(
            working.file, wanted, path=working.path, record=record if os.path.lexists(record) else None, at=now
        )
