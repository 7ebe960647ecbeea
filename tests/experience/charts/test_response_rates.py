"""Response rates by group: who is underrepresented, and nothing about too few people."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from nethealth.experience import (
    CategoryResponse,
    RateDisclosure,
    Respondents,
    ResponseByColumn,
    summarize_experience,
    summarize_respondents,
    tables,
)
from nethealth.experience.charts import response_rates as charts
from nethealth.workbook.records import Person, Spell, SurveyResponse, Workbook
from tests.experience.surveys import survey_by_region, visible_texts


def region(workbook: Workbook) -> tuple[Respondents, ResponseByColumn]:
    respondents = summarize_respondents(workbook, wave="2025")
    return respondents, next(column for column in respondents.columns if column.by == "Region")


def test_underrepresented_group_is_named() -> None:
    workbook = survey_by_region({"North": (9, 18), "South": (3, 6)}, nonrespondents={"North": 6, "South": 24})
    respondents, column = region(workbook)
    assert (respondents.members, respondents.identified, respondents.unidentified) == (54, 24, 0)
    assert [(each.group, each.members, each.answered) for each in column.groups] == [
        ("South", 30, 6),
        ("North", 24, 18),
    ]
    # 6 of 30 against 18 of 24: by scipy p < 0.001.
    assert charts.response_heading(respondents).endswith("South (Region)")
    assert "20% of 30" in visible_texts(charts.response_dots(column, respondents, smallest_group=5))


def test_underrepresented_group_is_named_without_its_number() -> None:
    people, responses = {}, []
    for name, answered, of in (("North", 30, 40), ("South", 30, 40), ("East", 2, 30), ("West", 4, 5)):
        for number in range(of):
            key = f"{name} {number}"
            spells = (Spell(dt.date(2020, 1, 1), None),)
            people[key] = Person(key=key, name=key, attributes={"Region": name}, spells=spells)
            if number < answered:
                responses.append(SurveyResponse(wave="2025", answers={"I learn": 4.0}, respondent=key))
    respondents, column = region(replace(survey_by_region({}), people=people, responses=tuple(responses)))
    found = {each.group: (each.disclosure, each.is_significant) for each in column.groups}
    # Even four of thirty in East, against 62 of the 85 others, can't be chance (scipy, N-1 chi-squared: p < 0.0001).
    assert found["East"] == (RateDisclosure.FEW, True)
    # "Fewer than five" of five in West may be four, or no one.
    assert found["West"] == (RateDisclosure.FEW, False)
    assert charts.response_heading(respondents).endswith("East (Region)")


def test_few_respondents_or_nonrespondents_are_hidden_in_words() -> None:
    # North: 8 of 9. South: 3 of 10. East: 10 of 20. West: 10 of 20.
    workbook = survey_by_region(
        {"North": (4, 8), "South": (1, 3), "East": (5, 10), "West": (5, 10)},
        nonrespondents={"North": 1, "South": 7, "East": 10, "West": 10},
    )
    respondents, column = region(workbook)
    # North and South together are 11 respondents and 8 nonrespondents, so neither is known alone.
    assert {each.group: each.disclosure for each in column.groups} == {
        "North": RateDisclosure.NEARLY_ALL,
        "South": RateDisclosure.FEW,
        "East": RateDisclosure.EXACT,
        "West": RateDisclosure.EXACT,
    }
    rows = tables.response_table(respondents, wave="2025", smallest_group=5).rows
    assert {row["Group"]: row["Answered"] for row in rows if row["Column"] == "Region"} == {
        "North": "all but fewer than 5",
        "South": "fewer than 5",
        "East": 10,
        "West": 10,
    }


def test_anonymous_answers_have_no_groups() -> None:
    workbook = survey_by_region({"North": (4, 8)})
    anonymous = replace(
        workbook, responses=tuple(SurveyResponse(wave="2025", answers={"I learn": 4.0}) for _ in range(8))
    )
    respondents = summarize_respondents(anonymous, wave="2025")
    assert (respondents.identified, respondents.unidentified, respondents.columns) == (0, 8, ())
    assert "No answer names a member" in charts.response_notes(respondents)[0]
    assert charts.response_heading(respondents) == "Who answered"
    assert summarize_experience(anonymous)[0].responses == 8


def test_group_without_a_number_has_no_dot() -> None:
    few = CategoryResponse(group="N", members=9, answered=None, disclosure=RateDisclosure.FEW, is_significant=False)
    assert few.share is None
    respondents = Respondents(members=20, identified=8, unidentified=0, columns=())
    column = ResponseByColumn(by="Region", groups=(few,), others=0)
    texts = visible_texts(charts.response_dots(column, respondents, smallest_group=5))
    assert "fewer than 5, of 9" in texts
    assert not {"0%", "100%"} & set(texts), "no scale without dots"


def test_unidentified_answers_are_noted() -> None:
    columns = (ResponseByColumn(by="Role", groups=(), others=23),)
    known, unknown = charts.response_notes(Respondents(members=23, identified=6, unidentified=3, columns=columns))
    assert "6 of 23 members" in known
    assert unknown.startswith("3 more answers name no member")
