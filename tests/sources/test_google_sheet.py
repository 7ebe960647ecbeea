"""A reading through the real gspread, against the loopback server."""

import datetime as dt
import socket
from types import SimpleNamespace

import pytest
import tenacity.nap

from nethealth import errors
from nethealth.errors import NetHealthError
from nethealth.sources import Credentials, credentials_from, open_source
from nethealth.workbook.raw import RawWorkbook
from tests.sources.sheets_server import (
    ACCOUNT,
    API_KEY,
    API_OFF,
    BAD_GATEWAY,
    CUT_BODY,
    CUT_CHUNKS,
    CUT_JSON,
    EMPTY,
    ERROR_AS_TEXT,
    HTML_PAGE,
    INTERNAL,
    INVALID_GRANT,
    NOT_FOUND,
    NOT_SHARED,
    OFFICE_FILE,
    QUOTA,
    RESET,
    SHEET_ID,
    UNAVAILABLE,
    Answer,
    Sheet,
    SheetsServer,
    ToLoopback,
    google_error,
)

LINK = f"https://docs.google.com/spreadsheets/d/{SHEET_ID}/edit#gid=0"


def secrets(**section: object) -> dict[str, object]:
    return {"connections": {"gsheets": section}}


def read(server: SheetsServer, *, credentials: Credentials | None = None, seconds: float = 60) -> RawWorkbook:
    return open_source(
        LINK,
        credentials=credentials or server.credentials(),
        deadline_seconds=seconds,
        transport=server.transport(),
    )


def failure(server: SheetsServer, *, credentials: Credentials | None = None, seconds: float = 60) -> NetHealthError:
    with pytest.raises(errors.SheetError) as caught:
        read(server, credentials=credentials, seconds=seconds)
    return caught.value


def test_reading_takes_two_requests(server: SheetsServer) -> None:
    server.sheets[SHEET_ID].charts.append("Picture")
    before = dt.datetime.now(dt.UTC)
    workbook = read(server)
    assert [route for route, _ in server.requests] == ["token", "metadata", "values"]
    assert server.scopes == ["https://www.googleapis.com/auth/spreadsheets.readonly"]
    assert (workbook.title, workbook.timezone) == ("Spring Lake network", "America/Denver")
    assert [(tab.title, tab.hidden) for tab in workbook.tabs] == [
        ("Members", False),
        ("Connections", False),
        ("It's quiet", True),
    ]
    members = workbook.tabs[0]
    assert members.rows == [["Name", "Joined", "Show on map"], ["Ada Osei", 45000, True], [], ["007", 45001.5, False]]
    assert type(members.rows[1][2]) is bool
    assert members.url == f"https://docs.google.com/spreadsheets/d/{SHEET_ID}/edit#gid=0"
    assert workbook.tabs[2].url is not None
    assert workbook.tabs[2].url.endswith("#gid=2")
    assert workbook.tabs[2].rows == []
    assert before <= workbook.read_at <= dt.datetime.now(dt.UTC)
    assert workbook.read_at.tzinfo is dt.UTC
    assert len(workbook.notes) == 1
    assert "Picture" in workbook.notes[0]


def test_edit_shows_in_next_reading(server: SheetsServer) -> None:
    server.edit("Members", "A5", "Grace")
    assert read(server).tabs[0].rows[4] == ["Grace"]


def test_ignored_tab_is_listed_but_not_fetched(server: SheetsServer) -> None:
    server.sheets[SHEET_ID].tabs["Old list (ignore)"] = [["secret"]]
    workbook = read(server)
    assert workbook.tabs[-1].title == "Old list (ignore)"
    assert workbook.tabs[-1].rows == []
    assert "ignore" not in server.requests[-1][1]


def test_many_tabs_take_more_requests(server: SheetsServer) -> None:
    server.sheets[SHEET_ID].tabs |= {f"{'ü' * 80} {number}": [[number]] for number in range(60)}
    workbook = read(server)
    assert len(workbook.tabs) == 63
    assert workbook.tabs[-1].rows == [[59]]
    assert max(len(path) for _, path in server.requests) < 8_000


def test_api_key_reads_only_link_shared_sheets(server: SheetsServer) -> None:
    key = credentials_from(secrets(api_key=API_KEY), {})
    assert isinstance(failure(server, credentials=key), errors.PrivateSheet)
    server.sheets[SHEET_ID].link_shared = True
    assert read(server, credentials=key).title == "Spring Lake network"
    assert server.count("token") == 0
    refused = failure(server, credentials=credentials_from(secrets(api_key="AIza-wrong-and-secret"), {}))
    assert isinstance(refused, errors.CredentialsRejected)
    assert "API key" in refused.message
    assert "AIza" not in str(refused)


