"""Collect a network file's people and ties as the tabs Members and Connections, within the limits of workbooks."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from nethealth.errors import FileDamaged
from nethealth.sources import size_limits
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.layouts.rearranged import EDGE_WEIGHT
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook
from nethealth.workbook.schema.tabs import CONNECTIONS, MEMBERS
from nethealth.workbook.schema.vocabulary import HeardThrough

_DRAWING: Final = frozenset(
    {"x", "y", "z", "size", "color", "colour", "r", "g", "b", "a", "shape", "width", "thickness", "fill", "viz"}
)
"""Folded names of values that say how to draw something."""
_NAMES: Final = ("label", "name", "fullname")
"""Folded names of a node's values, of which the first that it has is its name."""
_OUR_TIE_FIELDS: Final = {
    "weight": EDGE_WEIGHT,
    "tietype": CONNECTIONS.columns["type"].name,
    "label": CONNECTIONS.columns["type"].name,
    "latestdate": CONNECTIONS.columns["date"].name,
}
"""Headers for folded names of an edge's values: a weight is a measure, unlike our Strength from 1 to 5."""
_NOT_READ: Final = frozenset({"id", "strengthinwords", "heardthrough"})
_PEOPLE: Final = (MEMBERS.columns["name"].name, MEMBERS.columns["member_id"].name)
_ENDS: Final = tuple(CONNECTIONS.columns[name].name for name in ("source", "target", "heard_through"))
_CODE: Final = re.compile(r"[A-Za-z_]{0,4}\d+")
_NUMBER_WITH_EXPONENT: Final = re.compile(r"[-+]?[0-9.]{1,40}[eE][-+]?[0-9]{1,4}")


@dataclass(slots=True)
class _Records:
    """Rows with values by header, in the order in which headers first appear."""

    tab: str
    rows: list[tuple[tuple[RawCell, ...], Mapping[str, RawCell]]] = field(default_factory=list)
    headers: dict[str, None] = field(default_factory=dict)
    cells: int = 0

    def add(self, fixed: tuple[RawCell, ...], values: Mapping[str, RawCell]) -> None:
        """Add a row. Raises FileTooLarge for more cells or columns than we read."""
        self.rows.append((fixed, values))
        self.headers |= dict.fromkeys(values)
        self.cells += len(fixed) + len(values)
        if self.cells > size_limits.MAX_CELLS or len(self.headers) > size_limits.MAX_COLUMNS:
            size_limits.raise_too_many_cells(self.tab)

    def as_tab(self, fixed: Sequence[str], headers: Mapping[str, str]) -> RawTab:
        """Return the tab with the `fixed` columns first, then those in `headers` (from a value's name)."""
        size_limits.check_extent(rows=len(self.rows) + 1, columns=len(fixed) + len(headers), tab=self.tab)
        rows: list[list[RawCell]] = [[*fixed, *headers.values()]]
        rows.extend([*cells, *(values.get(name) for name in headers)] for cells, values in self.rows)
        _check_text(rows)
        return RawTab(title=self.tab, rows=rows)


