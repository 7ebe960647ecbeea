"""Plan what a Google Sheet lacks of the template, as one batch that touches nothing that is there.

`plan_layout` is pure: it takes a reading and returns what it would add, in words and as Google's requests. New tabs get
headers, notes, drop-downs, formats, and headers that warn before someone changes them. A tab that is there gets its
missing columns to the right of everything else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from nethealth.workbook.contract_tables import ContractTables, find_tables
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.readers.headers import is_empty
from nethealth.workbook.readers.problem_log import column_letter
from nethealth.workbook.records import Problem
from nethealth.workbook.schema.column_looks import (
    ACCENT_TEXT,
    INK,
    PAPER,
    SURFACE,
    DropDown,
    column_width,
    drop_down,
    header_note,
    number_format,
    wraps,
)
from nethealth.workbook.schema.tabs import SETTING_VALUES, SETTINGS, TABS, Column, Tab
from nethealth.workbook.template import READ_ME, read_me_rows

_ROWS: Final = 1_000
_LEAST_COLUMNS: Final = 26
_FIRST_NEW_ID: Final = 1_000_001
_PIXELS_PER_LETTER: Final = 7
_DATE_FORMATS: Final = ("yyyy-mm-dd", "yyyy-mm")


@dataclass(frozen=True, slots=True)
class Addition:
    """What we would add to one tab."""

    title: str
    columns: tuple[str, ...]
    is_new_tab: bool

    def __str__(self) -> str:
        names = ", ".join(self.columns)
        return f"Tab {self.title}: {names}" if self.is_new_tab else f"In {self.title}: {names}"


@dataclass(slots=True)
class Layout:
    """What a Google Sheet lacks."""

    additions: list[Addition] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """Tabs that we can't complete before someone fixes their headers."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    """Google's requests, for one batch."""


def plan_layout(raw: RawWorkbook, *, wanted: Mapping[str, Collection[str]] | None = None) -> Layout:
    """Return what the Google Sheet lacks of the template, or only of `wanted`: fields by the contract's name of a tab.

    A wanted tab that is missing is laid out completely.
    """
    plan = _Plan(raw)
    for tab in TABS:
        if wanted is None or tab.name in wanted:
            plan.complete(tab, fields=None if wanted is None else wanted[tab.name])
    plan.add_rules()
    if wanted is None:
        plan.add_read_me()
    return plan.layout


def sheet_id(tab: RawTab) -> int:
    """Return the id of a Google Sheet's tab, which stays when the tab is renamed."""
    return int((tab.url or "").rpartition("#gid=")[2] or 0)


