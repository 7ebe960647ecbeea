"""The step "What do I have?": what we don't know is asked, and answers apply at once."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from nethealth.ui import session
from nethealth.ui.access import Role
from nethealth.ui.data import answers
from nethealth.ui.data.answers_in_use import answered_file, rename_text
from nethealth.ui.routes import PAGES
from nethealth.workbook.records import Workbook
from nethealth.workbook.tab_reading import LeftAlone, TabReading
from tests.pages.conftest import Show, visit, words_on

CONTACTS = (
    b"First Name,Last Name,Company,Created At,E-mail 1 - Value\n"
    b"Ana,Ruiz,North HS,2024-01-05,ana@example.org\n"
    b"Ben,Okafor,South HS,2024-02-05,ben@example.org\n"
    b"Carla,Wynn,=1+1,2024-03-05,carla@example.org\n"
)


def upload(app: AppTest, name: str, data: bytes) -> AppTest:
    visit(app, "open")
    app.file_uploader[0].upload(name, data, "text/csv").run()
    assert not app.exception
    return app


def button(app: AppTest, label: str) -> Any:
    return next(each for each in app.button if each.label == label)


def shown(app: AppTest) -> Workbook:
    workbook: Workbook = app.session_state[session.OPENED_KEY].reading.workbook
    return workbook


@pytest.fixture
def asked(app: AppTest) -> AppTest:
    upload(app, "my_contacts.csv", CONTACTS)
    assert app.title[0].value == "Data", "we ask at once"
    return visit(app, "data")


def test_file_of_which_nothing_is_known_is_asked_about(asked: AppTest) -> None:
    assert asked.selectbox[0].value == "Members"
    words = words_on(asked)
    assert "North HS" in words, "a preview"
    assert "example.org" not in words, "addresses are masked"
    assert "No action needed" not in words


def test_one_click_confirms_all_proposals(asked: AppTest) -> None:
    button(asked, "Use these answers").click().run()
    assert not asked.exception
    people = [(person.name, person.organization) for person in shown(asked).people.values()]
    assert people[:2] == [("Ana Ruiz", "North HS"), ("Ben Okafor", "South HS")]
    assert shown(asked).left_alone == ()
    assert not [box for box in asked.selectbox if box.label.startswith("The tab")], "nothing is left to ask"
    assert "Members\tWhole tab\tmy_contacts" in asked.code[0].value


def test_undo_asks_again(asked: AppTest) -> None:
    button(asked, "Use these answers").click().run()
    button(asked, "Undo these answers").click().run()
    assert shown(asked).people == {}
    assert button(asked, "Use these answers")


def test_something_else_is_left_alone_knowingly(asked: AppTest) -> None:
    asked.selectbox[0].set_value("Leave alone").run()
    button(asked, "Use these answers").click().run()
    assert shown(asked).left_alone == ()
    assert shown(asked).people == {}


def test_two_columns_of_one_meaning_are_refused(asked: AppTest) -> None:
    company = next(box for box in asked.selectbox if "Company" in box.label)
    company.set_value("Joined").run()
    button(asked, "Use these answers").click().run()
    assert 'role=\\"alert\\"' in words_on(asked) or 'role="alert"' in words_on(asked)
    assert shown(asked).people == {}


def test_missing_column_is_refused(app: AppTest) -> None:
    upload(app, "things.csv", b"Color,Size\nred,1\nblue,2\n")
    visit(app, "data")
    assert app.selectbox[0].value == "Leave alone"
    app.selectbox[0].set_value("Connections").run()
    button(app, "Use these answers").click().run()
    words = words_on(app)
    assert "needs a column for From" in words
    assert "needs a column for To" in words


def test_answers_apply_to_the_next_file_with_the_same_tab(asked: AppTest) -> None:
    button(asked, "Use these answers").click().run()
    upload(asked, "my_contacts.csv", CONTACTS + b"Dmitri,Vale,East HS,2024-04-05,d@example.org\n")
    assert len(shown(asked).people) == 4


def test_answers_of_another_file_do_no_harm(asked: AppTest) -> None:
    button(asked, "Use these answers").click().run()
    upload(asked, "Members.csv", b"Name\nElin Storm\n")
    assert [person.name for person in shown(asked).people.values()] == ["Elin Storm"]
    assert not shown(asked).problems


def test_going_back_forgets_answers_and_cells(asked: AppTest) -> None:
    button(asked, "Use these answers").click().run()
    visit(asked, "open")
    next(each for each in asked.button if each.label.startswith("Back to")).click().run()
    assert answers.ANSWERS_KEY not in asked.session_state
    assert session.OPENED_KEY not in asked.session_state


def test_known_workbook_opens_on_the_overview(app: AppTest) -> None:
    upload(app, "Members.csv", b"Name\nElin Storm\n")
    assert app.title[0].value == "Overview"


def test_downloaded_workbook_reads_the_same_without_answers(asked: AppTest) -> None:
    button(asked, "Use these answers").click().run()
    data = answered_file(asked.session_state[session.OPENED_KEY].cells.raw, asked.session_state[answers.ANSWERS_KEY])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["my_contacts"]
    assert sheet["C4"].value == "=1+1"
    assert sheet["C4"].data_type == "s", "text, no formula"
    assert sheet["E2"].value == "ana@example.org", "staff keep what they had"
    people = dict(shown(asked).people)
    visit(asked, "open")
    next(each for each in asked.button if each.label.startswith("Back to")).click().run()
    visit(asked, "open")
    asked.file_uploader[0].upload("answered.xlsx", data, "application/zip").run()
    assert [each.name for each in shown(asked).people.values()] == [each.name for each in people.values()]
    assert shown(asked).left_alone == ()


def test_network_workbook_offers_to_ask_staff_only(app: AppTest, showing: Show) -> None:
    tab = TabReading(tab="Members", title="Members", rows=2, accepted=2, merged=0, rejected=0)
    workbook = Workbook(tabs=(tab,), left_alone=(LeftAlone(title="Contacts"), LeftAlone(title="Members", header="x")))
    showing(workbook)
    visit(app, "data")
    assert "1 tab and 1 column" in words_on(app)
    assert "No action needed" not in words_on(app)
    assert button(app, "Say what they are")
    showing(workbook, role=Role.VIEWER)
    assert "1 tab and 1 column" not in words_on(visit(app, "data"))


def test_corrected_file_is_opened_again_on_the_same_page_with_the_answers(asked: AppTest) -> None:
    button(asked, "Use these answers").click().run()
    corrected = CONTACTS + b"Dmitri,Vale,East HS,2024-04-05,d@example.org\n"
    for name in ("my_contacts.csv", "my_contacts (1).csv"):
        uploader = next(each for each in asked.file_uploader if "again" in each.label)
        uploader.upload(name, corrected, "text/csv").run()
        assert not asked.exception
        assert asked.title[0].value == "Data"
        assert len(shown(asked).people) == 4


@pytest.mark.parametrize("name", ["Nodes.csv", "Nodes (1).csv"])
def test_one_of_several_files_is_opened_again_and_the_others_stay(app: AppTest, name: str) -> None:
    visit(app, "open")
    files = [("Edges.csv", EDGES, "text/csv"), ("Nodes.csv", NODES, "text/csv")]
    app.file_uploader[0].set_value(files).run()
    assert len(shown(app).connections) == 3
    visit(app, "data")
    uploader = next(each for each in app.file_uploader if "again" in each.label)
    uploader.upload(name, NODES.replace(b"Wynn", b"Winter"), "text/csv").run()
    assert not app.exception
    assert [person.name for person in shown(app).people.values()] == ["Ana Ruiz", "Ben Okafor", "Carla Winter"]
    assert len(shown(app).connections) == 3


def test_open_page_leads_back_to_where_people_were(app: AppTest) -> None:
    upload(app, "Members.csv", b"Name\nElin Storm\n")
    visit(app, "weaving")
    app.switch_page(PAGES["open"]).run()
    app.file_uploader[0].upload("Members.csv", b"Name\nElin Storm\nFarid Haddad\n", "text/csv").run()
    assert app.title[0].value == "Weaving"


def test_nothing_is_opened_again_unless_something_was_opened(app: AppTest) -> None:
    assert not visit(app, "data").file_uploader


def test_likely_columns_of_a_known_tab_are_asked_once(app: AppTest) -> None:
    upload(app, "Members.csv", b"Name,CREATED_AT\nElin Storm,2024-02-01\nFarid Haddad,2025-02-01\n")
    assert app.title[0].value == "Overview"
    assert links_to_check(app) == ["1 thing to check"]
    visit(app, "data")
    box = next(each for each in app.selectbox if "CREATED" in each.label)
    assert box.value == "Joined"
    box.set_value("Attribute").run()
    button(app, "Use these answers").click().run()
    assert "CREATED_AT" in shown(app).attributes
    assert not [each for each in app.selectbox if "CREATED" in each.label]
    assert not links_to_check(app)


EDGES = b"Source,Target\n1,2\n2,3\n3,1\n"
NODES = b"Id,Label\n1,Ana Ruiz\n2,Ben Okafor\n3,Carla Wynn\n"


def test_another_file_is_added_to_what_is_open(app: AppTest) -> None:
    upload(app, "Edges.csv", EDGES)
    assert [person.name for person in shown(app).people.values()] == ["1", "2", "3"]
    visit(app, "data")
    uploader = next(each for each in app.file_uploader if "another" in each.label)
    uploader.upload("Nodes.csv", NODES, "text/csv").run()
    assert not app.exception
    assert app.title[0].value == "Data"
    assert [person.name for person in shown(app).people.values()] == ["Ana Ruiz", "Ben Okafor", "Carla Wynn"]
    assert len(shown(app).connections) == 3


def links_to_check(app: AppTest) -> list[str]:
    """The links in the status line that lead to what someone should look at."""
    return [each.label for each in app.get("page_link") if "to check" in each.label]


def choose(app: AppTest, label: str, value: str) -> AppTest:
    next(box for box in app.selectbox if label in box.label).set_value(value).run()
    assert not app.exception
    return app


def test_known_column_can_mean_something_else(app: AppTest) -> None:
    upload(app, "Members.csv", b"Name,Organization,Region\nAna Ruiz,West,North HS\nBen Okafor,East,South HS\n")
    visit(app, "data")
    choose(app, "Change what", "Members")
    choose(app, "Column", "Region")
    choose(app, "“Region” means", "Organization")
    button(app, "Use this answer").click().run()
    assert [person.organization for person in shown(app).people.values()] == ["North HS", "South HS"]


def test_known_tab_can_hold_something_else(app: AppTest) -> None:
    upload(app, "Members.csv", b"Name,Date,Title\nAna Ruiz,2026-01-05,Kickoff\n")
    visit(app, "data")
    choose(app, "Change what", "Members")
    choose(app, "This tab holds", "Convenings")
    button(app, "Use this answer").click().run()
    assert shown(app).people == {}
    assert [convening.title for convening in shown(app).convenings] == ["Kickoff"]


def test_nothing_is_changed_until_an_answer_differs(app: AppTest) -> None:
    upload(app, "Members.csv", b"Name,Region\nAna Ruiz,West\n")
    visit(app, "data")
    choose(app, "Change what", "Members")
    assert button(app, "Use this answer").disabled


def test_renaming_is_offered_only_where_it_says_everything() -> None:
    whole = {"Tab": "Members", "Column": "Whole tab", "Your header": "Contacts"}
    assert "Contacts to **Members**" in rename_text({"Column names": (whole,)})
    for other in (whole | {"Column": "Role"}, whole | {"Tab": "Leave alone"}):
        assert not rename_text({"Column names": (whole, other)})
