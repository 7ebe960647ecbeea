"""What can go wrong on the way to a workbook: one class a cause, each with what happened and what to do about it.

All are `WorkbookUnreadable` (exit status 3). What is no workbook at all is `errors.NotAWorkbook` (exit status 2).
No text holds a secret, a token or anything that a stranger's server answered.
"""

from __future__ import annotations

from nethealth.errors import WorkbookUnreadable


class SheetUnreadable(WorkbookUnreadable):
    """A Google Sheet could not be read. `passes` tells whether waiting may be all that is needed."""

    passes = False


class SheetNotShared(SheetUnreadable):
    """The Sheet is not shared with the app's service account. `share_with` is the e-mail to share it with."""

    def __init__(self, share_with: str) -> None:
        super().__init__(
            "This Google Sheet is not shared with the dashboard yet.",
            f"In the Sheet choose Share, add {share_with} as a Viewer, and try again.",
        )
        self.share_with = share_with


class LinkNotShared(SheetUnreadable):
    """The Sheet is private, and was read without an account of its own (by its link alone, or with an API key)."""

    def __init__(self) -> None:
        super().__init__(
            "This Google Sheet is private: its link alone does not open it.",
            "In the Sheet choose Share, set General access to “Anyone with the link” as Viewer, and try again; "
            "or download it as .xlsx and open that file.",
        )


class SheetsApiOff(SheetUnreadable):
    """The Google Cloud project of the credentials has not switched the Sheets API on."""

    def __init__(self) -> None:
        super().__init__(
            "The Google project that the dashboard uses has the Google Sheets API switched off.",
            "In the Google Cloud console open that project, choose APIs & Services, enable “Google Sheets API”, "
            "wait a few minutes and try again.",
        )


class AccessRefused(SheetUnreadable):
    """Google knows who asks and says no, for another reason than sharing."""

    def __init__(self) -> None:
        super().__init__(
            "Google does not let the dashboard's credentials read this Sheet.",
            "Ask whoever looks after your Google account whether sharing outside the organization is restricted, "
            "or whether the API key is limited to other uses.",
        )


class SheetNotFound(SheetUnreadable):
    """There is no Sheet of that id (any more)."""

    def __init__(self) -> None:
        super().__init__(
            "Google knows no Sheet at this link.",
            "Open the Sheet in a browser and copy its whole link again; if it was deleted, restore it from the bin.",
        )


class NotASheet(SheetUnreadable):
    """The id is an Excel file kept in Google Drive, not a Google Sheet."""

    def __init__(self) -> None:
        super().__init__(
            "This link leads to an Excel file kept in Google Drive, not to a Google Sheet.",
            "Open it in Drive, choose File, then “Save as Google Sheets”, and use the link of the new Sheet; "
            "or download the file and open it here.",
        )


class TabsKeepChanging(SheetUnreadable):
    """A tab was renamed or removed while it was being read, and again in the second try.

    Waiting mends it, but asking the same again does not: the tabs' names must be read anew, so it does not "pass".
    """

    def __init__(self) -> None:
        super().__init__(
            "A tab was renamed or removed while the Sheet was being read.",
            "Wait until the tabs keep their names, then refresh.",
        )


class TooManyReadings(SheetUnreadable):
    """Google's quota of readings in a minute is used up."""

    passes = True

    def __init__(self) -> None:
        super().__init__(
            "Google has had more readings from this dashboard than it allows in a minute.",
            "Wait a minute, then refresh.",
        )


class GoogleTrouble(SheetUnreadable):
    """Google answers that something is wrong on its own side (5xx)."""

    passes = True

    def __init__(self) -> None:
        super().__init__(
            "Google Sheets has trouble on its own side just now.",
            "Nothing is wrong with your Sheet: wait a few minutes, then refresh.",
        )


class GarbledAnswer(SheetUnreadable):
    """An answer that is no answer: a web page, a body cut short, an unknown shape."""

    passes = True

    def __init__(self) -> None:
        super().__init__(
            "Google's answer arrived damaged or incomplete.",
            "Refresh in a moment; if it stays so, ask whether the network here changes or blocks what passes through.",
        )


