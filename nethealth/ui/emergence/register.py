"""The register of emergent activity as cards: what it is, who takes part, what came of it so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import streamlit as st

from nethealth.presentation.formatting import escape_html, format_date, safe_url

AT_ONCE = 8
STYLE = """<style>
.nh-register { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 1.25rem; }
.nh-register article { background: var(--nh-surface); border-radius: 6px; padding: 1rem 1.25rem 1.1rem; }
.nh-register h3 { font-family: var(--nh-title-font); font-size: 1.3rem; font-weight: 500;
  line-height: 1.3; margin: 0; padding: 0; }
.nh-register p { margin: 0.5rem 0 0; line-height: 1.5; overflow-wrap: anywhere; }
.nh-register .nh-quiet { margin-top: 0.15rem; }
.nh-register b { font-weight: 400; color: var(--nh-muted); }
.nh-register a { color: var(--nh-accent-text); }
</style>"""
TEXTS = (("purpose", ""), ("collaborators", "With"), ("outcomes", "So far:"))


def activity_cards(cards: Sequence[Mapping[str, object]], *, key: str) -> None:
    """Cards of a register (see `figures.emergence_charts.cards`), a page at a time, every cell escaped."""
    pages = max(1, -(-len(cards) // AT_ONCE))
    place = st.container()
    page = st.pagination(pages, key=f"{key}-page") if pages > 1 else 1
    first = (min(page, pages) - 1) * AT_ONCE
    shown = "".join(_card(card) for card in cards[first : first + AT_ONCE])
    place.html(f'{STYLE}<div class="nh-register">{shown}</div>')


def _card(card: Mapping[str, object]) -> str:
    started = card["started"]
    by = card["started_by"]
    facts = [
        str(card["status"]) if card["status"] else "",
        f"since {format_date(started)}" if isinstance(started, dt.date) else "",
        f"first step: {str(by).lower()}" if by else "",
    ]
    told = " · ".join(fact for fact in facts if fact)
    link = safe_url(str(card["link"])) if card["link"] else None
    more = f'<p><a href="{link}" target="_blank" rel="noopener">Read more</a></p>' if link else ""
    texts = "".join(
        f"<p>{f'<b>{lead}</b> ' if lead else ''}{escape_html(card[column], longest=600)}</p>"
        for column, lead in TEXTS
        if card[column]
    )
    return (
        f'<article><h3>{escape_html(card["name"], longest=160)}</h3><p class="nh-quiet">{escape_html(told)}</p>'
        f"{texts}{more}</article>"
    )
