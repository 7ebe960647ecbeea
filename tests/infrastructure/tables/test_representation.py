from __future__ import annotations

from nethealth.infrastructure import Period, compare_outcomes, compare_representation, membership_by_category
from nethealth.infrastructure.tables import representation as tables
from tests.infrastructure.charts.test_representation import EARLY, EXPECTED, LATE, TODAY, book


def test_representation_compared_with_expected() -> None:
    representation = compare_representation(EXPECTED, column="Region", as_of=TODAY)
    assert representation is not None
    table = tables.representation_table(representation)
    assert table.values("Members") == [60, 30, 10]
    assert table.values("Compared with expected") == ["more than expected", "fewer than expected", "could be chance"]


def test_over_time_hides_small_categories() -> None:
    table = tables.over_time_table(membership_by_category(EXPECTED, column="Region", period=Period.YEAR, as_of=TODAY))
    assert tuple(table.rows[-1].values()) == ("2025", "Region", "<b>East</b>", 10, 0.1)
    few = book(("North", 20, EARLY, None), ("South", 2, EARLY, None), ("South", 20, LATE, None))
    table = tables.over_time_table(membership_by_category(few, column="Region", period=Period.YEAR, as_of=TODAY))
    assert table.values("Share")[0] == "hidden"


def test_outcome_ranges_and_hidden_shares() -> None:
    left = LATE.replace(year=2025, month=3)
    workbook = book(
        ("North", 20, EARLY, None), ("North", 3, EARLY, left), ("South", 20, EARLY, None), ("South", 6, EARLY, left),
        ("East", 20, EARLY, None),
    )  # fmt: skip
    table = tables.outcome_table(compare_outcomes(workbook, column="Region", as_of=TODAY), column="Region")
    rows = {row["Category"]: (row["With the outcome"], row["Share"]) for row in table.rows}
    assert rows == {"North": ("hidden", "18% or less"), "South": ("hidden", "hidden"), "East": (0, 0.0)}
