"""The journal as a file: every entry is there, and no spreadsheet runs what people typed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import openpyxl

from nethealth.contributions.entries import Entry, EntryState
from nethealth.contributions.journal_file import as_csv, as_json, as_xlsx, cells_cut_in_tables, state_totals

AT = dt.datetime(2026, 11, 30, 14, 5, tzinfo=dt.UTC)
TALK = Entry(
    id="NH-1",
    workbook="sheet:a",
    tab="Weaving",
    cells={"What we heard": "=1+1 🎉", "Member": "Ana Ruiz", "Date": dt.date(2026, 11, 29), "Done": False},
    recorded_at=AT,
    author="bo@example.org",
)
OTHER = Entry(
    id="NH-2",
    workbook="sheet:a",
    tab="Connections",
    cells={"From": "Ana Ruiz", "To": "Bo Lind", "Strength": 3},
    recorded_at=AT,
    state=EntryState.UNCERTAIN,
    reason="Google didn’t answer.",
)


def test_workbook_has_a_tab_for_each_tab() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([TALK, OTHER])))
    assert book.sheetnames == ["Weaving", "Connections"]
    headers, row = (list(cells) for cells in book["Weaving"].iter_rows(values_only=True))
    assert headers[:3] == ["Date", "Member", "What we heard"]
    values = dict(zip(headers, row, strict=True))
    assert f"{values['Date']:%Y-%m-%d}" == "2026-11-29"
    assert values["What we heard"] == "'=1+1 🎉"
    assert (values["Entry ID"], values["Recorded by"]) == ("NH-1", "bo@example.org")
    assert book["Connections"]["C2"].value == 3


def test_empty_journal_is_a_file_too() -> None:
    assert openpyxl.load_workbook(io.BytesIO(as_xlsx([]))).sheetnames == ["Entries"]
    assert json.loads(as_json([])) == {"entries": []}


def test_table_has_all_tabs() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv([TALK, OTHER]).decode("utf-8-sig"))))
    assert [(row["Tab"], row["Entry ID"], row["Entry state"]) for row in rows] == [
        ("Weaving", "NH-1", "waiting"),
        ("Connections", "NH-2", "uncertain"),
    ]
    assert (rows[0]["Strength"], rows[1]["Strength"], rows[1]["Waits because"]) == ("", "3", OTHER.reason)


def test_json_is_exact() -> None:
    long = Entry(id="NH-3", workbook="w", tab="Weaving", cells={"What we heard": "x" * 50_000}, recorded_at=AT)
    first, _, third = json.loads(as_json([TALK, OTHER, long]))["entries"]
    assert first["cells"] == {**TALK.cells, "Date": "2026-11-29"}
    assert first["recorded_at"] == "2026-11-30T14:05:00+00:00"
    assert third["cells"] == long.cells
    assert cells_cut_in_tables([TALK, OTHER, long]) == 1


def test_every_state_is_counted() -> None:
    assert state_totals([TALK, OTHER, OTHER]) == {"waiting": 1, "uncertain": 2, "delivered": 0, "undone": 0}
