"""The Report page: a draft to edit, and edits that stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from nethealth.ui.routes import PAGES
from nethealth.workbook.records import Workbook
from tests.pages.conftest import sample, words_on

Show = Callable[..., None]
PURPOSE = "report-board-purpose-1"
STORIES = (
    "First-year teachers’ Sunday call",
    "Family math nights, shared",
    "Circle starter kit",
    "Rural circle on the phone",
)


def visit(app: AppTest) -> AppTest:
    return app.switch_page(PAGES["report"]).run()


def purpose(page: AppTest) -> TextArea:
    (area,) = (each for each in page.text_area if each.label == "Our purpose")
    return area


def test_draft_has_a_text_for_each_section(app: AppTest, showing: Show) -> None:
    showing(sample())
    page = visit(app)
    assert not page.exception
    assert len(page.text_area) == 9 + len(STORIES)
    assert {area.label for area in page.text_area} > set(STORIES)
    assert str(sample().settings.shared_purpose) == page.text_area(key=PURPOSE).value


def test_fields_hold_their_text_even_if_the_first_run_is_stopped(app: AppTest, showing: Show) -> None:
    showing(sample())
    # A browser that sees only a later run shows the default.
    assert all(area.proto.default == area.value for area in visit(app).text_area)


def test_draft_shows_the_numbers_and_stories_that_go_into_the_file(app: AppTest, showing: Show) -> None:
    showing(sample())
    words = words_on(visit(app))
    assert "up 21 points" in words
    assert any("Half an hour on Sunday evenings" in area.value for area in app.text_area)


def test_draft_says_who_its_numbers_leave_out(app: AppTest, showing: Show) -> None:
    showing(sample())
    visit(app)
    assert any("asked not to appear" in caption.value for caption in app.caption)


def test_edit_stays_and_can_be_taken_back(app: AppTest, showing: Show) -> None:
    showing(sample())
    ours = visit(app).text_area(key=PURPOSE).value
    app.text_area(key=PURPOSE).input("What we are for.").run()
    app.switch_page(PAGES["emergence"]).run()
    page = app.switch_page(PAGES["report"]).run()
    assert page.text_area(key=PURPOSE).value == "What we are for."
    page.button(key=f"{PURPOSE}-undo").click().run()
    assert purpose(page).value == ours


def test_edit_outlives_new_numbers(app: AppTest, showing: Show) -> None:
    showing(sample())
    visit(app).text_area(key=PURPOSE).input("What we are for.").run()
    settings = replace(sample().settings, shared_purpose="Another purpose.")
    showing(replace(sample(), settings=settings))
    page = app.run()
    assert page.text_area(key=PURPOSE).value == "What we are for."
    assert "Another purpose." in words_on(page)


def test_unedited_text_follows_new_numbers(app: AppTest, showing: Show) -> None:
    showing(sample())
    visit(app)
    settings = replace(sample().settings, shared_purpose="Another purpose.")
    showing(replace(sample(), settings=settings))
    assert purpose(app.run()).value == "Another purpose."


def test_empty_workbook_shows_how_to_start(app: AppTest, showing: Show) -> None:
    showing(Workbook())
    page = visit(app)
    assert not page.exception
    assert not page.text_area
