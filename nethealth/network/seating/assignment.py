"""Who could sit together: tables of people who have not met yet, mixed by an attribute, over one or more rounds.

Every two people at one table cost something: most where they sat together before, much where they know each other, a
little where they have the same value of the attribute or work in the same place. Simulated annealing looks for the
cheapest seating: in each step all tables are paired by lot, and each pair of tables swaps two people where that helps
(or, while it is warm, where it hardly hurts). Swaps in different pairs of tables do not touch, so all are worked out at
once. The same seed gives the same tables.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nethealth.network.graph import Pair
from nethealth.network.metrics.topology import Decimals, Numbers

TOGETHER_AGAIN, MET, ALIKE, SAME_PLACE = 12, 4, 1, 1
"""What it costs to seat two at one table who sat together before, who know each other, who are alike."""
STEPS, STEPS_A_PERSON = 1_500, 15
"""So many steps at most, and so many a person: few people are soon settled."""
WARMTH = 2.0
"""The greatest cost that a swap may add at first; falls to nothing."""
BY_CHANCE = 200
"""So many seatings by lot show what chance would do."""
MOST_CELLS = 4_000_000

Costs = npt.NDArray[np.int32]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A figure of this seating beside its mean over `BY_CHANCE` seatings by lot."""

    here: float
    by_chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """People at tables, a round at a time."""

    rounds: tuple[tuple[tuple[str, ...], ...], ...]
    """By round the tables, by table the people, in the order in which they were given."""
    known: Compared | None
    """The share of pairs at one table who know each other; None where no two of all these people are known to."""
    values: Compared | None
    """How many different values of the attribute a table holds on average; None where nobody has any."""
    met_again: int
    """Pairs who sit together in more than one round."""
    new_faces: float | None
    """How many people each meets at the tables whom they do not know, on average; None without people."""

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many sit at each table."""
        return tuple(len(table) for table in self.rounds[0]) if self.rounds else ()


def table_sizes(people: int, *, at_a_table: int) -> tuple[int, ...]:
    """How many sit at each table: at most `at_a_table`, sizes differing by one at most, and nobody alone.

    Where that can't be (three people at tables of two, or one person), fewer tables hold more.
    """
    if not people:
        return ()
    tables = -(-people // max(at_a_table, 1))
    tables = max(1, min(tables, people // 2))
    small, larger = divmod(people, tables)
    return tuple(small + (place < larger) for place in range(tables))


def seat(
    people: Sequence[str],
    *,
    met: Collection[Pair],
    values: Mapping[str, str],
    places: Mapping[str, str],
    at_a_table: int,
    rounds: int = 1,
    seed: int = 1,
) -> Seating:
    """Seat `people` (each once) at tables of `at_a_table` (see `table_sizes`).

    `met` are the pairs who know each other, `values` what each has in the attribute that is to be mixed, `places` where
    each works; both may lack people. The tables of several rounds differ as far as that can be.
    """
    people = tuple(dict.fromkeys(people))
    sizes = table_sizes(len(people), at_a_table=at_a_table)
    rng = np.random.default_rng(seed)
    ends = _ends(people, met)
    alike, kinds = _numbered(people, values)
    cost = _costs(len(people), ends=ends, alike=alike, places=_numbered(people, places)[0])
    seated: list[Numbers] = []
    for _ in range(rounds if people else 0):
        table_of = annealed(_by_lot(sizes, rng), cost, rng)
        together = table_of[:, None] == table_of[None, :]
        np.fill_diagonal(together, False)
        cost = cost + TOGETHER_AGAIN * together.astype(np.int32)
        seated.append(table_of)
    by_chance = np.array([_by_lot(sizes, rng) for _ in range(BY_CHANCE)]).reshape(BY_CHANCE, len(people))
    found = np.array(seated, dtype=np.int64).reshape(len(seated), len(people))
    return Seating(
        rounds=tuple(
            tuple(tuple(people[at] for at in np.flatnonzero(one == table)) for table in range(len(sizes)))
            for one in found
        ),
        known=_known_share(found, by_chance, ends=ends, sizes=sizes),
        values=_different_values(found, by_chance, alike=alike, kinds=kinds, tables=len(sizes)),
        met_again=_met_again(found),
        new_faces=_new_faces(found, ends=ends),
    )


def _ends(people: Sequence[str], met: Collection[Pair]) -> Numbers:
    place = {key: at for at, key in enumerate(people)}
    known = sorted((place[a], place[b]) for a, b in met if a in place and b in place)
    return np.array(known, dtype=np.int64).reshape(-1, 2)


def _numbered(people: Sequence[str], values: Mapping[str, str]) -> tuple[Numbers, int]:
    """Each person's value as a number, -1 where there is none, and how many there are."""
    known: dict[str, int] = {}
    for key in people:
        if value := values.get(key, ""):
            known.setdefault(value, len(known))
    return np.array([known.get(values.get(key, ""), -1) for key in people], dtype=np.int64), len(known)


def _costs(size: int, *, ends: Numbers, alike: Numbers, places: Numbers) -> Costs:
    """What each two cost at one table."""
    cost = np.zeros((size, size), dtype=np.int32)
    cost[ends[:, 0], ends[:, 1]] = cost[ends[:, 1], ends[:, 0]] = MET
    for values, each in ((alike, ALIKE), (places, SAME_PLACE)):
        cost += each * ((values[:, None] == values[None, :]) & (values[:, None] >= 0)).astype(np.int32)
    np.fill_diagonal(cost, 0)
    return cost


