from __future__ import annotations

import datetime as dt

import pytest

from nethealth.infrastructure import CategoryOutcome
from nethealth.infrastructure.charts import outcomes as charts
from nethealth.workbook.records import Gathering
from tests.infrastructure.charts.test_representation import EARLY, TODAY, book
from tests.texts import numbers_in

D = dt.date
LEFT = D(2025, 3, 1)


def test_ties_are_compared_with_the_median() -> None:
    members = book(("North", 20, EARLY, None), ("South", 20, EARLY, None))
    ties = {key: 2 if int(key) < 20 else 0 for key in members.people}
    drawn = charts.draw_outcomes(members, column="Region", as_of=TODAY, ties=ties)
    assert [outcome.outcome for outcome, _ in drawn] == [CategoryOutcome.TIES, CategoryOutcome.LEFT]
    outcome = drawn[0][0]
    # The median of 40 is someone in the North; no one in the South has a tie.
    assert [(each.category, each.count) for each in outcome.categories] == [("North", 20), ("South", 0)]
    title = charts.outcome_title(outcome, months=12)
    assert numbers_in(title) == ["50%", "2"]
    assert "fewer in South" in title
    assert "more in North" in title
    assert charts.outcomes_title([outcome], column="Region").startswith("Region: North (connections) and South")
    numbers = numbers_in(charts.outcome_text(outcome, months=12))
    assert numbers[-8:] == ["100%", "20", "84%", "100%", "0%", "20", "0%", "16%"]
    assert not any("hidden" in mark for mark in charts.outcome_legend([outcome]))


def test_few_who_left_are_shown_as_a_range() -> None:
    leaving = book(
        ("North", 20, EARLY, None), ("North", 3, EARLY, LEFT), ("South", 20, EARLY, None), ("South", 6, EARLY, LEFT),
        ("East", 20, EARLY, None),
    )  # fmt: skip
    [(outcome, figure)] = charts.draw_outcomes(leaving, column="Region", as_of=TODAY)
    words = [text for trace in figure.data if trace.mode == "text" for text in trace.text]
    # Three of 23 left in the North: one to four, so at most 17.4%. South's six would give them away.
    assert [word for word in words if "or less" in word or "hidden" in word or " of " in word] == [
        "0% of 20",
        "18% or less",
        "hidden",
    ]
    assert "no category differs" in charts.outcomes_title([outcome], column="Region")
    assert any("hidden" in mark for mark in charts.outcome_legend([outcome]))


@pytest.mark.parametrize(
    ("attended", "start"),
    # Of 40. Fewer than five: at most four, 10%. All but fewer than five: at least 36, 90%.
    [(3, "10% or less came"), (38, "90% or more came"), (20, "50% came")],
)
def test_few_attendees_are_shown_as_a_range(attended: int, start: str) -> None:
    everyone = tuple(str(n) for n in range(40))
    workbook = book(
        ("North", 20, EARLY, None), ("South", 20, EARLY, None),
        convenings=(Gathering(date=D(2025, 5, 1), title="x", attendees=everyone[:attended]),),
    )  # fmt: skip
    drawn = charts.draw_outcomes(workbook, column="Region", as_of=TODAY)
    [outcome] = [each for each, _ in drawn if each.outcome is CategoryOutcome.ATTENDANCE]
    assert charts.outcome_title(outcome, months=12).startswith(start)
    if attended != 20:
        assert "too few people" in charts.outcomes_title([outcome], column="Region")
