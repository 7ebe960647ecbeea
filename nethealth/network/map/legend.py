"""What colours the people on the map: the most frequent values of an attribute, each with a shape beside its colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nethealth.presentation import palette
from nethealth.presentation.formatting import single_line
from nethealth.workbook.records import Person

MOST_GROUPS = len(palette.GROUPS)
OTHER = -1
"""The group of whoever has none of the named values."""
LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One value of the attribute that colours the map."""

    group: int
    """0 to 7; `OTHER` for all further values and for none."""
    label: str
    count: int
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coloring:
    """Each person's group, and what the groups are."""

    title: str
    """The attribute's name; empty where all people have one colour."""
    groups: tuple[int, ...]
    legend: tuple[LegendEntry, ...]


def color_people(people: Sequence[Person], column: str | None, *, among: Iterable[Person]) -> Coloring:
    """The groups of `people` by the attribute `column` (None: one colour for all), and the legend with their counts.

    The eight most frequent values `among` those who may be drawn have a group each; all others are "Other".
    """
    if column is None:
        return Coloring(title="", groups=(0,) * len(people), legend=())
    place = {value: number for number, value in enumerate(_ranked(among, column))}
    values = [_value(person, column) for person in people]
    groups = tuple(place.get(value, OTHER) for value in values)
    counts = Counter(groups)
    entries = [
        LegendEntry(number, single_line(value, longest=LONGEST_LABEL), counts[number], palette.SHAPES[number])
        for value, number in place.items()
        if counts[number]
    ]
    if counts[OTHER]:
        unsaid = sum(not value for value in values)
        label = "Not said" if unsaid == counts[OTHER] else "Other" if not unsaid else "Other or not said"
        entries.append(LegendEntry(OTHER, label, counts[OTHER], palette.OTHER_SHAPE))
    return Coloring(title=single_line(column, longest=LONGEST_LABEL), groups=groups, legend=tuple(entries))


def _ranked(people: Iterable[Person], column: str) -> list[str]:
    """The values that get a colour of their own, the most frequent first."""
    sizes = Counter(value for person in people if person.on_map and (value := _value(person, column)))
    return sorted(sizes, key=lambda value: (-sizes[value], value))[:MOST_GROUPS]


def _value(person: Person, column: str) -> str:
    return person.attributes.get(column, "").strip()
