"""What people say of their ties beyond that they are there: how strong, how much trust, how much value.

An answer is what one row says of one tie; of several rows by the same person on the same other the highest counts, as
strength does. Facts that weavers or staff noted are left out: only who is in a tie can say how much trust is in it.
Nothing is told of fewer people than the smallest group. Trust and value as measures of partnerships: Varda, Chandra,
Stern & Lurie, Core dimensions of connectivity in public health collaboratives (2008).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from types import MappingProxyType
from typing import Any

from nethealth.network.graph import Network, Tie
from nethealth.network.segments import grouped
from nethealth.privacy import Withheld, is_too_small
from nethealth.workbook.records import PersonKey, Workbook

QUALITIES = ("Strength", "Trust", "Value")
"""The columns of Connections that say how a tie is, as the sheet calls them; a row's fields by the same names."""
MOST_LEVELS = 11
"""Up to so many whole numbers, each is a level of its own; else the answers are parted into `PARTS` of equal width."""
PARTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Answers about some ties."""

    people: int
    """How many different people gave them."""
    answers: int
    mean: float
    counts: Mapping[str, int]
    """Answers by level, lowest first, levels without an answer included."""

    def as_json(self) -> dict[str, Any]:
        """The figures in the form that scripts read."""
        return {"people": self.people, "answers": self.answers, "mean": self.mean, "distribution": dict(self.counts)}


Held = Answers | Withheld | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TieQuality:
    """What people say of their ties in one respect. Declared in `PAGE_MEASURES["tie-values"]`."""

    name: str
    """One of `QUALITIES`."""
    column: str | None
    """The attribute by which the answers are parted; None for none."""
    everybody: Answers | Withheld
    within: Held
    """About ties between two people with the same value of the column; None without an answer, or a column."""
    across: Held
    """About ties between two people with different values."""
    by_value: Mapping[str, Held]
    """About ties within each value, largest value first, small ones pooled."""

    def as_json(self) -> dict[str, Any]:
        """The figures in the form that scripts read."""

        def told(held: Held) -> Any:
            return held.as_json() if held is not None else None

        return {
            "everybody": told(self.everybody),
            "within": told(self.within),
            "across": told(self.across),
            "by_value": {value: told(held) for value, held in self.by_value.items()},
        }


@dataclass(frozen=True, slots=True)
class _Answer:
    source: PersonKey
    target: PersonKey
    number: float


def tie_qualities(network: Network, workbook: Workbook, *, column: str | None = None) -> tuple[TieQuality, ...]:
    """The qualities that somebody gave a number for, in the order of `QUALITIES`; empty where nobody did.

    Parted by `column` into ties within one value and across two; who has no value is in `everybody` alone. Where one
    part is held back, so is the other, since it could be worked out from the whole; and so are both where few answered
    what is in neither. Of single values so many are held back that these are not few themselves.
    """
    smallest = workbook.settings.smallest_group
    held = grouped(network, workbook, column=column) if column is not None else None
    found = []
    for name in QUALITIES:
        answers = _answers(network, name.casefold())
        if not answers:
            continue
        levels = _levels([answer.number for answer in answers])
        value_of = held.measured if held and not held.is_held_back else {}
        placed = [a for a in answers if a.source in value_of and a.target in value_of]
        within = [a for a in placed if value_of[a.source] == value_of[a.target]]
        across = [a for a in placed if value_of[a.source] != value_of[a.target]]
        unplaced = [a for a in answers if a.source not in value_of or a.target not in value_of] if value_of else []
        parts = (within, across, unplaced)
        is_small = any(is_too_small(len({a.source for a in part}), smallest_group=smallest) for part in parts)
        by_value: dict[str, list[_Answer]] = {}
        if held and not held.is_held_back:
            shown = held.shown
            by_value = {value: [a for a in within if shown[a.source] == value] for value in held.sizes}
        small = _small_values(by_value, smallest_group=smallest)
        found.append(
            TieQuality(
                name=name,
                column=column,
                everybody=_told(answers, levels, is_small=False, smallest_group=smallest) or Withheld(smallest),
                within=_told(within, levels, is_small=is_small, smallest_group=smallest),
                across=_told(across, levels, is_small=is_small, smallest_group=smallest),
                by_value=MappingProxyType(
                    {
                        value: _told(said, levels, is_small=is_small or value in small, smallest_group=smallest)
                        for value, said in by_value.items()
                    }
                ),
            )
        )
    return tuple(found)


def asked_of_ties(workbook: Workbook) -> tuple[str, ...]:
    """Which of trust and value somebody gave a number for, in any wave: what staff are told of single ties."""
    asked = [quality for quality in QUALITIES if quality != "Strength"]
    return tuple(
        quality
        for quality in asked
        if any(getattr(row, quality.casefold()) is not None for row in workbook.connections)
    )


def said_of(tie: Tie, quality: str) -> float | None:
    """What the two people of a tie say of it in one of `QUALITIES`, on average; None where neither says."""
    answers = _said(tie, quality.casefold()).values()
    return fmean(answers) if answers else None


def _answers(network: Network, field: str) -> list[_Answer]:
    """What each of two people says of the other, by the order of ties."""
    return [_Answer(*pair, number) for tie in network.ties for pair, number in _said(tie, field).items()]


def _said(tie: Tie, field: str) -> dict[tuple[PersonKey, PersonKey], float]:
    """What each of the two says of the other, the highest where they say it twice."""
    found: dict[tuple[PersonKey, PersonKey], float] = {}
    for row in tie.rows:
        number = getattr(row, field)
        if number is not None and row.is_report:
            pair = (row.source, row.target)
            found[pair] = max(number, found.get(pair, number))
    return found


@dataclass(frozen=True, slots=True)
class _Levels:
    """Where each level begins, and what it is called."""

    begins: tuple[float, ...]
    names: tuple[str, ...]

    def of(self, number: float) -> str:
        """The level in which a number lies."""
        return self.names[max(sum(number >= begin for begin in self.begins), 1) - 1]


def _levels(numbers: Sequence[float]) -> _Levels:
    low, high = min(numbers), max(numbers)
    if all(number.is_integer() for number in map(float, numbers)) and high - low < MOST_LEVELS:
        steps = [float(step) for step in range(int(low), int(high) + 1)]
        return _Levels(tuple(steps), tuple(f"{step:,.0f}" for step in steps))
    if low == high:
        return _Levels((low,), (_written(low),))
    width = (high - low) / PARTS
    begins = [low + width * part for part in range(PARTS)]
    return _Levels(tuple(begins), tuple(f"{_written(begin)} to {_written(begin + width)}" for begin in begins))


def _written(number: float) -> str:
    """Four figures of a number: never as 1.2e+04, which nobody types into a sheet."""
    return f"{float(f'{number:.4g}'):,.10g}"


def _small_values(by_value: Mapping[str, Sequence[_Answer]], *, smallest_group: int) -> frozenset[str]:
    """The values of which too few people answered, with as many more as it takes that these are not few together."""
    people = {value: len({answer.source for answer in said}) for value, said in by_value.items() if said}
    small = {value for value, count in people.items() if is_too_small(count, smallest_group=smallest_group)}
    for value in sorted(people, key=lambda value: (people[value], value)):
        if not is_too_small(sum(people[held] for held in small), smallest_group=smallest_group):
            break
        small.add(value)
    return frozenset(small)


def _told(answers: Iterable[_Answer], levels: _Levels, *, is_small: bool, smallest_group: int) -> Held:
    answers = list(answers)
    if not answers:
        return None
    people = len({answer.source for answer in answers})
    if is_small or is_too_small(people, smallest_group=smallest_group):
        return Withheld(smallest_group)
    counts = Counter(levels.of(answer.number) for answer in answers)
    return Answers(
        people=people,
        answers=len(answers),
        mean=fmean(answer.number for answer in answers),
        counts=MappingProxyType({name: counts[name] for name in levels.names}),
    )
