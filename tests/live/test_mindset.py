"""Mindset sessions: reflections without names, rows without roles, and nothing of too few."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from nethealth.live.mindset import by_role, mindset_rows, reflections, words
from nethealth.live.session import Answer, Answers, LiveSession, Screen, SessionKind, SessionState, Setup
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, PAIRS, Moment

NOW = dt.datetime(2026, 11, 30, 15, tzinfo=dt.UTC)


def session(setup: Setup | None = None, moment: Moment = Moment.NOW) -> LiveSession:
    return LiveSession(
        id="5e55",
        workbook="sheet:a",
        kind=SessionKind.MINDSET,
        name="Retreat",
        moment=moment,
        code="K7WPXM",
        state=SessionState.CLOSED,
        created_at=NOW,
        setup=setup or Setup(asks_hoped_for=True, roles=("Teacher", "Staff")),
        screen=Screen(),
        version=1,
    )


def answers(phones: Mapping[str, Mapping[str, object]]) -> Answers:
    return {
        phone: {
            question: Answer(phone=phone, question=question, value=value, number=1, answered_at=NOW)
            for question, value in own.items()
        }
        for phone, own in phones.items()
    }


def room(people: int, **more: object) -> dict[str, dict[str, object]]:
    return {f"p{number}": {"now.Leadership": 2, **more} for number in range(people)}


def test_moments_become_reflections_of_their_own() -> None:
    found = reflections(session(), answers(room(2, **{"hoped.Strategy": 5, "top": [CHARACTERISTICS[3]]})))
    assert [each.moment for each in found] == [Moment.NOW, Moment.NOW, Moment.HOPED_FOR, Moment.HOPED_FOR]
    assert found[0].positions == (2, *[None] * 6)
    assert found[2].positions == (*[None] * 6, 5)
    assert found[0].rose_to_the_top == (CHARACTERISTICS[3],)
    assert found[2].rose_to_the_top == ()
    assert found[0].respondent is None


def test_phones_that_only_gave_a_role_say_nothing() -> None:
    assert reflections(session(), answers({"p": {"role": "Teacher"}})) == ()


def test_roles_keep_their_order_and_unknown_ones_count_as_none() -> None:
    found = by_role(session(), answers({**room(2, role="Staff"), "x": {"now.Focus": 1, "role": "Boss"}}))
    assert [(role, len(own)) for role, own in found.items()] == [("Teacher", 0), ("Staff", 2), (None, 1)]


def test_rows_have_no_role_and_a_code_for_each_phone() -> None:
    rows = mindset_rows(session(), answers(room(5, role="Staff", words=" Trust. ", **{"hoped.Focus": 4})))
    assert len(rows) == 10
    now = [row.cells for row in rows if row.cells["Moment"] == "Now"]
    assert {cells["Reflection"] for cells in now} == {"Trust."}
    assert {cells["Leadership"] for cells in now} == {2}
    assert len({row.cells["Respondent"] for row in rows}) == 5
    assert not any("Staff" in map(str, row.cells.values()) for row in rows)
    assert {column for row in rows for column in row.cells} >= {pair.column for pair in PAIRS}


def test_moment_that_too_few_answered_has_no_rows() -> None:
    some = room(5)
    for phone in ("p0", "p1", "p2", "p3"):
        some[phone]["hoped.Focus"] = 4
    rows = mindset_rows(session(), answers(some))
    assert [row.cells["Moment"] for row in rows] == ["Now"] * 5
    assert mindset_rows(session(), answers(room(4))) == []
    assert len(mindset_rows(session(Setup(smallest_group=3)), answers(room(3)))) == 3


def test_hoped_for_is_not_asked_twice() -> None:
    found = reflections(session(moment=Moment.HOPED_FOR), answers(room(1, **{"hoped.Focus": 4})))
    assert [each.moment for each in found] == [Moment.HOPED_FOR]


def test_words_come_in_an_order_of_their_own() -> None:
    assert list(words(answers({"b": {"words": "B"}, "a": {"words": " A "}, "c": {"words": " "}})).items()) == [
        ("a", "A"),
        ("b", "B"),
    ]
