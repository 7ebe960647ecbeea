from __future__ import annotations

import datetime as dt

from nethealth.infrastructure import (
    Period,
    attendance_by_name,
    engagement_by_period,
    find_disengaging_members,
    summarize_engagement,
)
from nethealth.infrastructure.charts import participation as charts
from nethealth.workbook.records import Gathering, Person, Settings, Spell, Workbook

D = dt.date
TODAY = D(2025, 6, 30)


def book(count: int, *rows: Gathering) -> Workbook:
    stay = (Spell(D(2024, 1, 1), None),)
    people = {f"m{n}": Person(key=f"m{n}", name=f"Member {n}", spells=stay) for n in range(count)}
    return Workbook(people=people, convenings=rows, settings=Settings(smallest_group=5))


def held(day: D, *places: int, title: str = "x") -> Gathering:
    return Gathering(date=day, title=title, attendees=tuple(f"m{n}" for n in places))


GATHERED = book(
    20,
    held(D(2024, 5, 1), *range(8)),
    held(D(2025, 1, 1), *range(10), title="Winter"),  # two are new: held back
    held(D(2025, 5, 1), *range(16), title="<b>Spring</b>"),  # six are new
)


def test_newcomers_stand_on_those_who_had_come_before() -> None:
    told = attendance_by_name(GATHERED, GATHERED.convenings, as_of=TODAY)
    bars = {bar.name: list(bar.y) for bar in charts.newcomers_chart(told).data}
    assert bars == {
        "Had come before": [None, None, 10],
        "For the first time": [None, None, 6],
        "Not told apart": [8, 10, None],
    }
    assert charts.newcomers_title(told, one="convening") == (
        "6 of 16 at the convening of May 1, 2025 were there for the first time"
    )
    # A later one without a list is not spoken of.
    later = book(20, *GATHERED.convenings, held(D(2025, 6, 1)))
    assert "May 1, 2025" in charts.newcomers_title(charts.convening_attendance(later, as_of=TODAY), one="convening")
    tips = charts.newcomers_chart(told).data[0].hovertext
    assert tips[0].endswith("8 named, the first list of all")
    assert tips[1].endswith("10 named, too few of one to tell apart")
    assert tips[2] == "<b>&lt;b&gt;Spring&lt;/b&gt;</b><br>May 1, 2025<br>16 named, 6 for the first time"
    assert [row["For the first time"] for row in charts.newcomer_rows(told, one="convening")] == [None, "held back", 6]
    assert "January 1, 2025, Winter: 10 named." in charts.newcomers_text(told, one="convening")


def test_two_on_one_day_are_two_bars() -> None:
    rows = (held(D(2025, 1, 1), *range(8)), held(D(2025, 5, 1), *range(16)), held(D(2025, 5, 1), *range(5)))
    told = attendance_by_name(book(20, *rows), rows, as_of=TODAY)
    figure = charts.newcomers_chart(told)
    assert all(list(bar.x) == [D(2025, 1, 1), D(2025, 5, 1), D(2025, 5, 2)] for bar in figure.data)
    assert figure.data[0].hovertext[2].startswith("<b>x</b><br>May 1, 2025")


def test_the_cards_say_how_members_come() -> None:
    def cards(count: int) -> list[tuple[str, str, str | None]]:
        workbook = book(count, *GATHERED.convenings)
        told = attendance_by_name(workbook, workbook.convenings, as_of=TODAY)
        return charts.regularity_cards(told, many="convenings", months=12)

    # Of the two of the last year sixteen came to one or both; nine of twenty-five to none.
    assert cards(25) == [
        ("Come regularly", "16", "to half or more of the convenings of the last 12 months"),
        ("Not seen lately", "9", "to none of the convenings of the last 12 months"),
    ]
    # Of twenty, four: too few to tell, and twenty less the sixteen would tell them.
    assert [card[1] for card in cards(20)] == ["held back", "held back"]


def test_the_finding_of_newcomers_where_it_is_none_or_unknown() -> None:
    def title(*rows: Gathering) -> str:
        workbook = book(20, *rows)
        return charts.newcomers_title(attendance_by_name(workbook, rows, as_of=TODAY), one="convening")

    first = held(D(2025, 1, 1), *range(8))
    assert title(first) == "Who comes for the first time"
    assert title(first, held(D(2025, 2, 1), *range(8))) == (
        "Nobody at the convening of February 1, 2025 was there for the first time"
    )
    assert title(first, held(D(2025, 2, 1), *range(9))).endswith("too few of one to tell")


def test_each_members_record_for_staff() -> None:
    both = attendance_by_name(GATHERED, GATHERED.convenings, as_of=TODAY)
    between = attendance_by_name(GATHERED, (held(D(2025, 6, 1), 19),), as_of=TODAY)
    rows = charts.attendance_rows(both, between)
    assert rows[0] == {
        "Name": "Member 0", "Convenings": 3, "Of": 3, "Activities": 0, "Last came": D(2025, 5, 1), "Comes": "regularly",
    }  # fmt: skip
    assert (rows[19]["Activities"], rows[19]["Last came"], rows[19]["Comes"]) == (1, D(2025, 6, 1), "Not seen lately")


def test_engagement_over_time_and_its_finding() -> None:
    told = engagement_by_period(GATHERED, period=Period.YEAR, as_of=TODAY)
    [line] = charts.engagement_chart(told).data
    assert list(line.y) == [0.4, 0.8]  # eight of twenty, then sixteen
    assert line.hovertext[1] == "<b>2025 so far</b><br>16 of 20 members, 80%"
    assert "2025 so far: 80% of 20 members." in charts.engagement_text(told)
    engaged = summarize_engagement(GATHERED, as_of=TODAY)
    assert charts.engagement_title(engaged) == "16 of 20 members took part in something in the last 12 months"
    assert charts.ways_cards(engaged) == [("A convening", "16", None)]
    assert charts.engagement_title(summarize_engagement(Workbook(), as_of=TODAY)) == "Taking part"


def test_the_finding_of_who_is_drifting() -> None:
    workbook = book(3, held(D(2024, 2, 1), 0), held(D(2024, 7, 10), 1), held(D(2025, 6, 1)))
    told = find_disengaging_members(workbook, as_of=TODAY)
    assert charts.drifting_title(told) == (
        "1 member has not been seen for a while; 1 member is about to slip out of sight; "
        "1 member has not been seen in anything yet"
    )
    assert [(row["Name"], row["In"], row["Last seen"]) for row in charts.drifting_rows(told)] == [
        ("Member 0", "a convening", D(2024, 2, 1)),
        ("Member 1", "a convening", D(2024, 7, 10)),
        ("Member 2", "", None),
    ]
    assert charts.drifting_title(()) == "Everybody has been seen lately"
