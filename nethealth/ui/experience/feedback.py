"""What we heard and what we did: each promise with its status."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from nethealth.cache import cached
from nethealth.experience import AnswerLocation, Promise, PromiseStatus, answer_locations, promises
from nethealth.presentation.formatting import escape_html, format_date, pluralize, single_line
from nethealth.ui import components as ui
from nethealth.ui.controls import waves_of
from nethealth.ui.experience.view import Tables, View, go_to_answers, heading
from nethealth.ui.record import action
from nethealth.ui.session import is_staff, today
from nethealth.workbook.cells.characters import folded
from nethealth.workbook.schema.vocabulary import WaveKind

ICONS = {PromiseStatus.OVERDUE: "▲", PromiseStatus.PROMISED: "◇", PromiseStatus.HEARD: "○", PromiseStatus.DONE: "●"}
STYLE = """<style>
.nh-feedback { display: grid; gap: 0; }
.nh-feedback article { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0.35rem 2rem;
  border-top: 1px solid var(--nh-grid); padding: 0.9rem 0; }
.nh-feedback p { margin: 0; line-height: 1.5; overflow-wrap: anywhere; }
.nh-feedback .nh-quote { font-family: var(--nh-title-font); font-size: 1.15rem; line-height: 1.4; }
.nh-feedback .nh-quiet { grid-column: 1 / -1; }
.nh-feedback i { font-style: normal; color: var(--nh-accent-text); margin-right: 0.4rem; }
[class*="st-key-answers-to-"] button * { text-align: left; }
@media print {
  .nh-feedback article { padding-block: 0.5rem 0.3rem; }
  .stVerticalBlock > :has(> [class*="st-key-feedback-"]):nth-last-child(-n+3) { break-before: avoid; }
}
@media (max-width: 640px) { .nh-feedback article { grid-template-columns: minmax(0, 1fr); } }
</style>"""


def show(view: View) -> Tables:
    """Show every row of the Actions tab, overdue ones first; only staff see that they are overdue, and add rows."""
    action.show()
    items = promises(view.workbook, as_of=today(), for_staff=is_staff())
    if not items:
        ui.empty_state("Actions", "See what members said and what you did about it.", outline=False)
        return {}
    done = sum(promise.status is PromiseStatus.DONE for promise in items)
    overdue = sum(promise.status is PromiseStatus.OVERDUE for promise in items)
    heading(
        f"We acted on {done:,} of {pluralize(len(items), 'thing')} we heard"
        + (f", and {overdue:,} {'is' if overdue == 1 else 'are'} overdue" if overdue else "")
    )
    st.html(STYLE)
    locations = _visible_locations(view)
    for number, promise in enumerate(items):
        question = promise.question or ""
        location = locations.get(folded(question))
        with st.container(key=f"feedback-{number}", gap=None):
            st.html(f'<div class="nh-feedback">{_article(promise, has_link=location is not None)}</div>')
            if promise.row_id and promise.status in (PromiseStatus.OVERDUE, PromiseStatus.PROMISED):
                action.done_button(promise.row_id)
            if location is not None:
                st.button(
                    f"See the answers to “{ui.escape_markdown(single_line(question, longest=140))}”",
                    key=f"answers-to-{number}",
                    on_click=go_to_answers,
                    args=(location,),
                    type="tertiary",
                    icon=":material/arrow_forward:",
                    wrap=True,
                )
    return {}


def _visible_locations(view: View) -> Mapping[str, AnswerLocation]:
    """Return where the answers to each question are, in the surveys that the page offers."""
    if not view.waves:
        return {}
    current = view.survey.wave
    offered = {current, *(wave.name for wave in waves_of(view.workbook, kind=WaveKind.SURVEY))}
    locations = cached(answer_locations)(view.workbook, preferred_wave=current)
    return {question: location for question, location in locations.items() if location.wave in offered}


def _article(promise: Promise, *, has_link: bool) -> str:
    response = escape_html(promise.response, longest=600) if promise.response else "No action yet."
    question = f" · about “{escape_html(promise.question, longest=140)}”" if promise.question and not has_link else ""
    icon = f'<i aria-hidden="true">{ICONS[promise.status]}</i>'
    return (
        f'<article><p class="nh-quote">{escape_html(promise.feedback, longest=600)}</p><p>{response}</p>'
        f'<p class="nh-quiet">{icon}{_status_text(promise)}{question}</p></article>'
    )


def _status_text(promise: Promise) -> str:
    if promise.day is None:
        return "Done" if promise.status is PromiseStatus.DONE else "Heard"
    day = format_date(promise.day)
    return {
        PromiseStatus.DONE: f"Done on {day}",
        PromiseStatus.PROMISED: f"Promised by {day}",
        PromiseStatus.OVERDUE: f"Overdue: promised by {day}",
    }.get(promise.status, "Heard")
