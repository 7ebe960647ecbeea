"""What people wrote in their own words: the answers are staff's alone; what comes up in many is for everybody."""

from __future__ import annotations

from collections.abc import Sequence

from nethealth.experience.metrics.results import OpenAnswers
from nethealth.workbook.open_text import content_words, find_themes, redact_people, singular_forms
from nethealth.workbook.records import QuestionKind, Workbook


def open_answers(workbook: Workbook, *, wave: str | None = None) -> tuple[OpenAnswers, ...]:
    """What people wrote, by open question, in the sheet's order; with `wave`, in that one alone. Staff only.

    Members' names are masked. Questions that nobody answered are left out. A viewer's workbook holds no answers, only
    the words that came up in many of them: then `answers` is empty and `count` says how many there were.
    """
    chosen = [response for response in workbook.responses if wave is None or response.wave == wave]
    found = []
    for text in dict.fromkeys(question.text for question in workbook.questions if question.kind is QuestionKind.TEXT):
        said = [str(response.answers[text]) for response in chosen if response.answers.get(text)]
        if said:
            unnamed = redact_people(said, workbook.people.values())
            found.append(
                OpenAnswers(
                    question=text,
                    answers=tuple(sorted(unnamed, key=str.casefold)),
                    count=len(said),
                    words=find_themes(unnamed),
                )
            )
    found += [
        OpenAnswers(question=told.question, answers=(), count=told.answers, words=told.words)
        for told in workbook.answer_themes
        if wave is None or told.wave == wave
    ]
    return tuple(found)


def answers_with_word(answers: Sequence[str], word: str) -> tuple[str, ...]:
    """The answers that use a word of `OpenAnswers.words`, in the singular or the plural."""
    said = [content_words(answer) for answer in answers]
    forms = singular_forms(each for words in said for each in words)
    return tuple(
        answer for answer, words in zip(answers, said, strict=True) if any(forms[each] == word for each in words)
    )
