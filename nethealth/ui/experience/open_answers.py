"""What people wrote in their own words: searchable answers for staff, frequent words for everyone else."""

from __future__ import annotations

import streamlit as st

from nethealth.cache import cached
from nethealth.experience import OpenAnswers, answers_with_word, open_answers
from nethealth.experience.tables import open_answer_table, word_table
from nethealth.presentation.formatting import pluralize, single_line
from nethealth.presentation.table import Format, Table
from nethealth.ui import components as ui
from nethealth.ui.experience.view import Tables, View, heading, scroll_to_answers
from nethealth.ui.session import is_staff, smallest_group
from nethealth.workbook.cells.characters import unaccented

ANSWERS_AT_ONCE = 200


def show(view: View) -> Tables:
    """Show one open question at a time: its frequent words and, for staff, its answers."""
    by_question = {each.question: each for each in _open_answers(view)}
    if not by_question:
        heading("No open answers")
        st.write(
            "No one answered an open question in this survey."
            if is_staff()
            else f"An open question shows here once {smallest_group()} people have answered it."
        )
        return {}
    question = st.selectbox(
        "Question",
        list(by_question),
        format_func=lambda text: single_line(text, longest=200),
        key="open-question",
        bind="query-params",
    )
    scroll_to_answers()
    answers = by_question.get(question or "") or next(iter(by_question.values()))
    heading(f"{pluralize(answers.count, 'person', 'people')} answered in their own words")
    if is_staff():
        _show_answers(answers)
    else:
        _show_words(answers)
    return tables(view)


def tables(view: View) -> Tables:
    """Return the answers as a table to download, for staff only."""
    return {"In their own words": open_answer_table(_open_answers(view))} if is_staff() else {}


def _open_answers(view: View) -> tuple[OpenAnswers, ...]:
    return cached(open_answers)(view.workbook, wave=view.survey.wave)


def _show_answers(shown: OpenAnswers) -> None:
    st.caption(
        "Only staff see these answers. We take out members’ names if we recognize them, and sort answers "
        "alphabetically so you can’t match one person’s answers across questions."
    )
    counts = dict(shown.words)
    word = st.pills(
        "Frequent words",
        list(counts),
        format_func=lambda each: f"{ui.escape_markdown(each)} · {counts[each]}",
        key=f"open-word-{shown.question}",
    )
    answers = answers_with_word(shown.answers, word) if word else shown.answers
    search = st.text_input("Search these answers", key="open-find", placeholder="a word, or part of one", width=420)
    answers = tuple(answer for answer in answers if _normalized(search.strip()) in _normalized(answer))
    st.caption(f"{len(answers):,} of {pluralize(shown.count, 'answer')}")
    table = Table.of({"Answer": Format.TEXT}, [{"Answer": answer} for answer in answers])
    ui.show_table(table, key="open-answers", label="What people wrote", short=ANSWERS_AT_ONCE)


def _normalized(text: str) -> str:
    """Return a text without accents and case, since people leave accents out in a search."""
    return unaccented(text).casefold()


def _show_words(shown: OpenAnswers) -> None:
    st.caption(
        f"Only staff can read the answers. These words are from answers by at least {smallest_group()} people, "
        "but not by everyone. We leave out names."
    )
    if shown.words:
        ui.show_table(word_table(shown), key="open-words", label="Frequent words")
    else:
        st.write("No word appears in enough answers.")
