"""The template has what the tabs' models declare, helps people fill it in, and reads back without problems."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest

from nethealth.sources import read_file
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.schema.column_looks import header_note
from nethealth.workbook.schema.tabs import SETTING_VALUES, TABS, CellKind
from nethealth.workbook.short_survey import OPEN_QUESTIONS, STATEMENTS
from nethealth.workbook.template import LISTS, READ_ME, template_bytes, write_template


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(BytesIO(template_bytes()))


def rules_of(sheet):
    """Each drop-down's source, by the letter of its column."""
    return {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in sheet.data_validations.dataValidation}


def offered(book, rule):
    """The words that a drop-down offers."""
    source = rule.formula1.lstrip("=")
    if source.startswith('"'):
        return source.strip('"').split(",")
    title, cells = source.rsplit("!", 1)
    return [row[0].value for row in book[title.strip("'")][cells.replace("$", "")]]


def test_template_reads_back_without_problems():
    raw = read_file(template_bytes(), "template.xlsx")
    workbook = read_workbook(raw, today=dt.date(2026, 11, 23))
    assert workbook.problems == ()
    assert {reading.tab for reading in workbook.tabs} >= {tab.name for tab in TABS}
    assert READ_ME in workbook.ignored_tabs
    assert workbook.people == {}


def test_template_has_default_settings():
    filled = read_workbook(read_file(template_bytes(), "template.xlsx"), today=dt.date(2026, 11, 23)).settings
    assert filled == type(filled)()


def test_every_tab_has_its_columns_in_order(book):
    assert book.sheetnames == [READ_ME, *(tab.name for tab in TABS), LISTS]
    for tab in TABS:
        headers = [cell.value for cell in book[tab.name][1] if cell.value is not None]
        assert headers == [column.name for column in tab.columns.values()]


def test_required_headers_look_different(book):
    for tab in TABS:
        sheet = book[tab.name]
        assert sheet.freeze_panes == "A2"
        looks = {True: set(), False: set()}
        for cell, column in zip(sheet[1], tab.columns.values(), strict=False):
            looks[column.required].add(cell.fill.fgColor.rgb)
        assert not looks[True] & looks[False]
        assert all(len(look) <= 1 for look in looks.values())


def test_every_header_explains_itself(book):
    for tab in TABS:
        for cell, column in zip(book[tab.name][1], tab.columns.values(), strict=False):
            assert cell.comment.text.strip() == header_note(column)
            assert column.help in cell.comment.text
            assert ("Required." in cell.comment.text) == column.required


def test_every_choice_is_a_drop_down(book):
    checked = 0
    for tab in TABS:
        rules = rules_of(book[tab.name])
        for cell, column in zip(book[tab.name][1], tab.columns.values(), strict=False):
            if column.choices:
                assert offered(book, rules[cell.column_letter]) == list(column.choices)
                checked += 1
    assert checked > 10


def test_names_are_suggested_from_members(book):
    rule = rules_of(book["Connections"])["A"]
    assert rule.formula1.replace("$", "").startswith("'Members'!A2:A")
    assert not rule.showErrorMessage


def test_cells_have_text_and_date_formats(book):
    for tab in TABS:
        for place, column in enumerate(tab.columns.values(), start=1):
            # Neighbours of one format share an entry.
            (style,) = (s for s in book[tab.name].column_dimensions.values() if s.min <= place <= s.max)
            if column.kind in {CellKind.NAME, CellKind.TEXT, CellKind.NAMES}:
                assert style.number_format == "@"
            if column.kind is CellKind.DATE:
                assert style.number_format == "yyyy-mm-dd"


def test_template_has_no_formula(book):
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and not str(cell.value or "").startswith("=") for cell in row)


def test_every_setting_is_listed(book):
    names = [row[0].value for row in book["Settings"].iter_rows(min_row=2)]
    assert names == [column.name for column in SETTING_VALUES.values()]


def test_typed_rows_are_read(tmp_path):
    """A member, a tie with a name from the drop-down, a date: as a person would fill it."""
    path = tmp_path / "mine.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    book["Members"].append(["Ana López", "007", "Person", "Rio School", None, None, "West", dt.date(2024, 3, 14)])
    book["Members"].append(["Ben Smith", None, None, None, None, None, None, "March 2025"])
    book["Connections"].append(["Ana López", "Ben Smith", 4, "Co-planning", dt.date(2026, 4, 1), "Spring 2026"])
    book.save(path)
    workbook = read_workbook(read_file(path.read_bytes(), path.name), today=dt.date(2026, 11, 23))
    assert workbook.problems == ()
    ana = next(person for person in workbook.people.values() if person.name == "Ana López")
    assert (ana.member_id, ana.joined, ana.attributes["Region"]) == ("007", dt.date(2024, 3, 14), "West")
    assert [(tie.strength, tie.wave) for tie in workbook.connections] == [(4, "Spring 2026")]


def test_typed_measures_are_read(tmp_path, book):
    heads = [cell.value for cell in book["Connections"][1]]
    rules = rules_of(book["Connections"])
    letter = book["Connections"][1][heads.index("Frequency")].column_letter
    assert offered(book, rules[letter]) == ["1", "2", "3", "4", "5"]
    path = tmp_path / "mine.xlsx"
    write_template(path)
    mine = openpyxl.load_workbook(path)
    sheet = mine["Connections"]
    place = len(heads) + 1
    # An extra column is next to the others, and numbers in it are numbers.
    style = next(s for s in sheet.column_dimensions.values() if s.min <= place <= s.max)
    assert style.number_format == "General"
    sheet.cell(1, place, "Hours together")
    for row, (often, hours) in enumerate([("Weekly", 12), (5, 3.5)], start=2):
        for at, typed in ((1, "Ana"), (2, "Ben"), (heads.index("Frequency") + 1, often), (place, hours)):
            sheet.cell(row, at, typed)
    mine.save(path)
    workbook = read_workbook(read_file(path.read_bytes(), path.name), today=dt.date(2026, 11, 23))
    assert [tie.measures for tie in workbook.connections] == [
        {"Frequency": 4, "Hours together": 12},
        {"Frequency": 5, "Hours together": 3.5},
    ]


def test_template_is_deterministic():
    assert template_bytes() == template_bytes()


def test_template_has_short_survey_in_both_languages(book):
    words = {cell for row in book[READ_ME].iter_rows(values_only=True) for cell in row if cell}
    for statement in (*STATEMENTS, *OPEN_QUESTIONS):
        assert {statement.english, statement.spanish} <= words
