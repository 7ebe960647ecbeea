"""The network without its hub, by hand and compared with networkx."""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Callable

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.analysis.hub_removal import HubRemoval, HubRole, analyze_hub_removal
from nethealth.network.analysis.wave_metrics import metrics_without_hub
from nethealth.network.graph import network_at
from nethealth.workbook.records import Connection, Person, Workbook
from nethealth.workbook.schema.vocabulary import TieRule

module = importlib.import_module("nethealth.network.analysis.hub_removal")
"""The module, which the function of the same name hides."""
MakeWorkbook = Callable[..., Workbook]


def found_in(workbook: Workbook, hub: str) -> HubRemoval:
    found = analyze_hub_removal(network_at(workbook), frozenset(hub))
    assert found is not None
    return found


def test_hand_drawn_network_without_cy(hand_drawn: Workbook) -> None:
    found = analyze_hub_removal(network_at(hand_drawn), hand_drawn.hub)
    assert found is not None
    assert (found.hub, found.others) == (1, 8)
    # Ana, Bo, Di and Ed are one part with Cy in it, two pairs without; Flo and Gus stay a pair, Hal and Ida alone.
    assert (found.with_hub.components, found.without_hub.components) == (4, 5)
    assert (found.with_hub.largest_component, found.without_hub.largest_component) == (4, 2)
    assert (found.with_hub.isolates, found.without_hub.isolates, found.new_isolates) == (2, 2, 0)
    assert found.with_hub.average_ties == pytest.approx(9 / 8)
    assert found.without_hub.average_ties == pytest.approx(6 / 8)
    assert found.with_hub.connectedness == pytest.approx(7 / 28)
    assert found.without_hub.connectedness == pytest.approx(3 / 28)
    assert (found.still_connected, found.same_distance) == (pytest.approx(3 / 7), pytest.approx(3 / 7))
    assert found.disconnected == pytest.approx(4 / 7)
    assert found.longer_path == pytest.approx(0)
    assert (found.hub_tie_share, found.hub_average_ties) == (pytest.approx(0.5), 3)
    assert found.role is HubRole.HUB


def test_ring_member_lengthens_one_path(workbook_of: MakeWorkbook) -> None:
    found = found_in(workbook_of(["ab", "bc", "cd", "dh", "ha"]), "h")
    # Only the path from a to d becomes longer.
    assert (found.still_connected, found.same_distance) == (1, pytest.approx(5 / 6))
    assert found.longer_path == pytest.approx(1 / 6)
    assert found.disconnected == 0
    assert found.role is HubRole.ONE_OF_MANY


def test_star_depends_on_its_hub(workbook_of: MakeWorkbook) -> None:
    found = found_in(workbook_of([("h", leaf) for leaf in "abcdef"]), "h")
    assert (found.still_connected, found.same_distance, found.new_isolates) == (0, 0, 6)
    assert found.hub_tie_share == 1
    assert found.role is HubRole.HUB


def test_strong_node(workbook_of: MakeWorkbook) -> None:
    # A ring of six around the hub: without it those opposite (3 of 15 pairs) are 3 steps apart instead of 2.
    ring = list(itertools.pairwise("abcdefa"))
    found = found_in(workbook_of([*ring, *(("h", one) for one in "abcdef")]), "h")
    assert found.same_distance == pytest.approx(12 / 15)
    assert found.role is HubRole.ONE_OF_MANY
    # Now f is tied with g instead, and i with the hub alone: without it i reaches none of the seven others, and five
    # pairs (a-d, b-e, g-b, g-c, g-d) have a longer way. 28 pairs reach each other now.
    found = found_in(workbook_of([*ring, *(("h", one) for one in "abcdegi"), ("f", "g")]), "h")
    assert (found.still_connected, found.same_distance) == (pytest.approx(21 / 28), pytest.approx(16 / 28))
    assert found.role is HubRole.STRONG_NODE


def test_missing_hub_gives_none(hand_drawn: Workbook) -> None:
    network = network_at(hand_drawn)
    assert analyze_hub_removal(network, frozenset({"elsewhere"})) is None
    assert analyze_hub_removal(network, frozenset()) is None


def test_only_the_hub_gives_none(workbook_of: MakeWorkbook) -> None:
    assert analyze_hub_removal(network_at(workbook_of(["ab"])), frozenset("ab")) is None


