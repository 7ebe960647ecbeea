"""The draft of a report: staff edit each section's text before it becomes a file, and never lose an edit."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from functools import partial
from typing import Final, TypeAlias

import streamlit as st

from nethealth.cache import cached
from nethealth.presentation.formatting import escape_html, escape_markdown, pluralize, uppercase_first
from nethealth.presentation.sparkline import image_source
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.report.charts import chart_svg, chart_text
from nethealth.report.document import MAP_ALT
from nethealth.report.files import REPORT_FILES, ReportFile
from nethealth.report.model import Audience, Part, Place, Report, Section
from nethealth.report.sections import write_report
from nethealth.ui.access import while_allowed
from nethealth.ui.components import downloads, metric_row
from nethealth.workbook.records import Workbook

MAP_TITLE: Final = "Map of connections"
EDITS_KEY: Final = "_report_edits"
"""In the session's state: by audience and place in the report, the edited text and the draft that it replaced."""
DRAFTS_KEY: Final = "_report_drafts"
"""In the session's state: by audience and place in the report, the drafts that it had. Each has a field of its own."""
_LAST_EDIT_SECONDS: Final = 0.5
"""How long a click on a download may be ahead of the edit that it ended: ten times what we measured."""
STYLE = """<style>
@media print {
  .stTextArea label p { font-weight: 600; }
  .stTextArea textarea { padding-block: 0; }
  .stTextArea * { border: 0 !important; background: none !important; }
  .st-key-report-draft summary, .stExpander:has(.st-key-report-names) { display: none; }
}
</style>"""
_Edits: TypeAlias = dict[tuple[Audience, Place], tuple[str, str]]


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
    st.html(STYLE)
    for section in report.sections:
        _show_section(section, audience=report.audience)
    st.caption(escape_markdown(report.footnote, longest=2_000))


def _edits() -> _Edits:
    edits: _Edits = st.session_state.setdefault(EDITS_KEY, {})
    return edits


def _show_section(section: Section, *, audience: Audience) -> None:
    st.header(section.title, anchor=False)
    key = f"report-{audience}-{section.part}"
    _show_text(section.text, label=section.title, place=(audience, section.place), key=key)
    _show_figures(section)
    if section.stories:
        with st.expander(pluralize(len(section.stories), "story", "stories")):
            for place, story in section.stories_by_place.items():
                _show_text(story.text, label=story.name, place=(audience, place), key=f"{key}-{place[1]}")
                if story.people:
                    st.caption(escape_markdown(story.people))


def _show_text(draft: str, *, label: str, place: tuple[Audience, Place], key: str) -> None:
    """Show a text to edit; once it is edited, how to get the draft back, and the draft if it has changed since."""
    text, replaced = _edits().get(place, (draft, draft))
    drafts = st.session_state.setdefault(DRAFTS_KEY, {}).setdefault(place, [draft])
    if place not in _edits() and drafts[-1] != draft:
        drafts.append(draft)
    # Not through the session's state: if Streamlit stops the run that sets it and starts again, the field stays empty.
    key = f"{key}-{len(drafts)}"
    st.text_area(
        escape_markdown(label),
        text,
        key=key,
        height="content",
        max_chars=20_000,
        label_visibility="visible" if place[1][1] else "collapsed",
        on_change=partial(_note_edit, key, place, draft),
    )
    if place in _edits():
        if replaced != draft:
            st.caption("The numbers changed since you edited this. The draft now says:")
            st.html(f'<p class="nh-prose">{escape_html(draft, longest=20_000)}</p>')
        st.button("Undo my edits", key=f"{key}-undo", type="tertiary", on_click=partial(_forget_edit, place, draft))


def _note_edit(key: str, place: tuple[Audience, Place], draft: str) -> None:
    """Keep what someone typed; the same text as ours is no edit."""
    text = str(st.session_state.get(key, ""))
    if text == draft:
        _edits().pop(place, None)
    else:
        _edits()[place] = (text, draft)


def _forget_edit(place: tuple[Audience, Place], draft: str) -> None:
    _edits().pop(place, None)
    st.session_state[DRAFTS_KEY][place].append(draft)


def _show_figures(section: Section) -> None:
    metric_row([(uppercase_first(each.label), each.value, each.note) for each in section.numbers])
    if section.picture:
        _show_figure(section.picture, alt=MAP_ALT, title=MAP_TITLE, is_complete=True)
    if section.chart is not None:
        chart = section.chart
        _show_figure(chart_svg(chart), alt=chart_text(chart), title=chart.title, source=chart.source)


def _show_figure(svg: str, *, alt: str, title: str, source: str = "", is_complete: bool = False) -> None:
    """Show a picture with a title and where it is from, unless `is_complete` says that these are in it."""
    caption = "" if is_complete else f"<figcaption>{escape_html(title)}</figcaption>"
    marks = f'data-title="{escape_html(title)}"{" data-complete" if is_complete else ""}'
    note = f'<p class="nh-quiet">{escape_html(source)}</p>' if source else ""
    image = f'<img src="{image_source(svg)}" alt="{escape_html(alt)}">'
    st.html(f'<figure class="nh-report-figure" {marks}>{caption}{image}{note}</figure>')


def show_downloads(report: Report) -> None:
    """Offer the report with what staff edited as each kind of file. A file is made when someone asks for it."""
    with st.container(horizontal=True):
        for ending, kind in REPORT_FILES.items():
            st.download_button(
                f"{kind.label} ({ending})",
                data=while_allowed(partial(_make, kind, report, _edits())),
                file_name=f"report-{report.audience}{ending}",
                mime=kind.mime,
                icon=":material/download:",
                key=f"report-download{ending}",
                on_click="ignore",
            )
        downloads({}, name="report", label="Charts alone", charts_show="")


def _make(kind: ReportFile, report: Report, edits: _Edits) -> bytes:
    """Return the file with all edits. The one that a click on the button ended may come in after the click."""
    begun = time.monotonic()
    while True:
        texts = _texts(edits, report.audience)
        made = kind.make(report.with_edits(texts))
        time.sleep(max(0.0, begun + _LAST_EDIT_SECONDS - time.monotonic()))
        if texts == _texts(edits, report.audience):
            return made


def _texts(edits: _Edits, audience: Audience) -> Mapping[Place, str]:
    return {place: text for (whose, place), (text, _) in edits.copy().items() if whose is audience}
