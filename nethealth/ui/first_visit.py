"""The very first visit after a start, mended: Streamlit would tell it that a page which is there is not.

In the first run of a process Streamlit takes a folder named `pages` for its older kind of app, in which only files that
lie directly in it are pages; whoever opens another address than the first then reads "Page not found" over the page
they asked for. From the second run on it knows better, so that address is loaded once more. Seen in 1.67.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager


def load_again_where_needed() -> None:
    """Load the address again if this run is the process's first and another page than the first was asked for.

    Call before `st.navigation`, which ends what the first run takes the folder for.
    """
    path = urlsplit(st.context.url or "").path.strip("/")
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    if PagesManager.uses_pages_directory and path not in ("", base):
        asked = [(key, value) for key in st.query_params for value in st.query_params.get_all(key)]
        st.html(_go_to(f"/{path}?{urlencode(asked)}" if asked else f"/{path}"), unsafe_allow_javascript=True)


def _go_to(address: str) -> str:
    # By its address, since a mere reload would take whatever the address bar holds at that moment: Streamlit puts the
    # first page's there as soon as it thinks that there is no other. Written so that no address can end the script.
    return f"<script>window.location.replace({json.dumps(address).replace('<', chr(92) + 'u003c')})</script>"
