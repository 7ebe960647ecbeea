"""The overview's own pieces: few elements, no chart library, so that a full room gets the page at once."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from nethealth.cache import cached
from nethealth.overview.cards import Card, EmptyCard, every_domain
from nethealth.overview.facts import facts_of
from nethealth.overview.next_steps import NextStep, NotKeptYet
from nethealth.presentation.formatting import escape_html, escape_markdown, pluralize
from nethealth.presentation.sparkline import as_image_source, sparkline
from nethealth.ui.routes import link

EASIEST = 3
"""Things to begin with that are shown at once; more at a time are a burden."""

facts = cached(facts_of)
"""The figures behind the overview, gathered once for everybody who looks at the same reading."""


def purpose(text: str) -> None:
    """The network's shared purpose, as its Settings say it."""
    st.html(f'<p class="nh-purpose">“{escape_html(text, longest=400)}”</p>')


def card_grid(cards: Sequence[Card]) -> None:
    """The domains side by side, two in a row, each headed by a link to its page."""
    domains = every_domain(cards)
    for first in range(0, len(domains), 2):
        for column, card in zip(st.columns(2, gap="small"), domains[first : first + 2], strict=False):
            kind = "card" if isinstance(card, Card) else "blank"
            with column.container(border=True, height="stretch", gap="xsmall", key=f"{kind}-{card.page}"):
                link(card.page, f"**{card.domain}**")
                st.html(_card(card) if isinstance(card, Card) else _blank(card))


def _card(card: Card) -> str:
    picture = sparkline(card.trend)
    trend = ""
    if picture:
        label = escape_html(card.trend_label)
        alt = escape_html(f"A small line: {card.large_label}, {card.trend_label}")
        trend = f'<p class="nh-trend"><img src="{as_image_source(picture)}" alt="{alt}"><small>{label}</small></p>'
    moved = f"<small>{escape_html(card.moved)}</small>" if card.moved else ""
    small = "".join(f"<li><b>{escape_html(value)}</b> {escape_html(label)}</li>" for label, value in card.small)
    return (
        f'<div class="nh-card"><p class="nh-sentence">{escape_html(card.sentence)}</p><p class="nh-large">'
        f"{escape_html(card.large)}<small>{escape_html(card.large_label)}</small>{moved}</p>{trend}<ul>{small}</ul></div>"
    )


def _blank(blank: EmptyCard) -> str:
    return f'<p class="nh-quiet">{escape_html(blank.question)} Nothing is kept of it yet.</p>'


def steps(found: Sequence[NextStep]) -> None:
    """What is worth doing, each with its reason and a link to the page that shows more."""
    for column, step in zip(st.columns(max(3, len(found)), gap="medium"), found, strict=False):
        with column.container(key=f"step-{step.page}-{step.what[:12]}", gap=None):
            link(step.page, f"**{escape_markdown(step.what)}**", icon=":material/arrow_forward:")
            st.html(f'<p class="nh-why">{escape_html(step.why)}</p>')


def beginnings(missing: Sequence[NotKeptYet]) -> None:
    """What the workbook can't tell yet, and the least that it needs: the easiest few, the others folded."""
    _listed(missing[:EASIEST])
    if len(missing) > EASIEST:
        with st.expander(f"And later: {pluralize(len(missing) - EASIEST, 'more question')} that a sheet can answer"):
            _listed(missing[EASIEST:])
    link("data", "An empty workbook to fill in", icon=":material/download:")


def _listed(missing: Sequence[NotKeptYet]) -> None:
    items = "".join(
        f"<dt>{escape_html(each.question)}</dt><dd>{escape_html(each.least)} <small>Tab {escape_html(each.tab)}.</small></dd>"
        for each in missing
    )
    st.html(f'<dl class="nh-prose nh-beginnings">{items}</dl>')
