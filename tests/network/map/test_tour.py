"""The prepared tour: what each step counts, whom it is about, and what a room never learns from it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from itertools import combinations

import pytest

from nethealth.network.connectivity import analyze_connectivity, build_map
from nethealth.network.introductions.suggestions import suggest_introductions
from nethealth.network.map import tour
from nethealth.network.map.model import person_id
from nethealth.network.map.tour import TourStep, load_tour
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.records import Connection, Person, Settings, Spell, Wave, Workbook
from nethealth.workbook.schema.vocabulary import WaveKind
from tests.network.map.drawings import person, workbook_of

TODAY = dt.date(2026, 1, 1)
CIRCLES = [f"{circle}{number}" for circle in "abc" for number in range(6)]
IN_CIRCLES = [pair for circle in "abc" for pair in combinations([one for one in CIRCLES if one[0] == circle], 2)]
BETWEEN = [("a0", "b0"), ("a0", "b1"), ("b2", "c0")]


def circles(**more: object) -> Workbook:
    """Three circles of six in one region each, with three ties between them, and two people on their own."""
    regions = {"a": "Ohio", "b": "Iowa", "c": "Vermont"}
    people = [person(one, region=regions[one[0]]) for one in CIRCLES]
    alone = [person("Lone Lou"), person("Lone Lee")]
    return replace(workbook_of(people + alone, IN_CIRCLES + BETWEEN), **more)  # type: ignore[arg-type]


def steps(workbook: Workbook, **options: object) -> dict[str, TourStep]:
    found = load_tour(workbook, as_of=TODAY, **options)  # type: ignore[arg-type]
    return {step.id: step for step in found.steps}


def ids(*keys: str) -> set[str]:
    return {person_id(key) for key in keys}


def test_whole_network_counts_people_with_and_without_connections() -> None:
    text = steps(circles())["whole"].text
    assert "18 of 20 people" in text
    assert "48 connections" in text
    assert "2 have none" in text


def test_connection_to_someone_off_the_map_is_none_for_a_room() -> None:
    # As in the viewers' workbook, nothing says that Ana is connected.
    workbook = workbook_of([person("Ana"), person("Ben"), person("Cy"), person("Hid", on_map=False)], [("Ben", "Cy")])
    workbook = replace(workbook, connections=(*workbook.connections, Connection(source="Ana", target="Hid")))
    assert "2 of 3 people" in steps(workbook, for_staff=True)["whole"].text
    data = build_map(workbook, for_staff=True).as_json()
    assert data["people"]["ties"] == [1, 1, 1]
    assert data["people"]["hidden_ties"] == [[data["people"]["name"].index("Ana"), 1]]


def test_network_without_connections_has_one_step() -> None:
    found = load_tour(workbook_of([person("Ana"), person("Ben")], []), as_of=TODAY)
    assert [step.id for step in found.steps] == ["whole"]


def test_regions_come_together_then_the_most_apart_first() -> None:
    found = steps(circles(), color_by="Region")
    regions = [step for step in found if step.startswith("region")]
    assert regions[0] == "regions"
    assert "94%" in found["regions"].text
    first, *_, last = regions[1:]
    assert found[first].text.startswith("Vermont is the most separate")
    assert "15 connections among them and 1 to others" in found[first].text
    assert set(found[first].people) == ids(*(one for one in CIRCLES if one[0] == "c"))
    # Iowa has ties to both other regions.
    assert found[last].text.startswith("Iowa")
    assert len(regions) == 4


def test_none_of_two_regions_is_most_apart() -> None:
    pair = [one for one in CIRCLES if one[0] != "c"]
    ties = [(a, b) for a, b in IN_CIRCLES + BETWEEN if a in pair and b in pair]
    workbook = workbook_of([person(one, region="Ohio" if one[0] == "a" else "Iowa") for one in pair], ties)
    texts = [step.text for step in steps(workbook, color_by="Region").values() if step.id.startswith("region ")]
    assert len(texts) == 2
    assert not [text for text in texts if "most separate" in text]


def test_people_who_hold_regions_together_are_counted_and_not_named() -> None:
    found = steps(circles(), color_by="Region")["brokers"]
    drawn = build_map(circles(), color_by="Region")
    brokers = {drawn.nodes[place]["id"] for place in drawn.regions.brokers}
    assert set(found.leading) == brokers
    assert "of the 3 connections" in found.text
    # Those inside their regions stay in the background.
    assert set(found.people) == ids("a0", "b0", "b1", "b2", "c0")
    assert not any(one in found.text for one in CIRCLES)


WAVES = tuple(
    Wave(name=name, kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(year, 5, 1))
    for name, year in (("First", 2024), ("Second", 2025))
)


def two_waves() -> Workbook:
    """Ana-Ben is kept, Ben-Cy lost, Ana-Cy new, Dee joined with a tie to Ana, and Lou left, who knew Ben and Hid."""
    members = {key: (Spell(dt.date(2020, 1, 1), None),) for key in ("Ana", "Ben", "Cy", "Hid")}
    members |= {
        "Dee": (Spell(dt.date(2025, 1, 1), None),),
        "Lou": (Spell(dt.date(2020, 1, 1), dt.date(2025, 1, 1)),),
    }
    ties = {"First": ("Ana-Ben", "Ben-Cy", "Lou-Ben", "Lou-Hid"), "Second": ("Ana-Ben", "Ana-Cy", "Ana-Dee")}
    return Workbook(
        people={key: Person(key=key, name=key, spells=spells, on_map=key != "Hid") for key, spells in members.items()},
        waves=WAVES,
        connections=tuple(
            Connection(source=pair.split("-")[0], target=pair.split("-")[1], wave=wave)
            for wave, pairs in ties.items()
            for pair in pairs
        ),
        settings=Settings(smallest_group=1),
        today=TODAY,
    )


def test_what_changed_is_counted_as_over_time() -> None:
    workbook = two_waves()
    wave = analyze_connectivity(workbook).waves[-1]
    assert (wave.kept_ties, wave.new_ties, wave.lost_ties) == (1, 1, 1)
    text = steps(workbook, for_staff=True)["changes"].text
    assert text == (
        "Since First, those who stayed kept 1 connection, made 1, and lost 1. "
        "1 person joined and made 1 more. 1 person left."
    )
    assert "changes" not in steps(workbook, wave="First")
    (tie,) = (each for each in workbook.connections if (each.source, each.wave) == ("Ana", "First"))
    same = replace(workbook, connections=(tie, replace(tie, wave="Second")))
    assert "kept 1 connection, made none, and lost none." in steps(same)["changes"].text
    alone = replace(workbook.people["Dee"], key="Eve", name="Eve")
    more = replace(workbook, people={**workbook.people, "Eve": alone})
    assert "1 of 2 people who joined made 1 more." in steps(more)["changes"].text


def test_what_changed_adds_up_to_what_the_room_sees() -> None:
    workbook = two_waves()
    hidden = tuple(
        Connection(source=one, target="Hid", wave=wave) for one in ("Ana", "Dee") for wave in ("First", "Second")
    )
    found = steps(replace(workbook, connections=workbook.connections + hidden), for_staff=True)
    assert "3 connections" in found["whole"].text
    assert found["changes"].text == steps(workbook)["changes"].text


def test_someone_who_joined_and_left_since_is_counted_but_not_named() -> None:
    workbook = two_waves()
    spells = (Spell(dt.date(2025, 1, 1), dt.date(2025, 9, 1)),)
    workbook = replace(workbook, people={**workbook.people, "Dee": replace(workbook.people["Dee"], spells=spells)})
    for each in (workbook, redact_for_viewers(workbook, salt=b"salt")):
        found = steps(each)["changes"]
        assert "1 person joined and made 1 more." in found.text
        assert found.changes is not None
        assert found.changes.joined == ()
        assert len(found.changes.passed) == 1


def test_what_changed_says_where_but_not_who_left() -> None:
    for workbook in (two_waves(), redact_for_viewers(two_waves(), salt=b"salt")):
        found = load_tour(workbook, as_of=TODAY)
        changes = next(step.changes for step in found.steps if step.changes)
        key = {one.name: person_id(one.key) for one in workbook.people.values()}
        assert changes.joined == (key["Dee"],)
        # Lou knew someone off the map, too.
        assert [each.near for each in changes.left] == [(key["Ben"],)]
        # Where they were on the map of that wave, among the others.
        data = build_map(workbook, wave="First").as_json()["people"]
        stayed = set(build_map(workbook).as_json()["people"]["id"])
        places = zip(data["x"], data["y"], data["id"], strict=True)
        assert [(x, y) for x, y, one in places if one not in stayed] == [changes.left[0].place]
        assert {frozenset(pair) for pair in changes.new} == {frozenset((key["Ana"], key["Cy"]))}
        assert {frozenset(pair) for pair in changes.brought} == {frozenset((key["Ana"], key["Dee"]))}
        assert {frozenset(pair) for pair in changes.lost} == {frozenset((key["Ben"], key["Cy"]))}
        text = json.dumps(found.as_json())
        left = next(one.key for one in two_waves().people.values() if one.name == "Lou")
        assert person_id(left) not in text
        assert "Lou" not in text


def test_more_changes_than_a_room_can_tell_apart_are_only_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tour, "MOST_LINES", 2)
    found = steps(two_waves())["changes"]
    assert "made 1, and lost 1" in found.text
    assert found.changes is None


def test_staff_see_connected_pairs_who_could_meet() -> None:
    found = steps(circles(), for_staff=True)["introductions"]
    assert found.pairs
    shown = {one for pair in found.pairs for one in pair}
    assert shown == set(found.people) == set(found.leading)
    assert shown.isdisjoint(ids("Lone Lou", "Lone Lee"))
    assert f"{len(found.pairs)} pairs" in found.text


def test_viewers_see_how_many_could_meet_and_the_widest_gap() -> None:
    found = steps(circles(), color_by="Region")["introductions"]
    assert found.pairs == ()
    assert found.text.startswith(f"{suggest_introductions(circles(), as_of=TODAY).considered} pairs")
    assert "Ohio and Vermont have no connections" in found.text
    assert set(found.people) == ids(*(one for one in CIRCLES if one[0] in "ac"))


def test_few_pairs_who_could_meet_are_hidden_from_viewers() -> None:
    # Ana and Cy both know Ben.
    people = [person(key) for key in ("Ana", "Ben", "Cy")]
    found = steps(workbook_of(people, [("Ana", "Ben"), ("Ben", "Cy")]))["introductions"]
    assert "fewer than 5" in found.text.lower()


def test_earlier_wave_suggests_no_one() -> None:
    workbook = two_waves()
    assert "introductions" in steps(workbook, for_staff=True)
    assert "introductions" not in steps(workbook, wave="First", for_staff=True)
