"""The table of changes between waves: values as people read them, and how sure each change is."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace

import pytest

from nethealth.network.analysis.wave_change import AS_DIRECT_WITHOUT_HUB, CHANGE_METRICS, WaveChange
from nethealth.network.tables.wave_changes import (
    FILE_NUMBERS,
    METRIC_NAMES,
    all_changes_table,
    certainty_text,
    change_text,
    changes_table,
    interval_text,
)
from nethealth.presentation.table import csv_bytes
from nethealth.sources import read_sample
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind
from tests.network.analysis.test_wave_change import matching, waves

SHARE = WaveChange(metric="isolates", before=0.30, after=0.18, margin=0.05, if_all_answered=None)


@pytest.mark.parametrize(
    ("change", "text", "interval"),
    [
        (SHARE, "−12 points", "−17 to −7"),
        (replace(SHARE, metric="density", before=0.061, after=0.045, margin=0.018), "−1.6 points", "−3.4 to +0.2"),
        (replace(SHARE, metric="average_ties", before=5.08, after=5.24, margin=1.5), "+0.2", "−1.3 to +1.7"),
        (replace(SHARE, after=0.301, margin=None), "0 points", None),
    ],
)
def test_change_and_interval_as_people_read_them(change: WaveChange, text: str, interval: str | None) -> None:
    assert (change_text(change), interval_text(change)) == (text, interval)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (SHARE, "Clear"),
        (replace(SHARE, margin=0.2), "Could be chance"),
        (replace(SHARE, if_all_answered=-0.01), "Could be missing answers"),
        (replace(SHARE, margin=None), "Too few people to say"),
        (replace(SHARE, after=SHARE.before), "No change"),
    ],
)
def test_says_what_could_explain_a_change(change: WaveChange, text: str) -> None:
    assert certainty_text(change) == text


def test_every_metric_has_a_name() -> None:
    assert set(METRIC_NAMES) == set(CHANGE_METRICS)


def test_row_has_both_values() -> None:
    table = changes_table(*waves(matching(10), matching(8)), hub=frozenset())
    row = next(row for row in table.rows if row["Metric"] == METRIC_NAMES["isolates"])
    assert (row["Before"], row["After"], row["Change"], row["How sure"]) == ("0%", "20%", "+20 points", "Clear")
    assert METRIC_NAMES[AS_DIRECT_WITHOUT_HUB] not in table.values("Metric")


def test_file_has_every_pair_of_waves_latest_first() -> None:
    table = all_changes_table(read_workbook(read_sample()))
    assert list(dict.fromkeys(zip(table.values("Compared with"), table.values("Wave"), strict=True))) == [
        ("Spring 2025", "Spring 2026"),
        ("Spring 2024", "Spring 2025"),
    ]


def test_file_has_plain_numbers_with_their_intervals() -> None:
    lines = list(
        csv.DictReader(csv_bytes(all_changes_table(read_workbook(read_sample()))).decode("utf-8-sig").splitlines())
    )
    assert {line["Unit"] for line in lines} == {"share", "connections"}
    for line in lines:
        # No apostrophe and no text: a spreadsheet can calculate with each.
        before, after, change, low, high = (float(line[header]) for header in FILE_NUMBERS)
        assert after - before == pytest.approx(change, abs=1e-5)
        assert low <= change <= high
    assert any(float(line["Change"]) < 0 for line in lines)


def test_file_leaves_intervals_of_few_people_empty() -> None:
    named = (
        Wave(name=str(year), kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(year, 5, 1))
        for year in (2025, 2026)
    )
    ties = (Connection(source="a", target="b", wave="2025"), Connection(source="a", target="c", wave="2026"))
    people = {key: Person(key=key, name=key) for key in "abcd"}
    (row, *_) = all_changes_table(Workbook(people=people, waves=tuple(named), connections=ties)).rows
    assert (row["95% interval from"], row["95% interval to"], row["How sure"]) == (None, None, "Too few people to say")
