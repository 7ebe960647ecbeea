"""Pictures of a session for the screen in a room, as HTML that grows with its text size. No number is a score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nethealth.mindset.charts import STEP_LABELS
from nethealth.mindset.metrics import Distribution, PairLeanings, SessionMindset
from nethealth.mindset.roles import RoleMindset
from nethealth.presentation.formatting import escape_html, pluralize
from nethealth.presentation.palette import DARK, LIGHT
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.schema.vocabulary import CHARACTERISTICS, PAIRS, Moment

MOST_NAMED: Final = 8
"""Characteristics in one picture, the most named first."""
MOST_WORDS: Final = 6
LONGEST_WORDS: Final = 280
_SHADES: Final = (0, 2, None, -3, -1)
"""For each step its place in the diverging colors; the middle is the theme's faint color."""


def step_color(step: int) -> str:
    """Return the color of a step from 0 to 4, for light and for dark pages."""
    shade = _SHADES[step]
    light, dark = (theme.faint if shade is None else theme.diverging[shade] for theme in (LIGHT, DARK))
    return f"light-dark({light},{dark})"


def spread_picture(session: SessionMindset, other: SessionMindset | None = None) -> str:
    """Return how people are spread on each pair: a column for each step, as high as the number of people.

    The columns of an `other` moment hang below, from the same line.
    """
    every = [session, *([other] if other is not None else [])]
    shown = [pair.distribution for each in every for pair in each.pairs if not isinstance(pair.distribution, TooFew)]
    most = max([1, *(max(counts) for counts in shown)])
    others = [None] * len(PAIRS) if other is None else other.pairs
    rows = "".join(
        f"<li><p>{escape_html(pair.pair.hierarchical)}</p>{_columns(pair, below, most)}"
        f"<p>{escape_html(pair.pair.network)}</p></li>"
        for pair, below in zip(session.pairs, others, strict=True)
    )
    legend = ""
    if other is not None:
        legend = (
            f'<p class="nh-which"><span>▲ {_moment(session)} ({session.n:,})</span>'
            f"<span>▽ {_moment(other)} ({other.n:,})</span></p>"
        )
    kind = "nh-spread nh-two" if other is not None else "nh-spread"
    return f'<div class="{kind}">{legend}<ul>{rows}</ul></div>'


def _moment(session: SessionMindset) -> str:
    return (session.moment or Moment.NOW).value


def _columns(pair: PairLeanings, below: PairLeanings | None, most: int) -> str:
    counts, under = pair.distribution, below.distribution if below is not None else None
    if isinstance(counts, TooFew):
        return f'<div class="nh-hidden">Hidden ({escape_html(counts)} people answered)</div>'
    drawn = "".join(_column(step, count, most) for step, count in enumerate(counts))
    if under is None:
        hanging = ""
    elif isinstance(under, TooFew):
        hanging = f'<div class="nh-hidden">Hidden ({escape_html(under)} people answered)</div>'
    else:
        hanging = (
            f'<div class="nh-below">{"".join(_column(step, count, most) for step, count in enumerate(under))}</div>'
        )
    words = spread_text(counts)
    if under is not None and not isinstance(under, TooFew):
        words = f"{words}. At the other moment: {spread_text(under)}"
    return f'<div role="img" aria-label="{escape_html(words)}"><div class="nh-above">{drawn}</div>{hanging}</div>'


def _column(step: int, count: int, most: int) -> str:
    number = f"<b>{count:,}</b>" if count else ""
    return f'<i style="--h:{count / most:.4f};--c:{step_color(step)}">{number}</i>'


def spread_text(counts: Distribution) -> str:
    """Return a distribution in words, for people who don't see it."""
    parts = (f"{pluralize(n, 'person', 'people')} {label}" for n, label in zip(counts, STEP_LABELS, strict=True) if n)
    return ", ".join(parts)


def roles_picture(roles: Sequence[RoleMindset]) -> str:
    """Return how each role is spread on each pair: small columns, a role in each column of a table.

    A column is as high as its share of the role's people, so that large and small roles can be compared.
    """
    head = "".join(f'<th scope="col">{escape_html(each.role, longest=40)} ({each.session.n:,})</th>' for each in roles)
    most = max([0.01, *(share for each in roles for pair in each.session.pairs for share in _shares(pair))])
    rows = []
    for place, pair in enumerate(PAIRS):
        cells = "".join(f"<td>{_small_columns(each.session.pairs[place], most)}</td>" for each in roles)
        rows.append(
            f'<tr><th scope="row"><span>{escape_html(pair.hierarchical)}</span>'
            f"<span>{escape_html(pair.network)}</span></th>{cells}</tr>"
        )
    return f'<table class="nh-roles"><thead><tr><td></td>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _shares(pair: PairLeanings) -> list[float]:
    counts = pair.distribution
    return [] if isinstance(counts, TooFew) or not any(counts) else [count / sum(counts) for count in counts]


def _small_columns(pair: PairLeanings, most: float) -> str:
    counts = pair.distribution
    if isinstance(counts, TooFew):
        return '<span class="nh-hidden">Hidden (too few)</span>'
    drawn = "".join(
        f'<i style="--h:{share / most:.4f};--c:{step_color(step)}"></i>' for step, share in enumerate(_shares(pair))
    )
    return f'<div class="nh-above" role="img" aria-label="{escape_html(spread_text(counts))}">{drawn}</div>'


def top_picture(session: SessionMindset) -> str:
    """Return the characteristics that people named, most often named first."""
    top = session.rose_to_the_top
    if isinstance(top, TooFew):
        return f'<p class="nh-hidden">Hidden ({escape_html(top)} people named any)</p>'
    if not top:
        return '<p class="nh-hidden">No one has named any yet.</p>'
    ordered = sorted(top.items(), key=lambda item: (-item[1], CHARACTERISTICS.index(item[0])))[:MOST_NAMED]
    most = ordered[0][1]
    networks = {pair.network for pair in PAIRS}
    rows = "".join(
        f"<li><span>{escape_html(name)}</span>"
        f'<i style="--w:{count / most:.4f};--c:{step_color(4 if name in networks else 0)}"></i><b>{count:,}</b></li>'
        for name, count in ordered
    )
    return f'<ol class="nh-top">{rows}</ol>'


def words_picture(words: Sequence[str]) -> str:
    """Return what the facilitator chose to show of what people wrote."""
    quotes = "".join(
        f"<blockquote>{escape_html(text, longest=LONGEST_WORDS)}</blockquote>" for text in words[:MOST_WORDS]
    )
    return f'<div class="nh-words">{quotes}</div>'


def questions_picture(questions: Sequence[str]) -> str:
    """Return questions to discuss."""
    return f'<ol class="nh-questions">{"".join(f"<li>{escape_html(question)}</li>" for question in questions)}</ol>'
