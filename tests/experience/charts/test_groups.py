"""Groups side by side: what is drawn and said is what may be shown."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from nethealth.experience import SurveyComparisons, survey_comparisons
from nethealth.experience.charts import groups as charts
from nethealth.workbook.schema.vocabulary import FREQUENCY
from tests.experience.surveys import KNOWLEDGE, survey_by_region, visible_texts

THREE_REGIONS = {"North": (18, 20), "South": (6, 20), "East": (10, 20)}


def comparisons(by_region: dict[str, tuple[int, int]], **changes: object) -> SurveyComparisons:
    workbook = survey_by_region(by_region)
    question = replace(workbook.questions[0], **changes)  # type: ignore[arg-type]
    return survey_comparisons(replace(workbook, questions=(question,)), wave="2025")


def test_clear_difference_is_a_sentence() -> None:
    contrasts = comparisons(THREE_REGIONS).contrasts()
    (north,) = contrasts.largest
    assert contrasts.tested == 3
    # North: 18 of 20 against 16 of 40, the others. By scipy (N-1 chi-squared) p = 0.0003.
    assert (north.group, north.inside.value, north.outside.value, north.others) == ("North", 0.9, 0.4, 40)
    (sentence,) = charts.contrast_sentences(contrasts)
    for part in ("North (Region) agrees more", "90% of 20 people", "40% of 40 others", "50 points"):
        assert part in sentence
    assert charts.contrasts_heading(contrasts).startswith("One clear difference")


def test_two_groups_are_compared_once() -> None:
    two = {"North": (18, 20), "South": (6, 20)}
    contrasts = comparisons(two).contrasts()
    assert (contrasts.tested, [each.group for each in contrasts.largest]) == (1, ["North"])
    # With hidden groups besides, each of the two is compared with different people.
    assert comparisons({**two, "East": (2, 3), "West": (2, 3)}).contrasts().tested == 2


def test_reversed_question_counts_disagreement() -> None:
    views = comparisons(THREE_REGIONS, reverse=True)
    (sentence,) = charts.contrast_sentences(views.contrasts())
    # 18 of 20 agree in North, so 2 disagree; among the others 24 of 40.
    for part in ("North (Region) disagrees less", "10% of 20 people", "60% of 40 others"):
        assert part in sentence
    (question,) = views.by_group("Region").questions
    assert "I learn (share who disagree)" in visible_texts(charts.comparison_dots([question]))


@pytest.mark.parametrize(
    ("reverse", "numbers", "end"),
    [
        (False, "90% in the top two answers, of 20 people, compared with 40%", "top"),
        (True, "10% in the bottom two answers, of 20 people, compared with 60%", "bottom"),
    ],
)
def test_other_scales_have_no_agreement(reverse: bool, numbers: str, end: str) -> None:
    views = comparisons(THREE_REGIONS, scale=FREQUENCY, reverse=reverse)
    (sentence,) = charts.contrast_sentences(views.contrasts())
    assert "answers higher" in sentence
    assert numbers in sentence
    comparison = views.by_group("Region")
    assert f"I learn (in the {end} two answers)" in visible_texts(charts.comparison_dots(comparison.questions))
    assert "agree" not in charts.comparison_heading(comparison, items=comparison.questions)


def test_no_clear_difference() -> None:
    contrasts = comparisons({"North": (10, 20), "South": (11, 20)}).contrasts()
    assert contrasts.largest == ()
    assert "chance" in charts.contrast_sentences(contrasts)[0]
    assert charts.contrasts_heading(contrasts).startswith("No clear difference")


def test_heading_is_about_the_items_shown() -> None:
    comparison = comparisons({"North": (9, 10), "South": (4, 8)}).by_group("Region")
    assert f"“{KNOWLEDGE}”" in charts.comparison_heading(comparison, items=comparison.outcomes)
    assert "“I learn”" in charts.comparison_heading(comparison, items=comparison.questions)


def test_question_is_not_compared_with_itself() -> None:
    contrasts = comparisons({"North": (10, 20)}).contrasts()
    assert (contrasts.largest, contrasts.tested) == ((), 0)
    # If nothing was compared, the page must not say that all groups agree.
    assert charts.contrasts_heading(contrasts).startswith("No groups")
    assert len(charts.contrast_sentences(contrasts)) == 1


def test_each_visible_group_has_a_dot() -> None:
    views = comparisons({"North": (9, 10), "South": (4, 8), "East": (2, 3), "West": (1, 3)})
    comparison = views.by_group("Region")
    (outcome,) = comparison.outcomes
    dots = charts.comparison_dots(comparison.outcomes)
    assert re.findall(r'<span class="nh-dot" style="left:([0-9.]+)%"', dots) == ["90.00", "50.00"]
    # Wilson, by statsmodels: 9 of 10, 0.596 to 0.982.
    left, width = re.findall(r'<u style="left:([0-9.]+)%;width:([0-9.]+)%"', dots)[0]
    assert (float(left), float(left) + float(width)) == (pytest.approx(59.58, abs=0.02), pytest.approx(98.21, abs=0.02))
    assert {"North", "South", "90% of 10", "50% of 8", KNOWLEDGE} <= set(visible_texts(dots))
    assert not {"East", "West"} & set(visible_texts(dots))
    assert f"overall {16 / 24:.0%}" in visible_texts(dots)
    assert outcome.ungrouped == 6
    assert (charts.hidden_groups_text(comparison) or "").startswith("2 groups are hidden")
    assert "(North 90%, South 50%)" in charts.comparison_heading(comparison, items=comparison.outcomes)


def test_all_groups_hidden() -> None:
    comparison = comparisons({"North": (2, 3), "South": (2, 3)}).by_group("Region")
    assert "hidden" in charts.comparison_heading(comparison, items=comparison.outcomes)
