"""Where entries go in a reading, and whether they are there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from nethealth.contributions.entries import Entry
from nethealth.contributions.placing import Reading
from nethealth.sources.sheet_writer import Place
from nethealth.workbook.raw import RawTab, RawWorkbook

NOW = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)
HEADERS = ["Date", "Weaver", "Member", "Done", "Entry ID"]


def reading(**tabs: list[list[Any]]) -> Reading:
    found = [RawTab(title, rows, url=f"https://x/edit#gid={at}") for at, (title, rows) in enumerate(tabs.items())]
    return Reading(RawWorkbook("Network", found, NOW))


def talk(number: int = 1, **cells: Any) -> Entry:
    return Entry(
        id=f"NH-{number:013}",
        workbook="sheet:a",
        tab="Weaving",
        cells={"Date": dt.date(2026, 11, 30), "Weaver": "Bo", "Member": "Ana", **cells},
        recorded_at=NOW,
    )


def test_rows_start_where_the_table_starts() -> None:
    headers = ["", "", "Member", "", "Weaver", "Date", "Entry ID"]
    plan = reading(Weaving=[["Our log"], headers, ["", "x", "Cy"]]).plan([talk()])
    (batch,) = plan.batches
    assert (batch.title, batch.header) == ("Weaving", Place(1, 2))
    assert batch.rows == ((None, "Ana", None, "Bo", 46356, "NH-0000000000001"),)


def test_long_entries_are_spread_over_requests() -> None:
    entries = [talk(number, **{"Done": "x" * 40_000}) for number in range(60)]
    plan = reading(Weaving=[HEADERS]).plan(entries)
    assert [len(batch.rows) for batch in plan.batches] == [24, 24, 12]
    assert [entry for batch in plan.batches for entry in batch.entries] == entries


def test_what_is_missing_is_named_by_field() -> None:
    empty = reading(Weaving=[]).plan([talk()])
    assert empty.missing == {"Weaving": {"date", "weaver", "member", "entry_id"}}
    assert reading(Weaving=[HEADERS]).plan([talk(Due=dt.date(2026, 12, 1))]).missing == {"Weaving": {"due"}}


def test_entry_that_fits_nowhere_waits_with_a_reason() -> None:
    form = reading(Connections=[["Timestamp", "From", "To"]])
    tie = Entry(id="NH-1", workbook="w", tab="Connections", cells={"From": "Ana", "To": "Bo"}, recorded_at=NOW)
    assert "form" in form.plan([tie]).waiting["NH-1"]
    assert "Update the app" in reading(Weaving=[HEADERS]).plan([talk(Mood="good")]).waiting["NH-0000000000001"]
    assert "50,000" in reading(Weaving=[HEADERS]).plan([talk(Done="x" * 50_001)]).waiting["NH-0000000000001"]
    assert "Date" in reading(Weaving=[["Day", "Weaver"], [1, "Bo"]]).plan([talk()]).waiting["NH-0000000000001"]


def test_row_counts_wherever_people_moved_it() -> None:
    moved = reading(Weaving=[HEADERS], Archive=[["x", " NH-0000000000001 "]])
    assert moved.has(talk())
    assert moved.repair(talk()) is None
    assert not moved.has(talk(2))


def test_id_in_a_change_is_not_the_row() -> None:
    updates = [["Row", "Field", "Value", "Entry ID"], ["NH-0000000000001", "Done", "yes", "NH-0000000000002"]]
    found = reading(Weaving=[HEADERS], Updates=updates)
    change = Entry(
        id="NH-0000000000002",
        workbook="sheet:a",
        tab="Updates",
        cells={"Row": "NH-0000000000001", "Field": "Done", "Value": "yes"},
        recorded_at=NOW,
    )
    assert not found.has(talk())
    assert found.has(change)


def test_row_in_its_columns_needs_no_repair() -> None:
    assert reading(Weaving=[HEADERS, [46356.0, "Bo", " Ana ", False, "NH-0000000000001"]]).repair(talk()) is None


def test_row_whose_columns_moved_is_written_anew() -> None:
    headers = ["Weaver", "Notes", "Date", "Member", "Entry ID"]
    found = reading(Weaving=[headers, ["Cy"], [46356, "Bo", "Ana", False, "NH-0000000000001"]])
    repair = found.repair(talk())
    assert repair is not None
    assert (repair.title, repair.start) == ("Weaving", Place(2, 0))
    assert repair.cells == ("Bo", "", 46356, "Ana", "NH-0000000000001")


def test_row_above_the_headers_is_blanked() -> None:
    found = reading(Weaving=[[46356, "Bo", "Ana", "", "NH-0000000000001"], HEADERS])
    repair = found.repair(talk())
    assert repair is not None
    assert repair.is_above_headers
    assert repair.cells == ("", "", "", None, "")


def test_row_that_someone_edited_stays() -> None:
    assert reading(Weaving=[HEADERS, [46356, "Di", "Ana", "", "NH-0000000000001"]]).repair(talk()) is None


def test_dates_in_neighboring_rows_are_formatted_together() -> None:
    rows = [[46356, "Bo", "Ana", "", f"NH-{number:013}"] for number in (1, 2, 4)]
    found = reading(Weaving=[HEADERS, *rows[:2], ["typed"], rows[2]])
    formats = [request["repeatCell"] for request in found.date_formats([talk(1), talk(2), talk(4)])]
    places = [(each["range"]["startRowIndex"], each["range"]["endRowIndex"]) for each in formats]
    assert places == [(1, 3), (4, 5)]
    assert {each["fields"] for each in formats} == {"userEnteredFormat.numberFormat"}
