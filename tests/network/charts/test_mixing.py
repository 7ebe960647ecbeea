"""Mixing beside chance as people read it: headings, squares, words and registers."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from nethealth.network import (
    AttributeMixing,
    MixingTest,
    PermutationResult,
    measure_mixing,
    network_at,
    run_permutation_test,
)
from nethealth.network.charts import mixing as charts
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
    """Two circles of seven, everybody tied within, and one tie across."""
    ties = [*combinations(SEVEN[:7], 2), *combinations(SEVEN[7:], 2), (SEVEN[0], SEVEN[7])]
    return mixed({key: north if key[0] == "a" else south for key in SEVEN}, ties, column=column)


def test_the_heading_says_where_it_stands() -> None:
    assert charts.mixing_title(apart()[0], column="Region") == "Ties stay within one Region more than chance would give"
    crossed, _ = mixed(
        {key: "North" if key[0] == "a" else "South" for key in SEVEN},
        [(one, other) for one in SEVEN[:7] for other in SEVEN[7:]],
    )
    assert "cross from one Region to another more" in charts.mixing_title(crossed, column="Region")
    chain, _ = mixed({key: "NS"[place // 2 % 2] * 5 for place, key in enumerate(SEVEN)}, list(pairwise(SEVEN)))
    assert charts.mixing_title(chain, column="Region") == "Ties follow Region no more than chance would have it"
    assert "Too few people" in charts.mixing_title(TooFew(5), column="Region")
    assert "Nothing to compare yet" in charts.mixing_title(None, column="Region")


def test_the_sentence_and_the_cards_tell_what_was_seen_and_what_chance_would_give() -> None:
    mixing, segments = apart()
    # 42 of 43 within; by chance 43 * (2 * 7 * 6) / (14 * 13) = 19.8.
    assert charts.mixing_sentence(mixing) == (
        "42 of 43 ties (98%) join two people of the same Region. Were the same values dealt out at random among the "
        "same 14 people, about 20 (46%) would; in 99 of 100 such shufflings fewer did."
    )
    cards = {label: (value, note) for label, value, note in charts.mixing_cards(mixing, segments)}
    assert cards["Ties within"] == ("98%", "by chance 46%")
    assert cards["Across or within"][0] == "−0.95"
    assert "by chance +0.08" in str(cards["Across or within"][1])


@pytest.mark.parametrize(
    ("observed", "at_least", "at_most", "words"),
    [
        # Of 199 shufflings 6 gave as many: 3 of 100, which is not often, and yet no rarer than is called chance.
        (12.0, 6, 195, "in 3 of 100 such shufflings as many did, or more"),
        (8.0, 190, 100, "in 50 of 100 such shufflings as few did, or fewer"),
        (13.0, 4, 198, "in 97 of 100 such shufflings fewer did"),
        (3.0, 199, 0, "in each of 199 such shufflings more did"),
    ],
)
def test_how_often_chance_gives_as_much_is_counted(observed: float, at_least: int, at_most: int, words: str) -> None:
    mixing, _ = apart()
    standing = PermutationResult(observed=observed, expected=10.0, at_least=at_least, at_most=at_most, shuffles=199)
    assert charts.mixing_sentence(replace(mixing, inside=standing)).endswith(f"; {words}.")


def test_the_squares_are_filled_where_chance_would_not_reach() -> None:
    mixing, _ = apart()
    figure = charts.mixing_chart(mixing)
    assert figure is not None
    squares = figure.data[0]
    assert [list(row) for row in squares.z] == [[4, 0], [0, 4]]
    words = {text for trace in figure.data[1:] for text in trace.text}
    # 21 of 43 * 21 / 91 = 9.9 expected; 1 of 43 * 49 / 91 = 23.2.
    assert words == {"<b>2.1×</b><br>▲21", "<b>0.0×</b><br>▼1"}
    assert "by chance about 9.9: more than chance would give" in squares.customdata[0][0]
    assert charts.mixing_text(mixing).startswith("Ties by Region, beside what chance would give. More: within North")


def test_every_shade_can_be_written_on_in_both_themes() -> None:
    def light(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for carried in (str, palette.to_dark):
        for fill, ink in charts.SHADES:
            low, high = sorted((light(carried(fill)), light(carried(ink))))
            assert (high + 0.05) / (low + 0.05) >= 4.5


def test_a_picture_of_one_value_or_very_many_is_none() -> None:
    people = [f"p{place:02}" for place in range(60)]
    many, _ = mixed({key: f"Region {place // 4}" for place, key in enumerate(people)}, list(pairwise(people)))
    assert many.cells
    assert charts.mixing_chart(many) is None
    assert len(charts.cell_rows(many)) == 15 * 16 / 2
    pooled, _ = mixed(dict(zip("abcd", "wxyz", strict=True)), [("a", "b"), ("c", "d")])
    assert charts.mixing_chart(pooled) is None


@pytest.mark.parametrize("column", ["Region", "People", "By chance"])
def test_the_registers(column: str) -> None:
    mixing, segments = apart(column=column)
    rows = charts.value_rows(segments, mixing)
    assert [list(row.values())[1:] for row in rows] == [[7, 21, "9.9", 1, 1 / 22]] * 2
    assert next(iter(rows[0].values())) == "North"
    assert len(rows[0]) == 6
    assert charts.cell_rows(mixing)[1] == {
        "Between": "North and South", "Ties": 1, "By chance": "23.2", "Times chance": "0.04",
        "So": "less than chance would give",
    }  # fmt: skip


def test_what_a_cell_holds_is_never_markup() -> None:
    hostile = "<a href='javascript:alert(1)'>x</a>"
    mixing, _ = apart(north=hostile)
    figure = charts.mixing_chart(mixing)
    assert figure is not None
    told = str(figure.to_plotly_json())
    assert "<a href" not in told
    assert "&lt;a href" in told
