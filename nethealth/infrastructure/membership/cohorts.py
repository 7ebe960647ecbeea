"""Cohorts: how many of the people who joined in one period are still members at the end of each later period."""

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
    """One cohort at the end of one period."""

    period: str
    last_day: dt.date
    partial: bool
    remaining: int | None
    """Members on that day, including any who left and came back; None if hidden."""
    share: float | None
    """`remaining` / joined; None if hidden."""
    bounds: Interval | None
    """The range of a share hidden because few people left or few stayed; else None.

    If both are None, few people joined, or the share would give away another cohort's.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """The people who first joined in one period."""

    period: str
    first_day: dt.date
    joined: int | TooFew
    partial: bool
    """True if people can still join this cohort."""
    moments: tuple[CohortMoment, ...]
    """At the end of their own period, then of each later one, up to the current one."""


def summarize_cohorts(
    workbook: Workbook, *, period: Period, as_of: dt.date, fiscal_year_starts: int | None = None
) -> tuple[Cohort, ...]:
    """Return each cohort up to `as_of`, oldest first, without periods in which no one joined.

    Everyone with a `Joined` date is in the cohort of their first one, so the cohorts add up to the members at each
    period's end. Numbers below the minimum group size, or that leave fewer, are hidden, along with as many others as it
    takes to keep the membership totals from giving them away.
    """
    spans = membership_spans(workbook, period=period, as_of=as_of, fiscal_year_starts=fiscal_year_starts)
    ends = [min(span.last, as_of) for span in spans]
    joined, remaining = _counts(spell_table(workbook).started_by(as_of), ends)
    smallest = workbook.settings.smallest_group
    hidden = _hidden(joined, remaining, smallest_group=smallest)
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
                    remaining=None if (at, moment) in hidden else remaining[at][moment],
                    share=None if (at, moment) in hidden else remaining[at][moment] / joined[at],
                    bounds=share_bounds(remaining[at][moment], joined[at], smallest_group=smallest)
                    if (at, moment) in hidden
                    else None,
                )
                for moment in range(at, len(spans))
            ),
        )
        for at, span in enumerate(spans)
        if joined[at]
    )


def _counts(table: SpellTable, ends: list[dt.date]) -> tuple[list[int], list[list[int]]]:
    """Count each cohort, and its members at each period's end."""
    cohort = np.searchsorted(ordinals(ends), table.first, side="left")
    present = presence(table, ends)
    change = np.zeros((len(ends), len(ends) + 1), dtype=np.int64)
    np.add.at(change, (cohort[present.arrives_row], present.arrives), 1)
    np.add.at(change, (cohort[present.leaves_row], present.leaves), -1)
    joined = np.bincount(cohort[table.is_first], minlength=len(ends))
    return joined.tolist(), change[:, :-1].cumsum(axis=1).tolist()


def _hidden(joined: list[int], remaining: list[list[int]], *, smallest_group: int) -> frozenset[tuple[int, int]]:
    """Return the (cohort, moment) cells to hide, given that at each moment the cohorts add up to the membership."""
    hidden: set[tuple[int, int]] = set()
    for moment in range(len(joined)):
        cohorts = [at for at in range(moment + 1) if joined[at]]
        counts, totals = [remaining[at][moment] for at in cohorts], [joined[at] for at in cohorts]
        for index in parts_to_hide(counts, totals, smallest_group=smallest_group):
            hidden.add((cohorts[index], moment))
    return frozenset(hidden)


METRICS: tuple[Metric, ...] = (
    Metric(
        id="cohort_retention",
        label="Still here",
        question="What share of the people who joined in a period are still members later?",
        reading=(
            "Read across a row to follow one cohort. Read down a column to see if newer cohorts stay as long. We count "
            "people who came back, and put everyone in the cohort of their first Joined date."
        ),
        not_meaning="Staying doesn’t prove that people benefit. Some leave because their work is done.",
        unit=Unit.SHARE,
        undefined="no one joined in the period. We hide a share if too few people joined, left, or stayed",
        source="members on a period’s last day, divided by people who first joined in the cohort’s period",
    ),
)
