"""Labels of every system, drawn at random, and readers who might read what carries them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import attrs
from hypothesis import strategies as st

from tearline.markings import SYSTEMS
from tearline.markings.acs import ACS, CONTROLS, LEVELS, PRIVILEGES, SCOPES, Acs
from tearline.markings.europol import INFORMATION, SOURCE, Europol
from tearline.markings.grades import ADMIRALTY_SCALE, UK_SCALE, Grades, Scale
from tearline.markings.iep import CONFLICT, STATEMENTS, Iep
from tearline.markings.ism import values
from tearline.markings.ism.document import Portion
from tearline.markings.ism.mark import IsmMark
from tearline.markings.ism.need_to_know import ORCON_POLICY, NeedToKnow, Profile, Value
from tearline.markings.nato.label import Label
from tearline.markings.nato.own_policy import NATO_POLICY
from tearline.markings.pap import Level as PapLevel
from tearline.markings.pap import Pap
from tearline.markings.reading import Reader, Standing
from tearline.markings.tlp import Level as TlpLevel
from tearline.markings.tlp import Tlp
from tearline.markings.uk import DESCRIPTORS, Uk

TODAY = dt.date(2026, 11, 23)
NATIONS = ("USA", "GBR", "AUS", "CAN", "DEU", "FRA", "NOR", "RUS")
LISTED = (*NATIONS[1:], "FVEY", "NATO", "TEYE", "GFNX", "KFOR", "ISAF")
DISCLOSURE = [(), (), ("NF",), ("REL",), ("REL",), ("EYES",), ("DISPLAYONLY",), ("REL", "DISPLAYONLY"), ("RELIDO",)]
COMPARTMENTS = ("SI", "SI-G", "SI-G-ABCD", "TK", "HCS", "HCS-O")
EYES = ("AUS", "CAN", "GBR", "TEYE")


def some(choices: Sequence[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    """A few of the choices, each once."""
    return st.lists(st.sampled_from(choices), max_size=most, unique=True).map(tuple)


@st.composite
def ism_marks(draw: st.DrawFn, *, dated: bool = False) -> IsmMark:
    """A US marking that no rule forbids to build; compartments stand with the systems that they lie in.

    Args:
        dated: With dates and exceptions of declassification, which do not roll up in steps.
    """
    foreign = draw(st.sampled_from([(), (), (), ("GBR",), ("NATO",), ("AUS", "USA")]))
    owners = foreign or ("USA",)
    levels = ("U", "U", "C", "S", "TS", *(("R",) if foreign else ()))
    controls = set(draw(some([t for t in values.DISSEM if t not in ("REL", "EYES", "DISPLAYONLY", "NF", "RELIDO")], 2)))
    disclosure = draw(st.sampled_from(DISCLOSURE))
    if "RELIDO" in disclosure:
        controls -= {"OC"}
    controls |= set(disclosure)
    listed = EYES if "EYES" in controls else LISTED
    release = ("USA", *draw(some(listed))) if controls & {"REL", "EYES"} and draw(st.integers(0, 9)) else ()
    compartments = draw(some(COMPARTMENTS, 2))
    nuclear = draw(some(values.AEA, 2)) if draw(st.booleans()) else ()
    return IsmMark(
        classification=draw(st.sampled_from(levels)),
        owners=owners,
        sci={parent for token in compartments for parent in _parents(token)},
        sar=draw(some(["SAR-BP", "SAR-CD"], 1)),
        aea={*nuclear, *(token.split("-")[0] for token in nuclear)},
        fgi_open=draw(some(["DEU", "FRA"], 1)),
        fgi_protected=draw(st.integers(0, 4)) == 0,
        dissem=tuple(controls),
        release_to=release,
        display_to=draw(some(LISTED, 2)) if "DISPLAYONLY" in controls else (),
        non_ic=draw(some([*values.NON_IC, "ACCM-X"], 2)),
        declass_date=draw(st.none() | st.dates(dt.date(2027, 1, 1), dt.date(2060, 1, 1))) if dated else None,
        approximate=draw(st.booleans()),
    )


def _parents(token: str) -> list[str]:
    parts = token.split("-")
    return ["-".join(parts[: end + 1]) for end in range(len(parts))]


@st.composite
def ism_portions(draw: st.DrawFn) -> Portion:
    """A portion; one with ORCON may have a list of agencies."""
    mark = draw(ism_marks())
    if "OC" not in mark.dissem or draw(st.booleans()):
        return Portion(mark=mark)
    agencies = draw(some(["CIA", "NSA", "DIA"], 3)) or ("CIA",)
    profile = Profile(
        mark=IsmMark(classification="U"),
        policy=ORCON_POLICY,
        profile="urn:us:gov:ic:ntk:profile:agencydissem",
        values=(
            Value(value=agencies[0], qualifier="originator", vocabulary="v"),
            *(Value(value=each, qualifier="dissemto", vocabulary="v") for each in agencies[1:]),
        ),
    )
    return Portion(mark=mark, need_to_know=NeedToKnow(mark=IsmMark(classification="U"), all_of=(profile,)))


@st.composite
def nato_labels(draw: st.DrawFn) -> Label:
    """A label under NATO's own policy, with a context, and releases as its banner says them."""
    level = draw(st.sampled_from(NATO_POLICY.levels))
    found: dict[str, frozenset[str]] = {}
    for name, category in NATO_POLICY.categories.items():
        allowed = [v.name for v in category.values.values() if level not in v.not_with]
        picked = draw(some(allowed, 2)) if draw(st.booleans()) else ()
        if picked and name != "Context":
            found[name] = frozenset(picked)
    context = [v.name for v in NATO_POLICY.category("Context").values.values() if level not in v.not_with]
    context.remove("Releasable") if "Releasable" in context else None
    found["Context"] = frozenset({draw(st.sampled_from(context))})
    if "Releasable To" in found and level != "TOP SECRET":
        found["Releasable To"] |= {"NATO"}
        found["Context"] |= {"Releasable"}
    elif found.get("Releasable To") is not None:
        found["Releasable To"] -= {"NATO"}
        if not found["Releasable To"]:
            del found["Releasable To"]
    return Label(policy=NATO_POLICY, classification=level, categories=found)


