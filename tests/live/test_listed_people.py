"""Who can be found on phones, and who newcomers may be."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.live.listed_people import guest, listed_people, newcomers, similar_people, with_person
from nethealth.live.session import Answer, Phone, Setup
from nethealth.workbook.records import Person, Settings, Spell, Workbook
from nethealth.workbook.schema.vocabulary import Kind, NameStyle

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 30)


def workbook(*people: Person, names: NameStyle = NameStyle.NAMES) -> Workbook:
    return Workbook(today=TODAY, people={person.key: person for person in people}, settings=Settings(names=names))


def test_listed_people_are_current_members_who_may_be_named() -> None:
    left = (Spell(joined=dt.date(2024, 1, 1), left=dt.date(2025, 1, 1)),)
    known = workbook(
        Person(key="m2", name="Ben Li"),
        Person(key="m1", name="Ana Ruiz", attributes={"Organization": "North HS"}),
        Person(key="m3", name="Off Map", on_map=False),
        Person(key="m4", name="Gone Now", spells=left),
        Person(key="m5", name="A Guest", is_guest=True),
        Person(key="m6", name="An Office", kind=Kind.ORGANIZATION),
    )
    listed = listed_people(known, session="s")
    assert [(each.name, each.place, each.person) for each in listed] == [("Ana Ruiz", "", "m1"), ("Ben Li", "", "m2")]
    assert not {each.key for each in listed} & known.people.keys()
    assert {each.key for each in listed}.isdisjoint(each.key for each in listed_people(known, session="t"))


@pytest.mark.parametrize("names", [NameStyle.INITIALS, NameStyle.CODES])
def test_no_one_is_listed_where_names_are_hidden(names: NameStyle) -> None:
    assert listed_people(workbook(Person(key="m1", name="Ana Ruiz"), names=names), session="s") == ()


@pytest.mark.parametrize(
    ("one", "other", "places"),
    [
        ({"Organization": "North HS"}, {"Organization": "South HS"}, {"North HS", "South HS"}),
        (
            {"Organization": "North HS", "Region": "Ohio"},
            {"Organization": "north hs", "Region": "Iowa"},
            {"Ohio", "Iowa"},
        ),
        ({"Organization": "North HS"}, {}, {"North HS", ""}),
        ({}, {}, {""}),
    ],
)
def test_namesakes_have_a_place(one: dict[str, str], other: dict[str, str], places: set[str]) -> None:
    known = workbook(
        Person(key="m1", name="Ana Ruiz", attributes=one),
        Person(key="m2", name="ana  ruiz", attributes=other),
        Person(key="m3", name="Ben Li", attributes={"Organization": "North HS"}),
    )
    found = {each.person: each.place for each in listed_people(known, session="s")}
    assert {found["m1"], found["m2"]} == places
    assert found["m3"] == ""


def test_cells_name_people_so_that_they_are_found_again() -> None:
    known = workbook(
        Person(key="m1", name="Ana Ruiz", member_id="M1"),
        Person(key="m2", name="Ana Ruiz", member_id="M2"),
        Person(key="m3", name="Ben Li", member_id="M3"),
        Person(key="m4", name="ben li", member_id="M4", is_guest=True),
        Person(key="m5", name="Cai Wu", member_id="M5"),
    )
    cells = {each.person: each.cell for each in listed_people(known, session="s")}
    assert cells == {"m1": "M1", "m2": "M2", "m3": "M3", "m5": "Cai Wu"}


def test_newcomers_wait_until_their_phone_is_let_in() -> None:
    phones = [
        Phone(id="p1", joined_at=NOON),
        Phone(id="p2", joined_at=NOON, is_pending=True),
        Phone(id="p3", joined_at=NOON),
    ]
    values = {"p1": {"new": "Zoe"}, "p2": {"new": "Yan"}, "p3": {"person": "k"}}
    answers = [
        Answer(phone=phone, question="me", value=value, number=1, answered_at=NOON, is_pending=True)
        for phone, value in values.items()
    ]
    assert [(each.phone, each.name) for each in newcomers(phones, answers)] == [("p1", "Zoe")]


def test_newcomer_may_be_a_member_or_a_guest_we_know() -> None:
    known = workbook(
        Person(key="m1", name="Ana Ruiz"),
        Person(key="g1", name="Anna Ruiz", is_guest=True),
        Person(key="g2", name="Off Map", is_guest=True, on_map=False),
        Person(key="m2", name="Ben Li"),
    )
    setup = Setup(people=listed_people(known, session="s"))
    assert {each.person for each in similar_people("ana ruiz (she/her)", setup, known, session="s")} == {"m1", "g1"}
    assert similar_people("Off Map", setup, known, session="s") == ()
    assert similar_people("Quentin", setup, known, session="s") == ()


def test_confirmed_guest_is_listed_once_and_under_one_name() -> None:
    setup = Setup(people=listed_people(workbook(Person(key="m1", name="Zed")), session="s"))
    typed = guest("Ana;  Ruiz\n", session="s")
    assert (typed.name, typed.person) == ("Ana Ruiz", "")
    both = with_person(with_person(setup, typed), guest("ana ruiz", session="s"))
    assert [each.name for each in both.people] == ["Ana Ruiz", "Zed"]
    assert guest("Ana Ruiz", session="t").key != typed.key
