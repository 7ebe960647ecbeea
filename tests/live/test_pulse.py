"""Pulse sessions: each statement's answers, what to compare them with, and nothing of too few."""

from __future__ import annotations

import datetime as dt

from nethealth.live.pulse import earlier_answers, pulse_answers, pulse_rows, summarize_pulse
from nethealth.live.session import Answer, Answers, LiveSession, Screen, SessionKind, SessionState, Setup
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.pulse import PulseAnswer
from nethealth.workbook.schema.vocabulary import Moment

NOW = dt.datetime(2026, 11, 30, 15, tzinfo=dt.UTC)
SESSION = LiveSession(
    id="5e55",
    workbook="sheet:a",
    kind=SessionKind.PULSE,
    name="Retreat",
    moment=Moment.AFTER,
    code="K7WPXM",
    state=SessionState.CLOSED,
    created_at=NOW,
    setup=Setup(statements=("We listen.", "We act.")),
    screen=Screen(),
    version=1,
)


def room(first: list[int], second: list[int]) -> Answers:
    found: dict[str, dict[str, Answer]] = {}
    for statement, values in ((1, first), (2, second)):
        question = f"statement.{statement}"
        for number, value in enumerate(values):
            found.setdefault(f"p{number}", {})[question] = Answer(
                phone=f"p{number}", question=question, value=value, number=1, answered_at=NOW
            )
    return found


def given(statement: str, *values: int, session: str = "Retreat", moment: Moment = Moment.BEFORE, day: int = 1):
    date = dt.date(2026, 11, day)
    return [PulseAnswer(statement=statement, answer=n, session=session, moment=moment, date=date) for n in values]


def test_statements_are_counted_and_few_answers_hidden() -> None:
    one, two = summarize_pulse(pulse_answers(SESSION, room([1, 5, 5, 4, 5], [3, 3])), smallest_group=5)
    assert (one.statement, one.counts) == ("We listen.", (1, 0, 0, 1, 3))
    assert (two.statement, two.counts) == ("We act.", TooFew(5))


def test_same_session_at_another_moment_is_compared_first() -> None:
    now = summarize_pulse(pulse_answers(SESSION, room([5] * 5, [])), smallest_group=5)[0]
    others = summarize_pulse(
        [
            *given("we LISTEN.", 1, 1, 1, 1, 1),
            *given("We listen.", 2, 2, 2, 2, 2, session="Spring", day=20),
            *given("We listen.", 3, 3, 3, 3, 3, moment=Moment.AFTER, day=29),
            *given("Another.", 4, 4, 4, 4, 4, day=30),
        ],
        smallest_group=5,
    )
    found = earlier_answers(now, others)
    assert found is not None
    assert found.counts == (5, 0, 0, 0, 0)
    without = [each for each in others if each.session != "Retreat" or each.moment is Moment.AFTER]
    other = earlier_answers(now, without)
    assert other is not None
    assert other.session == "Spring"
    assert earlier_answers(now, summarize_pulse(given("We listen.", 1, 1), smallest_group=5)) is None


def test_rows_say_nothing_of_statements_with_too_few_answers() -> None:
    rows = pulse_rows(SESSION, room([1, 2, 3, 4, 5], [1, 2, 3, 4]))
    assert {row.cells["Statement"] for row in rows} == {"We listen."}
    assert sorted(row.cells["Answer"] for row in rows) == [1, 2, 3, 4, 5]
    assert {row.cells["Moment"] for row in rows} == {"After"}
    assert len({row.cells["Respondent"] for row in rows}) == 5
