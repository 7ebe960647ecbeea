"""Who has signed in and who couldn't, for staff, and whether others on the machine can read the secrets."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from nethealth.presentation.formatting import escape_html, format_date
from nethealth.presentation.table import Format, Table
from nethealth.privacy.private_files import data_folder
from nethealth.privacy.sign_in_attempts.log import DAYS, SignInRow, sign_in_log_in
from nethealth.ui import access, page_shell
from nethealth.ui.access import AccessState
from nethealth.ui.app_secrets import commands_to_close_files
from nethealth.ui.tables import show_table

COLUMNS = {
    "Time": Format.TEXT,
    "Signed in as": Format.TEXT,
    "Account": Format.TEXT,
    "Address": Format.TEXT,
    "Times": Format.NUMBER,
}


def show_open_secrets() -> None:
    """Show how to close the secrets to other users of the machine, if they're open to them."""
    commands = commands_to_close_files()
    if commands:
        st.html(
            '<div class="nh-band" role="status"><p>Other users of this machine can read the app’s secrets. '
            f"Run: <code>{escape_html('; '.join(commands))}</code></p></div>"
        )


def show_sign_ins() -> None:
    """List the sign-ins that we keep, folded, newest first. Shows nothing where no one has to sign in."""
    if access.policy().state is not AccessState.GUARDED:
        return
    rows = sign_in_log_in(data_folder()).rows()
    if not rows:
        return
    failed = sum(row.count for row in rows if row.role is None)
    with st.expander(f"Sign-ins: {sum(row.count for row in rows) - failed:,}, and {failed:,} failed"):
        st.caption(f"The last {DAYS} days, newest first. We keep only the first part of an address.")
        zone = page_shell.zone_of(st.context.timezone)
        show_table(
            Table.of(COLUMNS, [_cells(row, zone=zone) for row in rows]), key="sign-ins", label="Sign-ins", short=10
        )


def _cells(row: SignInRow, *, zone: dt.tzinfo) -> dict[str, object]:
    local = row.last.astimezone(zone)
    return {
        "Time": f"{format_date(local.date())}, {local.hour % 12 or 12}:{local:%M %p}",
        "Signed in as": row.role or "failed",
        "Account": row.email or "passcode",
        "Address": row.address,
        "Times": row.count,
    }
