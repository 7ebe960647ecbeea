from __future__ import annotations

import datetime as dt

from nethealth.ui.weaving import outreach
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
FOUND = outreach.find_outreach(WORKBOOK, as_of=TODAY)


OTHERS = outreach.without_follow_ups(FOUND, workbook=WORKBOOK, as_of=TODAY)


def test_people_with_a_follow_up_are_listed_elsewhere() -> None:
    assert [each.person for each in OTHERS] == ["B", "A"]


def test_title_counts_people_to_reach_first() -> None:
    assert outreach.outreach_title(OTHERS) == "Reach out to 1 person"
    later = outreach.filter_outreach(FOUND, choice="no recent conversation")
    assert outreach.outreach_title(later).startswith("No one")
    assert outreach.outreach_title([]).startswith("No one")


def test_text_counts_each_reason() -> None:
    assert outreach.outreach_text(OTHERS) == "1 is new."
    assert "180 days" in outreach.no_conversation_text(FOUND, recent_days=180)
    assert outreach.outreach_text([]) == ""


def test_table_has_reason_and_last_conversation() -> None:
    table = outreach.outreach_table(FOUND, workbook=WORKBOOK, as_of=TODAY)
    assert [(row["Member"], row["Why"], row["Last conversation"]) for row in table.rows] == [
        ("Cy Young", "A follow-up is due", "May 1, 2026, with Wendy"),
        ("Ben Smith", "Joined in March 2026, one connection", "none yet"),
        ("Ana López", "No conversation for 243 days", "October 1, 2025, with Wendy"),
    ]
    assert "Hidden" not in repr(table)


def test_filters() -> None:
    assert [each.person for each in outreach.filter_outreach(FOUND, choice=None)] == ["B"]
    assert [each.person for each in outreach.filter_outreach(FOUND, choice="follow-ups due")] == ["C"]
    assert [each.person for each in outreach.filter_outreach(FOUND, choice="everyone")] == ["C", "B", "A"]
    assert [each.person for each in outreach.filter_outreach(FOUND, choice="newcomers with few connections")] == ["B"]


def test_short_reason_is_the_most_urgent() -> None:
    assert [outreach.short_reason(each) for each in FOUND] == [
        "A follow-up is due",
        "Joined in March",
        "No recent conversation",
    ]


def test_attending_less_gives_the_numbers() -> None:
    suggestion = OutreachSuggestion(
        person="A", reasons=(OutreachReason.ATTENDING_LESS,), joined=None, ties=3, last_conversation=None,
        last_weaver=None, last_seen=D(2025, 7, 1), attended=1, attended_before=4, has_no_new_tie=True,
        missed_survey="Fall 2025",
    )  # fmt: skip
    assert outreach.short_reason(suggestion) == "Came once, 4 times the year before"
    (row,) = outreach.outreach_table([suggestion], workbook=WORKBOOK, as_of=TODAY).rows
    assert all(words in str(row["Why"]) for words in ("once", "4 times", "no new connection", "Fall 2025"))
    assert row["Last seen"] == D(2025, 7, 1)
