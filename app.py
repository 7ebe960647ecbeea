"""The front door: who is looking, and the pages they may open."""

import streamlit as st

from nethealth.ui import access, door, frame

HEALTH, TOGETHER, SHEET = "The network’s health", "Together", "The sheet"


def pages(*, for_staff: bool) -> dict[str, list[st.Page]]:
    """The pages by section; what is for staff alone is not among a viewer's."""
    health = [
        st.Page("pages/health/overview.py", title="Overview", icon=":material/home:", default=True),
        st.Page("pages/health/connectivity.py", title="Connectivity", icon=":material/hub:"),
        st.Page("pages/health/experience.py", title="Participant experience", icon=":material/forum:"),
        st.Page("pages/health/infrastructure.py", title="Collaborative infrastructure", icon=":material/foundation:"),
        st.Page("pages/health/emergence.py", title="Emergent activity", icon=":material/psychiatry:"),
    ]
    together = [st.Page("pages/together/mindset.py", title="Mindset reflection", icon=":material/balance:")]
    sheet = [
        st.Page("pages/sheet/data.py", title="Data", icon=":material/table_view:"),
        st.Page("pages/sheet/guide.py", title="Guide", icon=":material/menu_book:"),
    ]
    if for_staff:
        together.insert(0, st.Page("pages/together/weaving.py", title="Weaving", icon=":material/diversity_3:"))
        sheet.append(st.Page("pages/sheet/open.py", title="Open another workbook", icon=":material/folder_open:"))
    return {HEALTH: health, TOGETHER: together, SHEET: sheet}


st.set_page_config(page_title="Network health", page_icon=":material/hub:", layout="wide")
frame.dress()
role = access.role()
position = "sidebar" if role is not None else "hidden"
page = st.navigation(pages(for_staff=role is access.Role.STAFF), position=position)
if role is None:
    door.sign_in()
    st.stop()

door.way_out()
reading = frame.head()
if reading.is_missing:
    frame.nothing_read(reading)
else:
    frame.draw(page)
