"""Cards and tables of emergent activity: every activity, and no one named who asked not to be listed."""

from __future__ import annotations

from dataclasses import replace

from nethealth.emergence import tables
from tests.emergence.test_charts import CHOIR, GARDEN, LATER, summary


def test_planned_activities_come_first() -> None:
    cards = tables.activity_cards(summary(GARDEN, CHOIR, LATER))
    assert [(card.name, card.is_planned) for card in cards] == [("Later", True), ("Choir", False), ("Garden", False)]


def test_planned_activities_are_only_a_note() -> None:
    assert tables.metric_cards(summary(GARDEN, LATER))[0] == ("Activities so far", "1", "1 more planned")


def test_unlisted_people_are_counted_and_not_named() -> None:
    emergence = summary(GARDEN, CHOIR, hidden="bo")
    cards = tables.activity_cards(emergence)
    assert next(card.collaborators for card in cards if card.name == "Garden") == "Ana and 1 more"
    assert not any("Bo" in str(card) for card in cards)
    assert not tables.pair_table(emergence)


def test_pairs_have_their_shared_activities() -> None:
    assert tables.pair_table(summary(GARDEN, CHOIR)).rows == (
        {"Collaborator": "Ana", "With": "Bo", "Shared activities": 1},
        {"Collaborator": "Bo", "With": "Cy", "Shared activities": 1},
    )


def test_download_has_every_activity() -> None:
    table = tables.activity_table(summary(GARDEN, LATER))
    assert table.values("Name") == ["Later", "Garden"]
    assert table.values("Started by") == ["Staff", "Members"]


def test_page_opens_with_what_something_came_of() -> None:
    with_outcomes = replace(CHOIR, outcomes="Forty people sang.")
    cards = tables.activity_cards(summary(GARDEN, with_outcomes, LATER))
    stories, others = tables.split_stories(cards)
    assert [card.name for card in stories] == ["Choir"]
    assert [card.name for card in others] == ["Later", "Garden"]


def test_without_outcomes_page_opens_with_the_latest() -> None:
    stories, others = tables.split_stories(tables.activity_cards(summary(GARDEN, CHOIR)))
    assert ([card.name for card in stories], others) == (["Choir", "Garden"], [])
