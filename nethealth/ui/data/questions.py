"""The survey questions as we read them, to check and to correct in the Questions tab."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from nethealth.presentation.formatting import pluralize
from nethealth.presentation.table import csv_bytes
from nethealth.ui.components import Column, Row, as_table, searchable_table
from nethealth.workbook.readers.survey_questions import KINDS
from nethealth.workbook.records import Question, QuestionSource, Workbook
from nethealth.workbook.schema.tabs import QUESTIONS
from nethealth.workbook.schema.vocabulary import Scale

COLUMNS = (
    Column("question", "Question"),
    Column("kind", "Answer type"),
    Column("scale", "Scale"),
    Column("outcome", "Outcome"),
    Column("source", "How we know"),
)
SOURCES: Mapping[QuestionSource, str] = {
    QuestionSource.DECLARED: "Questions tab",
    QuestionSource.FROM_WORDING: "Its wording",
    QuestionSource.FROM_ANSWERS: "Its answers",
}


def show_questions(workbook: Workbook) -> None:
    """Show how we read each survey question, folded, with a file to correct and paste into the Questions tab."""
    questions = list({question.text: question for question in workbook.questions}.values())
    if not questions:
        return
    guessed = sum(question.source is QuestionSource.FROM_ANSWERS for question in questions)
    with st.expander(f"How we read your survey: {pluralize(len(questions), 'question')}"):
        if guessed:
            st.write(
                f"We guessed {pluralize(guessed, 'question')} from the answers. If we got one wrong, or it belongs to "
                "an outcome, correct its row in this file and paste it into the Questions tab."
            )
        searchable_table([_row(question) for question in questions], COLUMNS, key="questions", alt="Survey questions")
        st.download_button(
            "Rows for the Questions tab (.csv)",
            data=lambda: csv_bytes(as_table(questions_tab(questions))),
            file_name="questions.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def questions_tab(questions: Sequence[Question]) -> list[Row]:
    """Return the questions as rows of the Questions tab, as we read them."""
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


def _row(question: Question) -> Row:
    earlier = sorted({scale.name for scale in question.earlier_scales.values()})
    note = f" (earlier: {', '.join(earlier)})" if earlier else ""
    return {
        "question": question.text,
        "kind": KINDS[question.kind] + (", reversed" if question.reverse else ""),
        "scale": f"{_scale_range(question.scale)}{note}" if question.scale else "",
        "outcome": question.outcome or "",
        "source": SOURCES[question.source],
    }


def _scale_range(scale: Scale) -> str:
    return f"{scale.name}: {scale.points[0][1]} to {scale.points[-1][1]}"
