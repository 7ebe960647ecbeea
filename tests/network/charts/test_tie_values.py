"""Strength, trust, and value: headings, bars, and hidden answers."""

from __future__ import annotations

import pytest
from plotly.graph_objects import Figure

from nethealth.network.analysis.tie_values import Answers, TieValueSummary
from nethealth.network.charts import tie_values as charts
from nethealth.presentation import palette
from nethealth.privacy.suppression import TooFew
from tests.texts import numbers_in

HIDDEN = TooFew(5)


def answers(*counts: int) -> Answers:
    total = sum(counts)
    mean = sum(level * count for level, count in enumerate(counts, start=1)) / total
    return Answers(
        people=total,
        answers=total,
        mean=mean,
        counts={str(level): count for level, count in enumerate(counts, start=1)},
    )


def summary(
    name: str, overall: object, within: object = None, across: object = None, **more: object
) -> TieValueSummary:
    return TieValueSummary(
        name=name,
        span=more.get("span", 2.0),  # type: ignore[arg-type]
        end_labels=more.get("end_labels", ("1", "3")),  # type: ignore[arg-type]
        column="Region",
        overall=overall,  # type: ignore[arg-type]
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


def test_pale_segments_have_an_outline() -> None:
    figure = charts.tie_values_chart([summary("Trust", answers(10, 20, 10))])
    assert {trace.marker.line.color for trace in figure.data if trace.type == "bar"} == {palette.FAINT}
    assert all(trace.marker.line.width for trace in figure.data if trace.type == "bar")


def test_strength_comes_last() -> None:
    hidden_summaries = [summary(name, HIDDEN) for name in ("Strength", "Trust", "Hours together")]
    assert [one.name for one in charts.strength_last(hidden_summaries)] == ["Trust", "Hours together", "Strength"]


LOW, HIGH = answers(10, 10, 0), answers(0, 10, 10)
TRUST = summary("Trust", answers(10, 20, 10), LOW, HIGH, by_value={"North": LOW, "South": HIDDEN, "West": None})


TRUST_ALONE = summary("Trust", answers(10, 20, 10))


@pytest.mark.parametrize(
    ("summaries", "start", "numbers"),
    [
        ([TRUST], "Trust is lower", ["1.5", "2.5"]),
        ([summary("Value", HIGH, HIGH, LOW)], "Value is higher", ["2.5", "1.5"]),
        ([summary("Strength", LOW, LOW, LOW), TRUST], "Trust is lower", ["1.5", "2.5"]),
        ([summary("Trust", LOW, LOW, LOW)], "Trust is about the same", ["1.5"]),
        ([summary("Strength", LOW), summary("Trust", HIGH, HIDDEN, HIDDEN)], "Average", ["2.5", "1.5"]),
        ([summary("Trust", HIDDEN, HIDDEN, HIDDEN)], "Too few people", []),
    ],
)
def test_heading_compares_averages(summaries: list[TieValueSummary], start: str, numbers: list[str]) -> None:
    title = charts.tie_values_title(summaries)
    assert title.startswith(start)
    assert numbers_in(title) == numbers


def test_bars_are_shares_of_the_answers() -> None:
    figure = charts.tie_values_chart([TRUST])
    assert bars(figure) == [
        (0, 0.25), (0.25, 0.5), (0.75, 0.25),
        (0, 0.5), (0.5, 0.5), (1.0, 0),
        (0, 0), (0, 0.5), (0.5, 0.5),
    ]  # fmt: skip
    words = words_of(figure)
    assert {"All connections", "Same Region", "Different Region", "2.0 on average · 40 answers"} <= set(words)
    everyone = charts.tie_values_alt([TRUST]).split(";")[0]
    assert numbers_in(everyone) == ["2.0", "1", "10", "2", "20", "3", "10"]


def test_hidden_answers_say_so_and_have_no_bar() -> None:
    hidden = summary("Trust", answers(10, 10), HIDDEN, HIDDEN)
    figure = charts.tie_values_chart([hidden])
    assert bars(figure) == [(0, 0.5), (0.5, 0.5)]
    words = words_of(figure)
    assert [numbers_in(each) for each in words if each.startswith("hidden")] == [["5"], ["5"]]
    assert charts.tie_values_alt([hidden]).count("hidden") == 2


def test_rows_by_category() -> None:
    value = summary("Value", HIGH, by_value={"North": HIGH})
    assert list(charts.category_table([TRUST, value]).rows) == [
        {"Within the same Region": "North", "Trust": "1.5", "Value": "2.5"},
        {"Within the same Region": "South", "Trust": "fewer than 5", "Value": "–"},
        {"Within the same Region": "West", "Trust": "–", "Value": "–"},
    ]
    assert list(charts.category_table([summary("Value", HIGH)]).rows) == []


def test_one_level_and_eleven_have_their_shades() -> None:
    for levels in (1, 2, 7, 11):
        figure = charts.tie_values_chart([summary("Value", answers(*[5] * levels))])
        assert len(bars(figure)) == levels


def test_scale_ends_go_below_a_long_name() -> None:
    frequency = summary("Frequency", answers(10, 20, 10), end_labels=("1 Never", "5 Always"))
    assert "1 Never (left) to 5 Always (right)" in words_of(charts.tie_values_chart([frequency]))
    long = summary("Hours together in the whole of last year", answers(10, 20), end_labels=("0", "40"))

    def height(one: TieValueSummary) -> float:
        drawn = charts.tie_values_chart([one]).layout.height
        assert isinstance(drawn, int | float)
        return drawn

    assert height(long) == height(summary("Hours", answers(10, 20), end_labels=("0", "40"))) + charts.LINE


def test_extra_header_is_escaped_and_shortened() -> None:
    hostile = summary("<b>Ease</b> of *work*" + "x" * 400, HIGH, by_value={"North": HIGH})
    figure = charts.tie_values_chart([hostile])
    assert "<b>" not in "".join(words_of(figure))
    assert any(word.startswith("&lt;b&gt;Ease") for word in words_of(figure))
    assert charts.tie_values_title([summary("SAT prep", HIGH), TRUST_ALONE]).endswith("SAT prep 2.5, trust 2.0")
    assert max(map(len, charts.category_table([hostile]).rows[0])) <= 50
    assert len(charts.tie_values_alt([hostile])) < 500
    # A rating with the same name as the first column keeps its own column.
    (row,) = list(charts.category_table([summary("within the same region", HIGH, by_value={"North": HIGH})]).rows)
    assert list(row) == ["Within the same Region", "within the same region (in the sheet)"]


def test_about_the_same_depends_on_the_scale() -> None:
    low, high = answers(10, 10), answers(9, 11)
    assert "about the same" not in charts.tie_values_title([summary("Share", HIGH, low, high, span=1.0)])
    assert "about the same" in charts.tie_values_title([summary("Hours", HIGH, low, high, span=40.0)])


def test_an_average_under_one_has_two_places() -> None:
    share = Answers(people=9, answers=9, mean=0.456, counts={"0 to 0.5": 9})
    assert charts.tie_values_title([summary("Share of time", share)]).endswith("Share of time 0.46")
