"""The map as plain values: no one who must stay off it, and nothing that runs."""

from __future__ import annotations

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.network.map.model import LONGEST_NAME, person_id
from nethealth.network.map.network_map import NetworkMap, color_map
from nethealth.workbook.records import Person
from tests.network.map.drawings import FOUR, drawn, person, workbook_of


def test_person_off_the_map_leaves_no_trace() -> None:
    people = [person("Ana"), person("Hidden Harriet", on_map=False, region="Secret Valley"), person("Cy")]
    found = drawn(workbook_of(people, [("Ana", "Hidden Harriet"), ("Hidden Harriet", "Cy")]), color_by="Region")
    text = json.dumps(found.as_json())
    assert "Harriet" not in text
    assert "Secret Valley" not in text
    assert person_id("Hidden Harriet") not in text
    assert found.edges == ()
    # Their ties still count, as in all metrics: Ana and Cy are connected.
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


def test_keys_and_notes_are_excluded() -> None:
    # None of these words can be part of a code or digest, which have only digits and the letters A to F.
    someone = Person(key="Key-own", name="Ana", notes="told in confidence", private_attributes={"Years": "over sixty"})
    text = json.dumps(drawn(workbook_of([someone], [])).as_json())
    assert not re.search("Key-own|confidence|Years|sixty", text)


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
    """Apply changes to the whole map, as `mount.js` does."""
    base = whole.as_json()
    columns = {name: {**base[name], **changes.get(name, {})} for name in ("people", "ties")}  # type: ignore[dict-item]
    return {**base, **changes, **columns}


def test_another_color_changes_only_colors() -> None:
    drawing = drawn(workbook_of(FOUR, [("Ana", "Ben"), ("Ben", "Cy")])).drawing
    whole, by_region = color_map(drawing, None), color_map(drawing, "Region")
    changes = by_region.changes_from(whole)
    assert changes.keys() == {"people", "legend", "version"}, "the profile has the region in any case"
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


def test_physics_is_off_and_nothing_is_requested() -> None:
    found = drawn(workbook_of(FOUR, [("Ana", "Ben")]))
    assert found.as_json()["options"]["physics"] == {"enabled": False}
    assert "http" not in json.dumps(found.as_json())


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
