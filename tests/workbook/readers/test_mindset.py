"""Mindset reflections by number or pole."""

import pytest

from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, PAIRS, Moment

PEOPLE = [["Name", "Member ID"], ["Ann Lee", "A1"], ["Ben Ode", "B2"], ["Cara Lin", "C3"]]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Purpose at the center of focus", 11),
        ("purpose at the CENTRE of focus", 11),
        ("Organisation at the centre of focus", 10),
        ("Organization at the center of focus", 10),
        ("Centralised decision making", 2),
        ("Top down, directive leadership", 0),
        ("top-down directive leadership", 0),
        ("Information shared", 5),
        ("information is restricted", 4),
        ("Relationship oriented", 7),
    ],
)
def test_pole_is_known_in_every_spelling(read, typed, place):
    pair = PAIRS[place // 2]
    rows = [["Timestamp", pair.column, "Rose to the top"], ["", typed, f"{typed}, {CHARACTERISTICS[13]}"]]
    workbook = read({"Mindset": rows})
    (reflection,) = workbook.mindset
    assert reflection.positions[place // 2] == (5 if place % 2 else 1)
    assert reflection.rose_to_the_top == (CHARACTERISTICS[place], CHARACTERISTICS[13])
    assert workbook.problems == ()


def test_reflection_is_read_by_number_or_pole(read):
    header = [
        "Timestamp",
        "Session",
        "Moment",
        "Respondent",
        *(pair.column for pair in PAIRS),
        "Rose to the top",
        "Reflection",
    ]
    rows = [
        header,
        [
            "2026-01-05",
            "Kick-off",
            "hoped for",
            "Ann Lee",
            1,
            "2",
            PAIRS[2].network,
            "5",
            "",
            9,
            3,
            f"{CHARACTERISTICS[0]}, {CHARACTERISTICS[3]}; x",
            "=We talk",
        ],
        ["2026-01-05", "Kick-off", "Later", "", *[3] * 7, "; ".join(CHARACTERISTICS[:4])],
    ]
    workbook = read({"Members": PEOPLE, "Mindset": rows})
    first, second = workbook.mindset
    assert first.positions == (1, 2, 5, 5, None, None, 3)
    assert first.rose_to_the_top == (CHARACTERISTICS[0], CHARACTERISTICS[3])
    assert (first.moment, first.respondent, first.reflection) == (Moment.HOPED_FOR, "A1", "=We talk")
    assert second.rose_to_the_top == CHARACTERISTICS[:3]
    assert second.moment is None
    assert [(p.severity.value, p.cell) for p in workbook.problems] == [
        ("error", "Mindset!J2"),
        ("error", "Mindset!L2"),
        ("error", "Mindset!C3"),
        ("warning", "Mindset!L3"),
    ]


def test_session_ignores_case_and_spacing(read, problems_with):
    rows = [
        ["Timestamp", "Session", "Moment", "Respondent", "Leadership"],
        ["2026-01-05", "Kick-off", "Now", "Ann Lee", 1],
        ["2026-01-06", "kick-off ", "now", "a1", 4],
        ["2026-01-06", "KICK-OFF", "Now", "", 2],
        ["2026-01-06", "", "Now", "", 3],
    ]
    workbook = read({"Members": PEOPLE, "Mindset": rows})
    assert [(each.session, each.positions[0], each.row) for each in workbook.mindset] == [
        ("Kick-off", 4, 3),
        ("Kick-off", 2, 4),
        (None, 3, 5),
    ]
    assert [cell for _, cell, _ in problems_with(workbook, "answered again")] == ["Mindset!D2"]


def test_codes_of_phones_are_anonymous_and_no_problem(read):
    header = ["Timestamp", "Session", "Moment", "Respondent", PAIRS[0].column]
    rows = [["2026-11-30", "Retreat", "Now", f"Phone-K7WPXM2{letter}", 2] for letter in "ABC"]
    workbook = read({"Members": PEOPLE, "Mindset": [header, *rows]})
    assert [reflection.respondent for reflection in workbook.mindset] == [None] * 3
    assert workbook.problems == ()


def test_pulse_is_read_and_a_respondents_last_answer_counts(read):
    rows = [
        ["Date", "Session", "Moment", "Respondent", "Statement", "Answer"],
        ["2026-11-30", "Retreat", "before", "Phone-K7WPXM2A", "We listen.", 2],
        ["2026-11-30", "retreat", "Before", "Phone-K7WPXM2A", "We  LISTEN.", "Strongly agree"],
        ["2026-11-30", "Retreat", "Before", "", "We listen.", 1],
        ["", "", "", "", "We listen.", 7],
    ]
    workbook = read({"Members": PEOPLE, "Pulse": rows})
    assert [(each.session, each.statement, each.moment, each.answer) for each in workbook.pulse] == [
        ("Retreat", "We listen.", Moment.BEFORE, 5),
        ("Retreat", "We listen.", Moment.BEFORE, 1),
    ]
    assert [problem.cell for problem in workbook.problems] == ["Pulse!F5"]
