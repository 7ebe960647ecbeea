"""Membership tab: members over time, for everyone or one category, and how long each cohort stays."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from nethealth import infrastructure
from nethealth.cache import cached
from nethealth.infrastructure import METRICS, PAGE_METRICS, CategoryPeriod, MembershipPeriod, Period
from nethealth.infrastructure.charts import cohorts as cohort_charts
from nethealth.infrastructure.charts import membership as charts
from nethealth.infrastructure.tables import membership as tables
from nethealth.presentation.table import Table
from nethealth.ui import components as ui
from nethealth.ui.infrastructure.view import InfrastructureView, Tables, heading, period_and_years, segment_control
from nethealth.ui.tables import show_table


def show(view: InfrastructureView) -> Tables:
    """Show membership and cohorts, and for staff who left and who isn't counted. Return the downloads."""
    workbook = view.workbook
    title = st.container()
    undated = len(cached(infrastructure.members_without_joined)(workbook))
    if not any(person.joined for person in workbook.members):
        ui.empty_state("Members", "Add a Joined date for each member to see who joined, stayed, and left.")
        return {}
    with st.container(horizontal=True, key="membership-controls"):
        period, years = period_and_years(workbook)
        segment = segment_control(view)
    periods = _periods(view, period=period, years=years, segment=segment)
    if not periods:
        ui.empty_state("Members", "No one has joined yet. The first Joined date is in the future.", outline=False)
        return {}
    with title:
        heading(charts.membership_title(periods, category=segment[1] if segment else None))
    _show_flow(view, periods, period=period, years=years, segment=segment)
    if undated:
        st.caption(tables.undated_text(undated))
    membership = tables.membership_table(periods, category=": ".join(segment) if segment else None)
    with st.expander("Show as a table"):
        show_table(membership, key="periods", label="Membership by period")
    ui.explain_metrics(METRICS["membership"])
    cohorts = _show_cohorts(view, period=period, years=years, is_everyone=segment is None)
    return {"Membership": membership, "Cohorts": cohorts} | (_show_staff_lists(view) if view.is_staff else {})


def _periods(
    view: InfrastructureView, *, period: Period, years: int | None, segment: tuple[str, str] | None
) -> Sequence[MembershipPeriod | CategoryPeriod]:
    if segment is None:
        return cached(infrastructure.membership_by_period)(
            view.workbook, period=period, as_of=view.as_of, fiscal_year_starts=years
        )
    column, category = segment
    membership = cached(infrastructure.membership_by_category)(
        view.workbook, column=column, period=period, as_of=view.as_of, fiscal_year_starts=years
    )
    return membership.categories.get(category, ())


def _show_flow(
    view: InfrastructureView,
    periods: Sequence[MembershipPeriod | CategoryPeriod],
    *,
    period: Period,
    years: int | None,
    segment: tuple[str, str] | None,
) -> None:
    left, right = st.columns([7, 3], gap="large")
    column, category = segment or (None, None)
    with left:
        figure = cached(charts.draw_membership)(
            view.workbook, period=period, as_of=view.as_of, fiscal_year_starts=years, column=column, category=category
        )
        ui.chart(figure, alt=charts.membership_text(periods, category=category), key="membership")
    with right:
        ui.metric_row(tables.membership_cards(periods))
    if segment is not None:
        st.caption(tables.CATEGORY_NOTE)


def _show_cohorts(view: InfrastructureView, *, period: Period, years: int | None, is_everyone: bool) -> Table:
    cohorts, figure = cached(cohort_charts.draw_cohorts)(
        view.workbook, period=period, as_of=view.as_of, fiscal_year_starts=years
    )
    if cohort_charts.has_later_moments(cohorts):
        st.space("small")
        heading(cohort_charts.cohorts_title(cohorts))
        ui.chart(figure, alt=cohort_charts.cohorts_text(cohorts), key="cohorts")
        notes = [
            cohort_charts.hidden_text(cohorts, smallest_group=view.workbook.settings.smallest_group),
            None if is_everyone else "This chart always shows all members.",
        ]
        st.caption(" ".join(note for note in notes if note))
        ui.explain_metrics(PAGE_METRICS["cohorts"])
    return tables.cohort_table(cohorts)


def _show_staff_lists(view: InfrastructureView) -> dict[str, Table]:
    left = tables.departures_table(cached(infrastructure.departures)(view.workbook, as_of=view.as_of))
    uncounted = tables.uncounted_table(cached(infrastructure.members_not_counted)(view.workbook, as_of=view.as_of))
    if left:
        with st.expander("Who left in the last 12 months (staff only)"):
            show_table(left, key="left", label="Who left in the last 12 months")
    if uncounted:
        with st.expander("Who isn’t counted here, and why (staff only)"):
            show_table(uncounted, key="uncounted", label="Members not counted here")
    return {"Who left": left, "Not counted": uncounted}
