"""Shares and changes in words."""

from __future__ import annotations

import pytest

from nethealth.experience import Difference, NoChange, QuestionChange, text
from nethealth.workbook.schema.vocabulary import AGREEMENT, FREQUENCY, Scale
from tests.experience.surveys import results_of


@pytest.mark.parametrize(
    ("scale", "reverse", "expected"),
    [
        (AGREEMENT, False, "agree"),
        (AGREEMENT, True, "disagree"),
        (FREQUENCY, False, "in the top two answers"),
        (FREQUENCY, True, "in the bottom two answers"),
    ],
)
def test_share_phrase(scale: Scale, reverse: bool, expected: str) -> None:
    assert text.share_phrase(scale, reverse=reverse) == expected


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (0.09, 0.02, 0.16, "up 9 points since 2024 (+2 to +16)"),
        (-0.01, -0.018, -0.004, "down 1 point since 2024 (\u22122 to just below 0)"),
        (0.09, -0.02, 0.2, "up 9 points since 2024 (could be chance: \u22122 to +20)"),
        (0.0, -0.1, 0.1, "no change since 2024 (\u221210 to +10)"),
        (0.004, 0.001, 0.007, "up slightly since 2024 (just above 0 to +1)"),
    ],
)
def test_change_text(value: float, low: float, high: float, expected: str) -> None:
    assert text.change_text(Difference(value=value, low=low, high=high), since="2024") == expected


def test_short_change_text_has_no_interval() -> None:
    unclear = Difference(value=0.09, low=-0.02, high=0.2)
    assert text.change_text(unclear, since=None, with_interval=False) == "up 9 points (could be chance)"


def test_other_scale_gives_a_reason() -> None:
    (question,) = results_of(("Q", AGREEMENT, [4.0] * 6))
    change = QuestionChange(since="2024", before=None, difference=None, no_change=NoChange.OTHER_SCALE)
    assert (text.question_change_text(question, change) or "").endswith("2024: the scale changed")
    assert text.question_change_text(question, None) is None
