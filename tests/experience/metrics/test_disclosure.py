"""Privacy that holds: every pair of views that the page offers, on small random surveys, and what two tell together.

The attacks here know everything but the answers: who is in which group of which column, and who answered what. They
take every union of groups of one view from every union of groups of another, and look how many people remain.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.experience import GroupComparison, summarize_experience, survey_comparisons
from nethealth.experience.cards import outcome_cards
from nethealth.experience.charts.groups import comparison_dots
from nethealth.experience.tables import group_table, outcome_table
from nethealth.overview.metrics import all_metrics
from nethealth.privacy.disclosure import MAX_VIEWS_TOGETHER, MOST_SHOWN, Disclosure
from nethealth.privacy.suppression import TooFew
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.workbook.records import Person, Question, QuestionKind, Settings, SurveyResponse, Workbook
from nethealth.workbook.schema.vocabulary import AGREEMENT, OUTCOMES, Level

KNOWLEDGE, EFFECTIVENESS, _ = OUTCOMES[Level.PARTICIPANT]
People = frozenset[int]


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
    """The sets of people whose answers one view gives away: its groups, and everybody less all of them."""
    found = next((each for each in compared.questions if each.name == about), None)
    if found is None:
        return None
    everybody = frozenset(n for n, each in enumerate(workbook.responses) if about in each.answers)
    blocks = []
    for group in found.groups:
        inside = frozenset(
            n for n in everybody if group_of(workbook, workbook.responses[n], compared.by) == group.group
        )
        top = sum(workbook.responses[n].answers[about] >= 4 for n in inside)  # type: ignore[operator]
        assert (group.people, group.share.value) == (len(inside), pytest.approx(top / len(inside)))
        blocks.append(inside)
    rest = everybody.difference(*blocks)
    return [*blocks, rest] if rest else blocks


def unions(blocks: list[People]) -> Iterator[People]:
    for size in range(len(blocks) + 1):
        for chosen in combinations(blocks, size):
            yield frozenset().union(*chosen)


def too_few(one: list[People], other: list[People], smallest: int) -> list[People]:
    """What two views together tell of fewer people than the smallest group."""
    others = set(unions(other))
    return [first ^ second for first in unions(one) for second in others if 0 < len(first ^ second) < smallest]


@pytest.mark.parametrize("views", [3, MAX_VIEWS_TOGETHER + 5])
def test_the_first_views_are_decided_alike_with_and_without_the_later_ones(views: int) -> None:
    chance = np.random.default_rng(views)
    codes = [chance.integers(-1, 4, 60) for _ in range(views)]
    answered = chance.random(60) < 0.9
    every = Disclosure(codes, smallest_group=5).shown_groups(answered)
    assert len(every) == views
    disclosure = Disclosure(codes, smallest_group=5)
    assert disclosure.shown_groups(answered, first=2) == every[:2]
    # Of very many the later ones are not worked out until somebody asks.
    (decided,) = disclosure._decided.values()
    assert len(decided) == (views if views <= MAX_VIEWS_TOGETHER else 2)
    assert disclosure.shown_groups(answered, first=views) == every
    assert disclosure.shown_groups(answered, first=1) == every[:1]


@settings(max_examples=60, deadline=None)
@given(people=st.integers(6, 26), seed=st.integers(0, 10**6), smallest=st.integers(3, 5), is_staff=st.booleans())
def test_no_difference_of_views_is_about_too_few(people: int, seed: int, smallest: int, is_staff: bool) -> None:
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
def test_nothing_else_shows_a_group_that_is_not_shown(people: int, seed: int) -> None:
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


def test_own_words_next_to_other_are_not_named() -> None:
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
def test_a_group_is_named_only_where_its_own_question_names_it(is_staff: bool) -> None:
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


def test_what_is_seen_does_not_depend_on_what_was_looked_at_before() -> None:
    workbook = survey(22, 5, smallest=4)
    forwards, backwards = survey_comparisons(workbook, wave="w"), survey_comparisons(workbook, wave="w")
    one = [forwards.by_group(by) for by in forwards.names]
    other = [backwards.by_group(by) for by in reversed(backwards.names)]
    assert one == other[::-1]


def test_a_group_nearly_within_another_is_not_shown_beside_it() -> None:
    # Region N: 7 people, of whom 5 are of school N1. N less N1 would be the two others; S less S1 three.
    region = np.array([0] * 7 + [1] * 9)
    school = np.array([0] * 5 + [1] * 2 + [2] * 6 + [3] * 3)
    everybody = np.ones(16, dtype=bool)
    # Alone, N1 and S1 are large enough, and so are the five others together.
    (alone,) = Disclosure([school], smallest_group=5).shown_groups(everybody)
    assert alone == {0, 2}
    assert Disclosure([region, school], smallest_group=5).shown_groups(everybody) == ({0, 1}, frozenset())


def test_groups_that_differ_by_few_people_are_shown_once() -> None:
    # Two columns that are the same but for two people who change places: one view of it is enough.
    one = np.array([0] * 10 + [1] * 10)
    other = one.copy()
    other[0], other[19] = 1, 0
    shown = Disclosure([one, other], smallest_group=5).shown_groups(np.ones(20, dtype=bool))
    assert shown == ({0, 1}, frozenset())
    # The very same column tells nothing more.
    shown = Disclosure([one, one], smallest_group=5).shown_groups(np.ones(20, dtype=bool))
    assert shown == ({0, 1}, {0, 1})


def test_the_next_smallest_goes_where_the_small_ones_are_too_few() -> None:
    codes = np.array([0] * 9 + [1] * 6 + [2] * 2)
    (shown,) = Disclosure([codes], smallest_group=5).shown_groups(np.ones(17, dtype=bool))
    assert shown == {0}
    # Whose group is not known are a group that is not shown.
    codes = np.array([0] * 9 + [1] * 6 + [-1] * 2)
    (shown,) = Disclosure([codes], smallest_group=5).shown_groups(np.ones(17, dtype=bool))
    assert shown == {0}
    # Two small ones that are enough together cost no other.
    codes = np.array([0] * 9 + [1] * 6 + [2] * 3 + [3] * 2)
    (shown,) = Disclosure([codes], smallest_group=5).shown_groups(np.ones(20, dtype=bool))
    assert shown == {0, 1}


def test_who_did_not_answer_a_question_counts_in_no_group_of_it() -> None:
    codes = np.array([0] * 6 + [1] * 6)
    answered = np.array([True] * 4 + [False] * 2 + [True] * 6)
    (shown,) = Disclosure([codes], smallest_group=5).shown_groups(answered)
    assert shown == frozenset()  # the other six would give the four away
    assert Disclosure([codes], smallest_group=5).shown_groups(np.zeros(12, dtype=bool)) == (frozenset(),)


def test_of_many_groups_the_largest_are_shown() -> None:
    codes = np.repeat(np.arange(20), np.arange(6, 26))
    (shown,) = Disclosure([codes], smallest_group=5).shown_groups(np.ones(len(codes), dtype=bool))
    assert shown == set(range(20 - MOST_SHOWN, 20))


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 10**6), people=st.integers(3, 40), smallest=st.integers(3, 6), columns=st.integers(1, 5))
def test_any_columns_by_brute_force(seed: int, people: int, smallest: int, columns: int) -> None:
    chance = np.random.default_rng(seed)
    codes = [chance.integers(-1, chance.integers(1, 6), people) for _ in range(columns)]
    answered = chance.random(people) < 0.9
    shown = Disclosure(codes, smallest_group=smallest).shown_groups(answered)
    everybody = frozenset(np.flatnonzero(answered).tolist())
    views = []
    for own, visible in zip(codes, shown, strict=True):
        blocks = [frozenset(n for n in everybody if own[n] == place) for place in visible]
        rest = everybody.difference(*blocks)
        views.append([*blocks, rest] if rest else blocks)
    for one in views:
        if len(one) > 1:
            assert all(len(block) >= smallest for block in one)
    for one, other in combinations(views, 2):
        if len(one) > 1 and len(other) > 1:
            assert not too_few(one, other, smallest)


OUTCOMES_ASKED = {KNOWLEDGE: ("a", "b", "c"), EFFECTIVENESS: ("c", "d")}
"""The third question belongs to both."""
KNOWN_TO = 1e-9


def two_waves(people: int, seed: int, *, smallest: int) -> Workbook:
    """The same people asked twice; most answer everything, some in a few ways leave out the same questions."""
    chance = random.Random(seed)
    responses = []
    for wave in ("first", "second"):
        ways = [frozenset(chance.sample("abcd", chance.randint(1, 3))) for _ in range(chance.randint(0, 3))]
        for _ in range(people):
            left_out = chance.choice(ways) if ways and chance.random() < 0.4 else frozenset()
            answers = {text: float(chance.randint(1, 5)) for text in "abcd" if text not in left_out}
            responses.append(SurveyResponse(wave=wave, answers=answers))  # type: ignore[arg-type]
    return Workbook(
        settings=Settings(smallest_group=smallest),
        questions=tuple(asked(text, outcome=outcome) for outcome, texts in OUTCOMES_ASKED.items() for text in texts),
        responses=tuple(responses),
    )


def known_sums(told: dict[str, Any], answered: list[tuple[int, str]]) -> Iterator[tuple[np.ndarray, float, float]]:
    """What is told of a survey: how a sum weighs each answer, the sum, and how far it is known.

    `answered` are the answers, as a person and a question. The weights come from what a mean is, not from the code.
    """
    for question in told["questions"]:
        if isinstance(question["mean"], float):
            weights = np.array([text == question["question"] for _, text in answered], dtype=float)
            assert (question["n"], sum(question["distribution"].values())) == (weights.sum(), weights.sum())
            yield weights, question["mean"] * question["n"], KNOWN_TO
    by_text = {question["question"]: question for question in told["questions"]}
    for outcome in told["outcomes"]:
        texts = OUTCOMES_ASKED[outcome["outcome"]]
        assert outcome["answers"] == sum(by_text[text]["n"] for text in texts)
        if isinstance(outcome["top_two"], float):
            # It adds up the questions' own, and tells nothing beside them.
            top = sum(by_text[text]["top_two"] * by_text[text]["n"] for text in texts if by_text[text]["n"])
            assert outcome["top_two"] * outcome["answers"] == pytest.approx(top)
        if isinstance(outcome["mean"], float):
            given = Counter(person for person, text in answered if text in texts)
            weights = np.array([1 / given[person] if text in texts else 0 for person, text in answered])
            is_rounded = round(outcome["mean"], 1) == outcome["mean"]
            yield weights, outcome["mean"] * len(given), (0.05 if is_rounded else 0) * len(given) + KNOWN_TO


def narrowed(told: list[tuple[np.ndarray, float, float]], theirs: np.ndarray) -> bool:
    """Whether the sums, taken together, leave some answers open to less than whatever these people answered.

    Each way to add the sums up so that nobody else's answers remain gives a sum of these people's. Without outcomes,
    the questions' means give none, for each has somebody else's in it.
    """
    weights = np.array([each for each, _, _ in told])
    _, strengths, ways = np.linalg.svd(weights[:, ~theirs].T)
    for way in ways[int((strengths > 1e-9).sum()) :]:
        left = way @ weights[:, theirs]
        if np.abs(left).max() < 1e-9:
            continue
        value = float(sum(part * each for part, (_, each, _) in zip(way, told, strict=True)))
        known_to = float(sum(abs(part) * within for part, (_, _, within) in zip(way, told, strict=True)))
        lowest, highest = (float(np.where(left > 0, one, other) @ left) for one, other in ((1, 5), (5, 1)))
        if value - known_to > lowest + 1e-6 or value + known_to < highest - 1e-6:
            return True
    return False


@settings(max_examples=80, deadline=None)
@given(people=st.integers(6, 14), seed=st.integers(0, 10**6), smallest=st.integers(3, 4))
def test_all_that_is_shown_together_tells_nothing_of_the_few_who_answered_part(
    people: int, seed: int, smallest: int
) -> None:
    workbook = two_waves(people, seed, smallest=smallest)
    for told, wave in zip(all_metrics(workbook)["experience"], summarize_experience(workbook), strict=True):
        # What the command line tells, with the means as pages show them.
        for outcome, figures in zip(told["outcomes"], wave.outcomes, strict=True):
            outcome["mean"] = figures.mean
        responses = [each for each in workbook.responses if each.wave == told["wave"]]
        answered = [(place, text) for place, each in enumerate(responses) for text in each.answers]
        sums = list(known_sums(told, answered))
        whose = np.array([person for person, _ in answered])
        for size in range(1, smallest):
            for few in combinations(range(people), size):
                assert not sums or not narrowed(sums, np.isin(whose, few)), (few, told)


def test_an_average_is_shown_where_everybody_answered_or_the_half_are_enough() -> None:
    def shown(both: int, half: int) -> object:
        answers = [{"learn": 4.0, "know": 4.0}] * both + [{"learn": 4.0}] * half
        responses = tuple(SurveyResponse(wave=None, answers=each) for each in answers)  # type: ignore[arg-type]
        (wave,) = summarize_experience(Workbook(questions=QUESTIONS[:2], responses=responses))
        return wave.outcomes[0].mean

    assert shown(10, 0) == 4.0
    assert shown(10, 5) == 4.0
    assert shown(10, 4) == TooFew(5)
    assert shown(200, 1) == 4.0  # one of two hundred moves no decimal


@pytest.mark.parametrize("people", range(6, 22))
def test_interval_does_not_reveal_partial_answers(people: int) -> None:
    """All agree, but one on the first question. Whether that is the one who left out the second stands nowhere."""

    def shown(half: float, whole: float) -> tuple[object, ...]:
        answers = [{"learn": half}, {"learn": whole, "know": 5.0}, *({"learn": 5.0, "know": 5.0},) * (people - 2)]
        responses = tuple(
            SurveyResponse(wave=None, answers={**each, "way": "call" if place < people / 2 else "mail"})  # type: ignore[arg-type]
            for place, each in enumerate(answers)
        )
        workbook = Workbook(questions=QUESTIONS, responses=responses)
        waves = summarize_experience(workbook)
        views = survey_comparisons(workbook, wave=None)
        compared = views.by_group("way") if "way" in views.names else None
        assert bool(compared and compared.outcomes[0].groups) is (people > 10)
        cards = outcome_cards(waves, level=Level.PARTICIPANT)
        return outcome_table(waves), cards, compared and group_table(compared, wave=None)

    assert shown(1.0, 5.0) == shown(5.0, 1.0)


def test_an_interval_knows_how_alike_a_persons_answers_are_where_that_tells_of_many() -> None:
    def share(*answers: tuple[int, dict[str, float]]) -> object:
        responses = [SurveyResponse(wave=None, answers=given) for people, given in answers for _ in range(people)]  # type: ignore[arg-type]
        (wave,) = summarize_experience(Workbook(questions=QUESTIONS[:2], responses=tuple(responses)))
        assert wave.outcomes[0].share is not None
        return wave.outcomes[0].share.n

    both, neither = {"learn": 5.0, "know": 5.0}, {"learn": 1.0, "know": 1.0}
    mixed = {"learn": 5.0, "know": 1.0}
    # Ten people whose two answers are alike are worth ten answers.
    assert share((5, both), (5, neither)) == pytest.approx(10)
    # Of six alike and four mixed ones the variance is 6 / 20 squared: a quarter of it makes 16.7 single answers.
    assert share((3, both), (3, neither), (4, mixed)) == pytest.approx(0.25 / (6 / 20**2))
    # One more who gave one answer: then all are taken to be alike (Kish 1965: 21 squared over ten times 4, and 1).
    assert share((3, both), (3, neither), (4, mixed), (1, {"learn": 5.0})) == pytest.approx(21**2 / 41)
