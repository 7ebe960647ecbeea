"""Each page: on the sample, on an empty workbook, and while the source fails; for staff and for viewers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.ui.access import Role
from nethealth.ui.routes import FOR_STAFF, PAGES, WITHOUT_READING, may_open
from nethealth.workbook.records import Person, Workbook
from tests.pages.conftest import FAILURE, Show, sample, visit, words_on

WENT_WRONG = "Something went wrong"


def text_of(app: AppTest) -> str:
    """What a page that works sends to the browser."""
    assert not app.exception
    words = words_on(app)
    assert WENT_WRONG not in words
    assert len(app.title) == 1
    return words


@pytest.mark.parametrize("address", PAGES)
def test_sample(app: AppTest, address: str) -> None:
    words = text_of(visit(app, address))
    assert "sample network" in words


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("role", Role)
def test_empty_workbook(app: AppTest, showing: Show, address: str, role: Role) -> None:
    showing(Workbook(title="Nothing yet"), role=role)
    if may_open(address, role):
        text_of(visit(app, address))


@pytest.mark.parametrize("address", PAGES)
def test_single_member(app: AppTest, showing: Show, address: str) -> None:
    showing(Workbook(title="One", people={"a": Person(key="a", name="Ana")}))
    text_of(visit(app, address))


@pytest.mark.parametrize("address", PAGES)
def test_failing_source_keeps_the_last_reading(app: AppTest, showing: Show, address: str) -> None:
    showing(sample(), failure=FAILURE)
    words = text_of(visit(app, address))
    assert FAILURE.message in words
    assert FAILURE.remedy in words
    assert "seeing data from" in words


@pytest.mark.parametrize("address", sorted(set(PAGES) - FOR_STAFF))
def test_failing_source_gives_viewers_no_remedy(app: AppTest, showing: Show, address: str) -> None:
    showing(sample(), role=Role.VIEWER, failure=FAILURE)
    words = text_of(visit(app, address))
    assert "can’t read the workbook" in words
    assert FAILURE.message not in words
    assert FAILURE.remedy not in words, "only staff can act on it"


def test_no_reading_gives_staff_remedy_and_address(app: AppTest, showing: Show) -> None:
    showing(None, failure=FAILURE, share="reader@project.iam.gserviceaccount.com")
    app.run()
    words = text_of(app)
    assert FAILURE.message in words
    assert FAILURE.remedy in words
    assert [code.value for code in app.code] == ["reader@project.iam.gserviceaccount.com"]


def test_no_reading_gives_viewers_no_remedy(app: AppTest, showing: Show) -> None:
    showing(None, role=Role.VIEWER, failure=FAILURE, share="reader@project.iam.gserviceaccount.com")
    app.run()
    words = text_of(app)
    assert FAILURE.message not in words
    assert FAILURE.remedy not in words
    assert not app.code


def test_first_reading_under_way(app: AppTest, showing: Show) -> None:
    showing(None)
    app.run()
    assert "first time" in text_of(app)


def test_a_broken_page_leaves_the_others_working(app: AppTest, showing: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    from nethealth.ui.overview import cards

    def breaks(*_: object, **__: object) -> None:
        raise ValueError("SECRET name")

    showing(sample())
    monkeypatch.setattr(cards, "show_cards", breaks)
    app.run()
    assert not app.exception
    words = words_on(app)
    assert WENT_WRONG in words
    assert "SECRET" not in words
    app.switch_page(PAGES["guide"]).run()
    text_of(app)


def test_overview_is_small(app: AppTest, showing: Show) -> None:
    showing(sample())
    app.run()
    words = words_on(app)
    assert len(words) < 44_000, "30 KB of it are the styles of all pages"
    assert not app.get("arrow_data_frame")
    assert not app.get("plotly_chart")


def test_hostile_settings_are_escaped(app: AppTest, showing: Show) -> None:
    hostile = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) $$x$$"
    workbook = sample()
    settings = replace(workbook.settings, network_name=hostile, shared_purpose=hostile)
    showing(replace(workbook, settings=settings, fingerprint="hostile"))
    app.run()
    words = text_of(app)
    assert "<img src=x" not in words
    assert "&lt;img src=x" in words


@pytest.mark.parametrize("address", PAGES)
def test_heading_levels_have_no_gap(app: AppTest, address: str) -> None:
    # The title is a level-1 heading, so sections are level 2: screen readers announce the levels.
    assert not visit(app, address).subheader


@pytest.mark.parametrize("address", sorted(WITHOUT_READING))
def test_pages_without_data_work_without_a_reading(app: AppTest, showing: Show, address: str) -> None:
    showing(None, failure=FAILURE)
    words = text_of(visit(app, address))
    assert FAILURE.message not in words
    assert "can’t read your workbook" not in words


def test_no_reading_links_viewers_to_the_guide_only(app: AppTest, showing: Show) -> None:
    showing(None, role=Role.VIEWER, failure=FAILURE)
    app.run()
    (link,) = app.get("page_link")
    assert link.proto.page == "guide"


@pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER])
def test_empty_page_names_its_tab_and_links_staff_to_the_template(app: AppTest, showing: Show, role: Role) -> None:
    showing(Workbook(title="Nothing yet"), role=role)
    words = text_of(visit(app, "connectivity"))
    assert "fill in the Connections tab" in words
    assert ("Get the template" in words) is (role is Role.STAFF)
    assert not app.selectbox, "nothing to choose from"
    assert not app.toggle
