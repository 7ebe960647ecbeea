"""Charts of the mindset reflection, and the page that one keeps: equal weight, no score, nothing that runs."""

from __future__ import annotations

import datetime as dt

from nethealth.mindset import charts
from nethealth.mindset.metrics import QUESTIONS, OwnReflection, SessionMindset, summarize_mindset
from nethealth.mindset.reflection_page import reflection_page, reflection_text
from nethealth.presentation import palette
from nethealth.workbook.records import MindsetReflection, Workbook
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, PAIRS


def session(*firsts: int | None, top: tuple[str, ...] = ()) -> SessionMindset:
    rows = tuple(
        MindsetReflection(session="S", moment=None, positions=(first, *[3] * 6), rose_to_the_top=top)
        for first in firsts
    )
    (found,) = summarize_mindset(Workbook(mindset=rows))
    return found


def test_columns_are_as_high_as_people_are_many() -> None:
    figure = charts.profile(session(1, 1, 1, 1, 5, 5))
    (bars,) = (trace for trace in figure.data if trace.type == "bar")
    heights = [-height for height in bars.y[:5]]
    assert heights[0] == 2 * heights[4] > 0
    assert heights[1:4] == [0, 0, 0]
    assert set(bars.marker.color) <= set(palette.LIGHT.colors())


def test_both_statements_have_the_same_size_and_every_one_is_there() -> None:
    for figure in (charts.profile(session(*[3] * 6)), charts.own_profile([1, 2, 3, 4, 5, None, 3])):
        statements = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text"]
        lines = " ".join(line for trace in statements for line in trace.text).split()
        assert sorted(lines) == sorted(" ".join(CHARACTERISTICS).split())
        assert len({trace.textfont.size for trace in statements}) == 1
        assert {trace.textfont.color for trace in statements} == set(palette.LEANINGS)


def test_a_pair_of_too_few_has_no_columns() -> None:
    found = session(1, 1, None, None, None, None)
    figure = charts.profile(found)
    assert len(figure.data[0].x) == 6 * 5
    assert "too few answered" in charts.profile_text(found)
    assert charts.session_rows([found])[0]["In between"] == found.pairs[0].distribution


def test_the_heading_says_where_people_stand_apart() -> None:
    assert charts.profile_heading(session(1, 1, 5, 5, 3)).endswith("they stand at both ends on leadership")
    assert charts.profile_heading(session(3, 3, 3, 3, 3)) == "How 5 people see the organization"


def test_what_rose_is_counted_or_left_out() -> None:
    found = session(*[3] * 5, top=(PAIRS[0].network, PAIRS[1].hierarchical))
    figure = charts.rose_to_the_top(found)
    assert figure is not None
    assert list(figure.data[0].x) == [5, 5]
    assert set(figure.data[0].marker.color) == {charts.STEPS[0], charts.STEPS[4]}
    assert charts.rose_note(found) is None


def test_where_nothing_rose_the_page_says_why() -> None:
    few = session(*[3] * 2, top=(PAIRS[0].network,))
    assert charts.rose_to_the_top(few) is None
    assert charts.rose_note(few) == "Held back: fewer than 5 named any."
    assert charts.rose_to_the_top(session(*[3] * 5)) is None
    assert charts.rose_to_the_top(session(3, 3, top=(PAIRS[0].network,))) is None


def test_one_places_what_one_has_placed() -> None:
    figure = charts.own_profile([1, None, None, None, None, None, 5])
    assert list(next(trace for trace in figure.data if trace.hovertext).x) == [1, 5]
    words = charts.own_profile_text([1, None, 3, 4, 5, 2, 5])
    assert words.count("not placed yet") == 1


def test_what_one_keeps_holds_ones_own_words_as_text() -> None:
    own = OwnReflection(
        positions=(1, None, 3, 4, 5, 2, 5),
        rose_to_the_top=(PAIRS[2].network,),
        thoughts=((QUESTIONS[0], "We met.\n<script>alert(1)</script> & more"), (QUESTIONS[1], "")),
    )
    page = reflection_page(own, network_name='<img src=x onerror="alert(1)">', day=dt.date(2025, 5, 1))
    assert "<script" not in page
    assert "<img" not in page
    assert "We met.\n&lt;script&gt;" in page
    assert page.count("●") == 6
    text = reflection_text(own, network_name="N", day=dt.date(2025, 5, 1))
    assert "●○○○○" in text
    assert "○○○○○" in text
    for word in ("score", "average", "mean ", "total"):
        assert word not in page.casefold()
    assert OwnReflection(positions=(None,) * 7, rose_to_the_top=(), thoughts=((QUESTIONS[0], " "),)).is_empty
    assert not own.is_empty
