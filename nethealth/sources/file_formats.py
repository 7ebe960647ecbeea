"""Detect what a file is by its content, and hand it to the right reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from nethealth.errors import (
    FileDamaged,
    FileError,
    FileNotFound,
    FileTooLarge,
    PasswordProtected,
    UnsupportedFile,
    UsageError,
)
from nethealth.sources import csv_files, size_limits
from nethealth.sources.archive import Archive
from nethealth.sources.network_files.formats import NETWORK_ENDINGS, network_format
from nethealth.workbook.raw import RawWorkbook, SkippedFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_SAVE_AS_EXCEL = "Open it in your spreadsheet program, save it as .xlsx, and open that file here."
_OTHER_KINDS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
)
_EXCEL_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm")
_GIVEN_TITLE = re.compile(r"(?:sheet|tabelle|hoja|feuil|planilha|folha|foglio|blad|arkusz|лист) ?\d*", re.IGNORECASE)
_TABLE_ENDINGS = (*csv_files.ENDINGS, ".txt")
_KNOWN_ENDINGS = (
    *_EXCEL_ENDINGS,
    ".ods",
    ".zip",
    *_TABLE_ENDINGS,
    *NETWORK_ENDINGS,
    ".xls",
    ".xlsb",
    ".numbers",
)


def read_bytes(data: bytes, name: str) -> RawWorkbook:
    """Read the workbook in a file's bytes; see `sources.read_file`."""
    size_limits.check_file_size(len(data))
    name = PurePosixPath(name.replace("\\", "/")).name
    title = PurePosixPath(name).stem or name
    if not data:
        raise FileDamaged("This file is empty.")
    if data.startswith(_OLE):
        raise _legacy_office_error(data)
    if data.startswith(_ZIP):
        return _read_zip(data, name=name, title=title)
    if network := network_format(data, ending=_ending(name)):
        if _ending(name) in _KNOWN_ENDINGS and _ending(name) not in network.endings:
            raise _wrong_ending_error(name, network.label, ending=network.endings[0])
        return network.read(data, title)
    _check_not_another_kind(data, name=name)
    if _ending(name) in NETWORK_ENDINGS:
        raise FileDamaged(
            f"This file ends in {_ending(name)}, but it has no network that we can read.",
            "Export it again from the program that made it. Or choose an .xlsx, .ods, or .csv file.",
        )
    if not name.casefold().endswith(_TABLE_ENDINGS) and name.casefold().endswith(_KNOWN_ENDINGS):
        raise UnsupportedFile(
            f"This file ends in {_ending(name)} but contains plain text, probably comma-separated values.",
            "Rename it to end in .csv and open it again. Or save it as .xlsx from your spreadsheet program.",
        )
    return csv_files.build_workbook({name: data}, title=title)


def read_several(files: Sequence[tuple[str, bytes]]) -> RawWorkbook:
    """Read several files as one workbook; see `sources.read_files`."""
    if len(files) == 1:
        return read_bytes(files[0][1], files[0][0])
    tables: dict[str, bytes] = {}
    others: list[tuple[str, bytes]] = []
    for given, data in files:
        path = PurePosixPath(given.replace("\\", "/"))
        if path.suffix.casefold() not in _TABLE_ENDINGS:
            others.append((path.name, data))
            continue
        name, number = path.name, 1
        while name in tables:
            number += 1
            name = f"{path.stem} ({number}){path.suffix}"
        tables[name] = data
    csv_files.check_sizes({name: len(data) for name, data in tables.items()})
    workbooks: list[RawWorkbook] = []
    skipped: list[SkippedFile] = []
    refused: list[FileError] = []
    if tables:
        ordered = {name: tables[name] for name in sorted(tables, key=lambda name: PurePosixPath(name).stem.casefold())}
        try:
            workbooks.append(csv_files.build_workbook(ordered, title="", check=_check_is_table))
        except (FileDamaged, UnsupportedFile) as error:
            refused.append(error)
            skipped += [_skipped(name, error) for name in ordered]
    for name, data in others:
        try:
            workbooks.append(name_only_tab(read_bytes(data, name), file=name))
        except FileTooLarge:
            raise
        except FileError as error:
            refused.append(error)
            skipped.append(_skipped(name, error))
    if not workbooks:
        raise refused[0]
    merged = workbooks[0]
    for workbook in workbooks[1:]:
        merged = add_tabs(merged, _with_free_titles(workbook, {tab.title for tab in merged.tabs}))
    stems = sorted((PurePosixPath(name).stem for name in (*tables, *(name for name, _ in others))), key=str.casefold)
    notes = (*merged.notes, *(f"We skipped “{file.name}”." for file in skipped))
    title = size_limits.shorten(", ".join(stems))
    return replace(merged, title=title, notes=notes, skipped=(*merged.skipped, *skipped))


