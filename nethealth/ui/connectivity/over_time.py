"""The Over time tab: how connections and people changed from wave to wave, and around convenings."""

from __future__ import annotations

from typing import Any

import streamlit as st

from nethealth.cache import cached
from nethealth.network.analysis.convening_effect import analyze_convening_effect
from nethealth.network.charts import (
    convening_effect as convening_charts,
)
from nethealth.network.charts import (
    flow,
    tie_changes,
    wave_pictures,
)
from nethealth.network.charts.wave_lines import wave_lines
from nethealth.network.charts.wave_pictures import WavePair, pair_waves
from nethealth.network.connectivity import analyze_connectivity
from nethealth.network.graph import network_at
from nethealth.network.map.fonts import with_fonts
from nethealth.network.metrics.definitions import METRICS, PAGE_METRICS
from nethealth.network.selection import Selection
from nethealth.network.tables import connectivity as network_tables
from nethealth.network.tables.wave_changes import changes_table
from nethealth.presentation import palette
from nethealth.presentation.formatting import escape_html
from nethealth.presentation.sparkline import image_source
from nethealth.presentation.table import Table
from nethealth.ui import components as ui
from nethealth.ui.connectivity.view import COVERS_EVERYONE, NetworkView, heading, smallest_response
from nethealth.ui.session import is_staff
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import TieRule

BEFORE, AFTER, BOTH = "before", "after", "both"
"""Which of two waves is shown."""


def show(view: NetworkView) -> None:
    """Show changes from wave to wave, two waves side by side, a line per metric, and connections around convenings."""
    waves = view.connected.waves
    heading(tie_changes.change_title(waves))
    if len(waves) > 1:
        ui.chart(tie_changes.change_chart(waves), alt=tie_changes.change_alt(waves), key="change")
        ui.explain_metrics(METRICS["waves"])
        _show_two_waves(view)
    _show_lines(view)
    if len(waves) > 1:
        _show_convenings(view)


def load_wave_pair(
    workbook: Workbook, *, before: str | None, after: str | None, rule: TieRule, selection: Selection
) -> WavePair:
    """Return two waves under one rule, filtered by the parts of a selection that mean the same in both."""
    later = analyze_connectivity(workbook, wave=after, rule=rule, selection=selection.for_other_waves())
    return pair_waves(later.network_in_wave(before), later)


def load_picture(
    workbook: Workbook,
    *,
    before: str | None,
    after: str | None,
    rule: TieRule,
    selection: Selection,
    later: bool,
    single: bool,
    dark: bool,
) -> str:
    """Return the picture of one of two waves, as an image source."""
    waves = cached(load_wave_pair)(workbook, before=before, after=after, rule=rule, selection=selection)
    colors = palette.DARK if dark else palette.LIGHT
    return image_source(with_fonts(wave_pictures.wave_picture(waves, later=later, colors=colors, is_single=single)))


def _show_two_waves(view: NetworkView) -> None:
    names = {wave.wave or wave_pictures.UNNAMED: wave.wave for wave in view.connected.waves}
    order = list(names)
    if len(order) < 2:
        return
    title = st.container()
    if view.connected.selection != view.connected.selection.for_other_waves():
        st.caption("Your filters apply here, except dates and clusters, which differ from wave to wave.")
    with st.container(horizontal=True):
        earlier = st.selectbox("Compare", order, index=len(order) - 2, key="earlier", bind="query-params", width=220)
        later = st.selectbox("with", order, index=len(order) - 1, key="later", bind="query-params", width=220)
    before, after = sorted((earlier or order[-2], later or order[-1]), key=order.index)
    with title:
        if before == after:
            heading("Two waves side by side")
            st.write("Choose two different waves.")
            return
        rule, selection = view.choices["rule"], view.choices["selection"]
        choices = {"before": names[before], "after": names[after], "rule": rule, "selection": selection}
        waves = cached(load_wave_pair)(view.workbook, **choices)
        heading(wave_pictures.comparison_title(waves))
    ui.chart(flow.flow_chart(waves), alt=flow.flow_alt(waves), key="flow")
    _show_certainty(view, before=names[before], after=names[after])
    _show_pictures(view, waves, choices)
    _show_who_moved(view, waves)


