"""Who is here, who came and who left: period by period, for everybody or one group; and who stays, by cohort."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from nethealth import infrastructure
from nethealth.cache import cached
from nethealth.infrastructure import METRICS, PAGE_METRICS, CategoryPeriod, MembershipPeriod, Period, tables
from nethealth.infrastructure.charts import cohorts as cohorted
from nethealth.infrastructure.charts import membership as charts
from nethealth.ui import components as ui
from nethealth.ui.infrastructure.view import Tables, View, heading, period_and_years, register, segment_control


def show(view: View) -> Tables:
    """The membership as a line with its bars and rates, the cohorts beneath, then for staff who left and is not
    counted. Returns what can be downloaded.
    """
    workbook = view.workbook
    title = st.container()
    undated = len(cached(infrastructure.members_without_joined)(workbook))
    if undated == len(workbook.members):
        ui.empty_state("Members", "Who is here, who came and who left shows once members have a date under Joined.")
        return {}
    with st.container(horizontal=True, key="membership-controls"):
        period, years = period_and_years(workbook)
        segment = segment_control(view)
    periods = _periods(view, period=period, years=years, segment=segment)
    if not periods:
        ui.empty_state("Members", "Nobody has joined yet: the first date under Joined lies ahead.", outline=False)
        return {}
    told: dict[str, Sequence[ui.Row]] = {"Membership": tables.membership_rows(periods)}
    with title:
        heading(charts.membership_title(periods, of=segment[1] if segment else None))
    _flow(view, periods, period=period, years=years, segment=segment)
    if undated:
        st.caption(tables.undated_text(undated))
    with st.expander("As a table"):
        register(told["Membership"], key="periods", alt="The membership period by period", rows_at_once=12)
    ui.explain_metrics(METRICS["membership"])
    told["Cohorts"] = _cohorts(view, period=period, years=years, is_of_everybody=segment is None)
    if view.is_staff:
        told |= _for_staff(view)
    return told


def _periods(
    view: View, *, period: Period, years: int | None, segment: tuple[str, str] | None
) -> Sequence[MembershipPeriod | CategoryPeriod]:
    if segment is None:
        return cached(infrastructure.membership_by_period)(
            view.workbook, period=period, as_of=view.as_of, fiscal_year_starts=years
        )
    column, group = segment
    grouped = cached(infrastructure.membership_by_category)(
        view.workbook, column=column, period=period, as_of=view.as_of, fiscal_year_starts=years
    )
    return grouped.groups.get(group, ())


def _flow(
    view: View,
    periods: Sequence[MembershipPeriod | CategoryPeriod],
    *,
    period: Period,
    years: int | None,
    segment: tuple[str, str] | None,
) -> None:
    beside, cards = st.columns([7, 3], gap="large")
    column, group = segment or (None, None)
    with beside:
        figure = cached(charts.membership_chart_by)(
            view.workbook, period=period, as_of=view.as_of, fiscal_year_starts=years, column=column, group=group
        )
        ui.chart(figure, alt=charts.membership_text(periods, of=group), key="membership")
    with cards:
        ui.metric_row(tables.membership_cards(periods))
    if segment is not None:
        st.caption(tables.GROUP_NOTE)


def _cohorts(view: View, *, period: Period, years: int | None, is_of_everybody: bool) -> Sequence[ui.Row]:
    told, figure = cached(cohorted.cohorts_drawn)(
        view.workbook, period=period, as_of=view.as_of, fiscal_year_starts=years
    )
    if not cohorted.have_something_to_say(told):
        return cohorted.cohort_rows(told)
    st.space("small")
    heading(cohorted.cohorts_title(told))
    ui.chart(figure, alt=cohorted.cohorts_text(told), key="cohorts")
    notes = [
        cohorted.held_back_text(told, smallest_group=view.workbook.settings.smallest_group),
        None if is_of_everybody else "These are of everybody, whoever is chosen above.",
    ]
    st.caption(" ".join(note for note in notes if note))
    ui.explain_metrics(PAGE_METRICS["cohorts"])
    return cohorted.cohort_rows(told)


def _for_staff(view: View) -> dict[str, Sequence[ui.Row]]:
    left = tables.departure_rows(cached(infrastructure.departures)(view.workbook, as_of=view.as_of))
    missing = tables.uncounted_rows(cached(infrastructure.members_not_counted)(view.workbook, as_of=view.as_of))
    if left:
        with st.expander("Who left in the last 12 months (only staff see this)"):
            register(left, key="left", alt="Who left")
    if missing:
        with st.expander("Who is not in these figures yet, and why (only staff see this)"):
            register(missing, key="uncounted", alt="Who is not counted")
    return {"Who left": left, "Not counted": missing}
