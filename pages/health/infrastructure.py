"""Collaborative infrastructure: who belongs, when people meet, where they talk, what they agreed, who is missing."""

import streamlit as st

from nethealth.ui import components as ui
from nethealth.ui.infrastructure import View, agreements, gatherings, membership, platform, taking_part, who_is_here
from nethealth.ui.session import current_workbook, is_staff, today

TABS = {
    "Membership": membership.show,
    "Convenings": gatherings.show_convenings,
    "Activities": gatherings.show_activities,
    "Platform": platform.show,
    "Agreements": agreements.show,
    "Who is here": who_is_here.show,
}
FOR_STAFF = {"Taking part": taking_part.show}

ui.page_title("Collaborative infrastructure", "Does the structure carry the network?")
view = View(workbook=current_workbook(), as_of=today(), is_staff=is_staff())
# Who took part is told from what only staff may see (talks, who answered), so only to them.
tabs = TABS | FOR_STAFF if view.is_staff else TABS
opened = st.tabs(list(tabs), key="tab", bind="query-params")
current = next((place for place, tab in enumerate(opened) if tab.open), 0)
with opened[current]:
    tables = list(tabs.values())[current](view)
    ui.downloads(tables, name=f"infrastructure {list(tabs)[current].lower()}")
