"""What some members say differently: the clearest differences in words, then any grouping side by side."""

from __future__ import annotations

import streamlit as st

from nethealth.experience import SurveyComparisons, tables
from nethealth.experience.charts import groups as figures
from nethealth.presentation.formatting import single_line
from nethealth.ui import components as ui
from nethealth.ui.experience.view import Tables, View, heading, meaning
from nethealth.ui.session import is_staff, smallest_group

OUTCOMES, QUESTIONS = "Outcomes", "Questions"


def show(view: View) -> Tables:
    """At most three sentences, the choice of what to compare by, and a dot a group."""
    views = view.by_group()
    if not views.names:
        heading("Nothing to compare by yet")
        st.write("Groups come from columns of Members, where answers say who gave them, and from closed questions.")
        return {}
    contrasts = views.contrasts()
    heading(figures.contrasts_heading(contrasts))
    told = figures.contrast_sentences(contrasts, smallest_group=smallest_group())
    bullet = "- " if contrasts.told else ""
    st.markdown("\n".join(f"{bullet}{ui.escape_markdown(sentence, longest=600)}" for sentence in told), width=860)
    with st.container(horizontal=True, key="group-controls"):
        by = st.selectbox(
            "Compare by",
            views.names,
            index=_first_worth_showing(views),
            format_func=lambda name: single_line(name, longest=200),
            key="by",
            bind="query-params",
            width=360,
        )
        part = QUESTIONS
        if views.outcomes:
            part = st.segmented_control(
                "Show", (OUTCOMES, QUESTIONS), default=OUTCOMES, required=True, key="by-part", bind="query-params"
            )
    compared = views.compared(by or views.names[0])
    shown = compared.questions if part == QUESTIONS or not compared.outcomes else compared.outcomes
    heading(figures.comparison_heading(compared, about=shown))
    if any(each.groups for each in shown):
        st.caption(
            "Each dot is a group’s share who agree, or as its heading says; the line, how far it can be trusted; the "
            "upright mark, everybody. Where lines overlap, a difference may be chance."
        )
        st.html(figures.comparison_dots(shown))
    if left_out := figures.hidden_groups_text(compared):
        st.caption(left_out)
    if not is_staff():
        st.caption("Groups here come from answers alone: who gave which is known to staff only.")
    st.caption(f"Nothing is shown of fewer than {smallest_group()} people.")
    meaning("group_share", "difference")
    return {"Groups": tables.group_rows(compared, wave=view.survey.wave)}


def _first_worth_showing(views: SurveyComparisons) -> int:
    """The place of the first grouping of which most groups, up to two, can be shown side by side."""

    def side_by_side(name: str) -> int:
        compared = views.compared(name)
        return min(2, max((len(each.groups) for each in (*compared.outcomes, *compared.questions)), default=0))

    counts = [side_by_side(name) for name in views.names]
    return counts.index(max(counts))
