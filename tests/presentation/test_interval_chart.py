"""Shares with confidence intervals, one row each."""

from __future__ import annotations

from typing import Any

from nethealth.presentation.interval_chart import IntervalRow, interval_chart

NORTH = IntervalRow(name="North <b>", figure="60%", share=0.6, interval=(0.5, 0.7), mark=0.55)
SOUTH = IntervalRow(name="South", figure="20%", share=0.2, interval=(0.1, 0.3), is_notable=True)
FEW = IntervalRow(name="East", figure="hidden", share=None, interval=None, bounds=(0.0, 0.4))


def texts_in(figure: Any) -> list[str]:
    return [text for trace in figure.data if trace.mode == "text" for text in trace.text]


def dots_in(figure: Any) -> list[float]:
    return sorted(x for trace in figure.data if trace.mode == "markers" for x in trace.x or ())


def lines_in(figure: Any) -> list[float]:
    return sorted(x for trace in figure.data if trace.mode == "lines" for x in trace.x or () if x is not None)


def test_each_row_has_its_name_value_dot_and_interval() -> None:
    figure = interval_chart([NORTH, SOUTH], dot="share", mark="expected", apart="differs")
    assert texts_in(figure) == ["North &lt;b&gt;", "South", "60%", "20%"]
    assert dots_in(figure) == [0.2, 0.55, 0.6]
    assert lines_in(figure) == [0.1, 0.3, 0.5, 0.7]


def test_hidden_share_has_a_range_and_no_dot() -> None:
    figure = interval_chart([FEW], dot="share")
    assert dots_in(figure) == []
    assert lines_in(figure) == [0.0, 0.4]


def test_overall_share_crosses_each_row() -> None:
    figure = interval_chart([NORTH, SOUTH], dot="share", overall=("everyone", 0.4))
    assert lines_in(figure).count(0.4) == 4
