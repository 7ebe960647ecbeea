"""A pasted link: the .xlsx that Google exports, read with no credentials at all."""

import datetime as dt

import pytest

from nethealth import errors
from nethealth.sources import Credentials, SheetReference, open_source, parse_link, read_link
from nethealth.workbook.raw import RawWorkbook
from tests.sources.sheets_server import (
    BAD_GATEWAY,
    HTML_PAGE,
    NOT_FOUND,
    QUOTA,
    RESET,
    SHEET_ID,
    SIGN_IN_PAGE,
    SIGN_IN_REDIRECT,
    Answer,
    SheetsServer,
)

REFERENCE = SheetReference(SHEET_ID)


@pytest.fixture
def shared(server: SheetsServer) -> SheetsServer:
    server.sheets[SHEET_ID].link_shared = True
    return server


def read(server: SheetsServer, *, seconds: float = 60) -> RawWorkbook:
    return read_link(REFERENCE, deadline_seconds=seconds, transport=server.transport())


def test_shared_link_takes_one_request(shared: SheetsServer) -> None:
    shared.sheets[SHEET_ID].title = "Réseau – 2024"
    workbook = read(shared)
    assert [route for route, _ in shared.requests] == ["export"]
    assert not {"authorization", "x-goog-api-key", "cookie"} & {name.casefold() for name in shared.headers[0]}
    assert workbook.title == "Réseau – 2024"
    assert workbook.url == f"https://docs.google.com/spreadsheets/d/{SHEET_ID}/edit"
    assert [(tab.title, tab.hidden, tab.url) for tab in workbook.tabs] == [
        ("Members", False, None),
        ("Connections", False, None),
        ("It's quiet", True, None),
    ]
    assert workbook.tabs[0].rows[3][0] == "007"
    assert workbook.read_at.tzinfo is dt.UTC


def test_netrc_password_is_never_sent(
    shared: SheetsServer, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("default login someone password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    read(shared)
    assert "authorization" not in {name.casefold() for name in shared.headers[0]}


def test_no_credentials_reads_the_link(shared: SheetsServer) -> None:
    for credentials in (None, Credentials()):
        assert open_source(SHEET_ID, credentials=credentials, transport=shared.transport()).tabs
    assert {route for route, _ in shared.requests} == {"export"}


def test_redirect_to_google_host_is_followed(shared: SheetsServer) -> None:
    onward = f"https://doc-0s-4k-sheets.googleusercontent.com/spreadsheets/d/{SHEET_ID}/export?format=xlsx"
    shared.fail("export", Answer(status=307, headers={"Location": onward}), times=1)
    assert read(shared).tabs
    assert shared.headers[-1]["Host"] == "doc-0s-4k-sheets.googleusercontent.com"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (SIGN_IN_PAGE, errors.PrivateSheet),
        (SIGN_IN_REDIRECT, errors.PrivateSheet),
        (Answer(status=401), errors.PrivateSheet),
        (Answer(status=403, body="<html>no</html>"), errors.PrivateSheet),
        (NOT_FOUND, errors.SheetNotFound),
        (Answer(status=400, body="<html>bad</html>"), errors.NotAGoogleSheet),
        (QUOTA, errors.QuotaExceeded),
        (BAD_GATEWAY, errors.GoogleServerError),
        (HTML_PAGE, errors.InvalidResponse),
        (Answer(body=b""), errors.InvalidResponse),
        (Answer(body=b"PK\x03\x04 and no more"), errors.FileDamaged),
        (Answer(body=b"PK" * 1000, cut_after=50), errors.InvalidResponse),
        (RESET, errors.ConnectionFailed),
        (Answer(status=302, headers={"Location": "https://evil.example/x"}), errors.HostNotAllowed),
        (Answer(status=302, headers={"Location": "http://127.0.0.1:80/x"}), errors.HostNotAllowed),
        (Answer(status=302, headers={"Location": "/spreadsheets/d/again"}), errors.SheetNotFound),
    ],
)
def test_bad_response_maps_to_our_error(shared: SheetsServer, answer: Answer, expected: type[Exception]) -> None:
    shared.fail("export", answer)
    with pytest.raises(expected) as caught:
        read(shared)
    assert type(caught.value) is expected


def test_circular_redirects_raise(shared: SheetsServer) -> None:
    here = f"https://docs.google.com/spreadsheets/d/{SHEET_ID}/export?format=xlsx"
    shared.fail("export", Answer(status=302, headers={"Location": here}))
    with pytest.raises(errors.InvalidResponse):
        read(shared)
    assert shared.count() <= 25


def test_private_sheet_explains_sharing(server: SheetsServer) -> None:
    with pytest.raises(errors.PrivateSheet, match="Anyone with the link"):
        read(server)


def test_slow_export_ends_at_deadline(shared: SheetsServer, no_timeouts: None) -> None:
    shared.fail("export", Answer(is_late=True))
    with pytest.raises(errors.ReadTimeout):
        read(shared, seconds=0.5)
    assert not shared.was_waited_for


def test_resource_key_is_sent(shared: SheetsServer) -> None:
    link = parse_link(
        f"https://docs.google.com/spreadsheets/d/{SHEET_ID}/edit?resourcekey=0-abcdefghijklmn&usp=sharing"
    )
    read_link(link, transport=shared.transport())
    assert "resourcekey=0-abcdefghijklmn" in shared.requests[0][1]
