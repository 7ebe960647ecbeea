"""Read what rooms answer: mindset reflections (seven pairs of poles, never scored), and the statements of a pulse."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from nethealth.workbook.cells.characters import folded
from nethealth.workbook.cells.names import NameIndex, closest, name_key
from nethealth.workbook.pulse import PulseAnswer
from nethealth.workbook.readers.directory import Directory
from nethealth.workbook.readers.forms import keep_latest_answer
from nethealth.workbook.readers.name_resolution import resolve_respondent
from nethealth.workbook.readers.tab_rows import TabRows
from nethealth.workbook.records import MindsetReflection, Severity
from nethealth.workbook.schema.survey_tabs import MindsetRow, PulseRow
from nethealth.workbook.schema.tabs import RowContext
from nethealth.workbook.schema.vocabulary import CHARACTERISTIC_SPELLINGS, CHARACTERISTICS

MAX_RISING: Final = 3
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
    """Return the reflections. Each person's last one for a session and moment counts.

    A session keeps its first spelling; as with waves, case and spacing don't make it a different one.
    """
    latest: dict[object, _Answered] = {}
    sessions: dict[str, str] = {}
    for place, table in enumerate(tables):
        for number, row in table.read(context):
            person, respondent_id = resolve_respondent(table, directory, row.respondent, row=number)
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
                rose_to_the_top=_top_characteristics(table, number, row.rose_to_the_top),
                reflection=row.reflection,
                date=row.timestamp,
                respondent=person,
                entry_id=row.entry_id,
                row=number,
            )
            answered = _Answered(number, row.timestamp, table, reflection)
            identity: object = (place, number) if respondent_id is None else (respondent_id, session, row.moment)
            latest[identity] = keep_latest_answer(latest[identity], answered) if identity in latest else answered
    return [answered.reflection for answered in latest.values()]


def read_pulse(table: TabRows[PulseRow], context: RowContext) -> Iterator[PulseAnswer]:
    """Yield the answers. Of one respondent's answers to a statement in a session and moment, the last counts.

    Sessions and statements keep their first spelling.
    """
    spellings: dict[str, str] = {}
    last: dict[object, PulseAnswer] = {}
    for number, row in table.read(context):
        session = None if row.session is None else spellings.setdefault(f"1 {name_key(row.session)}", row.session)
        statement = spellings.setdefault(f"2 {name_key(row.statement)}", row.statement)
        answer = PulseAnswer(
            statement=statement,
            answer=int(row.answer),
            session=session,
            moment=row.moment,
            date=row.date,
            entry_id=row.entry_id,
            row=number,
        )
        who = number if row.respondent is None else name_key(row.respondent)
        last[who, session, row.moment, statement] = answer
    yield from last.values()


def _top_characteristics(table: TabRows[MindsetRow], number: int, text: str | None) -> tuple[str, ...]:
    """Return up to three of the fourteen characteristics; report unknown ones, and a fourth."""
    rising: dict[str, None] = {}
    for name in _split_characteristics(text or ""):
        known = _BY_KEY.get(folded(name))
        if known is not None:
            rising[known] = None
            continue
        table.report(
            Severity.ERROR,
            "This isn’t one of the fourteen characteristics, so we skipped it.",
            partial(_suggest, name),
            row=number,
            at="rose_to_the_top",
            value=name,
        )
    if len(rising) > MAX_RISING:
        table.report(
            Severity.WARNING,
            "This cell names more than three characteristics. We use the first three.",
            "Keep the three that matter most.",
            row=number,
            at="rose_to_the_top",
            value=text,
        )
    return tuple(rising)[:MAX_RISING]


def _split_characteristics(text: str) -> Iterator[str]:
    """Split a cell at `;`, line breaks, and commas; a characteristic that contains a comma stays whole."""
    for piece in _BREAKS.split(text):
        parts = [part.strip() for part in _COMMAS.split(piece)]
        while parts:
            # Two parts that make one characteristic ("top down, directive leadership") are that characteristic.
            taken = 2 if folded(" ".join(parts[:2])) in _BY_KEY and folded(parts[0]) not in _BY_KEY else 1
            name = ", ".join(parts[:taken])
            del parts[:taken]
            if name:
                yield name


def _suggest(name: str) -> str:
    close = closest(name, _INDEX, limit=1)
    return (
        f"Did you mean “{close[0]}”?" if close else "Use the fourteen characteristics as listed. Separate them with ;."
    )
