"""The tabs on groups and on time as Streamlit runs them: for staff and viewers, on the sample and on odd workbooks."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.network.graph import network_at
from nethealth.privacy.viewer_redaction import has_left
from nethealth.ui.access import Role
from nethealth.ui.routes import PAGES
from nethealth.workbook.raw import RawTab, RawWorkbook
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.readers.tie_measures import MAX_EXTRA
from nethealth.workbook.records import Connection, Person, Workbook
from nethealth.workbook.schema.vocabulary import NameStyle, TieMeasure
from tests.pages.conftest import Show, an_app, sample, words_on
from tests.texts import numbers_in

GROUPS, TIME = "Clusters and bridges", "Over time"


def opened(app: AppTest, tab: str, **chosen: str) -> AppTest:
    app.query_params["tab"] = tab
    for name, value in chosen.items():
        app.query_params[name] = value
    app.switch_page(PAGES["connectivity"]).run()
    assert not app.exception
    assert "Something went wrong, so we can’t show" not in words_on(app)
    return app


def headings(app: AppTest) -> list[str]:
    return [str(heading.value) for heading in app.header]


def test_groups_on_the_sample(app: AppTest, showing: Show) -> None:
    showing(sample())
    app = opened(app, GROUPS)
    first, second, third, fourth = headings(app)
    assert "more than expected by chance" in first
    assert "clusters" in second
    assert third.endswith(" would be cut off")
    assert fourth.startswith("Trust is ")
    assert "20 more times" in words_on(app)


def averages_on(page: AppTest, *, role: Role) -> list[str]:
    """The averages of trust and other numbers on ties, where each role sees them."""
    if role is Role.STAFF:
        return [words for words in headings(page) if words.startswith("Trust is ")]
    return re.findall(r"[\d.]+</dd><dd class=nh-card-note>average of \d+ answers", html_on(page))


@pytest.mark.parametrize("style", [NameStyle.NAMES, NameStyle.CODES])
@pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER])
def test_only_staff_see_mixing_of_trust_and_value(showing: Show, style: NameStyle, role: Role) -> None:
    # A reading of other settings is another reading, of which nothing is kept yet.
    settings = replace(sample().settings, names=style)
    showing(replace(sample(), settings=settings, fingerprint=f"{style} {role}"), role=role)

    def averages(**chosen: str) -> list[str]:
        return averages_on(opened(an_app(), GROUPS, **chosen), role=role)

    assert (averages(only="Grade band: 9-12") != averages()) is (role is Role.STAFF)
    assert averages(colour="Grade band") != []
    assert (averages(colour="Grade band") != averages(colour="Region")) is (role is Role.STAFF)


def html_on(app: AppTest) -> str:
    """All HTML on the page."""
    return "".join(str(element.proto.body) for element in app.get("html"))


OWN = "Hours <b>together</b> " + "x" * 400
"""A column of the sheet's own, as `Workbook.tie_measures` may never hold it: pages bound and escape it all the same."""


def with_own_column() -> Workbook:
    rows = tuple(
        replace(row, measures={**row.measures, OWN: float(place % 7)}) if row.is_report else row
        for place, row in enumerate(sample().connections)
    )
    measures = (*sample().tie_measures, TieMeasure(OWN))
    return replace(sample(), connections=rows, tie_measures=measures, fingerprint="own column")


@pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER])
def test_only_staff_see_values_of_single_ties(showing: Show, role: Role, app: AppTest) -> None:
    showing(with_own_column(), role=role)
    text = words_on(opened(app, GROUPS))
    words = ("Frequency: all connections ", "1 Never (left) to 5 Always (right)")
    for each in ("Hours", *(words if role is Role.STAFF else ("from 1 Never to 5 Always",))):
        assert each in text
    assert "<b>together" not in html_on(app)
    ties = an_app()
    opened(ties, "Table", rows="Connections")
    headers = list(ties.dataframe[-1].value.columns)
    is_shown = [any(header.startswith(name) for header in headers) for name in ("Frequency", OWN[:20], "Trust")]
    assert is_shown == [role is Role.STAFF] * 3, headers
    assert not any("x" * 100 in header for header in headers)


