"""Introductions, the queue and the tables on their pages: by name for staff, as counts for viewers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from streamlit.testing.v1 import AppTest

from nethealth.network.map.model import person_id
from nethealth.network.seating.tables import PASTED
from nethealth.ui.access import Role
from nethealth.ui.routes import PAGES
from nethealth.workbook.records import Connection, Conversation, Person, Spell, Workbook
from tests.pages.conftest import Show, sample, visit, words_on
from tests.pages.test_viewers import SECRET, planted

TODAY = dt.date(2026, 6, 1)
LONG_AGO = (Spell(dt.date(2023, 1, 1), None),)
TAGS = {
    "Ana Alpha": ("proof",),
    "Ben Beta": ("proof",),
    "Hid Hart": ("proof",),
    "Out Oak": ("proof", "no introductions"),
}
SMALL = Workbook(
    title="Small",
    people={
        name: Person(key=name, name=name, tags=TAGS.get(name, ()), spells=LONG_AGO, on_map=name != "Hid Hart")
        for name in (*TAGS, "Cy Gamma", "Di Delta", "Ed Epsilon")
    },
    connections=(Connection(source="Cy Gamma", target="Di Delta"), Connection(source="Di Delta", target="Ed Epsilon")),
    weaving=(Conversation(date=dt.date(2026, 5, 1), weaver="Wendy", member="Cy Gamma", introduced_to=("Di Delta",)),),
    today=TODAY,
)


def on_introductions(app: AppTest, **more: str) -> AppTest:
    app.query_params["tab"] = "Introductions"
    for name, value in more.items():
        app.query_params[name] = value
    app.switch_page(PAGES["connectivity"])
    for name, value in {"tab": "Introductions", **more}.items():
        app.query_params[name] = value
    return app.run()


def test_staff_see_pairs_reasons_and_emails(app: AppTest, showing: Show) -> None:
    showing(SMALL)
    page = on_introductions(app)
    assert not page.exception
    headings = [each.value for each in page.header]
    # Ana and Ben share an interest; Cy and Ed both know Di; Cy was introduced to Di.
    assert "2 introductions worth making" in headings[0]
    assert "1 introduction so far" in headings[-1]
    notes = [code.value for code in page.code]
    assert len(notes) == 2
    assert {note.split("\n")[0] for note in notes} == {
        "Hi Ana and Ben,",
        "Hi Cy and Ed,",
    }
    words = words_on(page)
    assert "Both care about proof" in words
    assert "Hid Hart" not in words
    assert "Out Oak" not in [option for box in page.selectbox if box.key == "introduce" for option in box.options]


def test_address_has_a_code_for_a_person(app: AppTest, showing: Show) -> None:
    showing(SMALL)
    page = on_introductions(app)
    page.selectbox(key="introduce").select_index(list(page.selectbox(key="introduce").options).index("Ana Alpha")).run()
    assert not page.exception
    assert page.query_params["for"] == person_id("Ana Alpha")
    assert "Ana" not in repr(page.query_params)
    assert any("for Ana Alpha to meet" in each.value for each in page.header)
    page.selectbox(key="introduce").select_index(0).run()
    assert "for" not in page.query_params


def test_a_link_with_a_code_shows_the_person(app: AppTest, showing: Show) -> None:
    showing(SMALL)
    page = on_introductions(app, **{"for": person_id("Ben Beta")})
    assert any("for Ben Beta to meet" in each.value for each in page.header)


def test_viewers_see_only_counts(app: AppTest, showing: Show) -> None:
    showing(sample(), role=Role.VIEWER)
    page = on_introductions(app)
    assert not page.exception
    assert not page.code
    words = words_on(page)
    assert "have something in common but haven’t met" in words
    assert "Only staff see names" in words
    assert "introduce" not in [box.key for box in page.selectbox]


def test_nothing_for_staff_reaches_viewers(app: AppTest, showing: Show) -> None:
    showing(planted(), role=Role.VIEWER)
    words = words_on(on_introductions(app))
    assert "Only staff see names" in words
    assert SECRET not in words


def test_cells_are_escaped(app: AppTest, showing: Show) -> None:
    hostile = "<img src=x onerror=alert(1)> [x](javascript:alert(1))"
    people = {
        key: replace(
            person,
            name=f"{person.name} {hostile}",
            tags=tuple(f"{tag} {hostile}" for tag in person.tags if tag == "proof"),
            attributes=dict.fromkeys(("Region", "Role", "Organization"), f"{key} {hostile}"),
        )
        for key, person in SMALL.people.items()
    }
    showing(replace(SMALL, people=people, attributes=("Region", "Role", "Organization")))
    page = on_introductions(app)
    assert not page.exception
    bodies = [element.proto.body for element in page.get("html")]
    assert any("&lt;img src=x" in body for body in bodies)
    assert not [body for body in bodies if "<img" in body]
    for text in (*page.markdown, *page.header):
        assert "<img" not in text.value.replace("\\<img", "")
        assert "](javascript" not in text.value.replace("\\](javascript", "")


def test_tables_of_the_sample(app: AppTest, showing: Show) -> None:
    showing(sample())
    page = visit(app, "seating")
    assert not page.exception
    assert "people at 21 tables of 5 or 6" in page.header[0].value
    page.number_input(key="at").set_value(8).run()
    page.number_input(key="rounds").set_value(2).run()
    words = words_on(page)
    assert "Round 2" in words
    assert "by chance" in words
    hidden = [person.name for person in sample().people.values() if not person.on_map]
    assert hidden
    assert not [name for name in hidden if name in words]


def test_a_pasted_list_is_seated_and_never_in_the_address(app: AppTest, showing: Show) -> None:
    showing(SMALL)
    page = visit(app, "seating")
    page.selectbox(key="who").select(PASTED).run()
    assert not page.exception
    page.text_area(key="seating-names").set_value("Ana Alpha\nBen Beta\nCy Gamma\n<b>New</b> [x](y)").run()
    assert not page.exception
    words = words_on(page)
    assert "4 people at 1 table of 4" in words
    assert "&lt;b&gt;New&lt;/b&gt; [x](y)" in words
    assert "<b>New" not in words
    assert "Alpha" not in repr(page.query_params)


def test_too_few_for_tables(app: AppTest, showing: Show) -> None:
    showing(replace(SMALL, people={"a": Person(key="a", name="Ana")}, connections=(), weaving=()))
    assert "at least four people" in words_on(visit(app, "seating"))
