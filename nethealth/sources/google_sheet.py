"""Read a Google Sheet with the dashboard's own credentials: through gspread, in two requests."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import gspread
from gspread.utils import absolute_range_name
from requests.adapters import BaseAdapter

from nethealth.errors import InvalidResponse, SheetTooLarge, TabsChanged
from nethealth.sources import size_limits
from nethealth.sources.google.client import open_client
from nethealth.sources.google.credentials import Credentials
from nethealth.sources.google.error_mapping import map_error
from nethealth.sources.google.hosts import Deadline
from nethealth.sources.google.retries import with_retries
from nethealth.sources.references import SheetReference
from nethealth.sources.spreadsheet_file import trim_blanks
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook

_METADATA = {"fields": "properties(title,locale,timeZone),sheets.properties(sheetId,title,hidden,sheetType)"}
_VALUES = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}
_IGNORED = "(ignore)"
_MAX_QUERY_LENGTH = 6_000
"""Characters of ranges in one request. URLs have a maximum length, so more tabs need another request."""


def read_sheet(
    reference: SheetReference,
    *,
    credentials: Credentials,
    deadline_seconds: float,
    transport: BaseAdapter | None = None,
) -> RawWorkbook:
    """Read all tabs of a Google Sheet, hidden ones too. Tabs whose title ends in `(ignore)` come without rows.

    Takes two requests, one more for a token, and two more if a tab was renamed between them. Dates are serial numbers.
    Ends within `deadline_seconds`. Raises a SheetError.
    """
    deadline = Deadline.after(deadline_seconds)

    def read_and_close() -> RawWorkbook:
        with contextlib.closing(open_client(credentials, deadline=deadline, transport=transport)) as client:
            return read_with(client, reference, deadline=deadline, credentials=credentials)

    return deadline.run(read_and_close)


def read_with(
    client: gspread.HTTPClient, reference: SheetReference, *, deadline: Deadline, credentials: Credentials
) -> RawWorkbook:
    """Read all tabs as `read_sheet` does, with a client that is open already. Raises a SheetError."""
    explain = functools.partial(map_error, credentials=credentials)
    read = functools.partial(with_retries, deadline=deadline, explain=explain)
    try:
        return _read_once(client, reference, read=read)
    except TabsChanged:
        return _read_once(client, reference, read=read)


def _read_once(
    client: gspread.HTTPClient, reference: SheetReference, *, read: Callable[[Callable[[], Any]], Any]
) -> RawWorkbook:
    sheet_id = reference.spreadsheet_id
    title, timezone, sheets = read(
        lambda: _parse_metadata(client.fetch_sheet_metadata(sheet_id, params=dict(_METADATA)))
    )
    # What someone types from now on may be missing.
    read_at = dt.datetime.now(dt.UTC)
    titles_to_read = [sheet["title"] for sheet in sheets if _should_read(sheet)]
    values: dict[str, list[list[RawCell]]] = {}
    for titles in _batches(titles_to_read):
        ranges = [absolute_range_name(name) for name in titles]
        tables = read(functools.partial(_fetch_tables, client, sheet_id, ranges))
        values.update(zip(titles, tables, strict=True))
    if sum(len(rows) * max(map(len, rows), default=0) for rows in values.values()) > 2 * size_limits.MAX_CELLS:
        raise SheetTooLarge
    return RawWorkbook(
        title=title,
        tabs=tuple(
            RawTab(
                title=sheet["title"],
                rows=values.get(sheet["title"], []),
                url=f"{reference.url}#gid={sheet['sheetId']}",
                hidden=sheet["hidden"],
            )
            for sheet in sheets
            if sheet["sheetType"] == "GRID"
        ),
        read_at=read_at,
        timezone=timezone,
        url=reference.url,
        notes=tuple(
            f"The tab “{size_limits.shorten(sheet['title'])}” has no cells of its own (a chart, or connected data), "
            "so we skipped it."
            for sheet in sheets
            if sheet["sheetType"] != "GRID"
        ),
    )


def _should_read(sheet: Mapping[str, Any]) -> bool:
    return sheet["sheetType"] == "GRID" and not str(sheet["title"]).strip().casefold().endswith(_IGNORED)


def _parse_metadata(answer: Any) -> tuple[str, str | None, list[dict[str, Any]]]:
    """Return title, time zone, and tabs from the first response. Raises InvalidResponse for another shape."""
    try:
        about = answer["properties"]
        sheets = [
            {
                "title": str(sheet["properties"]["title"]),
                "sheetId": int(sheet["properties"].get("sheetId", 0)),
                "hidden": bool(sheet["properties"].get("hidden", False)),
                "sheetType": str(sheet["properties"].get("sheetType", "GRID")),
            }
            for sheet in answer["sheets"]
        ]
        timezone = about.get("timeZone")
        return str(about["title"]), str(timezone) if timezone else None, sheets
    except (KeyError, TypeError, AttributeError, ValueError):
        raise InvalidResponse from None


def _fetch_tables(client: gspread.HTTPClient, sheet_id: str, ranges: list[str]) -> list[list[list[RawCell]]]:
    """Return the rows of each range. Raises InvalidResponse for a response of another shape."""
    answer = client.values_batch_get(sheet_id, ranges, params=dict(_VALUES))
    try:
        tables = [
            [[_cell(value) for value in row] for row in table.get("values", ())] for table in answer["valueRanges"]
        ]
    except (KeyError, TypeError, AttributeError):
        raise InvalidResponse from None
    if len(tables) != len(ranges):
        raise InvalidResponse
    return [trim_blanks(table) for table in tables]


def _cell(value: Any) -> RawCell:
    if value is None or isinstance(value, str | int | float):  # bool is an int
        return value
    raise TypeError(type(value).__name__)


def _batches(titles: Sequence[str]) -> list[list[str]]:
    """Split the titles into as few requests as URLs allow: one, unless there are very many tabs."""
    batches: list[list[str]] = []
    length = _MAX_QUERY_LENGTH
    for title in titles:
        size = len(quote(absolute_range_name(title), safe="")) + len("&ranges=")
        if length + size > _MAX_QUERY_LENGTH:
            batches.append([])
            length = 0
        batches[-1].append(title)
        length += size
    return batches
