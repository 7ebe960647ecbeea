"""Files of every kind, made for tests: as spreadsheet programs write them, and as an attacker would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def xlsx(tabs: Mapping[str, Sequence[Sequence[Any]]], **options: Any) -> bytes:
    """A whole .xlsx file by XlsxWriter."""
    file = io.BytesIO()
    settings = {"strings_to_formulas": False, "strings_to_urls": False} | options
    with xlsxwriter.Workbook(file, settings) as workbook:
        for title, rows in tabs.items():
            page = workbook.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    page.write(number, column, value)
    return file.getvalue()


def xlsx_of_xml(sheet: bytes | str, **parts: bytes | str) -> bytes:
    """An .xlsx file whose one worksheet is this XML; further parts by name."""
    body = sheet if isinstance(sheet, bytes) else sheet.encode()
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
    )
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": _relations(("rId1", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": (
                f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets><sheet name="Members" sheetId="1" r:id="rId1"/></sheets>'
                "</workbook>"
            ),
            "xl/_rels/workbook.xml.rels": _relations(("rId1", "worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": body,
        }
        | parts
    )


def sheet_xml(rows: str, *, prolog: str = "") -> str:
    """A worksheet of these rows, as XML."""
    return f"{prolog}<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"


def ods(tables: str, *, prolog: str = "", manifest: str = "<manifest/>") -> bytes:
    """An .ods file of these tables, as XML."""
    content = (
        f"{prolog}<office:document-content {ODS_NAMES}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
        }
    )


def zipped(parts: Mapping[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return file.getvalue()


def _relations(*links: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{to}"/>' for i, kind, to in links)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def named_often(text: str, *, cells: int = 200_000, texts: tuple[str, ...] = ()) -> bytes:
    """A workbook in which every cell refers to one text, which is in it once, after `texts`."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{len(texts)}</v></c></row>' for n in range(1, cells + 1))
    shared = "".join(f"<si><t>{each}</t></si>" for each in (*texts, text))
    return xlsx_of_xml(sheet_xml(rows), **{"xl/sharedStrings.xml": f"<sst {MAIN}>{shared}</sst>"})


def ods_row(cell: str, *, rows: int = 1) -> bytes:
    return ods(
        f'<table:table table:name="Members"><table:table-row table:number-rows-repeated="{rows}">{cell}'
        "</table:table-row></table:table>"
    )
