"""The Connections, Waves, and Weaving tabs, as docs/workbook-reference.md describes them."""

import datetime as dt

import pytest

from nethealth.workbook.schema.vocabulary import WaveKind

D = dt.date
PEOPLE = [["Name", "Joined"], ["Ann", "2020-01-01"], ["Ben", "2021-01-01"], ["Cara", ""], ["Dov", ""]]


def ties(*rows, headers=("From", "To", "Strength", "Date", "Wave", "Heard through")):
    return [list(headers), *map(list, rows)]


@pytest.mark.parametrize(
    ("typed", "strength"), [(4, 4), ("4", 4), ("Coordinate", 4), ("4 - Coordinate", 4), (None, None)]
)
def test_strength_is_number_label_or_both(read, typed, strength):
    workbook = read({"Members": PEOPLE, "Connections": ties(("Ann", "Ben", typed))})
    assert workbook.connections[0].strength == strength
    assert not [p for p in workbook.problems if p.tab == "Connections"]


@pytest.mark.parametrize("typed", [9, "1e3", "NaN", "=1", "often", True, "#REF!"])
def test_strength_off_scale_keeps_tie(read, typed, counts):
    workbook = read({"Members": PEOPLE, "Connections": ties(("Ann", "Ben", typed))})
    assert [tie.strength for tie in workbook.connections] == [None]
    assert [(p.severity.value, p.cell) for p in workbook.problems if p.tab == "Connections"] == [
        ("error", "Connections!C2")
    ]
    assert counts(workbook, "Connections") == (1, 1, 0, 0)


def test_scale_named_strength_replaces_built_in(read):
    scales = [["Scale", "Value", "Label"], ["strength", 0, "Nothing"], ["Strength", 10, "Everything"]]
    workbook = read({"Members": PEOPLE, "Scales": scales, "Connections": ties(("Ann", "Ben", "Everything"))})
    assert workbook.connections[0].strength == 10


def test_self_tie_is_rejected(read, problems_with, counts):
    workbook = read({"Members": PEOPLE, "Connections": ties(("Ann", "ann"), ("Ann", "Ben"))})
    assert [(tie.source, tie.target) for tie in workbook.connections] == [("Ann", "Ben")]
    assert problems_with(workbook, "the same person") == [("error", "Connections!B2", "ann")]
    assert counts(workbook, "Connections") == (2, 1, 0, 1)


def test_repeated_tie_is_merged(read, problems_with, counts):
    rows = [("Ann", "Ben", 3), ("Ann", "Ben", 3), ("Ben", "Ann", 3), ("Ann", "Ben", 5), ("Ann", "Ben", 5, "", "W2")]
    workbook = read({"Members": PEOPLE, "Connections": ties(*rows)})
    assert counts(workbook, "Connections") == (5, 3, 2, 0)
    assert problems_with(workbook, "different strength") == [("warning", "Connections!C5", "5")]
    # All rows travel on; the network keeps the strongest.
    assert len(workbook.connections) == 5


def test_tie_before_joining_is_warning(read, problems_with):
    rows = [("Ann", "Ben", "", "2020-06-01"), ("Ann", "Cara", "", "2020-06-01"), ("Ann", "Ben", "", "2021-01-01")]
    workbook = read({"Members": PEOPLE, "Connections": ties(*rows)})
    assert problems_with(workbook, "dated before") == [("warning", "Connections!D2", "2020-06-01")]
    assert len(workbook.connections) == 3


def test_heard_through_separates_reports_and_facts(read):
    rows = [("Ann", "Ben", "", "", "", word) for word in ("Survey", "", "weaving", "Convening", "STAFF", "a friend")]
    workbook = read({"Members": PEOPLE, "Connections": ties(*rows)})
    assert [tie.is_report for tie in workbook.connections] == [True, True, False, False, False, False]
    assert [p.severity.value for p in workbook.problems if p.cell == "Connections!F7"] == ["warning"]


def test_bad_rows_leave_others_alone(read, counts):
    rows = [("Ann", "Ben"), ("Zed", "Ben"), ("Ann", ""), ("", "Ben"), ("=x", "Ben"), ("#REF!", "#N/A"), ("Cara", "Dov")]
    workbook = read({"Members": PEOPLE, "Connections": ties(*rows)})
    assert [(tie.source, tie.target, tie.row) for tie in workbook.connections] == [
        ("Ann", "Ben", 2),
        ("Cara", "Dov", 8),
    ]
    assert counts(workbook, "Connections") == (7, 2, 0, 5)
    assert {p.row for p in workbook.problems if p.tab == "Connections"} == {3, 4, 5, 6, 7}


def test_waves_from_tab_then_rows(read):
    waves = [["Wave", "Kind", "Date", "Invited", "Responded"], ["Spring", "Relationships", "", 10, 8]]
    rows = [
        ("Ann", "Ben", "", "2024-05-01", "spring"),
        ("Ann", "Cara", "", "2024-05-09", "SPRING"),
        ("Ann", "Dov", "", "2023-02-01", "Old"),
    ]
    workbook = read({"Members": PEOPLE, "Waves": waves, "Connections": ties(*rows)})
    assert [(wave.name, wave.date) for wave in workbook.waves] == [("Old", D(2023, 2, 1)), ("Spring", D(2024, 5, 9))]
    spring = workbook.waves[1]
    assert (spring.invited, spring.responded, spring.respondents) == (10, 8, None)
    assert {tie.wave for tie in workbook.connections} == {"Spring", "Old"}


