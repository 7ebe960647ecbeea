"""Seating plans: tables of people who have not met, mixed by a column, over one or more rounds.

Each pair at one table has a cost: most if they sat together before, much if they know each other, a little if they have
the same value in the column or work at the same organization. Simulated annealing looks for the lowest total: each step
pairs up the tables at random, and each pair of tables swaps two people if that lowers the cost (or, while the
temperature is high, hardly raises it). Swaps in different pairs of tables are independent, so a step makes them all at
once. The same seed gives the same tables.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nethealth.network.graph import Pair
from nethealth.network.metrics.topology import Decimals, Numbers

TOGETHER_AGAIN, MET, ALIKE, SAME_ORGANIZATION = 12, 4, 1, 1
"""Cost of a pair at one table who sat together before, know each other, or share a value or organization."""
MOST_STEPS, STEPS_PER_PERSON = 1_500, 15
"""Annealing steps: a few people settle soon."""
TEMPERATURE = 2.0
"""The highest cost that a swap may add at first; falls to 0."""
RANDOM_SEATINGS = 200
"""Random seatings that estimate what to expect by chance."""
MOST_CELLS = 4_000_000
"""Cells of the tables-by-values arrays present in memory at once."""

Costs = npt.NDArray[np.int32]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceComparison:
    """A metric of this seating, and its average over `RANDOM_SEATINGS` random seatings."""

    observed: float
    by_chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """People at tables, round by round."""

    rounds: tuple[tuple[tuple[str, ...], ...], ...]
    """By round and table, the people in the order given."""
    acquainted: ChanceComparison | None
    """The share of pairs at one table who know each other, 0 to 1; None if no two of these people do."""
    distinct_values: ChanceComparison | None
    """Different values of the column per table, on average; None if no one has a value."""
    repeated_pairs: int
    """Pairs who sit together in more than one round."""
    new_faces: float | None
    """New people each person meets at their tables, on average; None without people."""

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of people at each table."""
        return tuple(len(table) for table in self.rounds[0]) if self.rounds else ()


