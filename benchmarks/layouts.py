"""Layouts of the map compared: ours, forces alone, LinLog, and stress with groups apart, on eleven networks.

`kept` is the share of each person's connections that are among the people nearest to them in the plane. `apart` is the
silhouette of groups in the plane (-1 to 1). `cross` is the share of pairs of ties that cross. `frame` is the share of a
16:9 frame inside the hull of all people, and `cells` the share of its cells where someone stands. `gap` is the distance
to the next person that all but a twentieth have, in pixels of a frame of 1600 by 900. Groups are the clusters found;
in the sample, they are regions.

`python -m benchmarks.layouts FILE` also writes the layouts of a few networks as one SVG picture.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import networkx as nx
import numpy as np
import numpy.typing as npt

from nethealth.network.graph import network_at
from nethealth.network.layout.component_layout import ASPECT, layout_by_forces, layout_component
from nethealth.network.layout.forces import separate
from nethealth.network.layout.stress import (
    classical_mds,
    jitter,
    path_lengths,
    starting_positions,
    stress_majorization,
)
from nethealth.network.metrics.communities import are_communities_clear, find_communities
from nethealth.network.metrics.topology import Topology
from nethealth.presentation import palette
from nethealth.sources import read_sample
from nethealth.workbook.reader import read_workbook

Positions = npt.NDArray[np.float64]
Groups = Sequence[Sequence[int]]
Layout = Callable[[Topology, Groups], "Positions | None"]

SEPARATION = 1.8
"""How many times as far apart stress places people of different groups."""
LINLOG_ROUNDS = 150
EXACT_UP_TO = 1_500
"""With more people, LinLog's repulsion is approximated on a grid, and stress is left out: it would take minutes."""
SAMPLED_PEOPLE, SAMPLED_PAIRS = 800, 40_000
IN_PICTURE = ("planted 12", "karate 34", "les mis 77", "sample 107", "planted 250")


def networks() -> dict[str, tuple[Topology, Groups]]:
    """Return the largest component of each network, and its groups."""
    hub = nx.star_graph(49)
    rng = random.Random(4)
    hub.add_edges_from(rng.sample(range(1, 50), 2) for _ in range(14))
    graphs = {
        "planted 12": nx.planted_partition_graph(3, 4, 0.8, 0.06, seed=1),
        "florentine 15": nx.florentine_families_graph(),
        "karate 34": nx.karate_club_graph(),
        "hub 50": hub,
        "les mis 77": nx.les_miserables_graph(),
        "small world 150": nx.watts_strogatz_graph(150, 6, 0.1, seed=1),
        "planted 250": planted([60, 50, 40, 30, 25, 20, 15, 10], between=0.35, seed=2),
        "scale free 300": nx.barabasi_albert_graph(300, 2, seed=1),
        "planted 1,000": planted([120, 110, 100, 90, 80, 140, 120, 90, 60, 40, 30, 20], between=0.4, seed=3),
        "planted 5,000": planted([int(500 * 0.85**at) + 40 for at in range(24)], between=0.4, seed=4),
    }
    found: dict[str, tuple[Topology, Groups]] = {}
    for name, graph in graphs.items():
        if name == "small world 150":
            found["sample 107"] = sample()
        part = nx.convert_node_labels_to_integers(graph.subgraph(max(nx.connected_components(graph), key=len)))
        topology = Topology(len(part), edges=[(min(pair), max(pair)) for pair in part.edges if pair[0] != pair[1]])
        found[name] = (topology, find_communities(topology))
    return found


def planted(sizes: Sequence[int], *, between: float, seed: int) -> nx.Graph:
    """Return groups of these sizes with about five ties per person inside, and a tie of some people to anyone."""
    rng, graph, start = random.Random(seed), nx.Graph(), 0
    graph.add_nodes_from(range(sum(sizes)))
    for size in sizes:
        group = range(start, start + size)
        for one in group:
            graph.add_edges_from((one, rng.choice(group)) for _ in range(max(1, round(rng.gauss(2.5, 1)))))
            if rng.random() < between:
                graph.add_edge(one, rng.randrange(sum(sizes)))
        start += size
    return graph


