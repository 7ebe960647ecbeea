"""What pages are made of: titles, metric cards, charts, empty states, explanations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from nethealth.metric import Metric
from nethealth.presentation.formatting import (
    describe_undefined_and_source,
    escape_html,
    escape_markdown,
    format_value,
    safe_url,
    single_line,
)
from nethealth.presentation.metric_card import cards_html
from nethealth.presentation.palette import to_dark
from nethealth.ui import session
from nethealth.ui.routes import link
from nethealth.ui.tables import Download, csv_download, downloads, show_table

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = [
    "WIDEST_OF_TWO",
    "Download",
    "chart",
    "csv_download",
    "downloads",
    "empty_state",
    "escape_markdown",
    "explain_metrics",
    "format_value",
    "metric_row",
    "page_title",
    "show_table",
]

WIDEST_CHART = 832
"""In pixels. What fits the width of a page on paper with this width has text of at least 8 points there."""
WIDEST_OF_TWO = 408
"""The same for each of two charts side by side: with the gap between them, they are as wide as one."""


def page_title(title: str, question: str, *, unfolds_on_paper: bool = False) -> None:
    """Show the page's title and the question that it answers. Folded sections print if `unfolds_on_paper`."""
    st.title(title, anchor=False)
    unfolds = " nh-unfolds" if unfolds_on_paper else ""
    st.html(f'<p class="nh-question{unfolds}">{escape_html(question)}</p>')


def empty_state(tab: str, sentence: str, *, outline: bool = True) -> None:
    """Say what would show here, which tab to start with, and show the page's shape in outline.

    Without `outline`, only the text, for one section among others. `tab` is the tab's name in the workbook; staff get a
    link to it if the sheet has one. The page goes on: call `st.stop()` if there is nothing else to show.
    """
    workbook = session.current_workbook()
    has_tab = any(read.tab == tab for read in workbook.tabs)
    filled = [read.title for read in workbook.tabs if read.tab == tab and read.accepted]
    start = f"To get started, fill in the {tab} tab."
    if filled and session.is_staff():
        start = f"You can add this in your tab “{filled[0]}”."
    url = next((read.url for read in workbook.tabs if read.tab == tab), None) or workbook.url
    sheet = safe_url(url)
    where = f'<a href="{sheet}" target="_blank" rel="noopener">Open the workbook</a>' if sheet else ""
    st.html(
        f'<div class="nh-empty"><p>{escape_html(sentence)}</p>'
        f"<p class='nh-quiet'>{escape_html(start)} {where}</p></div>"
    )
    if outline:
        if session.is_staff() and not has_tab:
            link("data", "Get the template", icon=":material/download:")
        st.html('<div class="nh-outline" aria-hidden="true"><i></i><i></i><i></i><b></b></div>')


def explain_metrics(metrics: Sequence[Metric]) -> None:
    """Explain metrics in a folded section: what each asks, how to read it, and what it doesn't mean."""
    if not metrics:
        return
    with st.expander("What this means"):
        st.html("".join(_explained(metric) for metric in metrics))


def _explained(metric: Metric) -> str:
    return (
        f'<div class="nh-meaning"><h4>{escape_html(metric.label)}</h4><p><em>{escape_html(metric.question)}</em></p>'
        f"<p>{escape_html(metric.reading)}</p><p><b>What it doesn’t mean:</b> {escape_html(metric.not_meaning)}</p>"
        f'<p class="nh-quiet">{escape_html(describe_undefined_and_source(metric))}</p></div>'
    )


def metric_row(cards: Sequence[tuple[str, str, str | None]]) -> None:
    """Show metrics in a row, each a `Card`: its label, its value as written, and a note or None."""
    if cards:
        st.html(cards_html(cards))


def chart(figure: go.Figure, *, alt: str, key: str, widest: int = WIDEST_CHART) -> None:
    """Show a plotly figure in the theme's colors; `alt` describes it for people who can't see it.

    It is as wide as its place, but at most `widest`, in pixels.
    """
    from nethealth.presentation.chart_style import CONFIG, for_theme, legend_of

    if entries := legend_of(figure):
        shown = (
            f'<li><i style="color:light-dark({color},{to_dark(color)})">{mark}</i>{name}</li>'
            for name, color, mark in entries
        )
        st.html(f'<ul class="nh-legend" aria-hidden="true">{"".join(shown)}</ul>')
    figure = for_theme(figure, dark=st.context.theme.type == "dark")
    st.plotly_chart(figure, width=widest, config=CONFIG, key=key, alt=single_line(alt, longest=2_000))
