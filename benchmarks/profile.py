"""All network metrics compared with networkx, their cost from 1,000 to 20,000 people, and how stable maps are.

networkx needs minutes for 5,000 people. Unless `--whole` is given, we run its searches from one person in 20 and
multiply the time by 20. `--exact` also computes all metrics for 20,000 people without estimates.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from benchmarks.serving import ROOT
from nethealth.network.analysis.attribute_mixing import measure_mixing
from nethealth.network.analysis.community_stability import assess_stability
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.graph import Network, network_at
from nethealth.network.layout.positions import layout
from nethealth.network.layout.wave_positions import node_positions, positions_to_store
from nethealth.network.metrics.betweenness import start_betweenness
from nethealth.network.metrics.network_metrics import (
    compute_exact_metrics,
    compute_network_metrics,
    compute_person_metrics,
)
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind

PROMISED_RATIO = {1_000: 20, 5_000: 40}
PROMISED_SECONDS = 3.0
PROMISED_MEGABYTES = 400
SIZES = (1_000, 2_000, 5_000, 10_000, 20_000)
COLUMNS = ("Region", "Role")
PART = 20
"""At 5,000 people, networkx searches from one person in so many, unless `--whole` is given."""


def workbook(size: int, *, seed: int = 1) -> Workbook:
    """Return a realistic network with groups of about 60, some hubs, 5% isolates, and three reports per person."""
    rng = random.Random(seed)
    groups, alone = max(4, size // 60), size // 20
    keys = [f"p{number:05}" for number in range(size)]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < 3 * size:
        one = alone + int((size - alone) * rng.random() ** 1.5)
        other = rng.randrange(alone, size)
        if rng.random() < 0.8:
            other -= (other - one) % groups
        if one != other and other >= alone:
            pairs.add((one, other))
    return Workbook(
        today=dt.date(2025, 6, 1),
        people={
            key: Person(
                key=key,
                name=f"Person {number}",
                attributes={"Region": f"Region {number % groups % 9}", "Role": f"Role {rng.randrange(6)}"},
            )
            for number, key in enumerate(keys)
        },
        attributes=COLUMNS,
        hub=frozenset(keys[alone : alone + 1]),
        waves=(Wave(name="2025", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2025, 5, 1)),),
        connections=tuple(Connection(source=keys[a], target=keys[b], wave="2025") for a, b in sorted(pairs)),
    )


def ours(book: Workbook) -> Network:
    """Compute every metric from the rows: network, people, two attributes, and clusters."""
    network = network_at(book)
    start_betweenness(network.topology)
    compute_network_metrics(network)
    for column in COLUMNS:
        measure_mixing(network, book, column=column)
    compute_person_metrics(network)
    return network


def with_networkx(book: Workbook, *, part: int = 1) -> float:
    """Return the seconds that networkx takes; it searches from one person in `part`, and that time is multiplied."""
    import networkx as nx

    started = time.perf_counter()
    reports = nx.DiGraph()
    for key, person in book.people.items():
        reports.add_node(key, **person.attributes)
    reports.add_edges_from((row.source, row.target) for row in book.connections)
    graph = reports.to_undirected()
    nx.density(graph), nx.density(reports), nx.reciprocity(reports)
    dict(reports.in_degree()), dict(reports.out_degree()), dict(graph.degree())
    components = sorted(nx.connected_components(graph), key=len, reverse=True)
    largest = graph.subgraph(components[0]).copy()
    nx.transitivity(graph), nx.average_clustering(graph), nx.core_number(graph)
    list(nx.bridges(graph)), list(nx.articulation_points(graph))
    nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1))
    for column in COLUMNS:
        nx.attribute_assortativity_coefficient(graph, column)
        nx.attribute_mixing_dict(graph, column)
    seconds = time.perf_counter() - started
    started = time.perf_counter()
    if part == 1:
        nx.average_shortest_path_length(largest), nx.diameter(largest)
        nx.closeness_centrality(graph), nx.betweenness_centrality(graph)
    else:
        some = list(graph)[::part]
        for key in [key for key in some if key in largest]:
            # One search for the mean distance, one for the diameter.
            dict(nx.single_source_shortest_path_length(largest, key)), nx.eccentricity(largest, key)
        for key in some:
            nx.closeness_centrality(graph, u=key)
        nx.betweenness_centrality(graph, k=len(some), seed=1)
    return seconds + part * (time.perf_counter() - started)


def timed(work: Callable[[], object], *, times: int = 1) -> float:
    """Return the best seconds of so many runs."""
    best = math.inf
    for _ in range(times):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def compare_with_networkx(*, whole: bool) -> None:
    print("  every metric of the network, people, two attributes, and clusters, from the rows")
    for size, part in ((1_000, 1), (5_000, 1 if whole else PART)):
        book = workbook(size)
        # A new object each time, because results are cached with the workbook.
        our_seconds = timed(lambda book=book: ours(replace(book)), times=3)  # type: ignore[misc]
        their_seconds = with_networkx(book, part=part)
        method = "in full" if part == 1 else f"{part} times the searches from one person in {part}"
        print(
            f"  {size:>6,} people   ours {our_seconds:6.2f} s   networkx {their_seconds:7.1f} s ({method})"
            f"   ratio {their_seconds / our_seconds:5.0f}"
            f" (promised {PROMISED_RATIO[size]}{f', {PROMISED_SECONDS:.0f} s' if size == 5_000 else ''})"
        )


def one_size(size: int) -> dict[str, float]:
    """Return what a network of this size costs; run it in its own process."""
    book = workbook(size)
    seconds = timed(lambda: ours(replace(book)))
    profile_megabytes = megabytes()
    network = ours(book)
    people = sorted(compute_person_metrics(network), key=lambda person: -person.betweenness)[:100]
    errors = [(person.betweenness_error or 0.0) / person.betweenness for person in people]
    costs = {
        "profile": seconds,
        "sample": people[0].sample or 0,
        "error": statistics.median(errors),
        "stability": timed(lambda: assess_stability(network.topology)),
        "layout": timed(lambda: layout(network)),
        "page": timed(lambda: analyze_connectivity(replace(book))),
    }
    return costs | {"of_profile": profile_megabytes, "of_all": megabytes()}


def megabytes() -> float:
    """Return the peak memory of this process and its largest child so far."""
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def cost() -> None:
    print(
        "  people   profile s   betweenness            clusters, 20 seeds s     layout s   whole page s     "
        f"   peak MB of the profile (promised {PROMISED_MEGABYTES}), of everything"
    )
    seconds = []
    for size in SIZES:
        completed = subprocess.run(
            [sys.executable, "-m", "benchmarks.profile", "--size", str(size)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        costs = json.loads(completed.stdout)
        seconds.append(costs["profile"])
        exact = f"±{costs['error']:.0%} from {costs['sample']:,}" if costs["sample"] else "exact"
        print(
            f"  {size:>6,}   {costs['profile']:9.2f}   {exact:<20}   {costs['stability']:22.2f}"
            f"   {costs['layout']:8.2f}   {costs['page']:17.2f}   {costs['of_profile']:7.0f} {costs['of_all']:7.0f}"
        )
    logs = [[math.log(value) for value in values] for values in (SIZES, seconds)]
    print(f"  slope of the profile on a log-log scale: {statistics.linear_regression(*logs).slope:.2f}")


def measure_stability() -> None:
    print("  one tie added between two random people: how far everyone else moves, as a share of the map's width")
    for size, times in ((50, 200), (200, 100), (1_000, 30), (5_000, 8)):
        book = workbook(size)
        network = network_at(book)
        stored = positions_to_store(book, network)
        width = max(max(axis) - min(axis) for axis in zip(*stored.positions.values(), strict=True))
        rng = random.Random(3)
        farthest, seconds = [], []
        while len(farthest) < times:
            one, other = sorted(rng.sample(network.members, 2))
            if (one, other) in stored.ties:
                continue
            tie = Connection(source=one, target=other, wave=network.wave)
            grown = replace(book, connections=(*book.connections, tie))
            grown_network = network_at(grown)
            started = time.perf_counter()
            after = node_positions(grown, grown_network, earlier=stored)
            seconds.append(time.perf_counter() - started)
            others = after.keys() - {one, other}
            farthest.append(max(math.dist(after[key], stored.positions[key]) for key in others) / width)
        over = sum(share > 0.05 for share in farthest)
        print(
            f"  {size:>6,} people, {times:>3} ties: farthest {max(farthest):.1%}, median"
            f" {statistics.median(farthest):.1%}; over 5%: {over} (promised 0)   {statistics.median(seconds):.2f} s"
        )


def compute_in_full() -> None:
    network = network_at(workbook(20_000))
    seconds = timed(lambda: compute_exact_metrics(network))
    print(f"  20,000 people without estimates: {seconds:.1f} s")


def main() -> None:
    if "--size" in sys.argv:
        print(json.dumps(one_size(int(sys.argv[sys.argv.index("--size") + 1]))))
        return
    print("All metrics of a network")
    compare_with_networkx(whole="--whole" in sys.argv)
    cost()
    measure_stability()
    if "--exact" in sys.argv:
        compute_in_full()


if __name__ == "__main__":
    main()
