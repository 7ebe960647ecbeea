"""Representation tab: shares of members by category, over time, and how outcomes differ among categories."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from nethealth import infrastructure
from nethealth.cache import cached
from nethealth.infrastructure import PAGE_METRICS, Period
from nethealth.infrastructure.charts import outcomes as outcome_charts
from nethealth.infrastructure.charts import representation as charts
from nethealth.infrastructure.tables import representation as tables
from nethealth.network.graph import network_at
from nethealth.presentation.formatting import escape_html, pluralize
from nethealth.presentation.table import Table
from nethealth.ui import components as ui
from nethealth.ui.infrastructure.view import InfrastructureView, Tables, column_control, heading, period_and_years
from nethealth.ui.tables import show_table
from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.waves import LATEST

STYLE = """<style>
.nh-outcome.nh-outcome { font-family: inherit; font-size: 1rem; font-weight: 600; line-height: 1.4;
  margin: 0.5rem 0 0; padding: 0; }
</style>"""


def show(view: InfrastructureView) -> Tables:
    """Show representation compared with expected, over time, and by outcome. Return the downloads."""
    title = st.container()
    with st.container(horizontal=True, key="representation-controls"):
        column = column_control(view)
        if column is not None:
            period, years = period_and_years(view.workbook)
    representation = (
        cached(infrastructure.compare_representation)(view.workbook, column=column, as_of=view.as_of)
        if column
        else None
    )
    if column is None or representation is None:
        smallest = view.workbook.settings.smallest_group
        has_dates = any(person.joined for person in view.workbook.members)
        wanted = (
            f"a column with two categories of {smallest} or more members each"
            if has_dates
            else "a Joined date for each member"
        )
        ui.empty_state("Members", f"To see who’s missing, add {wanted}.")
        return {}
    with title:
        heading(charts.representation_title(representation))
    figure = cached(charts.draw_representation)(view.workbook, column=column, as_of=view.as_of)
    if figure is not None:
        ui.chart(figure, alt=charts.representation_text(representation), key="representation")
    st.caption(ui.escape_markdown(charts.representation_note(representation)))
    if left_out := infrastructure.count_left_out(view.workbook, as_of=view.as_of):
        st.caption(f"These numbers leave out {pluralize(left_out, 'member')} who asked not to be on the map.")
    ui.explain_metrics(PAGE_METRICS["representation"][:1])
    over_time = _show_over_time(view, column=column, period=period, years=years)
    outcomes = _show_outcomes(view, column=column)
    return {
        "Representation": tables.representation_table(representation),
        "Representation over time": over_time,
        "Outcomes by category": outcomes,
    }


def _show_over_time(view: InfrastructureView, *, column: str, period: Period, years: int | None) -> Table:
    membership = cached(infrastructure.membership_by_category)(
        view.workbook, column=column, period=period, as_of=view.as_of, fiscal_year_starts=years
    )
    if len(membership.totals) > 1:
        st.space("small")
        heading(charts.over_time_title(membership))
        figure = cached(charts.draw_over_time)(
            view.workbook, column=column, period=period, as_of=view.as_of, fiscal_year_starts=years
        )
        ui.chart(figure, alt=charts.over_time_text(membership), key="representation-over-time")
        st.caption("Shares of members at the end of each period, by today’s categories. Gaps are hidden shares.")
    elif not view.is_staff and column not in view.workbook.attributes:
        st.caption("We show this column only as of today. Over time, it could reveal someone who joined or left.")
    return tables.over_time_table(membership)


def _show_outcomes(view: InfrastructureView, *, column: str) -> Table:
    drawn = cached(draw_outcomes)(view.workbook, column=column, as_of=view.as_of)
    outcomes = [outcome for outcome, _ in drawn]
    table = tables.outcome_table(outcomes, column=column)
    if drawn:
        months = view.workbook.settings.engaged_within_months
        st.space("small")
        heading(outcome_charts.outcomes_title(outcomes, column=column))
        marks = (f"<li>{escape_html(mark)}</li>" for mark in outcome_charts.outcome_legend(outcomes))
        st.html(f'<ul class="nh-legend">{"".join(marks)}</ul>')
        for start in range(0, len(drawn), 2):
            for column_area, (outcome, figure) in zip(
                st.columns(2, gap="large"), drawn[start : start + 2], strict=False
            ):
                with column_area:
                    title = escape_html(outcome_charts.outcome_title(outcome, months=months))
                    st.html(f"{STYLE}<h3 class='nh-outcome'>{title}</h3>")
                    alt = outcome_charts.outcome_text(outcome, months=months)
                    ui.chart(figure, alt=alt, key=f"outcome-{outcome.outcome}", widest=ui.WIDEST_OF_TWO)
        with st.expander("Show as a table"):
            show_table(table, key="outcomes", label="Outcomes by category, with intervals")
        ui.explain_metrics(PAGE_METRICS["representation"][1:])
    return table


def draw_outcomes(workbook: Workbook, *, column: str, as_of: dt.date) -> tuple[outcome_charts.OutcomeChart, ...]:
    """Draw each outcome of a column's categories, with the ties of the latest wave."""
    return outcome_charts.draw_outcomes(workbook, column=column, as_of=as_of, ties=ties_by_member(workbook))


def ties_by_member(workbook: Workbook) -> dict[PersonKey, int]:
    """Return how many ties each person on the map of the latest wave has."""
    latest = network_at(workbook, wave=LATEST, rule=None)
    ties = dict.fromkeys(latest.people, 0)
    for tie in latest.ties:
        ties[tie.a] += 1
        ties[tie.b] += 1
    return ties
