"""Collaborations that the room knows of, as cards on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from nethealth.live.collaborations import Collaboration, collaborations, of_one_name
from nethealth.presentation.formatting import escape_html, pluralize
from nethealth.ui.live.picture import Picture
from nethealth.ui.live.view import LiveView
from nethealth.workbook.records import Workbook

MOST: Final = 24
"""Cards in one picture."""
SIZES: Final = ((6, "few"), (12, "some"), (MOST, "many"))
"""Up to how many cards each size is for."""
LONGEST_PURPOSE: Final = 160
LONGEST_PEOPLE: Final = 120

STYLE: Final = """<style>
.nh-collaborations { list-style: none; margin: 0 !important; padding: 0 !important; display: grid; gap: 0.7em; }
.nh-collaborations.few { grid-template-columns: repeat(auto-fit, minmax(min(100%, 13em), 1fr)); font-size: 1.55em; }
.nh-collaborations.some { grid-template-columns: repeat(auto-fit, minmax(min(100%, 12em), 1fr)); font-size: 1.15em; }
.nh-collaborations.many { grid-template-columns: repeat(auto-fit, minmax(min(100%, 11em), 1fr)); }
.nh-collaborations.many p { display: none; }
.nh-collaborations li { background: var(--nh-surface); border-radius: 0.4em; padding: 0.6em 0.8em; margin: 0 !important;
  line-height: 1.3; overflow-wrap: anywhere; }
.nh-collaborations h2 { font: 500 1.15em/1.2 var(--nh-title-font); margin: 0; padding: 0; }
.nh-collaborations :is(p, small) { margin: 0.3em 0 0; padding: 0; display: block; font-size: 0.95em;
  color: var(--nh-muted); }
</style>"""


def collaborations_pictures(view: LiveView, _: Workbook) -> Sequence[Picture]:
    """Return the pictures of such a session: the latest collaborations first, as many as fit, each name once."""
    cards = of_one_name(collaborations(view.session, view.counted))
    title = f"{pluralize(len(cards), 'collaboration')} you know of" if cards else "Collaborations you know of"
    pages = [cards[max(0, end - MOST) : end] for end in range(len(cards), 0, -MOST)] or [[]]
    return [
        Picture(f"{title} ({place} of {len(pages)})" if len(pages) > 1 else title, partial(_draw, page))
        for place, page in enumerate(pages, start=1)
    ]


def _draw(cards: Sequence[Collaboration]) -> None:
    st.html(STYLE + cards_html(cards))


def cards_html(cards: Sequence[Collaboration]) -> str:
    """Return the cards as HTML, as people typed them: larger if there are few."""
    if not cards:
        return '<p class="nh-large">No collaborations yet</p>'
    size = next(name for most, name in SIZES if len(cards) <= most)
    items = "".join(
        f"<li><h2>{escape_html(card.name)}</h2>"
        f"{f'<p>{escape_html(card.purpose, longest=LONGEST_PURPOSE)}</p>' if card.purpose else ''}"
        f"{f'<small>{escape_html(card.people, longest=LONGEST_PEOPLE)}</small>' if card.people else ''}</li>"
        for card in cards
    )
    return f'<ul class="nh-collaborations {size}">{items}</ul>'
