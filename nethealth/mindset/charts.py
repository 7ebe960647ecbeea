"""Charts of the mindset reflection: quiet profiles, two hues of equal weight, and no number that could be a mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from nethealth.mindset.metrics import SessionMindset, latest_first, summarize_mindset
from nethealth.presentation import palette
from nethealth.presentation.chart_labels import LINE, LabelDrawing, chart_text, in_pixels, joined, wrapped, write
from nethealth.presentation.chart_style import apply_chart_style
from nethealth.presentation.formatting import pluralize
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, PAIRS, Pair

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

STEPS = (palette.DIVERGING[0], palette.DIVERGING[2], palette.QUIET, palette.DIVERGING[-3], palette.DIVERGING[-1])
"""A colour for each step between the two statements: as strong at either end."""
STEP_WORDS = (
    "strongly to the left",
    "somewhat to the left",
    "in between",
    "somewhat to the right",
    "strongly to the right",
)
TALLEST = 46
GAP = 26
STATEMENT = 22
"""Characters of a statement on a line: two of them stand side by side on a phone."""


def profile_heading(session: SessionMindset) -> str:
    """What the profile shows, as a sentence: where people stand furthest apart, which is what to talk about."""
    apart = [pair.pair.column for pair in session.pairs if _stands_apart(pair.distribution)]
    people = pluralize(session.n, "person", "people")
    if not apart:
        return f"How {people} see the organization"
    return f"How {people} see the organization: they stand at both ends on {joined([name.lower() for name in apart])}"


def _stands_apart(distribution: tuple[int, ...] | TooFew) -> bool:
    """Whether at least a fifth of the people stand at each of the two sides' ends."""
    if isinstance(distribution, TooFew) or not sum(distribution):
        return False
    return min(distribution[0], distribution[4]) * 5 >= sum(distribution)


def profile_text(session: SessionMindset) -> str:
    """The profile for those who do not see it: people at each of the five steps, pair by pair."""
    told = []
    for pair in session.pairs:
        poles = f"{pair.pair.hierarchical} to {pair.pair.network}"
        shown = pair.distribution
        counts = "held back, too few answered" if isinstance(shown, TooFew) else ", ".join(str(n) for n in shown)
        told.append(f"{poles}: {counts}")
    return f"{session.title}, {pluralize(session.n, 'person', 'people')}. " + "; ".join(told) + "."


def session_figures(workbook: Workbook, *, title: str) -> tuple[Figure, Figure | None]:
    """The profile of the session of that title, and what rose to the top in it (None where nothing is shown)."""
    session = next(session for session in latest_first(summarize_mindset(workbook)) if session.title == title)
    return profile(session), rose_to_the_top(session)


def profile(session: SessionMindset) -> Figure:
    """Seven rows, one a pair: the two statements above, and between them a column for each of the five steps.

    A column's height is the number of people who stand there. A pair that too few answered says so.
    """
    from plotly.graph_objects import Bar

    drawing = LabelDrawing()
    shown = [pair.distribution for pair in session.pairs if not isinstance(pair.distribution, TooFew)]
    most = max([1, *(max(counts) for counts in shown)])
    base: list[float] = []
    heights: list[float] = []
    numbers: list[int] = []
    y: float = 0
    for pair in session.pairs:
        y = _statements(drawing, pair.pair, y=y)
        if isinstance(pair.distribution, TooFew):
            write(drawing, [f"{pair.distribution} answered: held back"], y=y + 4, size=13, color=palette.MUTED)
            y += LINE + GAP
            continue
        foot = y + TALLEST + LINE
        for step, count in enumerate(pair.distribution):
            base.append(foot)
            heights.append(-count / most * TALLEST)
            numbers.append(count)
            if count:
                top = foot - count / most * TALLEST
                drawing.add_annotation(
                    text=str(count),
                    x=step + 1,
                    y=top,
                    yanchor="bottom",
                    showarrow=False,
                    borderpad=0,
                    font={"size": 12, "color": palette.MUTED},
                )
        line = {"color": palette.QUIET, "width": 1}
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
                f"{pluralize(count, 'person', 'people')}: {STEP_WORDS[step - 1]}"
                for step, count in zip(steps, numbers, strict=True)
            ],
        )
    )
    figure = in_pixels(drawing, height=y, columns=(0.5, 5.5))
    return apply_chart_style(figure, height=round(y) + 8)


def own_profile_text(positions: Sequence[int | None]) -> str:
    """One's own profile for those who do not see it."""
    told = [
        f"{pair.hierarchical} or {pair.network}: {STEP_WORDS[position - 1] if position else 'not placed yet'}"
        for pair, position in zip(PAIRS, positions, strict=True)
    ]
    return "; ".join(told) + "."


