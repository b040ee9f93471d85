"""Where a case begins: by questions, from an example, or as text; and where one in memory becomes a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler

from tearline import cases
from tearline.cases import AnswerKind, Question
from tearline.cases.document import MAX_BYTES
from tearline.cases.working import Working, held
from tearline.errors import InputError, StaleError
from tearline.web.naming import named, new_file
from tearline.web.shell import AnyRequest, Form, Shell, fields, see

UNSAVED: Final = "new case"
"""What a case is called that was begun in memory."""

FIRST_NAME: Final = "case.yaml"
FIRST_EXAMPLE: Final = "essay"

PARTS: Final = {
    "Who": ("us", "recipient", "hostile"),
    "How you know": ("kind", "partners"),
    "What could be said": ("exact", "vague", "known"),
    "What hangs on it": ("silence", "leak"),
}
"""The questions of the interview in parts, each question by its key."""

LONG: Final = frozenset({"exact", "vague"})
"""Questions that are answered in a sentence or more."""


def routes(shell: Shell) -> list[HTTPRouteHandler]:
    """What can be asked where a case begins."""
    start = Start(shell)

    @get("/start", sync_to_thread=False)
    def begin() -> Response[str]:
        return shell.page("start.html", examples=len(cases.names()))

    @get("/start/questions", sync_to_thread=False)
    def questions() -> Response[str]:
        return start.questions({}, {})

    @post("/start/questions", sync_to_thread=True)
    def answered(data: Form) -> Response[str]:
        return start.answered(data)

    @get("/start/examples", sync_to_thread=False)
    def examples() -> Response[str]:
        return start.examples()

    @post("/start/examples", sync_to_thread=True)
    def example(data: Form) -> Response[str]:
        return start.example(data)

    @get("/start/text", sync_to_thread=False)
    def text(request: AnyRequest) -> Response[str]:
        return start.text(fields(request))

    @post("/start/text", sync_to_thread=True)
    def typed(data: Form) -> Response[str]:
        return start.typed(data)

    @post("/start/let-go", sync_to_thread=True)
    def let_go(data: Form) -> Response[str]:
        shell.must_be_ours(data)
        shell.desk.let_go()
        return see("/start")

    @get("/save", sync_to_thread=False)
    def save() -> Response[str]:
        return start.save({})

    @post("/save", sync_to_thread=True)
    def saved(data: Form) -> Response[str]:
        return start.saved(data)

    return [begin, questions, answered, examples, example, text, typed, let_go, save, saved]


@attrs.frozen(kw_only=True)
class Asked:
    """One question as the page asks it.

    Attributes:
        answer: What was answered, as it was typed.
        fault: What is wrong with that; empty: nothing.
    """

    question: Question
    answer: str
    fault: str

    @property
    def field(self) -> str:
        """What the answer is called in the form."""
        return f"answer.{self.question.key}"

    @property
    def kind(self) -> str:
        """How it is asked: a ``choice``, a ``long`` text or a ``short`` one."""
        if self.question.kind is AnswerKind.CHOICE:
            return "choice"
        return "long" if self.question.key in LONG else "short"


@attrs.define(eq=False)
class Start:
    """The pages on which a case begins."""

    shell: Shell

    def questions(self, form: Mapping[str, str], wrong: Mapping[str, str], status: int = 200) -> Response[str]:
        """The interview on one page. ``wrong``: what is wrong with answers, by question; ``file``: with the name."""
        known = {question.key: question for question in cases.QUESTIONS}
        parts = {
            title: [
                Asked(question=known[key], answer=form.get(f"answer.{key}", ""), fault=wrong.get(key, ""))
                for key in keys
            ]
            for title, keys in PARTS.items()
        }
        return self.page("questions.html", form, wrong, status, parts=parts)

    def answered(self, form: Mapping[str, str]) -> Response[str]:
        """The case that follows from the answers, or the questions again with what is wrong beside them."""
        self.shell.must_be_ours(form)
        answers = {question.key: form.get(f"answer.{question.key}", "") for question in cases.QUESTIONS}
        wrong = {question.key: cases.fault_in(question, answers[question.key]) for question in cases.QUESTIONS}
        found = {key: fault for key, fault in wrong.items() if fault} | self.wrong_name(form)
        if found:
            return self.questions(form, found, 422)
        try:
            self.begin(cases.compose(answers), form)
        except InputError as failure:
            return self.questions(form, _told(failure), 409 if isinstance(failure, StaleError) else 422)
        return see("/")

    def examples(self, refused: str = "", status: int = 200) -> Response[str]:
        """Every shipped case, with what it is about."""
        names = sorted(cases.names(), key=lambda name: (name != FIRST_EXAMPLE, name))
        shown = [(name, cases.open_shipped(name).case.title, cases.about(name)) for name in names]
        return self.shell.page("examples.html", status, examples=shown, refused=refused)

    def example(self, form: Mapping[str, str]) -> Response[str]:
        """Put a shipped case on the desk, to be changed there. Raises InputError if there is none of that name."""
        self.shell.must_be_ours(form)
        name = form.get("example", "")
        file = held(cases.text_of(name), name, None)
        try:
            self.shell.desk.begin(Working(name=name, path=None, file=file))
        except StaleError as stale:
            return self.examples(str(stale), 409)
        return see("/")

    def text(self, form: Mapping[str, str], wrong: Mapping[str, str] | None = None, status: int = 200) -> Response[str]:
        """Where a case is written or pasted. Raises InputError for a template that there is not."""
        template = form.get("template", "")
        text = form.get("text", cases.template(template) if template else "")
        return self.page("text.html", form, wrong or {}, status, text=text, templates=cases.TEMPLATES)

    def typed(self, form: Mapping[str, str]) -> Response[str]:
        """Begin with a text: a case, or one that is none yet and is shown with its faults next."""
        self.shell.must_be_ours(form)
        text = form.get("text", "").replace("\r\n", "\n")
        wrong = self.wrong_name(form)
        if not text.strip():
            wrong = {"text": "write or paste a case, or take a template", **wrong}
        elif len(text.encode()) > MAX_BYTES:
            wrong = {"text": "this is more than a case file can hold", **wrong}
        if wrong:
            return self.text(form, wrong, 422)
        try:
            self.begin(text, form)
        except InputError as failure:
            return self.text(form, _told(failure), 409 if isinstance(failure, StaleError) else 422)
        return see("/")

    def save(self, form: Mapping[str, str], wrong: Mapping[str, str] | None = None, status: int = 200) -> Response[str]:
        """Where a case in memory becomes a file."""
        working = self.shell.desk.working
        if working.path is not None:
            return see("/")
        name = FIRST_NAME if working.name == UNSAVED else f"{working.name}.yaml"
        return self.page("save.html", {"file": name, **form}, wrong or {}, status)

    def saved(self, form: Mapping[str, str]) -> Response[str]:
        """Make a case in memory a file."""
        self.shell.must_be_ours(form)
        with self.shell.desk.lock:
            if self.shell.desk.working.path is not None:
                return see("/")
            try:
                self.shell.desk.save_as(named(form.get("file", ""), self._folder))
            except InputError as wrong:
                return self.save(form, {"file": str(wrong)}, 422)
        return see("/")

    @property
    def _folder(self) -> Path:
        return self.shell.desk.folder

    def page(
        self, template: str, form: Mapping[str, str], wrong: Mapping[str, str], status: int, **shown: Any
    ) -> Response[str]:
        """A page that ends with where to keep the new case."""
        place = {
            "file": form.get("file", FIRST_NAME),
            "in_memory": form.get("keep") == "memory",
            "folder": str(self._folder),
        }
        return self.shell.page(template, status, wrong=wrong, **place, **shown)

    def wrong_name(self, form: Mapping[str, str]) -> dict[str, str]:
        """What is wrong with the name of the new file, by its field; empty: nothing."""
        try:
            new_file(form, self._folder)
        except InputError as wrong:
            return {"file": str(wrong)}
        return {}

    def begin(self, text: str, form: Mapping[str, str]) -> None:
        """Put a new case on the desk, as a file unless it is for memory only. Raises InputError if it cannot be."""
        desk, path = self.shell.desk, new_file(form, self._folder)
        with desk.lock:
            desk.must_be_free()
            if path is None:
                desk.begin(Working(name=UNSAVED, path=None, file=held(text, UNSAVED, None), is_copy=False))
            else:
                desk.begin(Working.new(path, text))


def _told(failure: InputError) -> dict[str, str]:
    return {"open" if isinstance(failure, StaleError) else "file": str(failure)}
