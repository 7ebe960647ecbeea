"""The pages on experience, emergence, and mindset: what they show, who sees it, and that entries aren't lost."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.ui.access import Role
from nethealth.ui.routes import PAGES
from nethealth.workbook.records import (
    EmergentActivity,
    Gathering,
    MindsetReflection,
    Person,
    Question,
    QuestionKind,
    SurveyResponse,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import AGREEMENT, CHARACTERISTICS, OUTCOMES, PAIRS, Level, Moment

Show = Callable[..., None]
KNOWLEDGE = OUTCOMES[Level.PARTICIPANT][0]
SECRET = "What I only tell the staff"
HOSTILE = "<script>alert('cell')</script>"


def sent(app: AppTest) -> str:
    """All that went to the browser for the page's main part."""
    found, parts = [app.main], []
    while found:
        node = found.pop()
        parts.append(str(getattr(node, "proto", "")))
        found += list(getattr(node, "children", {}).values())
    return "\n".join(parts)


def book(people: int = 6) -> Workbook:
    questions = (
        Question(text="I learned", kind=QuestionKind.SCALE, scale=AGREEMENT, outcome=KNOWLEDGE),
        Question(text="Why?", kind=QuestionKind.TEXT),
    )
    responses = [SurveyResponse(wave=None, answers={"I learned": 5.0, "Why?": SECRET}) for _ in range(people)]
    reflections = [
        MindsetReflection(session="Retreat", moment=Moment.NOW, positions=(2,) * 7, reflection=SECRET)
        for _ in range(people)
    ]
    return Workbook(
        today=dt.date(2025, 6, 1),
        people={key: Person(key=key, name=f"Person {key}", on_map=key != "c") for key in "abc"},
        questions=questions,
        responses=tuple(responses),
        mindset=tuple(reflections),
        emergent=(
            EmergentActivity(name=HOSTILE, purpose=HOSTILE, collaborators=("a", "b", "c"), started=dt.date(2025, 1, 1)),
            EmergentActivity(name="Choir", collaborators=("a", "c"), link="javascript:alert(1)"),
        ),
    )


def visit(app: AppTest, address: str) -> AppTest:
    return app.switch_page(PAGES[address]).run()


def together(app: AppTest) -> AppTest:
    """Open the tab of the mindset page that is about groups."""
    visit(app, "mindset")
    app.query_params["tab"] = "What our sessions showed"
    return app.run()


def test_staff_see_open_answers(app: AppTest, showing: Show) -> None:
    showing(book())
    staff = visit(app, "experience")
    assert "<dd>100%</dd>" in sent(staff)
    app.query_params["tab"] = "In their own words"
    staff = app.run()
    assert not staff.exception
    assert SECRET in sent(staff)


def test_viewers_never_see_open_answers(app: AppTest, showing: Show) -> None:
    showing(book(), role=Role.VIEWER)
    viewer = visit(app, "experience")
    assert "I learned" in sent(viewer)
    assert SECRET not in sent(viewer)


@pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER])
def test_too_few_answers_are_hidden(app: AppTest, showing: Show, role: Role) -> None:
    showing(book(people=3), role=role)
    shown = sent(visit(app, "experience"))
    assert "fewer than 5" in shown
    assert "agree · " not in shown
    assert "Hidden" in sent(together(app))


def test_activities_name_no_unlisted_people_and_run_nothing(app: AppTest, showing: Show) -> None:
    showing(book())
    shown = sent(visit(app, "emergence"))
    assert "Choir" in shown
    assert "Person a" in shown
    assert "Person c" not in shown
    # What a chart says to those who do not see it is text by itself; everything else is markup.
    # (On its way Plotly writes < as \u003c, of which the text of a message shows the backslash twice.)
    markup = re.sub(r"^\s*alt(_text)?: .*$", "", shown, flags=re.M).replace("\\\\u003c", "<")
    assert "<b" in markup
    assert "<script" not in markup
    assert "javascript:" not in shown


def test_only_staff_see_who_was_where_before_an_activity(app: AppTest, showing: Show) -> None:
    met = Gathering(date=dt.date(2024, 12, 1), title="Winter convening", attendees=("a", "b"))
    showing(replace(book(), convenings=(met,)))
    assert "Person a and Person b were at Winter convening" in sent(visit(app, "emergence"))
    showing(replace(book(), convenings=(met,)), role=Role.VIEWER)
    assert "Winter convening" not in sent(app.run())


def test_quiet_quarter_brings_questions_to_ask(app: AppTest, showing: Show) -> None:
    showing(book())
    assert "Ask these in your next conversations" in sent(visit(app, "emergence"))
    showing(replace(book(), today=dt.date(2025, 2, 1)))
    assert "Ask these in your next conversations" not in sent(app.run())


@pytest.mark.parametrize("address", ["experience", "emergence", "mindset"])
def test_empty_workbook_shows_how_to_start(app: AppTest, showing: Show, address: str) -> None:
    showing(Workbook())
    page = together(app) if address == "mindset" else visit(app, address)
    assert not page.exception
    assert "To get started, fill in the" in sent(page)


def test_entries_survive_a_visit_to_another_page(app: AppTest, showing: Show) -> None:
    showing(book())
    page = visit(app, "mindset")
    first = page.select_slider(key="mindset-leadership")
    first.set_value(5).run()
    page.multiselect(key="mindset-top").set_value([CHARACTERISTICS[3]]).run()
    page.text_area(key="mindset-thought-0").input("When we planned the summer.").run()
    page.button(key="mindset-next").click().run()
    assert page.select_slider(key="mindset-decisions").value == 3
    app.switch_page(PAGES["emergence"]).run()
    back = app.switch_page(PAGES["mindset"]).run()
    assert not back.exception
    assert back.text_area(key="mindset-thought-0").value == "When we planned the summer."
    assert back.multiselect(key="mindset-top").value == [CHARACTERISTICS[3]]
    back.button(key="mindset-back").click().run()
    assert back.select_slider(key="mindset-leadership").value == 5


def test_only_placed_pairs_count(app: AppTest, showing: Show) -> None:
    showing(book())
    page = visit(app, "mindset")
    page.button_group(key="mindset-view").set_value("All seven").run()
    assert len(page.select_slider) == len(PAIRS)
    page.select_slider(key="mindset-strategy").set_value(1).run()
    assert page.session_state["mindset-placed"] == {"Strategy"}
    page.button(key="mindset-rest").click().run()
    assert len(page.session_state["mindset-placed"]) == len(PAIRS)
    assert page.select_slider(key="mindset-strategy").value == 1


def test_exercise_and_sessions_show_no_score(app: AppTest, showing: Show) -> None:
    showing(book())
    for page in (visit(app, "mindset"), together(app)):
        shown = sent(page).casefold()
        assert "much closer to the left" in shown
        for word in ("score", "average", "median", "points"):
            assert word not in shown


def test_address_of_a_session_opens_what_it_showed(app: AppTest, showing: Show) -> None:
    showing(book())
    visit(app, "mindset")
    app.query_params["session"] = "Retreat"
    shown = sent(app.run())
    assert "people see" in shown
    assert "mindset-next" not in shown
