"""The commands `snapshot` and `history`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nethealth.__main__ import main


@pytest.fixture
def members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NETHEALTH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "Members.csv"
    file.write_text("Name,Joined\nAna Ruiz,2024-01-01\nBo Lind,2024-02-01\n", encoding="utf-8")
    return file


def test_snapshot_is_kept_once(members: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["snapshot", str(members)]) == 0
    assert capsys.readouterr().out.startswith("Kept ")
    members.write_text(members.read_text(encoding="utf-8") + "Cy Tan,2024-03-01\n", encoding="utf-8")
    assert main(["snapshot", str(members)]) == 0
    assert capsys.readouterr().out.startswith("Replaced ")
    assert main(["snapshot", str(members)]) == 0
    assert "No number has changed" in capsys.readouterr().out
    assert main(["history", "export", "history.json"]) == 0
    (snapshot,) = json.loads(Path("history.json").read_text(encoding="utf-8"))["snapshots"]
    assert snapshot["numbers"]["members"] == 3
    assert "Ana" not in json.dumps(snapshot)


def test_snapshot_respects_the_setting(members: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secrets = Path(".streamlit/secrets.toml")
    secrets.parent.mkdir()
    secrets.write_text("[journal]\nkeep_history = false\n", encoding="utf-8")
    assert main(["snapshot", str(members)]) == 2
    assert "keep_history = true" in capsys.readouterr().err
    assert main(["history", "export", "history.json"]) == 0
    assert json.loads(Path("history.json").read_text(encoding="utf-8")) == {"snapshots": []}


def test_history_as_a_table_and_pruned(members: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["snapshot", str(members)])
    assert main(["history", "export", "history.csv"]) == 0
    lines = Path("history.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "workbook,day,metric,value"
    assert any(line.endswith(",members,2.0") for line in lines)
    assert main(["history", "prune", "--before", "2100-01-01"]) == 0
    assert "1 snapshot" in capsys.readouterr().out


def test_other_endings_are_refused(members: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "export", str(members.with_suffix(".pdf"))]) == 2
    assert "Use .csv or .json" in capsys.readouterr().err
