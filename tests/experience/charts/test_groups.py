"""Groups side by side and who is heard: what is drawn and said is what may be shown."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nethealth.experience import (
    RateDisclosure,
    Respondents,
    summarize_experience,
    summarize_respondents,
    survey_comparisons,
)
from nethealth.experience.charts import groups as figures
from nethealth.experience.metrics.respondents import CategoryResponse, ResponseByColumn
from nethealth.workbook.records import Person, Question, QuestionKind, Settings, Spell, SurveyResponse, Wave, Workbook
from nethealth.workbook.schema.vocabulary import AGREEMENT, FREQUENCY, OUTCOMES, Level

KNOWLEDGE = OUTCOMES[Level.PARTICIPANT][0]
HOSTILE = "<img src=x onerror=alert(1)> $x$"


def survey(by_region: dict[str, tuple[int, int]], *, silent: dict[str, int] | None = None) -> Workbook:
    """People of each region, of whom so many agree of so many; and some who did not answer."""
    people: dict[str, Person] = {}
    responses = []
    for region, (agree, of) in by_region.items():
        for number in range(of + (silent or {}).get(region, 0)):
            key = f"{region}{number}"
            people[key] = Person(
                key=key,
                name=key,
                attributes={"Region": region},
                spells=(Spell(dt.date(2020, 1, 1), None),),
            )
            if number < of:
                answer = 4.0 if number < agree else 2.0
                responses.append(SurveyResponse(wave="2025", answers={"I learn": answer}, respondent=key))
    return Workbook(
        people=people,
        attributes=("Region",),
        questions=(Question(text="I learn", kind=QuestionKind.SCALE, scale=AGREEMENT, outcome=KNOWLEDGE),),
        responses=tuple(responses),
        waves=(Wave(name="2025", date=dt.date(2025, 5, 1)),),
    )


def written(rows: str) -> list[str]:
    """Every text that stands in rows, as a reader sees it."""
    return [html.unescape(text).strip() for text in re.findall(r">([^<>]+)<", rows) if text.strip()]


def test_a_real_difference_is_told_in_a_sentence() -> None:
    views = survey_comparisons(survey({"North": (18, 20), "South": (6, 20), "East": (10, 20)}), wave="2025")
    contrasts = views.contrasts()
    (north,) = contrasts.told  # one sentence for one question
    assert contrasts.looked_at == 3
    # North: 18 of 20 against 16 of 40, the others. By scipy (N-1 chi-squared) p = 0.0003.
    assert (north.group, north.inside.value, north.outside.value, north.others) == ("North", 0.9, 0.4, 40)
    assert figures.contrasts_heading(contrasts) == "One clear difference between groups"
    (told,) = figures.contrast_sentences(contrasts, smallest_group=5)
    assert told.startswith("Region: North – agree more that “I learn”: 90% of 20, against 40% of the 40 others.")
    assert "50 points" in told


def test_two_groups_are_held_against_each_other_once() -> None:
    two = {"North": (18, 20), "South": (6, 20)}
    contrasts = survey_comparisons(survey(two), wave="2025").contrasts()
    assert (contrasts.looked_at, [each.group for each in contrasts.told]) == (1, ["North"])
    # With others beside them, of whom nothing is shown, each is another question.
    few = survey({**two, "East": (2, 3), "West": (2, 3)})
    assert survey_comparisons(few, wave="2025").contrasts().looked_at == 2


def test_of_a_question_worded_in_reverse_it_says_who_disagree() -> None:
    workbook = survey({"North": (18, 20), "South": (6, 20), "East": (10, 20)})
    turned = replace(workbook, questions=(replace(workbook.questions[0], reverse=True),))
    views = survey_comparisons(turned, wave="2025")
    (told,) = figures.contrast_sentences(views.contrasts(), smallest_group=5)
    # 18 of 20 agree in North, so that 2 disagree; of the others 24 of 40.
    assert told.startswith("Region: North – disagree less with “I learn”: 10% of 20, against 60% of the 40 others.")
    (question,) = views.compared("Region").questions
    assert "I learn (who disagree)" in written(figures.comparison_dots([question]))


@pytest.mark.parametrize(
    ("reverse", "told", "heading"),
    [
        (False, "answer higher to “I learn”: 90% of 20 are in the two highest answers, against 40%", "highest"),
        (True, "answer higher to “I learn”: 10% of 20 are in the two lowest answers, against 60%", "lowest"),
    ],
)
def test_on_a_scale_of_another_kind_nobody_agrees(reverse: bool, told: str, heading: str) -> None:
    workbook = survey({"North": (18, 20), "South": (6, 20), "East": (10, 20)})
    often = replace(workbook.questions[0], scale=FREQUENCY, reverse=reverse)
    views = survey_comparisons(replace(workbook, questions=(often,)), wave="2025")
    (sentence,) = figures.contrast_sentences(views.contrasts(), smallest_group=5)
    assert told in sentence
    compared = views.compared("Region")
    assert f"I learn (in the two {heading} answers)" in written(figures.comparison_dots(compared.questions))
    assert f"% in the two {heading} answers (" in figures.comparison_heading(compared, about=compared.questions)
    assert "agree" not in figures.comparison_heading(compared, about=compared.questions)


def test_no_clear_difference_says_so() -> None:
    views = survey_comparisons(survey({"North": (10, 20), "South": (11, 20)}), wave="2025")
    (told,) = figures.contrast_sentences(views.contrasts(), smallest_group=5)
    assert told.startswith("No group of members answers any question so differently")
    assert figures.contrasts_heading(views.contrasts()) == "No clear difference between groups"


def test_the_heading_speaks_of_what_is_shown() -> None:
    compared = survey_comparisons(survey({"North": (9, 10), "South": (4, 8)}), wave="2025").compared("Region")
    assert f"“{KNOWLEDGE}”" in figures.comparison_heading(compared, about=compared.outcomes)
    assert "“I learn”" in figures.comparison_heading(compared, about=compared.questions)


def test_a_question_does_not_differ_by_itself() -> None:
    # Who agrees agrees: no grouping is held against the very question that makes it, nor are opinions looked through.
    workbook = survey({"North": (10, 20)})
    found = survey_comparisons(workbook, wave="2025").contrasts()
    assert (found.told, found.looked_at) == ((), 0)
    # Where nothing was compared, nobody may read that all say the same.
    (told,) = figures.contrast_sentences(found, smallest_group=5)
    assert told == (
        "No group could be held against the others: none is known, or none is large enough. (Groups of fewer than 5 "
        "are not looked at.)"
    )


def test_every_group_that_is_shown_has_its_dot_and_no_other() -> None:
    views = survey_comparisons(survey({"North": (9, 10), "South": (4, 8), "East": (2, 3), "West": (1, 3)}), wave="2025")
    compared = views.compared("Region")
    (outcome,) = compared.outcomes
    rows = figures.comparison_dots(compared.outcomes)
    assert re.findall(r'<span class="nh-dot" style="left:([0-9.]+)%"', rows) == ["90.00", "50.00"]
    # Wilson, by statsmodels: 9 of 10, 0.596 to 0.982.
    left, width = re.findall(r'<u style="left:([0-9.]+)%;width:([0-9.]+)%"', rows)[0]
    assert (float(left), float(left) + float(width)) == (pytest.approx(59.58, abs=0.02), pytest.approx(98.21, abs=0.02))
    assert {"North", "South", "90% of 10", "50% of 8", KNOWLEDGE} <= set(written(rows))
    assert not {"East", "West"} & set(written(rows))
    assert f"everybody {16 / 24:.0%}" in written(rows)
    assert outcome.others == 6
    assert (figures.hidden_groups_text(compared) or "").startswith("2 groups are not shown")
    assert "90% agree (North) and 50% (South)" in figures.comparison_heading(compared, about=compared.outcomes)


def test_nothing_from_a_cell_is_markup() -> None:
    views = survey_comparisons(survey({HOSTILE: (9, 10), "South": (4, 8)}), wave="2025")
    rows = figures.comparison_dots(views.compared("Region").outcomes)
    assert "<img" not in rows
    assert any("<img src=x" in line for line in written(rows)), "it shows as typed"


def test_a_long_name_is_written_in_full() -> None:
    name = "Naselle-Grays River Valley Consolidated School District"
    views = survey_comparisons(survey({name: (9, 10), "South": (4, 8)}), wave="2025")
    assert name in written(figures.comparison_dots(views.compared("Region").outcomes))


def test_who_is_heard_less_is_said() -> None:
    workbook = survey({"North": (9, 18), "South": (3, 6)}, silent={"North": 2 + 4, "South": 24})
    told = summarize_respondents(workbook, wave="2025")
    assert (told.members, told.known, told.unknown) == (54, 24, 0)
    (column,) = [each for each in told.columns if each.by == "Region"]
    assert [(each.group, each.members, each.answered) for each in column.groups] == [
        ("South", 30, 6),
        ("North", 24, 18),
    ]
    # 6 of 30 against 18 of 24: by scipy p < 0.001.
    assert figures.response_heading(told) == "Heard less than others: South (Region)"
    assert "20% of 30" in written(figures.response_dots(column, told, smallest_group=5))


def test_who_is_heard_less_is_said_also_where_the_number_is_told_text() -> None:
    people, responses = {}, []
    for region, answered, of in (("North", 30, 40), ("South", 30, 40), ("East", 2, 30), ("West", 4, 5)):
        for number in range(of):
            key = f"{region} {number}"
            spells = (Spell(dt.date(2020, 1, 1), None),)
            people[key] = Person(key=key, name=key, attributes={"Region": region}, spells=spells)
            if number < answered:
                responses.append(SurveyResponse(wave="2025", answers={"I learn": 4.0}, respondent=key))
    workbook = replace(survey({}), people=people, responses=tuple(responses))
    told = summarize_respondents(workbook, wave="2025")
    (column,) = [each for each in told.columns if each.by == "Region"]
    stands = {each.group: (each.heard, each.stands_out) for each in column.groups}
    # Even four of thirty in East, against 62 of the 85 others, is no chance (scipy, N-1 chi-squared: p below 0.0001);
    # of West nothing may be said, since fewer than five of five may be four, or nobody.
    assert stands["East"] == (RateDisclosure.FEW, True)
    assert stands["West"] == (RateDisclosure.FEW, False)
    assert figures.response_heading(told) == "Heard less than others: East (Region)"


def test_few_who_answered_or_did_not_are_told_in_words_and_cannot_be_worked_out() -> None:
    # North: 8 of 9, one silent. South: 3 of 10. East 10 of 20, West 10 of 20.
    workbook = survey(
        {"North": (4, 8), "South": (1, 3), "East": (5, 10), "West": (5, 10)},
        silent={"North": 1, "South": 7, "East": 10, "West": 10},
    )
    told = summarize_respondents(workbook, wave="2025")
    (column,) = [each for each in told.columns if each.by == "Region"]
    heard = {each.group: each.heard for each in column.groups}
    assert heard == {
        "North": RateDisclosure.NEARLY_ALL, "South": RateDisclosure.FEW, "East": RateDisclosure.EXACTLY, "West": RateDisclosure.EXACTLY,
    }  # fmt: skip
    # Together North and South are 11 who answered and 8 who did not: neither is known alone.
    rows = figures.response_rows(told, wave="2025", smallest_group=5)
    assert {row["Group"]: row["Answered"] for row in rows if row["Column"] == "Region"} == {
        "North": "all but fewer than 5", "South": "fewer than 5", "East": 10, "West": 10,
    }  # fmt: skip
    # With South alone too few, the next smallest is held back as well.
    workbook = survey({"South": (1, 3), "East": (5, 10), "West": (5, 12)}, silent={"South": 7, "East": 10, "West": 10})
    (column,) = [each for each in summarize_respondents(workbook, wave="2025").columns if each.by == "Region"]
    assert {each.group: each.heard for each in column.groups} == {
        "West": RateDisclosure.EXACTLY, "East": RateDisclosure.HELD_BACK, "South": RateDisclosure.FEW,
    }  # fmt: skip


def test_answers_without_names_say_nothing_of_who_is_silent() -> None:
    workbook = survey({"North": (4, 8)})
    nameless = Workbook(
        people=workbook.people,
        attributes=workbook.attributes,
        questions=workbook.questions,
        responses=tuple(SurveyResponse(wave="2025", answers={"I learn": 4.0}) for _ in range(8)),
        waves=workbook.waves,
    )
    told = summarize_respondents(nameless, wave="2025")
    assert (told.known, told.unknown, told.columns) == (0, 8, ())
    assert "name nobody" in figures.response_notes(told)[0]
    assert figures.response_heading(told) == "Who answered"
    assert summarize_experience(nameless)[0].responses == 8


def test_a_share_needs_members() -> None:
    few = CategoryResponse(group="N", members=9, answered=None, heard=RateDisclosure.FEW, stands_out=False)
    assert few.share is None
    told = Respondents(members=20, known=8, unknown=0, columns=())
    rows = figures.response_dots(ResponseByColumn(by="Region", groups=(few,), others=0), told, smallest_group=5)
    assert "fewer than 5, of 9" in written(rows)
    assert not {"0%", "100%"} & set(written(rows)), "no scale where there is no dot"


def test_an_answer_of_somebody_who_left_before_is_none_of_nobody() -> None:
    told = Respondents(members=23, known=6, unknown=3, columns=(ResponseByColumn(by="Role", groups=(), others=23),))
    assert figures.response_notes(told) == [
        "6 of 23 members are known to have answered.",
        "3 more answers name no member, so each group’s share may be higher.",
    ]


@settings(max_examples=60, deadline=None)
@example(groups=[(0, 0), (3, 3)], smallest=3)  # one value alone: no column to compare by
@given(
    groups=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=6),
    smallest=st.integers(3, 6),
)
def test_no_number_of_few_who_answered_or_did_not_can_be_worked_out(
    groups: list[tuple[int, int]], smallest: int
) -> None:
    by_region = {f"R{n}": (0, answered) for n, (answered, _) in enumerate(groups)}
    silent = {f"R{n}": quiet for n, (_, quiet) in enumerate(groups)}
    workbook = survey(by_region, silent=silent)
    workbook = replace(workbook, settings=Settings(smallest_group=smallest))
    told = summarize_respondents(workbook, wave="2025")
    for column in told.columns:
        exact = [group for group in column.groups if group.answered is not None]
        for group in exact:
            assert group.answered is not None
            assert group.answered >= smallest
            assert group.members - group.answered >= smallest
        answered = told.known - sum(group.answered or 0 for group in exact)
        rest = told.members - sum(group.members for group in exact) - answered
        if exact:
            assert not 0 < answered < smallest
            assert not 0 < rest < smallest
