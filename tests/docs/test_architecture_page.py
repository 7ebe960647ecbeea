"""docs/architecture.md names every folder and every package that the dashboard depends on, and only real functions."""

from __future__ import annotations

import pkgutil
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def package_names(requirements: str) -> set[str]:
    lines = (ROOT / requirements).read_text(encoding="utf-8").splitlines()
    return {found[0] for line in lines if (found := re.match(r"[A-Za-z0-9][A-Za-z0-9-]*", line))}


def test_every_folder_is_named() -> None:
    folders = {str(path.parent.relative_to(ROOT)) for path in (ROOT / "nethealth").rglob("*.py")} - {"nethealth"}
    assert {folder for folder in folders if f"`{folder}`" not in PAGE} == set()


def test_every_named_file_and_folder_exists() -> None:
    paths = re.findall(r"`((?:nethealth|pages|tests|data|benchmarks|docs)(?:/[\w.]+)*)`", PAGE)
    assert len(paths) > 30
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_function_on_the_paths_exists() -> None:
    paths = PAGE.partition("## Three paths through the code")[2].partition("\n## ")[0]
    functions = re.findall(r"`((?:\w+\.)+\w+)`", paths)
    scripts = {name for name in functions if name.endswith(".js")}
    assert len(functions) > 25
    assert {name for name in scripts if not (ROOT / "nethealth/network/map/static" / name).exists()} == set()
    for name in set(functions) - scripts:
        pkgutil.resolve_name(f"nethealth.{name}")


def test_every_package_has_its_job() -> None:
    named = set(re.findall(r"[A-Za-z0-9-]+", PAGE.partition("## Dependencies")[2]))
    assert (package_names("requirements.txt") | package_names("requirements-dev.txt")) - named == set()
    table = re.findall(r"^\| ([\w, -]+) \|", PAGE.partition("| package |")[2], re.MULTILINE)
    assert package_names("requirements.txt") == {
        name for line in table for name in line.split(", ") if "--" not in name
    }
