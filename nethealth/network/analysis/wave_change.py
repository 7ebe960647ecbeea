"""How much a metric changed from one wave to another, and whether chance or nonresponse could explain it.

Chance: the 95% interval of the change comes from leaving out each person in turn, from both waves at once (jackknife,
Tukey 1958). People who are in both waves are compared with themselves, so what stays the same about them cancels out.
Frank & Snijders (1994, Estimating the size of hidden populations using snowball sampling) and Snijders & Borgatti
(1999, Non-parametric standard errors and tests for network statistics) leave out people, too, since ties of one person
depend on each other. Their factor halves the variance, which is right if ties don't depend on each other; we don't
halve it, so our intervals are rather too wide than too narrow.

Nonresponse: the same change, if all nonrespondents had answered like respondents (`nonresponse`). A change is clear if
the interval excludes zero for both, on the same side.

Whether someone is connected, or in the largest component, is taken as observed when others are left out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np

from nethealth.cache import cached
from nethealth.network.analysis.hub_removal import HubRemoval, analyze_hub_removal
from nethealth.network.analysis.nonresponse import analyze_nonresponse
from nethealth.network.graph import Network
from nethealth.network.metrics.topology import Decimals, Topology
from nethealth.proportions import CONFIDENCE
from nethealth.workbook.records import PersonKey

FEWEST_PEOPLE: Final = 20
"""With fewer people, a normal interval says too little."""
AS_DIRECT_WITHOUT_HUB: Final = "as_direct_without_hub"
SHARES_OF_MEMBERS: Final = frozenset({"isolates", "largest_component"})
CHANGE_METRICS: Final = (
    *("average_ties", "density", "reciprocity", "transitivity", "isolates", "largest_component"),
    AS_DIRECT_WITHOUT_HUB,
)
"""The metrics that we follow from wave to wave. Isolates and the largest component count as shares of members."""
_Z: Final = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveChange:
    """One metric in two waves, and what could explain the difference."""

    metric: str
    """One of `CHANGE_METRICS`."""
    before: float
    after: float
    margin: float | None
    """Half of the 95% interval of the change; None with fewer than `FEWEST_PEOPLE` in either wave."""
    if_all_answered: float | None
    """The change if nonrespondents had answered like respondents; None if we can't estimate it."""

    @property
    def difference(self) -> float:
        """`after` minus `before`."""
        return self.after - self.before

    @property
    def low(self) -> float | None:
        """The lower bound of the change; None without a margin."""
        return None if self.margin is None else self.difference - self.margin

    @property
    def high(self) -> float | None:
        """The upper bound of the change; None without a margin."""
        return None if self.margin is None else self.difference + self.margin

    @property
    def could_be_chance(self) -> bool:
        """True if the interval includes zero, or if there is none."""
        return self.margin is None or abs(self.difference) <= self.margin

    @property
    def could_be_nonresponse(self) -> bool:
        """True if, had all answered, the interval might include zero or the change might have another direction."""
        if self.if_all_answered is None or self.margin is None:
            return False
        return math.copysign(1.0, self.difference) * self.if_all_answered <= self.margin

    @property
    def is_clear(self) -> bool:
        """True if neither chance nor nonresponse explains the change."""
        return not self.could_be_chance and not self.could_be_nonresponse


