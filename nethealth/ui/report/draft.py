"""The draft of a report: staff edit each section's text before it becomes a file, and never lose an edit."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Final

import streamlit as st

from nethealth.cache import cached
from nethealth.presentation.formatting import escape_html, escape_markdown, pluralize
from nethealth.presentation.sparkline import image_source
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.report.charts import chart_svg, chart_text
from nethealth.report.document import MAP_ALT
from nethealth.report.files import REPORT_FILES, ReportFile
from nethealth.report.model import Audience, Part, Report, Section, Story
from nethealth.report.sections import write_report
from nethealth.ui.access import while_allowed
from nethealth.ui.components import downloads, metric_row
from nethealth.workbook.records import Workbook

EDITS_KEY: Final = "_report_edits"
"""In the session's state: by audience and section, the edited text and the draft that it replaced."""


@cached
def load_report(
    workbook: Workbook,
    *,
    audience: Audience,
    as_of: dt.date,
    since: dt.date,
    parts: tuple[Part, ...],
    with_names: bool,
) -> Report:
    """Return the draft of a report from what viewers may see of the staff's workbook."""
    redacted = cached(redact_for_viewers)(workbook)
    return write_report(redacted, audience=audience, as_of=as_of, since=since, parts=parts, with_names=with_names)


def show_draft(report: Report) -> None:
    """Show each section to edit, and what the files say about its numbers."""
    for section in report.sections:
        _show_section(section, audience=report.audience)
    st.caption(escape_markdown(report.footnote))


def with_edits(report: Report) -> Report:
    """Return the report with what staff edited."""
    edits = {part: text for (audience, part), (text, _) in _edits().items() if audience is report.audience}
    return report.with_edits(edits)


def _edits() -> dict[tuple[Audience, Part], tuple[str, str]]:
    edits: dict[tuple[Audience, Part], tuple[str, str]] = st.session_state.setdefault(EDITS_KEY, {})
    return edits


def _show_section(section: Section, *, audience: Audience) -> None:
    place = (audience, section.part)
    text, replaced = _edits().get(place, (section.text, section.text))
    key = f"report-{audience}-{section.part}"
    if key not in st.session_state or (place not in _edits() and st.session_state[key] != section.text):
        st.session_state[key] = text
    st.header(section.title, anchor=False)
    st.text_area(
        section.title,
        key=key,
        height="content",
        max_chars=20_000,
        label_visibility="collapsed",
        on_change=partial(_note_edit, key, place, section.text),
    )
    if place in _edits():
        if replaced != section.text:
            st.caption("The numbers changed since you edited this. Our text is now:")
            st.html(f'<p class="nh-prose">{escape_html(section.text)}</p>')
        st.button("Use our text", key=f"{key}-reset", type="tertiary", on_click=partial(_forget_edit, place))
    _show_figures(section)


def _note_edit(key: str, place: tuple[Audience, Part], draft: str) -> None:
    """Keep what someone typed; the same text as ours is no edit."""
    text = str(st.session_state.get(key, ""))
    if text == draft:
        _edits().pop(place, None)
    else:
        _edits()[place] = (text, draft)


def _forget_edit(place: tuple[Audience, Part]) -> None:
    _edits().pop(place, None)


def _show_figures(section: Section) -> None:
    metric_row([(f"{each.label[0].upper()}{each.label[1:]}", each.value, each.note) for each in section.numbers])
    if section.picture:
        _show_figure(section.picture, alt=MAP_ALT)
    if section.chart is not None:
        chart = section.chart
        _show_figure(chart_svg(chart), alt=chart_text(chart), title=chart.title, source=chart.source)
    if section.stories:
        with st.expander(pluralize(len(section.stories), "story", "stories")):
            st.html("".join(map(_story_html, section.stories)))


def _show_figure(svg: str, *, alt: str, title: str = "", source: str = "") -> None:
    caption = f"<figcaption>{escape_html(title)}</figcaption>" if title else ""
    note = f'<p class="nh-quiet">{escape_html(source)}</p>' if source else ""
    image = f'<img src="{image_source(svg)}" alt="{escape_html(alt)}">'
    st.html(f'<figure class="nh-report-figure">{caption}{image}{note}</figure>')


def _story_html(story: Story) -> str:
    texts = filter(None, (story.purpose, story.outcomes, story.people))
    paragraphs = "".join(f"<p>{escape_html(text, longest=5_000)}</p>" for text in texts)
    return f'<div class="nh-prose"><h4>{escape_html(story.name)}</h4>{paragraphs}</div>'


def show_downloads(report: Report) -> None:
    """Offer the report as each kind of file. A file is made when someone asks for it."""
    with st.container(horizontal=True):
        for ending, kind in REPORT_FILES.items():
            st.download_button(
                f"{kind.label} ({ending})",
                data=while_allowed(partial(_make, kind, report)),
                file_name=f"report-{report.audience}{ending}",
                mime=kind.mime,
                icon=":material/download:",
                key=f"report-download{ending}",
                on_click="ignore",
            )
        downloads({}, name="report", label="Charts alone", charts_show="")


def _make(kind: ReportFile, report: Report) -> bytes:
    return kind.make(report)
