"""The values of an attribute as groups that may be shown: the largest by name, the rest as one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nethealth.infrastructure.membership.by_period import members_on
from nethealth.privacy.viewer_redaction import has_left
from nethealth.workbook.records import Person, PersonKey, Workbook

OTHERS = "All others"
"""What the values are called together that have too few people to be shown, or come after the largest."""
MOST_NAMED = 8
"""So many values are named at most: a chart of more is read by nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Categories:
    """Everybody by their value of one attribute. Attributes are those of today: the sheet keeps no earlier ones."""

    column: str
    names: tuple[str, ...]
    """The groups, largest first by the members of the day asked for, `OTHERS` last where there is one."""
    of: Mapping[PersonKey, str]
    """Each person's group, whoever left included; whoever has no value is not in it."""
    pooled: frozenset[str]
    """The values that `OTHERS` holds."""


def comparable_columns(workbook: Workbook, *, as_of: dt.date) -> tuple[str, ...]:
    """The columns, private ones too, by which members on `as_of` fall into two or more groups that may be shown."""
    columns = (*workbook.attributes, *workbook.private_attributes)
    return tuple(column for column in columns if categorize(workbook, column=column, as_of=as_of) is not None)


def categorize(workbook: Workbook, *, column: str, as_of: dt.date) -> Categories | None:
    """The groups of a column; None where fewer than two groups of the smallest size would be left.

    Values that fewer members have than the smallest group are pooled; the pool takes in the next smallest value until
    it is large enough itself, since the whole is known and would give a small pool away.

    What fewer people hold than the smallest group counts as no value where nobody may be told by it: of who left or is
    not to be shown, and in private columns of everybody. So viewers, who never have it, have the same groups as staff.
    """
    value_of = _values(workbook, column)
    inside = members_on(workbook, day=as_of)
    sizes = Counter(value for key, value in value_of.items() if key in inside)
    ordered = sorted(sizes, key=lambda value: (-sizes[value], value))
    smallest = workbook.settings.smallest_group
    named = [value for value in ordered if sizes[value] >= smallest][:MOST_NAMED]
    pool = sum(sizes.values()) - sum(sizes[value] for value in named)
    while named and 0 < pool < smallest:
        pool += sizes[named.pop()]
    pooled = frozenset(value_of.values()) - frozenset(named)
    if len(named) + bool(pool) < 2:
        return None
    return Categories(
        column=column,
        names=(*named, *([OTHERS] if pooled else ())),
        of=MappingProxyType({key: OTHERS if value in pooled else value for key, value in value_of.items()}),
        pooled=pooled,
    )


def _values(workbook: Workbook, column: str) -> dict[PersonKey, str]:
    """The value of each member that may serve figures."""
    private = column in workbook.private_attributes
    held = {key: _value(person, column, private=private) for key, person in workbook.people.items()}
    holders = Counter(held.values())
    smallest = workbook.settings.smallest_group

    def serves(person: Person) -> bool:
        value = held[person.key]
        if not value or holders[value] >= smallest:
            return bool(value)
        return not private and person.on_map and not has_left(person, today=workbook.today)

    return {person.key: held[person.key] for person in workbook.members if serves(person)}


def _value(person: Person, column: str, *, private: bool) -> str:
    return ((person.private_attributes if private else person.attributes).get(column) or "").strip()
