"""Text to read: paragraphs, passages in two columns, advice, and the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from nethealth.metric import Metric
from nethealth.presentation.formatting import describe_undefined_and_source, escape_html
from nethealth.ui.guide.glossary import Term
from nethealth.ui.guide.text import Passage


def show_paragraphs(texts: Iterable[str]) -> None:
    """Show running text in a column narrow enough to read."""
    st.html(f'<div class="nh-prose">{"".join(f"<p>{escape_html(text)}</p>" for text in texts)}</div>')


def show_passages(passages: Sequence[Passage]) -> None:
    """Show passages in two columns."""
    st.html(f'<div class="nh-four">{"".join(map(_passage_html, passages))}</div>')


def _passage_html(passage: Passage) -> str:
    note = f'<p class="nh-quiet">{escape_html(passage.note)}</p>' if passage.note else ""
    return f"<div><h3>{escape_html(passage.title)}</h3><p>{escape_html(passage.text)}</p>{note}</div>"


def show_advice(points: Iterable[str]) -> None:
    """Show a list of advice in Markdown, for our own text only."""
    st.markdown("\n".join(f"- {point}" for point in points), width=720)


def show_glossary(terms: Iterable[Term]) -> None:
    """Show every term with its meaning."""
    _show_definitions(f"<dt>{escape_html(term.name)}</dt><dd>{escape_html(term.meaning)}</dd>" for term in terms)


def show_metrics(metrics: Mapping[str, Sequence[Metric]], titles: Mapping[str, str]) -> None:
    """Show what every metric means, by section and folded."""
    for section, of_section in metrics.items():
        if of_section:
            with st.expander(titles[section]):
                _show_definitions(map(_definition, of_section))


def _definition(metric: Metric) -> str:
    return (
        f"<dt>{escape_html(metric.label)}</dt><dd><em>{escape_html(metric.question)}</em> "
        f"{escape_html(metric.reading)} {escape_html(metric.not_meaning)} "
        f"<small>{escape_html(describe_undefined_and_source(metric))}</small></dd>"
    )


def _show_definitions(entries: Iterable[str]) -> None:
    st.html(f'<dl class="nh-prose nh-words">{"".join(entries)}</dl>')
