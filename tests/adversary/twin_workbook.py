"""The marked workbook with other secrets: whatever viewers may not know is different, and nothing else.

If viewers receive the same of both, then nothing of it can be derived, in whatever way.
"""

from __future__ import annotations

import datetime as dt

from nethealth.workbook.schema.columns import CellKind
from nethealth.workbook.schema.tabs import TABS
from tests.adversary import marked_workbook as planted
from tests.adversary.marked_workbook import EVERY_MEMBER, HIDDEN, LATEST, VISIBLE

Rows = list[list[str]]
TEXTS = (CellKind.TEXT, CellKind.FREE_TEXT)
MOVED = ((2, 12), (7, 17), (11, 21), (3, 13), (4, 14), (9, 19))
OTHER_NEIGHBORS = {VISIBLE[one]: VISIBLE[other] for one, other in MOVED}


def twin_tabs() -> dict[str, Rows]:
    """Return the tabs of the twin.

    Every text for staff is another one. Half of the reports are from the other person, with that person's day. Hidden
    people live elsewhere, are tied to other people, came to no convening, and started something with someone else.
    """
    tabs = planted.marked_tabs()
    for tab in TABS:
        for place, column in enumerate(tab.columns.values()):
            is_private = planted.AUDIENCES[tab.name][column.name] in (planted.STAFF, planted.NO_ONE)
            for row in tabs[tab.name][1:] if is_private and column.kind in TEXTS and column.name != "Tags" else ():
                row[place] = f"other {row[place]}" if row[place] else ""
    _reverse_reports(tabs["Connections"])
    _move_hidden_people(tabs)
    _shift_days(tabs["Weaving"], "Date", "Due")
    return tabs


def _reverse_reports(rows: Rows) -> None:
    """Reverse a circle of one-sided reports: everyone still makes as many, and is named by as many."""
    source, target, day, wave, way = (rows[0].index(each) for each in ("From", "To", "Date", "Wave", "Heard through"))
    circle = [person for person in VISIBLE if person not in planted.SILENT]
    for row in rows[1:]:
        if row[wave] != LATEST or row[way] or row[source] not in circle or row[target] not in circle:
            continue
        if (circle.index(row[target]) - circle.index(row[source])) % len(circle) == 3:
            row[source], row[target] = row[target], row[source]
            answered = planted.first_day("Connections", "Date") + dt.timedelta(days=EVERY_MEMBER.index(row[source]))
            row[day] = answered.isoformat()


def _move_hidden_people(tabs: dict[str, Rows]) -> None:
    source, target = (tabs["Connections"][0].index(each) for each in ("From", "To"))
    for row in tabs["Connections"][1:]:
        if row[target] in HIDDEN:
            row[source] = OTHER_NEIGHBORS.get(row[source], row[source])
    region = tabs["Members"][0].index("Region")
    regions = {row[0]: row[region] for row in tabs["Members"][1:]}
    for row in tabs["Members"][1:]:
        if row[0] == HIDDEN[0]:
            row[region] = regions[VISIBLE[3]]
    attendees, attended = (tabs["Convenings"][0].index(each) for each in ("Attendees", "Attended"))
    for row in tabs["Convenings"][1:]:
        present = [name for name in row[attendees].split("; ") if name not in HIDDEN]
        row[attendees], row[attended] = "; ".join(present), str(len(present))
    collaborators = tabs["Emergent activity"][0].index("Collaborators")
    for row in tabs["Emergent activity"][1:]:
        if row[collaborators] == f"{HIDDEN[1]}; {HIDDEN[2]}":
            row[collaborators] = f"{HIDDEN[0]}; {HIDDEN[2]}"


def _shift_days(rows: Rows, *headers: str) -> None:
    for place in map(rows[0].index, headers):
        for row in rows[1:]:
            row[place] = (dt.date.fromisoformat(row[place]) + dt.timedelta(days=3)).isoformat()
