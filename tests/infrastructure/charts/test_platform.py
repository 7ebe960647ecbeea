from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.infrastructure import summarize_platforms
from nethealth.infrastructure.charts.platform import (
    panels_of,
    platform_caption,
    platform_chart,
    platform_text,
    platform_title,
)
from nethealth.workbook.records import PlatformMonth, Workbook
from tests.texts import numbers_in

D = dt.date


def test_month_without_data_is_a_gap() -> None:
    months = (
        PlatformMonth(month=D(2025, 1, 1), platform="<b>Chat</b>", members=10, active=5),
        PlatformMonth(month=D(2025, 3, 1), platform="<b>Chat</b>", members=10, active=2),
    )
    summaries = summarize_platforms(Workbook(platform=months, today=D(2025, 4, 1)))
    figure = platform_chart(summaries)
    [line] = figure.data
    assert list(line.y) == [0.5, None, 0.2]
    assert line.connectgaps is False
    assert line.name == "&lt;b&gt;Chat&lt;/b&gt;"
    assert platform_title(summaries).startswith("<b>Chat</b>: 20%")
    assert numbers_in(platform_text(summaries))[-5:] == ["2025", "50%", "2025", "2025", "20%"]
    assert "Feb 2025 no data" in platform_text(summaries)


def test_posts_are_shown_without_other_data() -> None:
    summaries = summarize_platforms(
        Workbook(platform=(PlatformMonth(month=D(2025, 1, 1), posts=7),), today=D(2025, 4, 1))
    )
    assert list(platform_chart(summaries).data[0].y) == [7]
    assert platform_caption(summaries).startswith("Posts by month")
    assert platform_title(summaries) == "Platform: latest data from January 2025"
    assert platform_chart(()).data == ()
    assert platform_title(()) == "No platform data yet"


@settings(max_examples=12, deadline=None)
@given(
    names=st.lists(st.text(max_size=60), min_size=1, max_size=3),
    count=st.none() | st.floats(-1e9, 1e12, allow_nan=False),
    month=st.dates(D(1900, 1, 1), D(2100, 1, 1)),
)
def test_any_value_is_escaped(names: list[str], count: float | None, month: D) -> None:
    rows = tuple(PlatformMonth(month=month, platform=name, members=count, active=count, posts=count) for name in names)
    summaries = summarize_platforms(Workbook(platform=rows, today=D(2100, 1, 1)))
    platform_chart(summaries).to_json()
    assert "<" not in "".join(trace.name for trace in platform_chart(summaries).data)
    platform_title(summaries), platform_text(summaries)


def test_each_metric_has_a_panel() -> None:
    months = (
        PlatformMonth(month=D(2025, 1, 1), platform="Porch", members=10, active=5, posts=8, replies=6, effectiveness=3),
        PlatformMonth(month=D(2025, 2, 1), platform="Porch", members=10, active=5, effectiveness=4, facilitator="Ada"),
    )
    summaries = summarize_platforms(Workbook(platform=months, today=D(2025, 4, 1)))
    assert [panel.field for panel in panels_of(summaries)] == [
        "active_share",
        "posts_per_active_member",
        "replies_per_active_member",
        "effectiveness",
    ]
    figure = platform_chart(summaries)
    assert [list(line.y) for line in figure.data] == [[0.5, 0.5], [1.6, None], [1.2, None], [3, 4]]
    assert [line.yaxis for line in figure.data] == ["y", "y2", "y3", "y4"]
    domains = [figure.layout[name].domain for name in ("yaxis", "yaxis2", "yaxis3", "yaxis4")]
    assert all(above[0] > below[1] for above, below in pairwise(domains))
    assert figure.data[0].hovertext[1].endswith("facilitated")
    (posts,) = (line for line in platform_text(summaries).split("Replies")[:1])
    assert numbers_in(posts)[-3:] == ["2025", "1.6", "2025"]
    assert platform_caption(summaries).startswith("Monthly values")
