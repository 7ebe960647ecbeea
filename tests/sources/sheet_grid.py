"""A spreadsheet of the loopback server, and what Google does to its cells: appends, updates, and batches.

Appending is the delicate part. Google looks for a table around the given range, a block of cells without a blank row or
column between them, and writes below it from its first column on. So a row drifts to the right if the range doesn't
name the table, and is written right at the range if there is no table (recorded from the real one, and documented).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SHEET_ID = "1aTestSheetOfTheLoopbackServer_0123456789abc"
ACCOUNT = "dashboard@network-health-test.iam.gserviceaccount.com"
LONGEST_CELL = 50_000
_A1 = re.compile(r"([A-Z]*)(\d*)(?::([A-Z]*)(\d*))?")


class Refused(Exception):
    """Google refuses a request: status code, message, and status as in its JSON."""

    def __init__(self, message: str, *, code: int = 400, status: str = "INVALID_ARGUMENT") -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


@dataclass
class Look:
    """What a tab has besides its cells. Rows and columns count from 0."""

    row_count: int = 1000
    column_count: int = 26
    frozen_rows: int = 0
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    rules: list[tuple[Mapping[str, int], Mapping[str, Any]]] = field(default_factory=list)
    """Drop-downs and checks: (range, rule)."""
    formats: list[tuple[Mapping[str, int], Mapping[str, Any]]] = field(default_factory=list)
    widths: dict[int, int] = field(default_factory=dict)
    protected: list[Mapping[str, Any]] = field(default_factory=list)
    """Protected ranges. One with `warningOnly` stops no one."""


@dataclass(kw_only=True)
class Sheet:
    """A spreadsheet: its tabs' titles to their rows, and who may read and edit it."""

    tabs: dict[str, list[list[Any]]] = field(default_factory=dict)
    id: str = SHEET_ID
    title: str = "Network health"
    timezone: str = "America/Denver"
    shared_with: set[str] = field(default_factory=lambda: {ACCOUNT})
    editors: set[str] = field(default_factory=lambda: {ACCOUNT})
    """Those among `shared_with` who may also write."""
    link_shared: bool = False
    hidden: set[str] = field(default_factory=set)
    charts: list[str] = field(default_factory=list)
    """Titles of tabs with a chart and no cells; they come after the others."""
    gids: dict[str, int] = field(default_factory=dict)
    looks: dict[str, Look] = field(default_factory=dict)
    formulas: list[str] = field(default_factory=list)
    """Every formula that a request made run. None should."""

    def gid(self, title: str) -> int:
        """The id of a tab: as given, else 0 for the first and so on."""
        return self.gids.get(title, [*self.tabs, *self.charts].index(title))

    def look(self, title: str) -> Look:
        """What a tab has besides its cells."""
        rows = self.tabs.get(title, [])
        found = self.looks.setdefault(title, Look())
        found.row_count = max(found.row_count, len(rows))
        found.column_count = max(found.column_count, *map(len, rows), 0) if rows else found.column_count
        return found

    def keep_ids(self) -> None:
        """Let tabs keep their ids when others come, go, or move."""
        self.gids = {title: self.gid(title) for title in [*self.tabs, *self.charts]}

    def title_of(self, gid: int) -> str:
        """The title of the tab with an id. Raises Refused for an unknown one."""
        for title in self.tabs:
            if self.gid(title) == gid:
                return title
        raise Refused(f"No grid with id: {gid}")

    def restore(self, other: Sheet) -> None:
        """Take back everything since `other` was copied."""
        for name in ("tabs", "gids", "looks", "formulas", "hidden"):
            setattr(self, name, getattr(other, name))


# Ranges in A1 notation.


@dataclass(frozen=True)
class Area:
    """A part of a tab, counted from 0; ends are exclusive, and None is open."""

    title: str
    top: int = 0
    left: int = 0
    bottom: int | None = None
    right: int | None = None


