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
    """Something to tell about a cell. `message` is the same for all problems of one kind."""

    severity: Severity
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """What a cell means, and what there is to tell about it. `value` None: blank, or not usable."""

    value: T | None
    problems: tuple[CellProblem, ...] = ()


BLANK: Final[Parsed[Any]] = Parsed(None)


def unreadable(message: str, remedy: str) -> Parsed[Any]:
    """Return no value, with an error that says why."""
    return Parsed(None, (CellProblem(Severity.ERROR, message, remedy),))


ERROR_VALUE: Final[Parsed[Any]] = unreadable(
    "The sheet shows an error instead of a value; it is left out.",
    "Mend the formula in this cell, or type the value itself.",
)

FORMULA_TEXT: Final[Parsed[Any]] = unreadable(
    "This text begins with “=”, like a formula that was not worked out; it is left out.",
    "Type the value itself, without “=”.",
)
