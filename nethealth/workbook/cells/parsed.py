"""What a cell means, and the problems found in it.

A problem knows nothing of its place: the reader adds tab, row, column, and what was typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from nethealth.workbook.records import Severity

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A problem with a cell. `message` is the same for all problems of one kind, so that they can be counted."""

    severity: Severity
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """What a cell means, and the problems found in it. `value` is None if the cell is blank or unusable."""

    value: T | None
    problems: tuple[CellProblem, ...] = ()


BLANK: Final[Parsed[Any]] = Parsed(None)


def unreadable(message: str, remedy: str) -> Parsed[Any]:
    """Return no value, with an error that says why."""
    return Parsed(None, (CellProblem(Severity.ERROR, message, remedy),))


ERROR_VALUE: Final[Parsed[Any]] = unreadable(
    "This cell shows a formula error, so we skipped it.",
    "Fix the formula, or type the value itself.",
)

FORMULA_TEXT: Final[Parsed[Any]] = unreadable(
    "This text starts with “=”, like a formula that didn’t run. We skipped it.",
    "Type the value itself, without “=”.",
)
