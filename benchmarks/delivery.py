"""1,000 entries by 50 writers at once reach a Google Sheet that fails in every way, while the app is killed 50 times.

Prints how many are lost, doubled, or in the wrong columns. Google is the loopback server of the tests: a third of its
answers fail, before or after it did what was asked. Meanwhile staff move columns, add some, and type rows. Then the
same with two copies of the app that share the journal, and on PostgreSQL if this machine has it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.serving import ROOT
from nethealth.contributions.delivery import Timing, deliver_once
from nethealth.contributions.entries import ID_PREFIX, EntryState, new_entry_id
from nethealth.contributions.journal import Journal
from nethealth.contributions.recording import new_entry
from tests.contributions.grid_writer import Fault, GridSheet
from tests.postgresql_server import empty_database, postgresql_programs, postgresql_server
from tests.sources import sheet_grid
from tests.sources.sheets_server import LOST_ANSWERS, NOT_SHARED, REFUSALS, SHEET_ID, Answer, Sheet, SheetsServer

ENTRIES, WRITERS, KILLS = 1_000, 50, 50
SHARE_OF_FAILURES = 0.33
KEY = f"sheet:{SHEET_ID}"
EPOCH = dt.date(1899, 12, 30)
PATIENCE = 300.0
"""Seconds that the last entries may take."""
SLOW = (
    Answer(delay=0.7, is_right=True),
    Answer(delay=1.8, is_written=True, reset=True),
    Answer(delay=1.8, is_right=True),
)
"""Late answers. Two come after the app has stopped waiting, and what was asked happens only then."""
TEXTS = ("Ana", "=IMPORTXML(1)", "007", "🌱 Zoë", "true", "2026-01-02", "x" * 2_000)


@dataclass
class Copy:
    """A copy of the app: a process that is killed and started again."""

    url: str
    environment: dict[str, str]
    port: int = 0
    _process: subprocess.Popen[str] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it, and wait until it listens."""
        command = [sys.executable, "-m", "benchmarks.recording_app", self.url]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def kill(self) -> None:
        """Kill it without a warning."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()


def make_entry(number: int) -> dict[str, Any]:
    """Return an entry as the app takes it."""
    text, day = TEXTS[number % len(TEXTS)], {"date": (dt.date(2026, 1, 1) + dt.timedelta(number)).isoformat()}
    tabs: list[tuple[str, dict[str, Any]]] = [
        ("Weaving", {"Date": day, "Weaver": "Bo", "Member": text, "What we heard": f"talk {number}", "Due": day}),
        ("Connections", {"From": text, "To": f"person {number}", "Date": day}),
        ("Emergent activity", {"Name": f"activity {number}", "Collaborators": f"{text}; Bo", "Started": day}),
    ]
    tab, cells = tabs[number % len(tabs)]
    return {"id": new_entry_id(), "workbook": KEY, "tab": tab, "cells": cells}


def record(entry: dict[str, Any], copies: list[Copy], *, first: int) -> None:
    """Record an entry, again and again until a copy of the app says that it is stored."""
    turn = first
    while True:
        copy = copies[turn % len(copies)]
        turn += 1
        connection = http.client.HTTPConnection("127.0.0.1", copy.port, timeout=20)
        try:
            connection.request("POST", "/", json.dumps([entry]), {"Content-Type": "application/json"})
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
        except http.client.HTTPException:
            pass
        finally:
            connection.close()


def rearrange(server: SheetsServer, choice: random.Random, typed: list[str]) -> None:
    """Do what staff do: move a column, insert one, or type a row."""
    sheet = server.sheets[SHEET_ID]
    with server.cells:
        title = choice.choice(["Weaving", "Connections"])
        headers = sheet.tabs[title][0]
        kind = choice.choice(["move", "insert", "type"])
        if kind == "move":
            sheet_grid.move_column(sheet, title, choice.randrange(len(headers)), choice.randrange(len(headers)))
        elif kind == "insert":
            sheet_grid.insert_column(sheet, title, choice.randrange(len(headers)), f"Ours {len(typed)}")
        else:
            typed.append(f"typed {len(typed)}")
            row = [""] * len(headers)
            row[headers.index("Member" if title == "Weaving" else "To")] = typed[-1]
            sheet.tabs[title].append(row)


def rows_of(sheet: Sheet) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the filled cells of every row by header, with the title of its tab."""
    for title, (headers, *rows) in sheet.tabs.items():
        for row in rows:
            names = [*headers, *[""] * len(row)]
            yield title, {names[at] or f"column {at}": cell for at, cell in enumerate(row) if cell not in ("", None)}


