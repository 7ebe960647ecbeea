"""The picture of a pulse session, and the results of earlier pulses."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from nethealth.live.pulse import StatementAnswers, earlier_answers, pulse_answers, summarize_pulse
from nethealth.live.pulse_picture import pulse_picture
from nethealth.live.session import LiveSession
from nethealth.ui.live.picture import Picture, show_pictures
from nethealth.ui.live.view import LiveView, other_views
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.records import Workbook


def pulse_pictures(view: LiveView, workbook: Workbook) -> Sequence[Picture]:
    """Return the picture of each statement's answers, compared with the same statement at another moment."""
    session = view.session
    smallest = session.setup.smallest_group
    heard = pulse_answers(session, view.counted)
    own = {each.statement: each for each in summarize_pulse(heard, smallest_group=smallest)}
    others = _other_answers(view, workbook)
    shown = [
        own.get(statement)
        or StatementAnswers(statement=statement, session=session.name, moment=session.moment, counts=(0,) * 5)
        for statement in session.setup.statements
    ]
    compared = [(each, earlier_answers(each, others)) for each in shown]
    return [Picture("How much we agree", lambda: st.html(f'<div class="nh-room">{pulse_picture(compared)}</div>'))]


def _other_answers(view: LiveView, workbook: Workbook) -> Sequence[StatementAnswers]:
    """Return what other sessions answered: those of the app that aren't in the workbook yet, and the workbook's."""
    recorded = {(each.session, each.moment) for each in workbook.pulse}
    asked = {name_key(statement) for statement in view.session.setup.statements}

    def is_wanted(other: LiveSession) -> bool:
        is_recorded = (other.name, other.moment) in recorded
        return not is_recorded and not asked.isdisjoint(map(name_key, other.setup.statements))

    heard = [
        answer
        for other in other_views(view, is_wanted=is_wanted)
        for answer in pulse_answers(other.session, other.counted)
    ]
    return summarize_pulse([*workbook.pulse, *heard], smallest_group=view.session.setup.smallest_group)


def show_earlier_pulses(workbook: Workbook) -> None:
    """Show what rooms answered to pulses: one session and moment at a time, the latest first."""
    every = summarize_pulse(workbook.pulse, smallest_group=workbook.settings.smallest_group)
    titles = list(dict.fromkeys(each.title for each in every))
    if not titles:
        return
    st.header("Pulse results", anchor=False)
    with st.container(width=360):
        chosen = st.selectbox("Pulse", titles, key="pulse", bind="query-params")
    shown = [(each, earlier_answers(each, every)) for each in every if each.title == chosen]
    show_pictures(pulse_picture(shown))
