"""Charts of the mindset reflection: equal weight for both sides, and no score."""

from __future__ import annotations

from nethealth.mindset import charts
from nethealth.mindset.metrics import SessionMindset, summarize_mindset
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


def test_columns_are_proportional_to_people() -> None:
    figure = charts.profile(session(1, 1, 1, 1, 5, 5))
    (bars,) = (trace for trace in figure.data if trace.type == "bar")
    heights = [-height for height in bars.y[:5]]
    assert heights[0] == 2 * heights[4] > 0
    assert heights[1:4] == [0, 0, 0]
    assert set(bars.marker.color) <= set(palette.LIGHT.colors())


def test_all_statements_have_the_same_size() -> None:
    for figure in (charts.profile(session(*[3] * 6)), charts.own_profile([1, 2, 3, 4, 5, None, 3])):
        statements = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text"]
        lines = " ".join(line for trace in statements for line in trace.text).split()
        assert sorted(lines) == sorted(" ".join(CHARACTERISTICS).split())
        assert len({trace.textfont.size for trace in statements}) == 1
        assert {trace.textfont.color for trace in statements} == set(palette.LEANINGS)


def test_hidden_pair_has_no_columns() -> None:
    found = session(1, 1, None, None, None, None)
    figure = charts.profile(found)
    assert len(figure.data[0].x) == 6 * 5
    assert "hidden" in charts.profile_text(found)
    assert charts.session_table([found]).values("In the middle")[0] == found.pairs[0].distribution


def test_heading_names_the_pairs_people_differ_on() -> None:
    assert charts.profile_heading(session(1, 1, 5, 5, 3)).endswith("differ most on leadership")
    assert charts.profile_heading(session(3, 3, 3, 3, 3)) == "How 5 people see the organization"


def test_named_characteristics_are_counted() -> None:
    found = session(*[3] * 5, top=(PAIRS[0].network, PAIRS[1].hierarchical))
    figure = charts.rose_to_the_top(found)
    assert figure is not None
    assert list(figure.data[0].x) == [5, 5]
    assert set(figure.data[0].marker.color) == {charts.STEPS[0], charts.STEPS[4]}
    assert charts.rose_note(found) is None


def test_note_explains_missing_chart() -> None:
    few = session(*[3] * 2, top=(PAIRS[0].network,))
    assert charts.rose_to_the_top(few) is None
    assert "fewer than 5" in str(charts.rose_note(few))
    assert charts.rose_to_the_top(session(*[3] * 5)) is None
    assert charts.rose_to_the_top(session(3, 3, top=(PAIRS[0].network,))) is None


def test_own_profile_has_only_placed_pairs() -> None:
    figure = charts.own_profile([1, None, None, None, None, None, 5])
    assert list(next(trace for trace in figure.data if trace.hovertext).x) == [1, 5]
    words = charts.own_profile_text([1, None, 3, 4, 5, 2, 5])
    assert words.count("not placed yet") == 1
