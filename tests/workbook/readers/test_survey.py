"""Survey, Questions, Scales, Mindset, as workbook.md tells them."""

import datetime as dt

import pytest

from nethealth.ui.data.questions import questions_tab
from nethealth.workbook.records import QuestionKind, QuestionSource
from nethealth.workbook.schema.vocabulary import AGREEMENT, CHARACTERISTICS, PAIRS, ZERO_TO_TEN, Level, Moment, WaveKind

PEOPLE = [["Name", "Member ID"], ["Ann Lee", "A1"], ["Ben Ode", "B2"], ["Cara Lin", "C3"]]


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
    assert only(read({"Survey": column("Q", answers)})).kind is kind


def test_scale_answers_are_numbers_or_labels(read):
    typed = ["Agree", 5, "2 - Disagree", "Not applicable", "N/A", "Don't know", "", "maybe", "#N/A", "=1+1", "Neutral"]
    workbook = read({"Survey": column("I learn", typed)})
    answers = [response.answers.get("I learn") for response in workbook.responses]
    assert answers == [4, 5, 2, None, None, None, None, None, None, None, 3]
    assert only(workbook).scale == AGREEMENT
    assert [p.cell for p in workbook.problems] == ["Survey!C9", "Survey!C10", "Survey!C11"]


def test_zero_counts_on_scale_with_zero(read):
    workbook = read({"Survey": column("Recommend?", [0, 10, 5, 0])})
    assert only(workbook).scale == ZERO_TO_TEN
    assert [response.answers["Recommend?"] for response in workbook.responses] == [0, 10, 5, 0]


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
    # What one wrote beside "Other" begins as it will.
    boxes += [(shop, mail, visits), (shop, mail, "las cenas")]
    workbook = read({"Survey": column("¿Qué le sirve?", [", ".join(each) for each in boxes])})
    assert workbook.questions[0].kind is QuestionKind.MULTIPLE
    assert [response.answers["¿Qué le sirve?"] for response in workbook.responses] == boxes


@pytest.mark.parametrize(
    "said",
    [
        ["More visits, please", "Less mail, more time", "calls, less often", "fine, thanks", "all good, thanks"],
        # Too many go on in words of their own: two of six.
        ["Visits, Time", "Visits, Time", "Time", "Visits", "Visits, more please", "Time, calls are long"],
    ],
)
def test_sentences_with_commas_are_no_boxes(read, said):
    assert read({"Survey": column("Anything else?", said)}).questions[0].kind is not QuestionKind.MULTIPLE


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
    # Answers travel as given; whoever counts reverses.
    assert [response.answers["I feel alone"] for response in workbook.responses] == [1, 2, 5]
    assert {(p.severity.value, p.cell) for p in workbook.problems} == {
        ("warning", "Questions!A3"),
        ("warning", "Questions!B3"),
        ("error", "Questions!D3"),
    }


def test_unknown_outcome_is_error(read):
    questions = [["Question", "Outcome"], ["Q", "Happiness"]]
    workbook = read({"Survey": column("Q", [1, 2, 5]), "Questions": questions})
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
    ("declared", "answers", "is_told"),
    [
        ("0-10", [1, 2, 3, 4, 5] * 3, True),  # nobody would seem to agree
        ("1-7", [1, 2, 3, 4, 5] * 3, True),
        ("0-10", [1, 2, 3, 4, 5], False),  # too few to tell
        ("0-10", [2, 3, 5, 9, 10] * 3, False),
        ("1-5", [1, 2, 3, 4] * 3, False),  # one step lower is nothing
    ],
)
def test_answers_on_low_end_are_noted(read, problems_with, declared, answers, is_told):
    form = [["Timestamp", "Q"], *([45800 + n, answer] for n, answer in enumerate(answers))]
    workbook = read({"Survey": form, "Questions": [["Question", "Scale"], ["Q", declared]]})
    assert problems_with(workbook, "answers look like") == ([("note", "Survey!B1", "Q")] if is_told else [])
    assert workbook.questions[0].scale.name == declared


