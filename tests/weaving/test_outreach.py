"""Outreach suggestions: each reason at its edge, who is never suggested, and the order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from nethealth.weaving import OutreachReason, OutreachSuggestion, suggest_outreach, summarize_weaving
from nethealth.workbook.records import Conversation, Gathering, Person, Spell, SurveyResponse, Wave, Workbook
from nethealth.workbook.schema.vocabulary import Kind, WaveKind

D = dt.date
TODAY = D(2026, 6, 1)
HALF_A_YEAR = dt.timedelta(days=183)


LONG_AGO = D(2023, 1, 1)


def member(key: str, joined: D | None = LONG_AGO, **more: object) -> Person:
    spells = (Spell(joined, None),) if joined else ()
    return Person(key=key, name=f"{key} Smith", **{"spells": spells, **more})  # type: ignore[arg-type]


def conversation(key: str, days_ago: int | None, **more: object) -> Conversation:
    day = None if days_ago is None else TODAY - dt.timedelta(days=days_ago)
    return Conversation(date=day, weaver="Wendy", member=key, **more)  # type: ignore[arg-type]


def gathering(day: D, who: str) -> Gathering:
    return Gathering(date=day, title=f"On {day}", attendees=tuple(who))


def book(*people: Person, log: tuple[Conversation, ...] = (), **more: object) -> Workbook:
    return Workbook(people={each.key: each for each in people}, weaving=log, today=TODAY, **more)  # type: ignore[arg-type]


def reach(
    workbook: Workbook, *, ties: Mapping[str, int] | None = None, gained: str | None = None, days: int = 180
) -> dict[str, OutreachSuggestion]:
    found = suggest_outreach(
        summarize_weaving(workbook, as_of=TODAY),
        workbook=workbook,
        ties=ties,
        gained=None if gained is None else frozenset(gained),
        few_ties=2,
        new_within=HALF_A_YEAR,
        recent_days=days,
    )
    return {each.person: each for each in found}


@pytest.mark.parametrize(
    ("days_ago", "is_suggested"),
    [(180, False), (181, True), (None, False)],  # an undated conversation took place, but no one knows when
)
def test_no_recent_conversation_starts_the_day_after(days_ago: int | None, is_suggested: bool) -> None:
    found = reach(book(member("A"), log=(conversation("A", days_ago),)))
    assert ("A" in found) is is_suggested


def test_no_conversation_counts_days_from_joining() -> None:
    found = reach(book(member("A", TODAY - dt.timedelta(days=181)), member("B", D(2026, 5, 1)), member("C", None)))
    assert {key: each.reasons for key, each in found.items()} == {
        "C": (OutreachReason.NO_RECENT_CONVERSATION,),  # no one knows since when
        "A": (OutreachReason.NEWCOMER, OutreachReason.NO_RECENT_CONVERSATION),
        "B": (OutreachReason.NEWCOMER,),
    }
    assert found["A"].last_weaver is None


def test_being_introduced_is_not_a_conversation() -> None:
    found = reach(book(member("A"), member("B"), log=(conversation("A", 10, introduced_to=("B",)),)))
    assert set(found) == {"B"}


def test_newcomers_with_fewer_than_two_ties() -> None:
    new = D(2026, 3, 1)
    workbook = book(*(member(key, new) for key in "ABC"), member("D"), log=(conversation("D", 5),))
    found = reach(workbook, ties={"A": 1, "B": 2})
    assert {key: each.ties for key, each in found.items()} == {"A": 1, "C": 0}
    # Where nothing is known of ties, every newcomer is in it.
    assert {key: each.ties for key, each in reach(workbook).items()} == {"A": None, "B": None, "C": None}


LAST, PAST = D(2024, 12, 1), D(2026, 2, 1)
"""A day of the year before the past one, and a day of the past year."""


def attends_less(attended_before: int, came: int, *, gained: str | None, answered: str | None) -> bool:
    """True if we say A attends less; B came to everything, so that each gathering has names."""
    before = [gathering(LAST + dt.timedelta(days=n), "AB" if n < attended_before else "B") for n in range(5)]
    past = [gathering(PAST + dt.timedelta(days=n), "AB" if n < came else "B") for n in range(5)]
    responses = (
        () if answered is None else tuple(SurveyResponse(wave="Fall", answers={}, respondent=k) for k in answered)
    )
    workbook = book(
        member("A"),
        member("B"),
        log=(conversation("A", 1), conversation("B", 1)),
        convenings=tuple(before),
        activities=tuple(past),
        responses=responses,
        waves=(Wave(name="Fall", kinds=frozenset({WaveKind.SURVEY}), date=D(2025, 10, 1)),),
    )
    found = reach(workbook, gained=gained)
    assert "B" not in found
    return "A" in found and OutreachReason.ATTENDING_LESS in found["A"].reasons


@pytest.mark.parametrize(
    ("before", "past", "gained", "answered", "expected"),
    [
        (4, 2, "B", "B", True),  # half as often, no new tie, no answer by name
        (4, 3, "B", "B", False),  # not down by half
        (1, 0, "B", "B", False),  # never came often
        (4, 2, "AB", "B", True),  # a new tie, yet no answer
        (4, 2, "B", "AB", True),  # an answer, yet no new tie
        (4, 2, "AB", "AB", False),
        (4, 2, None, "AB", False),  # no one could report ties, and there is an answer
        (4, 2, None, None, False),  # attendance alone is no drift
        (4, 0, "B", None, True),
    ],
)
def test_attending_less_needs_a_second_sign(
    before: int, past: int, gained: str | None, answered: str | None, expected: bool
) -> None:
    assert attends_less(before, past, gained=gained, answered=answered) is expected


def test_anonymous_survey_is_not_missed() -> None:
    workbook = book(
        member("A"),
        convenings=tuple(gathering(LAST + dt.timedelta(days=n), "A") for n in range(3)),
        activities=(gathering(PAST, "B"),),
        responses=(SurveyResponse(wave="Fall", answers={}, date=D(2025, 10, 1)),),
    )
    assert OutreachReason.ATTENDING_LESS not in reach(workbook)["A"].reasons


def test_attending_less_needs_names_in_both_years() -> None:
    workbook = book(member("A"), convenings=tuple(gathering(LAST + dt.timedelta(days=n), "A") for n in range(3)))
    assert OutreachReason.ATTENDING_LESS not in reach(workbook, gained="")["A"].reasons


def test_later_members_did_not_miss_the_survey() -> None:
    wave = Wave(name="Fall", kinds=frozenset({WaveKind.SURVEY}), date=D(2025, 10, 1))
    responses = (SurveyResponse(wave="Fall", answers={}, respondent="B"),)
    workbook = book(member("A"), member("B"), member("N", D(2026, 1, 1)), waves=(wave,), responses=responses)
    found = reach(workbook)
    assert {key: each.missed_survey for key, each in found.items()} == {"A": "Fall", "B": None, "N": None}


@pytest.mark.parametrize(
    "changes",
    [
        {"on_map": False},
        {"is_guest": True},
        {"kind": Kind.ORGANIZATION},
        {"spells": (Spell(D(2020, 1, 1), D(2026, 5, 1)),)},
        {"spells": (Spell(D(2026, 7, 1), None),)},
    ],
)
def test_excluded_members_are_not_suggested(changes: dict[str, object]) -> None:
    follow_up = conversation("A", 300, follow_up="Call", due=D(2026, 1, 1))
    assert "A" in reach(book(member("A"), log=(follow_up,)))
    assert not reach(book(replace(member("A"), **changes), log=(follow_up,)))  # type: ignore[arg-type]
    assert not reach(book(member("A"), log=(follow_up,), hub=frozenset("A")))


def test_order() -> None:
    workbook = book(
        member("A"),
        member("B"),
        member("C"),
        member("N", D(2026, 4, 1)),
        member("P"),
        log=(
            conversation("P", 3, follow_up="Call", due=TODAY),
            conversation("A", 400),
            conversation("B", 500),
            conversation("C", 600),
        ),
        convenings=(gathering(D(2026, 1, 1), "CP"),),
    )
    found = reach(workbook)
    assert list(found) == ["P", "N", "B", "A", "C"]
    assert found["P"].reasons == (OutreachReason.FOLLOW_UP,)
    assert found["C"].last_seen == D(2026, 1, 1)
    assert (found["B"].last_conversation, found["B"].last_weaver) == (TODAY - dt.timedelta(days=500), "Wendy")


def test_later_and_done_follow_ups_are_not_due() -> None:
    log = (
        conversation("A", 3, follow_up="Call", due=TODAY + dt.timedelta(days=1)),
        conversation("B", 3, follow_up="Call", due=TODAY, done=True),
        conversation("C", 3, follow_up="Call"),
    )
    assert not reach(book(*(member(key) for key in "ABC"), log=log))


def test_empty_workbook() -> None:
    assert reach(Workbook(today=TODAY)) == {}
