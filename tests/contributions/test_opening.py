"""The app's journal: where the secrets say, else in the app's own folder, closed to others."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from nethealth.contributions.opening import app_journal, journal_url


def test_own_file_is_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETHEALTH_DATA_DIR", str(tmp_path / "data"))
    journal = app_journal({})
    journal.version("sample")
    files = sorted((tmp_path / "data").iterdir())
    assert "journal.db" in [file.name for file in files]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert app_journal({}) is journal
    journal.close()


def test_secrets_name_another_database() -> None:
    assert journal_url({"journal": {"url": "postgresql+psycopg://db/app"}}) == "postgresql+psycopg://db/app"
