"""Tables, cards, and texts of the Connectivity page."""

from __future__ import annotations

import re
from dataclasses import replace

from nethealth.network.connectivity import analyze_connectivity, build_map
from nethealth.network.introductions import cards
from nethealth.network.selection import Selection
from nethealth.network.tables import connectivity as tables
from nethealth.presentation.table import Format, Table
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.records import Connection, Person, Workbook
from nethealth.workbook.schema.vocabulary import NameStyle, TieMeasure, TieRule
from tests.network.two_wave_network import DAY, WORKBOOK
from tests.texts import numbers_in


def test_headline_cards() -> None:
    cards = tables.headline_cards(analyze_connectivity(WORKBOOK))
    # Seven people (Z joined in 2026), four ties: 8/7. The largest part is C-D-E-H. Without D: A-B and E-H are left.
    assert [(label, value) for label, value, _ in cards] == [
        ("Connections per member", "1.1"),
        ("No connections yet", "1"),
        ("Can reach each other", "57%"),
        ("Without the hub", "33%"),
    ]
    assert cards[0][2] == "1 in 2025"
    assert numbers_in(cards[3][2] or "") == ["1"]


def test_card_agrees_with_map_on_people_without_connections() -> None:
    # In North, C knows only D, who isn't shown, and Z knows no one: the map has only Z in its block.
    north = Selection(values=(("Region", "North"),))
    isolates = tables.headline_cards(analyze_connectivity(WORKBOOK, selection=north))[1]
    block = build_map(WORKBOOK, selection=north).as_json()["isolates"]
    members, elsewhere = map(int, numbers_in(isolates.note or ""))
    assert (isolates.value, members) == ("2", 4)
    assert numbers_in(block["label"]) == [str(int(isolates.value) - elsewhere)] == ["1"]


def test_no_hub_explains_how_to_name_one() -> None:
    cards = tables.headline_cards(analyze_connectivity(replace(WORKBOOK, hub=frozenset())))
    assert cards[3][1] == "–"
    assert "Settings" in (cards[3][2] or "")


def test_isolated_hub_member_hides_no_one() -> None:
    # D is tied with A and B, and only B knows C. G is part of the hub, too, and isolated. Without both, only A is new.
    people = {key: Person(key=key, name=key) for key in "ABCDG"}
    ties = tuple(Connection(source=one, target=other) for one, other in ("DA", "DB", "BC"))
    workbook = Workbook(people=people, connections=ties, hub=frozenset("DG"), today=DAY)
    label, value, note = tables.headline_cards(analyze_connectivity(workbook))[3]
    assert (label, value) == ("Without the hub", "67%")
    assert numbers_in(note or "") == ["1"]


def test_removing_a_central_hub_leaves_no_ties() -> None:
    people = {key: Person(key=key, name=key) for key in "ABCD"}
    ties = tuple(Connection(source="D", target=other) for other in "ABC")
    star = Workbook(people=people, connections=ties, hub=frozenset("D"), today=DAY)
    _, value, note = tables.headline_cards(analyze_connectivity(star))[3]
    assert (value, numbers_in(note or "")) == ("–", ["3"])
    no_others = replace(star, hub=frozenset("ABCD"))
    assert tables.headline_cards(analyze_connectivity(no_others))[3][1:] == ("–", "Only the hub is here")


def test_hidden_people_are_in_no_table() -> None:
    found = analyze_connectivity(WORKBOOK)
    shown = repr(
        (
            list(tables.people_table(found, color_by="Region").rows),
            list(tables.ties_table(found).rows),
            list(cards.few_ties_table(found).rows),
            build_map(WORKBOOK).as_json(),
        )
    )
    assert "H Smith" not in shown
    assert "E Smith" in shown
    assert len(list(tables.ties_table(found).rows)) == 3


def test_only_staff_see_trust_where_asked() -> None:
    rows = tuple(replace(row, measures={"Trust": 4.0}) for row in WORKBOOK.connections)
    trusted = replace(WORKBOOK, connections=rows, tie_measures=(TieMeasure("Trust"),))
    (reported,) = build_map(trusted, for_staff=True).as_json()["ties"]["measures"]
    assert reported == {"id": "trust", "label": "trust", "values": [4.0, 4.0, 4.0]}
    assert build_map(trusted).as_json()["ties"]["measures"] == []
    assert build_map(WORKBOOK, for_staff=True).as_json()["ties"]["measures"] == []
    assert [row["Trust"] for row in list(tables.ties_table(analyze_connectivity(trusted), for_staff=True).rows)] == [
        4.0,
        4.0,
        4.0,
    ]
    assert not {"Trust", "Value"} & set(tables.ties_table(analyze_connectivity(trusted)).rows[0])
    assert "Trust" not in tables.ties_table(analyze_connectivity(WORKBOOK), for_staff=True).rows[0]


