from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.infrastructure import GroupOutcome, Period, compare_representation, membership_by_category
from nethealth.infrastructure.charts import representation as charts
from nethealth.infrastructure.charts.membership import membership_title
from nethealth.workbook.records import Expectation, Gathering, Person, Settings, Spell, Workbook

D = dt.date
TODAY = D(2025, 6, 30)


def book(*groups: tuple[str, int, D, D | None], reference: dict[str, float] | None = None, **more: object) -> Workbook:
    rows = [(region, joined, left) for region, count, joined, left in groups for _ in range(count)]
    people = {
        str(n): Person(key=str(n), name=str(n), spells=(Spell(joined, left),), attributes={"Region": region})
        for n, (region, joined, left) in enumerate(rows)
    }
    return Workbook(
        people=people,
        today=TODAY,
        attributes=("Region",),
        settings=Settings(smallest_group=5),
        reference=tuple(Expectation(attribute="Region", value=v, share=s) for v, s in (reference or {}).items()),
        **more,  # type: ignore[arg-type]
    )


EARLY, LATE = D(2023, 1, 1), D(2024, 9, 1)
WEIGHED = book(
    ("North", 60, EARLY, None), ("South", 30, EARLY, None), ("<b>East</b>", 10, LATE, None),
    reference={"North": 0.4, "South": 0.55, "<b>East</b>": 0.08},
)  # fmt: skip


def test_the_finding_names_who_is_fewer_and_who_is_more() -> None:
    told = compare_representation(WEIGHED, column="Region", as_of=TODAY)
    assert told is not None
    assert charts.make_up_title(told) == "Region: fewer than expected: South; more: North"
    fine = compare_representation(
        book(("North", 60, EARLY, None), ("South", 40, EARLY, None), reference={"North": 0.6, "South": 0.4}),
        column="Region",
        as_of=TODAY,
    )
    assert fine is not None
    assert charts.make_up_title(fine) == ("Region: no group is further from what one would expect than chance explains")
    plain = compare_representation(
        book(("North", 60, EARLY, None), ("South", 40, EARLY, None)), column="Region", as_of=TODAY
    )
    assert plain is not None
    assert charts.make_up_title(plain) == "Region: the largest group is North, 60% of members"
    assert "can be typed in the Reference tab" in charts.make_up_note(plain)


def test_the_marks_stand_where_the_shares_are() -> None:
    told = compare_representation(WEIGHED, column="Region", as_of=TODAY)
    assert told is not None
    figure = charts.make_up_chart(told)
    by_name = {trace.name: trace for trace in figure.data if trace.name}
    assert list(by_name["expected"].x) == [0.4, 0.55, 0.08]
    assert list(by_name["share of members"].x) == [0.1]  # as expected
    assert list(by_name["▼ ▲ more or fewer than expected, beyond chance"].x) == [0.6, 0.3]
    words = " ".join(text for trace in figure.data if trace.mode == "text" for text in trace.text)
    assert "▲ 60%, expected 40%" in words
    assert "▼ 30%, expected 55%" in words
    assert "<b>" not in words
    assert [row["Beside what is expected"] for row in charts.make_up_rows(told)] == [
        "more than expected",
        "fewer than expected",
        "no further from it than chance",
    ]
    assert "South 30% (22% to 40%), expected 55%." in charts.make_up_text(told)


def test_over_time_a_share_that_is_held_back_is_a_gap() -> None:
    told = membership_by_category(WEIGHED, column="Region", period=Period.YEAR, as_of=TODAY)
    figure = charts.over_time_chart(told)
    assert {trace.name: list(trace.y) for trace in figure.data} == {
        "North": [60 / 90, 0.6, 0.6],
        "South": [30 / 90, 0.3, 0.3],
        "&lt;b&gt;East&lt;/b&gt;": [0.0, 0.1, 0.1],
    }
    assert charts.over_time_title(told) == "<b>East</b>: its share of the members has grown by 10 points since 2023"
    assert "North: 67% in 2023, 60% in 2025." in charts.over_time_text(told)
    assert charts.over_time_rows(told)[-1] == {
        "Period": "2025", "Group": "<b>East</b>", "Members at the end": 10, "Share": 0.1,
    }  # fmt: skip
    few = book(("North", 20, EARLY, None), ("South", 2, EARLY, None), ("South", 20, LATE, None))
    early = membership_by_category(few, column="Region", period=Period.YEAR, as_of=TODAY)
    assert [list(trace.y)[0] for trace in charts.over_time_chart(early).data] == [None, None]  # noqa: RUF015
    assert charts.over_time_rows(early)[0]["Share"] == "held back"


