"""The case file: one situation as YAML, read, checked, written back, asked for, shipped.

:func:`read` turns text into a :class:`CaseFile` or raises with every problem of the file at once.
What engines get of it is ``CaseFile.case``; where a source sits stays sealed beside it. What the
format allows is described once, in :mod:`.format`; start there, or with ``shipped/essay.yaml``.
This room does not know what any of the numbers lead to.
"""

from tearline.cases.assumed import Assumed
from tearline.cases.interview import QUESTIONS, TEMPLATES, AnswerKind, Question, compose, fault_in, template
from tearline.cases.published import reference, schema
from tearline.cases.read import CaseFile, load, read
from tearline.cases.scalars import Sealed
from tearline.cases.shipped import about, names, open_shipped, text_of
from tearline.cases.write import write

__all__ = [
    "QUESTIONS",
    "TEMPLATES",
    "AnswerKind",
    "Assumed",
    "CaseFile",
    "Question",
    "Sealed",
    "about",
    "compose",
    "fault_in",
    "load",
    "names",
    "open_shipped",
    "read",
    "reference",
    "schema",
    "template",
    "text_of",
    "write",
]
