"""A Google Sheets of our own on loopback: token endpoint, metadata, values, appends, batches, and the .xlsx export.

    with SheetsServer() as server:
        server.add(Sheet(tabs={"Members": [["Name"], ["Ada"]]}))
        open_source(SHEET_ID, credentials=server.credentials(), transport=server.transport())  # in this process
        subprocess.run([...], env=os.environ | server.environment(folder))  # or another one, untouched

Shapes are those of the real one: trailing blanks dropped, no `values` for an empty tab, errors in Google's JSON.

`python -m tests.sources.sheets_server FOLDER` serves an empty sheet in a process of its own, until its input ends; it
prints the environment for others as JSON.

The second way needs nothing of the program but that it honors HTTPS_PROXY and REQUESTS_CA_BUNDLE: the server is also a
proxy that ends TLS for Google's hosts with a certificate made for the occasion, and refuses every other host.
"""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import functools
import io
import json
import os
import random
import socket
import ssl
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlsplit

import requests
import xlsxwriter
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from requests.adapters import HTTPAdapter

from nethealth.sources import Credentials
from tests.sources.sheet_grid import (
    ACCOUNT,
    SHEET_ID,
    Refused,
    Sheet,
    append_values,
    batch_update,
    cells_in,
    parse_range,
    update_values,
)

__all__ = ["ACCOUNT", "SHEET_ID", "Sheet", "SheetsServer"]

API_KEY = "AIzaTestKeyOfTheLoopbackServer"
TOKEN = "ya29.token-of-the-loopback-server"
WRITE_TOKEN = "ya29.token-of-the-loopback-server-that-writes"
READ_SCOPE = "https://www.googleapis.com/auth/spreadsheets.readonly"
LATE_SECONDS = 120.0
HOSTS = ("docs.google.com", "sheets.googleapis.com", "oauth2.googleapis.com")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer in place of the right one."""

    status: int = 200
    body: bytes | str | Mapping[str, Any] = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str | None = None
    is_late: bool = False
    """Say nothing before the server ends, or `LATE_SECONDS` are over."""
    cut_after: int | None = None
    """Bytes of the body after which the connection is closed, though all of it was announced."""
    is_chunked: bool = False
    trickle: float | None = None
    """Seconds between single bytes, until the server ends."""
    reset: bool = False
    """Close the connection without a word."""
    delay: float = 0.0
    """Seconds to wait before doing anything."""
    is_written: bool = False
    """Do what was asked: only the right answer is lost."""
    is_right: bool = False
    """Give the right answer after all, but late."""


def google_error(code: int, message: str, status: str, *, reason: str | None = None, **headers: str) -> Answer:
    """An error in Google's JSON form."""
    error: dict[str, Any] = {"code": code, "message": message, "status": status}
    if reason:
        error["details"] = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}]
    return Answer(status=code, body={"error": error}, headers={key.replace("_", "-"): v for key, v in headers.items()})


