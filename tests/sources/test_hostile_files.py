"""Files made to do harm, or harmful by accident: refused in time and memory, each with a sentence that fits.

Each is read by a process of its own, which reports what it took; the limits are those that the project promises.
"""

import json
import random
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sources.workbooks import MAIN, OFFICE, named_often, ods, ods_row, sheet_xml, xlsx, xlsx_of_xml, zipped

SECONDS = 2.0
MEGABYTES = 300
READ = """
import json, re, sys
from pathlib import Path
from nethealth.sources import read_path
from nethealth.errors import NetHealthError
import nethealth.sources.file_formats, nethealth.sources.spreadsheet_file, python_calamine
from tests.cpu_time import measure_cpu_seconds

def said_of(path):
    try:
        read_path(Path(path))
        return "read"
    except NetHealthError as problem:
        return f"{type(problem).__name__}: {problem.message} {problem.remedy}"

status, clear = Path("/proc/self/status"), Path("/proc/self/clear_refs")
for path in sys.stdin.read().splitlines():
    clear.write_text("5")  # the peak is counted from here
    result, took = measure_cpu_seconds(lambda: said_of(path), enough=float(sys.argv[1]))
    # Not resource.getrusage: its maximum is handed down from the process that started this one.
    peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text())[1]) / 1024
    print(json.dumps([result, took, peak]))
"""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
MANY = 3_200_000
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
STRAY = b'<c r="XFD9"><v/></c></row></worksheet>'
CELL = '<c r="A1"><v>1</v></c>'


