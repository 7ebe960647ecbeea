"""The tab that reads the network: what stands in it, for whom, and where there is little to read."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from nethealth.network import network_at
from nethealth.network.tables.hub_removal import NO_HUB_TITLE
from nethealth.network.tables.nonresponse import HELD_BACK_TITLE, silent_names
from nethealth.ui.access import Role
from nethealth.workbook.records import Connection, Person, Wave, Workbook
from nethealth.workbook.schema.vocabulary import HeardThrough, WaveKind
from tests.pages.conftest import Show, an_app, sample, visit
from tests.pages.test_every_page import stands


def headings(app: AppTest) -> list[str]:
    return [str(heading.value).lstrip("\u2060") for heading in app.header]


def test_the_sample_is_read_from_its_figures_to_who_answered(app: AppTest, showing: Show) -> None:
    showing(sample())
    words = stands(visit(app, "connectivity"))
    assert headings(app) == [
        "5.2 ties per member, and 9 people without any",
        "The network has several hubs: groups that well-connected people join together",
        "The hub is one of many nodes: without it everybody who reaches each other now still would",
        "103 of 118 people answered (87%)",
    ]
    for told in ("about 5.5 if everybody had answered alike", "up from 5.1 in Spring 2025", "if both had to say so"):
        assert told in words
    assert "This network" in words
    assert "one of many nodes" in words


def test_staff_see_whose_answer_is_missing_and_viewers_do_not(app: AppTest, showing: Show) -> None:
    missing = silent_names(network_at(sample()))
    assert missing
    showing(sample())
    words = stands(visit(app, "connectivity"))
    assert "Whose answer is missing" in words
    assert all(name in words for name in missing)
    showing(sample(), role=Role.VIEWER)
    words = stands(visit(app, "connectivity"))
    assert "Whose answer is missing" not in words
    assert "103 of 118 people answered" in words


def test_without_a_hub_it_says_how_to_name_one(app: AppTest, showing: Show) -> None:
    showing(replace(sample(), hub=frozenset(), fingerprint="no hub"))
    stands(visit(app, "connectivity"))
    assert NO_HUB_TITLE in headings(app)


def small(*ties: Connection, people: str = "abcdef", **more: object) -> Workbook:
    known = {key: Person(key=key, name=key.upper()) for key in people}
    return Workbook(title="Small", people=known, connections=ties, **more)  # type: ignore[arg-type]


def test_where_nobody_was_asked_it_says_so(app: AppTest, showing: Show) -> None:
    showing(small(Connection(source="a", target="b", heard_through=HeardThrough.WEAVING)))
    stands(visit(app, "connectivity"))
    assert "Nobody has been asked about their ties yet" in headings(app)
    assert "Too few ties yet to speak of a shape" in headings(app)


def test_where_few_answered_the_reader_is_told_first(app: AppTest, showing: Show) -> None:
    wave = Wave(name="w", kinds=frozenset({WaveKind.RELATIONSHIPS}), invited=6, respondents=("a", "b", "c"))
    ties = [Connection(source=one, target=other, wave="w") for one, other in ("ab", "bc", "ca", "cd")]
    showing(small(*ties, waves=(wave,)))
    words = stands(visit(app, "connectivity"))
    first = next(html for html in app.get("html") if "nh-band" in html.proto.body and "answered" in html.proto.body)
    assert "3 of 6 people answered (50%). That is few" in first.proto.body
    assert "about" in words


def test_a_hub_that_is_all_there_is(app: AppTest, showing: Show) -> None:
    showing(small(Connection(source="a", target="b"), people="ab", hub=frozenset("ab")))
    stands(visit(app, "connectivity"))


def test_a_waves_name_shows_as_typed(app: AppTest, showing: Show) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    waves = tuple(
        Wave(name=name, kinds=frozenset({WaveKind.RELATIONSHIPS}), respondents=tuple("abcd"))
        for name in (hostile, "now")
    )
    ties = [Connection(source=a, target=b, wave=name) for name in (hostile, "now") for a, b in ("ab", "bc", "cd")]
    closing = Connection(source="d", target="a", wave="now")
    showing(small(*ties, closing, people="abcd", waves=waves, hub=frozenset("b")))
    stands(visit(app, "connectivity"))
    written = "".join(html.proto.body for html in app.get("html"))
    assert "<img src=x" not in written
    assert "from 1.5 in &lt;img src=x onerror=alert(1)&gt;" in written


def test_viewers_are_not_told_that_one_of_a_few_did_not_answer(app: AppTest, showing: Show) -> None:
    wave = Wave(name="w", kinds=frozenset({WaveKind.RELATIONSHIPS}), invited=6, respondents=tuple("abcde"))
    ties = [Connection(source=one, target=other, wave="w") for one, other in ("ab", "bc", "cd", "de", "ef")]
    showing(small(*ties, waves=(wave,)))
    assert "5 of 6 people answered" in stands(visit(app, "connectivity"))
    showing(small(*ties, waves=(wave,)), role=Role.VIEWER)
    words = stands(visit(app, "connectivity"))
    assert "5 of 6" not in words
    assert "83%" not in words
    assert "if everybody had answered alike" not in words
    assert HELD_BACK_TITLE in headings(app)


def test_nor_do_the_figures_wave_by_wave_tell_viewers_of_it(app: AppTest, showing: Show) -> None:
    wave = Wave(name="w", kinds=frozenset({WaveKind.RELATIONSHIPS}), invited=6, respondents=tuple("abcde"))
    ties = [Connection(source=one, target=other, wave="w") for one, other in ("ab", "bc", "cd", "de", "ef")]
    for role in (Role.STAFF, Role.VIEWER):
        showing(small(*ties, waves=(wave,)), role=role)
        page = an_app()
        page.run()
        page.query_params["tab"] = "Over time"
        words = stands(visit(page, "connectivity"))
        assert "The figures of each wave" in words
        assert ("83%" in words) is (role is Role.STAFF)