def test_what_viewers_are_not_told_of_a_column_is_said_text() -> None:
    blank = Person(key="x", name="x", spells=(Spell(EARLY, None),))
    workbook = replace(WEIGHED, people={**WEIGHED.people, "x": blank}, is_for_viewers=True)
    told = compare_representation(workbook, column="Region", as_of=TODAY)
    assert told is not None
    # One without a region goes with the smallest group: all 101 less North and South would tell of one.
    rows = [(row["Group"], row["Members"], row["Beside what is expected"]) for row in charts.make_up_rows(told)]
    assert rows == [
        ("North", 60, "more than expected"),
        ("South", 30, "fewer than expected"),
        ("<b>East</b>", "held back", "held back"),
    ]
    assert "Of 101 members: North 59%" in charts.make_up_text(told)
    assert charts.make_up_note(told) == (
        "Expected: as the Reference tab has it. Some say nothing here; they count in the whole. "
        "Held back: it would tell of too few people, by itself or beside other figures."
    )
    plain = compare_representation(replace(workbook, reference=()), column="Region", as_of=TODAY)
    assert plain is not None
    assert charts.make_up_title(plain) == "Region: the largest group that may be shown is North, 59% of members"
    periods = membership_by_category(workbook, column="Region", period=Period.YEAR, as_of=TODAY).groups["<b>East</b>"]
    assert membership_title(periods, of="East") == "The number of members of East is held back"


def test_ties_are_compared_with_the_median() -> None:
    members = book(("North", 20, EARLY, None), ("South", 20, EARLY, None))
    ties = {key: 2 if int(key) < 20 else 0 for key in members.people}
    drawn = charts.outcome_charts(members, column="Region", as_of=TODAY, ties=ties)
    assert [result.lens for result, _ in drawn] == [GroupOutcome.TIES, GroupOutcome.LEFT]
    [result, _] = [result for result, _ in drawn]
    # The median of 40 is someone in the North; no one in the South has a tie.
    assert [(group.group, group.those) for group in result.groups] == [("North", 20), ("South", 0)]
    assert charts.lens_title(result, months=12) == "50% have 2 ties or more; less often: South; more often: North"
    assert charts.lens_legend([result]) == f"{charts.LENS_LEGEND} · {charts.LENS_APART}", "nothing is dotted"
    title = charts.lenses_title([result], column="Region")
    assert title == "Region: North (in ties) and South (in ties) stand apart"
    assert charts.lens_text(result, months=12).endswith("North: 100% of 20 (84% to 100%). South: 0% of 20 (0% to 16%).")


def test_what_is_held_back_of_a_lens_is_bounded_in_every_form() -> None:
    left = D(2025, 3, 1)
    leaving = book(
        ("North", 20, EARLY, None), ("North", 3, EARLY, left), ("South", 20, EARLY, None), ("South", 6, EARLY, left),
        ("East", 20, EARLY, None),
    )  # fmt: skip
    [(result, figure)] = charts.outcome_charts(leaving, column="Region", as_of=TODAY)
    words = [text for trace in figure.data if trace.mode == "text" for text in trace.text]
    # Of 23 of the North three left: one to four, so at most 17.4%; the South's six would give them away.
    assert [word for word in words if "or less" in word or "held" in word or " of " in word] == [
        "0% of 20",
        "18% or less",
        "held back",
    ]
    rows = {row["Group"]: (row["Of whom it holds"], row["Share"]) for row in charts.lens_rows([result])}
    assert rows == {"North": ("held back", "18% or less"), "South": ("held back", "held back"), "East": (0, 0.0)}
    assert charts.lenses_title([result], column="Region") == "Region: no group stands apart by more than chance"


@pytest.mark.parametrize(
    ("came", "told"),
    # Of forty. Fewer than five: at most four, a tenth; all but fewer than five: at least 36, nine tenths.
    [(3, "10% or less came"), (38, "90% or more came"), (20, "50% came")],
)
def test_that_few_did_is_not_said_where_all_but_few_did(came: int, told: str) -> None:
    everybody = tuple(str(n) for n in range(40))
    workbook = book(
        ("North", 20, EARLY, None), ("South", 20, EARLY, None),
        convenings=(Gathering(date=D(2025, 5, 1), title="x", attendees=everybody[:came]),),
    )  # fmt: skip
    [result] = [found for found, _ in charts.outcome_charts(workbook, column="Region", as_of=TODAY)
                if found.lens is GroupOutcome.ATTENDANCE]  # fmt: skip
    assert charts.lens_title(result, months=12).startswith(f"{told} to a gathering in the last 12 months")
    if came != 20:
        assert charts.lenses_title([result], column="Region") == (
            "Region: no group can be compared without telling of too few"
        )


@settings(max_examples=5, deadline=None)
@given(
    st.lists(st.text(min_size=1, max_size=60).filter(lambda text: text.strip()), min_size=2, max_size=4, unique=True),
    st.integers(5, 12),
)
def test_no_value_breaks_the_charts(values: list[str], size: int) -> None:
    workbook = book(*((value, size, EARLY, None) for value in values), reference=dict.fromkeys(values, 0.5))
    told = compare_representation(workbook, column="Region", as_of=TODAY)
    grouped = membership_by_category(workbook, column="Region", period=Period.YEAR, as_of=TODAY)
    if told is not None:
        figures = [charts.make_up_chart(told), charts.over_time_chart(grouped)]
        figures += [figure for _, figure in charts.outcome_charts(workbook, column="Region", as_of=TODAY)]
        for figure in figures:
            figure.to_json()
            written = [text for trace in figure.data if trace.mode == "text" for text in trace.text]
            assert not any("<" in text for text in written)
        charts.make_up_title(told), charts.make_up_text(told), charts.over_time_text(grouped)
