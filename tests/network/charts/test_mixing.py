"""Mixing compared with chance: headings, squares, texts, and tables."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from nethealth.network.analysis.attribute_mixing import AttributeMixing, measure_mixing
from nethealth.network.analysis.permutation_test import MixingTest, PermutationResult, run_permutation_test
from nethealth.network.charts import mixing as charts
from nethealth.network.graph import network_at
from nethealth.presentation import palette
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Connection, Person, Settings, Workbook

SEVEN = [f"{side}{place}" for side in "ab" for place in range(7)]


def mixed(
    values: dict[str, str], ties: list[tuple[str, str]], *, column: str = "Region"
) -> tuple[MixingTest, AttributeMixing]:
    workbook = Workbook(
        settings=Settings(smallest_group=3),
        people={key: Person(key=key, name=key, attributes={column: value}) for key, value in values.items()},
        attributes=(column,),
        connections=tuple(Connection(source=one, target=other) for one, other in ties),
    )
    network = network_at(workbook)
    found = run_permutation_test(network, workbook, column=column)
    assert isinstance(found, MixingTest)
    return found, measure_mixing(network, workbook, column=column)


def apart(north: str = "North", south: str = "South", *, column: str = "Region") -> tuple[MixingTest, AttributeMixing]:
    """Two cliques of seven people, with one tie across."""
    ties = [*combinations(SEVEN[:7], 2), *combinations(SEVEN[7:], 2), (SEVEN[0], SEVEN[7])]
    return mixed({key: north if key[0] == "a" else south for key in SEVEN}, ties, column=column)


def test_heading_gives_the_verdict() -> None:
    title = charts.mixing_title(apart()[0], column="Region")
    assert "same Region connect more" in title
    crossed, _ = mixed(
        {key: "North" if key[0] == "a" else "South" for key in SEVEN},
        [(one, other) for one in SEVEN[:7] for other in SEVEN[7:]],
    )
    assert "different Region connect more" in charts.mixing_title(crossed, column="Region")
    chain, _ = mixed({key: "NS"[place // 2 % 2] * 5 for place, key in enumerate(SEVEN)}, list(pairwise(SEVEN)))
    assert "no clear difference" in charts.mixing_title(chain, column="Region")
    assert "Too few people" in charts.mixing_title(TooFew(5), column="Region")
    assert "Nothing to compare yet" in charts.mixing_title(None, column="Region")


def test_text_and_cards_compare_with_chance() -> None:
    mixing, segments = apart()
    # 42 of 43 within; by chance 43 * (2 * 7 * 6) / (14 * 13) = 19.8.
    text = charts.mixing_text(mixing)
    assert text.startswith("42 of 43 connections (98%)")
    assert "about 20 (46%)" in text
    assert text.endswith("99 of 100 shuffles gave fewer.")
    cards = {label: (value, note) for label, value, note in charts.mixing_cards(mixing, segments)}
    assert cards["Connections within"] == ("98%", "46% by chance")
    assert cards["E-I index"][0] == "−0.95"
    assert "+0.08 by chance" in str(cards["E-I index"][1])


@pytest.mark.parametrize(
    ("observed", "at_least", "at_most", "words"),
    [
        # Of 199 shuffles 6 gave as many: 3 of 100, which is not rare enough to rule out chance.
        (12.0, 6, 195, "3 of 100 shuffles gave as many or more"),
        (8.0, 190, 100, "50 of 100 shuffles gave as few or fewer"),
        (13.0, 4, 198, "97 of 100 shuffles gave fewer"),
        (3.0, 199, 0, "All 199 shuffles gave more"),
    ],
)
def test_text_counts_shuffles(observed: float, at_least: int, at_most: int, words: str) -> None:
    mixing, _ = apart()
    result = PermutationResult(observed=observed, expected=10.0, at_least=at_least, at_most=at_most, shuffles=199)
    assert charts.mixing_text(replace(mixing, inside=result)).endswith(f". {words}.")


def test_squares_that_differ_from_chance_are_filled() -> None:
    mixing, _ = apart()
    figure = charts.mixing_chart(mixing)
    assert figure is not None
    squares = figure.data[0]
    assert [list(row) for row in squares.z] == [[4, 0], [0, 4]]
    words = {text for trace in figure.data[1:] for text in trace.text}
    # 21 of 43 * 21 / 91 = 9.9 expected; 1 of 43 * 49 / 91 = 23.2.
    assert words == {"<b>2.1×</b><br>▲21", "<b>0.0×</b><br>▼1"}
    assert "about 9.9 expected by chance: more" in squares.customdata[0][0]
    assert "More: within North" in charts.mixing_alt(mixing)


def test_every_shade_can_be_written_on_in_both_themes() -> None:
    def light(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for carried in (str, palette.to_dark):
        for fill, ink in charts.SHADES:
            low, high = sorted((light(carried(fill)), light(carried(ink))))
            assert (high + 0.05) / (low + 0.05) >= 4.5


def test_one_or_very_many_categories_give_no_chart() -> None:
    people = [f"p{place:02}" for place in range(60)]
    many, _ = mixed({key: f"Region {place // 4}" for place, key in enumerate(people)}, list(pairwise(people)))
    assert many.cells
    assert charts.mixing_chart(many) is None
    assert len(list(charts.cell_table(many).rows)) == 15 * 16 / 2
    pooled, _ = mixed(dict(zip("abcd", "wxyz", strict=True)), [("a", "b"), ("c", "d")])
    assert charts.mixing_chart(pooled) is None


@pytest.mark.parametrize("column", ["Region", "People", "By chance"])
def test_rows_keep_a_column_named_like_ours(column: str) -> None:
    mixing, segments = apart(column=column)
    rows = list(charts.category_table(segments, mixing).rows)
    assert [list(row.values())[1:] for row in rows] == [[7, 21, "9.9", 1, 1 / 22]] * 2
    assert next(iter(rows[0].values())) == "North"
    assert len(rows[0]) == 6
    assert list(charts.cell_table(mixing).rows)[1] == {
        "Between": "North and South", "Connections": 1, "By chance": "23.2", "Times chance": "0.04",
        "Compared with chance": "fewer",
    }  # fmt: skip


def test_cells_are_never_markup() -> None:
    hostile = "<a href='javascript:alert(1)'>x</a>"
    mixing, _ = apart(north=hostile)
    figure = charts.mixing_chart(mixing)
    assert figure is not None
    drawn = str(figure.to_plotly_json())
    assert "<a href" not in drawn
    assert "&lt;a href" in drawn
