"""Accept files only from people who may open workbooks, and only as many bytes as the server can hold."""

from __future__ import annotations

import re
from collections import defaultdict

import streamlit as st
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from nethealth.ui.access import Credentials, Role, role_with
from nethealth.ui.server.requests import policy_for, refuse
from nethealth.ui.server.visits import current_visit, visit_of

__all__ = ["UploadLimits", "drop_files", "stored_sizes"]

_UPLOAD = re.compile(r"/_stcore/upload_file(?:/(?P<session_id>[^/]+))?")
MOST_FILES = 40
"""Files that one session may have on the server. A workbook may come as one .csv file per tab, and the contract has 17
tabs; this leaves room for files that replace others."""
MOST_BYTES, MOST_BYTES_IN_ALL = 60_000_000, 240_000_000
"""Bytes that one session may have on the server, and all sessions together, those on their way included."""


class UploadLimits:
    """Check who sends a file, and what they have sent before, before we read any of it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._on_their_way: defaultdict[str, list[int]] = defaultdict(list)
        """Sizes by session of the files that Streamlit is reading right now."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a file that may come in."""
        address = _UPLOAD.search(scope["path"]) if scope["type"] == "http" else None
        if address is None or scope["method"] == "OPTIONS":
            await self.app(scope, receive, send)
            return
        session_id = address["session_id"] or ""
        if not _may_send(session_id, scope):
            await refuse(scope, receive, send, status=403, reason="Only staff can open a workbook file.")
        elif scope["method"] != "PUT":
            await self.app(scope, receive, send)
        elif not self._has_room(session_id, size := _announced_size(scope)):
            await refuse(scope, receive, send, status=413, reason="There is no room for this file right now.")
        else:
            self._on_their_way[session_id].append(size)
            try:
                await self.app(scope, receive, send)
            finally:
                self._on_their_way[session_id].remove(size)
                if not self._on_their_way[session_id]:
                    del self._on_their_way[session_id]

    def _has_room(self, session_id: str, size: int) -> bool:
        sizes = stored_sizes()
        for each, coming in self._on_their_way.items():
            sizes[each] = sizes.get(each, []) + coming
        own = sizes.get(session_id, [])
        in_all = sum(sum(each) for each in sizes.values())
        return len(own) < MOST_FILES and sum(own) + size <= MOST_BYTES and in_all + size <= MOST_BYTES_IN_ALL


def drop_files() -> None:
    """Free the files of the session that is running, but not while its connection is lost: it may come back."""
    context = get_script_run_ctx()
    if context is not None and current_visit() is not None:
        context.uploaded_file_mgr.remove_session_files(context.session_id)


def _may_send(session_id: str, scope: Scope) -> bool:
    """True if this browser's session may open workbooks right now, whatever it could do at its last run."""
    visit = visit_of(session_id, HTTPConnection(scope).cookies)
    shown = visit.credentials if visit is not None else None
    return isinstance(shown, Credentials) and role_with(policy_for(scope), shown) is Role.STAFF


def _announced_size(scope: Scope) -> int:
    """Return the bytes that a request says it brings, or the most that Streamlit reads if it doesn't say."""
    headers = HTTPConnection(scope).headers
    length = headers.get("content-length", "")
    # A request in chunks ends with its last chunk, whatever length it announces.
    if "transfer-encoding" not in headers and length.isascii() and length.isdigit():
        return int(length)
    return int(st.get_option("server.maxUploadSize")) * 1024 * 1024


def stored_sizes() -> dict[str, list[int]]:
    """Return the sizes of the files that Streamlit keeps, by session."""
    manager = Runtime.instance().uploaded_file_mgr
    if not isinstance(manager, MemoryUploadedFileManager):
        return {}
    return {
        each: [len(file.data) for file in list(files.values())] for each, files in list(manager.file_storage.items())
    }