def own_profile(positions: Sequence[int | None]) -> Figure:
    """One's own seven leanings: a mark on a line of five steps for each pair; a pair not placed yet has no mark."""
    from plotly.graph_objects import Scatter

    drawing = LabelDrawing()
    placed: list[tuple[int, float]] = []
    y: float = 0
    for pair, position in zip(PAIRS, positions, strict=True):
        y = _statements(drawing, pair, y=y) + 12
        line = {"color": palette.QUIET, "width": 1}
        drawing.add_shape(type="line", x0=0.6, x1=5.4, y0=y, y1=y, line=line, layer="below")
        drawing.add_trace(
            Scatter(
                mode="markers",
                x=[1, 2, 3, 4, 5],
                y=[y] * 5,
                hoverinfo="skip",
                marker={"color": palette.QUIET, "size": 5},
            )
        )
        if position:
            placed.append((position, y))
        y += GAP
    drawing.add_trace(
        Scatter(
            mode="markers",
            x=[step for step, _ in placed],
            y=[place for _, place in placed],
            hoverinfo="text",
            hovertext=[STEP_WORDS[step - 1] for step, _ in placed],
            marker={"color": [STEPS[step - 1] for step, _ in placed], "size": 18, "opacity": 1},
        )
    )
    figure = in_pixels(drawing, height=y, columns=(0.5, 5.5))
    return apply_chart_style(figure, height=round(y) + 8)


def rose_heading(session: SessionMindset) -> str:
    """What rose to the top, as a sentence."""
    top = session.rose_to_the_top
    if isinstance(top, TooFew) or not top:
        return "What rose to the top"
    most = max(top.values())
    named = [name for name, count in top.items() if count == most]
    return f"Named most: {joined(named[:3])}"


def rose_text(session: SessionMindset) -> str:
    """The same for those who do not see the chart."""
    top = session.rose_to_the_top
    if isinstance(top, TooFew):
        return f"{top} named any: held back."
    told = [f"{name} {count}" for name, count in sorted(top.items(), key=lambda item: -item[1])]
    return f"{rose_heading(session)}. {', '.join(told)}."


def rose_note(session: SessionMindset) -> str | None:
    """Why there are no bars of what rose to the top; None where there are."""
    top = session.rose_to_the_top
    if isinstance(top, TooFew):
        return f"Held back: {top} named any."
    return None if top else "Nobody named any in this session."


def rose_to_the_top(session: SessionMindset) -> Figure | None:
    """Bars of the characteristics that people named, most often named first; None where there are none to show."""
    from plotly.graph_objects import Bar

    top = session.rose_to_the_top
    if isinstance(top, TooFew) or not top:
        return None
    drawing = LabelDrawing()
    ordered = sorted(top.items(), key=lambda item: (-item[1], CHARACTERISTICS.index(item[0])))
    places = []
    for place, (name, count) in enumerate(ordered):
        y = place * 40
        write(drawing, [chart_text(name)], y=y, size=13)
        write(drawing, [str(count)], y=y, x=1, size=13, color=palette.MUTED)
        places.append(y + LINE + 6)
    networks = {pair.network for pair in PAIRS}
    drawing.add_trace(
        Bar(
            orientation="h",
            x=[count for _, count in ordered],
            y=places,
            width=[8] * len(ordered),
            marker={"color": [STEPS[4] if name in networks else STEPS[0] for name, _ in ordered], "line": {"width": 0}},
            hoverinfo="skip",
        )
    )
    figure = in_pixels(drawing, height=40 * len(ordered), columns=(0, ordered[0][1]))
    return apply_chart_style(figure, height=40 * len(ordered) + 8)


def session_rows(sessions: Sequence[SessionMindset]) -> list[Mapping[str, object]]:
    """Each session's distributions as a table to download; what is held back says so."""
    rows: list[Mapping[str, object]] = []
    for session in sessions:
        for pair in session.pairs:
            shown = pair.distribution
            counts = [shown] * 5 if isinstance(shown, TooFew) else shown
            about = {"Session": session.session, "Moment": session.moment.value if session.moment else None}
            steps = {f"{STEP_WORDS[step].capitalize()}": count for step, count in enumerate(counts)}
            rows.append({**about, "First": pair.pair.hierarchical, "Second": pair.pair.network, **steps})
    return rows


def _statements(drawing: LabelDrawing, pair: Pair, *, y: float) -> float:
    """Both statements in the same size, left and right, each in its hue; returns where the row goes on."""
    left, right = wrapped(pair.hierarchical, width=STATEMENT), wrapped(pair.network, width=STATEMENT)
    write(drawing, left, y=y, size=13, color=palette.LEANINGS[0])
    write(drawing, right, y=y, x=1, size=13, color=palette.LEANINGS[1])
    return y + LINE * max(len(left), len(right))
