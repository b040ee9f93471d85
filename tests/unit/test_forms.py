"""Editing by forms: what is asked for, what is written, what is told where, and what cannot be sent."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import attrs
import pytest
from litestar.testing import TestClient

from tearline import cases
from tearline.cases.working import Working
from tearline.web.app import door
from tearline.web.desk import Desk

PORT = 8741
HERE = f"http://127.0.0.1:{PORT}"
PLOT = "/claims/plot"
TARGET = f"{PLOT}/versions/target"
Client = TestClient[Any]
NAMES = [*cases.names(), "full"]


@attrs.define
class Controls(HTMLParser):
    """What a browser would send of the form that fills a page."""

    fields: dict[str, str] = attrs.field(factory=dict)
    links: set[str] = attrs.field(factory=set)
    _text: str | None = None
    _select: str | None = None
    _inside: bool = False

    def __attrs_pre_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {key: value or "" for key, value in attrs}
        if "id" in held:
            self.links.add(held["id"])
        if tag == "form":
            self._inside = held.get("action") == "/edit/form"
        if not self._inside or (tag != "option" and "name" not in held):
            return
        if tag == "input" and (held["type"] != "checkbox" or "checked" in held):
            self.fields[held["name"]] = held["value"]
        elif tag == "textarea":
            self._text = held["name"]
            self.fields[self._text] = ""
        elif tag == "select":
            self._select = held["name"]
        elif tag == "option" and self._select and ("selected" in held or self._select not in self.fields):
            self.fields[self._select] = held.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._text = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            held = self.fields[self._text]
            self.fields[self._text] = held + (data.removeprefix("\n") if not held else data)


def controls(page: str) -> Controls:
    """The controls of a page."""
    found = Controls()
    found.feed(page)
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The worked example as a file."""
    file = tmp_path / "mine.yaml"
    file.write_text(cases.text_of("essay"), "utf-8")
    return file


def entered(file: Path) -> Client:
    """A browser that has come in to the page of a file."""
    entrance = door(Desk(Working.on(str(file), cases.load(file))), PORT)
    client = TestClient(entrance, base_url=HERE, raise_server_exceptions=False)
    client.get(entrance.address)
    client.headers["origin"] = HERE
    client.follow_redirects = False
    return client


@pytest.fixture
def client(path: Path) -> Iterator[Client]:
    """A browser that has come in to the worked example."""
    with entered(path) as client:
        yield client


def shown(client: Client, at: str) -> dict[str, str]:
    """What the form of a part would send if nothing were typed."""
    page = client.get("/edit/form", params={"at": at})
    assert page.status_code == 200
    return controls(page.text).fields


def sent(client: Client, fields: dict[str, str], do: str = "keep", **typed: str) -> Any:
    """The answer to a form with something typed and one button pressed."""
    return client.post("/edit/form", data={**fields, **typed, "do": do})


