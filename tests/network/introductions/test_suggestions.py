"""Introductions: a ranking worked by hand, what is never suggested, fairness, and every pair against plain loops."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.introductions.cards import HOW_WE_CHOOSE, scoring_table
from nethealth.network.introductions.criteria import (
    NEWCOMERS_SHARE,
    PER_PERSON,
    WELL_CONNECTED,
    Criterion,
)
from nethealth.network.seating.assignment import ALIKE, MET, RANDOM_SEATINGS, TOGETHER_AGAIN
from nethealth.workbook.records import (
    Connection,
    Conversation,
    EmergentActivity,
    Gathering,
    Person,
    PostponedIntroduction,
    Spell,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import NO_INTRODUCTIONS, HeardThrough, Kind, TieRule
from tests.network.introductions.people import DRAWN, TODAY, book, found_in, pairs, person


def test_ranking_matches_points_by_hand() -> None:
    found = found_in(DRAWN)
    # A-B: proof is carried by 2 of 8 people: (1 - 1/4) / 2 of 4 = 1.5; both have one tie: half of 1.5 = 0.75; regions
    # 1.5; one role, however it is typed: 0; only the hub knows both: 1.
    # D-E: C knows both and has 2 ties: a = 1 / ln 2 = 1.4427, 3 a / (1 + a) = 1.7718; both few 0.75; regions 1.5.
    # G-H: the meeting 1.5; both few 0.75; no one knows both 1; colleagues -2.
    assert [(pair, points) for pair, points in zip(pairs(found), [p.points for p in found.pairs], strict=True)] == [
        ("AB", 4.75),
        ("DE", pytest.approx(1.7718 + 0.75 + 1.5, abs=1e-4)),
        ("GH", 1.25),
    ]
    first, second, third = found.pairs
    assert {each.criterion: each.points for each in first.reasons} == {
        Criterion.INTEREST: 1.5,
        Criterion.FEW_TIES: 0.75,
        Criterion.REGION: 1.5,
        Criterion.FAR: 1.0,
    }
    assert first.reasons[0].shared == ("Proof",)  # as many type one as the other: the first by alphabet
    assert next(each.through for each in second.reasons if each.criterion is Criterion.ACQUAINTANCE) == ("C",)
    assert next(each.shared for each in third.reasons if each.criterion is Criterion.GATHERING) == ("Spring",)
    assert (found.considered, found.people) == (3, 8)
    assert found.newcomers == frozenset("ABDEFGH")
    assert found.unmatched_newcomers == ("F",)


KNOWN = [
    {"ties": "AB"},
    {"connections": (Connection(source="B", target="A", wave="Long ago", date=dt.date(2024, 1, 1)),)},
    {"connections": (Connection(source="A", target="B", date=TODAY, heard_through=HeardThrough.STAFF),)},
    {"weaving": (Conversation(date=dt.date(2026, 5, 20), weaver="W", member="A", introduced_to=("B",)),)},
    {"emergent": (EmergentActivity(name="Club", collaborators=("A", "B")),)},
]


@pytest.mark.parametrize("how", KNOWN)
@pytest.mark.parametrize("rule", TieRule)
def test_people_who_have_met_are_not_suggested(how: dict[str, object], rule: TieRule) -> None:
    people = [person(key, tags="proof") for key in "AB"] + [person(key) for key in "CD"]
    apart = book(*people)
    assert pairs(found_in(apart, rule=rule)) == ["AB"]
    more = dict(how)
    known = book(*people, ties=str(more.pop("ties", "")))
    assert pairs(found_in(replace(known, **more), rule=rule)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(("days", "expected"), [(0, []), (181, []), (182, ["AB"]), (-1, ["AB"]), (None, [])])
def test_a_pair_that_is_not_now_comes_back_after_half_a_year(days: int | None, expected: list[str]) -> None:
    people = [person(key, tags="proof") for key in "AB"] + [person(key) for key in "CD"]
    day = None if days is None else TODAY - dt.timedelta(days=days)
    postponed = (PostponedIntroduction(date=day, member="B", other="A"),)
    assert pairs(found_in(replace(book(*people), postponed=postponed))) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"on_map": False},
        {"is_guest": True},
        {"kind": Kind.ORGANIZATION},
        {"spells": (Spell(dt.date(2023, 1, 1), dt.date(2026, 5, 1)),)},
        {"spells": (Spell(dt.date(2026, 7, 1), None),)},
        {"tags": ("proof", "No  Introductions")},
    ],
)
def test_people_who_are_never_suggested(changes: dict[str, object]) -> None:
    people = [person(key, tags="proof") for key in "AB"] + [person(key) for key in "CD"]
    people[0] = replace(people[0], **changes)  # type: ignore[arg-type]
    found = found_in(book(*people))
    assert not found.pairs
    assert found_in(book(*people), person="A").pairs == ()
    without = pairs(found_in(replace(DRAWN, hub=frozenset("A"))))
    assert without
    assert not [pair for pair in without if "A" in pair]


def clique(size: int) -> list[Person]:
    """People who all carry one tag, but for one who does not."""
    return [*(person(f"k{number:02}", tags="proof") for number in range(size)), person("x")]


def test_no_one_is_listed_too_often() -> None:
    found = found_in(book(*clique(20)), number=12)
    uses = Counter(key for pair in found.pairs for key in (pair.one, pair.other))
    assert len(found.pairs) == 12
    assert max(uses.values()) == PER_PERSON == 2


def test_a_third_is_for_newcomers() -> None:
    old = [person(f"o{n:02}", tags="proof; origami", region=f"r{n}", role=f"r{n}") for n in range(20)]
    new = [person(f"n{n:02}", tags="coding", region="here") for n in range(8)]
    friends = [person(f"f{n:02}", region="here") for n in range(3)]
    # The old ones have ties (to friends, who are many others' friends, too); the new ones have none.
    ties = tuple(Connection(source=each.key, target=friend.key) for each in old for friend in friends)
    found = found_in(replace(book(*old, *new, *friends), connections=ties), number=12)
    assert found.for_newcomers == 4  # a third of twelve, and no more, since the others have more points
    assert len({key for pair in found.pairs for key in pair.newcomers}) == 8  # each once before anyone twice


def test_one_person_may_be_listed_many_times() -> None:
    found = found_in(book(*clique(9)), number=6, person="k03")
    assert len(found.pairs) == 6
    assert all("k03" in (pair.one, pair.other) for pair in found.pairs)
    assert found_in(book(*clique(9)), person="nobody").pairs == ()


def test_within_suggests_as_if_others_were_no_members() -> None:
    assert pairs(found_in(DRAWN, within=frozenset("ABDG"))) == ["AB"]
    assert found_in(DRAWN, within=frozenset("ABDG")).people == 4
    assert pairs(found_in(DRAWN, within=frozenset("A"))) == []


def test_among_and_across_limit_the_list() -> None:
    assert pairs(found_in(DRAWN, among=frozenset("D"))) == ["DE"]
    assert pairs(found_in(DRAWN, across="Region")) == ["AB", "DE"]
    assert pairs(found_in(DRAWN, across="Role")) == []
    assert pairs(found_in(DRAWN, across="No such column")) == []


@pytest.mark.parametrize("workbook", [Workbook(today=TODAY), book(person("A")), book(person("A"), person("B"))])
def test_no_one_to_introduce(workbook: Workbook) -> None:
    found = found_in(workbook)
    assert found.pairs == ()
    assert found.considered == 0


KEYS = "ABCDEFGHIJ"


@st.composite
def workbooks(draw: st.DrawFn) -> Workbook:
    number = draw(st.integers(2, len(KEYS)))
    days = st.sampled_from([None, dt.date(2024, 1, 1), dt.date(2026, 3, 1)])
    people = []
    for key in KEYS[:number]:
        joined = draw(days)
        people.append(
            person(
                key,
                tags="; ".join(
                    draw(st.lists(st.sampled_from(["proof", "Proof", "coding", "no introductions"]), max_size=2))
                ),
                region=draw(st.sampled_from(["", "North", "South"])),
                role=draw(st.sampled_from(["", "Coach"])),
                place=draw(st.sampled_from(["", "Elm", "Oak"])),
                spells=(Spell(joined, None),) if joined else (),
                on_map=draw(st.integers(0, 9)) > 0,
                is_guest=draw(st.integers(0, 9)) == 0,
            )
        )
    ends = st.sampled_from(KEYS[:number])
    ties = draw(st.lists(st.tuples(ends, ends), max_size=14))
    came = draw(st.lists(st.sets(ends), max_size=3))
    return Workbook(
        people={each.key: each for each in people},
        connections=tuple(Connection(source=a, target=b) for a, b in ties if a != b),
        hub=frozenset(draw(st.sets(ends, max_size=1))),
        convenings=tuple(
            Gathering(date=dt.date(2026, 1, place + 1), title=f"G{place}", attendees=tuple(sorted(who)))
            for place, who in enumerate(came)
        ),
        today=TODAY,
    )


def by_loops(workbook: Workbook) -> dict[tuple[str, str], float]:
    """Points of every pair that may be suggested, by the words of the table."""
    people = {
        key: each
        for key, each in workbook.people.items()
        if each.on_map
        and not each.is_guest
        and key not in workbook.hub
        and "no introductions" not in map(str.casefold, each.tags)
    }
    near: dict[str, set[str]] = {key: set() for key in workbook.people}
    for tie in workbook.connections:
        near[tie.source].add(tie.target)
        near[tie.target].add(tie.source)
    tags = {key: {tag.casefold() for tag in each.tags} for key, each in people.items()}
    carried = Counter(tag for gathering in tags.values() for tag in gathering)
    ranked = sorted(len(near[key]) for key in people)
    # The linear percentile, as most textbooks have it.
    at = 0.75 * (len(ranked) - 1) if ranked else 0
    quartile = ranked[int(at)] + (at - int(at)) * (ranked[math.ceil(at)] - ranked[int(at)]) if ranked else 0
    points = {}
    for one, other in combinations(sorted(people), 2):
        if other in near[one]:
            continue
        a, b = people[one], people[other]
        both_known = all(len(near[key]) > max(quartile, 2) for key in (one, other))
        shared = near[one] & near[other]
        say = sum(1 / math.log(len(near[key])) for key in shared & people.keys())
        came = any({one, other} <= set(gathering.attendees) for gathering in workbook.convenings)
        common = 4 * min(2, sum(1 - carried[tag] / len(people) for tag in tags[one] & tags[other])) / 2
        common += 0 if both_known else 3 * say / (1 + say) + 1.5 * came
        common += all(each.joined and TODAY - each.joined <= dt.timedelta(days=183) for each in (a, b))
        few = sum(len(near[key]) < 2 for key in (one, other))
        apart = {0: 0, 1: 1.5, 2: 0.75}[few] + 1.0 * (not shared - workbook.hub) if workbook.connections else 0
        for column, worth in (("Region", 1.5), ("Role", 0.5)):
            x, y = a.attributes.get(column), b.attributes.get(column)
            apart += worth * bool(x and y and x != y)
        apart -= 2 * bool(a.organization and a.organization == b.organization)
        if common > 0 and common + apart > 0:
            points[one, other] = common + apart
    return points


@settings(max_examples=80, deadline=None)
@given(workbooks(), st.integers(1, 12), st.randoms(use_true_random=False))
def test_lists_match_plain_loops(workbook: Workbook, number: int, shuffler: random.Random) -> None:
    points = by_loops(workbook)
    found = found_in(workbook, number=number)
    assert found.considered == len(points)
    assert len(found.pairs) <= number
    uses = Counter(key for pair in found.pairs for key in (pair.one, pair.other))
    assert all(count <= PER_PERSON for count in uses.values())
    listed = [(pair.one, pair.other) for pair in found.pairs]
    assert len(set(listed)) == len(listed)
    for pair in found.pairs:
        assert pair.points == pytest.approx(points[pair.one, pair.other], abs=1e-5)
    assert [pair.points for pair in found.pairs] == sorted((pair.points for pair in found.pairs), reverse=True)
    full = {key for key, count in uses.items() if count == PER_PERSON}
    left = [pair for pair in points if pair not in listed and not full & set(pair)]
    if len(listed) < number:
        assert not left, "someone could still be introduced"
    if found.for_newcomers < math.ceil(number * NEWCOMERS_SHARE):
        assert not [pair for pair in left if found.newcomers & set(pair)], "newcomers come first"
    shuffled = dict(shuffler.sample(list(workbook.people.items()), len(workbook.people)))
    rows = shuffler.sample(workbook.connections, len(workbook.connections))
    gathering = shuffler.sample(workbook.convenings, len(workbook.convenings))
    again = replace(workbook, people=shuffled, connections=tuple(rows), convenings=tuple(gathering))
    assert found_in(again, number=number) == found, "the order of rows changes nothing"


def test_docs_list_every_rule() -> None:
    written = (Path(__file__).parents[3] / "docs" / "introductions.md").read_text(encoding="utf-8")
    words = {2: "two", 1 / 3: "a third", 0.75: "three quarters"}
    assert f"No one is in more than {words[PER_PERSON]} introductions" in written
    assert f"At least {words[NEWCOMERS_SHARE]} of a list is for members" in written
    assert f"more connections than {words[WELL_CONNECTED]} of the members" in written
    assert f"At least {words[NEWCOMERS_SHARE]} of the list" in HOW_WE_CHOOSE
    assert f"the tag **`{NO_INTRODUCTIONS}`**" in written
    assert (
        f"{TOGETHER_AGAIN} if they sat together in an earlier round, {MET} if they know each other, {ALIKE} if"
        in written
    )
    assert f"the average of {RANDOM_SEATINGS} random seatings" in written
    rows = [f"| {' | '.join(str(value) for value in row.values())} |" for row in list(scoring_table().rows)]
    lines = [line for line in written.splitlines() if line.startswith("| ")]
    assert lines[0] == f"| {' | '.join(scoring_table().rows[0])} |"
    # Files that people edit have straight apostrophes.
    assert lines[2:] == [row.replace("’", "'") for row in rows]
