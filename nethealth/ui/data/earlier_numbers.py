"""What the numbers were on earlier days, for staff: they outlive what the workbook has overwritten since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from nethealth.errors import JournalError
from nethealth.history.numbers import AGREE, NAMES, SHARES
from nethealth.history.store import Snapshot
from nethealth.metric import Unit
from nethealth.presentation.formatting import format_date, format_value, pluralize, single_line
from nethealth.presentation.table import Format, Row, Table, csv_bytes
from nethealth.ui import network_workbook, session
from nethealth.ui.access import while_allowed
from nethealth.ui.tables import show_table

NOT_KEPT = "We don’t keep the numbers of new days, because `keep_history` is false in the app’s secrets."
_AGO = (dt.timedelta(days=365), dt.timedelta(days=91))
"""How long before the latest day the days in between are."""


def show_earlier_numbers() -> None:
    """Show the numbers of the latest day next to earlier ones, folded, with all to download.

    Without two days there is nothing to show, unless none are kept: then it says so. For staff only, because snapshots
    hold what they see.
    """
    key = session.current_reading().key
    snapshots = _snapshots(key) if key is not None else []
    has_two, is_kept = len(snapshots) > 1, key is None or network_workbook.is_history_kept()
    if has_two or not is_kept:
        st.header("Earlier numbers", anchor=False)
    if not is_kept:
        st.caption(NOT_KEPT if has_two else f"{NOT_KEPT} Trends show only what the workbook has.")
    if not has_two:
        return
    count = pluralize(len(snapshots), "day")
    with st.expander(f"{count} since {format_date(snapshots[0].day)}"):
        st.caption(
            "Whenever one of the network’s numbers changes, we save them all, but nothing about any person. That way, "
            "you can see trends even after rows change in the workbook."
        )
        show_table(_comparison(snapshots), key="earlier-numbers", label="Numbers on earlier days", short=60)
        st.download_button(
            "All days (.csv)",
            data=while_allowed(lambda: csv_bytes(all_days(snapshots))),
            file_name="earlier-numbers.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def _snapshots(key: str) -> list[Snapshot]:
    try:
        return network_workbook.history().snapshots(key)
    except JournalError:
        return []


def _comparison(snapshots: Sequence[Snapshot]) -> Table:
    shown = days_to_compare(snapshots)
    columns = {"Metric": Format.TEXT} | {format_date(each.day): Format.NUMBER for each in shown}
    rows: list[Row] = [
        {"Metric": _name(id_), **{format_date(each.day): _text(id_, each.numbers.get(id_)) for each in shown}}
        for id_ in _ids(shown)
    ]
    return Table.of(columns, rows)


def days_to_compare(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """Return up to four snapshots, earliest first: the first, those of a year and of three months ago, and the last."""
    latest = snapshots[-1]
    wanted = [max((each for each in snapshots if each.day <= latest.day - ago), key=_day, default=None) for ago in _AGO]
    chosen = {each.day: each for each in (snapshots[0], *wanted, latest) if each is not None}
    return [chosen[day] for day in sorted(chosen)]


def all_days(snapshots: Sequence[Snapshot]) -> Table:
    """Return one row per day and one column per metric, as a spreadsheet can chart them."""
    ids = _ids(snapshots)
    columns = {"Day": Format.DATE} | {_name(id_): _format(id_) for id_ in ids}
    rows = [{"Day": each.day} | {_name(id_): each.numbers.get(id_) for id_ in ids} for each in snapshots]
    return Table.of(columns, rows)


def _day(snapshot: Snapshot) -> dt.date:
    return snapshot.day


def _ids(snapshots: Sequence[Snapshot]) -> list[str]:
    """Return the numbers that any snapshot has, in the order of the pages."""
    known = {id_ for each in snapshots for id_ in each.numbers}
    return [id_ for id_ in NAMES if id_ in known] + sorted(id_ for id_ in known if id_.startswith(AGREE))


def _name(id_: str) -> str:
    if id_.startswith(AGREE):
        return f"Agree: {single_line(id_.removeprefix(AGREE), longest=80)}"
    return NAMES[id_]


def _format(id_: str) -> Format:
    return Format.SHARE if id_ in SHARES or id_.startswith(AGREE) else Format.NUMBER


def _text(id_: str, value: float | None) -> str | None:
    if value is None:
        return None
    if _format(id_) is Format.SHARE:
        return format_value(value, Unit.SHARE)
    return format_value(round(value), Unit.COUNT) if value == round(value) else format_value(value, Unit.NUMBER)
