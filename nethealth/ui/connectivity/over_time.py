"""What became of ties from wave to wave."""

from __future__ import annotations

from nethealth.figures import network_charts as charts
from nethealth.figures import network_tables as tables
from nethealth.network import MEASURES
from nethealth.ui import components as ui
from nethealth.ui.connectivity.view import View, heading, register


def show(view: View) -> None:
    """Kept, new and lost ties as bars, then the figures of each wave."""
    waves = view.connected.waves
    heading(charts.change_title(waves))
    if len(waves) > 1:
        ui.chart(charts.change_chart(waves), alt=charts.change_in_words(waves), key="change")
    register(tables.wave_rows(view.connected), key="waves", alt="The figures of each wave")
    ui.what_this_means(MEASURES["waves"])
