"""The very first visit after a start, mended: Streamlit would tell it that a page which is there is not.

In the first run of a process Streamlit takes a folder named `pages` for its older kind of app, in which only files that
lie directly in it are pages; whoever opens another address than the first then reads "Page not found" over the page
they asked for. From the second run on it knows better, so that address is loaded once more. Seen in 1.67.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

ONCE_MORE = "<script>window.location.reload()</script>"


def load_again_where_needed() -> None:
    """Load the address again if this run is the process's first and another page than the first was asked for.

    Call before `st.navigation`, which ends what the first run takes the folder for.
    """
    address = urlsplit(st.context.url or "").path.strip("/")
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    if PagesManager.uses_pages_directory and address not in ("", base):
        st.html(ONCE_MORE, unsafe_allow_javascript=True)
