from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.infrastructure import GatheringSummary, summarize_convenings
from nethealth.infrastructure.charts.gatherings import (
    attendance_title,
    gatherings_chart,
    gatherings_text,
    gatherings_title,
)
from nethealth.workbook.records import Gathering, Workbook

D = dt.date
TODAY = D(2025, 6, 30)


def summary(*rows: Gathering) -> GatheringSummary:
    return summarize_convenings(Workbook(convenings=rows), as_of=TODAY)


def held(day: D | None, invited: float | None = None, attended: float | None = None, title: str = "x") -> Gathering:
    return Gathering(date=day, title=title, invited=invited, attended=attended)


def title(*rows: Gathering) -> str:
    return gatherings_title(summary(*rows), one="convening", many="convenings")


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        ((), "Convenings"),
        ((held(D(2025, 12, 6)),), "The first convening is planned for December 6, 2025"),
        ((held(TODAY, 10, 5),), "1 convening so far, today; 50% of those invited came"),
        ((held(D(2025, 6, 29)),), "1 convening so far, 1 day ago"),
        ((held(TODAY, 6, 9),), "1 convening so far, today; more came than were invited"),
        ((held(D(2025, 6, 1)), held(D(2025, 6, 8))), "2 convenings, about every 7 days"),
        ((held(D(2025, 1, 1)), held(D(2025, 2, 12))), "2 convenings, about every 6 weeks"),
        (
            (held(D(2025, 1, 1), 4, 3), held(D(2025, 4, 1))),
            "2 convenings, about every 3 months; 75% of those invited came",
        ),
        ((held(D(2021, 1, 1)), held(D(2025, 1, 1))), "2 convenings, about every 4 years"),
        ((held(None),), "Convenings"),
    ],
)  # fmt: skip
def test_the_finding(rows: tuple[Gathering, ...], finding: str) -> None:
    assert title(*rows) == finding


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        ((), "Who came to convenings"),
        ((held(D(2025, 1, 1), 40, 20, "Winter"),), "50% of those invited came to Winter"),
        ((held(D(2025, 1, 1), 6, 9, "Open Door"),), "More came than were invited to Open Door"),
        (
            (held(D(2025, 1, 1), 40, 10), held(D(2025, 2, 1), 40, 20)),
            "50% of those invited came to the latest, 25% to those before",
        ),
        (
            (held(D(2025, 1, 1), 40, 10), held(D(2025, 2, 1), 40, 20), held(D(2025, 3, 1))),
            "50% of those invited came to the latest that was counted, 25% to those before",
        ),
    ],
)
def test_who_came_to_the_latest(rows: tuple[Gathering, ...], finding: str) -> None:
    assert attendance_title(summary(*rows), many="convenings") == finding


def test_the_marks_stand_where_the_numbers_are() -> None:
    figure = gatherings_chart(
        summary(
            held(D(2025, 1, 1), 40, 20, "<script>"),
            held(D(2025, 2, 1), None, None, "Not counted"),
            held(D(2025, 9, 1), 60, None, "Ahead"),
        )
    )
    marks = {trace.name: trace for trace in figure.data}
    assert (list(marks["People who came"].x), list(marks["People who came"].y)) == ([D(2025, 1, 1)], [20])
    assert (list(marks["People invited"].x), list(marks["People invited"].y)) == ([D(2025, 1, 1)], [40])
    assert (list(marks["Held, not counted"].x), list(marks["Planned"].x)) == ([D(2025, 2, 1)], [D(2025, 9, 1)])
    assert marks["People who came"].hovertext == ("<b>&lt;script&gt;</b><br>January 1, 2025<br>20 came, 40 invited",)


def test_the_words_say_each_gathering() -> None:
    words = gatherings_text(
        summary(held(D(2025, 1, 1), 40, 20, "Winter"), held(D(2025, 2, 1))), one="convening", many="convenings"
    )
    assert (
        "The last one was 149 days ago. No convenings planned. January 1, 2025, Winter: 20 came of 40 invited." in words
    )
    assert gatherings_text(summary(), one="convening", many="convenings") == "No convenings to show yet."


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds(
            held,
            st.none() | st.dates(D(1900, 1, 1)),
            st.none() | st.floats(0, 1e15),
            st.none() | st.floats(0, 1e15),
            st.text(max_size=100),
        ),
        max_size=5,
    )
)
def test_nothing_typed_breaks_it(rows: list[Gathering]) -> None:
    told = summary(*rows)
    figure = gatherings_chart(told)
    figure.to_json()
    tips = [tip for trace in figure.data for tip in trace.hovertext or ()]
    assert all(set(_tags(tip)) <= {"b", "/b", "br"} for tip in tips)
    gatherings_title(told, one="activity", many="activities")
    gatherings_text(told, one="activity", many="activities")


def _tags(tip: str) -> list[str]:
    return [part.split(">")[0] for part in tip.split("<")[1:]]
