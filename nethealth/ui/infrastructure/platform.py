"""Platform tab: how active members are where they talk between gatherings."""

from __future__ import annotations

import streamlit as st

from nethealth import infrastructure
from nethealth.cache import cached
from nethealth.infrastructure import METRICS
from nethealth.infrastructure.charts import platform as charts
from nethealth.infrastructure.tables import platform as tables
from nethealth.ui import components as ui
from nethealth.ui.infrastructure.view import InfrastructureView, Tables, heading
from nethealth.ui.tables import show_table


def show(view: InfrastructureView) -> Tables:
    """Show each platform's latest month and its metrics over time. Return the downloads."""
    platforms = cached(infrastructure.summarize_platforms)(view.workbook, as_of=view.as_of)
    heading(charts.platform_title(platforms))
    if not platforms:
        ui.empty_state("Platform", "Add one row per month and platform to see how active members are.", outline=False)
        return {}
    ui.metric_row(tables.platform_cards(platforms))
    latest = tables.platform_table(platforms)
    if len(platforms) > 1:
        show_table(latest, key="platforms", label="Latest month of each platform")
    if any(len(each.months) > 1 for each in platforms):
        st.caption(charts.platform_caption(platforms))
        figure = cached(charts.draw_platforms)(view.workbook, as_of=view.as_of)
        ui.chart(figure, alt=charts.platform_text(platforms), key="platform-chart")
    else:
        st.caption("Add a second month to see a trend.")
    ui.explain_metrics(METRICS["platform"])
    return {"Platform": tables.platform_month_table(platforms), "Latest month": latest}
