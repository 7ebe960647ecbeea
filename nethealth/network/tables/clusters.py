"""The groups found and what they follow, and who and what holds parts together: headings and registers.

Values from cells are as typed: whoever shows them escapes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nethealth.metric import Unit
from nethealth.network import (
    CommunityProfile,
    CommunityProfiles,
    CommunityStability,
    CutMember,
    CutTie,
    Network,
    assess_stability,
    column_agreement,
    cut_members,
    cut_ties,
    people_cut_off_by,
    profile_communities,
)
from nethealth.network.connectivity import Connectivity
from nethealth.presentation.formatting import UNDEFINED, format_value, pluralize, single_line
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import PersonKey, Workbook

NAMED = 3
"""People whom a group is known by, or names told of those who would be cut off."""
BRIDGES_SHOWN = 12
CLOSELY, PARTLY = 0.5, 0.15
"""From which agreement on groups follow an attribute closely, and from which in part. 0 is chance, 1 the same parts."""
STABLE, DISSOLVED = 0.75, 0.5
"""From how much likeness on a group counts as found again, and below which it was not (Hennig 2007)."""
Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsFound:
    """The groups in the ties of one wave, and how far they follow each attribute."""

    profiles: CommunityProfiles
    column: str | None
    followed: Mapping[str, float | TooFew | None]
    """Agreement with each attribute: those that are known first, the closest at the top."""
    stability: CommunityStability
    """Whether they come out again when other lots are drawn."""


def groups_found(network: Network, workbook: Workbook, *, column: str | None) -> GroupsFound:
    """The groups of a network, described by `column`; without one by the attribute that they follow most."""
    told = {name: column_agreement(network, workbook, column=name) for name in workbook.attributes}
    ranked = sorted(told, key=lambda name: (not isinstance(told[name], float), -_number(told[name]), name))
    known = [name for name in ranked if isinstance(told[name], float)]
    column = column or (known[0] if known else None)
    return GroupsFound(
        profiles=profile_communities(network, workbook, column=column),
        column=column,
        followed={name: told[name] for name in ranked},
        stability=assess_stability(network),
    )


def _number(figure: float | TooFew | None) -> float:
    return figure if isinstance(figure, float) else 0.0


def groups_title(found: GroupsFound) -> str:
    """How many groups there are and what they follow, as a heading."""
    many = len(found.profiles.profiles) + found.profiles.small_count
    if not many:
        return "Nobody is tied yet, so there are no groups to find"
    groups = f"By their ties people cluster in {pluralize(many, 'group')}"
    closest = next(iter(found.followed.items()), None)
    if many < 2 or closest is None or not isinstance(closest[1], float):
        return groups
    name, figure = single_line(closest[0], longest=60), closest[1]
    if figure < PARTLY:
        return f"{groups}, which follow none of what the sheet says of them"
    return f"{groups}, which follow {name} {'closely' if figure >= CLOSELY else 'in part'}"


def group_rows(found: GroupsFound, connected: Connectivity) -> list[Row]:
    """One row a group: how many, whom it is known by, its ties within and to others, and what most of it share.

    Small groups stand in one row together, without details.
    """
    rows = [_group_row(group, found, connected) for group in found.profiles.profiles]
    if found.profiles.small_count:
        smaller: Row = dict.fromkeys(rows[0], "") if rows else {}
        groups = pluralize(found.profiles.small_count, "smaller group")
        smaller |= {"Group": groups, "People": found.profiles.people_in_small}
        rows.append(smaller)
    return rows


def _group_row(group: CommunityProfile, found: GroupsFound, connected: Connectivity) -> Row:
    inside = frozenset(group.people)
    # Groups are of everybody, whatever is chosen, and so is whom they are known by.
    everybody = connected.unfiltered or connected
    known = [person for person in everybody.people if person.key in inside][:NAMED]
    row: Row = {
        "Group": f"Group {group.number}",
        "People": len(group.people),
        "Best connected": ", ".join(connected.names[person.key] for person in known),
        "Ties inside": group.ties_inside,
        "Ties to others": group.ties_outside,
    }
    if found.column is not None:
        row[f"Most common {single_line(found.column, longest=40)}"] = _common(group)
    row["Found again"] = _found_again(found.stability.similarity[group.number - 1])
    return row


def _found_again(same: float) -> str:
    return "nearly as it is" if same >= STABLE else "in part" if same >= DISSOLVED else "hardly"


def stability_text(found: GroupsFound) -> str:
    """How sure the groups are, in two sentences; empty where there is none."""
    stability = found.stability
    if not stability.similarity or stability.agreement is None:
        return ""
    fewest, most = stability.fewest_communities, stability.most_communities
    between = f"{fewest:,} to {most:,} groups" if fewest != most else pluralize(fewest, "group")
    return (
        f"Searched again {stability.runs} times from other beginnings, {between} came out. "
        f"{_steady(stability.similarity)}"
    )


def _steady(same: Sequence[float]) -> str:
    """How many of the groups came back, small ones counted, of which nothing else is told."""
    many, steady = len(same), sum(each >= STABLE for each in same)
    if many == 1:
        return (
            "It came back nearly as it is." if steady else "It did not come back as it is: people stand between groups."
        )
    if steady == many:
        return f"All {many:,} came back nearly as they are."
    came_back = f"{steady:,} of the {many:,}" if steady else f"None of the {many:,}"
    nearly = "they are" if steady > 1 else "it is"
    return f"{came_back} came back nearly as {nearly}; where one did not, people stand between groups."


def _common(group: CommunityProfile) -> str:
    if group.common_value is None:
        return UNDEFINED
    if isinstance(group.common_share, TooFew):
        return f"{group.common_value}: nearly all"
    if group.common_share == 1:
        return f"{group.common_value}: all"
    return f"{group.common_value}: {format_value(group.common_share, Unit.SHARE)}"


def followed_rows(found: GroupsFound) -> list[Row]:
    """One row an attribute: how far the groups follow it, in words and as a figure."""
    return [
        {"Attribute": name, "The groups follow it": _closeness(figure), "Agreement": format_value(figure, Unit.INDEX)}
        for name, figure in found.followed.items()
    ]


def _closeness(figure: float | TooFew | None) -> str:
    if isinstance(figure, TooFew):
        return "too few people have one"
    if figure is None:
        return "nothing to compare"
    return "closely" if figure >= CLOSELY else "in part" if figure >= PARTLY else "no more than by chance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The people and the ties that hold a network together, those who are not to be named too."""

    members: tuple[CutMember, ...]
    ties: tuple[CutTie, ...]

    @property
    def parting(self) -> tuple[CutTie, ...]:
        """The ties between two parts of two people or more."""
        return tuple(one for one in self.ties if one.parts[1] > 1)