def column_letters(at: int) -> str:
    """A for 0, AA for 26."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_at(letters: str) -> int:
    """0 for A, 26 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def parse_range(sheet: Sheet, text: str) -> Area:
    """The part of the sheet that a range names. Raises Refused as Google does for a tab that is gone."""
    if text.startswith("'"):
        quoted, _, cells = text[1:].rpartition("'")
        title, cells = quoted.replace("''", "'"), cells.removeprefix("!")
    elif text in sheet.tabs:
        title, cells = text, ""
    else:
        title, _, cells = text.rpartition("!")
    match = _A1.fullmatch(cells.replace("$", ""))
    if title not in sheet.tabs or match is None:
        raise Refused(f"Unable to parse range: {text}")
    first, top, last, bottom = match.groups()
    if not cells:
        return Area(title)
    is_one_cell = last is None
    return Area(
        title,
        top=int(top) - 1 if top else 0,
        left=column_at(first) if first else 0,
        bottom=int(top if is_one_cell else bottom) if (top if is_one_cell else bottom) else None,
        right=column_at(first if is_one_cell else last) + 1 if (first if is_one_cell else last) else None,
    )


def name_range(title: str, top: int, left: int, bottom: int, right: int) -> str:
    """The range as Google writes it back: `Sheet1!A2:C2`, or `Sheet1!A1` for one cell. Ends are exclusive."""
    quoted = title if re.fullmatch(r"[A-Za-z]\w*", title) else "'" + title.replace("'", "''") + "'"
    start, end = f"{column_letters(left)}{top + 1}", f"{column_letters(right - 1)}{bottom}"
    return f"{quoted}!{start}" if start == end else f"{quoted}!{start}:{end}"


def is_filled(cell: Any) -> bool:
    """Whether a cell has something in it: an unticked check box counts."""
    return cell not in ("", None) or cell is False or cell == 0


def cells_in(sheet: Sheet, area: Area) -> list[list[Any]]:
    """The values of a part, without trailing blanks."""
    rows = sheet.tabs[area.title][area.top : area.bottom]
    return without_trailing_blanks([row[area.left : area.right] for row in rows])


