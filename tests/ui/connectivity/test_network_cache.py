"""Results are kept with their network, and go with it."""

from __future__ import annotations

import gc

from nethealth.network import network_at
from nethealth.ui.connectivity import network_cache as module
from nethealth.ui.connectivity.network_cache import cached_on_network
from nethealth.workbook.records import Connection, Person, Workbook


def made(*pairs: str) -> Workbook:
    people = {key: Person(key=key, name=key) for pair in pairs for key in pair}
    return Workbook(people=people, connections=tuple(Connection(source=pair[0], target=pair[1]) for pair in pairs))


def test_made_once_for_each_network_and_question() -> None:
    asked: list[str] = []

    def make(answer: str) -> str:
        asked.append(answer)
        return answer

    one, other = network_at(made("ab")), network_at(made("ab"))
    assert [cached_on_network(one, "x", lambda: make("first")), cached_on_network(one, "x", lambda: make("again"))] == [
        "first",
        "first",
    ]
    assert cached_on_network(one, ("x", None), lambda: make("second")) == "second"
    # Equal, and yet another network.
    assert one == other
    assert cached_on_network(other, "x", lambda: make("third")) == "third"
    assert asked == ["first", "second", "third"]


def test_nothing_remains_of_a_network_that_is_gone() -> None:
    gc.collect()  # what earlier tests left may else go at any moment
    before = len(module._kept)
    workbook = made("ab", "bc")
    network = network_at(workbook)
    cached_on_network(network, "x", lambda: object())
    assert len(module._kept) == before + 1
    del network, workbook
    gc.collect()
    assert len(module._kept) == before