def words_of(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


# --- nothing changes by itself ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_part_of_every_case_is_a_form_and_kept_unchanged_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(cases.template("full") if name == "full" else cases.text_of(name), "utf-8")
    before = file.read_bytes()
    with entered(file) as client:
        waiting, pages = [""], dict[str, str]()
        while waiting:
            place = waiting.pop()
            pages[place] = client.get("/edit/form", params={"at": place}).text
            found = {*re.findall(r'value="go ([^"]*)"', pages[place])}
            waiting = [*{*waiting, *map(unescape, found)} - set(pages)]

        answers = {place: sent(client, controls(page).fields).status_code for place, page in pages.items()}
    assert len(pages) > 20
    assert set(answers.values()) == {303}
    assert file.read_bytes() == before
    assert not file.with_name("case.yaml.previous").exists()


# --- what is typed ----------------------------------------------------------------------------------------------


def test_only_the_lines_of_what_was_typed_change(client: Client, path: Path) -> None:
    before = path.read_text("utf-8").split("\n")

    answer = sent(client, shown(client, PLOT), **{f"{TARGET}/text": "Other: words, #1", f"{TARGET}/value": "7.50"})

    after = path.read_text("utf-8").split("\n")
    assert answer.status_code == 303
    assert [line for line in after if line not in before] == [
        '        text: "Other: words, #1"',
        "        value: 7.50",
    ]
    assert len(after) == len(before)


@pytest.mark.parametrize(
    ("at", "name", "typed", "line"),
    [
        ("/proposal", "/proposal/purpose", "routine", "  purpose: routine"),
        ("/proposal", "/proposal/claims/plot", "warning", "  claims: {plot: warning}"),
        ("/proposal", "/proposal/claims/convoy", "~", "  claims: [plot, convoy]"),
        ("/proposal", "/proposal/minimum_value", "2", "  minimum_value: 2"),
        ("/proposal", "/proposal/through/agency", "service", "  through: {agency: service}"),
        ("/sources/m-dec", "/sources/m-dec/reliability", "C", "    reliability: C"),
        ("/parties/X", "/parties/X/trust/use", "fair", "  X: {name: State X, hostile: true, trust: {use: fair}}"),
        (
            "/leak_paths/1",
            "/leak_paths/1/probability",
            "[0.1, 0.2]",
            "  - {from: B, to: press-b, how: onward, probability: [0.1, 0.2]}",
        ),
        ("/readers/X", "/readers/X/groups/leadership/count", "11", "      leadership: {count: 11}"),
        (
            "/secrets/cipher",
            "/secrets/cipher/budget/belief",
            "0.2",
            "  cipher: {of: m-dec, is: cipher-read, budget: {belief: 0.2}}",
        ),
        (
            "/given/0",
            "/given/0/claims/convoy",
            "exact",
            "  - {to: B, on: 2026-06-02, claims: {convoy: exact}, form: release}",
        ),
        ("", "/as_of", "2026-11-21", "as_of: 2026-11-21                    # the day on which it is taken"),
    ],
)
def test_every_kind_of_field_writes_what_it_says(
    client: Client, path: Path, at: str, name: str, typed: str, line: str
) -> None:
    before = path.read_text("utf-8").split("\n")

    answer = sent(client, shown(client, at), **{name: typed})

    after = path.read_text("utf-8").split("\n")
    assert (answer.status_code, words_of(answer.text)) == (303, "")
    assert [each for each in after if each not in before] == [line]


def test_ticks_add_and_take_away(client: Client, path: Path) -> None:
    fields = shown(client, PLOT)
    del fields[f"{PLOT}/sources=m-dec"]

    sent(client, fields, **{f"{PLOT}/sources=s-min": "on"})

    assert "  plot:\n    sources: [s-min]\n" in path.read_text("utf-8")


def test_what_is_emptied_is_left_out(client: Client, path: Path) -> None:
    sent(client, shown(client, "/secrets/cipher"), **{"/secrets/cipher/budget/belief": ""})

    assert "  cipher: {of: m-dec, is: cipher-read}\n" in path.read_text("utf-8")


def test_what_is_deeper_is_typed_as_yaml(client: Client, path: Path) -> None:
    later = "- {on: 2026-11-25, known: {ministry: near}, because: a circular}"

    answer = sent(client, shown(client, PLOT), **{f"{TARGET}/later": later})

    assert answer.status_code == 303
    assert cases.load(path).case.claims[1].versions[1].later[0].because == "a circular"


def test_a_change_is_taken_back_and_made_again(client: Client, path: Path) -> None:
    before = path.read_text("utf-8")
    sent(client, shown(client, PLOT), **{f"{TARGET}/value": "7"})
    frame = dict(re.findall(r'name="(form_token|made_to)" value="([^"]*)"', client.get("/").text))

    client.post("/step/undo", data=frame)

    assert path.read_text("utf-8") == before


# --- what is told where -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "name", "typed", "told"),
    [
        (PLOT, f"{TARGET}/value", "ten", "not a number that can be used"),
        (PLOT, f"{TARGET}/value", "11", "outside the range"),
        (PLOT, f"{TARGET}/text", "", "`text` is missing"),
        (PLOT, f"{TARGET}/text", "a\x00b", "control character"),
        (PLOT, f"{TARGET}/known/key-desk", "[0.1,", "not YAML"),
        (PLOT, f"{TARGET}/known/key-desk", "nearly", "no access word"),
        (PLOT, f"{TARGET}/later", "- {on: never", "bracket is not closed"),
        (PLOT, f"{TARGET}/later", "- &a {on: x}", "anchor"),
        (PLOT, f"{TARGET}/later", "!!python/object:os.system x", "tag"),
        ("/proposal", "/proposal/harm_by", "31.12.", "is not a day"),
        ("/readers/X", "/readers/X/groups/cipher-read/via/key-desk", "2", "outside the range"),
        ("/secrets/cipher", "/secrets/cipher/is", "nobody", "nobody"),
    ],
)
def test_a_fault_stands_beside_its_field_with_what_was_typed(
    client: Client, path: Path, at: str, name: str, typed: str, told: str
) -> None:
    before = path.read_bytes()

    answer = sent(client, shown(client, at), **{name: typed})

    found = controls(answer.text)
    assert answer.status_code == 422
    assert path.read_bytes() == before
    assert found.fields[name] == typed
    assert f"at-{name}" in found.links
    beside = answer.text.partition(f'id="fault-{name}"')[2].partition("</div>")[0]
    assert told.replace("`", "") in words_of(beside).replace("&#39;", "'")
    assert 'href="#at-' in answer.text


