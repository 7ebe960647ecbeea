"""Each rule suggests its step on a small network that needs it, and stays silent on one that doesn't."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nethealth.overview.facts import Facts, gather_facts
from nethealth.overview.next_steps import ALL_SKIPPED, missing_data, next_steps
from nethealth.workbook.records import (
    Agreement,
    Connection,
    Conversation,
    FeedbackAction,
    Person,
    Problem,
    Severity,
    Wave,
    Workbook,
)
from nethealth.workbook.schema.vocabulary import AgreementStatus, WaveKind
from nethealth.workbook.tab_reading import LeftAlone
from tests.overview.examples import OUTCOME, QUESTION, TODAY, convenings, facts, people, read_tab, ring, survey
from tests.overview.test_movements import year

UNREADABLE = Problem(severity=Severity.ERROR, tab="Connections", message="m", remedy="r")


def reason(found: Facts, action: str) -> str | None:
    """The reason of the step whose action holds these words; None if there is no such step."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nethealth.overview.next_steps.STEPS_SHOWN", 20)
        return next((step.reason for step in next_steps(found) if action in step.action), None)


def test_an_empty_workbook_gives_no_steps_and_ten_places_to_start() -> None:
    assert next_steps(facts()) == ()
    assert [each.tab for each in missing_data(facts())][:3] == ["Members", "Connections", "Convenings"]
    assert len(missing_data(facts())) == 10


def test_unknown_tabs_come_first_until_there_are_members() -> None:
    unknown = (LeftAlone(title="Contacts"), LeftAlone(title="Notes", header="Extra"))
    assert "1 tab" in (reason(facts(left_alone=unknown), "tabs hold") or "")
    assert reason(facts(left_alone=unknown, people=people(1)), "tabs hold") is None
    assert reason(facts(left_alone=unknown[1:]), "tabs hold") is None
    assert gather_facts(Workbook(left_alone=unknown), as_of=TODAY, for_staff=False).unknown_tabs == 0


def test_two_isolates_in_twenty_call_for_reaching_out() -> None:
    assert reason(facts(people=people(20), connections=ring(18)), "unconnected")
    assert reason(facts(people=people(18), connections=ring(18)), "unconnected") is None


def test_a_star_depends_on_its_hub() -> None:
    star = tuple(Connection(source="p0", target=f"p{n}", date=TODAY) for n in range(1, 12))
    found = reason(facts(people=people(12), connections=star, hub=frozenset({"p0"})), "past the hub")
    assert found is not None
    # Without the hub, eleven people are left on their own: the largest component is one of eleven.
    assert "9.1%" in found
    assert "100%" in found
    with_ring = facts(people=people(12), connections=(*star, *ring(11, start=1)), hub=frozenset({"p0"}))
    assert reason(with_ring, "past the hub") is None


def test_two_components_call_for_a_bridge() -> None:
    found = reason(facts(people=people(12), connections=(*ring(6), *ring(6, start=6))), "separate parts")
    assert found is not None
    assert "2 parts" in found


def test_overdue_promises_of_weavers_and_of_staff() -> None:
    conversation = Conversation(
        date=dt.date(2026, 3, 1), weaver="W", member="p0", follow_up="Call", due=dt.date(2026, 4, 1)
    )
    promise = FeedbackAction(what_we_heard="More time", promised_by=dt.date(2026, 4, 30))
    overdue = facts(people=people(3), weaving=(conversation,), actions=(promise,))
    assert (reason(overdue, "your promises") or "").startswith("1 overdue follow-up")
    assert (reason(overdue, "feedback") or "").startswith("1 overdue promise")
    done = FeedbackAction(what_we_heard="More time", promised_by=dt.date(2026, 4, 30), done=True)
    assert next_steps(facts(actions=(done, FeedbackAction(what_we_heard="x", promised_by=TODAY)))) == ()


def test_a_late_convening_calls_for_a_date_unless_one_is_planned() -> None:
    days = [dt.date(2025, 1, 1), dt.date(2025, 4, 1), dt.date(2025, 7, 1)]
    # 90 and 91 days apart.
    assert "90 days" in (reason(facts(convenings=convenings(*days)), "next convening") or "")
    assert reason(facts(convenings=convenings(*days, dt.date(2026, 6, 1))), "next convening") is None
    assert reason(facts(convenings=convenings(*days, dt.date(2026, 4, 1))), "next convening") is None


def test_four_of_twenty_leaving_in_a_year_calls_for_asking_why() -> None:
    found = facts(people=people(20, left=range(4)))
    assert (reason(found, "why they leave") or "").startswith("4 of 20")
    # Two years later, no one leaves anymore, but those of the last full year can still say why.
    later = replace(found, past_year=year("past", 16, new=4, dropped=0))
    assert (reason(later, "why they left") or "").startswith("20% of members left during 2025")
    assert reason(facts(people=people(20, left=range(2))), "why they") is None


def test_clearly_more_people_leaving_calls_for_asking_why_below_the_usual_limit() -> None:
    years = (year("2025", 200, new=20, dropped=2), year("2026", 200, new=10, dropped=20, days=180, partial=True))
    few = replace(facts(), past_year=year("past", 200, new=20, dropped=20))
    assert (reason(replace(few, years=years), "why they leave") or "").startswith("20 of 200")
    assert reason(few, "why they") is None