@pytest.mark.parametrize(
    ("route", "answer", "expected"),
    [
        ("metadata", NOT_SHARED, errors.SheetNotShared),
        ("metadata", API_OFF, errors.SheetsApiDisabled),
        ("values", NOT_SHARED, errors.SheetNotShared),
        ("metadata", NOT_FOUND, errors.SheetNotFound),
        ("values", NOT_FOUND, errors.SheetNotFound),
        ("metadata", OFFICE_FILE, errors.NotAGoogleSheet),
        ("metadata", QUOTA, errors.QuotaExceeded),
        ("values", QUOTA, errors.QuotaExceeded),
        ("metadata", INTERNAL, errors.GoogleServerError),
        ("values", UNAVAILABLE, errors.GoogleServerError),
        ("values", BAD_GATEWAY, errors.GoogleServerError),
        ("metadata", ERROR_AS_TEXT, errors.InvalidResponse),
        ("metadata", HTML_PAGE, errors.InvalidResponse),
        ("values", HTML_PAGE, errors.InvalidResponse),
        ("metadata", EMPTY, errors.InvalidResponse),
        ("metadata", CUT_JSON, errors.InvalidResponse),
        ("metadata", CUT_BODY, errors.InvalidResponse),
        ("values", CUT_CHUNKS, errors.InvalidResponse),
        ("metadata", Answer(body={"properties": {}}), errors.InvalidResponse),
        ("metadata", Answer(body=b"[]"), errors.InvalidResponse),
        ("values", Answer(body={"valueRanges": []}), errors.InvalidResponse),
        ("values", Answer(body={"valueRanges": [{"values": [[{"deep": 1}]]}] * 3}), errors.InvalidResponse),
        ("metadata", RESET, errors.ConnectionFailed),
        ("token", RESET, errors.ConnectionFailed),
        ("token", INVALID_GRANT, errors.CredentialsRejected),
        ("token", HTML_PAGE, errors.InvalidResponse),
        ("metadata", google_error(401, "no", "UNAUTHENTICATED"), errors.CredentialsRejected),
        (
            "metadata",
            google_error(403, "blocked", "PERMISSION_DENIED", reason="API_KEY_SERVICE_BLOCKED"),
            errors.AccessDenied,
        ),
        ("metadata", Answer(status=302, headers={"Location": "https://evil.example/"}), errors.HostNotAllowed),
        ("metadata", Answer(status=302, headers={"Location": "http://docs.google.com/"}), errors.HostNotAllowed),
    ],
)
def test_bad_response_maps_to_our_error(
    server: SheetsServer, route: str, answer: Answer, expected: type[errors.SheetError]
) -> None:
    server.fail(route, answer)
    problem = failure(server)
    assert type(problem) is expected
    assert problem.message.endswith(".")
    assert problem.remedy.endswith(".")
    for secret in ("PRIVATE KEY", "ya29", "evil.example", "Bearer"):
        assert secret not in str(problem)


def test_unshared_sheet_names_the_address(server: SheetsServer) -> None:
    server.sheets[SHEET_ID].shared_with.clear()
    problem = failure(server)
    assert isinstance(problem, errors.SheetNotShared)
    assert problem.share_with == ACCOUNT
    assert ACCOUNT in problem.remedy
    assert server.count() == 1  # asking again would not help


def test_refused_connection_raises(server: SheetsServer) -> None:
    # A port that is taken but where no one listens; another process could take a free one.
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        transport = ToLoopback(silent.getsockname()[1])
        with pytest.raises(errors.ConnectionFailed):
            open_source(LINK, credentials=server.credentials(), deadline_seconds=60, transport=transport)


@pytest.mark.parametrize("answer", [QUOTA, INTERNAL, BAD_GATEWAY, HTML_PAGE, CUT_BODY, CUT_CHUNKS, RESET, EMPTY])
def test_transient_error_is_retried(server: SheetsServer, answer: Answer) -> None:
    server.fail("values", answer, times=2)
    assert read(server).tabs[0].rows[1][0] == "Ada Osei"
    assert (server.count("metadata"), server.count("values")) == (1, 3)


