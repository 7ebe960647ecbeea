"""The clusters in a network and the columns they match; the people and connections that hold its parts together.

Values from cells are as typed: callers escape them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nethealth.metric import Unit
from nethealth.network.analysis.community_profiles import (
    CommunityProfile,
    CommunityProfiles,
    column_agreement,
    profile_communities,
)
from nethealth.network.analysis.community_stability import CommunityStability, assess_stability
from nethealth.network.connectivity import Connectivity
from nethealth.network.graph import Network
from nethealth.network.metrics.cut_points import CutMember, CutTie, cut_members, cut_ties, people_cut_off_by
from nethealth.presentation.formatting import UNDEFINED, format_value, pluralize, single_line
from nethealth.presentation.table import Format, Table
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import PersonKey, Workbook

MOST_NAMES = 3
"""Names per row: a cluster's best connected people, or people who would be cut off."""
MOST_ROWS = 12
CLOSE, PARTIAL = 0.5, 0.15
"""Agreement (adjusted Rand index) from which clusters match a column closely, or partly; 0 is chance, 1 identical."""
STABLE, DISSOLVED = 0.75, 0.5
"""Similarity from which a cluster counts as stable, and below which it counts as dissolved (Hennig 2007)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """The clusters in one wave, and how closely they match each column."""

    profiles: CommunityProfiles
    column: str | None
    agreement: Mapping[str, float | TooFew | None]
    """By column; known values first, the closest match at the top."""
    stability: CommunityStability
    """How similar the clusters are in repeated searches."""


def describe_clusters(network: Network, workbook: Workbook, *, column: str | None) -> Clusters:
    """Return a network's clusters, described by `column`; by default, by the column they match best."""
    matches = {name: column_agreement(network, workbook, column=name) for name in workbook.attributes}
    ranked = sorted(matches, key=lambda name: (not isinstance(matches[name], float), -_number(matches[name]), name))
    known = [name for name in ranked if isinstance(matches[name], float)]
    column = column or (known[0] if known else None)
    return Clusters(
        profiles=profile_communities(network, workbook, column=column),
        column=column,
        agreement={name: matches[name] for name in ranked},
        stability=assess_stability(network.topology),
    )


def _number(value: float | TooFew | None) -> float:
    return value if isinstance(value, float) else 0.0


def clusters_title(clusters: Clusters) -> str:
    """Return how many clusters there are and which column they match, as a heading."""
    number = len(clusters.profiles.profiles) + clusters.profiles.small_count
    if not number:
        return "No connections yet, so there are no clusters"
    title = f"Members form {pluralize(number, 'closely connected cluster')}"
    closest = next(iter(clusters.agreement.items()), None)
    if number < 2 or closest is None or not isinstance(closest[1], float):
        return title
    name, match = single_line(closest[0], longest=60), closest[1]
    if match < PARTIAL:
        return f"{title}, which match no column in the Members tab"
    return f"{title}, {'closely' if match >= CLOSE else 'partly'} matching {name}"


def cluster_table(clusters: Clusters, connected: Connectivity) -> Table:
    """Return one row per cluster: size, best connected people, connections, and most common value.

    Small clusters share one row, without details.
    """
    columns = {
        "Cluster": Format.TEXT,
        "People": Format.NUMBER,
        "Best connected": Format.TEXT,
        "Connections inside": Format.NUMBER,
        "Connections outside": Format.NUMBER,
        **({} if clusters.column is None else {_most_common_header(clusters.column): Format.TEXT}),
        "Stability": Format.TEXT,
    }
    rows = [_cluster_row(profile, clusters, connected) for profile in clusters.profiles.profiles]
    if clusters.profiles.small_count:
        label = pluralize(clusters.profiles.small_count, "smaller cluster")
        blank = dict.fromkeys(columns, "")
        rows.append(blank | {"Cluster": label, "People": clusters.profiles.people_in_small})
    return Table.of(columns, rows)


def _most_common_header(column: str) -> str:
    return f"Most common {single_line(column, longest=40)}"


