"""Where members talk between gatherings, month by month."""

from __future__ import annotations

import streamlit as st

from nethealth import infrastructure
from nethealth.cache import cached
from nethealth.infrastructure import METRICS, tables
from nethealth.infrastructure.charts import platform as charts
from nethealth.ui import components as ui
from nethealth.ui.infrastructure.view import Tables, View, heading, register


def show(view: View) -> Tables:
    """The platforms' figures as panels over the same months, then each one's latest. Returns what can be downloaded."""
    platforms = cached(infrastructure.summarize_platforms)(view.workbook, as_of=view.as_of)
    heading(charts.platform_title(platforms))
    if not platforms:
        hint = "Where members talk between gatherings shows with one row a month and platform."
        ui.empty_state("Platform", hint, outline=False)
        return {}
    ui.metric_row(tables.platform_cards(platforms))
    if len(platforms) > 1:
        register(tables.platform_rows(platforms), key="platforms", alt="Each platform's latest month")
    if any(len(each.months) > 1 for each in platforms):
        st.caption(charts.platform_measure(platforms))
        figure = cached(charts.platforms_chart)(view.workbook, as_of=view.as_of)
        ui.chart(figure, alt=charts.platform_text(platforms), key="platform-chart")
    else:
        st.caption("With a second month a line shows here.")
    ui.explain_metrics(METRICS["platform"])
    return {"Platform": tables.platform_month_rows(platforms), "Latest month": tables.platform_rows(platforms)}
