"""Who knows whom in the room: what answers become."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from nethealth.live.connections import read_room
from nethealth.live.session import Answer, ListedPerson, LiveSession, Screen, SessionKind, SessionState, Setup
from nethealth.workbook.schema.vocabulary import Moment

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
KEYS = ("ana", "ben", "cai", "dee", "eli")


def session(*keys: str) -> LiveSession:
    people = tuple(ListedPerson(key=key, name=key.title(), person=f"m-{key}") for key in keys or KEYS)
    return LiveSession(
        id="s",
        workbook="sheet:a",
        kind=SessionKind.CONNECTIONS,
        name="Fall retreat",
        moment=Moment.NOW,
        code="K7WPXM",
        state=SessionState.OPEN,
        created_at=NOON,
        setup=Setup(people=people),
        screen=Screen(),
        version=1,
    )


def answers(*sent: tuple[str, str, object]) -> dict[str, dict[str, Answer]]:
    """Answers as they count after these arrived: phone, question, and value."""
    found: dict[str, dict[str, Answer]] = {}
    for number, (phone, question, value) in enumerate(sent, start=1):
        one = Answer(phone=phone, question=question, value=value, number=number, answered_at=NOON)
        found.setdefault(phone, {})[question] = one
    return found


def me(key: str) -> Mapping[str, str]:
    return {"person": key}


def test_room_of_four_by_hand() -> None:
    room = read_room(
        session(),
        answers(
            ("p1", "me", me("ana")),
            ("p1", "tie.ben", 2),
            ("p1", "tie.eli", 3),  # who isn't here
            ("p2", "me", me("ben")),
            ("p2", "tie.ana", 3),
            ("p3", "me", me("cai")),
            ("p3", "tie.ana", 1),
            ("p3", "tie.ben", 0),  # not after all
            ("p4", "me", me("dee")),
            ("p5", "tie.ana", 3),  # who hasn't said who it is
        ),
    )
    assert list(room.arrivals) == ["ana", "ben", "cai", "dee"]
    assert [(tie.pair, tie.strength, tie.number) for tie in room.ties] == [
        (("ana", "ben"), 3, 4),
        (("ana", "cai"), 1, 7),
    ]
    assert room.unconnected == ("dee",)
    assert room.counts_text == "4 people · 2 connections · 1 not yet connected"
    assert [(report.source, report.target, report.strength) for report in room.reports] == [
        ("ana", "ben", 2),
        ("ana", "eli", 3),
        ("ben", "ana", 3),
        ("cai", "ana", 1),
    ]
    assert not room.claims


def test_room_that_is_empty_or_has_no_ties_says_so() -> None:
    assert read_room(session(), {}).counts_text == "No one is here yet"
    alone = read_room(session(), answers(("p1", "me", me("ana"))))
    assert alone.counts_text == "1 person · no connections yet"


def test_phone_that_changes_who_it_is_takes_its_ties_along() -> None:
    sent = [("p1", "me", me("ana")), ("p2", "me", me("ben")), ("p1", "tie.ben", 2), ("p1", "tie.cai", 1)]
    room = read_room(session(), answers(*sent, ("p1", "me", me("cai"))))
    assert list(room.arrivals) == ["ben", "cai"]
    assert [tie.pair for tie in room.ties] == [("ben", "cai")]
    assert [(report.source, report.target) for report in room.reports] == [("cai", "ben")]


def test_what_several_phones_say_as_one_person_counts_and_is_noted() -> None:
    room = read_room(
        session(),
        answers(
            ("p1", "me", me("ana")),
            ("p1", "tie.ben", 3),
            ("p2", "me", me("ana")),
            ("p2", "tie.ben", 1),
            ("p2", "tie.cai", 2),
        ),
    )
    assert list(room.arrivals) == ["ana"]
    assert [(report.target, report.strength) for report in room.reports] == [("ben", 3), ("cai", 2)]
    assert {key: set(phones) for key, phones in room.claims.items()} == {"ana": {"p1", "p2"}}


def test_unconfirmed_guests_and_people_who_are_not_listed_are_not_here() -> None:
    room = read_room(
        session("ana"),
        answers(("p1", "me", {"new": "Zoe"}), ("p2", "me", me("zoe")), ("p3", "me", me("ana")), ("p3", "tie.zoe", 2)),
    )
    assert list(room.arrivals) == ["ana"]
    assert not room.reports


def test_replay_shows_the_room_as_it_was() -> None:
    room = read_room(
        session(),
        answers(
            ("p1", "me", me("ana")),
            ("p2", "me", me("ben")),
            ("p1", "tie.ben", 2),
            ("p1", "tie.cai", 2),
            ("p3", "me", me("cai")),
        ),
    )
    assert [room.until(number).counts_text for number in range(6)] == [
        "No one is here yet",
        "1 person · no connections yet",
        "2 people · no connections yet",
        "2 people · 1 connection",
        "2 people · 1 connection",
        "3 people · 2 connections",
    ]


SENT = st.one_of(
    st.tuples(st.sampled_from("pqrs"), st.just("me"), st.sampled_from(KEYS).map(me)),
    st.tuples(st.sampled_from("pqrs"), st.sampled_from([f"tie.{key}" for key in KEYS]), st.integers(0, 3)),
)


@given(
    st.lists(SENT, max_size=30, unique_by=lambda each: each[:2]).flatmap(
        lambda sent: st.tuples(st.just(sent), st.permutations(sent))
    )
)
def test_order_of_arrival_does_not_change_the_end(both: tuple[list[tuple[str, str, object]], ...]) -> None:
    one, other = (read_room(session(), answers(*sent)) for sent in both)
    assert set(one.arrivals) == set(other.arrivals)
    assert {(tie.pair, tie.strength) for tie in one.ties} == {(tie.pair, tie.strength) for tie in other.ties}
    assert one.counts_text == other.counts_text


@given(st.lists(SENT, max_size=30), st.integers(0, 30))
def test_replay_only_ever_adds(sent: list[tuple[str, str, object]], number: int) -> None:
    room = read_room(session(), answers(*sent))
    before, after = room.until(number), room.until(number + 1)
    assert before.arrivals.keys() <= after.arrivals.keys()
    assert set(before.ties) <= set(after.ties)
    assert all(set(tie.pair) <= before.arrivals.keys() for tie in before.ties)
    assert room.until(len(sent)) == room
