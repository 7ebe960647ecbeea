"""What bytes from a server hold once they are decoded: texts and tables, however deep they are packed.

Streamlit sends JSON in protobuf, Arrow tables, plotly figures with packed arrays, HTML, and files. An adversary reads
all of it, so everything here is unpacked until nothing is left to unpack.
"""

from __future__ import annotations

import base64
import binascii
import csv
import gzip
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, TypeAlias
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pyarrow as pa
from google.protobuf.message import Message

Rows: TypeAlias = list[list[str]]

_BASE64 = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Table:
    """A table as someone read it: the header row first, every cell as text."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """The first row."""
        return self.rows[0] if self.rows else ()

    def column(self, header: str) -> list[str]:
        """Return the cells below a header; none if there is no such header."""
        if header not in self.headers:
            return []
        place = self.headers.index(header)
        return [row[place] for row in self.rows[1:] if len(row) > place]


@dataclass(slots=True)
class Payload:
    """Everything found in some bytes."""

    texts: list[str]
    tables: list[Table]
    values: list[Any]
    """JSON values, as parsed."""


def decode(content: bytes | str | Message) -> Payload:
    """Unpack a protobuf message, a file, or a text."""
    found = Payload([], [], [])
    if isinstance(content, Message):
        _unpack_message(content, found)
    elif isinstance(content, bytes):
        _unpack_bytes(content, found, 0)
    else:
        _unpack_text(content, found, 0)
    return found


def _unpack_message(message: Message, found: Payload) -> None:
    for field, value in message.ListFields():
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            for key, entry in value.items():
                _unpack_any(key, found)
                _unpack_any(entry, found)
        elif field.is_repeated:
            for entry in value:
                _unpack_any(entry, found)
        else:
            _unpack_any(value, found)


def _unpack_any(value: object, found: Payload) -> None:
    if isinstance(value, Message):
        _unpack_message(value, found)
    elif isinstance(value, bytes):
        _unpack_bytes(value, found, 0)
    elif isinstance(value, str):
        _unpack_text(value, found, 0)
    else:
        found.texts.append(str(value))


def _unpack_bytes(content: bytes, found: Payload, depth: int) -> None:
    if not content or depth > _DEEPEST:
        return
    if content.startswith(b"PK"):
        _unpack_archive(content, found, depth)
    elif content.startswith(b"\x1f\x8b"):
        _unpack_bytes(gzip.decompress(content), found, depth + 1)
    elif content[:1] == b"\x78" and (plain := _inflated(content)) is not None:
        _unpack_bytes(plain, found, depth + 1)
    elif (table := _arrow(content)) is not None:
        found.tables.append(table)
        found.texts += [cell for row in table.rows for cell in row]
    else:
        _unpack_text(content.decode("utf-8-sig", "replace"), found, depth + 1)


def _unpack_archive(content: bytes, found: Payload, depth: int) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        for name in names:
            found.texts.append(name)
            _unpack_bytes(archive.read(name), found, depth + 1)
        if "xl/workbook.xml" in names:
            found.tables += _sheets(content)


def _sheets(content: bytes) -> list[Table]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return [Table(tuple(map(_as_texts, sheet.iter_rows(values_only=True)))) for sheet in book.worksheets]


def _inflated(content: bytes) -> bytes | None:
    try:
        return zlib.decompress(content)
    except zlib.error:
        return None


def _arrow(content: bytes) -> Table | None:
    if not content.startswith((b"\xff\xff\xff\xff", b"ARROW1")):
        return None
    try:
        table = pa.ipc.open_stream(content).read_all()
    except pa.ArrowInvalid:
        return None
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True) if table.num_columns else ()
    return Table((_as_texts(table.column_names), *map(_as_texts, rows)))


def _as_texts(row: Iterable[object]) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell) for cell in row)


def _unpack_text(text: str, found: Payload, depth: int) -> None:
    if not text or depth > _DEEPEST:
        return
    start = text.lstrip()[:1]
    if start in ("{", "["):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = None
        if value is not None:
            found.values.append(value)
            _unpack_value(value, found, depth + 1)
            return
    found.texts.append(text)
    if "<" in text:
        found.tables += html_tables(text)
        plain = html.unescape(re.sub(r"<[^>]*>", " ", text))
        found.texts.append(plain)
        for script in re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL):
            _unpack_text(html.unescape(script), found, depth + 1)
    elif "&" in text and (plain := html.unescape(text)) != text:
        found.texts.append(plain)
    if "%" in text and (plain := unquote(text)) != text:
        found.texts.append(plain)
    if "\n" in text and "," in text and "<" not in text:
        found.tables += csv_tables(text)
    if len(text) > 15 and "<" not in text:
        for packed in _BASE64.findall(text):
            _unpack_base64(packed, found, depth)


def _unpack_base64(packed: str, found: Payload, depth: int) -> None:
    try:
        content = base64.b64decode(packed, validate=True)
    except (ValueError, binascii.Error):
        return
    if content.startswith((b"PK", b"\x1f\x8b", b"\xff\xff\xff\xff")) or content.isascii():
        try:
            _unpack_bytes(content, found, depth + 1)
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile):
            return


def _unpack_value(value: object, found: Payload, depth: int) -> None:
    if isinstance(value, Mapping):
        if "bdata" in value and "dtype" in value:
            found.texts.append(" ".join(str(number) for number in packed_numbers(value)))
        for key, entry in value.items():
            _unpack_value(key, found, depth)
            _unpack_value(entry, found, depth)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if value and all(isinstance(entry, int | float | None) for entry in value):
            found.texts.append(" ".join(str(entry) for entry in value))
        else:
            for entry in value:
                _unpack_value(entry, found, depth)
    elif isinstance(value, str):
        _unpack_text(value, found, depth + 1)
    elif value is not None:
        found.texts.append(str(value))


def packed_numbers(packed: Mapping[str, Any]) -> list[float]:
    """Return the numbers of plotly's packed array: `{"dtype": "f8", "bdata": "AAAA…"}`."""
    return np.frombuffer(base64.b64decode(packed["bdata"]), dtype=np.dtype(packed["dtype"])).tolist()  # type: ignore[no-any-return]


