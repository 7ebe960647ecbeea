"""What staff say about survey questions, as rows of Questions and Scales."""

from __future__ import annotations

from nethealth.ui.data.question_answers import OWN_SCALE, QuestionAnswer, answer_rows, distinct_answers
from nethealth.workbook.records import Question, QuestionKind, SurveyResponse, Workbook

MEETS = Question(text="How often do you meet?", kind=QuestionKind.CHOICE, doubt="Several answers fit.")


def test_scale_and_outcome_become_a_row_of_questions() -> None:
    rows = answer_rows([QuestionAnswer(MEETS, "Frequency", "Reach and impact")], earlier={}, taken=set())
    assert rows == {
        "Questions": [{"Question": MEETS.text, "Outcome": "Reach and impact", "Scale": "Frequency"}],
        "Scales": [],
    }


def test_saying_nothing_gives_no_row() -> None:
    assert not any(answer_rows([QuestionAnswer(MEETS, None, None)], earlier={}, taken=set()).values())


def test_scale_of_its_own_gets_a_free_name_and_its_answers_in_order() -> None:
    answer = QuestionAnswer(MEETS, OWN_SCALE, None, ["Never", "Sometimes", "Every month"])
    rows = answer_rows([answer], earlier={}, taken={"howoftendoyoumeet"})
    name = rows["Questions"][0]["Scale"]
    assert name == "How often do you meet? 2"
    assert [(row["Scale"], row["Value"], row["Label"]) for row in rows["Scales"]] == [
        (name, 1, "Never"),
        (name, 2, "Sometimes"),
        (name, 3, "Every month"),
    ]


def test_later_outcome_keeps_the_scale_given_before() -> None:
    earlier = {"howoftendoyoumeet": {"Question": MEETS.text, "Scale": "Frequency"}}
    rows = answer_rows([QuestionAnswer(MEETS, None, "Reach and impact")], earlier=earlier, taken=set())
    assert rows["Questions"] == [{"Question": MEETS.text, "Outcome": "Reach and impact", "Scale": "Frequency"}]


def test_outcome_taken_back_is_blank_again() -> None:
    question = Question(text="Q", kind=QuestionKind.SCALE, outcome="Reach and impact")
    earlier = {"q": {"Question": "Q", "Outcome": "Reach and impact", "Scale": "Agreement"}}
    rows = answer_rows([QuestionAnswer(question, None, None)], earlier=earlier, taken=set())
    assert rows["Questions"] == [{"Question": "Q", "Scale": "Agreement"}]


def test_distinct_answers_are_listed_by_how_common_they_are() -> None:
    given = ["Never", "Every month", "Every month"]
    responses = tuple(SurveyResponse(wave=None, answers={MEETS.text: answer}) for answer in given)
    assert distinct_answers(Workbook(responses=responses), MEETS) == ["Every month", "Never"]


def test_lowest_as_the_best_answer_is_reverse() -> None:
    def reverse(scale: str | None, *, is_lowest_best: bool | None) -> object:
        answer = QuestionAnswer(MEETS, scale, None, is_lowest_best=is_lowest_best)
        return answer_rows([answer], earlier={}, taken=set())["Questions"][0].get("Reverse")

    assert reverse("1-5", is_lowest_best=True) == "yes"
    assert reverse("1-5", is_lowest_best=False) == "no"
    assert reverse("One of several", is_lowest_best=True) is None
    assert reverse("1-5", is_lowest_best=None) is None
