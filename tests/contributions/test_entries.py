"""IDs of entries."""

from __future__ import annotations

from pathlib import Path

from nethealth.contributions.entries import ID_PREFIX, new_entry_id, opened_key, workbook_key
from nethealth.sources.references import FileReference, SampleReference, SheetReference


def test_ids_differ_and_are_text_in_a_spreadsheet() -> None:
    ids = {new_entry_id() for _ in range(1_000)}
    assert len(ids) == 1_000
    assert all(each.startswith(ID_PREFIX) and len(each) == 16 for each in ids)


def test_keys_follow_the_workbook(tmp_path: Path) -> None:
    assert workbook_key(SheetReference("abc")) == "sheet:abc"
    assert workbook_key(FileReference(tmp_path / "a.xlsx")) != workbook_key(FileReference(tmp_path / "b.xlsx"))
    assert workbook_key(SampleReference()) == "sample"
    assert opened_key([b"a", b"b"]) != opened_key([b"ab"])
