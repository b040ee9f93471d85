"""Rolls US portions up into a banner that reads no weaker than any of them, and says why it reads so.

It cannot see classification by compilation: that portions reveal together what none says alone is for the exposure
engine. The old banner is ignored, and a lower result is a proposal to a person, never an act.

Source: ISM-Rollup.XML V2021-NOV (ODNI). Four places are stricter than its reference code: a classified document
whose only control is one SBU-NF gets NOFORN; a release list that comes out empty takes EYES with it; SBU-NF and
LES-NF are split also where NOFORN was only just added; and an unclassified portion with nuclear information takes
part in foreign disclosure, or NOFORN would be lost with its mark.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

import attrs

from tearline.errors import InputError
from tearline.markings.ism import rules, values, writing
from tearline.markings.ism.mark import OWNER_UNKNOWN, RELEASE, UNCLASSIFIED_NUCLEAR, IsmMark
from tearline.markings.ism.release_lists import common

_NO_FOREIGNERS_INSIDE = frozenset({"SBU-NF", "LES-NF"})
_YEARS = 25


@attrs.frozen(kw_only=True)
class Rolled:
    """A banner and how it came about.

    Attributes:
        reasons: A sentence for each part of the banner, and for each control that went.
        faults: The rules that portions break, by the number of the portion, from 1.
    """

    mark: IsmMark
    reasons: tuple[str, ...] = ()
    faults: tuple[tuple[int, rules.Fault], ...] = ()


def takes_part(mark: IsmMark) -> bool:
    """Whether a portion has a say on foreign disclosure: all have but plain unclassified ones."""
    return mark.classification != "U" or bool(mark.dissem or mark.non_ic or mark.aea)


def roll_up(portions: Sequence[IsmMark], today: dt.date, *, numbers: Sequence[int] | None = None) -> Rolled:
    """The banner of a document with these ``portions``.

    Args:
        portions: Those that count, in any order; at least one.
        today: From which to count where nothing says when to declassify.
        numbers: What to call the portions in reasons; by default 1, 2, 3.
    Raises:
        InputError: There is no portion.

    Laws: order does not matter; rolled up twice is rolled up once; whoever the banner lets read, every portion lets
    read. Dates and declassification exceptions do not roll up in steps: always start from the portions.
    """
    if not portions:
        raise InputError("nothing to roll up: a banner needs a portion")
    return _RollUp(tuple(portions), tuple(numbers or range(1, len(portions) + 1)), today).done()


class _RollUp:
    """One roll-up under way: what is out so far, and the reasons."""

    def __init__(self, portions: tuple[IsmMark, ...], numbers: tuple[int, ...], today: dt.date) -> None:
        self.portions = portions
        self.numbers = numbers
        self.today = today
        self.reasons: list[str] = []
        self.level = max((p.classification for p in portions), key=lambda level: values.RANK[level])
        self.level = "C" if self.level == "R" else self.level
        self.classified = self.level != "U"
        self.fdr = tuple(p for p in portions if takes_part(p))
        self.controls = frozenset(token for p in portions for token in p.dissem)
        self.out = set(self.controls)

    def done(self) -> Rolled:
        self.why(values.LEVELS[self.level].banner, self.where(self.is_highest))
        self.unions()
        self.drop_partial()
        self.no_foreigners()
        self.drop_uncommon()
        release_to = self.release_list()
        display_to = self.display_list(release_to)
        non_ic = self.other_departments()
        mark = IsmMark(
            classification=self.level,
            sci=self.every(lambda p: p.sci),
            sar=self.every(lambda p: p.sar),
            aea=self.nuclear(),
            non_us=self.every(lambda p: p.non_us),
            fgi_protected=self.protected(),
            fgi_open=self.origins(),
            dissem=tuple(self.out),
            release_to=release_to,
            display_to=display_to,
            non_ic=non_ic,
            declass_exceptions=(exceptions := self.exceptions()),
            declass_date=self.date(exceptions),
            declass_events=self.every(lambda p: p.declass_events) if self.classified else (),
            second_line=self.every(lambda p: p.second_line),
            approximate=any(p.approximate for p in self.portions),
        )
        broken = tuple(
            (number, fault)
            for number, p in zip(self.numbers, self.portions, strict=True)
            for fault in rules.faults(p)
            if not fault.advice
        )
        return Rolled(mark=mark, reasons=tuple(self.reasons), faults=broken)

    # --- words for reasons -----------------------------------------------------------------------------

    def why(self, what: str, because: str) -> None:
        self.reasons.append(f"{what}: {because}")

    def where(self, holds: Callable[[IsmMark], bool]) -> str:
        """The portions for which something holds, as ``portions 2 (S) and 3 (TS)``."""
        found = [f"{n} {writing.portion(p)}" for n, p in self.those(holds)]
        shown = found if len(found) <= 3 else [*found[:3], f"{len(found) - 3} more"]
        listed = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
        return f"portion{'s'[: len(found) > 1]} {listed}"

    def told(self, field: str, tokens: Iterable[str]) -> None:
        """A reason for each token: the portions that have it in ``field``."""

        def has(token: str) -> Callable[[IsmMark], bool]:
            return lambda p: token in getattr(p, field)

        for token in sorted(tokens):
            self.why(token, self.where(has(token)))

    def those(self, holds: Callable[[IsmMark], bool]) -> list[tuple[int, IsmMark]]:
        return [(n, p) for n, p in zip(self.numbers, self.portions, strict=True) if holds(p)]

    def every(self, tokens: Callable[[IsmMark], Iterable[str]]) -> tuple[str, ...]:
        return tuple(token for p in self.portions for token in tokens(p))

    # --- level, compartments, origins ------------------------------------------------------------------

    def is_highest(self, mark: IsmMark) -> bool:
        level = "C" if mark.classification == "R" else mark.classification
        return level == self.level

    def unions(self) -> None:
        """Reasons for what is only gathered."""
        for field in ("sci", "sar", "non_us"):
            self.told(field, {token for p in self.portions for token in getattr(p, field)})

    def nuclear(self) -> tuple[str, ...]:
        """Atomic energy markings; those for unclassified documents go where the document is classified."""
        tokens = set(self.every(lambda p: p.aea))
        if self.classified and (gone := tokens & UNCLASSIFIED_NUCLEAR):
            self.why(f"{' and '.join(sorted(gone))} dropped", "the document is classified")
            tokens -= gone
        self.told("aea", tokens)
        return tuple(tokens)

    def protected(self) -> bool:
        hidden = any(map(_hides_its_origin, self.portions))
        if hidden:
            self.why("FGI", f"{self.where(_hides_its_origin)} must not say whose it is, so no country is named")
        return hidden

    def origins(self) -> tuple[str, ...]:
        if any(map(_hides_its_origin, self.portions)):
            return ()
        found = {token for p in self.portions for token in (*p.fgi_open, *p.foreign_owners)}
        if found:
            self.why(f"FGI {' '.join(sorted(found))}", self.where(lambda p: bool(p.fgi_open or p.foreign_owners)))
        return tuple(found)

    # --- dissemination ---------------------------------------------------------------------------------

    def all_have(self, *tokens: str) -> bool:
        """Whether every portion with a say has one of ``tokens``, and some portion has."""
        return bool(self.controls & set(tokens)) and all(set(tokens) & set(p.dissem) for p in self.fdr)

    def drop(self, token: str, because: str) -> None:
        if token in self.out:
            self.out.discard(token)
            self.why(f"{token} dropped", because)

    def drop_partial(self) -> None:
        """What holds only where every portion has it; the plain ORCON is stricter than its US Government form."""
        if not self.all_have("RELIDO"):
            self.drop("RELIDO", "not every portion has it")
        plain = self.those(lambda p: "OC" in p.dissem and "OC-USGOV" not in p.dissem)
        if plain and "OC-USGOV" in self.out:
            self.drop("OC-USGOV", f"{self.where(lambda p: p in [m for _, m in plain])} stricter")

    def no_foreigners(self) -> None:
        """NOFORN, where a portion says so or one is silent where others release."""
        says_so = self.those(lambda p: "NF" in p.dissem)
        silent = self.those(lambda p: takes_part(p) and not RELEASE & set(p.dissem))
        inside = self.those(lambda p: bool(_NO_FOREIGNERS_INSIDE & set(p.non_ic)))
        if says_so:
            self.add_noforn(f"{self.where(lambda p: 'NF' in p.dissem)} not for foreigners", says_so)
        elif self.controls & RELEASE and silent:
            because = "released to nobody, while others are released"
            self.add_noforn(f"{self.where(lambda p: takes_part(p) and not RELEASE & set(p.dissem))} {because}", silent)
        elif inside and (self.classified or self.controls):
            has = self.where(lambda p: bool(_NO_FOREIGNERS_INSIDE & set(p.non_ic)))
            self.add_noforn(f"{has} not for foreigners, which a classified or controlled document says by NF", inside)

    def add_noforn(self, because: str, culprits: Sequence[tuple[int, IsmMark]]) -> None:
        self.why("NOFORN", because)
        for token in ("REL", "EYES", "DISPLAYONLY", "RELIDO"):
            self.drop(token, "NOFORN excludes it")
        self.out.add("NF")
        self.say_what_lifts_it({number for number, _ in culprits})

    def say_what_lifts_it(self, culprits: set[int]) -> None:
        rest = [(n, p) for n, p in zip(self.numbers, self.portions, strict=True) if n not in culprits]
        if not rest or not any(RELEASE & set(p.dissem) for _, p in rest):
            return
        without = _RollUp(tuple(p for _, p in rest), tuple(n for n, _ in rest), self.today).done()
        if "NF" not in without.mark.dissem:
            listed = " and ".join(str(n) for n in sorted(culprits))
            self.why("what would lift NOFORN", f"without {listed} the banner is {writing.banner(without.mark)}")

    def drop_uncommon(self) -> None:
        if not self.all_have("REL", "EYES"):
            for token in ("REL", "EYES"):
                self.drop(token, "not every portion is released")
        if self.classified:
            self.drop("FOUO", "the document is classified")
        elif "DSEN" in self.controls:
            self.drop("FOUO", "DEA SENSITIVE stands above it")

    def release_list(self) -> tuple[str, ...]:
        """Whom the banner releases to; nobody but the United States makes it NOFORN."""
        if not {"REL", "EYES"} & self.out:
            return ()
        lists = [p.release_to for p in self.fdr]
        found = common(lists)
        if found and all("USA" in each for each in lists):
            if "REL" in self.out:
                self.drop("EYES", "REL TO stands beside it")
            self.why(f"REL TO USA, {', '.join(sorted(found))}", "that is what all release lists have in common")
            return ("USA", *found)
        self.why("NOFORN", "no country but the USA is on every release list")
        for token in ("REL", "EYES"):
            self.drop(token, "nobody is left on the list")
        self.drop("RELIDO", "NOFORN excludes it")
        self.out.add("NF")
        return ()

    def display_list(self, release_to: tuple[str, ...]) -> tuple[str, ...]:
        """Whom the banner may be shown to without being given; whom it is given to is not named again."""
        if "DISPLAYONLY" not in self.out:
            return ()
        found = common([(*p.release_to, *p.display_to) for p in self.fdr]) - set(release_to)
        if found and "NF" not in self.out:
            self.why(f"DISPLAY ONLY {', '.join(sorted(found))}", "to them every portion may be shown")
            return tuple(found)
        if found:  # shown to some, given to nobody: the ban on giving needs no NOFORN
            self.out.discard("NF")
            self.why(f"DISPLAY ONLY {', '.join(sorted(found))} instead of NOFORN", "every portion may be shown to them")
            return tuple(found)
        self.drop("DISPLAYONLY", "there is nobody more to show it to")
        if "REL" not in self.out and "EYES" not in self.out:
            self.out.add("NF")
        return ()

    def other_departments(self) -> tuple[str, ...]:
        tokens = set(self.every(lambda p: p.non_ic))
        self.told("non_ic", tokens)
        if self.classified or self.controls & {"NF", "REL", "DISPLAYONLY"} or "NF" in self.out:
            for token in sorted(tokens & _NO_FOREIGNERS_INSIDE):
                plain = token.removesuffix("-NF")
                tokens = (tokens - {token}) | {plain}
                self.why(f"{token} written as {plain}", "the dissemination controls say the rest")
        self.told("dissem", self.out & self.controls - {"NF", *RELEASE})
        return tuple(tokens)

    # --- declassification ------------------------------------------------------------------------------

    def exceptions(self) -> tuple[str, ...]:
        """Why there is no date: what portions say, and what NATO and atomic energy say by themselves."""
        if not self.classified:
            return ()
        nato = any("NATO" in (*p.owners, *p.fgi_open) for p in self.portions)
        nuclear = any(p.aea and p.classification != "U" for p in self.portions)
        own = {(True, True): "NATO-AEA", (True, False): "NATO", (False, True): "AEA"}.get((nato, nuclear))
        return tuple({*self.every(lambda p: p.declass_exceptions), *([own] if own else [])})

    def date(self, exceptions: tuple[str, ...]) -> dt.date | None:
        """The latest date of a portion, or 25 years from today; none where there is an exception."""
        if not self.classified:
            return None
        if exceptions:
            self.why("no date of declassification", f"{', '.join(sorted(exceptions))} stands against it")
            return None
        dates = [p.declass_date for p in self.portions if p.declass_date]
        if dates:
            return max(dates)
        try:
            return self.today.replace(year=self.today.year + _YEARS)
        except ValueError:  # 29 February
            return self.today.replace(year=self.today.year + _YEARS, day=28)


def _hides_its_origin(mark: IsmMark) -> bool:
    return mark.fgi_protected or OWNER_UNKNOWN in mark.owners or "UNKNOWN" in mark.fgi_open
