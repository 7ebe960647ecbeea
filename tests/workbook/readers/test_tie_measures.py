"""Columns of numbers on ties: which are measures, how their cells are read, and which problems are reported."""

import datetime as dt

import pytest

from nethealth.privacy.display_names import ANONYMOUS
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.sources import read_path
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.readers import tie_measures
from nethealth.workbook.schema.tabs import CONNECTIONS
from nethealth.workbook.schema.vocabulary import FREQUENCY, HOW_OFTEN

READ_AS_MEASURE = "to measure connections, like"
NAMES = [f"Person {letter}" for letter in "ABCDEFGHIJKLMNOP"]


def ties(**columns):
    """Connections of people in a ring, with these columns next to From and To; `None` is a blank cell."""
    length = max(map(len, columns.values()), default=0)
    pairs = [(NAMES[at % 16], NAMES[(at + 1 + at // 16) % 16]) for at in range(length)]
    rows = [
        [*pair, *(cells[at] if at < len(cells) else None for cells in columns.values())]
        for at, pair in enumerate(pairs)
    ]
    return {"Connections": [["From", "To", *columns], *rows]}


def reported(workbook, name):
    return [tie.measures.get(name) for tie in workbook.connections]


def names(workbook):
    return [each.name for each in workbook.tie_measures]


def test_extra_number_column_is_measure(read):
    workbook = read(ties(Trust=[4, None, 5], **{"Hours together": [12, "1,000.5", None]}))
    assert names(workbook) == ["Trust", "Hours together"]
    assert reported(workbook, "Hours together") == [12, 1000.5, None]
    assert [tie.measures for tie in workbook.connections][2] == {"Trust": 5}
    (note,) = [each for each in workbook.problems if READ_AS_MEASURE in each.message]
    assert (note.severity.value, note.cell, note.value) == ("note", "Connections!D1", "Hours together")
    assert "(private)" in note.remedy
    off = read(ties(Trust=[4, None, 5], **{"Hours together (private)": [12, "1,000.5", None]}))
    assert names(off) == ["Trust"]
    assert all(tie.measures.keys() <= {"Trust"} for tie in off.connections)


def test_not_a_number_is_error(read, problems_with):
    hours = [1, 2, 3, 4, 5, 6, 7, 8, 4.5, "many", "N/A", "TBD", "#REF!", "2e3", None]
    # Nine numbers and three other answers: less than four fifths.
    assert names(read(ties(Hours=hours))) == []
    hours = [6, 5, 3, *hours]
    workbook = read(ties(Hours=hours))
    assert reported(workbook, "Hours") == [6, 5, 3, 1, 2, 3, 4, 5, 6, 7, 8, 4.5, *[None] * 6]
    assert [value for _, _, value in problems_with(workbook, "as a number")] == ["many", "2e3"]
    assert [cell for _, cell, _ in problems_with(workbook, "formula error")] == ["Connections!C17"]
    huge = read(ties(Hours=[1, 2, 3, 4, 1e300]))
    assert reported(huge, "Hours") == [1, 2, 3, 4, None]
    assert [cell for _, cell, _ in problems_with(huge, "too large")] == ["Connections!C6"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (4, 4),
        ("4", 4),
        ("often", 4),
        ("4 - Often", 4),
        ("Weekly", 4),
        ("4 - Weekly", 4),
        ("every  month", 3),
        ("Daily", 5),
        ("Never", 1),
        ("Semanalmente", 4),
        ("N/A", None),
        ("Not yet", None),
        (None, None),
    ],
)
def test_frequency_reads_calendar_words(read, typed, number):
    workbook = read(ties(Frequency=["Sometimes", "Rarely", 2, 3, typed]))
    assert reported(workbook, "Frequency") == [3, 2, 2, 3, number]
    assert workbook.tie_measures[0].scale == FREQUENCY
    assert not [each for each in workbook.problems if each.row is not None]


def test_calendar_words_are_unique():
    labels = {label for _, label in FREQUENCY.points}
    assert set(HOW_OFTEN.values()) <= labels
    assert not {words.casefold() for words in HOW_OFTEN} & {label.casefold() for label in labels}
    # Typed twice under two labels the later would win, unseen.
    assert HOW_OFTEN["Yearly"] == "Rarely"
    assert len({words.casefold() for words in HOW_OFTEN}) == len(HOW_OFTEN)


def test_unknown_frequency_is_error(read, problems_with):
    workbook = read(ties(Frequency=["Often", "Rarely", 2, 3, 1, 9]))
    assert reported(workbook, "Frequency") == [4, 2, 2, 3, 1, None]
    assert problems_with(workbook, "isn’t an answer on the Frequency scale") == [("error", "Connections!C7", "9")]


def test_how_many_times_is_a_number(read):
    workbook = read(ties(**{"How often": [12, 30, 1, 52, 7]}))
    assert reported(workbook, "Frequency") == [12, 30, 1, 52, 7]
    assert workbook.tie_measures[0].scale is None


def test_scale_named_like_column_wins(read):
    labels = enumerate(("Low", "Middling", "High"), start=1)
    scales = [["Scale", "Value", "Label"]]
    scales += [[scale, value, label] for value, label in labels for scale in ("Trust", "Ease of contact")]
    typed = ["High", "3", "low", "1 - Low", "Middling"]
    workbook = read({**ties(Trust=typed, **{"Ease of contact": typed}), "Scales": scales})
    assert names(workbook) == ["Trust", "Ease of contact"]
    assert reported(workbook, "Trust") == reported(workbook, "Ease of contact") == [3, 3, 1, 1, 2]
    assert workbook.tie_measures[0].written(3) == "3 High"


def test_own_scale_wins_over_calendar_words(read):
    scales = [["Scale", "Value", "Label"], ["Frequency", 1, "Yearly"], ["Frequency", 2, "Weekly"]]
    workbook = read({**ties(Frequency=["Weekly", "Yearly", "Weekly", "Daily", "Weekly", "Weekly"]), "Scales": scales})
    assert reported(workbook, "Frequency") == [2, 1, 2, None, 2, 2]


def test_built_in_labels_are_numbers(read):
    workbook = read(ties(**{"Working together is easy": ["Agree", "4 - Agree", "Neutral", "Strongly agree", "Agree"]}))
    assert reported(workbook, "Working together is easy") == [4, 4, 3, 5, 4]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Words", ["a", "b", 3, 4]),
        ("Comment", ["we met 3 times", "fine", "ok"]),
        ("Hours (private)", [1, 2, 3]),
        ("Hours ( PRIVATE )", [1, 2, 3]),
        ("Call notes", [1, 2, 3]),
        ("Phone", [1, 2, 3]),
        ("Reached at", ["555 010 9988", "555-010-9911", "+1 555 0109933"]),
        ("Reached at", [5550109988, 5550109911, 5550109933]),
        ("School", ["007", "012", "008"]),
        ("Member ID", [3, 4, 5, 4]),
        ("memberID", [3, 4, 5, 4]),
        ("ID of the project", [3, 4, 5, 4]),
        ("Zip code", [30301, 30302, 30301]),
        ("Year", [1, 2, 3, 1]),
        ("Known since", [2019, 2020, 2019, 2024]),
        ("#", [1, 2, 3]),
        ("Running", list(range(1, 13))),
        ("Count", [1, 1, 1, 1]),
        ("Only one", [7]),
        ("Met", [dt.date(2025, 1, 2), dt.date(2025, 1, 3)]),
        ("Ticked", [True, False, True]),
        ("Answered by", ["(email 1)", "(email 2)"]),
        ("Blank", [None, None]),
        ("Open", ["N/A", "TBD", "?"]),
        ("Broken", ["#REF!", "#N/A", "#REF!"]),
    ],
)
def test_other_columns_are_skipped_with_note(read, header, column):
    workbook = read(ties(Trust=[4] * len(column), **{header: column}))
    assert names(workbook) == ["Trust"]
    assert all(tie.measures == {"Trust": 4} for tie in workbook.connections)
    found = [each for each in workbook.problems if each.cell == "Connections!D1"]
    assert [each.severity.value for each in found] == ["note"]
    assert "skipped" in found[0].message
    assert [each for each in workbook.problems if each.severity.value == "error"] == []


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Hours together", [*range(1, 12), 3]),
        ("Meetings per year", [1, 2, 3, 1]),
        ("Times a month", ["1", "2", "0"]),
        ("Number of meetings", [1, 2, 3, 1]),
        ("Years known", [1, 2, 30]),
        ("Funding paid", [1200, 500, 20000]),
        ("Share of time", ["45%", "5%", "0.5"]),
        ("Warmth", [-2, 0, 2]),
    ],
)
def test_number_columns_are_measures(read, header, column):
    assert names(read(ties(**{header: column}))) == [header]


