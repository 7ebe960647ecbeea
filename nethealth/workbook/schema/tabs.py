"""The tabs, in one place: their names, aliases, columns, and what each cell may hold.

One pydantic row model a tab. The reader, the template, the docs and the sample are made from `TABS` and
`SETTING_VALUES`; a new column is a new field of its tab's model.
"""

from __future__ import annotations

from nethealth.workbook.schema.activity_tabs import ACTIVITIES, AGREEMENTS, CONVENINGS, EMERGENT, PLATFORM
from nethealth.workbook.schema.columns import CellKind, Column, Row, RowContext, Tab
from nethealth.workbook.schema.membership_tabs import (
    COLUMN_NAMES,
    CONNECTIONS,
    MEMBERS,
    SETTING_VALUES,
    SETTINGS,
    WAVES,
    WEAVING,
)
from nethealth.workbook.schema.survey_tabs import ACTIONS, MINDSET, PULSE, QUESTIONS, REFERENCE, SCALES, SURVEY
from nethealth.workbook.schema.update_tab import UPDATES

TABS: tuple[Tab, ...] = (
    SETTINGS,
    MEMBERS,
    CONNECTIONS,
    WAVES,
    WEAVING,
    SURVEY,
    QUESTIONS,
    SCALES,
    ACTIONS,
    CONVENINGS,
    ACTIVITIES,
    PLATFORM,
    AGREEMENTS,
    EMERGENT,
    MINDSET,
    PULSE,
    REFERENCE,
    COLUMN_NAMES,
    UPDATES,
)
"""Every tab of the contract, in the order of the template."""

__all__ = [
    "ACTIONS",
    "ACTIVITIES",
    "AGREEMENTS",
    "COLUMN_NAMES",
    "CONNECTIONS",
    "CONVENINGS",
    "EMERGENT",
    "MEMBERS",
    "MINDSET",
    "PLATFORM",
    "PULSE",
    "QUESTIONS",
    "REFERENCE",
    "SCALES",
    "SETTINGS",
    "SETTING_VALUES",
    "SURVEY",
    "TABS",
    "UPDATES",
    "WAVES",
    "WEAVING",
    "CellKind",
    "Column",
    "Row",
    "RowContext",
    "Tab",
]
