"""What only staff may see never leaves the server for a viewer: we plant secrets everywhere and look for them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from nethealth.privacy.common_values import IDENTIFYING_COLUMNS
from nethealth.privacy.viewer_redaction import has_left
from nethealth.ui.access import Role
from nethealth.ui.routes import FOR_STAFF, PAGES
from nethealth.workbook.records import FeedbackAction, Problem, QuestionKind, Severity, Workbook
from nethealth.workbook.schema.vocabulary import Kind, NameStyle
from tests.pages.conftest import Show, an_app, sample, visit, words_on

SECRET = "Zanzibar"


def planted() -> Workbook:
    """The sample with a secret word wherever only staff may look, and in the names of people who left or are hidden."""
    workbook = sample()
    people = {}
    for place, (key, person) in enumerate(workbook.people.items()):
        gone = has_left(person, today=workbook.today)
        hidden = place % 17 == 3
        name = f"{SECRET} {place} Quill" if gone or hidden else person.name
        people[key] = replace(person, name=name, on_map=person.on_map and not hidden, notes=f"{SECRET} note")
    texts = {question.text for question in workbook.questions if question.kind is QuestionKind.TEXT}
    return replace(
        workbook,
        fingerprint="planted",
        url=f"https://docs.google.com/spreadsheets/d/{SECRET}",
        people=people,
        connections=tuple(replace(tie, notes=SECRET) for tie in workbook.connections),
        weaving=tuple(
            replace(conversation, weaver=SECRET, what_we_heard=SECRET, follow_up=SECRET, due=workbook.today, done=None)
            for conversation in workbook.weaving
        ),
        responses=tuple(
            replace(response, answers={**response.answers, **dict.fromkeys(texts, SECRET)})
            for response in workbook.responses
        ),
        mindset=tuple(replace(reflection, reflection=SECRET) for reflection in workbook.mindset),
        actions=(*workbook.actions, FeedbackAction(what_we_heard="More time in pairs", what_we_did="Longer breaks")),
        problems=(Problem(severity=Severity.ERROR, tab="Members", message=SECRET, remedy=SECRET, value=SECRET),),
        tabs=tuple(replace(tab, url=f"https://docs.google.com/{SECRET}") for tab in workbook.tabs),
        ignored_tabs=(f"{SECRET} salaries",),
        notes=(SECRET,),
    )


@pytest.mark.parametrize("address", sorted(set(PAGES) - FOR_STAFF))
def test_viewers_get_no_secret(app: AppTest, showing: Show, address: str) -> None:
    showing(planted(), role=Role.VIEWER)
    words = words_on(visit(app, address))
    assert SECRET not in words
    assert not {key for key in sample().people if f'"{key}"' in words}, "keys that contain a name or an ID"


def test_codes_go_with_no_organization_or_role(app: AppTest, showing: Show) -> None:
    book = sample()
    values = {
        value for person in book.people.values() for column in IDENTIFYING_COLUMNS
        if (value := person.attributes.get(column))
    }  # fmt: skip
    assert len(values) > 30
    settings = replace(book.settings, names=NameStyle.CODES)
    showing(replace(book, settings=settings, fingerprint="codes"), role=Role.VIEWER)
    words = words_on(visit(app, "connectivity"))
    assert "Region" in words
    assert not [value for value in values if value in words]


def test_staff_see_the_secret(app: AppTest, showing: Show) -> None:
    showing(planted())
    seen = {address for address in PAGES if SECRET in words_on(visit(app, address))}
    assert {"weaving", "data"} <= seen


def test_viewers_have_no_staff_pages(app: AppTest, showing: Show) -> None:
    showing(sample(), role=Role.VIEWER)
    app.run()
    for address in FOR_STAFF:
        with pytest.raises(ValueError, match="Could not find a navigation page"):
            app.switch_page(PAGES[address])


@pytest.mark.parametrize("address", sorted(FOR_STAFF))
def test_address_of_a_staff_page_runs_nothing_for_viewers(app: AppTest, showing: Show, address: str) -> None:
    """An unknown page would show an error, even to staff who haven't signed in yet."""
    showing(sample(), role=Role.VIEWER)
    app.run()
    app._page_hash = calc_hash(address)
    app.run()
    assert [title.value for title in app.title] == ["This page is for staff"]
    assert not app.text_input
    assert not app.get("file_uploader")


def options_on(page: AppTest) -> set[str]:
    """Every option that a page sends to choose from."""
    controls = (*page.selectbox, *page.multiselect, *page.get("button_group"), *page.radio)
    return {str(option) for control in controls for option in getattr(control, "options", ())}


@pytest.mark.parametrize("address", sorted(set(PAGES) - FOR_STAFF))
def test_viewers_choose_from_no_list_of_people(app: AppTest, showing: Show, address: str) -> None:
    workbook = planted()
    showing(workbook, role=Role.VIEWER)
    for tab in ("Introductions", "Table") if address == "connectivity" else ("",):
        app.query_params["tab"] = tab
        options = options_on(visit(app, address))
        assert not options & {person.name for person in workbook.people.values() if person.kind is Kind.PERSON}
        assert not [option for option in options if SECRET in option]


def test_lists_of_people_leave_out_who_is_hidden_or_left(app: AppTest, showing: Show) -> None:
    workbook = planted()
    showing(workbook)
    app.query_params["tab"] = "Introductions"
    options = options_on(visit(app, "connectivity"))
    assert any(person.name in option for option in options for person in workbook.people.values())
    assert not [option for option in options if SECRET in option]


@pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER])
def test_only_staff_choose_when_a_connection_counts(showing: Show, role: Role) -> None:
    showing(sample(), role=role)
    usual, asked = an_app(), an_app()
    asked.query_params["rule"] = "both confirm it"
    pages = [visit(each, "connectivity") for each in (usual, asked)]
    assert {"rule" in {control.key for control in page.selectbox} for page in pages} == {role is Role.STAFF}
    blocks = [[str(block.proto.body) for block in page.get("html")] for page in pages]
    cards = [[body for body in page if "nh-status" not in body] for page in blocks]
    assert (cards[0] != cards[1]) is (role is Role.STAFF)
