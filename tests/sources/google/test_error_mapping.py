"""What the libraries can raise, also where the loopback server can't make them raise it."""

import io

import google.auth.exceptions
import gspread.exceptions
import pytest
import requests

from nethealth import errors
from nethealth.sources import Credentials
from nethealth.sources.google.error_mapping import map_error

ACCOUNT = Credentials.model_validate(
    {
        "service_account": {
            "client_email": "app@project.iam.gserviceaccount.com",
            "private_key": "hush",
            "token_uri": "https://oauth2.googleapis.com/token",
        }
    }
)


def api_error(status: int, body: str, **headers: str) -> gspread.exceptions.APIError:
    response = requests.Response()
    response.status_code, response.raw = status, io.BytesIO(body.encode())
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
        (caused(PermissionError(), api_error(403, DENIED)), errors.SheetNotShared),
        (caused(PermissionError(), api_error(403, OFF)), errors.SheetsApiDisabled),
        (PermissionError(), errors.SheetNotShared),
        (gspread.exceptions.SpreadsheetNotFound(), errors.SheetNotFound),
        (api_error(502, "<html>Bad Gateway</html>"), errors.GoogleServerError),
        (api_error(504, "<html>Timeout</html>"), errors.ReadTimeout),
        (api_error(413, "{}"), errors.SheetTooLarge),
        (TypeError("string indices must be integers"), errors.InvalidResponse),
        (KeyError("code"), errors.InvalidResponse),
        (requests.exceptions.JSONDecodeError("x", "doc", 0), errors.InvalidResponse),
        (requests.exceptions.ChunkedEncodingError("cut"), errors.InvalidResponse),
        (requests.exceptions.ContentDecodingError("gzip"), errors.InvalidResponse),
        (requests.exceptions.ConnectionError("refused"), errors.ConnectionFailed),
        (requests.exceptions.ProxyError("407"), errors.ConnectionFailed),
        (requests.exceptions.ConnectionError("HTTPSConnectionPool: Read timed out."), errors.ReadTimeout),
        (requests.exceptions.ReadTimeout("slow"), errors.ReadTimeout),
        (requests.exceptions.ConnectTimeout("slow"), errors.ReadTimeout),
        (requests.exceptions.SSLError("self-signed"), errors.UntrustedCertificate),
        (TRANSPORT("reset"), errors.ConnectionFailed),
        (caused(TRANSPORT("x"), requests.exceptions.ReadTimeout("slow")), errors.ReadTimeout),
        (caused(TRANSPORT("x"), requests.exceptions.SSLError("bad")), errors.UntrustedCertificate),
        (google.auth.exceptions.RefreshError("invalid_grant"), errors.CredentialsRejected),
        (google.auth.exceptions.RefreshError("x", retryable=True), errors.GoogleServerError),
        (google.auth.exceptions.MalformedError("missing fields"), errors.InvalidCredentials),
        (errors.SheetNotFound(), errors.SheetNotFound),
    ],
)
def test_library_exception_maps_to_our_error(problem: Exception, expected: type[Exception]) -> None:
    assert type(map_error(problem, credentials=ACCOUNT).failure) is expected


def test_requested_wait_is_passed_on() -> None:
    assert map_error(api_error(429, "{}", **{"Retry-After": "7"}), credentials=ACCOUNT).retry_after == 7