def test_no_connected_pairs_give_no_role(workbook_of: MakeWorkbook) -> None:
    found = found_in(workbook_of(["ha"], people="ahb"), "h")
    assert (found.still_connected, found.same_distance, found.longer_path, found.disconnected, found.role) == (
        None,
        None,
        None,
        None,
        None,
    )
    assert found.new_isolates == 1
    alone = found_in(workbook_of(["ha"]), "h")
    assert alone.with_hub.connectedness is None


@pytest.mark.parametrize("rule", TieRule)
def test_matches_metrics_without_hub(hand_drawn: Workbook, rule: TieRule) -> None:
    found = analyze_hub_removal(network_at(hand_drawn, rule=rule), hand_drawn.hub)
    figures = metrics_without_hub(hand_drawn, rule=rule)
    assert found is not None
    assert figures is not None
    assert (
        found.others,
        found.without_hub.isolates,
        found.without_hub.components,
        found.without_hub.largest_component,
    ) == (
        figures.members,
        figures.isolates,
        figures.components,
        figures.largest_component,
    )
    assert found.without_hub.average_ties == pytest.approx(figures.average_ties)


KEYS = "abcdefghij"
graphs = st.sets(st.sampled_from(list(itertools.combinations(KEYS, 2))), max_size=20)
hubs = st.sets(st.sampled_from(KEYS), min_size=1, max_size=4)


def by_networkx(ties: set[tuple[str, str]], hub: set[str]) -> tuple[float | None, float | None]:
    """Return the shares of `still_connected` and `same_distance` pair by pair."""
    whole = nx.Graph(ties)
    whole.add_nodes_from(KEYS)
    left = whole.copy()
    left.remove_nodes_from(hub)
    before = dict(nx.all_pairs_shortest_path_length(whole))
    after = dict(nx.all_pairs_shortest_path_length(left))
    pairs = [(a, b) for a, b in itertools.combinations(left, 2) if b in before[a]]
    if not pairs:
        return None, None
    still = sum(b in after[a] for a, b in pairs)
    near = sum(after[a].get(b) == before[a][b] for a, b in pairs)
    return still / len(pairs), near / len(pairs)


@settings(max_examples=80, deadline=None)
@given(ties=graphs, hub=hubs)
def test_shares_match_networkx(ties: set[tuple[str, str]], hub: set[str]) -> None:
    workbook = Workbook(
        people={key: Person(key=key, name=key) for key in KEYS},
        connections=tuple(Connection(source=one, target=other) for one, other in ties),
    )
    found = analyze_hub_removal(network_at(workbook), frozenset(hub))
    assert found is not None
    still, near = by_networkx(ties, hub)
    assert found.still_connected == (None if still is None else pytest.approx(still))
    assert found.same_distance == (None if near is None else pytest.approx(near))
    assert (
        found.without_hub.connectedness is None
        or found.with_hub.connectedness is None
        or found.without_hub.connectedness <= found.with_hub.connectedness
    )
    assert found.without_hub.components >= found.with_hub.components
    assert found.without_hub.average_ties <= found.with_hub.average_ties
    assert found.new_isolates >= 0
    if found.still_connected is not None:
        assert found.same_distance is not None
        assert 0 <= found.same_distance <= found.still_connected <= 1


def test_large_networks_are_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [f"p{number:03}" for number in range(300)]
    # A ring with chords, and a hub tied to everyone in the first third.
    ties = [(keys[at], keys[(at + step) % 300]) for at in range(300) for step in (1, 7)]
    ties += [("hub", key) for key in keys[:100]]
    workbook = Workbook(
        people={key: Person(key=key, name=key) for key in [*keys, "hub"]},
        connections=tuple(Connection(source=one, target=other) for one, other in ties),
    )
    exact = analyze_hub_removal(network_at(workbook), frozenset({"hub"}))
    monkeypatch.setattr(module, "EXACT_UP_TO", 299)
    monkeypatch.setattr(module, "SAMPLE", 150)
    monkeypatch.setattr(module, "BATCH_SIZE", 64)
    some = analyze_hub_removal(network_at(workbook), frozenset({"hub"}))
    assert exact is not None
    assert some is not None
    assert (exact.sample, some.sample) == (None, 150)
    assert exact.same_distance is not None
    assert 0.1 < exact.same_distance < 0.9
    assert some.same_distance == pytest.approx(exact.same_distance, abs=0.06)
    assert some.still_connected == exact.still_connected == 1
