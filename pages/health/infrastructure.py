"""Collaborative infrastructure: membership, gatherings, platforms, agreements, representation, and participation."""

import streamlit as st

from nethealth.ui import components as ui
from nethealth.ui.infrastructure import (
    InfrastructureView,
    agreements,
    gatherings,
    membership,
    participation,
    platform,
    representation,
)
from nethealth.ui.session import current_workbook, is_staff, today

TABS = {
    "Membership": membership.show,
    "Convenings": gatherings.show_convenings,
    "Activities": gatherings.show_activities,
    "Platform": platform.show,
    "Agreements": agreements.show,
    "Representation": representation.show,
}
# Participation uses conversations and survey responses by name, which only staff may see.
STAFF_TABS = {"Participation": participation.show}

ui.page_title("Collaborative infrastructure", "Does our structure support the network?")
view = InfrastructureView(workbook=current_workbook(), as_of=today(), is_staff=is_staff())
tabs = TABS | STAFF_TABS if view.is_staff else TABS
opened = st.tabs(list(tabs), key="tab", bind="query-params")
current = next((index for index, tab in enumerate(opened) if tab.open), 0)
with opened[current]:
    tables = list(tabs.values())[current](view)
    ui.downloads(tables, name=f"infrastructure {list(tabs)[current].lower()}", charts_show="")