@st.composite
def europol_labels(draw: st.DrawFn) -> Europol:
    """A Europol label; conditions are any text that shows."""
    grades = draw(st.sets(st.tuples(st.sampled_from(list(SOURCE)), st.sampled_from(list(INFORMATION))), max_size=2))
    codes = draw(st.sampled_from([("H0",), ("H1",), ("H2",), ("H1", "H2"), ("H3",), ("H1", "H3")]))
    shown = st.characters(categories=("L", "N", "P", "S"), include_characters=" ")
    texts = st.text(shown, min_size=1).filter(str.strip)
    conditions = draw(st.sets(texts, min_size=1, max_size=2)) if "H3" in codes else set()
    return Europol(
        grades=frozenset("".join(each) for each in grades), codes=frozenset(codes), conditions=frozenset(conditions)
    )


@st.composite
def uk_labels(draw: st.DrawFn) -> Uk:
    """A UK marking."""
    level = draw(st.sampled_from(["OFFICIAL", "SECRET", "TOP SECRET"]))
    return Uk(
        level=level,
        sensitive=level == "OFFICIAL" and draw(st.booleans()),
        descriptors=frozenset(draw(some(DESCRIPTORS, 2))),
        strap=0 if level == "OFFICIAL" else draw(st.integers(0, 3)),
        eyes=draw(st.none() | st.frozensets(st.sampled_from(NATIONS), max_size=3)),
    )


@st.composite
def grades(draw: st.DrawFn, scale: Scale) -> Grades:
    """One or two grades of a scale."""
    one = st.tuples(*(st.sampled_from(list(letters)) for _, letters in scale.parts))
    return Grades(grades=frozenset(draw(st.sets(one, min_size=1, max_size=2))))


