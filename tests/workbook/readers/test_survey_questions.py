"""A question is classified by its answers, and by the Questions tab."""

import datetime as dt
from pathlib import Path

import pytest

from nethealth.sources import read_path
from nethealth.ui.data.questions import questions_tab
from nethealth.workbook.reader import read_workbook
from nethealth.workbook.records import QuestionKind, QuestionSource
from nethealth.workbook.schema.vocabulary import AGREEMENT, SATISFACTION, Level

CASES = Path(__file__).parents[2] / "cases"


def column(question, answers):
    """A survey of one question with anonymous answers."""
    return [["Timestamp", "Wave", question], *(["2026-01-01", "W", answer] for answer in answers)]


def only(workbook):
    (question,) = workbook.questions
    return question


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        (["Agree", "Strongly agree", "4 - Agree", "N/A"], QuestionKind.SCALE),
        ([10, 9, 0, 7], QuestionKind.SCALE),
        ([31, 45, 12.5, "1,200"], QuestionKind.NUMBER),
        (["Online", "In person", "Online", "In person", "Online"], QuestionKind.CHOICE),
        (["Email, Phone", "Email", "Phone, Chat", "Email, Chat", "Chat"], QuestionKind.MULTIPLE),
        (["I met new people", "Much more time is needed", "Thank you"], QuestionKind.TEXT),
        (["Yes"], QuestionKind.TEXT),
    ],
)
def test_kind_follows_answers(read, answers, kind):
    assert only(read({"Survey": column("How useful?", answers)})).kind is kind


def test_ticked_boxes_become_options(read):
    workbook = read({"Survey": column("How?", ["Email, Phone", "Email", "Phone; Chat", "Email, Chat", "Chat"])})
    assert workbook.responses[0].answers["How?"] == ("Email", "Phone")
    assert workbook.responses[2].answers["How?"] == ("Phone", "Chat")


def test_options_ticked_together_stay_apart(read):
    pair = "A problem or task, A way of running a discussion"
    answers = [pair, f"{pair}, An idea", f"{pair}, A contact", pair, "A problem or task", "A contact, An idea"]
    answers += ["A way of running a discussion, A contact", "An idea"]
    workbook = read({"Survey": column("Took home", answers)})
    assert workbook.responses[0].answers["Took home"] == ("A problem or task", "A way of running a discussion")
    assert workbook.responses[1].answers["Took home"] == (*pair.split(", "), "An idea")


def test_option_with_comma_stays_whole(read):
    answers = ["Yes, often", "Yes, often, Online", "Online", "Online, In person", "In person, Yes, often", "In person"]
    workbook = read({"Survey": column("How?", answers)})
    assert [response.answers["How?"] for response in workbook.responses[:2]] == [
        ("Yes, often",),
        ("Yes, often", "Online"),
    ]


def test_option_with_lower_case_part_stays_whole(read):
    shop, mail, visits = "Talleres, en persona", "Boletín, por correo", "Visitas, con sustituto, a otra escuela"
    boxes = [(shop, mail), (shop, visits), (mail, visits), (shop, mail, visits), (shop, "Llamadas"), (mail, "Llamadas")]
    # Text next to "Other" may begin with anything.
    boxes += [(shop, mail, visits), (shop, mail, "las cenas")]
    workbook = read({"Survey": column("¿Qué le sirve?", [", ".join(each) for each in boxes])})
    assert workbook.questions[0].kind is QuestionKind.MULTIPLE
    assert [response.answers["¿Qué le sirve?"] for response in workbook.responses] == boxes


@pytest.mark.parametrize(
    "answers_given",
    [
        ["More visits, please", "Less mail, more time", "calls, less often", "fine, thanks", "all good, thanks"],
        # Too many go on in words of their own: two of six.
        ["Visits, Time", "Visits, Time", "Time", "Visits", "Visits, more please", "Time, calls are long"],
    ],
)
def test_sentences_with_commas_are_no_boxes(read, answers_given):
    assert read({"Survey": column("Anything else?", answers_given)}).questions[0].kind is not QuestionKind.MULTIPLE


def test_questions_tab_declares_question(read):
    questions = [
        ["Question", "Level", "Outcome", "Scale", "Reverse"],
        ["i feel ALONE", "", "meaningful relationships", "Agreement 1-5", "x"],
        ["Not asked", "Participant", "Reach and impact", "No such", ""],
    ]
    workbook = read({"Survey": column("I feel alone", [1, 2, 5]), "Questions": questions})
    question = only(workbook)
    assert (question.level, question.outcome, question.scale, question.reverse) == (
        Level.PARTICIPANT,
        "Meaningful relationships",
        AGREEMENT,
        True,
    )
    # Answers stay as given; metrics reverse them.
    assert [response.answers["I feel alone"] for response in workbook.responses] == [1, 2, 5]
    assert {(p.severity.value, p.cell) for p in workbook.problems} == {
        ("warning", "Questions!A3"),
        ("warning", "Questions!B3"),
        ("error", "Questions!D3"),
    }


