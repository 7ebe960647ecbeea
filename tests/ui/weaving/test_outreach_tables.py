"""The queue in words: why a call could help, said kindly."""

from __future__ import annotations

import datetime as dt

from nethealth.ui.weaving import outreach_tables as tables
from nethealth.weaving import OutreachReason, OutreachSuggestion
from nethealth.workbook.records import Connection, Conversation, Person, Spell, Workbook

D = dt.date
TODAY = D(2026, 6, 1)
LONG_AGO = (Spell(D(2023, 9, 1), None),)
WORKBOOK = Workbook(
    people={
        "A": Person(key="A", name="Ana López", spells=LONG_AGO, attributes={"Organization": "Elm"}),
        "B": Person(key="B", name="Ben Smith", spells=(Spell(D(2026, 3, 1), None),)),
        "C": Person(key="C", name="Cy Young", spells=LONG_AGO),
        "H": Person(key="H", name="Hidden Hart", spells=LONG_AGO, on_map=False),
    },
    connections=(Connection(source="A", target="C"), Connection(source="B", target="C", date=D(2026, 4, 1))),
    weaving=(
        Conversation(date=D(2025, 10, 1), weaver="Wendy", member="A"),
        Conversation(date=D(2026, 5, 1), weaver="Wendy", member="C", follow_up="Send it", due=D(2026, 5, 20)),
    ),
    today=TODAY,
)
FOUND = tables.queue(WORKBOOK, as_of=TODAY)


def test_the_queue_text() -> None:
    assert tables.queue_title(FOUND) == "A call could help 2 people"
    assert tables.queue_text(FOUND, quiet_days=180) == (
        "1 was promised something that is due; 1 is new and has few ties. "
        "With 1 member no talk is written down for 180 days."
    )
    assert tables.queue_title([]) == "Nobody waits for a call"
    assert tables.queue_text([], quiet_days=180) == ""
    assert tables.queue_title(tables.kept(FOUND, shown="not talked with lately")) == "A call could help, with no hurry"


def test_rows_say_why_and_who_talked_last() -> None:
    rows = tables.queue_rows(FOUND, workbook=WORKBOOK, as_of=TODAY)
    assert [(row["Member"], row["Why a call could help"], row["Last talked with"]) for row in rows] == [
        ("Cy Young", "Something promised is due", "May 1, 2026, by Wendy"),
        ("Ben Smith", "Joined in March 2026, one tie so far", "nobody yet"),
        ("Ana López", "No talk for 243 days", "October 1, 2025, by Wendy"),
    ]
    assert "Hidden" not in repr(rows)


def test_narrowed_to_a_reason() -> None:
    assert [reach.person for reach in tables.kept(FOUND, shown=None)] == ["C", "B"]
    assert [reach.person for reach in tables.kept(FOUND, shown="everybody")] == ["C", "B", "A"]
    assert [reach.person for reach in tables.kept(FOUND, shown="newcomers with few ties")] == ["B"]


def test_coming_less_is_told_in_what_was_counted() -> None:
    reach = OutreachSuggestion(
        person="A", whys=(OutreachReason.DRIFTING, OutreachReason.QUIET), joined=None, ties=3, last_talk=None, last_weaver=None,
        last_seen=D(2025, 7, 1), came=1, came_before=4, has_no_new_tie=True, survey_missed="Fall 2025",
    )  # fmt: skip
    (row,) = tables.queue_rows([reach], workbook=WORKBOOK, as_of=TODAY)
    assert row["Why a call could help"] == (
        "Came once in the past year, 4 times in the year before; no new tie; no answer by name in Fall 2025. "
        "No talk yet"
    )
    assert row["Last seen"] == "July 1, 2025"
