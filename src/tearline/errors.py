"""Every exception Tearline raises, drawn as a tree.

::

    TearlineError
    ├── InputError        what was handed in is wrong: says where, what, and a hint
    │   ├── CaseFileError a case file is wrong: every :class:`Problem` of it at once
    │   ├── StaleError    what was to be changed has been changed meanwhile: nothing was written
    │   └── NothingOpenError  a case was asked for where none lies open
    ├── InvariantError    our own mistake: something that must hold does not
    └── PartnerError      the other side's mistake; the only one that is evidence about trust

A refusal to release is an answer (:class:`tearline.domain.Refuse`), never an exception.
No message carries a source's identity or placement.
"""

from collections.abc import Iterable

import attrs


class TearlineError(Exception):
    """The root: catch this to catch everything that Tearline raises on purpose."""


class InputError(TearlineError):
    """What was handed in cannot be used; the message says where, what, and how to mend it."""


@attrs.frozen(kw_only=True)
class Problem:
    """One thing that is wrong with a file, where it stands, and how to mend it.

    Attributes:
        line, column: Counted from 1; 0 where the whole file is meant.
        path: The keys that lead there, such as ``claims.plot.versions.exact.known``.
    """

    message: str
    hint: str = ""
    path: str = ""
    line: int = 0
    column: int = 0

    def seen_in(self, name: str) -> str:
        """One line for people, with the file's name in front.

        >>> Problem(message="no group `a`", path="claims.b.known", line=4, column=7).seen_in("case.yaml")
        'case.yaml:4:7 claims.b.known: no group `a`'
        """
        place = f"{name}:{self.line}:{self.column}" if self.line else name
        path = f" {self.path}:" if self.path else ("" if self.line else ":")
        return f"{place}{path} {self.message}" + (f"; {self.hint}" if self.hint else "")


class CaseFileError(InputError):
    """A case file cannot be used; its text has one line for each problem, in the order of the file."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.seen_in(name) for problem in self.problems))


class StaleError(InputError):
    """What was to be changed is no longer what it was, here or on disk; nothing was written."""


class NothingOpenError(InputError):
    """A case was asked for where none lies open yet."""


class InvariantError(TearlineError):
    """Something that must always hold does not: a defect in Tearline or a model that is impossible."""


class PartnerError(TearlineError):
    """A partner's system broke the agreed protocol; unlike the others this is evidence about trust."""
