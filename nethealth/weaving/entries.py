"""What people record about weaving, as cells of the Weaving tab."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from nethealth.workbook.name_lists.person_cells import person_cell
from nethealth.workbook.raw import RawCell
from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.schema.tabs import WEAVING


def weavers(workbook: Workbook) -> list[str]:
    """Return the names of everyone who recorded a conversation, the most recent first."""
    dated = sorted(workbook.weaving, key=lambda each: each.date or dt.date.min, reverse=True)
    return list(dict.fromkeys(each.weaver for each in dated if each.weaver))


def conversation_cells(
    workbook: Workbook,
    *,
    date: dt.date,
    weaver: str,
    member: PersonKey,
    introduced_to: Iterable[PersonKey] = (),
    heard: str = "",
    follow_up: str = "",
    due: dt.date | None = None,
) -> dict[str, RawCell]:
    """Return the cells of a conversation by column, with blank ones. `workbook` as in `person_cell`."""
    others = [person_cell(key, workbook) for key in introduced_to if key != member]
    return {
        _column("date"): date,
        _column("weaver"): weaver.strip(),
        _column("member"): person_cell(member, workbook),
        _column("introduced_to"): "; ".join(others),
        _column("what_we_heard"): heard.strip(),
        _column("follow_up"): follow_up.strip(),
        _column("due"): due,
    }


def introduction_cells(
    workbook: Workbook, *, date: dt.date, weaver: str, one: PersonKey, other: PersonKey, is_made: bool
) -> dict[str, RawCell]:
    """Return the cells that say that two people were introduced, or that now isn't the time."""
    made, not_now = WEAVING.columns["introduction"].choices
    cells = conversation_cells(workbook, date=date, weaver=weaver, member=one, introduced_to=(other,))
    return {**cells, _column("introduction"): made if is_made else not_now}


def _column(field: str) -> str:
    return WEAVING.columns[field].name
