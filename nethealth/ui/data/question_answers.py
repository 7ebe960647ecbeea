"""Confirm how survey questions are answered, and match them to outcomes. Answers are rows of Questions and Scales."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from nethealth.presentation.formatting import escape_html, escape_markdown, single_line
from nethealth.ui.data import answers
from nethealth.workbook.added_rows import AddedRows
from nethealth.workbook.answers import Row
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.readers.survey_questions import WITHOUT_SCALE
from nethealth.workbook.records import Question, QuestionKind, QuestionSource, Workbook
from nethealth.workbook.schema.tabs import QUESTIONS, SCALES
from nethealth.workbook.schema.vocabulary import BUILT_IN_SCALES, OUTCOMES, Scale
from nethealth.workbook.survey_doubts import EITHER_END, MAY_BE_CODES

MOST_MATCHED = 40
"""Questions that we ask the outcome of at once."""
OWN_SCALE = "another scale: I’ll put the answers in order"
NO_OUTCOME = "none of these"
LONGEST_NAME = 60
ANSWERS_SHOWN = 10
_OUTCOMES = [NO_OUTCOME, *(outcome for outcomes in OUTCOMES.values() for outcome in outcomes)]
_QUESTION, _OUTCOME, _SCALE, _REVERSE = (
    QUESTIONS.columns[field].name for field in ("question", "outcome", "scale", "reverse")
)
_NAME, _VALUE, _LABEL = (SCALES.columns[field].name for field in ("scale", "value", "label"))


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """What someone says about a question."""

    question: Question
    scale: str | None
    """The name of a scale, or how it's answered without one; None if they don't say."""
    outcome: str | None
    labels: Sequence[str] = ()
    """Of a scale of its own: the answers from lowest to highest."""
    is_lowest_best: bool | None = None
    """None if they weren't asked."""


def show_doubtful(workbook: Workbook, questions: Sequence[Question]) -> None:
    """Ask how the doubtful questions are answered."""
    doubtful = [question for question in questions if question.doubt]
    if not doubtful:
        return
    st.write("We aren’t sure how these are answered. For now, we just count the answers.")
    numbers = [question for question in doubtful if question.doubt == MAY_BE_CODES]
    if len(numbers) > 1 and st.button(f"All {len(numbers):,} questions with numbers are ratings", key="all-ratings"):
        scales = {each.text: each.likely_scale.name for each in numbers if each.likely_scale}
        _use([QuestionAnswer(each, scales.get(each.text), each.outcome) for each in numbers], None)
    given = [_ask_about(number, question, workbook) for number, question in enumerate(doubtful)]
    trouble = [answer.question for answer in given if answer.scale == OWN_SCALE and len(answer.labels) < 2]
    if st.button("Use these answers", type="primary", icon=":material/check:", key="use-question-answers"):
        if trouble:
            names = "".join(f"<p>{escape_html(each.label, longest=120)}</p>" for each in trouble)
            st.html(f'<div class="nh-band" role="alert"><p>Choose at least two answers, lowest first:</p>{names}</div>')
            return
        _use(given, workbook)


def show_matching(questions: Sequence[Question]) -> None:
    """Let staff choose the outcome of questions on a scale that the Questions tab doesn't have."""
    answered = _earlier_rows()
    asked = [
        question
        for question in questions
        if question.kind is QuestionKind.SCALE
        and (question.source is QuestionSource.FROM_ANSWERS or folded(question.text) in answered)
    ][:MOST_MATCHED]
    if not asked:
        return
    st.write("Which outcome does each question tell you about?")
    given = [
        QuestionAnswer(question, None, _choose_outcome(f"outcome-{number}", question))
        for number, question in enumerate(asked)
    ]
    if st.button("Use these outcomes", icon=":material/check:", key="use-outcomes"):
        _use(given, None)


def _ask_about(number: int, question: Question, workbook: Workbook) -> QuestionAnswer:
    with st.container(border=True):
        st.markdown(f"**{escape_markdown(question.text, longest=200)}**")
        st.caption(escape_markdown(question.doubt or ""))
        typed = distinct_answers(workbook, question)
        if typed:
            st.caption(f"Answers: {', '.join(escape_markdown(each, longest=60) for each in typed[:ANSWERS_SHOWN])}")
        options = [*_scales(workbook, question), OWN_SCALE, *WITHOUT_SCALE]
        # What may be a code is no rating until someone says so.
        is_likely = question.likely_scale is not None and question.doubt != MAY_BE_CODES
        likely = question.likely_scale.name if question.likely_scale and is_likely else None
        left, right = st.columns(2)
        with left:
            chosen = st.selectbox(
                "What kind of answer is it?",
                options,
                index=options.index(likely) if likely in options else None,
                format_func=lambda name: _described(name, workbook, question),
                placeholder="Choose",
                key=f"answered-{number}-{folded(question.text)[:80]}",
            )
        with right:
            outcome = _choose_outcome(f"doubtful-outcome-{number}", question)
        labels: Sequence[str] = ()
        if chosen == OWN_SCALE:
            labels = st.multiselect(
                "The answers, from lowest to highest",
                typed,
                format_func=lambda answer: single_line(answer, longest=80),
                key=f"own-scale-{number}-{folded(question.text)[:80]}",
            )
        is_lowest_best = None
        if question.doubt == EITHER_END:
            is_lowest_best = st.checkbox(
                "The lowest number is the best answer", key=f"reversed-{number}-{folded(question.text)[:80]}"
            )
        return QuestionAnswer(question, chosen, outcome, labels, is_lowest_best)


