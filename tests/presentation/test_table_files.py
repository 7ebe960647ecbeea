"""Tables as files and as registers: nothing in them runs."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from nethealth.presentation.table_files import csv_bytes, xlsx_bytes
from nethealth.privacy.suppression import TooFew
from nethealth.ui.data.problems import problems_csv
from nethealth.workbook.records import Problem, Severity, TabReading, Workbook

ROW: dict[str, object] = {
    "Name": "=HYPERLINK(1)",
    "Ties": 4,
    "Share": 0.25,
    "Joined": dt.date(2025, 1, 2),
    "Tags": ("a", "b"),
    "Held": TooFew(5),
    "Nothing": None,
    "Here": True,
}


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_table_as_csv() -> None:
    (row,) = read(csv_bytes([ROW]))
    assert row == {
        "Name": "'=HYPERLINK(1)",
        "Ties": "4",
        "Share": "0.25",
        "Joined": "2025-01-02",
        "Tags": "a; b",
        "Held": "fewer than 5",
        "Nothing": "",
        "Here": "yes",
    }


def test_headers_come_from_all_rows_and_nothing_gives_nothing() -> None:
    assert list(read(csv_bytes([{"a": 1}, {"b": 2}]))[0]) == ["a", "b"]
    assert csv_bytes([]) == b"\xef\xbb\xbf\r\n"


def test_tables_as_one_workbook_with_titles_that_excel_takes() -> None:
    made = xlsx_bytes({"A title: longer than [31] characters/everywhere": [ROW], "a": [{"x": "-1+1"}], "A": [{"x": 2}]})
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert len({title.casefold() for title in book.sheetnames}) == 3
    assert all(len(title) <= 31 for title in book.sheetnames)
    first = book.worksheets[0]
    name, ties, share, joined = [cell.value for cell in first[2]][:4]
    assert (name, ties, share) == ("'=HYPERLINK(1)", 4, 0.25)
    assert joined.date() == dt.date(2025, 1, 2)
    assert all(cell.data_type != "f" for sheet in book for line in sheet for cell in line)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_no_text_begins_as_a_formula_does(text: str) -> None:
    written = next(
        csv.reader(io.StringIO(csv_bytes([{"h": text, "x": 1}]).decode("utf-8-sig").split("\r\n", 1)[1])), [""]
    )
    assert written[0][:1] not in {"=", "+", "-", "@", "\t", "\r"}


def test_the_list_of_problems_has_the_link_to_each_cell() -> None:
    problem = Problem(
        severity=Severity.ERROR, tab="Ties", message="m", remedy="r", row=17, column="B", header="To", value="=1"
    )
    tab = TabReading(
        tab="Connections",
        title="Ties",
        rows=1,
        accepted=0,
        merged=0,
        rejected=1,
        url="https://docs.google.com/x#gid=7",
    )
    (row,) = read(problems_csv(Workbook(tabs=(tab,), problems=(problem,))))
    assert row["Cell"] == "Ties!B17"
    assert row["Link"] == "https://docs.google.com/x#gid=7&range=B17"
    assert row["Value"] == "'=1"


def _register(count: int) -> None:
    from nethealth.ui.components import Column, ColumnKind, searchable_table

    rows = [{"name": f"Person {n} <b>", "link": "javascript:alert(1)", "share": n / 100} for n in range(count)]
    columns = [
        Column("name", "Name"),
        Column("link", "Link", ColumnKind.LINK),
        Column("share", "Share", ColumnKind.SHARE),
    ]
    searchable_table(rows, columns, key="people", alt="People")


def register(count: int) -> AppTest:
    # As long as it takes: a run that is only slow is no failure.
    return AppTest.from_function(_register, default_timeout=600, kwargs={"count": count}).run()


def html_of(app: AppTest) -> str:
    return "".join(str(node.proto.body) for node in app.get("html"))


def shown(app: AppTest) -> Any:
    return html_of(app).count("<tr>") - 1


def test_a_register_shows_a_page_at_a_time_and_escapes_every_cell() -> None:
    app = register(60)
    assert not app.exception
    assert shown(app) == 25
    assert "<b>" not in html_of(app)
    assert "Person 0 &lt;b&gt;" in html_of(app)
    assert "href" not in html_of(app)
    app.text_input[0].set_value("person 59").run()
    assert shown(app) == 1


def test_a_short_register_has_nothing_to_find() -> None:
    app = register(3)
    assert shown(app) == 3
    assert not app.text_input
