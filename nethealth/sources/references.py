"""Parse how people name a workbook: a link, an id, a path, or the word `sample`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import SplitResult, parse_qs, urlsplit

from nethealth.errors import FileNotFound, UsageError

LINK_HOST = "docs.google.com"
_PASTE_A_LINK = (
    "Open the Google Sheet in a browser, copy the link from the address bar, and paste it here. "
    "To open a file, use “From a file”."
)
_COPY_THE_LINK = "Open the Google Sheet itself in a browser and copy the link from the address bar."
_WHAT_TO_GIVE = (
    "Use the link of a Google Sheet, an .xlsx or .ods file, a folder or zip of .csv files, a .graphml, .gexf, .json "
    "(Kumu), or .net file, or the word sample."
)

_ID = re.compile(r"[A-Za-z0-9_-]{10,200}")
_BARE_ID = re.compile(r"[A-Za-z0-9_-]{25,200}")
_SHEET_PATH = re.compile(r"/(?:a/[^/]+/)?spreadsheets/(?:u/\d+/)?d/(?P<id>[^/]+)(?:/.*)?")
_PUBLISHED_PATH = re.compile(r"/(?:a/[^/]+/)?spreadsheets/(?:u/\d+/)?d/e(?:/.*)?")
_LOOKS_LIKE_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:/|$)", re.IGNORECASE)
_FILE_ENDINGS = (
    *(".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".zip", ".numbers", ".gsheet"),
    *(".graphml", ".gexf", ".json", ".net"),
)
_OTHER_DOCUMENTS = {
    "document": "a Google Doc",
    "presentation": "a Google Slides presentation",
    "drawings": "a Google Drawing",
    "file": "a file in Google Drive",
}


@dataclass(frozen=True, slots=True)
class SheetReference:
    """A Google Sheet."""

    spreadsheet_id: str
    resource_key: str | None = None
    """A second key in the links of some older Google Sheets, which don't open without it."""

    @property
    def url(self) -> str:
        """The address of the Google Sheet."""
        return f"https://{LINK_HOST}/spreadsheets/d/{self.spreadsheet_id}/edit"


@dataclass(frozen=True, slots=True)
class FileReference:
    """A file, or a folder of .csv files, on this computer."""

    path: Path


@dataclass(frozen=True, slots=True)
class SampleReference:
    """The embedded sample network."""


Reference: TypeAlias = SheetReference | FileReference | SampleReference


def parse_reference(text: str) -> Reference:
    """Parse a Google Sheet's link or id, the path of an existing file or folder, or the word `sample`.

    Looks at the disk, so use `parse_link` for text that someone pasted into a page. Raises FileNotFound for a path that
    doesn't exist, and UsageError, which says what the text is instead, for anything else.
    """
    given = _strip_quotes(text)
    if given.casefold() == "sample":
        return SampleReference()
    if given and "://" not in given and _exists(given):
        return FileReference(Path(given).expanduser())
    looks_like_path = given.casefold().endswith(_FILE_ENDINGS) or "/" in given or "\\" in given
    if looks_like_path and not _is_link(given):
        raise FileNotFound(_shorten(given))
    return _parse_sheet_link(given, otherwise=_WHAT_TO_GIVE)


def parse_link(text: str) -> SheetReference:
    """Parse a pasted Google Sheet link or id. Never looks at the disk.

    Raises UsageError, which says what the text is instead, for anything else.
    """
    return _parse_sheet_link(_strip_quotes(text), otherwise=_PASTE_A_LINK)


def _parse_sheet_link(given: str, *, otherwise: str) -> SheetReference:
    if not given:
        raise UsageError("No link or file was given.", otherwise)
    if not _is_link(given):
        if _BARE_ID.fullmatch(given):
            return SheetReference(given)
        raise UsageError(f"“{_shorten(given)}” isn’t a link to a Google Sheet.", otherwise)
    return _sheet_reference(_split_url(given, otherwise=otherwise))


