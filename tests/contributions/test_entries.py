"""IDs of entries."""

from __future__ import annotations

from nethealth.contributions.entries import ID_PREFIX, new_entry_id


def test_ids_differ_and_are_text_in_a_spreadsheet() -> None:
    ids = {new_entry_id() for _ in range(1_000)}
    assert len(ids) == 1_000
    assert all(each.startswith(ID_PREFIX) and len(each) == 16 for each in ids)
