"""Connections kept, new, and lost from wave to wave."""

from __future__ import annotations

from nethealth.network.charts import tie_changes as charts
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.tables import connectivity as tables
from tests.network.two_wave_network import WORKBOOK


def test_kept_new_and_lost_ties() -> None:
    waves = analyze_connectivity(WORKBOOK).waves
    # Among the six who are in both: A-B and C-D stayed, B-C was lost, D-E and E-H are new.
    assert "2 of 3 connections and formed 2 new" in charts.change_title(waves)
    assert [list(bars.y) for bars in charts.change_chart(waves).data] == [[2], [2], [-1]]
    assert charts.change_alt(waves).endswith("2026: 2 kept, 2 new, 1 lost.")
    assert "after the second wave" in charts.change_title(waves[:1])
    rows = tables.waves_table(analyze_connectivity(WORKBOOK)).rows
    assert [row["Wave"] for row in rows] == ["2026", "2025"]
    # Numbers stay numbers in files.
    assert not [row for row in rows if isinstance(row["Connections per member"], str) or isinstance(row["Kept"], str)]
