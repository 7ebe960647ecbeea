"""Exact metrics on request: those of very large networks are estimated, and a button computes them."""

from __future__ import annotations

import streamlit as st

from nethealth.network.connectivity import Connectivity

REQUESTED = "_exact_metrics_requested"
PROGRESS_TEXT = "Computing exact metrics. This can take a minute."


def with_requested_precision(connected: Connectivity) -> Connectivity:
    """Return the network with exact metrics if this session asked for them, showing progress; else as it is."""
    if st.session_state.get(REQUESTED) != _request(connected):
        return connected
    bar = st.progress(0.0, text=PROGRESS_TEXT)

    def show_progress(share: float) -> None:
        bar.progress(min(share, 1.0), text=PROGRESS_TEXT)

    exact = connected.with_exact_metrics(show_progress)
    bar.empty()
    return exact


def offer_exact_metrics(connected: Connectivity, *, sample: int | None) -> None:
    """Say how many people metrics are estimated from, with a button for exact ones; nothing if all are exact."""
    if sample is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"This network is large, so some metrics are estimated from {sample:,} people.", width=460)
        if st.button("Compute exact metrics", key="exactly", on_click=_request_exact, args=(_request(connected),)):
            st.rerun()  # the numbers beside the map too, not only what is below it


def _request_exact(request: tuple[object, ...]) -> None:
    st.session_state[REQUESTED] = request


def _request(connected: Connectivity) -> tuple[object, ...]:
    """Identify the network; another one needs another request."""
    workbook, network = connected.workbook, connected.network
    return (workbook.fingerprint, workbook.today, network.wave, network.rule.value, connected.selection)
