from __future__ import annotations

import datetime as dt
from dataclasses import replace

from nethealth.weaving import summarize_weaving, tables
from nethealth.workbook.records import Connection, Conversation, Person, Workbook
from tests.texts import numbers_in

TODAY = dt.date(2026, 6, 15)


def conversation(
    day: int, member: str, *, to: str = "", due: dt.date | None = None, done: bool | None = None
) -> Conversation:
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
        conversation(1, "A", to="B", due=dt.date(2026, 6, 10)),
        conversation(2, "B", to="C", due=dt.date(2026, 6, 15)),
        conversation(3, "C", due=dt.date(2026, 9, 1)),
        conversation(4, "D", to="H", due=dt.date(2026, 6, 1), done=True),
        conversation(5, "H", due=dt.date(2026, 6, 20)),
    ),
    connections=(Connection(source="A", target="B", date=dt.date(2026, 6, 1)),),
    today=TODAY,
)
SUMMARY = summarize_weaving(WORKBOOK, as_of=TODAY)


def test_follow_ups_are_soonest_first() -> None:
    rows = tables.follow_up_table(SUMMARY, workbook=WORKBOOK).rows
    assert [(row["Member"], row["When"]) for row in rows] == [
        ("A Smith", "5 days overdue"),
        ("B Smith", "Today"),
        ("C Smith", "Later"),
    ]
    # The hidden member's follow-up still counts.
    assert tables.follow_ups_title(SUMMARY) == "4 open follow-ups, 1 overdue"


def follow_ups_due(*due: dt.date) -> str:
    log = tuple(conversation(number, "A", due=each) for number, each in enumerate(due, start=1))
    return tables.follow_ups_title(summarize_weaving(replace(WORKBOOK, weaving=log), as_of=TODAY))


def test_follow_ups_title() -> None:
    past, soon, later = dt.date(2026, 6, 14), dt.date(2026, 6, 29), dt.date(2026, 6, 30)
    overdue, all_overdue, some_overdue = (follow_ups_due(*due) for due in ([past], [past, past], [past, past, soon]))
    assert [numbers_in(title) for title in (overdue, all_overdue, some_overdue)] == [["1"], ["2"], ["3", "2"]]
    assert all("overdue" in title for title in (overdue, all_overdue, some_overdue))
    all_soon, one_soon, none_soon = (follow_ups_due(*due) for due in ([TODAY, soon], [soon, later], [later]))
    assert [numbers_in(title) for title in (all_soon, one_soon, none_soon)] == [["2"], ["2", "1"], ["1"]]
    assert ["two weeks" in title for title in (all_soon, one_soon, none_soon)] == [True, True, False]


def test_log_title() -> None:
    assert tables.log_title(SUMMARY).startswith("5 conversations")
    assert "May 5, 2026" in tables.log_title(SUMMARY)
    one = replace(WORKBOOK, weaving=WORKBOOK.weaving[:1])
    assert numbers_in(tables.log_title(summarize_weaving(one, as_of=TODAY))) == ["1", "1", "2026"]


def test_introductions() -> None:
    assert numbers_in(tables.introductions_title(SUMMARY)) == ["1", "3"]
    assert "2 pairs haven’t reported" in tables.introductions_text(SUMMARY)
    rows = tables.introduction_table(SUMMARY, workbook=WORKBOOK).rows
    assert [(row["Introduced"], row["To"], row["Since then"]) for row in rows] == [
        ("B Smith", "C Smith", "Not reported yet"),
        ("A Smith", "B Smith", "Became a connection"),
    ]


def test_log_is_latest_first_without_hidden_members() -> None:
    rows = tables.log_table(SUMMARY, workbook=WORKBOOK).rows
    assert [row["Member"] for row in rows] == ["D Smith", "C Smith", "B Smith", "A Smith"]
    assert "H Smith" not in repr((rows, tables.introduction_table(SUMMARY, workbook=WORKBOOK).rows))


def test_cards_name_no_one() -> None:
    cards = tables.weaving_cards(SUMMARY, workbook=WORKBOOK, for_staff=False)
    assert [(label, value) for label, value, _ in cards] == [
        ("Conversations", "5"),
        ("Members reached", "5"),
        ("Introductions", "3"),
    ]
    assert "Smith" not in repr(cards)
    assert "Wendy" not in repr(cards)


def test_viewers_do_not_see_a_small_number_of_members() -> None:
    few = replace(WORKBOOK, weaving=WORKBOOK.weaving[:1])
    summary = summarize_weaving(few, as_of=TODAY)
    values = {
        for_staff: tables.weaving_cards(summary, workbook=few, for_staff=for_staff)[1][1] for for_staff in (True, False)
    }
    assert values == {True: "1", False: "fewer than 5"}


def test_introductions_title_without_connections() -> None:
    unheard = replace(WORKBOOK, weaving=WORKBOOK.weaving[1:2])
    title = tables.introductions_title(summarize_weaving(unheard, as_of=TODAY))
    assert "none connected yet" in title
    # No one was asked since.
    unasked = replace(unheard, connections=())
    title = tables.introductions_title(summarize_weaving(unasked, as_of=TODAY))
    assert "too early" in title


def test_empty_log() -> None:
    summary = summarize_weaving(Workbook(today=TODAY), as_of=TODAY)
    assert tables.follow_ups_title(summary) == "No follow-ups yet"
    assert tables.introductions_title(summary) == "No introductions yet"
    assert tables.introductions_text(summary) == ""
