"""What would change without the hub, in text and bars."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from nethealth.network.analysis.hub_removal import HubRemoval, HubRole, analyze_hub_removal
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.graph import network_at
from nethealth.network.metrics.definitions import METRICS, REPORT_METRICS
from nethealth.network.tables import hub_removal as tables
from nethealth.sources import read_sample
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Connection, Person, Workbook
from nethealth.workbook.schema.vocabulary import TieRule
from tests.texts import numbers_in


def found_in(*pairs: str, hub: str = "h") -> HubRemoval:
    keys = {key for pair in pairs for key in pair}
    network = network_at(
        Workbook(
            people={key: Person(key=key, name=key) for key in keys},
            connections=tuple(Connection(source=pair[0], target=pair[1]) for pair in pairs),
        )
    )
    found = analyze_hub_removal(network, frozenset(hub))
    assert found is not None
    return found


STAR = found_in("ha", "hb", "hc", "hd")
RING = found_in("ab", "bc", "cd", "dh", "ha")


def test_title_has_share_depending_on_hub() -> None:
    assert tables.hub_title(STAR).endswith("no one else would be connected")
    assert tables.hub_title(RING).endswith("no one would be cut off")
    strong = replace(RING, still_connected=0.9, same_distance=0.6)
    assert numbers_in(tables.hub_title(strong)) == ["90%"]
    assert "longer" not in tables.hub_title(strong)
    leaning = replace(RING, still_connected=0.9, same_distance=0.4)
    assert numbers_in(tables.hub_title(leaning)) == ["90%"]
    assert "longer paths" in tables.hub_title(leaning)
    no_others = replace(RING, still_connected=None, same_distance=None)
    assert tables.hub_title(no_others).startswith("No one else is connected yet")


def test_text_counts_connections_of_the_hub() -> None:
    text = tables.hub_text(STAR)
    assert numbers_in(text)[2:] == ["100%", "4", "1", "4"]
    assert "from 4,096 people chosen at random" in tables.hub_text(replace(RING, sample=4_096))
    assert "no connections yet" in tables.hub_text(replace(RING, hub_tie_share=None))


def test_bars_add_up_to_one() -> None:
    no_others = replace(RING, still_connected=None, same_distance=None)
    bars = tables.reach_bars([("2024", STAR), ("2025", no_others), ("<b>2026</b>", RING)])
    assert [bar.label for bar in bars] == ["2024", "<b>2026</b>"]
    for bar in bars:
        assert bar.as_near + bar.longer + bar.cut_off == pytest.approx(1)
    assert bars[1].role is HubRole.ONE_OF_MANY
    assert bars[1].alt.startswith("<b>2026</b>")
    assert numbers_in(bars[1].alt) == ["2026", "83%", "17%", "0%"]


def test_comparison_rows() -> None:
    rows = [tuple(row.values())[1:] for row in tables.comparison_rows(STAR)]
    assert rows == [("100%", "0%"), ("100%", "25%"), ("1", "4"), ("0", "4"), ("1", "0")]


def sample() -> Workbook:
    return read_workbook(read_sample(), today=dt.date(2026, 11, 23))


def test_all_metrics_rows() -> None:
    found = analyze_connectivity(sample())
    assert found.metrics_without_hub is not None
    for_staff, for_viewers = (
        {
            str(row["Metric"]): row
            for row in tables.all_metrics_rows(found.metrics, found.metrics_without_hub, for_staff=for_staff)
        }
        for for_staff in (True, False)
    )
    rows = for_staff
    labels = {metric.id: metric.label for metric in METRICS["network"]}
    assert rows[labels["members"]]["With the hub"] == f"{found.metrics.members:,}"
    assert rows[labels["ties"]]["Without it"] == f"{found.metrics_without_hub.ties:,}"
    assert labels["response_rate"] not in rows
    assert for_staff.keys() - for_viewers.keys() == {labels[metric] for metric in REPORT_METRICS}


def test_the_sample_depends_less_on_its_hub_each_wave() -> None:
    # The sample is made this way: an office started the network, which then grew ties of its own.
    by_wave = tables.hub_removal_by_wave(sample(), rule=TieRule.EITHER)
    roles = [found.role for _, found in by_wave]
    assert [wave for wave, _ in by_wave] == ["Spring 2024", "Spring 2025", "Spring 2026"]
    assert roles == [HubRole.HUB, HubRole.STRONG_NODE, HubRole.ONE_OF_MANY]
    near = [found.same_distance for _, found in by_wave if found.same_distance is not None]
    assert all(earlier < later for earlier, later in itertools.pairwise(near))


def test_waves_without_the_hub_are_skipped() -> None:
    workbook = Workbook(people={"a": Person(key="a", name="A")}, hub=frozenset("z"))
    assert tables.hub_removal_by_wave(workbook, rule=TieRule.EITHER) == ()
