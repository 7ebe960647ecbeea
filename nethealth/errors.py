"""What can go wrong, as one tree: each error says what happened and what the reader can do about it.

Texts are written for the person who keeps the sheet, not for an engineer.
"""

from __future__ import annotations


class NetHealthError(Exception):
    """The root: `message` is one sentence on what happened, `remedy` one on what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy


class NotAWorkbook(NetHealthError):
    """What was given is no link, file or folder that could hold a workbook (exit status 2)."""


class WorkbookUnreadable(NetHealthError):
    """The workbook exists or might, and could not be read (exit status 3)."""


class UnknownWave(NetHealthError):
    """A wave of relationships was asked for by a name that the workbook does not have."""
