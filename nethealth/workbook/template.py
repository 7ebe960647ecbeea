"""Write the template that staff start with: headers, notes, drop-downs, and formats, all from the tabs' models.

It contains no formulas, and reads back without a problem.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from nethealth.workbook.cells.numbers import read_number
from nethealth.workbook.readers.problem_log import column_letter
from nethealth.workbook.readers.survey_questions import WITHOUT_SCALE
from nethealth.workbook.schema.tabs import (
    MEMBERS,
    MINDSET,
    SCALES,
    SETTING_VALUES,
    SETTINGS,
    TABS,
    WAVES,
    CellKind,
    Column,
    Tab,
)
from nethealth.workbook.schema.vocabulary import BUILT_IN_SCALES
from nethealth.workbook.short_survey import ENGLISH, LANGUAGES, OPEN_QUESTIONS, SPANISH, STATEMENTS, answer_labels

REQUIRED: Final = "Required."
READ_ME: Final = "Read me (ignore)"
LISTS: Final = "Lists (ignore)"
"""A hidden tab for the options of drop-downs that are too long, or contain commas, for a cell's own rule."""

_ROWS_PREPARED: Final = 5_000
_FURTHER_COLUMNS_PREPARED: Final = 12
_MOST_LETTERS_IN_A_RULE: Final = 250
# A fixed date makes the template the same file each time.
_MADE: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)

# The app's light theme, written down here since the workbook knows nothing of the app that shows it.
_INK, _PAPER, _SURFACE, _GRID, _ACCENT_TEXT = "#23272e", "#fbf7ef", "#f3ecdf", "#e2d9c8", "#8a5a00"

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
_USUAL_WIDTH: Final = 22
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
_TEXT_FORMAT: Final = "@"
"""Keeps text as typed: `6-8` doesn't become a date, and IDs keep their leading zeros."""

_READ_ME_LINES: Final = (
    ("title", "Your network workbook"),
    ("text", "Fill in what you have. You can leave any tab empty, and any column without a dark header."),
    ("heading", "Get started"),
    ("text", "1.  Members: add everyone who is or was in the network, one per row."),
    ("text", "2.  Connections: add one connection per row, or let members report theirs in a form."),
    ("text", "3.  Open this workbook in the dashboard. The Data page shows what we read and which cells to fix."),
    (
        "text",
        "4.  To ask members what they get from the network, copy the survey at the end of this tab into a form. We "
        "recognize its questions in English and Spanish.",
    ),
    ("heading", "Good to know"),
    ("text", "A row needs a value in every column with a dark header. Point at a header to see what goes in it."),
    ("text", "Keep our headers. You can reorder columns and add your own to Members and Connections."),
    ("text", "Use the same names as in Members. To list several people in a cell, separate them with ;."),
    ("text", "Type dates as year-month-day to be safe: 2026-03-14."),
    ("text", "We ignore tabs whose names end in (ignore), like this one. Use them for your own notes."),
    ("heading", "Your data"),
    ("text", "We never change or delete rows you typed, and we write no formulas."),
    ("text", "We never show email addresses. Only staff can see notes from weaving conversations."),
    ("heading", "The tabs"),
)


def template_bytes() -> bytes:
    """Return the template as an .xlsx file, the same bytes each time."""
    from xlsxwriter import Workbook as Writer

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Writer(buffer, options) as book:
        book.set_properties({"title": "Network workbook", "created": _MADE})
        _Template(book).write()
    return buffer.getvalue()


def write_template(path: Path | str) -> None:
    """Write the template to `path`. Raises OSError if the file can't be written."""
    Path(path).write_bytes(template_bytes())


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


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


