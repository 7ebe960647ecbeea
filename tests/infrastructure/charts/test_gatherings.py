from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.infrastructure import GatheringKind, GatheringSummary, summarize_convenings
from nethealth.infrastructure.charts.gatherings import (
    attendance_title,
    gatherings_chart,
    gatherings_text,
    gatherings_title,
)
from nethealth.workbook.records import Gathering, Workbook
from tests.texts import numbers_in

D = dt.date
TODAY = D(2025, 6, 30)


def summary(*rows: Gathering) -> GatheringSummary:
    return summarize_convenings(Workbook(convenings=rows), as_of=TODAY)


def gathering(
    day: D | None, invited: float | None = None, attended: float | None = None, title: str = "x"
) -> Gathering:
    return Gathering(date=day, title=title, invited=invited, attended=attended)


def title(*rows: Gathering) -> str:
    return gatherings_title(summary(*rows), kind=GatheringKind.CONVENING)


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        ((), "No convenings yet"),
        ((gathering(D(2025, 12, 6)),), "The first convening is planned for December 6, 2025"),
        ((gathering(TODAY, 10, 5),), "1 convening so far, today, and 50% of those invited came"),
        ((gathering(D(2025, 6, 29)),), "1 convening so far, 1 day ago"),
        ((gathering(TODAY, 6, 9),), "1 convening so far, today, and more people came than were invited"),
        ((gathering(D(2025, 6, 1)), gathering(D(2025, 6, 8))), "2 convenings so far, about every 7 days"),
        ((gathering(D(2025, 1, 1)), gathering(D(2025, 2, 12))), "2 convenings so far, about every 6 weeks"),
        (
            (gathering(D(2025, 1, 1), 4, 3), gathering(D(2025, 4, 1))),
            "2 convenings so far, about every 3 months, and 75% of those invited came",
        ),
        ((gathering(D(2021, 1, 1)), gathering(D(2025, 1, 1))), "2 convenings so far, about every 4 years"),
        ((gathering(None),), "No convenings yet"),
    ],
)  # fmt: skip
def test_title(rows: tuple[Gathering, ...], finding: str) -> None:
    assert title(*rows) == finding


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        ((), "Who came to convenings"),
        ((gathering(D(2025, 1, 1), 40, 20, "Winter"),), "50% of those invited came to Winter"),
        ((gathering(D(2025, 1, 1), 6, 9, "Open Door"),), "More people came than were invited to Open Door"),
        (
            (gathering(D(2025, 1, 1), 40, 10), gathering(D(2025, 2, 1), 40, 20)),
            "50% of those invited came to the latest convening, compared with 25% before",
        ),
        (
            (gathering(D(2025, 1, 1), 40, 10), gathering(D(2025, 2, 1), 40, 20), gathering(D(2025, 3, 1))),
            "50% of those invited came to the latest counted convening, compared with 25% before",
        ),
    ],
)
def test_attendance_title(rows: tuple[Gathering, ...], finding: str) -> None:
    assert attendance_title(summary(*rows), kind=GatheringKind.CONVENING) == finding


def test_marks_are_at_the_numbers() -> None:
    figure = gatherings_chart(
        summary(
            gathering(D(2025, 1, 1), 40, 20, "<script>"),
            gathering(D(2025, 2, 1), None, None, "Not counted"),
            gathering(D(2025, 9, 1), 60, None, "Ahead"),
        )
    )
    marks = {trace.name: trace for trace in figure.data}
    assert (list(marks["People who came"].x), list(marks["People who came"].y)) == ([D(2025, 1, 1)], [20])
    assert (list(marks["People invited"].x), list(marks["People invited"].y)) == ([D(2025, 1, 1)], [40])
    assert (list(marks["Not counted"].x), list(marks["Planned"].x)) == ([D(2025, 2, 1)], [D(2025, 9, 1)])
    (tip,) = marks["People who came"].hovertext
    assert tip.startswith("<b>&lt;script&gt;</b>")
    assert numbers_in(tip) == ["1", "2025", "20", "40"]


def test_text_lists_each_gathering() -> None:
    words = gatherings_text(
        summary(gathering(D(2025, 1, 1), 40, 20, "Winter"), gathering(D(2025, 2, 1))), kind=GatheringKind.CONVENING
    )
    assert numbers_in(words) == ["2", "4", "50%", "149", "1", "2025", "20", "40", "1", "2025"]
    assert "Winter" in words
    assert gatherings_text(summary(), kind=GatheringKind.CONVENING) == "No convenings yet."


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds(
            gathering,
            st.none() | st.dates(D(1900, 1, 1)),
            st.none() | st.floats(0, 1e15),
            st.none() | st.floats(0, 1e15),
            st.text(max_size=100),
        ),
        max_size=5,
    )
)
def test_any_value_is_escaped(rows: list[Gathering]) -> None:
    result = summary(*rows)
    figure = gatherings_chart(result)
    figure.to_json()
    tips = [tip for trace in figure.data for tip in trace.hovertext or ()]
    assert all(set(_tags(tip)) <= {"b", "/b", "br"} for tip in tips)
    gatherings_title(result, kind=GatheringKind.ACTIVITY)
    gatherings_text(result, kind=GatheringKind.ACTIVITY)


def _tags(tip: str) -> list[str]:
    return [part.split(">")[0] for part in tip.split("<")[1:]]
