"""What a later change does to a row's cells: most replace a cell, an outcome or a participant is added to one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from nethealth.workbook.raw import RawCell
from nethealth.workbook.schema.tabs import ACTIVITIES, CONVENINGS, EMERGENT, WEAVING, Tab

OUTCOME: Final = "Outcome"
"""The Field that adds a line with its date to Outcomes to date."""
PARTICIPANT: Final = "Participant"
"""The Field that adds a name to the people of a row."""
_PEOPLE: Final[Mapping[str, str]] = {
    WEAVING.name: "introduced_to",
    CONVENINGS.name: "attendees",
    ACTIVITIES.name: "attendees",
    EMERGENT.name: "collaborators",
}


def changed_column(tab: Tab, field: str) -> str | None:
    """Return the name of the column that a change of `field` is about; None if the tab has no such column."""
    if field == OUTCOME:
        return tab.columns["outcomes"].name if tab is EMERGENT else None
    if field == PARTICIPANT:
        return tab.columns[_PEOPLE[tab.name]].name if tab.name in _PEOPLE else None
    return next((column.name for column in tab.columns.values() if column.name == field), None)


def changed_cell(cell: RawCell, *, field: str, value: RawCell, day: dt.date | None) -> RawCell:
    """Return what a cell holds after a change of `field` on `day`."""
    if field == OUTCOME:
        line = f"{day.isoformat()}: {value}" if day is not None else str(value)
        return f"{cell}\n{line}" if cell else line
    if field == PARTICIPANT:
        return f"{cell}; {value}" if cell else value
    return value
