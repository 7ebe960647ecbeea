"""Ties among people who attended a convening together, in the waves before and after it.

This is an association, not a cause: people attend together because they already know each other, and those who attend
also answer surveys. So we compare pairs who attended together with pairs who attended convenings in the same period,
but never the same one. All of these are attendees, though those who attend more often have met more people. We compare
people who are in both waves, without the hub's staff, who meet everyone. A tie counts only if one of the two reports
it, because ties that staff note after a convening would prove themselves. Ties by shared events: Feld, The focused
organization of social ties (1981).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nethealth.network.graph import Network, Pair, network_at
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import TieRule
from nethealth.workbook.waves import relationship_waves

BATCH_SIZE = 1_000
"""People whose pairs are compared at once, to limit memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCounts:
    """How many pairs of people were tied in the waves before and after."""

    pairs: int
    tied_before: int
    tied_after: int
    became_tied: int
    """Tied in the wave after, but not in the wave before."""

    @property
    def share_before(self) -> float | None:
        """The share tied before, 0 to 1; None without pairs."""
        return self.tied_before / self.pairs if self.pairs else None

    @property
    def share_after(self) -> float | None:
        """The share tied after, 0 to 1; None without pairs."""
        return self.tied_after / self.pairs if self.pairs else None

    def __add__(self, other: PairCounts) -> PairCounts:
        return PairCounts(
            pairs=self.pairs + other.pairs,
            tied_before=self.tied_before + other.tied_before,
            tied_after=self.tied_after + other.tied_after,
            became_tied=self.became_tied + other.became_tied,
        )


