"""Write to a Google Sheet: append rows, correct our own, and lay out tabs. Never retries a write by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar

from gspread.utils import absolute_range_name
from requests.adapters import BaseAdapter

from nethealth.errors import InvalidResponse, NetHealthError, WritingNeedsAccount
from nethealth.sources.google.client import WRITING, open_client
from nethealth.sources.google.credentials import Credentials
from nethealth.sources.google.error_mapping import is_refusal, map_write_error
from nethealth.sources.google.hosts import Deadline
from nethealth.sources.google_sheet import read_with
from nethealth.sources.references import SheetReference
from nethealth.workbook.raw import RawWorkbook
from nethealth.workbook.readers.problem_log import column_letter

SheetCell = str | int | float | bool | None
"""What we write to a cell. None leaves it as it is."""
Result = TypeVar("Result")

LONGEST_CELL: Final = 50_000
"""Letters that Google lets a cell have."""
_ROWS_TO_FIND_TABLE: Final = 3
_WRITTEN: Final = re.compile(r"!\$?([A-Z]+)\$?(\d+)(?::|$)")


class FailedWrite(Exception):
    """A write that failed: our error, whether it may have happened all the same, and the wait that Google asked for."""

    def __init__(self, failure: NetHealthError, *, may_have_happened: bool, retry_after: float | None = None) -> None:
        super().__init__(str(failure))
        self.failure = failure
        self.may_have_happened = may_have_happened
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a tab, counted from 0."""

    row: int
    column: int


class Writer(Protocol):
    """What delivery needs of a Google Sheet."""

    def read(self) -> RawWorkbook:
        """Return all tabs. Raises a SheetError."""

    def append(self, title: str, rows: Sequence[Sequence[SheetCell]], *, header: Place, width: int) -> Place:
        """Insert rows below the table with `width` headers from `header` on; return where. Raises FailedWrite."""

    def update(self, title: str, cells: Sequence[SheetCell], *, start: Place) -> None:
        """Write cells of one row, from `start` to the right. Raises FailedWrite."""

    def apply(self, requests: Sequence[Mapping[str, Any]]) -> None:
        """Apply a batch of changes, all or none. Raises FailedWrite."""

    def close(self) -> None:
        """Close the connections."""


class SheetWriter:
    """One Google Sheet, open for writing until `deadline_seconds` are over: no request lasts longer.

    Raises WritingNeedsAccount without a service account, and InvalidCredentials if its key is unusable.
    """

    def __init__(
        self,
        reference: SheetReference,
        *,
        credentials: Credentials,
        deadline_seconds: float,
        transport: BaseAdapter | None = None,
    ) -> None:
        if credentials.service_account is None:
            raise WritingNeedsAccount
        self._id, self._reference, self._credentials = reference.spreadsheet_id, reference, credentials
        self._deadline = Deadline.after(deadline_seconds)
        self._client = open_client(credentials, deadline=self._deadline, transport=transport, scope=WRITING)

    def __enter__(self) -> SheetWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def read(self) -> RawWorkbook:
        """Return all tabs, in two requests. Raises a SheetError."""
        return self._deadline.run(
            lambda: read_with(self._client, self._reference, deadline=self._deadline, credentials=self._credentials)
        )

    def append(self, title: str, rows: Sequence[Sequence[SheetCell]], *, header: Place, width: int) -> Place:
        """Insert rows below the table with `width` headers from `header` on; return where the first cell landed.

        Google decides in which column the table starts, so check that. Raises FailedWrite.
        """
        # RAW runs no formula, and inserted rows overwrite nothing.
        params: dict[str, Any] = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS"}
        # If Google finds no table there, it writes above the headers. So the range also covers where these may be in a
        # moment, when someone inserts a column or a few rows.
        end = Place(header.row + _ROWS_TO_FIND_TABLE, header.column + width - 1)
        cells = absolute_range_name(title, f"{_name(header)}:{_name(end)}")
        return self._write(
            lambda: _place_of(self._client.values_append(self._id, cells, params, {"values": [list(r) for r in rows]}))
        )

    def update(self, title: str, cells: Sequence[SheetCell], *, start: Place) -> None:
        """Write cells of one row, from `start` to the right. Raises FailedWrite."""
        place = absolute_range_name(title, _name(start))
        params: dict[str, Any] = {"valueInputOption": "RAW"}
        self._write(lambda: self._client.values_update(self._id, place, params, {"values": [list(cells)]}))

    def apply(self, requests: Sequence[Mapping[str, Any]]) -> None:
        """Apply a batch of changes, all or none. Raises FailedWrite."""
        self._write(lambda: self._client.batch_update(self._id, {"requests": list(requests)}))

    def _write(self, send: Callable[[], Result]) -> Result:
        try:
            return self._deadline.run(send)
        except Exception as problem:
            attempt = map_write_error(problem, credentials=self._credentials)
            raise FailedWrite(
                attempt.failure, may_have_happened=not is_refusal(problem), retry_after=attempt.retry_after
            ) from problem


def _name(place: Place) -> str:
    return f"{column_letter(place.column)}{place.row + 1}"


def _place_of(answer: Any) -> Place:
    """Return where an append landed. Raises InvalidResponse for an answer of another shape."""
    try:
        found = _WRITTEN.search(answer["updates"]["updatedRange"])
    except (KeyError, TypeError):
        raise InvalidResponse from None
    if found is None:
        raise InvalidResponse
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return Place(int(found[2]) - 1, column - 1)
