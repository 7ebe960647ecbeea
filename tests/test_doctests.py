"""Every example in a docstring runs."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "nethealth").rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    "name",
    [
        "metrics.betweenness.betweenness",
        "metrics.cohesion.core_numbers",
        "metrics.communities.find_communities",
        "metrics.shortest_paths.closeness",
        "analysis.attribute_mixing.assortativity",
        "analysis.attribute_mixing.ei_index",
    ],
)
def test_public_metrics_have_examples(name: str) -> None:
    module, _, function = name.rpartition(".")
    documented = getattr(importlib.import_module(f"nethealth.network.{module}"), function)
    assert doctest.DocTestFinder().find(documented, function)[0].examples
