"""Changes between waves with their intervals: worked by hand, and compared with networkx leaving out each person."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Callable, Mapping
from dataclasses import replace

import networkx as nx
import pytest

from nethealth.network.analysis.hub_removal import analyze_hub_removal
from nethealth.network.analysis.wave_change import (
    AS_DIRECT_WITHOUT_HUB,
    FEWEST_PEOPLE,
    WaveChange,
    compare_metrics,
)
from nethealth.network.graph import Network, network_at
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind

Z = 1.959964
Pairs = list[tuple[str, str]]
PEOPLE = [f"p{number:02}" for number in range(20)]


def waves(
    before: Pairs, after: Pairs, *, people: list[str] = PEOPLE, respondents: tuple[str, ...] | None = None
) -> tuple[Network, Network]:
    """Return two waves a year apart, in which the first of each pair names the second."""
    kinds = frozenset({WaveKind.RELATIONSHIPS})
    answered = {"Before": tuple(people), "After": respondents or tuple(people)}
    workbook = Workbook(
        people={key: Person(key=key, name=key) for key in people},
        connections=tuple(
            Connection(source=source, target=target, wave=name)
            for name, pairs in (("Before", before), ("After", after))
            for source, target in pairs
        ),
        waves=tuple(
            Wave(name=name, kinds=kinds, date=dt.date(year, 5, 1), respondents=answered[name])
            for name, year in (("Before", 2024), ("After", 2025))
        ),
        today=dt.date(2025, 6, 1),
    )
    return network_at(workbook, wave="Before"), network_at(workbook, wave="After")


def changes(*networks: Network, hub: frozenset[str] = frozenset()) -> Mapping[str, WaveChange]:
    return {change.metric: change for change in compare_metrics(*networks, hub=hub)}


def matching(pairs: int) -> Pairs:
    return [(PEOPLE[2 * at], PEOPLE[2 * at + 1]) for at in range(pairs)]


def test_share_without_ties_by_hand() -> None:
    isolates = changes(*waves(matching(10), matching(8)))["isolates"]
    assert (isolates.before, isolates.after) == (0.0, 0.2)
    # All had a tie before, so only the share p of the later wave varies: its variance is p (1 - p) / (n - 1).
    assert isolates.margin == pytest.approx(Z * math.sqrt(0.2 * 0.8 / 19), abs=1e-5)
    assert isolates.is_clear


def test_small_change_could_be_chance() -> None:
    isolates = changes(*waves(matching(10), matching(9)))["isolates"]
    # p = 0.1: the margin is 0.135.
    assert isolates.could_be_chance
    assert not isolates.is_clear


def test_no_change_has_no_margin() -> None:
    found = changes(*waves(matching(7), matching(7)))
    assert {(change.difference, change.margin) for change in found.values()} == {(0.0, 0.0)}
    assert not any(change.is_clear for change in found.values())


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ("density", lambda graph: nx.density(graph.to_undirected())),
        ("reciprocity", nx.overall_reciprocity),
        ("transitivity", lambda graph: nx.transitivity(graph.to_undirected())),
    ],
)
def test_margins_agree_with_networkx_leaving_out_each_person(metric: str, value: Callable[[nx.DiGraph], float]) -> None:
    rng = random.Random(4)
    ordered = [(one, other) for one in PEOPLE for other in PEOPLE if one != other]
    drawn = [rng.sample(ordered, count) for count in (90, 120)]
    graphs = []
    for pairs in drawn:
        graph = nx.DiGraph(pairs)
        graph.add_nodes_from(PEOPLE)
        graphs.append(graph)

    def difference(left_out: str | None) -> float:
        before, after = (value(graph.subgraph(set(PEOPLE) - {left_out})) for graph in graphs)
        return after - before

    change = changes(*waves(*drawn))[metric]
    left_out = [difference(key) for key in PEOPLE]
    mean = sum(left_out) / 20
    spread = math.sqrt(19 / 20 * sum((each - mean) ** 2 for each in left_out))
    assert change.difference == pytest.approx(difference(None))
    assert change.margin == pytest.approx(Z * spread, rel=1e-5)


def test_ties_per_member_scale_with_density() -> None:
    found = changes(*waves(matching(4), matching(10)))
    density, average = found["density"], found["average_ties"]
    assert (average.before, average.after) == (pytest.approx(8 / 20), pytest.approx(20 / 20))
    assert average.margin == pytest.approx(19 * (density.margin or 0))


def test_pairs_as_direct_without_the_hub() -> None:
    star = [("hub", other) for other in PEOPLE]
    ring = list(zip(PEOPLE, [*PEOPLE[1:], PEOPLE[0]], strict=True))
    compared = waves(star, star + ring, people=["hub", *PEOPLE])
    direct = changes(*compared, hub=frozenset({"hub"}))[AS_DIRECT_WITHOUT_HUB]
    # Without the hub no one in the star reaches anyone; with the ring, neighbors (1 step) and theirs (2) are as near.
    assert (direct.before, direct.after) == (0.0, pytest.approx(4 / 19))
    # Everyone on the ring has the same four, so leaving out any of them changes the share alike.
    assert direct.margin == pytest.approx(0.0, abs=1e-12)
    assert direct.is_clear


def test_nonresponse_can_explain_a_fall() -> None:
    ring = list(zip(PEOPLE, [*PEOPLE[1:], PEOPLE[0]], strict=True))
    both_ways = ring + [(other, one) for one, other in ring]
    answered = PEOPLE[:8]
    half = [pair for pair in both_ways if pair[0] in answered]
    everyone = changes(*waves(both_ways, half))
    few = changes(*waves(both_ways, half, respondents=tuple(answered)))
    assert everyone["average_ties"].is_clear
    assert few["average_ties"].difference == everyone["average_ties"].difference
    assert few["average_ties"].could_be_nonresponse
    assert not few["average_ties"].is_clear


def test_too_few_people_have_no_margin() -> None:
    few = PEOPLE[: FEWEST_PEOPLE - 1]
    pairs = [(few[0], few[1])]
    found = changes(*waves(pairs, [*pairs, (few[2], few[3])], people=few))
    assert {change.margin for change in found.values()} == {None}
    assert not any(change.is_clear for change in found.values())


def test_undefined_metrics_are_left_out() -> None:
    assert "reciprocity" not in changes(*waves([], matching(3)))
    nothing = network_at(Workbook())
    assert compare_metrics(nothing, nothing) == ()


def test_bounds_surround_the_difference() -> None:
    change = WaveChange(metric="density", before=0.2, after=0.5, margin=0.1, if_all_answered=0.05)
    assert (change.low, change.high) == (pytest.approx(0.2), pytest.approx(0.4))
    assert change.could_be_nonresponse
    assert replace(change, if_all_answered=0.15).is_clear
    assert replace(change, before=0.5, after=0.2, if_all_answered=-0.15).is_clear
    assert not replace(change, before=0.5, after=0.2, if_all_answered=0.15).is_clear


def test_distance_counts_add_up_to_the_share() -> None:
    _, after = waves([], [(PEOPLE[0], other) for other in PEOPLE[1:5]] + [(PEOPLE[1], PEOPLE[2])])
    removal = analyze_hub_removal(after, frozenset(PEOPLE[:1]))
    assert removal is not None
    near, reached = (sum(counts) for counts in zip(*removal.distance_counts.values(), strict=True))
    assert (near, reached, removal.same_distance) == (2, 12, pytest.approx(2 / 12))
