"""Whom a call could help: each reason at its edge, who is never in the queue, and what comes first."""

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


def talked(key: str, days_ago: int | None, **more: object) -> Conversation:
    day = None if days_ago is None else TODAY - dt.timedelta(days=days_ago)
    return Conversation(date=day, weaver="Wendy", member=key, **more)  # type: ignore[arg-type]


def gathering(day: D, who: str) -> Gathering:
    return Gathering(date=day, title=f"On {day}", attendees=tuple(who))


def book(*people: Person, talks: tuple[Conversation, ...] = (), **more: object) -> Workbook:
    return Workbook(people={each.key: each for each in people}, weaving=talks, today=TODAY, **more)  # type: ignore[arg-type]


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
        quiet_days=days,
    )
    return {each.person: each for each in found}


@pytest.mark.parametrize(
    ("days_ago", "is_quiet"),
    [(180, False), (181, True), (None, False)],  # an undated talk was had, and nobody knows when
)
def test_quiet_begins_the_day_after(days_ago: int | None, is_quiet: bool) -> None:
    found = reach(book(member("A"), talks=(talked("A", days_ago),)))
    assert ("A" in found) is is_quiet


def test_without_a_talk_the_days_run_from_joining() -> None:
    found = reach(book(member("A", TODAY - dt.timedelta(days=181)), member("B", D(2026, 5, 1)), member("C", None)))
    assert {key: each.whys for key, each in found.items()} == {
        "C": (OutreachReason.QUIET,),  # nobody knows since when
        "A": (OutreachReason.NEWCOMER, OutreachReason.QUIET),
        "B": (OutreachReason.NEWCOMER,),
    }
    assert found["A"].last_weaver is None


def test_being_introduced_in_a_talk_is_not_being_talked_with() -> None:
    found = reach(book(member("A"), member("B"), talks=(talked("A", 10, introduced_to=("B",)),)))
    assert set(found) == {"B"}


def test_newcomers_need_a_call_until_they_have_two_ties() -> None:
    new = D(2026, 3, 1)
    workbook = book(*(member(key, new) for key in "ABC"), member("D"), talks=(talked("D", 5),))
    found = reach(workbook, ties={"A": 1, "B": 2})
    assert {key: each.ties for key, each in found.items()} == {"A": 1, "C": 0}
    # Where nothing is known of ties, every newcomer is in it.
    assert {key: each.ties for key, each in reach(workbook).items()} == {"A": None, "B": None, "C": None}


LAST, PAST = D(2024, 12, 1), D(2026, 2, 1)
"""A day of the year before the past one, and a day of the past year."""


def drifting(came_before: int, came: int, *, gained: str | None, answered: str | None) -> bool:
    """Whether A drifts, who came so often; B came to everything, so that names are known to be listed."""
    before = [gathering(LAST + dt.timedelta(days=n), "AB" if n < came_before else "B") for n in range(5)]
    past = [gathering(PAST + dt.timedelta(days=n), "AB" if n < came else "B") for n in range(5)]
    responses = (
        () if answered is None else tuple(SurveyResponse(wave="Fall", answers={}, respondent=k) for k in answered)
    )
    workbook = book(
        member("A"),
        member("B"),
        talks=(talked("A", 1), talked("B", 1)),
        convenings=tuple(before),
        activities=tuple(past),
        responses=responses,
        waves=(Wave(name="Fall", kinds=frozenset({WaveKind.SURVEY}), date=D(2025, 10, 1)),),
    )
    found = reach(workbook, gained=gained)
    assert "B" not in found
    return "A" in found and OutreachReason.DRIFTING in found["A"].whys


@pytest.mark.parametrize(
    ("before", "past", "gained", "answered", "drifts"),
    [
        (4, 2, "B", "B", True),  # half as often, no new tie, no answer by name
        (4, 3, "B", "B", False),  # not down by half
        (1, 0, "B", "B", False),  # never came often
        (4, 2, "AB", "B", True),  # a new tie, yet no answer
        (4, 2, "B", "AB", True),  # an answer, yet no new tie
        (4, 2, "AB", "AB", False),
        (4, 2, None, "AB", False),  # nobody can tell of ties, and there is an answer
        (4, 2, None, None, False),  # attendance alone is no drift
        (4, 0, "B", None, True),
    ],
)
def test_drifting_takes_two_signs(
    before: int, past: int, gained: str | None, answered: str | None, drifts: bool
) -> None:
    assert drifting(before, past, gained=gained, answered=answered) is drifts


def test_an_anonymous_survey_says_nothing_of_anybody() -> None:
    workbook = book(
        member("A"),
        convenings=tuple(gathering(LAST + dt.timedelta(days=n), "A") for n in range(3)),
        activities=(gathering(PAST, "B"),),
        responses=(SurveyResponse(wave="Fall", answers={}, date=D(2025, 10, 1)),),
    )
    assert OutreachReason.DRIFTING not in reach(workbook)["A"].whys


def test_nobody_drifts_where_names_were_not_listed_in_both_years() -> None:
    workbook = book(member("A"), convenings=tuple(gathering(LAST + dt.timedelta(days=n), "A") for n in range(3)))
    assert OutreachReason.DRIFTING not in reach(workbook, gained="")["A"].whys


def test_who_joined_after_the_survey_has_not_missed_it() -> None:
    wave = Wave(name="Fall", kinds=frozenset({WaveKind.SURVEY}), date=D(2025, 10, 1))
    responses = (SurveyResponse(wave="Fall", answers={}, respondent="B"),)
    workbook = book(member("A"), member("B"), member("N", D(2026, 1, 1)), waves=(wave,), responses=responses)
    found = reach(workbook)
    assert {key: each.survey_missed for key, each in found.items()} == {"A": "Fall", "B": None, "N": None}


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
def test_who_is_never_in_the_queue(changes: dict[str, object]) -> None:
    promised = talked("A", 300, follow_up="Call", due=D(2026, 1, 1))
    assert "A" in reach(book(member("A"), talks=(promised,)))
    assert not reach(book(replace(member("A"), **changes), talks=(promised,)))  # type: ignore[arg-type]
    assert not reach(book(member("A"), talks=(promised,), hub=frozenset("A")))


def test_a_promise_comes_first_then_newcomers_then_the_longest_unseen() -> None:
    workbook = book(
        member("A"),
        member("B"),
        member("C"),
        member("N", D(2026, 4, 1)),
        member("P"),
        talks=(talked("P", 3, follow_up="Call", due=TODAY), talked("A", 400), talked("B", 500), talked("C", 600)),
        convenings=(gathering(D(2026, 1, 1), "CP"),),
    )
    found = reach(workbook)
    assert list(found) == ["P", "N", "B", "A", "C"]
    assert found["P"].whys == (OutreachReason.FOLLOW_UP,)
    assert found["C"].last_seen == D(2026, 1, 1)
    assert (found["B"].last_talk, found["B"].last_weaver) == (TODAY - dt.timedelta(days=500), "Wendy")


def test_what_is_due_later_or_done_is_no_promise_to_keep_today() -> None:
    talks = (
        talked("A", 3, follow_up="Call", due=TODAY + dt.timedelta(days=1)),
        talked("B", 3, follow_up="Call", due=TODAY, done=True),
        talked("C", 3, follow_up="Call"),
    )
    assert not reach(book(*(member(key) for key in "ABC"), talks=talks))


def test_nobody_to_reach_in_an_empty_workbook() -> None:
    assert reach(Workbook(today=TODAY)) == {}
