"""The same case for programs: what the pages show and do, as JSON, described by OpenAPI.

What stands in the answers are the wire formats of the command line (:mod:`tearline.exchange`). Whoever asks has come
in by the printed address, as a browser does, and names this page as the origin of whatever changes something.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from litestar import Response, Router, get, post, put
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.params import JSONBody

from tearline import __version__
from tearline.domain import ClaimId, VersionId
from tearline.errors import CaseFileError, InputError, NothingOpenError, Problem, StaleError
from tearline.exchange import answer, explanation, trial
from tearline.web.desk import Desk
from tearline.web.shell import AnyRequest

SHAPE: Final = 1
PLACE: Final = "/api"


class WireState(msgspec.Struct, kw_only=True):
    """The case file as it now is. ``tearline_file`` is the number of this shape.

    ``made_to`` stands for the text: a change names it, so that nothing newer is written over.
    """

    tearline_file: int
    name: str
    text: str
    made_to: str
    is_file: bool
    changed_on_disk: bool
    can_undo: bool
    can_redo: bool


class WireFault(msgspec.Struct, kw_only=True):
    """One thing that is wrong; line and column are counted from 1, 0 where the whole is meant."""

    line: int
    column: int
    path: str
    message: str
    hint: str


class WireFaults(msgspec.Struct, kw_only=True):
    """What was asked cannot be done; nothing was. ``tearline_faults`` is the number of this shape."""

    tearline_faults: int
    file: str | None
    faults: list[WireFault]


class NewText(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A text for the case file, and the ``made_to`` of the text that it replaces."""

    text: str
    made_to: str


class Choice(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The words to be proposed: a version for each claim that is said; and the ``made_to`` of the file."""

    say: dict[str, str]
    made_to: str


class Step(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The ``made_to`` of the file from which a step is taken."""

    made_to: str


class Words(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Words to try: a version for each claim that is said."""

    say: dict[str, str]


COOKIE: Final = SecurityScheme(type="apiKey", security_scheme_in="cookie", name="tearline-PORT")
"""What the printed address is exchanged for; the port is part of its name."""

FAULTS: Final = {
    409: ResponseSpec(data_container=WireFaults, description="The file has been changed since; nothing was written"),
    422: ResponseSpec(data_container=WireFaults, description="What was handed in cannot be used; nothing was written"),
}


def config() -> OpenAPIConfig:
    """The description of the interface: one JSON document, and no page that would load something from elsewhere."""
    return OpenAPIConfig(
        title="Tearline",
        version=__version__,
        description="One case on this machine: its answer, other words tried, its file changed. All house only.",
        path=PLACE,
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        use_handler_docstrings=True,
        components=Components(
            security_schemes={
                "came-in": SecurityScheme(type="apiKey", security_scheme_in="cookie", name="tearline-PORT")
            }
        ),
        security=[{"came-in": []}],
    )


_WRONG: Final[tuple[type[InputError], ...]] = (InputError, CaseFileError, NothingOpenError)
"""Each by itself: the pages answer the last two in their own way, and the nearest class decides."""


def router(desk: Desk) -> Router:
    """What programs may ask and change."""
    return Router(
        PLACE,
        route_handlers=[*_asked(desk), *_changed(desk)],
        exception_handlers={**dict.fromkeys(_WRONG, _wrong), HTTPException: _failed, 500: _broken},
    )


def _asked(desk: Desk) -> list[HTTPRouteHandler]:
    @get("/answer", sync_to_thread=True, operation_id="answer")
    def found() -> answer.WireAnswer:
        """The decision and everything it rests on, as `tearline assess --json` prints it."""
        return answer.wire(desk.answer())

    @get("/frontier", sync_to_thread=True, operation_id="frontier")
    def frontier() -> explanation.WireFrontier:
        """How much could be said at how much exposure, as `tearline frontier --json` prints it."""
        return explanation.wire_frontier(desk.frontier().found)

    @post("/try", sync_to_thread=True, status_code=200, operation_id="try", responses=_only(422))
    def tried(data: JSONBody[Words]) -> trial.WireTrial:
        """What other words would mean. Nothing is changed."""
        return trial.trial(desk.tried(_text(data.say)))

    @get("/file", sync_to_thread=True, operation_id="file")
    def file() -> WireState:
        """The case file as it now is."""
        with desk.lock:
            return _state(desk)

    return [found, frontier, tried, file]


def _changed(desk: Desk) -> list[HTTPRouteHandler]:
    def after(change: Callable[[], None]) -> WireState:
        with desk.lock:
            change()
            return _state(desk)

    @put("/file", sync_to_thread=True, operation_id="write", responses=FAULTS)
    def write(data: JSONBody[NewText]) -> WireState:
        """Put a text in the place of the file, unless it is no case."""
        return after(lambda: desk.working.change(data.text, data.made_to))

    @post("/choose", sync_to_thread=True, status_code=200, operation_id="choose", responses=FAULTS)
    def choose(data: JSONBody[Choice]) -> WireState:
        """Write words into the file as what is proposed."""
        return after(lambda: desk.choose(_text(data.say), data.made_to))

    @post("/undo", sync_to_thread=True, status_code=200, operation_id="undo", responses=FAULTS)
    def undo(data: JSONBody[Step]) -> WireState:
        """Take the last change back."""
        return after(lambda: desk.working.undo(data.made_to))

    @post("/redo", sync_to_thread=True, status_code=200, operation_id="redo", responses=FAULTS)
    def redo(data: JSONBody[Step]) -> WireState:
        """Make the change again that was taken back last."""
        return after(lambda: desk.working.redo(data.made_to))

    return [write, choose, undo, redo]


def _only(*statuses: int) -> dict[int, ResponseSpec]:
    return {status: FAULTS[status] for status in statuses}


def _text(say: dict[str, str]) -> dict[ClaimId, VersionId]:
    return {ClaimId(claim): VersionId(version) for claim, version in say.items()}


def _state(desk: Desk) -> WireState:
    working = desk.working
    return WireState(
        tearline_file=SHAPE,
        name=working.name,
        text=working.text,
        made_to=working.digest,
        is_file=working.path is not None,
        changed_on_disk=working.changed_on_disk(),
        can_undo=working.can_undo,
        can_redo=working.can_redo,
    )


def _wrong(_: AnyRequest, wrong: InputError) -> Response[WireFaults]:
    """What was handed in cannot be used."""
    problems = wrong.problems if isinstance(wrong, CaseFileError) else (Problem(message=str(wrong)),)
    return _faults(409 if isinstance(wrong, StaleError) else 422, problems)


def _failed(_: AnyRequest, failure: HTTPException) -> Response[WireFaults]:
    """What was sent cannot be read, or is too much."""
    about = [f"{each['key']}: {each['message']}" for each in failure.extra or () if isinstance(each, dict)]
    return _faults(failure.status_code, [Problem(message=each) for each in about or [failure.detail]])


def _broken(_: AnyRequest, mistake: Exception) -> Response[WireFaults]:
    """A mistake of ours; the terminal is told which, the program is not."""
    traceback.print_exception(mistake)
    return _faults(500, [Problem(message="a mistake of ours: nothing was done; the terminal says more")])


def _faults(status: int, problems: Sequence[Problem]) -> Response[WireFaults]:
    each = [WireFault(line=p.line, column=p.column, path=p.path, message=p.message, hint=p.hint) for p in problems]
    return Response(WireFaults(tearline_faults=SHAPE, file=None, faults=each), status_code=status)
