"""The style of charts: changed in place, clear ground, and one for one into the dark theme."""

from __future__ import annotations

import plotly.graph_objects as go

from nethealth.presentation import palette
from nethealth.presentation.chart_style import CONFIG, apply_chart_style, for_theme, legend_of


def test_styled_figure_has_a_clear_background() -> None:
    figure = go.Figure(go.Bar(x=["a"], y=[1]))
    assert apply_chart_style(figure, height=240) is figure
    assert figure.layout.height == 240
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert figure.layout.xaxis.showgrid is False
    assert figure.layout.yaxis.showgrid is True


def test_horizontal_bars_have_vertical_grid() -> None:
    figure = apply_chart_style(go.Figure(go.Bar(x=[1], y=["a"], orientation="h")))
    assert figure.layout.xaxis.showgrid is True
    assert figure.layout.yaxis.showgrid is False


def test_chart_settings_win() -> None:
    figure = go.Figure(go.Bar(x=["a"], y=[1]))
    figure.update_layout(title="Two thirds", bargap=0.5)
    apply_chart_style(figure)
    assert figure.layout.title.text == "Two thirds"
    assert figure.layout.bargap == 0.5


def test_text_color_is_set_and_grid_color_is_not() -> None:
    figure = apply_chart_style(go.Figure(go.Bar(x=["a"], y=[1])))
    assert figure.layout.font.color == figure.layout.xaxis.tickfont.color == palette.LIGHT.muted
    dark = for_theme(figure, dark=True)
    assert dark.layout.font.color == dark.layout.xaxis.tickfont.color == palette.DARK.muted
    assert figure.layout.yaxis.gridcolor is None


def test_dark_theme_replaces_each_color() -> None:
    figure = apply_chart_style(
        go.Figure(
            [
                go.Bar(
                    x=["a", "b"],
                    y=[1, 2],
                    marker={"color": [palette.CATEGORY_COLORS[0], "#123456"]},
                    text=[palette.INK, "x"],
                ),
                go.Heatmap(z=[[1]], colorscale=[[0, palette.SEQUENCE[0]], [1, palette.SEQUENCE[9]]]),
            ]
        )
    )
    dark = for_theme(figure, dark=True)
    assert list(dark.data[0].marker.color) == [palette.DARK.categories[0], "#123456"]
    assert dark.data[1].colorscale[1][1] == palette.DARK.sequence[9]
    assert next(iter(figure.data[0].marker.color)) == palette.CATEGORY_COLORS[0]
    assert for_theme(figure, dark=False) is figure


def test_charts_have_no_hover_toolbar() -> None:
    assert CONFIG["displayModeBar"] is False
    assert CONFIG["displaylogo"] is False


def test_legend_is_above_several_named_traces() -> None:
    traces = [
        go.Bar(x=["a"], y=[1], name="New", marker={"color": palette.ACCENT}),
        go.Scatter(x=["a"], y=[1], name="Came", mode="markers", marker={"symbol": "diamond", "color": [palette.INK]}),
        go.Scatter(x=["a"], y=[1], name="Held", mode="lines", line={"color": palette.MUTED}),
        go.Scatter(x=["a"], y=[1], name="Stem", mode="lines", showlegend=False),
    ]
    figure = apply_chart_style(go.Figure(traces))
    assert figure.layout.showlegend is False
    assert legend_of(figure) == (
        ("New", palette.ACCENT, "■"),
        ("Came", palette.INK, "◆"),
        ("Held", palette.MUTED, "━"),
    )
    assert [color for _, color, _ in legend_of(for_theme(figure, dark=True))] == [
        palette.DARK.accent,
        palette.DARK.ink,
        palette.DARK.muted,
    ]
    hollow = go.Scatter(
        x=["a"], y=[1], name="Was", mode="markers", marker={"color": palette.PAPER, "line": {"color": palette.INK}}
    )
    assert legend_of(apply_chart_style(go.Figure([hollow, traces[0]])))[0] == ("Was", palette.INK, "○")
    assert legend_of(apply_chart_style(go.Figure(traces[:1]))) == ()
