"""Everything that can go wrong, as one tree. Each error says what happened and what the reader can do about it.

    NetHealthError
    ├── UsageError              a wrong link, option, or output file (exit status 2)
    ├── UnknownWave             the workbook has no wave of connections with this name
    ├── InvalidPasscode         too short or too long
    ├── InvalidAnswer           a phone sent what a live session doesn't ask, or can't take
    ├── AccessRevoked           a file was asked for by someone who may no longer see what is in it
    ├── UnreadableSecrets       we can't say for certain what the app's secrets are
    ├── JournalError            the database with what people add in the app
    │   └── InvalidJournal, JournalUnavailable, NotRecorded
    └── ReadError               we couldn't read the workbook (exit status 3)
        ├── SheetError          a Google Sheet
        │   ├── SheetNotShared, PrivateSheet, SheetNotFound, NotAGoogleSheet, SheetTooLarge, TabsChanged
        │   ├── WritingNeedsAccount, SheetNotEditable, CellsProtected, SheetFull, ChangeRefused    (when we write)
        │   ├── AccessDenied, SheetsApiDisabled, CredentialsRejected, InvalidCredentials
        │   ├── QuotaExceeded, GoogleServerError, InvalidResponse, ConnectionFailed, ReadTimeout    (worth a retry)
        │   └── UntrustedCertificate, HostNotAllowed
        └── FileError           a file or folder
            └── FileNotFound, FileTooLarge, PasswordProtected, UnsupportedFile, FileDamaged

Messages are for the person who looks after the workbook, not for an engineer. They never contain a secret, a token, or
anything that another server answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError


class NetHealthError(Exception):
    """The root of the tree. A class that always says the same declares its `message` and `remedy`."""

    message = ""
    """What happened, in one sentence."""
    remedy = ""
    """What to do about it, in one or two sentences."""

    def __init__(self, message: str = "", remedy: str = "") -> None:
        self.message = message or self.message
        self.remedy = remedy or self.remedy
        super().__init__(f"{self.message} {self.remedy}".strip())


class UsageError(NetHealthError):
    """A link, option, or output file that can't be used (exit status 2)."""


class UnknownWave(NetHealthError):
    """The workbook has no wave of connections with this name."""


class InvalidPasscode(NetHealthError):
    """A passcode is too short or too long."""


class InvalidAnswer(NetHealthError):
    """A phone sent what its live session doesn't ask, or can't take."""

    message = "We can’t take this answer."
    remedy = "Reload the page and answer again."


class AccessRevoked(NetHealthError):
    """A file was asked for by someone who may no longer see what is in it."""

    message = "You can’t see this network anymore."
    remedy = "Reload the page to sign in again."


class UnreadableSecrets(NetHealthError):
    """We can't say for certain what the app's secrets are, so no one gets in."""

    message = "We couldn’t read the app’s secrets file."
    remedy = "The server’s log says which line to fix."

    def __init__(self, message: str = "", remedy: str = "", *, detail: str) -> None:
        super().__init__(message, remedy)
        self.detail = detail
        """For the server's log only: the file and what is wrong with it."""


class JournalError(NetHealthError):
    """The journal, the database with what people add in the app, can't do what was asked."""


class InvalidJournal(JournalError):
    """The section `[journal]` of the secrets is wrong."""


class JournalUnavailable(JournalError):
    """We can't read the journal right now. What it holds stays there."""


class NotRecorded(JournalError):
    """Nothing was stored: the database can't take it right now, or no workbook could hold it."""


class ReadError(NetHealthError):
    """We couldn't read the workbook (exit status 3)."""


class SheetError(ReadError):
    """We couldn't read a Google Sheet."""

    is_transient = False
    """True if the same request may succeed a little later."""


class SheetNotShared(SheetError):
    """The Google Sheet isn't shared with the dashboard's service account."""

    message = "This Google Sheet isn’t shared with the dashboard yet."

    def __init__(self, share_with: str) -> None:
        super().__init__(remedy=f"In the Google Sheet, choose Share, add {share_with} as a Viewer, and try again.")
        self.share_with = share_with
        """The email address to share the Google Sheet with."""


