"""Ties among people who came to a convening together, in the wave before it and the wave after it.

An association, not a cause: people come together since they are already near each other, and who comes also answers.
So pairs who came together are set beside pairs who came to convenings in the same time, but never to the same one: all
of these are people who come, though whoever comes more often has met more. Compared are people who are in both waves;
the hub's staff, who meet everybody, are left out; and a tie counts where one of the two reports it, since what staff
note down after a convening would prove itself. Ties by shared events: Feld, The focused organization of social ties
(1981).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from nethealth.network.graph import Network, Pair, network_at
from nethealth.network.waves import relationship_waves
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.workbook.records import PersonKey, Workbook
from nethealth.workbook.schema.vocabulary import TieRule

BATCH_SIZE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCounts:
    """How many of some pairs of people were tied in the wave before, and in the wave after."""

    pairs: int
    tied_before: int
    tied_after: int
    became_tied: int
    """Tied in the wave after, and not in the wave before."""

    @property
    def share_before(self) -> float | None:
        """The share tied before; None without a pair."""
        return self.tied_before / self.pairs if self.pairs else None

    @property
    def share_after(self) -> float | None:
        """The share tied after; None without a pair."""
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
    """One convening with the waves around it."""

    title: str
    date: dt.date
    before: str
    """The names of the waves."""
    after: str
    people: int | TooFew
    """Who came and is in both waves."""
    together: MaybePairCounts
    """All pairs of those people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConveningEffect:
    """Ties among people who came together, before and after. Declared in `PAGE_MEASURES["convening-effect"]`."""

    convenings: tuple[ConveningComparison, ...]
    """Those between two waves at which two or more came who are in both, earliest first."""
    together: MaybePairCounts
    """Pairs who came to one convening or more together, each once between two waves. Here, as in `apart` and `others`,
    the time between two waves is passed over in which so few came, or missed the largest convening, or did not come,
    that it would tell of them."""
    apart: MaybePairCounts
    """Pairs who both came to some convening between the two waves, never to the same."""
    others: MaybePairCounts
    """All other pairs: one of the two, or both, came to none."""

    @property
    def is_empty(self) -> bool:
        """Whether no convening with names lies between two waves of reports."""
        return not self.convenings

    def as_json(self) -> dict[str, Any]:
        """The figures in the form that scripts read."""

        def to_json(held: MaybePairCounts) -> Any:
            return held.as_json() if isinstance(held, TooFew) else asdict(held)

        return {
            "together": to_json(self.together),
            "apart": to_json(self.apart),
            "others": to_json(self.others),
            "convenings": [
                {
                    "title": one.title,
                    "date": one.date.isoformat(),
                    "before": one.before,
                    "after": one.after,
                    "people": one.people.as_json() if isinstance(one.people, TooFew) else one.people,
                    "together": to_json(one.together),
                }
                for one in self.convenings
            ],
        }


def analyze_convening_effect(workbook: Workbook, *, rule: TieRule | None = None) -> ConveningEffect:
    """Pairs who came together, before and after each convening that lies between two dated waves of reports.

    A convening belongs to the two waves next to its day; on the day of a wave it lies before that wave. What would
    speak of fewer people than the smallest group is held back, and so is a convening from which fewer stayed away of
    those who are in both waves. `rule` None means what the settings say.
    """
    smallest = workbook.settings.smallest_group
    to_json: list[ConveningComparison] = []
    sums = {"together": NO_PAIR, "apart": NO_PAIR, "others": NO_PAIR}
    is_held: set[str] = set()
    dated = [(one.date, one.name) for one in relationship_waves(workbook) if one.date is not None and one.reports]
    for (begins, first), (ends, second) in pairwise(dated):
        held = [(one.date, one) for one in workbook.convenings if one.date and begins < one.date <= ends]
        if not held:
            continue
        window = _Window(
            network_at(workbook, wave=first, rule=rule, without=workbook.hub),
            network_at(workbook, wave=second, rule=rule, without=workbook.hub),
        )
        came = [window.people.intersection(gathering.attendees) for _, gathering in held]
        rows = [
            _around(day, gathering.title, people, window, smallest_group=smallest)
            for (day, gathering), people in zip(held, came, strict=True)
            if len(people) > 1
        ]
        if not rows:
            continue
        to_json += rows
        anybody = len(frozenset().union(*came))
        # Those who came to the largest met each other, so of two who never did one at least was not there.
        elsewhere = anybody - max(map(len, came))
        about = {"together": anybody, "apart": elsewhere, "others": len(window.people) - anybody}
        for name, count in window.counts(came).items():
            if not count.pairs:
                continue
            if is_too_small(about[name], smallest_group=smallest):
                is_held.add(name)
            else:
                sums[name] += count
    figures: dict[str, MaybePairCounts] = {
        name: TooFew(smallest) if name in is_held and not count.pairs else count for name, count in sums.items()
    }
    return ConveningEffect(
        convenings=tuple(sorted(to_json, key=lambda one: (one.date, one.title))),
        together=figures["together"],
        apart=figures["apart"],
        others=figures["others"],
    )


