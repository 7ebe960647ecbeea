"""What became of ties and people from wave to wave, and around convenings."""

from __future__ import annotations

import streamlit as st

from nethealth.cache import cached
from nethealth.network import METRICS, PAGE_METRICS, Selection, analyze_convening_effect
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
from nethealth.network.tables import connectivity as network_tables
from nethealth.presentation import palette
from nethealth.presentation.formatting import escape_html
from nethealth.presentation.sparkline import as_image_source
from nethealth.ui import components as ui
from nethealth.ui.connectivity.selection import chosen
from nethealth.ui.connectivity.view import OF_EVERYBODY, View, answers_shown_from, heading, register
from nethealth.ui.session import is_staff
from nethealth.workbook.records import Workbook
from nethealth.workbook.schema.vocabulary import TieRule


def show(view: View) -> None:
    """Ties from wave to wave, two waves side by side, a line for each figure, and ties around convenings."""
    waves = view.connected.waves
    heading(tie_changes.change_title(waves))
    if len(waves) > 1:
        ui.chart(tie_changes.change_chart(waves), alt=tie_changes.change_text(waves), key="change")
        ui.explain_metrics(METRICS["waves"])
        _side_by_side(view)
    _lines(view)
    _convenings(view)


def compared(
    workbook: Workbook, *, before: str | None, after: str | None, rule: TieRule, selection: Selection
) -> WavePair:
    """Two waves of one rule, beside each other, narrowed by all of a selection that means the same in both."""
    later = cached(chosen)(workbook, wave=after, rule=rule, selection=selection.for_other_waves())
    return pair_waves(later.network_in_wave(before), later)


def pictured(
    workbook: Workbook, *, before: str | None, after: str | None, rule: TieRule, selection: Selection, dark: bool
) -> tuple[str, str]:
    """The pictures of both waves, as the addresses of images."""
    found = cached(compared)(workbook, before=before, after=after, rule=rule, selection=selection)
    colors = palette.DARK if dark else palette.LIGHT
    earlier, later = (wave_pictures.wave_picture(found, later=later, colors=colors) for later in (False, True))
    return as_image_source(earlier), as_image_source(later)


def _side_by_side(view: View) -> None:
    names = {one.wave or wave_pictures.UNNAMED: one.wave for one in view.connected.waves}
    order = list(names)
    if len(order) < 2:
        return
    title = st.container()
    if view.connected.selection != view.connected.selection.for_other_waves():
        st.caption("Narrowed as above, but for dates and groups found, which mean something else in another wave.")
    with st.container(horizontal=True):
        earlier = st.selectbox("One wave", order, index=len(order) - 2, key="earlier", bind="query-params", width=220)
        later = st.selectbox("Another wave", order, index=len(order) - 1, key="later", bind="query-params", width=220)
    before, after = sorted((earlier or order[-2], later or order[-1]), key=order.index)
    with title:
        if before == after:
            heading("Two waves side by side")
            st.write("Choose two different waves.")
            return
        at = view.at
        both = {"before": names[before], "after": names[after], "rule": at["rule"], "selection": at["selection"]}
        found = cached(compared)(view.workbook, **both)
        heading(wave_pictures.comparison_title(found))
    ui.chart(flow.flow_chart(found), alt=flow.flow_text(found), key="flow")
    is_dark = st.context.theme.type == "dark"
    pictures = cached(pictured)(view.workbook, **both, dark=is_dark)
    panels = "".join(_panel(found, pictures[later], later=later, is_dark=is_dark) for later in (False, True))
    st.html(f'<div class="nh-panels">{panels}</div>')
    _who_moved(view, found)


def _panel(found: WavePair, picture: str, *, later: bool, is_dark: bool) -> str:
    colors = palette.DARK if is_dark else palette.LIGHT
    words = escape_html(wave_pictures.picture_text(found, later=later))
    signs = "".join(
        f'<li><i style="color:{color}">{sign}</i>{escape_html(name)}</li>'
        for name, color, sign in wave_pictures.legend(found, later=later, colors=colors)
    )
    return (
        f'<figure><figcaption>{escape_html(found.names[later])}</figcaption><img src="{picture}" alt="{words}">'
        f'<ul class="nh-legend" aria-hidden="true">{signs}</ul></figure>'
    )


def _who_moved(view: View, found: WavePair) -> None:
    """Who joined, for everybody who may see the map; who left, for staff."""
    joined = wave_pictures.moved_rows(found, joined=True, names=view.connected.names)
    left = wave_pictures.moved_rows(found, joined=False, names=view.connected.names) if is_staff() else []
    if not joined and not left:
        return
    with st.expander("Who joined and who left" if left else "Who joined"):
        register(joined, key="joined", alt="Who joined", rows_at_once=10)
        if left:
            st.caption(
                f"In {ui.escape_markdown(found.names[0])} and no longer in "
                f"{ui.escape_markdown(found.names[1])}, shown to staff alone:"
            )
            register(left, key="left", alt="Who left", rows_at_once=10)


def _lines(view: View) -> None:
    waves = view.connected.waves
    small = answers_shown_from()
    lines = wave_lines(waves, smallest_group=small)
    if lines:
        heading("Figure by figure")
        st.caption("Each line fills its own height, so that small moves are seen, too: read the numbers beneath it.")
        st.html(
            '<div class="nh-lines">'
            + "".join(
                f"<figure><figcaption>{escape_html(line.title)}</figcaption>"
                f'<img src="{as_image_source(line.picture)}" alt="{escape_html(line.words)}"><ol aria-hidden="true">'
                + "".join(f"<li><b>{escape_html(value)}</b>{escape_html(name)}</li>" for name, value in line.points)
                + "</ol></figure>"
                for line in lines
            )
            + "</div>"
        )
    rows = network_tables.wave_rows(view.connected, smallest_group=small)
    register(rows, key="waves", alt="The figures of each wave")


def _convenings(view: View) -> None:
    if not view.workbook.convenings:
        return
    effect = cached(analyze_convening_effect)(view.workbook, rule=view.connected.network.rule)
    heading(convening_charts.effect_title(effect))
    if effect.is_empty:
        st.write("Add who came to the tab Convenings, and ask about ties before and after.")
        return
    if view.connected.is_filtered:
        st.caption(OF_EVERYBODY)
    st.write(convening_charts.HOW_TO_READ)
    ui.chart(convening_charts.effect_chart(effect), alt=convening_charts.effect_text(effect), key="convenings")
    with st.expander("Each convening as a table"):
        register(convening_charts.effect_rows(effect), key="convening-table", alt="Ties around convenings")
    ui.explain_metrics(PAGE_METRICS["convening-effect"])
