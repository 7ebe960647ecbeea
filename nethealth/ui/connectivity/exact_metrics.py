"""In very large networks some figures are estimated: says so, and works them out exactly where somebody asks."""

from __future__ import annotations

import streamlit as st

from nethealth.network.connectivity import Connectivity

ASKED = "_exactly_asked"
AT_WORK = "Working out every figure exactly. This can take a minute."


def as_asked(connected: Connectivity) -> Connectivity:
    """What is on the page, exact where the person who looks asked for that; a bar shows how far it has come."""
    if st.session_state.get(ASKED) != _of_what(connected):
        return connected
    bar = st.progress(0.0, text=AT_WORK)

    def move(share: float) -> None:
        bar.progress(min(share, 1.0), text=AT_WORK)

    exact = connected.with_exact_metrics(move)
    bar.empty()
    return exact


def offer(connected: Connectivity, *, sample: int | None) -> None:
    """Say that figures are estimated, from how many people, with a button to have them exact; nothing where all are."""
    if sample is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"The network is large, so some figures are estimated from {sample:,} of its people.", width=460)
        if st.button("Work it out exactly", key="exactly", on_click=_ask, args=(_of_what(connected),)):
            st.rerun()  # the figures beside the map, too, and not only what lies beneath it


def _ask(what: tuple[object, ...]) -> None:
    st.session_state[ASKED] = what


def _of_what(connected: Connectivity) -> tuple[object, ...]:
    """Which network of which reading: another one is asked for anew."""
    workbook, network = connected.workbook, connected.network
    return (workbook.fingerprint, workbook.today, network.wave, network.rule.value, connected.selection)
