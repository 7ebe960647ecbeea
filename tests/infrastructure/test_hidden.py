from __future__ import annotations

import pytest

from nethealth.infrastructure.hidden import cell, range_text, shown
from nethealth.privacy.suppression import TooFew


@pytest.mark.parametrize(
    ("bounds", "text"), [((0.8, 0.95), "80% or more"), ((0.05, 0.2), "20% or less"), ((1 / 12, 4 / 12), "34% or less")]
)
def test_ranges_are_never_too_tight(bounds: tuple[float, float], text: str) -> None:
    assert range_text(bounds) == text


def test_too_few_is_hidden() -> None:
    assert shown(TooFew(5)) == cell(TooFew(5)) == "hidden"
    assert shown(0.4) == "40%"
    assert cell(None) is None