def test_a_fault_of_another_part_leads_there(client: Client) -> None:
    fields = shown(client, "/readers/X")

    answer = sent(client, controls(sent(client, fields, do="removed /readers/X/groups/key-desk").text).fields)

    assert answer.status_code == 422
    assert 'value="go /claims/plot"' in answer.text.partition('id="faults"')[2]


def test_a_faulty_text_travels_along_and_can_be_mended(client: Client, path: Path) -> None:
    faulty = sent(client, shown(client, PLOT), **{f"{TARGET}/value": "ten", f"{TARGET}/text": "Kept words."})
    elsewhere = sent(client, controls(faulty.text).fields, do="go /sources")
    back = sent(client, controls(elsewhere.text).fields, do=f"go {PLOT}")
    assert controls(back.text).fields[f"{TARGET}/value"] == "ten"

    answer = sent(client, controls(back.text).fields, **{f"{TARGET}/value": "7"})

    assert answer.status_code == 303
    version = cases.load(path).case.claims[1].versions[1]
    assert (version.value, version.text) == (7, "Kept words.")


def test_a_placement_is_never_told_in_a_fault(client: Client) -> None:
    answer = sent(client, shown(client, "/sources/s-min"), **{"/sources/s-min/placement": "the \x07 harbour master"})

    told = answer.text.partition('id="faults"')[2].partition("</ol>")[0]
    assert answer.status_code == 422
    assert "harbour" not in told


# --- entries ----------------------------------------------------------------------------------------------------


def test_a_version_is_added_filled_in_and_kept(client: Client, path: Path) -> None:
    added = sent(client, shown(client, PLOT), do=f"add {PLOT}/versions", **{f"place={PLOT}/versions": "2"})
    assert "Nothing was written" not in added.text
    new = f"{PLOT}/versions/version-4"

    answer = sent(
        client, controls(added.text).fields, **{f"{new}/text": "An attack is likely in B.", f"{new}/value": "6"}
    )

    assert answer.status_code == 303
    assert [v.id for v in cases.load(path).case.claims[1].versions] == ["exact", "target", "version-4", "warning"]


@pytest.mark.parametrize("id_", ["target", "", "a b", "a/b", "-x", "../x", "x" * 81, "a\nb: c"])
def test_an_id_that_cannot_be_is_not_added(client: Client, path: Path, id_: str) -> None:
    before = path.read_bytes()

    answer = sent(client, shown(client, PLOT), do=f"add {PLOT}/versions", **{f"id={PLOT}/versions": id_})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert path.read_bytes() == before


def test_a_claim_is_added_with_what_it_needs(client: Client, path: Path) -> None:
    added = sent(client, shown(client, "/claims"), do="add /claims", **{"id=/claims": "ship"})
    version = "/claims/ship/versions/version-1"
    assert "Claim: ship" in added.text

    answer = sent(client, controls(added.text).fields, **{f"{version}/text": "A ship has sailed."})

    assert answer.status_code == 303
    assert cases.load(path).case.claims[2].versions[0].text == "A ship has sailed."