def _cluster_row(profile: CommunityProfile, clusters: Clusters, connected: Connectivity) -> dict[str, object]:
    members = frozenset(profile.people)
    # Clusters are those of the whole network, so the names are too, whatever is selected.
    everyone = connected.unfiltered or connected
    best_connected = [person for person in everyone.people if person.key in members][:MOST_NAMES]
    row: dict[str, object] = {
        "Cluster": f"Cluster {profile.number}",
        "People": len(profile.people),
        "Best connected": ", ".join(connected.names[person.key] for person in best_connected),
        "Connections inside": profile.ties_inside,
        "Connections outside": profile.ties_outside,
    }
    if clusters.column is not None:
        row[_most_common_header(clusters.column)] = _most_common(profile)
    similarity = clusters.stability.similarity[profile.number - 1]
    row["Stability"] = "stable" if similarity >= STABLE else "mixed" if similarity >= DISSOLVED else "unstable"
    return row


def stability_text(clusters: Clusters) -> str:
    """Return how certain the clusters are, in two sentences; empty if there are none."""
    stability = clusters.stability
    if not stability.similarity or stability.agreement is None:
        return ""
    fewest, most = stability.fewest_communities, stability.most_communities
    found = pluralize(most, "cluster")
    if fewest != most:
        found = f"{fewest:,} {'or' if most == fewest + 1 else 'to'} {found}"
    stable = _stable_clusters(stability.similarity)
    return f"We searched {stability.runs} more times and found {found} each time. {stable}"


def _stable_clusters(same: Sequence[float]) -> str:
    """How many clusters are stable, small ones included, about which nothing else is shown."""
    number, stable = len(same), sum(each >= STABLE for each in same)
    if number == 1:
        return "It stayed nearly the same." if stable else "It changed, so some of its people may not belong together."
    if stable == number:
        return f"All {number:,} stayed nearly the same."
    start = f"{stable:,} of the {number:,}" if stable else f"None of the {number:,}"
    return f"{start} stayed nearly the same. The others include people who fit in more than one cluster."


def _most_common(profile: CommunityProfile) -> str:
    if profile.common_value is None:
        return UNDEFINED
    if isinstance(profile.common_share, TooFew):
        return f"{profile.common_value}: nearly all"
    if profile.common_share == 1:
        return f"{profile.common_value}: all"
    return f"{profile.common_value}: {format_value(profile.common_share, Unit.SHARE)}"


def agreement_table(clusters: Clusters) -> Table:
    """Return one row per column: how closely the clusters match it."""
    columns = {"Column": Format.TEXT, "Match": Format.TEXT, "Agreement": Format.NUMBER}
    rows = (
        {"Column": name, "Match": _match(value), "Agreement": format_value(value, Unit.INDEX)}
        for name, value in clusters.agreement.items()
    )
    return Table.of(columns, rows)


def _match(value: float | TooFew | None) -> str:
    if isinstance(value, TooFew):
        return "too few people have a value"
    if value is None:
        return "nothing to compare"
    return "close" if value >= CLOSE else "partial" if value >= PARTIAL else "no closer than by chance"


@dataclass(frozen=True, slots=True, kw_only=True)
class CutPoints:
    """The people and connections that hold a network together, including people who may not be named."""

    members: tuple[CutMember, ...]
    ties: tuple[CutTie, ...]

    @property
    def bridges(self) -> tuple[CutTie, ...]:
        """The ties with at least two people on each side."""
        return tuple(each for each in self.ties if each.parts[1] > 1)


def find_cut_points(network: Network) -> CutPoints:
    """Return the people and ties whose removal would split the network."""
    return CutPoints(members=cut_members(network), ties=cut_ties(network))


