"""Read a workbook from wherever it is, as a `RawWorkbook` of uninterpreted cells.

`open_source` reads what staff configure, with the dashboard's own credentials. `read_link` and `read_file` read what
someone opens on a page: the first without credentials, the second within size limits. Nothing here stores what it
reads, except `LastReading`, which saves the network's own Google Sheet with every email address masked.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nethealth.sources.google.credentials import (
    Credentials,
    configured_spreadsheet,
    credentials_from,
    relevant_environment,
)
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
    "configured_spreadsheet",
    "credentials_from",
    "open_source",
    "parse_link",
    "parse_reference",
    "read_file",
    "read_files",
    "read_link",
    "read_path",
    "read_sample",
    "relevant_environment",
]

DEADLINE_SECONDS = 23.0
"""How long a whole reading may take. With the start of the program, that keeps the command line under 25 seconds."""


def open_source(
    reference: str | Reference,
    *,
    credentials: Credentials | None = None,
    deadline_seconds: float = DEADLINE_SECONDS,
    transport: BaseAdapter | None = None,
) -> RawWorkbook:
    """Read the workbook that `reference` names: a Google Sheet (with `credentials`, if any), a file, or the sample.

    Reading a Google Sheet ends within `deadline_seconds`, retries included. `transport` replaces the network in tests.
    Raises UsageError if `reference` names no workbook, and a ReadError if we can't read it.
    """
    if isinstance(reference, str):
        reference = parse_reference(reference)
    if isinstance(reference, SampleReference):
        return read_sample()
    if isinstance(reference, FileReference):
        return read_path(reference.path)
    if credentials is None or credentials.kind == "none":
        return read_link(reference, deadline_seconds=deadline_seconds, transport=transport)
    from nethealth.sources.google_sheet import read_sheet

    return read_sheet(reference, credentials=credentials, deadline_seconds=deadline_seconds, transport=transport)


def read_link(
    reference: SheetReference,
    *,
    deadline_seconds: float = DEADLINE_SECONDS,
    transport: BaseAdapter | None = None,
) -> RawWorkbook:
    """Read a Google Sheet that anyone with its link may open, without credentials. Raises a SheetError."""
    from nethealth.sources.shared_link import read_shared_link

    return read_shared_link(reference, deadline_seconds=deadline_seconds, transport=transport)


def read_file(data: bytes, name: str) -> RawWorkbook:
    """Read the workbook in a file's bytes: .xlsx, .xlsm, .ods, a zip of .csv files, or one .csv file as its only tab;
    or a network (GraphML, GEXF, JSON, Pajek's .net).

    The content decides what it is; `name` gives the title and must agree. Raises a FileError.
    """
    from nethealth.sources.file_formats import read_bytes

    return read_bytes(data, name)


def read_files(files: Sequence[tuple[str, bytes]], *, added_to: RawWorkbook | None = None) -> RawWorkbook:
    """Read several files, given by name and bytes, as one workbook: each .csv file is a tab, and so are the tabs of
    workbooks and network files. Raises a FileError.

    Files that can't be read are skipped and noted. `added_to` is a workbook that they go with: their tabs replace its
    tabs of the same title.
    """
    from nethealth.sources.file_formats import add_tabs, name_only_tab, read_several

    raw = read_several(files)
    return raw if added_to is None else add_tabs(added_to, name_only_tab(raw, file=files[0][0]))


def read_path(path: Path) -> RawWorkbook:
    """Read the workbook in a file, or in a folder with one .csv file per tab. Raises UsageError or a FileError."""
    from nethealth.sources.file_formats import read_from_disk

    return read_from_disk(path)


def read_sample() -> RawWorkbook:
    """Read the embedded sample network. Raises FileDamaged if this installation lacks it."""
    from nethealth.sources.sample import sample_folder

    return read_path(sample_folder())
