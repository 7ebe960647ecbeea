"""Open another workbook: by a link or a file, for one session alone."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from nethealth import sources
from nethealth.errors import FileError
from nethealth.sources import read_file
from nethealth.sources.references import SheetReference
from nethealth.ui import open_workbook, session
from nethealth.workbook.raw import RawTab, RawWorkbook
from tests.pages.conftest import an_app, visit, words_on

LINK = "https://docs.google.com/spreadsheets/d/1abcdefghijklmnopqrstuvwxyz012345/edit"


def raw(*, title: str = "Somebody’s sheet") -> RawWorkbook:
    import datetime as dt

    rows = (("Name", "Joined"), ("Quetzal Onyx", "2024"), ("Bo Lind", "2025"))
    return RawWorkbook(title=title, tabs=(RawTab("Members", rows),), read_at=dt.datetime.now(dt.UTC))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[SheetReference]:
    links: list[SheetReference] = []

    def read_link(reference: SheetReference, **_: object) -> RawWorkbook:
        links.append(reference)
        return raw()

    def with_own_credentials(*_: object, **__: object) -> RawWorkbook:
        raise AssertionError("a pasted link is never read with the app's own credentials")

    monkeypatch.setattr(sources, "read_link", read_link)
    monkeypatch.setattr(sources, "open_source", with_own_credentials)
    return links


def paste(app: AppTest, link: str) -> AppTest:
    visit(app, "open")
    app.text_input[0].set_value(link)
    return next(button for button in app.button if button.label == "Open the Google Sheet").click().run()


def test_opened_link_is_shown_to_one_session(app: AppTest, asked: list[SheetReference]) -> None:
    paste(app, LINK)
    assert [reference.spreadsheet_id for reference in asked] == ["1abcdefghijklmnopqrstuvwxyz012345"]
    assert app.title[0].value == "Overview"
    assert "Only you see" in words_on(app)
    other = an_app().run()
    assert "Juniper" in words_on(other)
    assert "Somebody" not in words_on(other)


def test_back_button_shows_network_workbook(app: AppTest, asked: list[SheetReference]) -> None:
    paste(app, LINK)
    visit(app, "open")
    next(button for button in app.button if button.label.startswith("Back to")).click().run()
    assert session.OPENED_KEY not in app.session_state
    app.run()
    assert "Juniper" in words_on(app)


def test_every_page_leads_back(app: AppTest, asked: list[SheetReference]) -> None:
    def ways_back() -> list[str]:
        return [link.proto.page for link in app.get("page_link") if link.proto.label == "Go back"]

    app.run()
    assert ways_back() == []
    paste(app, LINK)
    for address in ("overview", "guide"):
        visit(app, address)
        assert ways_back() == ["open"]


@pytest.mark.parametrize("link", ["", "hello", "https://example.org/x", "file:///etc/passwd", "/etc/passwd", "sample"])
def test_wrong_link_shows_error_and_stays(app: AppTest, asked: list[SheetReference], link: str) -> None:
    paste(app, link)
    assert app.title[0].value == "Open another workbook"
    assert 'role=\\"alert\\"' in words_on(app) or 'role="alert"' in words_on(app)
    assert app.text_input[0].value == link
    assert not asked


def test_uploaded_file_is_shown(app: AppTest) -> None:
    visit(app, "open")
    app.file_uploader[0].upload("Members.csv", b"Name,Joined\nQuetzal Onyx,2024\n", "text/csv").run()
    assert not app.exception
    assert "Only you see" in words_on(app)


def test_several_files_are_one_workbook(app: AppTest) -> None:
    visit(app, "open")
    nodes = ("nodes.csv", b"Id,Label\n1,Quetzal Onyx\n2,Juniper Moss\n", "text/csv")
    edges = ("edges.csv", b"Source,Target,Type\n1,2,Directed\n", "text/csv")
    app.file_uploader[0].set_value([nodes, edges]).run()
    assert not app.exception
    workbook = app.session_state[session.OPENED_KEY].reading.workbook
    assert [person.name for person in workbook.people.values()] == ["Quetzal Onyx", "Juniper Moss"]
    assert len(workbook.connections) == 1


@pytest.mark.parametrize("ending", open_workbook.FILE_TYPES)
def test_every_ending_that_the_page_takes_is_known(app: AppTest, ending: str) -> None:
    visit(app, "open")
    assert f".{ending}" in app.file_uploader[0].allowed_type
    with pytest.raises(FileError) as caught:
        read_file(b"%PDF-1.7", f"x.{ending}")
    assert "PDF" in caught.value.message


def test_unreadable_file_shows_error(app: AppTest) -> None:
    visit(app, "open")
    app.file_uploader[0].upload("members.xlsx", b"no workbook at all", "application/zip").run()
    assert not app.exception
    assert app.title[0].value == "Open another workbook"
    assert "nh-band" in words_on(app).replace(".nh-band", "")
