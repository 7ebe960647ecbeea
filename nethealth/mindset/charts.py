"""Charts of the mindset reflection: two hues of equal weight, and no number that could be read as a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from nethealth.mindset.metrics import SessionMindset, is_split, latest_first, summarize_mindset
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import (
    LINE,
    ChartBuilder,
    chart_text,
    figure_in_pixels,
    join_names,
    wrap_text,
    write_lines,
)
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import pluralize
from nethealth.presentation.table import Format, Table
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, PAIRS, Pair

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

STEPS = (palette.DIVERGING[0], palette.DIVERGING[2], palette.FAINT, palette.DIVERGING[-3], palette.DIVERGING[-1])
"""A color for each step between the two statements, equally strong at both ends."""
STEP_LABELS = (
    "much closer to the left",
    "closer to the left",
    "in the middle",
    "closer to the right",
    "much closer to the right",
)
TEXT_COLUMNS = ("Session", "Moment", "Left statement", "Right statement")
STEP_COLUMNS = tuple(label.capitalize() for label in STEP_LABELS)
MAX_BAR_HEIGHT = 46
GAP = 26
STATEMENT_WIDTH = 22
"""Characters per line of a statement: two fit side by side on a phone."""


def profile_heading(session: SessionMindset) -> str:
    """Return where people differ most, which is what to talk about."""
    split = [pair.pair.column.lower() for pair in session.pairs if is_split(pair.distribution)]
    people = pluralize(session.n, "person sees", "people see")
    return f"How {people} the organization" + (f": they differ most on {join_names(split)}" if split else "")


def profile_text(session: SessionMindset) -> str:
    """Return the profile's alt text: the number of people at each of the five steps, pair by pair."""
    items = []
    for pair in session.pairs:
        distribution = pair.distribution
        if isinstance(distribution, TooFew):
            counts = "hidden (too few people)"
        else:
            counts = ", ".join(str(n) for n in distribution)
        items.append(f"{pair.pair.hierarchical} to {pair.pair.network}: {counts}")
    return f"{session.title}, {pluralize(session.n, 'person', 'people')}. {'; '.join(items)}."


def session_figures(workbook: Workbook, *, title: str) -> tuple[Figure, Figure | None]:
    """Return a session's profile and what rose to the top (None if there is nothing to show)."""
    session = next(session for session in latest_first(summarize_mindset(workbook)) if session.title == title)
    return profile(session), rose_to_the_top(session)


def profile(session: SessionMindset) -> Figure:
    """Return seven rows, one per pair: the two statements above a column for each of the five steps.

    A column's height is the number of people at that step. A hidden pair says so.
    """
    from plotly.graph_objects import Bar

    drawing = ChartBuilder()
    visible = [pair.distribution for pair in session.pairs if not isinstance(pair.distribution, TooFew)]
    most = max([1, *(max(counts) for counts in visible)])
    base: list[float] = []
    heights: list[float] = []
    numbers: list[int] = []
    y: float = 0
    for pair in session.pairs:
        y = _statements(drawing, pair.pair, y=y)
        if isinstance(pair.distribution, TooFew):
            hidden = f"Hidden ({pair.distribution} people answered)"
            write_lines(drawing, [hidden], y=y + 4, size=13, color=palette.MUTED)
            y += LINE + GAP
            continue
        foot = y + MAX_BAR_HEIGHT + LINE
        for step, count in enumerate(pair.distribution):
            base.append(foot)
            heights.append(-count / most * MAX_BAR_HEIGHT)
            numbers.append(count)
            if count:
                top = foot - count / most * MAX_BAR_HEIGHT
                drawing.add_annotation(
                    text=str(count),
                    x=step + 1,
                    y=top,
                    yanchor="bottom",
                    showarrow=False,
                    borderpad=0,
                    font={"size": 13, "color": palette.MUTED},
                )
        line = {"color": palette.FAINT, "width": 1}
        drawing.add_shape(type="line", x0=0.5, x1=5.5, y0=foot, y1=foot, line=line)
        y = foot + GAP
    steps = [place % 5 + 1 for place in range(len(numbers))]
    drawing.add_trace(
        Bar(
            x=steps,
            y=heights,
            base=base,
            width=0.62,
            marker={"color": [STEPS[step - 1] for step in steps], "line": {"width": 0}},
            hoverinfo="text",
            hovertext=[
                f"{pluralize(count, 'person', 'people')}: {STEP_LABELS[step - 1]}"
                for step, count in zip(steps, numbers, strict=True)
            ],
        )
    )
    figure = figure_in_pixels(drawing, height=y, columns=(0.5, 5.5))
    return apply_chart_style(figure, height=round(y) + 8)


def own_profile_text(positions: Sequence[int | None]) -> str:
    """Return the alt text of one person's profile."""
    items = [
        f"{pair.hierarchical} or {pair.network}: {STEP_LABELS[position - 1] if position else 'not placed yet'}"
        for pair, position in zip(PAIRS, positions, strict=True)
    ]
    return f"{'; '.join(items)}."


