"""Whether people connect within the categories of a column more than expected by chance: text, cards, and a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nethealth.metric import Unit
from nethealth.network.analysis.attribute_mixing import AttributeMixing
from nethealth.network.analysis.permutation_test import ChanceVerdict, MixingCell, MixingTest, PermutationResult
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import chart_text
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_value, pluralize, single_line
from nethealth.presentation.metric_card import Card
from nethealth.presentation.table import Format, Table
from nethealth.privacy.suppression import TooFew

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MOST_VALUES = 12
"""A grid of more categories than this is hard to read; the table below has all of them."""
TWICE = 2.0
"""Ratio to chance, or its inverse, from which a square is filled strongly."""
SHADES = (
    (palette.DIVERGING[0], palette.PAPER),
    (palette.DIVERGING[3], palette.INK),
    (palette.SURFACE, palette.INK),
    (palette.DIVERGING[6], palette.INK),
    (palette.DIVERGING[9], palette.PAPER),
)
"""Fill and text color of a square: far fewer ties than by chance, fewer, about as many, more, far more."""
SIGNS = ("▼", "▼", "", "▲", "▲")
AS_CHANCE = 2
CELL = 50
VERDICTS = {
    ChanceVerdict.MORE: "more",
    ChanceVerdict.LESS: "fewer",
    ChanceVerdict.AS_CHANCE: "no clear difference",
}
VALUE_HEADERS = ("People", "Connections inside", "By chance", "Connections outside", "Share outside")
HOW_TO_READ = (
    "Each square shows how many connections there are, and how that compares with chance (2× is twice as many). Filled "
    "squares clearly differ: ▲ more, ▼ fewer."
)


def mixing_title(mixing: MixingTest | TooFew | None, *, column: str) -> str:
    """Return whether connections stay within the column's categories, as a heading."""
    name = single_line(column, longest=60)
    if isinstance(mixing, TooFew):
        return f"Too few people have a value in {name} to show how they connect"
    if mixing is None:
        return f"Nothing to compare yet, because no one is connected across {name}"
    verdict = mixing.inside.verdict
    if verdict is ChanceVerdict.MORE:
        return f"People with the same {name} connect more than expected by chance"
    if verdict is ChanceVerdict.LESS:
        return f"People with a different {name} connect more than expected by chance"
    return f"{name} makes no clear difference to who is connected"


def mixing_text(mixing: MixingTest) -> str:
    """Return how many connections stay within a category, compared with random shuffles."""
    name = single_line(mixing.column, longest=60)
    inside = mixing.inside
    share = format_value(inside.observed / mixing.ties, Unit.SHARE)
    expected_share = format_value(inside.expected / mixing.ties, Unit.SHARE)
    return (
        f"{inside.observed:,.0f} of {pluralize(mixing.ties, 'connection')} ({share}) are between people with the same "
        f"{name}. "
        f"If we shuffled {name} at random, we’d expect about {inside.expected:,.0f} ({expected_share}). "
        f"{_shuffles(inside)}."
    )


def _shuffles(test: PermutationResult) -> str:
    is_high = test.observed >= test.expected
    fewer = "fewer" if is_high else "more"
    if test.verdict is ChanceVerdict.AS_CHANCE:
        reached = (test.at_least if is_high else test.at_most) / test.shuffles
        return f"{reached * 100:.0f} of 100 shuffles gave {'as many or more' if is_high else 'as few or fewer'}"
    if test.percentile_rank == 1:
        return f"All {test.shuffles:,} shuffles gave {fewer}"
    return f"{int(test.percentile_rank * 100)} of 100 shuffles gave {fewer}"


