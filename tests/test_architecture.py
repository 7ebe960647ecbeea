"""The structure of the code: which way imports go, who knows Streamlit, where pages are."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Mapping, Set
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "nethealth"

DOMAINS = ("network", "experience", "infrastructure", "emergence", "weaving", "mindset")
FOUNDATIONS = frozenset({"cache", "errors", "executor", "metric", "proportions", "workbook", "privacy"})
"""What every domain may use. The workbook's reader masks and redacts, so workbook and privacy know each other."""

MAY_IMPORT: Mapping[str, frozenset[str]] = {
    "cache": frozenset(),
    "errors": frozenset(),
    "executor": frozenset(),
    "metric": frozenset(),
    "proportions": frozenset(),
    "workbook": frozenset({"cache", "errors", "privacy"}),
    "privacy": frozenset({"errors", "workbook", "proportions"}),
    "sources": frozenset({"errors", "workbook", "privacy"}),
    "presentation": FOUNDATIONS,
    **{domain: FOUNDATIONS | {"presentation"} for domain in DOMAINS},
    "overview": FOUNDATIONS | {"presentation", *DOMAINS},
    "report": FOUNDATIONS | {"presentation", "overview", *DOMAINS},
    "history": FOUNDATIONS | {"contributions", "overview"},
    "contributions": FOUNDATIONS | {"sources", "presentation"},
    "live": FOUNDATIONS | {"contributions", "presentation"},
    "ui": FOUNDATIONS | {"sources", "presentation", "overview", "report", "history", "contributions", "live", *DOMAINS},
    "terminal": frozenset({"errors"}),
    "history_command": FOUNDATIONS | {"contributions", "history", "presentation", "sources", "terminal"},
    "journal_command": FOUNDATIONS | {"contributions", "presentation", "terminal"},
    "__main__": FOUNDATIONS
    | {
        "history_command",
        "journal_command",
        "terminal",
        "sources",
        "presentation",
        "overview",
        "report",
        "contributions",
        *DOMAINS,
    },
}
"""For each part of the package, the other parts that it may import."""

VIEWS = frozenset(
    {
        ("nethealth.workbook.records", "nethealth.workbook.frames"),
        ("nethealth.network.graph", "nethealth.network.frames"),
        ("nethealth.network.graph", "nethealth.network.map.pyvis_view"),
    }
)
"""The only imports that may close a cycle: methods such as `Workbook.frames()` that import a view when called."""
ONLY_IN_UI = "streamlit"
NOT_IN_PAGES = frozenset({"networkx", "igraph", "pandas", "plotly", "pyvis", "gspread"})
MOST_MODULES = 16
"""Modules in one folder, its `__init__` included."""
MOST_LINES = 500
LONGEST_PAGE = 120
LONGEST_APP = 60
VAGUE_WORDS = frozenset(
    {"told", "held", "kept", "standing", "lens", "fate", "lots", "dealt", "silence", "whom", "nought"}
)
"""Words that name nothing: participles and pictures. As a part of a name (`kept_ties`), they may say something."""
NO_NAMES_IN_SCRIPT = re.compile(r"/\*.*?\*/|//[^\n]*|([\"'`])(?:\\.|(?!\1)[^\\\n])*\1", re.DOTALL)
"""Comments and strings of a script."""
VAGUE_NAMES = re.compile(r"(utils?|helpers?|common|misc|manager|service)s?")


@cache
def imported_modules(source: str) -> Set[str]:
    """Every absolute module that a source file imports, at any depth, each with the names taken from it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and "import_module" in ast.unparse(node.func):
            found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    return found


def packages_of(modules: Set[str]) -> set[str]:
    """The top-level packages among them."""
    return {name.split(".")[0] for name in modules}


def part_of(path: Path) -> str:
    """The part of the package that a file belongs to: its first folder, or its own name."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def forbidden_imports(part: str, source: str) -> list[str]:
    """What a file of this part imports against the rules."""
    modules = imported_modules(source)
    parts = {name.split(".")[1] for name in modules if name.startswith("nethealth.")} - {"__version__"}
    wrong = [f"nethealth.{other}" for other in sorted(parts) if other != part and other not in MAY_IMPORT[part]]
    if part != "ui" and ONLY_IN_UI in packages_of(modules):
        wrong.append(ONLY_IN_UI)
    return wrong


def forbidden_in_page(source: str) -> list[str]:
    """What a page imports that belongs in the package."""
    return sorted(packages_of(imported_modules(source)) & NOT_IN_PAGES)


def imports_within(source: str, *, modules: Collection[str]) -> set[str]:
    """Return the modules of the package that a source file imports: inside functions and for types alone too."""
    found = imported_modules(source)
    return {name if name in modules else name.rpartition(".")[0] for name in found if name.startswith("nethealth.")}


def names_in(path: Path) -> set[str]:
    """Return every name that a Python file gives to something, or every word in a script's code, without case."""
    source = path.read_text(encoding="utf-8")
    names = (
        assigned_names(source) if path.suffix == ".py" else set(re.findall(r"\w+", NO_NAMES_IN_SCRIPT.sub(" ", source)))
    )
    return {name.strip("_").casefold() for name in names}