class _Template:
    """A template while it is being written."""

    def __init__(self, book: Any) -> None:
        self.book = book
        # Tabs appear in the order in which they are added; the hidden lists come last.
        self.read_me = book.add_worksheet(READ_ME)
        self.sheets = {tab.name: book.add_worksheet(tab.name) for tab in TABS}
        self.lists = book.add_worksheet(LISTS)
        self.lists_used = 0
        usual = {"valign": "vcenter", "bottom": 1, "bottom_color": _GRID}
        self.required = book.add_format({**usual, "bold": True, "bg_color": _INK, "font_color": _PAPER})
        self.optional = book.add_format({**usual, "bold": True, "bg_color": _SURFACE, "font_color": _INK})
        self.formats: dict[tuple[str, bool], Any] = {}

    def write(self) -> None:
        self._write_read_me()
        for tab in TABS:
            self._write_tab(tab, self.sheets[tab.name])
        self._write_settings(self.sheets[SETTINGS.name])
        self.lists.hide()
        self.read_me.activate()

    def _cells(self, column: Column) -> Any:
        """Return the format of a column's cells."""
        kind = column.kind
        key = (_NUMBER_FORMATS.get(kind, _TEXT_FORMAT), kind in {CellKind.FREE_TEXT, CellKind.NAMES})
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"num_format": key[0], "text_wrap": key[1], "valign": "top"})
        return self.formats[key]

    def _write_read_me(self) -> None:
        sheet = self.read_me
        look = {
            "title": self.book.add_format({"bold": True, "font_size": 18, "font_color": _INK}),
            "heading": self.book.add_format({"bold": True, "font_size": 13, "font_color": _ACCENT_TEXT}),
            "text": self.book.add_format({"text_wrap": True, "valign": "top"}),
        }
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 24, look["text"])
        sheet.set_column(1, 1, 84, look["text"])
        row = 0
        for style, words in _READ_ME_LINES:
            if style == "heading":
                row += 1
            if style == "text":
                sheet.merge_range(row, 0, row, 1, words, look[style])
            else:
                sheet.write_string(row, 0, words, look[style])
            row += 1
        for tab in TABS:
            sheet.write_string(row, 0, tab.name, self.book.add_format({"bold": True, "valign": "top"}))
            sheet.write_string(row, 1, " ".join(filter(None, (tab.purpose, tab.extra))), look["text"])
            row += 1
        self._write_short_survey(sheet, row + 1, look)

    def _write_short_survey(self, sheet: Any, row: int, look: Mapping[str, Any]) -> None:
        """Write the short survey from `row` down: the outcome of each statement, and its text in both languages."""
        sheet.set_column(2, 2, 84, look["text"])
        sheet.write_string(row, 0, "A short survey for your form", look["heading"])
        bold = self.book.add_format({"bold": True, "valign": "top"})
        for place, words in enumerate(LANGUAGES, start=1):
            sheet.write_string(row + 1, place, words, bold)
        rows = [(each.outcome, each.english, each.spanish) for each in STATEMENTS]
        rows += [("In their own words", each.english, each.spanish) for each in OPEN_QUESTIONS]
        rows += [("Answers", *pair) for pair in zip(answer_labels(ENGLISH), answer_labels(SPANISH), strict=True)]
        for at, cells in enumerate(rows, start=row + 2):
            for place, words in enumerate(cells):
                sheet.write_string(at, place, words, look["text"])

    def _write_tab(self, tab: Tab, sheet: Any) -> None:
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, 22)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        for place, (field, column) in enumerate(tab.columns.items()):
            width = max(_WIDTHS.get(column.kind, _USUAL_WIDTH), len(column.name) + 3)
            sheet.set_column(place, place, width, self._cells(column))
            sheet.write_string(0, place, column.name, self.required if column.required else self.optional)
            self._note(sheet, 0, place, header_note(column))
            rule = self._rule(tab, field, column)
            if rule:
                sheet.data_validation(1, place, _ROWS_PREPARED, place, rule)
        if tab.extra:
            first = len(tab.columns)
            # Extra columns hold text in Members, and numbers in Connections.
            kind = "General" if tab.are_extras_alone_blank else _TEXT_FORMAT
            text = self.book.add_format({"num_format": kind, "valign": "top"})
            sheet.set_column(first, first + _FURTHER_COLUMNS_PREPARED - 1, _USUAL_WIDTH, text)

    @staticmethod
    def _note(sheet: Any, row: int, place: int, words: str) -> None:
        lines = sum(1 + len(line) // 38 for line in words.splitlines())
        sheet.write_comment(row, place, words, {"width": 260, "height": 24 + 17 * lines, "font_size": 10})

    def _rule(self, tab: Tab, field: str, column: Column) -> dict[str, Any] | None:
        """Return the drop-down or check for a column's cells; None if any text is allowed."""
        if column.kind is CellKind.NAME and tab is not MEMBERS:
            return _offer(_cells_below(MEMBERS, "name"))
        if field == "wave" and tab is not WAVES:
            return _offer(_cells_below(WAVES, "wave"))
        if field == "scale":
            return _offer(self._list((*(scale.name for scale in BUILT_IN_SCALES), *WITHOUT_SCALE)))
        if column.kind is CellKind.CHOICES:
            return _offer(self._list(column.choices))
        if column.kind in {CellKind.SCALE, CellKind.MEASURE} and column.scale is not None:
            return _offer([f"{value:g}" for value, _ in column.scale.points])
        if column.choices:
            return {
                **_offer(self._list(column.choices)),
                "show_error": True,
                "error_type": "warning",
                "error_title": "Not in the list",
                "error_message": "We only understand the options in the list. Keep yours anyway?",
            }
        return None

    def _list(self, words: tuple[str, ...]) -> list[str] | str:
        """Return a drop-down's options: written into the rule, or as a range on the hidden tab."""
        if not any("," in word for word in words) and sum(map(len, words)) + len(words) < _MOST_LETTERS_IN_A_RULE:
            return list(words)
        place = self.lists_used
        self.lists_used += 1
        self.lists.write_column(0, place, words)
        letter = column_letter(place)
        return f"={_quoted(LISTS)}!${letter}$1:${letter}${len(words)}"

    def _write_settings(self, sheet: Any) -> None:
        """Write each setting's name and default, with a note and a drop-down."""
        label = self.book.add_format({"bold": True, "num_format": _TEXT_FORMAT, "valign": "top"})
        value = self.book.add_format({"num_format": "General", "text_wrap": True, "align": "left", "valign": "top"})
        names, values = range(len(SETTINGS.columns))
        sheet.set_column(names, names, 32, label)
        sheet.set_column(values, values, 60, value)
        for row, column in enumerate(SETTING_VALUES.values(), start=1):
            sheet.write_string(row, names, column.name, label)
            unless_set = f"\nDefault: {column.default}." if column.default else ""
            self._note(sheet, row, names, f"{header_note(column, with_example=False)}{unless_set}")
            default = column.default or ""
            if column.kind is CellKind.NUMBER and (as_number := read_number(default).value) is not None:
                sheet.write_number(row, values, as_number, value)
            elif default in column.choices:
                sheet.write_string(row, values, default, value)
            if column.choices:
                rule = {**_offer(self._list(column.choices)), "show_error": True, "error_type": "warning"}
                sheet.data_validation(row, values, row, values, rule)


def _offer(source: list[str] | str) -> dict[str, Any]:
    """Return a drop-down that suggests options and allows any text."""
    return {"validate": "list", "source": source, "show_error": False}


def _cells_below(tab: Tab, field: str) -> str:
    """Return the cells of a tab's column, as a range."""
    letter = column_letter(list(tab.columns).index(field))
    return f"={_quoted(tab.name)}!${letter}$2:${letter}${_ROWS_PREPARED + 1}"
