"""The command `journal`: what people recorded in the app, and where it is on its way to the workbook."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nethealth.errors import UsageError
from nethealth.terminal import print_json, read_secrets, visible, write_file

if TYPE_CHECKING:
    from nethealth.contributions.entries import Entry
    from nethealth.contributions.journal import Journal

_DONE: Final = 0
_LONGEST_LINE: Final = 100


def add_to(commands: Any) -> None:
    """Add the command and its own commands to those of the command line."""
    journal = commands.add_parser("journal", help="list, save, retry, or prune what people recorded in the app")
    own = journal.add_subparsers(required=True, metavar="command")

    listing = own.add_parser("list", help="list all entries, and why any are waiting")
    listing.add_argument("--json", action="store_true", help="print JSON, for scripts")
    listing.set_defaults(run=list_entries)

    exporting = own.add_parser("export", help="save all entries as a file")
    exporting.add_argument("out", metavar="OUT", type=Path, help="a file that ends in .xlsx, .csv, or .json")
    exporting.set_defaults(run=export_entries)

    retrying = own.add_parser("retry", help="try again to deliver what failed, after you fix the cause")
    retrying.set_defaults(run=retry_entries)

    pruning = own.add_parser(
        "prune", help="delete entries that reached the workbook or were taken back over 90 days ago"
    )
    pruning.set_defaults(run=prune_entries)


def list_entries(options: argparse.Namespace) -> int:
    """Print every entry, the totals, and what the people who look after the journal should know."""
    from nethealth.contributions.journal_file import entry_fields, state_totals

    journal = _open_journal()
    entries, notices = journal.all_entries(), journal.notices()
    if options.json:
        print_json(
            {
                "entries": [entry_fields(entry) for entry in entries],
                "totals": state_totals(entries),
                "notices": [{"message": notice.message, "remedy": notice.remedy} for notice in notices],
            }
        )
        return _DONE
    for entry in entries:
        print(f"{entry.state:<9} {entry.recorded_at:%Y-%m-%d %H:%M} {entry.id} {visible(_summary(entry))}")
        if entry.reason:
            print(f"{'':<9} {visible(entry.reason)}")
    for notice in notices:
        print(f"{visible(notice.message)} {notice.remedy}")
    print(_totals(entries))
    return _DONE


def export_entries(options: argparse.Namespace) -> int:
    """Write every entry to a file of the kind that its ending says."""
    import sys

    from nethealth.contributions.journal_file import FILE_FORMATS, cells_cut_in_tables
    from nethealth.presentation.formatting import pluralize

    suffix = options.out.suffix.lower()
    if suffix not in FILE_FORMATS:
        raise UsageError(f"We don’t know the file type of “{options.out.name}”.", "Use .xlsx, .csv, or .json.")
    entries = _open_journal().all_entries()
    content = FILE_FORMATS[suffix](entries)
    write_file(options.out, lambda: options.out.write_bytes(content))
    if suffix != ".json" and (cut := cells_cut_in_tables(entries)):
        print(
            f"We cut {pluralize(cut, 'text')} that spreadsheet programs can’t hold. To keep them whole, use .json.",
            file=sys.stderr,
        )
    return _DONE


def retry_entries(_options: argparse.Namespace) -> int:
    """Let entries that couldn't be delivered be tried again."""
    from nethealth.presentation.formatting import pluralize

    count = _open_journal().retry()
    if count:
        print(f"The app will try to deliver {pluralize(count, 'entry', 'entries')} again.")
    else:
        print("No entries to retry.")
    return _DONE


def prune_entries(_options: argparse.Namespace) -> int:
    """Delete old entries that the workbook has, or that their authors took back."""
    from nethealth.contributions.journal import KEEP_DAYS
    from nethealth.presentation.formatting import pluralize

    count = _open_journal().prune()
    print(
        f"We deleted {pluralize(count, 'entry', 'entries')} that reached the workbook, or were taken back, "
        f"more than {KEEP_DAYS} days ago."
    )
    return _DONE


def _open_journal() -> Journal:
    from nethealth.contributions.opening import app_journal

    return app_journal(read_secrets())


def _summary(entry: Entry) -> str:
    """Return the tab and the beginning of the cells."""
    cells = ", ".join(
        cell.isoformat() if isinstance(cell, dt.date) else str(cell)
        for cell in entry.cells.values()
        if cell is not None
    )
    text = f"{entry.tab}: {cells}"
    return text if len(text) <= _LONGEST_LINE else f"{text[: _LONGEST_LINE - 1]}…"


def _totals(entries: Sequence[Entry]) -> str:
    from nethealth.contributions.entries import EntryState
    from nethealth.contributions.journal_file import state_totals
    from nethealth.presentation.formatting import format_date, pluralize

    if not entries:
        return "No one has recorded anything in the app yet."
    totals = state_totals(entries)
    waiting = [each for each in entries if each.state in (EntryState.WAITING, EntryState.UNCERTAIN)]
    since = f", the oldest since {format_date(min(each.recorded_at for each in waiting).date())}" if waiting else ""
    return (
        f"{pluralize(len(entries), 'entry', 'entries').capitalize()}: {totals['waiting']} waiting, "
        f"{totals['uncertain']} sent but not confirmed{since}; {totals['delivered']} delivered, "
        f"{totals['undone']} taken back."
    )
