"""What an installed package holds."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
DEVELOPMENT = {".py", ".pyc", ".ts", ".json"}
"""Code, and what only checks the types of the map's JavaScript."""


def test_every_data_file_is_packaged() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["nethealth"]
    package = ROOT / "nethealth"
    packaged = {path for pattern in patterns for path in package.glob(pattern)}
    files = {path for path in package.rglob("*") if path.is_file() and path.suffix not in DEVELOPMENT}
    assert files - packaged == set()