def test_staff_turn_a_column_on_by_its_header(read, problems_with):
    column_names = [["Tab", "Column", "Your header"], ["Connections", "measure", "Known since"]]
    tabs = ties(Trust=[4, 4, 4], **{"Known since": [2019, 2020, 2021]})
    assert names(read(tabs)) == ["Trust"]
    workbook = read({**tabs, "Column names": column_names})
    assert names(workbook) == ["Trust", "Known since"]
    assert reported(workbook, "Known since") == [2019, 2020, 2021]
    assert problems_with(workbook, "don’t know this column") == problems_with(workbook, READ_AS_MEASURE) == []
    # Of members there is no such thing.
    column_names[1][0] = "Members"
    assert problems_with(read({**tabs, "Members": [["Name"]], "Column names": column_names}), "doesn’t use this column")


def test_row_with_only_extra_number_is_blank(read, counts):
    tabs = ties(Hours=[1, 2, 3])
    tabs["Connections"] += [[None, None, 0]] * 50
    workbook = read(tabs)
    assert counts(workbook, "Connections") == (3, 3, 0, 0)
    assert names(workbook) == ["Hours"]


def test_duplicate_extra_columns_are_skipped(read, problems_with, counts):
    connections = [["From", "To", "Hours", "hours"], ["Ann", "Ben", 1, 2], ["Ben", "Ann", 2, 3]]
    workbook = read({"Connections": connections})
    assert counts(workbook, "Connections") == (2, 2, 0, 0)
    assert names(workbook) == []
    assert [severity for severity, _, _ in problems_with(workbook, "share this header")] == ["note"]
    # Of two of which one is empty, the other is meant.
    for row in connections[1:]:
        row[2] = None
    assert names(read({"Connections": connections})) == ["hours"]


