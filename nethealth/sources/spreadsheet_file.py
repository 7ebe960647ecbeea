"""Read workbooks from .xlsx, .xlsm, and .ods files.

We measure before we parse: the parts with cells are unpacked once, within limits, scanned by `xml_scan`, and packed
again. The parser (calamine) only sees that copy.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.parsers import expat

from nethealth.errors import FileDamaged, FileTooLarge, PasswordProtected
from nethealth.sources import size_limits
from nethealth.sources.archive import Archive
from nethealth.sources.xml_scan import (
    ExcelSheetWatcher,
    OpenDocumentWatcher,
    Scan,
    SharedTexts,
    TabExtent,
    Watcher,
    check_tag_count,
)
from nethealth.workbook.raw import RawCell, RawTab, RawWorkbook

_WORKBOOK_PART = "xl/workbook.xml"
_WORKBOOK_LINKS = "xl/_rels/workbook.xml.rels"
_EXCEL_PARTS = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels"
    r"|xl/(?:workbook|sharedstrings|styles)[^/]*\.xml|xl/_rels/[^/]+\.rels"
    r"|xl/(?:worksheets|chartsheets|dialogsheets|macrosheets)/[^/]+\.xml",
    re.IGNORECASE,
)
_OPEN_DOCUMENT_PARTS = ("mimetype", "META-INF/manifest.xml", "content.xml")


def read_excel(archive: Archive, *, title: str) -> RawWorkbook:
    """Read the workbook in an .xlsx or .xlsm file. Raises a FileError."""
    tab_of_part = _tab_by_part(archive)
    parts = [name for name in archive.names if _EXCEL_PARTS.fullmatch(name)]
    check_tag_count(archive.chunks(name) for name in parts)
    # Shared texts come first, so that we know their lengths when cells refer to them.
    parts.sort(key=_is_not_shared_texts)
    scan, texts = Scan(), SharedTexts()
    extents: dict[str, TabExtent] = {}
    measured = io.BytesIO()
    with zipfile.ZipFile(measured, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name in parts:
            watcher = _watcher(name, tab=tab_of_part.get(name), texts=texts)
            with packed.open(name, "w") as part:
                for chunk in scan.part(archive.chunks(name), watcher=watcher):
                    part.write(chunk)
            if isinstance(watcher, ExcelSheetWatcher) and watcher.extent.tab is not None:
                extents[watcher.extent.tab] = watcher.extent
    _check_total_extent(extents.values())
    return _read_measured(measured, title=title, errors={name: extent.errors for name, extent in extents.items()})


def _is_not_shared_texts(name: str) -> bool:
    return not name.casefold().startswith("xl/sharedstrings")


def _watcher(name: str, *, tab: str | None, texts: SharedTexts) -> Watcher | None:
    if not _is_not_shared_texts(name):
        return texts
    return ExcelSheetWatcher(tab, texts=texts) if "sheets/" in name.casefold() else None


def read_open_document(archive: Archive, *, title: str) -> RawWorkbook:
    """Read the workbook in an .ods file. Raises a FileError."""
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise PasswordProtected
    check_tag_count([archive.chunks("content.xml")])
    scan = Scan()
    watcher = OpenDocumentWatcher()
    measured = io.BytesIO()
    with zipfile.ZipFile(measured, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name in _OPEN_DOCUMENT_PARTS:
            chunks = archive.chunks(name)
            if name == "content.xml":
                chunks = scan.part(chunks, watcher=watcher)
            elif name.endswith(".xml"):
                chunks = scan.part(chunks)
            with packed.open(zipfile.ZipInfo(name), "w") as part:
                for chunk in chunks:
                    part.write(chunk)
    _check_total_extent(watcher.extents)
    errors = {extent.tab: extent.errors for extent in watcher.extents if extent.tab is not None}
    return _read_measured(measured, title=title, errors=errors)


def _check_total_extent(extents: Any) -> None:
    extents = tuple(extents)
    if len(extents) > size_limits.MAX_TABS:
        raise FileTooLarge(
            f"This workbook has {len(extents):,} tabs. The dashboard reads up to {size_limits.MAX_TABS}."
        )
    if sum(extent.rows * extent.columns for extent in extents) > size_limits.MAX_CELLS:
        size_limits.raise_too_many_cells()


def _read_measured(
    measured: io.BytesIO, *, title: str, errors: Mapping[str, Mapping[tuple[int, int], str]]
) -> RawWorkbook:
    """Parse the measured copy. Raises FileDamaged also if calamine panics, which isn't an `Exception`."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    measured.seek(0)
    tabs: list[RawTab] = []
    notes: list[str] = []
    cells = 0
    try:
        with CalamineWorkbook.from_filelike(measured) as workbook:
            sheets = workbook.sheets_metadata
            if len(sheets) > size_limits.MAX_TABS:
                raise FileTooLarge(
                    f"This workbook has {len(sheets):,} tabs. The dashboard reads up to {size_limits.MAX_TABS}."
                )
            for sheet in sheets:
                if sheet.typ != SheetTypeEnum.WorkSheet:
                    notes.append(f"The tab “{size_limits.shorten(sheet.name)}” has only a chart, so we skipped it.")
                    continue
                table = workbook.get_sheet_by_name(sheet.name)
                cells += (table.end[0] + 1) * (table.end[1] + 1) if table.end else 0
                if cells > size_limits.MAX_CELLS:
                    size_limits.raise_too_many_cells(sheet.name)
                rows = trim_blanks(table.to_python(skip_empty_area=False), errors=errors.get(sheet.name, {}))
                tabs.append(RawTab(title=sheet.name, rows=rows, hidden=sheet.visible != SheetVisibleEnum.Visible))
    except PasswordError:
        raise PasswordProtected from None
    except (CalamineError, ValueError, OverflowError, OSError):
        raise FileDamaged from None
    except BaseException as problem:
        if type(problem).__name__ == "PanicException":
            raise FileDamaged from None
        raise
    return RawWorkbook(title=title, tabs=tuple(tabs), read_at=dt.datetime.now(dt.UTC), notes=tuple(notes))


