from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import Period, engagement_by_period, summarize_engagement
from nethealth.infrastructure.charts import engagement as charts
from nethealth.workbook.records import Workbook
from tests.infrastructure.tables.test_engagement import book, gathering
from tests.texts import numbers_in

D = dt.date
TODAY = D(2025, 6, 30)
WORKBOOK = book(20, gathering(D(2024, 5, 1), *range(8)), gathering(D(2025, 5, 1), *range(16)))


def test_line_shows_the_share_engaged() -> None:
    periods = engagement_by_period(WORKBOOK, period=Period.YEAR, as_of=TODAY)
    [line] = charts.engagement_chart(periods).data
    assert list(line.y) == [0.4, 0.8]
    assert numbers_in(line.hovertext[1]) == ["2025", "16", "20", "80%"]
    assert numbers_in(charts.engagement_text(periods))[-3:] == ["2025", "80%", "20"]


def test_title_counts_engaged_members() -> None:
    assert charts.engagement_title(summarize_engagement(WORKBOOK, as_of=TODAY)).startswith("16 of 20 members")
    assert charts.engagement_title(summarize_engagement(Workbook(), as_of=TODAY)) == "Participation"
