"""Each domain's card: its numbers, and a finding that claims no more than they support."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.overview.cards import DomainCard, EmptyCard, domain_cards, with_empty_cards
from nethealth.overview.facts import Facts, gather_facts
from nethealth.overview.movements import find_movements
from nethealth.workbook.records import (
    Connection,
    EmergentActivity,
    Person,
    Question,
    QuestionKind,
    Spell,
    SurveyResponse,
    Wave,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import AGREEMENT, OUTCOMES, Level, StartedBy, WaveKind
from tests.overview.examples import QUESTION, TODAY, facts, people, ring, survey

LEARN, EFFECT, TIES = OUTCOMES[Level.PARTICIPANT]


def card_of(page: str, found: Facts) -> DomainCard:
    return next(card for card in domain_cards(found) if card.page == page)


def experience_card(agreeing: dict[str, int]) -> DomainCard:
    """The card if this many of ten people agree with the one statement of each outcome."""
    questions = tuple(
        Question(text=outcome, kind=QuestionKind.SCALE, scale=AGREEMENT, outcome=outcome) for outcome in agreeing
    )
    responses = tuple(
        SurveyResponse(wave="2025", answers={key: 4.0 if place < agree else 2.0 for key, agree in agreeing.items()})
        for place in range(10)
    )
    workbook = Workbook(questions=questions, responses=responses)
    return card_of("experience", gather_facts(workbook, as_of=dt.date(2025, 6, 1)))


def test_highest_and_lowest_outcome() -> None:
    card = experience_card({LEARN: 9, EFFECT: 6, TIES: 8})
    assert LEARN in card.finding
    assert TIES not in card.finding
    assert card.value == "90%"
    (lowest,) = (label for label, value in card.details if value == "60%")
    assert EFFECT in lowest


@pytest.mark.parametrize("agreeing", [{LEARN: 7, EFFECT: 7, TIES: 7}, {TIES: 7}])
def test_equal_outcomes_and_a_single_one_have_no_highest(agreeing: dict[str, int]) -> None:
    card = experience_card(agreeing)
    assert "most" not in card.finding
    assert card.value == "70%"


def test_a_survey_of_too_few_is_hidden() -> None:
    card = card_of("experience", facts(questions=(QUESTION,), responses=survey("A", [5, 4], on=TODAY)))
    assert "hidden" in card.finding
    assert "100%" not in str(card)


@pytest.mark.parametrize(
    ("after", "change"), [(6, "down 40 points since A"), (9, "down 10 points since A (could be chance)")]
)
def test_change_since_the_survey_before(after: int, change: str) -> None:
    answers = (
        *survey("A", [5] * 10, on=dt.date(2025, 5, 1)),
        *survey("B", [5] * after + [2] * (10 - after), on=TODAY),
    )
    waves = tuple(
        Wave(name=name, kinds=frozenset({WaveKind.SURVEY}), date=day)
        for name, day in (("A", dt.date(2025, 5, 1)), ("B", TODAY))
    )
    card = card_of("experience", facts(questions=(QUESTION,), responses=answers, waves=waves))
    assert (card.note, card.trend) == (change, (1.0, after / 10))
    assert card.trend_label == f"100% to {after}0% by survey"


def test_a_small_network() -> None:
    joined = people(10) | {
        f"n{k}": Person(key=f"n{k}", name=f"N {k}", spells=(Spell(dt.date(2026, 2, 1), None),)) for k in range(3)
    }
    started = tuple(
        EmergentActivity(name=f"E{n}", collaborators=("p1", "p2"), started=day, started_by=StartedBy.MEMBERS)
        for n, day in enumerate((dt.date(2025, 3, 1), dt.date(2025, 9, 1), dt.date(2026, 1, 1)))
    )
    found = facts(people=joined, connections=ring(10), emergent=started)
    connectivity, infrastructure, emergence = domain_cards(found)
    assert "10 of 13 members" in connectivity.finding
    assert ("with no connections yet", "3") in connectivity.details
    # Ten ties among thirteen members: 2 x 10 / 13.
    assert connectivity.value == "1.5"
    assert infrastructure.value == "13"
    assert "3 people joined" in infrastructure.finding
    assert (emergence.value, emergence.trend) == ("3", (2.0,)), "the trend has full years only"
    assert emergence.trend_label == "", "one point has no scale"
    assert "3" not in emergence.finding, "all of them: no number twice"
    assert emergence.note == "2 started in the past year"
    assert "E2" in emergence.finding, "the latest"


@pytest.mark.parametrize(
    ("days_ago", "trend", "change"),
    [
        ((750, 700, 650, 600, 300), (3, 1), "down from 3 (too few to tell)"),
        # The calendar has one more each year, but a year up to today is what the verdict compares.
        ((900, 200, 100), (0, 2), "up from 0 (too few to tell)"),
        ((1100, 750, 500, 200), (1, 1, 1), "the same as in the year before"),
        ((731, *range(20, 32)), (0, 12), "up from 0"),
    ],
)
def test_activities_are_compared_as_in_the_verdict(
    days_ago: tuple[int, ...], trend: tuple[int, ...], change: str
) -> None:
    started = tuple(EmergentActivity(name="E", started=TODAY - dt.timedelta(days=days)) for days in days_ago)
    found = facts(people=people(3), emergent=started)
    card = card_of("emergence", found)
    assert card.trend == trend
    assert (card.note or "").endswith(change)
    moved = [each.figure for each in find_movements(found) if each.page == "emergence"]
    assert moved == ([f"{trend[-2]} to {trend[-1]}"] if trend[-1] != trend[-2] else [])


def test_up_to_three_values_are_the_scale_of_a_trend() -> None:
    def label(*days_ago: int) -> str:
        started = tuple(EmergentActivity(name="E", started=TODAY - dt.timedelta(days=days)) for days in days_ago)
        return card_of("emergence", facts(emergent=started)).trend_label

    assert label(1100, 750, 500, 450, 200) == "1 to 2 to 1 started per year"
    assert label(1500, 1200, 750, 500, 450, 200) == "1 to 1 started per year"


def test_everyone_connected_leaves_no_one_out() -> None:
    card = card_of("connectivity", facts(people=people(3), connections=ring(3)))
    assert card.finding.startswith("All 3 members")
    assert not any("no connections" in label for label, _ in card.details)


def test_a_wave_before_gives_a_change_and_new_ties() -> None:
    waves = tuple(
        Wave(name=name, kinds=frozenset({WaveKind.RELATIONSHIPS}), date=day)
        for name, day in (("A", dt.date(2025, 5, 1)), ("B", TODAY))
    )
    ties = (
        Connection(source="p0", target="p1", wave="A"),
        Connection(source="p0", target="p1", wave="B"),
        Connection(source="p1", target="p2", wave="B"),
    )
    card = card_of("connectivity", facts(people=people(3), waves=waves, connections=ties))
    # Twice one tie, then twice two ties, among three members.
    assert (card.value, card.note) == ("1.3", "up from 0.67 in A (too few people to say)")
    assert [value for _, value in card.details] == ["1"]


def test_members_at_the_wave_and_today_are_told_apart() -> None:
    wave = Wave(name="A", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2025, 5, 1))
    ties = tuple(replace(tie, wave="A") for tie in ring(8))
    later = {"n": Person(key="n", name="N", spells=(Spell(dt.date(2026, 2, 1), None),))}
    for joined, is_said in ((later, True), ({}, False)):
        connectivity, infrastructure = domain_cards(facts(people=people(8) | joined, waves=(wave,), connections=ties))
        assert ("8 members at the time" in connectivity.finding) is is_said
        assert infrastructure.value_label == "members today"


def test_no_change_in_members_is_shown_once() -> None:
    still = {f"p{n}": Person(key=f"p{n}", name=f"P {n}", spells=(Spell(dt.date(2024, 1, 1), None),)) for n in range(3)}
    (card,) = domain_cards(facts(people=still))
    assert card.finding.casefold().count("no one") == 1
    (card,) = domain_cards(facts(people=people(3, joined=dt.date(2026, 2, 1))))
    assert "3 people joined" in card.finding
    assert "no one left" in card.finding


def test_engagement_is_not_shown_while_no_record_names_anyone() -> None:
    card = card_of("infrastructure", facts(people=people(6)))
    assert not any("active" in label for label, _ in card.details)


def test_one_domain_with_data_brings_empty_cards_for_the_others() -> None:
    assert domain_cards(facts()) == ()
    assert with_empty_cards(()) == ()
    cards = with_empty_cards(domain_cards(facts(people=people(3))))
    assert [card.page for card in cards] == ["connectivity", "experience", "infrastructure", "emergence"]
    assert [type(card) for card in cards] == [EmptyCard, EmptyCard, DomainCard, EmptyCard]
