"""What surrounds every page: its styles, the status line, and what to show if the workbook can't be read."""

from __future__ import annotations

import datetime as dt
import re
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
from nethealth.ui import access, chart_pictures, first_visit, network_workbook, session
from nethealth.ui.data import unknown_parts
from nethealth.ui.recording import thanks
from nethealth.ui.routes import link
from nethealth.ui.workbook_poller import Origin, Reading
from nethealth.workbook.records import Severity

CHECK_SECONDS = 12.0
"""How often an open page checks for a newer reading."""
QUICK_CHECK_SECONDS = 2.0
"""The same while a newer reading is on its way and the one on the screen is stale or missing."""
STALE_AFTER = dt.timedelta(seconds=100)

ICON = Path(__file__).parent / "icon.svg"
SAMPLE_NOTE = "Made-up sample network"
GAVE_UP_ROOM = (
    "We closed the workbook you opened, because others opened large ones and the server ran out of room. "
    "You’re looking at the network’s own workbook."
)
ONLY_SAMPLE_NOTE = "Sample network. To show your own, say who may see it: [access] in docs/for-hosts.md."


class Page(Protocol):
    """A page of the navigation."""

    def run(self) -> None:
        """Draw the page."""


def inject_styles() -> None:
    """Add the app's styles to the page, for light and dark themes."""
    first_visit.reload_if_needed()
    thanks.keep_place()
    chart_pictures.print_in_light()
    st.html(f"<style>{_styles(is_dark=st.context.theme.type == 'dark')}</style>")


@cache
def _styles(*, is_dark: bool) -> str:
    color_names = [field.name for field in fields(LIGHT) if isinstance(getattr(LIGHT, field.name), str)]
    colors = "".join(
        f"--nh-{name.replace('_', '-')}:light-dark({getattr(LIGHT, name)},{getattr(DARK, name)});"
        for name in color_names
    )
    colors += f"--nh-bar:light-dark({LIGHT.categories[0]},{DARK.categories[0]});"
    # Pictures keep the page's colors on paper, so those of a dark page are turned around.
    colors += f"--nh-on-paper:{'invert(1) hue-rotate(180deg) brightness(1.25)' if is_dark else 'none'};"
    hidden = ".st-key-print-in-light{display:none}" if is_dark else ""
    css = _without_comments((Path(__file__).parent / "look.css").read_text(encoding="utf-8"))
    return f'[data-testid="stApp"]{{{colors}--nh-title-font:{TITLE_FONTS};}}\n{hidden}{css}'


def _without_comments(css: str) -> str:
    """Return styles as every page sends them: without comments, and without spaces that mean nothing."""
    return re.sub(r"\s*([{};])\s*", r"\1", re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)))


def show_status() -> Reading:
    """Show the status line above every page, which refreshes itself, and return the reading to draw the page from."""
    pinned = session.pin_latest_reading()
    reading = session.current_reading()
    hurry = reading.is_refreshing and (reading.is_missing or reading.age > STALE_AFTER)
    seconds = QUICK_CHECK_SECONDS if hurry else CHECK_SECONDS
    can_end = access.policy().state is access.AccessState.GUARDED
    run_every = seconds if can_end or reading.origin is Origin.NETWORK else None
    st.fragment(_status, run_every=run_every)(pinned.version, hurry)
    if session.gave_up_room():
        st.html(f'<div class="nh-band" role="status"><p>{GAVE_UP_ROOM}</p></div>')
        link("open", "Open it again")
    return reading


