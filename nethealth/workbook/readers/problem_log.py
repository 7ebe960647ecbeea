"""What there is to tell about the sheet: each problem with its cell, and no flood of one kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from nethealth.workbook.cells.text import read_text
from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import Problem, Severity, UnlistedProblems

MOST_LISTED: Final = 200
"""Of one kind in a column so many are listed; the rest are counted."""
LONGEST_VALUE: Final = 80


def column_letter(index: int) -> str:
    """The letters over a column, counted from 0: `A`, …, `Z`, `AA`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shown_value(cell: RawCell) -> str | None:
    """What was typed, cut at 80 characters; None for an empty cell."""
    if cell is None:
        return None
    words = cell if isinstance(cell, str) else read_text(cell).value or ""
    return words if len(words) <= LONGEST_VALUE else words[: LONGEST_VALUE - 1] + "…"


class ProblemLog:
    """Gathers problems while a workbook is read."""

    def __init__(self) -> None:
        self._problems: list[tuple[tuple[str, int, int], Problem]] = []
        self._counts: dict[tuple[str, int | None, str, Severity], int] = {}

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
    ) -> None:
        """Tell one thing. `row` is the sheet's own number, `column` counts from 0.

        A remedy that takes work to find (the closest names, say) is given as a function, which is asked only where
        the problem is listed.
        """
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
        """All that are listed, in the order of the sheet: by tab, row and column."""
        order = {title: place for place, title in enumerate(titles)}
        ranked = sorted(
            enumerate(self._problems),
            key=lambda item: (order.get(item[1][0][0], -1), item[1][0][1], item[1][0][2], item[0]),
        )
        return tuple(problem for _, (_, problem) in ranked)

    def unlisted(self) -> tuple[UnlistedProblems, ...]:
        """Those that are only counted."""
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
