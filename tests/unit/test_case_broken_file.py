"""A file in which nearly everything is wrong: every fault in one go, each where it stands."""

from pathlib import Path

import pytest

from tearline.cases import load
from tearline.errors import CaseFileError

BROKEN = Path(__file__).parent / "broken"

FAULTS = [
    (4, "as_of", "there is no day 2026-13-01"),
    (8, "parties.B.trust.handling", "did you mean `wary`?"),
    (9, "parties.X", "no key `hostle` here; did you mean `hostile`?"),
    (10, "parties", "`A` is given twice; it stands first in line 7"),
    (14, "sources.m-dec.kind", "did you mean `signals`?"),
    (14, "sources.m-dec.owner", "no party `Q`"),
    (14, "sources.m-dec.depends_on", "`s-min` → `m-dec` → `s-min`"),
    (18, "readers.X.groups", "the weights add up to 1.1, more than 1"),
    (19, "readers.X.groups.key-desk.count", "0 is outside the range; write a whole number from 1 up to 10 000 000 000"),
    (25, "secrets.key-source.is", "no channel or organisation `persn`; did you mean `person`?"),
    (25, "secrets.key-source.budget.top_suspect", "`nan` is not a number that can be used"),
    (26, "secrets.cipher.budget.top_suspect", "use `belief`, `step`"),
    (35, "claims.plot.versions.exact.known", "no group `key-dsk`; did you mean `key-desk`?"),
    (38, "claims.plot.versions.vague.value", "worth 8, more than the more exact `exact` at 4"),
    (39, "claims.plot.versions.vague.known.ministry", "`ministry` knows less than in the more exact `exact`"),
    (39, "claims.plot.versions.vague.known.elsewhere", "no access word `nearby`; did you mean `near`?"),
    (42, "cover[0].version", "`plot` has no version `targt`"),
    (42, "cover[0].makes.ministry", "`ministry` is persons"),
    (45, "proposal.to", "`A` is us"),
    (46, "proposal.claims[0]", "no claim `plott`; did you mean `plot`?"),
    (47, "proposal.harm_of_silence", "an alias"),
]


def test_every_fault_of_a_file_is_listed_in_one_go() -> None:
    file = BROKEN / "many-faults.yaml"

    with pytest.raises(CaseFileError) as refused:
        load(file)

    found = refused.value.problems
    assert [(problem.line, problem.path) for problem in found] == [(line, path) for line, path, _ in FAULTS]
    for problem, (_, _, words) in zip(found, FAULTS, strict=True):
        assert words in f"{problem.message}; {problem.hint}"
    assert "harbour" not in str(refused.value)


def test_each_fault_is_one_line_that_starts_with_its_place() -> None:
    file = BROKEN / "many-faults.yaml"

    with pytest.raises(CaseFileError) as refused:
        load(file)

    lines = str(refused.value).splitlines()
    assert len(lines) == len(FAULTS)
    assert all(line.startswith(f"{file}:{number}:") for line, (number, _, _) in zip(lines, FAULTS, strict=True))


def test_what_is_no_yaml_has_one_fault() -> None:
    with pytest.raises(CaseFileError) as refused:
        load(BROKEN / "wrong-yaml.yaml")

    (problem,) = refused.value.problems
    assert problem.line == 2
    assert "quote the value" in problem.hint
