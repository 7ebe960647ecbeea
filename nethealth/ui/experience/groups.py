"""Group comparisons: the clearest differences in words, then any grouping side by side."""

from __future__ import annotations

import streamlit as st

from nethealth.experience import SurveyComparisons, tables
from nethealth.experience.charts import groups as charts
from nethealth.presentation.formatting import single_line
from nethealth.ui import components as ui
from nethealth.ui.experience.view import Tables, View, explain, heading
from nethealth.ui.session import is_staff, smallest_group

OUTCOMES, QUESTIONS = "Outcomes", "Questions"


def show(view: View) -> Tables:
    """Show at most three sentences, the choice of a grouping, and a dot plot per outcome or question."""
    comparisons = view.comparisons()
    if not comparisons.names:
        heading("Nothing to compare by yet")
        st.write(
            "You can compare by columns of the Members tab, if answers say who gave them, and by closed questions."
        )
        return {}
    contrasts = comparisons.contrasts()
    heading(charts.contrasts_heading(contrasts))
    bullet = "- " if contrasts.largest else ""
    sentences = (ui.escape_markdown(each, longest=600) for each in charts.contrast_sentences(contrasts))
    st.markdown("\n".join(f"{bullet}{sentence}" for sentence in sentences), width=860)
    with st.container(horizontal=True, key="group-controls"):
        by = st.selectbox(
            "Compare by",
            comparisons.names,
            index=_first_with_groups(comparisons),
            format_func=lambda name: single_line(name, longest=200),
            key="by",
            bind="query-params",
            width=360,
        )
        part = QUESTIONS
        if comparisons.outcomes:
            part = st.segmented_control(
                "Show", (OUTCOMES, QUESTIONS), default=OUTCOMES, required=True, key="by-part", bind="query-params"
            )
    comparison = comparisons.by_group(by or comparisons.names[0])
    items = comparison.questions if part == QUESTIONS or not comparison.outcomes else comparison.outcomes
    heading(charts.comparison_heading(comparison, items=items))
    if any(each.groups for each in items):
        st.caption(
            "Dots show the share who agree in each group, or the share in the heading. Lines show 95% confidence "
            "intervals, and the vertical mark shows everyone. Two separate dots don’t prove a difference. Check "
            "whether their lines overlap."
        )
        st.html(charts.comparison_dots(items))
    notes = [charts.hidden_groups_text(comparison), f"We hide groups of fewer than {smallest_group()} people."]
    if not is_staff():
        notes.append("You can compare by answers. Only staff can compare by who gave them.")
    st.caption(" ".join(filter(None, notes)))
    explain("group_share", "difference")
    return {"Groups": tables.group_table(comparison, wave=view.survey.wave)}


def _first_with_groups(comparisons: SurveyComparisons) -> int:
    """Return the index of the first grouping that shows the most groups side by side, counting up to two."""

    def side_by_side(name: str) -> int:
        comparison = comparisons.by_group(name)
        return min(2, max((len(each.groups) for each in (*comparison.outcomes, *comparison.questions)), default=0))

    counts = [side_by_side(name) for name in comparisons.names]
    return counts.index(max(counts))
