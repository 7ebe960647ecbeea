"""The figures of a network as a whole, and of each person in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from typing import Any

from nethealth.network.graph import Network
from nethealth.network.metrics.graph_metrics import Topology
from nethealth.workbook.records import PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkMetrics:
    """What can be said of a network in figures. Undefined is None. Each is declared in `MEASURES["network"]`."""

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
    """In very large networks: how many people's distances stand for all in `average_path_length`, `diameter` then being
    the longest that they saw. None where both are exact."""
    average_path_length_error: float | None = None
    """The standard error of `average_path_length`; None where it is exact."""

    def as_json(self) -> dict[str, Any]:
        """The figures in the form that scripts read, with the sample and its error only where there is one."""
        return _told(asdict(self), ("sample", "average_path_length_error"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMetrics:
    """What can be said of one person's place in a network. Each is declared in `MEASURES["people"]`."""

    key: PersonKey
    """`id` for scripts."""
    name: str
    ties: int
    named_by: int
    names: int
    betweenness: float
    closeness: float
    core_number: int
    group: int | None
    """1 is the largest; None for whoever is in no group of two or more."""
    cut_member: bool
    sample: int | None = None
    """In large networks: how many people's shortest paths, at the least, stand for everybody's in what has an error.
    None where all figures are exact."""
    betweenness_error: float | None = None
    """The standard error of `betweenness`; None where it is exact."""
    closeness_error: float | None = None
    """The standard error of `closeness`; None where it is exact."""

    def as_json(self) -> dict[str, Any]:
        """The figures in the form that scripts read, with the sample and its errors only where there is one."""
        told = _told(asdict(self), ("sample", "betweenness_error", "closeness_error"))
        return {"id": told.pop("key"), **told}


def _told(fields: dict[str, Any], of_estimates: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None or name not in of_estimates}


def compute_network_metrics(network: Network) -> NetworkMetrics:
    """Every figure of the network as a whole.

    Shares are 0 to 1, distances are steps. Ties are unordered pairs under the network's rule; reported ties are ordered
    pairs. People without a tie count everywhere, and each is a component of one. Where a figure is undefined it is
    None: densities under two members, averages without a member, reciprocity without a report, paths and modularity
    without a tie, centralization under three members, the response rate where nobody was asked. Definitions: Wasserman
    & Faust (1994); Freeman (1978) for centralization; Seidman (1983) for cores; Newman & Girvan (2004) for modularity.

    Everything is exact up to some 40,000 people with 120,000 ties. Beyond, `average_path_length` and `diameter` come
    from a sample (see `sample`, `average_path_length_error`); `compute_exact_metrics` works them out in full.
    """
    return _network_figures(network, network.topology)


def _network_figures(network: Network, structure: Topology) -> NetworkMetrics:
    size = structure.size
    ties, reported = len(network.ties), len(network.reports)
    degrees, cores = structure.degrees, structure.cores
    largest_core = int(cores.max(initial=0))
    said = set(network.reports)
    mutual = sum(1 for one, other in network.reports if one < other and (other, one) in said)
    paths = structure.paths
    return NetworkMetrics(
        wave=network.wave,
        respondents_rule=network.rule.value,
        members=size,
        isolates=int((degrees == 0).sum()),
        reported_ties=reported,
        ties=ties,
        density=2 * ties / (size * (size - 1)) if size > 1 else None,
        reported_density=reported / (size * (size - 1)) if size > 1 else None,
        average_ties=2 * ties / size if size else None,
        reciprocity=2 * mutual / reported if reported else None,
        mutual_pairs=mutual,
        components=len(structure.components),
        largest_component=max((len(part) for part in structure.components), default=0),
        average_path_length=paths[0] if paths else None,
        diameter=paths[1] if paths else None,
        transitivity=structure.transitivity,
        average_clustering=structure.average_clustering,
        degree_centralization=(
            float((degrees.max() - degrees).sum()) / ((size - 1) * (size - 2)) if size > 2 else None
        ),
        largest_core=largest_core,
        core_members=int((cores == largest_core).sum()),
        respondents=network.respondents,
        response_rate=(
            network.respondents / network.invited if network.respondents is not None and network.invited else None
        ),
        groups=sum(1 for group in structure.communities if len(group) > 1),
        modularity=structure.modularity,
        cut_ties=len(structure.cut_ties),
        cut_members=len(structure.cut_people),
        sample=structure.distances.sample,
        average_path_length_error=structure.distances.mean_error,
    )


def compute_person_metrics(network: Network) -> tuple[PersonMetrics, ...]:
    """The figures of everybody in the network, sorted by key: those who are not to be named too.

    Whoever shows them leaves out people whose `on_map` is False. `ties` counts ties under the network's rule,
    `named_by` and `names` count reports; betweenness and closeness are 0 to 1.

    Everything is exact up to about 5,000 people with 15,000 ties (by a count of the work, the same on every machine).
    In larger networks betweenness, and from about 40,000 people on closeness, are estimated: `sample` then says from
    how many people, `betweenness_error` and `closeness_error` by how much they may be off (one standard error), and
    whoever shows them says so, with a way to `compute_exact_metrics`.
    """
    return _people_figures(network, network.topology)


def compute_exact_metrics(
    network: Network, *, on_progress: Callable[[float], None] | None = None
) -> tuple[NetworkMetrics, tuple[PersonMetrics, ...]]:
    """What `compute_network_metrics` and `compute_person_metrics` give, with nothing estimated: their `sample` is None.

    Takes as long as it takes (20,000 people with 60,000 ties: about half a minute on one core) on all cores that are
    free, and is remembered with the network. `on_progress` is called with shares that grow from 0 to 1, some hundred
    times, always from the thread that called, so that it may draw a progress bar; whatever it raises ends the work.
    Where nothing is estimated it answers at once and calls nothing. A page asks first whether
    `connected.people[0].sample` is None, and offers a button "Work it out exactly" where it is not.
    """
    exact = network.topology.exactly(on_progress)
    return _network_figures(network, exact), _people_figures(network, exact)


def _people_figures(network: Network, structure: Topology) -> tuple[PersonMetrics, ...]:
    named_by = Counter(other for _, other in network.reports)
    names = Counter(one for one, _ in network.reports)
    groups = {
        number: at for at, group in enumerate(structure.communities, start=1) if len(group) > 1 for number in group
    }
    sample = structure.sample
    nothing = [None] * structure.size
    betweenness_errors, closeness_errors = structure.betweenness_error, structure.closeness_error
    # As plain numbers at once: one by one, thousands of people would wait for it.
    columns = zip(
        network.people.items(),
        structure.degrees.tolist(),
        structure.betweenness.tolist(),
        structure.closeness.tolist(),
        structure.cores.tolist(),
        nothing if betweenness_errors is None else betweenness_errors.tolist(),
        nothing if closeness_errors is None else closeness_errors.tolist(),
        strict=True,
    )
    return tuple(
        PersonMetrics(
            key=key,
            name=person.name,
            ties=ties,
            named_by=named_by[key],
            names=names[key],
            betweenness=betweenness,
            closeness=closeness,
            core_number=core,
            group=groups.get(number),
            cut_member=number in structure.cut_people,
            sample=sample,
            betweenness_error=betweenness_error,
            closeness_error=closeness_error,
        )
        for number, (
            (key, person),
            ties,
            betweenness,
            closeness,
            core,
            betweenness_error,
            closeness_error,
        ) in enumerate(columns)
    )
