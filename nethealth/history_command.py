"""The commands `snapshot` and `history`: what the metrics were on earlier days."""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nethealth.errors import UsageError
from nethealth.terminal import read_secrets, write_file

if TYPE_CHECKING:
    from nethealth.history.store import History, Snapshot
    from nethealth.workbook.records import Workbook

_DONE: Final = 0


def add_to(
    commands: Any, *, read: Callable[[str], Workbook], workbook_help: str, date: Callable[[str], dt.date]
) -> None:
    """Add the commands to those of the command line. `read` reads a workbook, and `date` an option."""
    taking = commands.add_parser(
        "snapshot", help="keep today’s metrics, so you can see trends even after the workbook changes"
    )
    taking.add_argument("workbook", metavar="WORKBOOK", help=workbook_help)
    taking.set_defaults(run=lambda options: take(options, read=read))

    history = commands.add_parser("history", help="save or prune the metrics of earlier days")
    own = history.add_subparsers(required=True, metavar="command")
    exporting = own.add_parser("export", help="save all snapshots as a file")
    exporting.add_argument("out", metavar="OUT", type=Path, help="a file that ends in .csv or .json")
    exporting.set_defaults(run=export)
    pruning = own.add_parser("prune", help="delete snapshots of days before a date")
    pruning.add_argument("--before", type=date, required=True, metavar="DATE", help="such as 2024-01-01")
    pruning.set_defaults(run=prune)


def take(options: argparse.Namespace, *, read: Callable[[str], Workbook]) -> int:
    """Store today's numbers of a workbook."""
    from nethealth.contributions.entries import workbook_key
    from nethealth.contributions.place import keeps_history
    from nethealth.history.keeping import take_snapshot
    from nethealth.history.store import Effect
    from nethealth.sources import parse_reference

    if not keeps_history(read_secrets()):
        raise UsageError(
            "The app’s secrets say not to keep a history, so we kept nothing.",
            "Set keep_history = true under [journal].",
        )
    snapshot = take_snapshot(read(options.workbook), key=workbook_key(parse_reference(options.workbook)))
    day = snapshot.day.isoformat()
    texts = {
        Effect.NEW: f"Kept {len(snapshot.numbers)} numbers of {day}.",
        Effect.REPLACEMENT: f"Replaced the snapshot that we kept earlier on {day}: some numbers have changed.",
        Effect.NONE: "No number has changed since the last snapshot, so there is nothing to keep.",
        Effect.DELETION: f"All numbers are as on the day before again, so we deleted the snapshot of {day}.",
    }
    print(texts[_open_history().add(snapshot)])
    return _DONE


def export(options: argparse.Namespace) -> int:
    """Write every snapshot to a file."""
    writers: dict[str, Callable[[Sequence[Snapshot]], str]] = {".csv": _as_csv, ".json": _as_json}
    write = writers.get(options.out.suffix.lower())
    if write is None:
        raise UsageError(f"We don’t know the file type of “{options.out.name}”.", "Use .csv or .json.")
    content = write(_open_history().snapshots())
    write_file(options.out, lambda: options.out.write_text(content, encoding="utf-8", newline=""))
    return _DONE


def prune(options: argparse.Namespace) -> int:
    """Delete snapshots of days before a date."""
    from nethealth.presentation.formatting import pluralize

    count = _open_history().prune(before=options.before)
    print(f"We deleted {pluralize(count, 'snapshot')} of days before {options.before.isoformat()}.")
    return _DONE


def _as_csv(snapshots: Sequence[Snapshot]) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(("workbook", "day", "metric", "value"))
    writer.writerows(
        (each.workbook, each.day.isoformat(), name, value) for each in snapshots for name, value in each.numbers.items()
    )
    return file.getvalue()


def _as_json(snapshots: Sequence[Snapshot]) -> str:
    found = [
        {"workbook": each.workbook, "day": each.day.isoformat(), "numbers": dict(each.numbers)} for each in snapshots
    ]
    return json.dumps({"snapshots": found}, ensure_ascii=False, indent=2)


def _open_history() -> History:
    from nethealth.contributions.opening import app_journal
    from nethealth.history.store import History

    return History(app_journal(read_secrets()).database)
