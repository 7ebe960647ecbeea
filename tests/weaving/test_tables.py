"""The registers of the weaving page: what is due first, what introductions became, and nobody who is not shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from nethealth.weaving import summarize_weaving, tables
from nethealth.workbook.records import Connection, Conversation, Person, Workbook

TODAY = dt.date(2026, 6, 15)


def talk(day: int, member: str, *, to: str = "", due: dt.date | None = None, done: bool | None = None) -> Conversation:
    return Conversation(
        date=dt.date(2026, 5, day),
        weaver="Wendy",
        member=member,
        introduced_to=tuple(to),
        what_we_heard=f"heard from {member}",
        follow_up="call again" if due else None,
        due=due,
        done=done,
    )


WORKBOOK = Workbook(
    people={key: Person(key=key, name=f"{key} Smith", on_map=key != "H") for key in "ABCDH"},
    weaving=(
        talk(1, "A", to="B", due=dt.date(2026, 6, 10)),
        talk(2, "B", to="C", due=dt.date(2026, 6, 15)),
        talk(3, "C", due=dt.date(2026, 9, 1)),
        talk(4, "D", to="H", due=dt.date(2026, 6, 1), done=True),
        talk(5, "H", due=dt.date(2026, 6, 20)),
    ),
    connections=(Connection(source="A", target="B", date=dt.date(2026, 6, 1)),),
    today=TODAY,
)
SUMMARY = summarize_weaving(WORKBOOK, as_of=TODAY)


def test_what_is_due_first_comes_first() -> None:
    rows = tables.follow_up_rows(SUMMARY, workbook=WORKBOOK)
    assert [(row["Member"], row["When"]) for row in rows] == [
        ("A Smith", "5 days past"),
        ("B Smith", "Today"),
        ("C Smith", "Later"),
    ]
    # The one about a member who is not shown is counted all the same.
    assert tables.follow_ups_title(SUMMARY) == "4 follow-ups wait: 1 past its day, 2 due within two weeks"
    assert tables.follow_up_card(SUMMARY) == ("Follow-ups open", "4", "1 past its day")


def follow_ups_due(*due: dt.date) -> str:
    talks = tuple(talk(number, "A", due=each) for number, each in enumerate(due, start=1))
    return tables.follow_ups_title(summarize_weaving(replace(WORKBOOK, weaving=talks), as_of=TODAY))


def test_the_heading_of_follow_ups_says_only_what_is_so() -> None:
    past, soon, later = dt.date(2026, 6, 14), dt.date(2026, 6, 29), dt.date(2026, 6, 30)
    assert follow_ups_due(past) == "1 follow-up waits, past its day"
    assert follow_ups_due(past, past) == "2 follow-ups wait, all past their day"
    assert follow_ups_due(TODAY, soon) == "2 follow-ups wait, all due within two weeks"
    assert follow_ups_due(past, past, soon) == "3 follow-ups wait: 2 past their day, 1 due within two weeks"
    assert follow_ups_due(later) == "1 follow-up waits"
    assert follow_ups_due(soon, later) == "2 follow-ups wait: 1 due within two weeks"


def test_the_heading_of_the_log() -> None:
    assert tables.log_title(SUMMARY) == "5 conversations, the latest on May 5, 2026"
    one = replace(WORKBOOK, weaving=WORKBOOK.weaving[:1])
    assert tables.log_title(summarize_weaving(one, as_of=TODAY)) == "1 conversation, on May 1, 2026"


def test_what_introductions_became() -> None:
    assert tables.introductions_title(SUMMARY) == "1 of 3 introductions became a tie"
    assert tables.introductions_text(SUMMARY) == "Of the others, 2 are not named by either of the two yet."
    rows = tables.introduction_rows(SUMMARY, workbook=WORKBOOK)
    assert [(row["Introduced"], row["To"], row["Since then"]) for row in rows] == [
        ("B Smith", "C Smith", "Not reported yet"),
        ("A Smith", "B Smith", "Became a tie"),
    ]


def test_the_log_is_latest_first_and_names_nobody_who_is_not_shown() -> None:
    rows = tables.talk_rows(SUMMARY, workbook=WORKBOOK)
    assert [row["Member"] for row in rows] == ["D Smith", "C Smith", "B Smith", "A Smith"]
    assert "H Smith" not in repr((rows, tables.introduction_rows(SUMMARY, workbook=WORKBOOK)))


def test_the_cards_are_counts_that_name_nobody() -> None:
    cards = tables.weaving_cards(SUMMARY, workbook=WORKBOOK, for_staff=False)
    assert [(label, value) for label, value, _ in cards] == [
        ("Conversations", "5"),
        ("Members reached", "5"),
        ("Introductions", "3"),
    ]
    assert "Smith" not in repr(cards)
    assert "Wendy" not in repr(cards)


def test_viewers_are_told_no_number_of_a_few_who_were_reached() -> None:
    few = replace(WORKBOOK, weaving=WORKBOOK.weaving[:1])
    summary = summarize_weaving(few, as_of=TODAY)
    told = {
        for_staff: tables.weaving_cards(summary, workbook=few, for_staff=for_staff)[1][1] for for_staff in (True, False)
    }
    assert told == {True: "1", False: "fewer than 5"}


def test_a_heading_says_whether_it_is_known_what_introductions_became() -> None:
    unheard = replace(WORKBOOK, weaving=WORKBOOK.weaving[1:2])
    title = tables.introductions_title(summarize_weaving(unheard, as_of=TODAY))
    assert title == "1 introduction so far; it is not known to have become a tie yet"
    # Nobody was asked since.
    unasked = replace(unheard, connections=())
    title = tables.introductions_title(summarize_weaving(unasked, as_of=TODAY))
    assert title == "1 introduction so far; whether it became a tie is not known yet"


def test_nothing_to_do() -> None:
    summary = summarize_weaving(Workbook(today=TODAY), as_of=TODAY)
    assert tables.follow_ups_title(summary) == "No follow-up waits"
    assert tables.introductions_title(summary) == "Nobody has been introduced yet"
    assert tables.introductions_text(summary) == ""
