"""How every chart looks: our fonts, a hairline grid, no frame, no clutter, on light and dark pages.

The grid follows the page's theme. Text and data use the palette's light colors until `for_theme` converts them; the
theme's own gray is too pale for text (3.5 to 1).
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
    # Streamlit sizes the chart; if plotly watched its size too, it would draw every chart twice.
    "responsive": False,
    "showTips": False,
    "locale": "en-US",
}
"""The `config` of `st.plotly_chart`: no tool bar, no tips but the chart's own values."""

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
"""Characters for plotly's symbols in a legend."""
SIDE, FOOT = 52, 44
"""Pixels for the numbers left of a chart, and for two lines below it."""


def apply_chart_style(figure: Figure, *, height: int = 320, long_labels: bool = False) -> Figure:
    """Style a figure in place, `height` pixels high, and return it.

    A title, an axis range, and other choices of the chart stay. Titles are on the left in the serif font. Axes have no
    frame; the horizontal grid is a hairline, the vertical one is off unless bars are horizontal. Margins fit numbers
    and period names. With `long_labels` plotly makes room for longer ones, which makes it draw the chart several times.
    """
    layout = figure.layout
    titled = bool(layout.title.text)
    named = [trace for trace in figure.data if trace.name and trace.showlegend is not False]
    entries = [_entry(trace) for trace in named] if layout.showlegend is not False and len(named) > 1 else []
    has_axes = layout.xaxis.visible is not False and not long_labels
    # Without an axis, a chart aligns with the text around it.
    side, end, foot = (SIDE, 16, FOOT) if has_axes else (0, 0, 8)
    sideways = any(getattr(trace, "orientation", None) == "h" for trace in figure.data)
    figure.update_layout(
        height=height,
        autosize=True,
        paper_bgcolor=_CLEAR,
        plot_bgcolor=_CLEAR,
        colorway=list(palette.CATEGORY_COLORS),
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
    # The page shows the legend above the chart (`legend_of`), where it fits any width.
    figure.update_layout(showlegend=False, meta={"legend": entries} if entries else None)
    axis_style: dict[str, Any] = {
        "showline": False,
        "zeroline": False,
        "ticks": "",
        "automargin": long_labels,
        "fixedrange": True,
        "title": {"standoff": 10, "font": {"size": 13}},
        # The theme's own gray is too pale.
        "tickfont": {"size": 13, "color": palette.MUTED},
        "gridwidth": 1,
    }
    figure.update_xaxes(showgrid=sideways, **axis_style)
    figure.update_yaxes(showgrid=not sideways, **axis_style)
    return figure


def _entry(trace: Any) -> list[str]:
    """A trace's legend entry: its name, its color, and its mark as a character."""
    if trace.type == "bar":
        return [trace.name, _first(trace.marker.color), "■"]
    if trace.mode and "markers" in trace.mode:
        color = trace.line.color if "lines" in trace.mode else trace.marker.color
        if color == palette.PAPER:
            return [trace.name, _first(trace.marker.line.color), "○"]
        return [trace.name, _first(color), MARKS.get(_first(trace.marker.symbol) or "circle", "●")]
    return [trace.name, _first(trace.line.color), "━"]


def _first(value: Any) -> str:
    return value if isinstance(value, str) else str(value[0]) if value is not None and len(value) else ""


def legend_of(figure: Figure) -> tuple[tuple[str, str, str], ...]:
    """Return the legend above a styled chart: each name (escaped), color, and mark. Empty if it needs none."""
    meta = figure.layout.meta or {}
    return tuple((name, color, mark) for name, color, mark in meta.get("legend", ()))


def for_theme(figure: Figure, *, dark: bool) -> Figure:
    """Return the figure for a page's theme: itself on a light page, a copy in dark colors on a dark one."""
    if not dark:
        return figure
    from plotly.graph_objects import Figure

    # The figure was validated when it was made; validating the same figure in other colors takes ten times as long.
    return Figure(_in_dark(figure.to_plotly_json()), _validate=False)


def _in_dark(part: Any) -> Any:
    """A figure's description with every palette color replaced by its dark counterpart."""
    if isinstance(part, str):
        return palette.to_dark(part)
    if isinstance(part, dict):
        return {key: _in_dark(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_in_dark(value) for value in part]
    return part