@pytest.mark.parametrize(
    ("said", "answers", "kind", "first"),
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
def test_scale_column_can_declare_kind(read, said, answers, kind, first):
    form = [["Timestamp", "Q"], *([45800 + n, answer] for n, answer in enumerate(answers))]
    assert read({"Survey": form}).questions[0].kind is not kind
    workbook = read({"Survey": form, "Questions": [["Question", "Scale"], ["Q", said]]})
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


def test_last_answer_in_wave_counts(read, problems_with, counts):
    rows = [
        ["Timestamp", "Wave", "Respondent", "I learn"],
        ["2026-01-05", "W1", "Ann Lee", "Agree"],
        ["2026-01-03", "W1", "a1", "Disagree"],
        ["2026-01-06", "W2", "Ann Lee", "Neutral"],
        ["2026-01-01", "W1", "", "Agree"],
        ["2026-01-01", "W1", "", "Agree"],
        ["2026-01-01", "W1", "Nobody", "Agree"],
        ["2026-01-02", "W1", "nobody", "Disagree"],
    ]
    workbook = read({"Members": PEOPLE, "Survey": rows})
    found = sorted((r.wave, r.respondent or "", r.row, r.answers["I learn"]) for r in workbook.responses)
    assert found == [("W1", "", 5, 4), ("W1", "", 6, 4), ("W1", "", 8, 2), ("W1", "A1", 2, 4), ("W2", "A1", 4, 3)]
    assert [cell for _, cell, _ in problems_with(workbook, "answered again")] == ["Survey!C3", "Survey!C7"]
    assert counts(workbook, "Survey") == (7, 5, 2, 0)


def test_unknown_respondent_counts_without_person(read, problems_with):
    rows = [["Timestamp", "Respondent", "I learn"], ["2026-01-05", "Ann Le", "Agree"]]
    settings = [["Setting", "Value"], ["Unknown people", "guests"]]
    workbook = read({"Settings": settings, "Members": PEOPLE, "Survey": rows})
    assert [(r.respondent, r.answers) for r in workbook.responses] == [(None, {"I learn": 4})]
    assert problems_with(workbook, "without linking") == [("warning", "Survey!B2", "Ann Le")]
    assert len(workbook.people) == 3


def test_more_answers_than_invited_is_warning(read, problems_with):
    form = [["Timestamp", "Wave", "Q"], *(["2026-01-01", "W", 4] for _ in range(6))]
    for invited, kind, is_told in (
        (5, "Survey", True),
        (5, "", True),
        (6, "Survey", False),
        (5, "Relationships", False),
    ):
        waves = [["Wave", "Kind", "Date", "Invited"], ["W", kind, "2026-01-01", invited]]
        found = problems_with(read({"Survey": form, "Waves": waves}), "more than were invited")
        assert found == ([("warning", "Waves!D2", "5")] if is_told else [])


def test_wave_is_named_or_nearest(read):
    waves = [
        ["Wave", "Kind", "Date"],
        ["S1", "Survey", "2025-01-10"],
        ["S2", "Survey", "2026-01-10"],
        ["R", "Relationships", "2025-07-01"],
    ]
    rows = [
        ["Timestamp", "Wave", "I learn"],
        ["2025-06-01", "", "Agree"],
        ["2025-12-20", "", "Agree"],
        ["", "S1", "Agree"],
        ["", "", "Agree"],
    ]
    workbook = read({"Waves": waves, "Survey": rows})
    assert [response.wave for response in workbook.responses] == ["S1", "S2", "S1", None]
    assert [r.wave for r in read({"Survey": rows}).responses] == [None, None, "S1", None]
    single = read({"Waves": waves[:2], "Survey": rows})
    assert [response.wave for response in single.responses] == ["S1"] * 4
    assert single.waves[0].kinds == {WaveKind.SURVEY}


def test_wave_takes_date_of_latest_row(read):
    rows = [["Timestamp", "Wave", "I learn"], ["2025-06-01", "W", "Agree"], ["2025-06-09", "w", "Agree"]]
    (wave,) = read({"Survey": rows}).waves
    assert (wave.name, wave.date) == ("W", dt.date(2025, 6, 9))


def test_email_column_identifies_respondent(read, problems_with):
    members = [["Name", "Email"], ["Ann Lee", "ann@x.org"]]
    rows = [
        ["Timestamp", "Email Address", "Your other address", "I learn"],
        ["2026-01-05", "Ann@X.org", "b@x.org", "Agree"],
    ]
    workbook = read({"Members": members, "Survey": rows})
    assert [question.text for question in workbook.questions] == ["I learn"]
    assert workbook.responses[0].respondent == "Ann Lee"
    assert problems_with(workbook, "email addresses")[0][1] == "Survey!C1"


def test_name_or_email_identifies_respondent(read, problems_with, counts):
    members = [["Name", "Email"], ["Ann Lee", "ann@x.org"], ["Bo Day", "bo@x.org"], ["Cy Fox", ""]]
    rows = [
        ["Timestamp", "Email Address", "Name", "I learn"],
        ["2026-01-05", "Ann@x.org", "", 1],
        ["2026-01-06", "bo@x.org", "Boo Day", 2],
        ["2026-01-07", "cy@elsewhere.org", "cy fox", 3],
        # Ann and Bo answer again: she by her name, he by his address. So does somebody unknown, spelled in two ways.
        ["2026-01-08", "another@x.org", "Ann Lee", 4],
        ["2026-01-09", "BO@x.org", "", 5],
        ["2026-01-10", "new@x.org", "Di Eel", 4],
        ["2026-01-11", "new@x.org", "Di Eal", 3],
    ]
    workbook = read({"Members": members, "Survey": rows})
    found = {response.respondent: response.answers["I learn"] for response in workbook.responses}
    assert found == {"Ann Lee": 4, "Bo Day": 5, "Cy Fox": 3, None: 3}
    assert counts(workbook, "Survey") == (7, 4, 3, 0)
    assert [cell for _, cell, _ in problems_with(workbook, "leave the other blank")] == ["Survey!B1"]
    assert [value for _, _, value in problems_with(workbook, "without linking")] == ["Di Eel", "Di Eal"]
    assert "@" not in repr(workbook)


@pytest.mark.parametrize("header", ["Username", "Email", "Correo electrónico", "Nombre de usuario"])
def test_respondent_header_has_aliases(read, header):
    members = [["Name", "Email"], ["Ann Lee", "ann@x.org"]]
    workbook = read({"Members": members, "Survey": [["Timestamp", header, "I learn"], ["2026-01-05", "ann@x.org", 4]]})
    assert workbook.responses[0].respondent == "Ann Lee"


@pytest.mark.parametrize("stamp", ["Timestamp", "Marca temporal"])
def test_a_form_of_a_single_question_is_read(read, stamp):
    workbook = read({"Form Responses 1": [[stamp, "How likely?"], *(["2026-01-05", n] for n in (9, 10, 8))]})
    assert only(workbook).text == "How likely?"
    assert [response.answers["How likely?"] for response in workbook.responses] == [9, 10, 8]


def test_question_asked_again_is_one(read, problems_with):
    rows = [
        ["Timestamp", "Name", "I learn", "Untitled Question", "I learn"],
        *(["2026-01-05", "", n, "x", ""] for n in (1, 2, 3)),
        *(["2026-01-06", "", "", "y", n] for n in (4, 5, "five")),
    ]
    questions = [["Question", "Scale"], ["I learn", "1-5"]]
    workbook = read({"Survey": rows, "Questions": questions})
    assert [question.text for question in workbook.questions] == ["I learn", "Untitled Question"]
    given = [response.answers.get("I learn") for response in workbook.responses]
    assert given == [1, 2, 3, 4, 5, None]
    assert [cell for _, cell, _ in problems_with(workbook, "no row fills both")] == ["Survey!E1"]
    # What is wrong is told once, at the cell where it stands.
    assert [cell for _, cell, _ in problems_with(workbook, "isn't an answer")] == ["Survey!E7"]
    # Where one row fills both, they are two questions, and nobody knows which is meant.
    both = read({"Survey": [*rows, ["2026-01-07", "", 1, "x", 2]]})
    assert both.responses == ()
    assert problems_with(both, "both hold data") == [("error", "Survey!E1", "I learn")]


def test_open_answers_never_pass_as_choices(read):
    answers = [f"I think that {n} things could be better" for n in range(20)] + ["Thanks"] * 3
    assert only(read({"Survey": column("Q", answers)})).kind is QuestionKind.TEXT
    # However many write "Nothing": five different answers of seventeen, of which four are sentences.
    nothing = ["Nothing"] * 13 + [f"I wish that room {n} were warmer" for n in range(4)]
    assert only(read({"Survey": column("Q", nothing)})).kind is QuestionKind.TEXT
    # What few write beside "Other" leaves the question one with options.
    other = ["Teacher"] * 8 + ["Principal"] * 7 + ["Bus driver", "School nurse", "Parent of a pupil"]
    assert only(read({"Survey": column("Q", other)})).kind is QuestionKind.CHOICE


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
