"""The map as plain values: nobody who is not to be shown, nothing that runs, everybody else always there."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.analysis.nonresponse import nonrespondents
from nethealth.network.graph import network_at
from nethealth.network.layout.positions import layout
from nethealth.network.map.legend import MOST_GROUPS, OTHER
from nethealth.network.map.model import LONGEST_NAME, draw_network, person_id
from nethealth.network.map.network_map import NetworkMap, color_map
from nethealth.presentation import palette
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import NameStyle, TieRule, WaveKind


def workbook_of(people: list[Person], ties: list[tuple[str, str]], *, strength: float | None = None) -> Workbook:
    return Workbook(
        people={person.key: person for person in people},
        attributes=("Region", "Organization"),
        connections=tuple(Connection(source=a, target=b, strength=strength) for a, b in ties),
        today=dt.date(2026, 1, 1),
    )


def person(key: str, *, region: str | None = None, on_map: bool = True, name: str | None = None) -> Person:
    attributes = {"Region": region, "Organization": f"{key} School"} if region is not None else {}
    return Person(key=key, name=key if name is None else name, attributes=attributes, on_map=on_map)


def drawn(
    workbook: Workbook,
    *,
    color_by: str | None = None,
    among: list[Person] | None = None,
    only: frozenset[str] | None = None,
    description: str = "",
    **keywords: object,
) -> NetworkMap:
    network = network_at(workbook)
    drawing = draw_network(network, positions=layout(network), **keywords)  # type: ignore[arg-type]
    if only is not None:
        drawing = drawing.subset(only)
    return color_map(drawing, color_by, among=among).described(description)


FOUR = [person("Ana", region="North"), person("Ben", region="North"), person("Cy", region="South"), person("Dee")]


def test_everyone_is_drawn_with_or_without_ties() -> None:
    found = drawn(workbook_of(FOUR, [("Ana", "Ben"), ("Ben", "Cy")]))
    assert {node["name"]: node["ties"] for node in found.nodes} == {"Ana": 1, "Ben": 2, "Cy": 1, "Dee": 0}
    assert len(found.edges) == 2
    assert (found.shown, found.total) == (4, 4)
    assert found.drawing.isolates is not None
    assert found.drawing.isolates["label"].startswith("1 person")


def test_only_isolates_are_in_their_area() -> None:
    people = [person(f"p{number}") for number in range(30)]
    found = drawn(workbook_of(people, [(f"p{number}", f"p{number + 1}") for number in range(20)]))
    field = found.drawing.isolates
    assert field is not None

    def stands_on_it(node: object) -> bool:
        x, y = node["x"], node["y"]  # type: ignore[index]
        return bool(field["x"] <= x <= field["x"] + field["width"] and field["y"] <= y <= field["y"] + field["height"])

    assert all(stands_on_it(node) == (node["ties"] == 0) for node in found.nodes)


def test_person_off_the_map_leaves_no_trace() -> None:
    people = [person("Ana"), person("Hidden Harriet", on_map=False, region="Secret Valley"), person("Cy")]
    found = drawn(workbook_of(people, [("Ana", "Hidden Harriet"), ("Hidden Harriet", "Cy")]), color_by="Region")
    text = json.dumps(found.as_json())
    assert "Harriet" not in text
    assert "Secret Valley" not in text
    assert person_id("Hidden Harriet") not in text
    assert found.edges == ()
    # Their ties still count, as in every figure: Ana and Cy are not without a tie.
    assert [node["ties"] for node in found.nodes] == [1, 1]
    assert found.drawing.isolates is None
    assert found.total == 2


def test_unnamed_map_has_only_the_coloring_attribute() -> None:
    found = drawn(
        workbook_of(FOUR, [("Ana", "Ben")]),
        color_by="Region",
        names={"Ana": "A", "Ben": "B", "Cy": "C", "Dee": "D"},
        is_named=False,
    )
    text = json.dumps(found.as_json())
    assert not re.search(r"Ana|Ben|Dee|School", text)
    assert found.nodes[0]["attributes"] == [["Region", "North"]]


def test_keys_and_notes_are_left_out() -> None:
    # No word here can stand in a code or a digest, which hold any digits and the letters A to F.
    someone = Person(key="Key-own", name="Ana", notes="told in confidence", private_attributes={"Years": "over sixty"})
    text = json.dumps(drawn(workbook_of([someone], [])).as_json())
    assert not re.search("Key-own|confidence|Years|sixty", text)


def test_eight_values_have_colors_and_the_rest_is_other() -> None:
    people = [person(f"{value}-{number}", region=f"r{value}") for value in range(12) for number in range(12 - value)]
    found = drawn(workbook_of(people, []), color_by="Region")
    named = [entry for entry in found.legend if entry.group != OTHER]
    assert [entry.label for entry in named] == [f"r{value}" for value in range(MOST_GROUPS)]
    assert [entry.count for entry in named] == [12, 11, 10, 9, 8, 7, 6, 5]
    assert [entry.shape for entry in named] == list(palette.SHAPES)
    assert found.legend[-1].label == "Other"
    assert found.legend[-1].count == 4 + 3 + 2 + 1
    assert len({(node["color"], node["shape"]) for node in found.nodes if node["group"] != OTHER}) == MOST_GROUPS
    assert {node["color"] for node in found.nodes if node["group"] == OTHER} == {palette.FAINT}


def test_value_keeps_its_color_in_another_wave() -> None:
    workbook = workbook_of(FOUR, [])
    southerners = [person(f"s{number}", region="South") for number in range(5)]
    found = drawn(workbook, color_by="Region", among=[*FOUR, *southerners])
    assert [(entry.label, entry.group) for entry in found.legend] == [("South", 0), ("North", 1), ("No value", OTHER)]


def test_missing_value_is_in_the_legend() -> None:
    found = drawn(workbook_of(FOUR, []), color_by="Region")
    assert [(entry.label, entry.count) for entry in found.legend] == [("North", 2), ("South", 1), ("No value", 1)]


def test_no_attribute_gives_one_color_and_no_legend() -> None:
    found = drawn(workbook_of(FOUR, []))
    assert found.legend == ()
    assert {node["color"] for node in found.nodes} == {palette.CATEGORY_COLORS[0]}


def test_subset_keeps_colors_sizes_and_positions() -> None:
    workbook = workbook_of(FOUR, [("Ana", "Ben"), ("Ben", "Cy")])
    whole = {node["id"]: node for node in drawn(workbook, color_by="Region").nodes}
    part = drawn(workbook, color_by="Region", only=frozenset({"Ben", "Cy"}))
    assert {node["id"]: node for node in part.nodes} == {key: whole[key] for key in map(person_id, ("Ben", "Cy"))}
    assert (part.shown, part.total, len(part.edges)) == (2, 4, 1)
    assert [(entry.label, entry.count) for entry in part.legend] == [("North", 1), ("South", 1)]


def test_kinds_are_sorted_by_frequency() -> None:
    people = [person(f"p{number}") for number in range(5)]
    kinds = ("Advice", "Planning", "Planning", "Advice")
    ties = [
        Connection(source="p0", target=f"p{number}", strength=float(number), kind=kind)
        for number, kind in enumerate(kinds, start=1)
    ]
    both = Connection(source="p1", target="p0", kind="Planning")
    workbook = Workbook(people={one.key: one for one in people}, connections=(*ties, both), today=dt.date(2026, 1, 1))
    data = drawn(workbook).as_json()
    sent = data["ties"]
    assert sorted(sent["strength"]) == [1, 2, 3, 4]
    assert data["scale"]["1"] == "Aware of"
    # Planning stands behind three ties (one of them about both), Advice behind two.
    assert sent["kind_names"] == ["Planning", "Advice"]
    by_strength = {sent["strength"][at]: sent["kind_sets"][kind] for at, kind in enumerate(sent["kinds"])}
    assert by_strength == {1: [0, 1], 2: [0], 3: [0], 4: [1]}


def test_columns_match_nodes_and_edges() -> None:
    found = drawn(workbook_of(FOUR, [("Ana", "Ben"), ("Ben", "Cy")]), color_by="Region")
    data = found.as_json()
    people, ties = data["people"], data["ties"]
    assert people["name"] == [node["name"] for node in found.nodes]
    assert people["ties"] == [node["ties"] for node in found.nodes]
    pairs = {frozenset((people["name"][a], people["name"][b])) for a, b in zip(ties["from"], ties["to"], strict=True)}
    assert pairs == {frozenset(("Ana", "Ben")), frozenset(("Ben", "Cy"))}
    region = next(column for column in data["attributes"] if column["label"] == "Region")
    values = [region["values"][at] if at >= 0 else None for at in region["indexes"]]
    assert dict(zip(people["name"], values, strict=True)) == {
        "Ana": "North",
        "Ben": "North",
        "Cy": "South",
        "Dee": None,
    }


def test_version_is_equal_only_for_equal_maps() -> None:
    once, again = (drawn(workbook_of(FOUR, [("Ana", "Ben")])).as_json()["version"] for _ in range(2))
    other = drawn(workbook_of(FOUR, [("Ana", "Cy")])).as_json()["version"]
    assert once == again != other


def made_of(whole: NetworkMap, changes: dict[str, object]) -> dict[str, object]:
    """What a browser makes of the whole map and of what differs, as `mount.js` does."""
    base = whole.as_json()
    columns = {name: {**base[name], **changes.get(name, {})} for name in ("people", "ties")}  # type: ignore[dict-item]
    return {**base, **changes, **columns}


def test_another_color_changes_only_colors() -> None:
    drawing = drawn(workbook_of(FOUR, [("Ana", "Ben"), ("Ben", "Cy")])).drawing
    whole, by_region = color_map(drawing, None), color_map(drawing, "Region")
    changes = by_region.changes_from(whole)
    assert changes.keys() == {"people", "legend", "version"}, "the profile tells the region in any case"
    assert changes["people"].keys() == {"group"}
    assert whole.changes_from(whole) == {}


def test_tie_filter_changes_no_people() -> None:
    workbook = workbook_of(FOUR, [("Ana", "Ben"), ("Ben", "Cy")])
    whole = drawn(workbook)
    part = color_map(whole.drawing.subset(frozenset(workbook.people), {("Ana", "Ben")}), None)
    changes = part.changes_from(whole)
    assert "people" not in changes
    assert changes["ties"]["from"] == [0]
    assert changes["ties"]["to"] == [1]


PAIRS = [(a, b) for at, a in enumerate("abcdef") for b in "abcdef"[at + 1 :]]


@settings(max_examples=60, deadline=None)
@given(
    regions=st.lists(st.sampled_from(["", "N", "S", "E"]), min_size=6, max_size=6),
    tied=st.sets(st.sampled_from(PAIRS)),
    shown=st.sets(st.sampled_from(PAIRS)),
    shown_keys=st.frozensets(st.sampled_from("abcdef")),
    column=st.sampled_from([None, "Region", "Organization", "Shoe size"]),
)
def test_changes_applied_to_the_whole_give_the_map(
    regions: list[str], tied: set[tuple[str, str]], shown: set[tuple[str, str]], shown_keys: frozenset[str], column: str
) -> None:
    people = [person(key, region=region or None) for key, region in zip("abcdef", regions, strict=True)]
    whole = drawn(workbook_of(people, sorted(tied)))
    part = color_map(whole.drawing.subset(shown_keys, shown), column)
    assert made_of(whole, part.changes_from(whole)) == part.as_json()
    names = {node["name"] for node in part.nodes}
    assert names == shown_keys
    pairs = {frozenset(pair) for pair in tied & shown if shown_keys.issuperset(pair)}
    by_id = {node["id"]: node["name"] for node in part.nodes}
    assert {frozenset((by_id[edge["from"]], by_id[edge["to"]])) for edge in part.edges} == pairs


def test_map_has_only_more_private_name_styles() -> None:
    data = drawn(workbook_of(FOUR, [("Ana", "Ben")])).as_json()
    assert data["name_styles"]["shown"] == "names"
    assert data["name_styles"]["others"]["initials"] == ["A", "B", "C", "D"]
    assert all(re.fullmatch(r"M-[0-9A-F]{4}(-\d+)?", code) for code in data["name_styles"]["others"]["codes"])
    short = {"Ana": "A", "Ben": "B", "Cy": "C", "Dee": "D"}
    fewer = drawn(workbook_of(FOUR, []), names=short, is_named=False, style=NameStyle.INITIALS).as_json()
    assert fewer["name_styles"] == {"shown": "initials", "others": {}}


def test_betweenness_is_included_if_given() -> None:
    workbook = workbook_of(FOUR, [("Ana", "Ben"), ("Ben", "Cy")])
    assert drawn(workbook).as_json()["people"]["betweenness"] is None
    given = {"Ana": 0.0, "Ben": 1 / 3, "Cy": float("nan"), "Dee": 0.0}
    assert drawn(workbook, betweenness=given).as_json()["people"]["betweenness"] == [0.0, 0.33333, 0.0, 0.0]


def asked_workbook() -> Workbook:
    wave = Wave(name="w", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2025, 1, 1), respondents=("Ana",))
    guest = Person(key="Gus", name="Gus", is_guest=True)
    return Workbook(
        people={one.key: one for one in (*FOUR, guest)},
        connections=(
            Connection(source="Ana", target="Ben", wave="w"),
            Connection(source="Cy", target="Ana", wave="w"),
            Connection(source="Ana", target="Gus", wave="w"),
        ),
        waves=(wave,),
        today=dt.date(2026, 1, 1),
    )


def test_nonrespondents_exclude_reporters_and_guests() -> None:
    network = network_at(asked_workbook())
    data = color_map(
        draw_network(network, positions=layout(network), nonrespondents=nonrespondents(network)), None
    ).as_json()["people"]
    assert {data["name"][at] for at in data["nonrespondents"]} == {"Ben", "Dee"}


def test_label_differs_if_respondents_are_not_recorded() -> None:
    def label_for(workbook: Workbook) -> str:
        network = network_at(workbook)
        data = color_map(
            draw_network(network, positions=layout(network), nonrespondents=nonrespondents(network)), None
        ).as_json()
        assert data["people"]["nonrespondents"]
        return str(data["legend"]["nonresponse_label"])

    assert label_for(asked_workbook()) == "No response"
    assert label_for(replace(asked_workbook(), waves=())) == "Named no one"


def test_unconfirmed_tie_is_drawn_but_not_counted() -> None:
    wave = Wave(name="w", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2025, 1, 1), respondents=("Ana",))
    workbook = Workbook(
        people={one.key: one for one in FOUR},
        connections=(Connection(source="Ana", target="Ben", wave="w"),),
        waves=(wave,),
        today=dt.date(2026, 1, 1),
    )
    network = network_at(workbook, rule=TieRule.BOTH)
    found = draw_network(network, positions=layout(network), include_unconfirmed=True)
    assert [edge["is_unconfirmed"] for edge in found.edges] == [True]
    assert found.packed["ties"]["unconfirmed"] == [0]
    assert {node["ties"] for node in found.nodes} == {0}
    assert draw_network(network, positions=layout(network)).edges == ()


def test_physics_is_off_and_nothing_is_requested() -> None:
    found = drawn(workbook_of(FOUR, [("Ana", "Ben")]))
    assert found.as_json()["options"]["physics"] == {"enabled": False}
    assert "http" not in json.dumps(found.as_json())


def test_person_id_is_stable_and_unique() -> None:
    assert person_id("Ana") == person_id("Ana") != person_id("Ben")
    assert "Ana" not in person_id("Ana")


@pytest.mark.parametrize("place", [(float("nan"), 0.0), (float("inf"), 1.0)])
def test_position_that_is_not_finite_goes_to_the_center(place: tuple[float, float]) -> None:
    network = network_at(workbook_of([person("Ana"), person("Ben")], [("Ana", "Ben")]))
    found = draw_network(network, positions={"Ana": place})
    assert [(node["x"], node["y"]) for node in found.nodes] == [(0.0, 0.0), (0.0, 0.0)]


def test_empty_network() -> None:
    found = drawn(Workbook(today=dt.date(2026, 1, 1)))
    assert (found.nodes, found.edges, found.drawing.isolates, found.shown) == ((), (), None, 0)
    json.dumps(found.as_json(), allow_nan=False)


HOSTILE = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        [
            '<img src=x onerror="alert(1)">',
            "</script><script>alert(1)</script>",
            "javascript:alert(1)",
            '=HYPERLINK("http://x")',
            "\u202eevil\u202c",
            "\x00\x07",
            "x" * 40_000,
            "a href=\n",
            "\ud800",
        ]
    ),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(HOSTILE, HOSTILE), min_size=2, max_size=8), HOSTILE)
def test_hostile_cells_give_clean_bounded_json(cells: list[tuple[str, str]], column: str) -> None:
    people = [
        Person(key=f"{number} {name}", name=name, attributes={column: value, "Role": value})
        for number, (name, value) in enumerate(cells)
    ]
    ties = [(people[0].key, other.key) for other in people[1:]]
    found = drawn(workbook_of(people, ties), color_by=column, description=cells[0][1]).as_json()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    data = found["people"]
    assert all(0 < len(name) <= LONGEST_NAME for name in data["name"])
    assert all(re.fullmatch("[0-9a-f]{18}", one) for one in data["id"])
    texts = json.dumps([data, found["attributes"], found["name_styles"], found["ties"]], ensure_ascii=False)
    assert not re.search(r"[\x00-\x1f\u202a-\u202e\u2066-\u2069]", texts)
    assert len(json.dumps(found)) < 40_000
