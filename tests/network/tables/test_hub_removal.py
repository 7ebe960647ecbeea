"""If the hub stepped back, in words and bars."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from nethealth.network import HubRemoval, HubRole, analyze_hub_removal, network_at
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.tables import hub_removal as tables
from nethealth.sources import read_sample
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Connection, Person, Workbook
from nethealth.workbook.schema.vocabulary import TieRule


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


def test_the_heading_answers_the_question() -> None:
    assert tables.stepping_back_title(STAR) == (
        "The network hangs on its hub: without it only 0% of pairs would still reach each other"
    )
    assert tables.stepping_back_title(RING) == (
        "The hub is one of many nodes: without it everybody who reaches each other now still would"
    )
    strong = replace(RING, still_connected=0.9, same_distance=0.6)
    assert tables.stepping_back_title(strong) == (
        "The hub is a strong node, not the only one: without it 90% of pairs would still reach each other"
    )
    leaning = replace(RING, still_connected=0.9, same_distance=0.4)
    assert tables.stepping_back_title(leaning) == (
        "Most ways run through the hub: without it 90% of pairs would still reach each other, mostly by longer ways"
    )
    nobody = replace(RING, still_connected=None, same_distance=None)
    assert tables.stepping_back_title(nobody) == "If we stepped back: no two others reach each other yet"


def test_what_it_would_mean_text() -> None:
    assert tables.stepping_back_text(STAR) == (
        "The hub, 1 of the 5 people here, has part in 100% of all ties: 4 for each of the hub, where the others have "
        "1 each. Without it 4 more people would have no tie at all."
    )
    assert tables.stepping_back_text(RING).endswith("Nobody would be left without any tie who has one now.")
    assert "told from 4,096 people drawn by lot" in tables.stepping_back_text(replace(RING, sample=4_096))
    assert "no tie yet" in tables.stepping_back_text(replace(RING, hub_tie_share=None))


def test_bars_make_up_a_whole() -> None:
    nobody = replace(RING, still_connected=None, same_distance=None)
    bars = tables.bars([("2024", STAR), ("2025", nobody), ("<b>2026</b>", RING)])
    assert [bar.label for bar in bars] == ["2024", "<b>2026</b>"]
    for bar in bars:
        assert bar.as_near + bar.longer + bar.cut_off == pytest.approx(1)
    assert bars[1].role is HubRole.ONE_OF_MANY
    assert bars[1].in_words == "<b>2026</b>: 83% as directly as now, 17% by a longer way, 0% no more"


def test_figures_side_by_side() -> None:
    assert tables.with_and_without_rows(STAR) == [
        {"Of the others": "Pairs who can reach each other", "With the hub": "100%", "Without it": "0%"},
        {"Of the others": "In the largest part", "With the hub": "100%", "Without it": "25%"},
        {"Of the others": "Parts", "With the hub": "1", "Without it": "4"},
        {"Of the others": "People without a tie", "With the hub": "0", "Without it": "4"},
        {"Of the others": "Ties per person", "With the hub": "1", "Without it": "0"},
    ]


def sample() -> Workbook:
    return read_workbook(read_sample(), today=dt.date(2026, 11, 23))


def test_every_figure_stands_side_by_side() -> None:
    found = analyze_connectivity(sample())
    assert found.metrics_without_hub is not None
    rows = {str(row["Figure"]): row for row in tables.every_figure_rows(found.metrics, found.metrics_without_hub)}
    assert rows["People on the map"]["With the hub"] == f"{found.metrics.members:,}"
    assert rows["Ties"]["Without it"] == f"{found.metrics_without_hub.ties:,}"
    assert "Response rate" not in rows


def test_from_wave_to_wave_the_sample_grows_past_its_hub() -> None:
    # The sample is made so: a network that its office began, and that grew ties of its own.
    told = tables.stepping_back_by_wave(sample(), rule=TieRule.EITHER)
    roles = [found.role for _, found in told]
    assert [wave for wave, _ in told] == ["Spring 2024", "Spring 2025", "Spring 2026"]
    assert roles == [HubRole.HUB, HubRole.STRONG_NODE, HubRole.ONE_OF_MANY]
    near = [found.same_distance for _, found in told if found.same_distance is not None]
    assert all(earlier < later for earlier, later in itertools.pairwise(near))


def test_waves_without_the_hub_are_left_out() -> None:
    workbook = Workbook(people={"a": Person(key="a", name="A")}, hub=frozenset("z"))
    assert tables.stepping_back_by_wave(workbook, rule=TieRule.EITHER) == ()