def _by_lot(sizes: Sequence[int], rng: np.random.Generator) -> Numbers:
    """Each person's table, by lot."""
    return rng.permutation(np.repeat(np.arange(len(sizes)), sizes)).astype(np.int64)


def cost_of(table_of: Numbers, cost: Costs) -> int:
    """What a seating costs: the sum over all pairs at one table."""
    return int(cost[table_of[:, None] == table_of[None, :]].sum()) // 2


def annealed(table_of: Numbers, cost: Costs, rng: np.random.Generator) -> Numbers:
    """The cheapest seating that was met on the way from `table_of`; never a dearer one."""
    tables = int(table_of.max()) + 1 if len(table_of) else 0
    if tables < 2:
        return table_of
    widest = int(np.bincount(table_of).max())
    # Who sits where: a row a table, -1 for a chair that is not there.
    chairs = np.full((tables, widest), -1, dtype=np.int64)
    for table in range(tables):
        sitting = np.flatnonzero(table_of == table)
        chairs[table, : len(sitting)] = sitting
    now = lowest = cost_of(table_of, cost)
    best = chairs.copy()
    steps = min(STEPS, STEPS_A_PERSON * len(table_of))
    for step in range(steps):
        if not lowest:
            break  # nothing is cheaper than nothing
        warmth = WARMTH * (1 - step / (0.8 * steps))
        lot = rng.permutation(tables)
        half = tables // 2
        left, right = lot[:half], lot[half : 2 * half]
        gain, mine, theirs = _best_swaps(chairs[left], chairs[right], cost, warmth=max(warmth, 0.0), rng=rng)
        swaps = gain < np.inf
        l_at, r_at = (left[swaps], mine[swaps]), (right[swaps], theirs[swaps])
        chairs[l_at], chairs[r_at] = chairs[r_at], chairs[l_at]
        now += int(gain[swaps].sum())
        if now < lowest:
            lowest, best = now, chairs.copy()
    found = np.empty_like(table_of)
    for table in range(tables):
        found[best[table][best[table] >= 0]] = table
    return found


def _best_swaps(
    left: Numbers, right: Numbers, cost: Costs, *, warmth: float, rng: np.random.Generator
) -> tuple[Decimals, Numbers, Numbers]:
    """For each pair of tables the swap to make: what it adds to the cost (infinity: none), and which two chairs."""
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
    # While it is warm, a swap seems cheaper by lot than it is.
    seems = adds - warmth * rng.random(adds.shape) if warmth else adds
    chosen = seems.argmin(axis=1)
    rows = np.arange(len(left))
    gain = np.where(seems[rows, chosen] < 0, adds[rows, chosen], np.inf)
    mine, theirs = np.divmod(chosen, right.shape[1])
    return gain, mine, theirs


def _with(cost: Costs, who: Numbers, table: Numbers, is_there: Truths) -> Numbers:
    """What each of `who` costs beside everybody at `table`, row by row."""
    beside = cost[who[:, :, None], table[:, None, :]]
    return np.asarray((beside * is_there[:, None, :]).sum(axis=2), dtype=np.int64)


def _known_share(found: Numbers, by_chance: Numbers, *, ends: Numbers, sizes: Sequence[int]) -> Compared | None:
    pairs = sum(size * (size - 1) // 2 for size in sizes)
    if not pairs or not len(found) or not len(ends):
        return None
    shares = [float(np.mean(_both(seatings, ends).sum(axis=1))) / pairs for seatings in (found, by_chance)]
    return Compared(here=shares[0], by_chance=shares[1])


def _both(seatings: Numbers, ends: Numbers) -> Truths:
    """By seating, for each pair of `ends`, whether both sit at one table."""
    return np.asarray(seatings[:, ends[:, 0]] == seatings[:, ends[:, 1]], dtype=bool)


def _different_values(
    found: Numbers, by_chance: Numbers, *, alike: Numbers, kinds: int, tables: int
) -> Compared | None:
    if not kinds or not len(found):
        return None
    has = alike >= 0
    cells = tables * kinds
    # Of very many tables and values fewer seatings by lot are looked at.
    by_chance = by_chance[: max(1, MOST_CELLS // cells)]
    means = []
    for seatings in (found, by_chance):
        at = seatings[:, has] * kinds + alike[has]
        held = np.zeros((len(seatings), cells), dtype=bool)
        held[np.arange(len(seatings))[:, None], at] = True
        means.append(float(held.sum()) / (len(seatings) * tables))
    return Compared(here=means[0], by_chance=means[1])


def _together(found: Numbers) -> Numbers:
    """In how many rounds each two sit together; on the diagonal nothing."""
    times = np.zeros((found.shape[1], found.shape[1]), dtype=np.int64)
    for one in found:
        times += one[:, None] == one[None, :]
    np.fill_diagonal(times, 0)
    return times


def _met_again(found: Numbers) -> int:
    return int(np.count_nonzero(_together(found) > 1)) // 2


def _new_faces(found: Numbers, *, ends: Numbers) -> float | None:
    if not found.size:
        return None
    meets: Truths = _together(found) > 0
    meets[ends[:, 0], ends[:, 1]] = meets[ends[:, 1], ends[:, 0]] = False
    return int(meets.sum()) / len(meets)