NOT_SHARED = google_error(403, "The caller does not have permission", "PERMISSION_DENIED")
API_OFF = google_error(
    403,
    "Google Sheets API has not been used in project 12345 before or it is disabled.",
    "PERMISSION_DENIED",
    reason="SERVICE_DISABLED",
)
NOT_FOUND = google_error(404, "Requested entity was not found.", "NOT_FOUND")
NO_KEYS = google_error(401, "API keys are not supported by this API.", "UNAUTHENTICATED", reason="CREDENTIALS_MISSING")
READ_ONLY_TOKEN = google_error(
    403,
    "Request had insufficient authentication scopes.",
    "PERMISSION_DENIED",
    reason="ACCESS_TOKEN_SCOPE_INSUFFICIENT",
)
OFFICE_FILE = google_error(400, "This operation is not supported for this document", "FAILED_PRECONDITION")
QUOTA = google_error(
    429, "Quota exceeded for quota metric 'Read requests'", "RESOURCE_EXHAUSTED", reason="RATE_LIMIT_EXCEEDED"
)
QUOTA_WITH_WAIT = google_error(
    429, "Quota exceeded for quota metric 'Write requests'", "RESOURCE_EXHAUSTED", Retry_After="1"
)
KEY_INVALID = google_error(
    400, "API key not valid. Please pass a valid API key.", "INVALID_ARGUMENT", reason="API_KEY_INVALID"
)
INTERNAL = google_error(500, "Internal error encountered.", "INTERNAL")
UNAVAILABLE = google_error(503, "The service is currently unavailable.", "UNAVAILABLE")
BAD_GATEWAY = Answer(status=502, body="<html><title>502</title><h1>Bad Gateway</h1></html>", content_type="text/html")
ERROR_AS_TEXT = Answer(status=400, body={"error": "something else"})
HTML_PAGE = Answer(body="<html><body>Welcome to the hotel's network</body></html>", content_type="text/html")
EMPTY = Answer(body=b"", content_type="application/json")
CUT_JSON = Answer(body=b'{"properties": {"title": "Netw', content_type="application/json")
CUT_BODY = Answer(body=b'{"properties": {"title": "Network"}, "sheets": []}', cut_after=20)
CUT_CHUNKS = Answer(body=b'{"properties": {"title": "Network"}, "sheets": []}', cut_after=20, is_chunked=True)
RESET = Answer(reset=True)
INVALID_GRANT = Answer(status=400, body={"error": "invalid_grant", "error_description": "Invalid JWT Signature."})
LOST_ANSWERS = tuple(
    dataclasses.replace(answer, is_written=True)
    for answer in (RESET, BAD_GATEWAY, INTERNAL, UNAVAILABLE, CUT_JSON, CUT_BODY, CUT_CHUNKS, EMPTY, HTML_PAGE)
)
"""What was asked is done, and the client doesn't learn of it."""
REFUSALS = (
    RESET, BAD_GATEWAY, INTERNAL, UNAVAILABLE, QUOTA, QUOTA_WITH_WAIT, ERROR_AS_TEXT, CUT_JSON, CUT_BODY, EMPTY,
    HTML_PAGE,
)  # fmt: skip
"""What was asked isn't done. To the client, many look like those above."""
SIGN_IN_PAGE = Answer(
    body='<!doctype html><html><title>Sign in</title><form action="https://accounts.google.com/ServiceLogin"></html>',
    content_type="text/html; charset=utf-8",
)
SIGN_IN_REDIRECT = Answer(
    status=302, headers={"Location": "https://accounts.google.com/ServiceLogin?continue=https://docs.google.com/"}
)


@dataclass
class _Failure:
    answer: Answer
    left: int | None
    after: int