def trim_blanks(
    table: Sequence[Sequence[RawCell]], *, errors: Mapping[tuple[int, int], str] | None = None
) -> list[list[RawCell]]:
    """Drop blanks at the end of each row and blank rows at the end, and put `errors` back into their cells."""
    rows: list[list[RawCell]] = [list(row) for row in table]
    for (row, column), text in (errors or {}).items():
        if row >= len(rows):
            rows.extend([] for _ in range(row + 1 - len(rows)))
        if column >= len(rows[row]):
            rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = text
    for cells in rows:
        while cells and (cells[-1] == "" or cells[-1] is None):
            cells.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _tab_by_part(archive: Archive) -> dict[str, str]:
    """Return the tab's title for each worksheet part, according to the workbook and its relationships.

    Raises FileDamaged if one part is several tabs: such a small file could make us read it a hundred times.
    """
    by_lowered = {name.casefold(): name for name in archive.names}
    parts = [by_lowered.get(_WORKBOOK_PART), by_lowered.get(_WORKBOOK_LINKS)]
    titles: dict[str, str] = {}
    targets: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        match name.rpartition(":")[2]:
            case "sheet" if local.get("id", "") in titles:
                raise FileDamaged
            case "sheet":
                titles[local.get("id", "")] = local.get("name", "")
            case "Relationship":
                targets[local.get("Id", "")] = local.get("Target", "")

    for part in parts:
        if part is None:
            continue
        parser = expat.ParserCreate("UTF-8")
        parser.StartElementHandler = start
        bytes_read = 0
        try:
            for chunk in archive.chunks(part):
                bytes_read += len(chunk)
                if bytes_read > size_limits.MEGABYTE or len(titles) > size_limits.MAX_TABS:
                    raise FileTooLarge(
                        f"This workbook has more than {size_limits.MAX_TABS} tabs, the most that the dashboard reads."
                    )
                parser.Parse(chunk, False)
        except expat.ExpatError:
            raise FileDamaged from None
    found: dict[str, str] = {}
    for link, target in targets.items():
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        if link in titles and (part := by_lowered.get(path.casefold())):
            if part in found:
                raise FileDamaged
            found[part] = titles[link]
    return found
