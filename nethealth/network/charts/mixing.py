"""How ties follow an attribute, beside chance: as a table of squares, as cards, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nethealth.metric import Unit
from nethealth.network import AttributeMixing, ChanceVerdict, MixingCell, MixingTest, PermutationResult
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import chart_text
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import format_value, pluralize, single_line
from nethealth.privacy.suppression import TooFew

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MOST_VALUES = 12
"""A table of more values than this is no longer read as a picture: the register beneath holds all."""
TWICE = 2.0
"""From so many times what chance would give (or so many times less) a square is filled strongly."""
SHADES = (
    (palette.DIVERGING[0], palette.PAPER),
    (palette.DIVERGING[3], palette.INK),
    (palette.SURFACE, palette.INK),
    (palette.DIVERGING[6], palette.INK),
    (palette.DIVERGING[9], palette.PAPER),
)
"""How a square is filled and written on: far fewer ties than by chance, fewer, about as many, more, far more."""
SIGNS = ("▼", "▼", "", "▲", "▲")
AS_CHANCE = 2
CELL = 50
VALUE_HEADERS = ("People", "Ties among them", "By chance", "Ties with others", "Share that goes out")
HOW_TO_READ = (
    "In each square: ties as a multiple of what chance would give, and beneath it how many there are. Filled squares "
    "differ from chance in 99 of 100 shufflings: ▲ more, ▼ fewer."
)
Row = dict[str, object]
Card = tuple[str, str, str | None]


def mixing_title(mixing: MixingTest | TooFew | None, *, column: str) -> str:
    """How ties follow the attribute, as a heading."""
    name = single_line(column, longest=60)
    if isinstance(mixing, TooFew):
        return f"Too few people have said their {name} to show how ties follow it"
    if mixing is None:
        return f"Nothing to compare yet: no ties among people of two different kinds by {name}"
    verdict = mixing.inside.verdict
    if verdict is ChanceVerdict.MORE:
        return f"Ties stay within one {name} more than chance would give"
    if verdict is ChanceVerdict.LESS:
        return f"Ties cross from one {name} to another more than chance would give"
    return f"Ties follow {name} no more than chance would have it"


def mixing_sentence(mixing: MixingTest) -> str:
    """What was seen, what chance would give, and how sure one can be, in two sentences."""
    name = single_line(mixing.column, longest=60)
    inside = mixing.inside
    people = pluralize(mixing.people, "person", "people")
    here, by_chance = (format_value(ties / mixing.ties, Unit.SHARE) for ties in (inside.observed, inside.expected))
    return (
        f"{inside.observed:,.0f} of {pluralize(mixing.ties, 'tie')} ({here}) join two people of the same {name}. Were "
        f"the same values dealt out at random among the same {people}, about {inside.expected:,.0f} ({by_chance}) "
        f"would; {_how_often(inside)}."
    )


def _how_often(standing: PermutationResult) -> str:
    is_high = standing.observed >= standing.expected
    fewer = "fewer" if is_high else "more"
    if standing.verdict is ChanceVerdict.AS_CHANCE:
        reached = (standing.at_least if is_high else standing.at_most) / standing.shuffles
        as_far = "as many did, or more" if is_high else "as few did, or fewer"
        return f"in {reached * 100:.0f} of 100 such shufflings {as_far}"
    if standing.percentile_rank == 1:
        return f"in each of {standing.shuffles:,} such shufflings {fewer} did"
    return f"in {int(standing.percentile_rank * 100)} of 100 such shufflings {fewer} did"


def mixing_cards(mixing: MixingTest, segments: AttributeMixing) -> list[Card]:
    """Ties within, the E-I index, assortativity and modularity, each beside what chance would give."""
    inside, ei = mixing.inside, mixing.ei_index
    assorted = mixing.assortativity
    by_chance = format_value(assorted.expected, Unit.INDEX) if assorted else format_value(None)
    return [
        (
            "Ties within",
            format_value(inside.observed / mixing.ties, Unit.SHARE),
            f"by chance {format_value(inside.expected / mixing.ties, Unit.SHARE)}",
        ),
        (
            "Across or within",
            format_value(ei.observed, Unit.INDEX),
            f"−1 all within, +1 all across; by chance {format_value(ei.expected, Unit.INDEX)}",
        ),
        (
            "Like with like",
            format_value(assorted.observed if assorted else None, Unit.INDEX),
            f"1 only with one’s like; by chance {by_chance}",
        ),
        (
            "How far groups keep to themselves",
            format_value(segments.modularity, Unit.INDEX),
            "0: no more inside than by chance",
        ),
    ]


def mixing_chart(mixing: MixingTest) -> Figure | None:
    """Ties between each two values as squares: how many times what chance would give, and beneath it how many.

    Filled is what differs from chance in 99 of 100 shufflings. None below two values or above `MOST_VALUES`.
    """
    values = list(dict.fromkeys(cell.one for cell in mixing.cells))
    if not 2 <= len(values) <= MOST_VALUES:
        return None
    from plotly.graph_objects import Figure, Heatmap, Scatter

    at = {value: place for place, value in enumerate(values)}
    labels = [chart_text(value, longest=22) for value in values]
    shades = [[AS_CHANCE] * len(values) for _ in values]
    told = [[""] * len(values) for _ in values]
    words: dict[str, list[tuple[int, int, str]]] = {palette.PAPER: [], palette.INK: []}
    for cell in mixing.cells:
        shade = _shade(cell)
        for row, column in {(at[cell.one], at[cell.other]), (at[cell.other], at[cell.one])}:
            shades[row][column] = shade
            told[row][column] = _hover(cell, mixing)
            words[SHADES[shade][1]].append((column, row, _in_square(cell, shade)))
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
                customdata=told,
                hovertemplate="%{customdata}<extra></extra>",
            ),
            *(
                Scatter(
                    mode="text",
                    x=[column for column, _, _ in written],
                    y=[row for _, row, _ in written],
                    text=[text for _, _, text in written],
                    textfont={"color": color, "size": 13},
                    hoverinfo="skip",
                    showlegend=False,
                )
                for color, written in words.items()
                if written
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
        # Slanted names reach out to the right: the last would be cut off there.
        # Where there is room for them, names stand level.
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


def _hover(cell: MixingCell, mixing: MixingTest) -> str:
    one, other = chart_text(cell.one, longest=40), chart_text(cell.other, longest=40)
    where = f"within {one}" if cell.one == cell.other else f"between {one} and {other}"
    expected = format_value(cell.result.expected)
    return (
        f"{pluralize(cell.result.observed, 'tie')} {where}<br>"
        f"by chance about {expected}: {cell.result.verdict.value}<br>({mixing.shuffles:,} shufflings)"
    )


def mixing_text(mixing: MixingTest) -> str:
    """What stands out in the table, for those who do not see it."""
    named = [cell for cell in mixing.cells if cell.ratio is not None]
    more = sorted((c for c in named if c.result.verdict is ChanceVerdict.MORE), key=lambda c: -(c.ratio or 0))
    less = sorted((c for c in named if c.result.verdict is ChanceVerdict.LESS), key=lambda c: c.ratio or 0)
    said = [f"Ties by {single_line(mixing.column, longest=60)}, beside what chance would give."]
    if more:
        said.append("More: " + "; ".join(map(_cell_text, more[:6])) + ".")
    if less:
        said.append("Fewer: " + "; ".join(map(_cell_text, less[:6])) + ".")
    if not more and not less:
        said.append("No two groups have clearly more or fewer ties than chance would give.")
    return " ".join(said)


def _cell_text(cell: MixingCell) -> str:
    one, other = single_line(cell.one, longest=60), single_line(cell.other, longest=60)
    where = f"within {one}" if cell.one == cell.other else f"between {one} and {other}"
    return f"{where} {pluralize(cell.result.observed, 'tie')}, {_times(cell.ratio or 0)} chance"


def cell_rows(mixing: MixingTest) -> list[Row]:
    """One row for each two values and each one value: ties, what chance would give, and where that stands."""
    return [
        {
            "Between": cell.one if cell.one == cell.other else f"{cell.one} and {cell.other}",
            "Ties": int(cell.result.observed),
            "By chance": format_value(cell.result.expected),
            "Times chance": format_value(cell.ratio),
            "So": cell.result.verdict.value,
        }
        for cell in mixing.cells
    ]


def value_rows(segments: AttributeMixing, mixing: MixingTest) -> list[Row]:
    """One row a value: its people, the ties among them beside what chance would give, and those with others."""
    inside = {one: ties for one, other, ties in segments.ties if one == other}
    by_chance = {cell.one: cell.result.expected for cell in mixing.cells if cell.one == cell.other}
    across = dict.fromkeys(segments.sizes, 0)
    for one, other, ties in segments.ties:
        if one != other:
            across[one] += ties
            across[other] += ties
    # A sheet's column may be called as one of ours.
    header = f"{segments.column} (in the sheet)" if segments.column in VALUE_HEADERS else segments.column
    return [
        {
            header: value,
            "People": people,
            "Ties among them": inside.get(value, 0),
            "By chance": format_value(by_chance.get(value)),
            "Ties with others": across[value],
            "Share that goes out": across[value] / total if (total := inside.get(value, 0) + across[value]) else None,
        }
        for value, people in segments.sizes.items()
    ]
