"""For arbitrary cells of any type and length, in any tab: nothing raises, and a bad row touches no other."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Severity
from nethealth.workbook.schema.tabs import SETTING_VALUES, TABS

TODAY = dt.date(2026, 3, 2)
TITLES = [name for tab in TABS for name in (tab.name, *tab.aliases)]
HEADERS = sorted({name for tab in TABS for column in tab.columns.values() for name in (column.name, *column.aliases)})

TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(alphabet=st.characters(), max_size=8),
    st.sampled_from(
        [
            *(
                "Ann",
                "Ben",
                "Ann, Ben",
                "Ann; Ben\nZed",
                "=1+1",
                "+1",
                "@x",
                "#REF!",
                "Loading...",
                "<script>alert(1)</script>",
            ),
            *(
                "a@x.org",
                "\u202eAnn",
                "An\u200bn",
                "NaN",
                "inf",
                "1e3",
                "007",
                "2024-02-30",
                "3/4/2024",
                "March 2024",
                "0",
            ),
            *(
                "4 - Agree",
                "Strongly agree",
                "Don't know",
                "N/A",
                "https://x.org",
                "javascript:alert(1)",
                "\ud800",
                "١٢",
            ),
            *("[", "Q [Ann]", "Q [Ben]", "(private)", "Timestamp", "x" * 40_000, "a,b;" * 500, "From", "Name", "yes"),
        ]
    ),
)
CELLS = st.one_of(
    st.none(),
    TEXTS,
    st.integers(),
    st.sampled_from([10**400, -(10**5000), 45000, 2024, 0, 1]),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.just(dt.UTC)),
    st.times(),
    st.timedeltas(),
)


def read(tabs):
    raw = RawWorkbook(
        title="T",
        tabs=[RawTab(title=title, rows=rows) for title, rows in tabs],
        read_at=dt.datetime(2026, 3, 2, tzinfo=dt.UTC),
    )
    return read_workbook(raw, today=TODAY)


def check(workbook):
    """What holds of any reading."""
    assert all(tab.rows == tab.accepted + tab.merged + tab.rejected for tab in workbook.tabs)
    assert all(min(tab.rows, tab.accepted, tab.merged, tab.rejected) >= 0 for tab in workbook.tabs)
    assert list(workbook.people) == [person.key for person in workbook.people.values()]
    for tie in workbook.connections:
        assert tie.source != tie.target
        assert {tie.source, tie.target} <= set(workbook.people)
    assert all(len(problem.value or "") <= 80 for problem in workbook.problems)
    for problem in workbook.problems:
        f"{problem.message}{problem.remedy}{problem.value}{problem.header}".encode()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.sampled_from(TITLES), st.text(max_size=10)),
            st.lists(st.lists(st.one_of(CELLS, st.sampled_from(HEADERS)), max_size=8), max_size=6),
        ),
        max_size=6,
    )
)
def test_any_workbook_is_read(tabs):
    check(read(tabs))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_cell_under_any_header_is_read(data):
    tab = data.draw(st.sampled_from(TABS))
    headers = [column.name for column in tab.columns.values()] + ["More", "Q [Ann]"]
    rows = data.draw(st.lists(st.lists(CELLS, min_size=1, max_size=len(headers)), min_size=1, max_size=5))
    people = ("Members", [["Name", "Organization"], ["Ann", "O"], ["Ben", ""]])
    check(read([people, (tab.name, [headers, *rows])] if tab.name != "Members" else [(tab.name, [headers, *rows])]))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([column.name for column in SETTING_VALUES.values()]), CELLS)
def test_any_setting_is_read(name, value):
    workbook = read([("Settings", [["Setting", "Value"], [name, value]]), ("Members", [["Name"], ["Ann"], ["Ben"]])])
    check(workbook)
    assert workbook.settings.smallest_group >= 3


GOOD_ROWS = {
    "Connections": ["Ann", "Ben", "4 - Coordinate", "Mentoring", "2024-05-06", "Wave 1"],
    "Convenings": ["2024-05-06", "Kick-off", "Online", 30, 20, "Ann; Ben"],
    "Weaving": ["2024-05-06", "Sue", "Ann", "Ben", "Made", "heard"],
    "Platform": ["2024-05-06", "Slack", 30, 20, 5, 6],
    "Agreements": ["How we decide", "Governance", "Adopted", "2024-05-06", "2025-01-01", "yes"],
    "Emergent activity": ["Garden", "Grow", "Ann; Ben", "2024-05", "Members", "Peas"],
    "Actions": ["More time", "Longer days", "2024-05-06", "yes", "Q"],
}
FIELD = {"Emergent activity": "emergent", "Actions": "actions"}


@pytest.mark.parametrize("title", GOOD_ROWS)
@settings(max_examples=25, deadline=None)
@given(bad=st.lists(CELLS, min_size=1, max_size=6))
def test_bad_row_leaves_others_unchanged(title, bad):
    tab = next(tab for tab in TABS if tab.name == title)
    headers = [column.name for column in tab.columns.values()][:6]
    people = ("Members", [["Name"], ["Ann"], ["Ben"]])
    good = GOOD_ROWS[title]
    field = FIELD.get(title, title.casefold())

    def record_of(rows, number):
        workbook = read([people, (title, [headers, *rows])])
        found = [p for p in workbook.problems if p.tab == title and p.row == number and p.severity is Severity.ERROR]
        return [record for record in getattr(workbook, field) if record.row == number], found

    alone, _ = record_of([[], good], 3)
    next_to_it, found = record_of([bad, good], 3)
    assert len(alone) == 1
    assert next_to_it == alone
    assert found == []