MaybePairCounts = PairCounts | TooFew
NO_PAIR = PairCounts(pairs=0, tied_before=0, tied_after=0, became_tied=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConveningComparison:
    """One convening, and the waves before and after it."""

    title: str
    date: dt.date
    before: str
    """The name of the wave before."""
    after: str
    """The name of the wave after."""
    people: int | TooFew
    """How many attendees are in both waves."""
    together: MaybePairCounts
    """All pairs of those people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConveningEffect:
    """Ties among people who attended together, before and after."""

    convenings: tuple[ConveningComparison, ...]
    """Those between two waves with two or more attendees who are in both, earliest first."""
    together: MaybePairCounts
    """Pairs who attended at least one convening together, each once between two waves.

    Here, and in `apart` and `others`, we skip the time between two waves if too few people attended, missed the largest
    convening, or didn't attend."""
    apart: MaybePairCounts
    """Pairs who both attended a convening between the two waves, but never the same one."""
    others: MaybePairCounts
    """All other pairs: at least one of the two attended none."""

    @property
    def is_empty(self) -> bool:
        """True if there is no convening with names between two waves of reports."""
        return not self.convenings


def analyze_convening_effect(workbook: Workbook, *, rule: TieRule | None = None) -> ConveningEffect:
    """Return ties before and after each convening that is between two dated waves of reports.

    A convening on the day of a wave counts as before it. Results about fewer people than the minimum group size
    are hidden, and so are convenings that fewer people than that missed. `rule` None means the settings' tie rule.
    """
    smallest = workbook.settings.smallest_group
    comparisons: list[ConveningComparison] = []
    sums = {"together": NO_PAIR, "apart": NO_PAIR, "others": NO_PAIR}
    hidden: set[str] = set()
    dated = [(one.date, one.name) for one in relationship_waves(workbook) if one.date is not None and one.reports]
    for (begins, first), (ends, second) in pairwise(dated):
        gatherings = [(one.date, one) for one in workbook.convenings if one.date and begins < one.date <= ends]
        if not gatherings:
            continue
        window = _Window(
            network_at(workbook, wave=first, rule=rule, without=workbook.hub),
            network_at(workbook, wave=second, rule=rule, without=workbook.hub),
        )
        attendees = [window.people.intersection(gathering.attendees) for _, gathering in gatherings]
        rows = [
            _compare(day, gathering.title, people, window, smallest_group=smallest)
            for (day, gathering), people in zip(gatherings, attendees, strict=True)
            if len(people) > 1
        ]
        if not rows:
            continue
        comparisons += rows
        anyone = len(frozenset().union(*attendees))
        # All attendees of the largest convening met, so in a pair who never met, at least one missed it.
        missed_largest = anyone - max(map(len, attendees))
        group_sizes = {"together": anyone, "apart": missed_largest, "others": len(window.people) - anyone}
        for name, count in window.counts(attendees).items():
            if not count.pairs:
                continue
            if is_too_small(group_sizes[name], smallest_group=smallest):
                hidden.add(name)
            else:
                sums[name] += count
    results: dict[str, MaybePairCounts] = {
        name: TooFew(smallest) if name in hidden and not count.pairs else count for name, count in sums.items()
    }
    return ConveningEffect(
        convenings=tuple(sorted(comparisons, key=lambda one: (one.date, one.title))),
        together=results["together"],
        apart=results["apart"],
        others=results["others"],
    )


class _Window:
    """The time between two waves: the people in both, and their reported ties."""

    def __init__(self, before: Network, after: Network) -> None:
        self.names = (before.wave or "Unnamed wave", after.wave or "Unnamed wave")
        self.people = frozenset(before.people.keys() & after.people.keys())
        self.before, self.after = self._reported(before), self._reported(after)

    def _reported(self, network: Network) -> frozenset[Pair]:
        ties = (tie for tie in network.ties if tie.reported_by)
        return frozenset(tie.pair for tie in ties if tie.a in self.people and tie.b in self.people)

    def among(self, people: Collection[PersonKey]) -> PairCounts:
        """Return the counts for all pairs of these people."""
        return self._count(
            len(people) * (len(people) - 1) // 2,
            {pair for pair in self.before | self.after if pair[0] in people and pair[1] in people},
        )

    def counts(self, attendees: list[frozenset[PersonKey]]) -> dict[str, PairCounts]:
        """Return counts for pairs who attended together, pairs who attended separately, and all others."""
        anyone = frozenset().union(*attendees)
        attended = {key: {at for at, people in enumerate(attendees) if key in people} for key in anyone}
        tied = {pair for pair in self.before | self.after if pair[0] in anyone and pair[1] in anyone}
        met = {(one, other) for one, other in tied if attended[one] & attended[other]}
        both, together = self.among(anyone), self._count(_pairs_together(attendees, sorted(anyone)), met)
        everyone = self.among(self.people)
        return {"together": together, "apart": _difference(both, together), "others": _difference(everyone, both)}

    def _count(self, pairs: int, tied: Collection[Pair]) -> PairCounts:
        return PairCounts(
            pairs=pairs,
            tied_before=sum(pair in self.before for pair in tied),
            tied_after=sum(pair in self.after for pair in tied),
            became_tied=sum(pair in self.after and pair not in self.before for pair in tied),
        )


def _compare(
    day: dt.date, title: str, people: frozenset[PersonKey], window: _Window, *, smallest_group: int
) -> ConveningComparison:
    is_hidden = is_too_small(len(people), whole=len(window.people), smallest_group=smallest_group)
    return ConveningComparison(
        title=title,
        date=day,
        before=window.names[0],
        after=window.names[1],
        people=TooFew(smallest_group) if is_hidden else len(people),
        together=TooFew(smallest_group) if is_hidden else window.among(people),
    )


def _pairs_together(attendees: list[frozenset[PersonKey]], people: list[PersonKey]) -> int:
    """Return how many pairs of `people` attended at least one gathering together."""
    attended = np.array([[key in at for key in people] for at in attendees], dtype=np.float32).reshape(
        len(attendees), -1
    )
    found = 0
    for first in range(0, len(people), BATCH_SIZE):
        shared = attended[:, first : first + BATCH_SIZE].T @ attended
        found += int(np.count_nonzero(shared))
    # Everyone is paired with themselves, and each pair is found twice.
    return (found - len(people)) // 2


def _difference(whole: PairCounts, part: PairCounts) -> PairCounts:
    return PairCounts(
        pairs=whole.pairs - part.pairs,
        tied_before=whole.tied_before - part.tied_before,
        tied_after=whole.tied_after - part.tied_after,
        became_tied=whole.became_tied - part.became_tied,
    )
