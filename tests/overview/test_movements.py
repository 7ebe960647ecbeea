"""What moved, for the better or the worse: each rule on small histories whose probabilities are worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.infrastructure import MembershipPeriod
from nethealth.network.analysis.wave_change import AS_DIRECT_WITHOUT_HUB, WaveChange
from nethealth.overview.facts import Facts
from nethealth.overview.movements import AGREE, CHANCE, NO_TREND, Earlier, Movement, find_movements
from nethealth.workbook.records import EmergentActivity
from tests.overview.examples import OUTCOME, QUESTION, TODAY, facts, people, ring, survey

NOTHING = facts()


def wave_change(metric: str, before: float, after: float, *, margin: float | None = 0.01) -> WaveChange:
    return WaveChange(metric=metric, before=before, after=after, margin=margin, if_all_answered=None)


def year(
    period: str, start: int, *, new: int, dropped: int, days: int = 365, partial: bool = False
) -> MembershipPeriod:
    first = dt.date(2025 if partial else 2024, 5, 1)
    return MembershipPeriod(
        period=period,
        partial=partial,
        start=start,
        new=new,
        dropped=dropped,
        came_and_went=0,
        end=start + new - dropped,
        first_day=first,
        last_day=first + dt.timedelta(days=days - 1),
    )


def only(found: Facts, *, past: Earlier | None = None) -> Movement:
    (movement,) = find_movements(found, past=past)
    return movement


def starting(*days: dt.date) -> Facts:
    return facts(emergent=tuple(EmergentActivity(name=str(day), started=day) for day in days))


@pytest.mark.parametrize(
    ("metric", "before", "after", "is_better"),
    [
        ("average_ties", 4.0, 5.0, True),
        ("average_ties", 5.0, 4.0, False),
        ("isolates", 0.2, 0.1, True),
        ("isolates", 0.1, 0.2, False),
        ("largest_component", 0.8, 0.9, True),
        (AS_DIRECT_WITHOUT_HUB, 0.8, 0.5, False),
    ],
)
def test_network_moves_for_the_better_or_the_worse(
    metric: str, before: float, after: float, *, is_better: bool
) -> None:
    movement = only(replace(NOTHING, wave_changes=(wave_change(metric, before, after),), changes_since="Fall"))
    assert (movement.is_better, movement.is_clear, movement.caveat) == (is_better, True, "")
    assert movement.change.endswith("since Fall")
    assert movement.when == "since Fall"
    assert " to " in movement.figure


def test_density_and_triangles_are_not_judged() -> None:
    changes = (wave_change("density", 0.2, 0.1), wave_change("transitivity", 0.5, 0.1))
    assert find_movements(replace(NOTHING, wave_changes=changes)) == ()


def test_change_within_its_margin_could_be_chance() -> None:
    movement = only(replace(NOTHING, wave_changes=(wave_change("isolates", 0.2, 0.15, margin=0.1),)))
    assert (movement.is_clear, movement.caveat) == (False, CHANCE)
    # Half of the margin is 0.98 standard errors: 33% of chance results are as far from zero on either side.
    assert movement.probability == pytest.approx(0.327, abs=0.001)


def test_too_few_people_to_say() -> None:
    movement = only(replace(NOTHING, wave_changes=(wave_change("isolates", 0.2, 0.0, margin=None),)))
    assert (movement.is_clear, movement.interval, movement.probability) == (False, None, 1.0)


def test_one_of_many_is_not_clear_by_accident() -> None:
    # Alone, p is about 0.046. Of four tests, the smallest must be below 0.05 / 4.
    border = wave_change("average_ties", 5.0, 5.102, margin=0.1)
    others = [wave_change(metric, 0.5, 0.51, margin=0.1) for metric in ("isolates", "largest_component")]
    direct = wave_change(AS_DIRECT_WITHOUT_HUB, 0.5, 0.51, margin=0.1)
    assert only(replace(NOTHING, wave_changes=(border,))).is_clear
    found = find_movements(replace(NOTHING, wave_changes=(border, *others, direct)))
    assert [each.is_clear for each in found] == [False] * 4
    assert found[0].caveat == CHANCE


def test_agreement_with_an_outcome() -> None:
    answers = (*survey("2025", [2] * 30, on=dt.date(2025, 4, 1)), *survey("2026", [5] * 30, on=dt.date(2026, 4, 1)))
    movement = only(facts(questions=(QUESTION,), responses=answers))
    assert (movement.page, movement.is_better, movement.is_clear) == ("experience", True, True)
    assert OUTCOME in movement.claim
    assert movement.change == "rose 100 points to 100% since 2025"
    assert (movement.figure, movement.when) == ("up 100 points", "since 2025")


@pytest.mark.parametrize(
    ("new", "dropped", "p"),
    [
        (10, 1, 2 * (1 + 11) / 2**11),
        (4, 2, 2 * (1 + 6 + 15) / 2**6),
        (2, 9, 2 * (1 + 11 + 55) / 2**11),
    ],
)
def test_membership_is_a_sign_test_of_joined_against_left(new: int, dropped: int, p: float) -> None:
    movement = only(replace(NOTHING, past_year=year("the past year", 50, new=new, dropped=dropped)))
    assert movement.probability == pytest.approx(p)
    assert movement.is_better == (new > dropped)
    assert movement.is_clear == (p < 0.05)
    assert movement.caveat == ("" if p < 0.05 else NO_TREND)


def test_people_leaving_faster() -> None:
    # 100 days against 400 with about as many members: a fifth of the time. Of 12 who left, 8 did in that fifth:
    # P(8 or more) = 0.00058, and no count below is as unlikely (0 of 12 has 0.069).
    before = year("FY2025", 100, new=4, dropped=4, days=400)
    now = year("FY2026", 100, new=8, dropped=8, days=100, partial=True)
    movement = only(replace(NOTHING, years=(before, now)))
    assert (movement.is_better, movement.is_clear) == (False, True)
    assert movement.probability == pytest.approx(0.000581, abs=1e-5)
    assert movement.change.startswith("left in 3 months")
    assert "4 in all of FY2025" in movement.change
    assert movement.figure == "8"
    assert "4 in all of FY2025" in movement.when


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (year("A", 100, new=0, dropped=4), year("B", 100, new=0, dropped=4)),
        (year("A", 100, new=0, dropped=10), year("B", 100, new=0, dropped=14)),
    ],
)
def test_few_people_or_the_same_pace_are_not_mentioned(before: MembershipPeriod, now: MembershipPeriod) -> None:
    assert find_movements(replace(NOTHING, years=(before, now))) == ()


def test_activities_of_the_past_year_against_the_year_before() -> None:
    first = dt.date(2023, 1, 1)
    recent = [TODAY - dt.timedelta(days=30 * at + 1) for at in range(9)]
    movement = only(starting(first, TODAY - dt.timedelta(days=500), *recent))
    # 9 of 10: P = 2 * (1 + 10) / 1024.
    assert movement.probability == pytest.approx(22 / 1024)
    assert (movement.is_better, movement.is_clear) == (True, True)


def test_first_two_years_of_activities_are_not_compared() -> None:
    assert find_movements(starting(*[TODAY - dt.timedelta(days=30 * at + 1) for at in range(9)])) == ()


def test_history_stands_in_for_a_wave_that_was_overwritten() -> None:
    tied = facts(people=people(6, joined=dt.date(2024, 1, 1)), connections=ring(6))
    past = (dt.date(2025, 5, 1), {"average_ties": 1.5, "members": 4.0})
    movement = only(replace(tied, past_year=None, years=()), past=past)
    assert (movement.page, movement.is_better, movement.is_clear) == ("connectivity", True, False)
    assert movement.change == "rose from 1.5 on May 1, 2025 to 2"
    assert find_movements(replace(tied, past_year=None), past=(past[0], {"average_ties": 2.0})) == ()


def test_history_stands_in_for_a_survey_that_was_overwritten() -> None:
    answered = facts(questions=(QUESTION,), responses=survey("2026", [5] * 30, on=TODAY))
    past = (dt.date(2025, 5, 1), {f"{AGREE}{OUTCOME}": 0.7})
    movement = only(answered, past=past)
    assert (movement.page, movement.is_better, movement.is_clear) == ("experience", True, False)
    assert movement.figure == "70% to 100%"
    both = facts(
        questions=(QUESTION,),
        responses=(*survey("2025", [5] * 30, on=dt.date(2025, 5, 1)), *survey("2026", [5] * 30, on=TODAY)),
    )
    assert find_movements(both, past=past) == ()


def test_history_does_not_repeat_what_waves_say() -> None:
    past = (dt.date(2025, 5, 1), {"average_ties": 1.0})
    waves = (wave_change("average_ties", 4.0, 5.0),)
    assert len(find_movements(replace(NOTHING, wave_changes=waves), past=past)) == 1


def test_nothing_to_compare() -> None:
    assert find_movements(NOTHING) == ()
