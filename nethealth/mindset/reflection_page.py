"""One person's mindset reflection as a printable HTML page or plain text, with nothing in it that runs."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Sequence

from nethealth.mindset.metrics import OwnReflection
from nethealth.presentation.formatting import escape_html, format_date
from nethealth.presentation.palette import LIGHT, TEXT_FONTS, TITLE_FONTS
from nethealth.workbook.schema.vocabulary import PAIRS

_STYLE = f"""
body {{ font: 16px/1.55 {TEXT_FONTS}; color: {LIGHT.ink}; background: {LIGHT.paper}; max-width: 44rem;
  margin: 2.5rem auto; padding: 0 1.25rem; }}
h1, h2 {{ font-family: {TITLE_FONTS}; font-weight: 500; line-height: 1.2; }}
h1 {{ font-size: 2.1rem; margin-bottom: 0.25rem; }}
h2 {{ font-size: 1.35rem; margin: 2rem 0 0.75rem; }}
.quiet {{ color: {LIGHT.muted}; }}
table {{ width: 100%; border-collapse: collapse; }}
td {{ padding: 0.55rem 0; border-bottom: 1px solid {LIGHT.grid}; vertical-align: middle; width: 35%; }}
td:nth-child(2) {{ width: 30%; text-align: center; letter-spacing: 0.45em; white-space: nowrap; padding-left: 0.45em; }}
td:last-child {{ text-align: right; }}
.words {{ white-space: pre-wrap; overflow-wrap: anywhere; min-height: 3rem; border-bottom: 1px solid {LIGHT.grid};
  padding-bottom: 0.75rem; }}
h3 {{ font-size: 1rem; margin: 1.25rem 0 0.25rem; break-after: avoid; }}
@media print {{ body {{ background: none; margin: 0; }} tr {{ break-inside: avoid; }} }}
"""


def reflection_page(own: OwnReflection, *, network_name: str, day: dt.date) -> str:
    """Return the reflection as one HTML file, with everything that was typed escaped."""
    top = "".join(f"<li>{escape_html(name)}</li>" for name in own.rose_to_the_top)
    thoughts = "".join(
        f'<h3>{escape_html(question)}</h3><div class="words">{html.escape(text.strip())}</div>'
        for question, text in own.thoughts
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mindset reflection</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>'
        f"<h1>Which ways of thinking shape our organization?</h1>"
        f'<p class="quiet">{escape_html(network_name, longest=200)} · {format_date(day)}. '
        f"Both sides of each pair have value. There are no right or wrong answers, and nothing adds up to a grade.</p>"
        f"<h2>Where I see us</h2>{pairs_html(own.positions)}"
        f"{f'<h2>What rose to the top</h2><ul>{top}</ul>' if top else ''}"
        f"<h2>What this means for our mission</h2>{thoughts}</body></html>"
    )


def pairs_html(positions: Sequence[int | None]) -> str:
    """Return the seven pairs as a table: five dots between two statements, the chosen one filled."""
    rows = "".join(
        f"<tr><td>{escape_html(pair.hierarchical)}</td><td>{_dots(position)}</td><td>{escape_html(pair.network)}</td></tr>"
        for pair, position in zip(PAIRS, positions, strict=True)
    )
    return f"<table>{rows}</table>"


def reflection_text(own: OwnReflection, *, network_name: str, day: dt.date) -> str:
    """Return the reflection as plain text."""
    lines = [
        "Which ways of thinking shape our organization?",
        f"{network_name}, {format_date(day)}",
        "",
        "Where I see us",
    ]
    lines += [
        f"  {pair.hierarchical}  {_dots(position)}  {pair.network}"
        for pair, position in zip(PAIRS, own.positions, strict=True)
    ]
    if own.rose_to_the_top:
        lines += ["", "What rose to the top", *(f"  {name}" for name in own.rose_to_the_top)]
    lines += ["", "What this means for our mission"]
    for question, text in own.thoughts:
        lines += ["", question, text.strip() or "…"]
    return "\n".join(lines) + "\n"


def _dots(position: int | None) -> str:
    """Return five dots with the chosen one filled."""
    return "".join("●" if step == position else "○" for step in range(1, 6))
