from __future__ import annotations

import datetime as dt

import pytest

from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.weaving import METRICS, IntroductionOutcome, summarize_weaving
from nethealth.workbook.records import Connection, Conversation, Person, Settings, Wave, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, WaveKind

D = dt.date
TODAY = D(2025, 6, 30)
NAMES = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Fay")


def conversation(day: D | None, member: str, *others: str, **more: object) -> Conversation:
    return Conversation(date=day, weaver="Staff", member=member, introduced_to=others, **more)  # type: ignore[arg-type]


def book(*log: Conversation, **more: object) -> Workbook:
    people = {name: Person(key=name, name=name, is_guest=name == "Fay", on_map=name != "Eve") for name in NAMES}
    return Workbook(people=people, weaving=log, today=TODAY, **more)  # type: ignore[arg-type]


LOG = (
    conversation(D(2025, 1, 1), "Ada", "Ben", "Cleo", follow_up="Send the paper", due=D(2025, 6, 29)),
    conversation(D(2025, 2, 1), "Ada", follow_up="Call again", due=D(2025, 6, 30)),  # due today is not overdue
    conversation(D(2025, 3, 1), "Ben", "Ada", follow_up="Invite", due=D(2025, 4, 1), done=True),  # the pair again
    conversation(D(2025, 3, 2), "Fay", follow_up="Ask", due=D(2025, 4, 1), done=D(2025, 7, 4)),  # a guest; done later
    conversation(None, "Eve", "Dan", follow_up="Write"),
    conversation(D(2025, 5, 1), "Dan", "Dan", due=D(2025, 5, 2), done=False),  # to oneself; a day without words
    conversation(D(2025, 7, 1), "Cleo", "Dan", follow_up="Later"),  # in the future
)


def test_counts_and_order() -> None:
    summary = summarize_weaving(book(*LOG), as_of=TODAY)
    assert summary.as_json() == {
        "conversations": 6,
        "members_reached": 4,  # Ada, Ben, Eve, Dan
        "introductions": 3,  # Ada-Ben, Ada-Cleo, Eve-Dan
        "follow_ups_open": 5,
        "follow_ups_overdue": 3,  # to Ada, Fay and Dan
    }
    assert [(follow_up.member, follow_up.due, follow_up.is_overdue) for follow_up in summary.follow_ups] == [
        ("Fay", D(2025, 4, 1), True),
        ("Dan", D(2025, 5, 2), True),
        ("Ada", D(2025, 6, 29), True),
        ("Ada", D(2025, 6, 30), False),
        ("Eve", None, False),
    ]
    assert [row.date for row in summary.log] == [
        D(2025, 5, 1), D(2025, 3, 2), D(2025, 3, 1), D(2025, 2, 1), D(2025, 1, 1), None,
    ]  # fmt: skip
    assert [(pair.member, pair.introduced_to, pair.date) for pair in summary.pairs] == [
        ("Ada", "Ben", D(2025, 1, 1)),
        ("Ada", "Cleo", D(2025, 1, 1)),
        ("Eve", "Dan", None),
    ]
    assert [pair.is_listable for pair in summary.pairs] == [True, True, False]
    assert [follow_up.is_listable for follow_up in summary.follow_ups] == [True, True, True, True, False]


def test_undated_conversations_come_last() -> None:
    summary = summarize_weaving(
        book(conversation(None, "Ada", "Ben"), conversation(D(2025, 1, 1), "Ben", "Cleo")), as_of=TODAY
    )
    assert [row.date for row in summary.log] == [D(2025, 1, 1), None]
    assert [pair.date for pair in summary.pairs] == [D(2025, 1, 1), None]


INTRODUCTION = conversation(D(2025, 1, 1), "Ada", "Ben")


