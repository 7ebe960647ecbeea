"""The page on the infrastructure tab by tab: for staff and viewers, on nothing, and as its address asks."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.ui.access import Role
from nethealth.ui.infrastructure.view import filled
from nethealth.ui.routes import PAGES
from nethealth.workbook.records import Gathering, Person, PlatformMonth, Settings, Spell, Workbook
from tests.pages.conftest import Show, an_app, sample, words_on
from tests.pages.test_every_page import text_of
from tests.pages.test_viewers import SECRET, planted

OPEN_TO_ALL = ("Membership", "Convenings", "Activities", "Platform", "Agreements", "Who is here")
FOR_STAFF = "Taking part"
MARKUP = "<img src=x onerror=alert(1)>"


def asked(**choices: str) -> AppTest:
    """The page as it stands for somebody who comes in by an address with these choices."""
    app = an_app()
    app.switch_page(PAGES["infrastructure"])
    for name, value in choices.items():
        app.query_params[name] = value
    text_of(app.run())
    return app


def shown(**choices: str) -> str:
    """What such a page sends."""
    return words_on(asked(**choices))


@pytest.mark.parametrize("tab", [*OPEN_TO_ALL, FOR_STAFF])
def test_each_tab_stands_on_the_sample(showing: Show, tab: str) -> None:
    showing(sample())
    app = asked(tab=tab)
    assert len(app.header) >= 1
    assert "Download" in words_on(app)


@pytest.mark.parametrize("tab", [*OPEN_TO_ALL, FOR_STAFF])
def test_each_tab_says_what_it_begins_with_where_there_is_nothing(showing: Show, tab: str) -> None:
    showing(Workbook(title="One", people={"a": Person(key="a", name="Ana")}))
    assert "To get started, fill in the" in shown(tab=tab)


@pytest.mark.parametrize("tab", OPEN_TO_ALL)
def test_nothing_for_staff_reaches_a_viewer_on_any_tab(showing: Show, tab: str) -> None:
    showing(planted(), role=Role.VIEWER)
    words = shown(tab=tab)
    assert SECRET not in words
    assert "only staff" not in words
    assert "Only staff" not in words


def test_a_viewer_who_asks_for_the_tab_of_staff_gets_the_first(showing: Show) -> None:
    showing(sample(), role=Role.VIEWER)
    app = asked(tab=FOR_STAFF)
    words = words_on(app)
    assert [tab.label for tab in app.tabs] == list(OPEN_TO_ALL)
    assert "took part in something" not in words
    assert "122 members" in words


def test_staff_see_who_left_and_who_is_drifting(showing: Show) -> None:
    showing(planted())
    assert SECRET in shown(tab="Membership")  # who left
    words = shown(tab=FOR_STAFF)
    assert "took part in something" in words
    assert "not been seen" in words


def test_the_address_chooses_period_years_and_segment(showing: Show) -> None:
    showing(sample())
    fiscal = shown()
    assert "since the start of FY2027" in fiscal
    assert "4 more since" in fiscal
    calendar = shown(years="from January")
    assert "since the start of 2026" in calendar
    month = shown(period="month")
    assert "since the start of November 2026" in month
    assert "from July" not in month  # of months there are no fiscal ones
    segment = shown(period="year", segment="Region: New Mexico")
    assert "19 members of New Mexico" in segment
    assert "These are of everybody" in segment


def test_the_address_chooses_what_is_compared(showing: Show) -> None:
    showing(sample())
    assert "Region: fewer than expected" in shown(tab="Who is here")
    assert "Grade band:" in shown(tab="Who is here", by="Grade band")
    # A private column serves figures about groups, as everybody may see them.
    assert "Years in education (private):" in shown(tab="Who is here", by="Years in education (private)")
    assert "Region: fewer than expected" in shown(tab="Who is here", by="No such column")


def test_each_tab_offers_its_tables_and_viewers_none_that_name_people(showing: Show) -> None:
    def offered(tab: str) -> list[str]:
        return [button.proto.label.removesuffix(" (.csv)") for button in asked(tab=tab).get("download_button")]

    showing(sample())
    everything = "All tables (.xlsx)"
    assert offered("Membership") == ["Membership", "Cohorts", "Who left", everything]
    assert offered("Convenings") == ["Convenings", "Year by year", "First time", everything]
    assert offered("Who is here") == ["Make-up", "Make-up over time", "Group by group", everything]
    assert offered(FOR_STAFF) == ["Engaged", "Drifting", "Attendance", everything]
    showing(sample(), role=Role.VIEWER)
    assert offered("Membership") == ["Membership", "Cohorts", everything]
    assert offered("Convenings") == ["Convenings", "Year by year", "First time", everything]


def test_small_groups_are_neither_offered_nor_named(showing: Show) -> None:
    workbook = sample()
    people = list(workbook.people.values())
    few = {person.key: replace(person, attributes={**person.attributes, "Region": "Atlantis"}) for person in people[:3]}
    showing(replace(workbook, people={**workbook.people, **few}, fingerprint="few"))
    for tab in ("Membership", "Who is here"):
        assert "Atlantis" not in shown(tab=tab)


@pytest.mark.parametrize("tab", [*OPEN_TO_ALL, FOR_STAFF])
def test_whatever_stands_in_cells_nothing_is_sent_as_markup(showing: Show, tab: str) -> None:
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
    app = asked(tab=tab)
    assert app.get("html")
    for element in (*app.get("html"), *app.get("markdown")):
        assert MARKUP not in element.proto.body
    for chart in app.get("plotly_chart"):
        # As it is once read: on its way Plotly writes every < in another way.
        assert MARKUP not in json.dumps(json.loads(chart.proto.spec), ensure_ascii=False)


def test_a_network_without_smallest_groups_to_show_says_so(showing: Show) -> None:
    people = {str(n): Person(key=str(n), name=f"P {n}") for n in range(4)}
    showing(Workbook(title="Small", people=people, settings=Settings()))
    assert "Who is here and who is missing shows once" in shown(tab="Who is here")


@pytest.mark.parametrize(("tab", "charts"), [("Convenings", 1), ("Platform", 0), ("Membership", 1)])
def test_a_first_gathering_month_or_year_is_told_without_charts_that_have_nothing_to_say(
    showing: Show, tab: str, charts: int
) -> None:
    # One convening: the calendar alone. One month of the platform: its figures alone. One year: no cohorts.
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
    app = asked(tab=tab)
    assert len(app.get("plotly_chart")) == charts
    words = words_on(app)
    assert "112%" not in app.header[0].value
    # Nobody typed a link: the register has no column of dashes.
    assert ">Link<" not in words


def test_an_empty_column_is_no_column() -> None:
    rows = [{"Name": "", "Seen": None, "Link": "", "Days": 0}, {"Name": "", "Seen": None, "Link": "x", "Days": None}]
    assert filled(rows[0], rows) == ["Name", "Link", "Days"]
