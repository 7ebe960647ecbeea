from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.infrastructure import OTHERS, Difference, GroupOutcome, compare_representation, group_outcomes
from nethealth.infrastructure.membership.representation import standing
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Expectation, Gathering, Person, Settings, Spell, Workbook

D = dt.date
TODAY = D(2025, 6, 30)
LONG_AGO = D(2020, 1, 1)


def people(count: int, region: str, *, start: int = 0, left: D | None = None, lead: int = 0) -> list[Person]:
    """So many members of a region, the first `lead` of whom have a role."""
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
    everybody = [person for some in members for person in some]
    expected = tuple(
        Expectation(attribute="region", value=v, share=s, source="State") for v, s in (reference or {}).items()
    )
    return Workbook(
        people={person.key: person for person in everybody},
        attributes=("Region",),
        reference=expected,
        settings=Settings(smallest_group=5),
        **more,  # type: ignore[arg-type]
    )


def test_worked_by_hand() -> None:
    blank = [Person(key="x", name="x", spells=(Spell(LONG_AGO, None),))]
    told = compare_representation(
        book(
            people(60, "North"), people(30, "South"), people(6, "East"), people(4, "West"), blank,
            people(9, "North", start=60, left=D(2025, 1, 1)),
            reference={"north": 0.5, "South": 0.35, "East": 0.06, "West": 0.02, "Islands": 0.07},
        ),
        column="Region",
        as_of=TODAY,
    )  # fmt: skip
    assert told is not None
    assert (told.members, told.without_value, told.source) == (100, TooFew(5), "State")
    rows = [(row.group, row.count, row.share, row.expected, row.standing) for row in told.groups]
    assert rows == [
        ("North", 60, 0.6, 0.5, Difference.ABOVE),  # Wilson: 50.2% to 69.1%
        ("South", 30, 0.3, 0.35, Difference.WITHIN),  # 21.9% to 39.6%
        ("Islands", 0, 0.0, 0.07, Difference.BELOW),  # nobody: at most 3.7%
        (OTHERS, 10, 0.1, pytest.approx(0.08), Difference.WITHIN),  # East's six would give West's four away
    ]
    assert told.groups[0].interval == (pytest.approx(0.5020, abs=5e-4), pytest.approx(0.6906, abs=5e-4))


def test_the_pool_is_compared_only_where_each_of_its_values_is_expected() -> None:
    told = compare_representation(
        book(people(20, "North"), people(3, "East"), people(3, "West"), reference={"North": 0.8, "East": 0.1}),
        column="Region",
        as_of=TODAY,
    )
    assert told is not None
    assert [(row.group, row.expected) for row in told.groups] == [("North", 0.8), (OTHERS, None)]
    assert [row.standing for row in told.groups] == [Difference.WITHIN, None]


def test_without_groups_to_show_there_is_nothing() -> None:
    few = book(people(20, "North"), people(3, "South"))
    assert compare_representation(few, column="Region", as_of=TODAY) is None
    assert group_outcomes(few, column="Region", as_of=TODAY) == ()
    assert compare_representation(Workbook(), column="Region", as_of=TODAY) is None


def test_standing_needs_both() -> None:
    assert standing((0.2, 0.3), 0.3) is Difference.WITHIN
    assert standing((0.2, 0.3), 0.31) is Difference.BELOW
    assert standing((0.2, 0.3), 0.19) is Difference.ABOVE
    assert standing(None, 0.3) is None
    assert standing((0.2, 0.3), None) is None


def by_lens(workbook: Workbook, **more: object) -> dict[GroupOutcome, object]:
    return {told.lens: told for told in group_outcomes(workbook, column="Region", as_of=TODAY, **more)}  # type: ignore[arg-type]


def test_each_lens_worked_by_hand() -> None:
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
    told = group_outcomes(workbook, column="Region", as_of=TODAY, ties=ties)
    found = {
        result.lens: (
            result.of,
            result.those,
            [(group.group, group.of, group.those) for group in result.groups],
        )
        for result in told
    }
    assert list(found) == [GroupOutcome.LEADERSHIP, GroupOutcome.ATTENDANCE, GroupOutcome.TIES, GroupOutcome.LEFT]
    # Four lead, all of the North: few, but the map shows roles to everybody.
    assert found[GroupOutcome.LEADERSHIP] == (35, 4, [("North", 20, 4), ("South", 15, 0)])
    assert found[GroupOutcome.ATTENDANCE] == (35, 21, [("North", 20, 12), ("South", 15, 9)])
    # Of 30 with ties known: 0, 1, 2, eleven times 3, 4, and then 5, the sixteenth.
    assert told[2].threshold == 5
    assert found[GroupOutcome.TIES] == (30, 15, [("North", 20, 15), ("South", 10, 0)])
    # A year before there were 20 of the North and 21 of the South, of whom six left.
    assert found[GroupOutcome.LEFT] == (41, 6, [("North", 20, 0), ("South", 21, 6)])
    assert told[1].share == 0.6
    assert told[0].standing_of(told[0].groups[1]) is Difference.WITHIN


def test_few_who_left_are_held_back_with_a_neighbor_and_bounded() -> None:
    workbook = book(
        people(20, "North"), people(3, "North", start=20, left=D(2025, 3, 1)),
        people(20, "South"), people(6, "South", start=20, left=D(2025, 3, 1)),
        people(20, "East"),
    )  # fmt: skip
    [left] = group_outcomes(workbook, column="Region", as_of=TODAY)
    rows = {group.group: group for group in left.groups}
    small = TooFew(5)
    assert (left.of, left.those) == (69, 9)
    assert (rows["North"].those, rows["North"].share, rows["North"].interval) == (small, small, None)
    assert rows["North"].bounds == (1 / 23, 4 / 23)
    assert (rows["South"].those, rows["South"].bounds) == (small, None)  # else the North's three are nine less six
    assert (rows["East"].those, rows["East"].share) == (0, 0.0)


def test_where_all_who_left_are_few_nothing_is_told() -> None:
    workbook = book(people(20, "North"), people(20, "South"), people(3, "South", start=20, left=D(2025, 3, 1)))
    [left] = group_outcomes(workbook, column="Region", as_of=TODAY)
    assert (left.those, left.share) == (TooFew(5), TooFew(5))
    assert {group.those for group in left.groups} == {TooFew(5)}
    assert {group.bounds for group in left.groups} == {None}


def test_what_a_private_column_holds_is_told_of_nobody_by_their_role() -> None:
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
    [lead, *_] = group_outcomes(workbook, column="Pay (private)", as_of=TODAY)
    assert lead.lens is GroupOutcome.LEADERSHIP
    assert (lead.those, [group.those for group in lead.groups]) == (6, [TooFew(5), TooFew(5)])
