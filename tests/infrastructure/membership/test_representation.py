from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.infrastructure import OTHERS, CategoryOutcome, IntervalPosition, compare_outcomes, compare_representation
from nethealth.infrastructure.membership.representation import interval_position
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Expectation, Gathering, Person, Settings, Spell, Workbook

D = dt.date
TODAY = D(2025, 6, 30)
LONG_AGO = D(2020, 1, 1)


def people(count: int, region: str, *, start: int = 0, left: D | None = None, lead: int = 0) -> list[Person]:
    """Members of a region, of which the first `lead` have a role."""
    return [
        Person(
            key=f"{region}{n}",
            name=f"{region}{n}",
            spells=(Spell(LONG_AGO, left),),
            attributes={"Region": region, **({"Leadership role": "Chair"} if n < start + lead else {})},
        )
        for n in range(start, start + count)
    ]


def book(*members: list[Person], reference: dict[str, float] | None = None, **more: object) -> Workbook:
    everyone = [person for some in members for person in some]
    expected = tuple(
        Expectation(attribute="region", value=v, share=s, source="State") for v, s in (reference or {}).items()
    )
    return Workbook(
        people={person.key: person for person in everyone},
        attributes=("Region",),
        reference=expected,
        settings=Settings(smallest_group=5),
        **more,  # type: ignore[arg-type]
    )


def test_shares_compared_with_expected() -> None:
    blank = [Person(key="x", name="x", spells=(Spell(LONG_AGO, None),))]
    result = compare_representation(
        book(
            people(60, "North"), people(30, "South"), people(6, "East"), people(4, "West"), blank,
            people(9, "North", start=60, left=D(2025, 1, 1)),
            reference={"north": 0.5, "South": 0.35, "East": 0.06, "West": 0.02, "Islands": 0.07},
        ),
        column="Region",
        as_of=TODAY,
    )  # fmt: skip
    assert result is not None
    assert (result.members, result.without_value, result.source) == (100, TooFew(5), "State")
    rows = [(row.category, row.count, row.share, row.expected, row.position) for row in result.categories]
    assert rows == [
        ("North", 60, 0.6, 0.5, IntervalPosition.ABOVE),  # Wilson: 50.2% to 69.1%
        ("South", 30, 0.3, 0.35, IntervalPosition.WITHIN),  # 21.9% to 39.6%
        ("Islands", 0, 0.0, 0.07, IntervalPosition.BELOW),  # no one: at most 3.7%
        (OTHERS, 10, 0.1, pytest.approx(0.08), IntervalPosition.WITHIN),  # East's six would give West's four away
    ]
    assert result.categories[0].interval == (pytest.approx(0.5020, abs=5e-4), pytest.approx(0.6906, abs=5e-4))


def test_pool_needs_an_expected_share_for_each_value() -> None:
    result = compare_representation(
        book(people(20, "North"), people(3, "East"), people(3, "West"), reference={"North": 0.8, "East": 0.1}),
        column="Region",
        as_of=TODAY,
    )
    assert result is not None
    assert [(row.category, row.expected) for row in result.categories] == [("North", 0.8), (OTHERS, None)]
    assert [row.position for row in result.categories] == [IntervalPosition.WITHIN, None]


def test_no_categories_gives_none() -> None:
    few = book(people(20, "North"), people(3, "South"))
    assert compare_representation(few, column="Region", as_of=TODAY) is None
    assert compare_outcomes(few, column="Region", as_of=TODAY) == ()
    assert compare_representation(Workbook(), column="Region", as_of=TODAY) is None


def test_interval_position() -> None:
    assert interval_position((0.2, 0.3), 0.3) is IntervalPosition.WITHIN
    assert interval_position((0.2, 0.3), 0.31) is IntervalPosition.BELOW
    assert interval_position((0.2, 0.3), 0.19) is IntervalPosition.ABOVE
    assert interval_position(None, 0.3) is None
    assert interval_position((0.2, 0.3), None) is None


