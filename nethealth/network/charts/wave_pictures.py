"""Two waves side by side, everyone in the same place: connections kept, new, and lost, and people who came or left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType

from nethealth.network.analysis.wave_comparison import WaveComparison, compare_waves, shared_positions
from nethealth.network.connectivity import Connectivity
from nethealth.network.graph import Network, Tie
from nethealth.network.map.model import draw_network, person_id
from nethealth.network.map.picture import LONGEST_LABEL, WIDTH, Frame, Line, Mark, Position, map_picture
from nethealth.presentation import palette
from nethealth.presentation.formatting import pluralize, single_line
from nethealth.presentation.palette import Palette
from nethealth.presentation.table import Format, Table
from nethealth.workbook.records import PersonKey

UNNAMED = "Unnamed wave"
WIDEST_GAP = 60.0
"""In map units, between one person and the next to the right."""
SINGLE = 1_100.0
"""The width in pixels of one picture by itself."""
LABELS, LABELS_IN_SINGLE = 14, 30
"""Names in each picture: enough for orientation, few enough to keep the ties visible."""
TEXT_SIZE, TEXT_SIZE_IN_SINGLE = 15.0, 17.5
"""In pixels of the picture: on paper, which is narrower than a single picture, at least 8 points."""
NAMED_FROM = 420
"""Screen width in pixels; on a phone names would be too small to read."""


class TieChange(Enum):
    """How a tie or a person changed between two waves: label, legend symbol, line width, and line dash."""

    IN_BOTH = ("in both waves", "─", 0.9, "")
    NEW = ("new between people who stayed", "━", 1.9, "")
    WITH_NEWCOMERS = ("new with people who joined", "┄", 1.4, "1.5 3.5")
    LOST = ("lost between people who stayed", "╍", 1.9, "7 4")
    GONE = ("gone with people who left", "┄", 1.4, "1.5 3.5")
    JOINED = ("joined", "◆", 0.0, "")
    LEFT = ("left since", "○", 0.0, "")

    def __init__(self, label: str, symbol: str, width: float, dash: str) -> None:
        self.label, self.symbol, self.width, self.dash = label, symbol, width, dash

    def color(self, colors: Palette) -> str:
        """Return its color: one for what is new, one for what is gone, a muted one for what stayed."""
        if self is TieChange.IN_BOTH:
            return colors.muted
        return (
            colors.accent if self in (TieChange.NEW, TieChange.WITH_NEWCOMERS, TieChange.JOINED) else colors.leanings[0]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WavePair:
    """Two waves, the change between them, and everyone's position."""

    comparison: WaveComparison
    positions: Mapping[PersonKey, Position]
    """Of people who may be drawn."""
    labels: Mapping[PersonKey, str]
    """Their names in a picture; without people who left, which viewers may not see."""

    @property
    def names(self) -> tuple[str, str]:
        """The names of the earlier and the later wave."""
        return wave_name(self.comparison.before), wave_name(self.comparison.after)


def wave_name(network: Network) -> str:
    """Return a wave's name as the page shows it."""
    return single_line(network.wave, longest=60) if network.wave else UNNAMED


def pair_waves(before: Network, connected: Connectivity) -> WavePair:
    """Return an earlier wave and the later one, everyone positioned as on the map of the later wave."""
    comparison = compare_waves(before, connected.network)
    earlier = connected.positions_in(before.wave)
    # All waves share one layout, so people who left are where they stood among those who stayed.
    stood = {key: place for key, place in earlier.items() if before.neighbors.get(key)}
    places = shared_positions(comparison, start={**stood, **connected.positions})
    everyone = replace(
        comparison.after,
        people=MappingProxyType({**comparison.before.people, **comparison.after.people}),
        ties=(*comparison.after.ties, *comparison.lost_ties, *comparison.leaver_ties),
        unconfirmed_ties=(),
    )
    # The map's own drawing decides who may be drawn.
    drawn = {node["id"]: node for node in draw_network(everyone, positions=places, names=connected.names).nodes}
    nodes = {key: drawn[person_id(key)] for key in everyone.people if person_id(key) in drawn}
    left = frozenset(comparison.leavers)
    return WavePair(
        comparison=comparison,
        positions=MappingProxyType(
            _close_gaps({key: (float(node["x"]), float(node["y"])) for key, node in nodes.items()})
        ),
        labels=MappingProxyType(
            {
                key: single_line(str(node["name"]), longest=LONGEST_LABEL)
                for key, node in nodes.items()
                if key not in left
            }
        ),
    )


def _close_gaps(positions: Mapping[PersonKey, Position]) -> dict[PersonKey, Position]:
    """Return the positions with wide empty columns narrowed, since a picture is small."""
    moved: dict[PersonKey, Position] = {}
    shift, last = 0.0, None
    for key in sorted(positions, key=lambda key: (positions[key], key)):
        x, y = positions[key]
        shift += max(0.0, x - last - WIDEST_GAP) if last is not None else 0.0
        moved[key], last = (x - shift, y), x
    return moved


