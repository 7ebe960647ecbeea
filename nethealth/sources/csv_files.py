"""Read workbooks from .csv files, one per tab: in a folder, in a zip, or a single file."""

from __future__ import annotations

import codecs
import contextlib
import csv
import datetime as dt
import io
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from nethealth.errors import FileDamaged, FileError, FileTooLarge, UnsupportedFile
from nethealth.sources import size_limits
from nethealth.sources.legacy_encodings import LEGACY_ENCODINGS, guess_legacy_encoding
from nethealth.workbook.layouts.rearranged import date_and_title
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook, SkippedFile
from nethealth.workbook.readers.headers import tab_named

ENDINGS = (".csv", ".tsv", ".tab")
_ENDINGS_TO_OPEN_ALONE = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers", ".graphml", ".gexf", ".json", ".net", ".paj")
_TAB_ENDINGS = (".tsv", ".tab")
_DELIMITERS = ",;\t"
_PIPE = "|"
"""Splits rows only if it splits nearly all of them alike, the first too: elsewhere it lists several names in a cell."""
_SHARE_WITH_PIPES = 0.9
_NO_DELIMITER = "\x1f"
"""Splits nothing: the file is one column, in which a name may hold a comma."""
_SAMPLE_ROWS = 100
"""We guess the delimiter from this many rows."""
_SEPARATOR_LINE = re.compile(r"\s*sep=(?P<delimiter>[,;\t|])\s*", re.IGNORECASE)
_NAME_WITH_COMMA = re.compile(r"[^,\"]*[^,\" ], [^,\" ][^,\"]*|[^,\"]+")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_CELL_LENGTH = 131_072


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvTable:
    """The rows of one file, and notes on what we had to guess to read them."""

    rows: list[list[RawCell]]
    notes: tuple[str, ...]


def build_workbook(
    files: Mapping[str, bytes],
    *,
    title: str,
    notes: tuple[str, ...] = (),
    skipped: tuple[SkippedFile, ...] = (),
    check: Callable[[bytes, str], None] | None = None,
) -> RawWorkbook:
    """Build a workbook with one tab per file, in the order given; file names become the titles of the tabs.

    Values stay text, as in the file. `check` raises FileDamaged or UnsupportedFile for a file (bytes and name) that is
    no table. Among several, we skip such a file and say so. Raises FileTooLarge, and what is wrong with the first file
    if none is a table.
    """
    titles = tab_titles(tuple(files))
    all_notes, all_skipped = list(notes), list(skipped)
    tabs: list[RawTab] = []
    cells = 0
    refused: FileError | None = None
    for name, data in files.items():
        try:
            if check is not None:
                check(data, name)
            table = read_table(data, name=name)
        except (FileDamaged, UnsupportedFile) as error:
            refused = refused or error
            message = f"We skipped this file. {error.message}"
            all_skipped.append(SkippedFile(size_limits.shorten(name), message, error.remedy))
            continue
        cells += sum(map(len, table.rows))
        if cells > size_limits.MAX_CELLS:
            size_limits.raise_too_many_cells()
        tabs.append(RawTab(title=titles[name], rows=table.rows))
        all_notes.extend(table.notes)
    if not tabs and refused is not None:
        raise refused
    all_notes.extend(f"We skipped “{file.name}”." for file in all_skipped)
    return RawWorkbook(
        title=title,
        tabs=tuple(tabs),
        read_at=dt.datetime.now(dt.UTC),
        notes=tuple(all_notes),
        skipped=tuple(all_skipped),
    )


def choose_files(names: Mapping[str, int], *, title: str) -> tuple[list[str], tuple[str, ...], list[str]]:
    """Choose the files of a folder or zip that are tabs, note those that we skip, and list workbooks and network files.

    `names` maps each name to its size in bytes. We take the .csv files on the highest level that has any, and list the
    other files there; hidden files and what macOS and Office add are skipped silently.
    Raises FileDamaged if there are none, FileTooLarge for too many or too large ones.
    """
    tables = [name for name in names if name.casefold().endswith(ENDINGS) and not _is_hidden(name)]
    alone = sorted(name for name in names if name.casefold().endswith(_ENDINGS_TO_OPEN_ALONE) and not _is_hidden(name))
    if not tables:
        itself = size_limits.shorten(PurePosixPath(alone[0]).name) if len(alone) == 1 else ""
        raise FileDamaged(
            f"“{size_limits.shorten(title)}” has no .csv files.",
            f"Open “{itself}” itself."
            if itself
            else "Put one .csv file per tab there, or choose the workbook or network file itself.",
        )
    depth = min(name.count("/") for name in tables)
    chosen = sorted((name for name in tables if name.count("/") == depth), key=str.casefold)
    check_sizes({name: names[name] for name in chosen})
    skipped = len(tables) - len(chosen)
    notes = (f"We skipped {skipped:,} .csv {'file' if skipped == 1 else 'files'} in subfolders.",) if skipped else ()
    return chosen, notes, [name for name in alone if name.count("/") == depth]


