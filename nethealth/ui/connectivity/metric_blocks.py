"""The pieces that the reading is printed with: figures with their meaning, shapes in a row, bars, reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import streamlit as st

from nethealth.metric import Unit
from nethealth.network import NetworkType, TypologyResult
from nethealth.network.charts.typology_pictures import WHAT_IT_SHOWS, shape_picture
from nethealth.network.tables.hub_removal import ReachBar
from nethealth.network.tables.metrics import MetricEntry
from nethealth.network.tables.typology import NAMES
from nethealth.presentation.formatting import escape_html, format_value
from nethealth.presentation.palette import DARK, LIGHT, Palette
from nethealth.presentation.sparkline import as_image_source
from nethealth.ui import components as ui

WIDE_ENOUGH = 0.09
"""A part of a bar that is narrower than this has no room for its figure; the words beside it say it."""
EVERY_ROW = 60
"""Tables whose rows are known and few are shown whole."""


def dress_reading() -> None:
    """The look of what follows."""
    st.html(f"<style>{_style()}</style>")


@cache
def _style() -> str:
    near = f"--nh-near:light-dark({LIGHT.leanings[0]},{DARK.leanings[0]});"
    css = (Path(__file__).parent / "reading.css").read_text(encoding="utf-8")
    return f'[data-testid="stApp"]{{{near}}}\n{css}'


def lead(sentences: Iterable[str]) -> None:
    """What one should read first."""
    st.html(f'<div class="nh-lead">{"".join(f"<p>{escape_html(each)}</p>" for each in sentences)}</div>')


def quiet(text: str) -> None:
    """A note beneath, or a word on what something does not mean."""
    st.html(f'<p class="nh-quiet nh-note">{escape_html(text)}</p>')


def band(text: str) -> None:
    """What one must know before one reads on."""
    st.html(f'<div class="nh-band" role="note"><p>{escape_html(text)}</p></div>')


def entries(listed: Sequence[MetricEntry], *, title: str | None = None) -> None:
    """Figures with their reading, two in a row, on a phone one beneath the other; more of each a click away."""
    head = f'<h3 class="nh-group">{escape_html(title)}</h3>' if title else ""
    st.html(f'{head}<dl class="nh-reads">{"".join(map(_entry, listed))}</dl>')


def _entry(entry: MetricEntry) -> str:
    notes = "".join(f"<span>{escape_html(note)}</span>" for note in (entry.beside, entry.moved, entry.estimate) if note)
    undefined = f"<dd>{escape_html(entry.undefined)}</dd>" if entry.is_undefined else ""
    return (
        f'<div class="nh-read"><dt>{escape_html(entry.label)}</dt><dd class="nh-value">{escape_html(entry.value)}</dd>'
        f"{f'<dd class=nh-notes>{notes}</dd>' if notes else ''}"
        f"{f'<dd class=nh-range>{escape_html(entry.range)}</dd>' if entry.range else ''}"
        f"{undefined}<dd>{escape_html(entry.reading)}</dd>"
        f"<dd><details><summary>What it does not mean</summary><p>{escape_html(entry.not_meaning)}</p>"
        f"<p><em>{escape_html(entry.question)}</em> {escape_html(entry.undefined)} "
        f"After {escape_html(entry.source)}.</p></details></dd></div>"
    )


def shapes(found: TypologyResult) -> None:
    """The four shapes as drawings in a row, with the one that the network has, or may have, marked."""
    colors = DARK if st.context.theme.type == "dark" else LIGHT
    st.html(f'<ol class="nh-shapes">{"".join(_shape(shape, found, colors) for shape in NetworkType)}</ol>')


def _shape(shape: NetworkType, found: TypologyResult, colors: Palette) -> str:
    mark = "This network" if shape is found.network_type else "Perhaps this" if shape in found.tied_types else ""
    chosen = ' class="nh-this"' if shape is found.network_type else ' class="nh-perhaps"' if mark else ""
    source = as_image_source(shape_picture(shape, palette=colors, is_marked=bool(mark)))
    alt = escape_html(f"{NAMES[shape]}: {WHAT_IT_SHOWS[shape]}")
    return f'<li{chosen}><img src="{source}" alt="{alt}"><b>{escape_html(NAMES[shape])}</b><small>{mark}</small></li>'


def reasons(told: Sequence[tuple[bool, str]]) -> None:
    """What speaks for something and what against it."""
    items = "".join(
        f'<li class="{"nh-for" if speaks else "nh-against"}"><span>{"For:" if speaks else "Against:"}</span> '
        f"{escape_html(reason)}</li>"
        for speaks, reason in told
    )
    st.html(f'<ul class="nh-reasons">{items}</ul>')


def advice(points: Sequence[tuple[str, str]]) -> None:
    """What usually helps next, named where there are several."""
    several = len(points) > 1
    told = "".join(
        f"<p>{f'<b>{escape_html(name)}.</b> ' if several else ''}{escape_html(text)}</p>" for name, text in points
    )
    st.html(f'<div class="nh-next"><h3>What usually helps next</h3>{told}</div>')


def reach_bars(told: Sequence[ReachBar], *, current: str) -> None:
    """A bar a wave: of the pairs who reach each other, who would as directly, by a longer way, no more."""
    legend = (
        '<ul class="nh-legend" aria-hidden="true"><li><i class="nh-near"></i>as directly as now</li>'
        '<li><i class="nh-longer"></i>by a longer way</li><li><i class="nh-cut"></i>no more</li></ul>'
    )
    rows = "".join(_bar(bar, is_current=bar.label == current and len(told) > 1) for bar in told)
    st.html(f'{legend}<div class="nh-reach">{rows}</div>')


def _bar(bar: ReachBar, *, is_current: bool) -> str:
    parts = (("nh-near", bar.as_near), ("nh-longer", bar.longer), ("nh-cut", bar.cut_off))
    cells = "".join(
        f'<i class="{kind}" style="width:{share:.2%}">{_written(share)}</i>' for kind, share in parts if share > 0
    )
    label = escape_html(bar.label, longest=60)
    label = f"<b>{label}</b>" if is_current else label
    return (
        f'<p aria-hidden="true">{label}<small>{escape_html(bar.role.value)}</small></p>'
        f'<div class="nh-reached" role="img" aria-label="{escape_html(bar.in_words)}">{cells}</div>'
    )


def _written(share: float) -> str:
    return format_value(share, Unit.SHARE) if share >= WIDE_ENOUGH else ""


def side_by_side(rows: Sequence[ui.Row], *, alt: str) -> None:
    """A few figures with what they would be otherwise, in a table narrow enough to read across, on a phone too."""
    if not rows:
        return
    heads = "".join(f'<th scope="col">{escape_html(header)}</th>' for header in rows[0])
    body = "".join(f"<tr>{_cells(list(row.values()))}</tr>" for row in rows)
    st.html(
        f'<table class="nh-sides" aria-label="{escape_html(alt)}"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _cells(values: Sequence[object]) -> str:
    first, *others = (escape_html(value) for value in values)
    return f'<th scope="row">{first}</th>{"".join(f"<td>{other}</td>" for other in others)}'


def names(listed: Sequence[str]) -> None:
    """People by name, in columns."""
    st.html(f'<ul class="nh-places">{"".join(f"<li>{escape_html(name)}</li>" for name in listed)}</ul>')
