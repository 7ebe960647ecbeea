"""Promises in the order that needs attention, and what only staff may know."""

from __future__ import annotations

import datetime as dt

from nethealth.experience import AnswerLocation, PromiseStatus, answer_locations, promises
from nethealth.overview.facts import gather_facts
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.records import FeedbackAction, Question, QuestionKind, SurveyResponse, Workbook
from nethealth.workbook.schema.vocabulary import AGREEMENT

TODAY = dt.date(2026, 6, 1)
ACTIONS = (
    FeedbackAction(what_we_heard="done long ago", done=dt.date(2025, 1, 1), promised_by=dt.date(2024, 12, 1)),
    FeedbackAction(what_we_heard="done, no day", done=True, promised_by=dt.date(2024, 12, 1)),
    FeedbackAction(what_we_heard="done lately", done=dt.date(2026, 5, 1)),
    FeedbackAction(what_we_heard="heard"),
    FeedbackAction(what_we_heard="later", promised_by=dt.date(2026, 9, 1), done=False),
    FeedbackAction(what_we_heard="today", promised_by=TODAY),
    FeedbackAction(what_we_heard="late", promised_by=dt.date(2026, 5, 31), question="Why?"),
)


def test_overdue_comes_first_then_soonest_due() -> None:
    found = promises(Workbook(actions=ACTIONS), as_of=TODAY, for_staff=True)
    assert [(each.feedback, each.status) for each in found] == [
        ("late", PromiseStatus.OVERDUE),
        ("today", PromiseStatus.PROMISED),
        ("later", PromiseStatus.PROMISED),
        ("heard", PromiseStatus.HEARD),
        ("done, no day", PromiseStatus.DONE),
        ("done lately", PromiseStatus.DONE),
        ("done long ago", PromiseStatus.DONE),
    ]
    assert found[0].question == "Why?"


def test_only_staff_see_that_a_promise_is_overdue() -> None:
    found = promises(Workbook(actions=ACTIONS), as_of=TODAY, for_staff=False)
    late = next(each for each in found if each.feedback == "late")
    assert (late.status, late.day) == (PromiseStatus.HEARD, None)
    assert PromiseStatus.OVERDUE not in {each.status for each in found}
    # Viewers don't have past due dates either, and their Overview doesn't count them.
    book = Workbook(actions=ACTIONS, today=TODAY)
    days = {each.what_we_heard: each.promised_by for each in redact_for_viewers(book).actions if each.promised_by}
    assert days == {"later": dt.date(2026, 9, 1), "today": TODAY}
    assert [gather_facts(book, as_of=TODAY, for_staff=is_staff).promises_overdue for is_staff in (True, False)] == [
        1,
        0,
    ]


def test_answers_are_found_by_wording_in_the_latest_survey() -> None:
    questions = (
        Question(text="How? [I learn]", kind=QuestionKind.SCALE, scale=AGREEMENT, row="I learn"),
        Question(text="Before?", kind=QuestionKind.CHOICE),
        Question(text="Why?", kind=QuestionKind.TEXT),
        Question(text="Nobody answers this", kind=QuestionKind.CHOICE),
    )
    answers = {
        "2024": {"How? [I learn]": 4.0, "Before?": "yes", "Why?": "More visits"},
        "2025": {"How? [I learn]": 5.0},
    }
    responses = tuple(
        SurveyResponse(wave=wave, date=dt.date(int(wave), 5, 1), answers=given)
        for wave, given in answers.items()
        for _ in range(10)
    )
    workbook = Workbook(questions=questions, responses=responses)
    learn = AnswerLocation(wave="2025", question="How? [I learn]", is_open=False)
    # By the row of a grid or the full header; in the latest survey that asked, or the one on the page.
    assert answer_locations(workbook, preferred_wave="2025") == {
        "ilearn": learn,
        "howilearn": learn,
        "before": AnswerLocation(wave="2024", question="Before?", is_open=False),
        "why": AnswerLocation(wave="2024", question="Why?", is_open=True),
    }
    assert answer_locations(workbook, preferred_wave="2024")["ilearn"].wave == "2024"
    # Viewers see frequent words of open answers; without any, there is nothing to link to.
    assert answer_locations(redact_for_viewers(workbook), preferred_wave="2025")["why"].is_open
    few = Workbook(questions=questions, responses=responses[6:])
    assert "why" not in answer_locations(redact_for_viewers(few), preferred_wave="2025")
