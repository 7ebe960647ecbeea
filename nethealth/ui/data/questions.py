"""The survey questions as we read them, to check and to correct in the Questions tab."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from nethealth.presentation.formatting import pluralize
from nethealth.presentation.table import Format, Row, Table, csv_bytes
from nethealth.ui import session
from nethealth.ui.access import while_allowed
from nethealth.ui.data import question_answers
from nethealth.ui.data.unknown_parts import offer_to_ask
from nethealth.ui.tables import show_table
from nethealth.workbook.readers.survey_questions import KINDS
from nethealth.workbook.records import Question, QuestionSource, Workbook
from nethealth.workbook.schema.tabs import QUESTIONS
from nethealth.workbook.schema.vocabulary import Scale
from nethealth.workbook.survey_doubts import WHERE_TO_ANSWER

COLUMNS = dict.fromkeys(("Question", "Answer type", "Scale", "Outcome", "How we know"), Format.TEXT)
SOURCES: Mapping[QuestionSource, str] = {
    QuestionSource.DECLARED: "Questions tab",
    QuestionSource.FROM_WORDING: "Its wording",
    QuestionSource.FROM_ANSWERS: "Its answers",
}


def show_questions(workbook: Workbook) -> None:
    """Show how we read each survey question, doubtful ones first, and let staff confirm and correct it."""
    questions = list({question.text: question for question in workbook.questions}.values())
    if not questions:
        return
    doubtful = sum(question.doubt is not None for question in questions)
    questions.sort(key=lambda question: question.doubt is None)
    to_confirm = f", {doubtful:,} to confirm" if doubtful else ""
    count = pluralize(len(questions), "question")
    with st.expander(f"{WHERE_TO_ANSWER}: {count}{to_confirm}", expanded=doubtful > 0):
        if session.opened_cells() is not None:
            question_answers.show_doubtful(workbook, questions)
            show_table(Table.of(COLUMNS, map(_row, questions)), key="questions", label="Survey questions", short=25)
            question_answers.show_matching(questions)
        else:
            show_table(Table.of(COLUMNS, map(_row, questions)), key="questions", label="Survey questions", short=25)
            offer_to_ask("Confirm or correct this", key="begin-questions")
        st.download_button(
            "Rows for the Questions tab (.csv)",
            data=while_allowed(lambda: csv_bytes(questions_tab(questions))),
            file_name="questions.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def questions_tab(questions: Sequence[Question]) -> Table:
    """Return the questions as rows of the Questions tab, as we read them."""
    headers = {field: column.name for field, column in QUESTIONS.columns.items()}
    fields = ("question", "level", "outcome", "scale", "reverse")
    return Table.of(
        {headers[field]: Format.TEXT for field in fields},
        (
            {
                headers["question"]: question.text,
                headers["level"]: question.level.value if question.level else "",
                headers["outcome"]: question.outcome or "",
                # Left blank if in doubt: pasted back unread, it mustn't pass as an answer.
                headers["scale"]: question.scale.name
                if question.scale
                else ""
                if question.doubt
                else KINDS[question.kind],
                headers["reverse"]: "yes" if question.reverse else "",
            }
            for question in questions
        ),
    )


def _row(question: Question) -> Row:
    earlier = sorted({scale.name for scale in question.earlier_scales.values()})
    note = f" (earlier: {', '.join(earlier)})" if earlier else ""
    return {
        "Question": question.text,
        "Answer type": KINDS[question.kind] + (", reversed" if question.reverse else ""),
        "Scale": f"{_scale_range(question.scale)}{note}" if question.scale else "",
        "Outcome": question.outcome or "",
        "How we know": "Not sure yet" if question.doubt else SOURCES[question.source],
    }


def _scale_range(scale: Scale) -> str:
    return f"{scale.name}: {scale.points[0][1]} to {scale.points[-1][1]}"
