"""How ties follow an attribute: within its categories or across them.

People without a value, and their ties, are excluded. Categories smaller than the minimum group size are pooled as
"fewer than 5" in sizes and ties. Everyone who sees the map can see the columns on it, so there the pool is shown as it
is. A private column isn't on the map, so its pool takes in the next smallest category until it is large enough, because
a small pool could be computed as the remainder. Its three indices use the pooled categories. If fewer people than the
minimum group size have a value, or everyone would be in the pool, nothing is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from nethealth.network.graph import Network
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.workbook.records import PersonKey, Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeMixing:
    """How ties follow one attribute."""

    column: str
    ei_index: float | TooFew | None
    """-1 if all ties are within categories, 1 if all are across; None without ties."""
    assortativity: float | TooFew | None
    modularity: float | TooFew | None
    sizes: Mapping[str, int]
    """People by value, largest first, the pool last."""
    ties: tuple[tuple[str, str, int], ...]
    """Ties by unordered pair of values in the order of `sizes`, without zeros."""

    def as_json(self) -> dict[str, Any]:
        """Return them as JSON-ready values."""

        def to_json(value: float | TooFew | None) -> Any:
            return value.as_json() if isinstance(value, TooFew) else value

        return {
            "ei_index": to_json(self.ei_index),
            "assortativity": to_json(self.assortativity),
            "modularity": to_json(self.modularity),
            "sizes": dict(self.sizes),
            "ties": [list(row) for row in self.ties],
        }


Mixing = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Categories:
    """Everyone's category in one column, as metrics may use it."""

    column: str
    analyzed: Mapping[PersonKey, str]
    """The values that indices are computed from: those in the workbook, or the pooled ones for a private column."""
    shown: Mapping[PersonKey, str]
    """The values that may be shown, with small ones pooled as "fewer than 5"."""
    sizes: Mapping[str, int]
    """People by shown value, largest first, the pool last."""
    is_hidden: bool
    """True if nothing may be shown: a private column with too few people."""


def categorize(network: Network, workbook: Workbook, *, column: str) -> Categories:
    """Return everyone's value in a column, with small categories pooled; people without a value are excluded.

    Empty if the workbook doesn't have the column.
    """
    is_private = column not in workbook.attributes
    value_of: dict[PersonKey, str] = {}
    for key, person in network.people.items():
        value = (person.private_attributes if is_private else person.attributes).get(column)
        if value:
            value_of[key] = value
    smallest = workbook.settings.smallest_group
    shown = _pooled(value_of, smallest_group=smallest, is_private=is_private)
    pool = str(TooFew(smallest))
    sizes = Counter(shown.values())
    return Categories(
        column=column,
        analyzed=shown if is_private else value_of,
        shown=shown,
        sizes=MappingProxyType(dict(sorted(sizes.items(), key=lambda item: (item[0] == pool, -item[1], item[0])))),
        is_hidden=is_private
        and bool(value_of)
        and (len(value_of) < smallest or len(sizes) < 2 <= len(set(value_of.values()))),
    )


def measure_mixing(network: Network, workbook: Workbook, *, column: str) -> AttributeMixing:
    """Return how the network's ties follow one column, which may be private.

    If the workbook doesn't have the column, there are no sizes and no ties, and every index is None.
    """
    categories = categorize(network, workbook, column=column)
    if categories.is_hidden:
        hidden = TooFew(workbook.settings.smallest_group)
        return AttributeMixing(
            column=column,
            ei_index=hidden,
            assortativity=hidden,
            modularity=hidden,
            sizes=MappingProxyType({}),
            ties=(),
        )
    mixing = _mixing(network, categories.shown)
    analyzed_mixing = mixing if categories.analyzed is categories.shown else _mixing(network, categories.analyzed)
    sizes = categories.sizes
    order = list(sizes)
    position = {value: at for at, value in enumerate(order)}
    rows = sorted((*sorted((position[one], position[other])), ties) for (one, other), ties in mixing.items())
    return AttributeMixing(
        column=column,
        ei_index=ei_index(analyzed_mixing),
        assortativity=assortativity(analyzed_mixing),
        modularity=modularity(analyzed_mixing),
        sizes=MappingProxyType(sizes),
        ties=tuple((order[one], order[other], ties) for one, other, ties in rows),
    )


def ei_index(mixing: Mixing) -> float | None:
    """Return Krackhardt and Stern's E-I index (1988): (ties across - ties inside) / all ties; None without ties.

    Examples:
        >>> ei_index({("North", "North"): 3, ("North", "South"): 1})
        -0.5
    """
    total = sum(mixing.values())
    inside = sum(ties for (one, other), ties in mixing.items() if one == other)
    return (total - 2 * inside) / total if total else None


def assortativity(mixing: Mixing) -> float | None:
    """Return Newman's assortativity coefficient (2003, equation 2): 1 if all ties are within values, 0 as by chance.

    None without ties, and if all tied people share one value.

    Examples:
        >>> assortativity({("North", "North"): 2, ("South", "South"): 2})
        1.0
        >>> assortativity({("North", "North"): 2}) is None
        True
    """
    total = sum(mixing.values())
    shares = _shares_of_ends(mixing)
    # Compare whole numbers, because rounding must not decide whether all ends have one value.
    if not total or len(shares) < 2:
        return None
    inside = sum(ties for (one, other), ties in mixing.items() if one == other) / total
    by_chance = sum(share**2 for share in shares.values())
    return (inside - by_chance) / (1 - by_chance)


def modularity(mixing: Mixing) -> float | None:
    """Return Newman and Girvan's modularity (2004) of the division by value; None without ties.

    Examples:
        >>> modularity({("North", "North"): 2, ("South", "South"): 2})
        0.5
    """
    total = sum(mixing.values())
    if not total:
        return None
    inside = sum(ties for (one, other), ties in mixing.items() if one == other) / total
    return inside - sum(share**2 for share in _shares_of_ends(mixing).values())


def _shares_of_ends(mixing: Mixing) -> dict[str, float]:
    """Return each value's share of all ends of ties."""
    ends: Counter[str] = Counter()
    for (one, other), ties in mixing.items():
        ends[one] += ties
        ends[other] += ties
    total = sum(ends.values())
    return {value: count / total for value, count in ends.items()}


def _mixing(network: Network, value_of: Mapping[PersonKey, str]) -> Mixing:
    """Return ties by unordered pair of values, among people who have one."""
    found: Counter[tuple[str, str]] = Counter()
    for tie in network.ties:
        if tie.a in value_of and tie.b in value_of:
            one, other = sorted((value_of[tie.a], value_of[tie.b]))
            found[one, other] += 1
    return found


def _pooled(value_of: Mapping[PersonKey, str], *, smallest_group: int, is_private: bool) -> dict[PersonKey, str]:
    """Return everyone's value, with small categories replaced by the pool."""
    sizes = Counter(value_of.values())
    pool = {value for value, count in sizes.items() if is_too_small(count, smallest_group=smallest_group)}
    if is_private and pool:
        for value, _ in sorted(sizes.items(), key=lambda item: (item[1], item[0])):
            if sum(sizes[small] for small in pool) >= smallest_group:
                break
            pool.add(value)
    return {key: str(TooFew(smallest_group)) if value in pool else value for key, value in value_of.items()}