def without_trailing_blanks(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rows as Google sends them."""
    cut = []
    for row in rows:
        cells = list(row)
        while cells and not is_filled(cells[-1]):
            cells.pop()
        cut.append(["" if cell is None else cell for cell in cells])
    while cut and not cut[-1]:
        cut.pop()
    return cut


# Appending and updating values.


def find_table(sheet: Sheet, area: Area) -> Area | None:
    """The last table that a range touches: a block of filled cells, next to each other or diagonally."""
    filled = {
        (row, column)
        for row, cells in enumerate(sheet.tabs[area.title])
        for column, cell in enumerate(cells)
        if is_filled(cell)
    }
    touched = []
    while filled:
        block, waiting = set(), [filled.pop()]
        while waiting:
            row, column = waiting.pop()
            block.add((row, column))
            near = {(row + down, column + across) for down in (-1, 0, 1) for across in (-1, 0, 1)} & filled
            filled -= near
            waiting.extend(near)
        rows, columns = [row for row, _ in block], [column for _, column in block]
        box = Area(area.title, min(rows), min(columns), max(rows) + 1, max(columns) + 1)
        if _touch(box, area):
            touched.append(box)
    return max(touched, key=lambda box: (box.bottom, box.right), default=None)


def _touch(box: Area, area: Area) -> bool:
    down = (area.bottom is None or box.top < area.bottom) and (box.bottom or 0) > area.top
    across = (area.right is None or box.left < area.right) and (box.right or 0) > area.left
    return down and across


def append_values(sheet: Sheet, text: str, values: Sequence[Sequence[Any]], query: Mapping[str, str]) -> dict[str, Any]:
    """Append rows below the table that the range names, and return Google's answer."""
    area = parse_range(sheet, text)
    _check_cells(values)
    table = find_table(sheet, area)
    top, left = (area.top, area.left) if table is None else (table.bottom or 0, table.left)
    _check_protection(sheet, area.title, top, left, top + len(values), left + max(map(len, values), default=1))
    if query.get("insertDataOption") == "INSERT_ROWS":
        insert_rows(sheet, area.title, top, len(values))
    answer: dict[str, Any] = {"spreadsheetId": sheet.id}
    if table is not None:
        answer["tableRange"] = name_range(area.title, table.top, table.left, table.bottom or 0, table.right or 0)
    answer["updates"] = _write(sheet, area.title, top, left, values, query)
    return answer


def update_values(sheet: Sheet, text: str, values: Sequence[Sequence[Any]], query: Mapping[str, str]) -> dict[str, Any]:
    """Write values from the top left cell of a range on, and return Google's answer."""
    area = parse_range(sheet, text)
    _check_cells(values)
    height, width = len(values), max(map(len, values), default=0)
    is_one_cell = (area.bottom, area.right) == (area.top + 1, area.left + 1)
    if not is_one_cell and (
        (area.bottom is not None and area.top + height > area.bottom)
        or (area.right is not None and area.left + width > area.right)
    ):
        raise Refused(f"Requested writing within range [{text}], but tried writing outside of it")
    _check_protection(sheet, area.title, area.top, area.left, area.top + height, area.left + width)
    return _write(sheet, area.title, area.top, area.left, values, query)


def _check_cells(values: Any) -> None:
    if not isinstance(values, list) or not all(isinstance(row, list) for row in values):
        raise Refused("Invalid value at 'data.values'")
    for cell in (cell for row in values for cell in row):
        if not (cell is None or isinstance(cell, str | int | float)):
            raise Refused("Invalid values: struct_value")
        if isinstance(cell, str) and len(cell) > LONGEST_CELL:
            raise Refused(f"Your input contains more than the maximum of {LONGEST_CELL} characters in a single cell.")


def _check_protection(sheet: Sheet, title: str, top: int, left: int, bottom: int, right: int) -> None:
    for each in sheet.look(title).protected:
        cells = each.get("range", {})
        box = Area(
            title,
            cells.get("startRowIndex", 0),
            cells.get("startColumnIndex", 0),
            cells.get("endRowIndex", 1 << 30),
            cells.get("endColumnIndex", 1 << 30),
        )
        if not each.get("warningOnly") and _touch(box, Area(title, top, left, bottom, right)):
            raise Refused(
                "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove "
                "protection if you need to edit."
            )


def _write(
    sheet: Sheet, title: str, top: int, left: int, values: Sequence[Sequence[Any]], query: Mapping[str, str]
) -> dict[str, Any]:
    """Write values; None leaves a cell as it is. Without RAW, what starts with = would run."""
    rows = sheet.tabs[title]
    width = max(map(len, values), default=0)
    count = 0
    for down, row in enumerate(values):
        for across, cell in enumerate(row):
            if cell is None:
                continue
            if isinstance(cell, str) and cell.startswith("=") and query.get("valueInputOption") != "RAW":
                sheet.formulas.append(cell)
            put(rows, top + down, left + across, cell)
            count += 1
    updates: dict[str, Any] = {
        "spreadsheetId": sheet.id,
        "updatedRange": name_range(title, top, left, top + max(len(values), 1), left + max(width, 1)),
        "updatedRows": len(values),
        "updatedColumns": width,
        "updatedCells": count,
    }
    if query.get("includeValuesInResponse", "").lower() == "true":
        area = Area(title, top, left, top + len(values), left + width)
        updates["updatedData"] = {"range": updates["updatedRange"], "majorDimension": "ROWS"}
        updates["updatedData"]["values"] = cells_in(sheet, area)
    return updates


def put(rows: list[list[Any]], row: int, column: int, value: Any) -> None:
    """Put a value into a cell, which may be beyond what is there."""
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
    rows[row][column] = value


# What people do with rows and columns; what is in them moves along.


def insert_rows(sheet: Sheet, title: str, at: int, count: int = 1) -> None:
    """Insert blank rows above row `at`, counted from 0."""
    rows, look = sheet.tabs[title], sheet.look(title)
    if at < len(rows):
        rows[at:at] = [[] for _ in range(count)]
    look.row_count += count


def insert_column(sheet: Sheet, title: str, at: int, header: str = "") -> None:
    """Insert a column to the left of column `at`, with a header in the first row."""
    for number, row in enumerate(sheet.tabs[title]):
        if at < len(row) or (header and number == 0):
            row.extend("" for _ in range(at - len(row)))
            row.insert(at, header if number == 0 else "")
    look = sheet.look(title)
    look.notes = {(row, column + (column >= at)): note for (row, column), note in look.notes.items()}


def move_column(sheet: Sheet, title: str, start: int, end: int) -> None:
    """Move a column to another place."""
    for row in sheet.tabs[title]:
        if len(row) <= max(start, end):
            row.extend("" for _ in range(max(start, end) + 1 - len(row)))
        row.insert(end, row.pop(start))


def rename_tab(sheet: Sheet, old: str, new: str) -> None:
    """Rename a tab, which keeps its place and its id."""
    sheet.keep_ids()
    sheet.tabs = {(new if title == old else title): rows for title, rows in sheet.tabs.items()}
    sheet.gids[new] = sheet.gids.pop(old)
    if old in sheet.looks:
        sheet.looks[new] = sheet.looks.pop(old)


# Batches: all of their requests, or none.


def batch_update(sheet: Sheet, requests: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Apply all requests and return Google's answer. Raises Refused, with nothing changed, if one can't be applied."""
    if not requests:
        raise Refused("Must specify at least one request.")
    sheet.keep_ids()
    before = copy.deepcopy(sheet)
    replies = []
    try:
        for number, request in enumerate(requests):
            ((name, about),) = request.items()
            if name not in _REQUESTS:
                raise Refused(f"Invalid JSON payload received. Unknown name \"{name}\" at 'requests[{number}]'")
            try:
                replies.append(_REQUESTS[name](sheet, about))
            except Refused as refused:
                raise Refused(f"Invalid requests[{number}].{name}: {refused.message}") from None
    except Refused:
        sheet.restore(before)
        raise
    return {"spreadsheetId": sheet.id, "replies": replies}


def _add_sheet(sheet: Sheet, about: Mapping[str, Any]) -> dict[str, Any]:
    wanted = about.get("properties", {})
    title = wanted.get("title", "Sheet")
    gid = wanted.get("sheetId", max(sheet.gids.values(), default=0) + 7)
    if any(title.casefold() == other.casefold() for other in [*sheet.tabs, *sheet.charts]):
        raise Refused(f'A sheet with the name "{title}" already exists. Please enter another name.')
    if gid in sheet.gids.values():
        raise Refused(f"Sheet with ID {gid} already exists.")
    place = wanted.get("index", len(sheet.tabs))
    tabs = list(sheet.tabs.items())
    tabs.insert(place, (title, []))
    sheet.tabs = dict(tabs)
    sheet.gids[title] = gid
    grid = wanted.get("gridProperties", {})
    look = sheet.looks[title] = Look(grid.get("rowCount", 1000), grid.get("columnCount", 26))
    look.frozen_rows = grid.get("frozenRowCount", 0)
    if wanted.get("hidden"):
        sheet.hidden.add(title)
    properties = {**wanted, "sheetId": gid, "title": title, "index": place, "sheetType": "GRID"}
    return {"addSheet": {"properties": properties}}


def _update_properties(sheet: Sheet, about: Mapping[str, Any]) -> dict[str, Any]:
    wanted, fields = about["properties"], about["fields"].split(",")
    title = sheet.title_of(wanted.get("sheetId", 0))
    grid = wanted.get("gridProperties", {})
    look = sheet.look(title)
    if {"gridProperties.frozenRowCount", "gridProperties", "*"} & set(fields):
        look.frozen_rows = grid.get("frozenRowCount", 0)
    if "title" in fields:
        rename_tab(sheet, title, wanted["title"])
    return {}


def _cells(sheet: Sheet, cells: Mapping[str, int]) -> tuple[str, Area]:
    """The tab and the part that a GridRange names. Raises Refused beyond the grid."""
    title = sheet.title_of(cells.get("sheetId", 0))
    look = sheet.look(title)
    bottom, right = cells.get("endRowIndex", look.row_count), cells.get("endColumnIndex", look.column_count)
    if bottom > look.row_count or right > look.column_count:
        raise Refused(f"Range ({title}) exceeds grid limits. Max rows: {look.row_count}, max columns: {right}")
    return title, Area(title, cells.get("startRowIndex", 0), cells.get("startColumnIndex", 0), bottom, right)


def _update_cells(sheet: Sheet, about: Mapping[str, Any]) -> dict[str, Any]:
    start = about.get("start") or about["range"]
    top = start.get("rowIndex", start.get("startRowIndex", 0))
    left = start.get("columnIndex", start.get("startColumnIndex", 0))
    height = len(about["rows"])
    width = max((len(row.get("values", ())) for row in about["rows"]), default=0)
    corner = {
        "startRowIndex": top,
        "startColumnIndex": left,
        "endRowIndex": top + height,
        "endColumnIndex": left + width,
    }
    title, area = _cells(sheet, {"sheetId": start.get("sheetId", 0), **corner})
    _check_protection(sheet, title, area.top, area.left, top + height, left + width)
    for down, row in enumerate(about["rows"]):
        for across, cell in enumerate(row.get("values", ())):
            _set_cell(sheet, title, top + down, left + across, cell, about["fields"])
    return {}


def _repeat_cell(sheet: Sheet, about: Mapping[str, Any]) -> dict[str, Any]:
    title, _ = _cells(sheet, about["range"])
    if any(name.startswith("userEnteredValue") or name in {"*", "note"} for name in about["fields"].split(",")):
        raise Refused("the loopback server repeats formats only")
    sheet.look(title).formats.append((dict(about["range"]), about["cell"].get("userEnteredFormat", {})))
    return {}


def _set_cell(sheet: Sheet, title: str, row: int, column: int, cell: Mapping[str, Any], fields: str) -> None:
    look, named = sheet.look(title), {name.split(".")[0] for name in fields.split(",")}
    place = {"startRowIndex": row, "endRowIndex": row + 1, "startColumnIndex": column, "endColumnIndex": column + 1}
    if named & {"userEnteredValue", "*"}:
        value = cell.get("userEnteredValue", {})
        if "formulaValue" in value:
            sheet.formulas.append(value["formulaValue"])
        _check_cells([[*value.values()]])
        put(sheet.tabs[title], row, column, next(iter(value.values()), ""))
    if named & {"note", "*"} and cell.get("note"):
        look.notes[row, column] = cell["note"]
    if named & {"userEnteredFormat", "*"}:
        look.formats.append((place, cell.get("userEnteredFormat", {})))
    if named & {"dataValidation", "*"} and cell.get("dataValidation"):
        look.rules.append((place, cell["dataValidation"]))


def _set_rule(sheet: Sheet, about: Mapping[str, Any]) -> dict[str, Any]:
    title, _ = _cells(sheet, about["range"])
    kind = about["rule"]["condition"]["type"]
    values = [each["userEnteredValue"] for each in about["rule"]["condition"].get("values", ())]
    if kind == "ONE_OF_LIST" and not values:
        raise Refused("ONE_OF_LIST needs at least one value.")
    if kind == "ONE_OF_RANGE":
        parse_range(sheet, values[0].removeprefix("="))
    sheet.look(title).rules.append((dict(about["range"]), about["rule"]))
    return {}


def _protect(sheet: Sheet, about: Mapping[str, Any]) -> dict[str, Any]:
    title, _ = _cells(sheet, about["protectedRange"]["range"])
    sheet.look(title).protected.append(about["protectedRange"])
    return {"addProtectedRange": {"protectedRange": about["protectedRange"]}}


def _append_dimension(sheet: Sheet, about: Mapping[str, Any]) -> dict[str, Any]:
    look = sheet.look(sheet.title_of(about.get("sheetId", 0)))
    if about["dimension"] == "COLUMNS":
        look.column_count += about["length"]
    else:
        look.row_count += about["length"]
    return {}


def _insert_dimension(sheet: Sheet, about: Mapping[str, Any]) -> dict[str, Any]:
    part = about["range"]
    title = sheet.title_of(part.get("sheetId", 0))
    look, count = sheet.look(title), part["endIndex"] - part["startIndex"]
    is_column = part["dimension"] == "COLUMNS"
    if part["startIndex"] >= (look.column_count if is_column else look.row_count):
        raise Refused("range.startIndex must be less than the grid's size")
    if is_column:
        for _ in range(count):
            insert_column(sheet, title, part["startIndex"])
        look.column_count += count
    else:
        insert_rows(sheet, title, part["startIndex"], count)
    return {}


def _size_dimension(sheet: Sheet, about: Mapping[str, Any]) -> dict[str, Any]:
    part = about["range"]
    if part["dimension"] == "COLUMNS":
        look = sheet.look(sheet.title_of(part.get("sheetId", 0)))
        places = range(part["startIndex"], part["endIndex"])
        look.widths |= dict.fromkeys(places, about["properties"].get("pixelSize", 100))
    return {}


_REQUESTS = {
    "addSheet": _add_sheet,
    "updateSheetProperties": _update_properties,
    "updateCells": _update_cells,
    "repeatCell": _repeat_cell,
    "setDataValidation": _set_rule,
    "addProtectedRange": _protect,
    "appendDimension": _append_dimension,
    "insertDimension": _insert_dimension,
    "updateDimensionProperties": _size_dimension,
}