class SheetsServer:
    """The server; a context manager that serves in a thread. All state may be changed while it runs."""

    def __init__(self) -> None:
        self.sheets: dict[str, Sheet] = {}
        self.requests: list[tuple[str, str]] = []
        """(route, path) of each request. Routes: token, metadata, values, append, update, batch, export, unknown."""
        self.refused_hosts: list[str] = []
        """Hosts other than Google's that a client asked the proxy for."""
        self.headers: list[Mapping[str, str]] = []
        """The headers of each request, in the order of `requests`."""
        self.scopes: list[str] = []
        """What each token was asked for."""
        self._failures: dict[str, list[_Failure]] = {}
        self._random: tuple[random.Random, float, Sequence[Answer], frozenset[str]] | None = None
        self._before: dict[str, list[Callable[[], object]]] = {}
        self.cells = threading.RLock()
        """Held by each request while it reads or writes cells, as Google lets one at a time change a spreadsheet."""
        self._between: list[Any] = []
        self._lock = threading.Lock()
        self.ends = threading.Event()
        """Answer all requests that wait."""
        self.was_waited_for = False
        """Whether a late answer was given after all, since `LATE_SECONDS` were over."""
        self._http = _Threads(("127.0.0.1", 0), functools.partial(_Handler, self))
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> SheetsServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ends.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """Where it listens, on 127.0.0.1."""
        return int(self._http.server_address[1])

    def add(self, sheet: Sheet) -> Sheet:
        """Serve a sheet."""
        self.sheets[sheet.id] = sheet
        return sheet

    def edit(self, tab: str, cell: str, value: Any, *, sheet: str = SHEET_ID) -> None:
        """Put a value into a cell such as B3, as a person would who types while the app runs."""
        letters = cell.rstrip("0123456789")
        column = functools.reduce(lambda number, letter: number * 26 + ord(letter) - 64, letters.upper(), 0) - 1
        row = int(cell[len(letters) :]) - 1
        rows = self.sheets[sheet].tabs[tab]
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
        rows[row][column] = value

    def fail(self, route: str, answer: Answer, *, times: int | None = None, after: int = 0) -> None:
        """Answer requests of a route (token, metadata, values, export, all) so: `times` (always), `after` good ones."""
        with self._lock:
            self._failures.setdefault(route, []).append(_Failure(answer, times, after))

    def fail_randomly(self, seed: int, answers: Sequence[Answer], *, share: float, routes: Sequence[str]) -> None:
        """From now on, fail a share of the requests of these routes: which, and how, follows from the seed."""
        with self._lock:
            self._random = random.Random(seed), share, answers, frozenset(routes)

    def recover(self) -> None:
        """Take all failures back."""
        with self._lock:
            self._failures.clear()
            self._random = None

    def before(self, route: str, edit: Callable[[], object]) -> None:
        """Do this right before the next request of a route, as a person would who types at that moment."""
        with self._lock:
            self._before.setdefault(route, []).append(edit)

    def run_before(self, route: str) -> None:
        """What happens right before a request of a route."""
        with self._lock:
            edits = self._before.get(route, [])
            edit = edits.pop(0) if edits else None
        if edit is not None:
            with self.cells:
                edit()

    def rename_between(self, old: str, new: str, *, times: int = 1, sheet: str = SHEET_ID) -> None:
        """Rename a tab right after its metadata was read, as often as asked (each time back and forth)."""
        self._between.extend((sheet, old, new) if turn % 2 == 0 else (sheet, new, old) for turn in range(times))

    def count(self, route: str | None = None) -> int:
        """How many requests were answered, of one route or of all but tokens."""
        return sum(1 for found, _ in self.requests if (found == route if route else found != "token"))

    def forget_requests(self) -> None:
        """Count from here."""
        self.requests.clear()
        self.headers.clear()

    def service_account(self, **changes: Any) -> dict[str, Any]:
        """A service account's JSON as Google hands it out, with a key of its own."""
        return {
            "type": "service_account",
            "project_id": "network-health-test",
            "private_key_id": "0123456789abcdef",
            "private_key": _private_key_pem(),
            "client_email": ACCOUNT,
            "client_id": "1234567890",
            "token_uri": "https://oauth2.googleapis.com/token",
        } | changes

    def credentials(self) -> Credentials:
        """The service account's credentials."""
        return Credentials.model_validate({"service_account": self.service_account()})

    def transport(self) -> HTTPAdapter:
        """Carries requests for Google's hosts here, without TLS, in this process."""
        return ToLoopback(self.port)

    def environment(self, folder: Path) -> dict[str, str]:
        """Variables for another process, whose requests then come here; the certificate is written to `folder`."""
        bundle = folder / "loopback-authority.pem"
        bundle.write_bytes(_authority()[1].public_bytes(serialization.Encoding.PEM))
        _server_context()  # not while a request with a time limit waits for it
        proxy = f"http://127.0.0.1:{self.port}"
        return {
            "HTTPS_PROXY": proxy,
            "https_proxy": proxy,
            "NO_PROXY": "127.0.0.1,localhost",
            "no_proxy": "127.0.0.1,localhost",
            "REQUESTS_CA_BUNDLE": str(bundle),
        }

    def answer_for(self, route: str) -> Answer | None:
        """The failure that is due on a route, if one is."""
        with self._lock:
            for name in (route, "all"):
                for failure in self._failures.get(name, []):
                    if failure.after > 0:
                        failure.after -= 1
                    elif failure.left is None:
                        return failure.answer
                    elif failure.left > 0:
                        failure.left -= 1
                        return failure.answer
            if self._random is not None:
                source, share, answers, routes = self._random
                if route in routes and source.random() < share:
                    return source.choice(answers)
        return None

    def after_metadata(self) -> None:
        """What happens between the two requests."""
        if self._between:
            sheet, old, new = self._between.pop(0)
            tabs = self.sheets[sheet].tabs
            renamed = {(new if title == old else title): rows for title, rows in tabs.items()}
            tabs.clear()
            tabs.update(renamed)