def _sheet_reference(link: SplitResult) -> SheetReference:
    host = (link.hostname or "").rstrip(".")
    query = parse_qs(link.query)
    if host in {"drive.google.com", "forms.gle"} or (host == LINK_HOST and "/forms/" in f"{link.path}/"):
        raise _wrong_google_link_error(host, link.path)
    if host not in {LINK_HOST, "sheets.google.com", "spreadsheets.google.com"}:
        raise UsageError(
            f"This link leads to {_shorten(host) or 'nowhere'}, but the dashboard only opens Google Sheets.",
            "Use the link of a Google Sheet, or download the workbook as .xlsx and open that file.",
        )
    if _PUBLISHED_PATH.fullmatch(link.path):
        raise UsageError(
            "This link opens a published copy (it contains /d/e/), which doesn’t lead back to the Google Sheet.",
            _COPY_THE_LINK,
        )
    found = _SHEET_PATH.fullmatch(link.path)
    spreadsheet_id = found["id"] if found else (query.get("key") or [""])[0]
    if found and not _ID.fullmatch(spreadsheet_id):
        raise UsageError("The id in this Google Sheets link is incomplete or was changed.", _COPY_THE_LINK)
    if not _ID.fullmatch(spreadsheet_id):
        raise _wrong_google_link_error(host, link.path)
    resource_key = (query.get("resourcekey") or [""])[0]
    return SheetReference(spreadsheet_id, resource_key if _ID.fullmatch(resource_key) else None)


def _wrong_google_link_error(host: str, path: str) -> UsageError:
    parts = [part for part in path.split("/") if part]
    if host == "forms.gle" or "forms" in parts:
        return UsageError(
            "This link leads to a Google Form, not to a Google Sheet.",
            "Open the form, choose Responses, then “View in Sheets”, and copy the link of that Google Sheet.",
        )
    if host == "drive.google.com":
        if "folders" in parts:
            return UsageError("This link leads to a folder in Google Drive, not to a Google Sheet.", _COPY_THE_LINK)
        return UsageError(
            "This link leads to a file in Google Drive that isn’t a Google Sheet.",
            "In Drive, open it with Google Sheets and copy the link from the address bar. "
            "Or download the file and open it here.",
        )
    kind = next((words for part, words in _OTHER_DOCUMENTS.items() if part in parts), None)
    if kind:
        return UsageError(f"This link leads to {kind}, not to a Google Sheet.", _COPY_THE_LINK)
    return UsageError("This link leads to Google Sheets, but not to one particular Google Sheet.", _COPY_THE_LINK)


def _strip_quotes(text: str) -> str:
    """Remove the quotes, brackets, and spaces that people copy along with a link."""
    return text.strip().strip("<>\"'“”‘’\u200b\ufeff").strip()


def _is_link(given: str) -> bool:
    lowered = given.casefold()
    if "://" in lowered:
        return True
    host = lowered.split("/", 1)[0]
    if host.endswith((".google.com", "forms.gle")):
        return True
    if lowered.endswith(_FILE_ENDINGS):
        return False
    return lowered.startswith("www.") or ("/" in lowered and bool(_LOOKS_LIKE_HOST.match(lowered)))


def _split_url(given: str, *, otherwise: str) -> SplitResult:
    try:
        link = urlsplit(given if "://" in given else f"https://{given}")
        _ = link.hostname, link.port
    except ValueError:
        raise UsageError("This link is incomplete or was changed.", _COPY_THE_LINK) from None
    if link.scheme.casefold() not in {"http", "https"}:
        raise UsageError(f"“{_shorten(given)}” isn’t a link to a Google Sheet.", otherwise)
    return link


def _exists(given: str) -> bool:
    try:
        return Path(given).expanduser().exists()
    except (OSError, ValueError, RuntimeError):
        return False


def _shorten(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
