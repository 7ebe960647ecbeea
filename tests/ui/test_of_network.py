"""What is worked out of a network is worked out once, and goes with it."""

from __future__ import annotations

import gc

from nethealth.network import Network, network_at
from nethealth.ui.connectivity import of_network as module
from nethealth.workbook.records import Person, Workbook


def network() -> Network:
    return network_at(Workbook(people={"a": Person(key="a", name="A")}))


def test_once_for_each_network_and_choice() -> None:
    asked: list[tuple[int, int]] = []

    def count(network: Network, *, times: int = 1) -> int:
        asked.append((len(network.people), times))
        return times * len(network.people)

    one, other = network(), network()
    assert [module.of_network(count, one), module.of_network(count, one)] == [1, 1]
    assert module.of_network(count, one, times=3) == 3
    assert module.of_network(count, other) == 1
    assert asked == [(1, 1), (1, 3), (1, 1)]


def test_it_goes_with_the_network() -> None:
    def size(network: Network) -> int:
        return len(network.people)

    before = len(module._known)
    short_lived = network()
    module.of_network(size, short_lived)
    assert len(module._known) == before + 1
    del short_lived
    gc.collect()
    assert len(module._known) == before
