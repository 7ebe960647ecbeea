"""The legend: the most frequent values of the attribute that colors the map, each with a color and a shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nethealth.presentation import palette
from nethealth.presentation.formatting import single_line
from nethealth.workbook.records import Person, Workbook

MOST_GROUPS = len(palette.CATEGORY_COLORS)
OTHER = -1
"""The group of people with none of the named values."""
LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One value of the attribute that colors the map."""

    group: int
    """0 to 7; `OTHER` for all further values and for none."""
    label: str
    count: int
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coloring:
    """Each person's group, and what the groups are."""

    title: str
    """The attribute's name; empty if everyone has the same color."""
    groups: tuple[int, ...]
    legend: tuple[LegendEntry, ...]


def default_column(workbook: Workbook) -> str | None:
    """Return the column that colors the map when no one has chosen: the setting's, or the first useful one.

    A column is useful if at least half of the people have a value, and its values are no more than there are colors.
    Regions come before the others. None if no column is useful.
    """
    if workbook.settings.color_map_by in workbook.attributes:
        return workbook.settings.color_map_by
    people = [person for person in workbook.people.values() if person.on_map]
    for column in sorted(workbook.attributes, key=lambda column: column != "Region"):
        values = [value for person in people if (value := _value(person, column))]
        if 2 * len(values) >= len(people) and 1 < len(set(values)) <= MOST_GROUPS:
            return column
    return None


def color_people(
    people: Sequence[Person], column: str | None, *, among: Iterable[Person], blank: str = "No value"
) -> Coloring:
    """Group `people` by the attribute `column` (None: one color for all), with a legend that counts them.

    The eight most frequent values `among` the people who may be drawn have a group each; all others are "Other", and
    those without a value are `blank`.
    """
    if column is None:
        return Coloring(title="", groups=(0,) * len(people), legend=())
    number_of = {value: number for number, value in enumerate(_frequent_values(among, column))}
    values = [_value(person, column) for person in people]
    groups = tuple(number_of.get(value, OTHER) for value in values)
    counts = Counter(groups)
    entries = [
        LegendEntry(number, single_line(value, longest=LONGEST_LABEL), counts[number], palette.SHAPES[number])
        for value, number in number_of.items()
        if counts[number]
    ]
    if counts[OTHER]:
        missing = sum(not value for value in values)
        label = blank if missing == counts[OTHER] else "Other" if not missing else f"Other or {blank.lower()}"
        entries.append(LegendEntry(OTHER, label, counts[OTHER], palette.OTHER_SHAPE))
    return Coloring(title=single_line(column, longest=LONGEST_LABEL), groups=groups, legend=tuple(entries))


def _frequent_values(people: Iterable[Person], column: str) -> list[str]:
    """The values that get a color of their own, the most frequent first."""
    sizes = Counter(value for person in people if person.on_map and (value := _value(person, column)))
    return sorted(sizes, key=lambda value: (-sizes[value], value))[:MOST_GROUPS]


def _value(person: Person, column: str) -> str:
    return person.attributes.get(column, "").strip()
