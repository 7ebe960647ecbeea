"""The map on the Connectivity page: it comes first, the rest follows, and a part that fails does not take it along."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.network import connectivity
from nethealth.network.graph import Network
from nethealth.network.metrics.network_metrics import NetworkMetrics
from nethealth.ui import page_shell
from nethealth.ui.access import Role
from nethealth.ui.connectivity import metrics, network_map
from tests.pages.conftest import Show, sample, visit, words_on

WAITING = "nethealth_network_map_ready"


@pytest.fixture
def map_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_map, "MAP_FIRST", True)


def published(app: AppTest) -> dict[str, dict[str, Any]]:
    """What the map was sent, by what it is; how this view differs from the whole network is under "changes"."""
    components = [element.proto for element in app.get("bidi_component")]
    sent = [json.loads(each.json) for each in components if each.component_name.startswith("nethealth_network_map")]
    return {data.get("what", "changes"): data for data in sent}


def set_color(app: AppTest, column: str) -> None:
    app.selectbox(key="colour").set_value(column).run()


@pytest.mark.usefixtures("map_first")
def test_first_visit_shows_the_map_before_the_tabs(app: AppTest, showing: Show) -> None:
    showing(sample())
    visit(app, "connectivity")
    text = words_on(app)
    assert WAITING in text
    assert published(app).keys().isdisjoint({"details", "tour"})
    assert not app.tabs
    assert "nh-figures" in text, "the metrics next to the map come with it"
    app.session_state["_map_ready"] = True  # as the browser reports it
    app.run()
    assert WAITING not in words_on(app)
    assert "details" in published(app)
    # Only staff see who could meet.
    assert published(app)["tour"]["steps"][-1]["pairs"]
    assert app.tabs
    visit(app, "overview")
    assert visit(app, "connectivity").tabs, "later visits do not wait"


@pytest.mark.usefixtures("map_first")
def test_only_a_changed_map_pauses_the_run(app: AppTest, showing: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(network_map, "time", SimpleNamespace(sleep=pauses.append))
    showing(sample())
    app.session_state["_map_ready"] = True
    visit(app, "connectivity")
    app.run()
    assert pauses == []
    set_color(app, "Role")
    assert pauses == [network_map.RENDER_GRACE_SECONDS]
    assert app.tabs


def test_another_color_sends_no_network_again(app: AppTest, showing: Show) -> None:
    showing(sample())
    visit(app, "connectivity")
    network = published(app)["network"]
    set_color(app, "Role")
    assert published(app)["network"] == network, "of data that a browser has, Streamlit sends only the hash"
    changes = published(app)["changes"]["changes"]
    assert changes["people"].keys() == {"group"}
    assert 10 * len(json.dumps(changes)) < len(json.dumps(network))


@pytest.mark.usefixtures("map_first")
def test_a_filtered_map_goes_out_before_its_metrics(
    app: AppTest, showing: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    compute = connectivity.compute_network_metrics

    def compute_and_record(network: Network, *, exact: bool = False) -> NetworkMetrics:
        events.append("metrics")
        return compute(network, exact=exact)

    monkeypatch.setattr(network_map, "time", SimpleNamespace(sleep=lambda _seconds: events.append("map")))
    showing(replace(sample(), fingerprint="not yet filtered"))
    app.session_state["_map_ready"] = True
    visit(app, "connectivity")
    events.clear()
    monkeypatch.setattr(connectivity, "compute_network_metrics", compute_and_record)
    app.multiselect(key="only").set_value(["Role: Mathematics coach"]).run()
    assert events[:2] == ["map", "metrics"]


def test_a_failing_part_leaves_the_map_and_logs_no_cell(
    app: AppTest, showing: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = "Ana left in anger"

    def fail(_view: object) -> None:
        raise ValueError(cell)

    class Log:
        def error(self, message: str, *values: object) -> None:
            logged.append(message % values)

    logged: list[str] = []
    monkeypatch.setattr(page_shell, "get_logger", lambda _name: Log())
    monkeypatch.setattr(metrics, "show", fail)
    showing(sample())
    text = words_on(visit(app, "connectivity"))
    assert "went wrong" in text
    assert "nethealth_network_map" in text
    assert "ValueError" in logged[0]
    assert cell not in text + logged[0]


def test_viewers_see_how_many_could_meet_but_not_who(app: AppTest, showing: Show) -> None:
    showing(sample(), role=Role.VIEWER)
    visit(app, "connectivity")
    sent = published(app)
    assert sent["network"]["for_staff"] is False
    assert sent["network"]["people"]["hidden_ties"] == []
    steps = {step["id"]: step for step in sent["tour"]["steps"]}
    assert "introductions" in steps
    assert not any("pairs" in step for step in steps.values())
