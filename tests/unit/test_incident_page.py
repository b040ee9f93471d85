"""The pages of an incident: the figures of `tearline damage`, lives and deeds before them, and nothing under a hold."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from tearline import cases
from tearline.cases.incidents import incident_names, incident_text
from tearline.cases.working import Working
from tearline.cli import run
from tearline.cli.opening_incident import case_of, means_incident
from tearline.damage import phrases as told
from tearline.damage.accounts import heard
from tearline.damage.magnitude import Span
from tearline.domain.estimative import percent_up, percents
from tearline.errors import CaseFileError, InputError
from tearline.web.app import door
from tearline.web.desk import Desk
from tearline.web.incident_app import incident_door
from tearline.web.incident_desk import IncidentDesk, shipped_on_scale

PORT = 8733
HERE = f"http://127.0.0.1:{PORT}"
Client = TestClient[Any]
Captured = pytest.CaptureFixture[str]

NAMES = incident_names()
ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@contextmanager
def entered(incident: IncidentDesk, desk: Desk | None = None) -> Iterator[Client]:
    """A browser that has come in."""
    entrance = incident_door(incident, desk, PORT)
    with TestClient(entrance, base_url=HERE, raise_server_exceptions=False) as client:
        client.follow_redirects = False
        client.get(entrance.address)
        client.headers["origin"] = HERE
        yield client


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A shipped incident as a file, with its case beside it."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "mine.yaml").write_text(cases.text_of("oval-office"), "utf-8")
    file = tmp_path / "affair.yaml"
    file.write_text(incident_text("oval-office").replace("\ncase: oval-office", "\ncase: cases/mine.yaml"), "utf-8")
    return file


@pytest.fixture
def desk(path: Path) -> IncidentDesk:
    """That file, looked at."""
    return IncidentDesk.on(str(path))


@pytest.fixture
def client(desk: IncidentDesk) -> Iterator[Client]:
    """A browser that has come in to it and to its case."""
    with entered(desk, case_of(desk)) as found:
        yield found


def words_of(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def token(page: str) -> str:
    """What every form of a page carries."""
    found = re.search(r'name="form_token" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def answer(capsys: Captured, *arguments: str) -> dict[str, Any]:
    """What a command says as JSON, for the house."""
    capsys.readouterr()
    assert run([*arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def years(span: dict[str, float]) -> str:
    """A loss as pages show it."""
    return told.years(Span(span["lo"], span["mid"], span["hi"]))


# --- the figures of the command ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_that_of_the_command(name: str, capsys: Captured) -> None:
    house = answer(capsys, "damage", name)["house_only"]

    with entered(IncidentDesk.on(name)) as client:
        page = words_of(client.get("/incident").text)

    assert house["title"] in page
    for tier in ("accessible", "taken", "published"):
        assert f"{tier} {years(house[tier])}" in page
    for what, loss in house["drivers"].items():
        assert f"{what} {years(loss)}" in page
    for each in house["came_out"]:
        chance = each["chance"]
        figures = f"{percents(chance['lo'], chance['hi'])} {percent_up(chance['mid'])}"
        assert figures in page
    for source in house["sources"]:
        for view in source["views"]:
            before, after = (percents(view[when]["lo"], view[when]["hi"]) for when in ("before", "after"))
            assert f"{before} {after}" in page
            assert f"{percents(view['passed']['lo'], view['passed']['hi'])} {percent_up(view['worst'])}" in page
        for choice in source["choices"]:
            left = "" if choice["danger"] is None else f"up to {percent_up(choice['danger'])} "
            feared, regret = told.short(choice["feared"]), told.short(choice["regret"])
            assert f"{choice['name']} {left}{years(choice['loss'])} {feared} {regret}" in page
    for one in house["movers"]:
        assert f"{one['what']} {told.short(one['least'])} {told.short(one['most'])}" in page
    for asked in house["questions"]:
        assert f"{asked['whom']} about {asked['about']}: worth {years(asked['worth'])}" in page
    for stood in house["history"] if len(house["history"]) > 1 else []:
        assert f"{years(stood['loss'])}" in page


@pytest.mark.parametrize("name", NAMES)
def test_everybody_whom_the_command_tells_is_on_the_page_with_the_same_words(name: str, capsys: Captured) -> None:
    house = answer(capsys, "damage", name)["house_only"]

    with entered(IncidentDesk.on(name)) as client:
        page = words_of(client.get("/incident").text)

    for one in house["to_tell"]:
        assert f"within {one['hours']:g} hours" in page
        assert one["why"][1:] in page
        for text in (one["notice"] or {"words": ()})["words"]:
            assert f"“{text}”" in page
        assert (told.ORIGINATOR in page) >= one["breached"]


@pytest.mark.parametrize("other", [name for name in NAMES if name != "oval-office"])
def test_a_comparison_says_what_the_command_says(other: str, capsys: Captured) -> None:
    found = answer(capsys, "incident", "compare", "oval-office", other)
    capsys.readouterr()
    assert run(["incident", "compare", "oval-office", other]) == 0
    printed = " ".join(capsys.readouterr().out.split())

    with entered(IncidentDesk.on("oval-office")) as client:
        page = words_of(client.get(f"/incident/compare?with={other}").text)

    for one, two in (("oval-office", other), (other, "oval-office")):
        sentence = re.search(
            rf"{one} cost more than {two} with [\d.]+%(: surely by at least \d+ orders? of magnitude)?", page
        )
        assert sentence is not None
        assert sentence[0] in printed
    assert (told.NOT_DISTINGUISHABLE in page) == (found["pairs"][0]["first_by"] is found["pairs"][0]["second_by"])
    for side in found["house_only"]:
        assert all(f"{what} {years(loss)}" in page for what, loss in side["drivers"].items())


def test_the_scale_holds_every_shipped_incident_once() -> None:
    with entered(IncidentDesk.on("manning")) as client:
        page = client.get("/incident").text

    chart = page.partition('<figure id="scale"')[2].partition("</figure>")[0]
    for each in shipped_on_scale():
        assert chart.count(f"{told.years(each.found.taken)}<") == 2  # the picture and its table


# --- what comes first ----------------------------------------------------------------------------------------------


def test_lives_come_before_every_figure_and_whom_to_tell_before_every_picture() -> None:
    with entered(IncidentDesk.on("gordievsky")) as client:
        page = words_of(client.get("/incident").text)

    order = ["Somebody may be in danger.", "Magnitude", "Lock that", "in danger officer", "within 24 hours"]
    order += ["confirm nothing", "What to ask next", "Best: officer: bring him out", "How sure that is"]
    assert sorted(order, key=page.index) == order
    assert "No wording passes the limits: one named person, by word of mouth, and no content." in page


@pytest.mark.parametrize(
    ("name", "headline"),
    [
        ("oval-office", "Israel may stop sharing; the source device may have been found."),
        ("gordievsky", "Somebody may be in danger. The source officer may have been found."),
        (
            "manning",
            (
                "Somebody may be in danger. "
                "The sources contacts-in-the-cables, named-in-the-logs and confidence-of-hosts may have been found."
            ),
        ),
    ],
)
def test_what_was_probably_lost_comes_in_words_the_largest_part_first(name: str, headline: str) -> None:
    with entered(IncidentDesk.on(name)) as client:
        page = client.get("/incident").text

    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert found is not None
    assert words_of(found[1]).replace(" ,", ",") == headline


def test_people_whom_no_case_describes_are_named_among_those_in_danger() -> None:
    with entered(IncidentDesk.on("manning")) as client:
        page = words_of(client.get("/incident").text)

    first = page[page.index("Who is in danger") : page.index("The line to take")]
    assert "named-in-the-logs: 600 to 900 human sources" in first


def test_each_account_shows_what_it_adds(desk: IncidentDesk) -> None:
    found = desk.assessed().found
    chances = {(each.claim, each.version): each.chance.mid for each in found.uttered}

    added = heard(found)

    assert [one.account.id for one in added] == ["officials", "house"]
    assert all(each.all == chances[each.claim, each.version] for one in added for each in one.adds)
    assert sum(each.without for each in added[0].adds) == pytest.approx(1)
    city = next(each for each in added[0].adds if each.version == "city")
    assert city.without < city.all  # who says it makes it likelier


# --- days -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2017-05-10", "2017-05-15", "2017-06-01"])
def test_a_day_shows_what_was_known_on_it(client: Client, path: Path, day: str, capsys: Captured) -> None:
    house = answer(capsys, "damage", str(path), "--as-of", day)["house_only"]

    page = words_of(client.get(f"/incident?as_of={day}").text)

    assert "What became known later is left out" in page
    assert f"taken {years(house['taken'])}" in page
    assert ("the President and his staff, in public" in page) == (day > "2017-05-15")


@pytest.mark.parametrize("day", ["2017-05-09", "yesterday", "<b>", "2017-13-01"])
def test_a_day_that_is_none_or_too_early_is_said(client: Client, day: str) -> None:
    answered = client.get("/incident", params={"as_of": day})

    assert answered.status_code == 422
    assert "as_of" in answered.text
    assert "<b>" not in answered.text


# --- legal hold -----------------------------------------------------------------------------------------------------


def held(path: Path) -> IncidentDesk:
    """The file, under the hold that it orders."""
    path.write_text(f"{path.read_text('utf-8')}\nlegal_hold: true\n", "utf-8")
    return IncidentDesk.on(str(path))


def test_under_a_hold_there_are_the_counts_of_the_command_and_nothing_else(path: Path, capsys: Captured) -> None:
    desk = held(path)
    house = answer(capsys, "damage", str(path))["house_only"]

    with entered(desk) as client:
        pages = [client.get(place).text for place in ("/incident", "/incident?as_of=2017-05-15", "/incident?hold=1")]

    for page in pages:
        said = words_of(page)
        assert all(f"{what} {count:,}" in said for what, count in house["counts"].items() if what != "accounts")
        assert "Israel, within 48 hours" in said
        assert not re.search(r"Magnitude|source-years|\d%|laptops|Oval Office|<svg", page)


def test_under_a_hold_nothing_is_compared(path: Path) -> None:
    with entered(held(path)) as client:
        pages = [client.get(place) for place in ("/incident/compare", "/incident/compare?with=midway")]

    assert {page.status_code for page in pages} == {422}
    assert not any(re.search(r"Magnitude|source-years|\d%|<svg", page.text) for page in pages)


def test_a_hold_can_be_tried_and_left(client: Client) -> None:
    page = words_of(client.get("/incident?hold=1").text)

    assert "The file orders no hold" in page
    assert "Magnitude" not in page
    assert "Magnitude" in client.get("/incident").text


# --- the files on disk ----------------------------------------------------------------------------------------------


def test_a_change_on_disk_is_noticed_and_read_when_asked(client: Client, path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace('title: "Oval', 'title: "Another Oval'), "utf-8")

    before = client.get("/incident").text
    answered = client.post("/incident/again", data={"form_token": token(before)})
    after = client.get("/incident").text

    assert "affair.yaml has changed on disk." in words_of(before)
    assert "Another Oval" not in before
    assert answered.status_code == 303
    assert "Another Oval" in after
    assert "changed on disk" not in after


def test_a_change_of_the_case_is_noticed_too(client: Client, path: Path) -> None:
    case = path.parent / "cases" / "mine.yaml"
    case.write_text(case.read_text("utf-8") + "# looked at again\n", "utf-8")

    page = words_of(client.get("/incident").text)

    assert "mine.yaml has changed on disk." in page


def test_the_case_changed_on_its_own_page_is_a_change_of_the_incident(path: Path) -> None:
    incident = IncidentDesk.on(str(path))
    case = case_of(incident)
    assert case is not None

    case.working.change(case.working.text + "# looked at again\n", case.working.digest)

    assert incident.changed() == ("mine.yaml",)


@pytest.mark.parametrize(
    ("old", "new", "told_of"),
    [
        ("claims", "claims", "cannot be read"),
        ("{laptops: city}", "{laptops: vilage}", "no version"),
        ("cases/mine.yaml", "cases/gone.yaml", "gone.yaml"),
        ("kind: off-script", "kind: [", "affair.yaml"),
    ],
)
def test_a_fault_is_told_as_by_the_command_and_the_last_good_page_stays(
    client: Client, path: Path, old: str, new: str, told_of: str, capsys: Captured
) -> None:
    good = path.read_text("utf-8")
    if old == new:
        path.unlink()
    else:
        path.write_text(good.replace(old, new), "utf-8")

    answered = client.post("/incident/again", data={"form_token": token(client.get("/incident").text)})
    assert run(["damage", str(path)]) == 2
    err = capsys.readouterr().err

    said = words_of(answered.text)
    assert answered.status_code == 422
    assert told_of in said
    assert "The page below is from the last reading without a fault." in said
    assert "Magnitude" in said
    assert "".join(err.split()).replace("`", "")[-60:] in "".join(said.split())


def test_reading_anew_needs_the_form_of_a_page_of_ours(client: Client) -> None:
    assert client.post("/incident/again", data={"form_token": "x"}).status_code == 403
    del client.headers["origin"]
    assert client.post("/incident/again", data={"form_token": token(client.get("/edit").text)}).status_code == 403


def test_more_accounts_than_are_few_is_a_fault_and_no_broken_page(client: Client, path: Path) -> None:
    many = "".join(f"\n  a{n}: {{by: somebody, says: {{laptops: city}}}}" for n in range(9))
    path.write_text(path.read_text("utf-8").replace("\naccounts:", f"\naccounts:{many}", 1), "utf-8")

    answered = client.post("/incident/again", data={"form_token": token(client.get("/incident").text)})

    assert answered.status_code == 422
    assert "accounts are more than 8" in words_of(answered.text)


# --- beside the case ------------------------------------------------------------------------------------------------


def test_the_incident_is_the_first_page_and_its_case_is_one_link_away(path: Path) -> None:
    incident = IncidentDesk.on(str(path))
    entrance = incident_door(incident, case_of(incident), PORT)
    with TestClient(entrance, base_url=HERE) as client:
        first = client.get(entrance.address).text
        page, case = client.get("/incident").text, client.get("/").text

    assert 'content="0;url=/incident"' in first
    assert '<a href="/">Its case</a>' in page
    assert '<a href="/incident">Incident</a>' in case
    assert "Choose the words" in case


def test_the_page_of_a_case_alone_knows_no_incident() -> None:
    entrance = door(Desk(Working(name="essay", path=None, file=cases.open_shipped("essay"))), PORT)
    with TestClient(entrance, base_url=HERE) as client:
        first = client.get(entrance.address).text

        assert 'content="0;url=/"' in first
        assert "/incident" not in client.get("/").text
        assert client.get("/incident").status_code == 404


@pytest.mark.parametrize("place", ["/incidents", "/incident/nowhere", "/nowhere"])
def test_what_is_no_page_of_either_is_said(client: Client, place: str) -> None:
    answered = client.get(place)

    assert answered.status_code == 404
    assert "There is no such page." in answered.text


def test_an_incident_without_a_case_has_its_pages_alone() -> None:
    with entered(IncidentDesk.on("manning")) as client:
        assert client.get("/").headers["location"] == "/incident"
        assert "Its case" not in client.get("/incident").text
        assert client.get("/static/tearline.css").status_code == 200
        assert client.get("/edit").status_code == 404


@pytest.mark.parametrize("place", ["/incident", "/incident/compare", "/", "/edit", "/static/tearline.css"])
def test_nobody_gets_in_without_the_address(desk: IncidentDesk, place: str) -> None:
    with TestClient(incident_door(desk, case_of(desk), PORT), base_url=HERE) as stranger:
        assert stranger.get(place).status_code == 401


@pytest.mark.parametrize("place", ["/incident", "/incident/compare?with=midway", "/incident?hold=1"])
def test_no_page_holds_anything_inline(client: Client, place: str) -> None:
    page = client.get(place)

    assert page.status_code == 200
    assert "style=" not in page.text
    assert not re.search(r"<script|\son\w+=", page.text)
    assert "unsafe" not in page.headers["content-security-policy"]


# --- what a name means ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["manning", "discord", "midway"])
def test_a_name_that_only_an_incident_has_means_it(name: str) -> None:
    assert means_incident(name)


@pytest.mark.parametrize("name", ["oval-office", "gordievsky", "essay", "-", "nothing"])
def test_a_name_that_a_case_has_means_the_case(name: str) -> None:
    assert not means_incident(name)


def test_a_file_says_itself_what_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    (path.parent / "manning").write_text(cases.text_of("essay"), "utf-8")
    (path.parent / "broken.yaml").write_text("tearline_incident: [", "utf-8")

    assert means_incident("affair.yaml")
    assert not means_incident("cases/mine.yaml")
    assert not means_incident("manning")
    assert not means_incident("broken.yaml")


def test_a_shipped_case_is_never_a_file_of_ours() -> None:
    found = case_of(IncidentDesk.on("midway"))

    assert found is not None
    assert found.working.path is None


def test_the_case_beside_a_file_is_worked_on_in_its_file(path: Path, desk: IncidentDesk) -> None:
    found = case_of(desk)

    assert found is not None
    assert found.working.path == path.parent / "cases" / "mine.yaml"


# --- hostile files --------------------------------------------------------------------------------------------------


def test_what_a_file_says_is_shown_as_text(path: Path) -> None:
    text = path.read_text("utf-8").replace('title: "Oval', f'title: "{ATTACK}Oval')
    text = text.replace("by: officials, through the press", f"by: '{ATTACK}'")
    path.write_text(text.replace("spoke: the President", f"spoke: '{ATTACK}'"), "utf-8")

    with entered(IncidentDesk.on(str(path))) as client:
        pages = [client.get(place).text for place in ("/incident", "/incident/compare?with=midway")]

    assert all("<script>" not in page and "<img" not in page for page in pages)
    assert pages[0].count("&lt;script&gt;alert(1)") >= 3


def test_what_an_address_says_is_shown_as_text_and_opens_no_file(client: Client, path: Path) -> None:
    for other in (ATTACK, str(path), "../affair.yaml", "oval-office.yaml", "-", "%00"):
        answered = client.get("/incident/compare", params={"with": other})

        assert answered.status_code == 422
        assert "<script>" not in answered.text


def test_an_escape_for_a_terminal_is_refused_with_its_place(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace('title: "Oval', 'title: "\x1b[2JOval'), "utf-8")

    with pytest.raises(CaseFileError) as wrong:
        IncidentDesk.on(str(path))

    assert "\x1b" not in str(wrong.value)


def test_a_case_outside_the_folder_is_not_opened(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("cases/mine.yaml", "../mine.yaml"), "utf-8")

    with pytest.raises(InputError, match="in its own folder or below"):
        IncidentDesk.on(str(path))


def test_a_long_text_stays_a_page(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace('title: "Oval', f'title: "{"x" * 100_000} Oval'), "utf-8")

    with entered(IncidentDesk.on(str(path))) as client:
        assert client.get("/incident").status_code == 200
