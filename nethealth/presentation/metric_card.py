"""Cards: one metric each, with its label, its value as written, and a note beneath."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from nethealth.presentation.formatting import escape_html


class Card(NamedTuple):
    """A metric as a card; the value is already written out (see `format_value`)."""

    label: str
    value: str
    note: str | None = None


def cards_html(cards: Iterable[tuple[str, str, str | None]]) -> str:
    """Return the cards in a row as a definition list, every text escaped; nothing without cards."""
    items = "".join(
        f'<div class="nh-figure"><dt>{escape_html(label)}</dt><dd>{escape_html(value)}</dd>'
        f"{f'<dd class=nh-card-note>{escape_html(note)}</dd>' if note else ''}</div>"
        for label, value, note in cards
    )
    return f'<dl class="nh-figures">{items}</dl>' if items else ""