def wave_picture(waves: WavePair, *, later: bool, colors: Palette = palette.LIGHT, is_single: bool = False) -> str:
    """Return one of the two waves as an SVG picture, in the frame of both; `is_single` makes it as wide as the page.

    The earlier one shows who left and which ties ended, the later one who joined and which ties are new. People who
    may not be drawn are in neither, nor are their ties.
    """
    comparison = waves.comparison
    network = comparison.after if later else comparison.before
    came_or_left = frozenset(comparison.newcomers if later else comparison.leavers)
    ties_by_change: tuple[tuple[TieChange, tuple[Tie, ...]], ...] = (
        (
            (TieChange.IN_BOTH, comparison.kept_ties),
            (TieChange.WITH_NEWCOMERS, comparison.newcomer_ties),
            (TieChange.NEW, comparison.new_ties),
        )
        if later
        else (
            (TieChange.IN_BOTH, comparison.kept_ties),
            (TieChange.GONE, comparison.leaver_ties),
            (TieChange.LOST, comparison.lost_ties),
        )
    )
    marks = []
    for key in network.people:
        if key not in waves.positions:
            continue
        ties = len(network.neighbors[key])
        has_changed = key in came_or_left
        change = TieChange.JOINED if later else TieChange.LEFT
        marks.append(
            Mark(
                at=waves.positions[key],
                radius=(5.4 if has_changed else 3.6) + min(ties, 20) * 0.16,
                color=change.color(colors) if has_changed else colors.muted,
                shape="diamond" if has_changed and later else palette.OTHER_SHAPE,
                is_hollow=has_changed and not later,
                label=waves.labels.get(key, ""),
                weight=ties,
            )
        )
    return map_picture(
        marks,
        [line for change, ties in ties_by_change for line in _lines(ties, change, waves.positions, colors)],
        description=picture_alt(waves, later=later),
        frame=Frame.around(waves.positions.values()),
        colors=colors,
        most_labels=LABELS_IN_SINGLE if is_single else LABELS,
        text_size=TEXT_SIZE_IN_SINGLE if is_single else TEXT_SIZE,
        width=SINGLE if is_single else WIDTH,
        named_from=NAMED_FROM,
    )


def _lines(
    ties: Iterable[Tie], change: TieChange, positions: Mapping[PersonKey, Position], colors: Palette
) -> list[Line]:
    return [
        Line(
            start=positions[tie.a],
            end=positions[tie.b],
            color=change.color(colors),
            width=change.width,
            dash=change.dash,
            opacity=0.45 if change is TieChange.IN_BOTH else 0.95,
        )
        for tie in ties
        if tie.a in positions and tie.b in positions
    ]


def legend(waves: WavePair, *, later: bool) -> list[tuple[str, str, str]]:
    """Return the label, light color, and symbol of each kind of line and dot in a picture."""
    comparison = waves.comparison
    counts: dict[TieChange, int] = {TieChange.IN_BOTH: len(comparison.kept_ties)}
    if later:
        counts |= {TieChange.NEW: len(comparison.new_ties), TieChange.WITH_NEWCOMERS: len(comparison.newcomer_ties)}
        counts[TieChange.JOINED] = len(comparison.newcomers)
    else:
        counts |= {TieChange.LOST: len(comparison.lost_ties), TieChange.GONE: len(comparison.leaver_ties)}
        counts[TieChange.LEFT] = len(comparison.leavers)
    return [(change.label, change.color(palette.LIGHT), change.symbol) for change, count in counts.items() if count]


def comparison_title(waves: WavePair) -> str:
    """Return how many people stayed and joined, and how many connections newcomers brought, as a heading."""
    comparison, (before, after) = waves.comparison, waves.names
    earlier, stayed, joined = len(comparison.before.people), len(comparison.stayers), len(comparison.newcomers)
    if not stayed:
        return f"No one from {before} was still here in {after}"
    title = f"{stayed:,} of {pluralize(earlier, 'person', 'people')} stayed from {before} to {after}"
    if not joined:
        return title
    return f"{title}; {joined:,} joined and brought {pluralize(len(comparison.newcomer_ties), 'connection')}"


def picture_alt(waves: WavePair, *, later: bool) -> str:
    """Return a picture as text for screen readers."""
    comparison, (before, after) = waves.comparison, waves.names
    kept_text = f"{pluralize(len(comparison.kept_ties), 'connection')} kept"
    if later:
        return (
            f"{after}: {pluralize(len(comparison.after.people), 'person', 'people')}; "
            f"{len(comparison.newcomers):,} joined since {before}. {kept_text}, "
            f"{len(comparison.new_ties):,} new between people who stayed, "
            f"{len(comparison.newcomer_ties):,} with newcomers."
        )
    return (
        f"{before}: {pluralize(len(comparison.before.people), 'person', 'people')}; "
        f"{len(comparison.leavers):,} had left by {after}. {kept_text}, "
        f"{len(comparison.lost_ties):,} lost between people who stayed, "
        f"{len(comparison.leaver_ties):,} gone with people who left."
    )


def moved_table(waves: WavePair, *, joined: bool, names: Mapping[PersonKey, str]) -> Table:
    """Return who joined, or who left, with their number of connections then, most connections first.

    Who left is for staff only. People who may not be named are not listed.
    """
    comparison = waves.comparison
    network = comparison.after if joined else comparison.before
    rows = [
        {"Name": names[key], "Connections": len(network.neighbors[key])}
        for key in (comparison.newcomers if joined else comparison.leavers)
        if key in names and network.people[key].on_map
    ]
    rows.sort(key=lambda row: (-int(str(row["Connections"])), str(row["Name"]).casefold()))
    return Table.of({"Name": Format.TEXT, "Connections": Format.NUMBER}, rows)
