"""Mindset reflections: where people see their organization between the seven pairs of poles. Never scored."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.names import NameIndex, closest, name_key
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.readers.forms import tell_answered_twice
from nethealth.workbook.readers.name_resolution import respondent
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import MindsetReflection, Severity
from nethealth.workbook.schema.survey_tabs import MindsetRow
from nethealth.workbook.schema.tabs import RowContext
from nethealth.workbook.schema.vocabulary import CHARACTERISTIC_SPELLINGS, CHARACTERISTICS

MOST_RISING: Final = 3
_INDEX: Final = NameIndex(CHARACTERISTICS)
_BY_KEY: Final = {folded(spelling): pole for spelling, pole in CHARACTERISTIC_SPELLINGS.items()}
_BREAKS: Final = re.compile(r"[;；\n]")
_COMMAS: Final = re.compile(r"[,，、]")


@dataclass(slots=True)
class _Answered:
    row: int
    date: dt.date | None
    table: TabRows[MindsetRow]
    reflection: MindsetReflection


def read_mindset(
    tables: Sequence[TabRows[MindsetRow]], context: RowContext, directory: Directory
) -> list[MindsetReflection]:
    """The reflections; of several of one person in a session and moment the last.

    A session is called as it was first; as for waves, neither case nor spacing makes another one of it.
    """
    latest: dict[object, _Answered] = {}
    sessions: dict[str, str] = {}
    for place, table in enumerate(tables):
        for number, row in table.read(context):
            person, mark = respondent(table, directory, row.respondent, row=number)
            session = sessions.setdefault(name_key(row.session), row.session) if row.session else None
            reflection = MindsetReflection(
                session=session,
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
            who: object = (mark, session, row.moment) if mark is not None else (place, number)
            latest[who] = tell_answered_twice(latest[who], answered) if who in latest else answered
    return [answered.reflection for answered in latest.values()]


def _rising(table: TabRows[MindsetRow], number: int, text: str | None) -> tuple[str, ...]:
    """Up to three of the fourteen characteristics; what is none of them, and a fourth, is told."""
    rising: dict[str, None] = {}
    for name in _named(text or ""):
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


def _named(text: str) -> Iterator[str]:
    """What a cell names, taken apart at `;`, line breaks and commas; a pole that itself holds a comma stays whole."""
    for piece in _BREAKS.split(text):
        parts = [part.strip() for part in _COMMAS.split(piece)]
        while parts:
            # However it is typed ("top down, directive leadership"), two parts that make a pole are that pole.
            taken = 2 if folded(" ".join(parts[:2])) in _BY_KEY and folded(parts[0]) not in _BY_KEY else 1
            name = ", ".join(parts[:taken])
            del parts[:taken]
            if name:
                yield name


def _nearest(name: str) -> str:
    close = closest(name, _INDEX, limit=1)
    return f"Did you mean “{close[0]}”?" if close else "Use the words of the fourteen poles, with ; between them."
