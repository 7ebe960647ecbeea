"""Collaborative infrastructure: who belongs, when people meet, where they talk, what they agreed."""

import streamlit as st

from nethealth import infrastructure
from nethealth.figures import gatherings_chart as gathered
from nethealth.figures import infrastructure_charts as charts
from nethealth.figures import infrastructure_tables as tables
from nethealth.infrastructure import MEASURES, GatheringSummary
from nethealth.ui import components as ui
from nethealth.ui.cached import by_workbook
from nethealth.ui.components import Column, ColumnKind
from nethealth.ui.controls import period_control
from nethealth.ui.session import current_workbook, is_staff, today

KINDS = {
    **dict.fromkeys(("Date", "Adopted", "Reviewed", "Last day"), ColumnKind.DATE),
    **dict.fromkeys(("Posts per active member", "Replies per active member", "Effectiveness"), ColumnKind.NUMBER),
    "Active share": ColumnKind.SHARE,
    "Link": ColumnKind.LINK,
}


def columns(*headers: str) -> list[Column]:
    return [Column(header, header, KINDS.get(header, ColumnKind.TEXT)) for header in headers]


def heading(finding: str) -> None:
    st.space("small")
    st.subheader(ui.safe(finding), anchor=False)


def show_membership() -> tuple[infrastructure.MembershipPeriod, ...]:
    title, control = st.container(), st.container(width=180)
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
        ui.chart(charts.membership_chart(periods), alt=charts.membership_in_words(periods), key="membership")
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


def show_gatherings(summary: GatheringSummary, *, one: str, many: str, notes: str, tab: str, hint: str) -> None:
    heading(gathered.gatherings_title(summary, one=one, many=many))
    if summary.is_empty:
        ui.nothing_yet(tab, hint)
        return
    words = gathered.gatherings_in_words(summary, one=one, many=many)
    ui.chart(gathered.gatherings_chart(summary), alt=words, key=f"{many}-chart")
    ui.figure_row(tables.gathering_cards(summary, one=one, many=many))
    shown = columns(one.capitalize(), "Date", notes, tables.WHO_CAME, "Link")
    rows = tables.gathering_rows(summary, one=one, notes=notes)
    ui.register_table(rows, shown, key=many, alt=f"Each {one} and what came of it", rows_at_once=6)
    ui.what_this_means(MEASURES[many])


def show_platforms() -> None:
    heading(charts.platform_title(platforms))
    if not platforms:
        ui.nothing_yet("Platform", "Where members talk between gatherings shows with one row a month and platform.")
        return
    st.caption(charts.platform_measure(platforms))
    ui.chart(charts.platform_chart(platforms), alt=charts.platform_in_words(platforms), key="platform-chart")
    ui.figure_row(tables.platform_cards(platforms))
    if len(platforms) > 1:
        shown = columns(*tables.platform_rows(platforms)[0])
        ui.register_table(tables.platform_rows(platforms), shown, key="platforms", alt="Each platform's latest month")
    ui.what_this_means(MEASURES["platform"])


def show_agreements() -> None:
    heading(tables.agreements_title(agreed))
    if agreed.is_empty:
        ui.nothing_yet(
            "Agreements", "What members agreed on, and when to look at it again, shows with one row for each."
        )
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
hint = "How often people meet, who comes and what came of it shows with one row a convening."
show_gatherings(met, one="convening", many="convenings", notes="Key outcomes", tab="Convenings", hint=hint)
hint = "What keeps people in touch between convenings shows with one row an activity."
show_gatherings(between, one="activity", many="activities", notes="Notes", tab="Activities", hint=hint)
show_platforms()
show_agreements()
ui.downloads(tables.every_table(periods, met, between, platforms, agreed), name="infrastructure")