def test_only_staff_see_each_tie_measure() -> None:
    names = ("Frequency", "Person", "Hours together " + "x" * 50, "Hours together " + "x" * 49 + "y", "<b>Ease</b>")
    rows = tuple(
        replace(row, measures=dict(zip(names, (4.0, 2.0, 12.5, 1.0, 3.0), strict=True))) for row in WORKBOOK.connections
    )
    asked = replace(WORKBOOK, connections=rows, tie_measures=tuple(map(TieMeasure, names)))
    shown = tables.ties_table(analyze_connectivity(asked), for_staff=True).rows[0]
    assert shown["Person"] != 2.0
    assert [shown["Frequency"], shown["Person (in the sheet)"], shown["<b>Ease</b>"]] == [4.0, 2.0, 3.0]
    assert len(shown) == len(tables.TIE_HEADERS) + len(names)
    for_viewers = set(tables.ties_table(analyze_connectivity(asked)).rows[0])
    assert set(tables.TIE_HEADERS) - for_viewers == {"Confirmed by both"}
    reported = build_map(asked, for_staff=True).as_json()["ties"]["measures"]
    assert [each["label"] for each in reported[:2]] == ["frequency", "Person"]
    assert [set(each["values"]) for each in reported] == [{4.0}, {2.0}, {12.5}, {1.0}, {3.0}]
    # No text from a cell gets into an address, and each measure has its own id.
    ids = [each["id"] for each in reported]
    assert ids[0] == "frequency"
    assert all(re.fullmatch("own-[0-9a-f]{8}", each) for each in ids[1:])
    assert len(set(ids)) == len(names)
    assert build_map(asked).as_json()["ties"]["measures"] == []


def test_only_staff_see_who_named_whom() -> None:
    found = analyze_connectivity(WORKBOOK)
    [to_viewers, to_staff] = [
        tables.people_table(found, color_by=None, for_staff=for_staff).rows[0] for for_staff in (False, True)
    ]
    # Someone who named no one has usually not answered, and with one tie these two show who did not confirm it.
    assert set(to_staff) - set(to_viewers) == {"Named by", "Named"}


def test_hidden_people_are_counted() -> None:
    # 2026: H alone is not to be shown.
    assert numbers_in(tables.map_caption(analyze_connectivity(WORKBOOK))) == ["6", "7", "1"]
    everyone = {key: replace(person, on_map=True) for key, person in WORKBOOK.people.items()}
    assert tables.map_caption(analyze_connectivity(replace(WORKBOOK, people=everyone))) == ""


def test_viewers_caption_counts_the_same_people() -> None:
    viewers = redact_for_viewers(WORKBOOK, salt=b"x")
    captions = [tables.map_caption(analyze_connectivity(book)) for book in (WORKBOOK, viewers)]
    assert numbers_in(captions[0])[-1] == numbers_in(captions[1])[-1] == "1"


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


def test_column_named_like_ours_is_shown() -> None:
    people = {key: replace(person, attributes={"Cluster": "Red"}) for key, person in WORKBOOK.people.items()}
    found = analyze_connectivity(replace(WORKBOOK, people=people, attributes=("Cluster",)))
    row = next(row for row in list(tables.people_table(found, color_by="Cluster").rows) if row["Name"] == "A Smith")
    assert row["Cluster (in the sheet)"] == "Red"
    assert str(row["Cluster"]).startswith("Cluster ")


def test_hidden_values_are_explained_where_there_are_codes() -> None:
    book = replace(WORKBOOK, settings=replace(WORKBOOK.settings, names=NameStyle.CODES))
    shared = replace(redact_for_viewers(book), attributes=("Region",))
    assert str(book.settings.smallest_group) in tables.hidden_values_text(analyze_connectivity(shared))
    for other in (book, redact_for_viewers(WORKBOOK), replace(shared, attributes=())):
        assert tables.hidden_values_text(analyze_connectivity(other)) == ""


def test_only_who_chooses_the_rule_is_asked_to_change_it() -> None:
    texts = [tables.no_tie_text(TieRule.BOTH, can_choose_rule=can_choose) for can_choose in (True, False)]
    assert ["rule" in text for text in texts] == [True, False]
