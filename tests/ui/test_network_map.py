"""What the page's address says of the map, odd addresses included."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.ui.network_map import MapState


def said(**address: str) -> MapState:
    def page() -> None:
        import streamlit as st

        from nethealth.ui.network_map import map_state

        st.session_state["found"] = map_state()

    app = AppTest.from_function(page)
    for name, value in address.items():
        app.query_params[name.replace("_", "-")] = value
    app.run()
    assert not app.exception
    found = app.session_state["found"]
    assert isinstance(found, MapState)
    return found


def test_an_empty_address_is_the_whole_map() -> None:
    assert said() == MapState(person=None, steps=1, to=None, size="ties", is_presented=False)


def test_what_one_looks_at_is_read_from_the_address() -> None:
    found = said(map_person="abc", map_steps="2", map_to="def", map_size="bridging", map_presenter="yes")
    assert found == MapState(person="abc", steps=2, to="def", size="bridging", is_presented=True)


@pytest.mark.parametrize("odd", ["", "9" * 4_000, "<script>", "-1", "\u202e"])
def test_an_odd_address_is_passed_over(odd: str) -> None:
    found = said(map_steps=odd, map_size=odd, map_presenter=odd)
    assert found == MapState(person=None, steps=1, to=None, size="ties", is_presented=False)
