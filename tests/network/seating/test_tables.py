"""Who comes, and the tables as people read them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace

from nethealth.network.seating import tables
from nethealth.presentation.table import csv_bytes
from nethealth.ui.components import as_table
from nethealth.workbook.records import Connection, Gathering, Person, Spell, Workbook
from nethealth.workbook.schema.vocabulary import Kind

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


def test_who_can_come_is_told_in_words_and_linked_by_dates_alone() -> None:
    twice = replace(WORKBOOK, activities=(Gathering(date=D(2025, 5, 1), title="Visit", attendees=("m4",)),))
    assert dict(tables.choices(twice)) == {
        "members": "all members of today",
        "2026-05-01": "who came to Fall, May 1, 2026",
        "2025-05-01": "who came to Spring, May 1, 2025",
        "2025-05-01-2": "who came to Visit, May 1, 2025",
        "list": "a list of names",
    }
    assert next(iter(tables.choices(twice))) == tables.EVERYBODY
    assert tables.participants_from(twice, chosen="2025-05-01-2").who == ("m4",)


def test_everybody_is_the_members_of_today_and_a_seat_is_kept_for_whoever_is_not_named() -> None:
    come = tables.participants_from(WORKBOOK, chosen=tables.EVERYBODY)
    assert sorted(come.who) == ["H", *(f"m{n}" for n in range(8))]
    assert come.names["H"] == "(a seat kept)"
    assert come.told == ("1 seat is kept for members who are never named.",)


def test_who_came_and_is_still_here() -> None:
    come = tables.participants_from(WORKBOOK, chosen="2025-05-01")
    assert come.who == ("m0", "m1", "m2", "G")
    assert come.told == ("1 of them has left since, and gets no seat.",)


def test_nobody_on_a_list_is_lost() -> None:
    come = tables.participants_from(
        WORKBOOK, chosen=tables.LISTED, typed="Mem 1\nmem 2\nMem l\nHidden Hart\nMem 1\nx@y.org"
    )
    assert [come.names[key] for key in come.who] == ["Mem 1", "Mem 2", "(a seat kept)", "Mem l"]
    assert come.told[0].startswith("“Mem l” is in no row of Members, and is seated as typed.")
    assert "1 name stood there twice: one seat each." in come.told
    assert "E-mail addresses are left out: a seat needs a name." in come.told
    assert not [key for key in come.who if key == "Mem l"]  # no key of the workbook's is mistaken for it


def test_the_tables_hold_everybody_once_by_name() -> None:
    come = tables.participants_from(
        WORKBOOK, chosen=tables.LISTED, typed="\n".join(f"Mem {n}" for n in range(8)) + "\nNew Nan"
    )
    seated = tables.seating_of(WORKBOOK, who=come.who, at_a_table=3, balance="Region", rounds=2, arrangement=1)
    shown = tables.tables_of(seated, come=come, workbook=WORKBOOK, balance="Region")
    assert tables.seating_title(seated, people=9) == "9 people at 3 tables of 3"
    for one in shown:
        assert sorted(chair.name for table in one for chair in table) == [*(f"Mem {n}" for n in range(8)), "New Nan"]
        assert all([chair.name for chair in table] == sorted(chair.name for chair in table) for table in one)
    assert {chair.value for one in shown for table in one for chair in table} == {"North", "South", ""}
    assert tables.seating_cards(seated, balance=None)[-1][0] == "Pairs who sit together twice"
    rows = tables.seating_rows(shown, balance="Region")
    assert len(rows) == 18
    assert set(rows[0]) == {"Round", "Table", "Name", "By Region"}
    places = tables.place_rows(shown)
    assert [row["Name"] for row in places] == [*(f"Mem {n}" for n in range(8)), "New Nan"]
    assert all({row["Round 1"], row["Round 2"]} <= {1, 2, 3} for row in places)
    read = list(csv.DictReader(io.StringIO(csv_bytes(as_table(rows)).decode("utf-8-sig"))))
    assert {row["Name"] for row in read} == {row["Name"] for row in places}


def test_figures_stand_beside_chance() -> None:
    come = tables.participants_from(WORKBOOK, chosen=tables.EVERYBODY)
    seated = tables.seating_of(WORKBOOK, who=come.who, at_a_table=3, balance="Region", rounds=1, arrangement=1)
    cards = {label: (value, note) for label, value, note in tables.seating_cards(seated, balance="Region")}
    assert cards["Pairs at a table who know each other"][0] == "0%"
    assert "by chance, the mean of 200 seatings by lot" in str(cards["Pairs at a table who know each other"][1])
    assert "Different values of Region at a table" in cards
    assert "Pairs who sit together twice" not in cards
    assert tables.seating_text(seated).startswith(
        "As far as the sheet tells, nobody sits with somebody they know already; by chance "
    )


def test_names_that_two_bear_keep_their_places() -> None:
    twins = {key: Person(key=key, name="Twin") for key in "abcd"}
    workbook = Workbook(people=twins, today=TODAY)
    come = tables.participants_from(workbook, chosen=tables.EVERYBODY)
    seated = tables.seating_of(workbook, who=come.who, at_a_table=2, balance=None, rounds=1, arrangement=1)
    # Nobody is known to know anybody, which is not the same as nobody knowing anybody.
    assert tables.seating_cards(seated, balance=None)[0][1:] == ("–", "the sheet tells of no tie among them")
    assert tables.seating_text(seated) == ""
    shown = tables.tables_of(seated, come=come, workbook=workbook, balance=None)
    assert sorted(row["Round 1"] for row in tables.place_rows(shown)) == [1, 1, 2, 2]
