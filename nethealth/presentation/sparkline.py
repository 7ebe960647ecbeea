"""Sparklines: small lines that show how a metric moved, as pictures without a chart library or a script."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from nethealth.presentation.palette import DARK, SEQUENCE

WIDTH, HEIGHT = 144, 42
_MARGIN = 5.0
LINE, LINE_IN_DARK = SEQUENCE[5], DARK.accent
"""Marigold, dark enough on a light page for a thin line: at least 3 to 1."""
_STYLE = f"<style>@media(prefers-color-scheme:dark){{g{{stroke:{LINE_IN_DARK}}}circle{{fill:{LINE_IN_DARK}}}}}</style>"


def sparkline(values: Sequence[float | None], *, from_zero: bool = False) -> str | None:
    """Return the values as an SVG line of 144 by 42 pixels, oldest first, with a dot on the latest and gaps for None.

    The line fills the height between the smallest and the largest value; if all are equal it runs in the middle. If
    `from_zero`, its height is in proportion to the values instead, so a small change looks small.
    None with fewer than two values, since one point shows no movement.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    low, high = min(known), max(known)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    step = (WIDTH - 2 * _MARGIN) / (len(values) - 1)

    def at(place: int, value: float) -> tuple[float, float]:
        share = (value - low) / (high - low) if high > low else 0.5
        return round(_MARGIN + place * step, 1), round(HEIGHT - _MARGIN - share * (HEIGHT - 2 * _MARGIN), 1)

    points = [None if value is None else at(place, value) for place, value in enumerate(values)]
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    lines = "".join(f'<polyline points="{" ".join(f"{x:g},{y:g}" for x, y in run)}"/>' for run in runs if len(run) > 1)
    x, y = next(point for point in reversed(points) if point is not None)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'{_STYLE}<g fill="none" stroke="{LINE}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round">'
        f'{lines}</g><circle cx="{x:g}" cy="{y:g}" r="3.5" fill="{LINE}"/></svg>'
    )


def image_source(svg: str) -> str:
    """Return the picture as an image address: nothing is fetched, and nothing in it can run."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
