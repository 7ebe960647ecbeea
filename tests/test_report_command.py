"""The command `report`: each kind of file, and plain words where it can't be made."""

from __future__ import annotations

from pathlib import Path

import pytest

from nethealth.__main__ import main


def test_report_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.html"
    options = ["--audience", "funder", "--since", "2026-01-01", "--as-of", "2026-11-30"]
    assert main(["report", "sample", str(out), *options]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert str(out) in printed.err
    assert "Writing: what members say" in printed.err
    page = out.read_text(encoding="utf-8")
    assert "January 1, 2026 to November 30, 2026" in page
    assert len(page) < 3_000_000


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["report.pdf"], "ends in one of .docx, .pptx, .html"),
        (["report.html", "--since", "2026-12-01", "--as-of", "2026-11-30"], "before it starts"),
        (["none/report.html"], "couldn’t write"),
    ],
)
def test_wrong_arguments_say_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["report", "sample", str(tmp_path / arguments[0]), *arguments[1:]]) == 2
    assert words in capsys.readouterr().err
