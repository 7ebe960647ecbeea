"""The draft of a report: staff edit each section's text before it becomes a file, and never lose an edit."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Final

import streamlit as st

from nethealth.cache import cached
from nethealth.presentation.formatting import escape_html
from nethealth.presentation.sparkline import image_source
from nethealth.privacy.viewer_redaction import redact_for_viewers
from nethealth.report.charts import chart_svg, chart_text
from nethealth.report.document import MAP_ALT
from nethealth.report.files import REPORT_FILES, ReportFile
from nethealth.report.model import Audience, Part, Report, Section
from nethealth.report.sections import write_report
from nethealth.ui.access import while_allowed
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
    """Show each section to edit."""
    for section in report.sections:
        _show_section(section, audience=report.audience)


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
    if section.picture:
        st.html(f'<img class="nh-report-figure" src="{image_source(section.picture)}" alt="{MAP_ALT}">')
    if section.chart is not None:
        alt = escape_html(chart_text(section.chart))
        st.html(f'<img class="nh-report-figure" src="{image_source(chart_svg(section.chart))}" alt="{alt}">')
    if section.stories:
        names = ", ".join(f"“{story.name}”" for story in section.stories)
        st.html(f'<p class="nh-quiet">Stories: {escape_html(names)}</p>')


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


def _make(kind: ReportFile, report: Report) -> bytes:
    return kind.make(report)
