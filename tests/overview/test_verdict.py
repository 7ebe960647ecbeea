"""The verdict on six invented histories, and at the edges: it follows only what is clear."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from nethealth.network.analysis.wave_change import WaveChange
from nethealth.overview.facts import Facts
from nethealth.overview.movements import find_movements
from nethealth.overview.next_steps import next_steps
from nethealth.overview.verdict import judge, things_to_watch
from nethealth.workbook.records import Connection, Wave
from nethealth.workbook.schema.vocabulary import WaveKind
from tests.overview.examples import QUESTION, TODAY, facts, people, ring, survey
from tests.overview.test_movements import wave_change, year

RELATIONSHIPS = frozenset({WaveKind.RELATIONSHIPS})
BETTER, WORSE = "Healthier than before", "Less healthy than before"
SAME, MIXED = "About the same as before", "Better than before in some ways, worse in others"
TOO_EARLY = "Too early to say how the network is changing"


def history(*changes: WaveChange, before: float = 3.0, now: float = 3.0, **others: object) -> Facts:
    """Return a network with these changes between waves, and two surveys in which all gave these answers."""
    answers = (*survey("2025", [before] * 30, on=dt.date(2025, 4, 1)), *survey("2026", [now] * 30, on=TODAY))
    found = replace(facts(questions=(QUESTION,), responses=answers), wave_changes=changes, changes_since="2025")
    return replace(found, **others)


def test_growing() -> None:
    verdict = judge(history(wave_change("average_ties", 3, 5), before=2, now=5))
    assert verdict.headline == BETTER
    assert "members have more connections" in verdict.evidence.lower()
    assert "not chance" in verdict.evidence
    assert len(verdict.changes) == 2


def test_shrinking() -> None:
    verdict = judge(history(wave_change("average_ties", 5, 3), past_year=year("past", 90, new=1, dropped=30)))
    assert verdict.headline == WORSE
    assert {each.is_better for each in verdict.changes} == {False}


def test_quiet() -> None:
    verdict = judge(history(wave_change("average_ties", 5, 5.01, margin=0.5)))
    assert verdict.headline == SAME
    assert "chance" in verdict.evidence


def test_recovering() -> None:
    # Isolates fell, and people leave more slowly than in the year before.
    years = (year("FY2024", 100, new=0, dropped=40), year("FY2025", 60, new=10, dropped=2))
    verdict = judge(history(wave_change("isolates", 0.3, 0.1), years=years))
    assert verdict.headline == BETTER
    assert "leaving more slowly" in verdict.evidence


def test_one_wave_only() -> None:
    wave = Wave(name="2026", kinds=RELATIONSHIPS, date=dt.date(2026, 4, 1))
    ties = tuple(replace(tie, wave="2026") for tie in ring(12))
    verdict = judge(facts(people=people(12, joined=TODAY), waves=(wave,), connections=ties))
    assert (verdict.headline, verdict.changes) == (TOO_EARLY, ())
    assert "second wave" in verdict.evidence


def test_members_alone_make_no_network_healthier() -> None:
    wave = Wave(name="2026", kinds=RELATIONSHIPS, date=dt.date(2026, 4, 1))
    ties = tuple(replace(tie, wave="2026") for tie in ring(12))
    found = replace(
        facts(people=people(12), waves=(wave,), connections=ties), past_year=year("past", 60, new=30, dropped=1)
    )
    verdict = judge(found)
    assert verdict.headline == "Membership is healthier than in 2024"
    assert "can’t compare connections" in verdict.evidence
    assert "can’t compare" not in judge(replace(found, waves=())).evidence


def test_contradictory() -> None:
    verdict = judge(history(wave_change("average_ties", 3, 5), before=5, now=2))
    assert verdict.headline == MIXED
    assert [each.is_better for each in verdict.changes].count(True) == 1


def test_worry_that_could_be_chance_is_said_without_deciding() -> None:
    # A third of the time, and 9 of the 17 who left: 12% by chance.
    years = (year("FY2025", 100, new=0, dropped=8), year("FY2026", 100, new=0, dropped=9, days=183, partial=True))
    verdict = judge(history(wave_change("average_ties", 3, 5), years=years))
    assert verdict.headline == "Connections are healthier than before"
    assert "One worry: people are leaving faster" in verdict.evidence
    assert "could be chance" in verdict.evidence
    # Its numbers are among the other changes, not among those that changed most.
    assert [each.title for each in verdict.others if "left in" in each.change] == ["People who left"]
    assert all(each.is_clear for each in verdict.changes)


def test_headline_says_since_when() -> None:
    gained = year("past", 60, new=30, dropped=1)
    assert judge(history(before=2, now=5)).headline == "Members gain more than in 2025"
    assert judge(history(past_year=gained)).headline == "Membership is healthier than in 2024"
    assert judge(history(before=2, now=5, past_year=gained)).headline == "Healthier than in 2024 and in 2025"
    assert judge(history(before=5, now=2, past_year=gained)).headline.startswith("Better than in 2024 and in 2025")
    this_year = replace(gained, first_day=dt.date(TODAY.year, 1, 1))
    assert judge(history(past_year=this_year)).headline == "Membership is healthier than earlier this year"
    # A wave without a date could be from any year.
    assert judge(history(wave_change("average_ties", 3, 5), before=2, now=5)).headline == BETTER


def test_every_movement_is_listed_once() -> None:
    found = history(
        wave_change("average_ties", 3, 5), wave_change("isolates", 0.2, 0.19, margin=0.5), before=3, now=3.2
    )
    verdict = judge(found)
    assert sorted(each.name for each in (*verdict.changes, *verdict.others)) == sorted(
        each.name for each in find_movements(found)
    )
    assert [each.name for each in verdict.others] == ["Members with no connections"]


def test_all_fell_names_a_few_and_watches_the_rest() -> None:
    found = history(
        wave_change("average_ties", 5, 3),
        wave_change("isolates", 0.1, 0.4),
        wave_change("largest_component", 0.9, 0.5),
        before=5,
        now=1,
    )
    verdict = judge(found)
    assert verdict.headline == WORSE
    assert len(verdict.changes) == 3
    assert len(things_to_watch(found, steps=())) == 1


def test_unchanged_metrics_are_the_same() -> None:
    assert judge(history(wave_change("average_ties", 5, 5, margin=0.0))).headline == SAME


def test_old_data_is_watched_unless_a_next_step_says_so() -> None:
    long_ago = TODAY - dt.timedelta(days=600)
    wave = Wave(name="Old", kinds=RELATIONSHIPS, date=long_ago)
    tie = Connection(source="p0", target="p1", wave="Old")
    old = facts(
        people=people(5),
        waves=(wave,),
        connections=(tie,),
        questions=(QUESTION,),
        responses=survey("S", [4] * 6, on=long_ago),
    )
    assert [each.page for each in things_to_watch(old, steps=())] == ["connectivity", "experience"]
    assert [each.page for each in things_to_watch(old, steps=next_steps(old))] == ["connectivity"]
