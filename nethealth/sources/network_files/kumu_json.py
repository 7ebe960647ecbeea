"""Read Kumu's JSON (https://docs.kumu.io/guides/import/blueprints) as Kumu's own tabs, Elements and Connections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

from nethealth.sources import size_limits
from nethealth.sources.network_files.tables import unique_headers
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook
from nethealth.workbook.schema.tabs import CONNECTIONS

_OUR_TIE_FIELDS: Final = {"Latest date": CONNECTIONS.columns["date"].name}
"""Headers for what our own exports say of ties."""
_NOT_READ: Final = frozenset({"attributes", "Strength in words"})


def has_elements(content: object) -> bool:
    """True if parsed JSON has elements, as Kumu's files do."""
    return isinstance(content, dict) and isinstance(content.get("elements"), list)


def read_kumu(content: Mapping[str, Any], *, title: str) -> RawWorkbook:
    """Return the elements and connections in parsed JSON as a workbook. Raises FileTooLarge."""
    elements = [_flat(each) for each in content["elements"] if isinstance(each, dict)]
    connections = content.get("connections")
    ties = [_flat(each) for each in connections if isinstance(each, dict)] if isinstance(connections, list) else []
    tabs = (
        _table("Elements", elements, first=("label",)),
        _table("Connections", ties, first=("from", "to")),
    )
    return RawWorkbook(title=title, tabs=tabs, read_at=dt.datetime.now(dt.UTC))


def _flat(record: Mapping[str, Any]) -> dict[str, RawCell]:
    """Return a record's values as cells. Kumu's exports keep some of them in `attributes`."""
    nested = record.get("attributes")
    values = {**record, **(nested if isinstance(nested, dict) else {})}
    cells: dict[str, RawCell] = {}
    for name, value in values.items():
        cell = _cell(value)
        if cell is not None and name not in _NOT_READ:
            cells["id" if name == "_id" else name] = cell
    return cells


def _cell(value: object) -> RawCell:
    if isinstance(value, list):
        return "|".join(str(each) for each in value if isinstance(each, str | int | float)) or None
    return value if isinstance(value, str | int | float | bool) and value != "" else None


def _table(title: str, records: Iterable[Mapping[str, RawCell]], *, first: tuple[str, ...]) -> RawTab:
    records = list(records)
    names = dict.fromkeys((*first, *(name for record in records for name in record)))
    size_limits.check_extent(rows=len(records) + 1, columns=len(names), tab=title)
    wanted = {name: _OUR_TIE_FIELDS.get(name, name[:1].upper() + name[1:]) for name in names}
    rows: list[list[RawCell]] = [list(unique_headers(wanted).values())]
    rows.extend([record.get(name) for name in names] for record in records)
    return RawTab(title=title, rows=rows)
