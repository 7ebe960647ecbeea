"""Emergent activity: what members start together, what came of it, and what came before."""

import streamlit as st

from nethealth.cache import cached
from nethealth.emergence.metrics import METRICS, summarize_emergence
from nethealth.emergence.tables import activity_cards, activity_table, metric_cards, pair_table, split_stories
from nethealth.overview.before_activities import story_before, summary_text
from nethealth.presentation.formatting import pluralize
from nethealth.ui.components import downloads, empty_state, explain_metrics, metric_row, page_title
from nethealth.ui.emergence import collaboration_form
from nethealth.ui.emergence.charts import show_collaboration, show_timeline
from nethealth.ui.emergence.quiet import show_questions
from nethealth.ui.emergence.register import Story, show_register, show_stories
from nethealth.ui.session import current_workbook, is_staff, today
from nethealth.workbook.records import EmergentActivity


def before(activity: EmergentActivity) -> Story:
    """What came before an activity names who was where, so it's for staff."""
    return story_before(activity, workbook) if is_staff() else ()


page_title("Emergent activity", "What are members starting together?")
workbook = current_workbook()
emergence = cached(summarize_emergence)(workbook, as_of=today())
collaboration_form.show()
if emergence.is_empty:
    empty_state("Emergent activity", "See what members start together: one row per activity and who takes part.")
    st.stop()

stories, others = split_stories(activity_cards(emergence))
show_stories(stories, before)
if is_staff():
    st.caption(summary_text(workbook, as_of=today()))
if others:
    more = pluralize(len(others), "more activity", "more activities")
    with st.container(key="unfolds-register"), st.expander(f"See {more}"):
        show_register(others, before)
if is_staff() and emergence.quiet_since:
    show_questions(emergence.quiet_since)
show_timeline(workbook, emergence)
metric_row(metric_cards(emergence))
explain_metrics(METRICS)
show_collaboration(workbook, emergence)
downloads(
    {"Activities": activity_table(emergence), "Collaborators": pair_table(emergence)},
    name="emergent-activity",
    charts_show="",
)