def _show_pictures(view: NetworkView, waves: WavePair, choices: dict[str, Any]) -> None:
    """Show the later wave, the earlier one in the same frame, or both, as people choose."""
    names = {AFTER: waves.names[1], BEFORE: waves.names[0], BOTH: "Side by side"}
    chosen = st.segmented_control(
        "Show the map of",
        list(names),
        default=AFTER,
        key="picture",
        format_func=lambda each: ui.escape_markdown(names[each]),
    )
    is_dark = st.context.theme.type == "dark"
    panels = "".join(
        _panel(
            waves,
            cached(load_picture)(view.workbook, **choices, later=later, single=chosen != BOTH, dark=is_dark),
            later=later,
        )
        for later in ((False, True) if chosen == BOTH else (chosen != BEFORE,))
    )
    st.html(f'<div class="nh-panels">{panels}</div>')


def _show_certainty(view: NetworkView, *, before: str | None, after: str | None) -> None:
    """Show how each metric changed, and whether chance or nonresponse could explain it."""
    choices = {"before": before, "after": after, "rule": view.choices["rule"]}
    changed = cached(_load_changes)(view.workbook, **choices)
    with st.expander("How sure are these changes?"):
        if view.connected.is_filtered:
            st.caption(COVERS_EVERYONE)
        ui.show_table(changed, key="wave-changes", label="How each metric changed, and how sure we are")
        ui.explain_metrics(PAGE_METRICS["wave-change"])


def _load_changes(workbook: Workbook, *, before: str | None, after: str | None, rule: TieRule) -> Table:
    earlier, later = (network_at(workbook, wave=name, rule=rule) for name in (before, after))
    return changes_table(earlier, later, hub=workbook.hub)


def _panel(waves: WavePair, picture: str, *, later: bool) -> str:
    alt = escape_html(wave_pictures.picture_alt(waves, later=later))
    legend = "".join(
        f'<li><i style="color:light-dark({color},{palette.to_dark(color)})">{symbol}</i>{escape_html(label)}</li>'
        for label, color, symbol in wave_pictures.legend(waves, later=later)
    )
    return (
        f'<figure><figcaption>{escape_html(waves.names[later])}</figcaption><img src="{picture}" alt="{alt}">'
        f'<ul class="nh-legend" aria-hidden="true">{legend}</ul></figure>'
    )


def _show_who_moved(view: NetworkView, waves: WavePair) -> None:
    """Show who joined to everyone, and who left to staff."""
    joined = wave_pictures.moved_table(waves, joined=True, names=view.connected.names)
    left = wave_pictures.moved_table(waves, joined=False, names=view.connected.names) if is_staff() else None
    if not joined and not left:
        return
    with st.expander("Who joined and who left" if left else "Who joined"):
        ui.show_table(joined, key="joined", label="Who joined")
        if left:
            before, after = map(ui.escape_markdown, waves.names)
            st.caption(f"In {before} but not in {after}. Only staff see these names.")
            ui.show_table(left, key="left", label="Who left")


def _show_lines(view: NetworkView) -> None:
    waves = view.connected.waves
    smallest = smallest_response()
    lines = wave_lines(waves, smallest_group=smallest)
    if lines:
        heading("Metrics over time")
        st.caption("Each line has its own scale, so even small changes show. Read the numbers below it.")
        st.html(
            '<div class="nh-lines">'
            + "".join(
                f"<figure><figcaption>{escape_html(line.title)}</figcaption>"
                f'<img src="{image_source(line.picture)}" alt="{escape_html(line.alt)}"><ol aria-hidden="true">'
                + "".join(f"<li><b>{escape_html(value)}</b>{escape_html(name)}</li>" for name, value in line.points)
                + "</ol></figure>"
                for line in lines
            )
            + "</div>"
        )
    by_wave = network_tables.waves_table(view.connected, smallest_group=smallest)
    ui.show_table(by_wave, key="waves", label="Metrics by wave")


def _show_convenings(view: NetworkView) -> None:
    if not view.workbook.convenings:
        return
    effect = cached(analyze_convening_effect)(view.workbook, rule=view.connected.network.rule)
    heading(convening_charts.effect_title(effect))
    if effect.is_empty:
        st.write("In the Convenings tab, add who came. Then ask about connections before and after.")
        return
    if view.connected.is_filtered:
        st.caption(COVERS_EVERYONE)
    st.write(convening_charts.HOW_TO_READ)
    ui.chart(convening_charts.effect_chart(effect), alt=convening_charts.effect_alt(effect), key="convenings")
    with st.expander("All convenings"):
        table = convening_charts.effect_table(effect)
        ui.show_table(table, key="convening-table", label="Connections around convenings")
    ui.explain_metrics(PAGE_METRICS["convening-effect"])
