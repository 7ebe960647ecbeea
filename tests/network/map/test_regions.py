"""Regions: which parts of the map have a hull and a name, and who holds them together."""

from __future__ import annotations

from itertools import combinations

from nethealth.network.connectivity import build_map
from nethealth.network.map.network_map import NetworkMap
from nethealth.network.selection import Selection
from nethealth.workbook.records import Person, Workbook
from tests.network.map.drawings import person, workbook_of

CIRCLE = 6
EVERYONE = [f"{circle}{number}" for circle in "abc" for number in range(CIRCLE)]
TIES = [
    *(pair for circle in "abc" for pair in combinations([one for one in EVERYONE if one[0] == circle], 2)),
    ("a0", "b0"),
    ("b1", "c1"),
]


def circles(*regions: str, **others: str) -> Workbook:
    """Three circles of six, tied by two people each; the first people of all three have these regions."""
    given = dict(zip(EVERYONE, regions * len(EVERYONE), strict=False)) if len(regions) == 1 else {}
    given |= {one: region for one in EVERYONE for start, region in others.items() if one.startswith(start)}
    return workbook_of([person(one, region=given.get(one)) for one in EVERYONE], TIES)


def regions_of(drawn: NetworkMap) -> dict[str, set[str]]:
    """Return the people of each region by its name, as regions.js reads them."""
    data = drawn.as_json()
    numbers = data["people"]["group" if data["regions"]["kind"] == "category" else "cluster"]
    people = data["people"]["name"]
    return {
        entry["name"]: {name for name, number in zip(people, numbers, strict=True) if number == entry["number"]}
        for entry in data["regions"]["entries"]
    }


def test_clusters_are_named_by_what_most_share() -> None:
    drawn = build_map(circles(a="Ohio", b="Iowa", b5="Ohio"))
    assert drawn.regions.kind == "found"
    found = regions_of(drawn)
    assert found == {
        name: {one for one in EVERYONE if one[0] == start} for name, start in zip(found, "abc", strict=True)
    }
    assert list(found) == ["Ohio", "Iowa", "Cluster 3"]


def test_value_of_fewer_than_the_minimum_group_names_nothing() -> None:
    # Four of six share it, and the minimum group size is five.
    drawn = build_map(circles(a="Ohio", b="Iowa", b5="Ohio", b4="Utah"))
    assert list(regions_of(drawn)) == ["Ohio", "Cluster 2", "Cluster 3"]


def test_clusters_with_one_name_are_numbered() -> None:
    drawn = build_map(circles(a="Ohio", b="Ohio", c="Iowa"))
    assert list(regions_of(drawn)) == ["Ohio 1", "Ohio 2", "Iowa"]


def test_values_in_color_are_regions_if_they_divide_as_well() -> None:
    workbook = circles(a="Ohio", b="Iowa", c="Utah", c5="Maine")
    by_region = build_map(workbook, color_by="Region")
    assert by_region.regions.kind == "category"
    # One person is no region.
    assert {name: len(people) for name, people in regions_of(by_region).items()} == {"Ohio": 6, "Iowa": 6, "Utah": 5}
    # In other colors they stay regions, without people who are too few.
    by_organization = build_map(workbook, color_by="Organization")
    assert by_organization.regions.kind == "found"
    assert regions_of(by_organization) == regions_of(by_region)


def test_filter_keeps_names_and_leaves_out_empty_regions() -> None:
    workbook = circles(a="Ohio", b="Iowa", c="Utah")
    part = build_map(workbook, selection=Selection(values=(("Region", "Iowa"),)))
    assert list(regions_of(part)) == ["Iowa"]
    assert part.regions.brokers == ()


def test_brokers_reach_into_another_region() -> None:
    drawn = build_map(circles(a="Ohio"))
    names = [str(drawn.nodes[place]["name"]) for place in drawn.regions.brokers]
    assert set(names) <= {"a0", "b0", "b1", "c1"}
    assert set(names[:2]) == {"b0", "b1"}


def test_people_off_the_map_name_no_cluster() -> None:
    workbook = circles(a="Ohio", b="Iowa")
    hidden = {
        one: Person(key=one, name=one, attributes={"Region": "Secret Valley"}, on_map=False) for one in EVERYONE[12:]
    }
    drawn = build_map(Workbook(
        people={**workbook.people, **hidden},
        attributes=workbook.attributes,
        connections=workbook.connections,
        today=workbook.today,
    ))  # fmt: skip
    assert list(regions_of(drawn)) == ["Iowa", "Ohio"]


def test_random_network_has_no_regions() -> None:
    ring = [(f"{number}", f"{(number + step) % 13}") for number in range(13) for step in (1, 5)]
    drawn = build_map(
        workbook_of([person(f"{number}", region="Ohio") for number in range(13)], ring), color_by="Region"
    )
    assert regions_of(drawn) == {}
    assert drawn.regions.brokers == ()