class _Window:
    """The time between two waves: who is in both, and who of them reports ties with whom."""

    def __init__(self, before: Network, after: Network) -> None:
        self.names = (before.wave or "Unnamed wave", after.wave or "Unnamed wave")
        self.people = frozenset(before.people.keys() & after.people.keys())
        self.before, self.after = self._reported(before), self._reported(after)

    def _reported(self, network: Network) -> frozenset[Pair]:
        ties = (tie for tie in network.ties if tie.reported_by)
        return frozenset(tie.pair for tie in ties if tie.a in self.people and tie.b in self.people)

    def among(self, people: Collection[PersonKey]) -> PairCounts:
        """All pairs of these people."""
        return self._count(
            len(people) * (len(people) - 1) // 2,
            {pair for pair in self.before | self.after if pair[0] in people and pair[1] in people},
        )

    def counts(self, came: list[frozenset[PersonKey]]) -> dict[str, PairCounts]:
        """Pairs who came together, pairs who came and never together, and all others."""
        anybody = frozenset().union(*came)
        attended = {key: {at for at, people in enumerate(came) if key in people} for key in anybody}
        tied = {pair for pair in self.before | self.after if pair[0] in anybody and pair[1] in anybody}
        met = {(one, other) for one, other in tied if attended[one] & attended[other]}
        both, together = self.among(anybody), self._count(_pairs_together(came, sorted(anybody)), met)
        everybody = self.among(self.people)
        return {"together": together, "apart": _less(both, together), "others": _less(everybody, both)}

    def _count(self, pairs: int, tied: Collection[Pair]) -> PairCounts:
        return PairCounts(
            pairs=pairs,
            tied_before=sum(pair in self.before for pair in tied),
            tied_after=sum(pair in self.after for pair in tied),
            became_tied=sum(pair in self.after and pair not in self.before for pair in tied),
        )


def _around(
    day: dt.date, title: str, people: frozenset[PersonKey], window: _Window, *, smallest_group: int
) -> ConveningComparison:
    held = is_too_small(len(people), whole=len(window.people), smallest_group=smallest_group)
    return ConveningComparison(
        title=title,
        date=day,
        before=window.names[0],
        after=window.names[1],
        people=TooFew(smallest_group) if held else len(people),
        together=TooFew(smallest_group) if held else window.among(people),
    )


def _pairs_together(came: list[frozenset[PersonKey]], people: list[PersonKey]) -> int:
    """How many different pairs of `people` were at one gathering or more together."""
    attended = np.array([[key in at for key in people] for at in came], dtype=np.float32).reshape(len(came), -1)
    found = 0
    for first in range(0, len(people), BATCH_SIZE):
        shared = attended[:, first : first + BATCH_SIZE].T @ attended
        found += int(np.count_nonzero(shared))
    # Everybody is with themselves, and each pair was found from both sides.
    return (found - len(people)) // 2


def _less(whole: PairCounts, part: PairCounts) -> PairCounts:
    return PairCounts(
        pairs=whole.pairs - part.pairs,
        tied_before=whole.tied_before - part.tied_before,
        tied_after=whole.tied_after - part.tied_after,
        became_tied=whole.became_tied - part.became_tied,
    )
