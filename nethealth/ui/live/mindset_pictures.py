"""The pictures of a mindset session, and what to compare it with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from nethealth.live import mindset as answers
from nethealth.mindset import room_pictures
from nethealth.mindset.charts import profile_heading, rose_heading
from nethealth.mindset.discussion import discussion_questions
from nethealth.mindset.metrics import SessionMindset, compared_moments, in_time, summarize_mindset
from nethealth.mindset.roles import mindset_by_role
from nethealth.ui.live.picture import Picture
from nethealth.ui.live.view import LiveView, other_views
from nethealth.workbook.cells.names import name_key
from nethealth.workbook.records import MindsetReflection, Settings, Workbook
from nethealth.workbook.schema.vocabulary import Moment


def mindset_pictures(view: LiveView, workbook: Workbook) -> Sequence[Picture]:
    """Return the pictures: how the room is spread, against another moment, by role, the top, words, and questions."""
    session = view.session
    smallest = session.setup.smallest_group
    moments = {
        each.moment: each for each in _summaries(answers.reflections(session, view.counted), smallest_group=smallest)
    }
    own = moments.get(session.moment)
    if own is None:
        return [Picture("How we see the organization", partial(st.html, '<p class="nh-hidden">No answers yet</p>'))]
    pictures = [_picture(_heading(own), partial(room_pictures.spread_picture, own))]
    other = moments.get(Moment.HOPED_FOR) if session.moment is not Moment.HOPED_FOR else None
    other = other or _at_another_moment(view, workbook)
    if other is not None and other.moment is not None:
        earlier, later = in_time(own, other)
        title = f"{(earlier.moment or session.moment).value} and {(later.moment or session.moment).value.lower()}"
        pictures.append(_picture(title, partial(room_pictures.spread_picture, earlier, later)))
    if roles := mindset_by_role(answers.by_role(session, view.counted), smallest_group=smallest):
        pictures.append(_picture("By role", partial(room_pictures.roles_picture, roles)))
    pictures.append(_picture(rose_heading(own), partial(room_pictures.top_picture, own)))
    written = answers.words(view.counted)
    if words := [written[phone] for phone in session.screen.words if phone in written]:
        pictures.append(_picture("In our own words", partial(room_pictures.words_picture, words)))
    questions = discussion_questions(own, other)
    pictures.append(_picture("Let’s talk", partial(room_pictures.questions_picture, questions)))
    return pictures


def _heading(own: SessionMindset) -> str:
    return profile_heading(own).replace(": they differ", ": we differ")


def _picture(title: str, make: Callable[[], str]) -> Picture:
    return Picture(title, lambda: st.html(f'<div class="nh-room">{make()}</div>'))


def _summaries(reflections: Sequence[MindsetReflection], *, smallest_group: int) -> tuple[SessionMindset, ...]:
    return summarize_mindset(Workbook(settings=Settings(smallest_group=smallest_group), mindset=tuple(reflections)))


def _at_another_moment(view: LiveView, workbook: Workbook) -> SessionMindset | None:
    """Return the same session at another moment: of another live session if there is one, else of the workbook."""
    session = view.session
    wanted, smallest, own_key = compared_moments(session.moment), session.setup.smallest_group, name_key(session.name)
    recorded = [each for each in workbook.mindset if each.session and name_key(each.session) == own_key]
    of_workbook = _summaries([replace(each, session=session.name) for each in recorded], smallest_group=smallest)
    found: dict[Moment | None, SessionMindset] = {each.moment: each for each in of_workbook}
    for other in other_views(view, is_wanted=lambda each: each.moment in wanted and name_key(each.name) == own_key):
        heard = answers.reflections(other.session, other.counted)
        found |= {each.moment: each for each in _summaries(heard, smallest_group=smallest)}
    return next((found[moment] for moment in wanted if moment in found), None)
