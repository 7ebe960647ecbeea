"""What the libraries may raise, row by row, also where the loopback server cannot make them raise it."""

import datetime as dt
from email.utils import format_datetime

import google.auth.exceptions
import gspread.exceptions
import pytest
import requests

from nethealth.sources import Credentials, failures
from nethealth.sources.google.failures import translate_error
from nethealth.sources.google.retries import retry_after

ACCOUNT = Credentials(service_account={"client_email": "app@project.iam.gserviceaccount.com", "private_key": "hush"})


def api_error(status: int, body: str, **headers: str) -> gspread.exceptions.APIError:
    response = requests.Response()
    response.status_code, response._content = status, body.encode()
    response.headers.update(headers)
    return gspread.exceptions.APIError(response)


def caused(problem: Exception, cause: Exception) -> Exception:
    problem.__cause__ = cause
    return problem


DENIED = '{"error": {"code": 403, "message": "The caller does not have permission", "status": "PERMISSION_DENIED"}}'
OFF = '{"error": {"code": 403, "message": "x has not been used in project 1", "status": "PERMISSION_DENIED"}}'
TRANSPORT = google.auth.exceptions.TransportError


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (caused(PermissionError(), api_error(403, DENIED)), failures.SheetNotShared),
        (caused(PermissionError(), api_error(403, OFF)), failures.SheetsApiOff),
        (PermissionError(), failures.SheetNotShared),
        (gspread.exceptions.SpreadsheetNotFound(), failures.SheetNotFound),
        (api_error(502, "<html>Bad Gateway</html>"), failures.GoogleTrouble),
        (api_error(504, "<html>Timeout</html>"), failures.TooSlow),
        (api_error(413, "{}"), failures.SheetTooLarge),
        (TypeError("string indices must be integers"), failures.GarbledAnswer),
        (KeyError("code"), failures.GarbledAnswer),
        (requests.exceptions.JSONDecodeError("x", "doc", 0), failures.GarbledAnswer),
        (requests.exceptions.ChunkedEncodingError("cut"), failures.GarbledAnswer),
        (requests.exceptions.ContentDecodingError("gzip"), failures.GarbledAnswer),
        (requests.exceptions.ConnectionError("refused"), failures.GoogleUnreachable),
        (requests.exceptions.ProxyError("407"), failures.GoogleUnreachable),
        (requests.exceptions.ConnectionError("HTTPSConnectionPool: Read timed out."), failures.TooSlow),
        (requests.exceptions.ReadTimeout("slow"), failures.TooSlow),
        (requests.exceptions.ConnectTimeout("slow"), failures.TooSlow),
        (requests.exceptions.SSLError("self-signed"), failures.ConnectionNotTrusted),
        (TRANSPORT("reset"), failures.GoogleUnreachable),
        (caused(TRANSPORT("x"), requests.exceptions.ReadTimeout("slow")), failures.TooSlow),
        (caused(TRANSPORT("x"), requests.exceptions.SSLError("bad")), failures.ConnectionNotTrusted),
        (google.auth.exceptions.RefreshError("invalid_grant"), failures.CredentialsRefused),
        (google.auth.exceptions.RefreshError("x", retryable=True), failures.GoogleTrouble),
        (google.auth.exceptions.MalformedError("missing fields"), failures.CredentialsMalformed),
        (failures.SheetNotFound(), failures.SheetNotFound),
    ],
)
def test_each_is_one_of_ours(problem: Exception, expected: type[Exception]) -> None:
    assert type(translate_error(problem, credentials=ACCOUNT).failure) is expected


def test_the_wait_that_the_server_asks_for() -> None:
    asked = translate_error(api_error(429, "{}", **{"Retry-After": "7"}), credentials=ACCOUNT)
    assert asked.retry_after == 7
    assert retry_after(None) is None
    assert retry_after("soon") is None
    assert retry_after("-3") is None
    before = dt.datetime.now(dt.UTC)
    later = before.replace(microsecond=0) + dt.timedelta(hours=1)
    left = retry_after(format_datetime(later))
    assert left is not None
    assert later - dt.datetime.now(dt.UTC) <= dt.timedelta(seconds=left) <= later - before
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0


def test_every_failure_says_what_happened_and_what_to_do() -> None:
    made = []
    for kind in failures.SheetUnreadable.__subclasses__():
        needs = {failures.SheetNotShared: ("app@x.example",)}.get(kind, ())
        made.append(kind(*needs))
    assert len(made) >= 17
    for problem in made:
        assert problem.message.endswith(".")
        assert problem.remedy.endswith(".")
        assert str(problem) == f"{problem.message} {problem.remedy}"
    assert len({problem.message for problem in made}) == len(made)
