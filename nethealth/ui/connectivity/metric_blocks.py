"""The building blocks of the Metrics tab: metrics with their meaning, type pictures, bars, and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import streamlit as st

from nethealth.metric import Unit
from nethealth.network.analysis.typology import TypologyResult
from nethealth.network.analysis.typology_thresholds import NetworkType
from nethealth.network.charts.typology_pictures import ALT_TEXTS, type_picture
from nethealth.network.tables.hub_removal import ROLE_LABELS, ReachBar
from nethealth.network.tables.metrics import MetricEntry
from nethealth.network.tables.typology import NAMES
from nethealth.presentation.formatting import escape_html, format_value
from nethealth.presentation.palette import DARK, LIGHT, Palette
from nethealth.presentation.sparkline import image_source
from nethealth.presentation.table import Row

NUMBER_FROM = 0.09
"""Share of a bar from which a segment has room for its number; its text for screen readers has all numbers."""


def inject_styles() -> None:
    """Add the styles of these blocks to the page."""
    st.html(f"<style>{_style()}</style>")


@cache
def _style() -> str:
    near = f"--nh-near:light-dark({LIGHT.leanings[0]},{DARK.leanings[0]});"
    css = (Path(__file__).parent / "metric_blocks.css").read_text(encoding="utf-8")
    return f'[data-testid="stApp"]{{{near}}}\n{css}'


def paragraph(text: str) -> None:
    """Show a paragraph."""
    st.html(f'<p class="nh-note">{escape_html(text)}</p>')


def muted(text: str) -> None:
    """Show a note."""
    st.html(f'<p class="nh-quiet nh-note">{escape_html(text)}</p>')


def band(text: str) -> None:
    """Show what readers must know first."""
    st.html(f'<div class="nh-band" role="note"><p>{escape_html(text)}</p></div>')


def entries(listed: Sequence[MetricEntry], *, title: str | None = None) -> None:
    """Show metrics with their meaning, two in a row (one on a phone), with details folded."""
    head = f'<h3 class="nh-topic">{escape_html(title)}</h3>' if title else ""
    st.html(f'{head}<dl class="nh-entries">{"".join(map(_entry, listed))}</dl>')


def _entry(entry: MetricEntry) -> str:
    facts = (entry.context, entry.change, entry.estimate)
    notes = "".join(f"<span>{escape_html(fact)}</span>" for fact in facts if fact)
    undefined = f"<dd>{escape_html(entry.undefined)}</dd>" if entry.is_undefined else ""
    return (
        f'<div class="nh-entry"><dt>{escape_html(entry.label)}</dt><dd class="nh-value">{escape_html(entry.value)}</dd>'
        f"{f'<dd class=nh-notes>{notes}</dd>' if notes else ''}"
        f"{f'<dd class=nh-range>{escape_html(entry.range)}</dd>' if entry.range else ''}"
        f"{undefined}<dd>{escape_html(entry.reading)}</dd>"
        f"<dd><details><summary>Details</summary><p><em>{escape_html(entry.question)}</em></p>"
        f"<p>What it doesn’t mean: {escape_html(entry.not_meaning)}</p>"
        f"<p>{escape_html(f'{entry.undefined} Source: {entry.source}.'.lstrip())}</p></details></dd></div>"
    )


def type_pictures(result: TypologyResult) -> None:
    """Show the four network types as pictures in a row, with this network's type, or possible types, marked."""
    colors = DARK if st.context.theme.type == "dark" else LIGHT
    st.html(f'<ol class="nh-types">{"".join(_type_picture(each, result, colors) for each in NetworkType)}</ol>')


def _type_picture(each: NetworkType, result: TypologyResult, colors: Palette) -> str:
    mark = "This network" if each is result.network_type else "Possibly" if each in result.tied_types else ""
    css_class = ' class="nh-this"' if each is result.network_type else ' class="nh-possible"' if mark else ""
    source = image_source(type_picture(each, palette=colors, is_marked=bool(mark)))
    alt, name = escape_html(f"{NAMES[each]}: {ALT_TEXTS[each]}"), escape_html(NAMES[each])
    return f'<li{css_class}><img src="{source}" alt="{alt}"><b>{name}</b><small>{mark}</small></li>'


def reasons(listed: Sequence[tuple[bool, str]]) -> None:
    """Show which signs are here and which are not."""
    items = "".join(
        f'<li class="{"nh-for" if is_here else "nh-against"}"><span>{"Yes:" if is_here else "No:"}</span> '
        f"{escape_html(reason)}</li>"
        for is_here, reason in listed
    )
    st.html(f'<ul class="nh-reasons">{items}</ul>')


def next_steps(steps: Sequence[tuple[str, str]]) -> None:
    """Show what usually helps next, with the type's name if there are several."""
    several = len(steps) > 1
    paragraphs = "".join(
        f"<p>{f'<b>{escape_html(name)}.</b> ' if several else ''}{escape_html(text)}</p>" for name, text in steps
    )
    st.html(f'<div class="nh-next"><h3>What usually helps next</h3>{paragraphs}</div>')


def reach_bars(bars: Sequence[ReachBar], *, current: str) -> None:
    """Show a bar per wave: the pairs who would be as near, farther, or cut off without the hub."""
    legend = (
        '<ul class="nh-legend" aria-hidden="true"><li><i class="nh-near"></i>as directly as now</li>'
        '<li><i class="nh-longer"></i>by a longer path</li><li><i class="nh-cut"></i>not at all</li></ul>'
    )
    rows = "".join(_bar(bar, is_current=bar.label == current and len(bars) > 1) for bar in bars)
    st.html(f'{legend}<div class="nh-reach">{rows}</div>')


def _bar(bar: ReachBar, *, is_current: bool) -> str:
    parts = (("nh-near", bar.as_near), ("nh-longer", bar.longer), ("nh-cut", bar.cut_off))
    cells = "".join(
        f'<i class="{kind}" style="width:{share:.2%}">{_number(share)}</i>' for kind, share in parts if share > 0
    )
    label = escape_html(bar.label, longest=60)
    label = f"<b>{label}</b>" if is_current else label
    return (
        f'<p aria-hidden="true">{label}<small>{escape_html(ROLE_LABELS[bar.role])}</small></p>'
        f'<div class="nh-segments" role="img" aria-label="{escape_html(bar.alt)}">{cells}</div>'
    )


def _number(share: float) -> str:
    return format_value(share, Unit.SHARE) if share >= NUMBER_FROM else ""


def comparison_table(rows: Sequence[Row], *, alt: str) -> None:
    """Show a few metrics in two versions, in a table narrow enough for a phone."""
    if not rows:
        return
    heads = "".join(f'<th scope="col">{escape_html(header)}</th>' for header in rows[0])
    body = "".join(f"<tr>{_cells(list(row.values()))}</tr>" for row in rows)
    st.html(
        f'<table class="nh-comparison" aria-label="{escape_html(alt)}"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _cells(values: Sequence[object]) -> str:
    first, *others = (escape_html(value) for value in values)
    return f'<th scope="row">{first}</th>{"".join(f"<td>{other}</td>" for other in others)}'


def names(listed: Sequence[str]) -> None:
    """Show names in columns."""
    st.html(f'<ul class="nh-places">{"".join(f"<li>{escape_html(name)}</li>" for name in listed)}</ul>')
