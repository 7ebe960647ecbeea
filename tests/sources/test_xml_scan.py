"""XML parts scanned before they are opened."""

from nethealth.sources import read_file
from tests.sources.workbooks import MAIN, named_often, ods_row, sheet_xml, xlsx_of_xml

TEXT_CELL = '<table:table-cell office:value-type="string"{}>{}</table:table-cell>'


def test_shared_texts_may_repeat_within_limits() -> None:
    often = named_often("yes", cells=50_000, texts=("a note of some length, " * 20, "no"))
    assert read_file(often, "x.xlsx").tabs[0].rows[-1] == ["yes"]
    long = named_often("an answer that many ticked, " * 8, cells=50_000)
    assert len(read_file(long, "x.xlsx").tabs[0].rows) == 50_000


def test_error_values_are_found_among_shared_texts() -> None:
    shared = f"<sst {MAIN}><si><t>{'a long note, ' * 20}.</t></si><si><t>b</t></si></sst>"
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" t="s"><v>1</v></c>'
    book = xlsx_of_xml(sheet_xml(f'<row r="1">{cells}</row>'), **{"xl/sharedStrings.xml": shared})
    assert read_file(book, "x.xlsx").tabs[0].rows == [["a long note, " * 20 + ".", "#REF!", "b"]]


def test_repeated_text_in_ods_is_read() -> None:
    rows = read_file(ods_row(TEXT_CELL.format("", "<text:p>yes</text:p>"), rows=50_000), "x.ods").tabs[0].rows
    assert len(rows) == 50_000
    assert rows[-1] == ["yes"]
