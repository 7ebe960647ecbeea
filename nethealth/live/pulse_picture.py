"""The picture of a pulse: each statement with the answers to it, and those at another moment below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nethealth.live.pulse import StatementAnswers
from nethealth.presentation.formatting import escape_html, pluralize
from nethealth.presentation.palette import DARK, LIGHT
from nethealth.privacy.suppression import TooFew
from nethealth.workbook.schema.vocabulary import AGREEMENT

_SHADES: Final = (0, 2, 4, -3, -1)
LABELS: Final = tuple(label for _, label in AGREEMENT.points)


def pulse_picture(statements: Sequence[tuple[StatementAnswers, StatementAnswers | None]]) -> str:
    """Return each statement's answers as one bar, with the answers to compare with as a thinner one below."""
    key = "".join(f'<li><i style="--c:{_color(step)}"></i>{label}</li>' for step, label in enumerate(LABELS))
    rows = "".join(_statement(now, other) for now, other in statements)
    return f'<div class="nh-pulse"><ul class="nh-key">{key}</ul>{rows}</div>'


def _statement(now: StatementAnswers, other: StatementAnswers | None) -> str:
    text = escape_html(now.statement, longest=160)
    if isinstance(now.counts, TooFew):
        hidden = f"Hidden ({escape_html(now.counts)} people answered)"
        return f'<section><h2>{text}</h2><p class="nh-hidden">{hidden}</p></section>'
    below = ""
    if other is not None and not isinstance(other.counts, TooFew):
        name = escape_html(_short_title(other, now), longest=100)
        below = f'<div class="nh-earlier"><span>{name}: {agreement_text(other.counts)}</span>{_bar(other.counts)}</div>'
    return f"<section><h2>{text}</h2>{_bar(now.counts)}<p>{agreement_text(now.counts)}</p>{below}</section>"


def _short_title(other: StatementAnswers, now: StatementAnswers) -> str:
    """Return the other moment, with its session's name only if that is another one."""
    is_same = other.session == now.session
    return other.moment.value if is_same and other.moment is not None else other.title


def agreement_text(counts: Sequence[int]) -> str:
    """Return how many people agree, such as `18 of 24 people agree`."""
    return f"{counts[3] + counts[4]:,} of {pluralize(sum(counts), 'person', 'people')} agree"


def _bar(counts: Sequence[int]) -> str:
    words = ", ".join(f"{label}: {count:,}" for label, count in zip(LABELS, counts, strict=True))
    parts = "".join(
        f'<i style="--n:{count};--c:{_color(step)};--t:{_text_color(step)}">{count:,}</i>'
        for step, count in enumerate(counts)
        if count
    )
    return f'<div class="nh-stack" role="img" aria-label="{words}">{parts}</div>'


def _color(step: int) -> str:
    shade = _SHADES[step]
    return f"light-dark({LIGHT.diverging[shade]},{DARK.diverging[shade]})"


def _text_color(step: int) -> str:
    """Return a color that is easy to read on a step's own."""
    dark_page = DARK.paper if step in (0, 1, 3, 4) else DARK.ink
    return f"light-dark({'#ffffff' if step in (0, 4) else LIGHT.ink},{dark_page})"
