"""What an adversary derives from what the server sends, as pure functions of numbers, names, and days.

Each returns what it found about people, so that an empty result means that nothing follows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from itertools import combinations
from typing import TypeVar

import networkx

Person = TypeVar("Person", bound=Hashable)
Pair = tuple[Person, Person]


def reporters_from_days(statements: Iterable[tuple[Person, Person, str]]) -> dict[tuple[Person, Person, str], Person]:
    """Return who made each statement `(one, other, day)`, where the days leave one possibility.

    All answers of one person share a day. So the person who is in every statement of a day, and in at least two,
    answered on it.
    """
    by_day: dict[str, list[Pair[Person]]] = defaultdict(list)
    for one, other, day in dict.fromkeys(statements):
        by_day[day].append((one, other))
    found = {}
    for day, pairs in by_day.items():
        everywhere = set(pairs[0]).intersection(*pairs)
        if len(set(map(frozenset, pairs))) > 1 and len(everywhere) == 1:
            (reporter,) = everywhere
            found |= {(one, other, day): reporter for one, other in pairs}
    return found


def reporters_from_order(
    pairs: Iterable[Pair[Person]], reported: Collection[Pair[Person]], *, share: float = 0.8
) -> list[Pair[Person]]:
    """Return the pairs written as they were reported, if so many are, or so few, that the order gives them away.

    `reported` has each report that only one of the two made, reporter first.
    """
    one_sided = [pair for pair in pairs if (pair in reported) != (pair[::-1] in reported)]
    forward = [pair for pair in one_sided if pair in reported]
    if len(one_sided) < 10:
        return []
    return one_sided if not 1 - share < len(forward) / len(one_sided) < share else []


def hidden_neighbors(counts: Mapping[Person, float], drawn: Iterable[Pair[Person]]) -> dict[Person, float]:
    """Return who has more ties than are drawn, and how many: they are tied to someone who is not drawn."""
    degrees = Counter(person for pair in drawn for person in pair)
    return {person: count - degrees[person] for person, count in counts.items() if count != degrees[person]}


def centralities(people: Iterable[str], ties: Iterable[Pair[str]]) -> dict[str, dict[str, float]]:
    """Return the metrics of each person in a network, by the headers of exported files."""
    graph = networkx.Graph(ties)
    graph.add_nodes_from(people)
    return {
        "Betweenness": networkx.betweenness_centrality(graph),
        "Closeness": networkx.closeness_centrality(graph),
        "Core": {person: float(core) for person, core in networkx.core_number(graph).items()},
    }


def located_off_the_map(members: Mapping[str, float], drawn: Mapping[str, int], *, smallest: int) -> dict[str, float]:
    """Return the categories with a few more members than are drawn: a hidden person is in each.

    Nothing if any category has fewer, because then the two count different people.
    """
    differences = {category: count - drawn.get(category, 0) for category, count in members.items()}
    if any(difference < 0 for difference in differences.values()):
        return {}
    return {category: difference for category, difference in differences.items() if 0 < difference < smallest}


def rare_values(values: Mapping[Person, Mapping[str, str]], *, smallest: int) -> dict[tuple[str, str], int]:
    """Return each column's values that fewer people share than the minimum group size, and how many do."""
    counts = Counter(pair for by_column in values.values() for pair in by_column.items() if pair[1])
    return {pair: count for pair, count in counts.items() if count < smallest}


def unique_people(values: Mapping[Person, Mapping[str, str]], *, columns: int = 2) -> set[Person]:
    """Return the people whom the values of any two columns together single out."""
    names = sorted({column for by_column in values.values() for column in by_column})
    found = set()
    for chosen in combinations(names, min(columns, len(names))):
        who: dict[tuple[str, ...], list[Person]] = defaultdict(list)
        for person, by_column in values.items():
            who[tuple(by_column.get(column, "") for column in chosen)].append(person)
        found |= {people[0] for key, people in who.items() if len(people) == 1 and all(key)}
    return found


Average = tuple[float, float]
"""How many answers, and their mean."""


def differences_of_few(
    one: Mapping[str, Average], other: Mapping[str, Average], *, smallest: int
) -> dict[tuple[str, str], Average]:
    """Return how many answers two categories of different columns differ by, and their mean, where those are few."""
    found = {}
    for (first, (count, mean)), (second, (fewer, lower)) in ((a, b) for a in one.items() for b in other.items()):
        few = count - fewer
        if 0 < few < smallest:
            found[first, second] = (few, (count * mean - fewer * lower) / few)
        elif 0 < -few < smallest:
            found[first, second] = (-few, (fewer * lower - count * mean) / -few)
    return found


def small_cells(counts: Iterable[float], *, smallest: int) -> list[float]:
    """Return the counts of people that are above zero and below the minimum group size."""
    return [count for count in counts if 0 < count < smallest]


def guessed_silent(people: Iterable[Person], confirmed: Iterable[Pair[Person]]) -> set[Person]:
    """Return whom one would take for nonrespondents: no tie of theirs is confirmed by both."""
    return set(people) - {person for pair in confirmed for person in pair}


def share_right(guessed: Collection[Person], true: Collection[Person]) -> float:
    """Return the share of guesses that are right; 0 without a guess."""
    return len(set(guessed) & set(true)) / len(guessed) if guessed else 0.0


def begins_formula(cell: str) -> bool:
    """True if a spreadsheet may read the cell as a formula, also after it has folded full-width signs."""
    bare = cell.lstrip(" \t\r\n\u00a0\u3000\ufeff")
    return bool(bare) and (bare[0] in "=+@＝＋＠－" or (bare[0] == "-" and not _is_number(bare)) or cell[0] in "\t\r")


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "").rstrip("%"))
    except ValueError:
        return False
    return True
