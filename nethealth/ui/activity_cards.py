"""The register of emergent activity as cards: what it is, who takes part, what came of it so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import streamlit as st

from nethealth.figures.wording import safe_html, safe_link, spoken_date

AT_ONCE = 8
WIDE = "grid-column:1/-1;margin:0;line-height:1.5;overflow-wrap:anywhere"
TEXTS = (("purpose", ""), ("collaborators", "With "), ("outcomes", "So far: "))


def activity_cards(cards: Sequence[Mapping[str, object]], *, key: str) -> None:
    """Cards of a register (see `figures.emergence_charts.cards`), a page at a time, every cell escaped."""
    pages = max(1, -(-len(cards) // AT_ONCE))
    place = st.container()
    page = st.pagination(pages, key=f"{key}-page") if pages > 1 else 1
    first = (min(page, pages) - 1) * AT_ONCE
    place.html(f'<div class="nh-cards">{"".join(_card(card) for card in cards[first : first + AT_ONCE])}</div>')


def _card(card: Mapping[str, object]) -> str:
    started = card["started"]
    by = card["started_by"]
    facts = [
        str(card["status"]) if card["status"] else "",
        f"since {spoken_date(started)}" if isinstance(started, dt.date) else "",
        f"first step: {str(by).lower()}" if by else "",
    ]
    told = " · ".join(fact for fact in facts if fact)
    link = safe_link(str(card["link"])) if card["link"] else None
    more = f'<p style="{WIDE}"><a href="{link}" target="_blank" rel="noopener">Read more</a></p>' if link else ""
    texts = "".join(
        f'<p style="{WIDE}"><span class="nh-quiet">{lead}</span>{safe_html(card[column], longest=600)}</p>'
        for column, lead in TEXTS
        if card[column]
    )
    return (
        f'<article class="nh-card"><p class="nh-sentence">{safe_html(card["name"], longest=160)}</p>'
        f'<p class="nh-quiet" style="{WIDE}">{safe_html(told)}</p>{texts}{more}</article>'
    )
