"""Strength, trust and value as people read them: headings, bars, what is held back."""

from __future__ import annotations

import pytest
from plotly.graph_objects import Figure

from nethealth.network import Answers, TieValueSummary
from nethealth.network.charts import tie_values as charts
from nethealth.presentation import palette
from nethealth.privacy.suppression import TooFew

HELD = TooFew(5)


def answers(*counts: int) -> Answers:
    total = sum(counts)
    mean = sum(level * count for level, count in enumerate(counts, start=1)) / total
    return Answers(
        people=total,
        answers=total,
        mean=mean,
        counts={str(level): count for level, count in enumerate(counts, start=1)},
    )


def quality(
    name: str, everybody: object, within: object = None, across: object = None, **more: object
) -> TieValueSummary:
    return TieValueSummary(
        name=name,
        span=more.get("reach", 2.0),  # type: ignore[arg-type]
        end_labels=more.get("ends", ("1", "3")),  # type: ignore[arg-type]
        column="Region",
        overall=everybody,  # type: ignore[arg-type]
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
    held = [quality(name, HELD) for name in ("Strength", "Trust", "Hours together")]
    assert [one.name for one in charts.as_told(held)] == ["Trust", "Hours together", "Strength"]


LOW, HIGH = answers(10, 10, 0), answers(0, 10, 10)
TRUST = quality("Trust", answers(10, 20, 10), LOW, HIGH, by_value={"North": LOW, "South": HELD, "West": None})


TRUST_ALONE = quality("Trust", answers(10, 20, 10))


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
def test_the_heading_says_where_there_is_more(qualities: list[TieValueSummary], heading: str) -> None:
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
    assert "Trust: all ties 2.0 on average (1: 10, 2: 20, 3: 10); within one region" in charts.qualities_text([TRUST])


def test_what_is_held_back_says_so_and_shows_no_bar() -> None:
    held = quality("Trust", answers(10, 10), HELD, HELD)
    figure = charts.qualities_chart([held])
    assert bars(figure) == [(0, 0.5), (0.5, 0.5)]
    words = words_of(figure)
    assert words.count("held back: it would tell of fewer than 5 people") == 2
    assert "held back: it would tell of fewer than 5 people" in charts.qualities_text([held])


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


def test_ends_are_told_in_the_words_of_the_scale_and_beneath_a_long_name() -> None:
    told = quality("Frequency", answers(10, 20, 10), ends=("1 Never", "5 Always"))
    assert "1 Never (left) to 5 Always (right)" in words_of(charts.qualities_chart([told]))
    long = quality("Hours together in the whole of last year", answers(10, 20), ends=("0", "40"))

    def height(one: TieValueSummary) -> float:
        drawn = charts.qualities_chart([one]).layout.height
        assert isinstance(drawn, int | float)
        return drawn

    assert height(long) == height(quality("Hours", answers(10, 20), ends=("0", "40"))) + charts.LINE


def test_a_header_of_the_sheet_s_own_is_as_typed_escaped_and_bounded() -> None:
    hostile = quality("<b>Ease</b> of *work*" + "x" * 400, HIGH, by_value={"North": HIGH})
    figure = charts.qualities_chart([hostile])
    assert "<b>" not in "".join(words_of(figure))
    assert any(word.startswith("&lt;b&gt;Ease") for word in words_of(figure))
    assert charts.qualities_title([quality("SAT prep", HIGH), TRUST_ALONE]) == (
        "How ties are, on average: SAT prep 2.5, trust 2.0"
    )
    assert max(map(len, charts.quality_rows([hostile])[0])) <= 50
    assert len(charts.qualities_text([hostile])) < 500
    # Called as the first column is: both stand in the table.
    (row,) = charts.quality_rows([quality("ties within one region", HIGH, by_value={"North": HIGH})])
    assert list(row) == ["Ties within one Region", "ties within one region (in the sheet)"]


def test_nearly_is_a_share_of_all_the_levels() -> None:
    low, high = answers(10, 10), answers(9, 11)
    assert "about the same" not in charts.qualities_title([quality("Share", HIGH, low, high, reach=1.0)])
    assert "about the same" in charts.qualities_title([quality("Hours", HIGH, low, high, reach=40.0)])


def test_an_average_under_one_has_two_places() -> None:
    share = Answers(people=9, answers=9, mean=0.456, counts={"0 to 0.5": 9})
    assert charts.qualities_title([quality("Share of time", share)]) == ("How ties are, on average: Share of time 0.46")