class _Plan:
    def __init__(self, raw: RawWorkbook) -> None:
        self.layout = Layout()
        self._tables: ContractTables = find_tables(raw.tabs)
        self._raw = raw
        self._taken = {sheet_id(tab) for tab in raw.tabs}
        self._places: dict[tuple[str, str], tuple[str, int, int]] = {}
        """By tab and field: the title, row, and column of each header that is there or will be."""
        self._rules: list[tuple[dict[str, int], DropDown]] = []

    def complete(self, tab: Tab, *, fields: Collection[str] | None) -> None:
        """Add what is missing of a tab: all of it, or columns."""
        found, table = self._tables.raw(tab), self._tables.table(tab)
        if found is None:
            if any(raw.title.casefold() == tab.name.casefold() for raw in self._raw.tabs):
                return  # a tab of this name is there for something else: a form, or what Column names says
            self._add_columns(tab, tab.columns, title=tab.name, gid=self._add_tab(tab), is_new_tab=True)
        elif table is None and is_empty(found):
            self._insert(found, "ROWS", at=0, count=1)
            self._add_columns(tab, tab.columns, title=found.title, gid=sheet_id(found), is_new_tab=False)
        elif table is None:
            if problem := self._tables.problem(tab):
                self.layout.problems.append(problem)
        else:
            for name, at in table.fields.items():
                self._places[tab.name, name] = found.title, table.header_row, at
            missing = {name: each for name, each in tab.columns.items() if name not in table.fields}
            if fields is not None:
                missing = {name: each for name, each in missing.items() if name in fields}
            if missing:
                width = max(map(len, found.rows))
                self._insert(found, "COLUMNS", at=width, count=len(missing))
                self._add_columns(
                    tab,
                    missing,
                    title=found.title,
                    gid=sheet_id(found),
                    is_new_tab=False,
                    row=table.header_row,
                    left=width,
                )

    def add_rules(self) -> None:
        """Add the drop-downs, once it is known where the cells are that they offer."""
        for place, offered in self._rules:
            if rule := self._rule(offered):
                self.layout.requests.append({"setDataValidation": {"range": place, "rule": rule}})

    def add_read_me(self) -> None:
        """Add the tab that explains the others, unless it is there."""
        if any(tab.title.casefold() == READ_ME.casefold() for tab in self._raw.tabs):
            return
        rows = read_me_rows()
        gid = self._new_id()
        grid = {"rowCount": max(100, len(rows)), "columnCount": 3, "hideGridlines": True}
        self._request("addSheet", properties={"sheetId": gid, "title": READ_ME, "index": 0, "gridProperties": grid})
        cells = [{"values": [_read_me_cell(style, text) for text in texts]} for style, texts in rows]
        self._write(gid, 0, 0, cells)
        for at, pixels in enumerate((180, 560, 560)):
            self._set_width(gid, at, pixels)
        self.layout.additions.insert(0, Addition(READ_ME, ("what goes where",), is_new_tab=True))

    def _insert(self, tab: RawTab, dimension: str, *, at: int, count: int) -> None:
        """Insert rows or columns of our own, so that nothing is overwritten that someone types at this moment."""
        place = {"sheetId": sheet_id(tab), "dimension": dimension}
        # Google inserts nothing at the very end.
        self._request("appendDimension", **place, length=1)
        self._request("insertDimension", range={**place, "startIndex": at, "endIndex": at + count})

    def _add_tab(self, tab: Tab) -> int:
        gid = self._new_id()
        columns = max(_LEAST_COLUMNS, len(tab.columns) + (12 if tab.extra else 0))
        grid = {"rowCount": _ROWS, "columnCount": columns, "frozenRowCount": 1}
        self._request("addSheet", properties={"sheetId": gid, "title": tab.name, "gridProperties": grid})
        return gid

    def _add_columns(
        self,
        tab: Tab,
        columns: Mapping[str, Column],
        *,
        title: str,
        gid: int,
        is_new_tab: bool,
        row: int = 0,
        left: int = 0,
    ) -> None:
        names = tuple(column.name for column in columns.values())
        self.layout.additions.append(Addition(title, names, is_new_tab))
        self._write(gid, row, left, [{"values": [_header_cell(column) for column in columns.values()]}])
        for at, (name, column) in enumerate(columns.items(), start=left):
            self._places[tab.name, name] = title, row, at
            below = {"sheetId": gid, "startRowIndex": row + 1, "startColumnIndex": at, "endColumnIndex": at + 1}
            look = _cell_look(column)
            self._request("repeatCell", range=below, cell={"userEnteredFormat": look}, fields=_names_of(look))
            self._set_width(gid, at, _PIXELS_PER_LETTER * column_width(column))
            if offered := drop_down(tab, name, column):
                self._rules.append((below, offered))
        headers = {
            "sheetId": gid,
            "startRowIndex": row,
            "endRowIndex": row + 1,
            "startColumnIndex": left,
            "endColumnIndex": left + len(columns),
        }
        about = {"range": headers, "description": "Headers that the dashboard knows", "warningOnly": True}
        self._request("addProtectedRange", protectedRange=about)
        if tab is SETTINGS and left == 0:
            self._add_settings(gid, row + 1)

    def _add_settings(self, gid: int, top: int) -> None:
        rows = []
        for at, column in enumerate(SETTING_VALUES.values(), start=top):
            default = column.default if column.default in column.choices else ""
            note = f"{header_note(column, with_example=False)}"
            name = {**_text(column.name), "note": note, "userEnteredFormat": {"textFormat": {"bold": True}}}
            rows.append({"values": [name, _text(default or "")]})
            if column.choices:
                one = {"startRowIndex": at, "endRowIndex": at + 1, "startColumnIndex": 1, "endColumnIndex": 2}
                self._rules.append(({"sheetId": gid, **one}, DropDown(column.choices, warns=True)))
        self._write(gid, top, 0, rows)

    def _rule(self, offered: DropDown) -> dict[str, Any] | None:
        if offered.cells_of is None:
            values = [{"userEnteredValue": option} for option in offered.options]
            kind = "ONE_OF_LIST"
        else:
            tab, name = offered.cells_of
            if (tab.name, name) not in self._places:
                return None
            title, row, at = self._places[tab.name, name]
            quoted, letter = title.replace("'", "''"), column_letter(at)
            values = [{"userEnteredValue": f"='{quoted}'!${letter}${row + 2}:${letter}"}]
            kind = "ONE_OF_RANGE"
        # Not strict: other texts get a mark in their corner, and stay.
        return {"condition": {"type": kind, "values": values}, "showCustomUi": True, "strict": False}

    def _write(self, gid: int, row: int, left: int, rows: Sequence[Mapping[str, Any]]) -> None:
        start = {"sheetId": gid, "rowIndex": row, "columnIndex": left}
        self._request("updateCells", start=start, rows=rows, fields="userEnteredValue,userEnteredFormat,note")

    def _set_width(self, gid: int, at: int, pixels: int) -> None:
        place = {"sheetId": gid, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
        self._request("updateDimensionProperties", range=place, properties={"pixelSize": pixels}, fields="pixelSize")

    def _request(self, name: str, **about: Any) -> None:
        self.layout.requests.append({name: about})

    def _new_id(self) -> int:
        gid = _FIRST_NEW_ID
        while gid in self._taken:
            gid += 1
        self._taken.add(gid)
        return gid


def _text(words: str) -> dict[str, Any]:
    return {"userEnteredValue": {"stringValue": words}} if words else {}


def _header_cell(column: Column) -> dict[str, Any]:
    ink, paper = (PAPER, INK) if column.required else (INK, SURFACE)
    look = {
        "backgroundColor": _color(paper),
        "textFormat": {"bold": True, "foregroundColor": _color(ink)},
        "verticalAlignment": "MIDDLE",
    }
    return {**_text(column.name), "note": header_note(column), "userEnteredFormat": look}


def _cell_look(column: Column) -> dict[str, Any]:
    look: dict[str, Any] = {"verticalAlignment": "TOP", "wrapStrategy": "WRAP" if wraps(column) else "CLIP"}
    pattern = number_format(column)
    if pattern != "General":
        kind = "DATE" if pattern in _DATE_FORMATS else "PERCENT" if pattern.endswith("%") else "TEXT"
        look["numberFormat"] = {"type": kind, "pattern": pattern}
    return look


def _read_me_cell(style: str, words: str) -> dict[str, Any]:
    is_wrapped = style in {"row", "tab", "languages"}
    look: dict[str, Any] = {"wrapStrategy": "WRAP" if is_wrapped else "OVERFLOW_CELL", "verticalAlignment": "TOP"}
    if style in {"title", "heading"}:
        color, size = (INK, 18) if style == "title" else (ACCENT_TEXT, 13)
        look["textFormat"] = {"bold": True, "fontSize": size, "foregroundColor": _color(color)}
    return {**_text(words), "userEnteredFormat": look}


def _color(code: str) -> dict[str, float]:
    parts = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return dict(zip(("red", "green", "blue"), parts, strict=True))


def _names_of(look: Mapping[str, Any]) -> str:
    return f"userEnteredFormat({','.join(look)})"
