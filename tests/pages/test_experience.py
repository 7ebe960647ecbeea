"""The page on participant experience, tab by tab: what it shows, who sees it, and links to it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.ui.access import Role
from nethealth.ui.routes import PAGES
from nethealth.workbook.records import (
    FeedbackAction,
    Person,
    Question,
    QuestionKind,
    SurveyResponse,
    Wave,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import AGREEMENT, OUTCOMES, ZERO_TO_TEN, Level, WaveKind
from nethealth.workbook.tab_reading import TabReading
from tests.pages.conftest import Show, visit, words_on

TABS = ("How people answered", "Compare groups", "Who answered", "In their own words", "What we did")
KNOWLEDGE = OUTCOMES[Level.PARTICIPANT][0]
HOSTILE = "<img src=x onerror=alert(1)>"


def book() -> Workbook:
    """Two surveys of 30 members in three regions, one of which has two people; with open answers and promises."""
    chance = random.Random(3)
    regions = ["North"] * 14 + ["South"] * 14 + ["Tiny"] * 2
    people = {
        f"p{n}": Person(key=f"p{n}", name=f"Vexilla Quill{n}", attributes={"Region": region})
        for n, region in enumerate(regions)
    }
    responses = [
        SurveyResponse(
            wave=wave,
            date=dt.date(year, 5, 1),
            respondent=key,
            answers={
                "I learn": float(chance.randint(3, 5)),
                "Recommend?": float(chance.randint(5, 10)),
                "How?": chance.choice(["Online", "In person"]),
                "Why?": f"More visits with Vexilla {HOSTILE}",
            },
        )
        for wave, year in (("2024", 2024), ("2025", 2025))
        for key in people
    ]
    return Workbook(
        today=dt.date(2025, 9, 1),
        people=people,
        attributes=("Region",),
        questions=(
            Question(text="I learn", kind=QuestionKind.SCALE, scale=AGREEMENT, outcome=KNOWLEDGE),
            Question(text="Recommend?", kind=QuestionKind.SCALE, scale=ZERO_TO_TEN),
            Question(text="How?", kind=QuestionKind.CHOICE),
            Question(text="Why?", kind=QuestionKind.TEXT),
        ),
        responses=tuple(responses),
        actions=(
            FeedbackAction(what_we_heard="Too many calls", what_we_did="Fewer calls", promised_by=dt.date(2025, 8, 1)),
            FeedbackAction(what_we_heard=HOSTILE, what_we_did=HOSTILE, done=True, question=HOSTILE),
        ),
    )


def opened(app: AppTest, tab: str, **choices: str) -> str:
    app.switch_page(PAGES["experience"])
    app.query_params["tab"] = tab
    for key, value in choices.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    words = words_on(app)
    assert "Something went wrong, so we can’t show" not in words
    assert "<img src=x" not in "".join(element.proto.body for element in app.get("html"))
    return words


def test_old_tab_title_in_a_link_opens_the_renamed_tab(app: AppTest, showing: Show) -> None:
    showing(book())
    words = opened(app, "What differs", by="Region")
    assert "North" in words


@pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER])
@pytest.mark.parametrize("tab", TABS)
def test_each_tab_for_staff_and_viewers(app: AppTest, showing: Show, tab: str, role: Role) -> None:
    showing(book(), role=role)
    words = opened(app, tab)
    assert KNOWLEDGE in words
    assert "Response rate" in words


def test_answers_have_changes_and_intervals(app: AppTest, showing: Show) -> None:
    showing(book())
    words = opened(app, TABS[0])
    assert "could be chance" in words
    assert "Promoters minus detractors (NPS)" in words
    assert "95% confidence interval" in words


def test_small_region_is_hidden_in_comparisons(app: AppTest, showing: Show) -> None:
    showing(book())
    words = opened(app, TABS[1], by="Region")
    assert "North" in words
    # Two people are too few, and one other group has to go with them.
    assert "Tiny" not in words
    assert ("South" in words) is False


def test_comparison_starts_with_a_column_that_has_visible_groups(app: AppTest, showing: Show) -> None:
    workbook = book()
    people = {
        key: replace(
            person, attributes={"Organization": f"School {place % 15}", "Region": ("North", "South")[place % 2]}
        )
        for place, (key, person) in enumerate(workbook.people.items())
    }
    settings = replace(workbook.settings, color_map_by="Organization")
    showing(replace(workbook, people=people, attributes=("Organization", "Region"), settings=settings))
    words = opened(app, TABS[1])
    # Two people of each school are too few; fifteen of either region are not.
    assert list(app.selectbox(key="by").options)[:2] == ["Organization", "Region"]
    assert app.selectbox(key="by").value == "Region"
    assert "School 3" not in words
    assert "Dots show" in words
    # Asked for all the same, it says so, without a legend of dots that are not there.
    app.selectbox(key="by").select("Organization").run()
    words = words_on(app)
    assert "all groups are hidden" in words
    assert "Dots show" not in words


def test_viewers_compare_by_answers_only(app: AppTest, showing: Show) -> None:
    showing(book(), role=Role.VIEWER)
    words = opened(app, TABS[1])
    assert "Only staff can compare by who gave them" in words
    assert list(app.selectbox(key="by").options) == ["How?", "I learn", "Recommend?"]
    assert "North" not in words


def test_link_reopens_the_comparison(app: AppTest, showing: Show) -> None:
    showing(book())
    opened(app, TABS[1], by="How?", **{"by-part": "Questions"})
    assert app.selectbox(key="by").value == "How?"
    assert "Recommend?" in words_on(app)


def test_staff_read_open_answers_without_names(app: AppTest, showing: Show) -> None:
    showing(book())
    words = opened(app, TABS[3])
    assert "More visits with a member" in words
    assert "Vexilla" not in words
    app.text_input(key="open-find").input("nowhere").run()
    assert "More visits with a member" not in words_on(app)
    # People omit accents in searches as often as in answers.
    app.text_input(key="open-find").input("VISÍTS ").run()
    assert "More visits with a member" in words_on(app)


def test_viewers_read_no_answers(app: AppTest, showing: Show) -> None:
    showing(book(), role=Role.VIEWER)
    for tab in TABS:
        assert "More visits with" not in opened(app, tab)


def test_staff_see_overdue_promises(app: AppTest, showing: Show) -> None:
    showing(book())
    words = opened(app, TABS[4])
    assert "Overdue" in words
    assert "1 of 2 things we heard, and 1 is overdue" in words


def test_viewers_see_what_was_done_but_not_what_is_overdue(app: AppTest, showing: Show) -> None:
    showing(book(), role=Role.VIEWER)
    words = opened(app, TABS[4])
    assert "Fewer calls" in words
    assert "verdue" not in words
    assert "August 1, 2025" not in words


@pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER])
@pytest.mark.parametrize(("place", "tab", "wave"), [(0, TABS[0], "2025"), (1, TABS[0], "2024"), (2, TABS[3], "2025")])
def test_feedback_links_to_the_answers(
    app: AppTest, showing: Show, role: Role, place: int, tab: str, wave: str
) -> None:
    original = book()
    # The older survey alone asked how, and no survey asks the last.
    responses = [
        replace(each, answers={text: answer for text, answer in each.answers.items() if text != "How?"})
        if each.wave == "2025"
        else each
        for each in original.responses
    ]
    survey = frozenset({WaveKind.SURVEY})
    asked = ("I LEARN", "How", "Why?", HOSTILE)
    showing(
        replace(
            original,
            responses=tuple(responses),
            waves=tuple(Wave(name=str(year), kinds=survey, date=dt.date(year, 5, 1)) for year in (2024, 2025)),
            actions=tuple(
                FeedbackAction(what_we_heard=f"Heard {place}", question=each) for place, each in enumerate(asked)
            ),
        ),
        role=role,
    )
    assert "about “&lt;img" in opened(app, TABS[4])
    assert [button.label for button in app.button if "See the answers" in button.label] == [
        f"See the answers to “{each}”" for each in asked[:3]
    ]
    app.button(key=f"answers-to-{place}").click().run()
    assert not app.exception
    assert app.session_state["tab"] == tab
    assert next(box for box in app.selectbox if box.label == "Survey").value == wave
    assert sum("scrollIntoView" in element.proto.body for element in app.get("html")) == 1
    # It leads there once; afterwards the page stays where it is.
    app.run()
    assert not any("scrollIntoView" in element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER])
def test_without_outcomes_staff_see_where_to_match_them(app: AppTest, showing: Show, role: Role) -> None:
    original = book()
    plain = tuple(replace(each, outcome=None) for each in original.questions)
    showing(replace(original, questions=plain), role=role)
    words = opened(app, "Compare groups", by="How?")
    assert KNOWLEDGE not in words
    assert "For participants" not in words
    assert ("on the Data page" in words) is (role is Role.STAFF)
    assert not app.segmented_control
    assert "I learn" in words


def test_promises_are_shown_before_the_first_survey(app: AppTest, showing: Show) -> None:
    showing(replace(book(), responses=(), questions=()))
    app.switch_page(PAGES["experience"]).run()
    assert not app.exception
    assert "Too many calls" in words_on(app)


def test_future_survey_is_not_offered(app: AppTest, showing: Show) -> None:
    survey = frozenset({WaveKind.SURVEY})
    waves = [Wave(name=str(year), kinds=survey, date=dt.date(year, 5, 1)) for year in (2024, 2025, 2026)]
    showing(replace(book(), waves=tuple(waves)))
    assert "No one has answered this survey yet" not in opened(app, TABS[0])
    (chosen,) = [box for box in app.selectbox if box.label == "Survey"]
    assert chosen.options == ["2025", "2024"]


def test_page_starts_with_the_latest_answered_survey(app: AppTest, showing: Show) -> None:
    survey = frozenset({WaveKind.SURVEY})
    dates = {"2024": dt.date(2024, 5, 1), "2025": dt.date(2025, 5, 1), "Just begun": book().today}
    showing(replace(book(), waves=tuple(Wave(name=name, kinds=survey, date=day) for name, day in dates.items())))
    words = words_on(visit(app, "experience"))
    chosen = next(box for box in app.selectbox if box.label == "Survey")
    assert (chosen.options[0], chosen.value) == ("Just begun", "2025")
    assert "No one has answered this survey yet" not in words
    chosen.set_value("Just begun").run()
    assert "No one has answered this survey yet" in words_on(app)


def test_data_page_shows_how_questions_were_read(app: AppTest, showing: Show) -> None:
    survey = TabReading(tab="Survey", title="Survey", rows=30, accepted=30, merged=0, rejected=0)
    showing(replace(book(), tabs=(survey,)))
    app.switch_page(PAGES["data"]).run()
    words = words_on(app)
    assert any(block.label.startswith("How we read your survey") for block in app.expander)
    assert "Agreement: Strongly disagree to Strongly agree" in words
    assert "Its answers" in words


def test_guide_has_the_short_survey(app: AppTest, showing: Show) -> None:
    showing(book())
    app.switch_page(PAGES["guide"]).run()
    assert [code.value.splitlines()[2] for code in app.code] == ["Strongly disagree", "Totalmente en desacuerdo"]
