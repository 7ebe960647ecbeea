"""Every figure is declared, and what is declared can be computed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from nethealth.network import (
    METRICS,
    compute_network_metrics,
    compute_person_metrics,
    measure_mixing,
    metrics_by_wave,
    network_at,
)
from nethealth.workbook.records import Connection, Workbook


def test_every_field_is_declared_under_its_own_name(hand_drawn: Workbook) -> None:
    network = network_at(hand_drawn)
    figures = compute_network_metrics(network)
    later = replace(hand_drawn.waves[0], name="2025", date=dt.date(2025, 5, 1))
    said = (Connection(source="ana", target="bo", wave="2025"), Connection(source="ana", target="hal", wave="2025"))
    two = replace(hand_drawn, waves=(*hand_drawn.waves, later), connections=(*hand_drawn.connections, *said))
    wave = metrics_by_wave(two)[1]
    for section, result in (
        ("network", figures),
        ("people", compute_person_metrics(network)[0]),
        ("segments", measure_mixing(network, hand_drawn, column="Region")),
    ):
        fields = result.as_json()
        assert [measure.id for measure in METRICS[section]] == list(fields)
        for measure in METRICS[section]:
            computed = measure.compute(result)
            if measure.id not in {"sizes", "ties"}:
                assert computed == fields[measure.id]
    beyond = [name for name in wave.as_json() if name not in figures.as_json()]
    assert [measure.id for measure in METRICS["waves"]] == [name for name in beyond if name != "date"]
    # Ana-Bo is kept, Ana-Hal new, the five others are lost.
    assert [measure.compute(wave) for measure in METRICS["waves"]] == [1, 1, 5, 1 / 7]
    assert all(measure.compute(metrics_by_wave(two)[0]) is None for measure in METRICS["waves"])


ALL = [(section, measure) for section, measures in METRICS.items() for measure in measures]


def test_density_is_read_beside_ties_per_member() -> None:
    readings = {measure.id: measure.reading for measure in METRICS["network"]}
    assert "ties per member" in readings["density"]
    assert "ties per member" in readings["reported_density"]


@pytest.mark.parametrize(("section", "measure"), ALL, ids=[f"{section}.{measure.id}" for section, measure in ALL])
def test_texts_are_whole_sentences(section: str, measure) -> None:  # type: ignore[no-untyped-def]
    assert measure.question.endswith("?")
    assert re.search(r"[.!]$", measure.reading)
    assert re.search(r"[.!]$", measure.not_meaning)
    assert not re.search(r"\.$", measure.undefined)
