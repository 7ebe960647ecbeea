"""Rows of people: who and what as text, and next to it what to tap; on a phone below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import streamlit as st

from nethealth.presentation.formatting import escape_html, single_line

LONGEST_TEXT: Final = 220
STYLE = """<style>
.nh-row p { margin: 0; line-height: 1.4; overflow-wrap: anywhere; max-width: 46rem; }
.nh-row .nh-who { font-weight: 600; }
.nh-row .nh-who span { font-weight: 400; color: var(--nh-muted); font-size: 0.875rem; margin-left: 0.35rem; }
.nh-row .nh-who .nh-late { color: var(--nh-accent-text); }
[class*="st-key-row-"] { border-bottom: 1px solid var(--nh-grid); padding: 0 0 0.7rem; gap: 0.4rem 1rem; }
[class*="st-key-row-"] > [data-testid="stElementContainer"]:first-child { flex: 1 1 15rem; }
[class*="st-key-actions-"] { flex: 0 0 auto; width: auto; gap: 0.5rem; }
</style>"""


def unique_keys(names: Iterable[str]) -> list[str]:
    """Return a key for each row: its name, with a number if it repeats, as when someone copies a row in the sheet."""
    seen: Counter[str] = Counter()
    keys = []
    for name in names:
        seen[name] += 1
        keys.append(name if seen[name] == 1 else f"{name}-copy{seen[name]}")
    return keys


@contextmanager
def row(key: str, *, name: str, note: str = "", texts: Sequence[str] = (), late: bool = False) -> Iterator[None]:
    """Show a row for someone: their name, a note next to it, and texts below; everything may come from a cell.

    What is drawn inside becomes its actions.
    """
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-{key}"):
        st.html(_row_html(name, note, texts, late=late))
        with st.container(horizontal=True, vertical_alignment="center", key=f"actions-{key}", width="content"):
            yield


def _row_html(name: str, note: str, texts: Sequence[str], *, late: bool) -> str:
    shown = f"<span{' class=nh-late' if late else ''}>{escape_html(note)}</span>" if note else ""
    paragraphs = "".join(f"<p>{escape_html(single_line(text, longest=LONGEST_TEXT))}</p>" for text in texts if text)
    return f'<div class="nh-row"><p class="nh-who">{escape_html(name, longest=120)} {shown}</p>{paragraphs}</div>'
