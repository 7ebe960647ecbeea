"""The network as the Connectivity page reads it: waves, selection, positions, and names."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest

from nethealth.metric import Unit
from nethealth.network.connectivity import analyze_connectivity, build_map, map_names
from nethealth.network.introductions import cards
from nethealth.network.map.details import map_details
from nethealth.network.map.model import person_id
from nethealth.network.selection import Selection
from nethealth.network.tables import connectivity as tables
from nethealth.presentation.formatting import format_value
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.records import Connection, Conversation, Person, Settings, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, Kind, NameStyle, TieRule
from tests.network.two_wave_network import DAY, WORKBOOK, member
from tests.texts import numbers_in


def test_latest_wave_and_the_previous_one() -> None:
    found = analyze_connectivity(WORKBOOK)
    assert found.network.wave == "2026"
    assert found.previous_wave is not None
    assert found.previous_wave.wave == "2025"
    assert analyze_connectivity(WORKBOOK, wave="2025").previous_wave is None


def test_filter_leaves_tie_counts_unchanged() -> None:
    # D has two ties, one with someone in the North; E knows D, who is shown, and H, who isn't.
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


def test_only_staff_see_unconfirmed_ties() -> None:
    # Everyone answered except B, so A's report about B is unconfirmed.
    answered = tuple(replace(wave, respondents=("A", "C", "D", "E")) for wave in WORKBOOK.waves)
    asked = replace(WORKBOOK, waves=answered)
    to_staff = build_map(asked, rule=TieRule.BOTH, for_staff=True)
    assert [to_staff.as_json()["ties"]["unconfirmed"], len(to_staff.edges)] == [[0], 1]
    assert build_map(asked, rule=TieRule.BOTH).edges == ()
    details = map_details(asked, rule=TieRule.BOTH)
    assert details.ties == {}
    assert len(map_details(asked, rule=TieRule.BOTH, for_staff=True).ties) == 1


def test_introductions_after_the_latest_wave_are_drawn_but_not_counted() -> None:
    # A and B are in the wave anyway; H asked not to appear on the map.
    talk = Conversation(date=DAY, weaver="W", member="A", introduced_to=("B", "E", "H"))
    before = analyze_connectivity(WORKBOOK)
    introduced = replace(WORKBOOK, weaving=(talk,))
    found = analyze_connectivity(introduced)
    assert (found.metrics.ties, found.network.pairs) == (before.metrics.ties, before.network.pairs)
    pair = {person_id("A"), person_id("E")}
    dashed = [edge for edge in build_map(introduced, for_staff=True).edges if edge["is_unconfirmed"]]
    assert [({edge["from"], edge["to"]}, edge["is_introduced"]) for edge in dashed] == [(pair, True)]
    assert len(build_map(introduced).edges) == len(build_map(WORKBOOK).edges)
    added = map_details(introduced, for_staff=True).ties.keys() - map_details(WORKBOOK, for_staff=True).ties.keys()
    assert added == {"-".join(sorted(pair))}
    assert not any(edge["is_unconfirmed"] for edge in build_map(introduced, wave="2025", for_staff=True).edges)
    assert not any(edge["is_unconfirmed"] for edge in build_map(introduced, for_staff=True, selection=SOUTH).edges)


SOUTH = Selection(values=(("Region", "South"),))


def test_metrics_and_tables_follow_the_selection() -> None:
    found = analyze_connectivity(WORKBOOK, selection=SOUTH)
    assert found.is_filtered
    # D and E are tied. H isn't shown, so she and her tie with E are in no selection. C-D leads out of it.
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
    assert numbers_in(found.description)[:4] == ["2", "6", "1", "3"]
    assert "Both people are connected" in found.description


def test_selection_keeps_positions_sizes_and_colors() -> None:
    whole = {node["name"]: node for node in build_map(WORKBOOK, color_by="Region").nodes}
    picture = build_map(WORKBOOK, color_by="Region", selection=SOUTH)
    assert (picture.shown, picture.total, len(picture.edges)) == (2, 6, 1)
    assert {node["name"]: node for node in picture.nodes} == {name: whole[name] for name in ("D Smith", "E Smith")}
    strong = build_map(WORKBOOK, selection=Selection(strength_from=3.0))
    assert (strong.shown, len(strong.edges)) == (6, 0)
    assert {node["name"]: (node["x"], node["y"], node["ties"]) for node in strong.nodes} == {
        name: (node["x"], node["y"], node["ties"]) for name, node in whole.items()
    }


def test_selection_applies_to_other_waves_and_hub_removal() -> None:
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


def test_dates_filter_one_wave() -> None:
    found = analyze_connectivity(WORKBOOK, selection=Selection(since=DAY))
    assert found.metrics.ties == 0
    assert found.previous_wave is None
    assert [one.metrics.ties for one in found.waves] == [
        one.metrics.ties for one in analyze_connectivity(WORKBOOK).waves
    ]


def test_cluster_is_the_same_people_in_every_wave() -> None:
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


def test_empty_selection() -> None:
    found = analyze_connectivity(WORKBOOK, selection=Selection(values=(("Region", "Atlantis"),)))
    assert (found.metrics.members, found.metrics.ties, found.metrics_without_hub) == (0, 0, None)
    assert not found.is_empty
    assert numbers_in(found.description)[:4] == ["0", "6", "0", "3"]
    assert list(tables.people_table(found, color_by=None).rows) == []
    assert build_map(WORKBOOK, selection=found.selection).shown == 0
    assert len(found.waves) == 2


def test_description_is_separate_from_names() -> None:
    connected = analyze_connectivity(WORKBOOK)
    assert "Smith" not in connected.description
    assert connected.cut_people_text.endswith(" D Smith and E Smith.")


def test_description_names_cut_members() -> None:
    # 2025: A-B-C-D is a chain, so B and C are cut members.
    first = analyze_connectivity(WORKBOOK, wave="2025")
    assert first.cut_people_text.endswith(" B Smith and C Smith.")
    assert "Smith" not in first.description
    # 2026: D and E are. H, who only knows E, isn't shown or named.
    assert analyze_connectivity(WORKBOOK).cut_people_text.endswith(" D Smith and E Smith.")
    keys = [f"p{number}" for number in range(12)]
    chain = [Connection(source=a, target=b) for a, b in pairwise(keys)]
    people = {key: member(key, "North", on_map=key != "p3") for key in keys}
    words = analyze_connectivity(Workbook(people=people, connections=tuple(chain), today=DAY)).cut_people_text
    assert words.endswith(", p5 Smith, p6 Smith, and 4 others.")
    assert "p3 Smith" not in words
    assert "Smith" not in analyze_connectivity(WORKBOOK).description, (
        "what others put on a page unescaped holds no cell"
    )


def test_few_ties_first_those_with_none() -> None:
    rows = list(cards.few_ties_table(analyze_connectivity(WORKBOOK)).rows)
    assert [(row["Name"], row["Connected with"]) for row in rows] == [
        ("Z Smith", "no one yet"),
        ("A Smith", "B Smith"),
        ("B Smith", "A Smith"),
        ("C Smith", "D Smith"),
    ]
    assert cards.few_ties_title(analyze_connectivity(WORKBOOK)) == "4 people have fewer than two connections"


def test_positions_hardly_change_between_waves() -> None:
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
def test_names_by_style(style: NameStyle, expected: dict[str, str]) -> None:
    people = {
        "A": member("A", "North"),
        "O": Person(key="O", name="Oak School", kind=Kind.ORGANIZATION),
        "H": member("H", "South", on_map=False),
    }
    assert map_names(Workbook(people=people, settings=Settings(names=style))) == expected


def test_codes_are_unique_and_hide_names() -> None:
    workbook = replace(WORKBOOK, settings=Settings(names=NameStyle.CODES))
    names = map_names(workbook)
    assert len(set(names.values())) == len(names) == 6
    assert all(name.startswith("M-") for name in names.values())
    assert "Smith" not in repr(build_map(workbook).as_json())


def test_map_from_weaving_alone_has_no_reports() -> None:
    fact = Connection(source="A", target="B", heard_through=HeardThrough.WEAVING)
    assert analyze_connectivity(replace(WORKBOOK, waves=(), connections=(fact,))).has_no_reports
    assert not analyze_connectivity(WORKBOOK).has_no_reports


def test_an_empty_workbook() -> None:
    found = analyze_connectivity(Workbook(today=DAY))
    assert found.is_empty
    assert not found.has_no_reports
    assert [value for _, value, _ in tables.headline_cards(found)] == ["–", format_value(0, Unit.COUNT), "–", "–"]
    assert cards.few_ties_title(found) == "Everyone has at least two connections"


def test_codes_have_no_filter_for_the_hub() -> None:
    for style in NameStyle:
        shared = redact_for_viewers(replace(WORKBOOK, settings=replace(WORKBOOK.settings, names=style)))
        assert analyze_connectivity(shared).choices.has_hub == (style is NameStyle.NAMES)


def test_parts_of_a_network_of_codes_do_not_say_where_the_hub_is() -> None:
    part = Selection(strength_from=1.0)
    for style in NameStyle:
        shared = redact_for_viewers(replace(WORKBOOK, settings=replace(WORKBOOK.settings, names=style)))
        assert analyze_connectivity(shared).metrics_without_hub is not None
        found = analyze_connectivity(shared, selection=part)
        assert not found.workbook.hub.isdisjoint(found.network.people)
        assert bool(found.hub) == (style is NameStyle.NAMES)
        assert (found.metrics_without_hub is not None) == (style is NameStyle.NAMES)
        assert (tables.headline_cards(found)[3][1] != "–") == (style is NameStyle.NAMES)