@st.composite
def ieps(draw: st.DrawFn) -> Iep:
    """A policy, with anything left unsaid."""
    said = {
        key: value
        for key, values_of in STATEMENTS.items()
        if (value := draw(st.sampled_from([v for v in values_of if v != CONFLICT])))
    }
    days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))
    moments = st.none() | days.map(lambda day: dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC))
    return Iep(statements=said, start=draw(moments), end=draw(moments))


@st.composite
def acs_labels(draw: st.DrawFn) -> Acs:
    """An ACS marking with a few rules."""
    fields = (NATIONS[:3], ("USA.CIA", "USA.NSA"), SCOPES["shareability"][:3], SCOPES["entity"][:2])
    part = st.tuples(
        *(st.just(frozenset({"ALL"})) | st.frozensets(st.sampled_from(f), min_size=1, max_size=2) for f in fields)
    )
    tables = st.dictionaries(st.sampled_from(["DSPLY", "OPACTION", "LEGAL"]), st.sets(part, min_size=1, max_size=2))
    controls = {f: frozenset(picked) for f, known in CONTROLS.items() if (picked := draw(some(known, 2)))}
    made = Acs(
        classification=draw(st.sampled_from(LEVELS)),
        controls=controls,
        permits={a: frozenset(b) for a, b in draw(tables).items()},
        denies={a: frozenset(b) for a, b in draw(tables).items() if draw(st.booleans())},
        sharing_permits=frozenset(draw(some(("ALL", "IC", "LE"), 1))),
    )
    return ACS.roll_up([made], TODAY).label


LABELS: dict[str, st.SearchStrategy[Any]] = {
    "ism": ism_portions(),
    "nato": nato_labels(),
    "tlp": st.builds(Tlp, level=st.sampled_from(TlpLevel), unattributed=st.booleans()),
    "pap": st.builds(Pap, level=st.sampled_from(PapLevel)),
    "europol": europol_labels(),
    "uk": uk_labels(),
    "admiralty": grades(ADMIRALTY_SCALE),
    "3x5x2": grades(UK_SCALE),
    "iep": ieps(),
    "acs": acs_labels(),
}
"""How to draw a label of each system."""

assert LABELS.keys() == SYSTEMS.keys()
assert PRIVILEGES


@st.composite
def readers(draw: st.DrawFn) -> Reader:
    """Somebody with any nation, clearance, access, group and standing; cleared high more often than not."""
    nation = draw(st.sampled_from(NATIONS))
    clearance = {
        key: draw(st.sampled_from([*system.levels, *system.levels[-1:] * 3]))
        for key, system in SYSTEMS.items()
        if system.levels
    }
    accesses = draw(
        st.just(frozenset({*COMPARTMENTS, "SAR-BP", "SAR-CD", *values.AEA, "STRAP 3", "NATO-ATOMAL", "ATOMAL"}))
        | st.frozensets(st.sampled_from(["SI", "TK", "ATOMAL", "BOHEMIA", "CRYPTO", "STRAP 2"]))
    )
    return Reader(
        countries=frozenset({nation, *draw(some(NATIONS, 1))}),
        serves=draw(st.sampled_from([nation, nation, ""])),
        agency=draw(st.sampled_from(["CIA", "NSA", "DIA", "USA.CIA", ""])),
        clearance=clearance,
        accesses=accesses,
        groups=frozenset(draw(some(["NATO", "KFOR", "ISAF", "NCC", "EM", "MIL", "GFNX"], 3))),
        standing=draw(st.sampled_from(Standing)),
    )


def without_dates(label: Any) -> Any:
    """A label without its date of declassification: those count from the portions, never in steps."""
    if isinstance(label, Portion):
        bare = attrs.evolve(label.mark, declass_date=None, declass_exceptions=())
        return Portion(mark=bare, need_to_know=label.need_to_know)
    return label
