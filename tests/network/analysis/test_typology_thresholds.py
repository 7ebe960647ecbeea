"""Thresholds of the four network types: when each is met, and what it refers to."""

from __future__ import annotations

import pytest

from nethealth.network.analysis.typology_thresholds import INDICATORS, THRESHOLDS, NetworkType, Threshold


@pytest.mark.parametrize(
    ("limits", "met"),
    [
        ({"at_least": 0.5}, [False, True, True, True]),
        ({"at_most": 0.5}, [True, True, False, False]),
        ({"at_least": 0.5, "at_most": 0.75}, [False, True, True, False]),
    ],
)
def test_limits_are_part_of_the_range(limits: dict[str, float], met: list[bool]) -> None:
    threshold = Threshold(NetworkType.SCATTERED, "largest_share", "a reason", **limits)  # type: ignore[arg-type]
    assert [threshold.is_met(value) for value in (0.4, 0.5, 0.75, 1.0)] == met


def test_undefined_indicator_meets_no_threshold() -> None:
    assert not any(threshold.is_met(None) for threshold in THRESHOLDS)


@pytest.mark.parametrize("network_type", NetworkType)
def test_each_type_has_one_essential_threshold_and_others(network_type: NetworkType) -> None:
    own = [threshold for threshold in THRESHOLDS if threshold.network_type is network_type]
    assert sum(threshold.essential for threshold in own) == 1
    assert len({threshold.indicator for threshold in own}) == len(own) >= 3


def test_thresholds_have_a_limit_and_use_every_indicator() -> None:
    assert {threshold.indicator for threshold in THRESHOLDS} == set(INDICATORS)
    assert all(threshold.at_least is not None or threshold.at_most is not None for threshold in THRESHOLDS)
