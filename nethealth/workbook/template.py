"""Write the template that staff start with: headers, notes, drop-downs, and formats, all from the tabs' models.

It contains no formulas, and reads back without a problem.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from nethealth.workbook.cells.numbers import read_number
from nethealth.workbook.readers.problem_log import column_letter
from nethealth.workbook.schema.column_looks import (
    ACCENT_TEXT,
    GRID,
    INK,
    NOT_IN_THE_LIST,
    PAPER,
    SURFACE,
    TEXT_FORMAT,
    USUAL_WIDTH,
    column_width,
    drop_down,
    header_note,
    number_format,
    wraps,
)
from nethealth.workbook.schema.tabs import (
    SETTING_VALUES,
    SETTINGS,
    TABS,
    CellKind,
    Column,
    Tab,
)
from nethealth.workbook.short_survey import ENGLISH, LANGUAGES, OPEN_QUESTIONS, SPANISH, STATEMENTS, answer_labels

READ_ME: Final = "Read me (ignore)"
LISTS: Final = "Lists (ignore)"
"""A hidden tab for the options of drop-downs that are too long, or contain commas, for a cell's own rule."""

_ROWS_PREPARED: Final = 5_000
_FURTHER_COLUMNS_PREPARED: Final = 12
_MOST_LETTERS_IN_A_RULE: Final = 250
# A fixed date makes the template the same file each time.
_MADE: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)

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


def read_me_rows() -> list[tuple[str, tuple[str, ...]]]:
    """Return the rows of the tab that explains the others: the style of each, and its texts.

    The styles are title, heading, text (over the width of the tab), tab, languages (headers), row, and blank.
    """
    rows: list[tuple[str, tuple[str, ...]]] = []
    for style, words in _READ_ME_LINES:
        if style == "heading":
            rows.append(("blank", ()))
        rows.append((style, (words,)))
    rows += [("tab", (tab.name, " ".join(filter(None, (tab.purpose, tab.extra))))) for tab in TABS]
    rows += [("blank", ()), ("heading", ("A short survey for your form",)), ("languages", ("", *LANGUAGES))]
    rows += [("row", (each.outcome, each.english, each.spanish)) for each in STATEMENTS]
    rows += [("row", ("In their own words", each.english, each.spanish)) for each in OPEN_QUESTIONS]
    rows += [("row", ("Answers", *pair)) for pair in zip(answer_labels(ENGLISH), answer_labels(SPANISH), strict=True)]
    return rows


class _Template:
    """A template while it is being written."""

    def __init__(self, book: Any) -> None:
        self.book = book
        # Tabs appear in the order in which they are added; the hidden lists come last.
        self.read_me = book.add_worksheet(READ_ME)
        self.sheets = {tab.name: book.add_worksheet(tab.name) for tab in TABS}
        self.lists = book.add_worksheet(LISTS)
        self.lists_used = 0
        usual = {"valign": "vcenter", "bottom": 1, "bottom_color": GRID}
        self.required = book.add_format({**usual, "bold": True, "bg_color": INK, "font_color": PAPER})
        self.optional = book.add_format({**usual, "bold": True, "bg_color": SURFACE, "font_color": INK})
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
        key = (number_format(column), wraps(column))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"num_format": key[0], "text_wrap": key[1], "valign": "top"})
        return self.formats[key]

    def _write_read_me(self) -> None:
        sheet = self.read_me
        look = {
            "title": self.book.add_format({"bold": True, "font_size": 18, "font_color": INK}),
            "heading": self.book.add_format({"bold": True, "font_size": 13, "font_color": ACCENT_TEXT}),
            "text": self.book.add_format({"text_wrap": True, "valign": "top"}),
        }
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 24, look["text"])
        sheet.set_column(1, 1, 84, look["text"])
        sheet.set_column(2, 2, 84, look["text"])
        bold = self.book.add_format({"bold": True, "valign": "top"})
        for at, (style, texts) in enumerate(read_me_rows()):
            if style == "text":
                sheet.merge_range(at, 0, at, 1, texts[0], look["text"])
                continue
            first = {"tab": bold, "languages": bold, "row": look["text"]}.get(style) or look.get(style)
            others = bold if style == "languages" else look["text"]
            for place, words in enumerate(texts):
                if words:
                    sheet.write_string(at, place, words, others if place else first)

    def _write_tab(self, tab: Tab, sheet: Any) -> None:
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, 22)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        for place, (field, column) in enumerate(tab.columns.items()):
            width = column_width(column)
            sheet.set_column(place, place, width, self._cells(column))
            sheet.write_string(0, place, column.name, self.required if column.required else self.optional)
            self._note(sheet, 0, place, header_note(column))
            rule = self._rule(tab, field, column)
            if rule:
                sheet.data_validation(1, place, _ROWS_PREPARED, place, rule)
        if tab.extra:
            first = len(tab.columns)
            # Extra columns hold text in Members, and numbers in Connections.
            kind = "General" if tab.are_extras_alone_blank else TEXT_FORMAT
            text = self.book.add_format({"num_format": kind, "valign": "top"})
            sheet.set_column(first, first + _FURTHER_COLUMNS_PREPARED - 1, USUAL_WIDTH, text)

    @staticmethod
    def _note(sheet: Any, row: int, place: int, words: str) -> None:
        lines = sum(1 + len(line) // 38 for line in words.splitlines())
        sheet.write_comment(row, place, words, {"width": 260, "height": 24 + 17 * lines, "font_size": 10})

    def _rule(self, tab: Tab, field: str, column: Column) -> dict[str, Any] | None:
        """Return the drop-down of a column's cells; None if any text is allowed."""
        offered = drop_down(tab, field, column)
        if offered is None:
            return None
        rule = _offer(self._list(offered.options) if offered.cells_of is None else _cells_below(*offered.cells_of))
        if not offered.warns:
            return rule
        messages = {"error_title": "Not in the list", "error_message": NOT_IN_THE_LIST}
        return {**rule, "show_error": True, "error_type": "warning", **messages}

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
        label = self.book.add_format({"bold": True, "num_format": TEXT_FORMAT, "valign": "top"})
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