def expected(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the row that an entry becomes."""
    cells = {
        name: (dt.date.fromisoformat(cell["date"]) - EPOCH).days if isinstance(cell, dict) else cell
        for name, cell in entry["cells"].items()
    }
    return {**cells, "Entry ID": entry["id"]}


def run(name: str, url: str, *, copies: int, seed: int) -> bool:
    """Record, fail, and kill; print what became of the entries. Returns True if each is there once, as it should."""
    choice, typed = random.Random(seed), []
    entries = [make_entry(number) for number in range(ENTRIES)]
    began = time.monotonic()
    with SheetsServer() as server, tempfile.TemporaryDirectory() as folder:
        tabs = {"Weaving": [["Date", "Weaver", "Member"]], "Connections": [["From", "To", "Notes", "Entry ID"]]}
        sheet = server.add(Sheet(tabs={title: [*rows] for title, rows in tabs.items()}))
        server.fail_randomly(
            seed,
            [*LOST_ANSWERS, *REFUSALS, *SLOW, NOT_SHARED],
            share=SHARE_OF_FAILURES,
            routes=["metadata", "values", "append", "update", "batch", "token"],
        )
        account = {
            "NETHEALTH_SPREADSHEET": SHEET_ID,
            "NETHEALTH_SERVICE_ACCOUNT": json.dumps(server.service_account()),
        }
        environment = os.environ | server.environment(Path(folder)) | account
        running = [Copy(url, environment) for _ in range(copies)]
        for copy in running:
            copy.start()
        turns = threading.Semaphore(0)

        def write(writer: int) -> None:
            for number in range(writer, ENTRIES, WRITERS):
                turns.acquire()
                record(entries[number], running, first=writer)

        with ThreadPoolExecutor(WRITERS) as writers:
            writing = [writers.submit(write, writer) for writer in range(WRITERS)]
            for kill in range(KILLS):
                turns.release(ENTRIES // (KILLS + 1))
                time.sleep(choice.random() * 4.0)
                running[kill % copies].kill()
                rearrange(server, choice, typed)
                running[kill % copies].start()
                if kill % 10 == 9:
                    print(f"  {name}: {kill + 1} kills", file=sys.stderr)
            turns.release(ENTRIES)
            for each in writing:
                each.result()
        journal = Journal(url)
        waiting, until = 1, time.monotonic() + PATIENCE
        while waiting and time.monotonic() < until:
            time.sleep(0.2)
            counts = journal.counts(KEY)
            waiting = counts[EntryState.WAITING] + counts[EntryState.UNCERTAIN]
        journal.close()
        time.sleep(SLOW[-1].delay + 0.5)  # what is still late happens
        for copy in running:
            copy.kill()
        requests = Counter(route for route, _ in server.requests)
        if waiting:
            print(f"  {name}: {waiting} entries still wait after {PATIENCE:.0f} s, and count as lost")
        return _print_result(name, sheet, entries, typed, requests, time.monotonic() - began)


def _print_result(
    name: str, sheet: Sheet, entries: list[dict[str, Any]], typed: list[str], requests: Counter[str], seconds: float
) -> bool:
    rows = list(rows_of(sheet))
    ids = Counter(
        cell for _, row in rows for cell in row.values() if isinstance(cell, str) and cell.startswith(ID_PREFIX)
    )
    there = {row.get("Entry ID"): (title, row) for title, row in rows}
    lost = sum(entry["id"] not in ids for entry in entries)
    doubled = sum(count - 1 for count in ids.values())
    misplaced = sum(
        entry["id"] in ids and there.get(entry["id"]) != (entry["tab"], expected(entry)) for entry in entries
    )
    unchanged = sum(list(row.values()) == [text] for text in typed for _, row in rows if text in row.values())
    print(
        f"  {name:<34} lost {lost}   doubled {doubled}   in wrong columns {misplaced}   run as formula "
        f"{len(sheet.formulas)}   staff rows kept {unchanged} of {len(typed)}"
    )
    asked = ", ".join(f"{count} {route}" for route, count in sorted(requests.items()))
    print(f"  {'':<34} {KILLS} kills, {seconds:.0f} s; requests: {asked}")
    return (lost, doubled, misplaced, len(sheet.formulas), unchanged) == (0, 0, 0, 0, len(typed))


def after_an_hour() -> bool:
    """Let 1,000 entries wait through an hour without Google, on a clock that we move; count the requests after it."""
    time_now = 1_800_000_000.0
    timing, waits = Timing(), 0
    journal = Journal("sqlite://", now=lambda: time_now)
    grid = GridSheet(Sheet(tabs={"Weaving": [["Date", "Weaver", "Member"]]}), now=lambda: time_now)

    def deliver() -> bool:
        outcome = deliver_once(journal, KEY, holder="app", open_writer=grid.open, timing=timing, now=lambda: time_now)
        return outcome.failure is None

    def entry(number: int) -> Any:
        given = make_entry(number)
        cells = {
            name: dt.date.fromisoformat(cell["date"]) if isinstance(cell, dict) else cell
            for name, cell in given["cells"].items()
        }
        return new_entry(KEY, given["tab"], cells, author="", now=dt.datetime.fromtimestamp(time_now, dt.UTC))

    journal.record([entry(number) for number in range(ENTRIES)])
    end = time_now + 3_600
    while time_now < end:
        grid.faults["read"] = [Fault.UNSENT]
        assert not deliver()
        waits += 1
        time_now += min(timing.longest_wait, timing.first_wait * 2 ** min(waits, 20))
    grid.requests.clear()
    while journal.waiting_since(KEY) is not None:
        deliver()
        time_now += timing.pause
    journal.close()
    # A reading takes two requests: what tabs there are, and their cells.
    requests = len(grid.requests) + grid.requests.count("read")
    print(f"  {'after an hour without Google':<34} {ENTRIES:,} entries delivered in {requests} requests (promised 20)")
    return requests <= 20


def main() -> None:
    print(
        f"{ENTRIES:,} entries by {WRITERS} writers at once, {SHARE_OF_FAILURES:.0%} of Google’s answers fail, "
        f"the app is killed {KILLS} times"
    )
    results = [after_an_hour()]
    with tempfile.TemporaryDirectory() as folder:
        for name, copies in (("SQLite", 1), ("SQLite, two copies of the app", 2)):
            url = f"sqlite:///{folder}/{copies}.db"
            results.append(run(name, url, copies=copies, seed=copies))
    with contextlib.ExitStack() as stack:
        if postgresql_programs() is None:
            print("  PostgreSQL isn’t installed here, so we skip it (apt-get install postgresql)")
            return
        address: sa.URL = stack.enter_context(postgresql_server())
        for name, copies in (("PostgreSQL", 1), ("PostgreSQL, two copies of the app", 2)):
            empty_database(address)
            url = address.render_as_string(hide_password=False)
            results.append(run(name, url, copies=copies, seed=10 + copies))
    print("  all as promised" if all(results) else "  NOT as promised")


if __name__ == "__main__":
    main()
