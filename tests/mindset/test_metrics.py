"""The mindset reflection: distributions, never a score."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.mindset import metrics as mindset
from nethealth.mindset.metrics import METRICS, OwnReflection, SessionMindset, summarize_mindset
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import MindsetReflection, Settings, Workbook
from nethealth.workbook.schema.vocabulary import PAIRS, Moment

SHARED = "Information is shared"
TRUST = "Priority around trust"


def reflection(first: int | None, *top: str, who: str | None = None, **more: object) -> MindsetReflection:
    given_more: dict[str, object] = {"session": "Spring", "moment": Moment.NOW} | more
    positions = (first, *[3] * 6)
    return MindsetReflection(positions=positions, rose_to_the_top=top, respondent=who, **given_more)  # type: ignore[arg-type]


def only(*reflections: MindsetReflection) -> SessionMindset:
    (session,) = summarize_mindset(Workbook(mindset=reflections))
    return session


def test_a_session_by_hand() -> None:
    session = only(*[reflection(step, SHARED) for step in (1, 2, 2, 5)], reflection(None, TRUST, SHARED), reflection(4))
    assert session.n == 6
    assert session.pairs[0].distribution == (1, 2, 0, 1, 1)
    assert session.pairs[1].distribution == (0, 0, 6, 0, 0)
    assert [each.pair for each in session.pairs] == list(PAIRS)
    assert session.rose_to_the_top == {SHARED: 5, TRUST: 1}
    assert session.as_json()["pairs"][0] == {"pair": "Leadership", "distribution": [1, 2, 0, 1, 1]}  # type: ignore[index]
    assert session.title == "Spring · Now"


def test_too_few_answers_are_hidden_pair_by_pair() -> None:
    session = only(*[reflection(1, SHARED) for _ in range(4)], *[reflection(None) for _ in range(3)])
    assert session.n == 7
    assert session.pairs[0].distribution == TooFew(5)
    assert session.pairs[1].distribution == (0, 0, 7, 0, 0)
    assert session.rose_to_the_top == TooFew(5)
    assert session.as_json()["rose_to_the_top"] == {"withheld": "fewer than 5"}


def test_empty_without_characteristics_or_reflections() -> None:
    assert only(*[reflection(1) for _ in range(5)]).rose_to_the_top == {}
    assert summarize_mindset(Workbook()) == ()


def test_second_reflection_replaces_the_first() -> None:
    again = reflection(5, who="a", date=dt.date(2024, 5, 2))
    first = reflection(1, who="a", date=dt.date(2024, 5, 1))
    session = only(again, first, *[reflection(3, date=dt.date(2024, 5, 1)) for _ in range(4)])
    assert session.n == 5
    assert session.pairs[0].distribution == (0, 0, 4, 0, 1)


def test_sessions_in_workbook_order_and_moments_in_their_own() -> None:
    rows = [
        reflection(1, moment=Moment.HOPED_FOR, date=dt.date(2024, 5, 1)),
        reflection(1, moment=Moment.AFTER, session="Later"),
        reflection(1, moment=Moment.NOW, date=dt.date(2024, 5, 2)),
        reflection(1, moment=None, session=None),
    ]
    found = [(each.session, each.moment) for each in summarize_mindset(Workbook(mindset=tuple(rows)))]
    assert found == [("Spring", Moment.NOW), ("Spring", Moment.HOPED_FOR), ("Later", Moment.AFTER), (None, None)]


def test_there_is_no_score() -> None:
    session = only(*[reflection(step) for step in (1, 2, 3, 4, 5)])
    text = json.dumps(session.as_json()).casefold()
    names = {field.name for part in (SessionMindset, mindset.PairLeanings) for field in dataclasses.fields(part)}
    for word in ("score", "mean", "average", "median", "total", "index"):
        assert word not in text
        assert not any(word in name for name in names)
    assert {measure.id for measure in METRICS} == {"n", "pairs", "rose_to_the_top"}


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(st.one_of(st.none(), st.integers(-1, 7)), max_size=20),
    smallest=st.integers(3, 7),
)
def test_few_positions_are_always_hidden(steps: list[int | None], smallest: int) -> None:
    rows = tuple(reflection(step) for step in steps)
    workbook = Workbook(mindset=rows, settings=Settings(smallest_group=smallest))
    counted = sum(step in (1, 2, 3, 4, 5) for step in steps)
    for session in summarize_mindset(workbook):
        shown = session.pairs[0].distribution
        assert isinstance(shown, TooFew) is (0 < counted < smallest)
        if not isinstance(shown, TooFew):
            assert sum(shown) == counted


def test_blank_reflection_is_empty() -> None:
    blank = OwnReflection(positions=(None,) * 7, rose_to_the_top=(), thoughts=(("Why?", " "),))
    assert blank.is_empty
    assert not dataclasses.replace(blank, positions=(3, *[None] * 6)).is_empty