def table_sizes(people: int, *, at_a_table: int) -> tuple[int, ...]:
    """Return the size of each table: at most `at_a_table`, differing by at most one, and no one alone.

    If that is impossible (three people at tables of two, or one person), fewer tables hold more people.

    Examples:
        >>> table_sizes(13, at_a_table=6)
        (5, 4, 4)
    """
    if not people:
        return ()
    tables = -(-people // max(at_a_table, 1))
    tables = max(1, min(tables, people // 2))
    small, larger = divmod(people, tables)
    return tuple(small + (place < larger) for place in range(tables))


def seat_people(
    people: Sequence[str],
    *,
    known_pairs: Collection[Pair],
    values: Mapping[str, str],
    organizations: Mapping[str, str],
    at_a_table: int,
    rounds: int = 1,
    seed: int = 1,
) -> Seating:
    """Seat `people` (each once) at tables of `at_a_table` (see `table_sizes`).

    `known_pairs` know each other; `values` and `organizations` are each person's value in the column to mix and their
    workplace, and may lack people. The tables of several rounds differ as far as possible.
    """
    people = tuple(dict.fromkeys(people))
    sizes = table_sizes(len(people), at_a_table=at_a_table)
    rng = np.random.default_rng(seed)
    ends = _ends(people, known_pairs)
    alike, kinds = _numbered(people, values)
    cost = _costs(len(people), ends=ends, alike=alike, organizations=_numbered(people, organizations)[0])
    seated: list[Numbers] = []
    for _ in range(rounds if people else 0):
        table_of = anneal(_random_tables(sizes, rng), cost, rng)
        together = table_of[:, None] == table_of[None, :]
        np.fill_diagonal(together, False)
        cost = cost + TOGETHER_AGAIN * together.astype(np.int32)
        seated.append(table_of)
    random_seatings = np.array([_random_tables(sizes, rng) for _ in range(RANDOM_SEATINGS)]).reshape(
        RANDOM_SEATINGS, len(people)
    )
    found = np.array(seated, dtype=np.int64).reshape(len(seated), len(people))
    return Seating(
        rounds=tuple(
            tuple(tuple(people[at] for at in np.flatnonzero(one == table)) for table in range(len(sizes)))
            for one in found
        ),
        acquainted=_acquainted_share(found, random_seatings, ends=ends, sizes=sizes),
        distinct_values=_different_values(found, random_seatings, alike=alike, kinds=kinds, tables=len(sizes)),
        repeated_pairs=_repeated_pairs(found),
        new_faces=_new_faces(found, ends=ends),
    )


def _ends(people: Sequence[str], known_pairs: Collection[Pair]) -> Numbers:
    place = {key: at for at, key in enumerate(people)}
    known = sorted((place[a], place[b]) for a, b in known_pairs if a in place and b in place)
    return np.array(known, dtype=np.int64).reshape(-1, 2)


def _numbered(people: Sequence[str], values: Mapping[str, str]) -> tuple[Numbers, int]:
    """Return each person's value as a number (-1 for none), and the number of values."""
    known: dict[str, int] = {}
    for key in people:
        if value := values.get(key, ""):
            known.setdefault(value, len(known))
    return np.array([known.get(values.get(key, ""), -1) for key in people], dtype=np.int64), len(known)


def _costs(size: int, *, ends: Numbers, alike: Numbers, organizations: Numbers) -> Costs:
    """Return the cost of each pair at one table."""
    cost = np.zeros((size, size), dtype=np.int32)
    cost[ends[:, 0], ends[:, 1]] = cost[ends[:, 1], ends[:, 0]] = MET
    for values, each in ((alike, ALIKE), (organizations, SAME_ORGANIZATION)):
        cost += each * ((values[:, None] == values[None, :]) & (values[:, None] >= 0)).astype(np.int32)
    np.fill_diagonal(cost, 0)
    return cost


def _random_tables(sizes: Sequence[int], rng: np.random.Generator) -> Numbers:
    """Return a random table for each person."""
    return rng.permutation(np.repeat(np.arange(len(sizes)), sizes)).astype(np.int64)


def cost_of(table_of: Numbers, cost: Costs) -> int:
    """Return the total cost of all pairs at one table."""
    return int(cost[table_of[:, None] == table_of[None, :]].sum()) // 2


def anneal(table_of: Numbers, cost: Costs, rng: np.random.Generator) -> Numbers:
    """Return the best seating found from `table_of`, which is never worse than `table_of` itself."""
    tables = int(table_of.max()) + 1 if len(table_of) else 0
    if tables < 2:
        return table_of
    widest = int(np.bincount(table_of).max())
    # One row per table, one column per seat; -1 for a missing seat.
    seats = np.full((tables, widest), -1, dtype=np.int64)
    for table in range(tables):
        members = np.flatnonzero(table_of == table)
        seats[table, : len(members)] = members
    now = lowest = cost_of(table_of, cost)
    best = seats.copy()
    steps = min(MOST_STEPS, STEPS_PER_PERSON * len(table_of))
    for step in range(steps):
        if not lowest:
            break  # a cost of 0 can't be improved
        temperature = TEMPERATURE * (1 - step / (0.8 * steps))
        shuffled = rng.permutation(tables)
        half = tables // 2
        left, right = shuffled[:half], shuffled[half : 2 * half]
        gain, mine, theirs = _best_swaps(seats[left], seats[right], cost, temperature=max(temperature, 0.0), rng=rng)
        swaps = gain < np.inf
        l_at, r_at = (left[swaps], mine[swaps]), (right[swaps], theirs[swaps])
        seats[l_at], seats[r_at] = seats[r_at], seats[l_at]
        now += int(gain[swaps].sum())
        if now < lowest:
            lowest, best = now, seats.copy()
    found = np.empty_like(table_of)
    for table in range(tables):
        found[best[table][best[table] >= 0]] = table
    return found


def _best_swaps(
    left: Numbers, right: Numbers, cost: Costs, *, temperature: float, rng: np.random.Generator
) -> tuple[Decimals, Numbers, Numbers]:
    """For each pair of tables the swap to make: what it adds to the cost (infinity: none), and which two seats."""
    is_left, is_right = left >= 0, right >= 0
    # What each person costs at their own table, and would at the other, by pair of tables and chair.
    own_l = _with(cost, left, left, is_left)
    own_r = _with(cost, right, right, is_right)
    new_l = _with(cost, left, right, is_right)
    new_r = _with(cost, right, left, is_left)
    between = cost[left[:, :, None], right[:, None, :]]
    added = (new_l - own_l)[:, :, None] + (new_r - own_r)[:, None, :] - 2 * between
    real = is_left[:, :, None] & is_right[:, None, :]
    adds = np.where(real, added, np.inf).reshape(len(left), -1)
    # While it is warm, a swap seems cheaper by shuffled than it is.
    seems = adds - temperature * rng.random(adds.shape) if temperature else adds
    chosen = seems.argmin(axis=1)
    rows = np.arange(len(left))
    gain = np.where(seems[rows, chosen] < 0, adds[rows, chosen], np.inf)
    mine, theirs = np.divmod(chosen, right.shape[1])
    return gain, mine, theirs


def _with(cost: Costs, who: Numbers, table: Numbers, is_there: Truths) -> Numbers:
    """Return the cost of seating each of `who` with everyone at `table`, row by row."""
    beside = cost[who[:, :, None], table[:, None, :]]
    return np.asarray((beside * is_there[:, None, :]).sum(axis=2), dtype=np.int64)


def _acquainted_share(
    found: Numbers, random_seatings: Numbers, *, ends: Numbers, sizes: Sequence[int]
) -> ChanceComparison | None:
    pairs = sum(size * (size - 1) // 2 for size in sizes)
    if not pairs or not len(found) or not len(ends):
        return None
    shares = [
        float(np.mean(_share_a_table(seatings, ends).sum(axis=1))) / pairs for seatings in (found, random_seatings)
    ]
    return ChanceComparison(observed=shares[0], by_chance=shares[1])


def _share_a_table(seatings: Numbers, ends: Numbers) -> Truths:
    """For each seating and pair of `ends`, True if both sit at one table."""
    return np.asarray(seatings[:, ends[:, 0]] == seatings[:, ends[:, 1]], dtype=bool)


def _different_values(
    found: Numbers, random_seatings: Numbers, *, alike: Numbers, kinds: int, tables: int
) -> ChanceComparison | None:
    if not kinds or not len(found):
        return None
    has = alike >= 0
    cells = tables * kinds
    # With very many tables and values, use fewer random seatings.
    random_seatings = random_seatings[: max(1, MOST_CELLS // cells)]
    means = []
    for seatings in (found, random_seatings):
        at = seatings[:, has] * kinds + alike[has]
        present = np.zeros((len(seatings), cells), dtype=bool)
        present[np.arange(len(seatings))[:, None], at] = True
        means.append(float(present.sum()) / (len(seatings) * tables))
    return ChanceComparison(observed=means[0], by_chance=means[1])


def _together(found: Numbers) -> Numbers:
    """Return in how many rounds each pair sits together; 0 on the diagonal."""
    times = np.zeros((found.shape[1], found.shape[1]), dtype=np.int64)
    for one in found:
        times += one[:, None] == one[None, :]
    np.fill_diagonal(times, 0)
    return times


def _repeated_pairs(found: Numbers) -> int:
    return int(np.count_nonzero(_together(found) > 1)) // 2


def _new_faces(found: Numbers, *, ends: Numbers) -> float | None:
    if not found.size:
        return None
    meets: Truths = _together(found) > 0
    meets[ends[:, 0], ends[:, 1]] = meets[ends[:, 1], ends[:, 0]] = False
    return int(meets.sum()) / len(meets)
