"""Activities as cards: what each is about, who takes part, what came of it, and what came before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from nethealth.emergence.tables import ActivityCard
from nethealth.presentation.formatting import escape_html, format_date, safe_url
from nethealth.workbook.records import EmergentActivity

CARDS_PER_PAGE = 8
OUTCOMES_SHOWN = 8
"""The latest outcomes of an activity."""
Story = Sequence[tuple[str, str]]
"""Pairs of a date and a sentence, which may quote cells."""
Stories = Callable[[EmergentActivity], Story]
"""Returns what came before an activity; nothing for people who may not see it."""
STYLE = """<style>
.nh-register { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 1.25rem; }
.nh-register article { background: var(--nh-surface); border-radius: 6px; padding: 1rem 1.25rem 1.1rem; }
.nh-register h3 { font-family: var(--nh-title-font); font-size: 1.3rem; font-weight: 500;
  line-height: 1.3; margin: 0; padding: 0; }
.nh-register p { margin: 0.5rem 0 0; line-height: 1.5; overflow-wrap: anywhere; }
.nh-register .nh-quiet { margin-top: 0.15rem; }
.nh-register b { font-weight: 400; color: var(--nh-muted); }
.nh-register a { color: var(--nh-accent-text); }
.nh-register summary { cursor: pointer; margin-top: 0.6rem; color: var(--nh-accent-text); min-height: 1.75rem; }
.nh-register :is(ol, ul) { list-style: none; margin: 0.25rem 0 0; padding: 0 0 0 0.9rem;
  border-left: 2px solid var(--nh-grid); }
.nh-register li { margin: 0 0 0.5rem; padding: 0; line-height: 1.45; font-size: 0.9375rem; overflow-wrap: anywhere; }
@media print {
  .nh-register { gap: 0.6rem; }
  .nh-register article { padding: 0.6rem 0.9rem; }
  .nh-register p { margin-top: 0.3rem; }
  .nh-register p:has(> a) { display: none; }
}
.nh-register li b { display: block; font-size: 0.8125rem; }
</style>"""


def show_stories(cards: Sequence[ActivityCard], before: Stories, *, on_screen: range | None = None) -> None:
    """Show activities as cards, every cell escaped: all, or those at `on_screen` and the others only on paper."""
    shown = "".join(
        _article(card, before(card.activity))
        if on_screen is None or place in on_screen
        else _article(card, (), style=" class=nh-printed")
        for place, card in enumerate(cards)
    )
    st.html(f'{STYLE}<div class="nh-register">{shown}</div>')


def show_register(cards: Sequence[ActivityCard], before: Stories) -> None:
    """Show activities as cards, a page at a time."""
    pages = max(1, -(-len(cards) // CARDS_PER_PAGE))
    # The page buttons are below the cards, but decide which cards to show.
    container = st.container()
    page = st.pagination(pages, key="register-page") if pages > 1 else 1
    first = (min(page, pages) - 1) * CARDS_PER_PAGE
    with container:
        show_stories(cards, before, on_screen=range(first, first + CARDS_PER_PAGE))


def _article(card: ActivityCard, before: Story, *, style: str = "") -> str:
    facts = " · ".join(filter(None, [card.status, _start(card)]))
    texts = (("", card.purpose), ("With", card.collaborators))
    paragraphs = "".join(
        f"<p>{f'<b>{label}</b> ' if label else ''}{escape_html(text, longest=600)}</p>" for label, text in texts if text
    )
    url = safe_url(card.link)
    link = f'<p><a href="{url}" target="_blank" rel="noopener">Read more</a></p>' if url else ""
    return (
        f'<article{style}><h3>{escape_html(card.name, longest=160)}</h3><p class="nh-quiet">{escape_html(facts)}</p>'
        f"{paragraphs}{_outcomes(card)}{link}{_fold(before)}</article>"
    )


def _outcomes(card: ActivityCard) -> str:
    """Show one outcome as a sentence, and several as a list, each with its date if it has one."""
    lines = card.activity.dated_outcomes or ([(None, card.outcomes)] if card.outcomes else [])
    if not lines:
        return ""
    items = [
        f"{f'<b>{format_date(day)}</b> ' if day else ''}{escape_html(text, longest=600)}"
        for day, text in lines[-OUTCOMES_SHOWN:]
    ]
    if len(items) == 1:
        return f"<p><b>So far:</b> {items[0]}</p>"
    return f"<p><b>So far:</b></p><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _fold(before: Story) -> str:
    if not before:
        return ""
    events = "".join(
        f"<li>{f'<b>{escape_html(when)}</b>' if when else ''}{escape_html(text, longest=400)}</li>"
        for when, text in before
    )
    return f"<details><summary>What came before</summary><ol>{events}</ol></details>"


def _start(card: ActivityCard) -> str | None:
    starter = f"by {card.started_by.lower()}" if card.started_by else None
    if card.started is None:
        return f"started {starter}" if starter else None
    verb = "starts" if card.is_planned else "started"
    return " ".join(filter(None, [verb, format_date(card.started), starter]))
