"""Open answers for staff and viewers."""

from __future__ import annotations

from nethealth.experience import open_answers
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.open_text import redact_people
from nethealth.workbook.records import Person, Question, QuestionKind, Settings, SurveyResponse, Workbook

NAMES = ("Ana María López", "Will Hope", "Bo Li", "Georgia de la Cruz", "Dr. Anne-Marie O'Neil, PhD", "Łukasz Smith")


def test_without_members_nothing_is_masked() -> None:
    assert redact_people(["Ana"], []) == ["Ana"]


def book(answers: list[str], *, smallest: int = 5) -> Workbook:
    return Workbook(
        people={name: Person(key=name, name=name) for name in NAMES},
        questions=(Question(text="Why?", kind=QuestionKind.TEXT),),
        responses=tuple(SurveyResponse(wave="w", answers={"Why?": answer}) for answer in answers),
        settings=Settings(smallest_group=smallest),
    )


def test_answer_order_does_not_reveal_authors() -> None:
    (found,) = open_answers(book(["Zeal", "any came", "Ana helped"]), wave="w")
    assert found.answers == ("a member helped", "any came", "Zeal")
    assert found.count == 3


def test_viewers_see_frequent_words_only() -> None:
    answers = [*["More visits, Ana"] * 6, *["More calls, Ana"] * 5, "More secrets, Ana"]
    (found,) = open_answers(redact_for_viewers(book(answers)), wave="w")
    # Visits 6 of 12, calls 5 of 12; "secret" is from one person, and "a member" is from no one.
    assert (found.answers, found.count) == ((), 12)
    assert dict(found.words) == {"visits": 6, "calls": 5}
    viewer = redact_for_viewers(book(answers))
    assert "secret" not in repr(viewer)
    assert "Ana" not in repr(viewer.answer_themes)


def test_viewers_see_no_words_of_few_or_all() -> None:
    assert redact_for_viewers(book(["visits"] * 4)).answer_themes == ()
    assert open_answers(redact_for_viewers(book(["visits"] * 4))) == ()
    # Of eight, seven wrote it: less than five remain. And where all did, each one's answer would be known.
    for answers in (["visits"] * 7 + ["calls"], ["visits"] * 9):
        (found,) = redact_for_viewers(book(answers)).answer_themes
        assert found.words == ()