class _Threads(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the tests."""


class ToLoopback(HTTPAdapter):
    """Carries requests for any host to this port, without TLS."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        url = urlsplit(request.url or "")
        carried = request.copy()
        carried.headers["Host"] = url.netloc
        carried.url = url._replace(scheme="http", netloc=f"127.0.0.1:{self._port}").geturl()
        kwargs["proxies"] = {}
        response = super().send(carried, *args, **kwargs)
        response.request, response.url = request, request.url or ""
        return response


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, sheets: SheetsServer, *args: Any) -> None:
        self.sheets = sheets
        super().__init__(*args)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def finish(self) -> None:
        super().finish()
        if isinstance(self.connection, ssl.SSLSocket):
            self.connection.close()

    def do_CONNECT(self) -> None:
        host = self.path.rpartition(":")[0]
        if host not in HOSTS and not host.endswith(".googleusercontent.com"):
            self.sheets.refused_hosts.append(host)
            self.send_error(403)
            return
        self.send_response(200, "Connection established")
        self.end_headers()
        self.connection = _server_context().wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = self.connection.makefile("wb", 0)
        self.close_connection = False

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts, query = self._address()
        match parts:
            case ["token"]:
                self._answer("token", lambda: self._token(body))
            case ["v4", "spreadsheets", name, "values", cells] if cells.endswith(":append"):
                cells = cells.removesuffix(":append")
                values = json.loads(body).get("values")
                self._answer("append", lambda: self._write(name, lambda to: append_values(to, cells, values, query)))
            case ["v4", "spreadsheets", name] if name.endswith(":batchUpdate"):
                name, batch = name.removesuffix(":batchUpdate"), json.loads(body).get("requests", ())
                self._answer("batch", lambda: self._write(name, lambda to: batch_update(to, batch)))
            case _:
                self._answer("unknown", NOT_FOUND)

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts, query = self._address()
        match parts:
            case ["v4", "spreadsheets", name, "values", cells]:
                values = json.loads(body).get("values")
                self._answer("update", lambda: self._write(name, lambda to: update_values(to, cells, values, query)))
            case _:
                self._answer("unknown", NOT_FOUND)

    def do_GET(self) -> None:
        parts, _ = self._address()
        query = parse_qs(urlsplit(self.path).query)
        match parts:
            case ["v4", "spreadsheets", name] if not name.endswith("values:batchGet"):
                is_full = "gridProperties" in query.get("fields", ["gridProperties"])[0]
                self._answer("metadata", lambda: self._api(name, lambda sheet: self._metadata(sheet, is_full)))
            case ["v4", "spreadsheets", name, "values:batchGet"]:
                self._answer("values", lambda: self._api(name, lambda sheet: self._values(sheet, query["ranges"])))
            case ["spreadsheets", "d", name, "export"]:
                self._answer("export", lambda: self._export(name))
            case _:
                self._answer("unknown", NOT_FOUND)

    def _address(self) -> tuple[list[str], dict[str, str]]:
        url = urlsplit(self.path)
        return [unquote(part) for part in url.path.split("/") if part], dict(parse_qsl(url.query))

    def _answer(self, route: str, right: Any) -> None:
        self.sheets.requests.append((route, self.path))
        self.sheets.headers.append(dict(self.headers.items()))
        self.sheets.run_before(route)
        answer = self.sheets.answer_for(route)
        if answer is not None and answer.delay:
            self.sheets.ends.wait(answer.delay)
        if answer is None or answer.is_right or answer.is_written:
            with self.sheets.cells:
                done = right if isinstance(right, Answer) else right()
            answer = done if answer is None or answer.is_right else answer
        if answer.is_late:
            self.sheets.was_waited_for = not self.sheets.ends.wait(LATE_SECONDS)
        if answer.reset:
            self._hang_up()
            return
        is_json = not isinstance(answer.body, bytes | str)
        body = json.dumps(answer.body).encode() if is_json else answer.body
        body = body.encode() if isinstance(body, str) else bytes(body)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type or "application/json; charset=UTF-8")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.is_chunked:
            self.send_header("Transfer-Encoding", "chunked")
            body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        else:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if answer.trickle is not None:
            for byte in body:
                self.wfile.write(bytes([byte]))
                if self.sheets.ends.wait(answer.trickle):
                    self._hang_up()
                    break
            return
        self.wfile.write(body if answer.cut_after is None else body[: answer.cut_after])
        if answer.cut_after is not None:
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _token(self, body: bytes) -> Answer:
        assertion = parse_qs(body.decode())["assertion"][0]
        signed, _, signature = assertion.rpartition(".")
        claims = json.loads(_unpadded(signed.split(".")[1]))
        _key().public_key().verify(_unpadded(signature), signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        self.sheets.scopes.append(claims["scope"])
        token = TOKEN if claims["scope"] == READ_SCOPE else WRITE_TOKEN
        return Answer(body={"access_token": token, "expires_in": 3599, "token_type": "Bearer"})

    def _api(self, name: str, reply: Any) -> Answer:
        sheet = self.sheets.sheets.get(name)
        if sheet is None:
            return NOT_FOUND
        key = self.headers.get("x-goog-api-key")
        if key is not None:
            if key != API_KEY:
                return KEY_INVALID
            return reply(sheet) if sheet.link_shared else NOT_SHARED
        if self.headers.get("Authorization") not in {f"Bearer {TOKEN}", f"Bearer {WRITE_TOKEN}"}:
            return google_error(401, "Request had invalid authentication credentials.", "UNAUTHENTICATED")
        return reply(sheet) if sheet.link_shared or ACCOUNT in sheet.shared_with else NOT_SHARED

    def _write(self, name: str, change: Callable[[Sheet], Mapping[str, Any]]) -> Answer:
        sheet = self.sheets.sheets.get(name)
        if sheet is None:
            return NOT_FOUND
        if self.headers.get("x-goog-api-key") is not None:
            return NO_KEYS
        if self.headers.get("Authorization") != f"Bearer {WRITE_TOKEN}":
            return READ_ONLY_TOKEN
        if ACCOUNT not in sheet.shared_with & sheet.editors:
            return NOT_SHARED
        try:
            return Answer(body=change(sheet))
        except Refused as refused:
            return google_error(refused.code, refused.message, refused.status)

    def _metadata(self, sheet: Sheet, is_full: bool) -> Answer:
        listed = []
        for title in [*sheet.tabs, *sheet.charts]:
            about: dict[str, Any] = {"sheetId": sheet.gid(title), "title": title}
            about["sheetType"] = "OBJECT" if title in sheet.charts else "GRID"
            if title in sheet.hidden:
                about["hidden"] = True
            if is_full and title in sheet.tabs:
                look = sheet.look(title)
                about["gridProperties"] = {"rowCount": look.row_count, "columnCount": look.column_count}
            listed.append({"properties": about})
        about = {"title": sheet.title, "locale": "en_US", "timeZone": sheet.timezone}
        # Before the client gets the answer, because its next request may come at once.
        self.sheets.after_metadata()
        return Answer(body={"properties": about, "sheets": listed})

    def _values(self, sheet: Sheet, ranges: Sequence[str]) -> Answer:
        found = []
        for named in ranges:
            try:
                area = parse_range(sheet, named)
            except Refused as refused:
                return google_error(refused.code, refused.message, refused.status)
            echoed: dict[str, Any] = {"range": f"{named}!A1:Z1000", "majorDimension": "ROWS"}
            if rows := cells_in(sheet, area):
                echoed["values"] = rows
            found.append(echoed)
        return Answer(body={"spreadsheetId": sheet.id, "valueRanges": found})

    def _export(self, name: str) -> Answer:
        sheet = self.sheets.sheets.get(name)
        if sheet is None:
            return Answer(status=404, body="<html>Sorry, the file you have requested does not exist.</html>")
        if not sheet.link_shared:
            return SIGN_IN_PAGE
        named = f"filename=\"export.xlsx\"; filename*=UTF-8''{quote(sheet.title)}.xlsx"
        return Answer(
            body=_as_xlsx(sheet),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            headers={"Content-Disposition": f"attachment; {named}"},
        )


def _as_xlsx(sheet: Sheet) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        for title, rows in sheet.tabs.items():
            page = workbook.add_worksheet(title[:31])
            if title in sheet.hidden:
                page.hide()
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    page.write(number, column, value)
    return file.getvalue()


def _unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@functools.cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@functools.cache
def _private_key_pem() -> str:
    return _pem(_key()).decode()


def _pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@functools.cache
def _authority() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """A certificate authority of its own, which signs the one certificate of the server."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Loopback authority of the tests")])
    return key, _certificate(name, key, issuer=name, signer=key, is_authority=True)


def _certificate(
    subject: x509.Name, key: rsa.RSAPrivateKey, *, issuer: x509.Name, signer: rsa.RSAPrivateKey, is_authority: bool
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName(host) for host in (*HOSTS, "*.googleusercontent.com")]
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if is_authority:
        usage = x509.KeyUsage(
            digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False, key_encipherment=False,
            data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        builder = builder.add_extension(usage, critical=True)
    else:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(signer, hashes.SHA256())


@functools.cache
def _server_context() -> ssl.SSLContext:
    signer, authority = _authority()
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "docs.google.com")])
    certificate = _certificate(name, key, issuer=authority.subject, signer=signer, is_authority=False)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    handle, path = tempfile.mkstemp()
    try:
        os.write(handle, _pem(key) + certificate.public_bytes(serialization.Encoding.PEM))
        os.close(handle)
        context.load_cert_chain(path)
    finally:
        Path(path).unlink()
    return context


def main() -> None:
    """Serve an empty sheet until standard input ends."""
    folder = Path(sys.argv[1])
    with SheetsServer() as server:
        server.add(Sheet())
        account = {"NETHEALTH_SERVICE_ACCOUNT": json.dumps(server.service_account()), "NETHEALTH_SPREADSHEET": SHEET_ID}
        print(json.dumps(server.environment(folder) | account), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
