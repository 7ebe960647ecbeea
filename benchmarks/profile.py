"""The whole profile of a network beside plain networkx, its cost from 1,000 to 20,000 people, and how still maps stand.

networkx needs minutes for 5,000 people; unless `--whole` is given, its searches are made from a twentieth of the people
there and counted twentyfold. `--exact` also works out 20,000 people with nothing estimated.
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
"""The share of networkx's searches that is made at 5,000 people, unless `--whole` is given: one in so many."""


def workbook(size: int, *, seed: int = 1) -> Workbook:
    """A believable network: groups of about sixty, some people with many ties, one in twenty with none, three ties
    reported for each person."""
    chance = random.Random(seed)
    groups, alone = max(4, size // 60), size // 20
    keys = [f"p{number:05}" for number in range(size)]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < 3 * size:
        one = alone + int((size - alone) * chance.random() ** 1.5)
        other = chance.randrange(alone, size)
        if chance.random() < 0.8:
            other -= (other - one) % groups
        if one != other and other >= alone:
            pairs.add((one, other))
    return Workbook(
        today=dt.date(2025, 6, 1),
        people={
            key: Person(
                key=key,
                name=f"Person {number}",
                attributes={"Region": f"Region {number % groups % 9}", "Role": f"Role {chance.randrange(6)}"},
            )
            for number, key in enumerate(keys)
        },
        attributes=COLUMNS,
        hub=frozenset(keys[alone : alone + 1]),
        waves=(Wave(name="2025", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2025, 5, 1)),),
        connections=tuple(Connection(source=keys[a], target=keys[b], wave="2025") for a, b in sorted(pairs)),
    )


def ours(book: Workbook) -> Network:
    """From the rows to every figure: network, people, segments on two attributes, groups."""
    network = network_at(book)
    start_betweenness(network.topology)
    compute_network_metrics(network)
    for column in COLUMNS:
        measure_mixing(network, book, column=column)
    compute_person_metrics(network)
    return network


def with_networkx(book: Workbook, *, part: int = 1) -> float:
    """Seconds that networkx takes for the same figures; its searches from one person in `part`, counted `part`-fold."""
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
            # Once for the mean distance, once for the diameter.
            dict(nx.single_source_shortest_path_length(largest, key)), nx.eccentricity(largest, key)
        for key in some:
            nx.closeness_centrality(graph, u=key)
        nx.betweenness_centrality(graph, k=len(some), seed=1)
    return seconds + part * (time.perf_counter() - started)


def timed(work: Callable[[], object], *, times: int = 1) -> float:
    """Seconds, the best of so many times."""
    best = math.inf
    for _ in range(times):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def beside_networkx(*, whole: bool) -> None:
    print("  every figure of network, people and two attributes, and the groups, from the rows on")
    for size, part in ((1_000, 1), (5_000, 1 if whole else PART)):
        book = workbook(size)
        # Each time as it is the first time: what follows from a workbook is kept with that very object.
        mine = timed(lambda book=book: ours(replace(book)), times=3)  # type: ignore[misc]
        theirs = with_networkx(book, part=part)
        how = "in full" if part == 1 else f"{part} times the searches from one person in {part}"
        print(
            f"  {size:>6,} people   ours {mine:6.2f} s   networkx {theirs:7.1f} s ({how})   ratio {theirs / mine:5.0f}"
            f" (promised {PROMISED_RATIO[size]}{f', {PROMISED_SECONDS:.0f} s' if size == 5_000 else ''})"
        )


def one_size(size: int) -> dict[str, float]:
    """What a network of this size costs, in a process of its own."""
    book = workbook(size)
    seconds = timed(lambda: ours(replace(book)))
    of_profile = megabytes()
    network = ours(book)
    people = sorted(compute_person_metrics(network), key=lambda person: -person.betweenness)[:100]
    errors = [(person.betweenness_error or 0.0) / person.betweenness for person in people]
    told = {
        "profile": seconds,
        "sample": people[0].sample or 0,
        "error": statistics.median(errors),
        "stability": timed(lambda: assess_stability(network)),
        "layout": timed(lambda: layout(network)),
        "page": timed(lambda: analyze_connectivity(replace(book))),
    }
    return told | {"of_profile": of_profile, "of_all": megabytes()}


def megabytes() -> float:
    """The most memory that this process and its largest helper took so far."""
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def cost() -> None:
    print(
        "  people   profile s   betweenness            groups over 20 seeds s   layout s   all of the page s"
        f"   peak MB of the profile (promised {PROMISED_MEGABYTES}), of all"
    )
    seconds = []
    for size in SIZES:
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.profile", "--size", str(size)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        told = json.loads(ran.stdout)
        seconds.append(told["profile"])
        exact = f"±{told['error']:.0%} from {told['sample']:,}" if told["sample"] else "exact"
        print(
            f"  {size:>6,}   {told['profile']:9.2f}   {exact:<20}   {told['stability']:22.2f}   {told['layout']:8.2f}"
            f"   {told['page']:17.2f}   {told['of_profile']:7.0f} {told['of_all']:7.0f}"
        )
    logs = [[math.log(value) for value in values] for values in (SIZES, seconds)]
    print(f"  slope of the profile on a double logarithmic scale: {statistics.linear_regression(*logs).slope:.2f}")


def stillness() -> None:
    print("  one tie added between two people drawn by lot: how far everybody else moves, in shares of the map's width")
    for size, times in ((50, 200), (200, 100), (1_000, 30), (5_000, 8)):
        book = workbook(size)
        network = network_at(book)
        stood = positions_to_store(book, network)
        wide = max(max(axis) - min(axis) for axis in zip(*stood.positions.values(), strict=True))
        chance = random.Random(3)
        farthest, seconds = [], []
        while len(farthest) < times:
            one, other = sorted(chance.sample(network.members, 2))
            if (one, other) in stood.ties:
                continue
            tie = Connection(source=one, target=other, wave=network.wave)
            grown = replace(book, connections=(*book.connections, tie))
            with_it = network_at(grown)
            began = time.perf_counter()
            after = node_positions(grown, with_it, earlier=stood)
            seconds.append(time.perf_counter() - began)
            others = after.keys() - {one, other}
            farthest.append(max(math.dist(after[key], stood.positions[key]) for key in others) / wide)
        over = sum(share > 0.05 for share in farthest)
        print(
            f"  {size:>6,} people, {times:>3} ties: farthest {max(farthest):.1%}, as a rule"
            f" {statistics.median(farthest):.1%}; beyond 5 %: {over} (promised 0)   {statistics.median(seconds):.2f} s"
        )


def in_full() -> None:
    network = network_at(workbook(20_000))
    seconds = timed(lambda: compute_exact_metrics(network))
    print(f"  20,000 people with nothing estimated: {seconds:.1f} s")


def main() -> None:
    if "--size" in sys.argv:
        print(json.dumps(one_size(int(sys.argv[sys.argv.index("--size") + 1]))))
        return
    print("The whole profile of a network")
    beside_networkx(whole="--whole" in sys.argv)
    cost()
    stillness()
    if "--exact" in sys.argv:
        in_full()


if __name__ == "__main__":
    main()
