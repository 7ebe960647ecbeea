"""Each page as Streamlit runs it, without a browser: on the sample, on nothing, and while the source fails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import streamlit.config
from google.protobuf import text_format
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Dataframe

from nethealth import sources
from nethealth.contributions.opening import app_journal
from nethealth.errors import NetHealthError, ReadError
from nethealth.live.session import LiveSession
from nethealth.live.store import LiveSessions
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.privacy.weaver_redaction import redact_for_weavers
from nethealth.ui import access, network_workbook
from nethealth.ui.access import AccessState, Policy, Role
from nethealth.ui.connectivity import network_map
from nethealth.ui.routes import PAGES
from nethealth.ui.workbook_poller import Origin, Reading
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Workbook

ROOT = Path(__file__).parent.parent.parent
DAY = dt.date(2026, 11, 23)
"""The day the sample is read on in tests: its numbers change with the day."""
TIMEOUT = 600
"""Seconds after which a run counts as stuck rather than slow."""
FAILURE = ReadError("Google isn’t answering.", "Wait a minute. We retry by ourselves.")


@pytest.fixture(autouse=True)
def _on_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Staff on a loopback address, with only the secrets that a test sets."""
    for name in ("NETHEALTH_SPREADSHEET", "NETHEALTH_SERVICE_ACCOUNT", "NETHEALTH_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETHEALTH_DATA_DIR", str(tmp_path))
    before = streamlit.config.get_option("server.address")
    streamlit.config.set_option("server.address", "127.0.0.1")
    yield
    streamlit.config.set_option("server.address", before)


@pytest.fixture(autouse=True)
def _no_map_to_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw what is below a map at once: there is no browser to report that the map is ready."""
    monkeypatch.setattr(network_map, "MAP_FIRST", False)


@cache
def sample() -> Workbook:
    return read_workbook(sources.read_sample(), today=DAY)


def an_app() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)


@pytest.fixture
def app() -> AppTest:
    return an_app()


Show = Callable[..., None]


@pytest.fixture
def showing(monkeypatch: pytest.MonkeyPatch) -> Show:
    """Replace the shared reading by a workbook (or none), for a role."""

    def show(
        workbook: Workbook | None, *, role: Role = Role.STAFF, failure: NetHealthError | None = None, share: str = ""
    ) -> None:
        def newest(
            for_role: Role, *, only_sample: bool, wait: bool = True, own: frozenset[str] = frozenset()
        ) -> Reading:
            shown = workbook
            if workbook is not None and for_role is Role.WEAVER:
                shown = redact_for_weavers(workbook, own=own)
            elif workbook is not None and for_role is Role.VIEWER:
                shown = redact_for_viewers(workbook)
            return Reading(
                workbook=shown or Workbook(),
                origin=Origin.NETWORK,
                role=for_role,
                failure=failure,
                is_missing=shown is None,
                share_with=share or None,
            )

        monkeypatch.setattr(network_workbook, "latest_reading", newest)
        if role is not Role.STAFF:
            monkeypatch.setattr(access, "policy", lambda: Policy(state=AccessState.GUARDED))
            monkeypatch.setattr(access, "role_for_policy", lambda _policy: role)

    return show


@pytest.fixture
def small_sample(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Replace the sample by the `TABS` of the test's module."""
    raw = RawWorkbook(
        title="Sample",
        tabs=[RawTab(title, rows) for title, rows in request.module.TABS.items()],
        read_at=dt.datetime(2026, 11, 30, tzinfo=dt.UTC),
    )
    monkeypatch.setattr(sources, "read_sample", lambda: raw)
    monkeypatch.setattr(network_workbook, "_samples", {})


def live() -> LiveSessions:
    """The live sessions of the app that runs in this test."""
    return LiveSessions(app_journal({}).database)


def only() -> LiveSession:
    """The sample's only session, as it is now."""
    (session,) = live().sessions("sample")
    return session


def press(page: AppTest, key: str) -> AppTest:
    """Click a button, and return the page that follows."""
    page = page.button(key=key).click().run()
    assert not page.exception
    return page


def visit(app: AppTest, address: str) -> AppTest:
    return app.switch_page(PAGES[address]).run()


def words_on(app: AppTest) -> str:
    """Everything sent to the browser, as one text: every element of every kind, as it goes over the wire."""
    found: list[str] = []

    def walk(node: Any) -> None:
        proto = getattr(node, "proto", None)
        if proto is not None:
            found.append(text_format.MessageToString(proto, as_utf8=True))
            if isinstance(node, Dataframe):
                found.append(node.value.to_csv())
        for child in getattr(node, "children", {}).values():
            walk(child)

    walk(app._tree)
    return "\n".join(found)