def test_unknown_outcome_is_error(read):
    questions = [["Question", "Outcome"], ["How useful?", "Happiness"]]
    workbook = read({"Survey": column("How useful?", [1, 2, 5]), "Questions": questions})
    assert only(workbook).outcome is None
    assert [(p.severity.value, p.cell) for p in workbook.problems] == [("error", "Questions!B2")]


def test_own_scales_are_read(read, problems_with):
    scales = [
        ["Scale", "Value", "Label"],
        ["Ladder", 1, "Low"],
        ["Ladder", 2, "High"],
        ["agreement", 1, "Nay"],
        ["Agreement", 2, "Aye"],
        ["Ladder", "x", "y"],
    ]
    questions = [["Question", "Scale"], ["Q", "ladder"]]
    workbook = read({"Scales": scales, "Questions": questions, "Survey": column("Q", ["High", "low", 2])})
    assert [response.answers["Q"] for response in workbook.responses] == [2, 1, 2]
    assert read({"Scales": scales, "Survey": column("Q", ["Aye", "Nay", "Aye"])}).responses[0].answers["Q"] == 2
    assert [p.cell for p in workbook.problems] == ["Scales!B6"]


def test_other_scale_than_declared_is_warning(read, problems_with):
    questions = [["Question", "Scale"], ["Q", "Agreement"]]
    workbook = read({"Questions": questions, "Survey": column("Q", ["Always", "Often", "Never", "Often"])})
    assert problems_with(workbook, "like the Frequency scale") == [("warning", "Survey!C1", "Q")]
    fine = read({"Questions": questions, "Survey": column("Q", [1, 2, 5, 4])})
    assert fine.problems == ()


@pytest.mark.parametrize(
    ("declared", "answers", "is_noted"),
    [
        ("0-10", [1, 2, 3, 4, 5] * 3, True),  # no one would seem to agree
        ("1-7", [1, 2, 3, 4, 5] * 3, True),
        ("0-10", [1, 2, 3, 4, 5], False),  # too few to tell
        ("0-10", [2, 3, 5, 9, 10] * 3, False),
        ("1-5", [1, 2, 3, 4] * 3, False),  # one step lower is nothing
    ],
)
def test_answers_on_low_end_are_noted(read, problems_with, declared, answers, is_noted):
    form = [["Timestamp", "Q"], *([45800 + n, answer] for n, answer in enumerate(answers))]
    workbook = read({"Survey": form, "Questions": [["Question", "Scale"], ["Q", declared]]})
    assert problems_with(workbook, "answers look like") == ([("note", "Survey!B1", "Q")] if is_noted else [])
    assert workbook.questions[0].scale.name == declared


@pytest.mark.parametrize(
    ("answers_given", "answers", "kind", "first"),
    [
        # Too few to see by themselves that boxes were ticked.
        ("Several to tick", ["Visits, Calls", "Calls"], QuestionKind.MULTIPLE, ("Visits", "Calls")),
        ("one of several", ["Visits", "Calls"], QuestionKind.CHOICE, "Visits"),
        # Small whole numbers look like a scale.
        ("A number", [3, 5, 4] * 5, QuestionKind.NUMBER, 3),
        # Words that come again and again look like options.
        ("In their own words", ["More time", "Nothing"] * 10, QuestionKind.TEXT, "More time"),
    ],
)
def test_scale_column_can_declare_kind(read, answers_given, answers, kind, first):
    form = [["Timestamp", "Q"], *([45800 + n, answer] for n, answer in enumerate(answers))]
    assert read({"Survey": form}).questions[0].kind is not kind
    workbook = read({"Survey": form, "Questions": [["Question", "Scale"], ["Q", answers_given]]})
    assert workbook.problems == ()
    assert (workbook.questions[0].kind, workbook.questions[0].source) == (kind, QuestionSource.DECLARED)
    assert workbook.responses[0].answers["Q"] == first
    # What the Data page offers to paste in Questions says the same again.
    (row,) = questions_tab(workbook.questions).rows
    again = read({"Survey": form, "Questions": [list(row), list(row.values())]})
    assert again.problems == ()
    assert again.questions == workbook.questions


def test_grid_is_declared_by_question_or_row(read):
    rows = [["Timestamp", "Wave", "I [learn]", "I [teach]"], ["", "W", 1, 2], ["", "W", 5, 5]]
    questions = [["Question", "Outcome"], ["I", "Reach and impact"], ["I [teach]", "Coordination of efforts"]]
    workbook = read({"Survey": rows, "Questions": questions})
    assert [question.outcome for question in workbook.questions] == ["Reach and impact", "Coordination of efforts"]
    assert workbook.problems == ()