@pytest.mark.parametrize(
    ("connections", "outcome"),
    [
        ((), IntroductionOutcome.NOT_ASKED),
        ((Connection(source="Ben", target="Ada", date=D(2025, 1, 2)),), IntroductionOutcome.TIE),  # in either direction
        ((Connection(source="Ada", target="Ben", wave="Spring"),), IntroductionOutcome.TIE),  # in a wave dated after it
        ((Connection(source="Ada", target="Ben", wave="Autumn"),), IntroductionOutcome.TIED_BEFORE),
        ((Connection(source="Ada", target="Ben", date=D(2025, 1, 1)),), IntroductionOutcome.TIED_BEFORE),
        (
            (
                Connection(source="Ada", target="Ben", wave="Autumn"),
                Connection(source="Ada", target="Ben", wave="Spring"),
            ),
            IntroductionOutcome.TIED_BEFORE,
        ),
        ((Connection(source="Cleo", target="Dan", wave="Spring"),), IntroductionOutcome.NOT_YET),
        ((Connection(source="Cleo", target="Dan", wave="Autumn"),), IntroductionOutcome.NOT_ASKED),
        (
            (Connection(source="Ada", target="Ben", wave="Next"),),
            IntroductionOutcome.NOT_ASKED,
        ),  # after the day asked for
        ((Connection(source="Ada", target="Ben", wave="Undated"),), IntroductionOutcome.NOT_ASKED),
        (
            (Connection(source="Ada", target="Ben", date=D(2025, 2, 1), heard_through=HeardThrough.WEAVING),),
            IntroductionOutcome.NOT_ASKED,  # a fact is no report
        ),
        (
            (Connection(source="Ada", target="Ben", wave="Spring", strength=1),),
            IntroductionOutcome.NOT_YET,
        ),  # too weak for a tie
        ((Connection(source="Ada", target="Ben", wave="Spring", strength=2),), IntroductionOutcome.TIE),
    ],
)
def test_introduction_outcome(connections: tuple[Connection, ...], outcome: IntroductionOutcome) -> None:
    waves = (
        Wave(name="Autumn", date=D(2024, 10, 1)),
        Wave(name="Spring", date=D(2025, 4, 1)),
        Wave(name="Next", date=D(2025, 10, 1)),
        Wave(name="Undated"),
    )
    settings = Settings(tie_from_strength=2)
    summary = summarize_weaving(
        book(INTRODUCTION, connections=connections, waves=waves, settings=settings), as_of=TODAY
    )
    assert [pair.outcome for pair in summary.pairs] == [outcome]
    assert summary.became_ties == (outcome is IntroductionOutcome.TIE)


def test_reports_use_the_date_of_their_relationship_wave() -> None:
    # "2025" is the name of a survey in May and of a round of relationships in the November before the talk in January.
    waves = (
        Wave(name="2025", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=D(2024, 11, 1)),
        Wave(name="2025", kinds=frozenset({WaveKind.SURVEY}), date=D(2025, 5, 1)),
    )
    summary = summarize_weaving(
        book(INTRODUCTION, waves=waves, connections=(Connection(source="Ada", target="Ben", wave="2025"),)), as_of=TODAY
    )
    assert [pair.outcome for pair in summary.pairs] == [IntroductionOutcome.TIED_BEFORE]


def test_an_empty_log() -> None:
    summary = summarize_weaving(Workbook(), as_of=TODAY)
    assert summary.is_empty
    assert set(summary.as_json().values()) == {0}


def test_metrics_match_the_json() -> None:
    summary = summarize_weaving(book(*LOG), as_of=TODAY)
    assert {measure.id for measure in METRICS} == set(summary.as_json())
    for measure in METRICS:
        assert measure.value(summary) == summary.as_json()[measure.id]


@pytest.mark.parametrize(
    ("met", "reported_in", "outcome"),
    [
        (D(2025, 3, 1), "second", IntroductionOutcome.TIE),
        (D(2025, 3, 1), "first", IntroductionOutcome.TIED_BEFORE),
        (D(2025, 3, 1), None, IntroductionOutcome.NOT_YET),
        (D(2025, 5, 20), None, IntroductionOutcome.NOT_ASKED),
        (D(2025, 5, 20), "second", IntroductionOutcome.TIED_BEFORE),
    ],
)
def test_viewers_outcomes_are_those_of_staff(met: D, reported_in: str | None, outcome: IntroductionOutcome) -> None:
    kinds = frozenset({WaveKind.RELATIONSHIPS})
    days = {"first": D(2024, 4, 30), "second": D(2025, 4, 30)}
    # Someone answers in every wave, and everyone some days before its date.
    reports = [("Cleo", "Dan", wave) for wave in days] + ([("Ben", "Ada", reported_in)] if reported_in else [])
    staff = book(
        conversation(met, "Ada", "Ben"),
        waves=tuple(Wave(name=name, date=day, kinds=kinds) for name, day in days.items()),
        connections=tuple(
            Connection(source=one, target=other, wave=wave, date=days[wave] - dt.timedelta(days=9))
            for one, other, wave in reports
        ),
    )
    for workbook in (staff, redact_for_viewers(staff, salt=b"x")):
        assert [pair.outcome for pair in summarize_weaving(workbook, as_of=TODAY).pairs] == [outcome]