def _skipped(name: str, error: FileError) -> SkippedFile:
    return SkippedFile(size_limits.shorten(name), f"We skipped this file. {error.message}", error.remedy)


def name_only_tab(raw: RawWorkbook, *, file: str) -> RawWorkbook:
    """Call a workbook's only tab like its file if its title is the one that a spreadsheet program gives: `Sheet1`."""
    if len(raw.tabs) != 1 or not _GIVEN_TITLE.fullmatch(raw.tabs[0].title):
        return raw
    return replace(raw, tabs=(replace(raw.tabs[0], title=PurePosixPath(file.replace("\\", "/")).stem),))


def _with_free_titles(raw: RawWorkbook, taken: set[str]) -> RawWorkbook:
    """Number the tabs of a workbook whose titles another one has."""
    tabs = []
    for tab in raw.tabs:
        title, number = tab.title, 1
        while title in taken:
            number += 1
            title = f"{tab.title} ({number})"
        taken.add(title)
        tabs.append(replace(tab, title=title))
    return replace(raw, tabs=tuple(tabs))


def add_tabs(raw: RawWorkbook, other: RawWorkbook) -> RawWorkbook:
    """Return a workbook with another one's tabs, which replace its tabs of the same title. Raises FileTooLarge."""
    titles = {tab.title for tab in other.tabs}
    tabs = (*(tab for tab in raw.tabs if tab.title not in titles), *other.tabs)
    if len(tabs) > size_limits.MAX_TABS:
        raise FileTooLarge(f"That makes {len(tabs):,} tabs. The dashboard reads up to {size_limits.MAX_TABS}.")
    if sum(len(row) for tab in tabs for row in tab.rows) > size_limits.MAX_CELLS:
        size_limits.raise_too_many_cells()
    # A file that we skipped before may be here now, corrected.
    before = (file for file in raw.skipped if PurePosixPath(file.name).stem not in titles)
    skipped = {file.name: file for file in (*before, *other.skipped)}
    return replace(
        raw,
        tabs=tabs,
        read_at=other.read_at,
        notes=tuple(dict.fromkeys((*raw.notes, *other.notes))),
        skipped=tuple(skipped.values()),
    )