def test_every_number_column_is_shown(app: AppTest, showing: Show) -> None:
    names = [f"Person {place}" for place in range(6)]
    headers = ["<img src=x onerror=alert(1)>", *(f"{'x' * 4_000} {place}" for place in range(299))]
    rows = [
        [one, other, *([place + at] * 300)]
        for at, one in enumerate(names)
        for place, other in enumerate(names)
        if one != other
    ]
    showing(read_workbook(RawWorkbook(
        title="Wide", tabs=[RawTab(title="Connections", rows=[["From", "To", *headers], *rows])],
        read_at=dt.datetime(2026, 3, 2, tzinfo=dt.UTC),
    )))  # fmt: skip
    text = words_on(opened(app, GROUPS))
    assert text.count(": all connections ") == MAX_EXTRA
    assert "<img src=x" not in html_on(app)
    opened(app, "Table", rows="Connections")


def test_viewers_see_tie_values_under_one_rule(showing: Show) -> None:
    # All ties less those that both say: from the two averages one could work out what a single person says.
    for role in (Role.STAFF, Role.VIEWER):
        showing(replace(sample(), fingerprint=f"rules {role}"), role=role)
        either, both = (
            averages_on(opened(an_app(), GROUPS, rule=rule), role=role)
            for rule in ("either reports it", "both confirm it")
        )
        assert either != []
        assert (either == both) is (role is Role.VIEWER)


def test_another_column_or_none(app: AppTest, showing: Show) -> None:
    showing(sample())
    app = opened(app, GROUPS, **{"colour": "Role"})
    assert headings(app)[0].startswith("Role makes no clear difference")
    app.selectbox(key="colour").set_value("nothing").run()
    assert not app.exception
    assert not any("chance" in heading for heading in headings(app))
    assert any(heading.startswith("Average ratings") for heading in headings(app))


def test_over_time_follows_the_waves_in_the_address(app: AppTest, showing: Show) -> None:
    showing(sample())
    app = opened(app, TIME)
    assert ["77", "85", "2025", "2026", "41", "95"] in [numbers_in(heading) for heading in headings(app)]
    assert "Metrics over time" in headings(app)
    assert any("came to a convening together" in heading for heading in headings(app))
    # Eight lines and one map; side by side there are two.
    assert words_on(app).count("data:image/svg+xml;base64") == 9
    app.segmented_control(key="picture").set_value("both").run()
    assert words_on(app).count("data:image/svg+xml;base64") == 10
    app.selectbox(key="earlier").set_value("Spring 2024").run()
    assert any("from Spring 2024 to Spring 2026" in heading for heading in headings(app))
    # In reverse order, the earlier wave still comes first.
    app.selectbox(key="later").set_value("Spring 2024").run()
    assert not app.exception
    assert "Two waves side by side" in headings(app)


def test_a_link_brings_back_two_waves(app: AppTest, showing: Show) -> None:
    showing(sample())
    app = opened(app, TIME, earlier="Spring 2024", later="Spring 2025")
    assert any("from Spring 2024 to Spring 2025" in heading for heading in headings(app))


def test_only_staff_see_who_left(app: AppTest, showing: Show) -> None:
    workbook = sample()
    gone = {p.name for p in workbook.people.values() if has_left(p, today=workbook.today)}
    hidden = {p.name for p in workbook.people.values() if not p.on_map}
    showing(workbook)
    for_staff = words_on(opened(app, TIME))
    assert "Who joined and who left" in for_staff
    assert any(name in for_staff for name in gone)
    assert hidden
    assert not any(name in for_staff for name in hidden)


@pytest.mark.parametrize("tab", [GROUPS, TIME])
def test_viewers_see_no_former_or_hidden_people(app: AppTest, showing: Show, tab: str) -> None:
    workbook = sample()
    showing(workbook, role=Role.VIEWER)
    text = words_on(opened(app, tab))
    assert len(text) > 10_000
    hidden = {p.name for p in workbook.people.values() if has_left(p, today=workbook.today) or not p.on_map}
    assert len(hidden) > 10
    assert not [name for name in hidden if name in text]
    assert "and who left" not in text


HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) $$x$$"


