"""What people wrote in their own words: full answers for staff only, frequent words for everyone."""

from __future__ import annotations

from collections.abc import Sequence

from nethealth.experience.metrics.results import OpenAnswers
from nethealth.workbook.open_text import content_words, find_themes, redact_people, singular_forms
from nethealth.workbook.records import QuestionKind, Workbook


def open_answers(workbook: Workbook, *, wave: str | None = None) -> tuple[OpenAnswers, ...]:
    """Return the answers to each open question with answers, in the workbook's order; with `wave`, of that survey only.

    Members' names are masked. A viewer's workbook has no open answers, only their frequent words: `answers` is then
    empty, and `count` is the number of answers.
    """
    responses = [response for response in workbook.responses if wave is None or response.wave == wave]
    found = []
    for text in dict.fromkeys(question.text for question in workbook.questions if question.kind is QuestionKind.TEXT):
        answers = [str(response.answers[text]) for response in responses if response.answers.get(text)]
        if answers:
            redacted = redact_people(answers, workbook.people.values())
            found.append(
                OpenAnswers(
                    question=text,
                    answers=tuple(sorted(redacted, key=str.casefold)),
                    count=len(answers),
                    words=find_themes(redacted),
                )
            )
    found += [
        OpenAnswers(question=each.question, answers=(), count=each.answers, words=each.words)
        for each in workbook.answer_themes
        if wave is None or each.wave == wave
    ]
    return tuple(found)


def answers_with_word(answers: Sequence[str], word: str) -> tuple[str, ...]:
    """Return the answers that use one of `OpenAnswers.words`, in the singular or plural.

    Examples:
        >>> answers_with_word(["More visits!", "A visit helps", "More time"], "visit")
        ('More visits!', 'A visit helps')
    """
    words_by_answer = [content_words(answer) for answer in answers]
    forms = singular_forms(each for words in words_by_answer for each in words)
    return tuple(
        answer
        for answer, words in zip(answers, words_by_answer, strict=True)
        if any(forms[each] == word for each in words)
    )
