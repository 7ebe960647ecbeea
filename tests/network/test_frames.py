"""The network as data frames: who is in them, with which columns."""

from __future__ import annotations

import pandas as pd
import pytest

from nethealth.network.graph import Network, network_at
from nethealth.network.metrics.network_metrics import compute_person_metrics
from nethealth.workbook.records import Connection, Person, Workbook


@pytest.fixture
def network() -> Network:
    people = {
        "ana": Person(key="ana", name="Ana", attributes={"Region": "North", "ties": "many"}),
        "bo": Person(key="bo", name="Bo"),
        "cy": Person(key="cy", name="Cy", on_map=False),
        "di": Person(key="di", name="Di", private_attributes={"Income": "low"}),
    }
    rows = (
        Connection(source="ana", target="bo", strength=3.0, kind="Peer"),
        Connection(source="bo", target="ana"),
        Connection(source="ana", target="cy"),
    )
    return network_at(Workbook(people=people, attributes=("Region", "ties"), connections=rows))


def test_people_have_their_metrics(network: Network) -> None:
    people = network.frames()["people"].set_index("key")
    for metrics in compute_person_metrics(network):
        if metrics.key in people.index:
            assert people.loc[metrics.key, "betweenness"] == metrics.betweenness
            assert people.loc[metrics.key, "ties"] == metrics.ties


def test_hidden_people_are_counted_but_not_listed(network: Network) -> None:
    frames = network.frames()
    assert list(frames["people"]["key"]) == ["ana", "bo", "di"]
    assert list(frames["people"]["ties"]) == [2, 1, 0]
    assert frames["ties"][["source", "target"]].to_numpy().tolist() == [["ana", "bo"]]


def test_ties_have_what_is_known(network: Network) -> None:
    tie = network.frames()["ties"].iloc[0]
    assert (tie["strength"], tie["kinds"], tie["mutual"]) == (3.0, "Peer", True)
    assert pd.isna(tie["date"])


def test_attributes_named_like_a_metric_are_marked(network: Network) -> None:
    people = network.frames()["people"].set_index("key")
    assert people.loc["ana", "ties (column)"] == "many"
    assert people.loc["ana", "Region"] == "North"


def test_private_attributes_are_not_in_it(network: Network) -> None:
    assert "Income" not in network.frames()["people"].columns


def test_empty_network_gives_empty_frames() -> None:
    frames = network_at(Workbook()).frames()
    assert {name: len(frame) for name, frame in frames.items()} == {"people": 0, "ties": 0}