def test_each_outcome() -> None:
    came = tuple(f"North{n}" for n in range(12)) + tuple(f"South{n}" for n in range(9))
    workbook = book(
        people(20, "North", lead=4),
        people(15, "South"),
        people(6, "South", start=15, left=D(2025, 3, 1)),
        people(2, "North", start=20, left=D(2023, 1, 1)),  # left too long ago to be in question
        convenings=(
            Gathering(date=D(2025, 1, 1), title="Now", attendees=came),
            Gathering(date=D(2023, 1, 1), title="Long ago", attendees=("North15",)),
            Gathering(date=D(2025, 7, 1), title="Ahead", attendees=("North16",)),
        ),
    )
    ties = {f"North{n}": n for n in range(20)} | {f"South{n}": 3 for n in range(10)}
    results = compare_outcomes(workbook, column="Region", as_of=TODAY, ties=ties)
    found = {
        result.outcome: (
            result.total,
            result.count,
            [(each.category, each.total, each.count) for each in result.categories],
        )
        for result in results
    }
    assert list(found) == [
        CategoryOutcome.LEADERSHIP,
        CategoryOutcome.ATTENDANCE,
        CategoryOutcome.TIES,
        CategoryOutcome.LEFT,
    ]
    # Four lead, all in the North. They are few, but the map shows roles to everyone.
    assert found[CategoryOutcome.LEADERSHIP] == (35, 4, [("North", 20, 4), ("South", 15, 0)])
    assert found[CategoryOutcome.ATTENDANCE] == (35, 21, [("North", 20, 12), ("South", 15, 9)])
    # Of 30 with ties known: 0, 1, 2, eleven times 3, 4, and then 5, the sixteenth.
    assert results[2].threshold == 5
    assert found[CategoryOutcome.TIES] == (30, 15, [("North", 20, 15), ("South", 10, 0)])
    # A year before, there were 20 in the North and 21 in the South; six of these left.
    assert found[CategoryOutcome.LEFT] == (41, 6, [("North", 20, 0), ("South", 21, 6)])
    assert results[1].share == 0.6
    assert results[0].position(results[0].categories[1]) is IntervalPosition.WITHIN


def test_few_who_left_are_hidden_with_a_range() -> None:
    workbook = book(
        people(20, "North"), people(3, "North", start=20, left=D(2025, 3, 1)),
        people(20, "South"), people(6, "South", start=20, left=D(2025, 3, 1)),
        people(20, "East"),
    )  # fmt: skip
    [left] = compare_outcomes(workbook, column="Region", as_of=TODAY)
    rows = {each.category: each for each in left.categories}
    small = TooFew(5)
    assert (left.total, left.count) == (69, 9)
    assert (rows["North"].count, rows["North"].share, rows["North"].interval) == (small, small, None)
    assert rows["North"].bounds == (1 / 23, 4 / 23)
    assert (rows["South"].count, rows["South"].bounds) == (small, None)  # else the North's three are nine less six
    assert (rows["East"].count, rows["East"].share) == (0, 0.0)


def test_few_who_left_overall_hides_everything() -> None:
    workbook = book(people(20, "North"), people(20, "South"), people(3, "South", start=20, left=D(2025, 3, 1)))
    [left] = compare_outcomes(workbook, column="Region", as_of=TODAY)
    assert (left.count, left.share) == (TooFew(5), TooFew(5))
    assert {each.count for each in left.categories} == {TooFew(5)}
    assert {each.bounds for each in left.categories} == {None}


def test_roles_do_not_give_away_private_columns() -> None:
    members = people(20, "North", lead=4) + people(15, "South", lead=2)
    private = [
        replace(
            one,
            attributes={column: value for column, value in one.attributes.items() if column != "Region"},
            private_attributes={"Pay (private)": one.attributes["Region"]},
        )
        for one in members
    ]
    workbook = Workbook(people={one.key: one for one in private}, private_attributes=("Pay (private)",))
    [lead, *_] = compare_outcomes(workbook, column="Pay (private)", as_of=TODAY)
    assert lead.outcome is CategoryOutcome.LEADERSHIP
    assert (lead.count, [each.count for each in lead.categories]) == (6, [TooFew(5), TooFew(5)])
