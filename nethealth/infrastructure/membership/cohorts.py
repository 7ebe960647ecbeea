"""Cohorts: of those who first joined in one period, how many are still here at the end of it and of each one after."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from nethealth.infrastructure.membership.by_period import membership_spans
from nethealth.infrastructure.membership.spells import SpellTable, ordinals, presence, spell_table
from nethealth.infrastructure.periods import Period
from nethealth.metric import Metric, Unit
from nethealth.privacy.small_cells import parts_to_hide, share_bounds
from nethealth.privacy.suppression import TooFew, is_too_small
from nethealth.proportions import Interval
from nethealth.workbook.records import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortMoment:
    """A cohort at the end of one period."""

    period: str
    last_day: dt.date
    partial: bool
    still: int | None
    """Of those who joined, the members on that day, whoever came back included; None where it is held back."""
    share: float | None
    """`still` / joined; None where it is held back."""
    bounds: Interval | None
    """Of a share that is held back because few left or few stayed: between which two it lies; else None.

    A share without either is held back since few joined, or since with it another cohort's could be worked out.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Those whose first `Joined` lies in one period."""

    period: str
    first_day: dt.date
    joined: int | TooFew
    partial: bool
    """Whether the period in which they join is still running."""
    moments: tuple[CohortMoment, ...]
    """At the end of their own period, then of each one after it, up to the running one."""


def summarize_cohorts(
    workbook: Workbook, *, period: Period, as_of: dt.date, fiscal_year_starts: int | None = None
) -> tuple[Cohort, ...]:
    """Each cohort up to `as_of`, oldest first; periods in which nobody first joined are left out.

    Everybody who has a `Joined` is in one cohort, that of their first: so those still here, summed over the cohorts,
    are the members at each period's end. Figures about fewer people than the smallest group, or that leave so few, are
    held back, with as many neighbours as it takes that the membership's own figures do not give them away.
    """
    spans = membership_spans(workbook, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts)
    ends = [min(span.last, as_of) for span in spans]
    joined, still = _counts(spell_table(workbook).begun_by(as_of), ends)
    smallest = workbook.settings.smallest_group
    held = _held(joined, still, smallest_group=smallest)
    return tuple(
        Cohort(
            period=span.name,
            first_day=span.first,
            joined=TooFew(smallest) if is_too_small(joined[at], smallest_group=smallest) else joined[at],
            partial=as_of < span.last,
            moments=tuple(
                CohortMoment(
                    period=spans[moment].name,
                    last_day=ends[moment],
                    partial=as_of < spans[moment].last,
                    still=None if (at, moment) in held else still[at][moment],
                    share=None if (at, moment) in held else still[at][moment] / joined[at],
                    bounds=share_bounds(still[at][moment], joined[at], smallest_group=smallest)
                    if (at, moment) in held
                    else None,
                )
                for moment in range(at, len(spans))
            ),
        )
        for at, span in enumerate(spans)
        if joined[at]
    )


def _counts(table: SpellTable, ends: list[dt.date]) -> tuple[list[int], list[list[int]]]:
    """How many are in each cohort, and how many of each are inside at each of the periods' ends."""
    cohort = np.searchsorted(ordinals(ends), table.first, side="left")
    there = presence(table, ends)
    change = np.zeros((len(ends), len(ends) + 1), dtype=np.int64)
    np.add.at(change, (cohort[there.arrives_row], there.arrives), 1)
    np.add.at(change, (cohort[there.leaves_row], there.leaves), -1)
    joined = np.bincount(cohort[table.is_first], minlength=len(ends))
    return joined.tolist(), change[:, :-1].cumsum(axis=1).tolist()


def _held(joined: list[int], still: list[list[int]], *, smallest_group: int) -> frozenset[tuple[int, int]]:
    """What is held back, by cohort and moment; at each moment those still here add up to the known membership."""
    held: set[tuple[int, int]] = set()
    for moment in range(len(joined)):
        there = [at for at in range(moment + 1) if joined[at]]
        counts, wholes = [still[at][moment] for at in there], [joined[at] for at in there]
        for place in parts_to_hide(counts, wholes, smallest_group=smallest_group):
            held.add((there[place], moment))
    return frozenset(held)


METRICS: tuple[Metric, ...] = (
    Metric(
        id="cohort_retention",
        label="Still here",
        question="Of those who joined in one period, what share is still here, a period later, two, three?",
        reading=(
            "Read along a row how a cohort fares, and down a column whether newer cohorts stay as the older ones did. "
            "Whoever left and came back counts as here; each person is in the cohort of their first “Joined”."
        ),
        not_meaning="Staying is not the same as gaining: people also leave because what they came for is done.",
        unit=Unit.SHARE,
        undefined="nobody joined in the period; where few joined, left or stayed, it is held back and says so",
        source="members on a period's last day over those whose first “Joined” lies in the cohort's period",
    ),
)
