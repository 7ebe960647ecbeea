from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.infrastructure import Period, members_on, membership_by_period, summarize_cohorts
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Person, Settings, Spell, Workbook
from tests.infrastructure.membership.test_by_period import crowds, person, workbook

D = dt.date


def book(*groups: tuple[int, D, D | None], smallest: int = 1) -> Workbook:
    """So many people with one stay each."""
    stays = [(joined, left) for count, joined, left in groups for _ in range(count)]
    people = {str(n): Person(key=str(n), name=str(n), spells=(Spell(*stay),)) for n, stay in enumerate(stays)}
    return Workbook(people=people, settings=Settings(smallest_group=smallest))


def test_shares_of_each_cohort() -> None:
    cohorts = summarize_cohorts(
        workbook(
            person("Ada", (D(2022, 3, 1), None)),
            person("Ben", (D(2022, 5, 1), D(2023, 6, 30))),
            person("Cleo", (D(2022, 12, 31), D(2024, 12, 31))),
            person("Eve", (D(2022, 1, 10), D(2022, 11, 1)), (D(2024, 5, 5), None)),  # left and came back
            person("Fay", (D(2024, 1, 1), None)),
            person("Dan", (D(2024, 2, 1), D(2024, 3, 1))),
            person("Gus"),
            person("Guest", (D(2022, 1, 1), None), guest=True),
        ),
        period=Period.YEAR,
        as_of=D(2025, 3, 31),
    )
    # With a minimum group size of five, almost everything is hidden.
    assert [(cohort.period, cohort.joined) for cohort in cohorts] == [("2022", TooFew(5)), ("2024", TooFew(5))]
    open_ = summarize_cohorts(
        book((1, D(2022, 3, 1), None), (1, D(2022, 5, 1), D(2023, 6, 30)), (2, D(2024, 1, 1), D(2024, 12, 31))),
        period=Period.YEAR,
        as_of=D(2025, 3, 31),
    )
    assert [(c.period, c.joined, [(m.period, m.remaining, m.share) for m in c.moments]) for c in open_] == [
        ("2022", 2, [("2022", 2, 1.0), ("2023", 1, 0.5), ("2024", 1, 0.5), ("2025", 1, 0.5)]),
        ("2024", 2, [("2024", 2, 1.0), ("2025", 0, 0.0)]),  # no one joined in 2023: no cohort
    ]
    assert [m.partial for m in open_[1].moments] == [False, True]


def test_few_who_left_or_stayed_give_a_range() -> None:
    joined, left = D(2023, 2, 1), D(2024, 6, 1)
    cohorts = summarize_cohorts(
        book(
            (17, joined, None),
            (3, joined, left),
            (3, D(2024, 2, 1), None),
            (9, D(2024, 2, 1), D(2024, 5, 1)),
            smallest=5,
        ),
        period=Period.YEAR,
        as_of=D(2024, 12, 31),
    )
    first, second = cohorts
    assert (first.joined, second.joined) == (20, 12)
    assert [(m.remaining, m.bounds) for m in first.moments] == [(20, None), (None, (0.8, 0.95))]  # 3 of 20 left
    assert [(m.remaining, m.bounds) for m in second.moments] == [(None, (1 / 12, 4 / 12))]  # 3 of 12 stayed


def test_totals_do_not_give_a_cohort_away() -> None:
    groups = ((20, D(2023, 1, 1), None), (2, D(2023, 1, 1), D(2024, 6, 1)), (30, D(2024, 1, 1), None))
    first, second = summarize_cohorts(book(*groups, smallest=5), period=Period.YEAR, as_of=D(2024, 12, 31))
    assert first.moments[1].remaining is None
    # Of all 52 who joined, 50 are members: with the second cohort's 30 of 30 the first's 20 of 22 would be known; but
    # no one left the second, so hiding it would protect no one.
    assert second.moments[0].remaining == 30
    groups = (*groups[:2], (30, D(2024, 1, 1), None), (6, D(2024, 1, 1), D(2024, 6, 1)))
    first, second = summarize_cohorts(book(*groups, smallest=5), period=Period.YEAR, as_of=D(2024, 12, 31))
    assert (first.moments[1].remaining, second.moments[0].remaining, second.moments[0].bounds) == (None, None, None)


def test_no_members_gives_no_cohorts() -> None:
    assert summarize_cohorts(Workbook(), period=Period.MONTH, as_of=D(2024, 1, 1)) == ()


@settings(max_examples=40, deadline=None)
@given(people=crowds(), as_of=st.dates(D(2020, 1, 1), D(2023, 6, 30)), fiscal=st.integers(1, 12))
def test_cohorts_add_up_to_the_membership(people: list[list[tuple[D, D | None]]], as_of: D, fiscal: int) -> None:
    plain = workbook(*(person(str(index), *stays) for index, stays in enumerate(people)), fiscal=fiscal)
    whole = Workbook(people=plain.people, settings=Settings(fiscal_year_starts=fiscal, smallest_group=1))
    for period in Period:
        cohorts = summarize_cohorts(whole, period=period, as_of=as_of)
        ends = {one.period: one for one in membership_by_period(whole, period=period, as_of=as_of)}
        sums = dict.fromkeys(ends, 0)
        for cohort in cohorts:
            for moment in cohort.moments:
                assert moment.remaining is not None
                sums[moment.period] += moment.remaining
                # Counted again the slow way: who joined first in that period and is a member on that day.
                first = {
                    key
                    for key, one in whole.people.items()
                    if _joins_in(one, cohort.first_day, ends[cohort.period].last_day)
                }
                assert moment.remaining == len(first & members_on(whole, day=moment.last_day))
                assert cohort.joined == len(first)
        assert sums == {name: one.end for name, one in ends.items()}


def _joins_in(one: Person, first: D, last: D) -> bool:
    return one.joined is not None and first <= one.joined <= last
