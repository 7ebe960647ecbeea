from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import Period, engagement_by_period, summarize_engagement
from nethealth.infrastructure.charts import engagement as charts
from nethealth.workbook.records import Workbook
from tests.infrastructure.tables.test_engagement import book, gathering

D = dt.date
TODAY = D(2025, 6, 30)
WORKBOOK = book(20, gathering(D(2024, 5, 1), *range(8)), gathering(D(2025, 5, 1), *range(16)))


def test_line_shows_the_share_engaged() -> None:
    periods = engagement_by_period(WORKBOOK, period=Period.YEAR, as_of=TODAY)
    [line] = charts.engagement_chart(periods).data
    assert list(line.y) == [0.4, 0.8]
    assert line.hovertext[1] == "<b>2025 so far</b><br>16 of 20 members, 80%"
    assert "2025 so far: 80% of 20 members." in charts.engagement_text(periods)


def test_title_counts_engaged_members() -> None:
    assert charts.engagement_title(summarize_engagement(WORKBOOK, as_of=TODAY)).startswith("16 of 20 members")
    assert charts.engagement_title(summarize_engagement(Workbook(), as_of=TODAY)) == "Participation"
