"""What stands around every page: the look, the line on what was read when, and what to say when reading fails."""

from __future__ import annotations

import datetime as dt
import gc
import traceback
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.logger import get_logger

from nethealth.errors import NetHealthError
from nethealth.presentation.formatting import escape_html, format_date, pluralize
from nethealth.presentation.palette import DARK, LIGHT, TITLE_FONTS
from nethealth.ui import access, first_visit, network_workbook, session
from nethealth.ui.routes import link
from nethealth.ui.workbook_poller import Origin, Reading
from nethealth.workbook.records import Severity

TICK = 12.0
"""Seconds between two looks at the shared reading from an open page."""
QUICK_TICK = 2.0
"""The same while a newer reading is under way and the one on the screen is old or missing."""
OLD = dt.timedelta(seconds=100)

ICON = Path(__file__).parent / "icon.svg"
SAMPLE_LINE = "This is the sample network: made up, to look around in."
HOW_TO_OPEN = (
    "Only the sample is shown here, since nobody has said yet who may see the network. Whoever runs the app sets that "
    "in the section [access] of its secrets; docs/for-hosts.md says how."
)

_warmed: set[str] = set()


class Drawable(Protocol):
    """A page that can be drawn."""

    url_path: str

    def run(self) -> None:
        """Draw it."""


def dress() -> None:
    """Give the page its look, in light and in dark."""
    first_visit.load_again_where_needed()
    st.html(f"<style>{_style()}</style>")


@cache
def _style() -> str:
    single = [field.name for field in fields(LIGHT) if isinstance(getattr(LIGHT, field.name), str)]
    colors = "".join(
        f"--nh-{name.replace('_', '-')}:light-dark({getattr(LIGHT, name)},{getattr(DARK, name)});" for name in single
    )
    colors += f"--nh-bar:light-dark({LIGHT.groups[0]},{DARK.groups[0]});"
    css = (Path(__file__).parent / "look.css").read_text(encoding="utf-8")
    return f'[data-testid="stApp"]{{{colors}--nh-title-font:{TITLE_FONTS};}}\n{css}'


def head() -> Reading:
    """The line above every page, kept fresh by itself, and the band beneath it where something needs saying.

    Returns the reading that the page below is drawn from.
    """
    shown = session.pin()
    reading = session.reading()
    lively = reading.origin is Origin.OWN
    hurry = reading.is_under_way and (reading.is_missing or reading.age > OLD)
    st.fragment(_status, run_every=(QUICK_TICK if hurry else TICK) if lively else None)(shown.version, hurry)
    return reading


