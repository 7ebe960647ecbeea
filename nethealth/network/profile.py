"""The figures of a network as a whole, and of each person in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from nethealth.network.graph import Network
from nethealth.workbook.records import PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFigures:
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

    def as_json(self) -> dict[str, Any]:
        """The figures in the form that scripts read."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFigures:
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

    def as_json(self) -> dict[str, Any]:
        """The figures in the form that scripts read."""
        told = asdict(self)
        return {"id": told.pop("key"), **told}


def network_figures(network: Network) -> NetworkFigures:
    """Every figure of the network as a whole.

    Shares are 0 to 1, distances are steps. Ties are unordered pairs under the network's rule; reported ties are ordered
    pairs. People without a tie count everywhere, and each is a component of one. Where a figure is undefined it is
    None: densities under two members, averages without a member, reciprocity without a report, paths and modularity
    without a tie, centralization under three members, the response rate where nobody was asked. Definitions: Wasserman
    & Faust (1994); Freeman (1978) for centralization; Seidman (1983) for cores; Newman & Girvan (2004) for modularity.
    """
    structure = network.structure
    size = structure.size
    ties, reported = len(network.ties), len(network.reported)
    degrees, cores = structure.degrees, structure.cores
    largest_core = int(cores.max(initial=0))
    said = set(network.reported)
    mutual = sum(1 for one, other in network.reported if one < other and (other, one) in said)
    paths = structure.paths
    return NetworkFigures(
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
        groups=sum(1 for group in structure.groups if len(group) > 1),
        modularity=structure.modularity,
        cut_ties=len(structure.cut_ties),
        cut_members=len(structure.cut_people),
    )


def people_figures(network: Network) -> tuple[PersonFigures, ...]:
    """The figures of everybody in the network, sorted by key: those who are not to be named too.

    Whoever shows them leaves out people whose `on_map` is False. `ties` counts ties under the network's rule,
    `named_by` and `names` count reports; betweenness and closeness are 0 to 1.
    """
    structure = network.structure
    named_by = Counter(other for _, other in network.reported)
    names = Counter(one for one, _ in network.reported)
    groups = {number: at for at, group in enumerate(structure.groups, start=1) if len(group) > 1 for number in group}
    return tuple(
        PersonFigures(
            key=key,
            name=person.name,
            ties=int(structure.degrees[number]),
            named_by=named_by[key],
            names=names[key],
            betweenness=float(structure.betweenness[number]),
            closeness=float(structure.closeness[number]),
            core_number=int(structure.cores[number]),
            group=groups.get(number),
            cut_member=number in structure.cut_people,
        )
        for number, (key, person) in enumerate(network.people.items())
    )
