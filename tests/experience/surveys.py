"""Small surveys that the tests of participant experience share."""

from __future__ import annotations

import datetime as dt
import html
import re

from nethealth.experience import QuestionResults, WaveExperience, summarize_experience
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import (
    Answer,
    Person,
    Question,
    QuestionKind,
    Spell,
    SurveyResponse,
    Wave,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import (
    AGREEMENT,
    OUTCOMES,
    Level,
    Scale,
)

KNOWLEDGE = OUTCOMES[Level.PARTICIPANT][0]
HOSTILE = "<img src=x onerror=alert(1)> =1+1 $x$ <b>bold</b> & \u202ereversed " + "long words " * 4_000


def results_of(
    *questions: tuple[str, Scale | None, list[Answer]], outcome: str | None = None
) -> tuple[QuestionResults, ...]:
    """Return the results of questions, each with its scale (None: a choice) and its answers."""
    records = [
        Question(text=text, kind=QuestionKind.SCALE if scale else QuestionKind.CHOICE, scale=scale, outcome=outcome)
        for text, scale, _ in questions
    ]
    responses = [SurveyResponse(wave=None, answers={text: each}) for text, _, answers in questions for each in answers]
    (wave,) = summarize_experience(Workbook(questions=tuple(records), responses=tuple(responses)))
    return wave.questions


def two_surveys(before: dict[str, list[float]], now: dict[str, list[float]], *, scale: Scale = AGREEMENT) -> Workbook:
    """Return a workbook with surveys in 2024 and 2025, each with its answers by question."""
    texts = {**before, **now}
    responses = [
        SurveyResponse(wave=wave, answers={text: answer})
        for wave, given in (("2024", before), ("2025", now))
        for text, answers in given.items()
        for answer in answers
    ]
    return Workbook(
        questions=tuple(Question(text=text, kind=QuestionKind.SCALE, scale=scale, outcome=KNOWLEDGE) for text in texts),
        responses=tuple(responses),
        waves=(Wave(name="2024", date=dt.date(2024, 5, 1)), Wave(name="2025", date=dt.date(2025, 5, 1))),
    )


def survey_by_region(
    by_region: dict[str, tuple[int, int]], *, nonrespondents: dict[str, int] | None = None
) -> Workbook:
    """Return a survey in which, by region, so many people agree of so many; others didn't answer."""
    people: dict[str, Person] = {}
    responses = []
    for region, (agree, of) in by_region.items():
        for number in range(of + (nonrespondents or {}).get(region, 0)):
            key = f"{region}{number}"
            spells = (Spell(dt.date(2020, 1, 1), None),)
            people[key] = Person(key=key, name=key, attributes={"Region": region}, spells=spells)
            if number < of:
                answer = 4.0 if number < agree else 2.0
                responses.append(SurveyResponse(wave="2025", answers={"I learn": answer}, respondent=key))
    return Workbook(
        people=people,
        attributes=("Region",),
        questions=(Question(text="I learn", kind=QuestionKind.SCALE, scale=AGREEMENT, outcome=KNOWLEDGE),),
        responses=tuple(responses),
        waves=(Wave(name="2025", date=dt.date(2025, 5, 1)),),
    )


def visible_texts(markup: str) -> list[str]:
    """Return every text in HTML, as a reader sees it."""
    return [html.unescape(text).strip() for text in re.findall(r">([^<>]+)<", markup) if text.strip()]


COORDINATION = OUTCOMES[Level.ORGANIZATION][0]
FEW = TooFew(5)


def scale_question(
    text: str, outcome: str | None = None, *, scale: Scale | None = AGREEMENT, reverse: bool = False
) -> Question:
    return Question(text=text, kind=QuestionKind.SCALE, scale=scale, outcome=outcome, reverse=reverse)


def responses_to(question: str, *given_answers: Answer | None, wave: str | None = "2024") -> list[SurveyResponse]:
    return [SurveyResponse(wave=wave, answers={} if answer is None else {question: answer}) for answer in given_answers]


def workbook_of(questions: list[Question], responses: list[SurveyResponse], **more: object) -> Workbook:
    return Workbook(questions=tuple(questions), responses=tuple(responses), **more)  # type: ignore[arg-type]


def only_survey(workbook: Workbook) -> WaveExperience:
    (wave,) = summarize_experience(workbook)
    return wave
