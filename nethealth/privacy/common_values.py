"""Which values may go with someone who is shown by initials or a code: those that many people share together.

Each value alone may be common, and still only one person may be a coach in Ohio. So we look at all of a person's values
at once. (k-anonymity with local suppression: Samarati & Sweeney 1998.)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from nethealth.workbook.records import Person, PersonKey, Workbook

IDENTIFYING_COLUMNS = frozenset({"Organization", "Role", "Leadership role"})
"""Columns that identify people to anyone who knows the network a little: they never go with initials or a code."""

Value = TypeVar("Value", bound=Hashable)


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
    and which are missing, are shared by at least the minimum group size, or the person has none. A column that most
    people would lose their value in isn't used: what it says about the others would mislead.

    `known` is what can be seen of each person anyway, such as their kind: people who differ in it never look the same.
    """
    shown: dict[PersonKey, dict[str, str]] = {key: {} for key in values}
    alike: dict[Hashable, list[PersonKey]] = defaultdict(list)
    for key in values:
        alike[None if known is None else known[key]].append(key)
    groups = list(alike.values())
    for column in columns:
        divided = [_divide(group, values, column, smallest_group) for group in groups]
        common = {key: value for parts in divided for value, people in parts.items() if value for key in people}
        if 2 * len(common) < sum(bool(values[key].get(column)) for key in values):
            continue
        for key, value in common.items():
            shown[key][column] = value
        groups = [people for parts in divided for people in parts.values() if people]
    return shown


def _divide(
    group: Sequence[PersonKey], values: Mapping[PersonKey, Mapping[str, str]], column: str, smallest_group: int
) -> dict[str, list[PersonKey]]:
    """Return people who look the same by the value in a column that may be shown; by an empty text those without."""
    by_value: dict[str, list[PersonKey]] = defaultdict(list)
    for key in group:
        by_value[values[key].get(column, "")].append(key)
    blank = by_value.pop("", [])
    parts = sorted(by_value.items(), key=lambda part: (-len(part[1]), part[0]))
    while parts and (len(parts[-1][1]) < smallest_group or 0 < len(blank) < smallest_group):
        blank += parts.pop()[1]
    return {**dict(parts), "": blank}