def sample() -> tuple[Topology, Groups]:
    """Return the sample's latest wave with its regions as groups."""
    network = network_at(read_workbook(read_sample()))
    component = network.topology.components[0]
    at = {number: place for place, number in enumerate(component)}
    regions: dict[str, list[int]] = defaultdict(list)
    for number, place in at.items():
        regions[network.people[network.members[number]].attributes.get("Region", "") or f"{place}"].append(place)
    ties = [(at[a], at[b]) for a, b in network.topology.edges if a in at]
    return Topology(len(component), edges=ties), list(regions.values())


def ours(topology: Topology, groups: Groups) -> Positions:
    """Return the app's layout. In networks without clear clusters, it has no groups."""
    return layout_component(topology, start={}, groups=groups if are_communities_clear(topology) else ())


def forces(topology: Topology, *_: Groups) -> Positions:
    """Return what the app did in small networks before: stress, then Fruchterman and Reingold's forces."""
    return layout_by_forces(topology)


def stress_apart(topology: Topology, groups: Groups) -> Positions | None:
    """Return stress majorization with people of different groups farther apart; None for large networks."""
    if topology.size > EXACT_UP_TO:
        return None
    group_of = labels(topology.size, groups)
    steps = path_lengths(topology, range(topology.size))
    steps = np.where(group_of[:, None] == group_of, steps, SEPARATION * steps)
    return separate(stress_majorization(jitter(classical_mds(steps)), steps=steps, rounds=60))


def linlog(topology: Topology, *_: Groups) -> Positions:
    """Return ForceAtlas2 in LinLog mode (Jacomy et al. 2014; Noack 2009), which knows no groups."""
    positions = starting_positions(topology, whole_up_to=400)
    positions *= 8 * np.sqrt(topology.size) / np.ptp(positions)
    mass, pairs = topology.degrees + 1.0, topology.pairs
    before, speed = np.zeros_like(positions), 1.0
    for _ in range(LINLOG_ROUNDS):
        force = _repulsion(positions, mass)
        along = positions[pairs[:, 0]] - positions[pairs[:, 1]]
        length = np.hypot(*along.T) + 1e-9
        pull = (8 * np.log1p(length) / length)[:, None] * along
        np.add.at(force, pairs[:, 0], -pull)
        np.add.at(force, pairs[:, 1], pull)
        force -= 0.05 * mass[:, None] * positions / np.maximum(np.hypot(*positions.T), 1e-9)[:, None]
        swing, traction = mass * np.hypot(*(force - before).T), mass * np.hypot(*(force + before).T) / 2
        speed = min(float(traction.sum() / max(swing.sum(), 1e-9)), 1.5 * speed)
        step = np.minimum(speed / (1 + np.sqrt(speed * swing / mass)), 10 / np.maximum(np.hypot(*force.T), 1e-9))
        positions, before = positions + force * step[:, None], force
    return positions


def _repulsion(positions: Positions, mass: Positions) -> Positions:
    if len(positions) <= EXACT_UP_TO:
        points, masses = positions, mass
    else:
        cells = 28
        low, span = positions.min(axis=0), np.maximum(np.ptp(positions, axis=0), 1e-9)
        across, down = ((positions - low) / span * (cells - 1e-6)).astype(np.int64).T
        cell = across * cells + down
        total = np.bincount(cell, mass, cells**2)
        centers = [np.bincount(cell, mass * axis, cells**2) / np.maximum(total, 1e-9) for axis in positions.T]
        points, masses = np.column_stack(centers)[total > 0], total[total > 0]
    away = positions[:, None] - points[None]
    nearness = mass[:, None] * masses[None] / ((away**2).sum(axis=2) + (1e-4 if points is positions else 1.0))
    force: Positions = (nearness[..., None] * away).sum(axis=1)
    return force


