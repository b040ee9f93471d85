"""Writing a case: readable, and nothing added or lost."""

import attrs
import pytest
import yaml

from tearline.cases import CaseFile, Sealed, names, open_shipped, read, template, text_of, write
from tearline.cases.write import WIDTH, spelled
from tearline.domain import Case, Claim, ClaimId, Party, PartyId, Proposal, SourceId, Version, VersionId

TEXTS = {name: text_of(name) for name in names()} | {name: template(name) for name in ("minimal", "full")}


def plain(node: object) -> object:
    """Data as written, where ``1`` and ``1.0`` are one number and nothing is one thing however it is spelled."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()} or None
    if isinstance(node, list):
        return [plain(item) for item in node] or None
    try:
        return float(str(node))
    except ValueError:
        return None if node in ("", "null") else node


@pytest.mark.parametrize("name", TEXTS)
def test_reading_what_was_written_gives_an_equal_file(name: str) -> None:
    file = read(TEXTS[name])

    again = read(write(file))

    assert again == file
    assert again.assumed == file.assumed
    assert write(again) == write(file)


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_is_added_and_nothing_is_lost(name: str) -> None:
    text = TEXTS[name]

    written = write(read(text))

    assert plain(yaml.load(written, yaml.BaseLoader)) == plain(yaml.load(text, yaml.BaseLoader))


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("proposal: {to: B, claims: [c]}", "proposal: {to: B, claims: {c: null}}"),
        ("proposal: {to: B, claims: [c]}", "proposal: {to: B, form: release, claims: [c]}"),
        ("{text: t}", "{text: t, value: 10}"),
        ("{text: t}", "{text: t, known: {}}"),
        ("A: {}", "A: {kind: state, trust: {}}"),
        ("given: [{to: B, on: 2026-06-02, claims: {c: e}}]", "given: [{to: [B], on: 2026-06-02, claims: {c: e}}]"),
        ("consents: []", "about: {}"),
    ],
)
def test_what_is_spelled_out_stays_spelled_out(short: str, long: str) -> None:
    text = (
        "tearline: 1\ntitle: x\nus: A\nparties: {A: {}, B: {}}\nclaims: {c: {versions: {e: {text: t}}}}\n"
        "given: [{to: B, on: 2026-06-02, claims: {c: e}}]\nconsents: []\nproposal: {to: B, claims: [c]}\n"
    )
    assert text.count(short) == 1

    first, second = write(read(text)), write(read(text.replace(short, long)))

    assert plain(yaml.load(first, yaml.BaseLoader)) == plain(yaml.load(text, yaml.BaseLoader))
    assert plain(yaml.load(second, yaml.BaseLoader)) == plain(yaml.load(text.replace(short, long), yaml.BaseLoader))
    assert first != second


def test_a_case_that_was_never_a_file_is_written_without_defaults() -> None:
    case = Case(
        title="Made in memory",
        us=PartyId("A"),
        parties=(Party(id=PartyId("A")), Party(id=PartyId("B"))),
        claims=(
            Claim(
                id=ClaimId("c"),
                versions=(
                    Version(id=VersionId("e"), text="exact", value=10),
                    Version(id=VersionId("v"), text="vague", value=3),
                ),
            ),
        ),
        proposal=Proposal(to=PartyId("B"), claims={ClaimId("c"): None}),
    )

    text = write(CaseFile(case=case))

    assert read(text).case == case
    assert "value: 10" not in text
    assert "value: 3" in text
    assert "purpose" not in text


def test_a_change_of_the_case_is_written() -> None:
    file = open_shipped("essay")

    changed = attrs.evolve(file, case=attrs.evolve(file.case, title="Another title", consents=()))

    assert "title: Another title" in write(changed)
    assert read(write(changed)) == changed


def test_the_placement_is_written_back_where_it_stood() -> None:
    file = open_shipped("essay")

    text = write(file)

    assert "    placement: official in X's Communications Ministry\n" in text
    assert read(text).sealed == {SourceId("s-min"): Sealed("official in X's Communications Ministry")}


def test_lines_stay_short_where_they_can() -> None:
    text = write(open_shipped("essay"))

    long = [line for line in text.splitlines() if len(line) > WIDTH]
    assert all(line.lstrip().startswith("text: ") for line in long)


def test_a_long_text_is_folded_and_reads_back_to_the_letter() -> None:
    file = open_shipped("essay")

    text = write(file)

    assert "  summary: >-\n" in text
    assert read(text).case.about == file.case.about


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain words, with a comma", "plain words, with a comma"),
        ("it's", "it's"),
        ("12", '"12"'),
        ("1.5", '"1.5"'),
        ("true", '"true"'),
        ("null", '"null"'),
        ("yes", "yes"),
        ("2026-11-20", "2026-11-20"),
        ("a: b", '"a: b"'),
        ("a:", '"a:"'),
        ("a #b", '"a #b"'),
        ("a#b", "a#b"),
        ("- a", '"- a"'),
        ("", '""'),
        (" a", '" a"'),
        ("a ", '"a "'),
        ("~", '"~"'),
        ("a\nb", '"a\\nb"'),
        ("a\u2028b\x85", '"a\\u2028b\\x85"'),
        ('say "x" \\', 'say "x" \\'),
        ('"x" \\', '"\\"x\\" \\\\"'),
        ("\U000e0001", '"\\U000e0001"'),
    ],
)
def test_text_is_quoted_only_where_it_must_be(text: str, written: str) -> None:
    assert spelled(text) == written
    assert yaml.load(f"k: {written}", yaml.BaseLoader) == {"k": text}


@pytest.mark.parametrize("text", ["a, b", "a]", "{a", "a:", "a:,b"])
def test_more_is_quoted_between_brackets(text: str) -> None:
    assert yaml.load(f"[{spelled(text, nested=True)}, x]", yaml.BaseLoader) == [text, "x"]
