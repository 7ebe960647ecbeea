"""The app's journal: where the secrets say, else in the app's own folder, closed to others."""

from __future__ import annotations

import datetime as dt
import stat
from pathlib import Path

import pytest

from nethealth.contributions.opening import app_journal
from nethealth.contributions.recording import new_entry


def test_own_file_is_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    monkeypatch.setenv("NETHEALTH_DATA_DIR", str(folder))
    journal = app_journal({})
    assert journal.version("sample") == 0
    assert list(folder.iterdir()) == []
    journal.record(
        [new_entry("sample", "Weaving", {"Member": "Ana"}, author="", now=dt.datetime(2026, 11, 30, tzinfo=dt.UTC))]
    )
    files = sorted(folder.iterdir())
    assert "journal.db" in [file.name for file in files]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert app_journal({}) is journal
    journal.close()


def test_secrets_name_another_database(tmp_path: Path) -> None:
    url = str(tmp_path / "other.db")
    journal = app_journal({"journal": {"url": url}})
    assert app_journal({"journal": {"url": url}}) is journal
    assert app_journal({}) is not journal
