"""The Connectivity page: a selection applies to everything and is in the address, and odd networks show."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from urllib.parse import parse_qsl

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.selection import Selection
from nethealth.ui.access import Role
from nethealth.workbook.records import Connection, Person, Settings, Wave, Workbook
from nethealth.workbook.schema.vocabulary import NameStyle, WaveKind
from tests.pages.conftest import Show, an_app, sample, visit, words_on

WENT_WRONG = "Something went wrong, so we can’t show"


def opened(app: AppTest, **address: str | list[str]) -> AppTest:
    app.run()
    for key, value in address.items():
        app.query_params[key] = value
    return visit(app, "connectivity")


def text_of(app: AppTest) -> str:
    assert not app.exception
    words = words_on(app)
    assert WENT_WRONG not in words
    return words


def figures_on(app: AppTest) -> str:
    return next(element.proto.body for element in app.get("html") if "nh-figures" in element.proto.body)


def table_on(app: AppTest) -> pd.DataFrame:
    return app.dataframe[-1].value


def captions_on(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.caption)


def shown_on(app: AppTest) -> list[str]:
    return [caption.value for caption in app.caption if " of " in caption.value and "Showing" in caption.value]


def test_step_to_reach_unconnected_members_lists_them_first(app: AppTest, showing: Show) -> None:
    showing(sample())
    app.run()
    [query] = [element.proto.query_string for element in app.get("page_link") if "unconnected" in element.proto.label]
    opened(app, **dict(parse_qsl(query)))
    isolates = analyze_connectivity(sample()).metrics.isolates
    assert [*table_on(app)["Connections"].astype(int)[: isolates + 1]].count(0) == isolates


def test_link_filters_map_and_numbers(app: AppTest, showing: Show) -> None:
    showing(sample())
    opened(app, only=["Region: Ohio", "Region: Vermont"], strength="3 Exchange", tab="Table")
    words = text_of(app)
    part = analyze_connectivity(
        sample(), selection=Selection(values=(("Region", "Ohio"), ("Region", "Vermont")), strength_from=3.0)
    )
    [caption] = shown_on(app)
    assert f"{part.shown_counts.people} of 116 people and {part.shown_counts.ties} of 300" in caption
    assert f"of {part.metrics.members} people" in figures_on(app)
    assert f"For the {part.metrics.members} people selected" in [caption.value for caption in app.caption]
    assert "More filters (1 on)" in words
    assert f"{part.shown_counts.people} people, sorted by" in captions_on(app)
    assert set(table_on(app)["Region"]) == {"Ohio", "Vermont"}


def test_manual_choice_equals_link(app: AppTest, showing: Show) -> None:
    showing(sample())
    opened(app)
    assert not shown_on(app)
    app.multiselect(key="only").set_value(["Region: Ohio"]).run()
    app.toggle(key="hubless").set_value(True).run()
    app.multiselect(key="group").set_value(["Cluster 5"]).run()
    by_hand = (shown_on(app), figures_on(app))
    linked = opened(an_app(), only="Region: Ohio", hubless="true", group="Cluster 5")
    assert (shown_on(linked), figures_on(linked)) == by_hand
    assert len(by_hand[0]) == 1


def test_clear_removes_every_filter(app: AppTest, showing: Show) -> None:
    showing(sample())
    opened(app, only="Region: Ohio", strength="3 Exchange", type="Lesson ideas", since="2026-04-01", hubless="true")
    assert shown_on(app)
    assert "More filters (4 on)" in words_on(app)
    next(button for button in app.button if "Clear" in button.label).click().run()
    assert "More filters (" not in text_of(app)
    assert not shown_on(app)
    assert app.multiselect(key="only").value == []
    assert app.date_input(key="since").value is None


@pytest.mark.parametrize(
    "address",
    [
        {"only": ["Region: Atlantis", "x" * 5_000, "<script>"], "strength": "99", "type": "?", "group": "Group -1"},
        {"since": "yesterday", "until": "9999-99-99", "hubless": "perhaps", "wave": "Winter", "rule": "neither"},
        {"since": "1900-01-01", "until": "2999-01-01", "colour": "Pay", "tab": "Nowhere", "rows": "Cats"},
        {"sort": "Age", "sort-reversed": "si", "sort-ties": "\x00", "only": [""], "strength": ""},
    ],
)
def test_unknown_values_in_the_address_are_ignored(
    app: AppTest, showing: Show, address: dict[str, str | list[str]]
) -> None:
    showing(sample())
    opened(app, **address)
    text_of(app)
    assert not shown_on(app)


def test_empty_date_range(app: AppTest, showing: Show) -> None:
    showing(sample())
    days = sorted({row.date for row in sample().connections if row.date and row.wave == "Spring 2026"})
    opened(app, since=days[-1].isoformat(), until=days[0].isoformat())
    text_of(app)
    assert "None of their connections match" in shown_on(app)[0]
    # Without connections there are only people to list.
    assert [tab.label for tab in app.tabs] == ["Table"]
    assert "116 people" in captions_on(app)


def test_filters_without_matches(app: AppTest, showing: Show) -> None:
    workbook = sample()
    column, other = "Region", "Grade band"
    pairs = {(one.attributes.get(column), one.attributes.get(other)) for one in workbook.people.values()}
    regions, bands = ({pair[at] for pair in pairs} - {None} for at in (0, 1))
    region, band = next(
        (r, b) for r in sorted(map(str, regions)) for b in sorted(map(str, bands)) if (r, b) not in pairs
    )
    showing(workbook)
    opened(app, only=[f"{column}: {region}", f"{other}: {band}"])
    text_of(app)
    assert "No one matches all these filters" in shown_on(app)[0]
    assert not [caption.value for caption in app.caption if "selected" in caption.value]


def test_link_sorts_the_table(app: AppTest, showing: Show) -> None:
    showing(sample())
    opened(app, tab="Table", sort="Name", rows="People")
    names = list(table_on(app)["Name"])
    assert names == sorted(names, key=str.casefold)
    app.toggle(key="sort-reversed").set_value(True).run()
    assert list(table_on(app)["Name"]) == names[::-1]
    app.selectbox(key="sort").set_value("Connections").run()
    assert list(table_on(app)["Connections"]) == sorted(person.ties for person in analyze_connectivity(sample()).people)


def test_ties_are_a_table_too(app: AppTest, showing: Show) -> None:
    showing(sample())
    opened(app, tab="Table", rows="Connections")
    assert "300 connections, sorted by" in captions_on(app)
    app.selectbox(key="sort-ties").set_value("Strength").run()
    assert table_on(app)["Strength"].dropna().is_monotonic_decreasing
    assert table_on(app)["Strength label"][0] == "Collaborate"


def test_address_has_no_name_or_key(app: AppTest, showing: Show) -> None:
    showing(sample())
    opened(app, only="Region: Ohio", tab="Table", sort="Name")
    address = str(dict(app.query_params))
    assert not [person.name for person in sample().people.values() if person.name in address or person.key in address]


def test_viewers_see_codes_only(app: AppTest, showing: Show) -> None:
    workbook = replace(sample(), settings=replace(sample().settings, names=NameStyle.CODES), fingerprint="")
    showing(workbook, role=Role.VIEWER)
    opened(app, tab="Table")
    words = text_of(app)
    assert not [person.name for person in workbook.people.values() if person.name in words]
    assert "Organization" not in table_on(app).columns
    assert table_on(app)["Name"].str.fullmatch("M-[0-9A-F]{4}").any()


DAY = dt.date(2026, 6, 1)
MANY = [f"P{number:02}" for number in range(40)]


def waves(*names: str) -> tuple[Wave, ...]:
    kinds = frozenset({WaveKind.RELATIONSHIPS})
    return tuple(Wave(name=name, kinds=kinds, date=dt.date(2024 + at, 5, 1)) for at, name in enumerate(names))


ODD: dict[str, Workbook] = {
    "no member": Workbook(today=DAY),
    "one member": Workbook(people={"a": Person(key="a", name="Ana")}, today=DAY),
    "a wave without ties": Workbook(
        people={key: Person(key=key, name=key * 3) for key in "abc"},
        waves=waves("First", "Empty"),
        connections=(Connection(source="a", target="b", wave="First"),),
        today=DAY,
    ),
    "everyone tied to everyone": Workbook(
        people={key: Person(key=key, name=key) for key in MANY},
        connections=tuple(Connection(source=a, target=b) for at, a in enumerate(MANY) for b in MANY[at + 1 :]),
        hub=frozenset(MANY[:2]),
        today=DAY,
    ),
    "300 values and names of 400 characters": Workbook(
        people={
            f"k{n}": Person(key=f"k{n}", name=f"{n} " + "ñ" * 400, attributes={"School: of": f"{'S' * 300}: {n}"})
            for n in range(300)
        },
        attributes=("School: of",),
        connections=tuple(
            Connection(source=f"k{n}", target=f"k{n + 1}", kind="t" * 400 + str(n), strength=float(n % 5 + 1))
            for n in range(299)
        ),
        settings=Settings(color_map_by="School: of"),
        today=DAY,
    ),
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_networks_open(app: AppTest, showing: Show, odd: str) -> None:
    showing(replace(ODD[odd], fingerprint=odd))
    text_of(opened(app))
    for tab in ("Clusters and bridges", "Over time", "Introductions", "Table"):
        app.query_params["tab"] = tab
        text_of(app.run())


def test_single_wave_links_to_no_other(app: AppTest, showing: Show) -> None:
    people = {key: Person(key=key, name=key.title()) for key in ("ana", "bo")}
    ended = Connection(source="ana", target="bo", strength=0, wave=None)
    showing(Workbook(people=people, connections=(ended,), fingerprint="one that ended"))
    assert "Choose another wave above" not in text_of(opened(app))


def test_a_wave_without_ties_points_to_the_others(app: AppTest, showing: Show) -> None:
    showing(replace(ODD["a wave without ties"], fingerprint="empty wave"))
    assert "Choose another wave above" in text_of(opened(app))


def test_a_value_among_300_can_be_chosen(app: AppTest, showing: Show) -> None:
    showing(ODD["300 values and names of 400 characters"])
    opened(app, tab="Table", only=f"School: of: {'S' * 300}: 7")
    text_of(app)
    assert shown_on(app)[0].startswith("Showing 1 of 300 people and 0 of 299")


def test_filter_missing_in_another_wave_is_dropped(app: AppTest, showing: Show) -> None:
    showing(sample())
    opened(
        app, since="2026-04-20", until="2026-04-28", group="Cluster 9", strength="5 Collaborate", type="Lesson ideas"
    )
    assert shown_on(app)
    for wave in ("Spring 2024", "Spring 2025", "Spring 2026"):
        app.selectbox(key="wave").set_value(wave).run()
        text_of(app)
    for rule in app.selectbox(key="rule").options:
        app.selectbox(key="rule").select(rule).run()
        text_of(app)
    # As a link that names another wave than its dates are of.
    linked = opened(an_app(), wave="Spring 2024", since="2026-04-20", group="Cluster 9")
    text_of(linked)


def test_planned_wave_is_not_offered(app: AppTest, showing: Show) -> None:
    ahead = Wave(name="Spring 2099", kinds=frozenset({WaveKind.RELATIONSHIPS}), date=dt.date(2099, 4, 1))
    showing(replace(sample(), waves=(*sample().waves, ahead), fingerprint=""))
    opened(app)
    text_of(app)
    assert app.selectbox(key="wave").options == ["Spring 2026", "Spring 2025", "Spring 2024"]
