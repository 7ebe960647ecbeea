"""Mindset reflections: where people see their organization between the seven pairs of poles. Never scored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from nethealth.workbook.cells import folded
from nethealth.workbook.forms import tell_answered_twice
from nethealth.workbook.lookup import respondent
from nethealth.workbook.names import NameIndex, closest, split_names
from nethealth.workbook.people import Directory
from nethealth.workbook.records import MindsetReflection, Severity
from nethealth.workbook.tables import Table
from nethealth.workbook.tabs import RowContext
from nethealth.workbook.tabs.answers import MindsetRow
from nethealth.workbook.vocabulary import CHARACTERISTICS

MOST_RISING: Final = 3
_INDEX: Final = NameIndex(CHARACTERISTICS)
_BY_KEY: Final = {folded(characteristic): characteristic for characteristic in CHARACTERISTICS}


@dataclass(slots=True)
class _Answered:
    row: int
    date: dt.date | None
    table: Table[MindsetRow]
    reflection: MindsetReflection


def read_mindset(
    tables: Sequence[Table[MindsetRow]], context: RowContext, directory: Directory
) -> list[MindsetReflection]:
    """The reflections; of several of one person in a session and moment the last."""
    latest: dict[object, _Answered] = {}
    for place, table in enumerate(tables):
        for number, row in table.read(context):
            person, mark = respondent(table, directory, row.respondent, row=number)
            reflection = MindsetReflection(
                session=row.session,
                moment=row.moment,
                positions=tuple(
                    None if position is None else int(position)
                    for position in (
                        row.leadership,
                        row.decisions,
                        row.information,
                        row.orientation,
                        row.priority,
                        row.focus,
                        row.strategy,
                    )
                ),
                rose_to_the_top=_rising(table, number, row.rose_to_the_top),
                reflection=row.reflection,
                date=row.timestamp,
                respondent=person,
                entry_id=row.entry_id,
                row=number,
            )
            answered = _Answered(number, row.timestamp, table, reflection)
            who: object = (mark, row.session, row.moment) if mark is not None else (place, number)
            latest[who] = tell_answered_twice(latest[who], answered) if who in latest else answered
    return [answered.reflection for answered in latest.values()]


def _rising(table: Table[MindsetRow], number: int, text: str | None) -> tuple[str, ...]:
    """Up to three of the fourteen characteristics; what is none of them, and a fourth, is told."""
    rising: dict[str, None] = {}
    for name in split_names(text, _INDEX) if text else ():
        known = _BY_KEY.get(folded(name))
        if known is not None:
            rising[known] = None
            continue
        table.tell(
            Severity.ERROR,
            "This is none of the fourteen characteristics; it is left out.",
            partial(_nearest, name),
            row=number,
            at="rose_to_the_top",
            value=name,
        )
    if len(rising) > MOST_RISING:
        table.tell(
            Severity.WARNING,
            "More than three characteristics are named; the first three count.",
            "Keep the three that matter most.",
            row=number,
            at="rose_to_the_top",
            value=text,
        )
    return tuple(rising)[:MOST_RISING]


def _nearest(name: str) -> str:
    close = closest(name, _INDEX, limit=1)
    return f"Did you mean “{close[0]}”?" if close else "Use the words of the fourteen poles, with ; between them."
