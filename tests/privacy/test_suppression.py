"""The minimum group size."""

import pytest

from nethealth.privacy.suppression import TooFew, is_too_small


@pytest.mark.parametrize(
    ("count", "whole", "expected"),
    [
        (0, None, False),
        (1, None, True),
        (4, None, True),
        (5, None, False),
        (8, 10, True),
        (10, 10, False),
        (5, 10, False),
    ],
)
def test_small_parts_and_rests_are_too_small(count, whole, expected):
    assert is_too_small(count, whole=whole, smallest_group=5) is expected


def test_hidden_metric_names_the_minimum():
    assert str(TooFew(5)) == "fewer than 5"
    assert TooFew(5).as_json() == {"withheld": "fewer than 5"}