class PrivateSheet(SheetError):
    """The Google Sheet is private, and we read it without an account (by its link alone, or with an API key)."""

    message = "This Google Sheet is private, so its link alone doesn’t open it."
    remedy = (
        "In the Google Sheet, choose Share, set General access to “Anyone with the link” as Viewer, and try again. "
        "Or download it as .xlsx and open that file."
    )


class SheetNotFound(SheetError):
    """No Google Sheet has this id, or no longer."""

    message = "Google can’t find a Google Sheet at this link."
    remedy = "Open it in a browser and copy the whole link again. If someone deleted it, restore it from the trash."


class NotAGoogleSheet(SheetError):
    """The id is an Excel file in Google Drive, not a Google Sheet."""

    message = "This link leads to an Excel file in Google Drive, not to a Google Sheet."
    remedy = (
        "Open it in Drive, choose File, then “Save as Google Sheets”, and use the link of the new Google Sheet. "
        "Or download the file and open it here."
    )


class SheetTooLarge(SheetError):
    """Google's answer is larger than we read."""

    message = "This Google Sheet is too large for the dashboard."
    remedy = (
        "Move what the dashboard doesn’t need, such as old copies, to another Google Sheet. "
        "Or end the name of such a tab with (ignore)."
    )


class TabsChanged(SheetError):
    """A tab was renamed or deleted while we read, twice in a row.

    The names of the tabs must be read again, so repeating the same request doesn't help: not transient.
    """

    message = "Someone renamed or deleted a tab while we were reading the Google Sheet."
    remedy = "Wait until the tabs stop changing, then refresh."


class AccessDenied(SheetError):
    """Google knows the credentials and refuses them for another reason than sharing."""

    message = "Google doesn’t let the dashboard’s credentials read this Google Sheet."
    remedy = (
        "Ask your Google administrator if sharing outside the organization is blocked, "
        "or if the API key is limited to other uses."
    )


class SheetsApiDisabled(SheetError):
    """The Google Cloud project of the credentials hasn't enabled the Sheets API."""

    message = "The Google Sheets API is turned off in the dashboard’s Google Cloud project."
    remedy = (
        "In the Google Cloud console, open that project, choose APIs & Services, and enable “Google Sheets API”. "
        "Wait a few minutes and try again."
    )


class CredentialsRejected(SheetError):
    """Google rejects the key: it was deleted or disabled, or this computer's clock is wrong."""

    def __init__(self, *, kind: str = "service account key") -> None:
        remedy = (
            "Check that the key still exists in the Google Cloud console and that this computer’s clock is right. "
            "If the key is gone, create a new one and put it in the secrets."
            if kind != "API key"
            else "Copy the API key again from the Google Cloud console (APIs & Services, Credentials) into the secrets."
        )
        super().__init__(f"Google doesn’t accept the dashboard’s {kind}.", remedy)


class InvalidCredentials(SheetError):
    """The credentials are incomplete, or were changed when someone pasted them."""

    message = "The dashboard’s Google service account key is incomplete or was changed."
    remedy = (
        "Paste the key’s JSON again, exactly as downloaded: every field, and the line breaks (or \\n) in private_key."
    )


class QuotaExceeded(SheetError):
    """Google's quota of requests per minute is used up."""

    is_transient = True
    message = "The dashboard has reached Google’s limit of requests per minute."
    remedy = "Wait a minute, then refresh."


class GoogleServerError(SheetError):
    """Google reports an error on its own side (status 5xx)."""

    is_transient = True
    message = "Google Sheets is having trouble right now."
    remedy = "Nothing is wrong with your Google Sheet. Wait a few minutes, then refresh."


class InvalidResponse(SheetError):
    """The response isn't what Google promises: a web page, a body cut short, an unknown shape."""

    is_transient = True
    message = "Google’s answer arrived damaged or incomplete."
    remedy = "Refresh in a moment. If this goes on, ask whether your network changes or blocks traffic."


class ConnectionFailed(SheetError):
    """No connection to Google: offline, refused, or reset."""

    is_transient = True
    message = "We couldn’t reach Google from here."
    remedy = "Check that this computer is online and can reach docs.google.com and sheets.googleapis.com, then refresh."


