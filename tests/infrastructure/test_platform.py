from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import METRICS, summarize_platforms
from nethealth.workbook.records import PlatformMonth, Workbook

D = dt.date
TODAY = D(2025, 6, 30)


def platforms(*months: PlatformMonth, as_of: D | None = None):  # type: ignore[no-untyped-def]
    return summarize_platforms(Workbook(platform=months, today=TODAY), as_of=as_of)


def test_latest_month_by_hand() -> None:
    slack, forum = platforms(
        PlatformMonth(
            month=D(2025, 5, 1), platform="Slack", members=80, active=20, posts=50, replies=30,
            effectiveness=4, facilitator="Ada", curated=True,
        ),
        PlatformMonth(month=D(2025, 2, 1), platform="slack", members=60, active=30, posts=15),
        PlatformMonth(month=D(2025, 6, 1), platform="Slack"),  # laid out, nothing typed yet
        PlatformMonth(month=D(2025, 7, 1), platform="Slack", members=90, active=90),  # in the future
        PlatformMonth(month=D(2025, 1, 1), platform="Forum", members=10, active=0, posts=0),
    )  # fmt: skip
    assert slack.platform == "Slack"
    assert slack.as_json() == {
        "latest_month": "2025-05",
        "active_share": 0.25,
        "posts_per_active_member": 2.5,
        "effectiveness": 4,
        "facilitated": True,
        "curated": True,
    }
    assert slack.latest.replies_per_active_member == 1.5
    assert [(month.month.month, month.active, month.active_share) for month in slack.months] == [
        (2, 30, 0.5),
        (3, None, None),
        (4, None, None),
        (5, 20, 0.25),
    ]
    assert forum.active_share == 0
    assert forum.posts_per_active_member is None  # no one was active
    assert forum.facilitated is False  # the tab names facilitators, but not in this row
    assert forum.curated is None


def test_as_of_an_earlier_day() -> None:
    [slack] = platforms(
        PlatformMonth(month=D(2025, 1, 1), active=1, members=4),
        PlatformMonth(month=D(2025, 2, 1), active=1, members=2),
        as_of=D(2025, 1, 31),
    )  # fmt: skip
    assert (slack.platform, slack.latest_month, slack.active_share) == ("Platform", D(2025, 1, 1), 0.25)


def test_last_row_of_a_month_counts() -> None:
    [slack] = platforms(PlatformMonth(month=D(2025, 1, 1), posts=1), PlatformMonth(month=D(2025, 1, 1), posts=2))
    assert slack.latest.posts == 2
    assert len(slack.months) == 1


def test_undefined_is_none() -> None:
    assert platforms() == ()
    [slack] = platforms(PlatformMonth(month=D(2025, 1, 1), active=5, posts=5))
    assert (slack.active_share, slack.facilitated, slack.effectiveness) == (None, None, None)
    [empty] = platforms(PlatformMonth(month=D(2025, 1, 1), active=0, members=0))
    assert empty.active_share is None


def test_metrics_match_the_json() -> None:
    [slack] = platforms(
        PlatformMonth(month=D(2025, 1, 1), active=5, members=10, posts=5, curated=False, effectiveness=3.5)
    )
    assert {measure.id for measure in METRICS["platform"]} == set(slack.as_json())
    for measure in METRICS["platform"]:
        if measure.id != "latest_month":
            assert measure.value(slack) == slack.as_json()[measure.id]
