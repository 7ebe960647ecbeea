"""Save the last good reading of the network's own Google Sheet, for when Google fails or the machine restarts."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nethealth.privacy.email_masking import MaskedWorkbook
from nethealth.privacy.private_files import data_folder, private_folder, write_private
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook

_FORMAT = 1
_MAX_BYTES = 200_000_000


class LastReading:
    """The last good reading of one Google Sheet, masked, in a folder and file that only their owner can read.

    The file is JSON, so it stays plain data, whatever its cells contain. A damaged file counts as none.
    """

    def __init__(self, spreadsheet_id: str, folder: Path | None = None) -> None:
        folder = folder if folder is not None else data_folder() / "last-reading"
        name = hashlib.sha256(spreadsheet_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self._file = folder / f"{name}.json"

    def save(self, workbook: MaskedWorkbook) -> bool:
        """Replace the saved reading. Returns False if the disk doesn't allow it."""
        text = json.dumps(_as_json(workbook), ensure_ascii=False, separators=(",", ":"))
        try:
            private_folder(self._file.parent)
            write_private(self._file, text.encode("utf-8", "surrogatepass"))
        except OSError:
            return False
        return True

    def load(self) -> RawWorkbook | None:
        """Return the saved reading; None if there is none, or none that we can read."""
        try:
            if self._file.stat().st_size > _MAX_BYTES:
                return None
            return _from_json(json.loads(self._file.read_bytes().decode("utf-8", "surrogatepass")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            return None


def _as_json(workbook: MaskedWorkbook) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "title": workbook.title,
        "read_at": workbook.read_at.isoformat(),
        "timezone": workbook.timezone,
        "url": workbook.url,
        "notes": list(workbook.notes),
        "tabs": [
            {
                "title": tab.title,
                "url": tab.url,
                "hidden": tab.hidden,
                "rows": [[_cell_as_json(cell) for cell in row] for row in tab.rows],
            }
            for tab in workbook.tabs
        ],
    }


def _cell_as_json(cell: RawCell) -> Any:
    """Keep text, numbers, booleans, and blanks; write a date, time, or duration as a pair of its kind and its value."""
    if isinstance(cell, dt.datetime):
        return ["datetime", cell.isoformat()]
    if isinstance(cell, dt.date):
        return ["date", cell.isoformat()]
    if isinstance(cell, dt.time):
        return ["time", cell.isoformat()]
    if isinstance(cell, dt.timedelta):
        return ["duration", cell // dt.timedelta(microseconds=1)]
    return cell


def _cell_from_json(cell: Any) -> RawCell:
    if cell is None or isinstance(cell, str | int | float | bool):
        return cell
    kind, value = cell
    match kind:
        case "datetime":
            return dt.datetime.fromisoformat(value)
        case "date":
            return dt.date.fromisoformat(value)
        case "time":
            return dt.time.fromisoformat(value)
        case "duration":
            return dt.timedelta(microseconds=value)
        case _:
            raise ValueError(kind)


def _from_json(saved: Mapping[str, Any]) -> RawWorkbook:
    if saved["format"] != _FORMAT:
        raise ValueError(saved["format"])
    read_at = dt.datetime.fromisoformat(saved["read_at"])
    if read_at.tzinfo is None:
        raise ValueError(saved["read_at"])
    return RawWorkbook(
        title=_text(saved["title"]),
        tabs=tuple(
            RawTab(
                title=_text(tab["title"]),
                rows=[[_cell_from_json(cell) for cell in row] for row in tab["rows"]],
                url=_text_or_none(tab["url"]),
                hidden=bool(tab["hidden"]),
            )
            for tab in saved["tabs"]
        ),
        read_at=read_at,
        timezone=_text_or_none(saved["timezone"]),
        url=_text_or_none(saved["url"]),
        notes=tuple(_text(note) for note in saved["notes"]),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)
