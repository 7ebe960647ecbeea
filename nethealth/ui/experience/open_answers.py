"""What people wrote in their own words: to read and to search for staff; what comes up in many for everybody."""

from __future__ import annotations

import streamlit as st

from nethealth.cache import cached
from nethealth.experience import OpenAnswers, answers_with_word, open_answers
from nethealth.presentation.formatting import pluralize, single_line
from nethealth.ui import components as ui
from nethealth.ui.components import Column, ColumnKind
from nethealth.ui.experience.view import Tables, View, heading, scroll_to_answers
from nethealth.ui.session import is_staff, smallest_group
from nethealth.workbook.cells.characters import unaccented

ANSWERS = (Column("n", "", ColumnKind.NUMBER), Column("answer", "Answer"))
WORDS = (Column("word", "Word"), Column("people", "People who used it", ColumnKind.NUMBER))


def show(view: View) -> Tables:
    """An open question at a time: the words that come up and, for staff, the answers."""
    said = {each.question: each for each in _said(view)}
    if not said:
        heading("No open answers")
        st.write(
            "This survey asked no open question that anybody answered."
            if is_staff()
            else f"An open question shows here once {smallest_group()} people have answered it."
        )
        return {}
    question = st.selectbox(
        "Question",
        list(said),
        format_func=lambda text: single_line(text, longest=200),
        key="open-question",
        bind="query-params",
    )
    scroll_to_answers()
    chosen = said.get(question or "") or next(iter(said.values()))
    heading(f"{pluralize(chosen.count, 'person', 'people')} wrote something".capitalize())
    if is_staff():
        _to_read(chosen)
    else:
        _words(chosen)
    return tables(view)


def tables(view: View) -> Tables:
    """The answers as a table to download, for staff; for others there is none."""
    rows = [{"Question": each.question, "Answer": answer} for each in _said(view) for answer in each.answers]
    return {"In their own words": rows} if is_staff() and rows else {}


def _said(view: View) -> tuple[OpenAnswers, ...]:
    return cached(open_answers)(view.workbook, wave=view.survey.wave)


def _to_read(chosen: OpenAnswers) -> None:
    st.caption(
        "Only staff see this. Members’ names are taken out, as far as they can be told from other words. Answers stand "
        "in alphabetical order, so that what one person wrote to several questions can’t be put together."
    )
    counts = dict(chosen.words)
    word = st.pills(
        "What comes up",
        list(counts),
        format_func=lambda each: f"{ui.escape_markdown(each)} · {counts[each]}",
        key=f"open-word-{chosen.question}",
    )
    answers = answers_with_word(chosen.answers, word) if word else chosen.answers
    sought = st.text_input("Find in these answers", key="open-find", placeholder="a word, or part of one", width=420)
    answers = tuple(answer for answer in answers if _to_find(sought.strip()) in _to_find(answer))
    st.caption(f"{len(answers)} of {pluralize(chosen.count, 'answer')}")
    rows = [{"n": place, "answer": answer} for place, answer in enumerate(answers, start=1)]
    ui.searchable_table(rows, ANSWERS, key="open-answers", alt="What people wrote", rows_at_once=200)


def _to_find(text: str) -> str:
    """As texts are compared in a search: people leave accents out."""
    return unaccented(text).casefold()


def _words(chosen: OpenAnswers) -> None:
    st.caption(
        f"The answers are read by staff alone. These words stand in those of {smallest_group()} people or more, and "
        "not in everybody’s; names are left out."
    )
    if chosen.words:
        rows = [{"word": word, "people": people} for word, people in chosen.words]
        ui.searchable_table(rows, WORDS, key="open-words", alt="Words that come up")
    else:
        st.write("No word comes up in enough answers.")