@pytest.mark.parametrize(("at", "where"), [("/leak_paths", "/leak_paths"), ("/organisations", "/organisations")])
def test_an_entry_is_added_to_a_part(client: Client, at: str, where: str) -> None:
    added = sent(client, shown(client, at), do=f"add {where}")

    assert added.status_code == 200
    assert "not in the file yet" in added.text


def test_a_party_becomes_a_reader(client: Client) -> None:
    added = sent(client, shown(client, "/readers"), do="add /readers", **{"id=/readers": "press-b"})
    answer = sent(client, controls(added.text).fields, **{"/readers/press-b/like": "X"})

    assert answer.status_code == 303


def test_what_refers_to_an_entry_is_told_before_it_goes(client: Client, path: Path) -> None:
    before = path.read_bytes()

    asked = sent(client, shown(client, "/claims"), do="remove /claims/convoy")

    assert "Remove claims.convoy ?" in words_of(asked.text)
    assert "given[0].claims" in asked.text
    assert path.read_bytes() == before


def test_an_entry_to_which_nothing_refers_goes(client: Client, path: Path) -> None:
    asked = sent(client, shown(client, PLOT), do=f"remove {PLOT}/versions/warning")
    assert "Nothing else in the case refers to it" in asked.text
    gone = sent(client, controls(asked.text).fields, do=f"removed {PLOT}/versions/warning")

    answer = sent(client, controls(gone.text).fields)

    assert answer.status_code == 303
    assert "warning:" not in path.read_text("utf-8")


def test_versions_change_places(client: Client) -> None:
    moved = sent(client, shown(client, PLOT), do=f"up {PLOT}/versions/warning")

    assert moved.text.index(f"{PLOT}/versions/warning/text") < moved.text.index(f"{TARGET}/text")


# --- somebody else ----------------------------------------------------------------------------------------------


def test_a_file_that_changed_meanwhile_is_not_written_over_and_nothing_typed_is_lost(
    client: Client, path: Path
) -> None:
    fields = shown(client, PLOT)
    theirs = path.read_text("utf-8").replace("by: officer-7", "by: officer-9").replace("crowd: 40", "crowd: 41")
    path.write_text(theirs, "utf-8")

    stale = sent(client, fields, **{f"{TARGET}/text": "Mine."})
    assert stale.status_code == 409
    assert path.read_text("utf-8") == theirs
    assert controls(stale.text).fields[f"{TARGET}/text"] == "Mine."
    assert "officer-9" in stale.text
    over = sent(client, controls(stale.text).fields, do="rebase")
    answer = sent(client, controls(over.text).fields)

    assert answer.status_code == 303
    assert path.read_text("utf-8") == theirs.replace(
        "text: X is preparing an attack on rail transport in B's capital in early December.", "text: Mine."
    )


def test_two_tabs_do_not_undo_each_other(client: Client, path: Path) -> None:
    one, other = shown(client, PLOT), shown(client, "/proposal")
    sent(client, one, **{f"{TARGET}/text": "Mine."})

    stale = sent(client, other, **{"/proposal/by": "officer-9"})
    over = sent(client, controls(stale.text).fields, do="rebase")
    sent(client, controls(over.text).fields)

    assert stale.status_code == 409
    assert "text: Mine." in path.read_text("utf-8")
    assert "by: officer-9" in path.read_text("utf-8")


def test_a_change_that_fits_nowhere_any_more_is_named_and_shown(client: Client, path: Path) -> None:
    fields = shown(client, PLOT)
    frame = dict(re.findall(r'name="(form_token|made_to)" value="([^"]*)"', client.get("/").text))
    theirs = re.sub(r"\n      target:\n.*?(?=\n      warning:)", "", path.read_text("utf-8"), flags=re.DOTALL)
    theirs = re.sub(r"(?s)\ncover:.*?(?=\n# What B)", "", theirs)
    assert client.post("/edit", data={**frame, "text": theirs}).status_code == 303

    stale = sent(client, fields, **{f"{TARGET}/text": "Mine."})
    over = sent(client, controls(stale.text).fields, do="rebase")

    assert over.status_code == 200
    assert "text: Mine." in over.text


