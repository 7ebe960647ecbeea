"""The verdict on six invented histories, and at the edges: it follows only what is clear."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.network.analysis.wave_change import WaveChange
from nethealth.overview.facts import Facts
from nethealth.overview.movements import CHANCE, NO_TREND, find_movements
from nethealth.overview.next_steps import next_steps
from nethealth.overview.verdict import NOTHING_ELSE, judge, things_to_watch, who_answered
from nethealth.workbook.records import Connection, SurveyResponse, Wave
from nethealth.workbook.schema.vocabulary import WaveKind
from tests.overview.examples import ITEM, OUTCOME, QUESTION, TODAY, facts, people, ring, survey
from tests.overview.test_movements import wave_change, year

RELATIONSHIPS = frozenset({WaveKind.RELATIONSHIPS})
BETTER, WORSE = "Healthier than before", "Less healthy than before"
SAME, MIXED = "No clear change since last time", "Better than before in some ways, worse in others"
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
    assert "certain" in verdict.evidence
    assert "better or worse" in verdict.evidence
    # What isn't clear isn't listed as if it had changed.
    assert (verdict.changes, [each.caveat for each in verdict.others]) == ((), [CHANCE])


def test_recovering() -> None:
    # Isolates fell, and far fewer people leave than in the year before.
    years = (year("FY2024", 100, new=0, dropped=40), year("FY2025", 60, new=10, dropped=2))
    verdict = judge(history(wave_change("isolates", 0.3, 0.1), years=years))
    assert verdict.headline == BETTER
    assert "far fewer people are leaving" in verdict.evidence.lower()


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
    assert verdict.headline.startswith("More members than in 2024")
    assert "too early" in verdict.headline
    assert "can’t compare connections" in verdict.evidence
    assert "can’t compare" not in judge(replace(found, waves=())).evidence
    assert "grew" not in verdict.evidence, "the headline says so"


def test_one_domain_leaves_open_no_other() -> None:
    grown = year("past", 60, new=30, dropped=1)
    assert NOTHING_ELSE in judge(history(wave_change("average_ties", 3, 3.01, margin=0.5), past_year=grown)).evidence
    assert NOTHING_ELSE in judge(history(past_year=grown)).evidence, "answers were compared, and are the same"
    assert NOTHING_ELSE not in judge(history(before=2, now=5, past_year=grown)).evidence
    assert NOTHING_ELSE not in judge(replace(facts(people=people(12)), past_year=grown)).evidence


def test_answers_on_several_outcomes_are_one_claim() -> None:
    other = replace(QUESTION, text="I learned a lot", outcome="Knowledge")
    surveys = [
        SurveyResponse(wave=str(day.year), date=day, answers={ITEM: value, other.text: value})
        for day, value in ((dt.date(2025, 4, 1), 2.0), (TODAY, 5.0))
        for _ in range(30)
    ]
    found = replace(
        facts(questions=(QUESTION, other), responses=tuple(surveys)),
        wave_changes=(wave_change("average_ties", 3, 5),),
    )
    evidence = judge(found).evidence
    assert f"“{OUTCOME}” and “Knowledge” improved" in evidence
    assert (evidence.count("improved"), evidence.count("more connections")) == (1, 1)
    assert ", and answers on" in evidence, "two clauses, not what the first one is about"


def test_who_answered_is_hidden_if_few_did_or_did_not() -> None:
    wave = Wave(name="2026", kinds=RELATIONSHIPS, date=dt.date(2026, 4, 1), invited=12, responded=9)
    ties = tuple(replace(tie, wave="2026") for tie in ring(12))
    found = facts(people=people(12), waves=(wave,), connections=ties)
    assert "In 2026, 75% of" in who_answered(found, smallest_group=3)
    assert who_answered(found, smallest_group=5) == ""
    asked = Wave(name="2026", kinds=frozenset({WaveKind.SURVEY}), date=TODAY, invited=40)
    answered = facts(questions=(QUESTION,), waves=(asked,), responses=survey("2026", [4] * 30, on=TODAY))
    assert "75%" in who_answered(answered, smallest_group=5)
    assert who_answered(facts(), smallest_group=5) == ""


def test_contradictory() -> None:
    verdict = judge(history(wave_change("average_ties", 3, 5), before=5, now=2))
    assert verdict.headline == MIXED
    assert "But answers on" in verdict.evidence
    assert [each.is_better for each in verdict.changes].count(True) == 1


def test_worry_that_could_be_chance_is_said_without_deciding() -> None:
    # A third of the time, and 9 of the 17 who left: 12% by chance.
    years = (year("FY2025", 100, new=0, dropped=8), year("FY2026", 100, new=0, dropped=9, days=183, partial=True))
    verdict = judge(history(wave_change("average_ties", 3, 5), years=years))
    assert verdict.headline == "Connections are healthier than before"
    assert "Possible worry: 9 people left in 6 months" in verdict.evidence
    # It is among the other changes, not among those that changed most.
    (left,) = [each for each in verdict.others if "left in" in each.change]
    # People who left are a count: they did leave, whatever the probability.
    assert (left.title, left.caveat) == ("People who left", NO_TREND)
    assert all(each.is_clear for each in verdict.changes)


def test_headline_says_since_when() -> None:
    gained = year("past", 60, new=30, dropped=1)
    assert judge(history(before=2, now=5)).headline == "Members gain more than in 2025"
    assert judge(history(past_year=gained)).headline == "More members than in 2024"
    assert judge(history(before=2, now=5, past_year=gained)).headline == "Healthier than in 2024 and in 2025"
    assert judge(history(before=5, now=2, past_year=gained)).headline.startswith("Better than in 2024 and in 2025")
    this_year = replace(gained, first_day=dt.date(TODAY.year, 1, 1))
    assert judge(history(past_year=this_year)).headline == "More members than earlier this year"
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


@pytest.mark.parametrize("is_better", [True, False])
def test_rise_and_fall_follow_the_same_rules(*, is_better: bool) -> None:
    def change(metric: str, low: float, high: float) -> WaveChange:
        return wave_change(metric, *((low, high) if is_better else (high, low)))

    found = history(
        change("average_ties", 3, 5),
        change("isolates", 0.4, 0.1),
        change("largest_component", 0.5, 0.9),
        before=1 if is_better else 5,
        now=5 if is_better else 1,
        past_year=year("past", 100, new=40 if is_better else 1, dropped=1 if is_better else 40),
    )
    verdict = judge(found)
    assert verdict.headline == (BETTER if is_better else WORSE)
    # The clearest of each domain comes before a second one of any.
    assert {each.page for each in verdict.changes} == {"connectivity", "experience", "infrastructure"}
    assert [each.is_clear for each in verdict.others] == [True, True]
    assert "1 more change" in verdict.evidence
    assert things_to_watch(found, steps=()) == ()


def test_only_answers_are_probably_not_chance() -> None:
    gained = year("past", 60, new=30, dropped=1)
    assert "chance" not in judge(history(past_year=gained)).evidence
    answers, counts = judge(history(before=2, now=5, past_year=gained)).evidence.split(").")[:2]
    assert answers.endswith("probably not chance")
    assert "Membership grew" in counts


def test_what_was_never_asked_is_said() -> None:
    found = replace(facts(people=people(12)), past_year=year("past", 60, new=30, dropped=1))
    evidence = judge(found).evidence
    assert "no data yet on connections, what members gain, and what members start" in evidence
    assert "no data" not in judge(facts()).evidence


def test_growing_network_that_had_more_members_is_not_yet_back() -> None:
    before = (year("2024", 125, new=0, dropped=5), year("2025", 120, new=0, dropped=45))
    grown = year("past", 75, new=14, dropped=4)
    assert "back to the 120 of 2024" in judge(history(years=before, past_year=grown)).evidence
    assert "back to" not in judge(history(years=before[1:], past_year=grown)).evidence
    assert "back to" not in judge(history(years=before, past_year=year("past", 75, new=4, dropped=14))).evidence


@pytest.mark.parametrize(("left_on", "is_said"), [(dt.date(2025, 11, 1), True), (dt.date(2025, 2, 1), False)])
def test_people_who_left_between_two_surveys_may_explain_better_answers(left_on: dt.date, *, is_said: bool) -> None:
    members = people(40)
    gone = {
        key: replace(members[key], spells=(replace(members[key].spells[0], left=left_on),))
        for key in list(members)[:20]
    }
    quarters = facts(people=members | gone).quarters
    assert ("20 people left in between" in judge(history(before=2, now=5, quarters=quarters)).evidence) is is_said
    assert "in between" not in judge(history(before=5, now=2, quarters=quarters)).evidence


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
