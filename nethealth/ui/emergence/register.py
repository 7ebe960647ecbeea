"""Activities as cards: what each is about, who takes part, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from nethealth.emergence.tables import ActivityCard
from nethealth.presentation.formatting import escape_html, format_date, safe_url

CARDS_PER_PAGE = 8
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


def show_cards(cards: Sequence[ActivityCard]) -> None:
    """Show activities as cards, a page at a time, with every cell escaped."""
    pages = max(1, -(-len(cards) // CARDS_PER_PAGE))
    # The page buttons are below the cards, but decide which cards to show.
    container = st.container()
    page = st.pagination(pages, key="register-page") if pages > 1 else 1
    first = (min(page, pages) - 1) * CARDS_PER_PAGE
    shown = "".join(_article(card) for card in cards[first : first + CARDS_PER_PAGE])
    container.html(f'{STYLE}<div class="nh-register">{shown}</div>')


def _article(card: ActivityCard) -> str:
    facts = " · ".join(filter(None, [card.status, _start(card)]))
    texts = (("", card.purpose), ("With", card.collaborators), ("So far:", card.outcomes))
    paragraphs = "".join(
        f"<p>{f'<b>{label}</b> ' if label else ''}{escape_html(text, longest=600)}</p>" for label, text in texts if text
    )
    url = safe_url(card.link)
    link = f'<p><a href="{url}" target="_blank" rel="noopener">Read more</a></p>' if url else ""
    return (
        f'<article><h3>{escape_html(card.name, longest=160)}</h3><p class="nh-quiet">{escape_html(facts)}</p>'
        f"{paragraphs}{link}</article>"
    )


def _start(card: ActivityCard) -> str | None:
    starter = f"by {card.started_by.lower()}" if card.started_by else None
    if card.started is None:
        return f"started {starter}" if starter else None
    verb = "starts" if card.is_planned else "started"
    return " ".join(filter(None, [verb, format_date(card.started), starter]))
