from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import Attendance, GatheringKind, summarize_attendance
from nethealth.infrastructure.charts import attendance as charts
from nethealth.workbook.records import Gathering, Person, Settings, Spell, Workbook
from tests.texts import numbers_in

D = dt.date
TODAY = D(2025, 6, 30)
CONVENING = GatheringKind.CONVENING


def gathering(day: D, *members: int, title: str = "x") -> Gathering:
    return Gathering(date=day, title=title, attendees=tuple(f"m{n}" for n in members))


def attended(*convenings: Gathering) -> Attendance:
    spells = (Spell(D(2024, 1, 1), None),)
    people = {f"m{n}": Person(key=f"m{n}", name=f"Member {n}", spells=spells) for n in range(20)}
    workbook = Workbook(people=people, convenings=convenings, settings=Settings(smallest_group=5))
    return summarize_attendance(workbook, kind=CONVENING, as_of=TODAY)


ROWS = (
    gathering(D(2024, 5, 1), *range(8)),
    gathering(D(2025, 1, 1), *range(10), title="Winter"),  # two are new: hidden
    gathering(D(2025, 5, 1), *range(16), title="<b>Spring</b>"),  # six are new
)


def test_first_time_attendees_are_stacked_on_returning_ones() -> None:
    figure = charts.attendees_chart(attended(*ROWS))
    assert {bar.name: list(bar.y) for bar in figure.data} == {
        "Returning": [None, None, 10],
        "First time": [None, None, 6],
        "First list, or hidden": [8, 10, None],
    }
    tips = figure.data[0].hovertext
    assert "hidden" in tips[1]
    assert tips[2].startswith("<b>&lt;b&gt;Spring&lt;/b&gt;</b>")
    assert numbers_in(tips[2]) == ["1", "2025", "16", "6"]


def test_title_names_the_latest_gathering_with_a_list() -> None:
    title = charts.attendees_title(attended(*ROWS, gathering(D(2025, 6, 1))), kind=CONVENING)
    assert title.startswith("6 of 16 people")
    assert "May 1, 2025" in title


def test_title_without_first_time_attendees() -> None:
    first = ROWS[0]
    assert charts.attendees_title(attended(first), kind=CONVENING) == "First-time and returning attendees"
    assert charts.attendees_title(attended(first, gathering(D(2025, 2, 1), *range(8))), kind=CONVENING).startswith(
        "No one"
    )
    hidden = charts.attendees_title(attended(first, gathering(D(2025, 2, 1), *range(9))), kind=CONVENING)
    assert "hidden" in hidden


def test_text_lists_each_gathering() -> None:
    assert "January 1, 2025, Winter: 10 people." in charts.attendees_text(attended(*ROWS), kind=CONVENING)


def test_two_on_one_day_are_two_bars() -> None:
    rows = (*ROWS[:1], gathering(D(2025, 5, 1), *range(16)), gathering(D(2025, 5, 1), *range(5)))
    figure = charts.attendees_chart(attended(*rows))
    assert all(list(bar.x) == [D(2024, 5, 1), D(2025, 5, 1), D(2025, 5, 2)] for bar in figure.data)
    assert figure.data[0].hovertext[2].startswith("<b>x</b><br>May 1, 2025")