class GoogleUnreachable(SheetUnreadable):
    """No connection to Google: no network, a refusal, a reset."""

    passes = True

    def __init__(self) -> None:
        super().__init__(
            "Google could not be reached from here.",
            "Look whether this computer is online and may reach docs.google.com and sheets.googleapis.com, "
            "then refresh.",
        )


class ConnectionNotTrusted(SheetUnreadable):
    """The certificate at the other end is not one that this computer trusts."""

    def __init__(self) -> None:
        super().__init__(
            "The connection to Google could not be verified as really being Google's.",
            "If your organization inspects its network traffic, ask for its certificate file and name it in "
            "REQUESTS_CA_BUNDLE; if not, try from another network.",
        )


class TooSlow(SheetUnreadable):
    """No whole answer within the time that a reading may take."""

    passes = True

    def __init__(self) -> None:
        super().__init__(
            "Google took too long to answer.",
            "Refresh in a moment; if it stays so, look at the network here.",
        )


class SheetTooLarge(SheetUnreadable):
    """The Sheet's answer is larger than is read at once."""

    def __init__(self) -> None:
        super().__init__(
            "This Google Sheet is larger than the dashboard reads at once.",
            "Move what the dashboard does not need (old copies, lists of other things) to another Sheet, "
            "or end such a tab's name with (ignore).",
        )


class HostRefused(SheetUnreadable):
    """A request would have gone to a host that is not Google's. Nothing was sent."""

    def __init__(self) -> None:
        super().__init__(
            "The way to this Sheet leads to an address that is not Google's, so nothing was sent there.",
            "Copy the Sheet's link again from the browser's address bar.",
        )


class CredentialsRefused(SheetUnreadable):
    """Google does not accept the key: it was deleted or disabled, or this computer's clock is wrong."""

    def __init__(self, *, kind: str = "service account key") -> None:
        remedy = (
            "Look whether the key still exists in the Google Cloud console (and whether this computer's clock is "
            "right), make a new key if not, and put it into the secrets."
            if kind != "API key"
            else "Copy the API key again from the Google Cloud console (APIs & Services, Credentials) into the secrets."
        )
        super().__init__(f"Google does not accept the dashboard's {kind}.", remedy)


class CredentialsMalformed(SheetUnreadable):
    """The key cannot even be read: a part is missing, or was changed when it was pasted."""

    def __init__(self, what: str = "The dashboard's Google service account key is incomplete or was changed.") -> None:
        super().__init__(
            what,
            "Paste the key's JSON again, whole and as downloaded: every field, and private_key with its line breaks "
            "(or \\n) kept.",
        )


class FileUnreadable(WorkbookUnreadable):
    """A file could not be read as a workbook."""


class FileMissing(FileUnreadable):
    """A path that could be a workbook's leads nowhere: like a Sheet that is gone, it could not be read."""

    def __init__(self, shown: str) -> None:
        super().__init__(f"There is no file or folder “{shown}”.", "Look at its name and where it lies, and try again.")


class FileTooLarge(FileUnreadable):
    """The file, or what it unpacks to, is larger than any workbook needs to be."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(
            what,
            remedy
            or "Keep only the tabs and rows that the dashboard reads, save the workbook under a new name, "
            "and open that one.",
        )


class FileLocked(FileUnreadable):
    """The file is protected with a password."""

    def __init__(self) -> None:
        super().__init__(
            "This file is protected with a password.",
            "Open it in your spreadsheet program, save a copy without a password, and open that copy here.",
        )


class FileOfAnotherKind(FileUnreadable):
    """The file is whole, and is not what its name says, or is of a kind that is not read."""


class FileDamaged(FileUnreadable):
    """The file is incomplete, broken, or made to do harm."""

    def __init__(self, what: str = "This file is damaged or incomplete.", remedy: str = "") -> None:
        super().__init__(
            what,
            remedy
            or "Open it in your spreadsheet program and save it again as .xlsx; if it does not open there either, "
            "download it again.",
        )
