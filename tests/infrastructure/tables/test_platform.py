from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import summarize_platforms
from nethealth.infrastructure.tables import platform as tables
from nethealth.presentation.table import table_html
from nethealth.workbook.records import PlatformMonth, Workbook

D = dt.date
MAY = D(2025, 5, 1)


def test_cards_of_the_only_platform() -> None:
    month = PlatformMonth(month=MAY, members=80, active=20, posts=50, replies=30, facilitator="Ada")
    [platform] = summarize_platforms(Workbook(platform=(month,), today=D(2025, 6, 30)))
    cards = tables.platform_cards([platform])
    assert [card.value for card in cards] == ["25%", "2.5", "–", "yes"]
    assert cards[3] == ("Facilitated", "yes", None)
    assert tables.platform_cards([platform, platform]) == []
    table = tables.platform_table([platform])
    assert table.values("Latest month") == [MAY]
    assert ">May 2025<" in table_html(table, label="Platforms")


def test_unknown_care_has_no_card() -> None:
    month = PlatformMonth(month=MAY, members=80, active=20, effectiveness=4)
    [platform] = summarize_platforms(Workbook(platform=(month,), today=D(2025, 6, 30)))
    assert [(card.label, card.value) for card in tables.platform_cards([platform])][2:] == [("Effectiveness", "4")]


def test_month_table_includes_months_without_data() -> None:
    months = (PlatformMonth(month=D(2025, 3, 1), posts=3), PlatformMonth(month=MAY, posts=7))
    table = tables.platform_month_table(summarize_platforms(Workbook(platform=months, today=D(2025, 6, 30))))
    assert table.values("Posts") == [3, None, 7]