def assigned_names(source: str) -> set[str]:
    """Return every name that a source file gives to a function, class, parameter, or variable."""
    tree = list(ast.walk(ast.parse(source)))
    return (
        {node.name for node in tree if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        | {node.arg for node in tree if isinstance(node, ast.arg)}
        | {node.id for node in tree if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        | {node.attr for node in tree if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
    )


def find_cycle(graph: Mapping[str, set[str]]) -> list[str]:
    """A cycle among modules that import each other, or nothing."""
    done: set[str] = set()

    def walk(name: str, above: list[str]) -> list[str]:
        if name in above:
            return [*above[above.index(name) :], name]
        if name in done:
            return []
        for other in sorted(graph.get(name, ())):
            if other != name and (cycle := walk(other, [*above, name])):
                return cycle
        done.add(name)
        return []

    for name in sorted(graph):
        if cycle := walk(name, []):
            return cycle
    return []


def module_name(path: Path) -> str:
    """The dotted name of a module; of a package that of its folder."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
SOURCES = {module_name(path): path.read_text(encoding="utf-8") for path in MODULES}
MODULE_NAMES = SOURCES.keys()
PAGES = sorted((ROOT / "pages").rglob("*.py"))


def test_imports_go_down() -> None:
    found = {name: forbidden_imports(part_of(path), SOURCES[name]) for name, path in zip(SOURCES, MODULES, strict=True)}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    ("part", "source", "wrong"),
    [
        ("network", "import nethealth.weaving.log", "nethealth.weaving"),
        ("network", "from nethealth.weaving import log", "nethealth.weaving"),
        ("network", "from nethealth import weaving", "nethealth.weaving"),
        ("experience", "def f():\n    from nethealth.ui.session import today", "nethealth.ui"),
        ("presentation", "from nethealth.network.graph import Network as N", "nethealth.network"),
        ("workbook", "from nethealth.presentation import palette", "nethealth.presentation"),
        ("sources", "import importlib\nimportlib.import_module('nethealth.ui.session')", "nethealth.ui"),
        ("overview", "import streamlit as st", "streamlit"),
        ("overview", "from streamlit.runtime import caching", "streamlit"),
        ("errors", "from nethealth.workbook.records import Workbook", "nethealth.workbook"),
    ],
)
def test_a_planted_violation_is_found(part: str, source: str, wrong: str) -> None:
    assert forbidden_imports(part, source) == [wrong]


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("import plotly.graph_objects as go", "plotly"),
        ("from networkx import Graph", "networkx"),
        ("def f():\n    import pandas", "pandas"),
    ],
)
def test_a_planted_import_in_a_page_is_found(source: str, wrong: str) -> None:
    assert forbidden_in_page(source) == [wrong]


def test_no_module_imports_itself_through_others() -> None:
    graph = {
        name: {other for other in imports_within(source, modules=MODULE_NAMES) - {name} if (name, other) not in VIEWS}
        for name, source in SOURCES.items()
    }
    assert find_cycle(graph) == []


@pytest.mark.parametrize(
    "source",
    [
        "from nethealth.network import graph",
        "from nethealth.network.graph import Network",
        "import nethealth.network.graph",
        "def f():\n    from nethealth.network.graph import Network",
        "if TYPE_CHECKING:\n    from nethealth.network.graph import Network",
    ],
)
def test_every_kind_of_import_counts(source: str) -> None:
    assert imports_within(source, modules=MODULE_NAMES) == {"nethealth.network.graph"}


def test_a_planted_cycle_is_found() -> None:
    assert find_cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]


def test_pages_are_in_folders_below_pages() -> None:
    assert list((ROOT / "pages").glob("*.py")) == []
    assert len(PAGES) > 5


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_pages_are_short_and_only_compose(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert forbidden_in_page(source) == []
    assert len(source.splitlines()) <= LONGEST_PAGE
    assert not any(isinstance(node, ast.While | ast.AsyncFor) for node in ast.walk(ast.parse(source)))


def test_app_is_short() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) < LONGEST_APP


def test_modules_are_short_and_well_named() -> None:
    assert [name for name, source in SOURCES.items() if len(source.splitlines()) > MOST_LINES] == []
    assert [path for path in MODULES if VAGUE_NAMES.fullmatch(path.stem)] == []


def test_names_say_what_they_hold() -> None:
    files = [
        path
        for folder in ("nethealth", "pages", "tests", "benchmarks", "docs")
        for path in (ROOT / folder).rglob("*.*")
    ]
    names = {str(path): names_in(path) & VAGUE_WORDS for path in files if path.suffix in (".py", ".js")}
    assert len(names) > 500
    assert {path: vague for path, vague in names.items() if vague} == {}


@pytest.mark.parametrize(
    "source",
    ["told = 1", "def _told(): ...", "class Lens: ...", "def f(held): ...", "for kept in []: ...", "self._kept = 1"],
)
def test_a_planted_vague_name_is_found(tmp_path: Path, source: str) -> None:
    path = tmp_path / "module.py"
    path.write_text(source, encoding="utf-8")
    assert names_in(path) & VAGUE_WORDS


@pytest.mark.parametrize(
    "source",
    ["const kept = 1;", "let told;", "function fate() {}", "class Lens {}", "(held) => 1", "for (const lots of x) {}"],
)
def test_a_planted_vague_name_in_a_script_is_found(tmp_path: Path, source: str) -> None:
    path = tmp_path / "script.js"
    path.write_text(source, encoding="utf-8")
    assert names_in(path) & VAGUE_WORDS


def test_folders_are_small() -> None:
    folders = {path.parent for path in MODULES}
    assert {str(folder): count for folder in folders if (count := len(list(folder.glob("*.py")))) > MOST_MODULES} == {}