def test_many_number_columns_are_capped(read, problems_with):
    columns = {f"Number of things {at}": [at, at + 1, at + 2] for at in range(300)}
    workbook = read({
        **ties(Trust=[1, 2, 3], **columns),
        "Column names": [["Tab", "Column", "Your header"], ["Connections", "Measure", "Number of things 250"]],
    })  # fmt: skip
    first = [f"Number of things {at}" for at in range(tie_measures.MAX_EXTRA - 1)]
    assert names(workbook) == ["Trust", *first, "Number of things 250"]
    assert (
        len(problems_with(workbook, "other columns of numbers"))
        + sum(each.count for each in workbook.unlisted if "other columns of numbers" in each.message)
        == 300 - tie_measures.MAX_EXTRA
    )


def test_long_headers_are_cut_and_distinct(read):
    long = "x" * 40_000
    workbook = read(ties(**{f"{long} a": [1, 2, 3], f"{long} b": [4, 5, 6], "<img src=x onerror=alert(1)>": [1, 2, 1]}))
    first, second, third = names(workbook)
    assert len(first) == tie_measures.LONGEST_NAME
    assert second == f"{first} (2)"
    assert third == "<img src=x onerror=alert(1)>"
    assert (reported(workbook, first), reported(workbook, second)) == ([1, 2, 3], [4, 5, 6])


