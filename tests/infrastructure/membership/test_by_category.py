from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.infrastructure import (
    OTHERS,
    CategoryOutcome,
    Period,
    categorize,
    comparable_columns,
    compare_outcomes,
    compare_representation,
    membership_by_category,
    membership_by_period,
)
from nethealth.infrastructure.membership.cross_column_disclosure import categories_shown
from nethealth.privacy.suppression import TooFew
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.records import Person, Settings, Spell, Workbook

D = dt.date
TODAY = D(2024, 12, 31)


def book(regions: str, *, smallest: int = 5, column: str = "Region", private: bool = False, **more: object) -> Workbook:
    """One member for each letter, whose region it is; a dot has none. Joined in 2023."""
    values_of = [{} if region == "." else {column: region} for region in regions]
    people = {
        str(n): Person(
            key=str(n),
            name=str(n),
            spells=(Spell(D(2023, 5, 1), None),),
            **{"private_attributes" if private else "attributes": values},  # type: ignore[arg-type]
        )
        for n, values in enumerate(values_of)
    }
    columns = {"private_attributes" if private else "attributes": (column,)}
    return Workbook(people=people, settings=Settings(smallest_group=smallest), **columns, **more)  # type: ignore[arg-type]


def names(regions: str, **more: object) -> tuple[str, ...] | None:
    found = categorize(book(regions, **more), column="Region", as_of=TODAY)  # type: ignore[arg-type]
    return found.names if found else None


def test_small_values_are_pooled() -> None:
    assert names("aaaaaabbbbb") == ("a", "b")
    assert names("aaaaaaabbbbbbcccdd") == ("a", "b", OTHERS)
    # Three others would be known from the whole: the next smallest group goes into the pool.
    assert names("aaaaaaabbbbbbccc") == ("a", OTHERS)
    assert names("aaaaaaaccc") is None
    assert names("aaaaaaa") is None
    assert names("......") is None
    assert names("aaaaaaabbbbb...", private=True) == ("a", "b")


def test_at_most_eight_categories() -> None:
    found = categorize(
        book("".join(letter * (20 - n) for n, letter in enumerate("abcdefghij"))), column="Region", as_of=TODAY
    )
    assert found is not None
    assert found.names == (*"abcdefgh", OTHERS)
    assert found.pooled == {"i", "j"}
    assert Counter(found.of.values())[OTHERS] == 12 + 11


def test_columns_without_categories_are_not_offered() -> None:
    assert comparable_columns(book("aaaaaabbbbb"), as_of=TODAY) == ("Region",)
    assert comparable_columns(book("aaaaaabbbb"), as_of=TODAY) == ()
    assert membership_by_category(book("aaaaaabbbb"), column="Region", period=Period.YEAR, as_of=TODAY).categories == {}


def moving(*groups: tuple[str, int, D, D | None], smallest: int = 5) -> Workbook:
    rows = [(region, joined, left) for region, count, joined, left in groups for _ in range(count)]
    people = {
        str(n): Person(key=str(n), name=str(n), spells=(Spell(joined, left),), attributes={"Region": region})
        for n, (region, joined, left) in enumerate(rows)
    }
    return Workbook(people=people, attributes=("Region",), settings=Settings(smallest_group=smallest))


def test_small_changes_are_hidden() -> None:
    result = membership_by_category(
        moving(
            ("North", 10, D(2023, 1, 1), None),
            ("North", 6, D(2024, 1, 1), None),
            ("South", 8, D(2023, 1, 1), None),
            ("South", 7, D(2023, 1, 1), D(2024, 2, 1)),
            ("South", 2, D(2024, 3, 1), None),
        ),
        column="Region",
        period=Period.YEAR,
        as_of=TODAY,
    )
    north, south = result.categories["North"], result.categories["South"]
    assert (north[0].start, north[0].new, north[0].dropped, north[0].end) == (0, 10, 0, 10)
    assert (south[0].start, south[0].new, south[0].dropped, south[0].end) == (0, 15, 0, 15)
    assert (result.totals, result.share("North", 0), result.share("South", 1)) == ((25, 26), 0.4, 10 / 26)
    # Two are new in the South: that and the North's six would be result by the sum, and each by its own arithmetic.
    small = TooFew(5)
    assert (north[1].start, north[1].new, north[1].dropped, north[1].end) == (10, small, small, 16)
    assert (south[1].start, south[1].new, south[1].dropped, south[1].end) == (15, small, small, 10)
    assert (south[1].growth, south[1].attrition, south[1].retention) == (-1 / 3, small, small)
    assert (south[0].growth, south[0].attrition, south[0].retention) == (None, None, None)


