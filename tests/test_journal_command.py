"""The command `journal`: what people recorded, from outside the app."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest

from nethealth.__main__ import main
from nethealth.contributions.entries import EntryState
from nethealth.contributions.journal import Journal
from nethealth.contributions.recording import new_entry

NOW = dt.datetime(2025, 11, 30, tzinfo=dt.UTC)
"""Longer ago than entries are kept."""


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Journal:
    """A journal with an entry that waits for a reason, and a folder without secrets to run commands in."""
    monkeypatch.setenv("NETHEALTH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    made = Journal.in_file(tmp_path / "data" / "journal.db", now=NOW.timestamp)
    heard = {"Member": "Ana Ruiz", "What we heard": "one\x0btwo\nthree"}
    entries = [new_entry("sheet:a", "Weaving", heard, author="", now=NOW) for _ in range(2)]
    made.record(entries)
    made.mark([entries[0].id], EntryState.WAITING, reason="The tab is protected.")
    made.mark([entries[1].id], EntryState.DELIVERED)
    return made


def test_list_shows_what_waits_and_why(journal: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[::2]] == ["waiting", "delivered"]
    assert "The tab is protected." in lines[1]
    assert "one\\x0btwo\\nthree" in lines[0]
    assert "1 waiting" in lines[-1]


def test_list_as_json(journal: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "list", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [entry["state"] for entry in printed["entries"]] == ["waiting", "delivered"]
    assert printed["entries"][0]["cells"]["Member"] == "Ana Ruiz"
    assert (printed["totals"]["waiting"], printed["notices"]) == (1, [])


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv", "OUT.JSON"])
def test_export_writes_every_entry(journal: Journal, name: str, tmp_path: Path) -> None:
    assert main(["journal", "export", name]) == 0
    content = (tmp_path / name).read_bytes()
    if name == "out.xlsx":
        assert openpyxl.load_workbook(tmp_path / name)["Weaving"].max_row == 3
    else:
        assert content.count(b"Ana Ruiz") == 2


def test_export_says_what_it_cut(journal: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    journal.record([new_entry("sheet:a", "Weaving", {"What we heard": "x" * 40_000}, author="", now=NOW)])
    main(["journal", "export", "out.csv"])
    assert ".json" in capsys.readouterr().err


def test_unknown_file_type_is_a_wrong_argument(journal: Journal, tmp_path: Path) -> None:
    assert main(["journal", "export", "out.pdf"]) == 2
    assert main(["journal", "export", "missing/out.csv"]) == 2


def test_retry_forgets_the_reason(journal: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "retry"]) == 0
    assert "1 entry" in capsys.readouterr().out
    assert {entry.reason for entry in journal.all_entries()} == {""}


def test_prune_deletes_old_entries_that_the_workbook_has(journal: Journal) -> None:
    assert main(["journal", "prune"]) == 0
    assert [entry.state for entry in journal.all_entries()] == [EntryState.WAITING]


def test_empty_journal_creates_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NETHEALTH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    assert main(["journal", "list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert not (tmp_path / "data").exists()


def test_wrong_setting_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text('[journal]\nurl = "mysql://app:hush@db/x"')
    monkeypatch.chdir(tmp_path)
    assert main(["journal", "list"]) == 3
    printed = capsys.readouterr()
    assert "[journal]" in printed.err
    assert "hush" not in printed.out + printed.err
