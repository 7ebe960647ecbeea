"""Metrics over waves as small lines."""

from __future__ import annotations

import datetime as dt

from nethealth.network.charts.wave_lines import wave_lines
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.tables.connectivity import waves_table
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from tests.network.charts.two_waves import RELATIONSHIPS, WORKBOOK
from tests.texts import numbers_in


def test_line_titles_have_the_change() -> None:
    lines = {line.title: line for line in wave_lines(analyze_connectivity(WORKBOOK).waves)}
    # Five ties among six, then four among six.
    first = next(line for title, line in lines.items() if title.startswith("Connections per member"))
    assert "fell" in first.title
    assert numbers_in(first.title) == ["1.7", "1.3"]
    assert first.points == (("First", "1.7"), ("Second <b>", "1.3"))
    assert first.picture.startswith("<svg")
    assert "Second <b>: 1.3" in first.alt
    (alone,) = (title for title in lines if "no connections" in title)
    assert "rose" in alone
    assert numbers_in(alone) == ["0%", "17%"]
    assert wave_lines(analyze_connectivity(WORKBOOK).waves[:1]) == ()
    assert wave_lines(()) == ()
    again = (*analyze_connectivity(WORKBOOK).waves, analyze_connectivity(WORKBOOK).waves[0])
    # A metric that comes back says from where: what went up has fallen since.
    titles = [line.title for line in wave_lines(again)]
    assert "Connections per member fell to 1.3, then rose back to 1.7" in titles
    assert "The share with no connections rose to 17%, then fell back to 0%" in titles


def test_response_rate_is_hidden_if_few_did_not_answer() -> None:
    people = {key: Person(key=key, name=key) for key in "ABCDEF"}
    waves = tuple(
        Wave(name=name, kinds=RELATIONSHIPS, date=dt.date(year, 5, 1), invited=6, respondents=tuple(answered))
        for name, year, answered in (("One", 2019, "ABC"), ("Two", 2020, "ABCDEF"), ("Three", 2021, "ABCDE"))
    )
    rows = tuple(Connection(source="A", target="B", wave=name) for name in ("One", "Two", "Three"))
    found = analyze_connectivity(Workbook(people=people, waves=waves, connections=rows, today=dt.date(2022, 1, 1)))
    lines = wave_lines(found.waves, smallest_group=3)
    rates = [line for line in lines if line.title.startswith("The response rate")]
    # One of six was silent in the third wave.
    assert [line.points for line in rates] == [(("One", "50%"), ("Two", "100%"), ("Three", "fewer than 3"))]
    assert "83%" in repr(wave_lines(found.waves))
    assert [row["Response rate"] for row in list(waves_table(found, smallest_group=3).rows)] == [TooFew(3), 1.0, 0.5]
    assert [row["Response rate"] for row in list(waves_table(found).rows)] == [5 / 6, 1.0, 0.5]