def cut_points_title(cut_points: CutPoints, connected: Connectivity) -> str:
    """Return how many people single members keep connected, as a heading."""
    if not connected.network.ties:
        return "No connections yet, so no one can be cut off"
    if not cut_points.members:
        return "No one would be cut off if any one person left"
    most = max(each.cut_off for each in cut_points.members)
    if len(cut_points.members) == 1:
        return f"If one person left, {pluralize(most, 'other')} would be cut off"
    others = "one other" if most == 1 else f"up to {most:,} others"
    return f"If any one of {len(cut_points.members):,} people left, {others} would be cut off"


def not_listed_text(cut_points: CutPoints, connected: Connectivity) -> str:
    """Return how many of these people asked not to be shown; empty if none did."""
    hidden = len(cut_points.members) - len(_listable(cut_points, connected))
    return f"{pluralize(hidden, 'person', 'people').capitalize()} asked not to be shown." if hidden else ""


def cut_point_table(cut_points: CutPoints, connected: Connectivity) -> Table:
    """Return the people who would cut off most others by leaving, then those with the highest betweenness.

    People who asked not to be shown have no row and are not named in one; they are counted.
    """
    cut = {each.key: each for each in _listable(cut_points, connected)}
    central = sorted(connected.people, key=lambda person: -person.betweenness)[: MOST_ROWS // 2]
    chosen = [person for person in connected.people if person.key in cut or person in central]
    ranked = sorted(
        (person for person in chosen if person.betweenness > 0),
        key=lambda person: (
            -(cut[person.key].cut_off if person.key in cut else 0),
            -person.betweenness,
            connected.names[person.key].casefold(),
        ),
    )
    columns = {
        "Name": Format.TEXT,
        "Connections": Format.NUMBER,
        "Betweenness": Format.SHARE,
        "Would be cut off": Format.NUMBER,
        "Who": Format.TEXT,
    }
    rows = (
        {
            "Name": connected.names[person.key],
            "Connections": person.ties,
            "Betweenness": person.betweenness,
            "Would be cut off": cut[person.key].cut_off if person.key in cut else 0,
            "Who": _names_cut_off(connected, person.key) if person.key in cut else "no one",
        }
        for person in ranked[:MOST_ROWS]
    )
    return Table.of(columns, rows)


def _listable(cut_points: CutPoints, connected: Connectivity) -> list[CutMember]:
    listable = {person.key for person in connected.people}
    return [each for each in cut_points.members if each.key in listable]


def _names_cut_off(connected: Connectivity, key: PersonKey) -> str:
    cut_off = people_cut_off_by(connected.network, key)
    names = [connected.names[person] for person in cut_off if person in connected.names][:MOST_NAMES]
    more = len(cut_off) - len(names)
    if not names:
        return "someone not shown" if more == 1 else pluralize(more, "person", "people")
    return ", ".join(names) + (f" and {more:,} more" if more else "")


def bridges_text(cut_points: CutPoints) -> str:
    """Return how many connections are bridges, and how many people depend on a single connection."""
    # Two people connected only to each other depend on nothing larger.
    single = sum(each.parts[1] == 1 < each.parts[0] for each in cut_points.ties)
    sentences = []
    if cut_points.bridges:
        bridges = pluralize(len(cut_points.bridges), "connection is a bridge", "connections are bridges").capitalize()
        sentences.append(f"{bridges}: without one, part of the network would split off.")
    if single:
        depend = pluralize(single, "person depends", "people depend").capitalize()
        sentences.append(f"{depend} on a single connection to the rest.")
    return " ".join(sentences)


def bridge_table(cut_points: CutPoints, connected: Connectivity) -> Table:
    """Return the bridges between people on the map, the most even split first."""
    names = connected.names
    rows = [
        {
            "Person": names[each.tie.a],
            "Other person": names[each.tie.b],
            "Without this connection": f"{each.parts[0]:,} people on one side, {each.parts[1]:,} on the other",
        }
        for each in cut_points.bridges
        if each.tie.a in names and each.tie.b in names
    ]
    headers = ("Person", "Other person", "Without this connection")
    return Table.of(dict.fromkeys(headers, Format.TEXT), rows[:MOST_ROWS])
