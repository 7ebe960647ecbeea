"""Response rates by group, exact only where they reveal no one."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from nethealth.experience import (
    RateDisclosure,
    Respondents,
    ResponseByColumn,
    summarize_respondents,
)
from nethealth.workbook.records import Settings, Workbook
from tests.experience.surveys import survey_by_region


def region(workbook: Workbook) -> tuple[Respondents, ResponseByColumn]:
    respondents = summarize_respondents(workbook, wave="2025")
    return respondents, next(column for column in respondents.columns if column.by == "Region")


def test_next_smallest_group_is_hidden_with_a_single_small_one() -> None:
    workbook = survey_by_region(
        {"South": (1, 3), "East": (5, 10), "West": (5, 12)}, nonrespondents={"South": 7, "East": 10, "West": 10}
    )
    _, column = region(workbook)
    assert {each.group: each.disclosure for each in column.groups} == {
        "West": RateDisclosure.EXACT,
        "East": RateDisclosure.HIDDEN,
        "South": RateDisclosure.FEW,
    }


@settings(max_examples=60, deadline=None)
@example(groups=[(0, 0), (3, 3)], smallest=3)  # one value alone: no column to compare by
@given(
    groups=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=6),
    smallest=st.integers(3, 6),
)
def test_few_respondents_or_nonrespondents_cannot_be_worked_out(groups: list[tuple[int, int]], smallest: int) -> None:
    by_region = {f"R{n}": (0, answered) for n, (answered, _) in enumerate(groups)}
    nonrespondents = {f"R{n}": missing for n, (_, missing) in enumerate(groups)}
    workbook = survey_by_region(by_region, nonrespondents=nonrespondents)
    workbook = replace(workbook, settings=Settings(smallest_group=smallest))
    respondents = summarize_respondents(workbook, wave="2025")
    for column in respondents.columns:
        exact = [group for group in column.groups if group.answered is not None]
        for group in exact:
            assert group.answered is not None
            assert group.answered >= smallest
            assert group.members - group.answered >= smallest
        answered = respondents.identified - sum(group.answered or 0 for group in exact)
        rest = respondents.members - sum(group.members for group in exact) - answered
        if exact:
            assert not 0 < answered < smallest
            assert not 0 < rest < smallest
