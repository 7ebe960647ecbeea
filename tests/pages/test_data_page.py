"""The Data page: what needs a hand is a list to work through, and nothing stands there twice."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from nethealth.ui.data.tabs_and_problems import OPEN_AT_ONCE
from nethealth.workbook.records import Problem, Severity, TabReading, UnlistedProblems, Workbook
from tests.pages.conftest import Show, visit, words_on

NOBODY = "No member has this name or ID; the tie is left out."


def problem(row: int, remedy: str, *, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(severity=severity, tab="Connections", message=NOBODY, remedy=remedy, row=row, column="B")


def tab(name: str, rows: int) -> TabReading:
    return TabReading(tab=name, title=name, rows=rows, accepted=rows, merged=0, rejected=0)


def test_problems_of_one_kind_stand_together_each_with_its_own_remedy(app: AppTest, showing: Show) -> None:
    problems = (problem(2, "Did you mean “Ann”?"), problem(3, "Did you mean “Ben”?"))
    showing(Workbook(tabs=(tab("Connections", 2),), problems=problems))
    words = words_on(visit(app, "data"))
    assert words.count(NOBODY) == 1
    for told in ("Connections!B2", "Connections!B3", "Did you mean “Ann”?", "Did you mean “Ben”?"):
        assert words.count(told) == 1
    assert not app.expander, "a few problems that need a hand are not folded away"


def test_a_value_that_is_left_out_is_not_everything_used(app: AppTest, showing: Show) -> None:
    showing(Workbook(tabs=(tab("Connections", 2),), problems=(problem(2, "Did you mean “Ann”?"),)))
    words = words_on(visit(app, "data"))
    assert "but single values are" in words
    assert "everything could be used" not in words
    showing(Workbook(tabs=(tab("Connections", 2),)))
    assert "everything could be used" in words_on(visit(app, "data"))


def test_a_remedy_that_holds_for_all_is_said_once(app: AppTest, showing: Show) -> None:
    showing(Workbook(tabs=(tab("Connections", 2),), problems=(problem(2, "Add them."), problem(3, "Add them."))))
    assert words_on(visit(app, "data")).count("Add them.") == 1


def test_many_problems_are_folded_and_those_that_are_only_counted_are_counted_once(app: AppTest, showing: Show) -> None:
    many = tuple(problem(row, f"Remedy {row}.") for row in range(2, OPEN_AT_ONCE + 3))
    more = UnlistedProblems(tab="Connections", column="B", message=NOBODY, severity=Severity.ERROR, count=7)
    showing(Workbook(tabs=(tab("Connections", 60),), problems=many, unlisted=(more,)))
    (folded,) = visit(app, "data").expander
    assert f"{OPEN_AT_ONCE + 1 + 7} places" in folded.label


def test_tabs_without_rows_take_one_line_together(app: AppTest, showing: Show) -> None:
    showing(Workbook(tabs=(tab("Members", 3), tab("Waves", 0), tab("Platform", 0))))
    words = words_on(visit(app, "data"))
    assert "Still empty: Waves, Platform." in words
    assert words.count("<tr>") == 2, "the header and Members"


def test_notes_alone_leave_nothing_that_needs_a_hand(app: AppTest, showing: Show) -> None:
    note = problem(2, "Nothing needs doing.", severity=Severity.NOTE)
    showing(Workbook(tabs=(tab("Connections", 2),), problems=(note,)))
    words = words_on(visit(app, "data"))
    assert "Nothing needs a hand" in words
    assert "Worth knowing" in words
    assert "in the sheet to look at" not in words, "the mark above every page could never be cleared"


def test_the_mark_above_every_page_counts_what_needs_a_hand_or_a_glance(app: AppTest, showing: Show) -> None:
    kinds = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
    found = tuple(problem(2 + at, "Look.", severity=severity) for at, severity in enumerate(kinds))
    more = tuple(
        UnlistedProblems(tab="Connections", column="B", message=NOBODY, severity=severity, count=10)
        for severity in (Severity.WARNING, Severity.NOTE)
    )
    showing(Workbook(tabs=(tab("Connections", 30),), problems=found, unlisted=more))
    assert "12 things in the sheet to look at" in words_on(app.run())


def test_what_needs_a_hand_stands_before_what_was_read(app: AppTest, showing: Show) -> None:
    showing(Workbook(tabs=(tab("Connections", 2),), problems=(problem(2, "Add them."),)))
    words = words_on(visit(app, "data"))
    assert words.index(NOBODY) < words.index('What was read"')


def test_the_guide_leads_to_the_empty_workbook(app: AppTest) -> None:
    links = [link.proto.page for link in visit(app, "guide").get("page_link")]
    assert "data" in links
