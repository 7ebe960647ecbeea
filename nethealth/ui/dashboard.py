"""The dashboard as one script run shows it: check who is visiting, and show the page they asked for."""

from __future__ import annotations

import streamlit as st

from nethealth.ui import access, open_workbook, page_shell, sign_in
from nethealth.ui.access import Role
from nethealth.ui.routes import JOIN, JOIN_PAGE, PAGES, UNLISTED, WITHOUT_READING, may_open, update_query
from nethealth.ui.server import uploads
from nethealth.ui.server.phones import are_served

UPLOAD_PAGES = frozenset({"open", "data"})
"""The pages that take files. Once people leave them, they can't get back to a file there."""
SECTIONS = {
    "Network health": {
        "overview": ("Overview", ":material/home:"),
        "connectivity": ("Connectivity", ":material/hub:"),
        "experience": ("Participant experience", ":material/forum:"),
        "infrastructure": ("Collaborative infrastructure", ":material/foundation:"),
        "emergence": ("Emergent activity", ":material/psychiatry:"),
    },
    "Bring people together": {
        "weaving": ("Weaving", ":material/diversity_3:"),
        "sessions": ("Sessions", ":material/co_present:"),
        "screen": ("Screen", ":material/cast:"),
        "seating": ("Seating", ":material/table_restaurant:"),
        "mindset": ("Mindset reflection", ":material/balance:"),
        "report": ("Report", ":material/article:"),
    },
    "Data and help": {
        "data": ("Data", ":material/table_view:"),
        "guide": ("Guide", ":material/menu_book:"),
        "open": ("Open another workbook", ":material/folder_open:"),
    },
}


def pages(role: Role | None) -> dict[str, list[st.Page]]:
    """Return the pages by section. A notice replaces the pages that someone with this role may not open."""

    def page(address: str, title: str, icon: str) -> st.Page:
        if address == "overview" and role is Role.WEAVER:
            return st.Page(_go_to_weaving, title=title, url_path=address, default=True, visibility="hidden")
        if not may_open(address, role):
            return st.Page(sign_in.show_not_for_you, title=title, url_path=address, visibility="hidden")
        if address in UNLISTED:
            return st.Page(PAGES[address], title=title, icon=icon, visibility="hidden")
        return st.Page(PAGES[address], title=title, icon=icon, default=address == "overview")

    shown = {
        section: [page(address, title, icon) for address, (title, icon) in entries.items()]
        for section, entries in SECTIONS.items()
    }
    if not are_served():
        shown["Sessions"] = [st.Page(JOIN_PAGE, title="Join a session", url_path=JOIN, visibility="hidden")]
    return shown


def _go_to_weaving() -> None:
    st.switch_page(PAGES["weaving"])


def show() -> None:
    """Show the page that a visitor asked for, or the sign-in."""
    st.set_page_config(page_title="Network health", page_icon=str(page_shell.ICON), layout="wide")
    page_shell.inject_styles()
    role = access.role()
    page = st.navigation(pages(role), position="sidebar" if role is not None else "hidden")
    if page.url_path not in UPLOAD_PAGES or role is not Role.STAFF:
        uploads.drop_files()
    if page.url_path == JOIN:
        page_shell.draw(page)  # it asks for a session's code, not for a sign-in
        st.stop()
    if role is None:
        sign_in.show_sign_in()
        st.stop()

    sign_in.note_account_sign_in(role)
    sign_in.show_sign_out()
    update_query(page.url_path)
    open_workbook.note_page(page.url_path or "overview")
    reading = page_shell.show_status()
    if reading.is_missing and page.url_path not in WITHOUT_READING:
        page_shell.show_missing_reading(reading)
    else:
        page_shell.draw(page)
