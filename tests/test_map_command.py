"""The command `map`: a file that works offline, and plain words where it can't be made."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from nethealth.__main__ import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tabs = {
        "Settings": [["Setting", "Value"], ["Names", "initials"], ["Color map by", "Region"]],
        "Members": [["Name", "Region", "Email"], ["Ana Zurbano", "North", "a@example.org"], ["Bo Lind", "South", ""]],
        "Connections": [["From", "To", "Wave", "Date"], ["Ana Zurbano", "Bo Lind", "Spring 2025", "2025-03-01"]],
    }
    book = tmp_path / "book"
    book.mkdir()
    for title, rows in tabs.items():
        with (book / f"{title}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return book


def test_map_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "map.html"
    assert main(["map", "sample", str(out), "--colour-by", "region", "--wave", "SPRING 2025", "--rule", "both"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert str(out) in printed.err
    text = out.read_text(encoding="utf-8")
    assert "Spring 2025" in text
    assert "example.org" not in text


def test_names_option_only_adds_privacy(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "map.html"
    assert main(["map", str(folder), str(out), "--names", "names"]) == 0
    assert "shows initials" in capsys.readouterr().err
    assert "Zurbano" not in out.read_text(encoding="utf-8")
    assert main(["map", str(folder), str(out), "--names", "codes"]) == 0
    assert "shows" not in capsys.readouterr().err


def test_identifying_column_colors_no_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "map.html"
    for names, is_colored in (("names", True), ("codes", False)):
        assert main(["map", "sample", str(out), "--color-by", "Role", "--names", names]) == 0
        assert ("one color" in capsys.readouterr().err) is not is_colored
        assert ("Mathematics teacher" in out.read_text(encoding="utf-8")) is is_colored


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["map.pdf"], "map.pdf"),
        (["map.html", "--wave", "nowhen"], "Spring 2025"),
        (["map.html", "--colour-by", "Shoe size"], "Region"),
        (["nowhere/map.html"], "nowhere"),
    ],
)
def test_wrong_option_exits_with_two(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["map", str(folder), str(tmp_path / arguments[0]), *arguments[1:]]) == 2
    assert words in capsys.readouterr().err
    assert list(tmp_path.glob("*.html")) == []


def test_unreadable_workbook_exits_with_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK no workbook")
    assert main(["map", str(broken), str(tmp_path / "map.html")]) == 3
    assert "Traceback" not in capsys.readouterr().err
