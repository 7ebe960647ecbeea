"""How we read the survey: doubtful questions are confirmed and matched to outcomes on the Data page."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.ui import session
from nethealth.workbook.records import Question, QuestionKind
from tests.pages.conftest import Show, sample, visit, words_on

MEETS, HELPS = "We meet in our district", "The network helps me in my work"
ROWS = [("Every month", "Agree"), ("Sometimes", "Strongly agree"), ("Never", "Neutral"), ("Often", "Disagree")] * 3
SURVEY = "\n".join([f"Timestamp,{MEETS},{HELPS}", *(f"2026-03-{day:02},{a},{b}" for day, (a, b) in enumerate(ROWS, 1))])


def button(app: AppTest, label: str) -> Any:
    return next(each for each in app.button if each.label == label)


def question(app: AppTest, text: str) -> Question:
    workbook = app.session_state[session.OPENED_KEY].reading.workbook
    return next(each for each in workbook.questions if each.text == text)


@pytest.fixture
def asked(app: AppTest) -> AppTest:
    visit(app, "open")
    app.file_uploader[0].upload("Survey.csv", SURVEY.encode(), "text/csv").run()
    visit(app, "data")
    assert not app.exception
    return app


def test_doubtful_question_comes_first_and_has_no_scale(asked: AppTest) -> None:
    assert question(asked, MEETS).doubt
    assert any("1 to confirm" in folded.label for folded in asked.expander)
    words = words_on(asked)
    assert words.index(MEETS) < words.index(HELPS)


def test_confirmed_scale_applies_at_once(asked: AppTest) -> None:
    box = next(each for each in asked.selectbox if (each.key or "").startswith("answered-"))
    box.set_value("One of several").run()
    button(asked, "Use these answers").click().run()
    assert question(asked, MEETS).kind is QuestionKind.CHOICE
    assert question(asked, MEETS).doubt is None
    assert any(MEETS in code.value for code in asked.code)


def test_answers_in_order_make_a_scale_of_its_own(asked: AppTest) -> None:
    box = next(each for each in asked.selectbox if (each.key or "").startswith("answered-"))
    box.set_value(next(each for each in box.options if "another scale" in each)).run()
    button(asked, "Use these answers").click().run()
    assert "role" in words_on(asked)
    assert question(asked, MEETS).doubt, "an order is missing"
    asked.multiselect[0].set_value(["Never", "Sometimes", "Often", "Every month"]).run()
    button(asked, "Use these answers").click().run()
    scale = question(asked, MEETS).scale
    assert scale is not None
    assert [label for _, label in scale.points] == ["Never", "Sometimes", "Often", "Every month"]


def test_question_is_matched_to_an_outcome(asked: AppTest) -> None:
    box = next(each for each in asked.selectbox if each.label == HELPS)
    box.set_value("Professional effectiveness").run()
    button(asked, "Use these outcomes").click().run()
    assert question(asked, HELPS).outcome == "Professional effectiveness"
    assert question(asked, HELPS).scale is not None


def test_numbers_are_ratings_once_staff_say_so(app: AppTest) -> None:
    calm = "Stress (1 = very stressed, 5 = calm)"
    rows = [f"2026-03-{day:02},{day % 5 + 1},{day % 4 + 2},{day % 5 + 1}" for day in range(1, 13)]
    survey = "\n".join([f'Timestamp,Q1,Q2,"{calm}"', *rows])
    visit(app, "open")
    app.file_uploader[0].upload("Survey.csv", survey.encode(), "text/csv").run()
    visit(app, "data")
    assert [question(app, text).kind for text in ("Q1", "Q2", calm)] == [QuestionKind.CHOICE] * 3
    next(each for each in app.button if each.key == "all-ratings").click().run()
    assert [question(app, text).kind for text in ("Q1", "Q2", calm)] == [QuestionKind.SCALE] * 2 + [QuestionKind.CHOICE]
    app.checkbox[0].check().run()
    button(app, "Use these answers").click().run()
    assert question(app, calm).reverse
    assert not app.exception


def test_network_workbook_offers_to_confirm(app: AppTest, showing: Show) -> None:
    showing(sample())
    assert button(visit(app, "data"), "Confirm or correct this")