def test_unique_row_declares_grid_question(read, problems_with):
    rows = [["Timestamp", "Now [I learn]", "Now [I teach]", "Then [I teach]", "I ask [I meet]", "I meet"]]
    rows += [["2026-01-05", 1, 2, 1, 3, 4], ["2026-01-06", 5, 5, 5, 5, 5]]
    reach, coordination = "Reach and impact", "Coordination of efforts"
    questions = [["Question", "Outcome"], ["i learn", reach], ["I teach", reach], ["I meet", coordination]]
    workbook = read({"Survey": rows, "Questions": questions})
    assert [question.outcome for question in workbook.questions] == [reach, None, None, None, coordination]
    assert problems_with(workbook, "no question") == [("warning", "Questions!A3", "I teach")]
    # The row's own words come before those of its grid.
    workbook = read({"Survey": rows, "Questions": [*questions, ["Now", coordination]]})
    assert [question.outcome for question in workbook.questions][:3] == [reach, coordination, None]


def test_open_answers_never_pass_as_choices(read):
    answers = [f"I think that {n} things could be better" for n in range(20)] + ["Thanks"] * 3
    assert only(read({"Survey": column("Q", answers)})).kind is QuestionKind.TEXT
    # However many write "Nothing": five different answers of seventeen, of which four are sentences.
    nothing = ["Nothing"] * 13 + [f"I wish that room {n} were warmer" for n in range(4)]
    assert only(read({"Survey": column("Q", nothing)})).kind is QuestionKind.TEXT
    # With few texts next to "Other", it is still a question with options.
    other = ["Teacher"] * 8 + ["Principal"] * 7 + ["Bus driver", "School nurse", "Parent of a pupil"]
    assert only(read({"Survey": column("Q", other)})).kind is QuestionKind.CHOICE


@pytest.mark.parametrize("row", [[2, 3, 4], ["Neutral", 4, 2], [5, 5, 5], ["Satisfied"] * 3])
def test_rows_of_a_grid_share_one_scale(read, row):
    others = ["1 - Very dissatisfied", 3, "5 - Very satisfied"], ["Dissatisfied", "Satisfied", 4]
    headers = [f"How satisfied? [{words}]" for words in ("Calls", "Visits", "Food", "Other (please specify)")]
    rows = zip(*others, row, ["The bus", "", ""], strict=True)
    workbook = read({"Survey": [["Timestamp", *headers], *([46000, *each] for each in rows)]})
    assert [question.scale for question in workbook.questions] == [SATISFACTION] * 3 + [None]
    assert workbook.problems == ()


def test_doubt_about_a_row_is_about_the_grid(read, problems_with):
    rows = zip(["Never", "Sometimes", "Often"] * 2, ["Never", "Every month", "Every month"] * 2, strict=True)
    workbook = read(
        {"Survey": [["Timestamp", "How often? [Calls]", "How often? [Visits]"], *([46000, *r] for r in rows)]}
    )
    assert [bool(question.doubt) for question in workbook.questions] == [True, True]
    assert [cell for _, cell, _ in problems_with(workbook, "which scale")] == ["Survey!B1"]


def test_commas_in_brackets_case():
    workbook = read_workbook(read_path(CASES / "27d-brackets-minimal"), today=dt.date(2026, 11, 30))
    coaching, visits = "Coaching (Math, Science)", "Visits"
    assert only(workbook).kind is QuestionKind.MULTIPLE
    given = [response.answers["What helped?"] for response in workbook.responses]
    assert given == [(coaching, visits), (coaching,), (visits,)] * 6
    assert workbook.problems == ()


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        (["Visits (a, b)", "Calls"] * 3, QuestionKind.CHOICE),
        (["Visits, at school;Calls;"], QuestionKind.MULTIPLE),
        (["Visits;", "Calls;"], QuestionKind.MULTIPLE),
        (["Visits, at school;Calls", "Calls", "Visits, at school", "Calls;Visits, at school"], QuestionKind.MULTIPLE),
        (["I came; I saw, I left", "More time", "Thanks"], QuestionKind.TEXT),
    ],
)
def test_commas_within_options_split_nothing(read, answers, kind):
    workbook = read({"Survey": column("Q", answers)})
    assert only(workbook).kind is kind
    options = {option for each in workbook.responses for option in each.answers["Q"] if kind is QuestionKind.MULTIPLE}
    assert options <= {"Visits, at school", "Visits", "Calls"}


@pytest.mark.parametrize(
    "question",
    [
        *("How many convenings did you attend?", "Number of schools", "¿Cuántas reuniones?", "Combien de réunions ?"),
        *("Wie viele Treffen?", "Quantas reuniões?", "Attended [How many?]"),
    ],
)
def test_counts_are_no_scale(read, question):
    workbook = read({"Survey": column(question, [0, 1, 2, 3, 5, 4])})
    assert (only(workbook).kind, only(workbook).scale) == (QuestionKind.NUMBER, None)
    assert only(read({"Survey": column(f"Rate: {question}", [0, 1, 2, 3, 5, 4])})).kind is not QuestionKind.TEXT
    declared = read({"Survey": column(question, [1, 2, 5]), "Questions": [["Question", "Scale"], [question, "1-5"]]})
    assert only(declared).kind is QuestionKind.SCALE
