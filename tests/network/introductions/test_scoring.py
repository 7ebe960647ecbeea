"""Points of pairs, worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.network.introductions.criteria import (
    SCORING_RULES,
    Criterion,
)
from nethealth.network.introductions.suggestions import Scope
from nethealth.workbook.records import Gathering, Spell, Workbook
from tests.network.introductions.people import DRAWN, book, found_in, pairs, person


def test_points_add_up_in_the_order_of_the_rules() -> None:
    order = [rule.criterion for rule in SCORING_RULES]
    assert order == list(Criterion)
    for pair in found_in(DRAWN).pairs:
        assert pair.points == pytest.approx(sum(each.points for each in pair.reasons))
        assert [each.criterion for each in pair.reasons] == [
            g for g in order if g in {each.criterion for each in pair.reasons}
        ]


def test_one_newcomer_counts_more_than_two() -> None:
    people = [person(key, tags="proof") for key in "AB"] + [person(key) for key in "CDEF"]
    both = found_in(book(*people, ties="CD")).pairs[0]
    one = found_in(book(*people, ties="CD AC AD")).pairs[0]
    assert next(each.points for each in both.reasons if each.criterion is Criterion.FEW_TIES) == 0.75
    assert next(each.points for each in one.reasons if each.criterion is Criterion.FEW_TIES) == 1.5
    assert one.newcomers == ("B",)


def two_stars(tags: str) -> Workbook:
    """P and Q know six people each, three of them both; they met nowhere but came to one meeting, from two regions."""
    leaves = "abcdefghi"
    return book(
        person("P", tags=tags, region="North"),
        person("Q", tags=tags, region="South"),
        *(person(key, region="North") for key in leaves),
        ties=" ".join([*(f"P{leaf}" for leaf in leaves[:6]), *(f"Q{leaf}" for leaf in leaves[3:])]),
        convenings=(Gathering(date=dt.date(2026, 4, 1), title="Spring", attendees=("P", "Q")),),
    )


def test_popularity_alone_suggests_no_one() -> None:
    assert "PQ" not in pairs(found_in(two_stars(""), number=100))
    suggested = next(
        pair for pair in found_in(two_stars("proof"), number=100).pairs if {pair.one, pair.other} == {*"PQ"}
    )
    criteria = {each.criterion for each in suggested.reasons}
    assert Criterion.INTEREST in criteria
    assert not criteria & {Criterion.ACQUAINTANCE, Criterion.GATHERING}


def test_hidden_acquaintances_give_no_points_and_no_distance() -> None:
    people = [person(key, tags="proof") for key in "AB"] + [person("C", on_map=False), person("D")]
    (pair,) = found_in(book(*people, ties="AC BC")).pairs
    assert {each.criterion for each in pair.reasons} == {Criterion.INTEREST, Criterion.FEW_TIES}


def test_a_tag_of_everyone_is_no_interest() -> None:
    assert found_in(book(*(person(key, tags="math") for key in "ABC"))).pairs == ()


def test_two_newcomers_share_that() -> None:
    new = (Spell(dt.date(2026, 1, 15), None),)
    found = found_in(book(person("A", spells=new), person("B", spells=new), person("C"), ties="AC"))
    (pair,) = found.pairs
    assert {each.criterion: each.points for each in pair.reasons}[Criterion.NEW] == 1.0
    assert found_in(DRAWN, scope=Scope.NEWCOMERS).for_newcomers == 3


def test_no_known_ties_means_no_one_has_few() -> None:
    people = [person(key, tags="proof") for key in "AB"] + [person(key) for key in "CD"]
    found = found_in(book(*people))
    assert {each.criterion for each in found.pairs[0].reasons} == {Criterion.INTEREST}
    assert found.newcomers == frozenset()
