"""Text in charts: escaped, cut or wrapped to fit a phone, and laid out in pixels so that nothing overlaps.

A chart doesn't know how wide its page is, so a label that needs its own line gets one: rows run from top to bottom, and
one unit of the vertical axis is one pixel.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from nethealth.presentation import palette
from nethealth.presentation.formatting import single_line

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

LINE = 18
"""Pixels from one line of a label to the next."""
PHONE = 46
"""Characters of a label that fit a phone's width."""


def chart_text(text: str, *, longest: int = PHONE) -> str:
    """Return a cell's text for a chart: one line, cut at `longest` characters, without markup."""
    return html.escape(single_line(text, longest=longest), quote=False)


def wrap_text(text: str, *, width: int = PHONE, lines: int = 3) -> list[str]:
    """Return a cell's text as at most `lines` escaped lines of `width` characters; the rest is cut."""
    found = textwrap.wrap(
        single_line(text, longest=width * lines * 2),
        width=width,
        max_lines=lines,
        placeholder=" …",
        break_on_hyphens=False,
    )
    return [html.escape(line, quote=False) for line in found] or [""]


class ChartBuilder:
    """Collects what a chart shows and makes the figure in one go.

    plotly validates a whole figure again whenever something is added, which takes seconds for a hundred labels.
    """

    def __init__(self) -> None:
        self._traces: list[Any] = []
        self._shapes: list[dict[str, Any]] = []
        self._annotations: list[dict[str, Any]] = []
        self._lines: dict[tuple[float, float, str], list[tuple[float, str]]] = {}

    def add_trace(self, trace: Any) -> None:
        """Add a plotly trace."""
        self._traces.append(trace)

    def add_shape(self, **shape: Any) -> None:
        """Add a line or a box, described as in plotly's layout."""
        self._shapes.append(shape)

    def add_annotation(self, **annotation: Any) -> None:
        """Add an annotation, described as in plotly's layout."""
        self._annotations.append(annotation)

    def write(self, text: str, *, y: float, x: float, size: float, color: str) -> None:
        """Add a line of text at `y`, from the left edge (`x` 0) or aligned to the right one (`x` 1)."""
        self._lines.setdefault((x, size, color), []).append((y, text))

    def figure(self, *, columns: tuple[float, float], **layout: Any) -> Figure:
        """Return the figure with this layout; the horizontal axis spans `columns`."""
        from plotly.graph_objects import Figure, Scatter

        # Lines that look alike are one trace, which a browser draws in a fraction of the time annotations take.
        texts = [
            Scatter(
                mode="text",
                x=[columns[1 if x else 0]] * len(lines),
                y=[y for y, _ in lines],
                text=[text for _, text in lines],
                textposition="bottom left" if x else "bottom right",
                textfont={"size": size, "color": color},
                hoverinfo="skip",
                showlegend=False,
            )
            for (x, size, color), lines in self._lines.items()
        ]
        return Figure([*self._traces, *texts], {"shapes": self._shapes, "annotations": self._annotations, **layout})


def write_lines(
    builder: ChartBuilder, lines: Iterable[str], *, y: float, x: float = 0, size: float = 14, color: str = palette.INK
) -> None:
    """Add lines of text from `y` pixels down, from the left edge (`x` 0) or aligned to the right one (`x` 1)."""
    for place, line in enumerate(lines):
        builder.write(line, y=y + place * LINE, x=x, size=size, color=color)


def figure_in_pixels(builder: ChartBuilder, *, height: float, columns: tuple[float, float]) -> Figure:
    """Return the figure with hidden axes: 0 to `height` pixels down, `columns` across."""
    return builder.figure(
        columns=columns,
        yaxis={"range": [height, 0], "visible": False, "showgrid": False},
        xaxis={"range": list(columns), "visible": False, "showgrid": False},
        showlegend=False,
        barmode="overlay",
    )


def join_names(names: Sequence[str]) -> str:
    """Return `a`, `a and b`, or `a, b, and c`."""
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"
