"""Where each page is, by its address: for the navigation, for links, and for addresses saved under earlier names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.errors import StreamlitAPIException

from nethealth.ui import access
from nethealth.ui.access import Role

PAGES = {
    "overview": "pages/health/overview.py",
    "connectivity": "pages/health/connectivity.py",
    "experience": "pages/health/experience.py",
    "infrastructure": "pages/health/infrastructure.py",
    "emergence": "pages/health/emergence.py",
    "weaving": "pages/together/weaving.py",
    "sessions": "pages/together/sessions.py",
    "screen": "pages/together/screen.py",
    "seating": "pages/together/seating.py",
    "mindset": "pages/together/mindset.py",
    "report": "pages/together/report.py",
    "data": "pages/sheet/data.py",
    "guide": "pages/sheet/guide.py",
    "open": "pages/sheet/open.py",
}
FOR_STAFF = frozenset({"open", "report", "screen", "seating", "sessions"})
"""Pages that only staff may open."""
FOR_WEAVERS = frozenset({"weaving", "guide"})
"""The only pages that weavers may open."""
JOIN = "join"
"""The address of the page for phones, which shows nothing of the network."""
JOIN_PAGE = "pages/room/join.py"
UNLISTED = frozenset({"screen"})
"""Pages that aren't in the navigation, and fill the window."""
WITHOUT_READING = frozenset({"guide", "open"})
"""Pages that work without the network's workbook."""


def may_open(address: str, role: Role | None) -> bool:
    """True if someone with this role may open a page. Without a role, people see only the sign-in."""
    if role is Role.WEAVER:
        return address in FOR_WEAVERS
    return role is Role.STAFF or address not in FOR_STAFF


def link(address: str, label: str, *, icon: str | None = None, query: Mapping[str, str] | None = None) -> None:
    """Show a link to another page that keeps the visit going, unless the visitor may not open that page.

    `label` is Markdown: escape what came from a cell. `query` says what the page opens at.
    """
    if may_open(address, access.role()):
        st.page_link(PAGES[address], label=label, icon=icon, query_params=dict(query) if query else None)


OLD_QUERY_NAMES: Mapping[str, Mapping[str, str]] = {"experience": {"heard-by": "response-by"}}
"""Query parameters that were renamed: by page, the old name and the new one."""

OLD_QUERY_VALUES: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "connectivity": {
        "rule": {
            "either says so": "either reports it",
            "either person reports it": "either reports it",
            "both say so": "both confirm it",
        },
        "tab": {"Reading": "Metrics", "Groups and bridges": "Clusters and bridges"},
        "group": {f"Group {number}": f"Cluster {number}" for number in range(1, 101)},
        "rows": {"Ties": "Connections"},
        "sort": {"Ties": "Connections", "Names": "Named", "Stands between": "Betweenness", "Group": "Cluster"},
        "sort-ties": {
            "One": "Person",
            "Other": "Other person",
            "In words": "Strength label",
            "Both say so": "Confirmed by both",
        },
    },
    "experience": {"tab": {"What differs": "Compare groups", "What we heard, what we did": "What we did"}},
    "infrastructure": {
        "tab": {"Who is here": "Representation", "Taking part": "Participation"},
        "segment": {"everybody": "all members"},
    },
    "weaving": {
        "reach": {
            "to reach first": "reach out first",
            "with a promise due": "follow-ups due",
            "newcomers with few ties": "newcomers with few connections",
            "coming less than before": "attending less",
            "not talked with lately": "no recent conversation",
            "everybody": "everyone",
        },
    },
}
"""Values that were renamed: by page and query parameter (its new name), the old value and the new one.

Tab titles and select-box options are part of a page's address, so a renamed one needs an entry here.
"""


def update_query(page: str) -> None:
    """Replace renamed parameters and values in the address by their new ones, and run the page again if any were found.

    Call before the page draws a widget: Streamlit reads the address when a run begins.
    """
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    current = current_query(page, asked)
    if current == asked:
        return
    try:
        st.query_params.from_dict(current)
    except StreamlitAPIException:
        # With the browser's Back button, people return to the old address while its widgets are on the page.
        return
    st.rerun()


def current_query(page: str, query: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the query of a page's address under the names and values of today."""
    names, values = OLD_QUERY_NAMES.get(page, {}), OLD_QUERY_VALUES.get(page, {})
    current: dict[str, list[str]] = {}
    for old_name, given in query.items():
        name = names.get(old_name, old_name)
        current.setdefault(name, [values.get(name, {}).get(value, value) for value in given])
    return current