def test_extra_header_stays_extra(read):
    column_names = [["Tab", "Column", "Your header"], ["Connections", "Measure", "Strength"]]
    workbook = read({**ties(Strength=[2, 9, 30]), "Column names": column_names})
    assert [tie.strength for tie in workbook.connections] == [None] * 3
    assert names(workbook) == ["Strength (2)"]


def test_hidden_person_is_in_no_header(read):
    members = [["Name", "Show on map"], *([name, "yes"] for name in NAMES), ["Vexilla Hart", "no"]]
    columns = {"Hours with Vexilla Hart": [1, 2, 3], "Days with Vexilla Hart": [1, 2, 5]}
    workbook = redact_for_viewers(read({"Members": members, **ties(**columns)}), salt=b"s")
    assert names(workbook) == [f"Hours with {ANONYMOUS}", f"Days with {ANONYMOUS}"]
    assert reported(workbook, f"Days with {ANONYMOUS}") == [1, 2, 5]
    members[-1][0] = "Ida Low"
    columns = {"Hours with Ida Low": [1, 2, 3], f"Hours with {ANONYMOUS}": [1, 2, 5]}
    workbook = redact_for_viewers(read({"Members": members, **ties(**columns)}), salt=b"s")
    assert len(set(names(workbook))) == 2
    assert [sorted(tie.measures.values()) for tie in workbook.connections] == [[1, 1], [2, 2], [3, 5]]


def test_schema_columns_are_always_measures(read, problems_with):
    workbook = read(ties(Trust=["oak", "fir"], Value=[7, 7]))
    assert names(workbook) == ["Value"]
    assert [cell for _, cell, _ in problems_with(workbook, "as a number")] == ["Connections!C2", "Connections!C3"]
    kinds = [column.name for column in CONNECTIONS.columns.values() if column.kind.name == "MEASURE"]
    assert kinds == ["Trust", "Value", "Frequency"]


@pytest.mark.parametrize(
    ("header", "name", "words", "numbers"),
    [
        ("Strength", "Strength (in words)", ["weak", "strong", "Strong"], [2, 4, 4]),
        ("Weight", "Weight", ["Very weak", "medium", "very strong"], [1, 3, 5]),
        ("Tie strength", "Tie strength", ["débil", "fuerte", "muy fuerte"], [2, 4, 5]),
        ("Closeness", "Closeness", ["close", "distant", "close"], [4, 2, 4]),
        ("Stärke", "Stärke", ["schwach", "mittel", "stark"], [2, 3, 4]),
    ],
)
def test_weak_and_strong_are_a_measure(read, header, name, words, numbers):
    people = [["Name"], *[[f"P{at}"] for at in range(4)]]
    rows = [["From", "To", header], *([f"P{at}", f"P{at + 1}", word] for at, word in enumerate(words))]
    workbook = read({"Members": people, "Connections": rows})
    assert [tie.strength for tie in workbook.connections] == [None] * 3
    assert [tie.measures[name] for tie in workbook.connections] == numbers
    assert {problem.severity.value for problem in workbook.problems} == {"note"}


def test_scales_tab_makes_weak_a_step_of_strength(read):
    people = [["Name"], ["Ana"], ["Ben"]]
    scales = [["Scale", "Value", "Label"], ["Strength", 1, "weak"], ["Strength", 5, "strong"]]
    rows = [["From", "To", "Strength"], ["Ana", "Ben", "weak"], ["Ben", "Ana", "strong"]]
    workbook = read({"Members": people, "Connections": rows, "Scales": scales})
    assert [tie.strength for tie in workbook.connections] == [1, 5]