def read_from_disk(path: Path) -> RawWorkbook:
    """Read the workbook in a file or folder; see `sources.read_path`."""
    try:
        if path.is_dir():
            return _read_folder(path)
        size_limits.check_file_size(path.stat().st_size)
        if not path.is_file():
            raise UsageError(
                f"“{size_limits.shorten(path.name)}” is neither a file nor a folder.", "Choose a workbook file."
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise FileNotFound(size_limits.shorten(str(path))) from None
    except PermissionError:
        raise FileError(
            f"We don’t have permission to read “{size_limits.shorten(path.name)}”.",
            "Change its permissions, or copy it to a folder that you can read.",
        ) from None
    except OSError:
        raise FileError(
            f"We couldn’t read “{size_limits.shorten(path.name)}” from the disk.",
            "Copy it to another place and try again.",
        ) from None
    return read_bytes(data, path.name)


def _read_folder(folder: Path) -> RawWorkbook:
    sizes: dict[str, int] = {}
    for file in folder.iterdir():
        if file.is_file():
            sizes[file.name] = file.stat().st_size
    title = folder.resolve().name
    chosen, notes, others = csv_files.choose_files(sizes, title=title)
    files = {name: (folder / name).read_bytes() for name in chosen}
    raw = csv_files.build_workbook(files, title=title, notes=notes, check=_check_is_table)
    for name in others:
        raw = _with_other_file(raw, folder / name)
    return raw


def _with_other_file(raw: RawWorkbook, path: Path) -> RawWorkbook:
    """Return a workbook with the tabs of a workbook or network file next to it, unless it has one of them already.

    Then the file is probably the same network, saved twice: reading both would count rows twice, or mix two states.
    """
    try:
        other = name_only_tab(read_from_disk(path), file=path.name)
    except FileError as error:
        return _without_file(raw, _skipped(path.name, error))
    taken = {tab.title.casefold() for tab in raw.tabs}
    repeated = next((tab.title for tab in other.tabs if tab.title.casefold() in taken), None)
    if repeated is None:
        return add_tabs(raw, other)
    message = (
        f"We skipped this file. Another file in the folder has a tab called “{size_limits.shorten(repeated)}”, too."
    )
    remedy = "To read both, rename one of the tabs. To read this file, open it alone."
    return _without_file(raw, SkippedFile(size_limits.shorten(path.name), message, remedy))


def _without_file(raw: RawWorkbook, file: SkippedFile) -> RawWorkbook:
    return replace(raw, notes=(*raw.notes, f"We skipped “{file.name}”."), skipped=(*raw.skipped, file))


def _read_zip(data: bytes, *, name: str, title: str) -> RawWorkbook:
    from nethealth.sources import spreadsheet_file

    archive = Archive(data)
    lowered = {entry.casefold().replace("\\", "/") for entry in archive.names}
    ending = _ending(name)
    if "xl/workbook.xml" in lowered:
        if ending in _KNOWN_ENDINGS and ending not in _EXCEL_ENDINGS:
            raise _wrong_ending_error(name, "an Excel workbook", ending=".xlsx")
        return spreadsheet_file.read_excel(archive, title=title)
    if {"mimetype", "content.xml"} <= lowered and b"opendocument.spreadsheet" in archive.read("mimetype"):
        if ending in _KNOWN_ENDINGS and ending != ".ods":
            raise _wrong_ending_error(name, "an OpenDocument spreadsheet", ending=".ods")
        return spreadsheet_file.read_open_document(archive, title=title)
    if kind := _kind_of_zip(lowered):
        raise UnsupportedFile(f"This file is {kind}, which the dashboard can’t read.", _SAVE_AS_EXCEL)
    sizes = {entry: archive.size(entry) for entry in archive.names}
    has_tables = any(entry.endswith(csv_files.ENDINGS) for entry in lowered)
    if has_tables and ending in _KNOWN_ENDINGS and ending != ".zip":
        raise _wrong_ending_error(name, "a zip of .csv files", ending=".zip")
    if not has_tables:
        inside = next((entry for entry in archive.names if entry.casefold().endswith((".xlsx", ".ods", ".xls"))), None)
        if inside:
            raise UnsupportedFile(
                f"This zip contains the workbook “{size_limits.shorten(PurePosixPath(inside).name)}”.",
                "Unpack the zip and open that file.",
            )
        if ending != ".zip" and ending in _KNOWN_ENDINGS:
            raise FileDamaged(f"This file ends in {ending}, but the parts of a workbook are missing from it.")
    chosen, notes, others = csv_files.choose_files(sizes, title=name)
    files = {entry: archive.read(entry) for entry in chosen}
    skipped = tuple(map(csv_files.skipped_in_zip, others))
    return csv_files.build_workbook(files, title=title, notes=notes, skipped=skipped, check=_check_is_table)


def _legacy_office_error(data: bytes) -> FileError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return PasswordProtected()
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return UnsupportedFile(
            "This is an old Excel workbook (.xls, Excel 97 to 2003), which the dashboard can’t read.", _SAVE_AS_EXCEL
        )
    return UnsupportedFile("This file comes from an old Office program and isn’t a workbook.", _SAVE_AS_EXCEL)


def _kind_of_zip(lowered: set[str]) -> str | None:
    if "xl/workbook.bin" in lowered:
        return "a binary Excel workbook (.xlsb)"
    if "word/document.xml" in lowered:
        return "a Word document"
    if "ppt/presentation.xml" in lowered:
        return "a PowerPoint presentation"
    if any(entry.endswith(".iwa") or entry == "index.zip" for entry in lowered):
        return "an Apple Numbers document"
    if {"mimetype", "content.xml"} <= lowered:
        return "an OpenDocument file, but not a spreadsheet"
    return None


def _check_is_table(data: bytes, name: str) -> None:
    """Raise FileDamaged or UnsupportedFile if one of several .csv files is something else."""
    if data.startswith((*_ZIP, _OLE)):
        raise _wrong_ending_error(name, "a spreadsheet or zip file")
    _check_not_another_kind(data, name=name)


def _check_not_another_kind(data: bytes, *, name: str) -> None:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or (head.startswith(b"<") and b"<html" in head):
        raise UnsupportedFile(
            "This file is a web page, perhaps a sign-in page that was saved instead of the workbook.",
            "Sign in and download the workbook again. Or open it in your spreadsheet program and save it as .xlsx.",
        )
    if head.startswith(b"<?xml") or head.startswith(b"<workbook"):
        raise UnsupportedFile("This is an XML file, not an .xlsx or .ods workbook.", _SAVE_AS_EXCEL)
    if head.startswith(b"{") and b"doc_id" in head:
        raise UnsupportedFile(
            "This is only a shortcut to a Google Sheet (.gsheet).",
            "Open the Google Sheet in a browser and paste its link instead.",
        )
    for start, kind in _OTHER_KINDS:
        if data.startswith(start):
            raise UnsupportedFile(f"This file is {kind}, not a workbook.", "Choose an .xlsx, .ods, or .csv file.")
    if not csv_files.looks_like_text(data):
        raise FileDamaged(f"“{size_limits.shorten(name)}” isn’t a workbook, or it’s damaged.")


def _wrong_ending_error(name: str, kind: str, *, ending: str | None = None) -> UnsupportedFile:
    remedy = (
        f"Rename it to end in {ending} and open it again."
        if ending
        else "Rename it with its original ending, or choose another file."
    )
    return UnsupportedFile(f"“{size_limits.shorten(name)}” ends in {_ending(name)} but is {kind}.", remedy)


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.casefold()
