"""Words in charts: made harmless, cut or wrapped to what a phone holds, and laid out in pixels so that none overlap.

A chart does not know how wide its page is. What needs a line of its own therefore gets one: rows are laid out from top
to bottom with one unit of the vertical axis for a pixel.
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
"""Characters of a label that a phone's width holds."""


def chart_text(text: str, *, longest: int = PHONE) -> str:
    """A text from a cell for a chart: on one line, cut at `longest` characters, with nothing in it read as markup."""
    return html.escape(single_line(text, longest=longest), quote=False)


def wrapped(text: str, *, width: int = PHONE, lines: int = 3) -> list[str]:
    """A text from a cell as at most `lines` lines of `width` characters, the rest cut, each harmless in a chart."""
    found = textwrap.wrap(
        single_line(text, longest=width * lines * 2),
        width=width,
        max_lines=lines,
        placeholder=" …",
        break_on_hyphens=False,
    )
    return [html.escape(line, quote=False) for line in found] or [""]


class LabelDrawing:
    """A chart in the making: what is drawn and written on it is gathered, and becomes a figure in one go.

    plotly checks everything on a figure again whenever one thing is added, which for a hundred words takes seconds.
    """

    def __init__(self) -> None:
        self._traces: list[Any] = []
        self._shapes: list[dict[str, Any]] = []
        self._annotations: list[dict[str, Any]] = []
        self._lines: dict[tuple[float, float, str], list[tuple[float, str]]] = {}

    def add_trace(self, trace: Any) -> None:
        """Draw one of plotly's traces."""
        self._traces.append(trace)

    def add_shape(self, **shape: Any) -> None:
        """Draw a line or a box, as plotly's layout describes it."""
        self._shapes.append(shape)

    def add_annotation(self, **annotation: Any) -> None:
        """Write something, as plotly's layout describes it."""
        self._annotations.append(annotation)

    def write(self, text: str, *, y: float, x: float, size: float, color: str) -> None:
        """Write a line at `y` from the left edge (`x` 0), or up to the right one (`x` 1)."""
        self._lines.setdefault((x, size, color), []).append((y, text))

    def figure(self, *, columns: tuple[float, float], **layout: Any) -> Figure:
        """What was gathered as a figure, with this layout; across it goes over `columns`."""
        from plotly.graph_objects import Figure, Scatter

        # Lines of one kind are one trace: a browser draws those in a fraction of the time that annotations take.
        words = [
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
        return Figure([*self._traces, *words], {"shapes": self._shapes, "annotations": self._annotations, **layout})


def write(
    drawing: LabelDrawing, lines: Iterable[str], *, y: float, x: float = 0, size: float = 14, color: str = palette.INK
) -> None:
    """Write lines from `y` pixels from the top down, from the left edge (`x` 0) or up to the right one (`x` 1)."""
    for place, line in enumerate(lines):
        drawing.write(line, y=y + place * LINE, x=x, size=size, color=color)


def in_pixels(drawing: LabelDrawing, *, height: float, columns: tuple[float, float]) -> Figure:
    """The drawing as a figure whose axes nobody sees: down in pixels from 0 to `height`, across over `columns`."""
    return drawing.figure(
        columns=columns,
        yaxis={"range": [height, 0], "visible": False, "showgrid": False},
        xaxis={"range": list(columns), "visible": False, "showgrid": False},
        showlegend=False,
        barmode="overlay",
    )


def joined(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