def own_profile(positions: Sequence[int | None]) -> Figure:
    """Return one person's profile: a marker on a line of five steps per pair, if they placed it."""
    from plotly.graph_objects import Scatter

    drawing = ChartBuilder()
    placed: list[tuple[int, float]] = []
    y: float = 0
    for pair, position in zip(PAIRS, positions, strict=True):
        y = _statements(drawing, pair, y=y) + 12
        line = {"color": palette.FAINT, "width": 1}
        drawing.add_shape(type="line", x0=0.6, x1=5.4, y0=y, y1=y, line=line, layer="below")
        drawing.add_trace(
            Scatter(
                mode="markers",
                x=[1, 2, 3, 4, 5],
                y=[y] * 5,
                hoverinfo="skip",
                marker={"color": palette.FAINT, "size": 5},
            )
        )
        if position:
            placed.append((position, y))
        y += GAP
    drawing.add_trace(
        Scatter(
            mode="markers",
            x=[step for step, _ in placed],
            y=[height for _, height in placed],
            hoverinfo="text",
            hovertext=[STEP_LABELS[step - 1] for step, _ in placed],
            marker={"color": [STEPS[step - 1] for step, _ in placed], "size": 18, "opacity": 1},
        )
    )
    figure = figure_in_pixels(drawing, height=y, columns=(0.5, 5.5))
    return apply_chart_style(figure, height=round(y) + 8)


def rose_heading(session: SessionMindset) -> str:
    """Return the characteristics that most people named, as a heading."""
    top = session.rose_to_the_top
    if isinstance(top, TooFew) or not top:
        return "What rose to the top"
    most = max(top.values())
    return f"Named most often: {join_names([name for name, count in top.items() if count == most][:3])}"


def rose_text(session: SessionMindset) -> str:
    """Return the alt text of what rose to the top."""
    top = session.rose_to_the_top
    if isinstance(top, TooFew):
        return f"Hidden ({top} people named any)."
    counts = [f"{name} {count}" for name, count in sorted(top.items(), key=lambda item: -item[1])]
    return f"{rose_heading(session)}. {', '.join(counts)}."


def rose_note(session: SessionMindset) -> str | None:
    """Return why nothing rose to the top; None if something did."""
    top = session.rose_to_the_top
    if isinstance(top, TooFew):
        return f"Hidden ({top} people named any)"
    return None if top else "No one named any in this session."


def rose_to_the_top(session: SessionMindset) -> Figure | None:
    """Return bars of the characteristics that people named, most often named first; None if there are none to show."""
    from plotly.graph_objects import Bar

    top = session.rose_to_the_top
    if isinstance(top, TooFew) or not top:
        return None
    drawing = ChartBuilder()
    ordered = sorted(top.items(), key=lambda item: (-item[1], CHARACTERISTICS.index(item[0])))
    heights = []
    for index, (name, count) in enumerate(ordered):
        y = index * 40
        write_lines(drawing, [chart_text(name)], y=y, size=13)
        write_lines(drawing, [str(count)], y=y, x=1, size=13, color=palette.MUTED)
        heights.append(y + LINE + 6)
    networks = {pair.network for pair in PAIRS}
    drawing.add_trace(
        Bar(
            orientation="h",
            x=[count for _, count in ordered],
            y=heights,
            width=[8] * len(ordered),
            marker={"color": [STEPS[4] if name in networks else STEPS[0] for name, _ in ordered], "line": {"width": 0}},
            hoverinfo="skip",
        )
    )
    figure = figure_in_pixels(drawing, height=40 * len(ordered), columns=(0, ordered[0][1]))
    return apply_chart_style(figure, height=40 * len(ordered) + 8)


def session_table(sessions: Sequence[SessionMindset]) -> Table:
    """Return each session's distributions as a table to download; hidden ones say "fewer than 5"."""
    rows: list[Mapping[str, object]] = []
    for session in sessions:
        for pair in session.pairs:
            distribution = pair.distribution
            counts = [distribution] * 5 if isinstance(distribution, TooFew) else distribution
            texts = (
                session.session,
                session.moment.value if session.moment else None,
                pair.pair.hierarchical,
                pair.pair.network,
            )
            rows.append(dict(zip([*TEXT_COLUMNS, *STEP_COLUMNS], [*texts, *counts], strict=True)))
    columns = dict.fromkeys(TEXT_COLUMNS, Format.TEXT) | dict.fromkeys(STEP_COLUMNS, Format.NUMBER)
    return Table.of(columns, rows, meanings=dict.fromkeys(STEP_COLUMNS, "How many people placed themselves there."))


def _statements(drawing: ChartBuilder, pair: Pair, *, y: float) -> float:
    """Write both statements in the same size, left and right, each in its hue; return where the row continues."""
    left, right = wrap_text(pair.hierarchical, width=STATEMENT_WIDTH), wrap_text(pair.network, width=STATEMENT_WIDTH)
    write_lines(drawing, left, y=y, size=13, color=palette.LEANINGS[0])
    write_lines(drawing, right, y=y, x=1, size=13, color=palette.LEANINGS[1])
    return y + LINE * max(len(left), len(right))
