"""The Metrics tab: key metrics, the network's type, what depends on the hub, and who answered."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from nethealth.cache import cached
from nethealth.network.analysis.hub_removal import HubRemoval, analyze_hub_removal
from nethealth.network.analysis.nonresponse import Nonresponse, Range, analyze_nonresponse
from nethealth.network.analysis.tie_rule_comparison import compare_tie_rules
from nethealth.network.analysis.typology import classify_typology
from nethealth.network.tables import hub_removal, metrics, nonresponse, typology
from nethealth.privacy.suppression import TooFew
from nethealth.ui.connectivity import exact_metrics
from nethealth.ui.connectivity import metric_blocks as blocks
from nethealth.ui.connectivity.view import COVERS_EVERYONE, NetworkView, heading, smallest_response
from nethealth.ui.session import is_staff
from nethealth.ui.tables import show_table

UNNAMED = "This wave"


def show(view: NetworkView) -> None:
    """Show the network's metrics as a report, most important first, with details folded."""
    blocks.inject_styles()
    connected = view.connected
    responses = cached(analyze_nonresponse)(connected.network if connected.counts_reports else connected.full_network)
    # Staff may know who did not answer; among few people a mere count would tell viewers.
    smallest = smallest_response()
    hidden = nonresponse.hidden_count(responses, smallest_group=smallest)
    if hidden is None and nonresponse.needs_warning(responses):
        text = nonresponse.response_text(responses, for_staff=is_staff())
        blocks.band(f"{nonresponse.response_title(responses)}. {text}")
    ranges = {} if hidden or not connected.counts_reports else responses.ranges
    _show_metrics(view, ranges, hidden, smallest=smallest)
    _show_type(view)
    _show_hub_removal(view)
    if hidden is None:
        _show_responses(view, responses)
    else:
        heading(nonresponse.HIDDEN_TITLE)
        blocks.muted(nonresponse.hidden_text(hidden))


def _show_metrics(view: NetworkView, ranges: Mapping[str, Range], hidden: TooFew | None, *, smallest: int) -> None:
    connected = view.connected
    heading("Key metrics")
    if comparison := metrics.comparison_text(connected.previous_wave, smallest_group=smallest):
        blocks.muted(comparison)
    blocks.entries(metrics.key_entries(connected, ranges))
    exact_metrics.offer_exact_metrics(connected, sample=connected.metrics.sample)
    with st.expander("All other metrics"):
        topics = metrics.other_entries(connected, ranges, answers=hidden, smallest_group=smallest)
        for topic, entries in topics.items():
            blocks.entries(entries, title=topic)
        if connected.counts_reports:
            other_rule = cached(compare_tie_rules)(connected.network)
            blocks.muted(metrics.other_rule_text(other_rule, connected.metrics))


def _show_type(view: NetworkView) -> None:
    result = cached(classify_typology)(view.connected.network, hub=view.connected.hub)
    heading(typology.type_title(result))
    blocks.type_pictures(result)
    if steps := typology.next_steps(result):
        blocks.next_steps(steps)
    reasons, signs = typology.reasons(result), typology.sign_table(result)
    if not signs:
        blocks.muted(typology.type_text(result))
        return
    with st.expander("Why this type" if result.network_type is not None else "Why the type isn’t clear"):
        blocks.muted(f"{typology.type_text(result)} {typology.NOT_MEANING}")
        if reasons:
            blocks.reasons(reasons)
        show_table(signs, key="signs", label="Signs of each network type", short=len(signs))
        blocks.muted(typology.METHOD)


def _show_hub_removal(view: NetworkView) -> None:
    workbook, connected = view.workbook, view.connected
    if not workbook.hub:
        heading(hub_removal.NO_HUB_TITLE)
        blocks.muted(hub_removal.NO_HUB)
        return
    removal = cached(analyze_hub_removal)(connected.network, hub=connected.hub)
    if removal is None:
        heading(hub_removal.HUB_NOT_HERE_TITLE)
        blocks.muted(hub_removal.HUB_NOT_HERE)
        return
    heading(hub_removal.hub_title(removal))
    if bars := hub_removal.reach_bars(_by_wave(view, removal)):
        blocks.muted("Pairs who can reach each other today, without the hub:")
        blocks.reach_bars(bars, current=connected.network.wave or UNNAMED)
    with st.expander("With and without the hub"):
        blocks.muted(hub_removal.hub_text(removal))
        blocks.comparison_table(hub_removal.comparison_rows(removal), alt="Everyone else, with and without the hub")
        if connected.metrics_without_hub is not None:
            rows = hub_removal.all_metrics_rows(connected.metrics, connected.metrics_without_hub, for_staff=is_staff())
            blocks.comparison_table(rows, alt="All metrics with and without the hub")
        blocks.muted(f"{hub_removal.NOT_MEANING} Sources: {hub_removal.SOURCES}.")


def _by_wave(view: NetworkView, removal: HubRemoval) -> list[tuple[str, HubRemoval]]:
    """Return the removal in every wave; in this wave only if filters apply."""
    rule, wave = view.connected.network.rule, view.connected.network.wave
    waves = cached(hub_removal.hub_removal_by_wave)(view.workbook, rule=rule)
    is_whole = dict(waves).get(wave) == removal
    return [(name or UNNAMED, each) for name, each in waves] if is_whole else [(wave or UNNAMED, removal)]


def _show_responses(view: NetworkView, responses: Nonresponse) -> None:
    heading(nonresponse.response_title(responses))
    if not view.connected.counts_reports:
        blocks.muted(COVERS_EVERYONE)
    # Only staff see nonrespondents on the map, so only they need to know why it shows fewer.
    names = nonresponse.nonrespondent_names(view.connected.network) if is_staff() else []
    blocks.paragraph(
        nonresponse.response_text(
            responses, for_staff=is_staff(), not_on_map=responses.nonrespondents - len(names) if names else 0
        )
    )
    if rows := nonresponse.range_rows(responses):
        with st.expander("If everyone had answered"):
            blocks.comparison_table(rows, alt="Metrics as reported, and if everyone had answered")
            blocks.muted(f"{nonresponse.ESTIMATE_NOTE} Sources: {nonresponse.SOURCES}.")
    elif why_not := nonresponse.no_range_text(responses):
        blocks.muted(why_not)
    if names:
        with st.expander("Who hasn’t answered"):
            blocks.muted(nonresponse.names_text(responses, shown=len(names)))
            blocks.names(names)
