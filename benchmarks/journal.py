"""The journal under 50 people who save at the same moment, again and again: how long each waits for the confirmation.

Once in a SQLite file, and once on a PostgreSQL server if this machine has one. Compared with the same writers without
what lets them share a transaction.
"""

from __future__ import annotations

import datetime as dt
import logging
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from nethealth.contributions.entries import Entry, new_entry_id
from nethealth.contributions.journal import Journal
from nethealth.errors import NotRecorded
from tests.postgresql_server import postgresql_programs, postgresql_server

WRITERS, EACH = 50, 20
PROMISED_MS = 100.0


def an_entry() -> Entry:
    cells = {"Date": dt.date(2026, 11, 30), "Weaver": "Bo", "Member": "Ana", "What we heard": "x" * 500}
    return Entry(id=new_entry_id(), workbook="sheet:a", tab="Weaving", cells=cells, recorded_at=dt.datetime.now(dt.UTC))


def waits(record: Callable[[Entry], None]) -> tuple[list[float], int]:
    """Return the milliseconds that each confirmation took, in order, and how many there was none for."""
    found: list[float] = []
    refused: list[str] = []

    def write() -> None:
        for _ in range(EACH):
            entry = an_entry()
            started = time.perf_counter()
            try:
                record(entry)
            except NotRecorded:
                refused.append(entry.id)
            found.append((time.perf_counter() - started) * 1_000)

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found), len(refused)


def report(name: str, found: list[float], refused: int) -> None:
    late, longest = found[int(len(found) * 0.99)], found[-1]
    print(
        f"  {name}: median {statistics.median(found):.0f} ms, 99% within {late:.0f} ms, longest {longest:.0f} ms; "
        f"refused {refused}"
    )


def measure(name: str, url: sa.URL) -> None:
    journal = Journal(url)
    journal.record([an_entry()])
    report(name, *waits(lambda entry: journal.record([entry])))
    journal.close()
    # Each writer has a journal of its own, as if it were a process.
    journals = threading.local()
    opened: list[Journal] = []

    def record_alone(entry: Entry) -> None:
        if not hasattr(journals, "own"):
            journals.own = Journal(url)
            opened.append(journals.own)
        journals.own.record([entry])

    report(f"{name}, each writer for itself", *waits(record_alone))
    for each in opened:
        each.close()


def main() -> None:
    logging.disable(logging.ERROR)  # of those who are refused
    print(f"{WRITERS} people save {EACH} times at once (promised: {PROMISED_MS:.0f} ms)")
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", sa.URL.create("sqlite", database=str(Path(folder) / "journal.db")))
    if postgresql_programs() is not None:
        with postgresql_server(settings="-c fsync=on") as url:
            measure("PostgreSQL", url)


if __name__ == "__main__":
    main()
