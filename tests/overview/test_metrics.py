"""Metric definitions are complete, and the docs match them."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from nethealth.metric import Metric
from nethealth.overview.metrics import METRICS, PAGE_METRICS, PAGE_SECTION_TITLES, SECTION_TITLES, all_metrics
from nethealth.workbook.records import Workbook

ROOT = Path(__file__).parents[2]
ALL = [
    (section, metric) for every in (METRICS, PAGE_METRICS) for section, metrics in every.items() for metric in metrics
]


def test_every_section_has_a_title() -> None:
    assert set(METRICS) == set(SECTION_TITLES)
    assert set(PAGE_METRICS) == set(PAGE_SECTION_TITLES)


@pytest.mark.parametrize(("section", "metric"), ALL, ids=[f"{section}.{metric.id}" for section, metric in ALL])
def test_definitions_are_complete(section: str, metric: Metric) -> None:
    for text in (metric.label, metric.question, metric.reading, metric.not_meaning, metric.undefined):
        assert text
        assert text == text.strip()
        assert "`" not in text  # pages show it as plain text
    assert metric.source
    # Both continue a sentence.
    assert not metric.undefined.endswith(".")
    assert not metric.source.endswith(".")
    assert metric.question.endswith("?")


def test_ids_are_unique_within_a_section() -> None:
    for metrics in METRICS.values():
        ids = [metric.id for metric in metrics]
        assert len(ids) == len(set(ids))


def test_docs_match_the_code() -> None:
    spec = importlib.util.spec_from_file_location("make_metrics", ROOT / "docs" / "make_metrics.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.WRITTEN.read_text(encoding="utf-8") == module.page(), "run: make docs"


def test_empty_workbook_has_all_sections_without_values() -> None:
    values = all_metrics(Workbook())
    assert list(values) == [
        "network", "people", "segments", "waves", "without_hub", "membership", "engagement", "weaving", "convenings",
        "activities", "platform", "agreements", "experience", "emergence", "mindset",
    ]  # fmt: skip
    json.dumps(values, allow_nan=False)
    assert values["network"]["members"] == 0
    assert values["network"]["density"] is None
    assert values["people"] == []
