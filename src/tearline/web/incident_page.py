"""The pages of an incident: what was probably lost, whom to tell first, and how it compares. Read only."""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Mapping
from typing import Any

import attrs
from jinja2 import Environment
from litestar import Response, get, post
from litestar.enums import MediaType
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from tearline.assess.telling import day as written_day
from tearline.cases.scalars import Day, MalformedError
from tearline.damage import phrases as told
from tearline.damage.accounts import heard
from tearline.damage.assessment import Damage
from tearline.damage.comparing import Compared
from tearline.errors import CaseFileError, InputError, Problem
from tearline.web import exhibits
from tearline.web import incident_views as views
from tearline.web.incident_desk import Assessed, IncidentDesk, shipped_on_scale
from tearline.web.shell import AnyRequest, Form, environment, fields, see


@attrs.define(eq=False)
class IncidentShell:
    """The frame of all pages of one incident.

    Attributes:
        form_token: What must come with every form.
        has_case: Whether the page of its case is served beside it.
    """

    desk: IncidentDesk
    form_token: str = attrs.field(repr=False)
    has_case: bool
    _templates: Environment = attrs.field(factory=environment, init=False)

    def page(self, template: str, status: int = 200, /, **shown: Any) -> Response[str]:
        """A page made of ``template``."""
        text = self._templates.get_template(template).render(
            **shown,
            name=self.desk.name,
            has_case=self.has_case,
            is_file=self.desk.path is not None,
            changed=self.desk.changed(),
            form_token=self.form_token,
        )
        return Response(text, media_type=MediaType.HTML, status_code=status)

    def must_be_ours(self, form: Mapping[str, str]) -> None:
        """Raise for a form that no page of ours sent."""
        if not hmac.compare_digest(form.get("form_token", "").encode(), self.form_token.encode()):
            raise HTTPException(status_code=403, detail="This form is not from this page. Nothing was done.")


def routes(shell: IncidentShell) -> list[HTTPRouteHandler]:
    """What can be asked of the pages of the incident."""
    page = _IncidentPage(shell)

    @get("/incident", sync_to_thread=True)
    def incident(request: AnyRequest) -> Response[str]:
        asked = fields(request)
        return page.whole(asked.get("as_of", ""), hold="hold" in asked)

    @get("/incident/compare", sync_to_thread=True)
    def compare(request: AnyRequest) -> Response[str]:
        return page.compare(fields(request).get("with", ""))

    @post("/incident/again", sync_to_thread=True)
    def again(data: Form) -> Response[str]:
        return page.look_again(data)

    return [incident, compare, again]


@attrs.define(eq=False)
class _IncidentPage:
    shell: IncidentShell

    def whole(
        self, as_of: str = "", *, hold: bool = False, problems: tuple[Problem, ...] = (), status: int = 200
    ) -> Response[str]:
        """The page, with all that is known or as it stood at the end of a day; under legal hold only counts."""
        desk = self.shell.desk
        with desk.lock:
            day = _day(as_of)
            shown = desk.assessed(day, hold)
            if shown.held:
                counts, tell = views.held(shown)
                return self.shell.page(
                    "incident_held.html",
                    status,
                    held=told.HELD,
                    counts=counts,
                    tell=tell,
                    ordered=desk.file.incident.legal_hold,
                    problems=problems,
                )
            return self.shell.page(
                "incident.html",
                status,
                **self._shown(shown),
                as_of="" if day is None else written_day(day),
                days=views.days(desk.file.incident, as_of),
                problems=problems,
            )

    def _shown(self, shown: Assessed) -> dict[str, Any]:
        """Everything but what is the same on every page."""
        found = shown.found
        return {
            "told": told,
            "found": found,
            "headline": views.headline(found),
            "in_danger": views.in_danger(found),
            "people_beside": views.people_beside(found),
            "notices": views.notices(shown.tell),
            "line_to_take": views.LINE_TO_TAKE,
            "questions": tuple((told.question(asked), asked.net > 0) for asked in found.questions),
            "doing": views.doing(found),
            "happened": tuple(
                (f"{each.source.id}: {one.harm.what}", told.blamed(one))
                for each in found.sources
                for one in each.happened
            ),
            "accounts": views.accounts(heard(found)),
            "exhibits": self._exhibits(shown),
        }

    def _exhibits(self, shown: Assessed) -> tuple[exhibits.Exhibit, ...]:
        """Every picture that there are figures for."""
        found = shown.found
        each = (
            exhibits.came_out(found),
            *exhibits.beliefs(found),
            exhibits.made_of(found),
            self._on_scale(found),
            exhibits.tiers(found),
            exhibits.moved(shown.moved),
            exhibits.past(shown.past),
        )
        return tuple(one for one in each if one is not None)

    def _on_scale(self, found: Damage) -> exhibits.Exhibit:
        desk = self.shell.desk
        return exhibits.on_scale(desk.short, found, shipped_on_scale(), desk.is_shipped)

    def compare(self, other: str) -> Response[str]:
        """This one among the shipped ones, and set against one of them."""
        desk = self.shell.desk
        with desk.lock:
            if desk.file.incident.legal_hold:
                raise InputError("legal hold: no assessment is written, and none is compared")
            pair = desk.compared(other) if other else None
            others = [each for each in shipped_on_scale() if not (desk.is_shipped and each.name == desk.name)]
            return self.shell.page(
                "incident_compare.html",
                other=other,
                pair=pair,
                sentences=_likelier_first(told.compared(desk.short, other, pair), pair) if pair else (),
                distinguishable=pair is not None and pair.distinguishable,
                told=told,
                sides=((desk.short, pair.first), (other, pair.second)) if pair else (),
                others=tuple(
                    (each.name, each.found.incident.title, views.compare_address(each.name)) for each in others
                ),
                exhibit_shown=self._on_scale(desk.assessed().found),
            )

    def look_again(self, form: Mapping[str, str]) -> Response[str]:
        """Read the files anew; what is wrong with them is told over the last page that was right."""
        self.shell.must_be_ours(form)
        try:
            self.shell.desk.look_again()
        except CaseFileError as wrong:
            return self.whole(problems=wrong.problems, status=422)
        except InputError as wrong:
            return self.whole(problems=(Problem(message=str(wrong)),), status=422)
        return see("/incident")


def _likelier_first(sentences: tuple[str, str], pair: Compared) -> tuple[str, ...]:
    return sentences if pair.first_exceeds >= pair.second_exceeds else sentences[::-1]


def _day(as_of: str) -> dt.date | None:
    if not as_of:
        return None
    try:
        return Day().parse(as_of)
    except MalformedError as malformed:
        raise InputError(f"`as_of`: {malformed}; {malformed.hint}") from None
