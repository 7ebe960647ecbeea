"""Ways to group respondents: columns, tenure, and answers."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.experience.metrics.answer_sheet import answer_sheet
from nethealth.experience.metrics.groupings import (
    TENURES,
    GroupingKind,
    is_zero_to_ten,
    scale_groups,
    survey_groupings,
    tenure,
)
from nethealth.workbook.records import Person, Question, QuestionKind, Spell, SurveyResponse, Workbook
from nethealth.workbook.schema.vocabulary import AGREEMENT, ONE_TO_FOUR, ZERO_TO_TEN
from tests.experience.surveys import scale_question, survey_by_region, workbook_of


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2019, 12, 31), None),
        (dt.date(2020, 12, 30), TENURES[0]),
        (dt.date(2021, 1, 2), TENURES[1]),
        (dt.date(2023, 1, 2), TENURES[2]),
        (None, None),
    ],
)
def test_tenure_since_joining(day: dt.date | None, expected: str | None) -> None:
    person = Person(key="a", name="a", spells=(Spell(dt.date(2020, 1, 1), None),))
    assert tenure(person, day) == expected


def test_scale_is_cut_in_lower_half_middle_and_upper_half() -> None:
    groups = scale_groups(AGREEMENT)
    assert len({groups[1.0], groups[2.0]}) == len({groups[4.0], groups[5.0]}) == 1
    assert groups[3.0] == AGREEMENT.label(3.0)
    assert len(set(scale_groups(ONE_TO_FOUR).values())) == 2


def test_zero_to_ten_is_cut_in_detractors_passives_and_promoters() -> None:
    groups = scale_groups(ZERO_TO_TEN)
    assert [groups[value] for value in (0.0, 6.0, 7.0, 8.0, 9.0, 10.0)] == [
        *["0 to 6"] * 2,
        *["7 or 8"] * 2,
        *["9 or 10"] * 2,
    ]
    assert is_zero_to_ten(ZERO_TO_TEN)
    assert not is_zero_to_ten(AGREEMENT)


def groupings_of(workbook: Workbook, wave: str | None) -> dict[str, tuple[GroupingKind, tuple[str, ...]]]:
    found = survey_groupings(workbook, answer_sheet(workbook, wave))
    return {grouping.name: (grouping.kind, grouping.groups) for grouping in found}


def test_columns_of_members_come_first() -> None:
    found = groupings_of(survey_by_region({"North": (4, 9), "South": (3, 6)}), "2025")
    assert list(found) == ["Region", "I learn"]
    assert found["Region"] == (GroupingKind.ATTRIBUTE, ("North", "South"))
    assert found["I learn"][0] is GroupingKind.OPINION


def test_pooled_options_and_anonymous_members_make_no_groups() -> None:
    choice = Question(text="way", kind=QuestionKind.CHOICE)
    answers = [*["call"] * 9, *["mail"] * 8, *["fax"] * 3, *["letter"] * 2]
    workbook = workbook_of(
        [choice, scale_question("Q")], [SurveyResponse(wave=None, answers={"way": answer}) for answer in answers]
    )
    assert groupings_of(workbook, None) == {"way": (GroupingKind.FACT, ("call", "mail"))}
