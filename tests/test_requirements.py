"""The lock file: it covers the requirements and installs from the public index only."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK: dict[str, Any] = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
REQUIREMENTS = [
    Requirement(line.partition(" #")[0])
    for file in ("requirements.txt", "requirements-dev.txt")
    for line in (ROOT / file).read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda requirement: requirement.name)
def test_lock_satisfies_requirement(requirement: Requirement) -> None:
    name = canonicalize_name(requirement.name)
    versions = [package["version"] for package in LOCK["package"] if package["name"] == name]
    assert versions, f"{name} isn't in uv.lock: run `make lock`"
    assert all(requirement.specifier.contains(version) for version in versions), "run `make lock`"


def test_lock_names_public_hosts_only() -> None:
    text = (ROOT / "uv.lock").read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[^/\"]+", text)) == {"https://pypi.org", "https://files.pythonhosted.org"}
    assert "file:" not in text
    sources = {str(package["source"]) for package in LOCK["package"] if package["name"] != "nethealth"}
    assert sources == {"{'registry': 'https://pypi.org/simple'}"}