def holding(network: Network) -> Holding:
    """Who and what holds the network together."""
    return Holding(members=cut_members(network), ties=cut_ties(network))


def holding_title(held: Holding, connected: Connectivity) -> str:
    """How much hangs on single people, as a heading."""
    if not connected.network.ties:
        return "Nobody is tied yet, so nobody holds anything together"
    if not held.members:
        return "No single person’s absence would cut anybody off"
    most = max(one.cut_off for one in held.members)
    if len(held.members) == 1:
        return f"Without one person, {pluralize(most, 'other')} would be cut off"
    others = "one other" if most == 1 else f"up to {most:,} others"
    return f"Without any one of {len(held.members):,} people, {others} would be cut off"


def not_listed_text(held: Holding, connected: Connectivity) -> str:
    """How many of those who hold parts together are not to be named; empty where all are."""
    unnamed = len(held.members) - len(_shown(held, connected))
    who = pluralize(unnamed, "person is", "people are").capitalize()
    return f"{who} not listed, as the sheet asks." if unnamed else ""


def holding_rows(held: Holding, connected: Connectivity) -> list[Row]:
    """Whose absence would cut somebody off, most first, then those through whom most shortest ways go.

    People who are not to be named are neither rows nor named in one; they are counted.
    """
    cut = {one.key: one for one in _shown(held, connected)}
    between = sorted(connected.people, key=lambda person: -person.betweenness)[: BRIDGES_SHOWN // 2]
    chosen = [person for person in connected.people if person.key in cut or person in between]
    ranked = sorted(
        (person for person in chosen if person.betweenness > 0),
        key=lambda person: (
            -(cut[person.key].cut_off if person.key in cut else 0),
            -person.betweenness,
            connected.names[person.key].casefold(),
        ),
    )
    return [
        {
            "Name": connected.names[person.key],
            "Ties": person.ties,
            "Stands between": person.betweenness,
            "Would be cut off": cut[person.key].cut_off if person.key in cut else 0,
            "Who": _who(connected, person.key) if person.key in cut else "nobody: all would still be reached",
        }
        for person in ranked[:BRIDGES_SHOWN]
    ]


def _shown(held: Holding, connected: Connectivity) -> list[CutMember]:
    listable = {person.key for person in connected.people}
    return [one for one in held.members if one.key in listable]


def _who(connected: Connectivity, key: PersonKey) -> str:
    cut_off = people_cut_off_by(connected.network, key)
    named = [connected.names[person] for person in cut_off if person in connected.names][:NAMED]
    further = len(cut_off) - len(named)
    if not named:
        return "somebody who is not shown" if further == 1 else pluralize(further, "person", "people")
    return ", ".join(named) + (f" and {further:,} more" if further else "")


def cut_ties_title(held: Holding) -> str:
    """How many ties are the only link between two parts, as a sentence."""
    # Of two who have each other alone, neither hangs on to anything more.
    single = sum(one.parts[1] == 1 < one.parts[0] for one in held.ties)
    said = []
    if held.parting:
        links = pluralize(len(held.parting), "tie is", "ties are").capitalize()
        said.append(f"{links} the only link between two parts of the network.")
    if single:
        said.append(
            f"{pluralize(single, 'person hangs', 'people hang').capitalize()} on to all others by one tie alone."
        )
    return " ".join(said)


def cut_tie_rows(held: Holding, connected: Connectivity) -> list[Row]:
    """The ties between two parts of two people or more, the most even split first; between people on the map."""
    names = connected.names
    rows: list[Row] = [
        {
            "One": names[one.tie.a],
            "Other": names[one.tie.b],
            "Without this tie": f"{one.parts[0]:,} people on one side, {one.parts[1]:,} on the other",
        }
        for one in held.parting
        if one.tie.a in names and one.tie.b in names
    ]
    return rows[:BRIDGES_SHOWN]
