"""A small app that records and delivers, for `benchmarks.delivery` to kill: `python -m benchmarks.recording_app URL`.

It answers `POST /` with a list of entries in JSON only after they are stored, as the pages thank people only then. What
it records goes to the Google Sheet that the environment names.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from nethealth import sources
from nethealth.contributions.deliverer import Deliverer
from nethealth.contributions.delivery import Timing
from nethealth.contributions.entries import Entry, workbook_key
from nethealth.contributions.journal import Journal
from nethealth.errors import JournalError
from nethealth.sources.google import retries
from nethealth.sources.sheet_writer import SheetWriter

QUICK = Timing(cycle=1.5, settle=3.0, lease=3.5, pause=0.1, per_request=0.0, first_wait=0.1, longest_wait=1.0)
"""As in the app, but with all times shorter."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, journal: Journal, deliverer: Deliverer) -> None:
        self.journal, self.deliverer = journal, deliverer
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the benchmark."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            self.server.journal.record([entry_of(each) for each in given])
        except JournalError as failure:
            self.send_error(503, failure.message.encode("ascii", "replace").decode())
            return
        self.server.deliverer.wake()
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()


def entry_of(given: dict[str, Any]) -> Entry:
    """Make an entry of its JSON, in which dates are `{"date": "2026-11-30"}`."""
    cells = {
        name: dt.date.fromisoformat(cell["date"]) if isinstance(cell, dict) else cell
        for name, cell in given["cells"].items()
    }
    return Entry(
        id=given["id"],
        workbook=given["workbook"],
        tab=given["tab"],
        cells=cells,
        recorded_at=dt.datetime.now(dt.UTC),
    )


def main() -> None:
    retries.FIRST_WAIT_SECONDS = retries.JITTER_SECONDS = 0.05
    environ = dict(os.environ)
    reference = sources.parse_link(sources.configured_spreadsheet({}, environ) or "")
    credentials = sources.credentials_from({}, environ)
    journal = Journal(sys.argv[1])

    def open_writer() -> SheetWriter:
        return SheetWriter(reference, credentials=credentials, deadline_seconds=QUICK.cycle)

    deliverer = Deliverer(journal, workbook_key(reference), open_writer=open_writer, timing=QUICK)
    deliverer.wake()
    server = _Server(journal, deliverer)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
