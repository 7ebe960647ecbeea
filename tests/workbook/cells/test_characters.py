"""Headers and labels are compared by letters and digits alone."""

import pytest

from nethealth.workbook.cells.characters import folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Member ID", "member_id"),
        ("E-mail", "EMAIL"),
        ("Left ", "left"),
        ("Year\u200bs", "years"),
        ("Joined (date)", "joined date"),
    ],
)
def test_folding_ignores_case_spacing_and_punctuation(one, other):
    assert folded(one) == folded(other)


def test_folding_keeps_different_words_apart():
    assert len({folded(words) for words in ("", "#", "%", "Name", "Names", "नाम", "नमी")}) == 7
