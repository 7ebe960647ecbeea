"""Collect problems while a workbook is read: each with its cell, and not too many of one kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from nethealth.workbook.cells.text import read_text
from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import Problem, Severity, UnlistedProblems

MOST_LISTED: Final = 200
"""Problems of one kind in a column that are listed; the rest are only counted."""
LONGEST_VALUE: Final = 80


def column_letter(index: int) -> str:
    """Return the letters of a column, counted from 0: `A`, …, `Z`, `AA`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shown_value(cell: RawCell) -> str | None:
    """Return what was typed, cut at 80 characters; None for an empty cell."""
    if cell is None:
        return None
    text = cell if isinstance(cell, str) else read_text(cell).value or ""
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


class ProblemLog:
    """The problems found while a workbook is read."""

    def __init__(self) -> None:
        self._problems: list[tuple[tuple[str, int, int], Problem]] = []
        self._counts: dict[tuple[str, int | None, str, Severity], int] = {}
        self._repeated: set[tuple[str, int, int | None, str, str | None]] = set()
        """Problems of cells that several rows use, such as the date of a meeting with many attendees."""

    def add(
        self,
        severity: Severity,
        message: str,
        remedy: str | Callable[[], str],
        *,
        tab: str,
        row: int | None = None,
        column: int | None = None,
        header: str | None = None,
        value: RawCell = None,
        is_shared: bool = False,
    ) -> None:
        """Add a problem. `row` is the row number in the workbook, `column` counts from 0.

        `is_shared`: several rows may use the cell, and its problem is listed once.

        A remedy that is slow to compute (the closest names, say) can be a function; it is called only if the problem
        is listed.
        """
        if row is not None and is_shared:
            place = (tab, row, column, message, shown_value(value))
            if place in self._repeated:
                return
            self._repeated.add(place)
        kind = (tab, column, message, severity)
        count = self._counts.get(kind, 0) + 1
        self._counts[kind] = count
        if count > MOST_LISTED:
            return
        problem = Problem(
            severity=severity,
            tab=tab,
            message=message,
            remedy=remedy if isinstance(remedy, str) else remedy(),
            row=row,
            column=None if column is None else column_letter(column),
            header=header,
            value=shown_value(value),
        )
        self._problems.append(((tab, row or 0, -1 if column is None else column), problem))

    def problems(self, *, titles: list[str]) -> tuple[Problem, ...]:
        """Return the listed problems by tab, row, and column; `titles` gives the order of the tabs."""
        order = {title: position for position, title in enumerate(titles)}
        ranked = sorted(
            enumerate(self._problems),
            key=lambda item: (order.get(item[1][0][0], -1), item[1][0][1], item[1][0][2], item[0]),
        )
        return tuple(problem for _, (_, problem) in ranked)

    def unlisted(self) -> tuple[UnlistedProblems, ...]:
        """Return the problems that are only counted."""
        return tuple(
            UnlistedProblems(
                tab=tab,
                column=None if column is None else column_letter(column),
                message=message,
                severity=severity,
                count=count - MOST_LISTED,
            )
            for (tab, column, message, severity), count in self._counts.items()
            if count > MOST_LISTED
        )
