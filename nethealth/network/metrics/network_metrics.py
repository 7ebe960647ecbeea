"""The metrics of a network as a whole, and of each person in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from typing import Any

from nethealth.network.graph import Network
from nethealth.network.metrics.betweenness import (
    betweenness,
    betweenness_counts,
    betweenness_error,
    has_sampled_betweenness,
)
from nethealth.network.metrics.cohesion import (
    average_clustering,
    core_numbers,
    cut_people,
    cut_ties,
    transitivity,
)
from nethealth.network.metrics.communities import community_modularity, find_communities
from nethealth.network.metrics.shortest_paths import (
    closeness,
    closeness_error,
    distances,
    has_sampled_distances,
    path_lengths,
)
from nethealth.network.metrics.topology import Topology
from nethealth.workbook.records import PersonKey

DISTANCES_SHARE = 0.05
"""The part of the time for exact metrics that distances take, roughly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkMetrics:
    """The metrics of a network; None where undefined. Defined in `METRICS["network"]`."""

    wave: str | None
    respondents_rule: str
    """`either` or `both`."""
    members: int
    isolates: int
    reported_ties: int
    ties: int
    density: float | None
    reported_density: float | None
    average_ties: float | None
    reciprocity: float | None
    mutual_pairs: int
    components: int
    largest_component: int
    average_path_length: float | None
    diameter: int | None
    transitivity: float
    average_clustering: float | None
    degree_centralization: float | None
    largest_core: int
    core_members: int
    respondents: int | None
    response_rate: float | None
    groups: int
    modularity: float | None
    cut_ties: int
    cut_members: int
    sample: int | None = None
    """In very large networks, how many people `average_path_length` and `diameter` are estimated from; None if both are
    exact."""
    average_path_length_error: float | None = None
    """The standard error of `average_path_length`; None if it is exact."""

    def as_json(self) -> dict[str, Any]:
        """Return the metrics as scripts read them; the sample and its error only if there is one."""
        return _without_missing(asdict(self), ("sample", "average_path_length_error"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMetrics:
    """The metrics of one person in a network. Defined in `METRICS["people"]`."""

    key: PersonKey
    """`id` in JSON."""
    name: str
    ties: int
    named_by: int
    names: int
    betweenness: float
    closeness: float
    core_number: int
    group: int | None
    """The number of their cluster, 1 the largest; None if they are in none of two people or more."""
    cut_member: bool
    sample: int | None = None
    """In large networks, the fewest people that an estimate here is based on; None if everything is exact."""
    betweenness_error: float | None = None
    """The standard error of `betweenness`; None if it is exact."""
    closeness_error: float | None = None
    """The standard error of `closeness`; None if it is exact."""

    def as_json(self) -> dict[str, Any]:
        """Return the metrics as scripts read them; the sample and its errors only if there is one."""
        fields = _without_missing(asdict(self), ("sample", "betweenness_error", "closeness_error"))
        return {"id": fields.pop("key"), **fields}


def _without_missing(fields: dict[str, Any], optional: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None or name not in optional}


def compute_network_metrics(network: Network, *, exact: bool = False) -> NetworkMetrics:
    """Return all metrics of the network as a whole.

    Shares are 0 to 1, distances are steps. Ties are unordered pairs under the network's rule; reported ties are ordered
    pairs. Isolates count everywhere, each as a component of one. Undefined metrics are None: densities under two
    members, averages without a member, reciprocity without a report, paths and modularity without a tie, centralization
    under three members, and the response rate if no one was asked. Definitions: Wasserman & Faust (1994); Freeman
    (1978) for centralization; Seidman (1983) for cores; Newman & Girvan (2004) for modularity.

    Everything is exact up to about 40,000 people with 120,000 ties. Beyond that, `average_path_length` and `diameter`
    are estimated from a sample (see `sample` and `average_path_length_error`), unless `exact` is True.
    """
    topology = network.topology
    size = topology.size
    ties, reports = len(network.ties), len(network.reports)
    degrees, cores = topology.degrees, core_numbers(topology)
    largest_core = int(cores.max(initial=0))
    reported = set(network.reports)
    mutual = sum(1 for one, other in network.reports if one < other and (other, one) in reported)
    paths = path_lengths(topology, exact=exact)
    return NetworkMetrics(
        wave=network.wave,
        respondents_rule=network.rule.value,
        members=size,
        isolates=int((degrees == 0).sum()),
        reported_ties=reports,
        ties=ties,
        density=2 * ties / (size * (size - 1)) if size > 1 else None,
        reported_density=reports / (size * (size - 1)) if size > 1 else None,
        average_ties=2 * ties / size if size else None,
        reciprocity=2 * mutual / reports if reports else None,
        mutual_pairs=mutual,
        components=len(topology.components),
        largest_component=max(map(len, topology.components), default=0),
        average_path_length=paths[0] if paths else None,
        diameter=paths[1] if paths else None,
        transitivity=transitivity(topology),
        average_clustering=average_clustering(topology),
        degree_centralization=(
            float((degrees.max() - degrees).sum()) / ((size - 1) * (size - 2)) if size > 2 else None
        ),
        largest_core=largest_core,
        core_members=int((cores == largest_core).sum()),
        respondents=network.respondents,
        response_rate=(
            network.respondents / network.invited if network.respondents is not None and network.invited else None
        ),
        groups=sum(1 for members in find_communities(topology) if len(members) > 1),
        modularity=community_modularity(topology),
        cut_ties=len(cut_ties(topology)),
        cut_members=len(cut_people(topology)),
        sample=distances(topology, exact=exact).sample,
        average_path_length_error=distances(topology, exact=exact).mean_error,
    )


def compute_person_metrics(network: Network, *, exact: bool = False) -> tuple[PersonMetrics, ...]:
    """Return the metrics of everyone in the network, sorted by key, including people who must not be named.

    Callers leave out people whose `on_map` is False. `ties` counts ties under the network's rule, `named_by` and
    `names` count reports; betweenness and closeness are 0 to 1.

    Everything is exact up to about 5,000 people with 15,000 ties, decided by counting the work, so alike on every
    machine. In larger networks betweenness, and from about 40,000 people on closeness, are estimated unless `exact` is
    True: `sample` says from how many people, and `betweenness_error` and `closeness_error` give the standard errors.
    """
    topology = network.topology
    named_by = Counter(other for _, other in network.reports)
    names = Counter(one for one, _ in network.reports)
    clusters = {
        number: at
        for at, members in enumerate(find_communities(topology), start=1)
        if len(members) > 1
        for number in members
    }
    cut = cut_people(topology)
    sample = None if exact else _sample_size(topology)
    no_errors = [None] * topology.size
    betweenness_errors = betweenness_error(topology, exact=exact)
    closeness_errors = closeness_error(topology, exact=exact)
    # Whole columns become plain numbers at once: for thousands of people that is far faster than one by one.
    columns = zip(
        network.people.items(),
        topology.degrees.tolist(),
        betweenness(topology, exact=exact).tolist(),
        closeness(topology, exact=exact).tolist(),
        core_numbers(topology).tolist(),
        no_errors if betweenness_errors is None else betweenness_errors.tolist(),
        no_errors if closeness_errors is None else closeness_errors.tolist(),
        strict=True,
    )
    return tuple(
        PersonMetrics(
            key=key,
            name=person.name,
            ties=ties,
            named_by=named_by[key],
            names=names[key],
            betweenness=between,
            closeness=close,
            core_number=core,
            group=clusters.get(number),
            cut_member=number in cut,
            sample=sample,
            betweenness_error=between_error,
            closeness_error=close_error,
        )
        for number, ((key, person), ties, between, close, core, between_error, close_error) in enumerate(columns)
    )


def compute_exact_metrics(
    network: Network, *, on_progress: Callable[[float], None] | None = None
) -> tuple[NetworkMetrics, tuple[PersonMetrics, ...]]:
    """Return what `compute_network_metrics` and `compute_person_metrics` give, with nothing estimated.

    20,000 people with 60,000 ties take about half a minute on one core; the result is stored with the network.
    `on_progress` gets shares that grow from 0 to 1, about a hundred times, in the caller's thread; an exception that it
    raises ends the work. If nothing is estimated, it is not called.
    """
    topology = network.topology
    if has_sampled_betweenness(topology) or has_sampled_distances(topology):

        def report(share: float) -> None:
            if on_progress is not None:
                on_progress(share)

        distances(topology, exact=True, on_progress=lambda share: report(share * DISTANCES_SHARE))
        betweenness_counts(
            topology, exact=True, on_progress=lambda share: report(DISTANCES_SHARE + share * (1 - DISTANCES_SHARE))
        )
    return compute_network_metrics(network, exact=True), compute_person_metrics(network, exact=True)


def _sample_size(topology: Topology) -> int | None:
    """Return the fewest people that an estimate is based on; None if everything is exact."""
    samples = (betweenness_counts(topology).sample, distances(topology).sample)
    return min((sample for sample in samples if sample is not None), default=None)
