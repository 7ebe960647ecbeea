"""What lies beneath the map comes once the map stands; a part that fails says so and keeps what it holds to itself."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.network import Selection
from nethealth.network.connectivity import Connectivity
from nethealth.ui import page_shell
from nethealth.ui.connectivity import metrics, network_map
from tests.pages.conftest import Show, sample, visit, words_on


def given(app: AppTest) -> dict[str, dict[str, Any]]:
    """What the map was given, by what it is; what differs from the whole network stands under "changes"."""
    found = [element.proto for element in app.get("bidi_component")]
    told = [json.loads(each.json) for each in found if each.component_name.startswith("nethealth_network_map")]
    return {each.get("what", "changes"): each for each in told}


def test_at_a_first_visit_the_map_comes_alone(app: AppTest, showing: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_map, "MAP_FIRST", True)
    showing(sample())
    visit(app, "connectivity")
    told = words_on(app)
    assert "nethealth_network_map_stands" in told
    assert "details" not in given(app)
    assert not app.tabs
    assert "nh-figures" in told, "the figures beside the map come with it"
    app.session_state["_map_stands"] = True  # as the browser's word brings about
    app.run()
    told = words_on(app)
    assert "nethealth_network_map_stands" not in told
    assert "details" in given(app)
    assert app.tabs[0].label == "Metrics"
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
    next(box for box in app.selectbox if box.label == "Color by").set_value("Role").run()
    assert waited == [network_map.A_MOMENT]
    assert app.tabs, "the rest comes all the same"


def test_another_color_is_sent_without_the_network(app: AppTest, showing: Show) -> None:
    showing(sample())
    visit(app, "connectivity")
    network = given(app)["network"]
    next(box for box in app.selectbox if box.label == "Color by").set_value("Role").run()
    assert given(app)["network"] == network, "Streamlit sends what a browser has by its number alone"
    changes = given(app)["changes"]["changes"]
    assert changes["people"].keys() == {"group"}
    assert 10 * len(json.dumps(changes)) < len(json.dumps(network))


def test_the_map_goes_out_before_its_figures(app: AppTest, showing: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_map, "MAP_FIRST", True)
    worked_out: list[bool] = []

    def sleep(_seconds: float) -> None:
        worked_out.append(any("metrics" in vars(part) for part in parts))

    parts: list[Connectivity] = []
    narrowed = Connectivity.select

    def part(self: Connectivity, selection: Selection) -> Connectivity:
        parts.append(narrowed(self, selection))
        return parts[-1]

    monkeypatch.setattr(network_map, "time", SimpleNamespace(sleep=sleep))
    showing(sample())
    app.session_state["_map_stands"] = True
    visit(app, "connectivity")
    monkeypatch.setattr(Connectivity, "select", part)
    next(box for box in app.multiselect if box.label == "Show only").set_value(["Role: Mathematics coach"]).run()
    assert parts, "a part was chosen"
    assert worked_out == [False]
    assert any("metrics" in vars(part) for part in parts), "they follow"


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
    monkeypatch.setattr(page_shell, "get_logger", lambda _name: Log())
    monkeypatch.setattr(metrics, "show", fails)
    showing(sample())
    told = words_on(visit(app, "connectivity"))
    assert "Something went wrong, so we can’t show" in told
    assert "nethealth_network_map" in told, "the map stands all the same"
    assert "ValueError" in logged[0]
    assert cell not in told + logged[0]
