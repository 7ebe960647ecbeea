"""Ties around convenings as people read them."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.network.analysis.convening_effect import ConveningComparison, ConveningEffect, PairCounts
from nethealth.network.charts import convening_effect as charts
from nethealth.presentation import palette
from nethealth.presentation.chart_style import legend_of
from nethealth.privacy.suppression import TooFew
from tests.texts import numbers_in

HIDDEN = TooFew(5)
DAY = dt.date(2025, 3, 4)


def pairs(many: int, before: int, after: int, became: int = 0) -> PairCounts:
    return PairCounts(pairs=many, tied_before=before, tied_after=after, became_tied=became)


def effect(
    together: object, apart: object = None, others: object = None, *rows: ConveningComparison
) -> ConveningEffect:
    nothing = pairs(0, 0, 0)
    shown = rows or (row("Spring & <b>day</b>", pairs(100, 10, 20, 12)),)
    return ConveningEffect(
        convenings=shown,
        together=together,  # type: ignore[arg-type]
        apart=apart or nothing,  # type: ignore[arg-type]
        others=others or nothing,  # type: ignore[arg-type]
    )


def row(title: str, together: object) -> ConveningComparison:
    people = HIDDEN if together == HIDDEN else 15
    return ConveningComparison(title=title, date=DAY, before="A", after="B", people=people, together=together)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "ending"),
    [
        (effect(pairs(100, 10, 20)), "went from 10% connected to 20%"),
        (
            effect(pairs(100, 10, 20), pairs(100, 10, 13)),
            "to 20%; pairs who came separately, from 10% to 13%",
        ),
        (
            effect(pairs(100, 10, 20), pairs(1000, 50, 51)),
            "pairs who came separately didn’t change",
        ),
        (effect(HIDDEN), "Too few people"),
    ],
)
def test_heading_compares_pairs_who_came_together_with_others(found: ConveningEffect, ending: str) -> None:
    assert ending in charts.effect_title(found)


def test_no_convening_asks_for_attendees() -> None:
    nothing = ConveningEffect(convenings=(), together=pairs(0, 0, 0), apart=pairs(0, 0, 0), others=pairs(0, 0, 0))
    assert "list who came" in charts.effect_title(nothing)


def test_rings_and_dots_are_at_the_shares() -> None:
    found = effect(pairs(200, 10, 40, 31), pairs(100, 20, 10), HIDDEN, row("One", pairs(50, 5, 5)), row("Two", HIDDEN))
    figure = charts.effect_chart(found)
    rings, discs = (trace for trace in figure.data if trace.mode == "markers+text")
    assert list(rings.x) == [0.05, 0.2, 0.1]
    assert list(discs.x) == [0.2, 0.1, 0.1]
    # A rising share has its first value at the left, a falling one at the right.
    assert list(rings.textposition) == ["middle left", "middle right", "middle left"]
    assert [(line.x0, line.x1) for line in figure.layout.shapes] == [(0.05, 0.2), (0.2, 0.1), (0.1, 0.1)]
    # A ring is filled with the page, so that no line is seen in it.
    assert rings.marker.color == palette.PAPER
    assert [mark for _, _, mark in legend_of(figure)] == ["○", "●"]
    words = [text for trace in figure.data if trace.mode == "text" for text in trace.text]
    assert "fewer than 5 people: hidden" in words
    assert any(text.startswith("hidden: too few came") for text in words)
    assert "200 pairs, 31 newly connected" in words
    assert words.index("All pairs, by who came") < words.index("People who came to each")
    low, high = figure.layout.xaxis.range
    assert low < 0.05
    assert high > 0.2


def test_alt_text_and_rows_agree() -> None:
    found = effect(pairs(200, 10, 40, 31), HIDDEN, None, row("One", pairs(50, 5, 6, 2)), row("Two", HIDDEN))
    alt = charts.effect_alt(found)
    assert numbers_in(alt.split("Came to different")[0])[-4:] == ["5.0%", "20%", "200", "31"]
    assert "hidden" in alt.split("Came to different")[1]
    two, one = list(charts.effect_table(found).rows)
    assert one == {
        "Convening": "One", "Date": DAY, "Waves": "A to B", "People": "15", "Pairs": "50", "Connected before": "10%",
        "Connected after": "12%", "Newly connected": "2",
    }  # fmt: skip
    assert two["People"] == two["Pairs"] == two["Connected before"] == "fewer than 5"


def test_a_title_is_never_markup() -> None:
    figure = charts.effect_chart(effect(pairs(100, 10, 20)))
    drawn = str(figure.to_plotly_json())
    assert "<b>" not in drawn
    assert "&lt;b&gt;day" in drawn


def test_no_ties_draws_a_chart() -> None:
    assert charts.effect_chart(effect(pairs(100, 0, 0), None, None, row("One", pairs(10, 0, 0)))).layout.height
