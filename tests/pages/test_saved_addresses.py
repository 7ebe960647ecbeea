"""Every address that once worked still opens the same view."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from nethealth.ui.routes import OLD_QUERY_VALUES, PAGES
from nethealth.workbook.schema.vocabulary import TieRule
from tests.pages.conftest import Show, an_app, sample

RENAMED = [
    (page, name, old, new)
    for page, parameters in OLD_QUERY_VALUES.items()
    for name, values in parameters.items()
    for old, new in list(values.items())[:5]  # the clusters' numbers are a hundred of a kind
]


def opened(page: str, query: dict[str, str]) -> AppTest:
    app = an_app()
    app.query_params.update(query)
    return app.switch_page(PAGES[page]).run()


def test_an_old_value_chooses_what_it_used_to(showing: Show) -> None:
    showing(sample())
    app = opened("connectivity", {"rule": "both say so", "wave": "Spring 2025"})
    assert not app.exception
    assert app.selectbox(key="rule").value is TieRule.BOTH
    assert app.selectbox(key="wave").value == "Spring 2025"


def test_an_old_parameter_chooses_what_it_used_to(showing: Show) -> None:
    showing(sample())
    app = opened("experience", {"tab": "Who answered", "heard-by": "Role"})
    assert not app.exception
    assert app.selectbox(key="response-by").value == "Role"
    assert "heard-by" not in app.query_params


@pytest.mark.parametrize(("page", "name", "old", "new"), RENAMED)
def test_an_old_value_leads_where_the_new_one_does(showing: Show, page: str, name: str, old: str, new: str) -> None:
    showing(sample())
    by_old, by_new = opened(page, {name: old}), opened(page, {name: new})
    assert not by_old.exception
    assert by_old.query_params == by_new.query_params


def test_who_comes_is_shown_even_if_the_first_run_is_stopped(showing: Show) -> None:
    showing(sample())
    who = opened("seating", {"who": "2026-10-17"}).selectbox(key="who")
    assert who.value == "2026-10-17"
    # A browser that sees only a later run shows the default.
    assert "Fall convening 2026" in who.options[who.proto.default]


def test_returning_to_an_old_address_keeps_the_page_working(showing: Show) -> None:
    showing(sample())
    app = opened("connectivity", {"rule": "both confirm it"})
    app.query_params["rule"] = "both say so"
    app.run()
    assert not app.exception
    assert app.selectbox(key="rule").value in TieRule
