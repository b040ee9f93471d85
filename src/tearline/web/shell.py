"""What every page needs: the frame around it, forms that are ours, and where to go afterwards."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Annotated, Any

import attrs
from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Request, Response
from litestar.datastructures import State
from litestar.enums import MediaType, RequestEncodingType
from litestar.exceptions import HTTPException
from litestar.params import Body

from tearline.assess.telling import day
from tearline.cases.unfinished import Unfinished
from tearline.cases.working import Disk, Working
from tearline.web import views
from tearline.web.desk import Desk

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
AnyRequest = Request[Any, Any, State]


def environment() -> Environment:
    """Templates as every page uses them: whatever is filled in is shown as text."""
    made = Environment(
        loader=PackageLoader("tearline.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["prose"] = views.prose
    return made


@attrs.define(eq=False)
class Shell:
    """The frame of all pages of one desk.

    Attributes:
        form_token: What must come with every form.
        has_htmx: Whether the page can ask for parts of itself.
        has_incident: Whether the pages of an incident are served beside these.
    """

    desk: Desk
    form_token: str = attrs.field(repr=False)
    has_htmx: bool
    has_incident: bool = False
    _templates: Environment = attrs.field(factory=environment, init=False)

    def page(self, template: str, status: int = 200, /, **shown: Any) -> Response[str]:
        """A page, or a part of one, made of ``template``."""
        ours = {"form_token": self.form_token, "has_htmx": self.has_htmx, "has_incident": self.has_incident}
        text = self._templates.get_template(template).render(**{**ours, **_about(self.desk.opened), **shown})
        return Response(text, media_type=MediaType.HTML, status_code=status)

    def nothing_to_show(self, request: AnyRequest) -> Response[str] | None:
        """Where to go from a page that needs a case while there is none; ``None``: there is one."""
        opened = self.desk.opened
        if opened is not None and not opened.problems:
            return None
        place = "/start" if opened is None else "/edit"
        # What asks for a piece of a page only is told so in a way that leaves the page.
        if "hx-request" in request.headers:
            return Response("", headers={"hx-redirect": place}, media_type=MediaType.HTML)
        return see(place)

    def must_be_ours(self, form: Mapping[str, str]) -> None:
        """Raise for a form that no page of ours sent."""
        if not hmac.compare_digest(form.get("form_token", "").encode(), self.form_token.encode()):
            raise HTTPException(status_code=403, detail="This form is not from this page. Nothing was done.")


def _about(opened: Working | None) -> dict[str, Any]:
    """What the frame says of the file that lies open."""
    if opened is None:
        nothing = dict.fromkeys(("is_open", "is_file", "would_be_lost"), False)
        return {**nothing, "case": None, "name": "", "disk": Disk.SAME.value, "unfinished": None}
    unfinished = opened.unfinished()
    return {
        "case": None if opened.problems else opened.file.case,
        "name": opened.name,
        "is_open": True,
        "is_file": opened.path is not None,
        "would_be_lost": opened.would_be_lost,
        "disk": opened.disk().value,
        "unfinished": None if unfinished is None else Left.of(unfinished),
        "made_to": opened.digest,
        "can_undo": opened.can_undo,
        "can_redo": opened.can_redo,
    }


@attrs.frozen(kw_only=True)
class Left:
    """An unfinished text, as a page tells of it."""

    since: str
    digest: str
    lasting: bool
    outdated: bool

    @classmethod
    def of(cls, unfinished: Unfinished) -> Left:
        """What is told of one."""
        since = unfinished.since.astimezone()
        return cls(
            since=f"{day(since.date())}, {since:%H:%M}",
            digest=unfinished.digest,
            lasting=unfinished.lasting,
            outdated=unfinished.outdated,
        )


def fields(request: AnyRequest) -> dict[str, str]:
    """What an address says; of several values the last."""
    return {key: values[-1] for key, values in request.query_params.dict().items()}


def see(address: str) -> Response[str]:
    """Go and look at a page: nothing is done twice by loading it again."""
    return Response("", status_code=303, headers={"location": address}, media_type=MediaType.HTML)
