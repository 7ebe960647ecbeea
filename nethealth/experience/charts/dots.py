"""Dot plots as HTML, so that long names wrap: a row per group, on a scale from 0% to 100%.

Their style is in the page's style sheet under `nh-dots`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nethealth.metric import Unit
from nethealth.presentation.formatting import escape_html, format_value, single_line


class DotRow(NamedTuple):
    """A group, its share, its interval, and the text at the end of its row."""

    label: str
    share: float | None
    """None: a row without a dot."""
    low: float
    high: float
    note: str
    tip: str
    is_filled: bool = True


class DotBlock(NamedTuple):
    """Rows under a heading, with a mark at the overall share."""

    heading: str
    overall: float | None
    rows: Sequence[DotRow]
    note: str | None = None


_SCALE = "<span><i>0%</i><i>50%</i><i>100%</i></span></p>"


def dot_plot(blocks: Sequence[DotBlock]) -> str:
    """Return the blocks as HTML, with cells escaped; the first block with a dot has the scale, and on paper each."""
    body: list[str] = []
    has_scale = False
    for block in blocks:
        scale = ""
        if any(row.share is not None for row in block.rows):
            scale = f'<p aria-hidden="true"{" class=nh-printed" if has_scale else ""}>{_SCALE}'
            has_scale = True
        body.append(_block(block, scale=scale))
    return f'<div class="nh-dots">{"".join(body)}</div>'


def _block(block: DotBlock, *, scale: str) -> str:
    note = f"<small>{escape_html(block.note, longest=200)}</small>" if block.note else ""
    overall = f" <small>overall {format_value(block.overall, Unit.SHARE)}</small>" if block.overall is not None else ""
    heading = f"{escape_html(block.heading, longest=400)}{overall}"
    rows = "".join(_row(row, block.overall) for row in block.rows)
    return f"<section><h4>{heading}</h4>{scale}<ul>{rows}</ul>{note}</section>"


def _row(row: DotRow, overall: float | None) -> str:
    name = f"<span>{escape_html(row.label, longest=80)}</span>"
    note = f"<em>{escape_html(row.note, longest=80)}</em>"
    if row.share is None:
        return f'<li class="nh-no-dot">{name}{note}</li>'
    line = f'<u style="left:{row.low:.2%};width:{row.high - row.low:.2%}"></u>' if row.high > row.low else ""
    mark = f'<s style="left:{overall:.2%}"></s>' if overall is not None else ""
    look = "nh-dot" if row.is_filled else "nh-dot nh-hollow"
    dot = f'<span class="{look}" style="left:{row.share:.2%}"></span>'
    tip = escape_html(f"{single_line(row.label, longest=80)}: {row.tip}")
    return f'<li title="{tip}">{name}<i aria-hidden="true">{line}{mark}{dot}</i>{note}</li>'
