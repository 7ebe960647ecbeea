"""Each change that CONTRIBUTING.md shows is applied to a copy of the project, and does there what the page says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COPIED = ("nethealth", "pages", "static", "data", ".streamlit", "docs")

Change = Callable[[str], Path]


def diff_named(name: str) -> str:
    """The one diff of this name on the page."""
    (found,) = re.findall(rf"^```diff {name}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def apply(diff: str, folder: Path) -> None:
    """Apply a diff whose hunks have no line numbers: each must fit exactly one place of its file."""
    for old, new, hunks in re.findall(r"^--- (\S+)\n\+\+\+ b/(\S+)\n((?:(?!--- ).*\n)+)", diff, re.MULTILINE):
        file = folder / new
        text = "" if old == "/dev/null" else file.read_text(encoding="utf-8")
        for hunk in re.split(r"^@@\n", hunks, flags=re.MULTILINE)[1:]:
            lines = hunk.splitlines(keepends=True)
            before = "".join(line[1:] for line in lines if line[0] in " -")
            after = "".join(line[1:] for line in lines if line[0] in " +")
            if before:
                assert text.count(before) == 1, f"{new}: this must be there once:\n{before}"
                text = text.replace(before, after)
            else:
                text += after
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


@pytest.fixture
def change(tmp_path: Path) -> Change:
    """Copies the project and applies a diff of the page to it."""

    def changed(name: str) -> Path:
        for part in COPIED:
            shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "secrets.toml"))
        shutil.copy(ROOT / "app.py", tmp_path)
        apply(diff_named(name), tmp_path)
        return tmp_path

    return changed


def run(code: str, folder: Path) -> str:
    """What a Python program prints that runs in the copy."""
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


READ_VENUE = """
import datetime as dt
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.schema.tabs import CONVENINGS
rows = (("Date", "Title", "Place"), ("2026-03-02", "Spring", "Elm Hall"))
(spring,) = read_workbook(
    RawWorkbook(title="W", read_at=dt.datetime.now(dt.UTC), tabs=(RawTab(title="Convenings", rows=rows),))
).convenings
print(spring.venue, "Venue" in [column.name for column in CONVENINGS.columns.values()])
"""

COUNT_SINGLE_TIES = """
from nethealth.network.graph import network_at
from nethealth.network.metrics.definitions import METRICS
from nethealth.network.metrics.network_metrics import compute_network_metrics
from nethealth.workbook.records import Connection, Person, Workbook
people = {key: Person(key=key, name=key) for key in ("ana", "bo", "cy", "di")}
ties = (Connection(source="ana", target="bo"), Connection(source="bo", target="cy"))
found = compute_network_metrics(network_at(Workbook(people=people, connections=ties)))
print([(metric.label, metric.value(found)) for metric in METRICS["network"] if metric.id == "single_ties"])
"""

OPEN_PAGE = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("{folder}/app.py", default_timeout=600).run()
app.switch_page("pages/together/newcomers.py").run()
print(len(app.exception), app.title[0].value, [button.proto.label for button in app.get("download_button")])
"""


def test_a_new_column_is_read_by_its_name_and_alias(change: Change) -> None:
    assert run(READ_VENUE, change("column")) == "Elm Hall True\n"


def test_a_new_metric_is_counted_and_defined(change: Change) -> None:
    assert run(COUNT_SINGLE_TIES, change("metric")) == "[('People with one connection', 2)]\n"


def test_a_new_page_opens(change: Change) -> None:
    folder = change("page")
    assert run(OPEN_PAGE.format(folder=folder), folder).startswith("0 Newcomers ['Newcomers")


def test_a_hunk_that_fits_nowhere_fails(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one\n")
    with pytest.raises(AssertionError, match="must be there once"):
        apply("--- a/a.py\n+++ b/a.py\n@@\n two\n+three\n", tmp_path)