class ReadTimeout(SheetError):
    """No complete response within the time we allow for a reading."""

    is_transient = True
    message = "Google took too long to answer."
    remedy = "Refresh in a moment. If this goes on, check your network."


class UntrustedCertificate(SheetError):
    """This computer doesn't trust the certificate at the other end."""

    message = "We couldn’t verify that the connection really leads to Google."
    remedy = (
        "If your organization inspects network traffic, ask for its certificate file and set REQUESTS_CA_BUNDLE to its "
        "path. If not, try another network."
    )


class HostNotAllowed(SheetError):
    """A request would have gone to a host that isn't Google's. We sent nothing."""

    message = "This link leads to an address that isn’t Google’s, so we sent nothing there."
    remedy = "Copy the link of the Google Sheet again from the browser’s address bar."


class WritingNeedsAccount(SheetError):
    """We can read this Google Sheet (by its link, or with an API key), but only a service account can write to it."""

    message = "The app can read this Google Sheet, but it needs a service account to write to it."
    remedy = "The person who runs the app can set one up. Until then, copy new rows from the Data page."


class SheetNotEditable(SheetError):
    """The Google Sheet is shared with our service account as a Viewer or Commenter."""

    message = "The app can read this Google Sheet, but it isn’t allowed to write to it."

    def __init__(self, share_with: str) -> None:
        super().__init__(remedy=f"In the Google Sheet, choose Share, and make {share_with} an Editor.")


class CellsProtected(SheetError):
    """Someone protected the cells that we want to write to."""

    message = "Someone protected this part of the Google Sheet, so we couldn’t add rows."

    def __init__(self, share_with: str) -> None:
        super().__init__(
            remedy="In the Google Sheet, choose Data, then “Protect sheets and ranges”. Let "
            f"{share_with} edit, or remove the protection."
        )


class SheetFull(SheetError):
    """The Google Sheet has as many cells as Google allows."""

    message = "This Google Sheet is full: Google allows no more cells."
    remedy = "Delete empty columns and rows, or move old tabs to another Google Sheet."


class ChangeRefused(SheetError):
    """Google refuses a change for a reason that we don't know."""

    message = "Google refused to add this to the Google Sheet."
    remedy = "Check that the tab looks as usual. If this goes on, copy the rows from the Data page."


class FileError(ReadError):
    """We couldn't read a file as a workbook."""


class FileNotFound(FileError):
    """A path that could be a workbook's doesn't exist (exit status 3, like a Google Sheet that is gone)."""

    def __init__(self, path: str) -> None:
        super().__init__(f"We couldn’t find a file or folder “{path}”.", "Check its name and folder, and try again.")


class FileTooLarge(FileError):
    """The file, or what it unpacks to, is larger than a workbook needs to be."""

    remedy = "Save a copy with only the tabs and rows that the dashboard needs, and open that one."


class PasswordProtected(FileError):
    """The file has a password."""

    message = "This file is protected with a password."
    remedy = "Open it in your spreadsheet program, save a copy without a password, and open that copy here."


class UnsupportedFile(FileError):
    """The file is intact, but isn't what its name says, or is of a kind that we don't read."""


class FileDamaged(FileError):
    """The file is incomplete, broken, or made to do harm."""

    message = "This file is damaged or incomplete."
    remedy = "Open it in your spreadsheet program and save it again as .xlsx. If that fails too, download it again."


def describe_validation_error(error: ValidationError, *, where: str) -> str:
    """Say in one sentence which setting is wrong and how. Never quotes the value, which may be a secret."""
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    keys = [part for part in first["loc"] if isinstance(part, str)]
    kind = first["type"]
    if not keys:
        own_words = first["msg"].removeprefix("Value error, ")
        return f"{where} {own_words}." if kind == "value_error" else f"{where} isn’t a section with settings."
    key = ".".join(keys)
    if kind == "missing":
        return f"In {where}, {key} is missing."
    if kind == "extra_forbidden":
        return f"In {where}, we don’t know the setting {key}."
    if kind == "string_too_short":
        return f"In {where}, {key} is empty."
    if kind == "value_error":
        return f"In {where}, {key} {first['msg'].removeprefix('Value error, ')}."
    return f"In {where}, {key} has the wrong type."
