"""Membership of 20,000 people over ten years, by month with cohorts, compared with the same sums in pandas."""

from __future__ import annotations

import datetime as dt
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from nethealth.infrastructure import Period, membership_by_category, membership_by_period, summarize_cohorts
from nethealth.infrastructure.charts.cohorts import cohorts_chart
from nethealth.infrastructure.charts.membership import membership_chart
from nethealth.workbook.records import Person, Settings, Spell, Workbook

if TYPE_CHECKING:
    import pandas

MEMBERS = 20_000
FIRST, LAST = dt.date(2016, 1, 1), dt.date(2025, 12, 31)
PROMISED_SECONDS = 1.0
PROMISED_CHANGE_MS = 150
RUNS = 7
ENDLESS = dt.date(2200, 1, 1)


def workbook(*, members: int = MEMBERS, seed: int = 11) -> Workbook:
    """Return so many people over ten years: a third left, and one in twelve returned.

    Each has a region, a district in it, a grade, and a role.
    """
    rng = random.Random(seed)
    days = (LAST - FIRST).days
    people = {}
    for number in range(members):
        joined = FIRST + dt.timedelta(days=rng.randrange(days))
        spells = [Spell(joined, None)]
        if rng.random() < 0.4:
            left = joined + dt.timedelta(days=rng.randrange(20, 1_500))
            spells = [Spell(joined, left)]
            if rng.random() < 0.2:
                spells.append(Spell(left + dt.timedelta(days=rng.randrange(2, 700)), None))
        key = f"M{number}"
        values = {
            "Region": f"Region {number % 12}",
            "District": f"District {number % 60}",
            "Grade": f"Grade {number % 5}",
            "Role": f"Role {number * number % 11}",
        }
        people[key] = Person(key=key, name=f"Person {number}", spells=tuple(spells), attributes=values)
    return Workbook(people=people, attributes=tuple(values), settings=Settings(smallest_group=1))


def spells_table(book: Workbook) -> pandas.DataFrame:
    """Return the spells as a data frame: one per row, with the person's first day."""
    import pandas

    rows = [
        (place, spell.joined, spell.left or ENDLESS, person.joined)
        for place, person in enumerate(book.people.values())
        for spell in person.spells
    ]
    table = pandas.DataFrame(rows, columns=["person", "joined", "left", "first"])
    for column in ("joined", "left", "first"):
        table[column] = pandas.to_datetime(table[column])
    return table


def by_pandas(table: pandas.DataFrame) -> tuple[list[tuple[int, int, int, int]], dict[tuple[int, int], int]]:
    """Return the same sums: start, new, dropped, and end of each month, and people still here by cohort and month."""
    import pandas

    ends = pandas.date_range(FIRST, LAST, freq="ME")
    present_before: set[int] = set()
    flows = []
    still: dict[tuple[int, int], int] = {}
    joined_rows = table[table["joined"] <= pandas.Timestamp(LAST)]
    cohort_of = (joined_rows["first"].dt.year - FIRST.year) * 12 + joined_rows["first"].dt.month - 1
    for at, end in enumerate(ends):
        inside = joined_rows[(joined_rows["joined"] <= end) & (joined_rows["left"] >= end)]
        present = set(inside["person"])
        flows.append((len(present_before), len(present - present_before), len(present_before - present), len(present)))
        present_before = present
        for cohort, count in cohort_of.loc[inside.index].groupby(cohort_of.loc[inside.index]).size().items():
            still[int(cohort), at] = int(count)
    return flows, still


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Return medians of several runs: clock seconds, and processor seconds, which other processes affect less."""
    clock, processor = [], []
    for _ in range(RUNS):
        started, busy = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() - busy)
    return statistics.median(clock), statistics.median(processor)


def check_agreement(book: Workbook, table: pandas.DataFrame) -> None:
    """Check that both find the same numbers."""
    flows, still = by_pandas(table)
    ours = membership_by_period(book, period=Period.MONTH, as_of=LAST)
    assert [(one.start, one.new, one.dropped, one.end) for one in ours] == flows
    found = summarize_cohorts(book, period=Period.MONTH, as_of=LAST)
    assert len(found) == len(flows)
    for place, cohort in enumerate(found):
        assert [moment.remaining for moment in cohort.moments] == [
            still.get((place, at), 0) for at in range(place, len(flows))
        ]


def main() -> None:
    book = workbook()
    table = spells_table(book)
    check_agreement(book, table)

    def ours() -> None:
        fresh = replace(book)  # a new object without cached results
        membership_by_period(fresh, period=Period.MONTH, as_of=LAST)
        summarize_cohorts(fresh, period=Period.MONTH, as_of=LAST)

    (seconds, _), (peer, _) = timed(ours), timed(lambda: by_pandas(table))
    print(
        f"membership of {MEMBERS:,} people over ten years by month, with cohorts (pandas: the same sums, same numbers)"
    )
    ratio = seconds / peer
    print(f"  ours {seconds:5.2f} s (promised {PROMISED_SECONDS:.0f} s)   pandas {peer:5.2f} s   ratio {ratio:.2f}")
    print(f"  another period, with new sums and both charts, nothing cached (promised {PROMISED_CHANGE_MS} ms):")
    for period in Period:
        _print(period.value, timed(partial(_change, book, period)))
    grouped = partial(membership_by_category, book, column="Region", period=Period.MONTH, as_of=LAST)
    _print("twelve categories by month", timed(grouped))

    def by_viewers() -> None:
        fresh = replace(book, is_for_viewers=True, settings=Settings(smallest_group=5))
        membership_by_category(fresh, column="Region", period=Period.MONTH, as_of=LAST)

    _print("the same for viewers", timed(by_viewers))
    print("    (for viewers, the first result decides suppression for all four columns and is cached)")


def _print(what: str, took: tuple[float, float]) -> None:
    clock, processor = took
    print(f"    {what:<24} {clock * 1_000:5.0f} ms clock time, {processor * 1_000:5.0f} ms processor time")


def _change(book: Workbook, period: Period) -> Sequence[object]:
    periods = membership_by_period(book, period=period, as_of=LAST)
    found = summarize_cohorts(book, period=period, as_of=LAST)
    return membership_chart(periods), cohorts_chart(found, period=period)


if __name__ == "__main__":
    main()
