"""Text to read: paragraphs, passages side by side, advice, and the words that the pages use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from nethealth.metric import Metric
from nethealth.presentation.formatting import escape_html, undefined_and_source
from nethealth.ui.guide.text import Passage


def paragraphs(texts: Iterable[str]) -> None:
    """Running text, in a column narrow enough to read."""
    st.html(f'<div class="nh-prose">{"".join(f"<p>{escape_html(text)}</p>" for text in texts)}</div>')


def passages(four: Sequence[Passage]) -> None:
    """Passages in two columns, each with what it looks like in practice."""
    cells = "".join(
        f"<div><h3>{escape_html(each.title)}</h3><p>{escape_html(each.text)}</p>"
        f'<p class="nh-quiet">{escape_html(each.practice)}</p></div>'
        for each in four
    )
    st.html(f'<div class="nh-four">{cells}</div>')


def advice(points: Iterable[str]) -> None:
    """Points of advice, each beginning with what to do; Markdown, in our own words only."""
    st.markdown("\n".join(f"- {point}" for point in points), width=720)


def words(known: Iterable[tuple[str, str]]) -> None:
    """The few words that everything else is said with."""
    entries = "".join(f"<dt>{escape_html(word)}</dt><dd>{escape_html(meaning)}</dd>" for word, meaning in known)
    st.html(f'<dl class="nh-prose nh-words">{entries}</dl>')


def glossary(measures: Mapping[str, Sequence[Metric]], sections: Mapping[str, str]) -> None:
    """Every figure of the pages by section, folded: its question, how to read it, when it stays blank."""
    st.markdown("**Every figure, and what it means**")
    for section, declared in measures.items():
        if declared:
            with st.expander(sections.get(section, section.capitalize())):
                st.html(f'<dl class="nh-prose nh-words">{"".join(map(_entry, declared))}</dl>')


def _entry(measure: Metric) -> str:
    return (
        f"<dt>{escape_html(measure.label)}</dt><dd><em>{escape_html(measure.question)}</em> "
        f"{escape_html(measure.reading)} "
        f"{escape_html(measure.not_meaning)} "
        f"<small>{escape_html(undefined_and_source(measure))}</small></dd>"
    )
