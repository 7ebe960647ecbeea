"""Read a Google Sheet that anyone with its link may open, as the .xlsx file that Google exports.

We send no credentials: not the dashboard's own, and none of this computer's.
"""

from __future__ import annotations

import dataclasses
import email.message
import functools
import re
from urllib.parse import unquote, urlencode, urljoin, urlsplit

import requests
from requests.adapters import BaseAdapter

from nethealth.errors import FileTooLarge, HostNotAllowed, InvalidResponse, NotAGoogleSheet, PrivateSheet, SheetTooLarge
from nethealth.sources.google.credentials import Credentials
from nethealth.sources.google.error_mapping import map_error, map_status
from nethealth.sources.google.hosts import Deadline, is_allowed, restrict_to_google
from nethealth.sources.google.retries import FailedAttempt, retry_after, with_retries
from nethealth.sources.references import LINK_HOST, SheetReference
from nethealth.sources.size_limits import MAX_FILE_BYTES
from nethealth.workbook.raw import RawWorkbook

_NO_CREDENTIALS = Credentials()
_SIGN_IN_HOST = "accounts.google.com"
_SIGN_IN_MARKERS = ("servicelogin", _SIGN_IN_HOST, "sign in", "sign-in", "request access", "you need access")
_MAX_REDIRECTS = 5
_EXTENDED_NAME = re.compile(r"filename\*\s*=\s*UTF-8'[^']*'([^;]+)", re.IGNORECASE)


def read_shared_link(
    reference: SheetReference, *, deadline_seconds: float, transport: BaseAdapter | None = None
) -> RawWorkbook:
    """Read all tabs of a link-shared Google Sheet. Dates are dates; tabs have no URLs, since the export has none.

    Ends within `deadline_seconds`. Raises a SheetError, or a FileError if Google's export can't be read.
    """
    deadline = Deadline.after(deadline_seconds)
    return deadline.run(lambda: _read(reference, deadline=deadline, transport=transport))


def _read(reference: SheetReference, *, deadline: Deadline, transport: BaseAdapter | None) -> RawWorkbook:
    from nethealth.sources.file_formats import read_bytes

    with restrict_to_google(requests.Session(), deadline=deadline, transport=transport) as session:
        name, data = with_retries(
            lambda: _download(session, _export_url(reference)),
            deadline=deadline,
            explain=functools.partial(map_error, credentials=_NO_CREDENTIALS),
        )
    try:
        workbook = read_bytes(data, name)
    except FileTooLarge as problem:
        raise SheetTooLarge from problem
    return dataclasses.replace(workbook, url=reference.url)


def _export_url(reference: SheetReference) -> str:
    query = {"format": "xlsx"}
    if reference.resource_key:
        query["resourcekey"] = reference.resource_key
    return f"https://{LINK_HOST}/spreadsheets/d/{reference.spreadsheet_id}/export?{urlencode(query)}"


def _download(session: requests.Session, url: str) -> tuple[str, bytes]:
    """Return the file's name and bytes. We follow redirects ourselves, to recognize one to the sign-in page."""
    for _ in range(_MAX_REDIRECTS):
        response = session.get(url, allow_redirects=False, headers={"Accept": "*/*"})
        if not response.is_redirect:
            return _file_from_response(response)
        url = urljoin(url, response.headers["location"])
        if urlsplit(url).hostname == _SIGN_IN_HOST:
            raise PrivateSheet
        if not is_allowed(url):
            raise HostNotAllowed
    raise InvalidResponse


def _file_from_response(response: requests.Response) -> tuple[str, bytes]:
    status = response.status_code
    if status == 401:
        raise PrivateSheet
    if status == 400:
        raise NotAGoogleSheet
    if status != 200:
        failure = map_status(status, response.text[:10_000], credentials=_NO_CREDENTIALS)
        raise FailedAttempt(failure, retry_after=retry_after(response.headers.get("Retry-After")))
    if response.content.startswith(b"PK"):
        if len(response.content) > MAX_FILE_BYTES:
            raise SheetTooLarge
        return _file_name(response), response.content
    page = response.content[:200_000].decode("utf-8", "replace").casefold()
    if "<" in page and any(marker in page for marker in _SIGN_IN_MARKERS):
        raise PrivateSheet
    raise InvalidResponse


def _file_name(response: requests.Response) -> str:
    """Return the title from the download's name. `filename*` comes first, because it can spell every letter."""
    disposition = response.headers.get("Content-Disposition", "")
    if extended := _EXTENDED_NAME.search(disposition):
        name = unquote(extended[1].strip(), errors="replace")
    else:
        header = email.message.Message()
        header["Content-Disposition"] = disposition
        name = str(header.get_filename(""))
    stem = name.strip().removesuffix(".xlsx").replace("/", "-").strip()
    return f"{stem or 'Google Sheet'}.xlsx"