def _status(drawn_from: tuple[str, ...], hurry: bool) -> None:
    """Say what was read when; draw the page anew when there is something new to see, and only then."""
    role = access.role()
    if role is None:
        st.rerun()
    reading = session.reading()
    if reading.origin is Origin.OWN:
        reading = network_workbook.newest(role, only_sample=False, wait=False)
        if reading.version != drawn_from or (hurry and not reading.is_under_way):
            st.rerun()
    if reading.is_missing:
        return
    with st.container(key="status", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(_line(reading, now=dt.datetime.now(dt.UTC), zone=st.context.timezone))
        found = reading.workbook.problems, reading.workbook.unlisted
        # Notes ask for nothing, and would keep the mark there for good.
        waiting = sum(each.severity is not Severity.NOTE for each in found[0])
        waiting += sum(each.count for each in found[1] if each.severity is not Severity.NOTE)
        if reading.origin is Origin.OPENED:
            with st.container(key="way-back", width="content"):
                link("open", "Go back")
        if waiting:
            link("data", f"{pluralize(waiting, 'thing')} in the sheet to look at")
    if reading.failure is not None:
        st.html(_band(reading.failure, reading, zone=st.context.timezone))


def _line(reading: Reading, *, now: dt.datetime, zone: str | None) -> str:
    parts = [f"<b>{escape_html(reading.workbook.network_name, longest=120)}</b>"]
    if reading.origin is Origin.SAMPLE:
        parts.append(f"<span>{escape_html(HOW_TO_OPEN if access.only_sample() else SAMPLE_LINE)}</span>")
    elif reading.origin is Origin.OPENED:
        parts.append("<span>Opened by you; nobody else sees it.</span>")
    if reading.origin is not Origin.SAMPLE:
        parts.append(f"<span>Read {age_text(reading.workbook.read_at, now=now, zone=zone)}</span>")
    return f'<p class="nh-status">{"".join(parts)}</p>'


def age_text(read_at: dt.datetime, *, now: dt.datetime, zone: str | None) -> str:
    """`just now`, `4 minutes ago`, `at 14:05, 2 hours ago`, `on 3 May 2024, 20 days ago`, by the viewer's clock."""
    seconds = max(0.0, (now - read_at).total_seconds())
    minutes = int(seconds // 60)
    if seconds < 90:
        return "just now"
    if minutes < 60:
        return f"{pluralize(minutes, 'minute')} ago"
    local = read_at.astimezone(_zone(zone))
    if minutes < 24 * 60:
        return f"at {local:%H:%M}, {pluralize(minutes // 60, 'hour')} ago"
    return f"on {format_date(local.date())}, {pluralize(minutes // (24 * 60), 'day')} ago"


def _zone(name: str | None) -> dt.tzinfo:
    try:
        return ZoneInfo(name) if name else dt.UTC
    except (OSError, ValueError, KeyError):
        return dt.UTC


def _band(failure: NetHealthError, reading: Reading, *, zone: str | None) -> str:
    age = age_text(reading.workbook.read_at, now=dt.datetime.now(dt.UTC), zone=zone)
    staff = reading.role is access.Role.STAFF
    happened = escape_html(failure.message) if staff else "The network’s sheet can’t be read just now."
    told = f"{happened} You see what was read {age}; it is tried again every minute."
    remedy = f"<p>{escape_html(failure.remedy)}</p>" if staff else ""
    return f'<div class="nh-band" role="status"><p>{told}</p>{remedy}</div>'


def nothing_read(reading: Reading) -> None:
    """The calm page for when there is no reading at all: what happened, what to do, and what can be read meanwhile."""
    if reading.failure is None:
        st.title("The sheet is being read", anchor=False)
        st.html('<p class="nh-question">It is the first time. This page fills by itself in a moment.</p>')
        return
    st.title("The sheet could not be read yet", anchor=False)
    if reading.role is access.Role.STAFF:
        _what_to_do(reading.failure, share_with=reading.share_with)
    else:
        st.html('<p class="nh-question">Those who keep the network are shown what to do. Please look in later.</p>')
    st.header("Meanwhile", anchor=False)
    link("guide", "Read the Guide", icon=":material/menu_book:")
    link("open", "Open another workbook, for this visit", icon=":material/folder_open:")


def _what_to_do(failure: NetHealthError, *, share_with: str | None) -> None:
    st.html(f'<p class="nh-question">{escape_html(failure.message)}</p>')
    st.html(f'<p class="nh-prose">{escape_html(failure.remedy)}</p>')
    if share_with:
        st.html('<p class="nh-quiet">The e-mail address to share the sheet with:</p>')
        st.code(share_with, language=None)
    st.html('<p class="nh-quiet">It is tried again every minute; this page fills by itself as soon as it works.</p>')


def draw(page: Drawable) -> None:
    """Draw a page. One that fails says so in a sentence, and the rest of the app works on."""
    draw_part(page.run, name=page.url_path)


def draw_part(draw: Callable[[], None], *, name: str) -> None:
    """Draw a page, or a part of one that is run alone, under a name of its own. One that fails says so in a sentence,
    and what a cell holds reaches no log."""
    try:
        draw()
    except Exception as broken:
        # The message of the exception is left out: it may quote a cell.
        where = "".join(traceback.format_tb(broken.__traceback__)[-4:])
        get_logger(__name__).error("A page failed with %s:\n%s", type(broken).__name__, where)
        st.html(
            '<div class="nh-band" role="status"><p>Something on this page went wrong, and the rest of it can’t be '
            "shown just now.</p><p>The other pages work. Whoever runs the app finds what happened in its log.</p></div>"
        )
    finally:
        _settle(name)


def _settle(name: str) -> None:
    """After a part was drawn for the first time in this process, take what it loaded out of garbage collection.

    Streamlit collects after every run; without what never becomes garbage that takes a tenth of the time.
    """
    if name not in _warmed:
        _warmed.add(name)
        gc.collect()
        gc.freeze()
