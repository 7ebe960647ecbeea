"""What lies beneath the map comes once the map stands; a part that fails says so and keeps what it holds to itself."""

from __future__ import annotations

import pytest
from streamlit.logger import get_logger
from streamlit.testing.v1 import AppTest

from nethealth import sources
from nethealth.ui import network_map
from nethealth.ui.connectivity import reading
from nethealth.workbook.reading import read_workbook
from tests.pages.conftest import Show, visit, words_on


def test_at_a_first_visit_the_map_comes_alone(app: AppTest, showing: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_map, "FIRST_ALONE", True)
    showing(read_workbook(sources.read_sample()))
    visit(app, "connectivity")
    told = words_on(app)
    assert "nethealth_network_map_stands" in told
    assert "nethealth_network_map_details" not in told
    assert not app.tabs
    assert "nh-figures" in told, "the figures beside the map come with it"
    app.session_state["_map_stands"] = True  # as the browser's word brings about
    app.run()
    told = words_on(app)
    assert "nethealth_network_map_stands" not in told
    assert "nethealth_network_map_details" in told
    assert app.tabs[0].label == "Reading"
    visit(app, "overview")
    assert visit(app, "connectivity").tabs, "at later visits nothing waits"


def test_a_part_that_fails_says_so_and_quotes_no_cell(
    app: AppTest, showing: Show, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    cell = "SECRET cell"  # not in the line that fails: the log quotes that line

    def fails(_view: object) -> None:
        raise ValueError(cell)

    # Else it hangs on the tests before whether the log is caught at all.
    monkeypatch.setattr(get_logger("nethealth.ui.frame"), "propagate", True)
    monkeypatch.setattr(reading, "show", fails)
    showing(read_workbook(sources.read_sample()))
    told = words_on(visit(app, "connectivity"))
    assert "Something on this page went wrong" in told
    assert "nethealth_network_map" in told, "the map stands all the same"
    assert "A page failed with ValueError" in caplog.text
    assert "SECRET" not in told + caplog.text