def test_attempts_are_limited(server: SheetsServer) -> None:
    server.fail("metadata", INTERNAL)
    failure(server)
    assert server.count() == 5


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited between tries, which pass at once."""
    waits: list[float] = []
    monkeypatch.setattr(tenacity.nap, "time", SimpleNamespace(sleep=waits.append))
    return waits


def test_requested_wait_is_respected(server: SheetsServer, waits: list[float]) -> None:
    server.fail("values", google_error(429, "Quota", "RESOURCE_EXHAUSTED", Retry_After="7"), times=1)
    read(server)
    assert waits == [7]


def test_wait_beyond_deadline_ends_at_once(server: SheetsServer, waits: list[float]) -> None:
    server.fail("values", google_error(429, "Quota", "RESOURCE_EXHAUSTED", Retry_After="60"))
    assert isinstance(failure(server), errors.QuotaExceeded)
    assert waits == []
    assert server.count("values") == 1


@pytest.mark.parametrize(
    ("route", "answer"),
    [
        ("metadata", Answer(is_late=True)),
        ("token", Answer(is_late=True)),
        ("values", Answer(body=b'{"valueRanges": []}' + b" " * 400, trickle=0.05)),
    ],
)
def test_slow_response_ends_at_deadline(server: SheetsServer, route: str, answer: Answer, no_timeouts: None) -> None:
    server.fail(route, answer)
    assert isinstance(failure(server, seconds=0.7), errors.ReadTimeout)
    assert not server.was_waited_for


def test_tab_renamed_between_requests_costs_two_more(server: SheetsServer) -> None:
    server.rename_between("Members", "Directory")
    workbook = read(server)
    assert [tab.title for tab in workbook.tabs] == ["Directory", "Connections", "It's quiet"]
    assert workbook.tabs[0].rows[1][0] == "Ada Osei"
    assert server.count() == 4


def test_tabs_that_keep_changing_raise(server: SheetsServer) -> None:
    server.rename_between("Members", "Directory", times=9)
    assert isinstance(failure(server), errors.TabsChanged)
    assert server.count() == 4


def test_endless_response_raises(server: SheetsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nethealth.sources.google.hosts.MAX_RESPONSE_BYTES", 100_000)
    server.sheets[SHEET_ID].tabs["Big"] = [["x" * 1000]] * 500
    assert isinstance(failure(server), errors.SheetTooLarge)


@pytest.mark.parametrize(
    "changes",
    [
        {"private_key": "-----BEGIN PRIVATE KEY-----\nMIIsecretsecret\n-----END PRIVATE KEY-----\n"},
        {"private_key": "no key at all, secretsecret"},
        {"client_email": ""},
    ],
)
def test_malformed_key_raises_without_quoting_it(server: SheetsServer, changes: dict[str, str]) -> None:
    with pytest.raises((errors.InvalidCredentials, errors.CredentialsRejected)) as caught:
        read(server, credentials=credentials_from(secrets(**server.service_account(**changes)), {}))
    problem = caught.value
    assert "secretsecret" not in f"{problem!r} {problem.__cause__!r} {problem.__context__!r}"


@pytest.mark.parametrize("missing", ["client_email", "token_uri", "private_key"])
def test_missing_field_is_named(server: SheetsServer, missing: str) -> None:
    account = server.service_account()
    del account[missing]
    with pytest.raises(errors.InvalidCredentials) as caught:
        read(server, credentials=credentials_from(secrets(**account), {}))
    assert missing in caught.value.message
    assert server.requests == []


@pytest.mark.parametrize(
    "token_uri",
    ["https://evil.example/token", "http://oauth2.googleapis.com/token", "https://x.googleusercontent.com/t"],
)
def test_foreign_token_address_sends_nothing(server: SheetsServer, token_uri: str) -> None:
    account = server.service_account(token_uri=token_uri)
    assert isinstance(failure(server, credentials=credentials_from(secrets(**account), {})), errors.HostNotAllowed)
    assert server.requests == []


def test_former_token_address_works(server: SheetsServer) -> None:
    account = server.service_account(token_uri="https://accounts.google.com/o/oauth2/token")
    assert read(server, credentials=credentials_from(secrets(**account), {})).tabs


def test_another_sheet_is_read_by_id(server: SheetsServer) -> None:
    server.add(Sheet(id="another-sheet-0123456789", title="Other", tabs={"A": [["x"]]}))
    other = open_source(
        "https://docs.google.com/spreadsheets/u/1/d/another-sheet-0123456789/htmlview",
        credentials=server.credentials(),
        transport=server.transport(),
    )
    assert other.title == "Other"
