"""The page of the case: the answer, the ladders, and what other words would mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler

from tearline.assess.answer import Text
from tearline.assess.what_if import Tried
from tearline.domain import ClaimId, VersionId
from tearline.errors import InputError, StaleError
from tearline.web import certificate, views
from tearline.web.certificate import Certificates
from tearline.web.figures import figures
from tearline.web.marking import marked_words, marks
from tearline.web.next_steps import facts, occasion, steps
from tearline.web.shell import AnyRequest, Form, Shell, fields, see
from tearline.web.views import FIELD


def routes(shell: Shell) -> list[HTTPRouteHandler]:
    """What can be asked of the page of the case."""
    kept = Certificates(shell)
    page = _CasePage(shell, kept)

    @get("/", sync_to_thread=True)
    def case_page(request: AnyRequest) -> Response[str]:
        return page.whole(text_in(fields(request)))

    @get("/try", sync_to_thread=True)
    def trial(request: AnyRequest) -> Response[str]:
        return page.trial(text_in(fields(request)))

    @post("/choose", sync_to_thread=True)
    def choose(data: Form) -> Response[str]:
        return page.choose(data)

    return [case_page, trial, choose, *certificate.routes(shell, kept)]


def text_in(form: Mapping[str, str]) -> Text | None:
    """The text that an address or a form names; ``None``: it names none."""
    named = {key.removeprefix(FIELD): value for key, value in form.items() if key.startswith(FIELD)}
    if not named:
        return None
    return {ClaimId(claim): VersionId(version) for claim, version in named.items() if version}


def _fields(text: Text) -> list[tuple[str, str]]:
    """What a form must carry to name a text."""
    return [(f"{FIELD}{claim}", str(version)) for claim, version in text.items()]


@attrs.define(eq=False)
class _CasePage:
    shell: Shell
    kept: Certificates

    def whole(self, text: Text | None, fault: str = "", status: int = 200) -> Response[str]:
        """The page, with one text tried: the recommended one unless another is named."""
        desk = self.shell.desk
        with desk.lock:
            found = desk.answer()
            tried = self._tried(found.tearline.versions if text is None else text)
            is_worked_out, shown = self.kept.known()
            return self.shell.page(
                "case.html",
                status,
                **self._trial(tried.text),
                found=found,
                headline=views.headline(found),
                facts=facts(found),
                steps=steps(found),
                occasion=occasion(found),
                certificate=shown,
                is_worked_out=is_worked_out or not found.tearline.versions,
                recommended_saying=_fields(found.tearline.versions),
                is_proposed=dict(found.case.proposal.claims) == found.tearline.versions,
                ladders=views.ladders(found, tried.text),
                recommended=views.address(found.tearline.versions, found.case),
                words=marked_words(found.case, found.tearline.versions, found.banner),
                marks=marks(found.banner),
                terms=views.terms(found),
                spoken=views.spoken(found),
                obstacles=views.why_not_more(found),
                ways=views.better(found),
                questions=views.questions(found),
                checks=views.to_check(found),
                fault=fault,
            )

    def trial(self, text: Text | None) -> Response[str]:
        """What a text would mean and its pictures: for a page that shows everything else already."""
        with self.shell.desk.lock:
            return self.shell.page("tried.html", 200, **self._trial(text or {}))

    def _trial(self, text: Text) -> dict[str, Any]:
        desk = self.shell.desk
        found, tried = desk.answer(), self._tried(text)
        return {
            "trial": views.trial(found, tried),
            "differences": views.differences(found.case, tried),
            "saying": _fields(tried.text),
            "figures": figures(found.case, tried, desk.frontier()),
        }

    def _tried(self, text: Text) -> Tried:
        """What a text would mean; of the recommended one exactly what the answer says.

        What is withheld is still proposed there, so that its sources and their limits count.
        """
        found, tried = self.shell.desk.answer(), self.shell.desk.tried(text)
        same = dict(tried.text) == found.tearline.versions
        return attrs.evolve(tried, readers=found.readers) if same else tried

    def choose(self, form: Mapping[str, str]) -> Response[str]:
        """Make the text that was tried the proposal."""
        self.shell.must_be_ours(form)
        desk, text = self.shell.desk, text_in(form) or {}
        with desk.lock:
            try:
                desk.choose(text, form.get("made_to", ""))
            except StaleError as stale:
                return self.whole(text, str(stale), 409)
            except InputError as wrong:
                return self.whole(text, str(wrong), 422)
            return see(views.address(text, desk.case))
