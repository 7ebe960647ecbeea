"""Small workbooks to try the overview on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from nethealth.overview.facts import Facts, gather_facts
from nethealth.workbook.records import (
    Connection,
    Gathering,
    Person,
    Question,
    QuestionKind,
    Spell,
    SurveyResponse,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import AGREEMENT, Level
from nethealth.workbook.tab_reading import TabReading

TODAY = dt.date(2026, 5, 1)
OUTCOME = "Meaningful relationships"
ITEM = "I know someone to call"


def people(count: int, *, joined: dt.date = dt.date(2024, 1, 1), left: Iterable[int] = ()) -> dict[str, Person]:
    gone = set(left)
    ends = {n: dt.date(2025, 6, 1) if n in gone else None for n in range(count)}
    return {f"p{n}": Person(key=f"p{n}", name=f"P {n}", spells=(Spell(joined, ends[n]),)) for n in range(count)}


def ring(size: int, *, start: int = 0) -> tuple[Connection, ...]:
    return tuple(
        Connection(source=f"p{start + n}", target=f"p{start + (n + 1) % size}", date=TODAY) for n in range(size)
    )


def facts(**tabs: object) -> Facts:
    return gather_facts(Workbook(today=TODAY, **tabs), as_of=TODAY)  # type: ignore[arg-type]


def convenings(*days: dt.date) -> tuple[Gathering, ...]:
    return tuple(Gathering(date=day, title="Convening") for day in days)


def survey(wave: str, answers: Iterable[float], *, on: dt.date) -> tuple[SurveyResponse, ...]:
    return tuple(SurveyResponse(wave=wave, date=on, answers={ITEM: value}) for value in answers)


QUESTION = Question(text=ITEM, kind=QuestionKind.SCALE, scale=AGREEMENT, level=Level.PARTICIPANT, outcome=OUTCOME)


def read_tab(name: str, *, rows: int, rejected: int) -> TabReading:
    return TabReading(tab=name, title=name, rows=rows, accepted=rows - rejected, merged=0, rejected=rejected)