def blown_up(start: bytes, piece: bytes, times: int, end: bytes = b"") -> bytes:
    """A body that repeats a piece, built from larger pieces to save time."""
    return start + (piece * 1000) * (times // 1000) + end


def padded(body: bytes, *, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook with this part, and noise that makes its compression ratio look harmless."""
    return xlsx_of_xml(sheet_xml(""), **{part: body, "xl/media/noise.bin": random.Random(1).randbytes(600_000)})


def bomb(*, megabytes: int) -> bytes:
    return xlsx_of_xml(b" " * (megabytes * 1_000_000))


def with_lying_directory(*, checksum_fits: bool) -> bytes:
    """A sheet that unpacks to 120 MB where local header and directory say a thousand bytes."""
    declared = 1000
    body = b"<!--" + b" " * 120_000_000
    honest = zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": body})
    checksum = zlib.crc32(body[:declared] if checksum_fits else body)
    true_fields = struct.pack("<L", zlib.crc32(body)), struct.pack("<L", len(body))
    lied = honest.replace(true_fields[1], struct.pack("<L", declared))
    return lied.replace(true_fields[0], struct.pack("<L", checksum))


def encrypted_zip() -> bytes:
    data = bytearray(zipped({"Members.csv": "Name\n"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def one_sheet_many_times() -> bytes:
    listed = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, 150))
    rows = "".join(f'<row><c r="A{row}"><v>1</v></c></row>' for row in range(1, 20_001))
    workbook = f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
    return xlsx_of_xml(sheet_xml(rows), **{"xl/workbook.xml": workbook})


def many_keys() -> bytes:
    """A network with 900,000 values, each of a key of its own."""
    values = b"".join(b"<data key='%d'>1</data>" % key for key in range(900_000))
    return b"<graphml><graph><node id='1'>" + values + b"</node></graph></graphml>"


def shared_defaults() -> bytes:
    """A network in which every node has a long text by default."""
    default = b"<graphml><key id='k' for='node'><default>" + b"y" * 900_000 + b"</default></key><graph>"
    return default + b"".join(b"<node id='%d'/>" % number for number in range(100_000)) + b"</graph></graphml>"


VALUE = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{}"/>'


LONG = "<text:p>" + "y" * 5_000 + "</text:p>"
SPACES = '<text:p><text:s text:c="9000"/></text:p>'
TEXT_CELL = '<table:table-cell office:value-type="string"{}>{}</table:table-cell>'
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a bomb": ("x.xlsx", lambda: bomb(megabytes=120), "unpacks to far more"),
    "a small bomb": ("x.xlsx", lambda: bomb(megabytes=50), "unpacks to far more"),
    "a bomb of csv": ("x.zip", lambda: zipped({"a.csv": b"," * 120_000_000}), "unpacks to far more"),
    "a lying directory": ("x.xlsx", lambda: with_lying_directory(checksum_fits=False), "damaged"),
    "a lying directory and checksum": ("x.xlsx", lambda: with_lying_directory(checksum_fits=True), "damaged"),
    "one text named by every cell": ("x.xlsx", lambda: named_often("y" * 40_000), "more text than people type"),
    "the same with marks": ("x.xlsx", lambda: named_often("<r>" + "y" * 40_000 + "</r>"), "more text than people type"),
    "one endless text": (
        "x.xlsx",
        lambda: named_often(random.Random(1).randbytes(6_000_000).hex(), cells=1),
        "more text than people type",
    ),
    "one text in every row, ods": (
        "x.ods",
        lambda: ods_row(TEXT_CELL.format("", LONG), rows=140_000),
        "more text than people type",
    ),
    "one text in many columns, ods": (
        "x.ods",
        lambda: ods_row(TEXT_CELL.format(' table:number-columns-repeated="3000"', LONG), rows=300),
        "more text than people type",
    ),
    "blanks in every row, ods": (
        "x.ods",
        lambda: ods_row(TEXT_CELL.format("", SPACES), rows=140_000),
        "spaces far more often",
    ),
    "thousands of parts": ("x.zip", lambda: zipped({f"{n}.csv": "" for n in range(3000)}), "thousands of parts"),
    "a password": ("x.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "a password, ods": ("x.ods", lambda: ods("", manifest="<manifest><encryption-data/></manifest>"), "password"),
    "a password, zip": ("x.zip", encrypted_zip, "password"),
    "an old workbook": ("x.xls", lambda: OLE + "Workbook".encode("utf-16-le"), "Excel 97"),
    "an old workbook, renamed": ("x.xlsx", lambda: OLE + "Workbook".encode("utf-16-le"), "Excel 97"),
    "a stray cell in the last corner": (
        "x.xlsx",
        lambda: xlsx_of_xml(sheet_xml(f'<row r="1">{CELL}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        "XFD1048576",
    ),
    "a stray cell in the last column": (
        "x.xlsx",
        lambda: xlsx_of_xml(sheet_xml(f'<row r="1">{CELL}<c r="XFD1"><v>1</v></c></row>')),
        "“Members” extends to cell XFD1,",
    ),
    "a stray cell in the last row": (
        "x.xlsx",
        lambda: xlsx_of_xml(sheet_xml(f'<row r="1">{CELL}</row><row r="1048576"><c r="B1048576"><v>1</v></c></row>')),
        "B1048576",
    ),
    "a stray cell beyond any sheet": (
        "x.xlsx",
        lambda: xlsx_of_xml(sheet_xml('<row r="1"><c r="ZZZZZZZ999999999"><v>1</v></c></row>')),
        "extends to",
    ),
    "a stray cell in quotes of the other kind": (
        "x.xlsx",
        lambda: xlsx_of_xml(sheet_xml("<row r = '1048576'><c s='1' r = '&#88;FD1048576' ><v>1</v></c></row>")),
        "XFD1048576",
    ),
    "a stray row behind a cell with its own reference": (
        "x.xlsx",
        lambda: xlsx_of_xml(sheet_xml(f'<row r="400000000">{CELL}<c><v>1</v></c></row>')),
        "B400000000",
    ),
    "billions of strings announced": (
        "x.xlsx",
        lambda: xlsx_of_xml(sheet_xml(CELL), **{"xl/sharedStrings.xml": '<sst count="9" uniqueCount="400000000"/>'}),
        "damaged",
    ),
    "billions of formats announced": (
        "x.xlsx",
        lambda: xlsx_of_xml(
            sheet_xml(CELL), **{"xl/styles.xml": '<styleSheet><cellXfs count="4294967296"></cellXfs></styleSheet>'}
        ),
        "damaged",
    ),
    "a reference that is none": ("x.xlsx", lambda: xlsx_of_xml(sheet_xml('<row><c r="1A"><v/></c></row>')), "damaged"),
    "more cells than are read": (
        "x.xlsx",
        lambda: padded(blown_up(b"<worksheet><sheetData>", b"<row><c/></row>", MANY)),
        "more cells",
    ),
    "one sheet under many names": ("x.xlsx", one_sheet_many_times, "damaged"),
    "millions of shared strings": (
        "x.xlsx",
        lambda: padded(blown_up(b"<sst>", b"<si/>", MANY, b"</sst>"), part="xl/sharedStrings.xml"),
        "more cells",
    ),
    "a stray cell after half a million others": (
        "x.xlsx",
        lambda: padded(blown_up(b"<worksheet><row>", CELL.encode(), 500_000, STRAY)),
        "XFD9",
    ),
    "entities": ("x.xlsx", lambda: xlsx_of_xml(sheet_xml(CELL, prolog=LAUGHS)), "XML entities"),
    "entities in a second part": (
        "x.xlsx",
        lambda: xlsx_of_xml(sheet_xml(""), **{"xl/sharedStrings.xml": f"{LAUGHS}<sst/>"}),
        "XML entities",
    ),
    "an outside entity": (
        "x.xlsx",
        lambda: xlsx_of_xml(sheet_xml(CELL, prolog='<!DOCTYPE x SYSTEM "file:///etc/passwd">')),
        "XML entities",
    ),
    "entities, ods": ("x.ods", lambda: ods("", prolog=LAUGHS), "XML entities"),
    "a tag with millions of attributes": (
        "x.xlsx",
        lambda: xlsx_of_xml(b"<worksheet " + b" ".join(b'a%d=">"' % n for n in range(600_000))),
        "more cells",
    ),
    "millions of names": (
        "x.xlsx",
        lambda: xlsx_of_xml(b"<worksheet>" + b"".join(b"<n%d/>" % n for n in range(200_000))),
        "more cells",
    ),
    "a depth without end": ("x.xlsx", lambda: padded(blown_up(b"", b"<a>", 2_000_000)), "more cells"),
    "repeated columns": ("x.ods", lambda: ods_row(VALUE.format(16_384), rows=1_048_576), "XFD1048576"),
    "repeated rows": ("x.ods", lambda: ods_row(VALUE.format(3), rows=1_048_576), "C1048576"),
    "repeated columns without a type": (
        "x.ods",
        lambda: ods_row('<table:table-cell office:value="1" table:number-columns-repeated="99999"/>', rows=9_999),
        "extends to",
    ),
    "repeats without end": ("x.ods", lambda: ods_row(VALUE.format("99999999999999999999")), "damaged"),
    "repeated blanks": (
        "x.ods",
        lambda: ods_row('<table:table-cell office:value-type="string"><text:p><text:s text:c="999999999"/></text:p>'
                        "</table:table-cell>"),
        "spaces",
    ),
    "entities, graphml": ("x.graphml", lambda: LAUGHS.encode() + b"<graphml><graph/></graphml>", "XML entities"),
    "an outside entity, gexf": (
        "x.gexf",
        lambda: b'<!DOCTYPE gexf SYSTEM "http://example.org/x.dtd"><gexf><graph/></gexf>',
        "XML entities",
    ),
    "a tag with millions of attributes, gexf": (
        "x.gexf",
        lambda: b"<gexf><graph><nodes><node " + b" ".join(b'a%d=">"' % n for n in range(600_000)),
        "more cells",
    ),
    "millions of nodes, gexf": (
        "x.gexf",
        lambda: blown_up(b"<gexf><graph><nodes>", b"<node/>", MANY),
        "more cells",
    ),
    "nearly a million columns, graphml": ("x.graphml", many_keys, "more cells"),
    "a long default of every node, graphml": ("x.graphml", shared_defaults, "far more text"),
    "a depth without end, graphml": ("x.graphml", lambda: blown_up(b"<graphml>", b"<a>", 2_000_000), "more cells"),
    "a depth without end, json": ("x.json", lambda: b'{"elements":' + b"[" * 2_000_000, "damaged"),
    "millions of elements, json": (
        "x.json",
        lambda: blown_up(b'{"elements":[{}', b",{}", 3_000_000, b"]}"),
        "more cells",
    ),
    "an endless number, json": (
        "x.json",
        lambda: b'{"elements":' + b"9" * 20_000_000 + b"}",
        "no elements",
    ),
    "millions of lines, pajek": ("x.net", lambda: blown_up(b"*Vertices 9\n", b"1\n", 9_000_000), "more cells"),
    "a wide line, pajek": ("x.net", lambda: b"*Vertices 9\n*Arcslist\n" + b"1 " * 9_000_000, "more cells"),
    "a number without end, pajek": ("x.net", lambda: b"*Vertices 9\n" + b"9" * 20_000_000, "can’t read"),
    "a file without end": ("x.xlsx", lambda: b"PK\x03\x04" + b"\0" * 31_000_000, "31 MB"),
    "a csv of commas": ("x.csv", lambda: b"," * 25_000_000, "more cells"),
    "a csv of lines": ("x.csv", lambda: b"a\n" * 10_000_000, "more cells"),
    "a csv in an endless quotation": ("x.csv", lambda: b'a,b\n"' + b"x" * 25_000_000, "characters"),
    "a wide csv": ("x.csv", lambda: b"a," * 9_000 + b"b\n", "extends to"),
    "a web page as .xlsx": ("x.xlsx", lambda: b"\n<!DOCTYPE html><html>Sign in</html>", "web page"),
    "a web page as .csv": ("x.csv", lambda: b"<html><table></table></html>", "web page"),
    "text as .xlsx": ("x.xlsx", lambda: b"Name,Role\nAda,Coach\n", "plain text"),
    "tables as .xlsx": ("x.xlsx", lambda: zipped({"Members.csv": "Name\n"}), "zip of .csv"),
    "a workbook as .csv": ("x.csv", lambda: xlsx({"Members": [["Name"]]}), "Excel workbook"),
    "a workbook as .ods": ("x.ods", lambda: xlsx({"Members": [["Name"]]}), "Excel workbook"),
    "a workbook in a zip": ("x.zip", lambda: zipped({"in/Book.xlsx": xlsx({"A": [["x"]]})}), "Book.xlsx"),
    "a Word document": ("x.xlsx", lambda: zipped({"word/document.xml": "<x/>"}), "Word"),
    "a binary workbook": ("x.xlsb", lambda: zipped({"xl/workbook.bin": "x"}), "xlsb"),
    "a Numbers document": ("x.numbers", lambda: zipped({"Index/Document.iwa": "x"}), "Numbers"),
    "a PDF": ("x.xlsx", lambda: b"%PDF-1.7\n", "PDF"),
    "a shortcut": ("x.gsheet", lambda: b'{"doc_id": "1", "email": "a@b.example"}', "shortcut"),
    "an empty file": ("x.xlsx", lambda: b"", "empty"),
    "half a workbook": ("x.xlsx", lambda: xlsx({"Members": [["Name"]] * 50})[:2000], "damaged"),
    "noise after the start": ("x.xlsx", lambda: b"PK\x03\x04" + bytes(range(256)) * 4, "damaged"),
    "half a sheet": ("x.xlsx", lambda: xlsx_of_xml(sheet_xml(CELL)[:-30]), "damaged"),
    "a workbook part that is no XML": ("x.xlsx", lambda: xlsx_of_xml(b"\0\1\2"), "damaged"),
    "a binary file as .csv": ("x.csv", lambda: bytes(range(256)) * 40, "isn’t a workbook"),
}  # fmt: skip


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, float, float]]:
    """What a process of its own said to each file, with the seconds and megabytes that it took."""
    folder = tmp_path_factory.mktemp("hostile")
    files = []
    for number, (file_name, make, _) in enumerate(HOSTILE.values()):
        file = folder / str(number) / file_name
        file.parent.mkdir()
        file.write_bytes(make())
        files.append(str(file))
    done = subprocess.run(
        [sys.executable, "-c", READ, str(SECONDS)],
        input="\n".join(files),
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=900,
        check=True,
    )
    assert done.stderr == ""
    return {name: tuple(json.loads(line)) for name, line in zip(HOSTILE, done.stdout.splitlines(), strict=True)}


@pytest.mark.xdist_group("hostile files")  # made and read once, not by each worker
@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="measures memory as Linux does")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_rejected_quickly(name: str, refusals: dict[str, tuple[str, float, float]]) -> None:
    result, seconds, megabytes = refusals[name]
    print(f"{name}: {seconds:.2f} s, {megabytes:.0f} MB: {result}")
    assert HOSTILE[name][2] in result
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