class NetworkTables:
    """The nodes and edges of a file."""

    def __init__(self) -> None:
        self._nodes = _Records(MEMBERS.name)
        self._edges = _Records(CONNECTIONS.name)
        self._undirected = self._nameless = 0
        self._keys: dict[str, str] = {}
        """Folded names of values, which nodes repeat."""
        self.notes: list[str] = []

    def add_node(self, identifier: str, values: Mapping[str, RawCell], *, label: str | None = None) -> None:
        """Add a node. It is called by its label, else by its value Label or Name, else by its identifier."""
        check_columns(values)
        name = label or self._name_among(values)
        self._nameless += name is None and _CODE.fullmatch(identifier) is not None
        self._nodes.add((name or identifier, identifier), values)

    def add_edge(self, source: str, target: str, values: Mapping[str, RawCell], *, is_directed: bool) -> None:
        """Add an edge. One without a direction is no report of `source`, so it counts for both."""
        check_columns(values)
        self._undirected += not is_directed
        self._edges.add((source, target, None if is_directed else _heard_through(values)), values)

    def _name_among(self, values: Mapping[str, RawCell]) -> str | None:
        """Return the value Label, else Name; None if there is neither."""
        named: dict[str, str] = {}
        for name, value in values.items():
            key = self._keys.get(name)
            if key is None:
                key = self._keys[name] = folded(name)
            if key in _NAMES and value not in (None, ""):
                named.setdefault(key, str(value))
        return next((named[key] for key in _NAMES if key in named), None)

    def build(self, *, title: str) -> RawWorkbook:
        """Return the workbook. Raises FileTooLarge, and FileDamaged if there are neither nodes nor edges."""
        if not self._nodes.rows and not self._edges.rows:
            raise FileDamaged(
                "This file has no people and no connections.", "Export the network again from the program that made it."
            )
        tabs = []
        if self._nodes.rows:
            tabs.append(self._nodes.as_tab(_PEOPLE, _people_headers(self._nodes.headers)))
        tabs.append(self._edges.as_tab(_ENDS, _tie_headers(self._edges.headers)))
        notes = [*self.notes]
        if self._undirected:
            notes.append(
                f"Connections without a direction: {self._undirected:,}. They count for both people, as if staff had "
                "entered them."
            )
        if self._nameless:
            notes.append(
                f"People without a name in this file: {self._nameless:,}. They’re called by its ids, such as "
                f"“{self._example()}”. To name them, add labels in the program that made it, and export it again."
            )
        return RawWorkbook(title=title, tabs=tuple(tabs), read_at=dt.datetime.now(dt.UTC), notes=tuple(notes))

    def _example(self) -> str:
        named = (str(fixed[0]) for fixed, _ in self._nodes.rows if fixed[0] == fixed[1])
        return size_limits.shorten(next(named, ""))


def number_or_text(text: str) -> RawCell:
    """Return a value as a cell: text as people type it, but numbers such as 1.5E-4 as numbers."""
    if _NUMBER_WITH_EXPONENT.fullmatch(text.strip()):
        try:
            number = float(text)
        except ValueError:
            return text
        return number if math.isfinite(number) else text
    return text


def check_columns(values: Mapping[str, RawCell]) -> None:
    """Raise FileTooLarge if a node or edge has more values than a tab has columns."""
    if len(values) > size_limits.MAX_COLUMNS:
        size_limits.raise_too_many_cells()


def _heard_through(values: Mapping[str, RawCell]) -> str:
    """Return how a tie without a direction was heard of: as the file says, unless that is a report; else from staff."""
    said = next((value for name, value in values.items() if folded(name) == "heardthrough"), None)
    ways = [way.value for way in HeardThrough if way is not HeardThrough.SURVEY]
    return str(said) if said in ways else HeardThrough.STAFF.value


def unique_headers(wanted: Mapping[str, str], *, taken: Iterable[str] = ()) -> dict[str, str]:
    """Return a header for each value's name: the one wanted, with a number if it means the same as an earlier one."""
    used = {folded(name) for name in taken}
    headers: dict[str, str] = {}
    for name, header in wanted.items():
        plain = header if folded(header) else "Column"
        number, unique = 1, plain
        while folded(unique) in used:
            number += 1
            unique = f"{plain} ({number})"
        used.add(folded(unique))
        headers[name] = unique
    return headers


def _people_headers(names: Iterable[str]) -> dict[str, str]:
    left_out = _DRAWING | _NOT_READ | frozenset(_NAMES)
    wanted = {name: name for name in names if folded(name) not in left_out}
    return unique_headers(wanted, taken=_PEOPLE)


def _tie_headers(names: Iterable[str]) -> dict[str, str]:
    left_out = _DRAWING | _NOT_READ
    wanted = {name: _OUR_TIE_FIELDS.get(key, name) for name in names if (key := folded(name)) not in left_out}
    return unique_headers(wanted, taken=_ENDS)


def _check_text(rows: Iterable[Sequence[RawCell]]) -> None:
    """Raise FileTooLarge if long texts, which cells may share, add up to more than we read."""
    total = 0
    for row in rows:
        for cell in row:
            if isinstance(cell, str) and len(cell) > size_limits.SHORT_TEXT_BYTES:
                total += len(cell)
        if total > size_limits.MAX_TOTAL_TEXT_BYTES:
            size_limits.raise_too_much_text()