def test_large_categories_keep_their_numbers() -> None:
    one, other = membership_by_category(
        moving(
            ("North", 9, D(2023, 1, 1), None),
            ("North", 6, D(2023, 1, 1), D(2024, 2, 1)),
            ("South", 20, D(2023, 1, 1), None),
        ),
        column="Region",
        period=Period.YEAR,
        as_of=TODAY,
    ).categories.values()
    assert {(p.start, p.new, p.dropped, p.end) for p in (one[1], other[1])} == {(15, 0, 6, 9), (20, 0, 0, 20)}
    assert {p.attrition for p in (one[1], other[1])} == {0.4, 0.0}


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from("ab"), st.dates(D(2020, 1, 1), D(2021, 12, 31)), st.none() | st.integers(0, 700)),
        min_size=2,
        max_size=25,
    ),
    period=st.sampled_from(Period),
)
def test_categories_add_up_to_all_members(rows: list[tuple[str, D, int | None]], period: Period) -> None:
    groups = [
        (region, 1, joined, None if days is None else joined + dt.timedelta(days=days)) for region, joined, days in rows
    ]
    whole = moving(*groups, smallest=1)
    as_of = D(2022, 6, 30)
    result = membership_by_category(whole, column="Region", period=period, as_of=as_of)
    for at, total in enumerate(membership_by_period(whole, period=period, as_of=as_of) if result.categories else ()):
        for field in ("start", "new", "dropped", "came_and_went", "end"):
            assert sum(getattr(each[at], field) for each in result.categories.values()) == getattr(total, field)


def test_leavers_private_value_does_not_follow_from_two_periods() -> None:
    everyone = book("aaaaaaabbbbbb", private=True)
    left = replace(everyone.people["0"], spells=(Spell(D(2023, 5, 1), D(2024, 3, 1)),))
    workbook = replace(everyone, people={**everyone.people, "0": left}, today=TODAY)

    def fewer(workbook: Workbook) -> dict[str, list[object]]:
        found = membership_by_category(workbook, column="Region", period=Period.YEAR, as_of=TODAY)
        return {name: [each.end for each in periods] for name, periods in found.categories.items()}

    assert fewer(workbook) == {"b": [6, 6], "a": [7, 6]}, "one left, and so one of those with an a"
    viewers = redact_for_viewers(workbook)
    assert fewer(viewers) == {}
    assert categories_shown(viewers, as_of=TODAY) == {}
    assert {each.outcome for each in compare_outcomes(workbook, column="Region", as_of=TODAY)} == {CategoryOutcome.LEFT}
    assert compare_outcomes(viewers, column="Region", as_of=TODAY) == (), "a year ago less today is one value as well"
    assert comparable_columns(viewers, as_of=TODAY) == ("Region",)


def test_hidden_people_hide_no_category_and_count_in_none() -> None:
    staff = book("a" * 9 + "b" * 7)
    (hidden, *_) = staff.people.values()
    staff = replace(staff, people={**staff.people, hidden.key: replace(hidden, on_map=False)})
    viewers = redact_for_viewers(staff, salt=b"x")
    for workbook, sizes in ((staff, {"a": 9, "b": 7}), (viewers, {"a": 8, "b": 7})):
        found = membership_by_category(workbook, column="Region", period=Period.YEAR, as_of=TODAY)
        assert {name: periods[-1].end for name, periods in found.categories.items()} == sizes
        assert found.totals[-1] == sum(sizes.values())
        shown = compare_representation(workbook, column="Region", as_of=TODAY)
        assert shown is not None
        assert (shown.members, shown.without_value) == (sum(sizes.values()), 0)
