"""The Data page: what needs fixing is a list to work through, and nothing is there twice."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.contributions.entries import SAMPLE_KEY
from nethealth.history.store import Snapshot
from nethealth.ui import access, app_secrets, network_workbook
from nethealth.ui.access import AccessState, Policy, Role
from nethealth.ui.data.problems import UNFOLDED_UP_TO
from nethealth.workbook.records import Problem, Severity, UnlistedProblems, Workbook
from nethealth.workbook.tab_reading import LeftAlone, TabReading
from tests.pages.conftest import Show, sample, visit, words_on
from tests.sources.sheets_server import ACCOUNT, SHEET_ID, Sheet, SheetsServer

MESSAGE = "No member has this name or ID, so we skipped the connection."


def problem(row: int, remedy: str, *, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(severity=severity, tab="Connections", message=MESSAGE, remedy=remedy, row=row, column="B")


def tab(name: str, rows: int, *, rejected: int = 0) -> TabReading:
    return TabReading(tab=name, title=name, rows=rows, accepted=rows - rejected, merged=0, rejected=rejected)


def test_same_problem_different_remedies_lists_each_remedy(app: AppTest, showing: Show) -> None:
    problems = (problem(2, "Did you mean “Ann”?"), problem(3, "Did you mean “Ben”?"))
    showing(Workbook(tabs=(tab("Connections", 2),), problems=problems))
    words = words_on(visit(app, "data"))
    assert words.count(MESSAGE) == 1
    for text in ("Connections!B2", "Connections!B3", "Did you mean “Ann”?", "Did you mean “Ben”?"):
        assert words.count(text) == 1
    assert [folded.label for folded in app.expander] == ["1 tab"], "a few problems are not folded"


def test_same_remedy_is_given_once(app: AppTest, showing: Show) -> None:
    showing(Workbook(tabs=(tab("Connections", 2),), problems=(problem(2, "Add them."), problem(3, "Add them."))))
    assert words_on(visit(app, "data")).count("Add them.") == 1


def test_a_skipped_value_is_not_everything_used(app: AppTest, showing: Show) -> None:
    showing(Workbook(tabs=(tab("Connections", 2),), problems=(problem(2, "Did you mean “Ann”?"),)))
    assert "we used everything" not in words_on(visit(app, "data"))
    showing(Workbook(tabs=(tab("Connections", 2),)))
    assert "we used everything" in words_on(visit(app, "data"))


def test_a_tab_left_alone_is_not_everything_used(app: AppTest, showing: Show) -> None:
    showing(Workbook(tabs=(tab("Connections", 2),), left_alone=(LeftAlone(title="Contacts"),)))
    words = words_on(visit(app, "data"))
    assert "we used everything" not in words
    assert "No action needed" not in words


def test_many_problems_are_folded_and_unlisted_ones_counted(app: AppTest, showing: Show) -> None:
    many = tuple(problem(row, f"Remedy {row}.") for row in range(2, UNFOLDED_UP_TO + 3))
    more = UnlistedProblems(tab="Connections", column="B", message=MESSAGE, severity=Severity.ERROR, count=7)
    showing(Workbook(tabs=(tab("Connections", 60),), problems=many, unlisted=(more,)))
    folded = visit(app, "data").expander[0]
    assert f"{UNFOLDED_UP_TO + 1 + 7} cells" in folded.label


def test_empty_tabs_share_one_line(app: AppTest, showing: Show) -> None:
    showing(Workbook(tabs=(tab("Members", 3), tab("Waves", 0), tab("Platform", 0))))
    words = words_on(visit(app, "data"))
    assert "Waves, Platform" in words
    assert words.count("<tr>") == 2, "the header and Members"


def test_notes_alone_need_no_action(app: AppTest, showing: Show) -> None:
    note = problem(2, "No action needed.", severity=Severity.NOTE)
    showing(Workbook(tabs=(tab("Connections", 2),), problems=(note,)))
    words = words_on(visit(app, "data"))
    assert "Good to know" in words
    assert "to check" not in words, "the link above every page could never be cleared"


def test_status_line_counts_errors_and_warnings(app: AppTest, showing: Show) -> None:
    problems = tuple(problem(2 + row, "Look.", severity=severity) for row, severity in enumerate(Severity))
    more = tuple(
        UnlistedProblems(tab="Connections", column="B", message=MESSAGE, severity=severity, count=10)
        for severity in (Severity.WARNING, Severity.NOTE)
    )
    showing(Workbook(tabs=(tab("Connections", 30),), problems=problems, unlisted=more))
    assert "12 things to check" in words_on(app.run())


def test_problems_come_before_what_we_read(app: AppTest, showing: Show) -> None:
    showing(Workbook(tabs=(tab("Connections", 2),), problems=(problem(2, "Add them."),)))
    words = words_on(visit(app, "data"))
    assert words.index(MESSAGE) < words.index('What we read"')


def test_viewers_see_tabs_and_rows_only(app: AppTest, showing: Show) -> None:
    showing(Workbook(tabs=(tab("Connections", 5, rejected=2),), problems=(problem(2, "x"),)), role=Role.VIEWER)
    words = words_on(visit(app, "data"))
    assert "Connections" in words
    assert MESSAGE not in words
    assert "kipped" not in words
    assert not app.expander


def test_questions_are_folded_with_a_file_to_correct(app: AppTest, showing: Show) -> None:
    showing(sample())
    labels = [folded.label for folded in visit(app, "data").expander]
    assert any("17 questions" in label for label in labels)
    words = words_on(app)
    assert "Agreement: Strongly disagree to Strongly agree" in words
    assert "Its answers" in words
    assert any("Questions tab" in button.proto.label for button in app.get("download_button"))


def test_the_guide_links_to_the_empty_workbook(app: AppTest) -> None:
    links = [link.proto.page for link in visit(app, "guide").get("page_link")]
    assert "data" in links


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
@pytest.mark.parametrize(("mode", "is_shown"), [(0o644, True), (0o600, False)])
def test_staff_learn_that_others_can_read_the_secrets(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mode: int, is_shown: bool
) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text("", encoding="utf-8")
    file.chmod(mode)
    monkeypatch.setattr(app_secrets, "secrets_paths", lambda: (str(file),))
    assert ("chmod 600" in words_on(visit(app, "data"))) is is_shown


def test_staff_see_what_the_google_sheet_lacks_before_it_is_added(
    app: AppTest, showing: Show, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    showing(Workbook())
    with SheetsServer() as server:
        sheet = server.add(Sheet(tabs={"Weaving": [["Date", "Weaver", "Member"], [46000, "Bo", "Ana"]]}))
        variables = {
            "NETHEALTH_SPREADSHEET": SHEET_ID,
            "NETHEALTH_SERVICE_ACCOUNT": json.dumps(server.service_account()),
        }
        for name, value in (server.environment(tmp_path) | variables).items():
            monkeypatch.setenv(name, value)
        visit(app, "data")
        app.button(key="see-missing-parts").click().run()
        assert "Members, new" in words_on(app)
        assert server.count("batch") == 0
        sheet.editors.clear()
        app.button(key="add-missing-parts").click().run()
        assert ACCOUNT in words_on(app)
        sheet.editors.add(ACCOUNT)
        app.button(key="add-missing-parts").click().run()
        assert not app.exception
        assert sheet.tabs["Weaving"][1] == [46000, "Bo", "Ana"]
        assert "Members" in sheet.tabs
        app.button(key="see-missing-parts").click().run()
        assert "Nothing is missing" in words_on(app)


def test_viewers_change_no_google_sheet(app: AppTest, showing: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETHEALTH_SPREADSHEET", SHEET_ID)
    showing(Workbook(), role=Role.VIEWER)
    assert "Complete the Google Sheet" not in [folded.label for folded in visit(app, "data").expander]


@pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER])
def test_numbers_of_earlier_days_are_for_staff(app: AppTest, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    for day, members in ((dt.date(2024, 3, 1), 41.0), (dt.date(2026, 11, 30), 122.0)):
        numbers = {"members": members}
        network_workbook.history().add(Snapshot(workbook=SAMPLE_KEY, day=day, numbers=numbers))
    if role is Role.VIEWER:
        monkeypatch.setattr(access, "policy", lambda: Policy(state=AccessState.GUARDED))
        monkeypatch.setattr(access, "role_for_policy", lambda _policy: role)
    assert ("March 1, 2024" in words_on(visit(app, "data"))) is (role is Role.STAFF)


def test_history_that_is_off_says_so_to_staff(app: AppTest) -> None:
    assert "keep_history" not in words_on(visit(app, "data"))
    app.secrets["journal"] = {"keep_history": False}
    assert "keep_history" in words_on(visit(app, "data"))
