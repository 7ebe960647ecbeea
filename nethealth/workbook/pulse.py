"""Answers to the statements of a pulse."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from nethealth.workbook.schema.vocabulary import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class PulseAnswer:
    """How far one person agreed with one statement, in one session at one moment. No one's name is kept."""

    statement: str
    answer: int
    """From 1 (strongly disagree) to 5 (strongly agree)."""
    session: str | None = None
    moment: Moment | None = None
    date: dt.date | None = None
    entry_id: str | None = None
    row: int | None = None
