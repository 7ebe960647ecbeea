"""What lies beneath the map comes once the map stands; a part that fails says so and keeps what it holds to itself."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.ui import frame, network_map
from nethealth.ui.connectivity import reading
from tests.pages.conftest import Show, sample, visit, words_on


def test_at_a_first_visit_the_map_comes_alone(app: AppTest, showing: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_map, "MAP_FIRST", True)
    showing(sample())
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


def test_a_map_that_changed_is_sent_a_moment_before_the_rest(
    app: AppTest, showing: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_map, "MAP_FIRST", True)
    waited: list[float] = []
    monkeypatch.setattr(network_map, "time", SimpleNamespace(sleep=waited.append))
    showing(sample())
    app.session_state["_map_stands"] = True
    visit(app, "connectivity")
    app.run()
    assert waited == [], "the map is as it was"
    next(box for box in app.selectbox if box.label == "Colour by").set_value("Role").run()
    assert waited == [network_map.A_MOMENT]
    assert app.tabs, "the rest comes all the same"


def test_a_part_that_fails_says_so_and_quotes_no_cell(
    app: AppTest, showing: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = "Ana left in anger"

    def fails(_view: object) -> None:
        raise ValueError(cell)

    class Log:
        def error(self, message: str, *values: object) -> None:
            logged.append(message % values)

    logged: list[str] = []
    monkeypatch.setattr(frame, "get_logger", lambda _name: Log())
    monkeypatch.setattr(reading, "show", fails)
    showing(sample())
    told = words_on(visit(app, "connectivity"))
    assert "Something on this page went wrong" in told
    assert "nethealth_network_map" in told, "the map stands all the same"
    assert "ValueError" in logged[0]
    assert cell not in told + logged[0]
