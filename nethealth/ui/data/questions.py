"""The survey questions as they were understood: to look through, and to set right in the tab Questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from nethealth.presentation.formatting import pluralize
from nethealth.presentation.table_files import csv_bytes
from nethealth.ui.components import Column, Row, searchable_table
from nethealth.workbook.readers.survey_questions import KINDS
from nethealth.workbook.records import Question, QuestionSource, Workbook
from nethealth.workbook.schema.tabs import QUESTIONS
from nethealth.workbook.schema.vocabulary import Scale

COLUMNS = (
    Column("question", "Question"),
    Column("kind", "Answered"),
    Column("scale", "Scale"),
    Column("outcome", "Outcome"),
    Column("known", "How it is known"),
)


def question_register(workbook: Workbook) -> None:
    """What each question was taken for, what that rests on, and the tab Questions ready to be corrected and pasted."""
    questions = _once(workbook.questions)
    if not questions:
        return
    st.header("How the survey was understood", anchor=False)
    st.write(_told(Counter(question.source for question in questions)))
    searchable_table([_row(question) for question in questions], COLUMNS, key="questions", alt="The survey’s questions")
    st.download_button(
        "These questions as the tab Questions (.csv)",
        data=lambda: csv_bytes(questions_tab(questions)),
        file_name="questions.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def questions_tab(questions: Sequence[Question]) -> list[Row]:
    """The questions as rows of the tab Questions, with what was found filled in."""
    headers = {field: column.name for field, column in QUESTIONS.columns.items()}
    return [
        {
            headers["question"]: question.text,
            headers["level"]: question.level.value if question.level else "",
            headers["outcome"]: question.outcome or "",
            headers["scale"]: question.scale.name if question.scale else KINDS[question.kind],
            headers["reverse"]: "yes" if question.reverse else "",
        }
        for question in questions
    ]


def _once(questions: Sequence[Question]) -> list[Question]:
    return list({question.text: question for question in questions}.values())


def _told(found: Counter[QuestionSource]) -> str:
    itself = found[QuestionSource.FROM_ANSWERS]
    if not itself:
        return "All of them are named in the tab Questions, or are known by their words."
    subject = "One question was" if itself == 1 else f"{pluralize(itself, 'question')} were"
    return (
        f"{subject} told by the answers alone. Is one taken for something else, or does it belong to an outcome? Give "
        "it a row in the tab Questions: the file below holds those rows, to correct and paste."
    )


def _row(question: Question) -> Row:
    earlier = sorted({scale.name for scale in question.earlier_scales.values()})
    before = f" (earlier: {', '.join(earlier)})" if earlier else ""
    return {
        "question": question.text,
        "kind": KINDS[question.kind] + (", worded in reverse" if question.reverse else ""),
        "scale": f"{_span(question.scale)}{before}" if question.scale else "",
        "outcome": question.outcome or "",
        "known": question.source.value[0].upper() + question.source.value[1:],
    }


def _span(scale: Scale) -> str:
    return f"{scale.name}: {scale.points[0][1]} to {scale.points[-1][1]}"
