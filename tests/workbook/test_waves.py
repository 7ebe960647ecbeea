"""Waves of relationships and the rows that belong to each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from nethealth.errors import UnknownWave
from nethealth.network.graph import network_at
from nethealth.workbook.records import Conversation, Wave, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind
from nethealth.workbook.waves import LATEST, introduced_since, relationship_waves
from tests.ties import asked, day, fact, report, tied

MakeWorkbook = Callable[..., Workbook]


def test_waves_are_by_date_and_the_latest_is_the_default(workbook_of: MakeWorkbook) -> None:
    rows = (
        *(report("a", "b", wave="second"), report("a", "c", wave="first", date=day("2022-03-01"))),
        *(report("b", "c", wave="first", date=day("2022-04-01")), report("c", "d", wave="never dated")),
    )
    waves = (
        asked("second", "2023-05-01"),
        asked("first"),
        asked("never dated"),
        asked("not yet", "2027-01-01"),
        Wave(name="survey", kinds=frozenset({WaveKind.SURVEY}), date=day("2025-01-01")),
        Wave(name="who knows", date=day("2025-02-01")),
    )
    workbook = workbook_of(people="abcd", connections=rows, waves=waves)
    assert [(one.name, one.date) for one in relationship_waves(workbook)] == [
        ("never dated", None), ("first", day("2022-04-01")), ("second", day("2023-05-01")),
    ]  # fmt: skip
    assert network_at(workbook).wave == "second"
    assert network_at(workbook, wave=LATEST).wave == "second"
    assert tied(network_at(workbook, wave="first")) == ["ac", "bc"]
    assert network_at(workbook, wave=" FIRST ").wave == "first"


def test_wave_named_only_by_connections(workbook_of: MakeWorkbook) -> None:
    rows = (report("a", "b", wave="x", date=day("2024-01-01")), fact("a", "c", wave="y", date="2025-01-01"))
    workbook = workbook_of(people="abc", connections=rows)
    assert [(one.name, tied(network_at(workbook, wave=one.name))) for one in relationship_waves(workbook)] == [
        ("x", ["ab"]), ("y", ["ac"]),
    ]  # fmt: skip


def test_unknown_wave_raises_with_known_names(workbook_of: MakeWorkbook) -> None:
    workbook = workbook_of([("a", "b")], waves=(asked("Spring", "2024-01-01"),))
    with pytest.raises(UnknownWave, match="Autumn") as caught:
        network_at(workbook, wave="Autumn")
    assert "“Spring”" in caught.value.remedy
    assert network_at(workbook, wave=None).wave is None
    only_named = workbook_of(people="ab", connections=(report("a", "b", wave="Spring"),))
    with pytest.raises(UnknownWave):
        network_at(only_named, wave=None)


def test_undated_wave_facts_count_from_their_date(workbook_of: MakeWorkbook) -> None:
    facts = (fact("a", "b", "2022-06-01"), fact("a", "c", "2023-05-01"), fact("a", "d"), fact("a", "e", "2025-03-01"))
    talks = (Conversation(date=day("2023-01-01"), weaver="W", member="b", introduced_to=("c",)),)
    waves = (asked("2022", "2022-05-01"), asked("2023", "2023-05-01"), asked("2024", "2024-05-01"))
    rows = (*facts, fact("d", "e", "2020-01-01", wave="2023"), report("a", "f", wave="2022"))
    workbook = workbook_of(people="abcdef", connections=rows, waves=waves, weaving=talks)
    assert {wave.name: tied(network_at(workbook, wave=wave.name)) for wave in waves} == {
        "2022": ["af"],
        "2023": ["ab", "ac", "bc", "de"],
        # The undated one counts in the latest; the one of 2025 is of no wave yet.
        "2024": ["ab", "ac", "ad", "bc"],
    }


def test_facts_without_waves_are_in_the_unnamed_wave(workbook_of: MakeWorkbook) -> None:
    rows = (fact("a", "b", "2022-06-01"), fact("a", "c"), report("c", "b", date=day("2021-01-01")))
    network = network_at(workbook_of(people="abc", connections=rows))
    assert (network.wave, network.date, tied(network)) == (None, day("2022-06-01"), ["ab", "ac", "bc"])


def test_facts_are_in_the_last_undated_wave(workbook_of: MakeWorkbook) -> None:
    rows = (fact("a", "b", "2022-06-01"), fact("a", "c"), report("c", "b", wave="second"))
    workbook = workbook_of(people="abc", connections=rows, waves=(asked("first"), asked("second")))
    assert tied(network_at(workbook, wave="first")) == []
    assert tied(network_at(workbook)) == ["ab", "ac", "bc"]


def test_reports_without_a_wave_are_their_own_wave(workbook_of: MakeWorkbook) -> None:
    rows = (
        *(report("a", "b", wave="2024"), report("a", "c", date=day("2024-09-01"))),
        *(report("b", "c"), fact("b", "d", "2024-08-01")),
    )
    workbook = workbook_of(people="abcd", connections=rows, waves=(asked("2024", "2024-05-01"),))
    assert [(one.name, one.date) for one in relationship_waves(workbook)] == [
        ("2024", day("2024-05-01")), (None, day("2024-09-01")),
    ]  # fmt: skip
    assert tied(network_at(workbook)) == ["ac", "bc", "bd"]
    assert tied(network_at(workbook, wave="2024")) == ["ab"]


@pytest.mark.parametrize("typed", ["2024.0", "2024", 2024, 2024.0])
def test_wave_that_a_program_wrote_with_a_point_is_the_same(read, typed):
    ties = [["From", "To", "Wave"], ["Ann", "Ben", typed]]
    workbook = read({"Connections": ties, "Waves": [["Wave", "Date"], ["2024", "2024-05-01"]]})
    assert [wave.name for wave in workbook.waves] == ["2024"]
    assert {tie.wave for tie in workbook.connections} == {"2024"}


def test_introductions_after_a_wave_are_not_in_it(workbook_of: MakeWorkbook) -> None:
    talks = (
        Conversation(date=day("2025-04-01"), weaver="W", member="a", introduced_to=("b",)),
        Conversation(date=day("2025-06-01"), weaver="W", member="a", introduced_to=("c", "d")),
        Conversation(date=day("2025-07-01"), weaver="W", member="d", introduced_to=("a",)),
        Conversation(date=None, weaver="W", member="b", introduced_to=("d",)),
    )
    workbook = workbook_of(
        people="abcd",
        connections=(report("a", "c", wave="spring"),),
        waves=(asked("spring", "2025-05-01"),),
        weaving=talks,
    )
    (wave,) = relationship_waves(workbook)
    # The pair of a and c has been reported; a and d were introduced twice.
    assert {frozenset((row.source, row.target)) for row in introduced_since(workbook, wave)} == {frozenset("ad")}
    assert introduced_since(workbook, replace(wave, date=None)) == ()
