"""A large connected part drawn as islands: each group found stands together, near the groups it has most ties with.

Forces alone pull thousands of people into one heap. So groups are drawn each by itself, set out as discs whose nearness
follows how many more ties run between them than chance would put there, turned so that people face those whom they
are tied with elsewhere, and only then let go a little.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from nethealth.network.metrics.communities import community_modularity, find_communities
from nethealth.network.metrics.topology import Topology

Places = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Draw = Callable[[Topology], Places]

GOLDEN_ANGLE = 2.399963
"""In radians: turned by it again and again, no two of many look the same way."""
PERSON_RADIUS = 0.55
"""The radius of a group of one, in units; a group's grows with the square root of its people."""
DISC_GAP = 1.12
"""How far apart discs stand: 1 would let them touch."""
CHANCE_DISTANCE = 0.5
"""By how much a group stands farther off from another with which it has as many ties as by chance."""
MODULARITY_MARGIN = 0.1
MOST_COMMUNITIES = 400
"""With more groups than this, setting them out would take long."""


def double_center(distances: Places) -> Places:
    """Squared distances less the means of their rows and columns, halved and turned round (Torgerson 1952)."""
    squared = distances**2
    found: Places = -0.5 * (squared - squared.mean(0) - squared.mean(1)[:, None] + squared.mean())
    return found


def classical_mds(distances: Places) -> Places:
    """Distances between everybody laid flat by their first two eigenvectors (classical scaling: Torgerson 1952)."""
    values, vectors = np.linalg.eigh(double_center(distances))
    flat: Places = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0))
    return flat


def jitter(places: Places) -> Places:
    """Places moved a little, each in a direction of its own: from one spot no force could part those who are alike."""
    turn = GOLDEN_ANGLE * np.arange(len(places))
    return places + 0.05 * np.column_stack([np.cos(turn), np.sin(turn)])


def has_clear_communities(part: Topology) -> bool:
    """Whether the groups found are more than what the search would find in a network without any.

    Of ties laid at random, d a person, the best division has a modularity near the square root of 1 / d (Reichardt &
    Bornholdt 2006, When are networks truly modular?).
    """
    by_chance = np.sqrt(part.size / (2 * len(part.edges)))
    return 1 < len(find_communities(part)) <= MOST_COMMUNITIES and bool(
        (community_modularity(part) or 0.0) > by_chance + MODULARITY_MARGIN
    )


def layout_communities(part: Topology, *, draw: Draw, straighten: Callable[[Places, Places], Places]) -> Places:
    """Places for everybody in the part, a row a person; `draw` draws one group by itself, around its middle.

    `straighten` brings places (the first argument) near to given distances (the second).
    """
    communities = find_communities(part)
    group_of = np.zeros(part.size, dtype=np.int64)
    at = np.zeros(part.size, dtype=np.int64)
    for number, group in enumerate(communities):
        group_of[group] = number
        at[group] = np.arange(len(group))
    ties = np.array(part.edges, dtype=np.int64)
    own, others = group_of[ties[:, 0]], group_of[ties[:, 1]]
    radii = PERSON_RADIUS * np.sqrt([len(group) for group in communities])
    middles = _place_discs(radii, _disc_distances(own, others, radii), straighten)
    places = np.zeros((part.size, 2))
    outwards = _outward_directions(part, group_of, middles, ties[own != others])
    within = [np.zeros((0, 2), dtype=np.int64) for _ in communities]
    order = np.argsort(own[own == others], kind="stable")
    inside = ties[own == others][order]
    ends = np.cumsum(np.bincount(own[own == others], minlength=len(radii)))
    for number, edges in enumerate(np.split(inside, ends[:-1])):
        within[number] = at[edges]
    for number, group in enumerate(communities):
        drawing = _fill_disc(draw(Topology(len(group), edges=[(a, b) for a, b in within[number].tolist()])))
        drawing = _rotate_toward(drawing, outwards[group]) * radii[number]
        places[group] = middles[number] + drawing
    return places


