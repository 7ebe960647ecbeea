"""The membership of 20,000 people over ten years, by month with cohorts, beside pandas doing the same sums."""

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
    """So many people over ten years: a third have left, one in twelve came back; for each a region, and a district in
    it, a grade and a role.
    """
    chance = random.Random(seed)
    days = (LAST - FIRST).days
    people = {}
    for number in range(members):
        joined = FIRST + dt.timedelta(days=chance.randrange(days))
        stays = [Spell(joined, None)]
        if chance.random() < 0.4:
            left = joined + dt.timedelta(days=chance.randrange(20, 1_500))
            stays = [Spell(joined, left)]
            if chance.random() < 0.2:
                stays.append(Spell(left + dt.timedelta(days=chance.randrange(2, 700)), None))
        key = f"M{number}"
        values = {
            "Region": f"Region {number % 12}",
            "District": f"District {number % 60}",
            "Grade": f"Grade {number % 5}",
            "Role": f"Role {number * number % 11}",
        }
        people[key] = Person(key=key, name=f"Person {number}", spells=tuple(stays), attributes=values)
    return Workbook(people=people, attributes=tuple(values), settings=Settings(smallest_group=1))


def stays_table(book: Workbook) -> pandas.DataFrame:
    """The stays as pandas would have them: a row each, with the person's first day."""
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
    """The same sums: start, new, dropped and end of each month, and those still here by cohort and month."""
    import pandas

    ends = pandas.date_range(FIRST, LAST, freq="ME")
    here_before: set[int] = set()
    flows = []
    still: dict[tuple[int, int], int] = {}
    begun = table[table["joined"] <= pandas.Timestamp(LAST)]
    cohort_of = (begun["first"].dt.year - FIRST.year) * 12 + begun["first"].dt.month - 1
    for at, end in enumerate(ends):
        inside = begun[(begun["joined"] <= end) & (begun["left"] >= end)]
        here = set(inside["person"])
        flows.append((len(here_before), len(here - here_before), len(here_before - here), len(here)))
        here_before = here
        for cohort, count in cohort_of.loc[inside.index].groupby(cohort_of.loc[inside.index]).size().items():
            still[int(cohort), at] = int(count)
    return flows, still


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """The medians of several runs: seconds on the clock, and seconds of the processor, which neighbours slow less."""
    clock, processor = [], []
    for _ in range(RUNS):
        started, busy = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() - busy)
    return statistics.median(clock), statistics.median(processor)


def agree(book: Workbook, table: pandas.DataFrame) -> None:
    """Both find the same numbers, or there is nothing to compare."""
    flows, still = by_pandas(table)
    ours = membership_by_period(book, period=Period.MONTH, as_of=LAST)
    assert [(one.start, one.new, one.dropped, one.end) for one in ours] == flows
    found = summarize_cohorts(book, period=Period.MONTH, as_of=LAST)
    assert len(found) == len(flows)
    for place, cohort in enumerate(found):
        assert [moment.still for moment in cohort.moments] == [
            still.get((place, at), 0) for at in range(place, len(flows))
        ]


def main() -> None:
    book = workbook()
    table = stays_table(book)
    agree(book, table)

    def ours() -> None:
        fresh = replace(book)  # what is kept of a workbook is not counted as done
        membership_by_period(fresh, period=Period.MONTH, as_of=LAST)
        summarize_cohorts(fresh, period=Period.MONTH, as_of=LAST)

    (seconds, _), (peer, _) = timed(ours), timed(lambda: by_pandas(table))
    print(
        f"membership of {MEMBERS:,} people over ten years by month, with cohorts (pandas: the same sums, same numbers)"
    )
    ratio = seconds / peer
    print(f"  ours {seconds:5.2f} s (promised {PROMISED_SECONDS:.0f} s)   pandas {peer:5.2f} s   ratio {ratio:.2f}")
    print(f"  a change of period, sums and both charts made anew, nothing cached (promised {PROMISED_CHANGE_MS} ms):")
    for period in Period:
        _print(period.value, timed(partial(_change, book, period)))
    grouped = partial(membership_by_category, book, column="Region", period=Period.MONTH, as_of=LAST)
    _print("twelve groups by month", timed(grouped))

    def by_viewers() -> None:
        fresh = replace(book, is_for_viewers=True, settings=Settings(smallest_group=5))
        membership_by_category(fresh, column="Region", period=Period.MONTH, as_of=LAST)

    _print("the same for viewers", timed(by_viewers))
    print("    (for viewers the first look decides for all four columns and every group; it is kept for all of them)")


def _print(what: str, took: tuple[float, float]) -> None:
    clock, processor = took
    print(f"    {what:<24} {clock * 1_000:5.0f} ms on the clock, {processor * 1_000:5.0f} ms of the processor")


def _change(book: Workbook, period: Period) -> Sequence[object]:
    told = membership_by_period(book, period=period, as_of=LAST)
    found = summarize_cohorts(book, period=period, as_of=LAST)
    return membership_chart(told), cohorts_chart(found, period=period)


if __name__ == "__main__":
    main()
