"""The Metrics tab: its sections, what only staff see, and small networks."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from nethealth.network.analysis.typology_thresholds import NetworkType
from nethealth.network.graph import network_at
from nethealth.network.tables.hub_removal import NO_HUB_TITLE
from nethealth.network.tables.nonresponse import HIDDEN_TITLE, nonrespondent_names
from nethealth.network.tables.typology import TITLES
from nethealth.ui.access import Role
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, WaveKind
from tests.pages.conftest import Show, an_app, sample, visit
from tests.pages.test_every_page import text_of


def headings(app: AppTest) -> list[str]:
    return [str(heading.value).lstrip("\u2060") for heading in app.header]


def test_sections_go_from_metrics_to_responses(app: AppTest, showing: Show) -> None:
    showing(sample())
    words = text_of(visit(app, "connectivity"))
    metrics, network_type, hub, responses = headings(app)
    assert metrics == "Key metrics"
    assert network_type == TITLES[NetworkType.MULTI_HUB]
    assert "doesn’t depend on its hub" in hub
    assert responses == "103 of 118 people answered (87%)"
    for text in ("about 5.5 if everyone had answered", "up from 5.1", "If both people had to confirm", "This network"):
        assert text in words


def test_only_staff_see_who_has_not_answered(app: AppTest, showing: Show) -> None:
    missing = nonrespondent_names(network_at(sample()))
    assert missing
    showing(sample())
    words = text_of(visit(app, "connectivity"))
    assert "Who hasn’t answered" in words
    assert all(name in words for name in missing)
    showing(sample(), role=Role.VIEWER)
    words = text_of(visit(app, "connectivity"))
    assert "Who hasn’t answered" not in words
    assert "103 of 118 people answered" in words


def test_no_hub_explains_how_to_name_one(app: AppTest, showing: Show) -> None:
    showing(replace(sample(), hub=frozenset(), fingerprint="no hub"))
    text_of(visit(app, "connectivity"))
    assert NO_HUB_TITLE in headings(app)


def small(*ties: Connection, people: str = "abcdef", **more: object) -> Workbook:
    known = {key: Person(key=key, name=key.upper()) for key in people}
    return Workbook(title="Small", people=known, connections=ties, **more)  # type: ignore[arg-type]


def test_no_one_invited(app: AppTest, showing: Show) -> None:
    showing(small(Connection(source="a", target="b", heard_through=HeardThrough.WEAVING)))
    text_of(visit(app, "connectivity"))
    assert any("No one has been asked" in heading for heading in headings(app))
    assert any("Too few connections" in heading for heading in headings(app))


def test_low_response_comes_first(app: AppTest, showing: Show) -> None:
    wave = Wave(name="w", kinds=frozenset({WaveKind.RELATIONSHIPS}), invited=6, respondents=("a", "b", "c"))
    ties = [Connection(source=one, target=other, wave="w") for one, other in ("ab", "bc", "ca", "cd")]
    showing(small(*ties, waves=(wave,)))
    words = text_of(visit(app, "connectivity"))
    first = next(html for html in app.get("html") if "nh-band" in html.proto.body and "answered" in html.proto.body)
    assert "3 of 6 people answered (50%). That’s low" in first.proto.body
    assert "about" in words


def test_only_the_hub(app: AppTest, showing: Show) -> None:
    showing(small(Connection(source="a", target="b"), people="ab", hub=frozenset("ab")))
    text_of(visit(app, "connectivity"))


def test_wave_names_are_escaped(app: AppTest, showing: Show) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    waves = tuple(
        Wave(name=name, kinds=frozenset({WaveKind.RELATIONSHIPS}), respondents=tuple("abcd"))
        for name in (hostile, "now")
    )
    ties = [Connection(source=a, target=b, wave=name) for name in (hostile, "now") for a, b in ("ab", "bc", "cd")]
    closing = Connection(source="d", target="a", wave="now")
    showing(small(*ties, closing, people="abcd", waves=waves, hub=frozenset("b")))
    text_of(visit(app, "connectivity"))
    html = "".join(element.proto.body for element in app.get("html"))
    assert "<img src=x" not in html
    assert "with &lt;img src=x onerror=alert(1)&gt;" in html


def test_viewers_do_not_see_counts_of_few(app: AppTest, showing: Show) -> None:
    wave = Wave(name="w", kinds=frozenset({WaveKind.RELATIONSHIPS}), invited=6, respondents=tuple("abcde"))
    ties = [Connection(source=one, target=other, wave="w") for one, other in ("ab", "bc", "cd", "de", "ef")]
    showing(small(*ties, waves=(wave,)))
    assert "5 of 6 people answered" in text_of(visit(app, "connectivity"))
    showing(small(*ties, waves=(wave,)), role=Role.VIEWER)
    words = text_of(visit(app, "connectivity"))
    assert "5 of 6" not in words
    assert "83%" not in words
    assert "if everyone had answered" not in words
    assert HIDDEN_TITLE in headings(app)


def test_viewers_do_not_see_counts_of_few_by_wave(app: AppTest, showing: Show) -> None:
    wave = Wave(name="w", kinds=frozenset({WaveKind.RELATIONSHIPS}), invited=6, respondents=tuple("abcde"))
    ties = [Connection(source=one, target=other, wave="w") for one, other in ("ab", "bc", "cd", "de", "ef")]
    for role in (Role.STAFF, Role.VIEWER):
        showing(small(*ties, waves=(wave,)), role=role)
        page = an_app()
        page.run()
        page.query_params["tab"] = "Over time"
        words = text_of(visit(page, "connectivity"))
        assert "Metrics by wave" in words
        assert ("83%" in words) is (role is Role.STAFF)
