"""A workaround for the first visit after a start: Streamlit would show "Page not found" on a page that exists.

In the first run of a process, Streamlit takes a folder named `pages` for its older kind of app, in which only files
directly in the folder are pages. Anyone who opens another address than the first page's reads "Page not found" over the
page they asked for. From the second run on it's fine, so we load that address once more. Seen in Streamlit 1.67.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager


def reload_if_needed() -> None:
    """Reload the address if this run is the process's first and it isn't the first page's.

    Call before `st.navigation`, which makes Streamlit understand the folder.
    """
    path = urlsplit(st.context.url or "").path.strip("/")
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    if PagesManager.uses_pages_directory and path not in ("", base):
        query = [(key, value) for key in st.query_params for value in st.query_params.get_all(key)]
        st.html(_redirect(f"/{path}?{urlencode(query)}" if query else f"/{path}"), unsafe_allow_javascript=True)


def _redirect(address: str) -> str:
    # A plain reload would use the address bar, where Streamlit may already show the first page's address. Escaping "<"
    # keeps any address from ending the script.
    return f"<script>window.location.replace({json.dumps(address).replace('<', chr(92) + 'u003c')})</script>"
