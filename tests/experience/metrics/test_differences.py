"""Significant differences between a group and everyone else."""

from __future__ import annotations

import pytest

from nethealth.experience import survey_comparisons
from nethealth.experience.metrics.differences import Contrasts
from tests.experience.surveys import survey_by_region


def contrasts(by_region: dict[str, tuple[int, int]]) -> Contrasts:
    return survey_comparisons(survey_by_region(by_region), wave="2025").contrasts()


def test_clear_difference_by_hand() -> None:
    # 18 of 20 agree in the North, 4 of 20 in the South: 90 less 20 points.
    found = contrasts({"North": (18, 20), "South": (4, 20)})
    (contrast,) = found.largest
    assert found.tested == 1, "two groups in all are compared once"
    assert (contrast.question, contrast.by, contrast.people, contrast.others) == ("I learn", "Region", 20, 20)
    assert abs(contrast.difference.value) == pytest.approx(0.7)


def test_no_difference_is_empty_but_tested() -> None:
    found = contrasts({"North": (10, 20), "South": (10, 20)})
    assert (found.largest, found.tested) == ((), 1)


def test_one_group_tests_nothing() -> None:
    assert contrasts({"North": (10, 20)}) == Contrasts(largest=(), tested=0)