def compare_metrics(
    before: Network, after: Network, *, hub: frozenset[PersonKey] = frozenset()
) -> tuple[WaveChange, ...]:
    """Return the change of each of `CHANGE_METRICS` that is defined in both waves, in their order.

    `hub` is needed for the share of pairs who reach each other as directly without the hub.

    Examples:
        >>> from nethealth.sources import read_sample
        >>> from nethealth.workbook.reader import read_workbook
        >>> from nethealth.network.graph import network_at
        >>> workbook = read_workbook(read_sample())
        >>> spring = network_at(workbook, wave="Spring 2026")
        >>> [change.difference for change in compare_metrics(spring, spring)]
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    """
    earlier, later = _contributions(before, hub=hub), _contributions(after, hub=hub)
    estimates = _changes_if_all_answered(before, after)
    return tuple(
        WaveChange(
            metric=name,
            before=earlier[name].value,
            after=later[name].value,
            margin=_margin(earlier[name], later[name]),
            if_all_answered=estimates.get(name),
        )
        for name in CHANGE_METRICS
        if name in earlier and name in later
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contributions:
    """A metric as a fraction, and what each person adds to its numerator and denominator."""

    keys: tuple[PersonKey, ...]
    numerator: float
    denominator: float
    from_numerator: Decimals
    from_denominator: Decimals
    scale: float = 1.0

    @property
    def value(self) -> float:
        return self.scale * self.numerator / self.denominator

    def without_each(self) -> Mapping[PersonKey, float]:
        """Return the value without each person; unchanged if nothing would be left."""
        left = self.denominator - self.from_denominator
        values = np.divide(
            self.scale * (self.numerator - self.from_numerator),
            left,
            out=np.full(len(self.keys), self.value),
            where=left > 0,
        )
        return dict(zip(self.keys, values.tolist(), strict=True))


def _margin(before: _Contributions, after: _Contributions) -> float | None:
    if min(len(before.keys), len(after.keys)) < FEWEST_PEOPLE:
        return None
    earlier, later = before.without_each(), after.without_each()
    everyone = sorted(earlier.keys() | later.keys())
    changes = np.array([later.get(key, after.value) - earlier.get(key, before.value) for key in everyone])
    count = len(everyone)
    return float(_Z * math.sqrt((count - 1) / count * ((changes - changes.mean()) ** 2).sum()))


@cached
def _contributions(network: Network, *, hub: frozenset[PersonKey]) -> dict[str, _Contributions]:
    topology, keys = network.topology, tuple(network.people)
    size = len(keys)
    found: dict[str, _Contributions] = {}

    def add(name: str, numerator: Decimals, denominator: Decimals, *, each_counts: int = 1, scale: float = 1.0) -> None:
        """Add a metric by what each person is part of; `each_counts` is how many people are part of one such thing."""
        if denominator.sum() > 0:
            found[name] = _Contributions(
                keys=keys,
                numerator=float(numerator.sum()) / each_counts,
                denominator=float(denominator.sum()) / each_counts,
                from_numerator=numerator,
                from_denominator=denominator,
                scale=scale,
            )

    degrees = topology.degrees.astype(float)
    possible = np.full(size, float(size - 1))
    add("average_ties", degrees, possible, each_counts=2, scale=float(size - 1))
    add("density", degrees, possible, each_counts=2)
    returned, reported = _reports(network)
    add("reciprocity", returned, reported, each_counts=2)
    closed, triples = _triples(topology)
    add("transitivity", closed, triples, each_counts=3)
    ones = np.ones(size)
    add("isolates", (degrees == 0).astype(float), ones)
    largest = np.zeros(size)
    largest[topology.components[0] if size else []] = 1.0
    add("largest_component", largest, ones)
    removal = analyze_hub_removal(network, hub)
    if removal is not None and (as_direct := _as_direct(removal)) is not None:
        found[AS_DIRECT_WITHOUT_HUB] = as_direct
    return found


def _reports(network: Network) -> tuple[Decimals, Decimals]:
    """Return, for each person, the reports by or about them that are returned, and all of them."""
    returned, reported = (np.zeros(len(network.people)) for _ in range(2))
    known = set(network.reports)
    for source, target in network.reports:
        is_returned = (target, source) in known
        for key in (source, target):
            reported[network.index[key]] += 1
            returned[network.index[key]] += is_returned
    return returned, reported


def _triples(topology: Topology) -> tuple[Decimals, Decimals]:
    """Return, for each person, the closed triples that they are part of, and all triples. A triangle is three."""
    degrees = topology.degrees.astype(float)
    centered = degrees * (degrees - 1) / 2
    if not topology.edges:
        return np.zeros(topology.size), np.zeros(topology.size)
    triangles = np.nan_to_num(topology.graph.transitivity_local_undirected(mode="zero")) * centered
    at_the_end = np.zeros(topology.size)
    np.add.at(at_the_end, topology.pairs[:, 0], degrees[topology.pairs[:, 1]] - 1)
    np.add.at(at_the_end, topology.pairs[:, 1], degrees[topology.pairs[:, 0]] - 1)
    return 3 * triangles, centered + at_the_end


def _as_direct(removal: HubRemoval) -> _Contributions | None:
    if removal.same_distance is None or not removal.distance_counts:
        return None
    counts = np.array(list(removal.distance_counts.values()), dtype=float)
    return _Contributions(
        keys=tuple(removal.distance_counts),
        numerator=float(counts[:, 0].sum()),
        denominator=float(counts[:, 1].sum()),
        # A pair counts from both of its people.
        from_numerator=2 * counts[:, 0],
        from_denominator=2 * counts[:, 1],
    )


def _changes_if_all_answered(before: Network, after: Network) -> dict[str, float]:
    """Return each metric's change if all had answered, where the workbook allows an estimate for one of the waves."""
    ranges = [analyze_nonresponse(network).ranges for network in (before, after)]
    found = {}
    for name in ranges[0].keys() | ranges[1].keys():
        values = []
        for network, known in zip((before, after), ranges, strict=True):
            members = len(network.people)
            if name in known:
                estimate = known[name].if_all_answered
                values.append(estimate / members if name in SHARES_OF_MEMBERS else estimate)
            elif name in (observed := _contributions(network, hub=frozenset())):
                values.append(observed[name].value)
        if len(values) == 2:
            found[name] = values[1] - values[0]
    return found
