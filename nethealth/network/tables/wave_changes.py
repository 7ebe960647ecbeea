"""How each metric changed between two waves, and how sure we are, as a table."""

from __future__ import annotations

from itertools import pairwise

from nethealth.metric import Unit
from nethealth.network.analysis.wave_change import AS_DIRECT_WITHOUT_HUB, WaveChange, compare_metrics
from nethealth.network.graph import Network, network_at
from nethealth.presentation.formatting import format_value
from nethealth.presentation.table import Column, Format, Table
from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import TieRule
from nethealth.workbook.waves import relationship_waves

METRIC_NAMES = {
    "average_ties": "Connections per member",
    "density": "Density",
    "reciprocity": "Connections confirmed by both",
    "transitivity": "Closed triangles",
    "isolates": "Members with no connections",
    "largest_component": "Members in the largest component",
    AS_DIRECT_WITHOUT_HUB: "Pairs who reach each other as directly without the hub",
}
"""What a metric is called in a row. Everything but connections per member is a share."""
SCREEN_COLUMNS = (
    Column("Metric"),
    Column("Before", Format.NUMBER),
    Column("After", Format.NUMBER),
    Column("Change", Format.NUMBER),
    Column("95% interval"),
    Column("How sure"),
)
FILE_NUMBERS = ("Before", "After", "Change", "95% interval from", "95% interval to")
FILE_COLUMNS = (
    *map(Column, ("Metric", "Unit", "Wave", "Compared with")),
    *(Column(header, Format.NUMBER) for header in FILE_NUMBERS),
    Column("How sure"),
)
"""A file has plain numbers to calculate with. Shares are from 0 to 1, as in our other files."""
DIGITS = 6
"""More than any wave supports, and without the noise of floating-point numbers."""


def changes_table(before: Network, after: Network, *, hub: frozenset[PersonKey]) -> Table:
    """Return one row per metric: its values in both waves, the change, and what could explain it."""
    rows = [
        {
            "Metric": METRIC_NAMES[change.metric],
            "Before": _value(change.before, change),
            "After": _value(change.after, change),
            "Change": change_text(change),
            "95% interval": interval_text(change),
            "How sure": certainty_text(change),
        }
        for change in compare_metrics(before, after, hub=hub)
    ]
    return Table.of(SCREEN_COLUMNS, rows)


def all_changes_table(workbook: Workbook, *, rule: TieRule | None = None) -> Table:
    """Return the changes from each wave with a name to the next, latest first, for a file."""
    networks = [network_at(workbook, wave=wave.name, rule=rule) for wave in relationship_waves(workbook) if wave.wave]
    pairs = reversed(list(pairwise(networks)))
    rows = [
        {
            "Metric": METRIC_NAMES[change.metric],
            "Unit": "share" if _is_share(change) else "connections",
            "Wave": after.wave,
            "Compared with": before.wave,
            **dict(zip(FILE_NUMBERS, _numbers(change), strict=True)),
            "How sure": certainty_text(change),
        }
        for before, after in pairs
        for change in compare_metrics(before, after, hub=workbook.hub)
    ]
    return Table.of(FILE_COLUMNS, rows)


def _numbers(change: WaveChange) -> list[float | None]:
    """Return the numbers of `FILE_NUMBERS`, without a bound if there are too few people."""
    numbers = (change.before, change.after, change.difference, change.low, change.high)
    return [None if number is None else round(number, DIGITS) for number in numbers]


def change_text(change: WaveChange) -> str:
    """Return a change with its sign, in points if the metric is a share: `+0.2`, `−3 points`, `0`."""
    return _signed(change.difference, change) + (" points" if _is_share(change) else "")


def interval_text(change: WaveChange) -> str | None:
    """Return the 95% interval of a change: `−1.3 to +1.7`; None if there are too few people."""
    if change.low is None or change.high is None:
        return None
    return f"{_signed(change.low, change)} to {_signed(change.high, change)}"


def certainty_text(change: WaveChange) -> str:
    """Return what could explain a change, in a few words."""
    if change.margin is None:
        return "Too few people to say"
    if change.is_clear:
        return "Clear"
    if not change.difference:
        return "No change"
    return "Could be chance" if change.could_be_chance else "Could be missing answers"


def _is_share(change: WaveChange) -> bool:
    return change.metric != "average_ties"


def _value(value: float, change: WaveChange) -> str:
    return format_value(value, Unit.SHARE if _is_share(change) else Unit.NUMBER)


def _signed(value: float, change: WaveChange) -> str:
    number = value * 100 if _is_share(change) else value
    digits = 1 if not _is_share(change) or change.metric == "density" else 0
    text = f"{number:+.{digits}f}".replace("-", "\u2212")
    return "0" if not float(f"{number:.{digits}f}") else text
