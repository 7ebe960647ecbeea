"""Who is here and who is missing: the membership's make-up, how it moved, and each group's part in what goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from nethealth import infrastructure
from nethealth.cache import cached
from nethealth.infrastructure import PAGE_METRICS, Period
from nethealth.infrastructure.charts import representation as charts
from nethealth.network.graph import network_at
from nethealth.network.waves import LATEST
from nethealth.presentation.formatting import escape_html
from nethealth.ui import components as ui
from nethealth.ui.infrastructure.view import Tables, View, column_control, heading, period_and_years, register
from nethealth.workbook.records import PersonKey, Workbook

STYLE = """<style>
.nh-lens.nh-lens { font-family: inherit; font-size: 1rem; font-weight: 600; line-height: 1.4;
  margin: 0.5rem 0 0; padding: 0; }
</style>"""


def show(view: View) -> Tables:
    """The make-up beside what is expected, its course over time, then the lenses. Returns what can be downloaded."""
    title = st.container()
    with st.container(horizontal=True, key="make-up-controls"):
        column = column_control(view)
        if column is not None:
            period, years = period_and_years(view.workbook)
    told = (
        cached(infrastructure.compare_representation)(view.workbook, column=column, as_of=view.as_of)
        if column
        else None
    )
    figure = cached(charts.make_up_chart_by)(view.workbook, column=column, as_of=view.as_of) if column else None
    if column is None or told is None or figure is None:
        few = f"two groups of {view.workbook.settings.smallest_group} members or more"
        ui.empty_state("Members", f"Who is here and who is missing shows once a column parts members into {few}.")
        return {}
    with title:
        heading(charts.make_up_title(told))
    ui.chart(figure, alt=charts.make_up_text(told), key="make-up")
    st.caption(ui.escape_markdown(charts.make_up_note(told)))
    ui.explain_metrics(PAGE_METRICS["make-up"][:1])
    over_time = _over_time(view, column=column, period=period, years=years)
    compared = _lenses(view, column=column)
    return {"Make-up": charts.make_up_rows(told), "Make-up over time": over_time, "Group by group": compared}


def _over_time(view: View, *, column: str, period: Period, years: int | None) -> Sequence[ui.Row]:
    told = cached(infrastructure.membership_by_category)(
        view.workbook, column=column, period=period, as_of=view.as_of, fiscal_year_starts=years
    )
    if len(told.wholes) > 1:
        st.space("small")
        heading(charts.over_time_title(told))
        figure = cached(charts.over_time_chart_by)(
            view.workbook, column=column, period=period, as_of=view.as_of, fiscal_year_starts=years
        )
        ui.chart(figure, alt=charts.over_time_text(told), key="make-up-over-time")
        st.caption(
            "Shares of the members at each period's end, by what the sheet says of them today. A gap is held back."
        )
    return charts.over_time_rows(told)


def _lenses(view: View, *, column: str) -> Sequence[ui.Row]:
    drawn = cached(outcome_charts)(view.workbook, column=column, as_of=view.as_of)
    if not drawn:
        return []
    months = view.workbook.settings.engaged_within_months
    st.space("small")
    heading(charts.lenses_title([result for result, _ in drawn], column=column))
    st.caption(charts.lens_legend([result for result, _ in drawn]))
    for pair in charts.in_pairs(drawn):
        for place, (result, figure) in zip(st.columns(2, gap="large"), pair, strict=False):
            with place:
                st.html(f"{STYLE}<h3 class='nh-lens'>{escape_html(charts.lens_title(result, months=months))}</h3>")
                ui.chart(figure, alt=charts.lens_text(result, months=months), key=f"lens-{result.lens.value}")
    rows = charts.lens_rows([result for result, _ in drawn])
    with st.expander("As a table"):
        register(rows, key="lenses", alt="Each group's share, with its interval", rows_at_once=20)
    ui.explain_metrics(PAGE_METRICS["make-up"][1:])
    return rows


def outcome_charts(workbook: Workbook, *, column: str, as_of: dt.date) -> tuple[charts.OutcomeChart, ...]:
    """Each outcome of a column's categories with its chart; ties are those of the latest wave."""
    return charts.outcome_charts(workbook, column=column, as_of=as_of, ties=ties_by_member(workbook))


def ties_by_member(workbook: Workbook) -> dict[PersonKey, int]:
    """How many ties each person on the map of the latest wave has."""
    latest = network_at(workbook, wave=LATEST, rule=None)
    ties = dict.fromkeys(latest.people, 0)
    for tie in latest.ties:
        ties[tie.a] += 1
        ties[tie.b] += 1
    return ties
