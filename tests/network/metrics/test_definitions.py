"""Every metric in JSON is defined under its own name, and definitions read well."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from nethealth.metric import Metric
from nethealth.network.analysis.attribute_mixing import measure_mixing
from nethealth.network.analysis.wave_metrics import metrics_by_wave
from nethealth.network.graph import network_at
from nethealth.network.metrics.definitions import METRICS, PAGE_METRICS
from nethealth.network.metrics.network_metrics import compute_network_metrics, compute_person_metrics
from nethealth.workbook.records import Connection, Workbook


def ids(section: str) -> list[str]:
    return [metric.id for metric in (METRICS | PAGE_METRICS)[section]]


def test_json_keys_are_the_defined_ids(hand_drawn: Workbook) -> None:
    network = network_at(hand_drawn)
    assert ids("network") == list(compute_network_metrics(network).as_json())
    assert ids("people") == list(compute_person_metrics(network)[0].as_json())
    assert ids("segments") == list(measure_mixing(network, hand_drawn, column="Region").as_json())


def test_wave_keys_are_the_defined_ids(hand_drawn: Workbook) -> None:
    later = replace(hand_drawn.waves[0], name="2025", date=dt.date(2025, 5, 1))
    new = (Connection(source="ana", target="bo", wave="2025"), Connection(source="ana", target="hal", wave="2025"))
    two = replace(hand_drawn, waves=(*hand_drawn.waves, later), connections=(*hand_drawn.connections, *new))
    first, second = (wave.as_json() for wave in metrics_by_wave(two))
    own = [key for key in second if key not in ids("network") and key != "date"]
    assert own == ids("waves")
    # Ana-Bo continues, Ana-Hal is new, the five others are lost.
    assert [second[key] for key in own] == [1, 1, 5, 1 / 7]
    assert [first[key] for key in own] == [None] * 4


def test_value_is_read_from_the_result(hand_drawn: Workbook) -> None:
    metrics = compute_network_metrics(network_at(hand_drawn))
    assert {metric.id: metric.value(metrics) for metric in METRICS["network"]} == metrics.as_json()


def test_density_points_to_connections_per_member() -> None:
    readings = {metric.id: metric.reading for metric in METRICS["network"]}
    assert "connections per member" in readings["density"]
    assert "onnections per member" in readings["reported_density"]


ALL = [
    pytest.param(metric, id=f"{section}.{metric.id}")
    for section, metrics in (METRICS | PAGE_METRICS).items()
    for metric in metrics
]
OLD_WORDS = r"\b([Ee]verybody|[Ss]omebody|[Nn]obody|whoever|whom|beside|told|ties?(?! rule))\b"


@pytest.mark.parametrize("metric", ALL)
def test_texts_are_whole_sentences(metric: Metric) -> None:
    assert metric.question.endswith("?")
    for text in (metric.reading, metric.not_meaning):
        assert text.endswith(".")
        assert all(len(sentence.split()) <= 20 for sentence in re.split(r"[.:?] ", text))
    assert len(metric.question.split()) <= 20
    assert not metric.undefined.endswith(".")


@pytest.mark.parametrize("metric", ALL)
def test_texts_use_plain_words(metric: Metric) -> None:
    text = f"{metric.label} {metric.question} {metric.reading} {metric.not_meaning} {metric.undefined}"
    assert not re.search(OLD_WORDS, text)
