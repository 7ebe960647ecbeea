"""What a session about who knows whom becomes in the Connections tab, and where its connections count."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from nethealth.contributions.merging import with_entries
from nethealth.contributions.recording import new_entry
from nethealth.live.connection_rows import connection_rows, connections_setup, own_wave, with_wave
from nethealth.live.listed_people import guest, with_person
from nethealth.live.session import Answer, Answers, LiveSession
from nethealth.network.current_ties import find_current_ties
from nethealth.network.graph import network_at, pair_of
from nethealth.sources import read_sample
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import Wave
from tests.ui.live.rooms import NOON, TODAY, answers_in, known_network, new_network, session_in


def rows(session: LiveSession, answers: Answers) -> list[tuple[object, ...]]:
    columns = ("From", "To", "Strength", "Wave", "Heard through", "Notes", "Date")
    return [tuple(row.cells.get(column) for column in columns) for row in connection_rows(session, answers)]


def test_facts_are_one_row_per_pair_with_the_highest_strength() -> None:
    session = session_in(known_network())
    answers = answers_in(session, "012", "01 10 02 06")
    found = rows(session, answers)
    assert {frozenset((source, target)) for source, target, *_ in found} == {
        frozenset(("Ana Ruiz", "Ben Li")),
        frozenset(("Ana Ruiz", "Cai Wu")),
        frozenset(("Ana Ruiz", "Gus Orr")),
    }
    assert {row[2:] for row in found} == {(3.0, "", "Convening", "Fall retreat", TODAY)}


def test_reports_are_one_row_per_person_who_reports() -> None:
    session = session_in(new_network())
    session = replace(session, setup=replace(session.setup, wave="Fall retreat", is_own_wave=True))
    found = rows(session, answers_in(session, "012", "01 10 02"))
    assert sorted(row[:2] for row in found) == [("Ana Ruiz", "Ben Li"), ("Ana Ruiz", "Cai Wu"), ("Ben Li", "Ana Ruiz")]
    assert {row[3:5] for row in found} == {("Fall retreat", "Survey")}


def test_guests_count_once_they_are_confirmed() -> None:
    session = session_in(known_network())
    answers = answers_in(session, "0")
    zoe = guest("Zoe", session="s")
    answers["z"] = {"me": replace(answers["0"]["me"], phone="z", value={"new": "Zoe"})}
    answers["0"][f"tie.{zoe.key}"] = replace(answers["0"]["me"], question="tie", value=1)
    assert rows(session, answers) == []
    confirmed = replace(session, setup=with_person(session.setup, zoe))
    answers["z"]["me"] = replace(answers["z"]["me"], value={"person": zoe.key})
    ((*pair, strength, _, _, _, _),) = rows(confirmed, answers)
    assert (set(pair), strength) == ({"Ana Ruiz", "Zoe"}, 2.0)


def test_connections_join_the_latest_wave_if_there_is_one() -> None:
    setup = connections_setup(known_network(), session="s", name="Fall retreat")
    assert (setup.wave, setup.is_own_wave, len(setup.people), setup.day) == ("", False, 7, TODAY)
    first = connections_setup(new_network(), session="s", name="Fall retreat")
    assert (first.wave, first.is_own_wave) == ("Fall retreat", True)


def test_own_wave_never_has_the_name_of_another() -> None:
    book = replace(known_network(), waves=(Wave(name="fall  Retreat"),))
    name = own_wave("Fall retreat", book, day=TODAY)
    assert name != "Fall retreat"
    assert name.startswith("Fall retreat")
    assert own_wave("Spring", book, day=TODAY) == "Spring"


def test_own_wave_keeps_its_name_once_it_is_in_the_workbook() -> None:
    setup = connections_setup(new_network(), session="s", name="Fall retreat")
    recorded = replace(known_network(), waves=(Wave(name="Fall retreat"),))
    assert with_wave(setup, recorded, name="Fall retreat", is_own_wave=True) == setup
    assert with_wave(setup, recorded, name="Winter", is_own_wave=True).wave == "Winter"


@pytest.mark.parametrize("is_own_wave", [False, True])
def test_what_is_recorded_counts_in_its_wave_and_today(is_own_wave: bool) -> None:
    raw = read_sample()
    before = read_workbook(raw)
    session = session_in(before)
    setup = with_wave(session.setup, before, name="Fall retreat", is_own_wave=is_own_wave)
    session = replace(session, setup=setup)
    keys = [person.key for person in setup.people[:20]]
    person_of = {person.key: person.person for person in setup.people}
    answers = {key: {"me": answer(key, {"person": key})} for key in keys}
    pairs = list(pairwise(keys))
    for source, target in pairs:
        answers[source][f"tie.{target}"] = answer(source, 2)
    entries = [
        new_entry("sheet:a", row.tab, row.cells, author="", now=NOON) for row in connection_rows(session, answers)
    ]
    after = read_workbook(with_entries(raw, entries))
    network, earlier = network_at(after), network_at(before)
    reported = {pair_of(person_of[one], person_of[other]) for one, other in pairs}
    new = {person_of[key] for key in setup.after_wave}
    in_wave = {pair for pair in reported if not new & set(pair)}
    assert network.wave == setup.wave
    assert in_wave < reported if not is_own_wave else in_wave == reported
    assert in_wave <= network.pairs
    assert is_own_wave or network.pairs == earlier.pairs | in_wave
    assert network.respondents == (len(keys) - 1 if is_own_wave else earlier.respondents)
    neighbors = find_current_ties(after).neighbors
    assert all(other in neighbors[one] for one, other in reported)
    assert len(after.problems) == len(before.problems)


def answer(phone: str, value: object) -> Answer:
    return Answer(phone=phone, question="any", value=value, number=1, answered_at=NOON)
