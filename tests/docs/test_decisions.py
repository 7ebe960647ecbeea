"""The decision records name files and functions that exist, and their list has them all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECORDS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
CODE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "nethealth").rglob("*.py"))
STREAMLITS = ("st.", "--")


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_named_code_exists(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    paths = re.findall(r"`(nethealth/[\w./]+)`", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []
    modules = re.findall(r"`(\w+\.py)`", text)
    assert [name for name in modules if not list((ROOT / "nethealth").rglob(name))] == []
    names = [name for name in re.findall(r"`((?:\w+\.)*\w*_\w+)`", text) if not name.startswith(STREAMLITS)]
    assert [name for name in names if not re.search(rf"\bdef {name.rpartition('.')[2]}\b", CODE)] == []


def test_list_has_every_record_by_its_title() -> None:
    listed = re.findall(r"\[(.+?)\]\((.+?)\)", (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8"))
    assert listed == [
        (record.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# "), record.name) for record in RECORDS
    ]
