"""Strength, trust and value as people read them: headings, bars, what is held back."""

from __future__ import annotations

import pytest
from plotly.graph_objects import Figure

from nethealth.figures import palette
from nethealth.figures import tie_value_charts as charts
from nethealth.network import Answers, TieQuality
from nethealth.privacy import Withheld

HELD = Withheld(5)


def answers(*counts: int) -> Answers:
    total = sum(counts)
    mean = sum(level * count for level, count in enumerate(counts, start=1)) / total
    return Answers(
        people=total,
        answers=total,
        mean=mean,
        counts={str(level): count for level, count in enumerate(counts, start=1)},
    )


def quality(name: str, everybody: object, within: object = None, across: object = None, **more: object) -> TieQuality:
    return TieQuality(
        name=name,
        column="Region",
        everybody=everybody,  # type: ignore[arg-type]
        within=within,  # type: ignore[arg-type]
        across=across,  # type: ignore[arg-type]
        by_value=more.get("by_value", {}),  # type: ignore[arg-type]
    )


def bars(figure: Figure) -> list[tuple[float, float]]:
    """Where each piece begins and how long it is, from top to bottom and left to right."""
    found = [
        piece
        for trace in figure.data
        if trace.type == "bar"
        for piece in zip(trace.y, trace.base, trace.x, strict=True)
    ]
    return [(start, length) for _, start, length in sorted(found)]


def words_of(figure: Figure) -> list[str]:
    return [text for trace in figure.data if trace.type == "scatter" for text in trace.text]


def test_the_palest_pieces_have_a_rim_that_stands_out_from_the_page() -> None:
    figure = charts.qualities_chart([quality("Trust", answers(10, 20, 10))])
    assert {trace.marker.line.color for trace in figure.data if trace.type == "bar"} == {palette.QUIET}
    assert all(trace.marker.line.width for trace in figure.data if trace.type == "bar")


def test_what_the_heading_speaks_of_comes_first() -> None:
    held = [quality(name, HELD) for name in ("Strength", "Value", "Trust")]
    assert [one.name for one in charts.as_told(held)] == ["Trust", "Value", "Strength"]


LOW, HIGH = answers(10, 10, 0), answers(0, 10, 10)
TRUST = quality("Trust", answers(10, 20, 10), LOW, HIGH, by_value={"North": LOW, "South": HELD, "West": None})


@pytest.mark.parametrize(
    ("qualities", "heading"),
    [
        ([TRUST], "Trust is higher in ties across (2.5) than in ties within one Region (1.5)"),
        (
            [quality("Value", HIGH, HIGH, LOW)],
            "Value is higher in ties within one Region (2.5) than in ties across (1.5)",
        ),
        (
            [quality("Strength", LOW, LOW, LOW), TRUST],
            "Trust is higher in ties across (2.5) than in ties within one Region (1.5)",
        ),
        ([quality("Trust", LOW, LOW, LOW)], "Trust is about the same within one Region and across: 1.5 on average"),
        (
            [quality("Strength", LOW), quality("Trust", HIGH, HELD, HELD)],
            "How ties are, on average: trust 2.5, strength 1.5",
        ),
        ([quality("Trust", HELD, HELD, HELD)], "Too few people have said how their ties are to show it"),
    ],
)
def test_the_heading_says_where_there_is_more(qualities: list[TieQuality], heading: str) -> None:
    assert charts.qualities_title(qualities) == heading


def test_bars_are_shares_of_the_answers() -> None:
    figure = charts.qualities_chart([TRUST])
    assert bars(figure) == [
        (0, 0.25), (0.25, 0.5), (0.75, 0.25),
        (0, 0.5), (0.5, 0.5), (1.0, 0),
        (0, 0), (0, 0.5), (0.5, 0.5),
    ]  # fmt: skip
    words = words_of(figure)
    assert {"All ties", "Within one Region", "Across Region", "2.0 on average · 40 answers"} <= set(words)
    assert "Trust: all ties 2.0 on average (1: 10, 2: 20, 3: 10); within one region" in charts.qualities_in_words(
        [TRUST]
    )


def test_what_is_held_back_says_so_and_shows_no_bar() -> None:
    held = quality("Trust", answers(10, 10), HELD, HELD)
    figure = charts.qualities_chart([held])
    assert bars(figure) == [(0, 0.5), (0.5, 0.5)]
    words = words_of(figure)
    assert words.count("held back: it would tell of fewer than 5 people") == 2
    assert "held back: it would tell of fewer than 5 people" in charts.qualities_in_words([held])


def test_each_group_by_itself() -> None:
    value = quality("Value", HIGH, by_value={"North": HIGH})
    assert charts.quality_rows([TRUST, value]) == [
        {"Ties within one Region": "North", "Trust": "1.5", "Value": "2.5"},
        {"Ties within one Region": "South", "Trust": "fewer than 5", "Value": "–"},
        {"Ties within one Region": "West", "Trust": "–", "Value": "–"},
    ]
    assert charts.quality_rows([quality("Value", HIGH)]) == []


def test_one_level_and_eleven_have_their_shades() -> None:
    for levels in (1, 2, 7, 11):
        figure = charts.qualities_chart([quality("Value", answers(*[5] * levels))])
        assert len(bars(figure)) == levels
