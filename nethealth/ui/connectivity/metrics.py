"""The reading: what the figures say, the network's shape, what would hold without the hub, and who answered."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from nethealth.cache import cached
from nethealth.network import (
    HubRemoval,
    Nonresponse,
    Range,
    analyze_hub_removal,
    analyze_nonresponse,
    classify_typology,
    compare_tie_rules,
)
from nethealth.network.tables import (
    hub_removal,
    metrics,
    nonresponse,
    typology,
)
from nethealth.privacy.suppression import TooFew
from nethealth.ui.connectivity import exact_metrics
from nethealth.ui.connectivity import metric_blocks as report
from nethealth.ui.connectivity.view import View, answers_shown_from, heading, register
from nethealth.ui.guide.blocks import show_paragraphs
from nethealth.ui.session import is_staff

UNNAMED = "This wave"


def show(view: View) -> None:
    """The network read as a report, most important first; what only some ask for is folded."""
    report.dress_reading()
    network, figures = view.connected.network, view.connected.metrics
    unheard = cached(analyze_nonresponse)(network)
    other = cached(compare_tie_rules)(network)
    report.lead((view.connected.description, metrics.other_rule_text(other, figures)))
    # Staff may know who is silent; of a few people a mere count would tell viewers.
    small = answers_shown_from()
    withheld = nonresponse.held_back(unheard, smallest_group=small)
    if withheld is None and nonresponse.is_worth_a_warning(unheard):
        report.band(f"{nonresponse.silence_title(unheard)}. {nonresponse.silence_text(unheard)}")
    _figures(view, {} if withheld else unheard.ranges, withheld, small=small)
    _shape(view)
    _stepping_back(view)
    if withheld is None:
        _answers(view, unheard)
    else:
        heading(nonresponse.HELD_BACK_TITLE)
        report.quiet(nonresponse.held_back_text(withheld))


def _figures(view: View, ranges: Mapping[str, Range], withheld: TooFew | None, *, small: int) -> None:
    heading(metrics.first_title(view.connected.metrics))
    if compared := metrics.compared_text(view.connected.previous_wave, smallest_group=small):
        report.quiet(compared)
    report.entries(metrics.first_entries(view.connected, ranges))
    exact_metrics.offer(view.connected, sample=view.connected.metrics.sample)
    with st.expander("Every other figure of the network"):
        others = metrics.other_entries(view.connected, ranges, answers=withheld, smallest_group=small)
        for title, entries in others.items():
            report.entries(entries, title=title)


def _shape(view: View) -> None:
    network = view.connected.network
    found = cached(classify_typology)(network, hub=view.workbook.hub)
    heading(typology.shape_title(found))
    report.shapes(found)
    report.quiet(f"{typology.shape_text(found)} {typology.NOT_MEANING}")
    if reasons := typology.reasons(found):
        report.reasons(reasons)
    if advice := typology.advice(found):
        report.advice(advice)
    if rows := typology.sign_rows(found):
        with st.expander("How the shape is told"):
            register(rows, key="signs", alt="The signs of each shape", rows_at_once=report.EVERY_ROW)
            report.quiet(typology.HOW)


def _stepping_back(view: View) -> None:
    workbook, connected = view.workbook, view.connected
    if not workbook.hub:
        heading(hub_removal.NO_HUB_TITLE)
        report.quiet(hub_removal.NO_HUB)
        return
    network = connected.network
    found = cached(analyze_hub_removal)(network, hub=workbook.hub)
    if found is None:
        heading(hub_removal.HUB_NOT_HERE_TITLE)
        report.quiet(hub_removal.HUB_NOT_HERE)
        return
    heading(hub_removal.stepping_back_title(found))
    show_paragraphs([hub_removal.stepping_back_text(found)])
    current = connected.network.wave or UNNAMED
    bars = hub_removal.bars(_by_wave(view, found))
    if bars:
        report.quiet("Of the pairs of others who reach each other, this is how they would without the hub:")
        report.reach_bars(bars, current=current)
    rows = hub_removal.with_and_without_rows(found)
    report.side_by_side(rows, alt="With the hub and without it")
    report.quiet(f"What it does not mean: {hub_removal.NOT_MEANING} After {hub_removal.SOURCES}.")
    if connected.metrics_without_hub is not None:
        with st.expander("Every figure with the hub and without it"):
            rows = hub_removal.every_figure_rows(connected.metrics, connected.metrics_without_hub)
            report.side_by_side(rows, alt="Every figure with the hub and without it")


def _by_wave(view: View, found: HubRemoval) -> list[tuple[str, HubRemoval]]:
    """The same in every wave, where nothing is filtered; else in this one alone."""
    rule, wave = view.connected.network.rule, view.connected.network.wave
    waves = cached(hub_removal.stepping_back_by_wave)(view.workbook, rule=rule)
    is_whole = dict(waves).get(wave) == found
    return [(name or UNNAMED, each) for name, each in waves] if is_whole else [(wave or UNNAMED, found)]


def _answers(view: View, unheard: Nonresponse) -> None:
    heading(nonresponse.silence_title(unheard))
    show_paragraphs([nonresponse.silence_text(unheard)])
    if rows := nonresponse.range_rows(unheard):
        report.side_by_side(rows, alt="What the silence of those who did not answer could change")
        report.quiet(f"{nonresponse.WHAT_IT_IS} After {nonresponse.SOURCES}.")
    elif why_not := nonresponse.no_range_text(unheard):
        report.quiet(why_not)
    if is_staff() and (names := nonresponse.silent_names(view.connected.network)):
        with st.expander("Whose answer is missing"):
            report.quiet(nonresponse.names_text(unheard, shown=len(names)))
            report.names(names)
