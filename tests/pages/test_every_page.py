"""Each page: on the sample, on an empty workbook, and while the source fails; for staff and for viewers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.ui.access import Role
from nethealth.ui.routes import FOR_STAFF, PAGES, WITHOUT_READING
from nethealth.workbook.records import Person, Workbook
from tests.pages.conftest import FAILURE, Show, sample, visit, words_on

WENT_WRONG = "Something went wrong"


def stands(app: AppTest) -> str:
    assert not app.exception
    words = words_on(app)
    assert WENT_WRONG not in words
    assert len(app.title) == 1
    return words


@pytest.mark.parametrize("address", PAGES)
def test_on_the_sample(app: AppTest, address: str) -> None:
    words = stands(visit(app, address))
    assert "Sample network" in words


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("role", Role)
def test_on_an_empty_workbook(app: AppTest, showing: Show, address: str, role: Role) -> None:
    showing(Workbook(title="Nothing yet"), role=role)
    if role is Role.STAFF or address not in FOR_STAFF:
        stands(visit(app, address))


@pytest.mark.parametrize("address", PAGES)
def test_with_a_single_member(app: AppTest, showing: Show, address: str) -> None:
    showing(Workbook(title="One", people={"a": Person(key="a", name="Ana")}))
    stands(visit(app, address))


@pytest.mark.parametrize("address", PAGES)
def test_while_the_source_fails_the_last_good_reading_stands(app: AppTest, showing: Show, address: str) -> None:
    showing(sample(), failure=FAILURE)
    words = stands(visit(app, address))
    assert FAILURE.message in words
    assert FAILURE.remedy in words
    assert "seeing data from" in words


@pytest.mark.parametrize("address", sorted(set(PAGES) - FOR_STAFF))
def test_for_viewers(app: AppTest, showing: Show, address: str) -> None:
    showing(sample(), role=Role.VIEWER, failure=FAILURE)
    words = stands(visit(app, address))
    assert "can’t read the workbook" in words
    assert FAILURE.message not in words
    assert FAILURE.remedy not in words, "what to do is for those who can do it"


def test_with_no_reading_at_all_the_remedy_and_the_address_to_share_with_are_there(app: AppTest, showing: Show) -> None:
    showing(None, failure=FAILURE, share="reader@project.iam.gserviceaccount.com")
    app.run()
    words = stands(app)
    assert FAILURE.message in words
    assert FAILURE.remedy in words
    assert [code.value for code in app.code] == ["reader@project.iam.gserviceaccount.com"]


def test_with_no_reading_viewers_are_not_bothered_with_remedies(app: AppTest, showing: Show) -> None:
    showing(None, role=Role.VIEWER, failure=FAILURE, share="reader@project.iam.gserviceaccount.com")
    app.run()
    words = stands(app)
    assert FAILURE.message not in words
    assert FAILURE.remedy not in words
    assert not app.code


def test_while_the_first_reading_is_under_way_the_page_says_so(app: AppTest, showing: Show) -> None:
    showing(None)
    app.run()
    assert "first time" in stands(app)


def test_a_page_that_breaks_says_so_and_the_others_work(
    app: AppTest, showing: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nethealth.ui.overview import cards

    def breaks(*_: object, **__: object) -> None:
        raise ValueError("SECRET name of somebody")

    showing(sample())
    monkeypatch.setattr(cards, "show_cards", breaks)
    app.run()
    assert not app.exception
    words = words_on(app)
    assert WENT_WRONG in words
    assert "SECRET" not in words
    app.switch_page(PAGES["guide"]).run()
    stands(app)


def test_the_overview_is_light(app: AppTest, showing: Show) -> None:
    showing(sample())
    app.run()
    words = words_on(app)
    assert len(words) < 40_000
    assert not app.get("arrow_data_frame")
    assert not app.get("plotly_chart")


def test_what_a_cell_holds_shows_as_typed(app: AppTest, showing: Show) -> None:
    hostile = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) $$x$$"
    workbook = sample()
    settings = replace(workbook.settings, network_name=hostile, shared_purpose=hostile)
    showing(replace(workbook, settings=settings, fingerprint="hostile"))
    app.run()
    words = stands(app)
    assert "<img src=x" not in words
    assert "&lt;img src=x" in words


@pytest.mark.parametrize("address", PAGES)
def test_headings_follow_one_another_without_a_gap(app: AppTest, address: str) -> None:
    # A page's title is of the first level, so its sections are of the second: a screen reader announces the levels.
    assert not visit(app, address).subheader


@pytest.mark.parametrize("address", sorted(WITHOUT_READING))
def test_what_needs_no_reading_stands_while_there_is_none(app: AppTest, showing: Show, address: str) -> None:
    showing(None, failure=FAILURE)
    words = stands(visit(app, address))
    assert FAILURE.message not in words
    assert "can’t read your workbook" not in words


def test_viewers_are_led_to_the_guide_alone_while_there_is_no_reading(app: AppTest, showing: Show) -> None:
    showing(None, role=Role.VIEWER, failure=FAILURE)
    app.run()
    (link,) = app.get("page_link")
    assert link.proto.page == "guide"


@pytest.mark.parametrize("role", Role)
def test_an_empty_page_says_where_to_begin_and_only_staff_are_led_to_the_template(
    app: AppTest, showing: Show, role: Role
) -> None:
    showing(Workbook(title="Nothing yet"), role=role)
    words = stands(visit(app, "connectivity"))
    assert "fill in the Connections tab" in words
    assert ("Get a template with this tab" in words) is (role is Role.STAFF)
    assert not app.selectbox, "there is nothing to choose from"
    assert not app.toggle
