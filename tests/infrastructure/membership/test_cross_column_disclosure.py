"""What viewers could infer about few people from categories of several columns: every pair of tables, random networks.

The attacks know who has which value of which column, and all totals. They subtract every union of categories of one
table from every union of categories of another, and count the people who remain.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.infrastructure import (
    CategoryOutcome,
    GatheringKind,
    OutcomeByCategory,
    Period,
    Regularity,
    categories_shown,
    categorize,
    comparable_columns,
    compare_outcomes,
    compare_representation,
    membership_by_category,
    membership_by_period,
    summarize_attendance,
)
from nethealth.infrastructure.periods import months_later
from nethealth.privacy.suppression import TooFew
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.records import Gathering, Person, Settings, Spell, Workbook

D = dt.date
TODAY = D(2024, 8, 31)
People = frozenset[str]
Blocks = list[People]
"""The sets of people whose number a table reveals: its categories, and everyone who is in none of them."""


def network(people: int, seed: int, *, smallest: int) -> Workbook:
    """A random small network: districts within regions, but for a few; a third column across; stays of some years."""
    chance = random.Random(seed)
    columns = ("Region", "District", "Grade (private)")[: chance.choice([2, 3])]
    # Some networks move much, some little: both are there.
    leaving, coming_back = chance.choice([0.1, 0.5]), chance.choice([0.0, 0.5])
    members = {}
    for number in range(people):
        region = chance.choice("NNS")
        values = {
            "Region": region,
            "District": chance.choice([f"{region}1", f"{region}1", f"{region}2", "X"]),
            "Grade (private)": chance.choice("KM"),
        }
        chosen = {column: value for column, value in values.items() if column in columns and chance.random() < 0.95}
        joined = D(2023, 1, 1) + dt.timedelta(days=chance.choice([0, 0, chance.randrange(600)]))
        spells = [Spell(joined, None)]
        if chance.random() < leaving:
            left = joined + dt.timedelta(days=chance.randrange(1, 500))
            spells = [Spell(joined, left)]
            if chance.random() < coming_back:
                spells.append(Spell(left + dt.timedelta(days=chance.randrange(2, 200)), None))
        members[f"p{number}"] = Person(
            key=f"p{number}",
            name=f"P {number}",
            spells=tuple(spells),
            attributes={c: v for c, v in chosen.items() if "private" not in c},
            private_attributes={c: v for c, v in chosen.items() if "private" in c},
        )
    came = tuple(key for key in members if chance.random() < 0.6)
    return Workbook(
        settings=Settings(smallest_group=smallest),
        today=TODAY,
        people=members,
        attributes=columns[:2],
        private_attributes=columns[2:],
        convenings=(Gathering(date=D(2024, 5, 1), title="Spring", attendees=came),),
    )


@dataclass(frozen=True)
class Table:
    """One metric by one column, as it is shown: the people it counts, and its value for each category."""

    counts: People
    shown: Mapping[str, object]
    whole: int | None = None
    """How many of them have a value, if that is shown."""


def blocks_of(table: Table, workbook: Workbook, column: str) -> Blocks:
    groups = categorize(workbook, column=column, as_of=TODAY)
    assert groups is not None
    blocks = []
    for name, count in table.shown.items():
        if not isinstance(count, TooFew):
            inside = frozenset(key for key in table.counts if groups.of.get(key) == name)
            assert count == len(inside), "a shown count is true"
            blocks.append(inside)
    if table.whole is not None and table.whole != len(table.counts):
        blank = table.counts - groups.of.keys()
        assert len(table.counts) - table.whole == len(blank)
        blocks.append(frozenset(blank))
    # If no category is shown, not even as 0, only the total is known, which says nothing about categories.
    return [*blocks, table.counts.difference(*blocks)] if blocks else []


def inside(workbook: Workbook, day: D) -> People:
    return frozenset(
        key
        for key, person in workbook.people.items()
        if any(spell.joined and spell.joined <= day <= (spell.left or D.max) for spell in person.spells)
    )


def offered(workbook: Workbook) -> dict[tuple[object, ...], dict[str, Table]]:
    """Every metric that the page shows by category: its table by column, with what follows from one row."""
    found: dict[tuple[object, ...], dict[str, Table]] = {}
    for column in comparable_columns(workbook, as_of=TODAY):
        for period in Period:
            for what, table in by_period(workbook, column, period):
                found.setdefault((period, *what), {})[column] = table
        result = compare_representation(workbook, column=column, as_of=TODAY)
        assert result is not None
        shown = {each.category: each.count for each in result.categories}
        found.setdefault(("here",), {})[column] = Table(inside(workbook, TODAY), shown, result.members)
        for result in compare_outcomes(workbook, column=column, as_of=TODAY):
            for which, table in by_outcome(workbook, result):
                found.setdefault((result.outcome, which), {})[column] = table
    return found


def by_period(workbook: Workbook, column: str, period: Period) -> Iterator[tuple[tuple[object, ...], Table]]:
    result = membership_by_category(workbook, column=column, period=period, as_of=TODAY)
    whole = membership_by_period(workbook, period=period, as_of=TODAY)
    days = [whole[0].first_day - dt.timedelta(days=1), *(each.last_day for each in whole)]
    for at, (before, after) in enumerate(pairwise(days)):
        there, here = inside(workbook, before), inside(workbook, after)
        rows = {group: periods[at] for group, periods in result.categories.items()}
        stayed = {
            group: each.dropped
            if isinstance(each.dropped, TooFew)
            else each.start
            if isinstance(each.start, TooFew)
            else each.start - each.dropped
            for group, each in rows.items()
        }
        between = frozenset[str]().union(
            *(inside(workbook, before + dt.timedelta(days=n)) for n in range(1, (after - before).days))
        )
        yield (at, "start"), Table(there, {group: each.start for group, each in rows.items()})
        yield (at, "new"), Table(here - there, {group: each.new for group, each in rows.items()})
        yield (at, "dropped"), Table(there - here, {group: each.dropped for group, each in rows.items()})
        yield (at, "stayed"), Table(there & here, stayed)
        yield (
            (at, "came and went"),
            Table(between - there - here, {group: each.came_and_went for group, each in rows.items()}),
        )
        # A share next to a count reveals the whole.
        total_is_shown = any(result.share(group, at) for group in rows)
        ends = {group: each.end for group, each in rows.items()}
        yield (at, "end"), Table(here, ends, result.totals[at] if total_is_shown else None)


def by_outcome(workbook: Workbook, result: OutcomeByCategory) -> Iterator[tuple[str, Table]]:
    here, before = inside(workbook, TODAY), inside(workbook, months_later(TODAY, -12))
    came = {key for each in workbook.convenings for key in each.attendees}
    people, having = (here, here & came) if result.outcome is CategoryOutcome.ATTENDANCE else (before, before - here)
    totals = {each.category: each.total for each in result.categories}
    counts = {each.category: each.count for each in result.categories}
    rest = {
        group: count if isinstance(count, TooFew) else whole if isinstance(whole, TooFew) else whole - count
        for (group, count), whole in zip(counts.items(), totals.values(), strict=True)
    }
    yield "total", Table(people, totals, result.total)
    if isinstance(result.count, TooFew):
        assert all(isinstance(count, TooFew) for count in counts.values())
        return
    yield "count", Table(having, counts, result.count)
    yield "rest", Table(people - having, rest, result.total - result.count)


def unions(blocks: Blocks) -> set[People]:
    return {frozenset[str]().union(*chosen) for size in range(len(blocks) + 1) for chosen in combinations(blocks, size)}


def small_differences(workbook: Workbook) -> list[tuple[object, ...]]:
    """Each metric by two columns whose sums differ by fewer people than the minimum group size."""
    found: list[tuple[object, ...]] = []
    for what, tables in offered(workbook).items():
        seen = {column: unions(blocks_of(table, workbook, column)) for column, table in tables.items()}
        for one, other in [*((column, column) for column in seen), *combinations(seen, 2)]:
            few = {
                first ^ second
                for first in seen[one]
                for second in seen[other]
                if 0 < len(first ^ second) < workbook.settings.smallest_group
            }
            found += [(what, one, other, sorted(people, key=list(workbook.people).index)) for people in few]
    return found


@settings(max_examples=40, deadline=None)
@given(people=st.integers(6, 45), seed=st.integers(0, 10**6), smallest=st.integers(3, 5))
def test_differences_of_tables_are_not_too_small(people: int, seed: int, smallest: int) -> None:
    assert small_differences(redact_for_viewers(network(people, seed, smallest=smallest))) == []


@settings(max_examples=40, deadline=None)
@given(people=st.integers(6, 60), seed=st.integers(0, 10**6))
def test_attendance_next_to_counts_reveals_no_few(people: int, seed: int) -> None:
    chance = random.Random(seed)
    plain = network(people, seed, smallest=4)
    convenings, activities = (
        tuple(
            Gathering(
                date=D(2024, month, 1),
                title=str(month),
                attendees=tuple(key for key in plain.people if chance.random() < often),
            )
            for month in chance.sample(range(1, 8), count)
        )
        for count, often in ((3, 0.5), (2, 0.15))
    )
    workbook = replace(plain, convenings=convenings, activities=activities)
    viewers = replace(workbook, is_for_viewers=True)
    members = inside(workbook, TODAY)
    came = members & {key for each in (*convenings, *activities) for key in each.attendees}
    # How many came at all is hidden if they are few, or all but a few.
    views: list[Blocks] = [[came, members - came]] if min(len(came), len(members - came)) >= 4 else []
    for kind in GatheringKind:
        ways = {
            record.person: record.regularity
            for record in summarize_attendance(workbook, kind=kind, as_of=TODAY).members
        }
        blocks = [
            frozenset(key for key in members if ways[key] is way)
            for way, count in summarize_attendance(viewers, kind=kind, as_of=TODAY).regularity.items()
            if not isinstance(count, TooFew)
        ]
        if blocks:
            views.append([*blocks, members.difference(*blocks)])
    for one, other in [*((view, view) for view in views), *combinations(views, 2)]:
        assert all(not 0 < len(a ^ b) < 4 for a in unions(one) for b in unions(other))


def book(*people: tuple[int, str, str, D | None]) -> Workbook:
    """So many members of a region and a district since 2022, who left on a day or are here."""
    rows = [(region, district, left) for count, region, district, left in people for _ in range(count)]
    members = {
        str(n): Person(
            key=str(n),
            name=f"P {n}",
            spells=(Spell(D(2022, 1, 1), left),),
            attributes={"Region": region, "District": district},
        )
        for n, (region, district, left) in enumerate(rows)
    }
    return Workbook(
        settings=Settings(smallest_group=5, color_map_by="Region"),
        today=TODAY,
        people=members,
        attributes=("District", "Region"),
    )


SPRING = D(2024, 3, 1)
HERE = ((20, "North", "N1", None), (9, "North", "N2", None), (20, "South", "S1", None), (9, "South", "S2", None))
NESTED = book(
    *HERE,
    (6, "North", "N1", SPRING), (2, "North", "N2", SPRING), (3, "South", "S1", SPRING), (6, "South", "S2", SPRING),
)  # fmt: skip
SMALL = TooFew(5)


def left(workbook: Workbook, column: str) -> dict[str, object]:
    result = membership_by_category(workbook, column=column, period=Period.YEAR, as_of=TODAY)
    return {group: periods[-1].dropped for group, periods in result.categories.items()}


def test_nested_columns_reveal_no_few() -> None:
    # Each column alone reveals no fewer than five. But eight in the North minus six in N1 are two in N2.
    assert left(NESTED, "Region") == {"North": 8, "South": 9}
    assert left(NESTED, "District") == {"N1": 6, "S1": SMALL, "N2": SMALL, "S2": 6}
    two = [key for key, person in NESTED.people.items() if person.attributes["District"] == "N2"][-2:]
    assert ((Period.YEAR, 2, "dropped"), "District", "Region", two) in small_differences(NESTED)
    viewers = redact_for_viewers(NESTED)
    assert small_differences(viewers) == []
    assert left(viewers, "Region") == {"North": 8, "South": 9}
    assert left(viewers, "District") == {"N1": SMALL, "S1": SMALL, "N2": SMALL, "S2": SMALL}
    # Without the regions nothing is lost.
    assert left(replace(viewers, attributes=("District",)), "District") == left(NESTED, "District")


def test_harmless_counts_of_both_columns_are_shown() -> None:
    workbook = book(*HERE, (6, "North", "N1", SPRING), (7, "North", "N2", SPRING), (8, "South", "S1", SPRING))
    assert left(redact_for_viewers(workbook), "Region") == left(workbook, "Region") == {"North": 13, "South": 8}
    assert left(redact_for_viewers(workbook), "District") == left(workbook, "District")
    assert left(workbook, "District") == {"N1": 6, "S1": 8, "N2": 7, "S2": 0}


def test_few_who_left_overall_hides_zeros() -> None:
    # The total says that two left. If three categories showed 0, they would have left the fourth.
    workbook = book(*HERE, (2, "North", "N2", SPRING))
    assert left(workbook, "District") == {"N1": 0, "S1": 0, "N2": SMALL, "S2": 0}
    assert set(left(redact_for_viewers(workbook), "District").values()) == {SMALL}


def test_few_without_a_value_hide_the_total() -> None:
    blank = Person(key="x", name="X", spells=(Spell(D(2022, 1, 1), SPRING),), attributes={"Region": "North"})
    leaving = replace(NESTED, people={**NESTED.people, "x": blank}, attributes=("District",))
    [staff], [theirs] = (
        compare_outcomes(book, column="District", as_of=TODAY) for book in (leaving, redact_for_viewers(leaving))
    )
    assert (staff.outcome, staff.total, staff.count) == (CategoryOutcome.LEFT, 75, 17)
    assert (theirs.outcome, theirs.total, theirs.count) == (CategoryOutcome.LEFT, 76, 18)
    here = replace(blank, spells=(Spell(D(2022, 1, 1), None),))
    staying = replace(NESTED, people={**NESTED.people, "x": here}, attributes=("District",))
    result, shown = (
        compare_representation(book, column="District", as_of=TODAY) for book in (staying, redact_for_viewers(staying))
    )
    assert result is not None
    assert shown is not None
    assert (result.members, result.without_value, [each.count for each in result.categories]) == (
        58,
        SMALL,
        [20, 20, 9, 9],
    )
    # Fifty-eight of fifty-nine would reveal the other one, so they join the smallest category and count in the total.
    assert (shown.members, shown.includes_blanks, shown.without_value) == (59, True, SMALL)
    assert {each.category: each.count for each in shown.categories} == {"N1": 20, "S1": 20, "N2": 9, "S2": SMALL}
    assert shown.categories[0].share == 20 / 59


def test_leaders_private_values_are_hidden() -> None:
    here = {
        key: replace(
            person,
            spells=(Spell(D(2022, 1, 1), None),),
            attributes={**person.attributes, **({"Leadership role": "Chair"} if person.spells[0].left else {})},
            private_attributes={f"{column} (private)": value for column, value in person.attributes.items()},
        )
        for key, person in NESTED.people.items()
    }
    private = ("District (private)", "Region (private)")
    workbook = replace(NESTED, people=here, private_attributes=private)

    def leads(book: Workbook, column: str) -> dict[str, object]:
        [outcome] = [
            each
            for each in compare_outcomes(book, column=column, as_of=TODAY)
            if each.outcome is CategoryOutcome.LEADERSHIP
        ]
        return {each.category: each.count for each in outcome.categories}

    everything = {"N1": 6, "S1": 3, "N2": 2, "S2": 6}
    assert leads(workbook, "District") == leads(redact_for_viewers(workbook), "District") == everything
    assert leads(workbook, "District (private)") == {"N1": 6, "S1": SMALL, "N2": SMALL, "S2": 6}
    assert leads(redact_for_viewers(workbook), "Region (private)") == {"North": 8, "South": 9}
    assert set(leads(redact_for_viewers(workbook), "District (private)").values()) == {SMALL}


TANGLED = book(
    (20, "North", "N1", None), (8, "South", "S1", None), (2, "North", "S1", None), (9, "South", "S2", None)
)  # fmt: skip


def test_offered_categories_are_those_shown_today() -> None:
    assert categories_shown(TANGLED, as_of=TODAY) == {"District": ("N1", "S1", "S2"), "Region": ("North", "South")}
    assert categories_shown(redact_for_viewers(TANGLED), as_of=TODAY) == {
        "District": ("S2",),
        "Region": ("North", "South"),
    }


def test_order_of_hidden_categories_reveals_no_counts() -> None:
    shown = compare_representation(redact_for_viewers(TANGLED), column="District", as_of=TODAY)
    assert shown is not None
    assert [(each.category, each.count) for each in shown.categories] == [("S2", 9), ("N1", SMALL), ("S1", SMALL)]


def test_no_columns_give_no_categories() -> None:
    for workbook in (Workbook(), replace(NESTED, attributes=())):
        viewers = redact_for_viewers(workbook)
        assert categories_shown(viewers, as_of=TODAY) == {}
        assert compare_representation(viewers, column="Region", as_of=TODAY) is None
        assert compare_outcomes(viewers, column="Region", as_of=TODAY) == ()
        assert membership_by_category(viewers, column="Region", period=Period.YEAR, as_of=TODAY).categories == {}
        assert summarize_attendance(viewers, kind=GatheringKind.CONVENING, as_of=TODAY).regularity.keys() <= set(
            Regularity
        )