@pytest.mark.parametrize("tab", [GROUPS, TIME])
def test_cells_show_as_typed(app: AppTest, showing: Show, tab: str) -> None:
    workbook = sample()
    region = {person.attributes.get("Region", "") for person in workbook.people.values()} - {""}
    text = {value: f"{value} {HOSTILE}" for value in region}
    people = {
        key: replace(
            person,
            name=f"{person.name} {HOSTILE}",
            attributes={HOSTILE: text.get(person.attributes.get("Region", ""), "")},
        )
        for key, person in workbook.people.items()
    }
    waves = {wave.name: f"{wave.name} {HOSTILE}" for wave in workbook.waves}
    hostile = replace(
        workbook,
        people=people,
        attributes=(HOSTILE,),
        settings=replace(workbook.settings, color_map_by=HOSTILE),
        waves=tuple(replace(wave, name=waves[wave.name]) for wave in workbook.waves),
        connections=tuple(replace(c, wave=waves.get(c.wave or "", c.wave)) for c in workbook.connections),
        convenings=tuple(replace(one, title=f"{one.title} {HOSTILE}") for one in workbook.convenings),
        fingerprint=f"hostile {tab}",
    )
    showing(hostile)
    app = opened(app, tab)
    sent = words_on(app)
    html = [str(element.proto.body) for element in app.get("html")]
    assert any("&lt;img src=x" in part for part in html)
    assert not any("<img src=x" in part for part in html)
    assert not any("[x](javascript" in heading for heading in headings(app))
    assert "data:image/svg+xml" in sent or tab == GROUPS


@pytest.mark.parametrize("tab", [GROUPS, TIME])
@pytest.mark.parametrize(
    "workbook",
    [
        Workbook(people={"a": Person(key="a", name="Ana")}, connections=(Connection(source="a", target="b"),)),
        Workbook(
            people={key: Person(key=key, name=key, attributes={"Region": key}) for key in "ab"},
            attributes=("Region",),
            connections=(Connection(source="a", target="b", measures={"Trust": 3}),),
            tie_measures=(TieMeasure("Trust"),),
        ),
        Workbook(
            people={key: Person(key=key, name=key, attributes={"Region": "x"}) for key in "abcdefg"},
            attributes=("Region",),
            connections=tuple(
                Connection(source=a, target=b, wave=wave, strength=2)
                for wave in ("1", "2")
                for a in "abcdefg"
                for b in "abcdefg"
                if a < b
            ),
        ),
    ],
    ids=["one member", "a pair", "everyone tied to everyone, of one value"],
)
def test_odd_workbooks_open(app: AppTest, showing: Show, workbook: Workbook, tab: str) -> None:
    showing(workbook)
    opened(app, tab)


def test_many_values_and_long_names_open(app: AppTest, showing: Show) -> None:
    people = {
        f"p{place}": Person(key=f"p{place}", name=f"{place} {'x' * 400}", attributes={"Region": f"R{place}" * 60})
        for place in range(300)
    }
    ties = tuple(
        Connection(source=f"p{place}", target=f"p{(place * 7 + 1) % 300}", measures={"Trust": 1.5})
        for place in range(1, 300)
    )
    trust = (TieMeasure("Trust"),)
    showing(Workbook(people=people, attributes=("Region",), connections=ties, tie_measures=trust))
    opened(app, GROUPS, color="Region")


def test_two_waves_follow_a_filter(app: AppTest, showing: Show) -> None:
    showing(sample())
    note, whole = "This section covers everyone", "77 of 85 people stayed"
    shown = words_on(opened(app, TIME))
    assert note not in shown
    assert whole in shown
    app.multiselect(key="only").set_value(["Region: Georgia"]).run()
    shown = words_on(app)
    assert shown.count(note) == 2  # how sure the changes are, and connections around convenings
    assert whole not in shown
    # Of those in Georgia in the earlier wave, as many as the two networks have in common.
    networks = [network_at(sample(), wave=wave).people for wave in ("Spring 2025", "Spring 2026")]
    before, after = (
        {key for key, one in people.items() if one.attributes.get("Region") == "Georgia"} for people in networks
    )
    drawn = {key for key, one in sample().people.items() if one.on_map}
    assert f"{len(before & after & drawn)} of {len(before & drawn)} people stayed" in shown
