"""The fixed vocabulary: scales, the seven pairs, and numbers on ties as text."""

from __future__ import annotations

import pytest

from nethealth.workbook.schema.vocabulary import (
    AGREEMENT,
    AGREEMENT_IN_SPANISH,
    CHARACTERISTIC_SPELLINGS,
    CHARACTERISTICS,
    FREQUENCY,
    PAIRS,
    TieMeasure,
)


def test_scale_ends_and_labels() -> None:
    assert (AGREEMENT.lowest, AGREEMENT.highest) == (1, 5)
    assert [AGREEMENT.label(value) for value in (1, 4.0)] == ["Strongly disagree", "Agree"]
    assert AGREEMENT.label(2.5) == "2.5"
    spellings = dict(AGREEMENT.spellings)
    assert [spellings[words] for words in AGREEMENT_IN_SPANISH] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("number", "plain", "on_scale"), [(12_000, "12,000", "12,000"), (4, "4", "4 Often"), (2.5, "2.5", "2.5")]
)
def test_numbers_on_ties_as_text(number: float, plain: str, on_scale: str) -> None:
    assert TieMeasure("Hours").written(number) == plain
    assert TieMeasure("How often", FREQUENCY).written(number) == on_scale


def test_each_characteristic_has_one_pole_and_its_spellings() -> None:
    assert len(CHARACTERISTICS) == len(set(CHARACTERISTICS)) == 2 * len(PAIRS)
    assert set(CHARACTERISTIC_SPELLINGS.values()) == set(CHARACTERISTICS)
    assert all(CHARACTERISTIC_SPELLINGS[pole] == pole for pole in CHARACTERISTICS)
    british = "Organisation at the centre of focus"
    assert CHARACTERISTIC_SPELLINGS[british] == "Organization at the center of focus"
    assert CHARACTERISTIC_SPELLINGS["Information shared"] == "Information is shared"