def test_waves_are_sorted_by_date(read):
    waves = [["Wave", "Date"], ["Undated", ""], ["B", "2025"], ["A", "2024-03"]]
    assert [wave.name for wave in read({"Waves": waves}).waves] == ["A", "B", "Undated"]


def test_responded_may_be_a_list_of_names(read, problems_with):
    waves = [["Wave", "Invited", "Responded"], ["W", 3, "Ann; Ben; Zed; Cara"]]
    workbook = read({"Members": PEOPLE, "Waves": waves})
    (wave,) = workbook.waves
    assert wave.respondents == ("Ann", "Ben", "Cara")
    assert wave.responded == 4
    assert [value for _, _, value in problems_with(workbook, "No member")] == ["Zed"]
    assert [severity for severity, _, _ in problems_with(workbook, "More people responded")] == ["warning"]


def test_rows_counting_own_kinds_are_two_waves(read):
    rows = [["Wave", "Kind", "Date", "Invited"], ["W", "Relationships", "2024-01-01", 10], ["W", "Survey", "", 8]]
    workbook = read({"Waves": rows})
    assert workbook.wave_named("W", kind=WaveKind.RELATIONSHIPS).invited == 10
    assert workbook.wave_named("W", kind=WaveKind.SURVEY).invited == 8
    assert workbook.wave_named("V", kind=WaveKind.SURVEY) is None
    assert workbook.problems == ()


def test_invited_may_be_a_list_of_names_too(read, problems_with):
    waves = [
        ["Wave", "Invited", "Responded"],
        ["W", "Ann; Ben", 1],
        ["V", "Ann\nCara, Ben", "Ann"],
        ["U", "about 40", 3],
    ]
    workbook = read({"Members": PEOPLE, "Waves": waves})
    assert [(wave.invited, wave.responded) for wave in workbook.waves] == [(2, 1), (3, 1), (None, 3)]
    assert [cell for _, cell, _ in problems_with(workbook, "No member")] == ["Waves!B4"]


def test_same_wave_with_other_date_is_two(read, problems_with):
    rows = [["Wave", "Kind", "Date"], ["W", "Relationships", "2024-01-01"], ["w", "Survey", "2024-01-01"]]
    (wave,) = read({"Waves": rows}).waves
    assert wave.kinds == {WaveKind.RELATIONSHIPS, WaveKind.SURVEY}
    rows[2][2] = "2024-06-01"
    assert [wave.date for wave in read({"Waves": rows}).waves] == [D(2024, 1, 1), D(2024, 6, 1)]
    rows[2][1] = "Relationships"
    assert len(problems_with(read({"Waves": rows}), "appears twice")) == 1


def test_conversation_keeps_introductions(read, problems_with):
    weaving = [
        ["Date", "Weaver", "Member", "Introduced to", "What we heard", "Follow-up", "Due", "Done", "Entry ID"],
        [
            "2026-01-05",
            "Staff Sue",
            "Ann",
            "Ben, Cara; Ann",
            "line one\nline two",
            "call",
            "2026-02-01",
            "2026-01-20",
            "e1",
        ],
        ["2026-01-06", "Staff Sue", "Zed"],
        ["not a day", "Staff Sue", "Dov", "", "", "", "", "yes"],
        ["", "Staff Sue", "Dov"],
    ]
    workbook = read({"Members": PEOPLE, "Weaving": weaving})
    first, second = workbook.weaving
    assert (first.member, first.introduced_to, first.weaver) == ("Ann", ("Ben", "Cara"), "Staff Sue")
    assert (first.what_we_heard, first.due, first.done) == ("line one\nline two", D(2026, 2, 1), D(2026, 1, 20))
    assert (second.date, second.done) == (None, True)
    # The network makes ties from introductions; here they appear once.
    assert workbook.connections == ()
    assert problems_with(workbook, "themselves")[0][:2] == ("warning", "Weaving!D2")
    assert problems_with(workbook, "skipped this row")[0] == ("error", "Weaving!C3", "Zed")
    assert problems_with(workbook, "Date is blank")[0][1] == "Weaving!A5"


@pytest.mark.parametrize(
    ("order", "day"), [(None, D(2024, 3, 4)), ("month first", D(2024, 3, 4)), ("Day first", D(2024, 4, 3))]
)
def test_ambiguous_date_follows_setting(read, order, day):
    settings = [["Setting", "Value"], ["Date order", order]]
    workbook = read({"Settings": settings, "Members": PEOPLE, "Connections": ties(("Cara", "Dov", "", "3/4/2024"))})
    assert workbook.connections[0].date == day
    assert [p.severity.value for p in workbook.problems if p.cell == "Connections!D2"] == ["note"]


@pytest.mark.parametrize("typed", [2024, 2024.0, "2024", "2024.0", " 2024.0 "])
def test_wave_that_a_program_wrote_as_a_number_is_the_year(read, typed):
    workbook = read({"Connections": [["From", "To", "Wave"], ["Ana", "Ben", "2024"], ["Ben", "Cy", typed]]})
    assert [tie.wave for tie in workbook.connections] == ["2024", "2024"]
