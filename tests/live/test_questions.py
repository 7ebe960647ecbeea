"""What phones may answer: whatever they send is either checked or refused."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.errors import InvalidAnswer
from nethealth.live.questions import check_answer, counted, question_names
from nethealth.live.session import Answer, ListedPerson, LiveSession, Phone, Screen, SessionKind, SessionState, Setup
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, PAIRS, Moment

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
SETUP = Setup(
    asks_hoped_for=True,
    roles=("Teacher", "Principal"),
    statements=("We listen.", "We decide together."),
    people=(ListedPerson(key="k1", name="Ana", person="m1"), ListedPerson(key="k2", name="Ben", person="m2")),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda each: st.lists(each, max_size=4) | st.dictionaries(st.sampled_from(["new", "person", "name", "x"]), each),
    max_leaves=6,
)


def session(kind: SessionKind, *, setup: Setup = SETUP) -> LiveSession:
    return LiveSession(
        id="id", workbook="sheet:a", kind=kind, name="Retreat", moment=Moment.NOW, code="K7WPXM",
        state=SessionState.OPEN, created_at=NOON, setup=setup, screen=Screen(), version=1,
    )  # fmt: skip


MINDSET, PULSE = session(SessionKind.MINDSET), session(SessionKind.PULSE)
CONNECTIONS, COLLABORATIONS = session(SessionKind.CONNECTIONS), session(SessionKind.COLLABORATIONS)
PARTS = {"name": "Reading circle", "purpose": "Read\n together", "people": "Ana, Ben"}


@pytest.mark.parametrize(
    ("asked", "question", "value"),
    [
        (MINDSET, "now.Leadership", 1),
        (MINDSET, "hoped.Strategy", 5),
        (MINDSET, "top", list(CHARACTERISTICS[:3])),
        (MINDSET, "words", "Trust comes first.\n\nThen control."),
        (MINDSET, "role", "Teacher"),
        (PULSE, "statement.2", 3),
        (PULSE, "role", "Principal"),
        (CONNECTIONS, "me", {"person": "k2"}),
        (CONNECTIONS, "tie.k1", 0),
        (COLLABORATIONS, "collaboration.3", PARTS),
    ],
)
def test_answer_is_taken_as_it_is(asked: LiveSession, question: str, value: object) -> None:
    expected = {**PARTS, "purpose": "Read\ntogether"} if value is PARTS else value
    assert check_answer(asked, question, value) == (expected, False)


@pytest.mark.parametrize(
    ("asked", "question", "value"),
    [
        *((MINDSET, "now.Leadership", value) for value in (0, 6, True, 3.0, "3", [3], math.nan, 10**400)),
        (replace(MINDSET, setup=replace(SETUP, asks_hoped_for=False)), "hoped.Leadership", 3),
        (MINDSET, "now.Kindness", 3),
        (MINDSET, "statement.1", 3),
        (MINDSET, "top", list(CHARACTERISTICS[:4])),
        (MINDSET, "top", [CHARACTERISTICS[0]] * 2),
        (MINDSET, "top", [["x"]]),
        (MINDSET, "words", "x" * 501),
        (MINDSET, "role", "Queen"),
        (replace(PULSE, setup=replace(SETUP, roles=())), "role", "Teacher"),
        (PULSE, "statement.3", 3),
        (CONNECTIONS, "me", {"person": "k9"}),
        (CONNECTIONS, "me", {"person": ["k1"]}),
        (CONNECTIONS, "me", {"new": " \u200b"}),
        (CONNECTIONS, "me", {"new": "12"}),
        (CONNECTIONS, "me", {"new": "Ana", "person": "k1"}),
        (CONNECTIONS, "tie.k9", 1),
        (CONNECTIONS, "tie.k1", 4),
        (COLLABORATIONS, "collaboration.4", PARTS),
        (COLLABORATIONS, "collaboration.1", {**PARTS, "leader": "Ana"}),
        (COLLABORATIONS, "collaboration.1", {"name": " "}),
    ],
)
def test_what_is_not_asked_is_refused(asked: LiveSession, question: str, value: object) -> None:
    with pytest.raises(InvalidAnswer):
        check_answer(asked, question, value)


def test_guests_and_rude_words_are_pending() -> None:
    assert check_answer(CONNECTIONS, "me", {"new": " Zoe\u202e  Li "}) == ({"new": "Zoe Li"}, True)
    assert check_answer(MINDSET, "words", "This is shit.") == ("This is shit.", True)
    assert check_answer(COLLABORATIONS, "collaboration.1", {"name": "Circle", "people": "Puta"})[1]


@pytest.mark.parametrize("asked", [MINDSET, PULSE, CONNECTIONS, COLLABORATIONS], ids=lambda each: each.kind)
def test_every_answer_can_be_taken_back(asked: LiveSession) -> None:
    assert [check_answer(asked, each, None) for each in question_names(asked)] == [(None, False)] * len(
        question_names(asked)
    )
    assert all(len(each) <= 80 for each in question_names(asked))


def test_nothing_written_or_chosen_is_no_answer() -> None:
    assert check_answer(MINDSET, "words", " \n ") == (None, False)
    assert check_answer(MINDSET, "top", []) == (None, False)


ASKED = [(each, name) for each in (MINDSET, PULSE, CONNECTIONS, COLLABORATIONS) for name in question_names(each)]


@given(st.sampled_from(ASKED), JSON)
def test_any_value_is_checked_or_refused(asked: tuple[LiveSession, str], value: object) -> None:
    with contextlib.suppress(InvalidAnswer):
        checked, is_pending = check_answer(*asked, value)
        assert isinstance(is_pending, bool)
        json.dumps(checked, ensure_ascii=False).encode()
        assert check_answer(*asked, checked) == (checked, is_pending)


@given(st.text(), JSON)
def test_any_question_is_known_or_refused(question: str, value: object) -> None:
    for asked in (MINDSET, PULSE, CONNECTIONS, COLLABORATIONS):
        with contextlib.suppress(InvalidAnswer):
            check_answer(asked, question, value)
            assert question in question_names(asked)


def test_pairs_come_in_their_order_and_hoped_for_after_them() -> None:
    columns = [pair.column for pair in PAIRS]
    expected = [f"now.{each}" for each in columns] + [f"hoped.{each}" for each in columns] + ["top", "words", "role"]
    assert question_names(MINDSET) == expected


def test_only_answers_count_that_are_not_pending() -> None:
    def answer(phone: str, question: str, *, is_pending: bool = False) -> Answer:
        return Answer(phone=phone, question=question, value=1, number=1, answered_at=NOON, is_pending=is_pending)

    phones = [
        Phone(id="a", joined_at=NOON),
        Phone(id="b", joined_at=NOON, is_pending=True),
        Phone(id="c", joined_at=NOON),
    ]
    sent = [answer("a", "x"), answer("a", "y", is_pending=True), answer("b", "x"), answer("c", "x", is_pending=True)]
    sent.append(answer("gone", "x"))
    assert {phone: list(own) for phone, own in counted(phones, sent).items()} == {"a": ["x"]}
