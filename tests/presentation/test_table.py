"""Tables as data frames, as HTML, and as files: typed, readable, and harmless."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.presentation.table import (
    Column,
    Format,
    Sorting,
    Table,
    csv_bytes,
    harmless,
    table_html,
)
from nethealth.privacy.suppression import TooFew

COLUMNS = (
    Column("Name"),
    Column("Ties", Format.NUMBER),
    Column("Share", Format.SHARE),
    Column("Joined", Format.DATE),
    Column("Tags"),
    Column("Clicks", Format.NUMBER),
    Column("Nothing", Format.NUMBER),
    Column("Here"),
    Column("Link", Format.LINK),
)
ROW = {
    "Name": "=HYPERLINK(1)",
    "Ties": 4,
    "Share": 0.25,
    "Joined": dt.date(2025, 1, 2),
    "Tags": ("a", "b"),
    "Clicks": TooFew(5),
    "Nothing": None,
    "Here": True,
    "Link": "javascript:alert(1)",
}
TABLE = Table.of(COLUMNS, [ROW])


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_csv_has_plain_values() -> None:
    (row,) = read(csv_bytes(TABLE))
    assert row == {
        "Name": "'=HYPERLINK(1)",
        "Ties": "4",
        "Share": "0.25",
        "Joined": "2025-01-02",
        "Tags": "a; b",
        "Clicks": "fewer than 5",
        "Nothing": "",
        "Here": "yes",
        "Link": "javascript:alert(1)",
    }


def test_csv_without_rows_has_headers() -> None:
    assert csv_bytes(Table.of({"a": Format.TEXT}, [])) == b"\xef\xbb\xbfa\r\n"


def test_frame_is_typed_and_marks_hidden_values() -> None:
    frame = TABLE.frame()
    assert [str(frame[header].dtype) for header in ("Ties", "Share", "Clicks")] == ["Int64", "Float64", "object"]
    assert str(frame["Joined"].dtype).startswith("datetime64")
    assert frame["Clicks"][0] == TooFew(5)


@pytest.mark.parametrize("sign", "=+-@＝＋－＠﹦﹢﹣﹫")
@pytest.mark.parametrize("before", ["", " ", "\t", "\u00a0", "\u3000", "\u200b", "\ufeff", "\ufe0f", "\x00", "\n"])
def test_formula_behind_anything_invisible_is_text(before: str, sign: str) -> None:
    text = f"{before}{sign}1+1"
    assert harmless(text) == f"'{text}"
    assert harmless(f"x{text}") == f"x{text}"


@pytest.mark.parametrize("text", ["", " ", "1 = 1", "Ana", "“=1”", "→ -1", "½", "#1", "(+1)", "\u200bAna", "🙂 = +"])
def test_other_text_stays_as_typed(text: str) -> None:
    assert harmless(text) == text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_no_text_starts_as_a_formula(text: str) -> None:
    table = Table.of({"h": Format.TEXT, "x": Format.NUMBER}, [{"h": text, "x": 1}])
    (_, (first, _)) = csv.reader(io.StringIO(csv_bytes(table).decode("utf-8-sig"), newline=""))
    assert first[:1] not in {"=", "+", "-", "@", "\t", "\r"}


def test_html_escapes_cells_and_links_web_addresses_only() -> None:
    rows = [{"Name": "<b>Ana</b>", "Link": "javascript:alert(1)"}, {"Name": "Bo", "Link": "https://example.org/a?b&c"}]
    html = table_html(Table.of((Column("Name"), Column("Link", Format.LINK)), rows), label='"People"')
    assert "<b>" not in html
    assert "&lt;b&gt;Ana" in html
    assert html.count("href") == 1
    assert 'href="https://example.org/a?b&amp;c"' in html


def test_html_leaves_a_missing_link_empty_and_marks_a_missing_number() -> None:
    columns = (Column("Name"), Column("Link", Format.LINK), Column("Ties", Format.NUMBER))
    html = table_html(Table.of(columns, [{"Name": "Ana", "Link": None, "Ties": None}]), label="People")
    assert 'data-label="Link"></td>' in html
    assert 'data-label="Ties">–</td>' in html


def test_html_marks_the_sorted_column() -> None:
    table = Table((Column("Name"), Column("Ties", Format.NUMBER)), (ROW,), Sorting("Ties", True, "Most ties first"))
    html = table_html(table, label="People")
    assert html.count("aria-sort") == 1
    assert 'aria-sort="descending">Ties' in html
    assert "<caption>Most ties first" in html


def test_screen_leaves_out_empty_columns_and_those_for_files() -> None:
    columns = (
        Column("Name"),
        Column("Note"),
        Column("Came"),
        Column("Of", on_screen=False),
        Column("Who", in_file=False),
    )
    table = Table.of(columns, [{"Name": "", "Came": 3, "Of": 4, "Who": "3 of 4"}])
    assert table.for_screen().headers == ("Name", "Came", "Who")
    assert table.for_file().headers == ("Name", "Note", "Came", "Of")
