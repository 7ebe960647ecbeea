"""Collaborative infrastructure: who belongs, when people meet, where they talk, what they agreed."""

import streamlit as st

from nethealth import infrastructure
from nethealth.figures import gatherings_chart as gathered
from nethealth.figures import infrastructure_charts as charts
from nethealth.figures import infrastructure_tables as tables
from nethealth.figures.gatherings_chart import Called
from nethealth.infrastructure import MEASURES, GatheringSummary
from nethealth.ui import components as ui
from nethealth.ui.cached import by_workbook
from nethealth.ui.components import Column, ColumnKind
from nethealth.ui.controls import period_control
from nethealth.ui.session import current_workbook, is_staff, today


def columns(*headers: str) -> list[Column]:
    return [Column(header, header, ColumnKind(tables.COLUMN_KINDS.get(header, "text"))) for header in headers]


def heading(finding: str) -> None:
    st.space("small")
    st.header(ui.safe(finding), anchor=False)


def show_membership() -> tuple[infrastructure.MembershipPeriod, ...]:
    title, control = st.container(), st.container(width=240)
    undated = len(infrastructure.members_without_joined(workbook))
    with control:
        period = period_control() if undated < len(workbook.members) else infrastructure.Period.YEAR
    periods = by_workbook(infrastructure.membership_by_period)(workbook, period=period, as_of=as_of)
    with title:
        heading(charts.membership_title(periods))
    if not periods:
        ui.nothing_yet("Members", "Who is here, who came and who left shows once members have a date under Joined.")
        return periods
    beside, cards = st.columns([7, 3], gap="large")
    with beside:
        figure = by_workbook(charts.membership_chart_by)(workbook, period=period, as_of=as_of)
        ui.chart(figure, alt=charts.membership_in_words(periods), key="membership")
    with cards:
        # Who took part is told from what only staff may see (talks, who answered), so only to them.
        engaged = infrastructure.engagement(workbook, as_of=as_of) if is_staff() else None
        ui.figure_row(tables.membership_cards(periods, engaged))
    if undated:
        st.caption(tables.undated_in_words(undated))
    ui.what_this_means((*MEASURES["membership"], *(MEASURES["engagement"] if is_staff() else ())))
    if is_staff() and (left := infrastructure.departures(workbook, as_of=as_of)):
        with st.expander("Who left in the last 12 months (only staff see this)"):
            ui.register_table(tables.departure_rows(left), columns("Name", "Last day"), key="left", alt="Who left")
    return periods


def show_gatherings(summary: GatheringSummary, called: Called) -> None:
    heading(gathered.gatherings_title(summary, one=called.one, many=called.many))
    if summary.is_empty:
        ui.nothing_yet(called.tab, called.hint, outline=False)
        return
    words = gathered.gatherings_in_words(summary, one=called.one, many=called.many)
    ui.chart(by_workbook(called.chart)(workbook, as_of=as_of), alt=words, key=f"{called.many}-chart")
    ui.figure_row(tables.gathering_cards(summary, one=called.one, many=called.many))
    shown = columns(called.one.capitalize(), "Date", called.outcomes, tables.WHO_CAME, "Link")
    rows = tables.gathering_rows(summary, one=called.one, notes=called.outcomes)
    ui.register_table(rows, shown, key=called.many, alt=f"Each {called.one} and what came of it", rows_at_once=6)
    ui.what_this_means(MEASURES[called.many])


def show_platforms() -> None:
    heading(charts.platform_title(platforms))
    if not platforms:
        hint = "Where members talk between gatherings shows with one row a month and platform."
        ui.nothing_yet("Platform", hint, outline=False)
        return
    st.caption(charts.platform_measure(platforms))
    figure = by_workbook(charts.platforms_chart)(workbook, as_of=as_of)
    ui.chart(figure, alt=charts.platform_in_words(platforms), key="platform-chart")
    ui.figure_row(tables.platform_cards(platforms))
    if len(platforms) > 1:
        shown = columns(*tables.platform_rows(platforms)[0])
        ui.register_table(tables.platform_rows(platforms), shown, key="platforms", alt="Each platform's latest month")
    ui.what_this_means(MEASURES["platform"])


def show_agreements() -> None:
    heading(tables.agreements_title(agreed))
    if agreed.is_empty:
        hint = "What members agreed on, and when to look at it again, shows with one row for each."
        ui.nothing_yet("Agreements", hint, outline=False)
        return
    st.write(tables.agreements_in_words(agreed))
    ui.figure_row(tables.agreement_cards(agreed))
    shown = columns("Agreement", "Kind", "Status", "Adopted", "Reviewed", "Made by members", "Link")
    ui.register_table(tables.agreement_rows(agreed), shown, key="agreements", alt="Each agreement, by kind")
    ui.what_this_means(MEASURES["agreements"])


ui.page_title("Collaborative infrastructure", "Does the structure carry the network?")
workbook, as_of = current_workbook(), today()
met = infrastructure.convenings(workbook, as_of=as_of)
between = infrastructure.activities(workbook, as_of=as_of)
platforms = infrastructure.platform(workbook, as_of=as_of)
agreed = infrastructure.agreements(workbook, as_of=as_of)

periods = show_membership()
show_gatherings(met, gathered.CONVENINGS)
show_gatherings(between, gathered.ACTIVITIES)
show_platforms()
show_agreements()
ui.downloads(tables.every_table(periods, met, between, platforms, agreed), name="infrastructure")
