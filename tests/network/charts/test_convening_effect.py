"""Ties around convenings as people read them."""

from __future__ import annotations

import datetime as dt

import pytest

from nethealth.network import ConveningComparison, ConveningEffect, PairCounts
from nethealth.network.charts import convening_effect as charts
from nethealth.presentation import palette
from nethealth.presentation.chart_style import legend_of
from nethealth.privacy.suppression import TooFew

HELD = TooFew(5)
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
    people = HELD if together == HELD else 15
    return ConveningComparison(title=title, date=DAY, before="A", after="B", people=people, together=together)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "heading"),
    [
        (effect(pairs(100, 10, 20)), "Of pairs who came together, 10% were tied before and 20% after"),
        (
            effect(pairs(100, 10, 20), pairs(100, 10, 13)),
            "Of pairs who came together, 10% were tied before and 20% after; of pairs who came, but never together, "
            "10% and 13%",
        ),
        (
            effect(pairs(100, 10, 20), pairs(1000, 50, 51)),
            "Of pairs who came together, 10% were tied before and 20% after; of pairs who came, but never together, "
            "as many as before",
        ),
        (effect(HELD), "Too few people came to a convening between two waves to show what followed"),
    ],
)
def test_the_heading_sets_both_beside_each_other(found: ConveningEffect, heading: str) -> None:
    assert charts.effect_title(found) == heading


def test_without_a_convening_it_says_what_it_waits_for() -> None:
    nothing = ConveningEffect(convenings=(), together=pairs(0, 0, 0), apart=pairs(0, 0, 0), others=pairs(0, 0, 0))
    assert charts.effect_title(nothing).startswith("What convenings leave behind shows once")


def test_rings_and_discs_stand_at_the_shares() -> None:
    found = effect(pairs(200, 10, 40, 31), pairs(100, 20, 10), HELD, row("One", pairs(50, 5, 5)), row("Two", HELD))
    figure = charts.effect_chart(found)
    rings, discs = (trace for trace in figure.data if trace.mode == "markers+text")
    assert list(rings.x) == [0.05, 0.2, 0.1]
    assert list(discs.x) == [0.2, 0.1, 0.1]
    # What rises has its first figure at the left, what falls at the right.
    assert list(rings.textposition) == ["middle left", "middle right", "middle left"]
    assert [(line.x0, line.x1) for line in figure.layout.shapes] == [(0.05, 0.2), (0.2, 0.1), (0.1, 0.1)]
    # A ring is filled with the page, so that no line is seen in it.
    assert rings.marker.color == palette.PAPER
    assert [mark for _, _, mark in legend_of(figure)] == ["○", "●"]
    words = [text for trace in figure.data if trace.mode == "text" for text in trace.text]
    assert "fewer than 5 people: held back" in words
    assert "too few came, or stayed away: held back" in words
    assert "200 pairs, 31 newly tied" in words
    assert words.index("All pairs, by how they came") < words.index("Those who came to each")
    low, high = figure.layout.xaxis.range
    assert low < 0.05
    assert high > 0.2


def test_the_same_in_words_and_as_rows() -> None:
    found = effect(pairs(200, 10, 40, 31), HELD, None, row("One", pairs(50, 5, 6, 2)), row("Two", HELD))
    said = charts.effect_text(found)
    assert "Came to a convening together: 5.0% tied before, 20% after (200 pairs, 31 newly tied)" in said
    assert "Came to convenings, never to the same: fewer than 5 people: held back" in said
    two, one = charts.effect_rows(found)
    assert one == {
        "Convening": "One", "Held": DAY, "Waves": "A to B", "People": "15", "Pairs": "50", "Tied before": "10%",
        "Tied after": "12%", "Newly tied": "2",
    }  # fmt: skip
    assert two["People"] == two["Pairs"] == two["Tied before"] == "fewer than 5"


def test_a_title_is_never_markup() -> None:
    figure = charts.effect_chart(effect(pairs(100, 10, 20)))
    told = str(figure.to_plotly_json())
    assert "<b>" not in told
    assert "&lt;b&gt;day" in told


def test_nobody_is_tied_at_all() -> None:
    assert charts.effect_chart(effect(pairs(100, 0, 0), None, None, row("One", pairs(10, 0, 0)))).layout.height