@pytest.mark.parametrize(
    ("asked", "when"), [(dt.date(2025, 10, 20), "October 2026"), (dt.date(2025, 4, 20), " now"), (TODAY, "May 2027")]
)
def test_what_was_asked_once_is_asked_again_a_year_later(asked: dt.date, when: str) -> None:
    once = survey("A", [4] * 6, on=asked)
    assert when in (reason(facts(questions=(QUESTION,), responses=once), "Ask again") or "")
    twice = (*once, *survey("B", [4] * 6, on=asked + dt.timedelta(days=5)))
    assert reason(facts(questions=(QUESTION,), responses=twice), "Ask again") is None


def test_a_clear_drop_and_a_low_response_rate() -> None:
    answers = (*survey("A", [5] * 10, on=dt.date(2025, 5, 1)), *survey("B", [5] * 6 + [2] * 4, on=TODAY))
    waves = (
        Wave(name="A", kinds=frozenset({WaveKind.SURVEY}), date=dt.date(2025, 5, 1), invited=20),
        Wave(name="B", kinds=frozenset({WaveKind.SURVEY}), date=TODAY, invited=40),
    )
    found = facts(questions=(QUESTION,), responses=answers, waves=waves)
    assert "40 points since A" in (reason(found, OUTCOME) or "")
    assert "25%" in (reason(found, "didn’t answer") or "")


def test_a_drop_that_could_be_chance_is_no_reason_to_act() -> None:
    # 9 of 10 and 7 of 10: Newcombe's interval for the difference (about -0.52 to 0.16) includes zero.
    answers = (*survey("A", [5] * 9 + [2], on=dt.date(2025, 5, 1)), *survey("B", [5] * 7 + [2] * 3, on=TODAY))
    waves = tuple(
        Wave(name=name, kinds=frozenset({WaveKind.SURVEY}), date=day)
        for name, day in (("A", dt.date(2025, 5, 1)), ("B", TODAY))
    )
    assert reason(facts(questions=(QUESTION,), responses=answers, waves=waves), OUTCOME) is None


def test_an_old_agreement_is_due_for_review() -> None:
    old = Agreement(title="Norms", status=AgreementStatus.ADOPTED, adopted=dt.date(2022, 1, 1))
    assert "1 agreement " in (reason(facts(agreements=(old,)), "agreements") or "")


def test_at_most_three_steps_the_most_urgent_first() -> None:
    conversation = Conversation(
        date=dt.date(2026, 3, 1), weaver="W", member="p0", follow_up="Call", due=dt.date(2026, 4, 1)
    )
    found = next_steps(
        facts(
            people=people(20, left=range(5)),
            connections=ring(12),
            convenings=convenings(dt.date(2025, 1, 1), dt.date(2025, 4, 1)),
            weaving=(conversation,),
        )
    )
    assert len(found) == 3
    assert found[0].page == "weaving"
    assert [step.weight for step in found] == sorted((step.weight for step in found), reverse=True)


def test_no_one_is_called_inactive_while_no_record_names_anyone() -> None:
    found = facts(people=people(6))
    assert found.engagement is None
    assert reason(found, "in a while") is None


def test_many_skipped_rows_come_first() -> None:
    # Two of six members are isolates, which is many; 3 of 12 rows are more than a tenth.
    tabs = (read_tab("Members", rows=6, rejected=0), read_tab("Connections", rows=12, rejected=3))
    first = next_steps(facts(people=people(6), connections=ring(4), problems=(UNREADABLE,), tabs=tabs))[0]
    assert first.page == "data"
    assert "3 of 12 rows in Connections" in first.reason
    assert first.reason.endswith("leave them out.")


def test_a_few_skipped_rows_come_after_people() -> None:
    tabs = (read_tab("Connections", rows=100, rejected=1),)
    steps = next_steps(facts(people=people(6), connections=ring(4), problems=(UNREADABLE,), tabs=tabs))
    assert [step.page for step in steps] == ["connectivity", "data", "guide"]
    assert "1 row or value" in steps[1].reason
    assert steps[1].reason.endswith("leave it out.")


def test_members_without_dates_are_asked_for_dates_only() -> None:
    undated = {key: Person(key=key, name=key) for key in ("a", "b")}
    start = missing_data(facts(people=undated))[0]
    assert start.tab == "Members"
    assert start.question != missing_data(facts())[0].question
    assert start.how_to_start.startswith("Add the date")


def test_a_tab_we_could_not_read_needs_fixing_rather_than_starting() -> None:
    tabs = (read_tab("Connections", rows=3, rejected=3), read_tab("Convenings", rows=0, rejected=0))
    how = {each.tab: each.how_to_start for each in missing_data(facts(tabs=tabs))}
    assert how["Connections"] == ALL_SKIPPED
    assert how["Convenings"] != ALL_SKIPPED
    for_viewers = gather_facts(Workbook(today=TODAY, tabs=tabs), as_of=TODAY, for_staff=False)
    assert all(each.how_to_start != ALL_SKIPPED for each in missing_data(for_viewers))