def skipped_in_zip(name: str) -> SkippedFile:
    """Return what we say of a workbook or network file in a zip: unpacking one within another could take too long."""
    message = "We skipped this file, because we only read .csv files from a zip."
    remedy = "Unpack the zip. Then open all its files together, or its folder."
    return SkippedFile(size_limits.shorten(PurePosixPath(name).name), message, remedy)


def check_sizes(files: Mapping[str, int]) -> None:
    """Raise FileTooLarge for more .csv files than we read, or for too many bytes in them; `files` maps name to size."""
    if len(files) > size_limits.MAX_TABS:
        raise FileTooLarge(f"This has {len(files):,} .csv files. The dashboard reads up to {size_limits.MAX_TABS}.")
    if sum(files.values()) > size_limits.MAX_FILE_BYTES:
        raise FileTooLarge(
            f"These .csv files are more than {size_limits.MAX_FILE_BYTES // size_limits.MEGABYTE} MB together, "
            "which is more than the dashboard opens."
        )


def tab_titles(names: tuple[str, ...]) -> dict[str, str]:
    """Return the tab's title for each file: its name without the ending, and without the workbook's name before it.

    Google names the download of a tab `Workbook - Tab.csv`. We drop what all files have in common up to such a dash,
    and for a single file everything up to the last dash. A date there may be the only one that a report has, as in
    `Spring (2026-03-14 17_55 GMT-5) - Attendance.csv`, so it stays unless what follows is the title of a tab of ours.
    """
    stems = {name: PurePosixPath(name).stem.strip() for name in names}
    if len(stems) == 1:
        (stem,) = stems.values()
        workbook, _, tab = stem.rpartition(" - ")
        if tab_named(tab) is None and date_and_title(workbook)[0] is not None:
            return dict(stems)
    pieces = [stem.split(" - ")[:-1] for stem in stems.values()]
    common = 0
    while all(len(piece) > common and piece[common] == pieces[0][common] for piece in pieces):
        common += 1
    return {name: " - ".join(stem.split(" - ")[common:]).strip() or stem for name, stem in stems.items()}


def read_table(data: bytes, *, name: str) -> CsvTable:
    """Read the rows of a .csv file, numbered as a spreadsheet would. Raises FileTooLarge or FileDamaged."""
    size_limits.check_file_size(len(data))
    notes: list[str] = []
    encoding = _encoding(data)
    if encoding in LEGACY_ENCODINGS:
        notes.append(
            f"“{size_limits.shorten(name)}” isn’t in UTF-8, so we read it as {LEGACY_ENCODINGS[encoding]}. If letters "
            "look wrong, save the file as CSV UTF-8 and open it again."
        )
    if data.count(b"\0") and not encoding.startswith(("utf-16", "utf-32")):
        notes.append(f"“{size_limits.shorten(name)}” contains NUL characters. We removed them.")
    head = _head(data, encoding=encoding)
    separator_line = _SEPARATOR_LINE.fullmatch(head.split("\n", 1)[0])
    delimiter = separator_line["delimiter"] if separator_line else _delimiter(head, name=name)
    if data.count(delimiter.encode()) + data.count(b"\n") + data.count(b"\r") > 2 * size_limits.MAX_CELLS:
        size_limits.raise_too_many_cells(PurePosixPath(name).stem)
    try:
        rows = _records(data, encoding=encoding, delimiter=delimiter, strict=True)
    except csv.Error:
        rows, note = _read_leniently(data, encoding=encoding, delimiter=delimiter, name=name)
        notes.extend(note)
    except UnicodeError:
        raise FileDamaged(f"“{size_limits.shorten(name)}” contains characters that we can’t read.") from None
    if separator_line:
        rows = rows[1:]
    for cells in rows:
        while cells and not cells[-1]:
            cells.pop()
    while rows and not rows[-1]:
        rows.pop()
    size_limits.check_extent(rows=len(rows), columns=max(map(len, rows), default=0), tab=PurePosixPath(name).stem)
    return CsvTable(rows=rows, notes=tuple(notes))


def read_text(data: bytes) -> str:
    """Return a file's text, in whatever encoding it is. Raises FileDamaged if there is none that fits."""
    encoding = _encoding(data)
    try:
        return data.decode(encoding, "replace" if encoding in LEGACY_ENCODINGS else "strict").replace("\0", "")
    except UnicodeError:
        raise FileDamaged("This file contains characters that we can’t read.") from None


def looks_like_text(data: bytes) -> bool:
    """True if bytes could be a .csv file: text of some kind."""
    if data.startswith(tuple(mark for mark, _ in _BYTE_ORDER_MARKS)):
        return True
    head = data[:4096]
    if _encoding(head).startswith("utf-16"):
        return True
    with contextlib.suppress(UnicodeDecodeError):
        codecs.getincrementaldecoder("utf-8")().decode(head)  # not final: the cut may split a character
        return b"\0" not in head or head.count(b"\0") <= 8 + len(head) // 20
    control = sum(byte < 32 and byte not in b"\t\n\r\f\0" for byte in head)
    return control <= 8 + len(head) // 50 and head.count(b"\0") <= 8 + len(head) // 20