# --- what cannot be sent ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "/claims/nothing/versions/x/text",
        "/tearline",
        "/claims/plot/versions/target/evil",
        "/leak_paths/99999999999/how",
        "/" + "a/" * 500,
        "//",
        "/proposal/claims/plot/x",
        "__class__",
        "/claims/plot/versions/target/text\x00",
        "/claims/convoy/versions/exact/text",
        "/claims/plot/sources=nobody",
    ],
)
def test_a_field_that_the_page_does_not_ask_for_is_refused(client: Client, path: Path, name: str) -> None:
    before = path.read_bytes()

    answer = sent(client, shown(client, PLOT), **{name: "x"})

    assert answer.status_code == 422
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "at",
    [
        "/nothing",
        "/claims/nothing",
        "claims",
        "/claims/",
        "/claims/plot/versions",
        "/leak_paths/-1",
        "/leak_paths/01",
        "/leak_paths/9",
        "/leak_paths/1e1",
        "/proposal/to",
        "/claims/plot/" + "x/" * 40,
        "/" * 500,
        "/~9",
        "/\x00",
    ],
)
def test_a_part_that_there_is_not_is_refused(client: Client, at: str) -> None:
    assert client.get("/edit/form", params={"at": at}).status_code == 422
    assert sent(client, {**shown(client, PLOT), "at": at}).status_code == 422


@pytest.mark.parametrize(
    "do",
    [
        "",
        "evil",
        "up /claims/convoy",
        "up /proposal",
        "remove /proposal",
        "removed /tearline",
        "removed ",
        "add /proposal",
        "add /claims/plot",
        "go /claims/plot/versions/exact",
        "add /claims/plot/versions/exact/known",
        "rebase x",
        "up /a/0",
    ],
)
def test_a_button_that_no_page_has_does_nothing(client: Client, path: Path, do: str) -> None:
    before = path.read_bytes()

    answer = sent(client, shown(client, PLOT), do=do)

    assert answer.status_code in (200, 422)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "value",
    ["\n  evil: x", "x\nevil: y", "!!python/object:os.system ls", "*a", "&a b", "x\r\nevil: y", "- a", "{a: b}"],
)
@pytest.mark.parametrize("name", [f"{TARGET}/text", f"{PLOT}/event", f"{PLOT}/marking"])
def test_no_value_becomes_a_key(client: Client, path: Path, name: str, value: str) -> None:
    sent(client, shown(client, PLOT), **{name: value})

    file = cases.load(path)
    assert (
        "evil" not in str(file.case)
        or file.case.claims[1].versions[1].text == value.replace("\r\n", "\n")
        or (file.case.claims[1].marking == value.replace("\r\n", "\n"))
    )


def test_a_form_of_somebody_else_is_refused(client: Client, path: Path) -> None:
    before = path.read_bytes()
    fields = shown(client, PLOT) | {"form_token": "x", f"{TARGET}/text": "Theirs."}

    assert sent(client, fields).status_code == 403
    assert client.post("/edit/form", data={**fields}, headers={"origin": "http://evil.example"}).status_code == 403
    assert path.read_bytes() == before


@pytest.mark.parametrize("body", [b"at=%FF", b"\xff", b"at=/proposal&at=/claims", b"&".join([b"a=b"] * 30_000), b"x"])
def test_a_body_that_no_browser_sends_is_refused(client: Client, body: bytes) -> None:
    answer = client.post("/edit/form", content=body, headers={"content-type": "application/x-www-form-urlencoded"})

    assert answer.status_code in (403, 422)


@pytest.mark.parametrize("draft", ["%%%", "AAAA====", "/////w==", "YTogJmEgMQpiOiAqYQ=="])
def test_a_text_on_its_way_that_is_none_is_refused(client: Client, path: Path, draft: str) -> None:
    before = path.read_bytes()

    assert sent(client, shown(client, PLOT) | {"draft": draft}).status_code == 422
    assert path.read_bytes() == before


def test_an_old_form_without_its_text_is_refused(client: Client) -> None:
    assert sent(client, shown(client, PLOT) | {"made_to": "x"}).status_code == 422
