"""How a column looks in the template, in a file or in a Google Sheet: its note, format, width, and drop-down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from nethealth.workbook.readers.survey_questions import WITHOUT_SCALE
from nethealth.workbook.schema.tabs import MEMBERS, MINDSET, SCALES, WAVES, CellKind, Column, Tab
from nethealth.workbook.schema.vocabulary import BUILT_IN_SCALES

REQUIRED: Final = "Required."

# The app's light theme, written down here since the workbook knows nothing of the app that shows it.
INK, PAPER, SURFACE, GRID, ACCENT_TEXT = "#23272e", "#fbf7ef", "#f3ecdf", "#e2d9c8", "#8a5a00"

_WIDTHS: Final = {
    CellKind.NAME: 24,
    CellKind.NAMES: 40,
    CellKind.WORDS: 30,
    CellKind.FREE_TEXT: 48,
    CellKind.DATE: 13,
    CellKind.MONTH: 11,
    CellKind.NUMBER: 11,
    CellKind.COUNT: 11,
    CellKind.SHARE: 10,
    CellKind.YES_NO: 12,
    CellKind.DONE: 13,
    CellKind.SCALE: 14,
    CellKind.MEASURE: 14,
    CellKind.CHOICE: 22,
    CellKind.CHOICES: 20,
    CellKind.COUNT_OR_NAMES: 28,
    CellKind.LINK: 34,
}
USUAL_WIDTH: Final = 22
_EXAMPLES: Final = {
    CellKind.NAME: "Ana López",
    CellKind.NAMES: "Ana López; Ben Smith",
    CellKind.WORDS: "geometry; new teachers",
    CellKind.DATE: "2026-03-14",
    CellKind.MONTH: "2026-03",
    CellKind.NUMBER: "12",
    CellKind.MEASURE: "4",
    CellKind.COUNT: "12",
    CellKind.SHARE: "45%",
    CellKind.DONE: "yes, or 2026-03-14",
    CellKind.COUNT_OR_NAMES: "42, or Ana López; Ben Smith",
    CellKind.LINK: "https://example.org/notes",
}
# Columns for which the example of their kind would mislead.
_OWN_EXAMPLES: Final = {
    MEMBERS.columns["member_id"]: "A-017",
    SCALES.columns["value"]: "4",
    MINDSET.columns["rose_to_the_top"]: "",
}
_NUMBER_FORMATS: Final = {
    CellKind.DATE: "yyyy-mm-dd",
    CellKind.MONTH: "yyyy-mm",
    CellKind.NUMBER: "General",
    CellKind.COUNT: "General",
    CellKind.SHARE: "0%",
    CellKind.SCALE: "General",
    CellKind.MEASURE: "General",
    CellKind.DONE: "General",
    CellKind.COUNT_OR_NAMES: "General",
    CellKind.ANYTHING: "General",
}
TEXT_FORMAT: Final = "@"
"""Keeps text as typed: `6-8` doesn't become a date, and IDs keep their leading zeros."""


NOT_IN_THE_LIST: Final = "We only understand the options in the list. Keep yours anyway?"


@dataclass(frozen=True, slots=True)
class DropDown:
    """What a column's cells offer: words, or the cells of another column."""

    options: tuple[str, ...] = ()
    cells_of: tuple[Tab, str] | None = None
    """A tab and its field, whose cells are the options."""
    warns: bool = False
    """True if we only understand the options, so that others get a warning."""


def header_note(column: Column, *, with_example: bool = True) -> str:
    """Return the note on a column's header: what goes in, whether it is required, and an example."""
    example = _OWN_EXAMPLES.get(column, _EXAMPLES.get(column.kind, ""))
    lines = [column.help]
    if column.required:
        lines.insert(0, REQUIRED)
    if column.kind is not CellKind.YES_NO and not all(choice in column.help for choice in column.choices):
        lines.append(f"Options: {'; '.join(column.choices)}.")
    # Skip the example if the help text has one already.
    if (
        with_example
        and example
        and example not in column.help
        and not any(character.isdigit() for character in column.help)
    ):
        lines.append(f"Example: {example}")
    return "\n".join(line for line in lines if line)


def number_format(column: Column) -> str:
    """Return the number format of a column's cells, as spreadsheets write it."""
    return _NUMBER_FORMATS.get(column.kind, TEXT_FORMAT)


def wraps(column: Column) -> bool:
    """True if a column's cells may hold several lines."""
    return column.kind in {CellKind.FREE_TEXT, CellKind.NAMES}


def column_width(column: Column) -> int:
    """Return how wide a column is, in letters."""
    return max(_WIDTHS.get(column.kind, USUAL_WIDTH), len(column.name) + 3)


def drop_down(tab: Tab, field: str, column: Column) -> DropDown | None:
    """Return the drop-down of a column's cells; None if there is nothing to offer."""
    if column.kind is CellKind.NAME and tab is not MEMBERS:
        return DropDown(cells_of=(MEMBERS, "name"))
    if field == "wave" and tab is not WAVES:
        return DropDown(cells_of=(WAVES, "wave"))
    if field == "scale":
        return DropDown((*(scale.name for scale in BUILT_IN_SCALES), *WITHOUT_SCALE))
    if column.kind is CellKind.CHOICES:
        return DropDown(column.choices)
    if column.kind in {CellKind.SCALE, CellKind.MEASURE} and column.scale is not None:
        return DropDown(tuple(f"{value:g}" for value, _ in column.scale.points))
    return DropDown(column.choices, warns=True) if column.choices else None
