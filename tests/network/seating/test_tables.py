"""Who comes, and the tables as people read them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace

from nethealth.network.graph import pair_of
from nethealth.network.seating import tables
from nethealth.presentation.table import csv_bytes
from nethealth.workbook.records import Connection, Gathering, Person, Spell, Workbook
from nethealth.workbook.schema.vocabulary import Kind
from tests.texts import numbers_in

D = dt.date
TODAY = D(2026, 6, 1)
PEOPLE = {
    **{
        f"m{n}": Person(key=f"m{n}", name=f"Mem {n}", attributes={"Region": "North" if n % 2 else "South"})
        for n in range(8)
    },
    "L": Person(key="L", name="Left Long", spells=(Spell(D(2020, 1, 1), D(2026, 1, 1)),)),
    "H": Person(key="H", name="Hidden Hart", attributes={"Region": "North"}, on_map=False),
    "O": Person(key="O", name="Oak School", kind=Kind.ORGANIZATION),
    "G": Person(key="G", name="Gus Guest", is_guest=True),
}
WORKBOOK = Workbook(
    people=PEOPLE,
    connections=tuple(Connection(source=f"m{n}", target=f"m{n + 1}") for n in range(7)),
    convenings=(
        Gathering(date=D(2025, 5, 1), title="Spring", attendees=("m0", "m1", "m2", "L", "G")),
        Gathering(date=D(2026, 5, 1), title="Fall", attendees=("m3", "H")),
        Gathering(date=D(2027, 5, 1), title="Ahead", attendees=("m3",)),
    ),
    today=TODAY,
)


def test_choices_are_linked_by_date() -> None:
    twice = replace(WORKBOOK, activities=(Gathering(date=D(2025, 5, 1), title="Visit", attendees=("m4",)),))
    assert dict(tables.choices(twice)) == {
        "members": "all current members",
        "2026-05-01": "people who came to Fall, May 1, 2026",
        "2025-05-01": "people who came to Spring, May 1, 2025",
        "2025-05-01-2": "people who came to Visit, May 1, 2025",
        "list": "a list of names",
    }
    assert next(iter(tables.choices(twice))) == tables.EVERYONE
    assert tables.participants_from(twice, chosen="2025-05-01-2").who == ("m4",)


def test_everyone_means_current_members_and_saved_seats() -> None:
    participants = tables.participants_from(WORKBOOK, chosen=tables.EVERYONE)
    assert sorted(participants.who) == ["H", *(f"m{n}" for n in range(8))]
    assert participants.names["H"] == tables.SAVED_SEAT
    assert [numbers_in(message) for message in participants.messages] == [["1"]]


def test_gathering_means_attendees_still_here() -> None:
    participants = tables.participants_from(WORKBOOK, chosen="2025-05-01")
    assert participants.who == ("m0", "m1", "m2", "G")
    assert len(participants.messages) == 1
    assert "1 of them has since left" in participants.messages[0]


def test_no_one_on_a_list_is_lost() -> None:
    participants = tables.participants_from(
        WORKBOOK, chosen=tables.PASTED, typed="Mem 1\nmem 2\nMem l\nHidden Hart\nMem 1\nx@y.org"
    )
    assert [participants.names[key] for key in participants.who] == ["Mem 1", "Mem 2", tables.SAVED_SEAT, "Mem l"]
    assert participants.messages[0].startswith("“Mem l” isn’t in the Members tab")
    assert any(message.startswith("1 name appears") for message in participants.messages)
    assert any("email addresses" in message for message in participants.messages)
    assert not [key for key in participants.who if key == "Mem l"]  # no key of the workbook's is mistaken for it


def test_tables_list_everyone_once_by_name() -> None:
    participants = tables.participants_from(
        WORKBOOK, chosen=tables.PASTED, typed="\n".join(f"Mem {n}" for n in range(8)) + "\nNew Nan"
    )
    seated = tables.make_seating(
        WORKBOOK, who=participants.who, at_a_table=3, balance="Region", rounds=2, arrangement=1
    )
    shown = tables.list_tables(seated, participants=participants, workbook=WORKBOOK, balance="Region")
    assert tables.seating_title(seated, people=9) == "9 people at 3 tables of 3"
    for one in shown:
        assert sorted(seat.name for table in one for seat in table) == [*(f"Mem {n}" for n in range(8)), "New Nan"]
        assert all([seat.name for seat in table] == sorted(seat.name for seat in table) for table in one)
    assert {seat.value for one in shown for table in one for seat in table} == {"North", "South", ""}
    assert tables.seating_cards(seated, balance=None)[-1][0] == "Pairs who sit together twice"
    seats = tables.seat_table(shown, balance="Region")
    rows = list(seats.rows)
    assert len(rows) == 18
    assert set(rows[0]) == {"Round", "Table", "Name", "By Region"}
    places = list(tables.place_table(shown).rows)
    assert [row["Name"] for row in places] == [*(f"Mem {n}" for n in range(8)), "New Nan"]
    assert all({row["Round 1"], row["Round 2"]} <= {1, 2, 3} for row in places)
    read = list(csv.DictReader(io.StringIO(csv_bytes(seats).decode("utf-8-sig"))))
    assert {row["Name"] for row in read} == {row["Name"] for row in places}


def test_cards_compare_with_chance() -> None:
    participants = tables.participants_from(WORKBOOK, chosen=tables.EVERYONE)
    seated = tables.make_seating(
        WORKBOOK, who=participants.who, at_a_table=3, balance="Region", rounds=1, arrangement=1
    )
    cards = {label: (value, note) for label, value, note in tables.seating_cards(seated, balance="Region")}
    assert cards["Pairs at a table who know each other"][0] == "0%"
    assert "200 random seatings" in str(cards["Pairs at a table who know each other"][1])
    assert "Values of Region at each table" in cards
    assert "Pairs who sit together twice" not in cards


def test_pairs_who_said_that_they_met_sit_apart() -> None:
    strangers = Workbook(people={key: Person(key=key, name=key.upper()) for key in "abc"}, today=TODAY)
    participants = tables.participants_from(strangers, chosen=tables.PASTED, typed="A\nB\nC\nNew Nan")
    guest = tables.typed_key("new nan")
    for other in "abc":
        met = frozenset({pair_of(guest, other), pair_of(*(set("abc") - {other}))})
        seated = tables.make_seating(
            strangers, who=participants.who, at_a_table=2, balance=None, rounds=1, arrangement=1, met=met
        )
        assert seated.acquainted is not None
        assert seated.acquainted.observed == 0


def test_people_with_one_name_keep_their_places() -> None:
    twins = {key: Person(key=key, name="Twin") for key in "abcd"}
    workbook = Workbook(people=twins, today=TODAY)
    participants = tables.participants_from(workbook, chosen=tables.EVERYONE)
    seated = tables.make_seating(workbook, who=participants.who, at_a_table=2, balance=None, rounds=1, arrangement=1)
    # No known connections is not the same as no one knowing each other.
    assert tables.seating_cards(seated, balance=None)[0][1:] == ("–", "we know of no connections among them")
    shown = tables.list_tables(seated, participants=participants, workbook=workbook, balance=None)
    assert sorted(row["Round 1"] for row in list(tables.place_table(shown).rows)) == [1, 1, 2, 2]
