"""The rules of the house: which way imports go, who knows Streamlit, where pages lie."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "nethealth"

DOMAINS = ("network", "infrastructure", "experience", "emergence", "mindset", "weaving")
LEAVES = {
    *("privacy", "disclosure", "private_files", "person_codes", "definitions", "errors", "passcodes", "proportions"),
    "figures.palette",
}
MAY_IMPORT: dict[str, set[str]] = {
    "privacy": set(),
    "disclosure": set(),
    "private_files": set(),
    "person_codes": set(),
    "definitions": set(),
    "errors": set(),
    "passcodes": set(),
    "proportions": set(),
    "workbook": set(),
    "sources": {"workbook"},
    **{domain: {"workbook"} for domain in DOMAINS},
    "measures": {"workbook", *DOMAINS},
    "figures": {"workbook", "measures", *DOMAINS},
    "story": {"workbook", "measures", "figures", *DOMAINS},
    "ui": {"workbook", "sources", "measures", "figures", "story", *DOMAINS},
    "__main__": {"workbook", "sources", "measures", "figures", "story", *DOMAINS},
}


def room_of(path: Path) -> str:
    """The part of the package that a file belongs to."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Every module of the package that a file imports, at any depth, below `nethealth.`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path} imports relatively"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.removeprefix("nethealth.") for name in found if name.startswith("nethealth.")}


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down_only(path: Path) -> None:
    room = room_of(path)
    assert room in MAY_IMPORT, f"{path} belongs to no room of the house"
    for name in imported(path):
        if any(name == leaf or name.startswith(f"{leaf}.") for leaf in LEAVES) or name == "__version__":
            continue
        target = name.split(".")[0]
        assert target == room or target in MAY_IMPORT[room], f"{path.relative_to(ROOT)} must not import {name}"


def test_palette_is_a_leaf() -> None:
    assert imported(PACKAGE / "figures" / "palette.py") == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_interface_knows_streamlit(path: Path) -> None:
    knows = re.search(r"^\s*(import|from)\s+streamlit", path.read_text(encoding="utf-8"), re.M)
    assert not knows or room_of(path) == "ui"


def test_pages_lie_in_folders_below_pages() -> None:
    assert list((ROOT / "pages").glob("*.py")) == []
    assert list((ROOT / "pages").glob("*/*.py"))


PAGES = sorted((ROOT / "pages").rglob("*.py"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_asks_and_shows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    tree = ast.parse(text)
    assert not any(isinstance(node, ast.While | ast.AsyncFor) for node in ast.walk(tree))
    imports = {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names
    }
    assert not imports & {"networkx", "igraph", "pandas", "plotly", "pyvis", "gspread"}


def test_the_front_door_is_small() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) < 60


def test_modules_are_small_and_named_for_the_domain() -> None:
    for path in MODULES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 500, path
        assert not re.fullmatch(r"(utils?|helpers?|common|misc|manager|service)s?", path.stem), path
