"""Which values may go with someone who is shown by initials or a code: those that many people share together.

Each value alone may be common, and still only one person may be a coach in Ohio. So we look at all of a person's values
at once. (k-anonymity with local suppression: Samarati & Sweeney 1998.)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from nethealth.workbook.records import Person, PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import NameStyle

IDENTIFYING_COLUMNS = frozenset({"Organization", "Role", "Leadership role"})
"""Columns that identify people to anyone who knows the network a little: they never go with initials or a code."""

Value = TypeVar("Value", bound=Hashable)


def columns_per_person(workbook: Workbook) -> tuple[str, ...]:
    """Return the columns that viewers see person by person, in workbook order; without names, no identifying ones."""
    if workbook.settings.names is NameStyle.NAMES:
        return workbook.attributes
    return tuple(column for column in workbook.attributes if column not in IDENTIFYING_COLUMNS)


def columns_by_priority(workbook: Workbook, columns: Iterable[str]) -> list[str]:
    """Return columns in the order in which `common_combinations` decides them: first the one that colors the map."""
    return sorted(columns, key=lambda column: column != workbook.settings.color_map_by)


def columns_of_groups(workbook: Workbook) -> tuple[str, ...]:
    """Return all columns that groups are compared by, private ones last."""
    return tuple(dict.fromkeys((*workbook.attributes, *workbook.private_attributes)))


def value_for_groups(person: Person, column: str) -> str | None:
    """Return a person's value for metrics of groups, which may be hidden with the person; None if blank."""
    return person.private_attributes.get(column) or person.attributes.get(column) or None


def common_values(pairs: Iterable[Value], *, smallest_group: int) -> frozenset[Value]:
    """Return the values that appear at least as often as the minimum group size."""
    return frozenset(value for value, count in Counter(pairs).items() if count >= smallest_group)


def common_combinations(
    values: Mapping[PersonKey, Mapping[str, str]],
    columns: Sequence[str],
    *,
    smallest_group: int,
    known: Mapping[PersonKey, Hashable] | None = None,
) -> dict[PersonKey, dict[str, str]]:
    """Return each person's values in the columns, without those that would leave too few people with the same ones.

    Columns are decided in order. Among people who look the same so far, a value stays if enough of them share it. If
    those without a value are then too few, the rarest values are left out with theirs. So the values of each person,
    and which are missing, are shared by at least the minimum group size, or the person has none.

    `known` is what can be seen of each person anyway, such as their kind: people who differ in it never look the same.
    """
    shown: dict[PersonKey, dict[str, str]] = {key: {} for key in values}
    alike: dict[Hashable, list[PersonKey]] = defaultdict(list)
    for key in values:
        alike[None if known is None else known[key]].append(key)
    groups = list(alike.values())
    for column in columns:
        groups = [part for group in groups for part in _split(group, values, shown, column, smallest_group)]
    return shown


def _split(
    group: list[PersonKey],
    values: Mapping[PersonKey, Mapping[str, str]],
    shown: Mapping[PersonKey, dict[str, str]],
    column: str,
    smallest_group: int,
) -> list[list[PersonKey]]:
    """Divide people who look the same by their value in a column, and note the values that may be shown."""
    by_value: dict[str, list[PersonKey]] = defaultdict(list)
    for key in group:
        by_value[values[key].get(column, "")].append(key)
    blank = by_value.pop("", [])
    parts = sorted(by_value.items(), key=lambda part: (-len(part[1]), part[0]))
    while parts and (len(parts[-1][1]) < smallest_group or 0 < len(blank) < smallest_group):
        blank += parts.pop()[1]
    for value, people in parts:
        for key in people:
            shown[key][column] = value
    return [people for people in (blank, *(people for _, people in parts)) if people]
