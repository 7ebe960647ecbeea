"""What has been in the workbook for long leaves the journal."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from nethealth.contributions.entries import EntryState
from nethealth.contributions.journal import Journal
from nethealth.contributions.opening import app_journal
from nethealth.contributions.recording import new_entry
from nethealth.ui.server import pruning

NOW = dt.datetime.now(dt.UTC)


def test_only_what_has_arrived_goes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NETHEALTH_DATA_DIR", str(tmp_path))
    arrived, waiting = (new_entry("sheet:a", "Weaving", {"Member": "Ana"}, author="", now=NOW) for _ in range(2))
    long_ago = Journal.in_file(tmp_path / "journal.db", now=lambda: NOW.timestamp() - 91 * 86_400)
    long_ago.record([arrived, waiting])
    long_ago.mark([arrived.id], EntryState.DELIVERED)
    long_ago.close()
    pruning.prune()
    assert [entry.id for entry in app_journal({}).entries("sheet:a")] == [waiting.id]


def test_no_journal_is_made_to_prune_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NETHEALTH_DATA_DIR", str(tmp_path))
    pruning.prune()
    assert list(tmp_path.iterdir()) == []
