"""What the page on connections gathers and tells: figures in words, filters, registers, waves in one place."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from nethealth.metric import Unit
from nethealth.network.charts import tie_changes as charts
from nethealth.network.connectivity import analyze_connectivity, build_map, map_names
from nethealth.network.introductions import cards
from nethealth.network.map.details import map_details
from nethealth.network.selection import Selection
from nethealth.network.tables import connectivity as tables
from nethealth.presentation.formatting import format_value
from nethealth.presentation.table import Format, Table
from nethealth.workbook.records import Connection, Person, Settings, Spell, Wave, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, Kind, NameStyle, TieMeasure, TieRule, WaveKind

DAY = dt.date(2026, 6, 1)


def member(key: str, region: str, **more: object) -> Person:
    return Person(key=key, name=f"{key} Smith", attributes={"Region": region}, **more)  # type: ignore[arg-type]


def reports(wave: str, *pairs: str) -> list[Connection]:
    return [Connection(source=pair[0], target=pair[1], wave=wave, strength=2.0) for pair in pairs]


PEOPLE = [
    *(member(key, "North") for key in "ABC"),
    *(member(key, "South") for key in "DE"),
    member("H", "South", on_map=False),
    member("Z", "North", spells=(Spell(dt.date(2026, 1, 5), None),)),
]
# 2025: A-B, B-C, C-D.   2026: A-B, C-D, D-E, E-H and Z alone; D is the hub.
WORKBOOK = Workbook(
    people={person.key: person for person in PEOPLE},
    attributes=("Region",),
    hub=frozenset("D"),
    waves=(
        Wave(name="2025", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2025, 5, 1)),
        Wave(name="2026", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2026, 5, 1)),
    ),
    connections=(*reports("2025", "AB", "BC", "CD"), *reports("2026", "AB", "CD", "DE", "EH")),
    settings=Settings(smallest_group=3),
    today=DAY,
)


def test_the_latest_wave_with_the_one_before() -> None:
    found = analyze_connectivity(WORKBOOK)
    assert found.network.wave == "2026"
    assert found.previous_wave is not None
    assert found.previous_wave.wave == "2025"
    assert analyze_connectivity(WORKBOOK, wave="2025").previous_wave is None


def test_the_four_figures_beside_the_map() -> None:
    cards = tables.headline_cards(analyze_connectivity(WORKBOOK))
    # Seven people (Z joined in 2026), four ties: 8/7. The largest part is C-D-E-H. Without D: A-B and E-H are left.
    assert [(label, value) for label, value, _ in cards] == [
        ("Connections per member", "1.1"),
        ("No connections yet", "1"),
        ("Can reach each other", "57%"),
        ("Without the hub", "33%"),
    ]
    assert cards[0][2] == "1 in 2025"
    assert cards[3][2] == "of the others could still reach each other; 1 would lose their last connection"


def test_without_a_hub_the_card_says_how_to_name_one() -> None:
    cards = tables.headline_cards(analyze_connectivity(replace(WORKBOOK, hub=frozenset())))
    assert cards[3][1] == "–"
    assert "Settings" in (cards[3][2] or "")


def test_who_of_the_hub_is_alone_already_hides_nobody_whom_it_would_leave_alone() -> None:
    # D is tied with A and B, of whom only B knows C; G is of the hub, too, and alone. Without the two A alone is new.
    people = {key: Person(key=key, name=key) for key in "ABCDG"}
    ties = tuple(Connection(source=one, target=other) for one, other in ("DA", "DB", "BC"))
    workbook = Workbook(people=people, connections=ties, hub=frozenset("DG"), today=DAY)
    label, value, note = tables.headline_cards(analyze_connectivity(workbook))[3]
    assert (label, value) == ("Without the hub", "67%")
    assert note == "of the others could still reach each other; 1 would lose their last connection"


def test_without_a_hub_that_holds_everything_no_two_hang_together() -> None:
    people = {key: Person(key=key, name=key) for key in "ABCD"}
    ties = tuple(Connection(source="D", target=other) for other in "ABC")
    star = Workbook(people=people, connections=ties, hub=frozenset("D"), today=DAY)
    assert tables.headline_cards(analyze_connectivity(star))[3][1:] == (
        "–",
        "No one else would be connected; 3 would lose their last connection",
    )
    nobody_else = replace(star, hub=frozenset("ABCD"))
    assert tables.headline_cards(analyze_connectivity(nobody_else))[3][1:] == ("–", "Only the hub is here")


def test_a_filter_makes_nobody_poor_in_ties() -> None:
    # D has two ties, one of them with somebody of the North; E knows D alone of those who are shown, and H besides.
    south = analyze_connectivity(WORKBOOK, selection=SOUTH)
    assert list(cards.few_ties_table(south).rows) == []
    assert cards.few_ties_title(south) == "Everyone has at least two connections"
    north = analyze_connectivity(WORKBOOK, selection=Selection(values=(("Region", "North"),)))
    assert [(row["Name"], row["Connected with"]) for row in list(cards.few_ties_table(north).rows)] == [
        ("Z Smith", "no one yet"),
        ("A Smith", "B Smith"),
        ("B Smith", "A Smith"),
        ("C Smith", "D Smith"),
    ]


def test_whoever_is_not_shown_is_in_no_register() -> None:
    found = analyze_connectivity(WORKBOOK)
    told = repr(
        (
            list(tables.people_table(found, color_by="Region").rows),
            list(tables.ties_table(found).rows),
            list(cards.few_ties_table(found).rows),
            build_map(WORKBOOK).as_json(),
        )
    )
    assert "H Smith" not in told
    assert "E Smith" in told
    assert len(list(tables.ties_table(found).rows)) == 3


def test_ties_tell_of_trust_to_staff_alone_and_where_it_was_asked() -> None:
    rows = tuple(replace(row, measures={"Trust": 4.0}) for row in WORKBOOK.connections)
    trusted = replace(WORKBOOK, connections=rows, tie_measures=(TieMeasure("Trust"),))
    (said,) = build_map(trusted, for_staff=True).as_json()["ties"]["measures"]
    assert said == {"id": "trust", "label": "trust", "values": [4.0, 4.0, 4.0]}
    assert build_map(trusted).as_json()["ties"]["measures"] == []
    assert build_map(WORKBOOK, for_staff=True).as_json()["ties"]["measures"] == []
    assert [row["Trust"] for row in list(tables.ties_table(analyze_connectivity(trusted), for_staff=True).rows)] == [
        4.0,
        4.0,
        4.0,
    ]
    assert not {"Trust", "Value"} & set(tables.ties_table(analyze_connectivity(trusted)).rows[0])
    assert "Trust" not in tables.ties_table(analyze_connectivity(WORKBOOK), for_staff=True).rows[0]


def test_every_measure_of_ties_is_told_to_staff_alone_by_a_header_of_its_own() -> None:
    names = ("Frequency", "Person", "Hours together " + "x" * 50, "Hours together " + "x" * 49 + "y", "<b>Ease</b>")
    rows = tuple(
        replace(row, measures=dict(zip(names, (4.0, 2.0, 12.5, 1.0, 3.0), strict=True))) for row in WORKBOOK.connections
    )
    asked = replace(WORKBOOK, connections=rows, tie_measures=tuple(map(TieMeasure, names)))
    told = tables.ties_table(analyze_connectivity(asked), for_staff=True).rows[0]
    assert told["Person"] != 2.0
    assert [told["Frequency"], told["Person (in the sheet)"], told["<b>Ease</b>"]] == [4.0, 2.0, 3.0]
    assert len(told) == len(tables.TIE_HEADERS) + len(names)
    assert set(tables.ties_table(analyze_connectivity(asked)).rows[0]) == set(tables.TIE_HEADERS)
    said = build_map(asked, for_staff=True).as_json()["ties"]["measures"]
    assert [each["label"] for each in said[:2]] == ["frequency", "Person"]
    assert [set(each["values"]) for each in said] == [{4.0}, {2.0}, {12.5}, {1.0}, {3.0}]
    # In an address stands no word of a cell, and each has an id of its own.
    ids = [each["id"] for each in said]
    assert ids[0] == "frequency"
    assert all(re.fullmatch("own-[0-9a-f]{8}", each) for each in ids[1:])
    assert len(set(ids)) == len(names)
    assert build_map(asked).as_json()["ties"]["measures"] == []


def test_ties_that_wait_for_an_answer_are_drawn_for_staff_alone() -> None:
    # All others answered and B did not: what A says of B waits.
    answered = tuple(replace(wave, respondents=("A", "C", "D", "E")) for wave in WORKBOOK.waves)
    asked = replace(WORKBOOK, waves=answered)
    to_staff = build_map(asked, rule=TieRule.BOTH, for_staff=True)
    assert [to_staff.as_json()["ties"]["unconfirmed"], len(to_staff.edges)] == [[0], 1]
    assert build_map(asked, rule=TieRule.BOTH).edges == ()
    told = map_details(asked, rule=TieRule.BOTH)
    assert told.ties == {}
    assert len(map_details(asked, rule=TieRule.BOTH, for_staff=True).ties) == 1


def test_who_named_whom_is_for_staff() -> None:
    found = analyze_connectivity(WORKBOOK)
    [to_viewers, to_staff] = [
        tables.people_table(found, color_by=None, for_staff=for_staff).rows[0] for for_staff in (False, True)
    ]
    # Whoever names nobody has not answered, as a rule; and of one tie these two tell who did not name the other back.
    assert set(to_staff) - set(to_viewers) == {"Named by", "Named"}


SOUTH = Selection(values=(("Region", "South"),))


def test_a_part_is_what_figures_and_registers_are_of() -> None:
    found = analyze_connectivity(WORKBOOK, selection=SOUTH)
    assert found.is_filtered
    # D and E, tied; H is not shown, so in no part, and her tie with E is not either. C-D leads out of it.
    assert (found.metrics.members, found.metrics.ties, found.metrics.isolates) == (2, 1, 0)
    assert (
        found.shown_counts.people,
        found.shown_counts.of_people,
        found.shown_counts.ties,
        found.shown_counts.of_ties,
    ) == (2, 6, 1, 3)
    rows = list(tables.people_table(found, color_by="Region").rows)
    assert [(row["Name"], row["Connections"]) for row in rows] == [("D Smith", 1), ("E Smith", 1)]
    assert [(row["Person"], row["Other person"]) for row in list(tables.ties_table(found).rows)] == [
        ("D Smith", "E Smith")
    ]
    assert found.description.startswith("Showing 2 of 6 people and 1 of 3 connections. Both people are connected")


def test_choosing_a_part_moves_nobody_and_keeps_sizes_and_colors() -> None:
    whole = {node["name"]: node for node in build_map(WORKBOOK, color_by="Region").nodes}
    picture = build_map(WORKBOOK, color_by="Region", selection=SOUTH)
    assert (picture.shown, picture.total, len(picture.edges)) == (2, 6, 1)
    assert {node["name"]: node for node in picture.nodes} == {name: whole[name] for name in ("D Smith", "E Smith")}
    strong = build_map(WORKBOOK, selection=Selection(strength_from=3.0))
    assert (strong.shown, len(strong.edges)) == (6, 0)
    assert {node["name"]: (node["x"], node["y"], node["ties"]) for node in strong.nodes} == {
        name: (node["x"], node["y"], node["ties"]) for name, node in whole.items()
    }


def test_other_waves_and_life_without_the_hub_are_of_the_same_part() -> None:
    found = analyze_connectivity(WORKBOOK, selection=Selection(values=(("Region", "North"), ("Region", "South"))))
    # Without H, 2025 has A-B, B-C, C-D among five people, 2026 A-B, C-D, D-E among six.
    assert [
        (one.metrics.members, one.metrics.ties, one.kept_ties, one.new_ties, one.lost_ties) for one in found.waves
    ] == [
        (5, 3, None, None, None),
        (6, 3, 2, 1, 1),
    ]
    assert found.previous_wave is not None
    assert found.previous_wave.metrics.ties == 3
    assert found.metrics_without_hub is not None
    assert (found.metrics_without_hub.members, found.metrics_without_hub.ties) == (5, 1)
    assert analyze_connectivity(WORKBOOK, selection=Selection(without_hub=True)).metrics_without_hub is None
    north = analyze_connectivity(WORKBOOK, selection=Selection(values=(("Region", "North"),)))
    assert north.metrics_without_hub is None
    assert tables.headline_cards(north)[3][2] == "The hub isn’t shown"


def test_dates_lie_in_one_wave_and_narrow_no_other() -> None:
    found = analyze_connectivity(WORKBOOK, selection=Selection(since=DAY))
    assert found.metrics.ties == 0
    assert found.previous_wave is None
    assert [one.metrics.ties for one in found.waves] == [
        one.metrics.ties for one in analyze_connectivity(WORKBOOK).waves
    ]


def test_a_group_found_is_the_same_people_in_every_wave() -> None:
    whole = analyze_connectivity(WORKBOOK)
    found = analyze_connectivity(WORKBOOK, selection=Selection(clusters=frozenset({1})))
    first = {person.key for person in whole.people if person.group == 1}
    assert set(found.network.people) == first
    assert {person.group for person in found.people} == {1}
    assert all(set(found.network_in_wave(one.wave).people) <= first for one in found.waves)


def test_parts_share_the_full_network() -> None:
    part = analyze_connectivity(WORKBOOK, selection=SOUTH)
    assert part.unfiltered is analyze_connectivity(WORKBOOK, selection=Selection())
    assert part.positions is analyze_connectivity(WORKBOOK).positions


def test_where_nobody_fits_everything_stands() -> None:
    found = analyze_connectivity(WORKBOOK, selection=Selection(values=(("Region", "Atlantis"),)))
    assert (found.metrics.members, found.metrics.ties, found.metrics_without_hub) == (0, 0, None)
    assert not found.is_empty
    assert found.description.startswith("Showing 0 of 6 people and 0 of 3 connections.")
    assert list(tables.people_table(found, color_by=None).rows) == []
    assert build_map(WORKBOOK, selection=found.selection).shown == 0
    assert len(found.waves) == 2


def test_who_is_not_drawn_is_said() -> None:
    # 2026: H alone is not to be shown.
    assert "leaves out 1 person" in tables.map_caption(analyze_connectivity(WORKBOOK))
    everybody = {key: replace(person, on_map=True) for key, person in WORKBOOK.people.items()}
    assert tables.map_caption(analyze_connectivity(replace(WORKBOOK, people=everybody))) == ""


def test_the_map_is_told_in_words_that_name_nobody_and_names_apart() -> None:
    connected = analyze_connectivity(WORKBOOK)
    assert "Smith" not in connected.description
    assert connected.cut_people_text == "The people who hold parts together are D Smith and E Smith."


def test_the_words_name_those_who_hold_parts_together() -> None:
    # 2025: A-B-C-D is a chain, so B and C are cut members.
    first = analyze_connectivity(WORKBOOK, wave="2025")
    assert first.cut_people_text == "The people who hold parts together are B Smith and C Smith."
    assert "Smith" not in first.description
    # 2026: D and E are; H, whom E alone knows, is not shown and not named.
    assert analyze_connectivity(WORKBOOK).cut_people_text.endswith(
        "The people who hold parts together are D Smith and E Smith."
    )
    keys = [f"p{number}" for number in range(12)]
    chain = [Connection(source=a, target=b) for a, b in pairwise(keys)]
    people = {key: member(key, "North", on_map=key != "p3") for key in keys}
    words = analyze_connectivity(Workbook(people=people, connections=tuple(chain), today=DAY)).cut_people_text
    assert words.endswith(", p5 Smith, p6 Smith, and 4 others.")
    assert "p3 Smith" not in words
    assert "Smith" not in analyze_connectivity(WORKBOOK).description, (
        "what others put on a page unescaped holds no cell"
    )


def test_tables_sort_by_any_column_either_way() -> None:
    found = analyze_connectivity(WORKBOOK)
    people = tables.people_table(found, color_by="Region")
    assert tables.sort_table(people, by="Name").values("Name")[0] == "A Smith"
    assert tables.sort_table(people, by="Name", in_reverse=True).values("Name")[0] == "Z Smith"
    ties = [row["Connections"] for row in tables.sort_table(people, by="Connections").rows]
    assert ties == sorted(ties, reverse=True)  # type: ignore[type-var]
    for in_reverse in (False, True):
        assert tables.sort_table(people, by="Cluster", in_reverse=in_reverse).values("Cluster")[-1] == "–"
    for table in (people, tables.ties_table(found)):
        for by in table.headers:
            there, back = (tables.sort_table(table, by=by, in_reverse=reverse) for reverse in (False, True))
            assert len(there) == len(back) == len(table)
            values, reversed_values = (
                [v for v in each.values(by) if v not in (None, "", "–")] for each in (there, back)
            )
            assert sorted(map(str, values)) == sorted(map(str, reversed_values))
            assert values[:1] == reversed_values[-1:]
            assert values[-1:] == reversed_values[:1]


def test_clusters_sort_by_number() -> None:
    table = Table.of({"Cluster": Format.TEXT}, [{"Cluster": f"Cluster {number}"} for number in (10, 2, 1)])
    assert tables.sort_table(table, by="Cluster").values("Cluster") == ["Cluster 1", "Cluster 2", "Cluster 10"]


def test_a_column_that_is_called_as_one_of_ours_hides_nothing() -> None:
    people = {key: replace(person, attributes={"Cluster": "Red"}) for key, person in WORKBOOK.people.items()}
    found = analyze_connectivity(replace(WORKBOOK, people=people, attributes=("Cluster",)))
    row = next(row for row in list(tables.people_table(found, color_by="Cluster").rows) if row["Name"] == "A Smith")
    assert row["Cluster (in the sheet)"] == "Red"
    assert str(row["Cluster"]).startswith("Cluster ")


def test_few_ties_first_those_with_none() -> None:
    rows = list(cards.few_ties_table(analyze_connectivity(WORKBOOK)).rows)
    assert [(row["Name"], row["Connected with"]) for row in rows] == [
        ("Z Smith", "no one yet"),
        ("A Smith", "B Smith"),
        ("B Smith", "A Smith"),
        ("C Smith", "D Smith"),
    ]
    assert cards.few_ties_title(analyze_connectivity(WORKBOOK)) == "4 people have fewer than two connections"


def test_what_became_of_ties() -> None:
    waves = analyze_connectivity(WORKBOOK).waves
    # Among the six who are in both: A-B and C-D held, B-C was lost, D-E and E-H are new.
    assert "2 of 3 connections and formed 2 new" in charts.change_title(waves)
    assert [list(bars.y) for bars in charts.change_chart(waves).data] == [[2], [2], [-1]]
    assert charts.change_alt(waves).endswith("2026: 2 kept, 2 new, 1 lost.")
    assert "after the second wave" in charts.change_title(waves[:1])
    assert [row["Wave"] for row in list(tables.waves_table(analyze_connectivity(WORKBOOK)).rows)] == ["2026", "2025"]


def test_between_waves_nobody_jumps() -> None:
    keys = [f"p{number:02}" for number in range(24)]
    ring = [(one, other) for one, other in zip(keys, keys[1:] + keys[:1], strict=True)]
    chords = [(keys[number], keys[(number + 5) % 24]) for number in range(0, 24, 3)]

    def rows(wave: str, ties: list[tuple[str, str]]) -> list[Connection]:
        return [Connection(source=one, target=other, wave=wave) for one, other in ties]

    workbook = replace(
        WORKBOOK,
        people={key: member(key, "North") for key in keys},
        connections=(*rows("2025", ring + chords), *rows("2026", [*ring, *chords, (keys[1], keys[9])])),
    )
    earlier, later = analyze_connectivity(workbook, wave="2025").positions, analyze_connectivity(workbook).positions
    across = max(x for x, _ in later.values()) - min(x for x, _ in later.values())
    for key in keys:
        assert math.dist(earlier[key], later[key]) < 0.1 * across


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (NameStyle.NAMES, {"A": "A Smith", "O": "Oak School"}),
        (NameStyle.INITIALS, {"A": "AS", "O": "Oak School"}),
    ],
)
def test_what_people_are_called(style: NameStyle, expected: dict[str, str]) -> None:
    people = {
        "A": member("A", "North"),
        "O": Person(key="O", name="Oak School", kind=Kind.ORGANIZATION),
        "H": member("H", "South", on_map=False),
    }
    assert map_names(Workbook(people=people, settings=Settings(names=style))) == expected


def test_codes_tell_people_apart_and_nothing_else() -> None:
    workbook = replace(WORKBOOK, settings=Settings(names=NameStyle.CODES))
    names = map_names(workbook)
    assert len(set(names.values())) == len(names) == 6
    assert all(name.startswith("M-") for name in names.values())
    assert "Smith" not in repr(build_map(workbook).as_json())


def test_a_map_that_stands_on_weaving_says_so() -> None:
    fact = Connection(source="A", target="B", heard_through=HeardThrough.WEAVING)
    assert analyze_connectivity(replace(WORKBOOK, waves=(), connections=(fact,))).has_no_reports
    assert not analyze_connectivity(WORKBOOK).has_no_reports


def test_an_empty_workbook() -> None:
    found = analyze_connectivity(Workbook(today=DAY))
    assert found.is_empty
    assert not found.has_no_reports
    assert [value for _, value, _ in tables.headline_cards(found)] == ["–", format_value(0, Unit.COUNT), "–", "–"]
    assert cards.few_ties_title(found) == "Everyone has at least two connections"
