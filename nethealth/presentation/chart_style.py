"""How every chart looks: the report's type, hairline grid, no frame, no clutter, at home on a light and a dark page.

The grid is left to the page's theme. Text and data have the palette's light colours until `for_theme` carries them
over; the theme's own grey for text is too pale to be read on paper (3.5 to 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nethealth.presentation import palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "doubleClick": "reset",
    # Streamlit sizes the chart itself; plotly's own watch over its size would draw every chart a second time.
    "responsive": False,
    "showTips": False,
    "locale": "en-US",
}
"""What `st.plotly_chart(config=…)` takes: nothing hovers over a chart but its own values."""

_CLEAR = "rgba(0,0,0,0)"
MARKS = {
    "circle": "●",
    "circle-open": "○",
    "square": "■",
    "diamond": "◆",
    "diamond-open": "◇",
    "triangle-up": "▲",
    "triangle-down": "▼",
    "star": "★",
    "line-ew-open": "━",
    "line-ns-open": "┃",
    "hexagon": "⬢",
    "pentagon": "⬟",
    "cross": "✚",
    "x": "✖",
}
"""The characters that stand for plotly's symbols in a legend."""
SIDE, FOOT = 52, 44
"""Pixels for the numbers at the left of a chart, and for two lines beneath it."""


def apply_chart_style(figure: Figure, *, height: int = 320, long_labels: bool = False) -> Figure:
    """The same figure, changed in place and returned, in the house's style and `height` pixels high.

    What a chart has set itself (a title, an axis range, a legend's place) stays. Titles stand left, in the serif; axes
    have no frame, the horizontal grid is a hairline, the vertical one is off unless the bars lie on their side.
    Margins hold the numbers and names of periods that axes usually carry; with `long_labels` plotly makes room for
    whatever stands there, for which it draws the chart several times over.
    """
    layout = figure.layout
    titled = bool(layout.title.text)
    named = [trace for trace in figure.data if trace.name and trace.showlegend is not False]
    entries = [_entry(trace) for trace in named] if layout.showlegend is not False and len(named) > 1 else []
    has_axes = layout.xaxis.visible is not False and not long_labels
    # Without an axis a chart begins and ends with the text around it.
    side, end, foot = (SIDE, 16, FOOT) if has_axes else (0, 0, 8)
    sideways = any(getattr(trace, "orientation", None) == "h" for trace in figure.data)
    figure.update_layout(
        height=height,
        autosize=True,
        paper_bgcolor=_CLEAR,
        plot_bgcolor=_CLEAR,
        colorway=list(palette.GROUPS),
        font={"family": palette.TEXT_FONTS, "size": 14, "color": palette.MUTED},
        margin={"l": side, "r": end, "t": 44 if titled else 8, "b": foot},
        hoverlabel={"font": {"family": palette.TEXT_FONTS, "size": 13}, "align": "left"},
        bargap=layout.bargap if layout.bargap is not None else 0.28,
        dragmode=False,
        separators=".,",
        modebar={"remove": ["zoom", "pan", "select", "lasso", "autoscale"]},
    )
    figure.update_layout(
        title={
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 8},
            "font": {"family": palette.TITLE_FONTS, "size": 19, "weight": 500},
        },
    )
    # The page writes the legend above the chart (`legend_of`): that fits any width, and is drawn once.
    figure.update_layout(showlegend=False, meta={"legend": entries} if entries else None)
    quiet_axis: dict[str, Any] = {
        "showline": False,
        "zeroline": False,
        "ticks": "",
        "automargin": long_labels,
        "fixedrange": True,
        "title": {"standoff": 10, "font": {"size": 13}},
        # The theme's own grey for these is too pale on paper.
        "tickfont": {"size": 13, "color": palette.MUTED},
        "gridwidth": 1,
    }
    figure.update_xaxes(showgrid=sideways, **quiet_axis)
    figure.update_yaxes(showgrid=not sideways, **quiet_axis)
    return figure


def _entry(trace: Any) -> list[str]:
    """A trace in the legend: its name, its colour, and its mark as a character."""
    if trace.type == "bar":
        return [trace.name, _one(trace.marker.color), "■"]
    if trace.mode and "markers" in trace.mode:
        color = trace.line.color if "lines" in trace.mode else trace.marker.color
        if color == palette.PAPER:
            return [trace.name, _one(trace.marker.line.color), "○"]
        return [trace.name, _one(color), MARKS.get(_one(trace.marker.symbol) or "circle", "●")]
    return [trace.name, _one(trace.line.color), "━"]


def _one(value: Any) -> str:
    return value if isinstance(value, str) else str(value[0]) if value is not None and len(value) else ""


def legend_of(figure: Figure) -> tuple[tuple[str, str, str], ...]:
    """The legend that belongs above a styled chart: each name (escaped), colour and mark; empty where none is due."""
    meta = figure.layout.meta or {}
    return tuple((name, color, mark) for name, color, mark in meta.get("legend", ()))


def for_theme(figure: Figure, *, dark: bool) -> Figure:
    """The figure for a page's theme: unchanged on a light page; on a dark one a copy in the sibling colours."""
    if not dark:
        return figure
    from plotly.graph_objects import Figure

    # The figure was checked when it was made; checking other colours of the same form takes ten times as long as this.
    return Figure(_in_dark(figure.to_plotly_json()), _validate=False)


def _in_dark(part: Any) -> Any:
    """Every palette colour in a figure's description, wherever it stands, replaced by its sibling."""
    if isinstance(part, str):
        return palette.to_dark(part)
    if isinstance(part, dict):
        return {key: _in_dark(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_in_dark(value) for value in part]
    return part
