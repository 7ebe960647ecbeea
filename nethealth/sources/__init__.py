"""Where a workbook comes from. Whatever it is, it arrives as a `RawWorkbook`, with nothing understood yet.

`open_source` reads what staff name, with the dashboard's own credentials. `read_link` and `read_file` read what anybody
gives through a page: the one without any credentials, the other within bounds. Nothing here keeps what it reads, but
`LastReading`, which keeps the network's own Sheet with every e-mail address masked.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nethealth.sources.google.credentials import Credentials, credentials_from
from nethealth.sources.last_reading import LastReading
from nethealth.sources.references import (
    FileReference,
    Reference,
    SampleReference,
    SheetReference,
    parse_link,
    parse_reference,
)

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter

    from nethealth.workbook.raw import RawWorkbook

__all__ = [
    "DEADLINE_SECONDS",
    "Credentials",
    "FileReference",
    "LastReading",
    "Reference",
    "SampleReference",
    "SheetReference",
    "credentials_from",
    "open_source",
    "parse_link",
    "parse_reference",
    "read_file",
    "read_link",
    "read_path",
    "read_sample",
]

DEADLINE_SECONDS = 23.0
"""What a whole reading may take, so that with the start of a program around it 25 seconds are kept."""


def open_source(
    reference: str | Reference,
    *,
    credentials: Credentials | None = None,
    deadline_seconds: float = DEADLINE_SECONDS,
    transport: BaseAdapter | None = None,
) -> RawWorkbook:
    """The workbook that `reference` names: a Google Sheet (read with the credentials there are), a file, the sample.

    Raises NotAWorkbook where it names none, and one of `failures` where it cannot be read. A reading of a Sheet ends
    within `deadline_seconds`, retries included. `transport` carries the requests in place of the network, for tests.
    """
    named = parse_reference(reference) if isinstance(reference, str) else reference
    if isinstance(named, SampleReference):
        return read_sample()
    if isinstance(named, FileReference):
        return read_path(named.path)
    if credentials is None or credentials.kind == "none":
        return read_link(named, deadline_seconds=deadline_seconds, transport=transport)
    from nethealth.sources.google_sheet import read_sheet

    return read_sheet(named, credentials=credentials, deadline_seconds=deadline_seconds, transport=transport)


def read_link(
    reference: SheetReference,
    *,
    deadline_seconds: float = DEADLINE_SECONDS,
    transport: BaseAdapter | None = None,
) -> RawWorkbook:
    """A Google Sheet open to everyone who has its link, read without any credentials. Raises as `open_source`."""
    from nethealth.sources.shared_link import read_shared_link

    return read_shared_link(reference, deadline_seconds=deadline_seconds, transport=transport)


def read_file(data: bytes, name: str) -> RawWorkbook:
    """The workbook in a file's bytes: .xlsx, .xlsm, .ods, a zip of .csv files, or one .csv file as its only tab.

    What it is, is told by its content; `name` gives the title and must agree. Raises one of `failures`.
    """
    from nethealth.sources.file_formats import read_bytes

    return read_bytes(data, name)


def read_path(path: Path) -> RawWorkbook:
    """The workbook in a file, or in a folder of .csv files (one a tab). Raises NotAWorkbook or one of `failures`."""
    from nethealth.sources.file_formats import read_from_disk

    return read_from_disk(path)


def read_sample() -> RawWorkbook:
    """The embedded sample network. Raises FileDamaged where the installation lost it."""
    from nethealth.sources.sample import sample_folder

    return read_path(sample_folder())