LAYOUTS: Mapping[str, Layout] = {"ours": ours, "forces": forces, "LinLog": linlog, "stress": stress_apart}


def labels(size: int, groups: Groups) -> npt.NDArray[np.int64]:
    """Return each person's group by number."""
    found = np.zeros(size, dtype=np.int64)
    for number, group in enumerate(groups):
        found[list(group)] = number
    return found


def in_frame(positions: Positions) -> Positions:
    """Return positions scaled to fit a frame of height 1 and width `ASPECT`, centered on (0, 0)."""
    centered = positions - (positions.max(axis=0) + positions.min(axis=0)) / 2
    width, height = np.maximum(np.ptp(centered, axis=0), 1e-9)
    fitted: Positions = centered / max(width / ASPECT, height)
    return fitted


def distances(positions: Positions, rows: npt.NDArray[np.int64]) -> Positions:
    """Return the distances from some people to everyone, infinite to themselves."""
    apart: Positions = np.hypot(*(positions[rows][:, None] - positions[None]).transpose(2, 0, 1))
    apart[np.arange(len(rows)), rows] = np.inf
    return apart


def scores(positions: Positions, topology: Topology, groups: Groups) -> dict[str, float]:
    """Return the measures that the module's docstring explains."""
    rng = np.random.default_rng(1)
    rows = np.arange(topology.size)
    if topology.size > EXACT_UP_TO:
        rows = np.sort(rng.choice(topology.size, SAMPLED_PEOPLE, replace=False))
    fitted = in_frame(positions)
    apart = distances(fitted, rows)
    return {
        "kept": _share_of_neighbors_nearby(apart, topology, rows),
        "apart": _silhouette(apart, rows, [group for group in groups if len(group) > 2], topology.size),
        "cross": _crossings(fitted, topology, rng),
        "frame": _hull(fitted) / ASPECT,
        "cells": _cells(fitted),
        "gap": 900 * float(np.sort(apart.min(axis=1))[len(rows) // 20]),
    }


def _share_of_neighbors_nearby(apart: Positions, topology: Topology, rows: npt.NDArray[np.int64]) -> float:
    ends, others = topology.neighbors
    shares = []
    for row, person in zip(apart, rows, strict=True):
        tied = others[ends[person] : ends[person + 1]]
        nearest = np.argsort(row, kind="stable")[: len(tied)]
        shares.append(len(np.intersect1d(nearest, tied)) / len(tied))
    return float(np.mean(shares))


def _silhouette(apart: Positions, rows: npt.NDArray[np.int64], groups: Groups, size: int) -> float:
    if len(groups) < 2:
        return float("nan")
    group_of = labels(size, groups)
    is_in_one = np.isin(rows, [person for group in groups for person in group])
    finite = np.where(np.isfinite(apart), apart, 0.0)[is_in_one]
    sizes = np.array([len(group) for group in groups])
    sums = np.stack([finite[:, list(group)].sum(axis=1) for group in groups], axis=1)
    own = group_of[rows[is_in_one]]
    at = np.arange(len(own))
    inside = sums[at, own] / (sizes[own] - 1)
    means = sums / sizes
    means[at, own] = np.inf
    nearest = means.min(axis=1)
    return float(np.mean((nearest - inside) / np.maximum(inside, nearest)))


def _crossings(positions: Positions, topology: Topology, rng: np.random.Generator) -> float:
    one, other = topology.pairs[rng.integers(len(topology.edges), size=(2, SAMPLED_PAIRS))]
    are_apart = (one[:, :, None] != other[:, None, :]).all(axis=(1, 2))
    a, b, c, d = (positions[ends] for ends in (*one[are_apart].T, *other[are_apart].T))

    def turn(p: Positions, q: Positions, r: Positions) -> Positions:
        found: Positions = (q[:, 0] - p[:, 0]) * (r[:, 1] - p[:, 1]) - (q[:, 1] - p[:, 1]) * (r[:, 0] - p[:, 0])
        return found

    return float(np.mean((turn(a, b, c) * turn(a, b, d) < 0) & (turn(c, d, a) * turn(c, d, b) < 0)))


def _hull(positions: Positions) -> float:
    """Return the area of the convex hull (Andrew's monotone chain)."""

    def chain(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        found: list[tuple[float, float]] = []
        for x, y in points:
            while len(found) > 1:
                (px, py), (qx, qy) = found[-2:]
                if (qx - px) * (y - py) - (qy - py) * (x - px) > 0:
                    break
                found.pop()
            found.append((x, y))
        return found[:-1]

    points = sorted((float(x), float(y)) for x, y in positions)
    hull = chain(points) + chain(points[::-1])
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(hull, hull[1:] + hull[:1], strict=True))) / 2


def _cells(positions: Positions) -> float:
    """Return the share of cells where someone stands: about half as many cells as people, 144 at most."""
    rows = max(1, min(9, round(np.sqrt(len(positions) / 2 / ASPECT))))
    columns = max(1, round(rows * ASPECT))
    across = np.clip(((positions[:, 0] / ASPECT + 0.5) * columns).astype(np.int64), 0, columns - 1)
    down = np.clip(((positions[:, 1] + 0.5) * rows).astype(np.int64), 0, rows - 1)
    return len(set((across * rows + down).tolist())) / (rows * columns)


def picture(layouts: Mapping[str, Mapping[str, Positions]], chosen: Mapping[str, tuple[Topology, Groups]]) -> str:
    """Return the layouts of some networks as an SVG table: a row for each network, a column for each layout."""
    wide, high, edge, head = 320, 180, 10, 16
    parts = []
    for row, (name, by_layout) in enumerate(layouts.items()):
        topology, groups = chosen[name]
        group_of = labels(topology.size, groups)
        for column, (layout, positions) in enumerate(by_layout.items()):
            left, top = column * (wide + edge), row * (high + head + edge)
            spots = (in_frame(positions) * (high - 2 * edge) + (wide / 2, high / 2)).round(1)
            lines = "".join(
                f"M{spots[a, 0]:g} {spots[a, 1]:g}L{spots[b, 0]:g} {spots[b, 1]:g}" for a, b in topology.edges
            )
            radius = 2.0 if topology.size > 200 else 3.2
            dots = "".join(
                f'<circle cx="{x:g}" cy="{y:g}" r="{radius}" fill="{palette.CATEGORY_COLORS[group % 8]}"/>'
                for (x, y), group in zip(spots.tolist(), group_of.tolist(), strict=True)
            )
            parts.append(
                f'<g transform="translate({left} {top})"><text y="12" font-size="12">{name}: {layout}</text>'
                f'<g transform="translate(0 {head})"><rect width="{wide}" height="{high}" fill="#fbf7ef"/>'
                f'<path d="{lines}" stroke="#5d6570" stroke-width=".5" opacity=".4"/>{dots}</g></g>'
            )
    width, height = len(LAYOUTS) * (wide + edge) - edge, len(layouts) * (high + head + edge)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def main(file: Path | None = None) -> None:
    """Print the table; write the picture to `file` if one is given."""
    measured = networks()
    drawn: dict[str, dict[str, Positions]] = {}
    print("| network | layout | kept | apart | cross | frame | cells | gap | ms |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, (topology, groups) in measured.items():
        for layout, place in LAYOUTS.items():
            topology.results.clear()
            started = time.process_time()
            positions = place(topology, groups)
            took = 1_000 * (time.process_time() - started)
            if positions is None:
                continue
            if name in IN_PICTURE:
                drawn.setdefault(name, {})[layout] = positions
            found = scores(positions, topology, groups)
            cells = [f"{value:.2f}" for value in found.values()]
            cells[2], cells[-1] = f"{found['cross']:.3f}", f"{found['gap']:.0f}"
            print(f"| {name} | {layout} | {' | '.join(cells)} | {took:.0f} |", flush=True)
    if file is not None:
        file.write_text(picture(drawn, measured), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
