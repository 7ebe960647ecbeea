"""Tests mirror the code: `nethealth/a/b.py` is tested in `tests/a/test_b.py`, and few modules have no such file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "nethealth"
TESTS = ROOT / "tests"

MIRRORED = sorted(
    folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists() and (TESTS / folder.name).exists()
)
"""The folders of tests that mirror a package. Those in `browser`, `docs`, and `pages` follow what people open."""

PUBLIC = re.compile(r"^\s*def [a-z]", re.MULTILINE)

ACROSS_MODULES = {
    "infrastructure/test_from_the_sheet.py": "typed dates, from the cells to the counts",
    "infrastructure/test_viewer_counts.py": "every table, for staff and for viewers",
    "network/metrics/test_published_values.py": "networks from the literature, through all metrics",
    "network/test_viewer_secrets.py": "what viewers would see if a secret differed, in all domains",
    "sources/test_hostile_files.py": "files of every format, made to do harm",
    "sources/test_in_own_process.py": "all sources in a process of their own",
    "sources/test_sheets_server.py": "the Sheets server of the tests, against recordings of the real one",
    "ui/test_look.py": "style sheets",
    "workbook/readers/test_form_exports.py": "exports of forms, through all readers",
    "workbook/test_any_cell.py": "any cell in any tab, through all readers",
    "workbook/test_as_people_type.py": "slips that people make, through all readers",
}
"""Test files that mirror no module, and what they test instead."""


def mirrors_code(test: Path, *, package: Path) -> bool:
    """True if a test file is where the tests of a module or a package belong; `test` is relative to the tests."""
    name = test.stem.removeprefix("test_")
    here = package / test.parent
    return (here / f"{name}.py").exists() or (here / name / "__init__.py").exists()


def modules_to_test() -> Iterator[str]:
    """Yield the modules outside `ui` that define a public function. Those in `ui` draw pages, as in tests/pages."""
    for folder in MIRRORED:
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            if folder != "ui" and path.name != "__init__.py" and PUBLIC.search(path.read_text(encoding="utf-8")):
                yield path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("folder", MIRRORED)
def test_test_files_mirror_modules(folder: str) -> None:
    found = [path.relative_to(TESTS) for path in (TESTS / folder).rglob("test_*.py")]
    assert found
    strays = {path.as_posix() for path in found if not mirrors_code(path, package=PACKAGE)}
    assert strays == {name for name in ACROSS_MODULES if name.startswith(f"{folder}/")}


def test_modules_have_tests_of_their_own() -> None:
    untested = {name for name in modules_to_test() if not (TESTS / name).with_name(f"test_{Path(name).name}").exists()}
    assert untested == set()


def test_a_planted_stray_is_found(tmp_path: Path) -> None:
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "__init__.py").touch()
    (tmp_path / "graph.py").touch()
    assert mirrors_code(Path("test_graph.py"), package=tmp_path)
    assert mirrors_code(Path("test_charts.py"), package=tmp_path)
    assert not mirrors_code(Path("charts/test_graph.py"), package=tmp_path)
