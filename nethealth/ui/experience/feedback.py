"""What we heard, what we did: each promise with where it stands."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from nethealth.cache import cached
from nethealth.experience import AnswerLocation, Promise, PromiseStatus, answer_locations, promises
from nethealth.presentation.formatting import escape_html, format_date, pluralize, single_line
from nethealth.ui import components as ui
from nethealth.ui.controls import waves_of
from nethealth.ui.experience.view import Tables, View, go_to_answers, heading
from nethealth.ui.session import is_staff, today
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.schema.vocabulary import WaveKind

MARKS = {PromiseStatus.OVERDUE: "▲", PromiseStatus.PROMISED: "◇", PromiseStatus.HEARD: "○", PromiseStatus.DONE: "●"}
STYLE = """<style>
.nh-heard { display: grid; gap: 0; }
.nh-heard article { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0.35rem 2rem;
  border-top: 1px solid var(--nh-grid); padding: 0.9rem 0; }
.nh-heard p { margin: 0; line-height: 1.5; overflow-wrap: anywhere; }
.nh-heard .nh-said { font-family: var(--nh-title-font); font-size: 1.15rem; line-height: 1.4; }
.nh-heard .nh-quiet { grid-column: 1 / -1; }
.nh-heard i { font-style: normal; color: var(--nh-accent-text); margin-right: 0.4rem; }
[class*="st-key-heard-in-"] button * { text-align: left; }
@media (max-width: 640px) { .nh-heard article { grid-template-columns: minmax(0, 1fr); } }
</style>"""


def show(view: View) -> Tables:
    """Every row of Actions as what was heard beside what was done; overdue ones first, which only staff see as such."""
    found = promises(view.workbook, as_of=today(), for_staff=is_staff())
    if not found:
        ui.empty_state("Actions", "What members said, and what was done about it, shows here.", outline=False)
        return {}
    done = sum(promise.standing is PromiseStatus.DONE for promise in found)
    overdue = sum(promise.standing is PromiseStatus.OVERDUE for promise in found)
    late = f", {overdue} overdue" if overdue else ""
    # Not everything that was heard was promised to be done.
    heading(f"What we heard, what we did: {done} of {pluralize(len(found), 'thing')} heard {_is_done(done)}{late}")
    st.html(STYLE)
    answered = _to_look_at(view)
    for number, promise in enumerate(found):
        question = promise.question or ""
        place = answered.get(folded(question))
        with st.container(key=f"heard-{number}", gap=None):
            st.html(f'<div class="nh-heard">{_pair(promise, is_quoted=place is None)}</div>')
            if place is not None:
                st.button(
                    f"See the answers to “{ui.escape_markdown(single_line(question, longest=140))}”",
                    key=f"heard-in-{number}",
                    on_click=go_to_answers,
                    args=(place,),
                    type="tertiary",
                    icon=":material/arrow_forward:",
                    wrap=True,
                )
    return {}


def _to_look_at(view: View) -> Mapping[str, AnswerLocation]:
    """Where the answers to each question stand, of the surveys that can be chosen."""
    if not view.waves:
        return {}
    here = view.survey.wave
    named = {here, *(wave.name for wave in waves_of(view.workbook, kind=WaveKind.SURVEY))}
    answered = cached(answer_locations)(view.workbook, at_first=here)
    return {words: place for words, place in answered.items() if place.wave in named}


def _is_done(done: int) -> str:
    return "is done" if done == 1 else "are done"


def _pair(promise: Promise, *, is_quoted: bool) -> str:
    did = escape_html(promise.did, longest=600) if promise.did else "Not answered yet."
    about = f" · asked in “{escape_html(promise.question, longest=140)}”" if promise.question and is_quoted else ""
    mark = f'<i aria-hidden="true">{MARKS[promise.standing]}</i>'
    return (
        f'<article><p class="nh-said">{escape_html(promise.heard, longest=600)}</p><p>{did}</p>'
        f'<p class="nh-quiet">{mark}{_standing(promise)}{about}</p></article>'
    )


def _standing(promise: Promise) -> str:
    if promise.day is None:
        return "Done" if promise.standing is PromiseStatus.DONE else "Heard"
    day = format_date(promise.day)
    return {
        PromiseStatus.DONE: f"Done on {day}",
        PromiseStatus.PROMISED: f"Promised by {day}",
        PromiseStatus.OVERDUE: f"Overdue: promised by {day}",
    }.get(promise.standing, "Heard")
