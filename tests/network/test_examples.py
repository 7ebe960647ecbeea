"""The examples in docstrings of the network's metrics and analyses run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import nethealth.network.analysis
import nethealth.network.metrics

PACKAGES = (nethealth.network.metrics, nethealth.network.analysis)


def modules() -> Iterator[str]:
    for package in PACKAGES:
        yield from (found.name for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."))
    yield from ("nethealth.network.graph", "nethealth.network.frames", "nethealth.proportions")


@pytest.mark.parametrize("name", list(modules()))
def test_examples_run(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


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
