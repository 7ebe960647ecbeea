"""What a staff member answered about the workbook on the screen, for their session alone, and the workbook's cells.

An answer is a row that they could have typed into the workbook. The cells stay in the session, so that an answer can
be applied at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import streamlit as st

from nethealth.privacy.email_masking import MaskedWorkbook, mask_workbook
from nethealth.ui import network_workbook, session
from nethealth.ui.access import Role
from nethealth.ui.server.delivery import network_deliverer
from nethealth.ui.server.opened_workbooks import OpenedCells
from nethealth.ui.workbook_poller import Origin, Reading
from nethealth.workbook.added_rows import AddedRows
from nethealth.workbook.answers import merge_answers, renamed_tabs, with_answers
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.proposals.propose import ROWS_LOOKED_AT
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.tabs import COLUMN_NAMES, QUESTIONS

ANSWERS_KEY = "_answers"


def open_workbook(raw: RawWorkbook, *, is_file: bool = True, key: str | None = None) -> Workbook:
    """Show a workbook to this session only, with the answers given so far, and return what we read.

    `is_file` is False for a copy of the network's own workbook. `key` is the workbook's in the journal: what people
    recorded for it counts, too.
    """
    entries = network_workbook.workbook_entries(key) if key is not None else None
    if entries is not None and is_file and not _is_written_by_us(key):
        entries.note_arrived(raw)
    version = entries.version() if entries is not None else 0
    merged = entries.merged_into(raw) if entries is not None else raw
    workbook = network_workbook.parse_workbook(with_answers(merged, given()))
    if (fitting := _about_questions_of(workbook)) != given():
        workbook = network_workbook.parse_workbook(with_answers(merged, fitting))
    cells = OpenedCells(raw=raw, heads=_masked_heads(raw), is_file=is_file)
    reading = Reading(workbook=workbook, origin=Origin.OPENED, role=Role.STAFF, key=key, entries_version=version)
    session.open_for_session(reading, cells=cells)
    return workbook


def _is_written_by_us(key: str | None) -> bool:
    deliverer = network_deliverer()
    return deliverer is not None and deliverer.workbook == key


def with_answers_in_file(raw: RawWorkbook, titles: Mapping[str, str]) -> RawWorkbook:
    """Return a workbook with the answers in it, its tabs called as `titles` says, by their own titles."""
    renamed = dataclasses.replace(raw, tabs=[dataclasses.replace(tab, title=titles[tab.title]) for tab in raw.tabs])
    return with_answers(renamed, renamed_tabs(given(), titles))


def show_entries() -> None:
    """Read the opened workbook again with what people recorded for it since."""
    cells = session.opened_cells()
    if cells is not None:
        _open_again(cells)


def _open_again(cells: OpenedCells) -> None:
    open_workbook(cells.raw, is_file=cells.is_file, key=session.current_reading().key)


def _about_questions_of(workbook: Workbook) -> AddedRows:
    """Return the answers without those about questions of another survey."""
    asked = {folded(question.text) for question in workbook.questions}
    rows = given().get(QUESTIONS.name)
    if rows is None:
        return given()
    return {**given(), QUESTIONS.name: [row for row in rows if folded(str(row["Question"])) in asked]}


def _masked_heads(raw: RawWorkbook) -> Sequence[RawTab]:
    heads = [dataclasses.replace(tab, rows=tab.rows[:ROWS_LOOKED_AT]) for tab in raw.tabs]
    if isinstance(raw, MaskedWorkbook):
        return heads
    return mask_workbook(dataclasses.replace(raw, tabs=heads)).tabs


def given() -> AddedRows:
    """Return the answers of this session: rows by tab."""
    answers = st.session_state.get(ANSWERS_KEY)
    return answers if isinstance(answers, dict) else {}


def headers_answered() -> set[str]:
    """Return the folded headers and titles that staff have answered about in this session."""
    return {folded(str(row["Your header"])) for row in given().get(COLUMN_NAMES.name, ())}


def use(rows: AddedRows) -> None:
    """Add answers, and read the opened workbook with them."""
    cells = session.opened_cells()
    st.session_state[ANSWERS_KEY] = merge_answers(given(), rows)
    if cells is not None:
        _open_again(cells)


def undo() -> None:
    """Forget all answers, and read the opened workbook without them."""
    cells = session.opened_cells()
    forget()
    if cells is not None:
        _open_again(cells)


def forget() -> None:
    """Forget all answers."""
    st.session_state.pop(ANSWERS_KEY, None)
