"""Weavers: they open two pages, and receive nothing but the directory and what they recorded."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from nethealth.ui.access import Role
from nethealth.ui.routes import FOR_WEAVERS, PAGES
from tests.pages.conftest import Show, sample, visit, words_on
from tests.pages.test_viewers import SECRET, planted


@pytest.mark.parametrize("address", sorted(FOR_WEAVERS))
def test_weavers_get_no_secret(app: AppTest, showing: Show, address: str) -> None:
    showing(planted(), role=Role.WEAVER)
    assert SECRET not in words_on(visit(app, address))


def test_weavers_begin_on_the_weaving_page(app: AppTest, showing: Show) -> None:
    showing(sample(), role=Role.WEAVER)
    app.run()
    assert [title.value for title in app.title] == ["Weaving"]


@pytest.mark.parametrize("address", sorted(set(PAGES) - FOR_WEAVERS - {"overview"}))
def test_address_of_another_page_runs_nothing(app: AppTest, showing: Show, address: str) -> None:
    showing(planted(), role=Role.WEAVER)
    app.run()
    app._page_hash = calc_hash(address)
    app.run()
    assert [title.value for title in app.title] == ["This page isn’t for weavers"]
    assert not [kind for kind in ("file_uploader", "download_button", "selectbox", "tab") if app.get(kind)]
    assert SECRET not in words_on(app)
