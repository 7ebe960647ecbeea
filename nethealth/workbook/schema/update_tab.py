"""The tab for later changes to rows, which the app adds instead of changing what someone typed."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final

from nethealth.workbook.raw import RawCell
from nethealth.workbook.schema.columns import CellKind, Column, EntryId, Row, tab

WHOLE_ROW: Final = "Whole row"
"""The Field of an update about a whole row."""
UNDONE: Final = "Undone"
"""Its Value: the row no longer counts."""


class UpdateRow(Row):
    """Later changes to rows of other tabs. The app adds them, and never changes a row that someone typed."""

    date: Annotated[
        dt.date | None, Column(name="Date", kind=CellKind.DATE, help="The day of the change. A later one wins.")
    ] = None
    tab: Annotated[str | None, Column(name="Tab", help="The tab of the row that changes.")] = None
    row: Annotated[
        str,
        Column(
            name="Row",
            required=True,
            help="The row's Entry ID (NH-…), or its mark (ROW-…) if someone typed it. The app fills this in.",
        ),
    ]
    field: Annotated[
        str,
        Column(
            name="Field",
            required=True,
            help=f"The column that changes; Outcome or Participant, to add one; or {WHOLE_ROW}.",
        ),
    ]
    value: Annotated[
        RawCell,
        Column(
            name="Value",
            kind=CellKind.ANYTHING,
            help=f"What the cell holds from then on; blank clears it. {UNDONE}, for a whole row that no longer counts.",
        ),
    ] = None
    entry_id: EntryId = None


UPDATES = tab("Updates", UpdateRow)