def _disc_distances(own: Numbers, others: Numbers, radii: npt.NDArray[np.float64]) -> Places:
    """How far apart the middles of groups should stand, by way of the groups between them."""
    import igraph

    count = len(radii)
    between = np.zeros((count, count))
    np.add.at(between, (own, others), 1)
    between += between.T
    ends = between.sum(axis=1)
    np.fill_diagonal(between, 0)
    against_chance = between * ends.sum() / np.maximum(np.outer(ends, ends), 1)
    one, other = np.nonzero(np.triu(between))
    touching = (radii[one] + radii[other]) * DISC_GAP
    lengths = touching * (1 + CHANCE_DISTANCE / np.maximum(against_chance[one, other], 0.05))
    graph = igraph.Graph(n=count, edges=np.column_stack([one, other]).tolist())
    found: Places = np.array(graph.distances(weights=lengths.tolist()))
    return found


def _place_discs(
    radii: npt.NDArray[np.float64], distances: Places, straighten: Callable[[Places, Places], Places]
) -> Places:
    """Middles of the discs: laid flat by their distances, straightened, pushed apart where they overlap."""
    middles = straighten(jitter(classical_mds(distances)), distances)
    # In a sea twice as large as all islands, those farthest out drawn in; then apart where they lie over each other.
    sea = float(np.sqrt(2 * (radii**2).sum())) * DISC_GAP
    middles = _fill_disc(middles) * sea
    wanted = (radii[:, None] + radii) * DISC_GAP
    for _ in range(300):
        away = middles[:, None] - middles[None]
        apart = np.hypot(away[..., 0], away[..., 1])
        np.fill_diagonal(apart, np.inf)
        missing = np.maximum(wanted - apart, 0)
        if missing.max() < 0.05:
            break
        middles += (away / np.maximum(apart, 1e-9)[..., None] * missing[..., None] / 4).sum(axis=1)
    return middles


def _outward_directions(part: Topology, group_of: Numbers, middles: Places, across: Numbers) -> Places:
    """In which direction each person's ties to other groups lie, all together; nowhere for who has none."""
    away = np.zeros((part.size, 2))
    for one, other in ((across[:, 0], across[:, 1]), (across[:, 1], across[:, 0])):
        step = middles[group_of[other]] - middles[group_of[one]]
        np.add.at(away, one, step / np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9)[:, None])
    return away


def _fill_disc(places: Places) -> Places:
    """Places moved along their radius so that they fill a disc of radius 1 about evenly: who stood farther out still
    does, nobody far out alone.
    """
    if len(places) < 2:
        return np.zeros((len(places), 2))
    places = places - places.mean(axis=0)
    radius = np.hypot(places[:, 0], places[:, 1])
    rank = np.argsort(np.argsort(radius, kind="stable"), kind="stable")
    even = np.sqrt((rank + 0.5) / len(places))
    # Half its own distance, half the even one: the shape stays, and no crowd in the middle.
    usual = np.minimum(radius / max(float(np.quantile(radius, 0.9)), 1e-9), 1.2)
    opened: Places = places * ((usual + even) / 2 / np.maximum(radius, 1e-9))[:, None]
    return opened


def _rotate_toward(drawing: Places, outwards: Places) -> Places:
    """The drawing turned, and mirrored where that is better, so that people face where their other ties lead."""
    found, best = drawing, -np.inf
    for mirrored in (drawing, drawing * (1, -1)):
        along = float((mirrored * outwards).sum())
        across = float((mirrored[:, 0] * outwards[:, 1] - mirrored[:, 1] * outwards[:, 0]).sum())
        if (fit := float(np.hypot(along, across))) > best + 1e-9:
            cos, sin = (along / fit, across / fit) if fit > 1e-9 else (1.0, 0.0)
            found, best = mirrored @ np.array([(cos, sin), (-sin, cos)]), fit
    return found
