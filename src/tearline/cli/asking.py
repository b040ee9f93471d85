"""Asking questions in a terminal, on standard error, so that the file alone goes to standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable

from tearline.cases.interview import Question
from tearline.cli.streams import shown
from tearline.errors import InputError


def asked(number: int, question: Question, fault: Callable[[Question, str], str]) -> str:
    """One answer that can be used.

    Args:
        fault: What is wrong with an answer to the question, as a hint; then it is asked again. Empty: nothing.
    Raises:
        InputError: There are no more answers.
    """
    print(f"\n{number}. {question.text}", file=sys.stderr)
    if question.choices:
        print(f"   one of: {', '.join(question.choices)}", file=sys.stderr)
    if question.hint:
        print(shown(f"   {question.hint}"), file=sys.stderr)
    while True:
        print(f"   [{question.default}] ", end="", file=sys.stderr, flush=True)
        answer = _line()
        if not (wrong := fault(question, answer)):
            return answer
        print(shown(f"   {wrong}"), file=sys.stderr)


def _line() -> str:
    """One answer. Where nobody has pressed return at a terminal, the line of the prompt is ended for them."""
    line = ""
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError as odd:
        raise InputError(f"the answers are not text in {odd.encoding}; nothing was written") from None
    finally:
        if not (line and sys.stdin.isatty()):
            print(file=sys.stderr)
    if not line:
        raise InputError("the interview ended before its last question; nothing was written")
    return line.rstrip("\n")
