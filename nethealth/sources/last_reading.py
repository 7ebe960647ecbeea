"""The last good reading of the network's own Sheet, on disk, for when Google fails or the machine restarts."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nethealth.privacy.email_masking import text_masker
from nethealth.privacy.private_files import data_folder, private_folder, write_private
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook

_FORMAT = 1
_LARGEST = 200_000_000

Masker = Callable[[str], str]


class LastReading:
    """Keeps one reading a Sheet, masked, in a folder and files that their owner alone can read.

    Files are JSON: they are data, whatever somebody writes into them. A damaged one is as good as none.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder if folder is not None else data_folder() / "last-reading"

    def keep(self, key: str, workbook: RawWorkbook) -> bool:
        """Keep the reading under `key` (a spreadsheet id) in place of the one before; whether that succeeded.

        E-mail addresses are masked in titles, cells and notes before the first byte is written.
        """
        text = json.dumps(_as_json(workbook, mask=text_masker()), ensure_ascii=False, separators=(",", ":"))
        try:
            private_folder(self._folder)
            write_private(self._file(key), text.encode("utf-8", "surrogatepass"))
        except OSError:
            return False
        return True

    def latest(self, key: str) -> RawWorkbook | None:
        """The reading kept under `key`; None where there is none, or none that can be read."""
        try:
            file = self._file(key)
            if file.stat().st_size > _LARGEST:
                return None
            return _from_json(json.loads(file.read_bytes().decode("utf-8", "surrogatepass")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            return None

    def _file(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"


def _as_json(workbook: RawWorkbook, *, mask: Masker) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "title": mask(workbook.title),
        "read_at": workbook.read_at.isoformat(),
        "timezone": workbook.timezone,
        "url": workbook.url,
        "notes": [mask(note) for note in workbook.notes],
        "tabs": [
            {
                "title": mask(tab.title),
                "url": tab.url,
                "hidden": tab.hidden,
                "rows": [[_cell_as_json(cell, mask=mask) for cell in row] for row in tab.rows],
            }
            for tab in workbook.tabs
        ],
    }


def _cell_as_json(cell: RawCell, *, mask: Masker) -> Any:
    """Texts, numbers, booleans and blanks stay; a date, time or duration becomes a pair of its kind and its text."""
    if isinstance(cell, str):
        return mask(cell)
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


def _from_json(kept: Mapping[str, Any]) -> RawWorkbook:
    if kept["format"] != _FORMAT:
        raise ValueError(kept["format"])
    read_at = dt.datetime.fromisoformat(kept["read_at"])
    if read_at.tzinfo is None:
        raise ValueError(kept["read_at"])
    return RawWorkbook(
        title=_text(kept["title"]),
        tabs=tuple(
            RawTab(
                title=_text(tab["title"]),
                rows=[[_cell_from_json(cell) for cell in row] for row in tab["rows"]],
                url=_text_or_none(tab["url"]),
                hidden=bool(tab["hidden"]),
            )
            for tab in kept["tabs"]
        ),
        read_at=read_at,
        timezone=_text_or_none(kept["timezone"]),
        url=_text_or_none(kept["url"]),
        notes=tuple(_text(note) for note in kept["notes"]),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)
