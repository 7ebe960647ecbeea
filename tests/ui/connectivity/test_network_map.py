"""What the page hands to the map beyond the drawing."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from nethealth.network.map.model import person_id
from nethealth.ui.connectivity.network_map import load_details
from nethealth.workbook.records import Connection, Conversation, Person, Workbook
from nethealth.workbook.schema.vocabulary import TieRule


@pytest.fixture
def workbook() -> Workbook:
    promised = Conversation(
        date=dt.date(2025, 9, 1),
        weaver="Wilma",
        member="Ana",
        follow_up="Send the book",
        due=dt.date(2025, 10, 1),
    )
    return Workbook(
        people={name: Person(key=name, name=name) for name in ("Ana", "Ben")},
        today=dt.date(2026, 1, 1),
        connections=(Connection(source="Ana", target="Ben"),),
        weaving=(promised,),
    )


def test_staff_see_overdue_follow_ups(workbook: Workbook) -> None:
    details = load_details(workbook, wave=None, rule=TieRule.EITHER, for_staff=True)
    ((text, _),) = details.people[person_id("Ana")][-1]["lines"]
    assert text == "Send the book (overdue)"


def test_viewers_see_no_follow_ups(workbook: Workbook) -> None:
    details = load_details(workbook, wave=None, rule=TieRule.EITHER)
    assert "Send the book" not in json.dumps(details.as_json())