def _encoding(data: bytes) -> str:
    """Detect UTF by its byte order mark, UTF-16 by its zeros, UTF-8 if all of it decodes, else guess an older one."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:2048]
    if len(head) >= 4 and head.count(b"\0") >= len(head) // 4:
        return "utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), 1 << 20):
            decoder.decode(data[start : start + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return guess_legacy_encoding(data)
    return "utf-8"


def _lines(data: bytes, *, encoding: str) -> Iterator[str]:
    # These leave some bytes undefined: they become the replacement character, so the row survives.
    errors = "replace" if encoding in LEGACY_ENCODINGS else "strict"
    lines: Iterator[str] = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors=errors, newline="")
    if b"\0" in data:
        return (line.replace("\0", "") for line in lines)
    return lines


def _records(
    data: bytes, *, encoding: str, delimiter: str, strict: bool, quoting: int = csv.QUOTE_MINIMAL
) -> list[list[RawCell]]:
    reader = csv.reader(
        _lines(data, encoding=encoding),
        delimiter=delimiter,
        strict=strict,
        quoting=quoting,  # type: ignore[arg-type]
    )
    return list(reader)  # type: ignore[arg-type]


def _read_leniently(data: bytes, *, encoding: str, delimiter: str, name: str) -> tuple[list[list[RawCell]], list[str]]:
    """Read a file with stray quotation marks. If one is never closed, treat all of them as plain characters."""
    reader = csv.reader(_lines(data, encoding=encoding), delimiter=delimiter, strict=True)
    rows = 0
    try:
        for _ in reader:
            rows += 1
    except csv.Error as problem:
        is_unclosed = "unexpected end" in str(problem) or "field larger" in str(problem)
    if not is_unclosed:
        return _records(data, encoding=encoding, delimiter=delimiter, strict=False), []
    note = (
        f"In “{size_limits.shorten(name)}” a quotation mark in row {rows + 1:,} or later is never closed, "
        "so we read quotation marks as plain characters."
    )
    try:
        return _records(data, encoding=encoding, delimiter=delimiter, strict=False, quoting=csv.QUOTE_NONE), [note]
    except csv.Error:
        raise FileTooLarge(
            f"In “{size_limits.shorten(name)}”, a cell in row {rows + 1:,} has over {_MAX_CELL_LENGTH:,} characters."
        ) from None


def _head(data: bytes, *, encoding: str) -> str:
    return codecs.getincrementaldecoder(encoding)(errors="replace").decode(data[: 1 << 16]).replace("\0", "")


def _delimiter(head: str, *, name: str) -> str:
    """Return the delimiter of a file: the tab if its name and first line say so, else a guess."""
    first = next((line for line in head.splitlines() if line.strip()), "")
    return "\t" if name.casefold().endswith(_TAB_ENDINGS) and "\t" in first else _guess_delimiter(head)


def _guess_delimiter(head: str) -> str:
    """Return the character that splits most rows into the same number of cells; one that splits none if there is none.

    It has to split the first row or at least half of them: in a list of names, a few hold a comma or semicolon. A
    delimiter that makes the quotation marks valid wins over one that doesn't.
    """
    best, best_score = _NO_DELIMITER, (False, 0, 0)
    for delimiter in _DELIMITERS:
        widths, is_clean = _widths(head, delimiter=delimiter)
        filled = [width for width in widths if width]
        row_counts = Counter(width for width in filled if width > 1)
        if row_counts and (filled[0] > 1 or 2 * row_counts.total() >= len(filled)):
            width, count = row_counts.most_common(1)[0]
            best, best_score = max((best, best_score), (delimiter, (is_clean, count, width)), key=lambda each: each[1])
    if best == "," and _are_names_with_comma(head):
        return _NO_DELIMITER
    widths, is_clean = _widths(head, delimiter=_PIPE)
    alike = [width for width in widths if width]
    is_split = alike and alike[0] > 1 and alike.count(alike[0]) >= _SHARE_WITH_PIPES * len(alike)
    return _PIPE if is_split and (is_clean, alike.count(alike[0]), alike[0]) > best_score else best


def _are_names_with_comma(head: str) -> bool:
    """True if one header stands above rows such as `Ruiz, Ana`: names, not cells, which no program divides by `, `."""
    first, *below = [line.strip() for line in head.splitlines() if line.strip()][:_SAMPLE_ROWS]
    return "," not in first and bool(below) and all(_NAME_WITH_COMMA.fullmatch(line) for line in below)


def _widths(head: str, *, delimiter: str) -> tuple[list[int], bool]:
    """Return the number of cells in each of the first rows, and True if all quotation marks are valid."""
    for strict in (True, False):
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter, strict=strict)
        with contextlib.suppress(csv.Error):
            return [len(row) for row in itertools.islice(reader, _SAMPLE_ROWS)], strict
    return [], False


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "~$")) or part == "__MACOSX" for part in name.split("/"))
