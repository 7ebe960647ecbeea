"""Questions to discuss: which the picture's shape chooses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nethealth.mindset.discussion import ABOUT_ANY, ASKED, discussion_questions
from nethealth.mindset.metrics import QUESTIONS, Distribution, SessionMindset, summarize_mindset
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import MindsetReflection, Workbook
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, PAIRS, Moment

EVEN: Distribution = (2, 2, 2, 2, 2)
MIDDLE: Distribution = (0, 0, 10, 0, 0)


def session(
    shapes: dict[int, Distribution], *, moment: Moment = Moment.NOW, rest: Distribution = MIDDLE, top: int | None = None
) -> SessionMindset:
    """Return a session of ten people: each pair has its shape, the others `rest`."""
    columns = []
    for place, _ in enumerate(PAIRS):
        counts = shapes.get(place, rest)
        columns.append([step for step, count in enumerate(counts, 1) for _ in range(count)])
    named = () if top is None else (CHARACTERISTICS[top],)
    people = [
        MindsetReflection(session="Retreat", moment=moment, positions=positions, rose_to_the_top=named)
        for positions in zip(*columns, strict=True)
    ]
    (found,) = summarize_mindset(Workbook(mindset=tuple(people)))
    return found


def test_split_gap_and_agreement_each_ask_once() -> None:
    now = session({0: (5, 0, 0, 0, 5), 1: (3, 2, 0, 2, 3), 2: (9, 1, 0, 0, 0), 3: (0, 8, 2, 0, 0)})
    hoped = session({2: (0, 0, 0, 5, 5)}, moment=Moment.HOPED_FOR, rest=MIDDLE)
    split, gap, agreement = discussion_questions(now, hoped)
    assert PAIRS[0].hierarchical in split
    assert PAIRS[2].network in gap
    assert PAIRS[3].hierarchical in agreement


def test_gap_is_asked_as_its_moment_says() -> None:
    now, before = session({2: (9, 1, 0, 0, 0)}), session({}, moment=Moment.BEFORE)
    hoped = session({}, moment=Moment.HOPED_FOR)
    assert discussion_questions(now, before)[0] != discussion_questions(now, hoped)[0]


def test_small_gap_and_weak_agreement_ask_nothing() -> None:
    now = session({0: (0, 7, 3, 0, 0)})
    hoped = session({0: (0, 5, 5, 0, 0)}, moment=Moment.HOPED_FOR)
    assert discussion_questions(now, hoped) == ABOUT_ANY


def test_what_rose_to_the_top_comes_before_the_general_questions() -> None:
    first, *rest = discussion_questions(session({}, top=4))
    assert CHARACTERISTICS[4] in first
    assert tuple(rest) == QUESTIONS[1:ASKED]  # the first asks the same


@given(st.lists(st.lists(st.integers(1, 5), min_size=7, max_size=7), max_size=12))
def test_there_are_always_three_and_few_people_choose_none(rows: list[list[int]]) -> None:
    people = tuple(MindsetReflection(session=None, moment=None, positions=tuple(row)) for row in rows)
    for each in summarize_mindset(Workbook(mindset=people)):
        questions = discussion_questions(each)
        assert len(set(questions)) == ASKED
        if isinstance(each.pairs[0].distribution, TooFew):
            assert questions == ABOUT_ANY
