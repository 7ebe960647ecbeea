"""Which waves a control offers."""

from __future__ import annotations

import datetime as dt

from nethealth.ui.controls import waves_of
from nethealth.workbook.records import Connection, Person, SurveyResponse, Wave, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind

TODAY = dt.date(2026, 5, 1)
SURVEY, RELATIONSHIPS = frozenset({WaveKind.SURVEY}), frozenset({WaveKind.RELATIONSHIPS})


def names(waves: tuple[Wave, ...], *, kind: WaveKind, answered: str = "", tied: str = "") -> list[str]:
    workbook = Workbook(
        today=TODAY,
        people={key: Person(key=key, name=key) for key in "ab"},
        waves=waves,
        responses=tuple(SurveyResponse(wave=wave, answers={"Q": 1.0}) for wave in answered),
        connections=tuple(Connection(source="a", target="b", wave=wave) for wave in tied),
    )
    return [wave.name for wave in waves_of(workbook, kind=kind)]


def test_waves_of_another_kind_are_not_offered() -> None:
    waves = (Wave(name="S", kinds=SURVEY, date=TODAY), Wave(name="R", kinds=RELATIONSHIPS, date=TODAY))
    assert names(waves, kind=WaveKind.SURVEY, answered="S", tied="R") == ["S"]
    assert names(waves, kind=WaveKind.RELATIONSHIPS, answered="S", tied="R") == ["R"]


def test_a_wave_without_a_kind_belongs_to_what_names_it() -> None:
    waves = (Wave(name="X", date=TODAY),)
    assert names(waves, kind=WaveKind.SURVEY, answered="X") == ["X"]
    assert names(waves, kind=WaveKind.SURVEY) == []
    assert names(waves, kind=WaveKind.RELATIONSHIPS, tied="X") == ["X"]


def test_a_future_survey_counts_once_it_has_answers() -> None:
    waves = (Wave(name="F", kinds=SURVEY, date=TODAY + dt.timedelta(days=1)),)
    assert names(waves, kind=WaveKind.SURVEY) == []
    assert names(waves, kind=WaveKind.SURVEY, answered="F") == ["F"]


def test_oldest_first_and_undated_before_dated() -> None:
    waves = (
        Wave(name="2", kinds=SURVEY, date=TODAY),
        Wave(name="1", kinds=SURVEY, date=TODAY - dt.timedelta(days=9)),
        Wave(name="0", kinds=SURVEY),
    )
    assert names(waves, kind=WaveKind.SURVEY) == ["0", "1", "2"]
