from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.infrastructure import Period, Representation, compare_representation, membership_by_category
from nethealth.infrastructure.charts import representation as charts
from nethealth.workbook.records import Expectation, Person, Settings, Spell, Workbook
from tests.texts import numbers_in

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
EXPECTED = book(
    ("North", 60, EARLY, None), ("South", 30, EARLY, None), ("<b>East</b>", 10, LATE, None),
    reference={"North": 0.4, "South": 0.55, "<b>East</b>": 0.08},
)  # fmt: skip


def compared(workbook: Workbook) -> Representation:
    representation = compare_representation(workbook, column="Region", as_of=TODAY)
    assert representation is not None
    return representation


def test_title_names_categories_below_and_above_expected() -> None:
    title = charts.representation_title(compared(EXPECTED))
    assert "fewer" in title.split("South")[0]
    assert "more" in title.split("South")[1]
    assert title.endswith("North")


def test_title_without_differences() -> None:
    members = (("North", 60, EARLY, None), ("South", 40, EARLY, None))
    as_expected = compared(book(*members, reference={"North": 0.6, "South": 0.4}))
    assert "no category differs" in charts.representation_title(as_expected)
    without_reference = compared(book(*members))
    assert "North, with 60%" in charts.representation_title(without_reference)
    assert "Reference tab" in charts.representation_note(without_reference)


def test_marks_are_at_the_shares() -> None:
    figure = charts.representation_chart(compared(EXPECTED))
    by_name = {trace.name: trace for trace in figure.data if trace.name}
    assert list(by_name["expected"].x) == [0.4, 0.55, 0.08]
    assert list(by_name["share of members"].x) == [0.1]  # as expected
    [different] = [trace for name, trace in by_name.items() if name.startswith("▼ ▲")]
    assert list(different.x) == [0.6, 0.3]
    words = " ".join(text for trace in figure.data if trace.mode == "text" for text in trace.text)
    assert "▲ 60%, expected 40%" in words
    assert "▼ 30%, expected 55%" in words
    assert "<b>" not in words
    assert "South 30% (22% to 40%), expected 55%." in charts.representation_text(compared(EXPECTED))


def test_viewers_do_not_see_small_numbers() -> None:
    blank = Person(key="x", name="x", spells=(Spell(EARLY, None),))
    workbook = replace(EXPECTED, people={**EXPECTED.people, "x": blank}, is_for_viewers=True)
    representation = compared(workbook)
    # One person has no region, and all 101 minus North and South would give them away with East.
    assert "Of 101 members: North 59%" in charts.representation_text(representation)
    assert "<b>East</b> hidden, expected 8.0%." in charts.representation_text(representation)
    assert "all members" in charts.representation_note(representation)
    assert "Hidden" in charts.representation_note(representation)
    without_reference = compared(replace(workbook, reference=()))
    assert "shown is North, with 59%" in charts.representation_title(without_reference)


def test_over_time_lines_are_shares() -> None:
    membership = membership_by_category(EXPECTED, column="Region", period=Period.YEAR, as_of=TODAY)
    figure = charts.over_time_chart(membership)
    assert {trace.name: list(trace.y) for trace in figure.data} == {
        "North": [60 / 90, 0.6, 0.6],
        "South": [30 / 90, 0.3, 0.3],
        "&lt;b&gt;East&lt;/b&gt;": [0.0, 0.1, 0.1],
    }
    title = charts.over_time_title(membership)
    assert title.startswith("<b>East</b>")
    assert "up 10 points" in title
    (north,) = (each for each in charts.over_time_text(membership).split(".") if "North" in each)
    assert numbers_in(north)[-4:] == ["67%", "2023", "60%", "2025"]


def test_over_time_hidden_shares_are_gaps() -> None:
    few = book(("North", 20, EARLY, None), ("South", 2, EARLY, None), ("South", 20, LATE, None))
    membership = membership_by_category(few, column="Region", period=Period.YEAR, as_of=TODAY)
    assert [trace.y[0] for trace in charts.over_time_chart(membership).data] == [None, None]


@settings(max_examples=5, deadline=None)
@given(
    st.lists(st.text(min_size=1, max_size=60).filter(lambda text: text.strip()), min_size=2, max_size=4, unique=True),
    st.integers(5, 12),
)
def test_any_value_is_escaped(values: list[str], size: int) -> None:
    workbook = book(*((value, size, EARLY, None) for value in values), reference=dict.fromkeys(values, 0.5))
    representation = compare_representation(workbook, column="Region", as_of=TODAY)
    membership = membership_by_category(workbook, column="Region", period=Period.YEAR, as_of=TODAY)
    if representation is not None:
        for figure in (charts.representation_chart(representation), charts.over_time_chart(membership)):
            figure.to_json()
            written = [text for trace in figure.data if trace.mode == "text" for text in trace.text]
            assert not any("<" in text for text in written)
        charts.representation_text(representation)
        charts.over_time_text(membership)
