"""What is declared once is complete, and the docs say the same."""

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
    (section, measure) for every in (METRICS, PAGE_METRICS) for section, metrics in every.items() for measure in metrics
]


def test_every_section_is_declared_and_titled() -> None:
    assert set(METRICS) == set(SECTION_TITLES)
    assert set(PAGE_METRICS) == set(PAGE_SECTION_TITLES)


@pytest.mark.parametrize(("section", "measure"), ALL, ids=[f"{section}.{measure.id}" for section, measure in ALL])
def test_a_measure_says_all_that_a_reader_needs(section: str, measure: Metric) -> None:
    for text in (measure.label, measure.question, measure.reading, measure.not_meaning, measure.undefined):
        assert text
        assert text == text.strip()
        assert "`" not in text  # the pages show it as it is
    assert measure.source
    # Both go on within a sentence.
    assert not measure.undefined.endswith(".")
    assert not measure.source.endswith(".")
    assert measure.question.endswith("?")


def test_ids_are_unique_within_a_section() -> None:
    for measures in METRICS.values():
        ids = [measure.id for measure in measures]
        assert len(ids) == len(set(ids))


def test_the_docs_are_those_of_the_code() -> None:
    spec = importlib.util.spec_from_file_location("make_measures", ROOT / "docs" / "make_measures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.WRITTEN.read_text(encoding="utf-8") == module.page(), "run: make docs"


def test_an_empty_workbook_has_all_sections_and_no_figures() -> None:
    told = all_metrics(Workbook())
    assert list(told) == [
        "network", "people", "segments", "waves", "without_hub", "membership", "engagement", "weaving", "convenings",
        "activities", "platform", "agreements", "experience", "emergence", "mindset",
    ]  # fmt: skip
    json.dumps(told, allow_nan=False)
    assert told["network"]["members"] == 0
    assert told["network"]["density"] is None
    assert told["people"] == []