def mixing_cards(mixing: MixingTest, segments: AttributeMixing) -> list[Card]:
    """Return the share of ties within, E-I index, assortativity, and modularity, each compared with chance."""
    inside, ei, assortativity = mixing.inside, mixing.ei_index, mixing.assortativity
    by_chance = format_value(assortativity.expected if assortativity else None, Unit.INDEX)
    return [
        Card(
            "Connections within",
            format_value(inside.observed / mixing.ties, Unit.SHARE),
            f"{format_value(inside.expected / mixing.ties, Unit.SHARE)} by chance",
        ),
        Card(
            "E-I index",
            format_value(ei.observed, Unit.INDEX),
            f"−1 all within, +1 all across; {format_value(ei.expected, Unit.INDEX)} by chance",
        ),
        Card(
            "Homophily",
            format_value(assortativity.observed if assortativity else None, Unit.INDEX),
            f"1 only with similar people; {by_chance} by chance",
        ),
        Card(
            "Modularity",
            format_value(segments.modularity, Unit.INDEX),
            "0 no more within than by chance",
        ),
    ]


def mixing_chart(mixing: MixingTest) -> Figure | None:
    """Return a grid of ties between categories: the ratio to chance, and the count.

    Squares that differ from chance in 99 of 100 shuffles are filled. None with fewer than two categories or more than
    `MOST_VALUES`.
    """
    values = list(dict.fromkeys(cell.one for cell in mixing.cells))
    if not 2 <= len(values) <= MOST_VALUES:
        return None
    from plotly.graph_objects import Figure, Heatmap, Scatter

    at = {value: place for place, value in enumerate(values)}
    labels = [chart_text(value, longest=22) for value in values]
    shades = [[AS_CHANCE] * len(values) for _ in values]
    hovers = [[""] * len(values) for _ in values]
    texts: dict[str, list[tuple[int, int, str]]] = {palette.PAPER: [], palette.INK: []}
    for cell in mixing.cells:
        shade = _shade(cell)
        for row, column in {(at[cell.one], at[cell.other]), (at[cell.other], at[cell.one])}:
            shades[row][column] = shade
            hovers[row][column] = _hover(cell)
            texts[SHADES[shade][1]].append((column, row, _in_square(cell, shade)))
    steps = len(SHADES)
    figure = Figure(
        [
            Heatmap(
                z=shades,
                x=list(range(len(values))),
                y=list(range(len(values))),
                zmin=-0.5,
                zmax=steps - 0.5,
                colorscale=[
                    [(place + side) / steps, fill] for place, (fill, _) in enumerate(SHADES) for side in (0, 1)
                ],
                showscale=False,
                xgap=3,
                ygap=3,
                customdata=hovers,
                hovertemplate="%{customdata}<extra></extra>",
            ),
            *(
                Scatter(
                    mode="text",
                    x=[column for column, _, _ in placed],
                    y=[row for _, row, _ in placed],
                    text=[text for _, _, text in placed],
                    textfont={"color": color, "size": 13},
                    hoverinfo="skip",
                    showlegend=False,
                )
                for color, placed in texts.items()
                if placed
            ),
        ]
    )
    apply_chart_style(figure, height=100 + CELL * len(values), long_labels=True)
    places = list(range(len(values)))
    edges = [-0.5, len(values) - 0.5]
    figure.update_yaxes(
        tickvals=places, ticktext=labels, range=edges[::-1], showgrid=False, zeroline=False, ticklabelstandoff=8
    )
    figure.update_xaxes(tickvals=places, ticktext=labels, range=edges, side="top", showgrid=False, zeroline=False)
    if len(labels) > 7 or max(map(len, labels)) > 9:
        # Slanted names need room on the right, or the last one is cut off.
        figure.update_xaxes(autotickangles=[0, -60]).update_layout(
            margin={"r": 12 + round(3.6 * max(map(len, labels)))}
        )
    return figure


def _shade(cell: MixingCell) -> int:
    verdict, ratio = cell.result.verdict, cell.ratio
    if verdict is ChanceVerdict.AS_CHANCE or ratio is None:
        return AS_CHANCE
    if verdict is ChanceVerdict.MORE:
        return 4 if ratio >= TWICE else 3
    return 0 if ratio <= 1 / TWICE else 1


