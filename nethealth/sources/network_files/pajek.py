"""Read Pajek's .net files: http://mrvar.fdv.uni-lj.si/pajek/. networkx's reader takes vertices of one label for one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from nethealth.errors import FileDamaged
from nethealth.sources import size_limits
from nethealth.sources.network_files.tables import NetworkTables, number_or_text
from nethealth.workbook.raw import RawCell, RawWorkbook
from nethealth.workbook.schema.tabs import CONNECTIONS

_TOKEN: Final = re.compile(r'"([^"]*)"|(\S+)')
_QUOTED: Final = re.compile(r'"([^"]*)"')
_WEIGHT: Final = re.compile(r"[-+]?[0-9.]{1,40}(?:[eE][-+]?[0-9]{1,4})?")
_TOKENS_READ: Final = size_limits.MAX_COLUMNS
_LINES_READ: Final = 3 * size_limits.MAX_ROWS
_SECTION: Final = re.compile(r"\*\s*(\w+)(.*)", re.DOTALL)


def looks_like_pajek(head: str) -> bool:
    """True if the first line that is no comment begins a network."""
    lines = (line.strip().lower() for line in head.lstrip("\ufeff").splitlines())
    first = next((line for line in lines if line and not line.startswith("%")), "")
    return first.startswith(("*vertices", "*network"))


def read_pajek(text: str, *, title: str) -> RawWorkbook:
    """Return the first network of a file as a workbook. Raises a FileError."""
    if text.count("\n") + text.count("\r") > _LINES_READ:
        size_limits.raise_too_many_cells()
    return _Pajek().read(text.splitlines(), title=title)


class _Pajek:
    def __init__(self) -> None:
        self.tables = NetworkTables()
        self._labels: dict[str, str | None] = {}
        self._edges: list[tuple[str, str, dict[str, RawCell], bool]] = []
        self._matrix_row = 0
        self._relation: str | None = None
        self._readers: dict[str, Callable[[Sequence[str]], None]] = {
            "vertices": self._vertex,
            "arcs": lambda tokens: self._edge(tokens, is_directed=True),
            "edges": lambda tokens: self._edge(tokens, is_directed=False),
            "arcslist": lambda tokens: self._list(tokens, is_directed=True),
            "edgeslist": lambda tokens: self._list(tokens, is_directed=False),
            "matrix": self._matrix,
        }

    def read(self, lines: Sequence[str], *, title: str) -> RawWorkbook:
        read_row: Callable[[Sequence[str]], None] | None = None
        networks = tokens_read = 0
        for each in lines:
            line = each.strip().lstrip("\ufeff")
            if not line or line.startswith("%"):
                continue
            if section := _SECTION.match(line):
                word = section[1].lower()
                networks += word == "vertices"
                if networks > 1:
                    self.tables.notes.append("This file has several networks. We read the first one.")
                    break
                # A relation's name, as in: *Arcs :2 "trusts"
                named = _QUOTED.search(section[2])
                self._relation = named[1].strip() or None if named else None
                read_row = self._readers.get(word)
            elif read_row is not None:
                tokens = _tokens(line)
                tokens_read += len(tokens)
                if tokens_read > size_limits.MAX_CELLS:
                    size_limits.raise_too_many_cells()
                read_row(tokens)
        for number, label in self._labels.items():
            self.tables.add_node(number, {}, label=label)
        for source, target, values, is_directed in self._edges:
            self.tables.add_edge(source, target, values, is_directed=is_directed)
        return self.tables.build(title=title)

    def _vertex(self, tokens: Sequence[str]) -> None:
        self._labels[_number(tokens[0])] = (tokens[1].strip() or None) if len(tokens) > 1 else None

    def _edge(self, tokens: Sequence[str], *, is_directed: bool) -> None:
        if len(tokens) > 1:
            self._add(_number(tokens[0]), _number(tokens[1]), next(iter(tokens[2:3]), None), is_directed=is_directed)

    def _list(self, tokens: Sequence[str], *, is_directed: bool) -> None:
        for other in tokens[1:]:
            self._add(_number(tokens[0]), _number(other), None, is_directed=is_directed)

    def _matrix(self, tokens: Sequence[str]) -> None:
        self._matrix_row += 1
        for column, value in enumerate(tokens, start=1):
            if value.strip("0.") != "":
                self._add(str(self._matrix_row), str(column), value, is_directed=True)

    def _add(self, source: str, target: str, weight: str | None, *, is_directed: bool) -> None:
        self._labels.setdefault(source, None)
        self._labels.setdefault(target, None)
        values: dict[str, RawCell] = {}
        if weight is not None and _WEIGHT.fullmatch(weight):
            values["weight"] = number_or_text(weight)
        if self._relation is not None:
            values["label"] = self._relation
        self._edges.append((source, target, values, is_directed))
        if len(self._edges) > size_limits.MAX_ROWS:
            size_limits.check_extent(rows=len(self._edges), columns=4, tab=CONNECTIONS.name)


def _tokens(line: str) -> list[str]:
    """Return a line's words; those in quotation marks may hold spaces."""
    tokens: list[str] = []
    for match in _TOKEN.finditer(line):
        tokens.append(match[2] if match[1] is None else match[1])
        if len(tokens) > _TOKENS_READ:
            size_limits.raise_too_many_cells()
    return tokens


def _number(token: str) -> str:
    """Return a vertex's number. Raises FileDamaged for anything else."""
    text = token.lstrip("-") if token.startswith("-") else token  # arcs of a negative vertex mean the same one
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise FileDamaged("This Pajek file has a line that we can’t read.", "Save it again from Pajek, as a .net file.")
    return text.lstrip("0") or "0"
