"""What rows are called."""

from __future__ import annotations

from nethealth.workbook.schema.tabs import EMERGENT
from nethealth.workbook.updates.row_ids import row_ids

FIELDS = {"name": 0, "collaborators": 1, "status": 2, "entry_id": 3}


def ids(*rows: list[str]) -> list[str]:
    return list(row_ids([["Name"], *rows], tab=EMERGENT, fields=FIELDS, header_row=0).values())


def test_mark_follows_the_required_columns_alone() -> None:
    (first,) = ids(["Circle", "Ana", "Forming"])
    assert ids(["circle ", "Ana", "Active"]) == [first]
    assert ids(["Circle", "Ana; Bo", "Forming"]) != [first]
    assert len(first) == 14


def test_entry_id_wins_and_equal_rows_are_numbered() -> None:
    assert ids(["Circle", "Ana", "", "NH-1"]) == ["NH-1"]
    (first,) = ids(["Circle", "Ana"])
    assert ids(["Circle", "Ana"], [], ["Circle", "Ana"]) == [first, f"{first}-2"]
