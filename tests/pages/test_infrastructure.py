"""The Collaborative infrastructure page tab by tab: for staff and viewers, without data, and by address."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.ui.access import Role
from nethealth.ui.routes import PAGES
from nethealth.workbook.records import Gathering, Person, PlatformMonth, Settings, Spell, Workbook
from nethealth.workbook.tab_reading import TabReading
from tests.pages.conftest import Show, an_app, sample, words_on
from tests.pages.test_viewers import SECRET, planted

TABS = ("Membership", "Convenings", "Activities", "Platform", "Agreements", "Representation")
STAFF_TAB = "Participation"
MARKUP = "<img src=x onerror=alert(1)>"


def open_page(**choices: str) -> AppTest:
    """Open the page at an address with these choices."""
    app = an_app()
    app.switch_page(PAGES["infrastructure"])
    for name, value in choices.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def page_text(**choices: str) -> str:
    """Return everything that such a page sends."""
    return words_on(open_page(**choices))


@pytest.mark.parametrize("tab", [*TABS, STAFF_TAB])
def test_each_tab_shows_the_sample(showing: Show, tab: str) -> None:
    showing(sample())
    app = open_page(tab=tab)
    assert len(app.header) >= 1
    assert "Download" in words_on(app)


@pytest.mark.parametrize("tab", [*TABS, STAFF_TAB])
def test_each_empty_tab_has_instructions(showing: Show, tab: str) -> None:
    showing(Workbook(title="One", people={"a": Person(key="a", name="Ana")}))
    assert "To get started, fill in the" in page_text(tab=tab)


@pytest.mark.parametrize("tab", TABS)
def test_viewers_see_nothing_for_staff(showing: Show, tab: str) -> None:
    showing(planted(), role=Role.VIEWER)
    words = page_text(tab=tab)
    assert SECRET not in words
    assert "staff only" not in words.casefold()
    assert "only staff" not in words.casefold()


def test_viewers_who_ask_for_the_staff_tab_get_the_first(showing: Show) -> None:
    showing(sample(), role=Role.VIEWER)
    app = open_page(tab=STAFF_TAB)
    words = words_on(app)
    assert [tab.label for tab in app.tabs] == list(TABS)
    assert "took part in something" not in words
    assert "122 members" in words


def test_staff_see_who_left_and_who_has_not_taken_part(showing: Show) -> None:
    showing(planted())
    assert SECRET in page_text(tab="Membership")  # who left
    words = page_text(tab=STAFF_TAB)
    assert "took part in something" in words
    assert "taken part" in words


def test_address_sets_period_years_and_segment(showing: Show) -> None:
    showing(sample())
    fiscal = page_text()
    assert "since FY2027 began" in fiscal
    assert "up 4 since" in fiscal
    calendar = page_text(years="from January")
    assert "since 2026 began" in calendar
    month = page_text(period="month")
    assert "since November 2026 began" in month
    assert "from July" not in month  # of months there are no fiscal ones
    segment = page_text(period="year", segment="Region: New Mexico")
    assert "New Mexico: 19 members" in segment
    assert "always shows all members" in segment


def test_address_sets_the_column(showing: Show) -> None:
    showing(sample())
    assert "Region: fewer members than expected" in page_text(tab="Representation")
    assert "Grade band:" in page_text(tab="Representation", by="Grade band")
    # A private column is for metrics by category, which everyone may see.
    assert "Years in education (private):" in page_text(tab="Representation", by="Years in education (private)")
    assert "Region: fewer members than expected" in page_text(tab="Representation", by="No such column")


def test_downloads_without_names_for_viewers(showing: Show) -> None:
    def offered(tab: str) -> list[str]:
        return [button.proto.label.removesuffix(" (.csv)") for button in open_page(tab=tab).get("download_button")]

    showing(sample())
    everything = "All tables (.xlsx)"
    assert offered("Membership") == ["Membership", "Cohorts", "Who left", everything]
    assert offered("Convenings") == ["Convenings", "Year by year", "First time", everything]
    assert offered("Representation") == [
        "Representation",
        "Representation over time",
        "Outcomes by category",
        everything,
    ]
    assert offered(STAFF_TAB) == ["Engaged", "Not lately", "Attendance", everything]
    showing(sample(), role=Role.VIEWER)
    assert offered("Membership") == ["Membership", "Cohorts", everything]
    assert offered("Convenings") == ["Convenings", "Year by year", "First time", everything]


def test_small_categories_are_not_named(showing: Show) -> None:
    workbook = sample()
    people = list(workbook.people.values())
    few = {person.key: replace(person, attributes={**person.attributes, "Region": "Atlantis"}) for person in people[:3]}
    showing(replace(workbook, people={**workbook.people, **few}, fingerprint="few"))
    for tab in ("Membership", "Representation"):
        assert "Atlantis" not in page_text(tab=tab)


@pytest.mark.parametrize("tab", [*TABS, STAFF_TAB])
def test_cells_are_never_sent_as_markup(showing: Show, tab: str) -> None:
    workbook = sample()
    renamed = {"Region": MARKUP}
    hostile = replace(
        workbook,
        fingerprint="hostile",
        attributes=tuple(renamed.get(column, column) for column in workbook.attributes),
        people={
            key: replace(
                person,
                name=f"{MARKUP} {key}",
                attributes={renamed.get(c, c): f"{MARKUP} {v}" for c, v in person.attributes.items()},
            )
            for key, person in workbook.people.items()
        },
        convenings=tuple(replace(row, title=MARKUP, key_outcomes=MARKUP) for row in workbook.convenings),
        activities=tuple(replace(row, title=MARKUP, key_outcomes=MARKUP) for row in workbook.activities),
        platform=tuple(replace(row, platform=MARKUP) for row in workbook.platform),
        agreements=tuple(replace(row, title=MARKUP) for row in workbook.agreements),
        reference=tuple(replace(row, attribute=MARKUP, value=MARKUP, source=MARKUP) for row in workbook.reference),
    )
    showing(hostile)
    app = open_page(tab=tab)
    assert app.get("html")
    for element in (*app.get("html"), *app.get("markdown")):
        assert MARKUP not in element.proto.body
    for chart in app.get("plotly_chart"):
        # As it is once read: on its way Plotly writes every < in another way.
        assert MARKUP not in json.dumps(json.loads(chart.proto.spec), ensure_ascii=False)


def test_too_few_members_for_categories(showing: Show) -> None:
    joined = (Spell(joined=dt.date(2020, 1, 1), left=None),)
    people = {str(n): Person(key=str(n), name=f"P {n}", spells=joined) for n in range(4)}
    showing(Workbook(title="Small", people=people, settings=Settings()))
    assert "two categories of 5" in page_text(tab="Representation")


@pytest.mark.parametrize("tab", ["Membership", "Representation", STAFF_TAB])
def test_members_of_a_list_without_dates_need_joined_dates(showing: Show, tab: str) -> None:
    people = {str(n): Person(key=str(n), name=f"P {n}", left_on_unknown_day=n < 2) for n in range(12)}
    contacts = TabReading(tab="Members", title="contacts", rows=12, accepted=12, merged=0, rejected=0)
    showing(Workbook(title="Contacts", people=people, tabs=(contacts,)))
    text = page_text(tab=tab)
    assert "add a Joined date" in text.replace("Add", "add")
    assert "“contacts”" in text


@pytest.mark.parametrize(("tab", "charts"), [("Convenings", 1), ("Platform", 0), ("Membership", 1)])
def test_first_gathering_month_or_year_needs_no_trend_chart(showing: Show, tab: str, charts: int) -> None:
    # One convening: only the calendar. One month of the platform: only its numbers. One year: no cohorts.
    day = dt.date(2025, 6, 1)
    people = {f"p{n}": Person(key=f"p{n}", name=f"P {n}", spells=(Spell(day, None),)) for n in range(8)}
    showing(
        Workbook(
            title="Begun",
            today=dt.date(2025, 9, 1),
            people=people,
            convenings=(Gathering(date=day, title="First", invited=8, attended=9),),
            platform=(PlatformMonth(month=day, members=8, active=4, posts=6),),
        )
    )
    app = open_page(tab=tab)
    assert len(app.get("plotly_chart")) == charts
    words = words_on(app)
    assert "112%" not in app.header[0].value
    # No one typed a link, so the table has no column of dashes.
    assert ">Link<" not in words
