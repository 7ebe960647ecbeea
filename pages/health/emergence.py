"""Emergent activity: what members start together, when, and the outcomes."""

import streamlit as st

from nethealth.cache import cached
from nethealth.emergence.metrics import METRICS, summarize_emergence
from nethealth.emergence.tables import activity_cards, activity_table, metric_cards, pair_table
from nethealth.ui.components import downloads, empty_state, explain_metrics, metric_row, page_title
from nethealth.ui.emergence.charts import show_collaboration, show_heading, show_timeline
from nethealth.ui.emergence.register import show_cards
from nethealth.ui.session import current_workbook, today

page_title("Emergent activity", "What are members starting together?")
workbook = current_workbook()
emergence = cached(summarize_emergence)(workbook, as_of=today())
if emergence.is_empty:
    empty_state("Emergent activity", "See what members start together: one row per activity and who takes part.")
    st.stop()

metric_row(metric_cards(emergence))
show_timeline(workbook, emergence)
explain_metrics(METRICS)
show_heading("What each activity is about and what came of it")
show_cards(activity_cards(emergence))
show_collaboration(workbook, emergence)
downloads(
    {"Activities": activity_table(emergence), "Collaborators": pair_table(emergence)},
    name="emergent-activity",
)