def csv_tables(text: str) -> list[Table]:
    """Return the text as a table if every line has as many cells as the first."""
    try:
        rows = [tuple(row) for row in csv.reader(io.StringIO(text)) if row]
    except csv.Error:
        return []
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return []
    return [Table(tuple(rows))]


class _TableParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Rows] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.found.append([])
        elif tag == "tr" and self.found:
            self.found[-1].append([])
        elif tag in ("td", "th") and self.found and self.found[-1]:
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.found[-1][-1].append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def html_tables(text: str) -> list[Table]:
    """Return the tables of an HTML text."""
    if "<table" not in text:
        return []
    parser = _TableParser()
    parser.feed(text)
    return [Table(tuple(tuple(row) for row in rows if row)) for rows in parser.found if rows]


def graph_file(text: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return the nodes and edges of a GraphML or GEXF file, each as its attributes and values."""
    nodes, edges = [], []
    titles: dict[str, str] = {}
    for _, element in ElementTree.iterparse(io.StringIO(text), events=("end",)):
        tag = element.tag.rpartition("}")[2]
        if tag in ("key", "attribute"):
            titles[element.get("id", "")] = element.get("attr.name") or element.get("title") or ""
        if tag in ("node", "edge"):
            entry = dict(element.attrib)
            for part in element.iter():
                kind = part.tag.rpartition("}")[2]
                if kind in ("data", "attvalue"):
                    name = titles.get(part.get("key") or part.get("for") or "", "")
                    entry[name] = part.get("value") or part.text or ""
            (nodes if tag == "node" else edges).append(entry)
    return nodes, edges


def walk_values(value: object) -> Iterator[Mapping[str, Any]]:
    """Yield every mapping inside a JSON value, itself included."""
    if isinstance(value, Mapping):
        yield value
        for entry in value.values():
            yield from walk_values(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from walk_values(entry)
