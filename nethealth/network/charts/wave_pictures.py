"""Two waves side by side in the same places: what was kept, is new or lost, and with whom it came or went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType

from nethealth.network import Network, Tie, WaveComparison, compare_waves, shared_positions
from nethealth.network.connectivity import Connectivity
from nethealth.network.map.model import drawing_of, person_id
from nethealth.network.map.picture import LONGEST_LABEL, Frame, Line, Mark, Place, map_picture
from nethealth.presentation import palette
from nethealth.presentation.formatting import pluralize, single_line
from nethealth.presentation.palette import Palette
from nethealth.workbook.records import PersonKey

UNNAMED = "Unnamed wave"
WIDEST_GAP = 60.0
"""In units of the map, from one person to the next to the right."""
LABELS, TEXT_SIZE = 14, 15.0
"""Names in each picture: enough to know one's way about, few enough to leave the ties to be seen."""
NAMED_FROM = 420
"""In pixels of the screen: on a phone names would be a few pixels high."""
Row = dict[str, object]


class TieChange(Enum):
    """What became of a tie or a person between two waves: its name, its mark in a legend, and how its line is drawn."""

    KEPT = ("tie in both waves", "─", 0.9, "")
    NEW = ("new, between two who stayed", "━", 1.9, "")
    WITH_NEWCOMERS = ("with somebody who joined", "┄", 1.4, "1.5 3.5")
    LOST = ("lost, between two who stayed", "╍", 1.9, "7 4")
    GONE = ("gone with somebody who left", "┄", 1.4, "1.5 3.5")
    JOINED = ("joined", "◆", 0.0, "")
    LEFT = ("left since", "○", 0.0, "")

    def __init__(self, words: str, sign: str, width: float, dash: str) -> None:
        self.words, self.sign, self.width, self.dash = words, sign, width, dash

    def color(self, colors: Palette) -> str:
        """The colour in which it is drawn: one for what came, one for what went, a quiet one for what stayed."""
        if self is TieChange.KEPT:
            return colors.muted
        return (
            colors.accent if self in (TieChange.NEW, TieChange.WITH_NEWCOMERS, TieChange.JOINED) else colors.leanings[0]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WavePair:
    """Two waves, the change between them, and where everybody in either stands."""

    compared: WaveComparison
    spots: Mapping[PersonKey, Place]
    """Of those who may be drawn."""
    labels: Mapping[PersonKey, str]
    """What those are called in a picture; without those who left, whom a viewer is not told of."""

    @property
    def names(self) -> tuple[str, str]:
        """The names of the earlier and the later wave."""
        return wave_name(self.compared.before), wave_name(self.compared.after)


def wave_name(network: Network) -> str:
    """What a wave is called where it is shown."""
    return single_line(network.wave, longest=60) if network.wave else UNNAMED


def pair_waves(before: Network, connected: Connectivity) -> WavePair:
    """An earlier wave beside a later one, everybody standing where the map of the later one has them."""
    compared = compare_waves(before, connected.network)
    places = shared_positions(compared, start=dict(connected.positions))
    everybody = replace(
        compared.after,
        people=MappingProxyType({**compared.before.people, **compared.after.people}),
        ties=(*compared.after.ties, *compared.lost_ties, *compared.leaver_ties),
        unconfirmed_ties=(),
    )
    # The map's own drawing decides who may be drawn, and opens crowded middles as the map does.
    drawn = {node["id"]: node for node in drawing_of(everybody, places=places, names=connected.names).nodes}
    nodes = {key: drawn[person_id(key)] for key in everybody.people if person_id(key) in drawn}
    left = frozenset(compared.leavers)
    return WavePair(
        compared=compared,
        spots=MappingProxyType(_closed_up({key: (float(node["x"]), float(node["y"])) for key, node in nodes.items()})),
        labels=MappingProxyType(
            {
                key: single_line(str(node["name"]), longest=LONGEST_LABEL)
                for key, node in nodes.items()
                if key not in left
            }
        ),
    )


def _closed_up(spots: Mapping[PersonKey, Place]) -> dict[PersonKey, Place]:
    """The same places with wide empty strips between left and right drawn in, since a picture is small."""
    moved: dict[PersonKey, Place] = {}
    shift, last = 0.0, None
    for key in sorted(spots, key=lambda key: (spots[key], key)):
        x, y = spots[key]
        shift += max(0.0, x - last - WIDEST_GAP) if last is not None else 0.0
        moved[key], last = (x - shift, y), x
    return moved


def wave_picture(waves: WavePair, *, later: bool, colors: Palette = palette.LIGHT) -> str:
    """One of the two waves as an SVG picture, in the frame of both.

    The earlier shows who left and which ties ended; the later who joined and which ties are new. Whoever is not to be
    named or drawn is in neither, nor are their ties.
    """
    compared = waves.compared
    network = compared.after if later else compared.before
    came_or_left = frozenset(compared.newcomers if later else compared.leavers)
    fates: tuple[tuple[TieChange, tuple[Tie, ...]], ...] = (
        (
            (TieChange.KEPT, compared.kept_ties),
            (TieChange.WITH_NEWCOMERS, compared.newcomer_ties),
            (TieChange.NEW, compared.new_ties),
        )
        if later
        else (
            (TieChange.KEPT, compared.kept_ties),
            (TieChange.GONE, compared.leaver_ties),
            (TieChange.LOST, compared.lost_ties),
        )
    )
    marks = []
    for key in network.people:
        if key not in waves.spots:
            continue
        ties = len(network.neighbors[key])
        moved = key in came_or_left
        fate = TieChange.JOINED if later else TieChange.LEFT
        marks.append(
            Mark(
                at=waves.spots[key],
                radius=(3.6 if not moved else 5.4) + min(ties, 20) * 0.16,
                color=fate.color(colors) if moved else colors.muted,
                shape="diamond" if moved and later else palette.OTHER_SHAPE,
                is_hollow=moved and not later,
                label=waves.labels.get(key, ""),
                weight=ties,
            )
        )
    return map_picture(
        marks,
        [line for fate, ties in fates for line in _lines(ties, fate, waves.spots, colors)],
        words=picture_text(waves, later=later),
        frame=Frame.around(waves.spots.values()),
        colors=colors,
        most_labels=LABELS,
        text_size=TEXT_SIZE,
        named_from=NAMED_FROM,
    )


def _lines(ties: Iterable[Tie], fate: TieChange, spots: Mapping[PersonKey, Place], colors: Palette) -> list[Line]:
    return [
        Line(
            start=spots[tie.a],
            end=spots[tie.b],
            color=fate.color(colors),
            width=fate.width,
            dash=fate.dash,
            opacity=0.45 if fate is TieChange.KEPT else 0.95,
        )
        for tie in ties
        if tie.a in spots and tie.b in spots
    ]


def legend(waves: WavePair, *, later: bool, colors: Palette = palette.LIGHT) -> list[tuple[str, str, str]]:
    """What the signs in a picture stand for, each with its name, colour and sign; only those that are in it."""
    compared = waves.compared
    counts: dict[TieChange, int] = {TieChange.KEPT: len(compared.kept_ties)}
    if later:
        counts |= {TieChange.NEW: len(compared.new_ties), TieChange.WITH_NEWCOMERS: len(compared.newcomer_ties)}
        counts[TieChange.JOINED] = len(compared.newcomers)
    else:
        counts |= {TieChange.LOST: len(compared.lost_ties), TieChange.GONE: len(compared.leaver_ties)}
        counts[TieChange.LEFT] = len(compared.leavers)
    return [(fate.words, fate.color(colors), fate.sign) for fate, count in counts.items() if count]


def comparison_title(waves: WavePair) -> str:
    """Who stayed and who came, and what they brought, as a heading."""
    compared, (before, after) = waves.compared, waves.names
    was, stayed, joined = len(compared.before.people), len(compared.stayers), len(compared.newcomers)
    if not stayed:
        return f"Nobody of {before} is still there in {after}"
    who = f"{stayed:,} of {pluralize(was, 'person', 'people')} stayed and {joined:,} joined from {before} to {after}"
    if not joined:
        return who
    return f"{who}: newcomers bring {pluralize(len(compared.newcomer_ties), 'tie')}"


def picture_text(waves: WavePair, *, later: bool) -> str:
    """What a picture shows, for those who do not see it."""
    compared, (before, after) = waves.compared, waves.names
    if later:
        return (
            f"{after}: {pluralize(len(compared.after.people), 'person', 'people')}, of whom "
            f"{len(compared.newcomers):,} "
            f"joined since {before}; {pluralize(len(compared.kept_ties), 'tie')} kept, "
            f"{len(compared.new_ties):,} new among those "
            f"who stayed, {len(compared.newcomer_ties):,} with newcomers."
        )
    return (
        f"{before}: {pluralize(len(compared.before.people), 'person', 'people')}, of whom "
        f"{len(compared.leavers):,} had "
        f"left by {after}; {pluralize(len(compared.kept_ties), 'tie')} kept, "
        f"{len(compared.lost_ties):,} lost among those who "
        f"stayed, {len(compared.leaver_ties):,} gone with those who left."
    )


def moved_rows(waves: WavePair, *, joined: bool, names: Mapping[PersonKey, str]) -> list[Row]:
    """Who joined, or who left, with how many ties they have or had: most ties first.

    Who left is for staff alone. Whoever has no name to be shown is not listed.
    """
    compared = waves.compared
    network = compared.after if joined else compared.before
    rows = [
        {"Name": names[key], "Ties": len(network.neighbors[key])}
        for key in (compared.newcomers if joined else compared.leavers)
        if key in names and network.people[key].on_map
    ]
    return sorted(rows, key=lambda row: (-int(str(row["Ties"])), str(row["Name"]).casefold()))