def _status(version: tuple[str, ...], hurry: bool) -> None:
    """Show when the workbook was read. Run the whole page again if there is a newer version, and only then."""
    session.rerun_if_role_changed()
    reading = session.current_reading()
    if reading.origin is Origin.NETWORK:
        reading = network_workbook.latest_reading(reading.role, only_sample=False, wait=False)
        if reading.version != version or (hurry and not reading.is_refreshing):
            st.rerun()
    if reading.is_missing:
        return
    with st.container(key="status", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(_status_line(reading, now=dt.datetime.now(dt.UTC), zone=st.context.timezone))
        workbook = reading.workbook
        # Notes need no action, so counting them would keep this link there for good.
        to_check = sum(problem.severity is not Severity.NOTE for problem in workbook.problems)
        to_check += sum(more.count for more in workbook.unlisted if more.severity is not Severity.NOTE)
        if reading.role is access.Role.STAFF:
            to_check += unknown_parts.count_parts_to_name(workbook)
        if reading.origin is Origin.OPENED:
            with st.container(key="way-back", width="content"):
                link("open", "Go back")
        if to_check:
            link("data", f"{pluralize(to_check, 'thing')} to check")
    if reading.failure is not None:
        st.html(_failure_band(reading.failure, reading, zone=st.context.timezone))


def _status_line(reading: Reading, *, now: dt.datetime, zone: str | None) -> str:
    parts = [f"<b>{escape_html(reading.workbook.network_name, longest=120)}</b>"]
    if reading.origin is Origin.SAMPLE:
        parts.append(f"<span>{escape_html(ONLY_SAMPLE_NOTE if access.shows_only_sample() else SAMPLE_NOTE)}</span>")
    elif reading.origin is Origin.OPENED:
        parts.append("<span>Only you see this workbook</span>")
    if reading.origin is not Origin.SAMPLE:
        parts.append(f"<span>Updated {age_text(reading.workbook.read_at, now=now, zone=zone)}</span>")
    return f'<p class="nh-status">{"".join(parts)}</p>'


def age_text(read_at: dt.datetime, *, now: dt.datetime, zone: str | None) -> str:
    """Return an age such as `moments ago`, `4 minutes ago`, `at 2:05 PM`, or `on May 3, 2024`, in the viewer's zone."""
    seconds = max(0.0, (now - read_at).total_seconds())
    minutes = int(seconds // 60)
    if seconds < 90:
        return "moments ago"
    if minutes < 60:
        return f"{pluralize(minutes, 'minute')} ago"
    local = read_at.astimezone(zone_of(zone))
    if minutes < 24 * 60:
        return f"at {local.hour % 12 or 12}:{local:%M %p}"
    return f"on {format_date(local.date())}"


def zone_of(name: str | None) -> dt.tzinfo:
    """Return the time zone that a browser names, or UTC if it names none that we know."""
    try:
        return ZoneInfo(name) if name else dt.UTC
    except (OSError, ValueError, KeyError):
        return dt.UTC


def _failure_band(failure: NetHealthError, reading: Reading, *, zone: str | None) -> str:
    age = age_text(reading.workbook.read_at, now=dt.datetime.now(dt.UTC), zone=zone)
    age = age.removeprefix("at ").removeprefix("on ")
    staff = reading.role is access.Role.STAFF
    message = escape_html(failure.message) if staff else "We can’t read the workbook right now."
    remedy = f"<p>{escape_html(failure.remedy)}</p>" if staff else ""
    return (
        f'<div class="nh-band" role="status"><p>{message} You’re seeing data from {age}. '
        f"We retry every minute.</p>{remedy}</div>"
    )


def show_missing_reading(reading: Reading) -> None:
    """Show what happened and what to do if the workbook was never read, and what to look at meanwhile."""
    if reading.failure is None:
        st.title("Reading your workbook", anchor=False)
        st.html('<p class="nh-question">The first time takes a moment. This page opens by itself.</p>')
        return
    st.title("We can’t read your workbook yet", anchor=False)
    if reading.role is access.Role.STAFF:
        _show_remedy(reading.failure, share_with=reading.share_with)
    else:
        st.html('<p class="nh-question">Your network’s staff can see how to fix this. Please check back later.</p>')
    st.header("In the meantime", anchor=False)
    link("guide", "Read the Guide", icon=":material/menu_book:")
    link("open", "Open another workbook for this visit", icon=":material/folder_open:")


def _show_remedy(failure: NetHealthError, *, share_with: str | None) -> None:
    st.html(f'<p class="nh-question">{escape_html(failure.message)}</p>')
    st.html(f'<p class="nh-prose">{escape_html(failure.remedy)}</p>')
    if share_with:
        st.html('<p class="nh-quiet">Share the workbook with this email address:</p>')
        st.code(share_with, language=None)
    st.html('<p class="nh-quiet">We retry every minute. This page opens by itself once it works.</p>')


def draw(page: Page) -> None:
    """Draw a page. If it fails, show a short message and keep the rest of the app working."""
    draw_part(page.run)


def draw_part(draw: Callable[[], None]) -> None:
    """Draw a page, or a part of one that runs alone. If it fails, show a short message.

    Nothing from a cell reaches the log.
    """
    try:
        draw()
    except Exception as error:
        # The exception's message may quote a cell, so we log its type and place only.
        where = "".join(traceback.format_tb(error.__traceback__)[-4:])
        get_logger(__name__).error("A page failed with %s:\n%s", type(error).__name__, where)
        st.html(
            '<div class="nh-band" role="status"><p>Something went wrong, so we can’t show the rest of this page.</p>'
            "<p>The other pages still work. The person who runs the app can find the cause in its log.</p></div>"
        )
