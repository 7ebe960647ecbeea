"""Rows of people: who and what as text, and next to it what to tap; on a phone below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

import streamlit as st

from nethealth.presentation.formatting import escape_html, single_line
from nethealth.ui.tables import ROWS_ON_PAPER, part_on_paper

LONGEST_TEXT: Final = 220
TOGETHER: Final = 8
"""The last rows on paper stay on one page, so no page has only one or two."""
STYLE = """<style>
.nh-row p { margin: 0; line-height: 1.4; overflow-wrap: anywhere; max-width: 46rem; }
.nh-row .nh-who { font-weight: 600; }
.nh-row .nh-who span { font-weight: 400; color: var(--nh-muted); font-size: 0.875rem; margin-left: 0.35rem; }
.nh-row .nh-who .nh-late { color: var(--nh-accent-text); }
[class*="st-key-row-"] { gap: 0.4rem 1rem; }
:is([class*="st-key-row-"], .nh-printed .nh-row) { border-bottom: 1px solid var(--nh-grid); padding: 0 0 0.7rem; }
[class*="st-key-row-"] > [data-testid="stElementContainer"]:first-child { flex: 1 1 15rem; }
@media print {
  .stMain :is([class*="st-key-row-"], .nh-printed .nh-row) { padding-bottom: 0.2rem; }
  .nh-printed .nh-row { margin-top: 0.3rem; }
  .nh-row, .nh-last-rows { break-inside: avoid; }
}
[class*="st-key-actions-"] { flex: 0 0 auto; width: auto; gap: 0.5rem; }
</style>"""


class Written(NamedTuple):
    """What a row says: someone's name, a note next to it, and texts below; everything may come from a cell."""

    name: str
    note: str = ""
    texts: Sequence[str] = ()


def unique_keys(names: Iterable[str]) -> list[str]:
    """Return a key for each row: its name, with a number if it repeats, as when someone copies a row in the sheet."""
    seen: Counter[str] = Counter()
    keys = []
    for name in names:
        seen[name] += 1
        keys.append(name if seen[name] == 1 else f"{name}-copy{seen[name]}")
    return keys


@contextmanager
def row(key: str, written: Written, *, late: bool = False) -> Iterator[None]:
    """Show a row for someone. What is drawn inside becomes its actions."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-{key}"):
        st.html(_row_html(written, late=late))
        with st.container(horizontal=True, vertical_alignment="center", key=f"actions-{key}", width="content"):
            yield


def show_rest_on_paper(rows: Sequence[Written], *, first: int) -> None:
    """Show on paper, without actions, the rows of a list that follow the `first` ones."""
    if rest := rows[first : first + ROWS_ON_PAPER]:
        part = part_on_paper(0, first + len(rest), of=len(rows), kind="Rows")
        shown = [_row_html(each) for each in rest]
        first_rows, last_rows = "".join(shown[:-TOGETHER]), "".join(shown[-TOGETHER:])
        st.html(f'<div class="nh-printed">{first_rows}<div class="nh-last-rows">{last_rows}{part}</div></div>')


def _row_html(written: Written, *, late: bool = False) -> str:
    name, note, texts = written
    shown = f"<span{' class=nh-late' if late else ''}>{escape_html(note)}</span>" if note else ""
    paragraphs = "".join(f"<p>{escape_html(single_line(text, longest=LONGEST_TEXT))}</p>" for text in texts if text)
    return f'<div class="nh-row"><p class="nh-who">{escape_html(name, longest=120)} {shown}</p>{paragraphs}</div>'
