"""None"""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.infrastructure import MembershipPeriod, Period, membership_by_category, membership_by_period
from nethealth.infrastructure.charts import membership as charts
from nethealth.workbook.records import Person, Settings, Spell, Workbook
from tests.texts import numbers_in

D = dt.date


def book(*spells: tuple[D, D | None], fiscal: int = 1) -> Workbook:
    people = {str(n): Person(key=str(n), name=str(n), spells=(Spell(*spell),)) for n, spell in enumerate(spells)}
    return Workbook(people=people, settings=Settings(fiscal_year_starts=fiscal))


def by(workbook: Workbook, period: Period, as_of: D) -> tuple[MembershipPeriod, ...]:
    return membership_by_period(workbook, period=period, as_of=as_of)


GROWN = book((D(2023, 1, 1), None), (D(2023, 2, 1), D(2024, 5, 1)), (D(2024, 1, 1), None), (D(2024, 2, 1), None))


def test_bars_add_up_to_the_line() -> None:
    periods = by(GROWN, Period.QUARTER, D(2024, 8, 15))
    line, new, left = charts.membership_chart(periods).data
    ends = [0, *line.y]
    assert [later - earlier for earlier, later in zip(ends, line.y, strict=False)] == [
        joined + gone for joined, gone in zip(new.y, left.y, strict=True)
    ]
    assert min(new.y) >= 0 >= max(left.y)
    assert (sum(new.y), sum(left.y)) == (4, -1)
    assert numbers_in(line.hovertext[-1])[:6] == ["2024", "3", "3", "0", "0", "3"]


def test_title() -> None:
    assert charts.membership_title(()) == "Membership"
    grown, shrunk, same, first = (
        charts.membership_title(by(GROWN, period, day))
        for period, day in (
            (Period.YEAR, D(2024, 12, 31)),
            (Period.QUARTER, D(2024, 6, 30)),
            (Period.MONTH, D(2024, 8, 15)),
            (Period.YEAR, D(2023, 6, 1)),
        )
    )
    assert "up 1" in grown
    assert "down 1" in shrunk
    assert numbers_in(shrunk) == ["3", "1", "2", "2024"]
    assert "the same" in same
    assert numbers_in(same) == ["3", "2024"]
    assert numbers_in(first) == ["2", "2023"]


def test_text_lists_the_numbers() -> None:
    words = charts.membership_text(by(GROWN, Period.YEAR, D(2024, 8, 15)))
    assert numbers_in(words)[-5:] == ["2024", "2", "2", "1", "3"]
    assert charts.membership_text(()) == "No members yet."
    assert "The latest 12 of 20 periods:" in charts.membership_text(by(GROWN, Period.MONTH, D(2024, 8, 15)))


@pytest.mark.parametrize(("fiscal", "named"), [(1, "2024"), (7, "FY2024")])
def test_labels_of_few_and_many_periods(fiscal: int, named: str) -> None:
    few = by(book((D(2023, 1, 1), None), fiscal=fiscal), Period.YEAR, D(2024, 6, 30))
    figure = charts.membership_chart(few)
    assert figure.data[0].text == tuple(f"{period.end}" for period in few)
    assert named in figure.layout.xaxis.tickvals
    many = charts.membership_chart(by(GROWN, Period.MONTH, D(2024, 8, 15)))
    assert many.data[0].mode == "lines"
    assert many.layout.xaxis.tickvals == ("2023-01", "2024-01")
    assert many.layout.xaxis.ticktext == ("2023", "2024")


def test_hidden_numbers_are_gaps() -> None:
    regions = ["North"] * 12 + ["South"] * 9
    joined = [D(2023, 1, 1)] * 8 + [D(2024, 1, 1)] * 4 + [D(2023, 1, 1)] * 2 + [D(2024, 1, 1)] * 7
    people = {
        str(n): Person(key=str(n), name=str(n), spells=(Spell(day, None),), attributes={"Region": region})
        for n, (region, day) in enumerate(zip(regions, joined, strict=True))
    }
    result = membership_by_category(
        Workbook(people=people, attributes=("Region",)), column="Region", period=Period.YEAR, as_of=D(2024, 12, 31)
    )
    line, new, left = charts.membership_chart(result.categories["South"]).data
    # Two were there at the end of 2023; with the North's eight they would be ten less eight.
    assert (list(line.y), list(new.y), list(left.y)) == ([None, 9], [None, None], [None, None])
    assert line.connectgaps is False
    assert line.hovertext[0] == "<b>2023</b><br>hidden (too few people)"
    assert line.hovertext[1] == "<b>2024</b><br>9 at the end"
    assert charts.membership_title(result.categories["South"], category="South") == "South: 9 members"
    words = charts.membership_text(result.categories["South"], category="South")
    (first,) = (each for each in words.split(".") if "2023" in each)
    assert numbers_in(first)[-2:] == ["2023", "0"]
    assert first.count("hidden") == 3