@pytest.mark.parametrize(("header", "name"), [("Strength", "Strength (number)"), ("Weight", "Weight")])
def test_counts_under_strength_are_a_measure(read, header, name):
    people = [["Name"], *[[f"P{at}"] for at in range(9)]]
    rows = [
        ["From", "To", header],
        *[[f"P{at}", f"P{at + 1}", value] for at, value in enumerate((1, 2, 5, 12, 40, 88, 3))],
    ]
    workbook = read({"Members": people, "Connections": rows})
    assert [tie.strength for tie in workbook.connections] == [None] * 7
    assert [tie.measures[name] for tie in workbook.connections] == [1, 2, 5, 12, 40, 88, 3]
    assert [problem.severity.value for problem in workbook.problems] == ["note"]


@pytest.mark.parametrize(
    "weights", [(1, 2, 2, 3, 1, 5, 4, 9, 2, 1, 3, 12, 2, 1), (0.5, 1.5, 2.25, 3, 1), (0.1, 0.9, 1, 1, 0.4)]
)
def test_weights_of_which_some_are_no_strength_are_a_measure(read, weights):
    people = [["Name"], *[[f"P{at}"] for at in range(len(weights) + 1)]]
    rows = [["Weight", "Source", "Target"], *[[value, f"P{at}", f"P{at + 1}"] for at, value in enumerate(weights)]]
    workbook = read({"Members": people, "Connections": rows})
    assert {tie.strength for tie in workbook.connections} == {None}
    assert [tie.measures["Weight"] for tie in workbook.connections] == list(weights)
    assert [problem.severity.value for problem in workbook.problems] == ["note"]


def test_one_number_beyond_the_scale_stays_an_error(read):
    people = [["Name"], *[[f"P{at}"] for at in range(9)]]
    rows = [
        ["From", "To", "Strength"],
        *[[f"P{at}", f"P{at + 1}", value] for at, value in enumerate((1, 2, 5, 44, 3, 3, 4))],
    ]
    workbook = read({"Members": people, "Connections": rows})
    assert [tie.strength for tie in workbook.connections] == [1, 2, 5, None, 3, 3, 4]
    assert [problem.severity.value for problem in workbook.problems] == ["error"]


def test_decimal_commas_of_the_case(cases):
    workbook = read_workbook(read_path(cases / "26b-decimal-comma-measure"), today=dt.date(2026, 11, 30))
    assert [tie.measures["Hours together"] for tie in workbook.connections] == [1.5, 2.25, 0.75, 1.25]
    assert [problem.severity.value for problem in workbook.problems] == ["note"]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        (["1,5", "1,250", "10"], [1.5, 1.25, 10]),
        (["1.234,5", "2,25", "-"], [1234.5, 2.25, None]),
        (["1,250", "2,500", "300"], [1250, 2500, 300]),
        (["1,250.5", "2.5", "3"], [1250.5, 2.5, 3]),
    ],
)
def test_column_shows_its_decimal_sign(read, typed, numbers):
    people = [["Name"], *[[f"P{at}"] for at in range(4)]]
    rows = [["From", "To", "Hours"], *[[f"P{at}", f"P{at + 1}", cell] for at, cell in enumerate(typed)]]
    workbook = read({"Members": people, "Connections": rows})
    assert [tie.measures.get("Hours") for tie in workbook.connections] == numbers


def test_averages_between_two_answers_are_read(read):
    typed = ["Often", "3", "4", "2", "3", "3", "4", "2", "2.5", "5.5"]
    people = [["Name"], *[[f"P{at}"] for at in range(11)]]
    rows = [["From", "To", "Frequency"], *[[f"P{at}", f"P{at + 1}", cell] for at, cell in enumerate(typed)]]
    workbook = read({"Members": people, "Connections": rows})
    assert [tie.measures.get("Frequency") for tie in workbook.connections] == [4, 3, 4, 2, 3, 3, 4, 2, 2.5, None]
    assert [problem.value for problem in workbook.problems if problem.severity.value == "error"] == ["5.5"]
