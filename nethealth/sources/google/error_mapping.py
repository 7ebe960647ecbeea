"""Map what Google, gspread, google-auth, and requests raise to our own errors. No other module knows theirs."""

from __future__ import annotations

import google.auth.exceptions
import gspread.exceptions
import requests
from urllib3.exceptions import NewConnectionError

from nethealth.errors import (
    AccessDenied,
    CellsProtected,
    ChangeRefused,
    ConnectionFailed,
    CredentialsRejected,
    GoogleServerError,
    HostNotAllowed,
    InvalidCredentials,
    InvalidResponse,
    NetHealthError,
    NotAGoogleSheet,
    PrivateSheet,
    QuotaExceeded,
    ReadTimeout,
    SheetError,
    SheetFull,
    SheetNotEditable,
    SheetNotFound,
    SheetNotShared,
    SheetsApiDisabled,
    SheetTooLarge,
    TabsChanged,
    UntrustedCertificate,
)
from nethealth.sources.google.credentials import Credentials
from nethealth.sources.google.retries import FailedAttempt, retry_after

_API_OFF = ("SERVICE_DISABLED", "has not been used in project", "it is disabled")
_KEY_BAD = ("API_KEY_INVALID", "API key not valid", "API key expired", "API_KEY_EXPIRED")
_KEY_LIMITED = ("API_KEY_SERVICE_BLOCKED", "API_KEY_HTTP_REFERRER_BLOCKED", "API_KEY_IP_ADDRESS_BLOCKED", "are blocked")
_PROTECTED = ("protected cell", "protected range")
_FULL = ("limit of 10000000 cells", "above the limit")
_REFUSALS = frozenset({400, 401, 403, 404, 410, 413, 429})
_QUOTA = ("RATE_LIMIT_EXCEEDED", "rateLimitExceeded", "Quota exceeded")


def map_error(problem: Exception, *, credentials: Credentials) -> FailedAttempt:
    """Return our error for a raised exception, with the wait that the server asked for."""
    if isinstance(problem, NetHealthError):
        return FailedAttempt(problem)
    cause = problem.__cause__
    if isinstance(problem, PermissionError) and isinstance(cause, gspread.exceptions.APIError):
        problem = cause
    if isinstance(problem, gspread.exceptions.APIError):
        response = problem.response
        return FailedAttempt(
            map_status(response.status_code, response.text, credentials=credentials),
            retry_after=retry_after(response.headers.get("Retry-After")),
        )
    return FailedAttempt(_map_exception(problem, credentials=credentials))


def map_status(status: int, body: str, *, credentials: Credentials) -> SheetError:
    """Return our error for a response's status and body."""
    if status == 429 or (status == 403 and _contains(body, _QUOTA)):
        return QuotaExceeded()
    if status == 401 or _contains(body, _KEY_BAD):
        return CredentialsRejected(kind=_key_kind(credentials))
    if status == 403:
        return _map_forbidden(body, credentials=credentials)
    if status in {404, 410}:
        return SheetNotFound()
    if status == 400:
        return _map_bad_request(body)
    if status in {408, 504}:
        return ReadTimeout()
    if status == 413:
        return SheetTooLarge()
    return GoogleServerError() if status >= 500 else InvalidResponse()


def map_write_error(problem: Exception, *, credentials: Credentials) -> FailedAttempt:
    """Return our error for what a write raised, as `map_error` does for a reading."""
    attempt = map_error(problem, credentials=credentials)
    if isinstance(problem, gspread.exceptions.APIError) and isinstance(
        attempt.failure, (SheetNotShared, PrivateSheet, InvalidResponse, AccessDenied)
    ):
        body, share_with = problem.response.text, credentials.share_with or ""
        if _contains(body, _PROTECTED):
            attempt.failure = CellsProtected(share_with)
        elif problem.response.status_code == 403:
            attempt.failure = SheetNotEditable(share_with)
        elif _contains(body, _FULL):
            attempt.failure = SheetFull()
        elif problem.response.status_code == 400:
            attempt.failure = ChangeRefused()
    return attempt


def is_refusal(problem: Exception) -> bool:
    """True if a write certainly did not happen: Google said so, or we never reached it.

    Anything else (no answer, an answer cut short, an error on Google's side, a page that isn't Google's) leaves open
    whether it did.
    """
    if isinstance(problem, gspread.exceptions.APIError):
        # A page in HTML may come from something between us and Google, after Google has answered.
        return problem.code == problem.response.status_code in _REFUSALS
    if isinstance(problem, google.auth.exceptions.GoogleAuthError | requests.exceptions.ConnectTimeout):
        return True
    if isinstance(problem, requests.exceptions.ConnectionError):
        reason = getattr(problem.args[0], "reason", None) if problem.args else None
        return isinstance(reason, NewConnectionError)
    return isinstance(problem, HostNotAllowed | InvalidCredentials)


def _map_forbidden(body: str, *, credentials: Credentials) -> SheetError:
    if _contains(body, _API_OFF):
        return SheetsApiDisabled()
    if _contains(body, _KEY_LIMITED):
        return AccessDenied()
    if credentials.share_with:
        return SheetNotShared(credentials.share_with)
    return PrivateSheet()


def _map_bad_request(body: str) -> SheetError:
    if "not supported for this document" in body:
        return NotAGoogleSheet()
    return TabsChanged() if "Unable to parse range" in body else InvalidResponse()


def _map_exception(problem: Exception, *, credentials: Credentials) -> SheetError:
    match problem:
        case PermissionError():
            return SheetNotShared(credentials.share_with) if credentials.share_with else PrivateSheet()
        case gspread.exceptions.SpreadsheetNotFound():
            return SheetNotFound()
        case google.auth.exceptions.RefreshError():
            return GoogleServerError() if problem.retryable else CredentialsRejected(kind=_key_kind(credentials))
        case google.auth.exceptions.TransportError():
            return _map_connection_error(problem.__cause__ or problem)
        case google.auth.exceptions.GoogleAuthError():
            return InvalidCredentials()  # a field is missing (MalformedError) or unusable
        case requests.exceptions.RequestException():
            return _map_connection_error(problem)
        case _:
            # gspread can't build its APIError from {"error": "text"} (TypeError). A response of another shape fails
            # where we take it apart (KeyError, AttributeError, ValueError).
            return InvalidResponse()


def _map_connection_error(problem: BaseException) -> SheetError:
    match problem:
        case requests.exceptions.SSLError():
            return UntrustedCertificate()
        case requests.exceptions.Timeout():
            return ReadTimeout()
        case requests.exceptions.JSONDecodeError() | requests.exceptions.ChunkedEncodingError():
            return InvalidResponse()
        case requests.exceptions.ContentDecodingError() | requests.exceptions.TooManyRedirects():
            return InvalidResponse()
        case requests.exceptions.ConnectionError() if "Read timed out" in str(problem):
            return ReadTimeout()  # requests reports a body that stops arriving as a ConnectionError
        case _:
            return ConnectionFailed()


def _key_kind(credentials: Credentials) -> str:
    return "API key" if credentials.kind == "API key" else "service account key"


def _contains(body: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in body for phrase in phrases)