def _in_square(cell: MixingCell, shade: int) -> str:
    ties = f"{cell.result.observed:,.0f}"
    if cell.ratio is None:
        return ties
    return f"<b>{_times(cell.ratio)}</b><br>{SIGNS[shade]}{ties}"


def _times(ratio: float) -> str:
    return f"{ratio:.0f}×" if ratio >= 10 else f"{ratio:.1f}×"


def _hover(cell: MixingCell) -> str:
    one, other = chart_text(cell.one, longest=40), chart_text(cell.other, longest=40)
    where = f"within {one}" if cell.one == cell.other else f"between {one} and {other}"
    expected = format_value(cell.result.expected)
    return (
        f"{pluralize(cell.result.observed, 'connection')} {where}<br>"
        f"about {expected} expected by chance: {VERDICTS[cell.result.verdict]}"
    )


def mixing_alt(mixing: MixingTest) -> str:
    """Return what stands out in the grid, as text for screen readers."""
    named = [cell for cell in mixing.cells if cell.ratio is not None]
    more = sorted((c for c in named if c.result.verdict is ChanceVerdict.MORE), key=lambda c: -(c.ratio or 0))
    less = sorted((c for c in named if c.result.verdict is ChanceVerdict.LESS), key=lambda c: c.ratio or 0)
    sentences = [f"Connections by {single_line(mixing.column, longest=60)}, compared with chance."]
    if more:
        sentences.append("More: " + "; ".join(map(_cell_text, more[:6])) + ".")
    if less:
        sentences.append("Fewer: " + "; ".join(map(_cell_text, less[:6])) + ".")
    if not more and not less:
        sentences.append("No two categories have clearly more or fewer connections than expected by chance.")
    return " ".join(sentences)


def _cell_text(cell: MixingCell) -> str:
    one, other = single_line(cell.one, longest=60), single_line(cell.other, longest=60)
    where = f"within {one}" if cell.one == cell.other else f"between {one} and {other}"
    return f"{where} {pluralize(cell.result.observed, 'connection')}, {_times(cell.ratio or 0)} chance"


def cell_table(mixing: MixingTest) -> Table:
    """Return one row per pair of categories: connections, the number expected by chance, and the verdict."""
    formats = {
        "Between": Format.TEXT,
        "Connections": Format.NUMBER,
        "By chance": Format.NUMBER,
        "Times chance": Format.NUMBER,
        "Compared with chance": Format.TEXT,
    }
    rows = (
        {
            "Between": cell.one if cell.one == cell.other else f"{cell.one} and {cell.other}",
            "Connections": int(cell.result.observed),
            "By chance": format_value(cell.result.expected),
            "Times chance": format_value(cell.ratio),
            "Compared with chance": VERDICTS[cell.result.verdict],
        }
        for cell in mixing.cells
    )
    return Table.of(formats, rows)


def category_table(segments: AttributeMixing, mixing: MixingTest) -> Table:
    """Return one row per category: people, connections inside it and expected by chance, and connections outside."""
    inside = {one: ties for one, other, ties in segments.ties if one == other}
    by_chance = {cell.one: cell.result.expected for cell in mixing.cells if cell.one == cell.other}
    across = dict.fromkeys(segments.sizes, 0)
    for one, other, ties in segments.ties:
        if one != other:
            across[one] += ties
            across[other] += ties
    # A workbook's column may share a name with one of ours.
    header = f"{segments.column} (in the sheet)" if segments.column in VALUE_HEADERS else segments.column
    formats = {header: Format.TEXT, **dict.fromkeys(VALUE_HEADERS, Format.NUMBER), "Share outside": Format.SHARE}
    rows = (
        {
            header: value,
            "People": people,
            "Connections inside": inside.get(value, 0),
            "By chance": format_value(by_chance.get(value)),
            "Connections outside": across[value],
            "Share outside": across[value] / total if (total := inside.get(value, 0) + across[value]) else None,
        }
        for value, people in segments.sizes.items()
    )
    return Table.of(formats, rows)
