"""What Google, gspread, google-auth and requests raise, turned into our failures: the one place that knows theirs."""

from __future__ import annotations

import google.auth.exceptions
import gspread.exceptions
import requests

from nethealth.errors import NetHealthError
from nethealth.sources.failures import (
    AccessRefused,
    ConnectionNotTrusted,
    CredentialsMalformed,
    CredentialsRefused,
    GarbledAnswer,
    GoogleTrouble,
    GoogleUnreachable,
    LinkNotShared,
    NotASheet,
    SheetNotFound,
    SheetNotShared,
    SheetsApiOff,
    SheetTooLarge,
    SheetUnreadable,
    TabsKeepChanging,
    TooManyReadings,
    TooSlow,
)
from nethealth.sources.google.credentials import Credentials
from nethealth.sources.google.retries import Attempt, retry_after

_API_OFF = ("SERVICE_DISABLED", "has not been used in project", "it is disabled")
_KEY_BAD = ("API_KEY_INVALID", "API key not valid", "API key expired", "API_KEY_EXPIRED")
_KEY_LIMITED = ("API_KEY_SERVICE_BLOCKED", "API_KEY_HTTP_REFERRER_BLOCKED", "API_KEY_IP_ADDRESS_BLOCKED", "are blocked")
_QUOTA = ("RATE_LIMIT_EXCEEDED", "rateLimitExceeded", "Quota exceeded")


def translate_error(problem: Exception, *, credentials: Credentials) -> Attempt:
    """The failure that a raised exception means, with the wait that the server asked for."""
    if isinstance(problem, NetHealthError):
        return Attempt(problem)
    cause = problem.__cause__
    if isinstance(problem, PermissionError) and isinstance(cause, gspread.exceptions.APIError):
        problem = cause
    if isinstance(problem, gspread.exceptions.APIError):
        response = problem.response
        return Attempt(
            translate_status(response.status_code, response.text, credentials=credentials),
            retry_after=retry_after(response.headers.get("Retry-After")),
        )
    return Attempt(_explain_other(problem, credentials=credentials))


def translate_status(status: int, body: str, *, credentials: Credentials) -> SheetUnreadable:
    """The failure that an answer's status and text mean."""
    if status == 429 or (status == 403 and _says(body, _QUOTA)):
        return TooManyReadings()
    if status == 401 or _says(body, _KEY_BAD):
        return CredentialsRefused(kind=_key_kind(credentials))
    if status == 403:
        return _explain_refusal(body, credentials=credentials)
    if status in {404, 410}:
        return SheetNotFound()
    if status == 400:
        return _explain_bad_request(body)
    if status in {408, 504}:
        return TooSlow()
    if status == 413:
        return SheetTooLarge()
    return GoogleTrouble() if status >= 500 else GarbledAnswer()


def _explain_refusal(body: str, *, credentials: Credentials) -> SheetUnreadable:
    if _says(body, _API_OFF):
        return SheetsApiOff()
    if _says(body, _KEY_LIMITED):
        return AccessRefused()
    if credentials.share_with:
        return SheetNotShared(credentials.share_with)
    return LinkNotShared()


def _explain_bad_request(body: str) -> SheetUnreadable:
    if "not supported for this document" in body:
        return NotASheet()
    return TabsKeepChanging() if "Unable to parse range" in body else GarbledAnswer()


def _explain_other(problem: Exception, *, credentials: Credentials) -> SheetUnreadable:
    match problem:
        case PermissionError():
            return SheetNotShared(credentials.share_with) if credentials.share_with else LinkNotShared()
        case gspread.exceptions.SpreadsheetNotFound():
            return SheetNotFound()
        case google.auth.exceptions.RefreshError():
            return GoogleTrouble() if problem.retryable else CredentialsRefused(kind=_key_kind(credentials))
        case google.auth.exceptions.TransportError():
            return _explain_connection(problem.__cause__ or problem)
        case google.auth.exceptions.GoogleAuthError():
            return CredentialsMalformed()  # a field is missing (MalformedError), or holds nothing usable
        case requests.exceptions.RequestException():
            return _explain_connection(problem)
        case _:
            # gspread's APIError cannot be built from {"error": "text"} (TypeError); an answer of another shape than
            # promised fails where it is taken apart (KeyError, AttributeError, ValueError).
            return GarbledAnswer()


def _explain_connection(problem: BaseException) -> SheetUnreadable:
    match problem:
        case requests.exceptions.SSLError():
            return ConnectionNotTrusted()
        case requests.exceptions.Timeout():
            return TooSlow()
        case requests.exceptions.JSONDecodeError() | requests.exceptions.ChunkedEncodingError():
            return GarbledAnswer()
        case requests.exceptions.ContentDecodingError() | requests.exceptions.TooManyRedirects():
            return GarbledAnswer()
        case requests.exceptions.ConnectionError() if "Read timed out" in str(problem):
            return TooSlow()  # requests reports a body that stops arriving as a ConnectionError
        case _:
            return GoogleUnreachable()


def _key_kind(credentials: Credentials) -> str:
    return "API key" if credentials.kind == "API key" else "service account key"


def _says(body: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in body for phrase in phrases)
