"""Comparisons of groups: every pair of views that a page offers, checked by brute force on small random surveys."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.experience import GroupComparison, summarize_experience, survey_comparisons
from nethealth.experience.charts.groups import comparison_dots
from nethealth.experience.tables import group_table
from nethealth.privacy.suppression import TooFew
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.records import Person, Question, QuestionKind, Settings, SurveyResponse, Workbook
from nethealth.workbook.schema.vocabulary import AGREEMENT, OUTCOMES, Level
from tests.privacy.attacks import People, too_few

KNOWLEDGE, EFFECTIVENESS, _ = OUTCOMES[Level.PARTICIPANT]


def asked(text: str, kind: QuestionKind = QuestionKind.SCALE, outcome: str | None = None) -> Question:
    return Question(text=text, kind=kind, scale=AGREEMENT if kind is QuestionKind.SCALE else None, outcome=outcome)


QUESTIONS = (
    asked("learn", outcome=KNOWLEDGE),
    asked("know", outcome=KNOWLEDGE),
    asked("alone"),
    asked("way", QuestionKind.CHOICE),
    asked("took", QuestionKind.MULTIPLE),
)


def survey(people: int, seed: int, *, smallest: int) -> Workbook:
    """A random small survey: two columns, one nearly within the other, and answers that are sometimes missing."""
    chance = random.Random(seed)
    members, responses = {}, []
    for number in range(people):
        region = chance.choice("NSE")
        school = chance.choice([f"{region}1", f"{region}2", "X"])
        attributes = {"Region": region, "School": school}
        if chance.random() < 0.1:
            del attributes[chance.choice(["Region", "School"])]
        members[f"p{number}"] = Person(key=f"p{number}", name=f"P {number}", attributes=attributes)
        answers: dict[str, object] = {
            text: float(chance.randint(1, 5)) for text in ("learn", "know", "alone") if chance.random() < 0.85
        }
        if chance.random() < 0.9:
            answers["way"] = chance.choice(["call", "mail", "visit"])
        if chance.random() < 0.9:
            answers["took"] = tuple(sorted(chance.sample(["idea", "friend", "task"], chance.randint(1, 2))))
        known = None if chance.random() < 0.1 else f"p{number}"
        responses.append(SurveyResponse(wave="w", answers=answers, respondent=known))  # type: ignore[arg-type]
    return Workbook(
        settings=Settings(smallest_group=smallest),
        people=members,
        attributes=("Region", "School"),
        questions=QUESTIONS,
        responses=tuple(responses),
    )


def group_of(workbook: Workbook, response: SurveyResponse, by: str) -> str | None:
    """The group of a response in a view, found from the records without the code under test."""
    if by in workbook.attributes:
        return workbook.people[response.respondent].attributes.get(by) if response.respondent else None
    question, _, box = by.partition(" · ")
    answer = response.answers.get(question)
    if answer is None:
        return None
    if box:
        return "checked" if box in answer else "not checked"  # type: ignore[operator]
    if isinstance(answer, float):
        return (
            "Strongly disagree or Disagree" if answer < 3 else "Neutral" if answer == 3 else "Agree or Strongly agree"
        )
    return str(answer)


def blocks_of(workbook: Workbook, compared: GroupComparison, about: str) -> list[People] | None:
    """The sets of people whose answers a view reveals: its categories, and everyone who is in none of them."""
    found = next((each for each in compared.questions if each.name == about), None)
    if found is None:
        return None
    everyone = frozenset(n for n, each in enumerate(workbook.responses) if about in each.answers)
    blocks = []
    for group in found.groups:
        inside = frozenset(n for n in everyone if group_of(workbook, workbook.responses[n], compared.by) == group.group)
        top = sum(workbook.responses[n].answers[about] >= 4 for n in inside)  # type: ignore[operator]
        assert (group.people, group.share.value) == (len(inside), pytest.approx(top / len(inside)))
        blocks.append(inside)
    rest = everyone.difference(*blocks)
    return [*blocks, rest] if rest else blocks


@settings(max_examples=60, deadline=None)
@given(people=st.integers(6, 26), seed=st.integers(0, 10**6), smallest=st.integers(3, 5), is_staff=st.booleans())
def test_no_difference_of_views_is_too_small(people: int, seed: int, smallest: int, is_staff: bool) -> None:
    workbook = survey(people, seed, smallest=smallest)
    if not is_staff:
        workbook = redact_for_viewers(workbook)
    views = survey_comparisons(workbook, wave="w")
    assert is_staff or not set(views.names) & set(workbook.attributes), "who answered is not known to viewers"
    for question in ("learn", "know", "alone"):
        seen = {by: blocks_of(workbook, views.by_group(by), question) for by in views.names}
        known = [blocks for blocks in seen.values() if blocks]
        for blocks in known:
            assert all(len(block) >= smallest for block in blocks)
            assert not too_few(blocks, blocks, smallest)
        for one, other in combinations(known, 2):
            assert not too_few(one, other, smallest)


@settings(max_examples=30, deadline=None)
@given(people=st.integers(6, 24), seed=st.integers(0, 10**6))
def test_hidden_groups_are_hidden_everywhere(people: int, seed: int) -> None:
    workbook = survey(people, seed, smallest=4)
    views = survey_comparisons(workbook, wave="w")
    for by in views.names:
        compared = views.by_group(by)
        shown = {(each.name, group.group) for each in compared.questions for group in each.groups}
        for outcome in compared.outcomes:
            # What an outcome shows of a group adds up what its questions show of it.
            for group in outcome.groups:
                assert {("learn", group.group), ("know", group.group)} <= shown
        rows = {(row["Outcome or question"], row["Group"]) for row in group_table(compared, wave="w").rows}
        assert rows == shown | {(each.name, group.group) for each in compared.outcomes for group in each.groups}
        words = comparison_dots(compared.questions)
        assert words.count("% of ") == len(shown)
        assert set(compared.groups) == {name for _, name in shown}


def test_answers_typed_next_to_other_are_not_named() -> None:
    own = [f"my very own words {number}" for number in range(5)]
    answers: list[tuple[str, ...]] = [("Calls",)] * 8 + [("Calls", "Mail")] * 7
    answers += [("Calls", "Mail", words) for words in own[1:]] + [("Mail", own[0])]
    workbook = Workbook(
        questions=(asked("took", QuestionKind.MULTIPLE), asked("way", QuestionKind.CHOICE), asked("learn")),
        responses=tuple(
            SurveyResponse(wave="w", answers={"took": each, "way": each[-1], "learn": 4.0}) for each in answers
        ),
    )
    views = survey_comparisons(workbook, wave="w")
    # Only one person did not tick Calls, and each who wrote words of their own is the only one with them.
    assert [name for name in views.names if name.startswith("took")] == ["took · Mail"]
    shown = repr([views.by_group(name) for name in views.names])
    assert "my very own words" not in shown
    assert "Mail" in shown


def counts_of(workbook: Workbook, question: str) -> dict[str, int]:
    (wave,) = summarize_experience(workbook)
    (figures,) = [each for each in wave.questions if each.question == question]
    assert not isinstance(figures.distribution, TooFew)
    return dict(figures.distribution)


@pytest.mark.parametrize("is_staff", [True, False])
def test_pooled_options_are_no_groups(is_staff: bool) -> None:
    # Two wrote an answer of their own. They are too few, so that those who came by mail are pooled with them; but the
    # two left out the other question, of whose answers nothing need be hidden: six by mail there, of eight, leave two.
    ways = ["call"] * 9 + ["mail"] * 6 + ["by pigeon"] * 2
    boxes = [("idea",)] * 9 + [("friend",)] * 6 + [("pigeon",)] * 2
    answers: list[dict[str, object]] = [{"way": way, "took": box} for way, box in zip(ways, boxes, strict=True)]
    for each in answers[:-2]:
        each["learn"] = 4.0
    workbook = Workbook(
        questions=QUESTIONS,
        responses=tuple(SurveyResponse(wave="w", answers=each) for each in answers),  # type: ignore[arg-type]
    )
    if not is_staff:
        workbook = redact_for_viewers(workbook)
    assert counts_of(workbook, "way") == {"call": 9, "fewer than 5": 8}
    assert counts_of(workbook, "took") == {"idea": 9, "fewer than 5": 8}
    views = survey_comparisons(workbook, wave="w")
    shown = [(by, group.group) for by in views.names for each in views.by_group(by).questions for group in each.groups]
    assert ("way", "mail") not in shown
    assert "took · friend" not in views.names


def test_order_of_views_changes_nothing() -> None:
    workbook = survey(22, 5, smallest=4)
    forwards, backwards = survey_comparisons(workbook, wave="w"), survey_comparisons(workbook, wave="w")
    one = [forwards.by_group(by) for by in forwards.names]
    other = [backwards.by_group(by) for by in reversed(backwards.names)]
    assert one == other[::-1]
