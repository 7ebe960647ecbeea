"""A report as one web page that needs nothing else, for reading and printing."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import Final

from nethealth.presentation.formatting import escape_html, format_date
from nethealth.presentation.palette import LIGHT, TEXT_FONTS
from nethealth.report.charts import chart_svg
from nethealth.report.model import Chart, Number, Report, Section, Story

_FONTS: Final = Path(__file__).parent / "fonts"
_STYLE: Final = """
@page { size: auto; margin: 15mm 16mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.25rem; max-width: 46rem; background: #fff; color: INK; font: 16px/1.55 FONTS; }
h1, h2, h3 { font-weight: 600; line-height: 1.2; break-after: avoid; overflow-wrap: anywhere; }
h1 { font-size: 2rem; margin: 0; }
h2 { font-size: 1.35rem; margin: 2.25rem 0 0.5rem; padding-top: 1rem; border-top: 1px solid GRID; }
h3 { font-size: 1.05rem; margin: 0 0 0.25rem; }
p { margin: 0 0 0.75rem; orphans: 3; widows: 3; overflow-wrap: anywhere; }
.quiet { color: MUTED; font-size: 0.875rem; }
figure { margin: 1.25rem 0; break-inside: avoid; }
figcaption { font-weight: 600; margin-bottom: 0.35rem; }
figure svg { display: block; width: 100%; height: auto; }
figure svg :is(g, text) { font-family: FONTS; }
dl { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin: 1.25rem 0; break-inside: avoid; }
dl div { max-width: 15rem; }
dt { font-weight: 600; }
dd { margin: 0; }
dd.value { font-size: 1.9rem; line-height: 1.2; }
article { border: 1px solid GRID; border-radius: 6px; padding: 0.9rem 1.1rem; margin: 0 0 0.9rem; break-inside: avoid; }
article p:last-child { margin: 0; }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid GRID; }
@media print {
  body { padding: 0; max-width: none; font-size: 13px; line-height: 1.45; }
  h1 { font-size: 1.6rem; }
  h2 { font-size: 1.15rem; margin: 0.9rem 0 0.35rem; padding-top: 0.6rem; }
  header p { margin-bottom: 0.15rem; }
  .quiet { font-size: 0.72rem; line-height: 1.35; }
  .beside { display: grid; grid-template-columns: 2fr 3fr; gap: 0 1.5rem; break-inside: avoid; }
  figure { margin: 0; }
  dl { gap: 0.5rem 1.5rem; margin: 0.5rem 0; }
  dd.value { font-size: 1.5rem; }
  article { padding: 0.5rem 0.75rem; margin-bottom: 0.5rem; }
  article p { margin-bottom: 0.25rem; }
  footer { margin-top: 1rem; padding-top: 0.5rem; }
  dl div { max-width: 13rem; }
}
"""


def to_html(report: Report) -> bytes:
    """Return the report as a page in UTF-8. Every text is escaped; nothing in it runs or loads."""
    title = escape_html(f"{report.network}: {report.title}")
    period = f"{format_date(report.since)} to {format_date(report.as_of)}"
    body = (
        f"<header><h1>{escape_html(report.network)}</h1><p>{escape_html(report.title)}</p>"
        f'<p class="quiet">{period}</p></header>'
        f"{''.join(_section(section) for section in report.sections)}"
        f'<footer class="quiet"><p>{escape_html(report.footnote, longest=2_000)}</p></footer>'
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_fonts()}{_style()}</style></head><body>{body}</body></html>"
    ).encode("utf-8", "replace")


def _section(section: Section) -> str:
    numbers = f"<dl>{''.join(map(_number, section.numbers))}</dl>" if section.numbers else ""
    text = "".join(f"<p>{escape_html(paragraph, longest=20_000)}</p>" for paragraph in section.paragraphs)
    if figures := f"{_picture(section.picture)}{_chart(section.chart)}":
        body = f'<div class="beside"><div>{text}{numbers}</div><div>{figures}</div></div>'
    else:
        body = text + numbers
    stories = "".join(map(_story, section.stories))
    return f"<section><h2>{escape_html(section.title)}</h2>{body}{stories}</section>"


def _number(number: Number) -> str:
    return (
        f'<div><dd class="value">{escape_html(number.value)}</dd><dt>{escape_html(number.label)}</dt>'
        f'<dd class="quiet">{escape_html(number.note)}</dd></div>'
    )


def _picture(svg: str | None) -> str:
    return f"<figure>{svg}</figure>" if svg else ""


def _chart(chart: Chart | None) -> str:
    if chart is None:
        return ""
    return (
        f"<figure><figcaption>{escape_html(chart.title)}</figcaption>{chart_svg(chart)}"
        f'<p class="quiet">{escape_html(chart.source)}</p></figure>'
    )


def _story(story: Story) -> str:
    paragraphs = "".join(f"<p>{escape_html(text, longest=20_000)}</p>" for text in story.paragraphs)
    people = f'<p class="quiet">{escape_html(story.people)}</p>' if story.people else ""
    return f"<article><h3>{escape_html(story.name)}</h3>{paragraphs}{people}</article>"


@cache
def _style() -> str:
    replaced = {"INK": LIGHT.ink, "GRID": LIGHT.grid, "MUTED": LIGHT.muted, "FONTS": TEXT_FONTS}
    style = _STYLE
    for name, value in replaced.items():
        style = style.replace(name, value)
    return style


@cache
def _fonts() -> str:
    faces = []
    for weight in (400, 600):
        data = base64.b64encode((_FONTS / f"commissioner-{weight}.ttf").read_bytes()).decode()
        faces.append(
            f"@font-face{{font-family:Commissioner;font-weight:{weight};src:url(data:font/ttf;base64,{data})}}"
        )
    return "".join(faces)