def _choose_outcome(key: str, question: Question) -> str | None:
    label = escape_markdown(question.label, longest=120) if key.startswith("outcome") else "Which outcome is it about?"
    chosen = st.selectbox(
        label,
        _OUTCOMES,
        index=_OUTCOMES.index(question.outcome) if question.outcome in _OUTCOMES else 0,
        key=f"{key}-{folded(question.text)[:80]}",
    )
    return None if chosen == NO_OUTCOME else chosen


def _scales(workbook: Workbook, question: Question) -> list[str]:
    of_questions = [each.scale for each in (*workbook.questions,) if each.scale is not None]
    likely = [question.likely_scale] if question.likely_scale else []
    return list(dict.fromkeys(scale.name for scale in (*likely, *of_questions, *BUILT_IN_SCALES)))


def _described(name: str, workbook: Workbook, question: Question) -> str:
    """Return a scale's name with its ends."""
    known: Iterable[Scale | None] = (
        question.likely_scale,
        *(each.scale for each in workbook.questions),
        *BUILT_IN_SCALES,
    )
    scale = next((each for each in known if each is not None and each.name == name), None)
    return f"{name}: {scale.points[0][1]} to {scale.points[-1][1]}" if scale else name


def distinct_answers(workbook: Workbook, question: Question) -> list[str]:
    """Return the answers to a question as typed, the most common first."""
    counts: dict[str, int] = {}
    for response in workbook.responses:
        answer = response.answers.get(question.text)
        for each in answer if isinstance(answer, tuple) else (answer,):
            if each is not None:
                text = f"{each:g}" if isinstance(each, float) else each
                counts[text] = counts.get(text, 0) + 1
    return sorted(counts, key=lambda text: -counts[text])


def _earlier_rows() -> Mapping[str, Row]:
    return {folded(str(row[_QUESTION])): row for row in answers.given().get(QUESTIONS.name, ())}


def _use(given: Sequence[QuestionAnswer], workbook: Workbook | None) -> None:
    rows = answer_rows(given, earlier=_earlier_rows(), taken=_scale_names(workbook))
    if any(rows.values()):
        with st.spinner("Reading the workbook…"):
            answers.use(rows)
    st.rerun()


def _scale_names(workbook: Workbook | None) -> set[str]:
    questions = workbook.questions if workbook else ()
    return {folded(scale.name) for scale in (*BUILT_IN_SCALES, *(q.scale for q in questions if q.scale))}


def answer_rows(given: Sequence[QuestionAnswer], *, earlier: Mapping[str, Row], taken: set[str]) -> AddedRows:
    """Return the answers as rows of Questions and Scales, leaving out those that say nothing new.

    `earlier` are rows already given, by folded question; a scale of its own gets a name that isn't in `taken`.
    """
    questions: list[Row] = []
    scales: list[Row] = []
    for answer in given:
        question, scale = answer.question, answer.scale
        before = earlier.get(folded(question.text), {})
        if scale == OWN_SCALE:
            scale = _new_name(question, taken)
            scales += [{_NAME: scale, _VALUE: at, _LABEL: label} for at, label in enumerate(answer.labels, 1)]
        if scale is None and answer.outcome == question.outcome:
            continue
        cells = {
            **before,
            _QUESTION: question.text,
            _OUTCOME: answer.outcome,
            _SCALE: scale or before.get(_SCALE),
            _REVERSE: _reverse(answer),
        }
        questions.append({column: cell for column, cell in cells.items() if cell is not None})
    return {QUESTIONS.name: questions, SCALES.name: scales}


def _reverse(answer: QuestionAnswer) -> str | None:
    if answer.is_lowest_best is not None and answer.scale not in (None, OWN_SCALE, *WITHOUT_SCALE):
        return "yes" if answer.is_lowest_best else "no"
    return "yes" if answer.question.reverse else None


def _new_name(question: Question, taken: set[str]) -> str:
    base = single_line(question.label, longest=LONGEST_NAME)
    name, number = base, 2
    while folded(name) in taken:
        name, number = f"{base} {number}", number + 1
    taken.add(folded(name))
    return name
